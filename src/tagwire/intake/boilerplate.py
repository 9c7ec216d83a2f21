"""What publications append to their articles, and put above and between, cut by named rules.

A rule looks at whole paragraphs, without what stands in quotation marks: an article *about* donations quotes
people who ask for them, an appeal asks in its own voice. The source file keeps everything that is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tagwire import sentences
from tagwire.intake import insets, voice
from tagwire.intake.phrase import either
from tagwire.intake.phrases import CALL, NOTE, RELATED, STANDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Piece


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The pieces of an article, and the ones cut from them: (rule, its pieces), in order."""

    kept: tuple[Piece, ...]
    cut: tuple[tuple[str, tuple[Piece, ...]], ...]
    refused: float = 0.0
    """Share of the text that the rules would have cut, where that was too much to believe them."""


_MOST = 0.6
"""Share of the text from which on the rules must be wrong."""
_HEADING = 90
"""Characters of the lines that stand above an appeal."""


def trim(pieces: Sequence[Piece], keep: frozenset[str] = frozenset(), *, ends: bool = False) -> Trimmed:
    """`pieces` without the boilerplate in them, or only at their end; what the rules in `keep` would cut stays."""
    kept, cut = _ended(list(pieces), keep)
    inside = [] if ends else [found for found in insets.find(kept) if found[0] not in keep]
    cut[:0] = [(rule, tuple(kept[first:behind])) for rule, first, behind in inside]
    for _, first, behind in reversed(inside):
        del kept[first:behind]
    share = 1 - _size(kept) / max(1, _size(pieces))
    if cut and (share > _MOST or not any(re.search(r"\w", piece.plain) for piece in kept)):
        return Trimmed(tuple(pieces), (), share)
    return Trimmed(tuple(kept), tuple(cut))


Passages: TypeAlias = "list[tuple[str, tuple[Piece, ...]]]"
"""(rule, the pieces that it cuts)."""


def _ended(kept: list[Piece], keep: frozenset[str]) -> tuple[list[Piece], Passages]:
    """What is left of a text without the boilerplate at its end, and that."""
    notes: list[Piece] = []
    cut: Passages = []
    while kept:
        if _notes(kept[-1]):
            notes.insert(0, kept.pop())
            continue
        rule, start = _last(kept)
        if not rule:
            break
        if rule in keep:
            notes[:0] = kept[start:]
            del kept[start:]
            continue
        start = _with_separator(kept, start)
        cut.insert(0, (rule, tuple(kept[start:])))
        del kept[start:]
    return kept + notes, cut


def _size(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.plain) for piece in pieces)


def _notes(piece: Piece) -> bool:
    return len(text := voice.text(piece)) <= voice.SHORT and NOTE.search(text)


_ANY = either(*(phrase for _, phrase in STANDING))
"""One search says for most texts that none of them is there."""


def _last(pieces: Sequence[Piece]) -> tuple[str, int]:
    """The rule that the end of `pieces` falls under, and the index from which on; "" if none."""
    said = voice.own(pieces[-1]) if len(voice.text(pieces[-1])) <= voice.SHORT else ""
    for rule, phrase in STANDING if said and _ANY.search(said) else ():
        if phrase.search(said):
            return rule, len(pieces) - 1
    for rule, find in (("mail-footer", _signature), ("related-links", _related), ("donation-appeal", _appeal)):
        start = find(pieces)
        if start < len(pieces):
            return rule, start
    return "", len(pieces)


def _with_separator(pieces: Sequence[Piece], start: int) -> int:
    """`start`, or the index of the rule ("* * *", "-----") drawn above it."""
    above = start > 1 and not re.search(r"\w", pieces[start - 1].plain)
    return start - 1 if above else start


# ------------------------------------------------------------------ signatures

_SIGNED = 8
"""Lines of the signature of a mail."""


def _signature(pieces: Sequence[Piece]) -> int:
    """Index of the "--" above a few short lines."""
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[-1].last - pieces[at].first > _SIGNED:
            break
        if pieces[at].plain == "--":
            below = "\n".join(piece.plain for piece in pieces[at + 1 :]).split("\n")
            return at if all(len(line) <= _HEADING for line in below) else len(pieces)
    return len(pieces)


# ------------------------------------------------------------------ related links

_TEASER = 160
"""Characters of the headline of another article."""
_TEASERS = 25


def _related(pieces: Sequence[Piece]) -> int:
    """Index of "Related stories" where only links and headlines follow it."""
    for at in range(len(pieces) - 1, max(-1, len(pieces) - _TEASERS), -1):
        lines = voice.text(pieces[at]) if pieces[at].kind != "lines" else pieces[at].lines[0]
        if len(lines) <= _HEADING and RELATED.search(lines.strip()):
            return at if at + 1 < len(pieces) or pieces[at].kind == "lines" else len(pieces)
        if not all(_is_teaser(line) for line in pieces[at].plain.split("\n")):
            break
    return len(pieces)


def _is_teaser(line: str) -> bool:
    return len(line) <= _TEASER and not NOTE.search(line) and ("://" in line or not re.search(r"[.。]$", line.rstrip()))


# ------------------------------------------------------------------ donation appeals


def _appeal(pieces: Sequence[Piece]) -> int:
    """Index of the piece that an appeal begins with which goes on until the end."""
    headed = _headed_appeal(pieces)
    return headed if headed < len(pieces) else _bare_appeal(pieces)


def _headed_appeal(pieces: Sequence[Piece]) -> int:
    """Index of the lines above an appeal, without a full stop, where the rest speaks for the publication."""
    for at in range(len(pieces) - 2, -1, -1):
        rest = pieces[at + 1 :]
        if _notes(rest[0]):
            break
        if _calls(pieces[at]) and any(map(voice.asks, rest)) and 2 * sum(map(voice.speaks, rest)) >= len(rest):
            return at
        if len(rest) > 12 and not voice.asks(pieces[at]) and not voice.speaks(pieces[at]):
            break
    return len(pieces)


def _bare_appeal(pieces: Sequence[Piece]) -> int:
    """Index of the first paragraph that asks, where all behind it ask or speak for the publication.

    What "we" say before that may be the article's own.
    """
    start = len(pieces)
    for at in range(len(pieces) - 1, -1, -1):
        if voice.asks(pieces[at]):
            start = at
        elif not voice.speaks(pieces[at]) or _notes(pieces[at]):
            break
    if 0 < start < len(pieces) and _heads(pieces[start - 1]):
        start -= 1
    return start


def _heads(piece: Piece) -> bool:
    """Whether it is the line right above an appeal: a call, or a few words in the publication's own voice."""
    text = voice.text(piece)
    ours = len(text) <= _HEADING and not sentences.ends(text.rstrip("!:,")) and voice.speaks(piece)
    return ours or _calls(piece) or _titled(piece)


def _titled(piece: Piece) -> bool:
    """Whether it is a heading, or two lines like one: it would stand above nothing."""
    lines = piece.lines
    words = re.findall(r"[^\W\d_][\w’'-]*", " ".join(lines))
    short = len(lines) == 2 and all(len(line) <= _HEADING // 2 and not sentences.ends(line) for line in lines)
    return piece.kind == "heading" or (short and sum(word[0].isupper() for word in words) * 2 > len(words))


def _calls(piece: Piece) -> bool:
    text = voice.text(piece)
    return len(text) <= _HEADING and not sentences.ends(text.rstrip("!:,")) and bool(CALL.search(text))
