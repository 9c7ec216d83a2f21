"""Every feed that will exist: which entries it has, in which order, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tagwire import names
from tagwire.characters import escaped_size
from tagwire.model import Feed, Person
from tagwire.plan.archives import History, history, room
from tagwire.plan.bodies import Wholes
from tagwire.plan.entries import entry_of
from tagwire.plan.formats import formats
from tagwire.plan.outline import feed
from tagwire.plan.sheaf import sheaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from dataclasses import dataclass

    from tagwire.model import Config, Entry
    from tagwire.plan.bodies import Bodies, Whole
    from tagwire.plan.catalogue import Catalogue, Post, Topic
    from tagwire.plan.continuity import Past
    from tagwire.plan.formats import Format
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground
    from tagwire.plan.sheaf import Sheaf
else:
    from tagwire.frozen import dataclass

BEFORE_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""`updated` of a feed without entries, which RFC 4287 demands; the build's time would change every build."""
LARGEST = 900_000
"""Bytes of content in a feed; readers give up on files of a few megabytes, and 1 MB is the promise."""
_ELEMENTS = 600
"""Bytes of an entry without its texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """What the site or a topic publishes, whatever the format."""

    topic: Topic | None
    posts: tuple[Post, ...]
    """All that belong to it, oldest first."""
    chosen: tuple[Post, ...]
    """The posts of the feed that people follow, newest first."""
    past: History
    everything: bool
    """There are no other posts."""
    forms: tuple[Format, ...]

    @property
    def address(self) -> str:
        """Of the folder that the feeds stand in."""
        return self.topic.address if self.topic else ""


def all_channels(catalogue: Catalogue, before: Past) -> tuple[Channel, ...]:
    """The site's, and that of each topic; no empty one but the site's. `before` is what was published."""
    found = ((topic, [post for post in posts if post.head.feed]) for topic, posts in catalogue.topics)
    fed = [(topic, published) for topic, published in found if published]
    own = [post for post in catalogue.posts if post.head.feed]
    return tuple(_channel(topic, posts, catalogue.config, before) for topic, posts in ((None, own), *fed))


def _channel(topic: Topic | None, posts: list[Post], config: Config, before: Past) -> Channel:
    archived = config.history and (topic is None or topic.kind in config.archives)
    folder = topic.address if topic else ""
    past = history(posts, before.listed(folder)) if archived else History((), ())
    chosen = select(posts, config.per_feed, past.loose)
    if archived and _too_heavy({*chosen[:1], *past.loose}):
        past = past.early()
    elif archived and (before.documents(folder) > len(past.documents) or _is_news(chosen, config, folder, before)):
        past = past.early()
        chosen = select(posts, config.per_feed, ())
    everything = not past.documents and len(chosen) == len(posts)
    return Channel(topic, tuple(posts), tuple(chosen), past, everything, formats(config))


def _is_news(chosen: list[Post], config: Config, folder: str, before: Past) -> bool:
    """Whether a feed that goes on after another program's would show old articles that its readers never had."""
    more = chosen[config.per_feed :]
    return bool(more) and before.is_foreign(folder) and any(post.id not in before.known for post in more)


def _too_heavy(posts: set[Post]) -> bool:
    """Whether a feed can't hold all of these: told from heads, and so alike for every format. One it always holds."""
    total = sum(min(post.head.bulk, LARGEST) + _texts(post.head.title, post.head.summary) for post in posts)
    return len(posts) > 1 and total > LARGEST


def all_feeds(channels: Iterable[Channel], bodies: Bodies, before: Past) -> Iterator[Sheaf]:
    """Every feed, not made yet."""
    for channel in channels:
        loose, chosen = set(channel.past.loose), channel.chosen
        own = tuple([before.feed_id(f"{channel.address}{form.file}") for form in channel.forms])
        living = Wholes(chosen, bodies), tuple([post in loose for post in chosen]), channel.everything
        documents = tuple([Wholes(document, bodies) for document in channel.past.documents])
        yield sheaf(_feeds, channel.topic, channel.forms, own, *living, documents)


def _feeds(  # noqa: PLR0917 - all that the feeds of a channel are made of
    topic: Topic | None,
    forms: tuple[Format, ...],
    ids: tuple[str, ...],
    chosen: Wholes,
    loose: tuple[bool, ...],
    everything: bool,
    past: tuple[Wholes, ...],
) -> Iterator[Item]:
    """The feed that people follow, and its archive documents, oldest first; all that in each format.

    `ids` are those that readers know, or empty; `loose` tells which of the `chosen` no document has.
    """
    entries = tuple(zip(chosen.all(), loose, strict=True))
    documents = [document.all() for document in past]
    for form, own in zip(forms, ids, strict=True):
        now = f"{topic.address if topic else ''}{form.file}"
        paths = ["", *(_archive_path(now, number) for number in range(1, len(documents) + 1))]
        yield feed(now, _living, form, topic, entries, paths[-1], everything, own)
        for number, document in enumerate(documents, 1):
            yield feed(paths[number], _archive, form, topic, document, paths[number - 1], now, number, own)


def _archive_path(now: str, number: int) -> str:
    """Address of an archive document of the feed at `now`."""
    folder, slash, file = now.rpartition("/")
    stem, _, ending = file.rpartition(".")
    return f"{folder}{slash}archive/{stem}-{number:04}.{ending}"


def _living(  # noqa: PLR0917 - all that a feed is made of
    ground: Ground,
    form: Format,
    topic: Topic | None,
    entries: tuple[tuple[Whole[Post], bool], ...],
    previous: str,
    everything: bool,
    own: str,
) -> Feed:
    """The feed that people follow.

    `entries` are its posts, each with whether no archive document has it yet; `previous` is the address of the newest
    document, or empty; `everything`: there are no other posts; `own` is the id that readers know, or empty.
    """
    kept = light([(entry_of(whole, ground), whole.article.weight, loose) for whole, loose in entries])
    path = f"{topic.address if topic else ''}{form.file}"
    before = ground.absolute(previous) if previous else ""
    complete = everything and len(kept) == len(entries)
    return decided(ground, form, topic, kept, path, own=own, previous=before, complete=complete, hub=ground.config.hub)


def _archive(  # noqa: PLR0913, PLR0917 - all that a document is made of
    ground: Ground,
    form: Format,
    topic: Topic | None,
    wholes: tuple[Whole[Post], ...],
    previous: str,
    current: str,
    number: int,
    own: str,
) -> Feed:
    """Archive document `number`; `previous` (or empty) and `current` are addresses."""
    entries = [entry_of(whole, ground) for whole in wholes]
    weights = [weight_of(entry, whole.article.weight) for entry, whole in zip(entries, wholes, strict=True)]
    links = {"previous": ground.absolute(previous)} if previous else {}
    links["current"] = ground.absolute(current)
    path = _archive_path(current, number)
    return decided(ground, form, topic, entries, path, own=own, archive=number, room=room(weights, LARGEST), **links)


def decided(
    ground: Ground,
    form: Format,
    topic: Topic | None,
    entries: list[Entry],
    path: str,
    *,
    own: str,
    archive: int = 0,
    **more: Any,  # noqa: ANN401 - fields of Feed
) -> Feed:
    """The feed of a topic (or the site) at `path`; `own` is the id that readers know, or empty."""
    config, person = ground.config, topic.person if topic else None
    named = title(topic, config)
    url = ground.absolute(path)
    return Feed(
        path=path,
        kind=form.kind,
        id=own or names.feed_id(more.get("current", url)),
        title=f"{named} · archive {archive}" if archive else named,
        subtitle=(person.bio if person else "") or config.description,
        home=ground.absolute(topic.address if topic else ""),
        url=url,
        updated=max((entry.updated for entry in entries), default=BEFORE_ANY),
        lang=config.lang,
        author=person or Person("", config.author or config.title),
        entries=tuple(entries),
        icon=absolute(config.icon, ground),
        logo=absolute(config.logo, ground),
        copyright=config.copyright,
        ttl=config.ttl,
        **{"complete": False, **more},
    )


def title(topic: Topic | None, config: Config) -> str:
    """Of a topic's feeds, or of the site's."""
    return f"{topic.name} · {config.title}" if topic else config.title


def light(entries: list[tuple[Entry, int, bool]]) -> list[Entry]:
    """Without the last ones of a feed that would be too heavy. The newest one stays.

    Each is given with its body's weight, and with whether it must stay since no archive document has it: of these
    there are no more than fit in.
    """
    weights = {entry.id: weight_of(entry, weight) for entry, weight, _ in entries}
    total = sum(weights.values())
    gone: set[str] = set()
    for entry, _, loose in entries[:0:-1]:
        if total > LARGEST and not loose:
            total -= weights[entry.id]
            gone.add(entry.id)
    return [entry for entry, _, _ in entries if entry.id not in gone]


def weight_of(entry: Entry, body: int) -> int:
    """Bytes of an entry in XML, roughly, and rather too many."""
    links = sum(len(url) + 10 for url in entry.content.urls) if entry.content else 0
    return min(body + links, LARGEST) + _texts(entry.title, entry.summary)


def _texts(title: str, summary: str) -> int:
    return escaped_size(title) + escaped_size(summary) + _ELEMENTS


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


def absolute(target: str, ground: Ground) -> str:
    """The public URL of what a setting names: an address, or a URL already."""
    return target if not target or "://" in target else ground.absolute(target)
