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
_FULL: Final = 50
"""Characters of a line that a margin may have ended."""

Spans: TypeAlias = "list[tuple[int, int]]"
"""Numbers of lines, first and last."""


def flowing(lines: Sequence[Line]) -> tuple[list[Line], Spans]:
    """`lines` without the feet and heads of pages, and where those stood; a paragraph goes on behind them."""
    kept = list(lines)
    gone: Spans = []
    feet = [(at, int(found[1])) for at, line in enumerate(kept) if (found := _FOOT.fullmatch(line.bare))]
    if len(feet) < 2 or any(after[1] != before[1] + 1 for before, after in pairwise(feet)):
        return kept, []
    for foot, _ in reversed(feet):
        above = foot
        while above > 0 and kept[above - 1].blank:
            above -= 1
        head = below = skip_blank(kept, foot + 1)
        if headed := below < len(kept) and kept[below].indent < 2 and bool(_HEAD.fullmatch(kept[below].bare)):
            below = skip_blank(kept, below + 1)
        gone.insert(0, (kept[foot].number, kept[head if headed else foot].number))
        going = above > 0 and below < len(kept) and _goes_on(kept[above - 1], kept[below])
        kept[above:below] = [] if going else [Line(kept[foot].number, "")]
    return kept, gone


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a paragraph that ends at a page's foot goes on behind the head of the next."""
    beside = line.indent == below.indent and len(line.text) > _FULL
    return beside and not sentences.ends(line.text)
