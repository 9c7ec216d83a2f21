"""Whether anything has happened since the last build of the same command line: told by `stat` alone.

An owner builds dozens of times a day, and mostly nothing or little changed. So this file, and what it imports, loads
next to nothing, and compares two long rows of numbers. It never decides what to do: where anything is unlike it was,
whatever that may be, the build itself looks.
"""

from __future__ import annotations

import os
import sys
import time
from array import array

from tagwire.disk import boot, libraries, parts

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib costs 10 ms
_KEPT = 16
"""Command lines that are remembered for a site."""
_SEPARATOR = "\0"


Listing = tuple[list[str], list[str], "array[int]"]
"""Names of a folder's files, of the folders in it, and of each file size, mtime, ctime and inode; no links."""


class Unsure(Exception):
    """There is something that a row of numbers doesn't tell, such as a link."""


class Survey:
    """What there is to build from, as numbers: every file of the site, of the theme and of the program itself."""

    def __init__(self, root: str, theme: str) -> None:
        """Raises: Unsure; OSError for what can't be listed; OverflowError for what no 64 bits hold."""
        self.begun, self.of = time.time_ns(), (root, theme)
        self.folders: dict[str, Listing] = {}
        """What each folder holds."""
        self._names: list[str] = [sys.version, boot.name(), *sys.path]
        self._marks = array("q")
        for folder in (f"{root}/content", f"{root}/theme", theme, _PACKAGE):
            self._enter(folder)
        for path in (f"{root}/tagwire.toml", f"{root}/pyproject.toml"):
            self._single(path)
        here = {"", root, os.getcwd()}  # noqa: PTH109 - as above; Python looks there too, and each build changes it
        for path in (*sys.path, *libraries.zone_files()):  # where libraries come and go
            if path not in here:
                self._single(path)

    def _enter(self, folder: str) -> None:
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            return
        names, inside, marks, fit = list[str](), list[str](), array("q"), parts.POSITIVE
        with entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    inside.append(name)
                    continue
                if not entry.is_file(follow_symlinks=False):
                    raise Unsure(entry.path)
                stat = entry.stat()
                names.append(name)
                marks.extend((stat.st_size, stat.st_mtime_ns & fit, stat.st_ctime_ns, stat.st_ino & fit))
        self.folders[folder] = names, inside, marks
        self._names += (folder, *names)
        self._marks += marks
        for name in inside:
            if name != "__pycache__":
                self._enter(f"{folder}/{name}")

    def _single(self, path: str) -> None:
        try:
            stat = os.stat(path)  # noqa: PTH116 - as above
        except (FileNotFoundError, NotADirectoryError):
            return
        self._names.append(path)
        fit = parts.POSITIVE
        self._marks.extend((stat.st_size, stat.st_mtime_ns & fit, stat.st_ctime_ns, stat.st_ino & fit))

    def is_later(self, when: int) -> bool:
        """Whether it was made after that time, which a file's date tells: for certain."""
        return self.begun > when + parts.grain(when)

    def is_racy(self) -> bool:
        """Whether a file is so new that a later change within the same tick of the clock would not show."""
        newest = max(self._marks[2::4], default=0)
        return newest > self.begun - parts.grain(newest)

    def saved(self) -> list[bytes]:
        """To be compared with a later one's."""
        return [_SEPARATOR.join(self._names).encode(errors="surrogateescape"), self._marks.tobytes()]


def recall(arguments: list[str], seen: list[Survey] | None = None) -> tuple[str, str] | None:
    """What a build with these arguments would print to stdout and stderr, if there is nothing for it to do.

    What was looked at for that is put into `seen`.
    """
    try:
        root = _root(arguments)
        with open(_file(root, arguments), "rb") as file:  # noqa: PTH123 - as above
            found = parts.split(file.read())
        return _checked(root, arguments, found, [] if seen is None else seen) if found else None
    except (OSError, Unsure, ValueError, IndexError, OverflowError):
        return None


def _checked(root: str, arguments: list[str], found: list[bytes], seen: list[Survey]) -> tuple[str, str] | None:
    asked, begins, ends, theme, out, names, marks, text, errors, *survey = found
    now = time.time_ns() // 1000
    if asked != _identity(arguments) or not int(begins) <= now < int(ends):
        return None
    if any(name.startswith("journal-") for name in os.listdir(f"{root}/.tagwire")):  # noqa: PTH208 - as above
        return None
    seen.append(Survey(root, theme.decode(errors="surrogateescape")))
    if seen[0].saved() != survey:
        return None
    paths = names.decode(errors="surrogateescape").split(_SEPARATOR)
    if _marks(out.decode(errors="surrogateescape"), paths) != marks:
        return None
    return text.decode(), errors.decode()


def _marks(out: str, paths: list[str]) -> bytes:
    marks: list[int] = []
    stat_of, fit = os.stat, parts.POSITIVE
    for path in paths:
        stat = stat_of(f"{out}/{path}")
        marks += (stat.st_size, stat.st_mtime_ns & fit, stat.st_ctime_ns, stat.st_ino & fit)
    return array("q", marks).tobytes()


def keep(  # noqa: PLR0913 - what was built, and what it was built from
    arguments: list[str],
    survey: Survey | None,
    *,
    theme: str,
    out: str,
    paths: list[str],
    marks: array[int],
    window: tuple[int, int],
    printed: tuple[str, str],
) -> None:
    """Remembers that a build with these arguments, of what `survey` saw, left `paths` below `out` with these `marks`.

    `window`: nothing becomes due or expires from the first until before the second, in microseconds since 1970.
    `marks`: size, mtime, ctime and inode of each path. `printed`: what a build prints that has nothing to do.
    """
    if survey is None or survey.is_racy():
        return
    texts = [theme, out, _SEPARATOR.join(paths)]
    encoded = [text.encode(errors="surrogateescape") for text in texts]
    head = [_identity(arguments), str(window[0]).encode(), str(window[1]).encode(), *encoded]
    told = [marks.tobytes(), printed[0].encode(), printed[1].encode()]
    file = _file(_root(arguments), arguments)
    _make_room(os.path.dirname(file))  # noqa: PTH120 - as above
    with open(f"{file}.new", "wb") as beside:  # noqa: PTH123 - as above
        beside.write(parts.joined([*head, *told, *survey.saved()]))
    os.replace(f"{file}.new", file)  # noqa: PTH105 - as above


def _make_room(folder: str) -> None:
    """Old command lines go."""
    kept = sorted((entry for entry in os.scandir(folder) if entry.name.startswith("settled-")), key=_age)
    for entry in kept[: -_KEPT + 1]:
        os.unlink(entry.path)  # noqa: PTH108 - as above


def _age(entry: os.DirEntry[str]) -> int:
    return entry.stat().st_mtime_ns


def _root(arguments: list[str]) -> str:
    return os.path.realpath(arguments[1] if arguments[:1] == ["-C"] else ".")


def _file(root: str, arguments: list[str]) -> str:
    return f"{root}/.tagwire/settled-{parts.short(_identity(arguments))}"


def _identity(arguments: list[str]) -> bytes:
    """All that decides what a command line means and how its result is printed, but the site itself and the time."""
    environment = [os.environ.get(name, "") for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH")]
    streams = [f"{stream.encoding} {stream.isatty()}" for stream in (sys.stdout, sys.stderr)]
    told = [os.getcwd(), *environment, *streams, *arguments]  # noqa: PTH109 - as above
    return _SEPARATOR.join(told).encode(errors="surrogateescape")
