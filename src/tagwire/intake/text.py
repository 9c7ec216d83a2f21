"""The reader of plain text: what its lines say about the article, and the article itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.intake import (
    authornote,
    boilerplate,
    decode,
    insets,
    layout,
    licence,
    opening,
    paginated,
    structure,
    titles,
)
from tagwire.intake.found import Finding, Found, Refused
from tagwire.intake.pieces import Line, Piece, lines_of
from tagwire.model import Cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagwire.intake.boilerplate import Passages
    from tagwire.intake.found import Asked


def read(text: str, path: str, asked: Asked) -> Found | Refused:
    """What the plain text `text` says; `path`, relative to `content/`, only names the file."""
    if refused := decode.too_long(path, text, "text"):
        return refused
    frame = licence.find(every := lines_of(text))
    whole = asked.keep_all or "header-lines" in asked.keep
    lines, running = (frame.work(every), []) if whole else paginated.flowing(frame.work(every))
    head = insets.leading(lines)  # the headline may stand below it
    lines = [Line(line.number, "") if head and line.number <= head[-1].last else line for line in lines]
    top = opening.read(lines, asked.timezone, frame.fields)
    top.unused = [each for each in top.unused if each not in frame.fields]
    source = text.split("\n")
    spans = [*((each.first, each.last) for each in top.unused), *running]
    dropped = [] if whole else [_cut("header-lines", first, last, source) for first, last in spans]
    if whole:
        top.used -= {number for each in top.unused for number in range(each.first, each.last + 1)}
    all_pieces = structure.pieces([Line(line.number, "") if line.number in top.used else line for line in lines])
    opening.from_lead(top, all_pieces)
    trimmed = _trim([*head, *opening.from_end(top, all_pieces)], asked)
    body = opening.from_end(top, trimmed.kept)
    if not body:
        return decode.empty(path, "there is no text in this file beside its headline")
    rest, note, above = _signed(body, top.authors, asked)
    passages = sorted((*above, *note, *trimmed.cut), key=lambda passage: passage[1][0].first)
    cuts = (*dropped, *(_cut(rule, cut[0].first, cut[-1].last, source) for rule, cut in passages))
    if asked.keep_all or licence.RULE in asked.keep:
        rest = [*structure.pieces(frame.above), *rest, *structure.pieces(frame.below)]
    else:
        cuts = _with_frame(frame, cuts, source)
    found = _found(top, rest, cuts, trimmed.refused)
    if frame.above:
        plain = re.sub(r"(?<!\w)_(?=[^\s_])([^_]*[^\s_])_(?!\w)", r"\1", found.plain)
        found = replace(found, markdown=layout.emphasised(found.markdown), plain=plain)
    return replace(found, author_note=authornote.words([piece.plain for _, told in note for piece in told]))


def _with_frame(frame: licence.Frame, cuts: tuple[Cut, ...], source: Sequence[str]) -> tuple[Cut, ...]:
    """The cuts, between those of what stands above and below the work."""
    above, below = (
        tuple(_cut(licence.RULE, part[0].number, part[-1].number, source) for part in (lines,) if lines)
        for lines in (frame.above, frame.below)
    )
    return (*above, *cuts, *below)


def _signed(
    body: Sequence[Piece], authors: tuple[str, ...], asked: Asked
) -> tuple[Sequence[Piece], Passages, Passages]:
    """The text without what tells of its author at the end; that; and the appeals above it."""
    at = authornote.start(body, authors)
    if at == len(body) or asked.keep_all or authornote.RULE in asked.keep:
        return body, [], []
    trimmed = _trim(body[:at], asked)
    return trimmed.kept, [(authornote.RULE, tuple(body[at:]))], list(trimmed.cut)


def _trim(pieces: Sequence[Piece], asked: Asked) -> boilerplate.Trimmed:
    return boilerplate.Trimmed(tuple(pieces), ()) if asked.keep_all else boilerplate.trim(pieces, frozenset(asked.keep))


def _cut(rule: str, first: int, last: int, source: Sequence[str]) -> Cut:
    text = "\n".join(source[first - 1 : last])
    lines = str(first) if first == last else f"{first}-{last}"
    return Cut(rule, lines, hashlib.sha256(text.encode()).hexdigest())


def _found(top: opening.Opening, body: Sequence[Piece], cuts: tuple[Cut, ...], refused: float) -> Found:
    plain = _plain(body)
    top.findings += map(Finding.of_cut, cuts)
    if refused:
        top.note("cut", "nothing", f"the rules would have cut {refused:.0%} of the text, which can't be right")
    derived = "" if top.title else titles.derive(plain)
    if derived:
        top.findings.insert(0, Finding("title", derived, "derived from the lead sentence"))
    return Found(
        title=top.title or derived,
        title_derived=bool(derived),
        authors=top.authors,
        published=top.published,
        updated=top.updated,
        lang=top.lang,
        summary=top.summary,
        tags=top.tags,
        canonical=top.canonical,
        markdown=layout.markdown(body),
        plain=plain,
        cuts=cuts,
        findings=tuple(top.findings),
    )


def _plain(body: Sequence[Piece]) -> str:
    running = _texts(piece for piece in body if piece.kind not in ("heading", "preformatted"))
    return "\n\n".join(running or _texts(body))


def _texts(pieces: Iterable[Piece]) -> list[str]:
    return [piece.plain for piece in pieces if piece.plain.strip()]
