"""Runs a pure step on many files at once, in other processes: bytes go out, bytes come back, workers share nothing."""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire.pipeline import cluster, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire import memo
    from tagwire.model import Config, File

_WORTH = 150
"""Articles from which on a pool saves more than its start costs (some 0.4 s)."""
_BATCH = 25


@dataclass(frozen=True, slots=True)
class Workers:
    """Who may share the work."""

    jobs: int = 1
    """Processes of this machine at most."""
    executor: str = ""
    """`dask://HOST:PORT`: a cluster instead."""


def read(pairs: Iterable[tuple[File, bytes]], config: Config, memory: memo.Memo, workers: Workers) -> None:
    """Reads and renders content files, (file, bytes) each, into the memory: with many, by `workers`.

    Raises:
        Stopped: the cluster can't be used.
    """
    todo = list(pairs)
    if len(todo) < (_BATCH if workers.executor else _WORTH) or (workers.jobs < 2 and not workers.executor):
        _alone(todo, config, memory)
        return
    batches = [todo[at : at + _BATCH] for at in range(0, len(todo), _BATCH)]
    try:
        for kept in _together(batches, config, memory.code, workers):
            for key, value in kept.items():
                memory.keep(key, value)
    except (concurrent.futures.BrokenExecutor, cluster.Lost):
        # Workers were killed, for want of memory say: it goes slower, but it goes.
        _alone(todo, config, memory)


def _alone(todo: list[tuple[File, bytes]], config: Config, memory: memo.Memo) -> None:
    for file, data in todo:
        steps.read(file, data, config, memory)


def _together(
    batches: list[list[tuple[File, bytes]]], config: Config, code: str, workers: Workers
) -> Iterator[dict[bytes, bytes]]:
    if workers.executor:
        yield from cluster.together(batches, config, code, workers.executor)
        return
    # Spawned, not forked: a fork copies open databases and locks along.
    context = multiprocessing.get_context("spawn")
    pool = concurrent.futures.ProcessPoolExecutor(workers.jobs, mp_context=context)
    try:
        with _deaf_to_interrupts():
            futures = [pool.submit(steps.batch, batch, config, code) for batch in batches]
        for future in futures:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes begun in here never hear Ctrl-C, which a terminal sends to all: this one ends them, without a trace."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
