"""TOML with the place of every key: what `tomllib` reads, and where each thing stands in the text.

It knows no setting. A text is read to the end or is `Broken` at a place.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tagwire.frozen import dataclass


class Broken(ValueError):
    """The text isn't TOML."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key stands, and its value; lines and columns are 1-based."""

    line: int
    column: int
    width: int
    value_column: int
    """Of a value; of the key where the value is a table of its own."""
    value_width: int
    """Up to the end of the line."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read."""

    table: dict[str, Any]
    spots: dict[tuple[str, ...], Spot]

    def spot(self, *path: str) -> Spot | None:
        """Where `path` stands, or what it is in (an inline table has one place)."""
        while path and path not in self.spots:
            path = path[:-1]
        return self.spots.get(path)


def read(text: str) -> Document:
    """The table in `text`.

    Raises:
        Broken: it isn't TOML.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise Broken("lists or tables are nested too deep", *_deepest(text)) from error
    except ValueError as error:  # TOMLDecodeError is one; a number of 5000 digits is a bare one
        raise _broken(str(error), text) from error
    return Document(table, _Scan(text).spots)


_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


def _broken(said: str, text: str) -> Broken:
    place = _PLACE.search(said)
    what = _PLACE.sub("", said)
    what = "a text has no closing quote on its line" if "character '\\n'" in what else what[:1].lower() + what[1:]
    if place and place[1]:
        return Broken(what, int(place[1]), int(place[2]))
    if place:
        end = text.rstrip()
        return Broken(f"{what} at the end of the file", end.count("\n") + 1, len(end) - end.rfind("\n"))
    return Broken("a number is too long" if "integer string" in said else what, 0, 0)


def _deepest(text: str) -> tuple[int, int]:
    """Where the first run of brackets stands that no one writes by hand."""
    run = re.search(r"(?:[\[{][\s\w=]*){40}", text)
    start = run.start() if run else 0
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


# ------------------------------------------------------------------ places

_STRING = r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_TOKEN = re.compile(rf"(?P<string>{_STRING})|(?P<note>#[^\n]*)|(?P<mark>[\[\]{{}}=.,\n])|(?P<bare>[\w+:-]+)", re.DOTALL)


class _Scan:
    """Finds where keys stand in a text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.spots: dict[tuple[str, ...], Spot] = {}
        self.tokens = list(_TOKEN.finditer(text))
        self.at = 0
        table: tuple[str, ...] = ()
        while self.at < len(self.tokens):
            first = self.tokens[self.at]
            if first[0] == "[":
                table = self._path("]")
                self._note((), table, first)
            elif first["string"] or first["bare"]:
                self._note(table, self._path("="), first)
            self._skip()

    def _path(self, end: str) -> tuple[str, ...]:
        """The parts of a key, up to `end`."""
        parts: list[str] = []
        while self.tokens[self.at][0] != end:
            token = self.tokens[self.at]
            if token["string"]:
                parts.append(str(tomllib.loads(f"x = {token[0]}")["x"]))
            elif token["bare"]:
                parts.append(token[0])
            self.at += 1
        return tuple(parts)

    def _skip(self) -> None:
        """Goes behind the statement: a value may have many lines."""
        depth = 0
        while self.at < len(self.tokens):
            mark = self.tokens[self.at][0]
            self.at += 1
            if mark == "\n" and depth <= 0:
                return
            depth += (mark in {"[", "{"}) - (mark in {"]", "}"})

    def _note(self, table: tuple[str, ...], path: tuple[str, ...], first: re.Match[str]) -> None:
        row = bisect.bisect_right(self.starts, first.start()) - 1
        line = self.lines[row].rstrip()
        begin = value = first.start() - self.starts[row]
        width = len(line) - begin
        if first[0] != "[":
            width = len(first[0])
            after = self.tokens[self.at].end() - self.starts[row]
            value = len(line) - len(line[after:].lstrip())
        spot = Spot(row + 1, begin + 1, width, value + 1, max(1, len(line) - value))
        for length in range(1, len(path) + 1):
            self.spots.setdefault((*table, *path[:length]), spot)
