"""Every feed that will exist: which entries it has, in which order, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from tagwire.characters import escaped_size
from tagwire.model import BodyUse, Category, Entry, Feed, Media, Person
from tagwire.plan.archives import History, history, room
from tagwire.plan.cards import FORMATS, direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagwire.model import Config, FeedKind, File, Head
    from tagwire.plan.cards import Format
    from tagwire.plan.catalogue import Catalogue, Post, Topic
    from tagwire.plan.routes import Routes

BEFORE_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""`updated` of a feed without entries, which RFC 4287 demands; the build's time would change every build."""
LARGEST = 900_000
"""Bytes of content in a feed; readers give up on files of a few megabytes, and 1 MB is the promise."""
_ELEMENTS = 600
"""Bytes of an entry without its texts."""
_MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def all_feeds(catalogue: Catalogue, routes: Routes, assets: Mapping[str, File]) -> Iterator[Feed]:
    """Feeds of the site and of each topic; no empty feed but the site's. `assets` are by address."""
    entries = {post.id: _entry(post, routes, assets) for post in catalogue.posts if post.head.feed}
    yield from _Channel(catalogue.posts, entries, catalogue.config, routes, None).feeds()
    for topic, posts in catalogue.topics:
        if any(post.head.feed for post in posts):
            yield from _Channel(posts, entries, catalogue.config, routes, topic).feeds()


class _Channel:
    """What the site or a topic publishes, in every format."""

    def __init__(
        self,
        posts: tuple[Post, ...],
        entries: Mapping[str, Entry],
        config: Config,
        routes: Routes,
        topic: Topic | None,
    ) -> None:
        self.posts = [post for post in posts if post.head.feed]
        self.entries, self.config, self.routes, self.topic = entries, config, routes, topic
        self.address = topic.address if topic else ""
        self.title = f"{topic.name} · {config.title}" if topic else config.title
        archived = topic is None or topic.kind in config.archives
        self.history = history(self.posts) if archived else History((), ())

    def feeds(self) -> Iterator[Feed]:
        """The feed that people follow, and its archive documents, oldest first; all that in each format."""
        size = self.config.per_feed
        chosen = self._light(select(self.posts, size, self.history.loose))
        count = len(self.history.documents)
        complete = not count and len(chosen) == len(self.posts)
        for form in FORMATS:
            now = f"{self.address}{form.file}"
            past = [self._archive(form, number) for number in range(1, count + 1)]
            before = past[-1] if past else ""
            living = {"previous": before, "complete": complete, "hub": self.config.hub}
            yield self._feed(form.kind, now, self.title, chosen, **living)
            for number, (path, posts) in enumerate(zip(past, self.history.documents, strict=True), 1):
                yield self._feed(
                    form.kind,
                    path,
                    f"{self.title} · archive {number}",
                    list(posts),
                    previous=past[number - 2] if number > 1 else "",
                    current=now,
                    room=room(map(self._weight, posts), LARGEST),
                )

    def _archive(self, form: Format, number: int) -> str:
        """Address of an archive document."""
        stem, _, ending = form.file.rpartition(".")
        return f"{self.address}archive/{stem}-{number:04}.{ending}"

    def _feed(self, kind: FeedKind, path: str, title: str, posts: list[Post], **more: Any) -> Feed:  # noqa: ANN401
        """A file with these posts. `previous` and `current` are addresses."""
        config, routes, person = self.config, self.routes, self.topic.person if self.topic else None
        links = {name: routes.absolute(more.pop(name)) for name in ("previous", "current") if more.get(name)}
        followed = links.get("current") or routes.absolute(path)
        return Feed(
            path=path,
            kind=kind,
            id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, followed)}",
            title=title,
            subtitle=(person.bio if person else "") or config.description,
            home=routes.absolute(self.address),
            url=routes.absolute(path),
            updated=max((post.updated for post in posts), default=BEFORE_ANY),
            lang=config.lang,
            author=person or Person("", config.author or config.title),
            entries=tuple(self.entries[post.id] for post in posts),
            icon=_absolute(config.icon, routes),
            logo=_absolute(config.logo, routes),
            copyright=config.copyright,
            **{"complete": False, **more, **links},
        )

    def _light(self, posts: list[Post]) -> list[Post]:
        """Without the last ones of a feed that would be too heavy: archived posts go first, the newest one stays."""
        loose = set(self.history.loose)
        total = sum(map(self._weight, posts))
        gone: set[Post] = set()
        for post in sorted(posts[:0:-1], key=lambda post: post in loose):
            if total <= LARGEST:
                break
            total -= self._weight(post)
            gone.add(post)
        return [post for post in posts if post not in gone]

    def _weight(self, post: Post) -> int:
        """Bytes of the post's entry in XML, roughly, and rather too many."""
        entry = self.entries[post.id]
        links = sum(len(url) + 10 for url in entry.content.urls)
        texts = escaped_size(entry.title) + escaped_size(entry.summary)
        return min(post.article.weight + links, LARGEST) + texts + _ELEMENTS


def select(posts: list[Post], size: int, loose: Iterable[Post] = ()) -> list[Post]:
    """The newest `size`, all `loose` ones, and those updated after the oldest of the newest was published.

    Newest first. Without the last part a correction of an older article would reach no subscriber; `loose` posts
    are in no archive document yet.
    """
    regular = posts[-size:]
    if not regular:
        return []
    oldest = regular[0].head.published.at
    updated = [post for post in posts[:-size] if post.updated > oldest and post.head.updated != post.head.published]
    return sorted({*regular, *updated, *loose}, key=lambda post: post.order, reverse=True)


def _absolute(target: str, routes: Routes) -> str:
    return target if not target or "://" in target else routes.absolute(target)


def _entry(post: Post, routes: Routes, assets: Mapping[str, File]) -> Entry:
    head = post.head
    return Entry(
        id=post.id,
        url=routes.absolute(head.address),
        title=head.title,
        published=head.published.at,
        updated=post.updated,
        summary="" if head.retracted else head.summary,
        lang=head.lang,
        direction=direction(head.lang),
        authors=tuple(author.person for author in post.authors if author.person),
        categories=tuple(Category(tag.slug, routes.absolute(tag.address), tag.name) for tag in post.tags),
        media=None if head.retracted else _media(head, routes, assets),
        corrections=head.corrections,
        retracted=head.retracted,
        content=BodyUse(post.article.body, routes.resolve(post.article.reader_links, head, for_feed=True)),
    )


def _media(head: Head, routes: Routes, assets: Mapping[str, File]) -> Media | None:
    """The lead picture; with its length where it is a file of ours."""
    kind = _MEDIA_TYPES.get(head.image.partition("?")[0].rpartition(".")[2].lower())
    if not head.image or not kind:
        return None
    found = routes.target(head.image, head)
    if found is None:
        return Media(head.image, kind, None)
    asset = assets.get(found[0])
    return Media(routes.absolute(found[0]), kind, asset.size) if asset else None
