"""Versions of installed libraries, by the names of their folders; and of the time zones, which the system brings along.

`importlib.metadata` says the same, but loading it and parsing what it reads costs 30 ms on every build that has
something to do.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDS = (".dist-info", ".egg-info", ".egg")


def versions(names: Iterable[str]) -> list[str]:
    """`jinja2 3.1.6` for each distribution, in the order given; `none` stands for one that isn't installed.

    `names` are lower-case words. Where Python loads from an archive too, `importlib.metadata` is asked after all.
    """
    found: dict[str, str] = {}
    for name, version in _installed():
        found.setdefault(name, version)  # the first in the path is what is loaded
    archives = any(os.path.isfile(place) for place in sys.path)  # noqa: PTH113 - pathlib isn't needed here
    return [f"{name} {found.get(name) or (_asked(name) if archives else 'none')}" for name in names]


def zones() -> str:
    """The version of the rules of time zones by which dates are read; empty where none is told.

    Governments change them at short notice, and systems bring new ones several times a year:
    https://data.iana.org/time-zones/tz-link.html.
    """
    for file in zone_files():
        try:
            with open(file, encoding="utf-8", errors="replace") as rules:  # noqa: PTH123 - pathlib isn't needed here
                return rules.readline().strip()
        except OSError:
            continue
    return ""


def zone_files() -> list[str]:
    """Where systems say which rules of time zones they have, in the places that `zoneinfo` looks into.

    The first is what tzdata installs, the second what macOS has.
    """
    places = os.environ.get("PYTHONTZPATH", _ZONES).split(os.pathsep)
    return [f"{place}/{name}" for place in places if place for name in ("tzdata.zi", "+VERSION")]


_ZONES = os.pathsep.join(("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"))


def _installed() -> Iterator[tuple[str, str]]:
    for place in sys.path:
        try:
            entries = os.listdir(place or ".")  # noqa: PTH208 - as above
        except OSError:  # many a place in the path doesn't exist
            continue
        for entry in sorted(entries):
            stem, end = os.path.splitext(entry)  # noqa: PTH122 - as above
            if end in _ENDS and "-" in stem:
                name, version = stem.split("-")[:2]
                yield name.lower(), version


def _asked(name: str) -> str:
    from importlib import metadata  # noqa: PLC0415 - see above

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
