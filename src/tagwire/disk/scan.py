"""What lies in the folders of a site, as values, with problems for what can't be an input."""

from __future__ import annotations

import errno
import operator
import os
import stat as modes
import unicodedata
from array import array
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.disk import parts
from tagwire.disk.stamps import mark
from tagwire.model import File
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass

    from tagwire.disk.settled import Listing
    from tagwire.disk.stamps import Mark, Stamps
else:
    from tagwire.frozen import dataclass

_NEVER = {".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".hg", ".svn"}
_BACKUPS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp")
_DEEPEST = 40
_REASONS = {
    errno.EACCES: ("may not be read", "mend its permissions, or move it away"),
    errno.EPERM: ("may not be read", "mend its permissions, or move it away"),
    errno.ELOOP: ("is a link that leads in a circle", "delete the link"),
    errno.ENOENT: ("is a link that leads nowhere", "delete the link"),
}


@dataclass(frozen=True, slots=True)
class Tree:
    """Files below a folder, sorted by path."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    renamed: dict[str, Path]
    """Where a file lies whose name on the disk is another spelling (macOS writes é as two characters)."""


def tree(
    root: Path, folder: str, stamps: Stamps, seen: Mapping[str, Listing] = MappingProxyType({}), *, dotted: bool = False
) -> Tree:
    """Every file below `root/folder`; paths are relative to `root`. A missing folder is an empty one.

    Hidden files are left out unless `dotted`, editors' backups always. Links are followed inside the site only.
    A folder that was `seen` just now isn't looked at.
    """
    walk = _Walk(root, stamps, dotted, seen)
    top = root / folder
    if top.is_dir():
        walk.enter(top, folder, ())
    elif top.exists() or top.is_symlink():
        walk.problem(folder, "not-a-folder", "a folder is wanted here, and this is a file", "move it away")
    return Tree(tuple(sorted(walk.files, key=operator.attrgetter("path"))), tuple(walk.problems), walk.renamed)


def single(root: Path, path: str, stamps: Stamps) -> Tree:
    """The one file at `root/path`, or none; what holds for files below a folder holds for it."""
    walk = _Walk(root, stamps, False, {})
    folder, _, name = path.rpartition("/")
    if (root / path).is_dir():
        walk.problem(path, "not-a-file", "a folder is here where a file should be", "rename it, or move it away")
    elif (root / folder).is_dir():
        walk.take_only(root / folder, name, path)
    return Tree(tuple(walk.files), tuple(walk.problems), walk.renamed)


def fault(name: str) -> str:
    """What is wrong with a file's name: it would become part of addresses, lists and messages."""
    if name.isascii() and name.isprintable():
        return ""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "the name is not UTF-8"
    steering = any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in name)
    return "the name has a control character in it" if steering else ""


class _Walk:
    def __init__(self, root: Path, stamps: Stamps, dotted: bool, seen: Mapping[str, Listing]) -> None:
        self.root = root
        self.top = os.fspath(root)
        self.stamps = stamps
        self.dotted, self.seen = dotted, seen
        self.files: list[File] = []
        self.renamed: dict[str, Path] = {}
        self.problems: list[Problem] = []

    def problem(self, path: str, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 0, 0, code, message, hint))

    def enter(self, folder: Path, path: str, above: tuple[str, ...]) -> None:
        real = os.path.realpath(folder)
        if real in above or len(above) > _DEEPEST:
            self.problem(path, "link-loop", "this link leads back to a folder above it", "delete the link")
            return
        inside, plain = (*above, real), os.fspath(folder) == f"{self.top}/{path}"
        if plain and self._was_seen(os.fspath(folder), path, inside):
            return
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            self._unreadable(path, error)
            return
        usual = []
        for entry in entries:
            name = entry.name
            if not self._wanted(name):
                continue
            if plain and name.isascii() and name.isprintable() and entry.is_file(follow_symlinks=False):
                usual.append(entry)
            else:
                name = name if name.isascii() else unicodedata.normalize("NFC", name)
                self._take(entry, f"{path}/{name}", inside)
        self._take_usual(usual, os.fspath(folder), path)

    def _take_usual(self, entries: list[os.DirEntry[str]], folder: str, path: str) -> None:
        """What `_take` does, of many at once: of nearly all files, whose names need no second look, and no links."""
        there, marks, fit = [], array("q"), parts.POSITIVE
        for entry in entries:
            try:
                stat = entry.stat()
            except OSError as error:
                self._unreadable(f"{path}/{entry.name}", error)
                continue
            there.append(entry.name)
            marks.extend((stat.st_size, stat.st_mtime_ns & fit, stat.st_ctime_ns, stat.st_ino & fit))
        self._take_listed(folder, path, there, marks)

    def _was_seen(self, folder: str, path: str, above: tuple[str, ...]) -> bool:
        """Takes what lies in a folder, if it was seen just now and has only names that need no second look."""
        found = self.seen.get(folder)
        text = "".join([*found[0], *found[1]]) if found else "\0"
        if not found or not (text.isascii() and text.isprintable()):
            return False
        there, folders, marks = found
        wanted = [self._wanted(name) for name in there]
        if not all(wanted):
            kept = [at for at, is_wanted in enumerate(wanted) if is_wanted]
            there, marks = (
                [there[at] for at in kept],
                array("q", [each for at in kept for each in marks[at * 4 : at * 4 + 4]]),
            )
        self._take_listed(folder, path, there, marks)
        for name in filter(self._wanted, folders):
            self._folder(f"{folder}/{name}", f"{path}/{name}", above)
        return True

    def _take_listed(self, folder: str, path: str, there: list[str], marks: array[int]) -> None:
        known = self.stamps.known(folder, there, marks)
        for at, (name, found, size) in enumerate(zip(there, known, marks[::4], strict=True)):
            if found:
                self.files.append(File(f"{path}/{name}", found, size))
            else:
                self._read(
                    folder, name, f"{path}/{name}", (size, marks[at * 4 + 1], marks[at * 4 + 2], marks[at * 4 + 3])
                )

    def _read(self, folder: str, name: str, path: str, own: Mark) -> None:
        try:
            self.files.append(File(path, self.stamps.digest(folder, name, own), own[0]))
        except OSError as error:
            self._unreadable(path, error)

    def take_only(self, folder: Path, name: str, path: str) -> None:
        """The one file of this name in a folder, if it is there."""
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == name:
                    self._take(entry, path, ())

    def _wanted(self, name: str) -> bool:
        if name.endswith(_BACKUPS) or name in _NEVER:
            return False
        return name[0] not in ".#" or (self.dotted and not name.startswith(("#", ".#")))

    def _take(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        if wrong := fault(entry.name):
            shown = os.fsencode(entry.name).decode(errors="replace")
            self.problem(f"{path.rpartition('/')[0]}/{shown}", "name-invalid", wrong, "rename the file")
            return
        if entry.is_symlink() and not self._inside(entry.path):
            self.problem(path, "link-outside", "this link leads out of the site", "copy the file here instead")
            return
        try:
            stat = entry.stat()
            if modes.S_ISDIR(stat.st_mode):
                self._folder(entry.path, path, above)
            elif modes.S_ISREG(stat.st_mode):
                folder, _, name = entry.path.rpartition(os.sep)
                self._read(folder, name, path, mark(stat))
                if entry.path != f"{self.top}/{path}":
                    self.renamed[path] = Path(entry.path)
            else:
                self.problem(path, "not-a-file", "this is neither a file nor a folder", "move it away")
        except OSError as error:
            self._unreadable(path, error)

    def _folder(self, folder: str, path: str, above: tuple[str, ...]) -> None:
        if names.is_markdown(path):
            self.problem(path, "not-a-file", "a folder is here where a file should be", "rename it, or move it away")
            return
        self.enter(Path(folder), path, above)

    def _inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        # A loop of links has no end; `stat` will say so.
        return real.startswith(os.path.realpath(self.root) + os.sep) or not Path(path).exists()

    def _unreadable(self, path: str, error: OSError) -> None:
        reason, hint = _REASONS.get(error.errno or 0, (f"can't be read: {error.strerror}", "move it away"))
        self.problem(path, "unreadable", f"the file {reason}", hint)
