"""The block of settings on top of a content file, with the place of every key.

YAML between `---` lines, TOML between `+++` lines. Scalars are kept as the text that the owner wrote
(`title: 2020` is a text, `published: 2020-07-24T09:00+03:00` keeps its zone); what they mean is decided in `fields`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml

from tagwire import toml
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "null", "bool", "list", "table"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the front matter."""

    kind: Kind
    text: str
    """As written, for a text, bool or null."""
    items: tuple[Value, ...]
    """Of a list."""
    pairs: tuple[tuple[str, Value], ...]
    """Of a table, in order."""
    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter, and its value."""

    name: str
    line: int
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class Parts:
    """A content file taken apart."""

    keys: tuple[Key, ...]
    body: str
    line: int
    """Line of the file on which the body starts, 1-based."""


_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
_MOST_NODES = 10_000
_DEEPEST = 40
_TRUSTED_SIZE = 8192
"""libyaml composes by recursion: about 100,000 open brackets end the process. A text this short can't hold so many."""


class Broken(Exception):
    """The front matter can't be read; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def split(text: str, path: str) -> Parts:
    """Takes a content file apart; `text` has line feeds only.

    Raises:
        Broken: the front matter has no end, or isn't what its fence says.
    """
    opening = _OPENING.match(text)
    if not opening:
        return Parts((), text, 1)
    fence = opening[1]
    ending = re.compile(rf"^{re.escape(fence)}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end())
    if ending is None:
        hint = f"end the front matter with a line of its own: {fence}"
        problem = Problem(path, 1, 1, "front-matter-open", f"the front matter has no closing `{fence}`", hint, fence, 3)
        raise Broken(problem)
    block = text[opening.end() : ending.start()]
    keys = _yaml(block, path) if fence == "---" else _toml(block, path)
    return Parts(keys, text[ending.end() :], text.count("\n", 0, ending.end()) + 1)


# ------------------------------------------------------------------ YAML


def _yaml(block: str, path: str) -> tuple[Key, ...]:
    lines = block.split("\n")
    try:
        _refuse_depth(block, path)
        root = yaml.compose(block, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = _place(block, mark.index) if mark else (0, 0)
        raise Broken(_broken_yaml(error.problem or "can't be read", path, line, column, lines)) from error
    except yaml.YAMLError as error:
        raise Broken(_broken_yaml(str(error).partition("\n")[0], path, 0, 0, lines)) from error
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise Broken(_broken_yaml("a list of `key: value` lines is wanted here", path, 1, 1, lines))
    return tuple(_YamlReader(block, path).keys(root))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: ten times faster."""


def _place(block: str, index: int) -> tuple[int, int]:
    """Line and column of the file, both 1-based: YAML counts more characters as line ends than we do."""
    before = block[:index]
    return before.count("\n") + 2, len(before) - before.rfind("\n")


def _broken_yaml(what: str, path: str, line: int, column: int, lines: list[str]) -> Problem:
    excerpt = lines[line - 2] if 2 <= line < len(lines) + 2 else ""
    hint = 'put a text that has a colon, a quote or a # into quotes: title: "Cars: a story"'
    return Problem(path, line, column, "yaml-invalid", f"not valid YAML: {what}", hint, excerpt)


def _refuse_depth(block: str, path: str) -> None:
    if len(block) <= _TRUSTED_SIZE:
        return
    depth = 0
    for event in yaml.parse(block, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark = event.start_mark
            line, column = _place(block, mark.index) if mark else (0, 0)
            raise Broken(Problem(path, line, column, "yaml-too-deep", f"more than {_DEEPEST} levels of nesting"))


class _YamlReader:
    """Turns nodes into values; counts them, since an alias can make a small text large."""

    def __init__(self, block: str, path: str) -> None:
        self.block = block
        self.path = path
        self.nodes = 0

    def keys(self, root: yaml.MappingNode) -> Iterator[Key]:
        for name, node in root.value:
            line, column = _place(self.block, name.start_mark.index)
            if not isinstance(name, yaml.ScalarNode):
                raise Broken(Problem(self.path, line, column, "yaml-invalid", "not valid YAML: a key is not a text"))
            yield Key(name.value, line, column, self.value(node, 0))

    def value(self, node: yaml.Node, depth: int) -> Value:
        line, column = _place(self.block, node.start_mark.index)
        self.nodes += 1
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            message = f"more than {_MOST_NODES} values, or more than {_DEEPEST} levels of nesting"
            raise Broken(Problem(self.path, line, column, "yaml-too-deep", message))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node, line, column)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.value(item, depth + 1) for item in node.value)
            return Value("list", "", items, (), line, column, 1)
        pairs = tuple(
            (str(key.value) if isinstance(key, yaml.ScalarNode) else "", self.value(item, depth + 1))
            for key, item in node.value
        )
        return Value("table", "", (), pairs, line, column, 1)


def _scalar(node: yaml.ScalarNode, line: int, column: int) -> Value:
    kind: Kind = {"tag:yaml.org,2002:null": "null", "tag:yaml.org,2002:bool": "bool"}.get(node.tag, "text")  # type: ignore[assignment]
    width = node.end_mark.index - node.start_mark.index if node.end_mark.line == node.start_mark.line else 1
    return Value(kind, node.value, (), (), line, column, max(1, width))


# ------------------------------------------------------------------ TOML


def _toml(block: str, path: str) -> tuple[Key, ...]:
    lines = block.split("\n")
    try:
        document = toml.read(block)
    except toml.Broken as broken:
        excerpt = lines[broken.line - 1] if 0 < broken.line <= len(lines) else ""
        hint = 'TOML is `name = value`, each name once; texts stand in quotes: title = "Cars"'
        message = f"not valid TOML: {broken.message}"
        line = broken.line + 1 if broken.line else 1
        raise Broken(Problem(path, line, broken.column, "toml-invalid", message, hint, excerpt)) from broken
    return tuple(_toml_key(name, value, document) for name, value in document.table.items())


def _toml_key(name: str, value: object, document: toml.Document) -> Key:
    spot = document.spot(name)
    if spot is None:
        return Key(name, 2, 1, _toml_value(value, 2, 1, 1))
    line = spot.line + 1
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
    return Value("text", str(value), (), (), *place)
