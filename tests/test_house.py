"""The house holds: imports run down only, one library has one room, pure rooms know no world."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tagwire

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(tagwire.__file__).parent

FLOORS = {
    6: {"cli", "__main__", "api"},
    5: {"publish", "serve"},
    4: {"pipeline"},
    3: {
        "intake",
        "article",
        "prose",
        "images",
        "plan",
        "theme",
        "feeds",
        "lint",
        "memo",
        "disk",
        "config",
        "hosts",
        "ledger",
        "web",
        "search",
        "feedread",
    },
    1: {
        "model",
        "views",
        "names",
        "sentences",
        "problems",
        "characters",
        "toml",
        "digests",
        "words",
        "categories",
        "frozen",
    },
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms}

OWNERS = {
    "click": {"cli"},
    "watchfiles": {"serve"},
    "feedparser": {"feedread"},
    "httpcore": {"web"},
    "markdown": {"prose"},
    "comrak": {"prose"},
    "brotli": {"hosts", "intake"},
    "distributed": {"pipeline"},
    "nh3": {"prose"},
    "PIL": {"images"},
    "pagefind": {"search"},
    "pygments": {"prose"},
    "latex2mathml": {"prose"},
    "jinja2": {"theme"},
    "markupsafe": {"theme"},
    "babel": {"theme"},
    "feedgen": {"feeds"},
    "sqlite3": {"memo"},
    "trafilatura": {"intake"},
    "charset_normalizer": {"intake"},
    "rich": {"cli"},
    "mammoth": {"intake"},
    "pypdf": {"intake"},
    "warcio": {"intake"},
    "py3langid": {"intake"},
    "lxml": {"intake", "feeds", "lint"},
    "yaml": {"article", "intake"},
    "tomllib": {"toml"},
}
"""design.md section 2: lxml and PyYAML may be used where needed, every other library has one room."""

PURE = {
    "model",
    "views",
    "names",
    "sentences",
    "problems",
    "categories",
    "characters",
    "toml",
    "digests",
    "frozen",
    "words",
    "config",
    "article",
    "prose",
    "plan",
    "theme",
    "feeds",
    "lint",
    "hosts",
    "ledger",
    "intake",
    "images",
}
WORLD = {
    "os", "io", "pathlib", "shutil", "tempfile", "glob", "time", "random", "secrets", "locale", "socket", "subprocess",
    "threading", "getpass", "platform", "urllib.request", "http", "sqlite3", "signal",
}  # fmt: skip
HARMLESS = {
    "io.BytesIO", "io.RawIOBase", "io.BufferedReader", "pathlib.PurePosixPath", "pathlib.Path", "threading.local",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "uuid1", "uuid4", "open", "print", "input", "getenv", "environ"}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room that a module stands in; the package's own `__init__` is in none."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imported(path: Path) -> list[tuple[str, int]]:
    """(dotted name, line) of everything that a module imports, wherever it does: also for types only."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
class TestEveryModule:
    """What holds for each module by itself."""

    def test_it_stands_in_a_known_room(self, path: Path) -> None:
        """A new room is a decision: it gets a floor here and a line in CONTRIBUTING."""
        assert room_of(path) in {"", *FLOOR}

    def test_its_imports_run_down(self, path: Path) -> None:
        """A room imports lower floors and itself, never its neighbours; floor 1's rooms may use one another."""
        room = room_of(path)
        wrong = []
        for name, line in imported(path):
            parts = name.split(".")
            if parts[0] != "tagwire" or len(parts) < 2 or not room:
                continue
            other = parts[1]
            if other == room or other.startswith("__"):
                continue
            lower = FLOOR[other] < FLOOR[room]
            if not lower and not FLOOR[other] == FLOOR[room] == 1 and (room, other) != ("__main__", "cli"):
                wrong.append(f"{path.name}:{line} imports {other}")
        assert wrong == []

    def test_it_uses_its_own_libraries_only(self, path: Path) -> None:
        """Each foreign library has one owner room (lxml and PyYAML a few), and no library is unknown."""
        wrong = []
        for name, line in imported(path):
            library = name.split(".")[0]
            foreign = library not in sys.stdlib_module_names and library != "tagwire"
            if (foreign or library in OWNERS) and room_of(path) not in OWNERS.get(library, set()):
                wrong.append(f"{path.name}:{line} imports {library}")
        assert wrong == []

    def test_a_pure_room_touches_no_world(self, path: Path) -> None:
        """No clock, disk, environment, network or randomness where decisions are made."""
        if room_of(path) not in PURE:
            return
        wrong = [
            f"{path.name}:{line} imports {name}"
            for name, line in imported(path)
            if any(name == world or name.startswith(f"{world}.") for world in WORLD) and name not in HARMLESS
        ]
        wrong += [
            f"{path.name}:{node.lineno} calls {called(node)}"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and called(node) in CLOCKS
        ]
        assert wrong == []


def called(node: ast.Call) -> str:
    """The last part of a called name: `now` of `datetime.now()`; `open`, but not `path.open`'s like in `words.open`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr if node.func.attr not in {"open", "print", "input"} else ""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_pathlib_in_pure_rooms_is_pure() -> None:
    """A pure room may reckon with paths (`PurePosixPath`), or name `Path` as a type, but touch none."""
    wrong = []
    for path in modules():
        if room_of(path) in PURE:
            names = [name for name, _ in imported(path) if name.startswith("pathlib")]
            wrong += [f"{path}: {name}" for name in names if name != "pathlib.PurePosixPath"]
    assert wrong == []


def test_every_room_says_what_it_is_for() -> None:
    """Each module has a docstring."""
    silent = [str(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_no_file_is_crowded() -> None:
    """A module has some 300 lines at most; one with more needs a reason, given here."""
    allowed = {
        "model.py": "every value that flows, each field with its line of documentation",
        "views.py": "every value that a template sees, as model.py",
    }
    crowded = {
        path.name: lines
        for path in modules()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 310 and path.name not in allowed
    }
    assert crowded == {}


LONG = {
    "intake/exports/wxr.py _item": "one expression: a post, field by field, with the name that WordPress gives each",
    "plan/__init__.py lay_out": "the order in which a site is decided, a step a line",
    "pipeline/__init__.py _anew": "the order of a build, a step a line",
}
"""Functions of more than 35 lines, and why each is easier to read whole."""


def long_functions(path: Path) -> Iterator[tuple[str, int]]:
    """Those with a body (signature and docstring apart) of more than 35 lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > 35:
                yield f"{path.relative_to(PACKAGE).as_posix()} {node.name}", lines


def test_no_function_is_long() -> None:
    """A function has some 30 lines at most, and does one thing; those that have more are named, with the reason."""
    found = dict(long for path in modules() for long in long_functions(path))
    assert {name: lines for name, lines in found.items() if name not in LONG} == {}


def test_no_room_is_a_lumber_room() -> None:
    """No module is named for being everybody's."""
    names = {path.stem for path in modules()}
    assert names & {"utils", "util", "helpers", "common", "core", "misc", "tools"} == set()
