"""The folder `.tagwire/`: lock, staging, journal and memory. Deleting it costs only time."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from tagwire.disk.journal import beside, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Held(NamedTuple):
    """The work folder of a site."""

    folder: Path
    last: int
    """When somebody else last began or ended to work on the site, in nanoseconds as a file's date has it; of now where
    that can't be told."""


@contextlib.contextmanager
def held(root: Path, tell: Callable[[str], None]) -> Iterator[Held]:
    """The work folder of the site at `root`, held by this process alone; waits for another build to end.

    `tell` is given a sentence when there is something to wait for. A lock goes with its process, however that ends, so
    none is ever stale.

    Raises:
        OSError: it can't be made.
    """
    folder = own(root)
    if (folder / "lock").is_dir():  # nobody's, and all in here may be deleted
        clear(folder / "lock")
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        last = _lock(descriptor, tell)
        try:
            yield Held(folder, last)
        finally:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)  # its date says when it ended, however that was
    finally:
        os.close(descriptor)


def own(root: Path) -> Path:
    """The work folder of the site at `root`, made if it isn't there.

    Raises:
        OSError: it can't be made.
    """
    folder = root / ".tagwire"
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "a link can't stand for Tagwire's own folder; delete it", str(folder))
    if folder.exists() and not folder.is_dir():
        raise OSError(errno.ENOTDIR, "a file can't stand for Tagwire's own folder; delete it", str(folder))
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})


def _lock(descriptor: int, tell: Callable[[str], None]) -> int:
    """Waits for the lock, and writes into it who has it: for those who wait then. Gives `Held.last`."""
    if sys.platform == "win32":  # which has no flock: there two builds at once are not kept apart
        return time.time_ns()
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        tell(f"waiting: {_holder(descriptor)} is at work on this site")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        tell("this drive knows no locks: see to it that one build runs at a time")
        return time.time_ns()
    last = os.fstat(descriptor).st_mtime_ns
    with contextlib.suppress(OSError):  # a full disk: then nobody can say who has it
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return last


def _holder(descriptor: int) -> str:
    """Who has the lock, and for how long, as far as the file tells."""
    name = os.pread(descriptor, 20, 0)
    seconds = max(0, int(time.time() - os.fstat(descriptor).st_mtime))
    return f"process {int(name)}, begun {seconds} s ago," if name.isdigit() else "another process"


def replace(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Writes a file whole and lasting: beside it, then renamed over it. What people wrote must survive a power cut.

    `lasting` is False for one of many, which are settled together: see `Many`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = beside(path)
    try:
        new.write_bytes(data)
        if lasting:
            settle(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    if lasting:
        settle(path.parent)


class Many:
    """Files that are written whole in one run, and made lasting together at its end.

    They are made of sources that stay, and a disk takes longer to settle one than it takes to convert it.
    """

    def __init__(self) -> None:
        self._paths: list[Path] = []
        """Those of a handful; of more, where the system settles all at once, just that there are more."""

    def replace(self, path: Path, data: bytes) -> None:
        """Writes a file whole."""
        replace(path, data, lasting=False)
        if len(self._paths) <= _FEW or not _ALL_AT_ONCE:  # of 100,000 files, paths alone are 40 MB
            self._paths.append(path)

    def settle(self) -> None:
        """Has all of them reach the disk: a handful one by one, thousands at once where the system knows how."""
        if len(self._paths) > _FEW and _ALL_AT_ONCE:
            os.sync()
        else:
            for path in (*self._paths, *dict.fromkeys(path.parent for path in self._paths)):
                settle(path)
        self._paths = []


_FEW = 32
_ALL_AT_ONCE = hasattr(os, "sync")


def is_taken(path: Path) -> bool:
    """Whether a file is there, and is more than what a power cut leaves of one that was not lasting yet: its name."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def clear(folder: Path) -> None:
    """Removes a folder of ours with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)
