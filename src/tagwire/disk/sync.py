"""Brings a folder to a wanted state: only changed bytes are written, only our own files are removed, all or nothing.

New files are staged first. Then a journal says what is to happen, and only then files are renamed into the folder,
each whole at any moment. After a crash, `recover` does the rest of what the journal says.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire.disk.stamps import digest
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tagwire.disk.stamps import Stamps

MANIFEST = ".tagwire-manifest"
"""Lists the files that are ours, with digests; lies in the folder itself."""

_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sync did."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]


class Target:
    """A folder on its way to a wanted state. Nothing in it changes before `commit`."""

    def __init__(self, out: Path, shown: str, work: Path, stamps: Stamps) -> None:
        """`shown` is the folder's name in problems, such as `site`."""
        self.out, self.shown, self.stamps = out, shown, stamps
        self.staging, self.journal = work / "staging", work / "journal"
        recover(self.journal, self.staging)
        self.before = _manifest(out)
        self.wanted: dict[str, str] = {}
        self.staged: dict[str, str] = {}
        self.problems: list[Problem] = []

    def has(self, path: str, wanted: str) -> bool:
        """Whether the file at `path` is ours and has these bytes (by digest); if so it will stay."""
        if self.before.get(path) != wanted or self._digest(path) != wanted:
            return False
        self.wanted[path] = wanted
        return True

    def intact(self, manifest: str) -> Tally | None:
        """If the folder is just as the manifest of that digest left it: a tally of nothing done. Else None."""
        if digest(_spelt(self.before)) != manifest or not all(
            self.has(path, name) for path, name in self.before.items()
        ):
            self.wanted.clear()
            return None
        return Tally((), (), len(self.wanted), ())

    def manifest(self) -> str:
        """Digest of the manifest that `commit` has left."""
        return digest(_read(self.out / MANIFEST) or b"")

    def put(self, path: str, data: bytes) -> str:
        """Wants the file at `path` to have these bytes; gives their digest."""
        name = digest(data)
        if not self.has(path, name):
            self.wanted[path] = name
            there = self._digest(path)
            if there != name:
                self._mind(path, there)
                self._stage(path, data)
        return name

    def _digest(self, path: str) -> str | None:
        """Of what is there now; None for nothing, or for no file."""
        file = self.out / path
        try:
            stat = file.stat()
            return self.stamps.digest(file, stat)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _mind(self, path: str, there: str | None) -> None:
        """Strangers' files are never overwritten; our own that were edited by hand are, and are named."""
        shown = f"{self.shown}/{path}"
        if path not in self.before:
            stranger = path if there is not None else self._stranger_above(path) or self._stranger_below(path)
            if stranger:
                hint = f"move it away, or keep it in content/static/; if {self.shown}/ may go as a whole, delete it"
                message = "this file is in the way and isn't ours"
                self.problems.append(Problem(f"{self.shown}/{stranger}", 0, 0, "output-foreign", message, hint))
        elif there is not None and there != self.before[path]:
            hint = "edit the source instead: what is built is written anew"
            message = "was edited by hand since it was built; written anew"
            self.problems.append(Problem(shown, 0, 0, "output-edited", message, hint, severity="warning"))

    def _stranger_above(self, path: str) -> str:
        """A stranger's file where `path` needs a folder, or an empty string."""
        return next((p for p in _above(path) if p not in self.before and (self.out / p).is_file()), "")

    def _stranger_below(self, path: str) -> str:
        """A stranger's file in a folder that stands where `path` needs a file, or an empty string."""
        folder = self.out / path
        files = (file for file in folder.rglob("*") if not file.is_dir()) if folder.is_dir() else ()
        below = (file.relative_to(self.out).as_posix() for file in files)
        return next((p for p in below if p not in self.before), "")

    def _stage(self, path: str, data: bytes) -> None:
        """Staged files are numbered: a folder each would cost more than the file."""
        if not self.staged:
            self.staging.mkdir(parents=True, exist_ok=True)
        name = self.staged.setdefault(path, str(len(self.staged)))
        staged = self.staging / name
        staged.write_bytes(data)
        _make_newer(staged, self.out / path)

    def abandon(self) -> None:
        """Leaves the folder as it was."""
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
        manifest = _spelt({**self.wanted, **kept})
        moves = list(self.staged)
        if moves or gone or _read(self.out / MANIFEST) != manifest:
            self._stage(MANIFEST, manifest)
            _carry_out(self._write_journal(gone))
            self._note(moves)
        shutil.rmtree(self.staging, ignore_errors=True)
        unchanged = len(self.wanted) - len(moves)
        return Tally(tuple(sorted(moves)), tuple(gone), unchanged, tuple(self.problems))

    def _leftovers(self) -> tuple[list[str], dict[str, str]]:
        """Our files that nobody wants any more, and those among them that stay since a hand edited them."""
        gone, kept = [], {}
        for path, ours in self.before.items():
            if path in self.wanted:
                continue
            there = self._digest(path)
            if there in {None, ours}:
                gone.append(path)
                continue
            kept[path] = ours
            message = "is no longer built, but was edited by hand: it stays"
            hint = "delete it yourself if you don't need it"
            problem = Problem(f"{self.shown}/{path}", 0, 0, "output-edited", message, hint, severity="warning")
            self.problems.append(problem)
        return gone, kept

    def _write_journal(self, gone: list[str]) -> Path:
        entry = {"out": os.fspath(self.out), "staging": os.fspath(self.staging), "moves": self.staged, "removals": gone}
        beside = self.journal.with_suffix(".new")
        beside.write_text(json.dumps(entry), encoding="utf-8")
        beside.replace(self.journal)
        return self.journal

    def _note(self, moves: list[str]) -> None:
        for path in moves:
            file = self.out / path
            self.stamps.note(file, file.stat(), self.wanted[path], ours=True)


def recover(journal: Path, staging: Path) -> None:
    """Completes what an earlier run began; without a journal, throws away what it had only staged."""
    if journal.exists():
        _carry_out(journal)
    shutil.rmtree(staging, ignore_errors=True)


def _carry_out(journal: Path) -> None:
    """Does, or does the rest of, what the journal says. Feeds last, so that none names a page that is still to come."""
    try:
        entry = json.loads(journal.read_bytes())
        out, staging = journal.parent / entry["out"], journal.parent / entry["staging"]
        moves, removals = dict(entry["moves"]), list(entry["removals"])
    except (ValueError, KeyError, TypeError):
        journal.unlink()  # it was never valid, so nothing was done by it
        return
    out.mkdir(parents=True, exist_ok=True)
    first = _in_the_way(removals, moves)
    for path in first:
        _remove(out, path)
    for path in sorted(moves, key=lambda move: (move.endswith(".xml"), move == MANIFEST)):
        staged = staging / moves[path]
        if staged.exists():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            _move(staged, out / path)
    for path in removals:
        if path not in first:
            _remove(out, path)
    journal.unlink()


def _in_the_way(removals: Iterable[str], moves: Iterable[str]) -> set[str]:
    """The files that must go before others come: they have a folder's name now, or lie where a file is to be."""
    files = set(moves)
    folders = {folder for path in files for folder in _above(path)}
    return {path for path in removals if path in folders or not files.isdisjoint(_above(path))}


def _above(path: str) -> list[str]:
    """The folders that a file lies in, outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _make_newer(file: Path, before: Path) -> None:
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


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name[:100]}.tagwire-new")
        shutil.copyfile(source, beside)
        beside.replace(target)


def _remove(out: Path, path: str) -> None:
    """Removes a file, and the folders that it leaves empty."""
    (out / path).unlink(missing_ok=True)
    folder = (out / path).parent
    with contextlib.suppress(OSError):
        while folder != out:
            folder.rmdir()
            folder = folder.parent


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _manifest(out: Path) -> dict[str, str]:
    lines = (_read(out / MANIFEST) or b"").decode(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {path: name for name, gap, path in pairs if gap and _inside(path)}


def _inside(path: str) -> bool:
    """A manifest that someone wrote by hand must not make us remove files elsewhere."""
    return not path.startswith("/") and ".." not in path.split("/")


def _spelt(files: dict[str, str]) -> bytes:
    return "".join(f"{name}  {path}\n" for path, name in sorted(files.items())).encode()
