"""Which line ends of a plain text its author meant, and which only an editor's margin made.

A line was broken by the margin where the next word would not have fitted on it any more.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.intake.pieces import Line, Piece, columns, spaceless

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROWEST = 40
"""Columns of the narrowest margin; shorter lines are verse or addresses."""
_WIDEST = 132
"""Columns of the widest margin."""
_SLACK = 3
"""Columns by which editors stay below their margin."""
_MOSTLY = 0.6
_LINE_EACH = 0.7
"""Share of lines that end as sentences do, from which on each is a paragraph: a margin ends few there."""
_CERTAIN = 60
"""Columns from which verse that begins every line with a capital is not looked for."""


def margin(runs: Sequence[Sequence[Line]]) -> int:
    """The column at which the lines of a text are wrapped; 0 if they are not.

    `runs` are the lines between blank lines.
    """
    lines = [line for run in runs if len(run) > 1 for line in run]
    if any(columns(line.bare) > _WIDEST and " " in line.bare for run in runs for line in run):
        return 0
    widths = sorted(columns(line.text) for line in lines if "://" not in line.text)
    if not widths:
        return 0
    width = widths[int(0.95 * (len(widths) - 1))] if len(widths) > 20 else widths[-1]  # a few stick out of any text
    return width if _NARROWEST <= width <= _WIDEST else 0


def forced(line: Line, following: Line, width: int) -> bool:
    """Whether `line` ends where it does because the next word does not fit in `width` columns."""
    if not width:
        return False
    word = re.split(r"[\s-]", following.bare, maxsplit=1)[0]
    if spaceless(line.text, following.bare):
        word = following.bare[:2]  # a line may not begin with a comma, so one character more may have moved
    return columns(line.text) + 1 + columns(word) > width - _SLACK


def paragraphs(run: Sequence[Line], width: int, words: frozenset[str]) -> tuple[Piece, ...]:
    """The paragraphs in lines without a blank one between them; or one piece that keeps its lines.

    `words` are all words of the text that have a hyphen or might have lost one, lower case.
    """
    if len(run) == 1:
        return (_paragraph(run, words),)
    if _wrapped(run, width):
        return tuple(_paragraph(part, words) for part in _parted(run, width))
    if _flows(run):
        return (_paragraph(run, words),)
    if _line_each(run):
        return tuple(_paragraph((line,), words) for line in run)
    return (Piece("lines", run[0].number, run[-1].number, tuple(line.bare for line in run)),)


def _paragraph(run: Sequence[Line], words: frozenset[str]) -> Piece:
    parts = [run[0].bare]
    for line in run[1:]:
        parts[-1:] = _joined(parts[-1], line.bare, words)
    text = "".join(parts)
    return Piece("paragraph", run[0].number, run[-1].number, (text,))


def _wrapped(run: Sequence[Line], width: int) -> bool:
    breaks = [forced(line, after, width) for line, after in pairwise(run)]
    ended = sum(sentences.ends(line.text) for line in run)
    if sum(breaks) < _MOSTLY * len(breaks) or (len(run) > 2 and ended >= _LINE_EACH * len(run)):
        return False
    return not (width < _CERTAIN and len(run) > 2 and all(_capital(line.bare) for line in run))


def _flows(run: Sequence[Line]) -> bool:
    """Whether one short sentence goes on from line to line: each but the first begins small, only the last ends."""
    small = all(
        (line.bare[0].islower() or spaceless(above.text, line.bare)) and line.indent == run[0].indent
        for above, line in pairwise(run)
    )
    open_ended = not any(sentences.ends(line.text) or line.text.endswith((",", "，")) for line in run[:-1])
    return (
        small
        and open_ended
        and sentences.ends(run[-1].text)
        and all(columns(line.bare) >= _FLOWING for line in run[:-1])
    )


_FLOWING = 20
"""Columns of a line that is no verse of a few words."""


def _capital(text: str) -> bool:
    letters = text.lstrip("\"'“‘«„(—–- ")
    return letters[:1].isupper()


def _parted(run: Sequence[Line], width: int) -> list[list[Line]]:
    """Paragraphs that only an indentation or a short last line sets apart."""
    parts = [[run[0]]]
    outer = min(line.indent for line in run)
    for line, after in pairwise(run):
        ended = sentences.ends(line.text)
        indented = after.indent > line.indent + 1 and line.indent == outer
        if ended and (indented or (not forced(line, after, width) and columns(line.text) < 0.75 * width)):
            parts.append([])
        parts[-1].append(after)
    return parts


def _line_each(run: Sequence[Line]) -> bool:
    """Whether every line is a paragraph: some are longer than any margin, or most end as sentences do."""
    if any(columns(line.bare) > _WIDEST and sentences.ends(line.bare) for line in run):
        return True  # nobody's margin
    mean = sum(columns(line.bare) for line in run) / len(run)
    ended = sum(sentences.ends(line.text) for line in run) / len(run)
    return mean > 90 or (mean >= 50 and ended >= _LINE_EACH)


def _ending(part: str, rest: str, words: frozenset[str]) -> bool:
    """Whether `rest` is only an ending, of a word whose beginning stands nowhere in front of a hyphen."""
    begins = f"{part.lower()}-"
    return _ENDING.fullmatch(rest) is not None and not any(word.startswith(begins) for word in words if word != begins)


_ENDING = re.compile(
    r"(?:ings?|ed|ers?|ly|ments?|[ts]ions?|ness|[ai]ble|ity|ities|ies|ous|ful|less|[ae]nces?|isms?|ists?|ated|ating"
    r"|ung|ungen|keit|heit|lich|schaft|ción|ciones|mente|mento|zione|zioni)"
)
_SPLIT = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = re.compile(r"(?:and|or|und|oder|bzw|et|ou|y|o|e|en|of|и|или|та|або)\b")


def _joined(text: str, line: str, words: frozenset[str]) -> tuple[str, str]:
    """Two lines of a paragraph, with what belongs between them.

    A hyphen at the line's end stays, without a space behind it, because today's editors break at hyphens
    that are there anyway; it goes only where the same text has the same word without one.
    """
    if spaceless(text, line):
        return text, line
    if text.endswith("\u00ad"):
        return text[:-1], line
    split = _SPLIT.search(text)
    after = re.match(r"[^\W\d_]+", line)
    if split is None or after is None or not after[0].islower() or _SUSPENDED.match(line):
        return f"{text} ", line
    whole, compound = (split[1] + after[0]).lower(), f"{split[1]}-{after[0]}".lower()
    if compound not in words and (whole in words or _ending(split[1], after[0], words)):
        return text[:-1], line
    return text, line
