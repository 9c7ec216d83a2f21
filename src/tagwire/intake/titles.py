"""A headline made of a lead sentence, for texts that have none."""

from __future__ import annotations

import re

from tagwire import sentences
from tagwire.intake.dateline import strip as without_dateline
from tagwire.intake.summary import first_line, lead_paragraph
from tagwire.sentences import shorten

LONGEST = 109
"""Characters of a derived title."""
_SHORTEST = 45
"""Characters below which a clause says too little to stand alone."""

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WHEN = rf"(?:\s+(?:(?:late |early )?on (?:{_DAYS})(?: (?:morning|afternoon|evening|night))?|{_DAYS}|yesterday|today))?"
_ATTRIBUTED = re.compile(
    rf"(?P<who>[A-Z][^,;:“”\"()]{{2,60}}?)\s+(?P<verb>announced|said|stated|reported|confirmed|declared){_WHEN}"
    r"\s+that\s+(?P<claim>[^“”\"]{20,})"
)
_PRONOUNS = frozenset("he she it they we i you this that these those who".split())
_NO_WHEN = re.compile(rf"(\b(?:announced|said|stated|reported|confirmed|declared|told [\w’' ]{{3,30}}?)){_WHEN}(?=\s)")
_IDLE = re.compile(r"(?:the|a|an|recent)\s+", re.IGNORECASE)
"""What headlines leave out in front."""

_CLAUSE = re.compile(
    r"\s*[;—–]\s|\s*:\s|,\s|،\s*|[，；]|\s+(?=(?:after|because|while|although|though|but|amid|despite"
    r"|nachdem|weil|während|obwohl|après|tandis|alors|después|mientras|porque|dopo|mentre)\s)"
)
_OPEN_CLOSE = (("“", "”"), ("«", "»"), ("„", "“"), ("(", ")"), ("[", "]"), ("「", "」"))


def derive(plain: str) -> str:
    """A headline of under 110 characters from the first sentence of `plain`; empty if there are no words."""
    verse = first_line(plain)
    found = sentences.split(without_dateline(verse or lead_paragraph(plain)))
    if not found:
        return ""
    sentence = _bare(found[0]).rstrip(",;:，；：")
    for attempt in (sentence, _NO_WHEN.sub(r"\1", sentence), _colon(sentence)):
        if attempt and len(attempt) <= LONGEST:
            return attempt
    return _clause(sentence) or shorten(_colon(sentence) or sentence, LONGEST)


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
    if found is None or found["who"].lower() in _PRONOUNS:
        return ""
    claim = _IDLE.sub("", found["claim"], count=1) if _IDLE.match(found["claim"]) else found["claim"]
    first = claim.partition(" ")[0]
    return f"{found['who']}: {claim[0].upper() + claim[1:] if first.islower() else claim}"


def _clause(sentence: str) -> str:
    """The longest beginning of `sentence` that ends where a clause does and leaves nothing open."""
    best = ""
    for gap in _CLAUSE.finditer(sentence):
        head = sentence[: gap.start()].rstrip()
        if len(head) > LONGEST:
            break
        if len(head) >= _SHORTEST and _closed(head):
            best = head
    return best


def _closed(text: str) -> bool:
    pairs = all(text.count(opening) == text.count(closing) for opening, closing in _OPEN_CLOSE)
    return pairs and text.count('"') % 2 == 0
