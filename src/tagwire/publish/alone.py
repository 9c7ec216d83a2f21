"""Locks: of a site that is published, and of a folder that it is published to. They go with their process."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def held(file: Path) -> Iterator[int]:
    """The descriptor of a locked file; programs that inherit it hold the lock as well.

    Raises:
        BlockingIOError: somebody else has it.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)
