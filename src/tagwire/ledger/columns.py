"""All lines of a ledger at once: whether they are as Tagwire writes them.

A hundred thousand lines are nearly always all well. To learn that from the sets of their values takes a fraction of
the time that a look at each line takes; which line is to blame, only the look at each says.
"""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

NEEDED = ("id", "address", "title", "published", "updated")
"""What each article has."""
OTHERS = ("imprint", "feeds", "shown", "first", "former", "gone", "out")
"""What it may have."""
_MOMENTS = ("published", "updated", "first", "gone", "out")
_KEYS = {*NEEDED, *OTHERS}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z\Z")


def are_known(lines: Sequence[dict[str, Any]]) -> bool:
    """Whether every article's line has all that it needs, and nothing that Tagwire doesn't write."""
    if not _KEYS.issuperset(chain.from_iterable(lines)):
        return False
    try:
        columns = {key: [*map(itemgetter(key), lines)] for key in NEEDED}
    except KeyError:
        return False
    columns |= {key: [line[key] for line in lines if key in line] for key in _KEYS - columns.keys()}
    lists, places = columns.pop("former") + columns.pop("shown"), columns.pop("feeds")
    return (
        all({*map(type, column)} <= {str} for column in columns.values())
        and "" not in columns["id"]
        and {*map(type, lists)} <= {list}
        and {*map(type, places)} <= {dict}
        and {*map(type, chain.from_iterable(lists))} <= {str}
        and _are_places([*chain.from_iterable(map(dict.values, places))])
        and all(map(_MOMENT.match, {*chain.from_iterable(columns[key] for key in _MOMENTS)}))
        and _are_inside({*columns["address"], *chain.from_iterable(lists), *chain.from_iterable(places)})
    )


def _are_places(found: list[Any]) -> bool:
    """Types first: in a set, a list would raise an error."""
    return {*map(type, found)} <= {int} and min(found, default=1) > 0


def _are_inside(paths: set[str]) -> bool:
    """Whether all stay in the site: seen in one text of all, where nothing is unusual."""
    text = "\n".join(["", *paths, ""])
    if "/." in text or "\n." in text or "\n/" in text or "\\" in text or not "".join(paths).isprintable():
        return all(map(is_inside, paths))
    return True


def is_moment(text: str) -> bool:
    """Whether it is one as the ledger spells them."""
    return bool(_MOMENT.match(text))


def is_inside(path: str) -> bool:
    """Whether a path stays in the site: somebody else may have written the file."""
    plain = path.isprintable() or path.splitlines() == [path]
    dotted = "." in path and not {".", ".."}.isdisjoint(path.split("/"))
    return plain and not dotted and "\\" not in path and path[:1] != "/"
