"""Files that have their name in other letters now: macOS and Windows take `Logo.png` and `logo.png` for one file.

There the old name leads to the new file, and whoever removes the old one last has none.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from tagwire import names

if TYPE_CHECKING:
    from collections.abc import Collection


class Letters:
    """How the files of a folder are spelt on the disk. What was looked at isn't looked at again.

    Numbers of files (inodes) don't tell: drivers of foreign disks give one to each spelling.
    """

    def __init__(self, out: str, ours: Collection[str] = ()) -> None:
        """`ours` are paths below `out`."""
        self._out, self._ours = out, ours
        self._listed: dict[str, frozenset[str]] = {}

    def has(self, path: str) -> bool:
        """Whether a file has its path by these very letters, not only by others that lead there."""
        folder = self._out
        for part in path.split("/"):
            if folder not in self._listed:
                self._listed[folder] = _names(folder)
            if part not in self._listed[folder]:
                return False
            folder = f"{folder}/{part}"
        return True

    def former(self, path: str) -> str:
        """How the file of ours that is found at `path` is spelt, if it is spelt in other letters; else empty."""
        old = self._spellings.get(names.folded(path), "")
        return "" if not old or old == path or self.has(path) else old

    @functools.cached_property
    def _spellings(self) -> dict[str, str]:
        return {names.folded(path): path for path in self._ours}


def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names are enough
    except OSError:
        return frozenset()
