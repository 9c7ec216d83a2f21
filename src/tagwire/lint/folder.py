"""Rules about several feeds side by side: who follows one of them must not get another, or an entry twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire.lint import history
from tagwire.lint.rules import FEEDS, Rule, add

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagwire.lint.shape import Feed, Kind
    from tagwire.problems import Problem, Severity


def _declare(code: str, severity: Severity, source: str, why: str, hint: str) -> Rule:
    return add(Rule(code, severity, source, why, hint, FEEDS, None))


IDS = _declare(
    "feeds-share-id",
    "error",
    "RFC 4287 section 4.2.6; BlogMore's feeds; lektor-atom's feeds",
    "To a reader two feeds with one id are one: who follows a topic gets the whole site, or the other way round.",
    "give each feed an id of its own",
)
TITLES = _declare(
    "feeds-share-title",
    "warning",
    "RFC 4287 section 4.2.14; BlogMore's feeds; reader lore",
    "In the list of a subscriber feeds with the same title can't be told apart.",
    "name the topic in the title, such as `Harbour · The Site`",
)
ENTRIES = _declare(
    "entry-ids-differ",
    "error",
    "RFC 4287 section 4.2.6; Nikola's Atom feeds; lion-reader#1535",
    "Who follows two feeds of a site, or changes from RSS to Atom, gets the same article twice, as unread.",
    "give an article the same id in every feed and every format",
)
SELVES = _declare(
    "self-elsewhere",
    "warning",
    "RFC 4287 section 4.2.7.2; W3C SelfDoesntMatchLocation",
    "Readers move to the address that a feed names as its own: subscribers land on another feed, or on none.",
    "let the self link be the address at which this file is served",
)
AUTHORS = _declare(
    "entry-author-lost",
    "warning",
    "RSS Advisory Board profile, dc:creator; feedgen: authors without e-mail vanish from RSS",
    "Who follows the feed in this format never learns who wrote the article.",
    "name the author in every format; in RSS a name without e-mail stands in `dc:creator`",
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a feed says of itself."""

    path: str
    kind: Kind
    part: bool
    """One of several documents of a feed: an archive, or a further page (RFC 5005)."""
    id: str
    title: str
    home: str
    me: str
    entries: tuple[tuple[str, str, int], ...]
    """(link, id, line) of each entry."""
    signed: frozenset[str]
    """Links of the entries that name an author."""
    authored: bool
    """The feed names one for all."""
    lines: dict[str, int]


def sketch(feed: Feed) -> Sketch | None:
    """What is needed to compare a feed with others; nothing for OPML."""
    if feed.kind == "opml":
        return None
    entries = tuple(
        (entry.link.text, entry.id.text, entry.id.line) for entry in feed.entries if entry.link and entry.id
    )
    bits = {"id": feed.id, "title": feed.title, "home": feed.home, "me": feed.me}
    texts = {name: bit.text if bit else "" for name, bit in bits.items()}
    lines = {name: bit.line for name, bit in bits.items() if bit}
    part = feed.root is not None and bool({"current", "previous", "first"} & history.relations(feed))
    signed = frozenset(entry.link.text for entry in feed.entries if entry.link and entry.author)
    authored = feed.author is not None
    return Sketch(feed.path, feed.kind, part, entries=entries, signed=signed, authored=authored, lines=lines, **texts)


def compare(feeds: Sequence[Sketch], base: str | None = "") -> tuple[Problem, ...]:
    """What is wrong between files, whose paths are relative to one folder.

    `base` is the folder's public address. Empty: most feeds may tell; None: no path means anything.
    """
    found = [*_ids(feeds), *_titles(feeds), *_entry_ids(feeds), *_authors(feeds)]
    if base is not None:
        found += _selves(feeds, base or _base(feeds))
    return tuple(sorted(set(found)))


def _ids(feeds: Sequence[Sketch]) -> Iterator[Problem]:
    for group in _groups((feed.id, feed) for feed in feeds if feed.id and not feed.part):
        for feed in group[1:]:
            if _other(feed, group[0]):
                yield IDS.problem(feed.path, feed.lines["id"], f"`{feed.id}` is the id of {group[0].path} too")


def _titles(feeds: Sequence[Sketch]) -> Iterator[Problem]:
    for group in _groups((feed.title, feed) for feed in feeds if feed.title and not feed.part):
        for feed in group[1:]:
            if _other(feed, group[0]) or feed.home != group[0].home:
                message = f"`{feed.title}` is the title of {group[0].path} too"
                yield TITLES.problem(feed.path, feed.lines["title"], message)


def _other(one: Sketch, two: Sketch) -> bool:
    """Whether these are two feeds: not one in two formats, nor one at its old and its new address."""
    return one.kind == two.kind and (one.me or one.path) != (two.me or two.path)


def _entry_ids(feeds: Sequence[Sketch]) -> Iterator[Problem]:
    known: dict[str, tuple[str, str]] = {}
    for feed in feeds:
        for link, identity, line in feed.entries:
            first, path = known.setdefault(link, (identity, feed.path))
            if identity != first and path != feed.path:
                yield ENTRIES.problem(feed.path, line, f"the id of `{link}` is `{identity}`; in {path} it is `{first}`")


def _authors(feeds: Sequence[Sketch]) -> Iterator[Problem]:
    signed = {link: feed.path for feed in feeds for link in sorted(feed.signed)}
    for feed in feeds:
        lost = [(line, link) for link, _, line in feed.entries if link in signed and link not in feed.signed]
        if (
            lost and not feed.signed and not feed.authored
        ):  # one entry without its author is a slip of its owner, not of the generator
            line, link = lost[0]
            message = f"no entry names its author; in {signed[link]} that of `{link}` is named"
            yield AUTHORS.problem(feed.path, line, message)


def _base(feeds: Sequence[Sketch]) -> str:
    """The address that most feeds think this folder has."""
    mine = [(unquote(feed.me), feed.path) for feed in feeds if feed.me]
    bases = Counter(me.removesuffix(path) for me, path in mine if me.endswith(f"/{path}"))
    ((base, count),) = bases.most_common(1) or [("", 0)]
    return base if count * 2 > len(feeds) else ""


def _selves(feeds: Sequence[Sketch], base: str) -> Iterator[Problem]:
    at = {unquote(base + feed.path): feed for feed in feeds}
    for feed in feeds if base else ():
        served, me = unquote(base + feed.path), unquote(feed.me)
        # the old address of a renamed topic sends its readers on to the same feed, which is there
        at_home = me in {served, re.sub(r"/index\.\w+\Z", "/", served)} or (me in at and _same(feed, at[me]))
        if me and not at_home:
            yield SELVES.problem(feed.path, feed.lines["me"], f"`{feed.me}` is not `{base}{feed.path}`")


def _same(one: Sketch, two: Sketch) -> bool:
    """Whether two files hold one feed."""
    mine, others = ((each.kind, each.id, each.title, each.me, each.entries) for each in (one, two))
    return mine == others


def _groups(pairs: Iterable[tuple[str, Sketch]]) -> Iterator[list[Sketch]]:
    groups: dict[str, list[Sketch]] = defaultdict(list)
    for key, feed in pairs:
        groups[key].append(feed)
    yield from (group for group in groups.values() if len(group) > 1)
