"""Front matter as nearly everybody writes it, read without a YAML parser: it gives what `yamlkeys` would, or nothing.

libyaml makes three objects of every scalar, and counts lines for each. A block whose rows are all of the few kinds
below means one thing only; any other block, down to one with a comment or an empty line, is left to the parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.article.values import Key, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 8192
SEPARATORS = "\x85\u2028\u2029"
"""Line ends to YAML and to no one else: word processors leave them inside of titles."""
_LAST = "\ud7ff"
"""The last character that may stand in a block. In patterns it would be a range of 55,000, each of which takes 5 ms."""
_DOUBLE = r'"[^\x00-\x1f"\\\x7f-\x9f]*(?:\\["\\][^\x00-\x1f"\\\x7f-\x9f]*)*"'
_ESCAPED = re.compile(r'\\(["\\])')
_SINGLE = r"'[^\x00-\x1f'\x7f-\x9f]*'"
_DATE = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
_BARE = r"[A-Za-z](?:[A-Za-z0-9 ./_+-]*[A-Za-z0-9./_+])?"
"""A text that needs no quotes anywhere; no colon, comma, bracket or number sign is in it."""
_ITEM = rf"{_DOUBLE}|{_SINGLE}|{_BARE}"
_SCALAR = rf"(?P<quoted>{_DOUBLE}|{_SINGLE})|(?P<plain>{_DATE}|{_BARE})"
_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_ROW = re.compile(
    rf"(?P<key>{_NAME}):(?: (?:{_SCALAR}|(?P<list>\[(?:(?:{_ITEM})(?:, ?(?:{_ITEM}))*)?\]))\n"
    rf"|\n(?P<table>(?:  {_NAME}: (?:{_ITEM}|{_DATE})\n)+|(?:(?:  )?- (?:{_ITEM}|{_DATE})\n)+))"
)
_INNER = re.compile(rf"(?P<indent>  |)(?:- |(?P<key>{_NAME}): )(?:{_SCALAR})\n")
_ENTRY = re.compile(rf"(?P<quoted>{_DOUBLE}|{_SINGLE})|(?P<plain>{_BARE})")
_MEANING = frozenset("y n yes no true false on off null".split())
"""Bare words that are no text to YAML, or weren't in one of its versions."""


def keys(block: str, line: int) -> tuple[Key, ...] | None:
    """The keys of `block`, which starts on `line`; None where the parser must look."""
    if len(block) > _LONGEST:
        return None
    if not block.isascii():
        for separator in SEPARATORS:
            block = block.replace(separator, " ")
        if max(block) > _LAST:
            return None
    found, at = [], 0
    while at < len(block):
        row = _ROW.match(block, at)
        value = _value(row, line) if row else None
        if row is None or value is None:
            return None
        found.append(Key(row["key"], line, 1, value))
        at, line = row.end(), line + (row["table"] or "").count("\n") + 1
    return tuple(found)


def _value(row: re.Match[str], line: int) -> Value | None:
    if row["list"] is not None:
        begin = row.start("list")
        column = begin - row.start() + 1
        entries = _ENTRY.finditer(row.string, begin, row.end("list"))
        return _listed([_scalar(each, line, each.start() - row.start()) for each in entries], line, column)
    if row["table"] is None:
        return _scalar(row, line, row.start(row.lastgroup or 0) - row.start())
    return _block(row, line + 1)


def _block(row: re.Match[str], first: int) -> Value | None:
    """A list or a table in rows of its own, all indented alike."""
    begin, end = row.span("table")
    rows = list(_rows(row.string, begin, end))
    names = [each["key"] for each in rows]
    values = [
        _scalar(each, line, each.start(each.lastgroup or 0) - each.start()) for line, each in enumerate(rows, first)
    ]
    column = len(rows[0]["indent"]) + 1
    if len({each["indent"] for each in rows}) > 1 or None in values:
        return None
    if names[0] is None:
        return _listed(values, first, column)
    if len(set(names)) < len(names):
        return None
    pairs = tuple((name, value) for name, value in zip(names, values, strict=True) if value)
    return Value("table", "", (), pairs, first, column, 1)


def _rows(text: str, at: int, end: int) -> Iterator[re.Match[str]]:
    while at < end and (found := _INNER.match(text, at, end)):
        yield found
        at = found.end()


def _listed(values: list[Value | None], line: int, column: int) -> Value | None:
    items = tuple(value for value in values if value)
    return Value("list", "", items, (), line, column, 1) if len(items) == len(values) else None


def _scalar(found: re.Match[str], line: int, offset: int) -> Value | None:
    written = found["quoted"]
    if written is not None:
        said = written[1:-1]
        if written[0] == '"' and "\\" in said:
            said = _ESCAPED.sub(r"\1", said)
        return Value("text", said, (), (), line, offset + 1, len(written))
    written = found["plain"]
    return None if written.lower() in _MEANING else Value("text", written, (), (), line, offset + 1, len(written))
