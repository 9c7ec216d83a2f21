"""The one or two sentences that stand for an article in a list."""

from __future__ import annotations

import re

from tagwire.intake import sentences
from tagwire.intake.dateline import strip as without_dateline

_MOST = 300
"""Characters of a summary that is made of whole sentences."""
_TOO_LONG = 400
"""Characters of a first sentence from which on it is cut."""
_LEAD = 5000
"""Characters of the lead that are looked at."""
_ENOUGH = 120
"""Characters from which a first sentence needs no second."""


def of(plain: str) -> str:
    """The opening sentences of `plain`, whole; one of more than 400 characters is cut behind a word."""
    lead = lead_paragraph(plain)
    found = sentences.split(without_dateline(lead))
    if not found:
        return ""
    first = found[0]
    if len(first) > _TOO_LONG:
        return shorten(first, _MOST)
    if len(first) < _ENOUGH and len(found) > 1 and len(first) + 1 + len(found[1]) <= _MOST:
        return _join(lead, first, found[1])
    return first


def _join(lead: str, first: str, second: str) -> str:
    """As they stand in the lead: Chinese sentences have no space between them."""
    return first + second if first + second in lead else f"{first} {second}"


def lead_paragraph(plain: str) -> str:
    """The first paragraph that says something, its line ends made spaces."""
    for paragraph in plain.split("\n\n"):
        flat = one_line(paragraph[:_LEAD])
        if re.search(r"\w", flat):
            return flat
    return ""


def first_line(plain: str) -> str:
    """The first line of a lead whose lines were kept, verse for instance; else empty: paragraphs are one line."""
    lead = next((paragraph for paragraph in plain.split("\n\n") if re.search(r"\w", paragraph)), "")
    lines = [line for line in lead.split("\n") if re.search(r"\w", line)]
    return one_line(lines[0]) if len(lines) > 1 else ""


def one_line(text: str) -> str:
    """`text` without line ends and runs of spaces; no-break spaces stay."""
    return re.sub("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip()


def shorten(text: str, longest: int) -> str:
    """`text` cut at a word's end where it is longer than `longest` characters, with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    cut = head.rpartition(" ")[0] if not text[longest - 1].isspace() else head
    return (cut if len(cut) * 2 > len(head) else head).rstrip(" ,;:—–-([{“‘«„") + "…"
