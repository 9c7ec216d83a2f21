"""Changes in plain words: in sum, then feed by feed, as their subscribers see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.ledger.changes import Change, Changes, Kind
    from tagwire.model import Record

_SHOWN = 8
"""Articles named under one heading of one feed."""
_FEEDS = 20
"""Feeds told one by one."""

_SUM: dict[Kind, tuple[str, str]] = {
    "new": ("article appears as new", "articles appear as new"),
    "old": ("old article appears as new, too", "old articles appear as new, too"),
    "back": ("article that was withdrawn appears again", "articles that were withdrawn appear again"),
    "doubled": ("article appears a second time", "articles appear a second time"),
    "reused": ("article hides behind another one’s id", "articles hide behind other ones’ ids"),
    "updated": ("article is shown as updated", "articles are shown as updated"),
    "quiet": ("article changes quietly: no reader says so", "articles change quietly: no reader says so"),
    "dated": ("article gets another date", "articles get another date"),
    "moved": ("article moves; its old address leads to the new one", "articles move; old addresses lead to new ones"),
    "left": ("article leaves the feeds, its page stays", "articles leave the feeds, their pages stay"),
    "expired": ("article has expired: its page is gone", "articles have expired: their pages are gone"),
    "hidden": ("article is hidden again: its page is gone", "articles are hidden again: their pages are gone"),
    "gone": ("article is gone", "articles are gone"),
}  # fmt: skip
_IN_FEED: dict[Kind, str] = {
    "new": "appears as new",
    "old": "appears as new, though it is old",
    "back": "appears again after it was withdrawn",
    "doubled": "appears a second time: readers have it under another id",
    "reused": "is taken for another article, and not shown as new",
    "updated": "is shown as updated",
    "quiet": "changes quietly",
    "dated": "gets another date",
    "left": "leaves the feed; readers keep what they have",
    "expired": "has expired; readers keep what they have",
    "hidden": "leaves the feed; readers keep it, and its link is dead",
    "gone": "leaves the feed; readers keep it, and its link is dead",
}


def tell(changes: Changes) -> tuple[str, ...]:
    """The lines."""
    if changes.first:
        return tuple(_first(changes))
    if changes.none:
        return ("Subscribers see no difference.",)
    return (*_sum(changes), *_addresses(changes), *_by_feed(changes))


def _first(changes: Changes) -> Iterator[str]:
    count = len(changes.articles)
    feeds = len(changes.new_feeds)
    yield "Nothing was published yet, as far as Tagwire knows: there is no content/ledger.json."
    topics = f"the feeds of {_count(feeds, 'topic')} (the site is one)"
    yield f"Published now, {_count(count, 'article')} and {topics} go out."
    yield "Who subscribes afterwards gets the newest of them as new; nobody is disturbed."
    yield "If people follow this site already, under another program, run: tagwire diff --against https://the-old-site/"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _sum(changes: Changes) -> Iterator[str]:
    yield "If this is published, then in sum:"
    for kind, (one, many) in _SUM.items():
        found = [change for change in changes.articles if change.kind == kind]
        if kind in {"new", "old", "back"}:
            quiet = [change for change in found if not change.feeds]
            found = [change for change in found if change.feeds]
            if quiet:
                words = "article is added" if len(quiet) == 1 else "articles are added"
                yield f"  {len(quiet):,} {words} to the site that no subscriber sees, being older than what feeds hold"
        if found:
            yield f"  {len(found):,} {one if len(found) == 1 else many}"
    for number, one, many in (
        (len(changes.new_feeds), "new topic has feeds now", "new topics have feeds now"),
        (len(changes.moved_feeds), "topic was renamed", "topics were renamed"),
        (len(changes.gone_feeds), "feed is gone", "feeds are gone"),
    ):
        if number:
            yield f"  {number:,} {one if number == 1 else many}"


def _addresses(changes: Changes) -> Iterator[str]:
    if changes.is_elsewhere:
        old, new = changes.site
        yield ""
        yield f"The whole site moves from {old} to {new}. Ids stay, so no article appears twice, but readers"
        yield "find the new feeds only if the old host redirects to them."
    moved = [change for change in changes.articles if change.kind == "moved"]
    if moved:
        yield ""
        yield "New addresses of pages; the old ones redirect:"
        yield from _cut(
            [f"  {change.before.address if change.before else ''} -> {change.article.address}" for change in moved]
        )
    if changes.moved_feeds:
        yield ""
        yield "Renamed topics; their old feed addresses go on, with the new feed in them:"
        yield from _cut([f"  {old} -> {new}" for old, new in changes.moved_feeds])
    if changes.gone_feeds:
        yield ""
        yield "Feed addresses at which subscribers get an error from now on:"
        yield from _cut([f"  {path}" for path in changes.gone_feeds])


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  … and {len(lines) - _SHOWN:,} more (--json has all)"


def _by_feed(changes: Changes) -> Iterator[str]:
    found: dict[str, list[Change]] = {}
    for change in changes.articles:
        for folder in change.feeds if change.kind in _IN_FEED else ():
            found.setdefault(folder, []).append(change)
    for number, folder in enumerate(sorted(found)):
        if number == _FEEDS:
            yield ""
            yield f"… and {len(found) - _FEEDS:,} more feeds (--json has all)."
            return
        title = changes.titles.get(folder, folder.rstrip("/"))
        yield ""
        yield f"Subscribers of {title} ({folder or 'the whole site'}):"
        for kind, words in _IN_FEED.items():
            yield from _cut([f"  {_named(each)} {words}" for each in found[folder] if each.kind == kind])


def _named(change: Change) -> str:
    record: Record = change.article
    return f"“{record.title}” ({record.published[:10]})"
