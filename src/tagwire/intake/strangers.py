"""Formats that hold articles and that nothing here reads: what to do about each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake.found import Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.intake.found import Asked

_HINTS: Final = (
    ("an old Word document, or another old file of Office", "open it, and save it as `.docx`"),
    ("a sheet or slides", "save its text as `.docx`, `.odt` or HTML"),
)

MARKUPS: Final = {
    ".rst": "reStructuredText",
    ".rest": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org mode’s markup",
    ".textile": "Textile",
    ".ipynb": "a notebook of Jupyter",
}
"""What only its name gives away, by how the name ends."""
_TABLES: Final = (".csv", ".tsv")
"""Those that hold articles are exports, and known before."""
_ORG: Final = re.compile(r"^(?:\*+ |#\+\w+:)", re.MULTILINE)


def markup(path: str, text: str) -> Refused | None:
    """Why a text in a markup that nobody here reads is no source: as plain text it would be mangled."""
    ending = f".{path.rpartition('.')[2].lower()}"
    if ending in _TABLES:
        hint = "of an export, add the whole archive or folder that it came in"
        message = "this is a table, which holds no article"
        return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", message, hint),))
    if ending not in MARKUPS or (ending == ".org" and not _ORG.search(text)):  # a text may be named `valley.org`
        return None
    hint = "make Markdown of it (`pandoc -t markdown_strict`), and add that"
    message = f"this is {MARKUPS[ending]}, which isn’t read"
    return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", message, hint),))


def xml(path: str, text: str) -> Refused | None:
    """Why XML that is no export, no feed and no page is no source: its tags are no words."""
    if not _XML.match(text):
        return None
    hint = "add the file as its program exported it; of other XML, save the text as HTML or Markdown"
    message = "this is XML of a kind that isn’t read"
    return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", message, hint),))


_XML: Final = re.compile(r"\ufeff?\s*<\?xml\b")


def read(data: bytes, path: str, _asked: Asked) -> Refused:
    """Why this is no source."""
    message, hint = _HINTS[0] if data.startswith(b"\xd0\xcf\x11\xe0") else _HINTS[1]
    return Refused((Problem(f"content/{path}", 0, 0, "source-not-text", f"this is {message}", hint),))
