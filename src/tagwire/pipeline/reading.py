"""Every content file of a site as an article: remembered where its bytes are as they were, read and rendered else."""

from __future__ import annotations

import contextlib
import gc
from functools import partial
from typing import TYPE_CHECKING

from tagwire import ledger, memo
from tagwire.model import Ledger
from tagwire.pipeline import pool, steps
from tagwire.pipeline.shelf import Shelf
from tagwire.problems import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.model import Config


def shelf(
    root: Path,
    inputs: Inputs,
    config: Config,
    memory: memo.Memo,
    workers: pool.Workers,
    beside: Iterator[object] | None = None,
) -> Shelf:
    """What stands in all content files of the site at `root`. `beside` is gone through while copies read, if any do."""
    steps.forget(beyond=2 * len(inputs.content) + 100)
    read = partial(pool.read, partial(inputs.read, root), config, memory, workers, beside=beside)
    return Shelf.of(inputs.content, config, memory, read)


@contextlib.contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Python's garbage collector looks through all that lives again and again while much is made that stays.

    A ledger of 100,000 lines is read in six tenths of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_MANY = 20_000


def let_go(outputs: int) -> None:
    """Has Python look for what nobody needs any more, where it is much: what was laid out holds itself in circles."""
    if outputs > _MANY:
        gc.collect()


def ledger_name(data: bytes, memory: memo.Loose) -> bytes:
    """Under which it is remembered that a ledger's file is as Tagwire writes it."""
    return memory.key("ledger", memo.digest(data))


def published(root: Path, inputs: Inputs, memory: memo.Memo) -> Ledger:
    """What subscribers have; an empty ledger where there is none yet.

    That a file was found in order is remembered, since the checks of 100,000 lines take longer than the rest.

    Raises:
        Stopped: the file isn't what Tagwire wrote.
    """
    for file in inputs.ledger:
        data = inputs.read(root, file)
        name = ledger_name(data, memory)
        with _collecting_nothing():
            found, problems = ledger.parse(data, file.path, is_checked=memory.recall(name) is not None)
        if found is None:
            raise Stopped(problems)
        memory.keep(name, b"")
        return found
    return Ledger()
