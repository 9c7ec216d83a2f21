"""Files that belong to no site: whatever lies below a folder that somebody names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


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
