"""What the preview has at a moment: which build, what is wrong, and which pages are as they will be.

Written by the build, read by a thread for each request. While a build is at work, nobody is given what may be old:
who asks for a page waits until it is known that it stays, or until it is made.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tagwire.problems import Problem

NEVER = -1
"""The number of no build: a page that has it is loaded again at once."""


class State:
    """The number of the last build, and its errors; `pipeline.ahead.Audience` of the build that is at work."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0
        self.errors: tuple[Problem, ...] = ()
        self.marks: dict[str, str] = {}
        """Path in the preview to why readers don't see it yet: `draft`, `future`."""
        self.over = False
        self._at_work = False
        self._is_shown = False
        self._erred_late = False
        """The last build showed pages before its errors were found: such a page would come and go at each save."""
        self._given: dict[str, bytes] = {}
        self._staying: frozenset[str] = frozenset()
        self._waiting: Counter[str] = Counter()
        self._looking: dict[object, tuple[str, Callable[[], bool]]] = {}

    def begins(self) -> None:
        """A build begins."""
        with self._changed:
            self._at_work = True

    def show(self, pages: Mapping[str, bytes], unseen: Iterable[tuple[str, str]]) -> None:
        """Browsers load again: what they look at is made, and what they ask for else will be, or they wait for it."""
        with self._changed:
            if not pages or self._erred_late:
                return
            self.number += 1
            self.errors, self.marks = (), dict(unseen)
            self._given, self._staying, self._is_shown = dict(pages), frozenset(), True
            self._changed.notify_all()

    def stays(self, paths: frozenset[str]) -> None:
        """These are in the folder as they will be."""
        with self._changed:
            self._staying = paths
            self._changed.notify_all()

    def give(self, path: str, data: bytes) -> None:
        """A file that somebody waits for."""
        with self._changed:
            self._given[path] = data
            self._changed.notify_all()

    def wishes(self) -> frozenset[str]:
        """What somebody looks at or waits for."""
        with self._changed:
            return frozenset({*self._waiting, *(path for path, is_there in self._looking.values() if is_there())})

    def waiting(self) -> list[str]:
        """What somebody waits for and was not given."""
        with self._changed:
            return [path for path in self._waiting if not self._holds(path)]

    def built(self, errors: tuple[Problem, ...], marks: dict[str, str] | None) -> None:
        """A build has ended; `marks` are None where it failed, and those before stay."""
        with self._changed:
            self.number += bool(errors) or not self._is_shown
            self.errors = errors
            self.marks = self.marks if marks is None else marks
            self._erred_late = bool(errors) and (self._is_shown or self._erred_late)
            self._given, self._staying = {}, frozenset()
            self._at_work = self._is_shown = False
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

    def ready(self, path: str, seconds: float) -> tuple[int, bytes | None]:
        """Waits until the file at `path` is as it will be: the number of its build, and its bytes.

        They are None where the folder has it, or nobody has. When the time is up, the folder's is as good as any.
        """
        with self._changed:
            self._waiting[path] += 1
            try:
                in_time = self._changed.wait_for(lambda: self._holds(path), timeout=seconds)
            finally:
                self._waiting[path] -= 1
                self._waiting += Counter()  # drops what nobody waits for
            return self.number if in_time or not self._is_shown else NEVER, self._given.get(path)

    def _holds(self, path: str) -> bool:
        return not self._at_work or self.over or path in self._given or path in self._staying

    @contextlib.contextmanager
    def looked_at(self, path: str, is_there: Callable[[], bool]) -> Iterator[None]:
        """While somebody looks at the file of that path; `is_there` tells whether he does."""
        key = object()
        with self._changed:
            self._looking[key] = path, is_there
        try:
            yield
        finally:
            with self._changed:
                del self._looking[key]
