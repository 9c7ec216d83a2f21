"""What stands above the headline of a press release: who sends it, and that it is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.intake import headers
from tagwire.intake.pieces import skip_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.opening import Opening
    from tagwire.intake.pieces import Line

_SENT = (
    r"(?:for immediate release|(?:news|press|media) release|pressemitteilung|communiqué(?: de presse)?|nota de prensa"
    r"|comunicato stampa|пресс-релиз|הודעה לעיתונות|新闻稿)"
)
_RELEASE = re.compile(rf"{_SENT}\s*[:：!]?", re.IGNORECASE)
_KICKER = re.compile(
    rf"(?:{_SENT}|breaking(?: news)?|urgent|news alert|flash|eilmeldung|срочно|快讯)\s*[:：!]?", re.IGNORECASE
)
_ADDRESS = re.compile(r"\d|@|://|www\.")
"""What some line of a letterhead has, and few headlines."""


def behind(opening: Opening, lines: Sequence[Line]) -> int:
    """Put the letterhead and "PRESS RELEASE" with the lines that are cut; the index behind them."""
    start = skip_blank(lines, 0)
    end = next((at for at in range(start, len(lines)) if lines[at].blank), len(lines))
    if end < len(lines) and _is_memo([line.bare for line in lines[start:end]]):
        return _memo(opening, lines[start:end], end)
    return _kickers(opening, lines, _letterhead(opening, lines))


_MEMO = re.compile(r"(?:Request for Comments|Intended [Ss]tatus): \S|Internet-Draft\s{3}")
_INITIALLED = re.compile(r"(?:\w\.[ -]?)+ ?[^\W\d_][\w’' -]+?(?=,? Ed(?:itor|\.)?\Z|\Z)")


def _is_memo(head: Sequence[str]) -> bool:
    """Whether lines are the two columns above an RFC."""
    return any(map(_MEMO.match, head)) and sum(len(re.split(r"\s{3,}", line)) == _COLUMNS for line in head) >= _COLUMNS


_COLUMNS = 2


def _memo(opening: Opening, head: Sequence[Line], end: int) -> int:
    """Take the authors from the right of an RFC's first lines (RFC 7322, section 4.1), which are cut; `end` itself."""
    for line in head:
        _aside(opening, line)
        _, *right = re.split(r"\s{3,}", line.bare)
        if right and (name := _INITIALLED.match(right[-1])):
            opening.authors += (name[0],)
            opening.note("byline", name[0], f"line {line.number}")
    return end


_LETTERHEAD = 12
"""Lines above "PRESS RELEASE" that may say who sends it, and where they are."""


def _letterhead(opening: Opening, lines: Sequence[Line]) -> int:
    """Put the letterhead above "PRESS RELEASE" with the lines that are cut; the index behind it."""
    start = skip_blank(lines, 0)
    kicker = next((at for at, line in enumerate(lines[:_LETTERHEAD]) if _RELEASE.fullmatch(line.bare)), start)
    head = [line for line in lines[start:kicker] if not line.blank]
    long = any(len(line.bare) > _SHORT or sentences.ends(line.bare) for line in head)
    if long or not any(_ADDRESS.search(line.bare) for line in head):
        return start  # a headline may stand there
    for line in head:
        _aside(opening, line)
    return kicker


_SHORT = 60
"""Characters of a line of a letterhead."""


def _kickers(opening: Opening, lines: Sequence[Line], at: int) -> int:
    """Put "PRESS RELEASE" with the lines that are cut; the index behind it and what is like it."""
    while at < len(lines) and _KICKER.fullmatch(lines[at].bare) and skip_blank(lines, at + 1) < len(lines):
        _aside(opening, lines[at])
        at = skip_blank(lines, at + 1)
    return at


def _aside(opening: Opening, line: Line) -> None:
    """Put a line with those that are cut."""
    opening.unused.append(headers.Field("mail", line.bare, line.number, line.number))
    opening.used.add(line.number)
