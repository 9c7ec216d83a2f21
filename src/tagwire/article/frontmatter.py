"""The block of settings on top of a content file, with the place of every key.

YAML between `---` lines, TOML between `+++` lines, or Pelican's bare `Title: …` lines up to the first empty one.
Scalars are kept as the text that the owner wrote (`title: 2020` is a text, `published: 2020-07-24T09:00+03:00`
keeps its zone); what they mean is decided in `fields`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from tagwire import toml
from tagwire.article import plainyaml
from tagwire.article.values import Broken, Key, Value
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import dataclass

    from tagwire.article.values import Kind
else:
    from tagwire.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """A content file taken apart."""

    keys: tuple[Key, ...]
    body: str
    line: int
    """Line of the file on which the body starts, 1-based."""
    fence: str
    """The line that opened the front matter; empty if there is none."""


_OPENING = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*(?:\n|\Z)")
_ENDINGS = {"---": r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", "+++": r"^\+\+\+[ \t]*(?:\n|\Z)"}
"""`...` ends a document in YAML's own grammar; Pandoc and Jekyll write it."""
_BARE = re.compile(r"(?:title|date)[ \t]*:[ \t]*\S", re.IGNORECASE)


def split(text: str, path: str) -> Parts:
    """Takes a content file apart; `text` has line feeds only.

    Raises:
        Broken: the front matter has no end, or isn't what its fence says.
    """
    opening = _OPENING.match(text)
    if not opening:
        return _bare(text, path) if _BARE.match(text) else Parts((), text, 1, "")
    fence = opening[1]
    first = text.count("\n", 0, opening.start(1)) + 1
    ending = re.compile(_ENDINGS[fence], re.MULTILINE).search(text, opening.end())
    if ending is None:
        hint = f"end the front matter with a line of its own: {fence}"
        message = f"the front matter has no closing `{fence}`"
        raise Broken(Problem(path, first, 1, "front-matter-open", message, hint, fence, 3))
    block = text[opening.end() : ending.start()]
    keys = _yaml(block, path, first + 1) if fence == "---" else _toml(block, path, first + 1)
    return Parts(keys, text[ending.end() :], text.count("\n", 0, ending.end()) + 1, fence)


def _yaml(block: str, path: str, line: int) -> tuple[Key, ...]:
    plain = plainyaml.keys(block, line)
    if plain is not None:
        return plain
    from tagwire.article import yamlkeys  # noqa: PLC0415 - most blocks need no parser, which takes 20 ms to load

    return yamlkeys.keys(block, path, line)


# ------------------------------------------------------------------ Pelican's


def _bare(text: str, path: str) -> Parts:
    block, empty, body = text.partition("\n\n")
    keys = tuple(_bare_keys(block, path))
    return Parts(keys, body, block.count("\n") + 3 if empty else block.count("\n") + 2, block.partition("\n")[0])


def _bare_keys(block: str, path: str) -> Iterator[Key]:
    """Keys of a Python-Markdown `meta` block: a value goes on in lines that are indented by four spaces."""
    found: list[tuple[str, list[str], int, int]] = []
    for number, line in enumerate(block.split("\n"), 1):
        name, colon, text = line.partition(":")
        if line.startswith("    ") and found:
            found[-1][1].append(line.strip())
        elif colon and re.fullmatch(r"[\w-]+", name.strip()):
            found.append((name.strip(), [text.strip()], number, len(line) - len(text.lstrip()) + 1))
        else:
            hint = "leave an empty line between the settings and the text"
            problem = Problem(
                path, number, 1, "front-matter-open", "this is no `Key: value` line", hint, line, len(line)
            )
            raise Broken(problem)
    for name, texts, number, column in found:
        text = " ".join(texts).strip()
        kind: Kind = "text" if text else "null"
        yield Key(name, number, 1, Value(kind, text, (), (), number, column, max(1, len(texts[0]))))


# ------------------------------------------------------------------ TOML


def _toml(block: str, path: str, first: int) -> tuple[Key, ...]:
    lines = block.split("\n")
    try:
        document = toml.read(block)
    except toml.Broken as broken:
        excerpt = lines[broken.line - 1] if 0 < broken.line <= len(lines) else ""
        hint = 'TOML is `name = value`, each name once; texts stand in quotes: title = "Cars"'
        message = f"not valid TOML: {broken.message}"
        line = broken.line + first - 1 if broken.line else first
        raise Broken(Problem(path, line, broken.column, "toml-invalid", message, hint, excerpt)) from broken
    return tuple(_toml_key(name, value, document, first) for name, value in document.table.items())


def _toml_key(name: str, value: object, document: toml.Document, first: int) -> Key:
    spot = document.spot(name)
    if spot is None:
        return Key(name, first, 1, _toml_value(value, first, 1, 1))
    line = spot.line + first - 1
    return Key(name, line, spot.column, _toml_value(value, line, spot.value_column, spot.value_width))


def _toml_value(value: Any, line: int, column: int, width: int) -> Value:  # noqa: ANN401 - whatever TOML can say
    place = (line, column, max(1, width))
    if isinstance(value, bool):
        return Value("bool", str(value).lower(), (), (), *place)
    if isinstance(value, dict):
        return Value("table", "", (), tuple((key, _toml_value(item, *place)) for key, item in value.items()), *place)
    if isinstance(value, list):
        return Value("list", "", tuple(_toml_value(item, *place) for item in value), (), *place)
    if isinstance(value, (dt.date, dt.time)):
        return Value("text", value.isoformat(), (), (), *place)
    if isinstance(value, int) and value.bit_length() > 1000:  # Python refuses to spell out a long one
        return Value("text", "a number of many digits", (), (), *place)
    return Value("text", str(value), (), (), *place)
