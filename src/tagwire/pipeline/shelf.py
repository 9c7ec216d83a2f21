"""What was read in all content files, kept side by side: a row of the memory for some 250 neighbours by path.

A file that was read before is not read again, and its article is a value again only where somebody looks at it. What
is compared on each build are digests. Which files stand in one row is told by their paths alone, so that a new file
moves no other row.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tagwire import memo, plan
from tagwire.digests import pieces
from tagwire.pipeline import briefs, rows, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from tagwire.model import Article, Config, File
    from tagwire.pipeline.lines import Line
    from tagwire.pipeline.rows import Row, Side
    from tagwire.problems import Problem

    Read = Callable[[Sequence[File]], Generator[Line, None, None]]
    Opened = tuple[steps.Reading, plan.Known]

Kept = TypeVar("Kept")


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
    _sides: dict[int, Side] = field(default_factory=dict)
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
            yield rows.beside(row.key, self.memory)
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
            reading = steps.Reading(briefs.light(reading.article, self._article, at, number), reading.problems)
        return reading, plan.Known(line.digest, line.head, tuple(json.loads(line.wanted)))

    def article(self, path: str) -> tuple[Article, plan.Known]:
        """The article of the file at `path`, and what is known of it.

        Raises:
            KeyError: there is none.
        """
        if not self._places:
            numbers = [(at, number) for at, row in enumerate(self.rows) for number in range(row.size)]
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
        found: dict[str, bytes] = {}
        for key in pieces(keys):
            if key not in here:
                found |= rows.by_path(key, self.memory)
        return found

    def origin(self, body: str) -> File:
        """The file that has the body of this key."""
        key, begin = bytes.fromhex(body), 0
        for row in self.rows:
            keys = pieces(row.bodies)
            if key in keys:
                return self.files[begin + keys.index(key)]
            begin += len(keys)
        raise KeyError(body)

    def changed(self, before: bytes) -> set[str]:
        """The paths of files whose reading isn't what it was, by the `digests` of then, of the same files."""
        now = self.digests
        if len(now) != len(before):
            raise KeyError
        pairs = zip(self.files, pieces(now), pieces(before), strict=True)
        return {file.path for file, one, other in pairs if one != other}

    def _row(self, at: int) -> list[bytes]:
        """The lines of a row."""
        if at not in self._open:
            self._open[at] = self._kept(at, rows.lines)
        return self._open[at]

    def _side(self, at: int) -> Side:
        """What is told of a row's files beside their lines."""
        if at not in self._sides:
            self._sides[at] = self._kept(at, rows.side)
        return self._sides[at]

    def _kept(self, at: int, recall: Callable[[bytes, memo.Memo], Kept | None]) -> Kept:
        """What `recall` gives of a row; if the memory has lost that, the files are read again."""
        key = self.rows[at].key
        found = recall(key, self.memory)
        if found is None:
            begin = sum(row.size for row in self.rows[:at])
            group = self.files[begin : begin + self.rows[at].size]
            rows.keep(key, group, list(self.read(group)), self.memory)
            found = recall(key, self.memory)
        if found is None:
            raise RuntimeError("the memory keeps nothing")
        return found

    @classmethod
    def of(cls, files: Sequence[File], config: Config, memory: memo.Memo, read: Read) -> Shelf:
        """The shelf of `files`; `read` gives the lines of those that are new."""
        pointer = memory.key("shelf", config)
        before = rows.read(memory.recall(pointer))
        settings = memo.name(config).hex()
        groups = [(rows.key(group, settings, memory), group) for group in rows.groups(files)]
        keys = {key for key, _ in groups}
        old: dict[tuple[str, str], Line] = {}
        for key in [] if keys <= before.keys() else [key for key in before if key not in keys]:
            old |= rows.whole(before[key], memory)
        missing = [(at, group) for at, (key, group) in enumerate(groups) if key not in before]
        fresh = [file for _, group in missing for file in group if (file.path, file.digest) not in old]
        shelf = cls(files, [], memory, read, len(fresh))
        with contextlib.closing(read(fresh)) as coming:
            for at, group in missing:
                found = [old.get((file.path, file.digest)) or next(coming) for file in group]
                before[groups[at][0]] = rows.keep(groups[at][0], group, found, memory)
                if shelf.is_new:
                    shelf._ready[at] = [shelf._opened(line, at, number) for number, line in enumerate(found)]
        shelf.rows += [before[key] for key, _ in groups]
        told = rows.spelt(shelf.rows)
        if told != memory.recall(pointer):
            memory.keep(pointer, told)
        return shelf
