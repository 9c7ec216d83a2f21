"""Versions of installed libraries, by the names of their folders.

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
