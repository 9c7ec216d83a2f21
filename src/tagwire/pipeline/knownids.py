"""Ids that readers know already, for articles that have come from another program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagwire import intake
from tagwire.article import mend
from tagwire.disk import work
from tagwire.model import Clock
from tagwire.pipeline import changes, settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagwire.pipeline.changes import Prospect
    from tagwire.pipeline.elsewhere import Source

_ID = re.compile(rb"^id:.*\n", re.MULTILINE)
_FEWEST, _USUAL = 5, 20
"""Fewer entries than that are no setting; as many are what we have without one."""


class Kept(NamedTuple):
    """What readers know of a site's articles."""

    known: int
    """Articles with an id that readers know."""
    articles: int
    """All that are shown."""


def keep(root: Path, now: dt.datetime, tell: Callable[[str], None]) -> Kept:
    """Gives articles that the ledger knows by address, or by title and date, the ids of their readers.

    Conversion has given each an id of its own, which nobody has seen yet, or the one that an export holds.

    Raises:
        Stopped: the site has errors.
        OSError: the disk refuses.
    """
    found = changes.prospect(root, Clock(now), tell=tell)
    doubled = (each for each in found.changes.articles if each.kind == "doubled" and each.before)
    known = [(each.path, each.before.id) for each in doubled if each.before]
    known += _by_alias(found, {name for _, name in known})
    for path, name in known:
        data = mend.with_id(_ID.sub(b"", (root / path).read_bytes(), count=1), name)
        work.replace(root / path, intake.restamped(data.decode()).encode())
    offered = {each.id for each in found.offer.articles}
    return Kept(len(known) + len({each.id for each in found.before.articles} & offered), len(offered))


def as_long(root: Path, known: Source, articles: int) -> int:
    """Has feeds hold as many entries as the longest did: more would be old ones, and new to subscribers.

    Gives how many, or 0 where nothing is to be said.

    Raises:
        OSError: the disk refuses.
    """
    longest = max(len(found.entries) for _, found in known.feeds)
    if not _FEWEST <= longest < min(_USUAL, articles):
        return 0
    settings.add(root, f"per_feed = {longest}\n")
    return longest


def _by_alias(found: Prospect, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Articles whose old address is that of a published one which nothing here is otherwise."""
    here = taken | {record.id for record in found.offer.articles}
    free = {record.address: record.id for record in found.before.articles if record.address and record.id not in here}
    for draft in found.plan.basis.articles:
        olds = [alias.strip("/") + "/" * alias.endswith("/") for alias in draft.meta.aliases]
        names = [free.pop(old) for old in olds if old in free]
        if names:
            yield draft.meta.path, names[0]
