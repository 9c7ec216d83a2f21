"""What lies in a folder that is to be converted, and what of it can't be read: one such file stops no other."""

from __future__ import annotations

import os
from pathlib import Path

from tagwire.problems import Problem


def files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files below a folder, sorted, without hidden folders; and what must be told of the rest.

    Links to folders are told and not followed: they may lead in a circle, or out of what was meant.
    """
    found: list[Path] = []
    errors: list[OSError] = []
    told: list[Problem] = []
    for base, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        told += [_linked(link) for name in folders if (link := Path(base, name)).is_symlink()]
        for file in (Path(base, name) for name in names):
            if file.is_symlink() and not file.exists():
                told.append(_dangling(file))
            elif file.is_file():
                problem = closed(file)
                found += [] if problem else [file]
                told += [problem] if problem else []
    return sorted(found), told + [refusing(Path(error.filename), error) for error in errors]


def closed(path: Path) -> Problem | None:
    """Why a file or a folder that is there can't be read."""
    if path.is_dir():
        return None
    if not path.is_file():  # to open a pipe would take for ever
        hint = "save its text in a file, and add that"
        return Problem(_shown(path), 0, 0, "unreadable", "this is no file, but a pipe, a socket or a device", hint)
    try:
        with path.open("rb"):
            return None
    except OSError as error:
        return refusing(path, error)


def refusing(path: Path, error: OSError) -> Problem:
    """That a file can't be read, and what to do."""
    hint = "see to it that you may read it, or leave it out"
    return Problem(_shown(path), 0, 0, "unreadable", f"it can't be read: {error.strerror}", hint)


def _dangling(link: Path) -> Problem:
    hint = "put the file there, or delete the link"
    return Problem(_shown(link), 0, 0, "unreadable", "this link leads to a file that is not there", hint)


def _linked(link: Path) -> Problem:
    message = "this link leads to a folder, and was not followed"
    return Problem(_shown(link), 0, 0, "unreadable", message, "add that folder by itself", severity="warning")


def _shown(path: Path) -> str:
    return str(path).encode(errors="replace").decode()
