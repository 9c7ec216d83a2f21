"""The frame of a text from Project Gutenberg: its heading and licence, which are no part of the work.

The markers are those of https://www.gutenberg.org/policy/license.html, and the "small print" of the years before.
A text is framed only if it also begins as theirs do: an article may quote the markers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake import language
from tagwire.intake.headers import Field
from tagwire.intake.pieces import Line, skip_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE: Final = "licence"

_WORK: Final = r"OF (?:THE|THIS) PROJECT GUTENBERG E-?(?:BOOK|TEXT)\b.*"
_START: Final = re.compile(rf"\*\*\*\s?START {_WORK}")
_SMALL: Final = re.compile(r"\*END\*?\s?THE SMALL PRINT!.*")
_END: Final = re.compile(rf"\*\*\*\s?END {_WORK}")
_LAST: Final = re.compile(r"End of (?:th(?:e|is) )?Project Gutenberg\b.*", re.IGNORECASE)
_MARKER_LINES: Final = 4
"""Lines of a marker with a long title."""

_FIRST: Final = re.compile(
    r"\W*(?:(?:this is )?(?:the )?project gutenberg(?:['’]s \w| e-?(?:book|text)\b)"
    r"(?: of (?P<title>.+?)(?:,? by (?P<author>[^*#]+?))?[*#\s]*\Z)?|\*\*\*\s?start of th)",
    re.IGNORECASE,
)
_TERMS: Final = re.compile(r"^Title: .|\banyone\s+anywhere\b|\bSMALL PRINT!", re.MULTILINE)
_MADE: Final = re.compile(
    r"(?:(?:this )?e-?(?:book|text) (?:was )?)?(?:produced|prepared|transcribed) (?:by|from)\b", re.IGNORECASE
)
_FIELD: Final = re.compile(r"(Title|Author|Language):\s+(\S.*)")
_KINDS: Final = {"Title": "title", "Author": "author", "Language": "lang"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above and below a work, and what it says of it; nothing, for most texts."""

    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    fields: tuple[Field, ...] = ()
    """Title, authors and language. The release is that of the file, so it dates nothing."""

    def work(self, lines: Sequence[Line]) -> list[Line]:
        """`lines` with those of the frame made blank."""
        first, behind = len(self.above), len(lines) - len(self.below)
        return [line if first <= at < behind else Line(line.number, "") for at, line in enumerate(lines)]


def find(lines: Sequence[Line]) -> Frame:
    """The frame of a text, by the markers in it."""
    opens = next((line.bare for line in lines if not line.blank), "")
    if not _FIRST.match(opens):
        return Frame()
    marker = next((at for mark in (_START, _SMALL) for at, line in enumerate(lines) if mark.fullmatch(line.bare)), None)
    if marker is None:
        return Frame()
    start = _credited(lines, _marker_end(lines, marker))
    end = _foot(lines, start)
    above = tuple(lines[:start])
    both = bool(_START.fullmatch(opens)) and end < len(lines)
    if not both and not _TERMS.search("\n".join(line.bare for line in above)):
        return Frame()
    return Frame(above, tuple(lines[end:]), _fields(above) or _named(opens))


def _marker_end(lines: Sequence[Line], at: int) -> int:
    """Index behind the marker that begins at `at`."""
    for behind in range(at + 1, min(at + 1 + _MARKER_LINES, len(lines) + 1)):
        if lines[behind - 1].blank:
            break
        if lines[behind - 1].bare.endswith("*"):
            return behind
    return at + 1


def _credited(lines: Sequence[Line], at: int) -> int:
    """Index behind the paragraph that says who typed the text, if it begins with that."""
    start = skip_blank(lines, at)
    if start == len(lines) or not _MADE.match(lines[start].bare):
        return at
    while start < len(lines) and not lines[start].blank:
        start += 1
    return start


def _foot(lines: Sequence[Line], start: int) -> int:
    """Index of the first line below the work; the number of lines where nothing is."""
    ends = [at for at in range(start, len(lines)) if _END.fullmatch(lines[at].bare)]
    end = ends[-1] if ends else len(lines)
    last = [at for at in range(start, end) if _LAST.fullmatch(lines[at].bare) and lines[at - 1].blank]
    return last[-1] if last else end


def _fields(lines: Sequence[Line]) -> tuple[Field, ...]:
    """What the heading says; names below "Author:" are one each, a title goes on in the next line."""
    found: list[Field] = []
    going = False
    for line in lines:
        match = _FIELD.fullmatch(line.text)
        if match:
            found.append(Field(_KINDS[match[1]], match[2], line.number, line.number))
        elif going and line.indent and not line.blank:
            last = found[-1]
            if last.kind == "author":
                found.append(Field("author", line.bare, line.number, line.number))
            else:
                found[-1] = Field(last.kind, f"{last.value} {line.bare}", last.first, line.number)
        going = bool(match) or (going and bool(line.indent) and not line.blank)
    return tuple(map(_tagged, found))


def _tagged(field: Field) -> Field:
    """A language by its tag."""
    if field.kind != "lang":
        return field
    return Field("lang", language.named(field.value), field.first, field.last)


def _named(opens: str) -> tuple[Field, ...]:
    """Title and author of the first line, as the old texts have them."""
    match = _FIRST.match(opens)
    if match is None or not match["title"]:
        return ()
    title = Field("title", match["title"], 1, 1)
    return (title, Field("author", match["author"], 1, 1)) if match["author"] else (title,)
