"""Digests of files without reading them again: a file whose stat is as it was has the bytes it had.

Git's "racy" problem: a file changed twice within one tick of the file system's clock keeps its stat.
So a digest is only remembered for a file that was already old when it was read.
"""

from __future__ import annotations

import hashlib
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.disk import parts

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

_FINE, _COARSE = 100_000_000, 2_500_000_000
"""Nanoseconds: age from which a stat can be trusted, where the file system keeps fractions, and where it doesn't."""


Mark = tuple[int, int, int, int, str]
"""Size, mtime, ctime, inode; digest."""


class Stamps:
    """Remembered digests, by absolute path."""

    def __init__(self, saved: bytes | None) -> None:
        self._known = _loaded(saved)
        self._seen: dict[str, Mark] = {}

    def digest(self, path: str, stat: os.stat_result) -> str:
        """blake2b-128 of the file's bytes, hexadecimal. `stat` is of now.

        Raises:
            OSError: it can't be read.
        """
        known = self._known.get(path)
        if known is not None and known[:4] == _mark(stat):
            self._seen[path] = known
            return known[4]
        found = digest(Path(path).read_bytes())
        self.note(path, stat, found)
        return found

    def note(self, path: str, stat: os.stat_result, found: str, *, ours: bool = False) -> None:
        """Remembers that a file with this stat has this digest. `ours`: we have just written it ourselves."""
        grain = _FINE if stat.st_mtime_ns % 1_000_000_000 else _COARSE
        if ours or time.time_ns() - stat.st_mtime_ns > grain:
            self._seen[path] = (*_mark(stat), found)

    def marks(self, paths: Iterable[str]) -> list[int] | None:
        """Size, mtime, ctime and inode of each file, one after the other; None if one of them isn't known."""
        try:
            return [number for path in paths for number in self._seen[path][:4]]
        except KeyError:
            return None

    @property
    def changed(self) -> bool:
        """Whether the next run would gain by `saved`."""
        return self._seen != self._known

    def saved(self) -> bytes:
        """To be given to the next run: only files that were seen in this one."""
        names = "\0".join(self._seen).encode(errors="surrogateescape")
        numbers = array("q", [number for mark in self._seen.values() for number in mark[:4]])
        return parts.joined([names, numbers.tobytes(), "".join([mark[4] for mark in self._seen.values()]).encode()])


def digest(data: bytes) -> str:
    """blake2b-128, hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _mark(stat: os.stat_result) -> tuple[int, int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino & parts.POSITIVE


def _loaded(saved: bytes | None) -> dict[str, Mark]:
    found = parts.split(saved) if saved else None
    if not found or not found[0]:
        return {}
    names = found[0].decode(errors="surrogateescape").split("\0")
    numbers = array("q", found[1])
    digests = found[2].decode()
    cut = [digests[at : at + _HEX] for at in range(0, len(digests), _HEX)]
    marks = zip(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4], cut, strict=True)
    return dict(zip(names, marks, strict=True))


_HEX = 32
