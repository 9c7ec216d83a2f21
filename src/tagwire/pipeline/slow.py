"""Long columns of a memory that are looked at in few places: kept in pieces, of which only the needed are loaded."""

from __future__ import annotations

import bisect
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from tagwire import memo

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEAN = 128
"""Lines kept together. A piece ends where a line's own checksum says so: what comes between moves no other piece."""
_SIZE, _COUNT = 16, 4
"""Bytes of a piece's key, and of the number of its lines."""


@dataclass(slots=True, eq=False)
class Lines(Sequence[str]):
    """Lines, by what `keep` said of them. One that the memory has lost is empty."""

    told: bytes
    memory: memo.Memo
    _begins: list[int] = field(default_factory=list)
    """The number of each piece's first line, and of all lines."""
    _loaded: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        step = _SIZE + _COUNT
        counts = (int.from_bytes(self.told[at + _SIZE : at + step]) for at in range(0, len(self.told), step))
        self._begins = [0, *itertools.accumulate(counts)]

    def __len__(self) -> int:
        return self._begins[-1]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        number = bisect.bisect_right(self._begins, at) - 1
        if number not in self._loaded:
            data = self.memory.recall(self.told[number * (_SIZE + _COUNT) :][:_SIZE])
            self._loaded[number] = data.decode().split("\n") if data else []
        piece, place = self._loaded[number], at - self._begins[number]
        return piece[place] if place < len(piece) else ""

    def live(self) -> Iterator[bytes]:
        """The keys of the pieces in the memory."""
        return (self.told[at : at + _SIZE] for at in range(0, len(self.told), _SIZE + _COUNT))


def keep(lines: Iterable[str], memory: memo.Memo) -> Lines:
    """Keeps lines as they come; those that are there already are left alone."""
    if isinstance(lines, Lines):
        return lines
    index: list[bytes] = []
    piece: list[bytes] = []
    for line in lines:
        data = line.encode()
        if piece and zlib.crc32(data) % _MEAN == 0:
            index += _kept(piece, memory)
            piece = []
        piece.append(data)
    return Lines(b"".join([*index, *(_kept(piece, memory) if piece else ())]), memory)


def _kept(piece: list[bytes], memory: memo.Memo) -> tuple[bytes, bytes]:
    data = b"\n".join(piece)
    key = memory.key("lines", memo.digest(data))
    if memory.recall(key) != data:
        memory.keep(key, data)
    return key, len(piece).to_bytes(_COUNT)


@dataclass(slots=True, eq=False)
class Numbers(Mapping[str, list[int]]):
    """Some numbers for each path, found in one text."""

    text: str
    """`\\npath\\0number,number` for each, and a line feed."""

    @classmethod
    def spelt(cls, pairs: Iterable[tuple[str, list[int]]]) -> str:
        """The text of what is to be found."""
        return "".join([f"\n{path}\0{','.join(map(str, numbers))}" for path, numbers in pairs]) + "\n"

    def __getitem__(self, path: str) -> list[int]:
        begin = self.text.find(f"\n{path}\0")
        if begin < 0:
            raise KeyError(path)
        begin += len(path) + 2
        return [int(number) for number in self.text[begin : self.text.index("\n", begin)].split(",")]

    def __iter__(self) -> Iterator[str]:
        return (line.partition("\0")[0] for line in self.text.split("\n")[1:-1])

    def __len__(self) -> int:
        return self.text.count("\n") - 1
