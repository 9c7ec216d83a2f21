"""Everything known of the site at once: posts in order, and the topics that they belong to.

A *post* is a visible article with its ids, people and topics resolved. A *topic* is whatever gathers posts and has a
page and feeds of its own: a tag, an author, a series, a view of the owner's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import operator
import unicodedata
from dataclasses import field, fields
from typing import TYPE_CHECKING, Literal

from tagwire import names
from tagwire.digests import digest, name
from tagwire.model import Head, Person
from tagwire.plan.due import visible
from tagwire.plan.identity import identity
from tagwire.plan.translations import Version, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from dataclasses import dataclass

    from tagwire.model import Clock, Config, Measure, Meta, View, When
    from tagwire.plan.routes import Routes
else:
    from tagwire.frozen import dataclass

Kind = Literal["tag", "author", "series", "view", "corrections"]
FOLDERS: dict[Kind, str] = {
    "tag": "tags/",
    "author": "authors/",
    "series": "series/",
    "view": "views/",
    "corrections": "",
}


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """A tag, an author, a series or a view; or the site's corrections, which gather notes instead of posts."""

    kind: Kind
    slug: str
    name: str
    person: Person | None = None
    """Of an author."""
    digest: bytes = field(init=False, repr=False)
    told: str = field(init=False, repr=False)
    """How it stands in the text of what is given it (`outline.spelt`)."""
    address: str = field(init=False, repr=False)
    """Of its first page."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", f"{FOLDERS[self.kind]}{self.slug}/")
        object.__setattr__(self, "digest", name((self.kind, self.slug, self.name, self.person)))
        object.__setattr__(self, "told", f"('\\x00Topic', {self.digest!r})")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file lies that a head names: its lead picture."""

    link: str
    """As the owner wrote it."""
    address: str
    rest: str
    """Query and fragment."""
    size: int | None
    """Bytes; None where there is no such file."""
    measure: Measure | None = None
    """Of a picture that can be read."""


def spot_of(spots: tuple[Spot, ...], link: str) -> Spot | None:
    """Where the file lies that an owner's link names, if it is one of this site."""
    for spot in spots:
        if spot.link == link:
            return spot
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    """A visible article as lists know it: its head, with everything resolved that needs the whole site. No body."""

    head: Head
    id: str
    updated: dt.datetime
    """As the feeds say it: with a fraction of a second where the owner gave only a day, or none (feed rule 3)."""
    tags: tuple[Topic, ...]
    authors: tuple[Topic, ...]
    series: Topic | None
    spots: tuple[Spot, ...] = ()
    """Of the files of this site that the head names."""
    versions: tuple[Version, ...] = ()
    named: bytes = field(default=b"", repr=False)
    """Digest of the head, where it is known."""
    digest: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        topics = [topic.digest for topic in self.topics]
        rest = name((self.spots, self.versions)) if self.spots or self.versions else b""
        # Digests have 16 bytes each, and the text between them has no NUL: nothing else is spelt like it.
        told = f"{self.id!r} {self.updated.isoformat()} {len(self.tags)} {len(self.authors)} {bool(self.series)}\0"
        own = digest(b"".join([self.named or name(self.head), told.encode(), *topics, rest]))
        object.__setattr__(self, "digest", own)

    @property
    def told(self) -> str:
        """How it stands in the text of what is given it (`outline.spelt`)."""
        return f"('\\x00Post', {self.digest!r})"

    @property
    def resolved(self) -> tuple[object, ...]:
        """All that isn't in the head, in the order of the fields."""
        return _resolved(self)

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Ascending from the oldest; two posts never share one."""
        return self.head.published.at, self.id

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All that it belongs to."""
        return (*self.tags, *self.authors, *((self.series,) if self.series else ()))


RESOLVED = tuple(each.name for each in fields(Post) if each.name not in {"head", "named", "digest"})
"""Fields of a post that hold what isn't in its head."""
_resolved: Callable[[Post], tuple[object, ...]] = operator.attrgetter(*RESOLVED)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A standing page without its body."""

    meta: Meta
    spots: tuple[Spot, ...] = ()
    versions: tuple[Version, ...] = ()
    digest: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", name((name(self.meta), self.spots, self.versions)))


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The visible site, without any body."""

    config: Config
    posts: tuple[Post, ...]
    """Oldest first."""
    pages: tuple[Sheet, ...]
    """Standing pages, by path."""
    topics: tuple[tuple[Topic, tuple[Post, ...]], ...]
    """By kind and slug; posts oldest first."""


def gather(
    metas: Iterable[Meta],
    routes: Routes,
    clock: Clock,
    sizes: Mapping[str, int] | None = None,
    known: Mapping[str, bytes] | None = None,
) -> Catalogue:
    """The catalogue of all content that is visible at `clock`.

    `sizes` are those of assets, by address; `known` the digests of heads, by path.
    """
    named = known or {}
    config = routes.config
    shown = [meta for meta in metas if visible(meta, clock)]
    told = versions(shown, routes)
    sheets = tuple(
        Sheet(meta, spots(meta, routes, sizes or {}), told.get(meta.path, ()))
        for meta in shown
        if not isinstance(meta, Head)
    )
    heads = [(meta.published.at, identity(meta, config), meta) for meta in shown if isinstance(meta, Head)]
    heads.sort(key=lambda each: each[:2])
    registry = _Registry(config)
    posts = tuple(
        [
            registry.post(
                head, own, spots(head, routes, sizes or {}), told.get(head.path, ()), named.get(head.path, b"")
            )
            for _, own, head in heads
        ]
    )
    return Catalogue(config, posts, sheets, (*_by_topic(posts), *_views(posts, config)))


def spots(meta: Meta, routes: Routes, sizes: Mapping[str, int]) -> tuple[Spot, ...]:
    """Of every file of this site that a head names."""
    recording = meta.enclosure.link if isinstance(meta, Head) and meta.enclosure else ""
    if not meta.image and not recording:
        return ()
    targets = [(link, routes.target(link, meta)) for link in (meta.image, recording) if link]
    found = [(link, target) for link, target in targets if target]
    return tuple(Spot(link, *to, sizes.get(to[0]), routes.measures.get(to[0])) for link, to in found)


class _Registry:
    """Gives every spelling of a topic the same `Topic`."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.aliases = dict(config.aliases)
        self.people = {person.slug: person for person in config.authors}
        self.people |= {names.slug(person.name): person for person in config.authors}
        self.topics: dict[tuple[Kind, str], Topic] = {}
        self.spelt: dict[tuple[Kind, str], Topic] = {}
        """By how they were written: slugs take their time."""
        for tag in config.vocabulary:
            self.tag(tag)

    def tag(self, text: str) -> Topic:
        shown = self.aliases.get(names.slug(text), text)
        slug = names.slug(shown)
        topic = self.topics.setdefault(("tag", slug), Topic("tag", slug, shown))
        return self.spelt.setdefault(("tag", text), topic)

    def author(self, text: str) -> Topic:
        slug = names.slug(text)
        person = self.people.get(slug) or Person(slug, text)
        topic = self.topics.setdefault(("author", person.slug), Topic("author", person.slug, person.name, person))
        return self.spelt.setdefault(("author", text), topic)

    def series(self, text: str) -> Topic:
        slug = names.slug(text) or "series"
        return self.topics.setdefault(("series", slug), Topic("series", slug, text))

    def post(self, head: Head, own: str, near: tuple[Spot, ...], told: tuple[Version, ...], named: bytes) -> Post:
        return Post(
            head,
            own,
            moment(head.updated, own, borrowed=bool(head.date_source) and head.updated == head.published),
            tuple(dict.fromkeys([self.spelt.get(("tag", tag)) or self.tag(tag) for tag in head.tags])),
            tuple(dict.fromkeys([self.spelt.get(("author", each)) or self.author(each) for each in head.authors])),
            self.series(head.series) if head.series else None,
            near,
            told,
            named,
        )


def moment(when: When, own: str, *, borrowed: bool = False) -> dt.datetime:
    """When the entry whose id is `own` changed, as the feeds say it.

    A day stands for midnight; a fraction from the id keeps two such entries apart (W3C: DuplicateUpdated). So it does
    where the second is `borrowed` from a file: files that are copied together share one.
    """
    if when.timed and not borrowed:
        return when.at
    fraction = int.from_bytes(hashlib.blake2b(own.encode(), digest_size=8).digest()) % 999_999 + 1
    return when.at + dt.timedelta(microseconds=fraction)


def _by_topic(posts: tuple[Post, ...]) -> tuple[tuple[Topic, tuple[Post, ...]], ...]:
    found: dict[Topic, list[Post]] = {}
    for post in posts:
        for topic in post.topics:
            found.setdefault(topic, []).append(post)
    ordered = sorted(found.items(), key=lambda item: (item[0].kind, unicodedata.normalize("NFKD", item[0].slug)))
    return tuple((topic, tuple(members)) for topic, members in ordered)


def _views(posts: tuple[Post, ...], config: Config) -> Iterator[tuple[Topic, tuple[Post, ...]]]:
    for view in config.views:
        topic = Topic("view", view.name, view.title)
        yield topic, tuple(post for post in posts if _selected(post, view))


def _selected(post: Post, view: View) -> bool:
    tags = {tag.slug for tag in post.tags}
    wanted = (
        tags.issuperset(view.all) and tags.isdisjoint(view.none) and (not view.any or not tags.isdisjoint(view.any))
    )
    return wanted and (not view.authors or any(author.slug in view.authors for author in post.authors))
