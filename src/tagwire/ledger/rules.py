"""The continuity guard: what no owner does on purpose without saying so.

Each rule has a stable code. A build warns; a publish refuses, until the owner accepts the code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from tagwire.ledger.changes import Change, Changes, Kind

LEDGER = "content/ledger.json"
CODES = (
    "id-changed", "id-reused", "entry-gone", "entry-hidden", "date-moved", "feed-gone", "old-as-new", "site-moved",
)  # fmt: skip
"""What `--accept` takes."""
_SHOWN = 5
"""Articles named for one rule; a slip in a setting concerns them all."""


def problems(changes: Changes, most: int) -> tuple[Problem, ...]:
    """What an owner should know before publishing, as warnings. At most `most` old entries may appear as new."""
    if changes.first:
        return ()
    found: list[Problem] = []
    for kind, make in _OF_ARTICLES.items():
        found += _some([change for change in changes.articles if change.kind == kind], make)
    found += _feeds(changes)
    found += _old(changes, most)
    if changes.is_elsewhere:
        old, new = changes.site
        message = f"the site moves from {old} to {new}: who follows it there gets nothing more"
        hint = f"let the old host redirect each address to the new one; then accept it. Or set `url` back to {old}"
        found.append(_problem("-", "site-moved", message, hint))
    return tuple(sorted(found))


def refusals(found: Iterable[Problem], accepted: Collection[str]) -> tuple[Problem, ...]:
    """Those that forbid to publish, as errors: all that weren't accepted by their codes."""
    refused = (problem for problem in found if problem.code in CODES and problem.code not in accepted)
    return tuple(
        replace(problem, severity="error", hint=f"{problem.hint}; or publish with --accept {problem.code}")
        for problem in refused
    )


def _problem(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path or LEDGER, 0, 0, code, message, hint, severity="warning")


def _some(found: list[Change], make: Callable[[Change], Problem]) -> Iterator[Problem]:
    made = [make(change) for change in found]
    yield from made[:_SHOWN]
    if len(made) > _SHOWN:
        more = f"and {len(made) - _SHOWN} more of this kind; `tagwire diff` has them all"
        yield Problem(LEDGER, 0, 0, made[0].code, more, made[0].hint, severity="warning")


def _doubled(change: Change) -> Problem:
    old = change.before.id if change.before else ""
    message = f"“{change.article.title}” was published as `{old}`: with a new id each subscriber gets it once more"
    return _problem(change.path, "id-changed", message, f"write `id: {old}` into its front matter")


def _reused(change: Change) -> Problem:
    old = change.before.title if change.before else ""
    message = f"the id of “{change.article.title}” belonged to “{old}”: readers would show it as an old article"
    return _problem(change.path, "id-reused", message, "delete the line `id`, so that it gets one of its own")


def _gone(change: Change) -> Problem:
    message = f"“{change.article.title}” ({change.article.address}) was published, and is no more"
    hint = "bring it back with `retracted: {date: …, note: …}`, which reaches subscribers, or with `expires: …`"
    return _problem("", "entry-gone", message, hint)


def _hidden(change: Change) -> Problem:
    message = f"“{change.article.title}” was published, and is now a draft or dated in the future: its page is gone"
    return _problem(change.path, "entry-hidden", message, "give it its date back, or set `draft: false`")


def _dated(change: Change) -> Problem:
    before = change.before.published if change.before else ""
    message = f"“{change.article.title}” was published with the date {before}, and has {change.article.published} now"
    return _problem(change.path, "date-moved", message, "set `published` back; a change belongs into `updated`")


_OF_ARTICLES: dict[Kind, Callable[[Change], Problem]] = {
    "doubled": _doubled,
    "reused": _reused,
    "gone": _gone,
    "hidden": _hidden,
    "dated": _dated,
}


def _feeds(changes: Changes) -> Iterator[Problem]:
    for path in changes.gone_feeds[:_SHOWN]:
        message = f"the feed {path} was published, and is no more: who follows it gets an error"
        yield _problem("", "feed-gone", message, _feed_hint(changes.meant.get(path) or path))
    if len(changes.gone_feeds) > _SHOWN:
        more = f"and {len(changes.gone_feeds) - _SHOWN} more feeds; `tagwire diff` has them all"
        yield _problem("", "feed-gone", more, "keep the tags, authors, series and views that people follow")


def _feed_hint(path: str) -> str:
    kind, _, rest = path.partition("/")
    if kind == "tags" and "/" in rest:
        slug = rest.partition("/")[0]
        return f'if the tag has another name now, write `aliases = {{ "{slug}" = "…" }}` below [tags] in the settings'
    return "bring back what it was the feed of"


def _old(changes: Changes, most: int) -> Iterator[Problem]:
    old = [change for change in changes.articles if change.kind == "old" and change.feeds]
    if len(old) > most:
        message = f"{len(old)} old articles would appear as new to subscribers, more than {most} (`old_as_new`)"
        yield _problem("", "old-as-new", message, "look at `tagwire diff`: dates, tags and `per_feed` decide about it")
