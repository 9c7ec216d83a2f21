"""Brings a folder to a wanted state: only changed bytes are written, only our own files are removed, all or nothing.

New files are staged first. Then a journal says what is to happen, and only then files are renamed into the folder,
each whole at any moment. After a crash, `recover` does the rest of what the journal says.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from array import array
from stat import S_ISREG
from typing import TYPE_CHECKING

from tagwire.disk import parts
from tagwire.disk.journal import MANIFEST, above, carry_out, is_inside, link_above, make_newer, recover, write
from tagwire.disk.stamps import digest, mark
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from dataclasses import dataclass
    from pathlib import Path

    from tagwire.disk.stamps import Stamps
else:
    from tagwire.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sync did."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...] = ()
    """What was wrong with the folder and isn't any more."""


_NOTHING = (-1, 0, 0, 0)
"""Stands for a file that isn't there, among sizes, times and inodes of those that are."""


class Target:
    """A folder on its way to a wanted state. Nothing in it changes before `commit`."""

    def __init__(self, out: Path, shown: str, work: Path, stamps: Stamps) -> None:
        """`shown` is the folder's name in problems, such as `site`."""
        self.out, self.shown, self.stamps = out, shown, stamps
        self.top = os.fspath(out)
        name = digest(os.fspath(out).encode(errors="surrogateescape"))[:12]
        self.staging, self.journal = work / f"staging-{name}", work / f"journal-{name}"
        recover(out, self.journal, self.staging)
        self.before = _manifest(out, stamps.ours(self.top, MANIFEST))
        self._bare = not self.before and not (out.is_dir() and any(out.iterdir()))
        """There is nothing in it, so nothing needs to be looked for."""
        self.wanted: dict[str, str] = {}
        self.staged: dict[str, str] = {}
        self._places = 0
        self._has_staging = False
        self._manifest = ""
        self.problems: list[Problem] = []
        self.mended: list[Problem] = []

    def has(self, path: str, wanted: str) -> bool:
        """Whether the file at `path` is ours and has these bytes (by digest); if so it will stay."""
        if self.before.get(path) != wanted or self._digest(path) != wanted:
            return False
        self.wanted[path] = wanted
        return True

    def stay(self, paths: list[str], names: list[str]) -> list[bool]:
        """`has` for each path and digest: a loop over all that a site has, so it calls as little as it can."""
        if not self.before:
            return [False] * len(paths)
        marks, top, stat_of, beyond = array("q"), self.top, os.stat, parts.POSITIVE
        for path in paths:
            try:
                stat = stat_of(f"{top}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                marks.extend(_NOTHING)
            else:
                marks.extend((stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino & beyond))
        before, known = self.before, self.stamps.known(top, paths, marks)
        there = [found == name == before.get(path) for path, name, found in zip(paths, names, known, strict=True)]
        self.wanted |= itertools.compress(zip(paths, names, strict=True), there)
        return [is_there or self.has(path, name) for path, name, is_there in zip(paths, names, there, strict=True)]

    def keep(self, folder: str) -> None:
        """What is ours in `folder` (with a slash at its end) stays, though nobody makes it anew."""
        for path, name in self.before.items():
            if path.startswith(folder) and path not in self.wanted:
                self.has(path, name)

    def forget(self) -> None:
        """What was wanted until now isn't; nothing may have been staged."""
        self.wanted.clear()

    def manifest(self) -> str:
        """Digest of the manifest that `commit` has left."""
        return self._manifest

    def left(self) -> tuple[list[str], array[int]] | None:
        """The paths that are ours and what `stat` says of each, for `settled`; None if that isn't known of all."""
        file = f"{self.top}/{MANIFEST}"
        self.stamps.note(self.top, MANIFEST, mark(os.stat(file)), self.manifest(), ours=True)  # noqa: PTH116 - as below
        return self.stamps.all(self.top, [*self.wanted, MANIFEST])

    def put(self, path: str, data: bytes) -> str:
        """Wants the file at `path` to have these bytes; gives their digest."""
        name = digest(data)
        if self._misses(path, name):
            self._stage(path, data)
        return name

    def data(self, path: str) -> bytes:
        """The bytes that are wanted at `path`, staged or there already."""
        staged = self.staged.get(path)
        return (self.out / path if staged is None else self.staging / staged).read_bytes()

    def places(self, number: int) -> range:
        """The numbers of so many places in the staging folder, for somebody else to write to and then to `adopt`."""
        if not self._has_staging:
            self.staging.mkdir(parents=True, exist_ok=True)
            self._has_staging = True
        self._places += number
        return range(self._places - number, self._places)

    def write(self, place: int, data: bytes) -> str:
        """Writes a new file to a place, also from another process; gives the digest of its bytes."""
        written(f"{self.staging}/{place}", data)
        return digest(data)

    def adopt(self, path: str, name: str, place: int) -> None:
        """Wants the file at `path` to have the bytes of that digest, which lie at `place`."""
        if self._misses(path, name):
            self._take(path, place)
        else:
            (self.staging / str(place)).unlink()

    def _misses(self, path: str, name: str) -> bool:
        """Wants the bytes of that digest at `path`; whether they aren't there yet."""
        if self.has(path, name):
            return False
        self.wanted[path] = name
        if self._bare:
            return True
        there = self._digest(path)
        if there != name:
            self._mind(path, there)
        return there != name

    def _digest(self, path: str) -> str | None:
        """Of what is there now; None for nothing, or for no file."""
        file = f"{self.top}/{path}"
        try:
            stat = os.stat(file)  # noqa: PTH116 - it is asked of every output, and pathlib would take longer than the disk
        except (FileNotFoundError, NotADirectoryError):
            return None
        return self.stamps.digest(self.top, path, mark(stat)) if S_ISREG(stat.st_mode) else None

    def _mind(self, path: str, there: str | None) -> None:
        """Strangers' files are never overwritten; our own that were edited by hand are, and are named."""
        shown = f"{self.shown}/{path}"
        if link := link_above(self.out, path):
            hint = f"replace the link by a folder, or make {self.shown}/ itself a link"
            message = "this link leads out of the folder: nothing is written through it"
            self.problems.append(Problem(f"{self.shown}/{link}", 0, 0, "output-foreign", message, hint))
        elif path not in self.before:
            stranger = (
                path if self._is_strange(path, there) else self._stranger_above(path) or self._stranger_below(path)
            )
            if stranger:
                hint = f"move it away, or keep it in content/static/; if {self.shown}/ may go as a whole, delete it"
                message = "this file is in the way and isn't ours"
                self.problems.append(Problem(f"{self.shown}/{stranger}", 0, 0, "output-foreign", message, hint))
        elif there is not None and there != self.before[path]:
            hint = "edit the source instead: what is built is written anew"
            message = "was edited by hand since it was built; written anew"
            self.mended.append(Problem(shown, 0, 0, "output-edited", message, hint, severity="warning"))

    def _is_strange(self, path: str, there: str | None) -> bool:
        """Whether a file, a pipe or a dead link stands at `path`; a folder is another matter."""
        file = self.out / path
        return there is not None or (os.path.lexists(file) and not file.is_dir())

    def _stranger_above(self, path: str) -> str:
        """A stranger's file where `path` needs a folder, or an empty string."""
        return next((p for p in above(path) if p not in self.before and (self.out / p).is_file()), "")

    def _stranger_below(self, path: str) -> str:
        """A stranger's file in a folder that stands where `path` needs a file, or an empty string."""
        folder = self.out / path
        files = (file for file in folder.rglob("*") if not file.is_dir()) if folder.is_dir() else ()
        below = (file.relative_to(self.out).as_posix() for file in files)
        return next((p for p in below if p not in self.before), "")

    def _stage(self, path: str, data: bytes) -> None:
        """Staged files are numbered: a folder each would cost more than the file."""
        (place,) = self.places(1)
        self.write(place, data)
        self._take(path, place)

    def _take(self, path: str, place: int) -> None:
        self.staged[path] = str(place)
        if not self._bare:
            make_newer(self.staging / str(place), self.out / path)

    def abandon(self) -> None:
        """Leaves the folder as it was; where renaming has begun, leaves what the next build needs to complete it."""
        if not self.journal.exists():
            shutil.rmtree(self.staging, ignore_errors=True)

    def commit(self) -> Tally:
        """Makes it so.

        Raises:
            Stopped: a stranger's file is in the way; nothing was changed.
        """
        if any(problem.severity == "error" for problem in self.problems):
            self.abandon()
            raise Stopped(self.problems)
        gone, kept = self._leftovers()
        manifest = _spelt({**self.wanted, **kept}, self.before)
        self._manifest = digest(manifest)
        moves = list(self.staged)
        if moves or gone or _read(self.out / MANIFEST) != manifest:
            self._stage(MANIFEST, manifest)
            digests = {path: self.wanted[path] for path in moves} | {MANIFEST: self._manifest}
            write(self.journal, self.staged, gone, digests)
            carry_out(self.out, self.journal, self.staging)
            self._note(moves)
        shutil.rmtree(self.staging, ignore_errors=True)
        unchanged = len(self.wanted) - len(moves)
        return Tally(tuple(sorted(moves)), tuple(gone), unchanged, tuple(self.problems), tuple(self.mended))

    def _leftovers(self) -> tuple[list[str], dict[str, str]]:
        """Our files that nobody wants any more, and those among them that stay since a hand edited them."""
        gone, kept = [], {}
        for path in sorted(self.before.keys() - self.wanted.keys()):
            ours = self.before[path]
            there = self._digest(path)
            if there in {None, ours} or link_above(self.out, path):
                gone.append(path)
                continue
            kept[path] = ours
            message = "is no longer built, but was edited by hand: it stays"
            hint = "delete it yourself if you don't need it"
            problem = Problem(f"{self.shown}/{path}", 0, 0, "output-edited", message, hint, severity="warning")
            self.problems.append(problem)
        return gone, kept

    def _note(self, moves: list[str]) -> None:
        for path in moves:
            file = f"{self.top}/{path}"
            self.stamps.note(self.top, path, mark(os.stat(file)), self.wanted[path], ours=True)  # noqa: PTH116 - as above


def written(path: str, data: bytes) -> None:
    """A new file. Thousands are written, and Python's own stream would take longer than the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


_HEX = 32
_PLAIN = re.compile(rf"(?:[0-9a-f]{{{_HEX}}}  [!-~]{{1,255}}\n)*")
_ODD = re.compile(r"(?:  |/)(?:/|\n|\.\.?[/\n])")


def _manifest(out: Path, ours: str = "") -> dict[str, str]:
    """What the manifest lists; `ours` is the digest of the one that we wrote. That of a stranger may say anything."""
    data = _read(out / MANIFEST) or b""
    text = data.decode(errors="replace")
    if ours and digest(data) == ours:
        return {line[_HEX + 2 :]: line[:_HEX] for line in text.split("\n")[:-1]}
    if _PLAIN.fullmatch(text) and not _ODD.search(text):  # as we wrote it, which is told of all lines at once
        return dict(zip([line[_HEX + 2 :] for line in text.splitlines()], text.split()[::2], strict=True))
    pairs = (line.partition("  ") for line in text.split("\n"))
    return {path: name for name, gap, path in pairs if gap and is_inside(path)}


def owned(out: Path) -> dict[str, str]:
    """Path to digest of every file in `out` that is ours, as the last build left it."""
    return _manifest(out)


def _spelt(files: dict[str, str], before: dict[str, str]) -> bytes:
    """The manifest of `files`: mostly those of before, which are as good as sorted."""
    paths = before if before.keys() == files.keys() else files
    return "".join([f"{files[path]}  {path}\n" for path in sorted(paths)]).encode()
