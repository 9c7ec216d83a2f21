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
    "old": ("older article appears as new", "older articles appear as new"),
    "back": ("article that was withdrawn appears again", "articles that were withdrawn appear again"),
    "doubled": ("article appears a second time", "articles appear a second time"),
    "reused": ("article hides behind another one’s id", "articles hide behind other ones’ ids"),
    "updated": ("article is shown as updated", "articles are shown as updated"),
    "quiet": (
        "article changes quietly: nobody is shown it again",
        "articles change quietly: nobody is shown them again",
    ),
    "dated": ("article gets another date", "articles get another date"),
    "moved": (
        "article moves: its old address leads to the new one, and nobody is shown it again",
        "articles move: their old addresses lead to the new ones, and nobody is shown them again",
    ),
    "left": ("article leaves the feeds, its page stays", "articles leave the feeds, their pages stay"),
    "expired": ("article has expired: its page is gone", "articles have expired: their pages are gone"),
    "hidden": (
        "article is a draft again, or dated in the future: its page is gone",
        "articles are drafts again, or dated in the future: their pages are gone",
    ),
    "gone": ("article is gone", "articles are gone"),
}  # fmt: skip
_IN_FEED: dict[Kind, str] = {
    "new": "appears as new",
    "old": "appears as new, though it is older",
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
    topics = len([folder for folder in changes.new_feeds if folder])
    feeds = f"the feeds of the site and of {_count(topics, 'topic')}" if topics else "the feeds of the site"
    yield "Nothing was published yet, as far as Tagwire knows: there is no content/ledger.json."
    yield f"Published now, {_count(count, 'article')} and {feeds} go out."
    yield "Who subscribes afterwards gets the newest of them as new; nobody is disturbed."
    yield "If people follow this site already, under another program, run: tagwire diff --against https://the-old-site/"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _sum(changes: Changes) -> Iterator[str]:
    lines = tuple(_counts(changes))
    yield from ("If this is published, then in sum:", *lines) if lines else ()


def _counts(changes: Changes) -> Iterator[str]:
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
            if kind == "quiet" and _is_rerendered(changes):
                yield "    (nearly the whole site: a setting, a tag that all share, or another engine or version)"
    for number, one, many in (
        (len(_unheard(changes)), "topic has feeds of its own now", "topics have feeds of their own now"),
        (len(_renamed(changes)), "topic was renamed", "topics were renamed"),
        (
            len(_of_another_format(changes)),
            "topic has a feed of another format",
            "topics have a feed of another format",
        ),
        (len(changes.gone_feeds), "feed address gives an error", "feed addresses give an error"),
    ):
        if number:
            yield f"  {number:,} {one if number == 1 else many}"


def _renamed(changes: Changes) -> list[tuple[str, str]]:
    return [(old, new) for old, new in changes.moved_feeds if old != new]


def _of_another_format(changes: Changes) -> list[str]:
    """Folders of feeds in which a format is off, and its address serves another one."""
    return [old for old, new in changes.moved_feeds if old == new]


def _unheard(changes: Changes) -> list[str]:
    """Folders of feeds that nobody can have followed under another name."""
    heirs = {new for _, new in changes.moved_feeds}
    return [folder for folder in changes.new_feeds if folder not in heirs]


def _is_rerendered(changes: Changes) -> bool:
    """Whether so many articles change quietly that their titles would tell an owner nothing."""
    quiet = sum(change.kind == "quiet" for change in changes.articles)
    return quiet > _SHOWN and quiet * 10 >= changes.total * 9


def _addresses(changes: Changes) -> Iterator[str]:
    if changes.is_elsewhere:
        old, new = changes.site
        yield f"The whole site moves from {old} to {new}."
        yield "Ids stay, so no article appears twice. But readers find the new feeds only if the old host"
        yield "redirects to them."
    moved = [change for change in changes.articles if change.kind == "moved"]
    if moved:
        yield ""
        yield "New addresses of pages; the old ones redirect:"
        yield from _cut(
            [f"  {change.before.address if change.before else ''} -> {change.article.address}" for change in moved]
        )
    if renamed := _renamed(changes):
        yield ""
        yield "Renamed topics; their old feed addresses go on, with the new feed in them:"
        yield from _cut([f"  {old} -> {new}" for old, new in renamed])
    if others := _of_another_format(changes):
        yield ""
        yield "Feeds of a format that is off; their addresses go on, with the feed in another format:"
        yield from _cut([f"  {folder or 'the whole site'}" for folder in others])
    if unheard := _unheard(changes):
        yield ""
        yield "New feeds, which nobody follows yet:"
        yield from _cut([f"  {changes.titles.get(folder, folder.rstrip('/'))} ({folder or '/'})" for folder in unheard])
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
    told = _IN_FEED.keys() - ({"quiet"} if _is_rerendered(changes) else set())
    for change in sorted(changes.articles, key=lambda change: change.article.published, reverse=True):
        for folder in change.feeds if change.kind in told else ():
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
    """The article, and what it was called or when it was published before, if that is another."""
    record: Record = change.article
    before = change.before or record
    was = [f"“{before.title}”"] if before.title != record.title else []
    was += [before.published[:10]] if change.kind == "dated" else []
    known = f", was {' of '.join(was)}" if was else ""
    return f"“{record.title}” ({record.published[:10]}{known})"
