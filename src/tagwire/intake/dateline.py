"""The dateline: "LONDON, 24 July 2020 (Reuters) -" in front of the lead."""

from __future__ import annotations

import re

from tagwire.intake import dates

_PLACE = r"[^\W\d_][\w.’' -]{1,40}(?:,\s[^\W\d_][\w.’' ]{1,24}?){0,2}?"
_AGENCY = r"(?:\([^()\n]{2,30}\)|/[^/\s]{2,20}/)"
_DASH = r"(?:[-–—―]{1,2}|:)"
_LINE = re.compile(
    rf"(?P<place>{_PLACE})(?P<date>,?\s+(?:{dates.DATE.pattern})|,\s+[^\W\d_]{{3,9}}\.?\s\d{{1,2}})?"
    rf"(?P<agency>,?\s*{_AGENCY})?\s*(?P<dash>{_DASH})\s+(?=\S)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[-–—―:]\s")
_PRONOUNS = frozenset({"He", "She", "It", "They", "We", "I", "This", "That"})
_WITHIN = 120
"""Characters in which a dateline ends."""


def find(paragraph: str) -> re.Match[str] | None:
    """The dateline that `paragraph` begins with, if it does: a place in capitals, or one with a date or an agency."""
    head = paragraph[:_WITHIN]
    found = _LINE.match(head) if _DASHED.search(head) else None
    if found is None:
        return None
    place = found["place"].strip()
    if place.isupper() and found["dash"] != ":" and len(place) > 2:
        return found
    full = found["date"] is not None and dates.inside(found["date"]) is not None
    named = all(word[0].isupper() or not word[0].islower() for word in place.split()) and place not in _PRONOUNS
    return found if named and (full or (found["agency"] and found["dash"] != ":")) and len(place.split()) <= 4 else None


def date(paragraph: str) -> str:
    """The full date in the dateline of `paragraph`, as written, or empty."""
    found = find(paragraph)
    day = dates.inside(found["date"]) if found and found["date"] else None
    return day[0].strip() if day else ""


def strip(paragraph: str) -> str:
    """`paragraph` without its dateline."""
    found = find(paragraph)
    return paragraph[found.end() :] if found else paragraph
