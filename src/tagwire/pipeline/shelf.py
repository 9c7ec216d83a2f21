"""What was read in all content files, kept side by side: a row of the memory for some 250 neighbours by path.

A file that was read before is not read again, and its article is a value again only where somebody looks at it. What
is compared on each build are digests. Which files stand in one row is told by their paths alone, so that a new file
moves no other row.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from tagwire import memo, plan
from tagwire.digests import SIZE, pieces
from tagwire.disk import parts
from tagwire.pipeline import briefs, steps
from tagwire.pipeline.lines import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from tagwire.model import Article, Config, File
    from tagwire.problems import Problem

    Read = Callable[[Sequence[File]], Generator[Line, None, None]]
    Opened = tuple[steps.Reading, plan.Known]

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


@dataclass(slots=True, eq=False)
class Shelf:
    """The readings of all content files."""

    files: Sequence[File]
    rows: list[Row]
    memory: memo.Memo
    read: Read
    """Gives the lines of files, in order."""
    fresh: int = 0
    """How many of them were read in this build."""
    _open: dict[int, list[bytes]] = field(default_factory=dict)
    _sides: dict[int, _Side] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    _ready: dict[int, list[Opened]] = field(default_factory=dict)
    """What stands in rows that were just read, where most are: it is made while others still read."""

    @property
    def is_new(self) -> bool:
        """Whether most of them were."""
        return self.fresh * 2 >= len(self.files)

    @property
    def digests(self) -> bytes:
        """Of each reading, in the order of the files."""
        return b"".join([row.digests for row in self.rows])

    def live(self) -> Iterator[bytes]:
        """The keys in the memory that the site needs."""
        for row in self.rows:
            yield row.key
            yield _beside(row.key, self.memory)
            yield from pieces(row.bodies)

    def opened(self, *, late: bool = False) -> tuple[tuple[Article, ...], dict[str, plan.Known], list[Problem]]:
        """All articles, what is known of each without looking, and what is wrong with the files.

        With `late`, most of an article comes when it is looked at, which must be before the memory is closed. Where
        most files are new, most are looked at.
        """
        articles: list[Article] = []
        problems: list[Problem] = []
        known: dict[str, plan.Known] = {}
        is_late = late and not self.is_new
        # What was just read is looked at once: a cache would hold its lines too.
        restored: Callable[[bytes], steps.Reading] = steps.restored if is_late else steps.restored.__wrapped__
        for at, row in enumerate(self.rows):
            if ready := self._ready.pop(at, None):
                for reading, names in ready:
                    problems += reading.problems
                    if reading.article:
                        articles.append(reading.article)
                        known[reading.article.meta.path] = names
                continue
            side = self._side(at)
            told = briefs.restored(side.briefs) if is_late else [None] * len(side.briefs)
            wanted = json.loads(f"[{','.join(side.wanted)}]")
            for number, brief in enumerate(told):
                if brief:
                    found = briefs.article(brief, partial(self._article, at, number))
                else:
                    reading = restored(self._row(at)[number])
                    problems += reading.problems
                    if reading.article is None:
                        continue
                    found = reading.article
                articles.append(found)
                known[found.meta.path] = side.known(row, number, wanted[number])
            del self._sides[at]  # kilobytes an article, which a build of all that has no use for
            if not is_late:
                self._open.pop(at, None)
        return tuple(articles), known, problems

    def _opened(self, line: Line, at: int, number: int) -> Opened:
        reading = steps.restored.__wrapped__(line.text)  # a cache would hold the line too
        if reading.article:
            reading = replace(reading, article=briefs.light(reading.article, self._article, at, number))
        return reading, plan.Known(line.digest, line.head, tuple(json.loads(line.wanted)))

    def article(self, path: str) -> tuple[Article, plan.Known]:
        """The article of the file at `path`, and what is known of it.

        Raises:
            KeyError: there is none.
        """
        if not self._places:
            numbers = [(at, number) for at, row in enumerate(self.rows) for number in range(len(row.digests) // SIZE)]
            self._places.update(zip([file.path for file in self.files], numbers, strict=True))
        at, number = self._places[path]
        side = self._side(at)
        return self._article(at, number), side.known(self.rows[at], number, json.loads(side.wanted[number]))

    def _article(self, at: int, number: int) -> Article:
        found = steps.restored(self._row(at)[number]).article
        if found is None:
            raise KeyError(at, number)
        return found

    @property
    def keys(self) -> bytes:
        """Of all rows, for `former` of a later build."""
        return b"".join([row.key for row in self.rows])

    def former(self, keys: bytes) -> dict[str, bytes]:
        """The lines of another build's files by path, by its `keys`: of rows that are others now and not lost."""
        here = {row.key for row in self.rows}
        loaded = [self.memory.recall(key) for key in pieces(keys) if key not in here]
        rows = [found for data in loaded if data and (found := parts.split(data))]
        return {path: line for row in rows for (path, _), line in zip(json.loads(row[0]), _lines(row), strict=True)}

    def origin(self, body: str) -> File:
        """The file that has the body of this key."""
        key, begin = bytes.fromhex(body), 0
        for row in self.rows:
            keys = pieces(row.bodies)
            if key in keys:
                return self.files[begin + keys.index(key)]
            begin += len(keys)
        raise KeyError(body)

    def changed(self, before: bytes) -> list[str]:
        """The paths of files whose reading isn't what it was, by the `digests` of then, of the same files."""
        now = self.digests
        if len(now) != len(before):
            raise KeyError
        pairs = zip(self.files, pieces(now), pieces(before), strict=True)
        return [file.path for file, one, other in pairs if one != other]

    def _row(self, at: int) -> list[bytes]:
        """The lines of a row."""
        if at not in self._open:
            found = _split(self.rows[at].key, self.memory) or self._made_anew(at)[0]
            self._open[at] = _lines(found)
        return self._open[at]

    def _side(self, at: int) -> _Side:
        """What is told of a row's files beside their lines."""
        if at not in self._sides:
            found = _split(_beside(self.rows[at].key, self.memory), self.memory) or self._made_anew(at)[1]
            self._sides[at] = _Side.of(found)
        return self._sides[at]

    def _made_anew(self, at: int) -> tuple[list[bytes], list[bytes]]:
        """The memory has lost a row, or what stands beside it."""
        begin = sum(len(row.digests) for row in self.rows[:at]) // SIZE
        group = self.files[begin : begin + len(self.rows[at].digests) // SIZE]
        lines = list(self.read(group))
        _kept(self.rows[at].key, group, lines, self.memory)
        found = [_split(key, self.memory) for key in (self.rows[at].key, _beside(self.rows[at].key, self.memory))]
        if not found[0] or not found[1]:
            raise RuntimeError("the memory keeps nothing")
        return found[0], found[1]

    @classmethod
    def of(cls, files: Sequence[File], config: Config, memory: memo.Memo, site: str, read: Read) -> Shelf:
        """The shelf of `files`; `read` gives the lines of those that are new."""
        pointer = memory.key("shelf", [site, config])
        before = _rows(memory.recall(pointer))
        settings = memo.name(config).hex()
        groups = [(memory.key("row", [settings, _names(group)]), group) for group in _groups(files)]
        keys = {key for key, _ in groups}
        old = {} if keys <= before.keys() else _old(before, keys, memory)
        missing = [(at, group) for at, (key, group) in enumerate(groups) if key not in before]
        fresh = [file for _, group in missing for file in group if (file.path, file.digest) not in old]
        shelf = cls(files, [], memory, read, len(fresh))
        with contextlib.closing(read(fresh)) as coming:
            for at, group in missing:
                found = [old.get((file.path, file.digest)) or next(coming) for file in group]
                before[groups[at][0]] = _kept(groups[at][0], group, found, memory)
                if shelf.is_new:
                    shelf._ready[at] = [shelf._opened(line, at, number) for number, line in enumerate(found)]
        shelf.rows += [before[key] for key, _ in groups]
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


def _old(before: dict[bytes, Row], staying: set[bytes], memory: memo.Memo) -> dict[tuple[str, str], Line]:
    """The lines of rows that don't stay as they are, by path and digest of the file."""
    lines: dict[tuple[str, str], Line] = {}
    for key, row in before.items():
        if key in staying:
            continue
        found, side = _split(key, memory), _split(_beside(key, memory), memory)
        if found and side:
            names, texts, beside = json.loads(found[0]), _lines(found), _Side.of(side)
            columns = (pieces(column) for column in (row.digests, beside.heads, found[2], row.bodies))
            told = map(Line, texts, *columns, beside.wanted, beside.briefs)
            lines |= zip([(path, digest) for path, digest in names], told, strict=True)
    return lines


def _lines(row: list[bytes]) -> list[bytes]:
    """What was read in the files of a row as the memory keeps it."""
    return row[1].split(b"\n")


def _kept(key: bytes, group: Sequence[File], lines: list[Line], memory: memo.Memo) -> Row:
    """Makes a row of files' lines, and keeps it."""
    names = json.dumps(_names(group)).encode()
    heads, sides = (b"".join([getattr(line, name) for line in lines]) for name in ("head", "side"))
    wanted, told_in = ("\n".join([getattr(line, name) for line in lines]).encode() for name in ("wanted", "brief"))
    memory.keep(key, parts.joined([names, b"\n".join([line.text for line in lines]), sides]))
    memory.keep(_beside(key, memory), parts.joined([told_in, heads, wanted]))
    told = [[file.path for file in group], sides]
    digests, bodies = (b"".join([getattr(line, name) for line in lines]) for name in ("digest", "body"))
    return Row(key, memo.digest(memo.canonical(told)), digests, bodies)


def _beside(key: bytes, memory: memo.Memo) -> bytes:
    """Under which the memory has what stands beside the lines of a row."""
    return memory.key("beside", key)


def _split(key: bytes, memory: memo.Memo) -> list[bytes] | None:
    data = memory.recall(key)
    return parts.split(data) if data else None


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """What is known of the files of a row, for those who don't look at the lines."""

    briefs: list[str]
    heads: bytes
    wanted: list[str]

    @classmethod
    def of(cls, told: list[bytes]) -> _Side:
        """What `_kept` has put beside a row."""
        return cls(told[0].decode().split("\n"), told[1], told[2].decode().split("\n"))

    def known(self, row: Row, number: int, wanted: list[str]) -> plan.Known:
        here = slice(number * SIZE, (number + 1) * SIZE)
        return plan.Known(row.digests[here], self.heads[here], tuple(wanted))
