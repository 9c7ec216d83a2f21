"""What is to happen to a folder, written down before it happens, so that a crash leaves a whole to be completed.

A journal names files by their path below the folder and nothing else: one that someone tampered with, or that came
along with a copy of the site, can neither write nor remove anything elsewhere.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.disk.stamps import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST = ".tagwire-manifest"
"""Lists the files that are ours, with digests; lies in the folder itself."""

_CONTROL = re.compile("[\x00-\x1f]")
_SECOND = 1_000_000_000
_LONGEST_NAME = 255
"""Bytes of a file's name that file systems take."""


def write(journal: Path, moves: dict[str, str], removals: list[str], digests: dict[str, str]) -> None:
    """Writes the journal down, whole, and lasting: a power cut finds none, or all of it.

    `moves` are path to name of the staged file, `digests` path to digest of its bytes. Staged files themselves are not
    forced to the disk, thousands of them would take seconds: `recover` looks whether they are whole.
    """
    beside = journal.with_suffix(".new")
    beside.unlink(missing_ok=True)
    beside.write_text(json.dumps({"moves": moves, "removals": removals, "digests": digests}), encoding="utf-8")
    settle(beside)
    beside.replace(journal)
    settle(journal.parent)


def settle(path: Path) -> None:
    """Has the bytes of a file, or the names in a folder, reach the disk (fsync). Where that can't be had, goes on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # some network drives, folders on Windows
            raise
    finally:
        os.close(descriptor)


def recover(out: Path, journal: Path, staging: Path) -> None:
    """Completes what an earlier run into `out` began; without a journal, throws away what it had only staged."""
    if journal.is_file():
        _drop_torn(journal, staging)
        carry_out(out, journal, staging)
    elif journal.is_dir():  # nobody's, as a file in place of the staging is
        shutil.rmtree(journal)
    if staging.is_file():
        staging.unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _drop_torn(journal: Path, staging: Path) -> None:
    """Removes staged files that a power cut has left in pieces; the build that follows writes them anew."""
    try:
        entry = json.loads(journal.read_bytes())
        moves, digests = dict(entry["moves"]), dict(entry["digests"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return  # `carry_out` takes it for no journal
    for path, name in moves.items():
        staged = staging / str(name)
        if str(name).isdecimal() and staged.is_file() and digest(staged.read_bytes()) != digests.get(path):
            staged.unlink()


def carry_out(out: Path, journal: Path, staging: Path) -> None:
    """Does, or does the rest of, what the journal says. Feeds come last, so that none names a page still to come."""
    moves, removals = _planned(journal)
    out.mkdir(parents=True, exist_ok=True)
    first = _in_the_way(removals, moves)
    for path in first:
        _remove(out, path)
    ready: set[str] = set()
    top, source = os.fspath(out), os.fspath(staging)  # as in `_made_ready`
    for path in sorted(moves, key=lambda move: (move == MANIFEST, move.endswith((".xml", ".json")), move)):
        staged = f"{source}/{moves[path]}"
        if os.path.exists(staged) and _made_ready(top, path, ready):  # noqa: PTH110
            _move(staged, f"{top}/{path}")
    for path in removals:
        if path not in first:
            _remove(out, path)
    journal.unlink()


def _made_ready(out: str, path: str, ready: set[str]) -> bool:
    """Makes the folders that `path` needs, unless one is a link. Those in `ready` were looked at before."""
    if path.rpartition("/")[0] in ready:
        return True
    missing = [folder for folder in above(path) if folder not in ready]
    if any(os.path.islink(f"{out}/{folder}") for folder in missing):  # noqa: PTH114 - pathlib takes longer than the disk
        return False
    for folder in missing:
        with contextlib.suppress(FileExistsError):
            os.mkdir(f"{out}/{folder}")  # noqa: PTH102 - as above
    ready.update(missing)
    return True


def _planned(journal: Path) -> tuple[dict[str, str], list[str]]:
    """The journal's moves and removals. One that was tampered with is as good as none: it may lead anywhere."""
    try:
        entry = json.loads(journal.read_bytes())
        moves, removals = dict(entry["moves"]), list(entry["removals"])
        good = all(is_inside(path) for path in (*moves, *removals)) and all(name.isdecimal() for name in moves.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        good, moves, removals = False, {}, []
    return (moves, removals) if good else ({}, [])


def _in_the_way(removals: Iterable[str], moves: Iterable[str]) -> set[str]:
    """The files that must go before others come: they have a folder's name now, or lie where a file is to be."""
    files = set(moves)
    folders = {folder for path in files for folder in above(path)}
    return {path for path in removals if path in folders or not files.isdisjoint(above(path))}


def above(path: str) -> list[str]:
    """The folders that a file lies in, outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def make_newer(file: Path, before: Path) -> None:
    """Gives `file` a later modification time than the file it will replace, in whole seconds.

    HTTP's Last-Modified has no fractions, and readers drop a changed feed whose date did not advance (newsboat does):
    two builds within a second, or a clock that was set back, would hide a change.
    """
    try:
        old = before.stat().st_mtime_ns // _SECOND
    except OSError:
        return
    if file.stat().st_mtime_ns // _SECOND <= old:
        os.utime(file, ns=((old + 1) * _SECOND,) * 2)


def _move(source: str, aim: str) -> None:
    try:
        os.replace(source, aim)  # noqa: PTH105 - as above
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        target = Path(aim)
        beside = target.with_name(f".{target.name[:100]}.tagwire-new")
        try:
            shutil.copyfile(source, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _remove(out: Path, path: str) -> None:
    """Removes a file, and the folders that it leaves empty. What is no file any more, or behind a link, isn't ours."""
    file = out / path
    if link_above(out, path) or (file.is_dir() and not file.is_symlink()):
        return
    with contextlib.suppress(NotADirectoryError):
        file.unlink(missing_ok=True)
    folder = file.parent
    with contextlib.suppress(OSError):
        while folder != out:
            folder.rmdir()
            folder = folder.parent


def link_above(out: Path, path: str) -> str:
    """The first folder of `path` that is a link, or empty. `out` itself may be one."""
    return next((folder for folder in above(path) if (out / folder).is_symlink()), "")


def is_inside(path: object) -> bool:
    """Whether it can be the path of a file below the folder: a list that someone else wrote may say anything."""
    if not isinstance(path, str) or _CONTROL.search(path):
        return False
    parts = path.split("/")
    short = path.isascii() and len(path) <= _LONGEST_NAME
    fits = short or all(len(part.encode(errors="replace")) <= _LONGEST_NAME for part in parts)
    return fits and _NOWHERE.isdisjoint(parts)


_NOWHERE = frozenset({"", ".", ".."})
