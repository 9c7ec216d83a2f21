"""What the preview has at a moment: which build, and what is wrong. Read by many threads, written by one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.problems import Problem


class State:
    """The number of the last build, and its errors."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0
        self.errors: tuple[Problem, ...] = ()
        self.marks: dict[str, str] = {}
        """Path in the preview to why readers don't see it yet: `draft`, `future`."""
        self.over = False

    def built(self, errors: tuple[Problem, ...], marks: dict[str, str] | None) -> None:
        """A build has ended; `marks` are None where it failed, and those before stay."""
        with self._changed:
            self.number += 1
            self.errors = errors
            self.marks = self.marks if marks is None else marks
            self._changed.notify_all()

    def end(self) -> None:
        """Lets everybody go who waits."""
        with self._changed:
            self.over = True
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> int:
        """The number of the last build, once it is another one than `number`, or when the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number or self.over, timeout=seconds)
            return self.number
