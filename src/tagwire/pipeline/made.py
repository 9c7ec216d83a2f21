"""What lies in a folder that we built, of what it was made, and what was decided about the site: of the last build.

With the same heads, settings and files the same was decided (`plan.sketch`); then only what shows a changed body is
made. Nothing here is trusted that a digest doesn't confirm, and without it a build only takes longer.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from tagwire import memo
from tagwire.disk import parts
from tagwire.pipeline import slow
from tagwire.plan.sketch import Named, Sketch
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from dataclasses import dataclass

    from tagwire.model import Clock
else:
    from tagwire.frozen import dataclass

_HEX = 32
_SIZE = 16


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The files of a folder."""

    key: bytes
    """Of what was decided, and of the templates' look."""
    readings: bytes
    """Digest of each content file's reading, in order."""
    outputs: Mapping[str, tuple[bytes, str]]
    """(name of the item, digest of the file's bytes), by path."""
    rows: bytes = b""
    """Under which all that was read is kept: `keys` of the shelf."""


def recall(out: str, memory: memo.Memo) -> Made | None:
    """What lies in the folder `out`, as far as it is known."""
    data = memory.recall(memory.key("made", out))
    found = parts.split(data) if data else None
    if not found:
        return None
    key, readings, paths, names, digests, rows = found
    hexes = digests.decode()
    cut = [hexes[at : at + _HEX] for at in range(0, len(hexes), _HEX)]
    own = parts.pieces(names, _SIZE)
    return Made(key, readings, dict(zip(_texts(paths), zip(own, cut, strict=True), strict=True)), rows)


def keep(out: str, made: Made, memory: memo.Memo) -> None:
    """Remembers what lies in the folder `out`."""
    names = b"".join([name for name, _ in made.outputs.values()])
    digests = "".join([digest for _, digest in made.outputs.values()]).encode()
    told = [made.key, made.readings, _joined(made.outputs), names, digests, made.rows]
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
    when, problems, paths, makers, lines, users, posts, post_lines, topics, places, addresses = found
    (passed, coming), unseen = json.loads(when)
    passed, coming = (dt.datetime.fromisoformat(at) if at else None for at in (passed, coming))
    sketch = Sketch(
        _texts(paths),
        _texts(makers),
        slow.Lines(lines, memory),
        slow.Numbers(users.decode(errors="surrogateescape")),
        Named(_texts(posts), slow.Lines(post_lines, memory)),
        json.loads(topics),
        dict(zip(_texts(places), _texts(addresses), strict=True)),
    )
    return Decided(
        sketch, passed, coming, tuple(memo.restore(problems, (Problem,))), tuple((path, why) for path, why in unseen)
    )


def decide(key: bytes, what: Decided, memory: memo.Memo) -> None:
    """Remembers what was decided under this key."""
    sketch = what.sketch
    told = [
        json.dumps([[at.isoformat() if at else "" for at in (what.passed, what.coming)], what.unseen]).encode(),
        memo.canonical(what.problems),
        _joined(sketch.paths),
        _joined(sketch.makers),
        slow.keep(sketch.lines, memory).told,
        slow.Numbers.spelt(sketch.users.items()).encode(errors="surrogateescape"),
        _joined(sketch.posts),
        slow.keep(sketch.posts.lines, memory).told,
        json.dumps(sketch.topics).encode(),
        _joined(sketch.addresses),
        _joined(sketch.addresses.values()),
    ]
    memory.keep(key, parts.joined(told))


def live(key: bytes, memory: memo.Memo) -> Iterator[bytes]:
    """The keys in the memory under which it was kept."""
    yield key
    data = memory.recall(key)
    found = parts.split(data) if data else None
    if found:
        yield from slow.Lines(found[4], memory).live()
        yield from slow.Lines(found[7], memory).live()


def _joined(texts: Iterable[str]) -> bytes:
    return "\0".join(texts).encode(errors="surrogateescape")


def _texts(data: bytes) -> list[str]:
    return data.decode(errors="surrogateescape").split("\0") if data else []
