"""Where sentences end, in the scripts that news is written in."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr gen col lt capt sgt cmdr adm maj rep sen gov pres hon rev supt mt ft nos vs etc approx"
    " inc ltd corp co bros dept est fig vol ed pp al cf ca jan feb mar apr jun jul aug sep sept oct nov dec"
    " mme mlle hr fr bzw usw ca nr bd sog vgl geb gest sra srta dña ud uds ee uu sig dott avv ing"
    " г гг ул тыс млн млрд руб им проф др т д п е див вул".split()
)
"""Lower case, without the full stop; none that often ends a sentence."""

_CLOSING = "\"'”’»›“)]}」』）】"
# A Latin full stop needs a space behind it, an ideographic one does not.
_END = re.compile(rf"(?:[.!?…؟۔।]+[{re.escape(_CLOSING)}]*(?=\s|$)|[。！？｡][{re.escape(_CLOSING)}]*)")
_STOPPING = frozenset(".!?…؟۔।。！？｡")
_NEAR = 60
"""Characters around a stop that tell whether it ends a sentence."""
_LAST_WORD = re.compile(r"([\w.’']+)$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")


def split(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph, each with its closing marks, without the space around it."""
    return tuple(_each(text))


def _each(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if _ends(text, end):
            if sentence := text[start : end.end()].strip():
                yield sentence
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence of the paragraph `text` ends between two of its words: behind one, before the next."""
    if _STOPPING.isdisjoint(text[start:end]):
        return False
    for stop in _END.finditer(text, start):
        if stop.start() >= end:
            return False
        if _ends(text, stop):
            return True
    return False


def _ends(text: str, end: re.Match[str]) -> bool:
    """Whether the stop at `end` ends a sentence, and is none of an abbreviation's or of a quoted question's."""
    after = text[end.end() : end.end() + _NEAR].lstrip()
    if not after or end[0][0] in "。！？｡؟۔।":
        return True
    opener = after.lstrip("\"'“„‘«‹([{¿¡—–- ")
    if opener and opener[0].islower():
        return False  # “Why?” he asked; the U.S. government; 3 p.m. on Monday
    return (
        end[0][0] != "."
        or len(end[0].rstrip(_CLOSING)) > 1
        or not _abbreviated(text[max(0, end.start() - _NEAR) : end.start()], opener)
    )


def _abbreviated(before: str, after: str) -> bool:
    word = _LAST_WORD.search(before, before.rfind(" ") + 1)
    if word is None:
        return False
    last = word[1]
    if last.lower() in _ABBREVIATIONS:
        return True
    if _INITIALS.match(last):
        # One letter is a person's initial. "U.S." may end a sentence; it does so before a word that starts one.
        return "." not in last or after.partition(" ")[0] not in _STARTERS
    return False


_STARTERS = frozenset(
    "The A An It Its He She They We I This That These Those There In On At But And If As For After Before When While"
    " His Her Their Our My You Your By From With Last Since During Under However Meanwhile According".split()
)
"""Words that begin an English sentence far more often than they continue a name behind "U.S."."""


def ends(text: str) -> bool:
    """Whether `text` ends as a sentence does, closing marks and footnote brackets included."""
    return text.rstrip().rstrip(_CLOSING)[-1:] in _STOPS


_STOPS = frozenset(".!?…:;؟۔।。！？｡：；")

_MOST = 300
"""Characters of a lead that is made of whole sentences."""
_TOO_LONG = 400
"""Characters of a first sentence from which on it is cut."""
_ENOUGH = 120
"""Characters from which a first sentence needs no second."""


def lead(paragraph: str) -> str:
    """The first one or two sentences of `paragraph`, whole; one of more than 400 characters is cut behind a word."""
    found = tuple(itertools.islice(_each(paragraph), 2))  # of a long paragraph no more is looked at
    if not found:
        return ""
    first = found[0]
    if len(first) > _TOO_LONG:
        return shorten(first, _MOST)
    if len(first) < _ENOUGH and len(found) > 1 and len(first) + 1 + len(found[1]) <= _MOST:
        return _join(paragraph, first, found[1])
    return first


def _join(lead: str, first: str, second: str) -> str:
    """As they stand in the lead: Chinese sentences have no space between them."""
    return first + second if first + second in lead else f"{first} {second}"


def shorten(text: str, longest: int) -> str:
    """`text` cut at a word's end where it is longer than `longest` characters, with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    cut = head.rpartition(" ")[0] if not text[longest - 1].isspace() else head
    return (cut if len(cut) * 2 > len(head) else head).rstrip(" ,;:—–-([{“‘«„") + "…"
