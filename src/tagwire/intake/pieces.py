"""The parts of a plain text: what its lines mean, and which lines they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, without its line end."""

    number: int
    """1-based."""
    text: str
    """Tabs made spaces, no white space at its end."""

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on it."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """Columns of white space in front."""
        bare = self.text.lstrip(_INDENT)
        return columns(self.text[: len(self.text) - len(bare)])

    @property
    def bare(self) -> str:
        """The text without the white space in front."""
        return self.text.lstrip(_INDENT)

    def dedent(self, width: int) -> Line:
        """The line without at most `width` columns of white space in front."""
        text = self.text
        while width > 0 and text and text[0] in _INDENT:
            width -= columns(text[0])
            text = text[1:]
        return Line(self.number, text)


_INDENT = " \u3000"
"""What texts are indented with: Chinese and Japanese use the ideographic space."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or what else stands between blank lines."""

    kind: Literal["paragraph", "lines", "heading", "list", "quote", "preformatted"]
    first: int
    last: int
    """Lines of the source, 1-based, inclusive."""
    lines: tuple[str, ...] = ()
    """One for a paragraph or a heading; those of verse, of an address, of a table in columns."""
    level: int = 0
    """Rank of a heading, 1 the highest; the number of the first item of an ordered list, 0 for bullets."""
    parts: tuple[tuple[Piece, ...], ...] = ()
    """Items of a list; a quote has one part."""
    loose: bool = False
    """The items of a list stand apart."""

    @property
    def plain(self) -> str:
        """The text without its form, lines apart by line feeds."""
        if not self.parts:
            return self.lines[0] if len(self.lines) == 1 else "\n".join(self.lines)
        inner = (piece.plain for part in self.parts for piece in part)
        return "\n".join([*self.lines, *inner])


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a decoded text."""
    return tuple(Line(number, line.expandtabs(8).rstrip(" ")) for number, line in enumerate(text.split("\n"), 1))


def skip_blank(lines: Sequence[Line], at: int) -> int:
    """Index of the first line at or behind `at` that has something on it."""
    while at < len(lines) and lines[at].blank:
        at += 1
    return at


def columns(text: str) -> int:
    """Width of `text` in a terminal, where ideographs take two columns."""
    if text.isascii() or not _WIDTHS.search(text):
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


_WIDTHS = re.compile("[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u203f]")
"""Signs that may have another width than one column: none in the letters of Europe and its dashes and quotes."""


def spaceless(before: str, after: str) -> bool:
    """Whether Chinese or Japanese goes on from one line to the next, where no space belongs."""
    return bool(before and after) and _ideographic(before[-1]) and _ideographic(after[0])


def _ideographic(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF" and not "\uac00" <= c <= "\ud7a3"


def joined(lines: tuple[str, ...]) -> str:
    """Lines as one, with a space between them where their script wants one."""
    text = ""
    for line in lines:
        text += line if not text or spaceless(text, line) else f" {line}"
    return text
