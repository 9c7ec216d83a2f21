"""What stands in an entry: the article's reader HTML, with its retraction or corrections, within bounds."""

from __future__ import annotations

import bisect
import html
import re
from typing import TYPE_CHECKING

from tagwire.characters import escaped_size

if TYPE_CHECKING:
    from tagwire.model import Entry

_BLOCK_END = re.compile(r"</(?:p|div|ul|ol|dl|table|pre|blockquote|figure|section|h[1-6])>")
_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^">]|"[^"]*")*>')
_VOID = {"br", "col", "hr", "img", "source", "track", "wbr"}


_MOST = 5
"""Bytes that a character takes at most: `&` as `&amp;`. Nearly no text is so long that it must be reckoned."""


def compose(entry: Entry, body: str, room: int) -> str:
    """The HTML that a subscriber reads; over `room` bytes (as XML holds them) it is shortened, and says so.

    Most readers know no `xml:lang`: a text from right to left says so itself.
    """
    made = _composed(entry, body, room)
    return f'<div dir="rtl" lang="{html.escape(entry.lang)}">{made}</div>' if entry.direction == "rtl" else made


def _composed(entry: Entry, body: str, room: int) -> str:
    if entry.retracted:
        day, label = entry.retracted.date.at.date().isoformat(), html.escape(entry.labels.retracted, quote=False)
        return f"<p><strong>{label}, {day}.</strong> {html.escape(entry.retracted.text, quote=False)}</p>"
    label = html.escape(entry.labels.correction, quote=False)
    notes = "".join(
        f"<p><em>{label}, {note.date.at.date().isoformat()}: {html.escape(note.text, quote=False)}</em></p>"
        for note in entry.corrections
    )
    return _shortened(body, room, entry) + notes


def _shortened(body: str, room: int, entry: Entry) -> str:
    if _MOST * len(body) <= room or escaped_size(body) <= room:
        return body
    kept = body[: _cut(body, room)]
    said, whole = (html.escape(text, quote=False) for text in (entry.labels.shortened, entry.labels.whole))
    note = f'<p><em>{said} <a href="{html.escape(entry.url)}">{whole}</a></em></p>'
    return kept + _closing(kept) + note


def _cut(body: str, room: int) -> int:
    """Where to stop: behind the last block that fits; where even the first doesn't, inside it."""
    end = 0
    left = room
    for match in _BLOCK_END.finditer(body):
        left -= escaped_size(body[end : match.end()])
        if left < 0:
            break
        end = match.end()
    return end or _between_words(body, room)


def _between_words(body: str, room: int) -> int:
    most = bisect.bisect_right(range(len(body)), room, key=lambda length: escaped_size(body[:length])) - 1
    opened, closed = body.rfind("<", 0, most), body.rfind(">", 0, most)
    if opened > closed:
        return opened
    entity = body.rfind("&", closed + 1, most)
    whole = max(body.rfind(" ", closed + 1, most), entity if ";" not in body[entity:most] else -1)
    return whole if whole > 0 else most


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
