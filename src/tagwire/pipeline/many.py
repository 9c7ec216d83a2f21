"""Converts many documents in other processes; a handful in this one. Results come in the order of the documents."""

from __future__ import annotations

import concurrent.futures
import itertools
import multiprocessing
import sys
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tagwire import intake
from tagwire.disk import bundles
from tagwire.intake.found import Refused
from tagwire.pipeline.forks import deaf_to_interrupts, end_with_parent
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tagwire.intake.found import Asked, Converted

_WORTH = 24
"""Documents from which on processes save more than their start costs (some 1.5 s, for the libraries)."""
_BATCH = 8
_AHEAD = 3
"""Batches that wait for each process: results are taken in order, and memory is bounded."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A document on the disk."""

    path: Path
    name: str
    """As its article calls it, below `sources/`: `2024/report.docx`."""
    asked: Asked
    shown: str = ""
    """As messages call it, where that isn't its path."""
    address: str = ""
    """Where it was fetched from."""

    def __str__(self) -> str:
        return self.shown or str(self.path)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a document, not yet written."""

    raw: Raw
    result: Converted | Refused
    beside: tuple[tuple[str, Path], ...]
    """Pictures that lie beside it and that it shows, by their path from there."""


def convert(raw: Raw, slug: str = "", remote: Callable[[str], bytes | None] | None = None) -> Made:
    """Converts one document; `slug` stands for the name that it would be given, `remote` gives pictures of the web."""
    beside = bundles.Beside(raw.path, remote)
    try:
        data = raw.path.read_bytes()
    except OSError as error:
        problem = Problem(str(raw), 0, 0, "unreadable", f"the file can't be read: {error.strerror}")
        return Made(raw, Refused((problem,)), ())
    made = intake.convert(data, f"sources/{raw.name}", replace(raw.asked, slug=slug), beside)
    return Made(raw, made, tuple(sorted(beside.found.items())))


def batch(raws: Sequence[Raw]) -> list[Made]:
    """Some documents, in another process."""
    return [convert(raw) for raw in raws]


def convert_all(raws: Iterable[Raw], count: int, jobs: int) -> Iterator[Made]:
    """What comes of each of `count` documents, in their order, by `jobs` processes at most."""
    if jobs < 2 or count < _WORTH:
        yield from map(convert, raws)
        return
    pool = concurrent.futures.ProcessPoolExecutor(jobs, mp_context=_context(), initializer=end_with_parent)
    running: deque[tuple[list[Raw], _Future | None]] = deque()
    waiting = iter(raws)
    try:
        while some := list(itertools.islice(waiting, _BATCH)):
            running.append((some, _submitted(pool, some)))
            if len(running) >= jobs * _AHEAD:
                yield from _taken(*running.popleft())
        while running:
            yield from _taken(*running.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """How processes begin: as forks of one that has nothing open and all loaded, or, where no fork is sure, anew."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tagwire.pipeline.warm"])
    return context


_Future: TypeAlias = "concurrent.futures.Future[list[Made]]"


def _submitted(pool: concurrent.futures.Executor, some: list[Raw]) -> _Future | None:
    """None where the processes are gone."""
    try:
        with deaf_to_interrupts():
            return pool.submit(batch, some)
    except concurrent.futures.BrokenExecutor:
        return None


def _taken(some: list[Raw], future: _Future | None) -> list[Made]:
    """The results of a batch; if its process was killed, for want of memory say, they are made here, one by one."""
    try:
        return future.result() if future else batch(some)
    except concurrent.futures.BrokenExecutor:
        return batch(some)
