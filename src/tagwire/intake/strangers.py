"""Formats that hold articles and that nothing here reads: what to do about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tagwire.intake.found import Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.intake.found import Asked

_HINTS: Final = (
    ("an old Word document, or another old file of Office", "open it, and save it as `.docx`"),
    ("a sheet or slides", "save its text as `.docx`, `.odt` or HTML"),
)

_MARKUPS: Final = (".rst", ".rest")


def markup(path: str) -> Refused | None:
    """Why reStructuredText, which only its name gives away, is no source: as plain text it would be mangled."""
    if not path.lower().endswith(_MARKUPS):
        return None
    hint = "make Markdown of it (`pandoc -t markdown_strict`), and add that"
    message = "this is reStructuredText, which isn’t read"
    return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", message, hint),))


def read(data: bytes, path: str, _asked: Asked) -> Refused:
    """Why this is no source."""
    message, hint = _HINTS[0] if data.startswith(b"\xd0\xcf\x11\xe0") else _HINTS[1]
    return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", f"this is {message}", hint),))
