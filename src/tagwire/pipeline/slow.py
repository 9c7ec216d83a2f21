"""What is looked at in few places only: kept apart from all that each build reads, and loaded where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from tagwire.disk import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire import memo


@dataclass(slots=True, eq=False)
class Piece:
    """Some columns of lines, under one key of the memory."""

    key: bytes
    memory: memo.Memo
    _loaded: list[list[str]] | None = field(default=None)

    def column(self, number: int) -> list[str]:
        """The lines of a column; none if the memory has lost them."""
        if self._loaded is None:
            data = self.memory.recall(self.key)
            self._loaded = [column.decode().split("\n") for column in (parts.split(data) if data else None) or ()]
        return self._loaded[number] if self._loaded else []


@dataclass(frozen=True, slots=True, eq=False)
class Lines(Sequence[str]):
    """A column of a piece. Lines that the memory has lost are empty."""

    piece: Piece
    number: int
    """Of the column."""
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self.size))]
        if not 0 <= at < self.size:
            raise IndexError(at)
        column = self.piece.column(self.number)
        return column[at] if at < len(column) else ""


def keep(key: bytes, columns: Iterable[Sequence[str]], memory: memo.Memo) -> None:
    """Keeps a piece, unless its lines are from there."""
    told = list(columns)
    if not any(isinstance(column, Lines) and column.piece.key == key for column in told):
        memory.keep(key, parts.joined(["\n".join(column).encode() for column in told]))
