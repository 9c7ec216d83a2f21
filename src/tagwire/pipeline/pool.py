"""Runs a pure step on many files at once, in other processes: bytes come back, workers share nothing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tagwire.pipeline import forks, lines, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from dataclasses import dataclass

    from tagwire import memo
    from tagwire.model import Config, File
    from tagwire.pipeline.lines import Line

    Lines = Generator[Line, None, None]
    Batches = list[Sequence[File]]
    Load = Callable[[File], bytes]
    Told = Callable[[str, int, int], None]
    """Is told what is done, how much of it, and of how much."""
else:
    from tagwire.frozen import dataclass

WORTH_FORKING = 24
"""Things to make from which on copies of the process save more than they cost (some 10 ms)."""
_WORTH_STARTING = 150
"""The same for processes that begin at nothing (some 0.4 s)."""
_BATCH = 25
_SHARE = 20
"""Things that one copy takes at once: small, so that all end at one time."""


def _nobody(_what: str, _done: int, _whole: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who may share the work."""

    jobs: int = 1
    """Processes of this machine at most."""
    executor: str = ""
    """`dask://HOST:PORT`: a cluster instead."""
    told: Told = _nobody
    """Hears how far the work is."""

    def copies(self, things: int) -> int:
        """How many copies of this process are worth their cost for so many things; 0: none, or they can't be had."""
        worth = self.jobs > 1 and things >= WORTH_FORKING and forks.possible()
        return min(self.jobs, things) if worth else 0


def shares(things: int) -> list[range]:
    """The numbers below `things` in shares of neighbours."""
    return _shares(things, max(_SHARE, -(-things // forks.MOST)))


def _shares(things: int, size: int) -> list[range]:
    return [range(at, min(at + size, things)) for at in range(0, things, size)]


def read(
    load: Load,
    config: Config,
    memory: memo.Memo,
    workers: Workers,
    files: Sequence[File],
    beside: Iterator[object] | None = None,
) -> Lines:
    """Reads content files, and renders their bodies into the memory: with many, by `workers`. Lines in order.

    `load` gives a file's bytes. What is done with a line while others are read costs no time of its own; nor does
    `beside`, which copies of this process leave it time for, and which is gone through by nobody else.

    Raises:
        Stopped: the cluster can't be used.
    """
    if workers.executor and len(files) >= _BATCH:
        return _elsewhere(files, load, config, memory, workers)
    if workers.copies(len(files)):
        return _by_forks(files, load, config, memory, workers, beside)
    if workers.jobs > 1 and len(files) >= _WORTH_STARTING:
        return _elsewhere(files, load, config, memory, workers)
    return _alone(files, load, config, memory, workers)


_READING = "reading articles"


def _alone(files: Sequence[File], load: Load, config: Config, memory: memo.Memo, workers: Workers) -> Lines:
    for number, file in enumerate(files):
        workers.told(_READING, number, len(files))
        yield lines.line(steps.read(file, load(file), config, memory))


def _by_forks(
    files: Sequence[File],
    load: Load,
    config: Config,
    memory: memo.Memo,
    workers: Workers,
    beside: Iterator[object] | None,
) -> Lines:
    yield from _alone(files[:1], load, config, memory, workers)  # what the first one loads, all copies have
    rest = files[1:]
    parts = shares(len(rest))

    def work(number: int) -> steps.Batch:
        return steps.batch([(file, load(file)) for file in (rest[at] for at in parts[number])], config, memory.code)

    gathering = _Gathering(rest, parts, memory, workers)
    coming = forks.results(len(parts), work, workers.copies(len(files)), beside, lasting=True)
    with contextlib.suppress(forks.Lost):  # it goes slower, but it goes
        yield from gathering.taken(coming)
    yield from gathering.rest(lambda lost: _alone(lost, load, config, memory, workers))


def _elsewhere(files: Sequence[File], load: Load, config: Config, memory: memo.Memo, workers: Workers) -> Lines:
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - most builds have little to read

    from tagwire.pipeline import cluster  # noqa: PLC0415 - as above

    parts = _shares(len(files), _BATCH)
    batches: Batches = [files[part.start : part.stop] for part in parts]
    gathering = _Gathering(files, parts, memory, workers)
    # Workers may be killed, for want of memory say: as above, it goes slower, but it goes.
    with contextlib.suppress(BrokenExecutor, cluster.Lost):
        yield from gathering.taken(_together(batches, load, config, memory.code, workers))
    yield from gathering.rest(lambda lost: _alone(lost, load, config, memory, workers))


class _Gathering:
    """What others have read, by the number of their share."""

    def __init__(self, files: Sequence[File], parts: list[range], memory: memo.Memo, workers: Workers) -> None:
        self.files, self.parts, self.memory, self.workers = files, parts, memory, workers
        self.found: dict[int, list[Line]] = {}
        """What came before its turn."""
        self.next = 0

    def taken(self, coming: Iterator[tuple[int, steps.Batch]]) -> Lines:
        """The lines of what comes, in order, as soon as none is missing before them."""
        done = 0
        for number, (found, kept) in coming:
            for key, value in kept.items():
                self.memory.keep(key, value)
            self.found[number] = found
            done += len(found)
            self.workers.told(_READING, done, len(self.files))
            yield from self._ready()

    def _ready(self) -> Lines:
        while self.next in self.found:
            self.next += 1
            yield from self.found.pop(self.next - 1)

    def rest(self, read: Callable[[Sequence[File]], Lines]) -> Lines:
        """All that `taken` didn't give, in order; `read` gives what was lost."""
        for number in range(self.next, len(self.parts)):
            part = self.parts[number]
            yield from self.found.pop(number, None) or read(self.files[part.start : part.stop])


def _together(
    batches: Batches, load: Load, config: Config, code: str, workers: Workers
) -> Iterator[tuple[int, steps.Batch]]:
    loaded = [[(file, load(file)) for file in batch] for batch in batches]
    if workers.executor:
        from tagwire.pipeline import cluster  # noqa: PLC0415 - as above

        yield from cluster.together(loaded, config, code, workers.executor)
        return
    import multiprocessing  # noqa: PLC0415 - as above
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    # Spawned, not forked, where `forks` says that it isn't safe.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers.jobs, mp_context=context, initializer=forks.end_with_parent)
    try:
        with forks.deaf_to_interrupts():
            futures = [pool.submit(steps.batch, batch, config, code) for batch in loaded]
        for number, future in enumerate(futures):
            yield number, future.result()
    finally:
        pool.shutdown(cancel_futures=True)
