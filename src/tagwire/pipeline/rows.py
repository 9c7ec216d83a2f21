"""Rows of the shelf as the memory keeps them: the lines of some neighbours, and beside them what each build looks at.

A row stands under a name of its files' paths and bytes, and of the settings.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire import memo, plan
from tagwire.digests import SIZE, pieces
from tagwire.disk import parts
from tagwire.pipeline.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagwire.model import File

_MEAN = 256
"""Files in a row: an edit writes one row anew, a new build looks up one for each."""
_LONGEST = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The columns of some files, in their order; each digest has 16 bytes."""

    key: bytes
    heads: bytes
    """Digest of all that is known of the files without their bodies, problems included."""
    digests: bytes
    """Of each reading."""
    bodies: bytes
    """Key of each body."""

    @property
    def size(self) -> int:
        """How many files."""
        return len(self.digests) // SIZE


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What is known of the files of a row, for those who don't look at the lines."""

    briefs: list[str]
    heads: bytes
    wanted: list[str]

    def known(self, row: Row, number: int, wanted: list[str]) -> plan.Known:
        """What is known of a file without looking at its article."""
        here = slice(number * SIZE, (number + 1) * SIZE)
        return plan.Known(row.digests[here], self.heads[here], tuple(wanted))


def groups(files: Sequence[File]) -> list[list[File]]:
    """The files of each row: their paths alone tell."""
    found: list[list[File]] = []
    for file in files:
        if not found or zlib.crc32(file.path.encode()) % _MEAN == 0 or len(found[-1]) >= _LONGEST:
            found.append([])
        found[-1].append(file)
    return found


def key(group: Sequence[File], settings: str, memory: memo.Memo) -> bytes:
    """Under which the memory has the lines of these files."""
    return memory.key("row", [settings, _names(group)])


def beside(key: bytes, memory: memo.Memo) -> bytes:
    """Under which the memory has what stands beside the lines of a row."""
    return memory.key("beside", key)


def keep(key: bytes, group: Sequence[File], lines: list[Line], memory: memo.Memo) -> Row:
    """Makes a row of files' lines, and keeps it."""
    names = json.dumps(_names(group)).encode()
    heads, sides = (b"".join([getattr(line, name) for line in lines]) for name in ("head", "side"))
    wanted, told_in = ("\n".join([getattr(line, name) for line in lines]).encode() for name in ("wanted", "brief"))
    memory.keep(key, parts.joined([names, b"\n".join([line.text for line in lines]), sides]))
    memory.keep(beside(key, memory), parts.joined([told_in, heads, wanted]))
    told = [[file.path for file in group], sides]
    digests, bodies = (b"".join([getattr(line, name) for line in lines]) for name in ("digest", "body"))
    return Row(key, memo.digest(memo.canonical(told)), digests, bodies)


def lines(key: bytes, memory: memo.Memo) -> list[bytes] | None:
    """What was read in the files of a row, for `steps.restored`; None if it is lost."""
    found = _split(key, memory)
    return _texts(found) if found else None


def side(key: bytes, memory: memo.Memo) -> Side | None:
    """What stands beside the lines of a row; None if it is lost."""
    found = _split(beside(key, memory), memory)
    return Side(found[0].decode().split("\n"), found[1], found[2].decode().split("\n")) if found else None


def whole(row: Row, memory: memo.Memo) -> dict[tuple[str, str], Line]:
    """All lines of a row by path and digest of the file; nothing if any of it is lost."""
    found, told = _split(row.key, memory), side(row.key, memory)
    if not found or not told:
        return {}
    columns = (pieces(column) for column in (row.digests, told.heads, found[2], row.bodies))
    made = map(Line, _texts(found), *columns, told.wanted, told.briefs)
    return dict(zip([(path, digest) for path, digest in json.loads(found[0])], made, strict=True))


def by_path(key: bytes, memory: memo.Memo) -> dict[str, bytes]:
    """What was read in each file of a row, as `lines` gives it; nothing if it is lost."""
    found = _split(key, memory)
    return {path: text for (path, _), text in zip(json.loads(found[0]), _texts(found), strict=True)} if found else {}


def spelt(rows: Iterable[Row]) -> bytes:
    """Rows without their lines, for `read`."""
    return parts.joined([part for row in rows for part in (row.key, row.heads, row.digests, row.bodies)])


def read(saved: bytes | None) -> dict[bytes, Row]:
    """The rows that `spelt` was given, by key."""
    found = (parts.split(saved) if saved else None) or []
    return {found[at]: Row(*found[at : at + 4]) for at in range(0, len(found), 4)}


def _names(group: Sequence[File]) -> list[list[str]]:
    return [[file.path, file.digest] for file in group]


def _texts(row: list[bytes]) -> list[bytes]:
    return row[1].split(b"\n")


def _split(key: bytes, memory: memo.Memo) -> list[bytes] | None:
    data = memory.recall(key)
    return parts.split(data) if data else None
