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

Mark = tuple[int, int, int, int]
"""Size, mtime, ctime, inode."""
_HEX = 32


class Stamps:
    """Remembered digests, by absolute path."""

    def __init__(self, saved: bytes | None) -> None:
        """What is saved stays in columns: a build that makes a value of each file spends more on that than on stat."""
        self._names, self._numbers, self._digests = _loaded(saved)
        self._at = {name: at for at, name in enumerate(self._names)}
        self._used = bytearray(len(self._names))
        """Which of them still hold."""
        self._fresh: dict[str, int] = {}
        """What was looked at since: its number in two more columns, a value of each file would be 300 bytes."""
        self._marks = array("q")
        self._found: list[str] = []

    def digest(self, path: str, stat: os.stat_result) -> str:
        """blake2b-128 of the file's bytes, hexadecimal. `stat` is of now.

        Raises:
            OSError: it can't be read.
        """
        at = self._at.get(path)
        if at is not None and self._holds(at, stat):
            self._used[at] = 1
            return self._digests[at * _HEX : (at + 1) * _HEX]
        fresh = self._fresh.get(path)
        if fresh is not None and tuple(self._marks[fresh * 4 : fresh * 4 + 4]) == _mark(stat):
            return self._found[fresh]
        found = digest(Path(path).read_bytes())
        self.note(path, stat, found)
        return found

    def holds(self, path: str, stat: os.stat_result, name: str) -> bool:
        """Whether the file is known, by its stat of now, to have the bytes of the digest `name`; no file is read."""
        at = self._at.get(path)
        if at is None or not self._holds(at, stat) or self._digests[at * _HEX : (at + 1) * _HEX] != name:
            return False
        self._used[at] = 1
        return True

    def _holds(self, at: int, stat: os.stat_result) -> bool:
        numbers, at = self._numbers, at * 4
        return (
            numbers[at] == stat.st_size
            and numbers[at + 1] == stat.st_mtime_ns
            and numbers[at + 2] == stat.st_ctime_ns
            and numbers[at + 3] == stat.st_ino & parts.POSITIVE
        )

    def note(self, path: str, stat: os.stat_result, found: str, *, ours: bool = False) -> None:
        """Remembers that a file with this stat has this digest. `ours`: we have just written it ourselves."""
        grain = parts.FINE if stat.st_mtime_ns % 1_000_000_000 else parts.COARSE
        if ours or time.time_ns() - stat.st_mtime_ns > grain:
            self._fresh[path] = len(self._found)
            self._marks.extend(_mark(stat))
            self._found.append(found)
            if (at := self._at.pop(path, None)) is not None:
                self._used[at] = 0

    def marks(self, paths: Iterable[str]) -> array[int] | None:
        """Size, mtime, ctime and inode of each file, one after the other; None if one of them isn't known."""
        found = array("q")
        for path in paths:
            at = self._at.get(path)
            if at is not None and self._used[at]:
                found += self._numbers[at * 4 : at * 4 + 4]
            elif path in self._fresh:
                found += self._marks[self._fresh[path] * 4 : self._fresh[path] * 4 + 4]
            else:
                return None
        return found

    @property
    def changed(self) -> bool:
        """Whether the next run would gain by `saved`."""
        return bool(self._fresh) or self._used.count(1) != len(self._names)

    def saved(self) -> bytes:
        """To be given to the next run: only files that were seen in this one."""
        used = [at for at, is_used in enumerate(self._used) if is_used]
        names = "\0".join([*[self._names[at] for at in used], *self._fresh]).encode(errors="surrogateescape")
        numbers = array("q")
        for at in used:
            numbers += self._numbers[at * 4 : at * 4 + 4]
        for fresh in self._fresh.values():
            numbers += self._marks[fresh * 4 : fresh * 4 + 4]
        digests = [self._digests[at * _HEX : (at + 1) * _HEX] for at in used]
        digests += [self._found[fresh] for fresh in self._fresh.values()]
        return parts.joined([names, numbers.tobytes(), "".join(digests).encode()])


def digest(data: bytes) -> str:
    """blake2b-128, hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _mark(stat: os.stat_result) -> Mark:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino & parts.POSITIVE


def _loaded(saved: bytes | None) -> tuple[list[str], array[int], str]:
    """Names, four numbers for each, and their digests one after the other."""
    found = parts.split(saved) if saved else None
    if not found or not found[0]:
        return [], array("q"), ""
    numbers = array("q")
    numbers.frombytes(found[1])
    return found[0].decode(errors="surrogateescape").split("\0"), numbers, found[2].decode()
