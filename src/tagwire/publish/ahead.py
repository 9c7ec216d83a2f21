"""Whether somebody published to the target from another place, with a ledger that we don't have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import feedread
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from tagwire.pipeline.changes import Prospect
    from tagwire.publish.target import Target

_FEEDS = ("feed.json", "atom.xml", "rss.xml")
"""Of the whole site, the quickest to read first. They name the newest articles, so what others have added."""
_SHOWN = 5


def refuse_strangers(target: Target, before: dict[str, str], prospect: Prospect) -> None:
    """Looks for articles in the feed there that neither the ledger nor this site knows.

    A publish of ours that died before it wrote the ledger leaves none: its articles are on this site.

    Raises:
        Stopped: there are some. They would be withdrawn, and the guard couldn't tell.
    """
    path = next((path for path in _FEEDS if path in before), "")
    found = feedread.read(target.read(path), "") if path else None
    offer = prospect.offer
    ours = {record.id for record in (*prospect.before.articles, *offer.articles)} | {each.id for each in offer.hidden}
    strangers = [entry for entry in found.entries if entry.id not in ours] if found else []
    if strangers:
        raise Stopped([_problem(target.name, entry) for entry in strangers[:_SHOWN]])


def _problem(target: str, entry: feedread.Known) -> Problem:
    message = (
        f"“{entry.title}” is in the feed there, and neither this site nor content/ledger.json knows it: "
        "published from another place, or by a publish that was cut off"
    )
    hint = "get that ledger and its articles (`git pull`?), then publish again; --accept target-ahead withdraws them"
    return Problem(target, 0, 0, "target-ahead", message, hint)
