"""Digests of files without reading them again: a file whose stat is as it was has the bytes it had.

Git's "racy" problem: a file changed twice within one tick of the file system's clock keeps its stat.
So a digest is only remembered for a file that was already old when it was read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FINE, _COARSE = 100_000_000, 2_500_000_000
"""Nanoseconds: age from which a stat can be trusted, where the file system keeps fractions, and where it doesn't."""


class Stamps:
    """Remembered digests, by absolute path."""

    def __init__(self, saved: bytes | None) -> None:
        self._known: dict[str, list[object]] = _loaded(saved)
        self._seen: dict[str, list[object]] = {}

    def digest(self, path: Path, stat: os.stat_result) -> str:
        """blake2b-128 of the file's bytes, hexadecimal. `stat` is of now.

        Raises:
            OSError: it can't be read.
        """
        name = os.fspath(path)
        mark = _mark(stat)
        known = self._known.get(name)
        if known is not None and known[:-1] == mark:
            self._seen[name] = known
            return str(known[-1])
        found = digest(path.read_bytes())
        self.note(path, stat, found)
        return found

    def note(self, path: Path, stat: os.stat_result, found: str, *, ours: bool = False) -> None:
        """Remembers that a file with this stat has this digest. `ours`: we have just written it ourselves."""
        grain = _FINE if stat.st_mtime_ns % 1_000_000_000 else _COARSE
        if ours or time.time_ns() - stat.st_mtime_ns > grain:
            self._seen[os.fspath(path)] = [*_mark(stat), found]

    @property
    def changed(self) -> bool:
        """Whether the next run would gain by `saved`."""
        return self._seen != self._known

    def saved(self) -> bytes:
        """To be given to the next run: only files that were seen in this one."""
        return json.dumps(self._seen, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    """blake2b-128, hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _mark(stat: os.stat_result) -> list[object]:
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _loaded(saved: bytes | None) -> dict[str, list[object]]:
    try:
        found = json.loads(saved) if saved else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
