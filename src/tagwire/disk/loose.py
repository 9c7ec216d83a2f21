"""Files that belong to no site: whatever lies below a folder that somebody names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.disk.journal import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def below(folder: Path, suffixes: Collection[str] | None = None) -> list[Path]:
    """The files below a folder whose names end like this, in one order everywhere. No link to a folder is followed.

    Hidden files and folders are left out. Without `suffixes` all files are taken.
    """
    found: list[Path] = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(base, name) for name in sorted(names) if not name.startswith("."))
        found += [file for file in files if (suffixes is None or file.suffix.lower() in suffixes) and file.is_file()]
    return found


def differing(one: Path, other: Path, paths: Iterable[str]) -> list[str]:
    """Those of the paths at which two folders don't have the same bytes, lists of our own files left out."""
    return [path for path in paths if path != MANIFEST and _bytes(one / path) != _bytes(other / path)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
