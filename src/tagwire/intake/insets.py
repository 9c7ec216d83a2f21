"""What publications put above an article and between its paragraphs: one appeal or prompt, a paragraph of its own.

The end of a text is where such things belong, and `boilerplate` takes them there on one sign. Anywhere else a
paragraph must be nothing but an appeal, sentence by sentence, and the article must not be about such things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tagwire import sentences
from tagwire.intake import structure, voice
from tagwire.intake.phrase import either
from tagwire.intake.phrases import APPEAL, ASIDE, ASKING, CALL, INSETS, PUBLISHED, TOPICS
from tagwire.intake.pieces import Piece, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Line

_KINDS: Final = ("paragraph", "lines", "heading")
_HEADING: Final = 90
"""Characters of the line above an appeal."""
_LINES = 5
"""Lines of a paragraph that is nothing but an appeal, broken at a margin."""
_MENTIONS = 2
"""Other paragraphs that speak of a thing from which on the article is about it."""

_ANY: Final = either(*(phrase for _, phrase in INSETS), APPEAL, ASKING)
"""No rule here without one of these: one search says for most texts that none of them is there."""


def find(pieces: Sequence[Piece]) -> list[tuple[str, int, int]]:
    """(rule, index of the first piece, index behind the last) of each appeal in `pieces`, in order."""
    rules = [_rule(piece) for piece in pieces]
    found: list[tuple[str, int, int]] = []
    for at, rule in enumerate(rules):
        if not rule or _subject(rule, pieces, rules):
            continue
        if found and found[-1][0] == rule and found[-1][2] == at:
            found[-1] = (rule, found[-1][1], at + 1)
        else:
            above = rule == "donation-appeal" and at > 0 and not rules[at - 1] and _heads(pieces[at - 1])
            found.append((rule, at - 1 if above else at, at + 1))
    return found


def leading(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The appeals that stand above everything else in a text, its headline too; none if the text is about them."""
    found: list[Piece] = []
    run: list[Line] = []
    for line in lines:
        if not line.blank and len(run) <= _LINES:
            run.append(line)
        elif run:
            piece = Piece("paragraph", run[0].number, run[-1].number, (joined(tuple(each.bare for each in run)),))
            if not _rule(piece):
                break
            found.append(piece)
            run = []
    if not found:
        return ()
    rest = structure.pieces([line for line in lines if line.number > found[-1].last])
    gone = {at for _, first, behind in find([*found, *rest]) for at in range(first, behind)}
    return tuple(found) if rest and gone.issuperset(range(len(found))) else ()


def _rule(piece: Piece) -> str:
    """The rule under which a paragraph falls wherever it stands; empty if it may be the article's."""
    text = voice.text(piece)
    if piece.kind not in _KINDS or len(text) > voice.SHORT or (said := voice.own(piece).strip()) != text:
        return ""
    if not _ANY.search(said):
        return ""
    rule = next((rule for rule, phrase in INSETS if phrase.search(said)), "")
    if not rule and voice.asks(piece) and (APPEAL.search(said) or PUBLISHED.search(said)):
        rule = "donation-appeal"
    return rule if rule and all(map(_prompts, sentences.split(said))) else ""


def _prompts(sentence: str) -> bool:
    """Whether a sentence can be part of an appeal: it asks, or says why."""
    phrases = (APPEAL, ASKING, ASIDE, *(phrase for _, phrase in INSETS))
    return any(phrase.search(sentence) for phrase in phrases)


def _heads(piece: Piece) -> bool:
    said = voice.text(piece)
    return len(said) <= _HEADING and not sentences.ends(said.rstrip("!:,")) and bool(CALL.search(said))


def _subject(rule: str, pieces: Sequence[Piece], rules: Sequence[str]) -> bool:
    """Whether the article is about what an appeal asks for."""
    topic = TOPICS.get(rule)
    if topic is None:
        return False
    others = [piece for piece, other in zip(pieces, rules, strict=True) if not other]
    named = [bool(topic.search(voice.text(piece))) for piece in others]
    return sum(named) >= _MENTIONS or any(named[:1])
