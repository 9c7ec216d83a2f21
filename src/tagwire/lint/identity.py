"""Rules about ids, by which a reader knows an entry."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tagwire.lint.rules import ATOM_ONLY, FEEDS, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Entry, Feed


def _same(feed: Feed) -> list[list[Entry]]:
    """Entries that have an id in common."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in feed.entries:
        if entry.id and entry.id.text:
            groups[entry.id.text].append(entry)
    return [group for group in groups.values() if len(group) > 1]


def _versions(feed: Feed, group: list[Entry]) -> bool:
    """Whether these are versions of one entry, which Atom allows: each has another date of change."""
    stamps = {entry.updated.text for entry in group if entry.updated}
    return feed.kind == "atom" and len(stamps) == len(group)


@rule(
    "entry-id-repeated",
    "error",
    "RSS 2.0, guid; JSON Feed 1.1, id; RFC 4287 section 4.1.1; W3C DuplicateValue, DuplicateIds; miniflux#4197",
    kinds=FEEDS,
    hint="give each entry an id of its own",
)
def repeated(feed: Feed) -> Iterator[Finding]:
    """Readers keep one entry for each id, so all but one of these vanish."""
    for group in _same(feed):
        if not _versions(feed, group):
            for entry in group[1:]:
                yield _line(entry), f"the id `{entry.id.text if entry.id else ''}` is used before"


@rule(
    "entry-repeated",
    "warning",
    "RFC 4287 section 4.1.1; W3C DuplicateEntries",
    kinds=ATOM_ONLY,
    hint="keep the newest version only",
)
def versions(feed: Feed) -> Iterator[Finding]:
    """Several versions of one entry are allowed, but many readers show the first and drop the newest."""
    for group in _same(feed):
        if _versions(feed, group):
            for entry in group[1:]:
                yield _line(entry), f"another version of `{entry.id.text if entry.id else ''}` stands before"


@rule(
    "entry-id-is-feed",
    "error",
    "RFC 4287 section 4.2.6; lektor-atom's ids",
    kinds=ATOM_ONLY,
    hint="give the feed an id of its own",
)
def of_feed(feed: Feed) -> Iterator[Finding]:
    """An id stands for one thing: a reader that keeps feeds and entries together loses one of both."""
    for entry in feed.entries:
        if feed.id and entry.id and feed.id.text and entry.id.text == feed.id.text:
            yield _line(entry), f"the entry has the id of the feed, `{feed.id.text}`"


def _line(entry: Entry) -> int:
    return entry.id.line if entry.id else entry.line
