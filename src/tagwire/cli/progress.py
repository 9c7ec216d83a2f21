"""A bar on standard error that shows how far a long command is, where somebody sees it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_MANY = 20
"""Steps from which on somebody wants to see how far it is."""


class Bar:
    """Told how much is done, and of how much; drawn only on a terminal, and only for many steps."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._drawn: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._drawn[0].stop()

    def __call__(self, done: int, whole: int) -> None:
        """So much of so much; 0 where nobody knows of how much."""
        if self._drawn is None and max(done, whole) >= _MANY and sys.stderr.isatty():
            self._drawn = self._begun(whole)
        if self._drawn:
            self._drawn[0].update(self._drawn[1], completed=done, total=whole or None)

    def _begun(self, whole: int) -> tuple[Progress, TaskID]:
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for a terminal only
        from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar, bar.add_task(self._what, total=whole or None)
