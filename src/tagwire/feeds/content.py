"""What stands in an entry: the article's reader HTML, with its retraction or corrections, within bounds."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.model import Entry

LARGEST = 900_000
"""Bytes of one entry's HTML. Over that it is shortened, says so, and links to its page (design: under 1 MB a feed)."""

_BLOCK_END = re.compile(r"</(?:p|div|ul|ol|dl|table|pre|blockquote|figure|section|h[1-6])>")
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^">]|"[^"]*")*>')
_VOID = {"br", "col", "hr", "img", "source", "track", "wbr"}


def compose(entry: Entry, body: str) -> str:
    """The HTML that a subscriber reads. Most readers know no `xml:lang`: a text from right to left says so itself."""
    made = _composed(entry, body)
    return f'<div dir="rtl" lang="{html.escape(entry.lang)}">{made}</div>' if entry.direction == "rtl" else made


def _composed(entry: Entry, body: str) -> str:
    if entry.retracted:
        day = entry.retracted.date.at.date().isoformat()
        return f"<p><strong>Retracted, {day}.</strong> {html.escape(entry.retracted.text, quote=False)}</p>"
    notes = "".join(
        f"<p><em>Correction, {note.date.at.date().isoformat()}: {html.escape(note.text, quote=False)}</em></p>"
        for note in entry.corrections
    )
    return _shortened(body, entry.url) + notes


def _shortened(body: str, url: str) -> str:
    if len(body.encode()) <= LARGEST:
        return body
    room = body.encode()[:LARGEST].decode(errors="ignore")
    ends = [match.end() for match in _BLOCK_END.finditer(room)]
    kept = room[: ends[-1]] if ends else ""
    note = f'<p><em>Shortened here for its length. <a href="{html.escape(url)}">The whole article</a></em></p>'
    return kept + _closing(kept) + note


def _closing(fragment: str) -> str:
    """End tags for what `fragment` leaves open."""
    opened: list[str] = []
    for match in _TAG.finditer(fragment):
        name = match[2].lower()
        if match[1] and opened and opened[-1] == name:
            opened.pop()
        elif not match[1] and name not in _VOID:
            opened.append(name)
    return "".join(f"</{name}>" for name in reversed(opened))
