"""The lines of a plain text become paragraphs, headings, lists, quotes, verse and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.intake import creditline, listing, wrapping
from tagwire.intake.pieces import Line, Piece, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_UNDERLINE = re.compile(r"(={3,}|-{3,})$")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?$")
_SEEN = re.compile(r"\w")
_COLUMNS = re.compile(r"\S {3,}\S")
_LONGEST_HEADING = 100
"""Characters."""
_DEEPEST = 6
"""Levels of lists and quotes within each other; what is deeper is kept as lines."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the whole text."""

    width: int
    words: frozenset[str]
    indented: bool
    """Most paragraphs are: then an indentation says nothing."""
    depth: int = 0
    headings: Mapping[int, int] = field(default_factory=dict)
    """Lines that are headings by where they stand, with their ranks."""


def pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """All of `lines` in order, blank ones left out; none is lost."""
    common = min((line.indent for line in lines if not line.blank), default=0)
    flush = [line.dedent(common) for line in lines]
    runs = _runs(flush)
    inner = sum(all(line.indent >= 2 for line in run) for run in runs)
    width = wrapping.margin(runs)
    page = _Page(width, _words(flush), inner > 0.4 * len(runs), headings=_hanging(runs) or _numbered(runs, width))
    return _with_headings(tuple(_pieces(flush, page)))


_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=[^\W_a-z])")


def _hanging(runs: Sequence[Sequence[Line]]) -> dict[int, int]:
    """Lines by themselves that stand out to the left of indented texts, as in RFCs and manuals; "1.2" is of rank 3."""
    found = {
        run[0].number: 2 + (number[0].rstrip(". ").count(".") if (number := _SECTION.match(run[0].bare)) else 0)
        for run, below in pairwise(runs)
        if len(run) == 1 and not run[0].indent and all(line.indent > 1 for line in below) and _is_label(run[0].bare)
    }
    indented = sum(all(line.indent > 1 for line in run) for run in runs)
    return found if len(found) > _SEVERAL and indented >= len(found) else {}


_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+")


def _is_label(text: str) -> bool:
    """Whether a line is short, begins as a heading does, and is no sentence."""
    return (
        len(text) <= _SUBHEADING
        and re.match(r"[^\W_a-z]", text) is not None
        and re.search(r"[.,:;!?…。，：；]$|://|@|\s{3}", text) is None
    )


def _numbered(runs: Sequence[Sequence[Line]], width: int) -> dict[int, int]:
    """The first lines of paragraphs, by number: each is numbered after the last one, up or down, and breaks off."""
    found: list[tuple[int, int]] = []
    for run in runs:
        number = _NUMBERED.match(run[0].bare) if len(run) > 1 and not run[0].indent else None
        if number and _breaks_off(run[0], run[1], width):
            found.append((int(number[1]), run[0].number))
    steps = {after[0] - before[0] for before, after in pairwise(found)}
    return dict.fromkeys((line for _, line in found), 2) if len(found) > _SEVERAL and steps in ({1}, {-1}) else {}


def _breaks_off(line: Line, below: Line, width: int) -> bool:
    """Whether a short line is no sentence, and what is below it begins one though it had room."""
    short = len(line.bare) <= _SUBHEADING and re.search(r"[.,:;…。，：；-]$|://|@", line.bare) is None
    return short and not below.bare[0].islower() and not wrapping.forced(line, below, width)


def _words(lines: Iterable[Line]) -> frozenset[str]:
    """All words, lower case, if any of them may be parted at the end of a line."""
    texts = [line.text for line in lines]
    if not any(text.endswith("-") for text in texts):
        return frozenset()
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join(texts).lower()))


_SEVERAL = 2
_SUBHEADING = 60
"""Characters of a line between paragraphs that may be a heading though nothing marks it."""


def _with_headings(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """`found`, its short lines above paragraphs made headings where there are several of them."""
    titles = {
        at
        for at, (piece, below) in enumerate(pairwise(found))
        if _like_title(piece) and _holds(below) and at and _holds(found[at - 1])
    }
    if len(titles) < _SEVERAL:
        return found
    return tuple(replace(each, kind="heading", level=2) if at in titles else each for at, each in enumerate(found))


def _like_title(piece: Piece) -> bool:
    text = piece.plain
    plain = piece.kind == "paragraph" and piece.first == piece.last and len(text) <= _SUBHEADING
    return (
        plain
        and re.match(r"[^\W\d_]{2}|[^\W\d_]\s|\d+\s", text) is not None
        and not text[0].islower()
        and re.search(r"[.,:;!…。，：；]$|://|@|[|]", text) is None
        and not creditline.contact(text)
        and not creditline.read(text, "UTC")
    )


def _holds(piece: Piece) -> bool:
    """Whether it may stand below a heading, and above the next: a recipe's list of ingredients too."""
    return _prose(piece) or (piece.kind == "list" and len(piece.parts) > 1)


def _prose(piece: Piece) -> bool:
    return piece.kind == "paragraph" and len(piece.plain) > _SUBHEADING and sentences.ends(piece.plain)


def _runs(lines: Iterable[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = [[]]
    for line in lines:
        if not line.blank:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return runs if runs[-1] else runs[:-1]


def _pieces(lines: Sequence[Line], page: _Page, least: int = 2) -> Iterable[Piece]:
    at = 0
    run: list[Line] = []
    while at < len(lines):
        if lines[at].blank:
            yield from _run(run, page)
            run, at = [], at + 1
            continue
        special = _special(lines, at, page, least, fresh=not run)
        if special is None:
            run.append(lines[at])
            at += 1
            continue
        yield from _run(run, page)
        run = []
        piece, at = special
        yield piece
    yield from _run(run, page)


def _special(lines: Sequence[Line], at: int, page: _Page, least: int, *, fresh: bool) -> tuple[Piece, int] | None:
    """The quote, list or underlined heading that begins at index `at`, and the index behind it."""
    if fresh and (rank := page.headings.get(lines[at].number)):
        return Piece("heading", lines[at].number, lines[at].number, (lines[at].bare,), rank), at + 1
    if page.depth < _DEEPEST and (
        not lines[at].bare[0].isalpha() or lines[at].bare.startswith("o  ")
    ):  # most lines begin with a letter
        if lines[at].bare.startswith(">") and lines[at].indent < 4:
            return _quote(lines, at, page)
        if found := listing.take(lines, at, page.width, least):
            return _list(lines, at, found, page), found.end
    if fresh and at + 1 < len(lines) and _underlined(lines[at], lines[at + 1]):
        rank = 1 if lines[at + 1].bare[0] == "=" else 2
        return Piece("heading", lines[at].number, lines[at + 1].number, (lines[at].bare,), rank), at + 2
    if (len(lines[at].bare) >= 3 or lines[at].text == "--") and not _SEEN.search(lines[at].bare):
        number = lines[at].number  # "* * *", "-----": never part of the paragraph above
        return Piece("paragraph", number, number, (lines[at].bare,)), at + 1
    return None


def _underlined(line: Line, below: Line) -> bool:
    if not _UNDERLINE.match(below.bare) or len(line.bare) > _LONGEST_HEADING or not re.search(r"\w", line.bare):
        return False
    return 0.5 * columns(line.bare) <= columns(below.bare) <= columns(line.bare) + 12


def _quote(lines: Sequence[Line], at: int, page: _Page) -> tuple[Piece, int]:
    end = at
    while end < len(lines) and lines[end].bare.startswith(">"):
        end += 1
    inner = [Line(line.number, re.sub("^> ?", "", line.bare)) for line in lines[at:end]]
    part = tuple(_pieces(inner, replace(page, depth=page.depth + 1)))
    return Piece("quote", lines[at].number, lines[end - 1].number, parts=(part,)), end


def _list(lines: Sequence[Line], at: int, found: listing.Listing, page: _Page) -> Piece:
    deeper = replace(page, depth=page.depth + 1, width=1)  # an item's lines are one paragraph: any margin made them
    parts = tuple(tuple(_pieces(item.lines, deeper, least=1)) for item in found.items)
    return Piece(
        "list", lines[at].number, lines[found.end - 1].number, level=found.start, parts=parts, loose=found.loose
    )


def _run(run: Sequence[Line], page: _Page) -> Iterable[Piece]:
    """The pieces in lines without a blank one between them."""
    if not run:
        return
    margin = min(line.indent for line in run)
    if len(run) == 1 and (heading := _heading(run[0])):
        yield heading
    elif len(run) > 1 and _in_columns(run):
        yield Piece("preformatted", run[0].number, run[-1].number, tuple(line.dedent(margin).text for line in run))
    elif margin >= (2 if len(run) > 1 else 4) and not page.indented and page.depth < _DEEPEST:
        inner = tuple(_pieces([line.dedent(margin) for line in run], replace(page, depth=page.depth + 1)))
        yield Piece("quote", run[0].number, run[-1].number, parts=(inner,))
    else:
        for piece in wrapping.paragraphs(run, page.width, page.words):
            line = Line(piece.first, piece.lines[0])
            alone = len(run) > 1 and len(piece.lines) == 1 and piece.first == piece.last
            yield (_heading(line) if alone else None) or piece


def _in_columns(run: Sequence[Line]) -> bool:
    found = sum(bool(_COLUMNS.search(line.bare)) for line in run)
    return found > 1 and 2 * found >= len(run)


def _heading(line: Line) -> Piece | None:
    """The heading that a line standing alone is: in capitals, or marked as in Markdown."""
    bare = line.bare
    if len(bare) > _LONGEST_HEADING:
        return None
    hashes = _HASHES.match(bare)
    if hashes and not bare.endswith((".", ",", ";")):
        return Piece("heading", line.number, line.number, (hashes[2],), len(hashes[1]))
    if capitals(bare):
        return Piece("heading", line.number, line.number, (bare,), 2)
    return None


def capitals(text: str) -> bool:
    """Whether a line reads as a heading because it is in capitals and no sentence."""
    if not text.isupper():
        return False
    letters = sum(c.isalpha() for c in text)
    return letters >= 4 and letters * 2 > len(text) and not sentences.ends(text.rstrip("?!")) and "://" not in text
