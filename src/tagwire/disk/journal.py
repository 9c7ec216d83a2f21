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
from typing import TYPE_CHECKING, Any, NamedTuple

from tagwire import names
from tagwire.disk.respelt import Letters
from tagwire.disk.stamps import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST = ".tagwire-manifest"
"""Lists the files that are ours, with digests; lies in the folder itself."""

LAST = (".xml", ".json")
"""Endings of what comes last, so that no feed names a page still to come."""

_CONTROL = re.compile("[\x00-\x1f]")
_SECOND = 1_000_000_000
_LONGEST_NAME = 255
"""Bytes of a file's name that file systems take."""


class _Plan(NamedTuple):
    """What a journal says."""

    moves: dict[str, str]
    """Number of the staged file, by path."""
    removals: list[str]
    digests: dict[str, Any]
    """Of the bytes of staged files, by path."""
    tree: str
    """Folder beside the staged files in which others lie as they will in the end; or empty."""
    tops: list[str]
    """What is to be moved out of it, folders as a whole."""


_NOTHING = _Plan({}, [], {}, "", [])
_TREE = re.compile(r"(?:tree-\d{1,20})?", re.ASCII)


def write(
    journal: Path,
    moves: dict[str, str],
    removals: list[str],
    digests: dict[str, str],
    tree: str = "",
    tops: Iterable[str] = (),
) -> None:
    """Writes the journal down, whole, and lasting: a power cut finds none, or all of it.

    Arguments as in `_Plan`. Staged files themselves are not forced to the disk, thousands of them would take seconds:
    `recover` looks whether they are whole. Those in the tree are told by the new manifest, which is among `moves`.
    """
    new = journal.with_suffix(".new")
    new.unlink(missing_ok=True)
    told = {"moves": moves, "removals": removals, "digests": digests, "tree": tree, "tops": list(tops)}
    new.write_text(json.dumps(told), encoding="utf-8")
    settle(new)
    new.replace(journal)
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
    plan = _planned(journal, staging)
    tree = staging / plan.tree
    files = listed_in(staging / plan.moves[MANIFEST]) if plan.tops and MANIFEST in plan.moves else {}
    below = [(tree / path, name) for path, name in files.items() if not link_above(tree, path)]
    for staged, name in (*((staging / name, plan.digests.get(path)) for path, name in plan.moves.items()), *below):
        if staged.is_file() and digest(staged.read_bytes()) != name:
            staged.unlink()


def carry_out(out: Path, journal: Path, staging: Path) -> None:
    """Does, or does the rest of, what the journal says."""
    plan = _planned(journal, staging)
    tree = f"{os.fspath(staging)}/{plan.tree}"
    _move_whole(tree if plan.tops else "", out)
    place, numbered = os.fspath(out), {path: f"{os.fspath(staging)}/{name}" for path, name in plan.moves.items()}
    first = _in_the_way(plan.removals, plan.moves)
    for path in filter(Letters(place).has, first):  # what isn't spelt so went before a crash, or leads to the new one
        _remove(out, path)
    late = {path for path in plan.moves if path.endswith(LAST) or path == MANIFEST}
    _move_all(place, numbered, sorted(plan.moves.keys() - late))
    for top in plan.tops:
        _move_top(tree, place, top)
    _move_all(place, numbered, sorted(late, key=lambda path: (path == MANIFEST, path)))
    for path in plan.removals:
        if path not in first:
            _remove(out, path)
    journal.unlink()


def _move_whole(tree: str, out: Path) -> None:
    """Where there is no folder yet, a tree becomes it at once. Else there is one afterwards."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if tree and not os.path.lexists(out):
        with contextlib.suppress(OSError):  # another disk, say: then folder by folder, or file by file
            os.rename(tree, out)  # noqa: PTH104 - as in `_made_ready`
    out.mkdir(exist_ok=True)


def _move_top(tree: str, out: str, top: str) -> None:
    """Moves a folder or a file out of the tree: by one rename, if nothing is in its place."""
    source = f"{tree}/{top}"
    if not os.path.lexists(f"{out}/{top}"):
        with contextlib.suppress(OSError):  # as above; and what isn't there was moved before
            os.rename(source, f"{out}/{top}")  # noqa: PTH104 - as in `_made_ready`
            return
    files = [source, *(f"{base}/{name}" for base, _, names in os.walk(source) for name in names)]
    staged = {file.removeprefix(f"{tree}/"): file for file in files if os.path.isfile(file)}  # noqa: PTH113 - as in `_made_ready`
    _move_all(out, staged, sorted(staged))


def _move_all(out: str, staged: dict[str, str], paths: Iterable[str]) -> None:
    """Moves the files of these paths that are still there from where they are `staged`."""
    ready: set[str] = set()
    for path in paths:
        if os.path.exists(staged[path]) and _made_ready(out, path, ready):  # noqa: PTH110 - as in `_made_ready`
            _move(staged[path], f"{out}/{path}")


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


def _planned(journal: Path, staging: Path) -> _Plan:
    """What the journal says. One that was tampered with is as good as none: it may lead anywhere."""
    try:
        entry = json.loads(journal.read_bytes())
        moves, removals, digests = dict(entry["moves"]), list(entry["removals"]), dict(entry["digests"])
        plan = _Plan(moves, removals, digests, entry.get("tree", ""), list(entry.get("tops", [])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _NOTHING
    good = all(is_inside(path) for path in (*moves, *removals)) and all(map(_is_number, moves.values()))
    good &= all(is_inside(top) and "/" not in top for top in plan.tops)
    good &= isinstance(plan.tree, str) and bool(_TREE.fullmatch(plan.tree))
    return plan if good and not (plan.tops and (staging / plan.tree).is_symlink()) else _NOTHING


def _is_number(name: object) -> bool:
    return isinstance(name, str) and name.isdecimal()


def _in_the_way(removals: list[str], moves: Iterable[str]) -> set[str]:
    """The files that must go before others come.

    They have a folder's name now, or lie where a file is to be, perhaps only where letters don't count.
    """
    if not removals:
        return set()
    files, spelt = set(moves), {names.folded(path) for path in moves}
    folders = {folder for path in files for folder in above(path)}
    inside = {path for path in removals if path in folders or not files.isdisjoint(above(path))}
    return inside | {path for path in removals if names.folded(path) in spelt}


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
        copied = beside(Path(aim))
        try:
            shutil.copyfile(source, copied)
            copied.replace(aim)
        finally:
            copied.unlink(missing_ok=True)


def beside(target: Path) -> Path:
    """Where what is to be at `target` is made, to be renamed when it is whole."""
    return target.with_name(f".{target.name[:100]}.tagwire-new")


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


_HEX = 32
_PLAIN = re.compile(rf"(?:[0-9a-f]{{{_HEX}}}  [!-~]{{1,255}}\n)*")
_ODD = re.compile(r"(?:  |/)(?:/|\n|\.\.?[/\n])")


def listed_in(file: Path, ours: str = "") -> dict[str, str]:
    """`listed` of a manifest where it lies; nothing where there is none."""
    return listed(file.read_bytes(), ours) if file.is_file() else {}


def listed(manifest: bytes, ours: str = "") -> dict[str, str]:
    """Digest of every file that a manifest names, by path.

    `ours` is the digest of the one that we wrote. That of a stranger may say anything.
    """
    text = manifest.decode(errors="replace")
    if ours and digest(manifest) == ours:
        return {line[_HEX + 2 :]: line[:_HEX] for line in text.split("\n")[:-1]}
    if _PLAIN.fullmatch(text) and not _ODD.search(text):  # as we wrote it, which is told of all lines at once
        return dict(zip([line[_HEX + 2 :] for line in text.splitlines()], text.split()[::2], strict=True))
    pairs = (line.partition("  ") for line in text.split("\n"))
    return {path: name for name, gap, path in pairs if gap and is_inside(path)}
