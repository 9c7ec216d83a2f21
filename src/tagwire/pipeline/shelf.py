"""What was read in all content files, kept side by side: a row of the memory for some 250 neighbours by path.

A file that was read before is not read again, and its article is a value again only where somebody looks at it. What
is compared on each build are digests. Which files stand in one row is told by their paths alone, so that a new file
moves no other row.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tagwire import memo, plan
from tagwire.disk import parts
from tagwire.pipeline import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tagwire.model import Article, Config, File
    from tagwire.problems import Problem

    Read = Callable[[Sequence[File]], list[bytes]]

_MEAN = 256
"""Files in a row: an edit writes one row anew, a new build looks up one for each."""
_LONGEST = 2048
_SIZE = 16
"""Of a digest, in bytes."""
_NONE = bytes(_SIZE)


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


@dataclass(slots=True, eq=False)
class Shelf:
    """The readings of all content files."""

    files: Sequence[File]
    rows: list[Row]
    memory: memo.Memo
    read: Read
    """Gives the lines of files."""
    _open: dict[int, _Opened] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def digests(self) -> bytes:
        """Of each reading, in the order of the files."""
        return b"".join([row.digests for row in self.rows])

    def live(self) -> Iterator[bytes]:
        """The keys in the memory that the site needs."""
        for row in self.rows:
            yield row.key
            yield from (row.bodies[at : at + _SIZE] for at in range(0, len(row.bodies), _SIZE))

    def opened(self) -> tuple[tuple[Article, ...], dict[str, plan.Known], list[Problem]]:
        """All articles, what is known of each without looking, and what is wrong with the files."""
        articles: list[Article] = []
        problems: list[Problem] = []
        known: dict[str, plan.Known] = {}
        for at, row in enumerate(self.rows):
            for number, line in enumerate(self._row(at).lines):
                reading = steps.restored(line)
                problems += reading.problems
                if reading.article:
                    articles.append(reading.article)
                    known[reading.article.meta.path] = self._row(at).known(row, number)
        return tuple(articles), known, problems

    def article(self, path: str) -> tuple[Article, plan.Known]:
        """The article of the file at `path`, and what is known of it.

        Raises:
            KeyError: there is none.
        """
        if not self._places:
            numbers = [(at, number) for at, row in enumerate(self.rows) for number in range(len(row.digests) // _SIZE)]
            self._places.update(zip([file.path for file in self.files], numbers, strict=True))
        at, number = self._places[path]
        found = steps.restored(self._row(at).lines[number]).article
        if found is None:
            raise KeyError(path)
        return found, self._row(at).known(self.rows[at], number)

    @property
    def keys(self) -> bytes:
        """Of all rows, for `former` of a later build."""
        return b"".join([row.key for row in self.rows])

    def former(self, keys: bytes) -> dict[str, bytes]:
        """The lines of another build's files by path, by its `keys`: of rows that are others now and not lost."""
        here = {row.key for row in self.rows}
        loaded = [self.memory.recall(key) for key in _cut(keys) if key not in here]
        rows = [found for data in loaded if data and (found := parts.split(data))]
        return {path: line for row in rows for (path, _), line in zip(json.loads(row[0]), _lines(row), strict=True)}

    def origin(self, body: str) -> File:
        """The file that has the body of this key."""
        key, begin = bytes.fromhex(body), 0
        for row in self.rows:
            keys = [row.bodies[at : at + _SIZE] for at in range(0, len(row.bodies), _SIZE)]
            if key in keys:
                return self.files[begin + keys.index(key)]
            begin += len(keys)
        raise KeyError(body)

    def changed(self, before: bytes) -> list[str]:
        """The paths of files whose reading isn't what it was, by the `digests` of then, of the same files."""
        now = self.digests
        if len(now) != len(before):
            raise KeyError
        return [
            file.path
            for file, at in zip(self.files, range(0, len(now), _SIZE), strict=True)
            if now[at : at + _SIZE] != before[at : at + _SIZE]
        ]

    def _row(self, at: int) -> _Opened:
        if at not in self._open:
            self._open[at] = _opened(self.memory.recall(self.rows[at].key)) or self._made_anew(at)
        return self._open[at]

    def _made_anew(self, at: int) -> _Opened:
        """The memory has lost a row."""
        begin = sum(len(row.digests) for row in self.rows[:at]) // _SIZE
        group = self.files[begin : begin + len(self.rows[at].digests) // _SIZE]
        lines = self.read(group)
        _kept(self.rows[at].key, group, list(map(_line, lines)), self.memory)
        found = _opened(self.memory.recall(self.rows[at].key))
        if found is None:
            raise RuntimeError("the memory keeps nothing")
        return found

    @classmethod
    def of(cls, files: Sequence[File], config: Config, memory: memo.Memo, site: str, read: Read) -> Shelf:
        """The shelf of `files`; `read` gives the lines of those that are new."""
        pointer = memory.key("shelf", [site, config])
        before = _rows(memory.recall(pointer))
        settings = memo.name(config).hex()
        groups = [(memory.key("row", [settings, _names(group)]), group) for group in _groups(files)]
        missing = [(key, group) for key, group in groups if key not in before]
        if missing:
            lines = _old(before, {key for key, _ in groups}, memory)
            fresh = [file for _, group in missing for file in group if (file.path, file.digest) not in lines]
            new = map(_line, read(fresh))
            lines |= zip([(file.path, file.digest) for file in fresh], new, strict=True)
            for key, group in missing:
                before[key] = _kept(key, group, [lines[file.path, file.digest] for file in group], memory)
        shelf = cls(files, [before[key] for key, _ in groups], memory, read)
        told = parts.joined([part for row in shelf.rows for part in _told(row)])
        if told != memory.recall(pointer):
            memory.keep(pointer, told)
        return shelf


def _names(group: Sequence[File]) -> list[list[str]]:
    return [[file.path, file.digest] for file in group]


def _groups(files: Sequence[File]) -> list[list[File]]:
    groups: list[list[File]] = []
    for file in files:
        if not groups or zlib.crc32(file.path.encode()) % _MEAN == 0 or len(groups[-1]) >= _LONGEST:
            groups.append([])
        groups[-1].append(file)
    return groups


def _told(row: Row) -> list[bytes]:
    return [row.key, row.heads, row.digests, row.bodies]


def _rows(saved: bytes | None) -> dict[bytes, Row]:
    found = (parts.split(saved) if saved else None) or []
    return {found[at]: Row(*found[at : at + 4]) for at in range(0, len(found), 4)}


class _Line(NamedTuple):
    """What is known of one file's reading."""

    text: bytes
    digest: bytes
    head: bytes
    side: bytes
    """Digest of all that is known without the body, problems included."""
    body: bytes
    wanted: str
    """Paths of files that it links to, as JSON: it is handed on more often than looked at."""


def _line(text: bytes) -> _Line:
    reading = steps.restored(text)
    article = reading.article
    head = memo.name(article.meta) if article else _NONE
    side = memo.digest(memo.canonical([head, article and article.crossings, reading.problems]))
    body = bytes.fromhex(article.body) if article else _NONE
    wanted = json.dumps(plan.wanted_by(article) if article else ())
    return _Line(text, memo.digest(text), head, side, body, wanted)


def _old(before: dict[bytes, Row], staying: set[bytes], memory: memo.Memo) -> dict[tuple[str, str], _Line]:
    """The lines of rows that don't stay as they are, by path and digest of the file."""
    lines: dict[tuple[str, str], _Line] = {}
    for key, row in before.items():
        if key not in staying and (data := memory.recall(key)) and (found := parts.split(data)):
            names, texts, heads, sides, wanted = json.loads(found[0]), _lines(found), *found[2:]
            columns = (_cut(row.digests), _cut(heads), _cut(sides), _cut(row.bodies), wanted.decode().split("\n"))
            told = map(_Line, texts, *columns)
            lines |= zip([(path, digest) for path, digest in names], told, strict=True)
    return lines


def _lines(row: list[bytes]) -> list[bytes]:
    """What was read in the files of a row as the memory keeps it."""
    return row[1].split(b"\n")


def _cut(column: bytes) -> list[bytes]:
    return [column[at : at + _SIZE] for at in range(0, len(column), _SIZE)]


def _kept(key: bytes, group: Sequence[File], lines: list[_Line], memory: memo.Memo) -> Row:
    """Makes a row of files' lines, and keeps it."""
    names = json.dumps(_names(group)).encode()
    heads, sides = (b"".join([getattr(line, name) for line in lines]) for name in ("head", "side"))
    wanted = "\n".join([line.wanted for line in lines]).encode()
    memory.keep(key, parts.joined([names, b"\n".join([line.text for line in lines]), heads, sides, wanted]))
    told = [[file.path for file in group], sides]
    digests, bodies = (b"".join([getattr(line, name) for line in lines]) for name in ("digest", "body"))
    return Row(key, memo.digest(memo.canonical(told)), digests, bodies)


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """A row with what stands in it."""

    lines: list[bytes]
    heads: bytes
    wanted: list[str]

    def known(self, row: Row, number: int) -> plan.Known:
        here = slice(number * _SIZE, (number + 1) * _SIZE)
        return plan.Known(row.digests[here], self.heads[here], tuple(json.loads(self.wanted[number])))


def _opened(data: bytes | None) -> _Opened | None:
    found = parts.split(data) if data else None
    return _Opened(_lines(found), found[2], found[4].decode().split("\n")) if found else None
