"""New files on their way into a folder: under numbers, or, where nothing is yet, in a tree that moves there as a whole.

A file that may replace another is staged under a number and renamed by itself. But a folder that doesn't exist yet
needs one rename for all that is in it: so whoever makes the files, copies of the process say, also makes their folders,
beside each other, and what is left to be done alone is a handful of renames.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.disk.journal import LAST, MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HAS_TREES = sys.platform != "win32"
"""There a path has 260 characters, and a folder in which anybody has a file open can't be renamed."""


class Staging:
    """The folder of staged files. Also used by copies of the process that made it."""

    def __init__(self, folder: Path, out: Path, *, bare: bool) -> None:
        """`bare`: nothing in `out` is ours."""
        self.top = os.fspath(folder)
        # Copies of a build that was killed live on for a moment: theirs is another tree.
        self.tree = f"tree-{os.getpid()}" if bare and _HAS_TREES else ""
        there = out.iterdir() if self.tree and out.is_dir() else ()
        self._taken = {names.folded(name) for name in (MANIFEST, *(file.name for file in there))}
        self._news: dict[str, bool] = {}
        self._made: set[str] = set()
        self._places = 0

    def is_new(self, path: str) -> bool:
        """Whether nothing is where `path` will lie, nor where its folders will: then it is staged in the tree."""
        top = path.partition("/")[0]
        found = self._news.get(top)
        if found is None:
            found = self._news[top] = bool(self.tree) and names.folded(top) not in self._taken
        return found

    def places(self, number: int) -> range:
        """So many numbers to stage files under."""
        if not self._made:
            os.makedirs(f"{self.top}/{self.tree}", exist_ok=True)  # noqa: PTH103 - as in `_make_room`
            self._made.add("")
        self._places += number
        return range(self._places - number, self._places)

    def file(self, path: str, place: int) -> str:
        """Where it is staged."""
        return f"{self.top}/{self.tree}/{path}" if self.is_new(path) else f"{self.top}/{place}"

    def is_lasting(self, path: str) -> bool:
        """Whether a staged file's stat will be the same in the folder: what is renamed itself gets a new ctime."""
        return "/" in path and self.is_new(path)

    def write(self, path: str, place: int, data: bytes) -> os.stat_result | None:
        """Stages a file. Its stat, if that lasts."""
        if self.is_new(path):
            self._make_room(path.rpartition("/")[0])
        stat = written(self.file(path, place), data)
        return stat if self.is_lasting(path) else None

    def _make_room(self, folder: str) -> None:
        """A folder of the tree, and those that it lies in."""
        if folder not in self._made:
            self._make_room(folder.rpartition("/")[0])
            with contextlib.suppress(FileExistsError):  # another copy was faster
                os.mkdir(f"{self.top}/{self.tree}/{folder}")  # noqa: PTH102 - pathlib takes longer than the disk
            self._made.add(folder)

    def met(self, out: str) -> set[str]:
        """What came into the folder since, under the name of a folder or a file of the tree."""
        return {top for top, is_new in self._news.items() if is_new and os.path.lexists(f"{out}/{top}")}

    def tops(self, paths: Iterable[str]) -> list[str]:
        """What is renamed if these are in the tree, in its order: what has feeds in it comes last."""
        found: dict[str, bool] = {}
        for path in paths:
            top = path.partition("/")[0]
            found[top] = found.get(top, False) or path.endswith(LAST)
        lone = {path for path in paths if "/" not in path}
        return sorted(found, key=lambda top: (found[top], top in lone, top))


def written(path: str, data: bytes) -> os.stat_result:
    """A new file. Thousands are written, and Python's own stream would take longer than the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)
