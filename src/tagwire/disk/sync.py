"""Brings a folder to a wanted state: only changed bytes are written, only our own files are removed, all or nothing.

New files are staged first. Then a journal says what is to happen, and only then files are renamed into the folder,
each whole at any moment. After a crash, `recover` does the rest of what the journal says.
"""

from __future__ import annotations

import itertools
import os
import shutil
from array import array
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from tagwire.disk import parts
from tagwire.disk.journal import MANIFEST, above, carry_out, link_above, listed_in, make_newer, recover, settle, write
from tagwire.disk.respelt import Letters
from tagwire.disk.staging import Staging
from tagwire.disk.stamps import digest, mark
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from dataclasses import dataclass

    from tagwire.disk.stamps import Mark, Stamps
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


class Staged(NamedTuple):
    """A file that was written to a place."""

    name: str
    """Digest of its bytes."""
    mark: Mark | None
    """What `stat` will say of it in the folder, if that is known already."""


class Target:
    """A folder on its way to a wanted state. Nothing in it changes before `commit`."""

    def __init__(self, out: Path, shown: str, work: Path, stamps: Stamps) -> None:
        """`shown` is the folder's name in problems, such as `site`."""
        self.out, self.shown, self.stamps = out, shown, stamps
        self.top = os.fspath(out)
        name = digest(os.fspath(out).encode(errors="surrogateescape"))[:12]
        self.staging, self.journal = work / f"staging-{name}", work / f"journal-{name}"
        recover(out, self.journal, self.staging)
        self.before = listed_in(out / MANIFEST, stamps.ours(self.top, MANIFEST))
        self._new = Staging(self.staging, out, bare=not self.before)
        self.wanted: dict[str, str] = {}
        self.staged: dict[str, int] = {}
        """The place of each file that is staged, by path."""
        self._manifest = ""
        self.problems: list[Problem] = []
        self.mended: list[Problem] = []
        self._letters = Letters(self.top, self.before)
        self._respelt: set[str] = set()
        """Our files that have other letters now, and the same place."""

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
        marks, top, stat_of, fit = array("q"), self.top, os.stat, parts.POSITIVE
        for path in paths:
            try:
                stat = stat_of(f"{top}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                marks.extend(_NOTHING)
            else:
                marks.extend((stat.st_size, stat.st_mtime_ns & fit, stat.st_ctime_ns, stat.st_ino & fit))
        before, known = self.before, self.stamps.known(top, paths, marks)
        pairs = zip(paths, names, known, strict=True)
        there = [found == name == before.get(path) != "" for path, name, found in pairs]
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
        self._respelt.clear()

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
            self._stage(path, data, name)
        return name

    def data(self, path: str) -> bytes:
        """The bytes that are wanted at `path`, staged or there already."""
        place = self.staged.get(path)
        return (self.out / path if place is None else Path(self._new.file(path, place))).read_bytes()

    def places(self, number: int) -> range:
        """The numbers of so many places in the staging folder, for somebody else to write to and then to `adopt`."""
        return self._new.places(number)

    def write(self, path: str, place: int, data: bytes, name: str = "") -> Staged:
        """Writes a new file that will lie at `path` to a place, from any process. `name` is its digest, if known."""
        stat = self._new.write(path, place, data)
        return Staged(name or digest(data), mark(stat) if stat else None)

    def adopt(self, path: str, staged: Staged, place: int) -> None:
        """Wants the file at `path` to have the bytes that were written to `place`."""
        if self._misses(path, staged.name):
            self._take(path, staged, place)
        else:
            (self.staging / str(place)).unlink()

    def _misses(self, path: str, name: str) -> bool:
        """Wants the bytes of that digest at `path`; whether they aren't there yet."""
        if self.has(path, name):
            return False
        self.wanted[path] = name
        if self._new.is_new(path):
            return True
        there = self._digest(path)
        if there is not None and path not in self.before and (former := self._letters.former(path)):
            self._respelt.add(former)
            self._tell_edited(former, there)
            return True
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
        elif there is not None:
            self._tell_edited(path, there)

    def _tell_edited(self, path: str, there: str) -> None:
        if there != self.before[path]:
            hint = "edit the source instead: what is built is written anew"
            message = "was edited by hand since it was built; written anew"
            shown = f"{self.shown}/{path}"
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

    def _stage(self, path: str, data: bytes, name: str) -> None:
        (place,) = self.places(1)
        self._take(path, self.write(path, place, data, name), place)

    def _take(self, path: str, staged: Staged, place: int) -> None:
        self.staged[path] = place
        if staged.mark:
            self.stamps.keep(self.top, path, staged.mark, staged.name)
        elif not self._new.is_new(path):
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
        self._look_again()
        if any(problem.severity == "error" for problem in self.problems):
            self.abandon()
            raise Stopped(self.problems)
        gone, kept = self._leftovers()
        manifest = _spelt({**self.wanted, **kept}, self.before)
        self._manifest = digest(manifest)
        moves = list(self.staged)
        if moves or gone or _read(self.out / MANIFEST) != manifest:
            self._stage(MANIFEST, manifest, self._manifest)
            self._write_down(gone)
            carry_out(self.out, self.journal, self.staging)
            self._note(moves)
        shutil.rmtree(self.staging, ignore_errors=True)
        unchanged = len(self.wanted) - len(moves)
        return Tally(tuple(sorted(moves)), tuple(gone), unchanged, tuple(self.problems), tuple(self.mended))

    def _look_again(self) -> None:
        """What somebody has put into the folder meanwhile is a stranger's, too."""
        met = self._new.met(self.top)
        for path in [path for path in self.staged if met and path.partition("/")[0] in met]:
            if (there := self._digest(path)) != self.wanted[path]:
                self._mind(path, there)

    def _write_down(self, gone: list[str]) -> None:
        """What is to happen. Digests of what is in the tree stand in the new manifest, which lasts, too."""
        moves = {path: str(place) for path, place in self.staged.items() if not self._new.is_new(path)}
        digests = {path: self.wanted[path] for path in moves if path != MANIFEST}
        digests[MANIFEST] = self._manifest
        tops = self._new.tops([path for path in self.staged if path not in moves])
        if tops:
            settle(self.staging / moves[MANIFEST])
        write(self.journal, moves, gone, digests, self._new.tree, tops)

    def _leftovers(self) -> tuple[list[str], dict[str, str]]:
        """Our files that nobody wants any more, and those among them that stay since a hand edited them."""
        gone, kept = [], {}
        for path in sorted(self.before.keys() - self.wanted.keys()):
            ours = self.before[path]
            there = self._digest(path)
            if there in {None, ours} or path in self._respelt or link_above(self.out, path):
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
            if self._new.is_lasting(path):
                continue  # it is known, see `_take`
            file = f"{self.top}/{path}"
            self.stamps.note(self.top, path, mark(os.stat(file)), self.wanted[path], ours=True)  # noqa: PTH116 - as above


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def owned(out: Path) -> dict[str, str]:
    """Path to digest of every file in `out` that is ours, as the last build left it."""
    return listed_in(out / MANIFEST)


def _spelt(files: dict[str, str], before: dict[str, str]) -> bytes:
    """The manifest of `files`: mostly those of before, which are as good as sorted."""
    paths = before if before.keys() == files.keys() else files
    return "".join([f"{files[path]}  {path}\n" for path in sorted(paths)]).encode()
