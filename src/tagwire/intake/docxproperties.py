"""What an Office document says of itself: its core properties (ECMA-376 part 2, 11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import dates, wordml
from tagwire.intake.document import Document

if TYPE_CHECKING:
    from lxml import etree

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_CP: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_NOBODY: Final = re.compile(
    r"(?:python-docx|microsoft(?: office)?(?: user)?|user|owner|admin(?:istrator)?|author|unknown|default|pandoc|root"
    r"|hp|dell|lenovo|windows user|un-named)\Z",
    re.IGNORECASE,
)
_UNTITLED: Final = re.compile(
    r"(?:(?:microsoft )?word(?: document| -.*)?|document\s?\d*|untitled\b.*|title|.*\.docx?)\Z", re.IGNORECASE
)
_TEMPLATES: Final = ("2013-12-23T23:15:00", "1970-", "1601-", "1980-01-01")
"""Moments that are those of a program's template, or of no clock."""


def properties(data: bytes) -> Document:
    """A document with nothing but its properties; those that programs fill in by themselves are none."""
    if (root := wordml.part(data)) is None:
        return Document("")
    title, author = _text(root, f"{_DC}title"), _text(root, f"{_DC}creator")
    made = _text(root, f"{_TERMS}created")
    keywords = [word.strip() for word in re.split(r"[,;]", _text(root, f"{_CP}keywords"))]
    lang = _text(root, f"{_DC}language")
    return Document(
        html="",
        title=title if is_title(title) else "",
        authors=tuple(name for one in author.split(";") if is_name(name := one.strip())),
        made=None if made.startswith(_TEMPLATES) else dates.read(made, "UTC"),
        lang=lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else "",
        tags=tuple(word for word in keywords if word),
    )


def is_title(text: str) -> bool:
    """Whether a property is a title that somebody gave, not one that a program fills in."""
    return bool(text.strip()) and not _UNTITLED.match(text.strip())


def is_name(text: str) -> bool:
    """Whether a property names somebody, not a program or an account."""
    return bool(text.strip()) and not _NOBODY.match(text.strip())


def _text(root: etree._Element, name: str) -> str:
    found = root.find(name)
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())
