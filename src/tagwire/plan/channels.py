"""Every feed that will exist: which entries it has, in which order, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from tagwire.model import BodyUse, Category, Entry, Feed, Media, Person
from tagwire.plan.cards import FORMATS, direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagwire.model import File, Head
    from tagwire.plan.catalogue import Catalogue, Post, Topic
    from tagwire.plan.routes import Routes

BEFORE_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""`updated` of a feed without entries, which RFC 4287 demands; the build's time would change every build."""
_LARGEST = 900_000
"""Bytes of content in a feed; readers give up on files of a few megabytes, and 1 MB is the promise."""
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
    """RSS and Atom for the site and for each topic; no empty feed but the site's. `assets` are by address."""
    entries = {post.id: _entry(post, routes, assets) for post in catalogue.posts if post.head.feed}
    yield from _feeds(catalogue.posts, entries, catalogue, routes, None)
    for topic, posts in catalogue.topics:
        yield from _feeds(posts, entries, catalogue, routes, topic)


def _feeds(
    posts: tuple[Post, ...],
    entries: Mapping[str, Entry],
    catalogue: Catalogue,
    routes: Routes,
    topic: Topic | None,
) -> Iterator[Feed]:
    config = catalogue.config
    published = [post for post in posts if post.head.feed]
    if topic and not published:
        return
    chosen = _light(select(published, config.per_feed))
    address = topic.address if topic else ""
    person = topic.person if topic else None
    for form in FORMATS:
        url = routes.absolute(f"{address}{form.file}")
        yield Feed(
            path=f"{address}{form.file}",
            kind=form.kind,
            id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}",
            title=f"{topic.name} · {config.title}" if topic else config.title,
            subtitle=(person.bio if person else "") or config.description,
            home=routes.absolute(address),
            url=url,
            updated=max((post.updated for post in chosen), default=BEFORE_ANY),
            lang=config.lang,
            author=person or Person("", config.author or config.title),
            entries=tuple(entries[post.id] for post in chosen),
            complete=len(chosen) == len(published),
            icon=_absolute(config.icon, routes),
            logo=_absolute(config.logo, routes),
            hub=config.hub,
            copyright=config.copyright,
        )


def select(posts: list[Post], size: int) -> list[Post]:
    """The newest `size`, and those updated after the oldest of them was published; newest first.

    Without the second part a correction of an older article would reach no subscriber.
    """
    regular = posts[-size:]
    if not regular:
        return []
    oldest = regular[0].head.published.at
    updated = [post for post in posts[:-size] if post.updated > oldest and post.head.updated != post.head.published]
    return [*reversed(regular), *reversed(updated)]


def _light(posts: list[Post]) -> list[Post]:
    """Without the last ones of a feed that would be too heavy; the first one always stays."""
    total = 0
    kept: list[Post] = []
    for post in posts:
        total += min(post.article.weight, _LARGEST)
        if kept and total > _LARGEST:
            break
        kept.append(post)
    return kept


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
