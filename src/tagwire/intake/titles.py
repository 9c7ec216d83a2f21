"""A headline made of a lead sentence, for texts that have none."""

from __future__ import annotations

import re

from tagwire import sentences
from tagwire.intake import clauses
from tagwire.intake.dateline import strip as without_dateline
from tagwire.intake.summary import first_line, lead_paragraph, without_greeting
from tagwire.sentences import shorten

LONGEST = 109
"""Characters of a derived title."""
_TELLING = 60
"""Characters from which on a clause says enough."""
_SHORTEST = 45
"""Characters below which it says too little to stand alone."""

_ATTRIBUTED = re.compile(
    rf"(?P<who>[A-Z][^,;:“”\"()]{{2,60}}?)\s+(?P<verb>announced|said|stated|reported|confirmed|declared){clauses.WHEN}"
    r"\s+that\s+(?P<claim>[^“”\"]{20,})"
)
_PRONOUNS = frozenset("he she it they we i you this that these those who".split())
_IDLE = re.compile(r"(?:the|a|an|recent)\s+", re.IGNORECASE)
"""What headlines leave out in front."""


def derive(plain: str) -> str:
    """A headline of under 110 characters from the first sentence of `plain`; empty if there are no words."""
    told = without_greeting(plain)
    verse = first_line(told)
    found = sentences.split(without_dateline(verse or lead_paragraph(told)))
    if not found:
        return ""
    sentence = _bare(found[0]).rstrip(",;:，；：")
    if told != plain:
        sentence = sentence[:1].upper() + sentence[1:]  # "Dear Ida," is no sentence, and this goes on behind it
    undated = clauses.without_day(sentence)
    simple = clauses.without_insertions(undated)
    core = clauses.without_introduction(simple)
    for attempt in (sentence, undated, _colon(undated), simple, core, _colon(core)):
        if attempt and len(attempt) <= LONGEST:
            return attempt
    return _cut(_colon(core) or core) if core else ""


def _cut(sentence: str) -> str:
    """The beginning of a long sentence, where a clause or else a phrase ends, or else a word."""
    return (
        clauses.clause(sentence, _TELLING, LONGEST)
        or clauses.phrase(sentence, _TELLING, LONGEST)
        or clauses.clause(sentence, _SHORTEST, LONGEST)
        or _shortened(sentence)
    )


def _shortened(sentence: str) -> str:
    """Cut behind a word that can stand last, with an ellipsis."""
    text = shorten(sentence, LONGEST).removesuffix("…")
    while len(text) * 2 > LONGEST and clauses.leans(text):
        text = text.rpartition(" ")[0].rstrip(" ,;:—–-([{“‘«„")
    return f"{text}…"


def _bare(sentence: str) -> str:
    """Without the full stop, and without the quotation marks around all of it."""
    text = sentence.rstrip()
    text = re.sub(r"(?<![.\s])[.。]$", "", text) if not re.search(r"(?:^|[\s.])[^\W\d_]\.$", text) else text
    inner = text.strip('“”"')
    if text and text[0] in '“"' and text[-1] in '”"' and not re.search('[“”"]', inner):
        return _bare(inner)
    return text


def _colon(sentence: str) -> str:
    """The sentence "X announced on Thursday that Y" as "X: Y", the way headlines put it."""
    found = _ATTRIBUTED.fullmatch(sentence)
    if found is None or found["who"].lower() in _PRONOUNS or found["claim"].partition(" ")[0] in _PRONOUNS:
        return ""
    claim = _IDLE.sub("", found["claim"], count=1) if _IDLE.match(found["claim"]) else found["claim"]
    first = claim.partition(" ")[0]
    return f"{found['who']}: {claim[0].upper() + claim[1:] if first.islower() else claim}"
