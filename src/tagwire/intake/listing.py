"""Lists in plain text: bullets and numbers, nested by indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tagwire.intake.pieces import Line, skip_blank
from tagwire.intake.wrapping import forced

if TYPE_CHECKING:
    from collections.abc import Sequence

_BULLET = re.compile(r"([-*•‣◦▪●–·+]|o(?=  ))\s+(?=\S)")
_NUMBER = re.compile(r"([1-9]\d{0,2})([.)])\s+(?=\S)")


@dataclass(slots=True)
class Item:
    """The lines of one item, without its marker and dedented."""

    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as its lines."""

    items: tuple[Item, ...]
    start: int
    """Number of the first item; 0 for bullets."""
    end: int
    """Index of the first line behind it."""
    loose: bool


@dataclass(frozen=True, slots=True)
class _Marker:
    sign: str
    number: int
    width: int
    """Columns to the text."""


def starts(line: Line) -> bool:
    """Whether `line` begins as an item of a list does."""
    return _marker(line) is not None


def _marker(line: Line) -> _Marker | None:
    bare = line.bare
    if found := _BULLET.match(bare):
        return _Marker(found[1], 0, line.indent + found.end())
    if found := _NUMBER.match(bare):
        return _Marker(found[2], int(found[1]), line.indent + found.end())
    return None


def take(lines: Sequence[Line], begin: int, width: int, least: int) -> Listing | None:
    """The list that begins at index `begin`, if at least `least` items follow each other there.

    Numbers must count up by one, or Markdown would show others.
    """
    first = _marker(lines[begin])
    if first is None:
        return None
    base, items, loose = lines[begin].indent, list[Item](), False
    at, end = begin, begin
    while at < len(lines) and _fits(lines[at], base, first, len(items)):
        item, end = _item(lines, at, base, width)
        items.append(item)
        at = skip_blank(lines, end)
        loose = loose or (at > end and at < len(lines) and _fits(lines[at], base, first, len(items)))
    return Listing(tuple(items), first.number, end, loose) if len(items) >= least else None


def _fits(line: Line, base: int, first: _Marker, done: int) -> bool:
    marker = _marker(line)
    if marker is None or abs(line.indent - base) > 1 or marker.sign != first.sign:
        return False
    return marker.number == (first.number + done if first.number else 0)


def _item(lines: Sequence[Line], at: int, base: int, width: int) -> tuple[Item, int]:
    """The item at index `at`, and the index of the first line behind it."""
    marker = _marker(lines[at])
    inside = marker.width if marker else base
    item = Item([Line(lines[at].number, lines[at].bare[inside - lines[at].indent :])])
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if line.blank:
            later = skip_blank(lines, end)
            if later == len(lines) or lines[later].indent < base + 2:
                break
            item.lines += [Line(gap.number, "") for gap in lines[end:later]]
            end = later
        elif line.indent > base + 1 or _lazy(lines[end - 1], line, width):
            item.lines.append(line.dedent(inside))
            end += 1
        else:
            break
    return item, end


def _lazy(before: Line, line: Line, width: int) -> bool:
    """Whether a line at the margin goes on with the item above it."""
    return not before.blank and _marker(line) is None and forced(before, line, width)
