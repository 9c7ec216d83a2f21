"""Digests of files without reading them again: a file whose stat is as it was has the bytes it had.

Git's "racy" problem: a file changed twice within one tick of the file system's clock keeps its stat.
So a digest is only remembered for a file that was already old when it was read.
"""

from __future__ import annotations

import functools
import hashlib
import os
import time
from array import array
from typing import TYPE_CHECKING

from tagwire.disk import parts

if TYPE_CHECKING:
    from collections.abc import Collection

Mark = tuple[int, int, int, int]
"""Size, mtime, ctime, inode."""
_HEX, _MARK = 32, 4


class _Sheet:
    """Files of a folder in columns: a value of each would be 300 bytes, and take longer than to look at the file."""

    def __init__(self, names: list[str], marks: array[int], digests: list[str]) -> None:
        """A digest is empty where it isn't known."""
        self.names, self.marks, self.digests = names, marks, digests

    @functools.cached_property
    def places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def place(self, name: str) -> int | None:
        return self.places.get(name)

    def mark(self, at: int) -> array[int]:
        return self.marks[at * _MARK : at * _MARK + _MARK]

    def put(self, name: str, mark: Mark, found: str) -> None:
        at = self.place(name)
        if at is None:
            self.places[name] = len(self.names)
            self.names.append(name)
            self.marks.extend(mark)
            self.digests.append(found)
        else:
            self.marks[at * _MARK : at * _MARK + _MARK] = array("q", mark)
            self.digests[at] = found

    def known(self, names: list[str], marks: array[int]) -> list[str]:
        """The digest of each file whose mark is as it was; an empty one else. In the usual order it takes no time."""
        size, same = len(names), self.names[: len(names)] == names
        if same and self.marks.tobytes().startswith(marks.tobytes()):
            return self.digests[:size]
        old, new = _rows(self.marks), _rows(marks)
        if same:
            pairs = zip(old, new, self.digests, strict=False)
            return [found if before == now else "" for before, now, found in pairs]
        places = [self.places.get(name, -1) for name in names]
        there = zip(places, new, strict=True)
        return [self.digests[at] if at >= 0 and old[at] == now else "" for at, now in there]

    def digest(self, name: str, own: Mark) -> str:
        """Of one file; empty where it isn't known."""
        at = self.place(name)
        return self.digests[at] if at is not None and tuple(self.mark(at)) == own else ""

    def saved(self) -> list[bytes]:
        """Three columns of what is known."""
        if not all(self.digests):
            known = [at for at, found in enumerate(self.digests) if found]
            marks = array("q")
            for at in known:
                marks += self.mark(at)
            return _Sheet([self.names[at] for at in known], marks, [self.digests[at] for at in known]).saved()
        names = "\0".join(self.names).encode(errors="surrogateescape")
        return [names, self.marks.tobytes(), "".join(self.digests).encode()]


def _rows(marks: array[int]) -> list[bytes]:
    data, width = marks.tobytes(), _MARK * marks.itemsize
    return [data[at : at + width] for at in range(0, len(data), width)]


class Stamps:
    """Remembered digests, by folder, and by name or path in it."""

    def __init__(self, saved: bytes | None) -> None:
        self._saved = saved
        self._before = _loaded(saved)
        self._seen: dict[str, _Sheet] = {}
        """What was looked at since."""

    def known(self, folder: str, names: list[str], marks: array[int]) -> list[str]:
        """blake2b-128 of each of these files of a folder, hexadecimal; an empty text where it must be read.

        `marks` are of now: size, mtime, ctime and inode (see `parts.POSITIVE`) of each, one after the other.
        """
        before = self._seen.get(folder) or self._before.get(folder)
        found = before.known(names, marks) if before else [""] * len(names)
        if before and folder in self._seen:
            self._before[folder] = before  # what is not among these files may be asked for
        self._seen[folder] = _Sheet(list(names), marks[:], list(found))
        return found

    def digest(self, folder: str, name: str, own: Mark) -> str:
        """blake2b-128 of the bytes of the file `name` in `folder`, hexadecimal. `own` is of now.

        Raises:
            OSError: it can't be read.
        """
        for sheet in (self._seen.get(folder), self._before.get(folder)):
            known = sheet.digest(name, own) if sheet else ""
            if known:
                self.keep(folder, name, own, known)
                return known
        found = digest(whole(f"{folder}/{name}", own[0]))
        self.note(folder, name, own, found)
        return found

    def note(self, folder: str, name: str, own: Mark, found: str, *, ours: bool = False) -> None:
        """Remembers that a file with this mark has this digest. `ours`: we have just written it ourselves."""
        newest = max(own[1], own[2])  # a tool that copies a file keeps its mtime
        if ours or time.time_ns() - newest > parts.grain(newest):
            self.keep(folder, name, own, found)

    def keep(self, folder: str, name: str, own: Mark, found: str) -> None:
        """`note` of a file that is ours."""
        if folder not in self._seen:
            self._seen[folder] = _Sheet([], array("q"), [])
        self._seen[folder].put(name, own, found)

    def all(self, folder: str, names: Collection[str]) -> tuple[list[str], array[int]] | None:
        """These files of a folder in some order, and their marks one after the other; None if one isn't known."""
        sheet = self._seen.get(folder) or _Sheet([], array("q"), [])
        if all(sheet.digests) and sheet.places.keys() == set(names):
            return list(sheet.names), sheet.marks[:]
        found = array("q")
        for name in names:
            at = sheet.place(name)
            if at is None or not sheet.digests[at]:
                return None
            found += sheet.mark(at)
        return list(names), found

    def ours(self, folder: str, name: str) -> str:
        """The digest of a file as we left it, whatever it is now; empty if that isn't known."""
        sheet = self._before.get(folder)
        at = sheet.place(name) if sheet else None
        return sheet.digests[at] if sheet and at is not None else ""

    def saved(self) -> bytes | None:
        """To be given to the next run, only files that were seen in this one; None if that would gain nothing."""
        sheets = self._seen.items()
        told = parts.joined([part for folder, sheet in sheets for part in (_spelt(folder), *sheet.saved())])
        return told if told != self._saved else None


def mark(stat: os.stat_result) -> Mark:
    """What a file is known by."""
    return stat.st_size, stat.st_mtime_ns & parts.POSITIVE, stat.st_ctime_ns, stat.st_ino & parts.POSITIVE


def whole(path: str, size: int) -> bytes:
    """All bytes of a file, of which there were so many when it was looked at.

    Thousands are read, and a path of `pathlib` and a stream of Python take three times as long as this.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data
        rest = iter(lambda: os.read(descriptor, _PIECE), b"")  # it has changed, or comes in pieces
        return b"".join([data, *rest])
    finally:
        os.close(descriptor)


_PIECE = 1 << 20


def digest(data: bytes) -> str:
    """blake2b-128, hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _spelt(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _loaded(saved: bytes | None) -> dict[str, _Sheet]:
    found = (parts.split(saved) if saved else None) or []
    sheets = {}
    for at in range(0, len(found), 4):
        folder, names, numbers, digests = found[at : at + 4]
        marks, hexes = array("q"), digests.decode()
        marks.frombytes(numbers)
        sheets[folder.decode(errors="surrogateescape")] = _Sheet(
            names.decode(errors="surrogateescape").split("\0") if names else [],
            marks,
            [hexes[at : at + _HEX] for at in range(0, len(hexes), _HEX)],
        )
    return sheets
