"""The keys of a YAML block, each with its place; values as the text that the owner wrote.

libyaml composes the nodes, and no constructor runs: nothing is made of a value but text, lists and tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from tagwire.article.plainyaml import SEPARATORS
from tagwire.article.values import Broken, Key, Value
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.article.values import Kind

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: ten times faster."""
_MOST_NODES = 10_000
_DEEPEST = 40
_TOO_DEEP = f"more than {_DEEPEST} levels of nesting"
_TRUSTED_SIZE = 8192
"""libyaml composes by recursion: about 100,000 open brackets end the process. A text this short can't hold so many."""
_SIMPLE_HINT = "keep it to a few hundred values, nested a few levels deep"
_QUOTING_HINT = 'put a text that has a colon, a quote or a # into quotes: title: "Cars: a story"'
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(f"{_TAG}{name}" for name in "null bool str int float timestamp seq map merge value".split())
_FLOW = {"while parsing a flow sequence": "[", "while parsing a flow mapping": "{"}
_LINE = re.compile(r"\s*(?:- )?([\w-]+): +(\S.*)\Z")


def keys(block: str, path: str, line: int) -> tuple[Key, ...]:
    """The keys of `block`, which starts on `line` of the file `path`.

    Raises:
        Broken: it isn't YAML, or no table of keys, or too large.
    """
    for separator in "" if block.isascii() else SEPARATORS:
        block = block.replace(separator, " ")
    reader = _Reader(block, path, line)
    try:
        reader.refuse_depth()
        root = yaml.compose(block, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise reader.broken_by(error) from error
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)  # of a ReaderError, in bytes of UTF-8
        index = len(block.encode()[:position].decode(errors="ignore"))
        what, hint = getattr(error, "reason", str(error)), "delete this character"
        raise reader.broken("yaml-invalid", what, index, hint) from error
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        hint = "write lines such as `title: Cars`, each with a colon and a space after its key"
        raise reader.broken(
            "yaml-invalid", "lines of the form `key: value` are wanted here", root.start_mark.index, hint
        )
    return tuple(reader.keys(root))


class _Reader:
    """Turns nodes into values; counts them, since an alias can make a small text large."""

    def __init__(self, block: str, path: str, line: int) -> None:
        self.block, self.path, self.line = block, path, line
        self.nodes = 0

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of the file, both 1-based: YAML counts more characters as line ends than we do."""
        before = self.block[:index]
        return before.count("\n") + self.line, len(before) - before.rfind("\n")

    def broken(self, code: str, what: str, index: int, hint: str) -> Broken:
        """Why the block can't be read, at the character `index` of it."""
        line, column = self.place(index)
        excerpt = self.block[index - column + 1 :].partition("\n")[0]
        what = f"not valid YAML: {what}" if code == "yaml-invalid" else what
        return Broken(Problem(self.path, line, column, code, what, hint, excerpt))

    def broken_by(self, error: yaml.MarkedYAMLError) -> Broken:
        """The same for what libyaml says; its mark is useless where it is the end of the block."""
        what, flow, mark = error.problem or "can't be read", _FLOW.get(error.context or ""), error.context_mark
        if "nesting depth" in what:  # a limit of libyaml's own, since PyYAML 6.0.4
            at = error.problem_mark.index if error.problem_mark else 0
            return self.broken("yaml-too-deep", _TOO_DEEP, at, _SIMPLE_HINT)
        if mark and error.context == "while scanning a quoted scalar" and "end of stream" in what:
            hint = "end the text with the quote that it begins with"
            return self.broken("yaml-invalid", "a quote that nothing closes", mark.index, hint)
        if flow and mark and (not error.problem_mark or error.problem_mark.line != mark.line):
            hint = f"close it, or put the text into quotes if `{flow}` belongs to it"
            return self.broken("yaml-invalid", f"a `{flow}` that nothing closes", mark.index, hint)
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark and self.block[mark.index :].strip()]
        if not marks:
            return self.broken("yaml-invalid", what, max(0, len(self.block.rstrip()) - 1), _QUOTING_HINT)
        found = self.broken("yaml-invalid", what, marks[0].index, _QUOTING_HINT).problem
        return Broken(
            Problem(found.path, found.line, found.column, found.code, found.message, _mended(found), found.excerpt)
        )

    def refuse_depth(self) -> None:
        """Raises `Broken` before libyaml's own recursion ends the process."""
        if len(self.block) <= _TRUSTED_SIZE:
            return
        depth = 0
        for event in yaml.parse(self.block, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                at = event.start_mark.index if event.start_mark else 0
                raise self.broken("yaml-too-deep", _TOO_DEEP, at, _SIMPLE_HINT)

    def keys(self, root: yaml.MappingNode) -> Iterator[Key]:
        for name, node in root.value:
            line, column = self.place(name.start_mark.index)
            yield Key(self.name(name), line, column, self.value(node, 0))

    def name(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            hint = "a key is a word: write `key: value`"
            raise self.broken("yaml-invalid", "a key is not a text", node.start_mark.index, hint)
        return str(node.value)

    def value(self, node: yaml.Node, depth: int) -> Value:
        start = node.start_mark.index
        self.nodes += 1
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            what = f"more than {_MOST_NODES} values, or more than {_DEEPEST} levels of nesting"
            raise self.broken("yaml-too-deep", what, start, _SIMPLE_HINT)
        if node.tag not in _PLAIN_TAGS:
            hint = "put a text that starts with `!` into quotes"
            raise self.broken(
                "yaml-invalid", f"the tag `{node.tag.replace(_TAG, '!!')}` means nothing here", start, hint
            )
        line, column = self.place(start)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, line, column)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.value(item, depth + 1) for item in node.value)
            return Value("list", "", items, (), line, column, 1)
        return Value("table", "", (), tuple(self.pairs(node, depth)), line, column, 1)

    def pairs(self, node: yaml.Node, depth: int) -> Iterator[tuple[str, Value]]:
        seen: set[str] = set()
        for key, item in node.value:
            name = self.name(key)
            if name in seen:
                what = f"`{name}` is there twice"
                raise self.broken("key-twice", what, key.start_mark.index, "delete one of the two")
            seen.add(name)
            yield name, self.value(item, depth + 1)

    def scalar(self, node: yaml.ScalarNode, line: int, column: int) -> Value:
        kinds: dict[str, Kind] = {f"{_TAG}null": "null", f"{_TAG}bool": "bool"}
        start, end = node.start_mark.index, node.end_mark.index
        written = self.block[start:end].partition("\n")[0]
        rest = self.block[end:].partition("\n")[0] if node.style not in {"'", '"', "|", ">"} else ""
        cut = rest.strip() if rest.lstrip().startswith("#") else ""
        return Value(kinds.get(node.tag, "text"), node.value, (), (), line, column, max(1, len(written)), cut)


def _mended(problem: Problem) -> str:
    """The owner's own line with quotes around its text, where they are what it lacks."""
    indent = problem.excerpt[: problem.column]
    if "\t" in indent and not indent.strip():
        return "indent with spaces, not with a tab"
    line = _LINE.match(problem.excerpt)
    if not line or len(problem.excerpt) > _LONGEST_MENDED:
        return _QUOTING_HINT
    name, text = line[1], line[2].strip()
    if text[0] in "[{|>" and name.lower() not in {"title", "summary", "description"}:
        return _QUOTING_HINT
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'put the text into quotes: {name}: "{escaped}"'


_LONGEST_MENDED = 100
