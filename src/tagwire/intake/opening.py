"""What stands around the text of an article: header lines, the headline, bylines and date lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.intake import byline, creditline, dateline, dates, headers, letterhead, listing, structure, wrapping
from tagwire.intake.found import Finding
from tagwire.intake.pieces import columns, joined, skip_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Line, Piece
    from tagwire.model import When


@dataclass(slots=True)
class Opening:
    """What is known so far, and the lines that said it."""

    zone: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: When | None = None
    updated: When | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    lang: str = ""
    canonical: str = ""
    used: set[int] = field(default_factory=set)
    """Numbers of the lines that are now front matter."""
    unused: list[headers.Field] = field(default_factory=list)
    """Header lines that mean nothing for an article."""
    findings: list[Finding] = field(default_factory=list)

    def note(self, what: str, value: str, origin: str) -> None:
        """Remember what was understood, and from where."""
        self.findings.append(Finding(what, value, origin))

    def dated(self, label: str, when: When, origin: str) -> None:
        """Take a date, unless a better place has already given one."""
        if label == "updated" and self.updated is None:
            self.updated = when
            self.note("updated", when.iso, origin)
        elif label == "published" and self.published is None:
            self.published = when
            self.note("date", when.iso, origin)


_LONGEST = 120
"""Characters of a headline."""
_HEADLINE_LINES = 3


def read(lines: Sequence[Line], zone: str, known: Sequence[headers.Field] = ()) -> Opening:
    """What the top of a text says about it, and the fields `known` of what stood above."""
    opening = Opening(zone)
    for each in (*known, *headers.read(lines)):
        _take_field(opening, each)
    _take_lines(opening, lines)
    return opening


# ------------------------------------------------------------------ header lines


def _take_field(opening: Opening, each: headers.Field) -> None:
    """Use a header line, or put it with those that are cut."""
    origin = f"header line {each.first}"
    match each.kind:
        case "mail":
            opening.unused.append(each)
        case "published" | "updated":
            when = dates.read(each.value, opening.zone)
            if when is None:
                opening.unused.append(each)
                opening.note("date", "none", f"{origin} has no date that can be read in one way only")
            else:
                opening.dated(each.kind, when, origin)
        case "author":
            opening.authors += (found := byline.names(each.value))
            if not found:
                opening.unused.append(each)
            else:
                opening.note("byline", ", ".join(found), origin)
        case "tags":
            opening.tags += tuple(tag.strip() for tag in re.split("[,;，、]", each.value) if tag.strip())
        case kind:
            if _text_field(opening, kind, each.value):
                opening.note("language" if kind == "lang" else kind, each.value, origin)
            else:
                opening.unused.append(each)
    opening.used |= set(range(each.first, each.last + 1))


def _text_field(opening: Opening, kind: str, value: str) -> bool:
    """Whether the value was taken: the first of its kind, and well formed."""
    pattern = {"lang": r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "canonical": r"https?://\S+"}.get(kind, ".*")
    if getattr(opening, kind) or not re.fullmatch(pattern, value):
        return False
    setattr(opening, kind, unmailed(value) if kind == "title" else value)
    return True


def unmailed(title: str) -> str:
    """A subject without "Re:", "Fwd:" and the like."""
    return _MAILED.sub(r"\1", title) or title


_MAILED = re.compile(
    r"\A(\[[^\[\]]{1,60}\]\s*)?(?:(?:re|fwd?|wg|aw|antw|tr|rv|sv|vs)(?:\[\d+\])?\s?:\s*)+(?=\S)", re.IGNORECASE
)
"""Behind the name of a mailing list, or at the very beginning: "Software: a history" has no "re:"."""


# ------------------------------------------------------------------ headline, byline, date


def _take_lines(opening: Opening, lines: Sequence[Line]) -> None:
    rest = [line for line in lines if line.number not in opening.used]
    at = _credits(opening, rest, letterhead.behind(opening, rest))
    if not opening.title:
        at = _skip_contacts(rest, at)
        end = _headline(rest, at)
        if end > at:
            text = unmailed(re.sub(r"^#{1,6}\s+|\s+#+$", "", joined(tuple(line.bare for line in rest[at:end]))))
            opening.title = text
            opening.note("title", text, _headline_origin(rest[at:end]))
            end = _skip_rule(rest, end)
            opening.used |= {line.number for line in rest[at:end]}
            at = end
    elif at < len(rest) and rest[at].bare.casefold() == opening.title.casefold():
        opening.used.add(rest[at].number)  # the headline once more, below the header
        at += 1
    _credits(opening, rest, at)


def _skip_contacts(lines: Sequence[Line], at: int) -> int:
    """Index of the first line at or behind `at` that doesn't say whom to call, if there is a text below it."""
    start = at
    while at < len(lines) and (lines[at].blank or creditline.contact(lines[at].bare)):
        at += 1
    return at if at < len(lines) else start


def _headline_origin(lines: Sequence[Line]) -> str:
    first, last = lines[0].number, lines[-1].number
    return f"line {first} reads as a headline" if first == last else f"lines {first}-{last} read as a headline"


def _skip_rule(lines: Sequence[Line], at: int) -> int:
    return at + 1 if at < len(lines) and re.fullmatch("={3,}|-{3,}", lines[at].bare) else at


def _credits(opening: Opening, lines: Sequence[Line], at: int) -> int:
    """Take bylines and date lines from index `at` on; the index of the first line that is neither."""
    taken = False
    while (at := skip_blank(lines, at)) < len(lines):
        after = skip_blank(lines, at + 1)
        office = bool(opening.title) and creditline.office(lines[at].bare)
        beside = taken or (after < len(lines) and _is_credit(lines[after]))
        if not (office and beside) and not _credit(opening, lines[at]):
            break
        taken = True
        opening.used.add(lines[at].number)
        at += 1
    return at


def _credit(opening: Opening, line: Line) -> bool:
    """Whether every part of the line is a byline or a date: "By Jane Roe | 24 July 2020"."""
    parts = creditline.read(line.bare, opening.zone, headed=bool(opening.title))
    for kind, value in parts:
        if not isinstance(value, tuple):
            opening.dated(kind, value, f"line {line.number}")
        elif value:
            opening.authors = opening.authors or value
            opening.note("byline", line.bare, f"line {line.number}")
    return bool(parts)


def _headline(lines: Sequence[Line], at: int) -> int:
    """Index behind the headline at index `at`; `at` itself if there is none."""
    run = at
    while run < len(lines) and not lines[run].blank and not (run > at and _below_headline(lines[run])):
        run += 1
    after = skip_blank(lines, run)
    if run == at:
        return at
    if _skip_rule(lines[:run], at + 1) > at + 1 and _reads_as_headline(lines[at : at + 1]):
        return at + 1
    if after < len(lines) and _alone(lines, at, run, after):
        return run
    return at + 1 if _above_its_text(lines[at:run]) else at


def _alone(lines: Sequence[Line], at: int, run: int, after: int) -> bool:
    """Whether the lines until `run` are a headline, parted from the text at `after` by a blank line."""
    if run - at > _HEADLINE_LINES or not _reads_as_headline(lines[at:run]):
        return False
    prose = any(sentences.ends(line.bare) for line in lines[after:])
    longer = columns(lines[after].bare) > max(columns(line.bare) for line in lines[at:run])
    return run - at == 1 or (prose and longer)


def _below_headline(line: Line) -> bool:
    return _is_credit(line) or creditline.office(line.bare) or (dateline.find(line.bare) is not None)


def _is_credit(line: Line) -> bool:
    return bool(creditline.read(line.bare, "UTC"))


def _above_its_text(run: Sequence[Line]) -> bool:
    """Whether the first of lines without a blank one between them is the headline of the others."""
    if len(run) < 2 or not _reads_as_headline(run[:1]):
        return False
    widest = max(columns(line.bare) for line in run)
    if structure.capitals(run[0].bare):
        return not run[1].bare.isupper()
    return widest > 100 and sentences.ends(run[1].bare) and not wrapping.forced(run[0], run[1], int(widest * 0.8))


def _reads_as_headline(lines: Sequence[Line]) -> bool:
    if any(listing.starts(line) or line.bare.endswith((",", ";", "，")) for line in lines):
        return False
    return reads_as_headline(joined(tuple(line.bare for line in lines)))


_LETTER = re.compile(
    r"(?:dear|liebe[rs]?|sehr geehrte[rs]?|chers?|chère?s?|estimad[oa]s?|querid[oa]s?|car[oaie]|beste|уважаем\w+"
    r"|дорог\w+|шановн\w+)\s[^\d.?!,:]{2,40}[!,:]\Z",
    re.IGNORECASE,
)
"""The greeting of a letter."""


def reads_as_headline(text: str) -> bool:
    """Whether a line by itself can be a headline: short, no list item, no sentence, no dateline."""
    if (
        len(text) > _LONGEST
        or _LETTER.match(text)
        or not re.search(r"[^\W\d_]", text)
        or "://" in text
        or text.startswith(">")
    ):
        return False
    if dateline.find(text) is not None and not structure.capitals(text):
        return False
    return not sentences.ends(text) or bool(re.search(r"[?!？！][\"'”’»)]*$|\b(?:[^\W\d_]\.){2,}$", text))


# ------------------------------------------------------------------ the rest of the text


_LINES_ABOVE = 4
"""Pieces above the lead that are no sentences: whom to call, who wrote it."""


def from_lead(opening: Opening, pieces: Sequence[Piece]) -> None:
    """Take the date of the dateline, which stays where it is."""
    running = [piece for piece in pieces if piece.kind in ("paragraph", "lines")]
    for lead in running[:_LINES_ABOVE]:
        stated = dateline.date(lead.plain)
        when = dates.read(stated, opening.zone) if stated else None
        if when is not None:
            opening.dated("published", when, f"dateline in line {lead.first}")
        if when is not None or sentences.ends(lead.plain):
            break


def from_end(opening: Opening, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """`pieces` without the date lines and bylines at their end, which are taken."""
    kept = list(pieces)
    while len(kept) > 1 and kept[-1].kind == "paragraph" and kept[-1].first == kept[-1].last:
        found = dates.labelled(kept[-1].lines[0], opening.zone)
        if found is None:
            break
        opening.dated(found[0], found[1], f"line {kept[-1].first}, at the end")
        opening.used.add(kept.pop().first)
    return kept
