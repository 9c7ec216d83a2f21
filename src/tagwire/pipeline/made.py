"""What lies in a folder that we built, of what it was made, and what was decided about the site: of the last build.

With the same heads, settings and files the same was decided (`plan.sketch`); then only what shows a changed body is
made. Nothing here is trusted that a digest doesn't confirm, and without it a build only takes longer.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from tagwire import memo
from tagwire.digests import SIZE, pieces
from tagwire.disk import parts
from tagwire.pipeline import slow
from tagwire.plan.sheaf import Written
from tagwire.plan.sketch import Sketch
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from dataclasses import dataclass

    from tagwire.model import Clock
    from tagwire.plan.sheaf import Sheaf
else:
    from tagwire.frozen import dataclass

_HEX = 32


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The files of a folder."""

    key: bytes
    """Of what was decided, and of the templates' look."""
    readings: bytes
    """Digest of each content file's reading, in order."""
    paths: list[str]
    """Of all items."""
    names: list[bytes]
    files: list[str]
    """Digest of each one's bytes."""
    rows: bytes = b""
    """Under which all that was read is kept: `keys` of the shelf."""

    @property
    def outputs(self) -> dict[str, tuple[bytes, str]]:
        """(name of the item, digest of the file's bytes), by path."""
        return dict(zip(self.paths, zip(self.names, self.files, strict=True), strict=True))

    def of(self, paths: list[str], names: list[bytes]) -> list[str]:
        """The digest of each of these files, where the item at its path had this name; empty where it had another."""
        outputs, nothing = self.outputs, (b"", "")
        found = [outputs.get(path, nothing) for path in paths]
        return [file if known == name else "" for name, (known, file) in zip(names, found, strict=True)]


def recall(out: str, memory: memo.Memo) -> Made | None:
    """What lies in the folder `out`, as far as it is known."""
    data = memory.recall(memory.key("made", out))
    found = parts.split(data) if data else None
    if not found:
        return None
    key, readings, paths, names, digests, rows = found
    hexes = digests.decode()
    cut = [hexes[at : at + _HEX] for at in range(0, len(hexes), _HEX)]
    return Made(key, readings, _texts(paths), pieces(names), cut, rows)


def keep(  # noqa: PLR0917 - all that `recall` gives
    out: str,
    key: bytes,
    readings: bytes,
    rows: bytes,
    items: tuple[list[str], list[bytes]],
    files: Mapping[str, str],
    memory: memo.Memo,
) -> None:
    """Remembers what lies in the folder `out`: `items` are paths and names, `files` digests by path.

    The rest is as in `Made`.
    """
    paths, names = items
    digests = "".join([files[path] for path in paths]).encode()
    told = [key, readings, _joined(paths), b"".join(names), digests, rows]
    memory.keep(memory.key("made", out), parts.joined(told))


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What was decided about a site, and until when it holds."""

    sketch: Sketch
    passed: dt.datetime | None
    coming: dt.datetime | None
    problems: tuple[Problem, ...]
    unseen: tuple[tuple[str, str], ...] = ()
    """(path in the result, `draft` or `future`) of each page that readers wouldn't see yet."""

    def holds(self, clock: Clock) -> bool:
        """Whether nothing became due or expired."""
        begun = self.passed is None or self.passed <= clock.now
        return begun and (self.coming is None or clock.now < self.coming)


def decided(key: bytes, memory: memo.Memo) -> Decided | None:
    """What was decided under this key."""
    data = memory.recall(key)
    found = parts.split(data) if data else None
    if not found:
        return None
    when, problems, names, counts, paths, makers, digests, users, owners, topics, places, addresses = found
    (passed, coming), unseen = json.loads(when)
    passed, coming = (dt.datetime.fromisoformat(at) if at else None for at in (passed, coming))
    columns = (_texts(paths), _texts(makers), digests, users.decode(errors="surrogateescape").split(_BETWEEN), owners)
    written = _cut(pieces(names), json.loads(counts), columns, memory)
    sketch = Sketch(list(written), json.loads(topics), dict(zip(_texts(places), _texts(addresses), strict=True)))
    return Decided(
        sketch, passed, coming, tuple(memo.restore(problems, (Problem,))), tuple((path, why) for path, why in unseen)
    )


def _cut(
    names: list[bytes],
    counts: list[list[int]],
    columns: tuple[list[str], list[str], bytes, list[str], bytes],
    memory: memo.Memo,
) -> Iterator[Written]:
    """What came of each sheaf; `counts` are of its items and of its owners."""
    paths, makers, digests, users, owners = columns
    at = own = 0
    for name, (items, told), shown in zip(names, counts, users, strict=True):
        end, last = at + items, own + told
        piece = slow.Piece(_lines(name, memory), memory)
        yield Written(
            name,
            paths[at:end],
            makers[at:end],
            digests[at * SIZE : end * SIZE],
            shown,
            owners[own * SIZE : last * SIZE],
            slow.Lines(piece, 0, items),
            slow.Lines(piece, 1, told),
        )
        at, own = end, last


class Writing:
    """Writes down what comes of sheaves, one at each step."""

    def __init__(self, sheaves: Iterable[Sheaf], memory: memo.Memo) -> None:
        self._done: list[Written] = []
        self._rest, self._memory = iter(sheaves), memory

    def __iter__(self) -> Iterator[Written]:
        return self

    def __next__(self) -> Written:
        self._done.append(_kept(next(self._rest).written, self._memory))
        return self._done[-1]

    def whole(self) -> list[Written]:
        """All that came of them."""
        return [*self._done, *self]


def _kept(written: Written, memory: memo.Memo) -> Written:
    """The same, its lines kept in the memory: they are most of it, and few are looked at again."""
    key = _lines(written.name, memory)
    slow.keep(key, (written.lines, written.told), memory)
    piece = slow.Piece(key, memory)
    lines, told = slow.Lines(piece, 0, len(written.lines)), slow.Lines(piece, 1, len(written.told))
    return written._replace(lines=lines, told=told)


def decide(key: bytes, what: Decided, memory: memo.Memo) -> None:
    """Remembers what was decided under this key; the lines of its sheaves are kept already (`Writing`)."""
    sketch = what.sketch
    told = [
        json.dumps([[at.isoformat() if at else "" for at in (what.passed, what.coming)], what.unseen]).encode(),
        memo.canonical(what.problems),
        b"".join([each.name for each in sketch.written]),
        json.dumps([[len(each.paths), len(each.told)] for each in sketch.written]).encode(),
        _joined(sketch.paths),
        _joined(sketch.makers),
        b"".join([each.digests for each in sketch.written]),
        _BETWEEN.join([each.users for each in sketch.written]).encode(errors="surrogateescape"),
        b"".join([each.owners for each in sketch.written]),
        json.dumps(sketch.topics).encode(),
        _joined(sketch.addresses),
        _joined(sketch.addresses.values()),
    ]
    memory.keep(key, parts.joined(told))


_BETWEEN = "\1"
"""Between the users of two sheaves: no name of a file has a control character (`disk.scan`)."""


def _lines(name: bytes, memory: memo.Memo) -> bytes:
    """Under which the lines of a sheaf are kept."""
    return memo.digest(b"lines" + memory.code.encode() + name)


def live(key: bytes, memory: memo.Memo) -> Iterator[bytes]:
    """The keys in the memory under which it was kept."""
    yield key
    data = memory.recall(key)
    found = parts.split(data) if data else None
    yield from (_lines(name, memory) for name in (pieces(found[2]) if found else ()))


def _joined(texts: Iterable[str]) -> bytes:
    return "\0".join(texts).encode(errors="surrogateescape")


def _texts(data: bytes) -> list[str]:
    return data.decode(errors="surrogateescape").split("\0") if data else []
