"""The one or two sentences that stand for an article in a list."""

from __future__ import annotations

import re

from tagwire import sentences
from tagwire.intake.dateline import strip as without_dateline

_LEAD = 5000
"""Characters of the lead that are looked at."""


def of(plain: str) -> str:
    """The opening sentences of `plain`, whole; one of more than 400 characters is cut behind a word."""
    return sentences.lead(without_dateline(lead_paragraph(plain)))


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
