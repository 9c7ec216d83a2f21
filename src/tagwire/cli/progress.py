"""A bar on standard error that shows how far a long command is, where somebody sees it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from tagwire.cli import manner

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 0.5
"""Seconds after which somebody wants to see how far it is."""
_BETWEEN = 0.1
"""Seconds from one drawing to the next."""


class Bar:
    """Told what is done, and how much of how much; drawn only on a terminal, and only once half a second has passed.

    It draws when it is told something, in no thread of its own: a process with threads can't be forked.
    """

    def __init__(self) -> None:
        self._drawn: tuple[Progress, TaskID] | None = None
        self._next = time.monotonic() + _PATIENCE
        self._seen = sys.stderr.isatty() and not manner.is_on("quiet")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen = False
        if self._drawn:
            self._drawn[0].stop()

    def __call__(self, what: str, done: int, whole: int) -> None:
        """So much of so much; 0 where nobody knows of how much."""
        if not self._seen or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _BETWEEN
        if self._drawn is None:
            self._drawn = self._begun(what)
        bar, task = self._drawn
        if bar.tasks[0].description != what:  # a task keeps its total where none is known
            bar.remove_task(task)
            task = bar.add_task(what, total=None)
            self._drawn = bar, task
        bar.update(task, description=what, completed=done, total=whole or None)
        bar.refresh()

    def _begun(self, what: str) -> tuple[Progress, TaskID]:
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for a terminal only
        from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        task = bar.add_task(what, total=None)
        bar.start()
        return bar, task
