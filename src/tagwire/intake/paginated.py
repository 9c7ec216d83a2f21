"""Texts that were set in pages for a printer, as the RFCs were: what stands at the head and foot of each goes.

The form is that of RFC 7322, section 4: `Quill    Informational    [Page 1]`, and a head of three columns below it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from tagwire import sentences
from tagwire.intake.pieces import Line, skip_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOOT: Final = re.compile(r"\S.*\s{2,}\[Page (\d{1,4})\]")
_HEAD: Final = re.compile(r"\S+(?:\s\S+)*\s{3,}\S+(?:\s{1,2}\S+)*\s{3,}\S+(?:\s\S+)*")
_WIDEST: Final = 120
"""Characters of a printer's line."""
_FULL: Final = 50
"""Characters of a line that a margin may have ended."""

Spans: TypeAlias = "list[tuple[int, int]]"
"""Numbers of lines, first and last."""


def flowing(lines: Sequence[Line]) -> tuple[list[Line], Spans]:
    """`lines` without the feet and heads of pages, and where those stood; a paragraph goes on behind them."""
    feet = [(at, int(found[1])) for at, line in enumerate(lines) if (found := _foot(line))]
    if len(feet) < 2 or any(after[1] != before[1] + 1 for before, after in pairwise(feet)):
        return list(lines), []
    kept: list[Line] = []
    gone: Spans = []
    start = 0
    for foot, _ in feet:
        kept += lines[start:foot]
        while kept and kept[-1].blank:
            kept.pop()
        head = start = skip_blank(lines, foot + 1)
        if headed := head < len(lines) and _is_head(lines[head]):
            start = skip_blank(lines, head + 1)
        gone.append((lines[foot].number, lines[head if headed else foot].number))
        if not (kept and start < len(lines) and _goes_on(kept[-1], lines[start])):
            kept.append(Line(lines[foot].number, ""))
    return [*kept, *lines[start:]], gone


def _foot(line: Line) -> re.Match[str] | None:
    """The foot of a page, with its number."""
    short = len(line.text) <= _WIDEST and line.text.endswith("]")
    return _FOOT.fullmatch(line.bare) if short else None


def _is_head(line: Line) -> bool:
    """Whether a line stands at the head of a page, in three columns."""
    return len(line.text) <= _WIDEST and line.indent < 2 and _HEAD.fullmatch(line.bare) is not None


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a paragraph that ends at a page's foot goes on behind the head of the next."""
    beside = line.indent == below.indent and len(line.text) > _FULL
    return beside and not sentences.ends(line.text)
