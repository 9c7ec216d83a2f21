"""The same process several times over: each copy has all that was loaded and read, and takes a share of the work.

A fork costs a millisecond where starting an interpreter that imports everything costs half a second, and nothing is
sent to it. It is only safe while the process has one thread, and only sure on Linux; see `possible`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    _Given = tuple[int, Any, Exception | None]
    """What a copy sends: a share's number, its result, what `work` raised instead."""

Result = TypeVar("Result")

_NUMBER, _LENGTH = 4, 8
"""Bytes of a share's number, and of the length before a result. Several read one pipe of numbers, a whole one each."""
_MANY = 100_000
"""New things after which a copy looks for garbage in circles: it makes few of them, and lives for seconds."""
_TURN, _SHORT_TURN = 64, 16
"""Shares after which a copy makes room for a new one: of all that it looks at it has its own pages of memory by and by,
for Python counts who holds a thing in the thing itself. With 100,000 articles two copies would be two more sites; with
10,000, to begin so many takes a twentieth of the build, and saves nothing."""
_FEW = 2000
"""Shares up to which a copy may have the long turn."""
_EARLY = 4
"""Shares before the end of its turn at which a copy says so: the process may be at work, and not hear it at once."""
_OVER = -1
"""Says so, in place of a share's number."""
_WIDE = 1 << 20
"""Bytes that a pipe to the process takes: results of some shares, so that no copy waits while it is at work."""
_END = object()
"""Of what is done beside."""
MOST = 8000
"""Shares: their numbers wait in a pipe, which holds 64 KB."""


class Lost(Exception):
    """A copy of the process ended before its work was done: it was killed, for want of memory say."""


def possible() -> bool:
    """Whether this process can be forked without risk."""
    return sys.platform == "linux" and threading.active_count() == 1


def results(
    shares: int,
    work: Callable[[int], Result],
    copies: int,
    beside: Iterator[object] | None = None,
    *,
    lasting: bool = False,
) -> Iterator[tuple[int, Result]]:
    """(number, `work(number)`) for each number below `shares`, in no order, worked out by `copies` forks.

    While it waits for them, this process goes through `beside`, step by step: perhaps not to its end. An exception of
    `work` is raised here, as it is. `lasting`: copies look at little of what was there before, and needn't make room.

    Raises:
        Lost: a copy ended early; what was given until then is good.
    """
    running: dict[int, int] = {}
    tickets = _tickets(shares)
    turn = _SHORT_TURN if shares > _FEW else shares + _EARLY if lasting else _TURN
    try:
        for _ in range(min(copies, shares)):
            _start(tickets, turn, work, running)
        yield from _gathered(running, shares, lambda: _start(tickets, turn, work, running), beside or iter(()))
    finally:
        gc.unfreeze()
        os.close(tickets)
        for receiver in [*running]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(running[receiver], signal.SIGKILL)
            _end(receiver, running)


def _tickets(shares: int) -> int:
    """A pipe to be read: the numbers, then its end."""
    if shares > MOST:
        raise ValueError(f"{shares} shares: a pipe holds the numbers of {MOST}")
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(_NUMBER, "big") for number in range(shares)))
    os.close(writer)
    return reader


def _start(tickets: int, turn: int, work: Callable[[int], object], running: dict[int, int]) -> None:
    """Begins a copy; adds it to those that are running."""
    import fcntl  # noqa: PLC0415 - not everywhere

    receiver, sender = os.pipe()
    with contextlib.suppress(OSError):  # a user has 64 MB of them
        fcntl.fcntl(sender, fcntl.F_SETPIPE_SZ, _WIDE)
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # else each copy's garbage collector would touch, and so duplicate, all that there is
    with deaf_to_interrupts():
        pid = os.fork()
        if pid == 0:
            for end in (receiver, *running):
                os.close(end)
            _toil(tickets, turn, work, sender)
        running[receiver] = pid
    os.close(sender)


def _end(receiver: int, running: dict[int, int]) -> None:
    """Waits for a copy that is at its end."""
    os.close(receiver)
    os.waitpid(running.pop(receiver), 0)


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes begun in here never hear Ctrl-C, which a terminal sends to all: this one ends them, without a trace."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """In a process of a pool: it ends with the one that began it, even by kill -9, instead of waiting for ever."""
    import multiprocessing  # noqa: PLC0415 - only processes of a pool call this

    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()


def _end_after(wait: Callable[[], None]) -> NoReturn:
    wait()
    os._exit(1)


def _toil(tickets: int, turn: int, work: Callable[[int], object], sender: int) -> NoReturn:
    """In the copy. It ends here: nothing that its original has begun is its to finish."""
    gc.set_threshold(_MANY)
    try:
        for left in range(turn, 0, -1):
            if left == _EARLY:
                _send(sender, (_OVER, None, None))
            if not (ticket := os.read(tickets, _NUMBER)):
                break
            number = int.from_bytes(ticket, "big")
            try:
                _send(sender, (number, work(number), None))
            except Exception as error:  # noqa: BLE001 - whatever it is, the original raises it
                _send(sender, (number, None, error))
    finally:
        os._exit(0)


def _send(sender: int, given: _Given) -> None:
    import pickle  # noqa: PLC0415 - few builds fork

    data = pickle.dumps(given, pickle.HIGHEST_PROTOCOL)
    left = memoryview(len(data).to_bytes(_LENGTH, "big") + data)
    while left:
        left = left[os.write(sender, left) :]


def _received(receiver: int) -> _Given | None:
    """What a copy gives next; None if it is at its end, or was killed on its way."""
    import pickle  # noqa: PLC0415 - as above

    size = _read(receiver, _LENGTH)
    data = size and _read(receiver, int.from_bytes(size, "big"))
    return pickle.loads(data) if data else None  # noqa: S301 - a copy of this process made it


def _read(receiver: int, size: int) -> bytearray | None:
    found = bytearray(size)
    left = memoryview(found)
    while left:
        if not (number := os.readv(receiver, [left])):
            return None
        left = left[number:]
    return found


def _gathered(
    running: dict[int, int], shares: int, start: Callable[[], None], beside: Iterator[object]
) -> Iterator[tuple[int, Result]]:
    """What the running copies give; `start` begins one in place of one whose turn is over."""
    missing, is_busy = shares, True
    while running:
        ready = _ready(running, wait=not is_busy)
        if not ready:
            is_busy = next(beside, _END) is not _END
        for receiver in ready:
            given = _received(receiver)
            if given is None:
                _end(receiver, running)
                continue
            number, result, error = given
            if error is not None:
                raise error
            if number == _OVER:
                start()
                continue
            missing -= 1
            yield number, result
    if missing:
        raise Lost


def _ready(running: dict[int, int], *, wait: bool) -> list[int]:
    """The copies that have something to give, or are at their end."""
    import select  # noqa: PLC0415 - as above

    poll = select.poll()
    for receiver in running:
        poll.register(receiver, select.POLLIN)
    return [receiver for receiver, _ in poll.poll(None if wait else 0)]
