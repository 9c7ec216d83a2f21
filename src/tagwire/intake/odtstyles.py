"""What the styles of an OpenDocument text mean: which paragraphs are quotations or code, which words are bold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import stylenames

if TYPE_CHECKING:
    from lxml import etree

_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_KINDS: Final = {
    "Title": "said-title",
    "Subtitle": "said-subtitle",
    "Author": "said-author",
    "Date": "said-date",
    "Quotations": "blockquote",
    "Quote": "blockquote",
    "Preformatted_20_Text": "pre",
    "Source_20_Code": "pre",
    "Illustration": "caption",
    "Figure": "caption",
    "Caption": "caption",
    "Table": "caption",
}
_MARKS: Final = {
    "Strong_20_Emphasis": ("strong",),
    "Emphasis": ("em",),
    "Source_20_Text": ("code",),
    "Teletype": ("code",),
    "Citation": ("em",),
}
_FIXED: Final = re.compile(stylenames.FIXED, re.IGNORECASE)
_LONGEST: Final = 20
"""Styles that one goes back to."""


class Styles:
    """The styles of a document: those of `styles.xml`, and the automatic ones of `content.xml` over them."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._numbered: dict[str, frozenset[int]] = {}
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                self._styles[style.get(f"{_STYLE}name", "")] = style
            for style in root.iter(f"{_TEXT}list-style"):
                levels = style.iter(f"{_TEXT}list-level-style-number")
                self._numbered[style.get(f"{_STYLE}name", "")] = frozenset(
                    int(level)
                    for each in levels
                    if re.fullmatch("[0-9]{1,9}", level := each.get(f"{_TEXT}level", ""))
                    and each.get(f"{_STYLE}num-format")
                )

    def paragraph(self, name: str) -> str:
        """What a paragraph of this style is: `pre`, `blockquote`, `h2`, a class, or empty for an ordinary one."""
        for each in self._line(name):
            if each in _KINDS:
                return _KINDS[each]
            if heading := re.fullmatch(r"Heading_20_([1-6])", each):
                return f"h{heading[1]}"
        return ""

    def marks(self, name: str) -> tuple[str, ...]:
        """HTML elements for words of this style, the innermost first."""
        line = self._line(name)
        named = next((_MARKS[each] for each in line if each in _MARKS), ())
        if named:
            return named
        found = {key: value for each in reversed(line) for key, value in self._properties(each).items()}
        position = found.get(f"{_STYLE}text-position", "")
        marks = (
            ("code", _FIXED.search(found.get(f"{_STYLE}font-name", ""))),
            ("sup", position.startswith("super") or re.match(r"[1-9]", position)),
            ("sub", position.startswith(("sub", "-"))),
            ("s", found.get(f"{_STYLE}text-line-through-style", "none") != "none"),
            ("em", found.get(f"{_FO}font-style", "") in ("italic", "oblique")),
            ("strong", found.get(f"{_FO}font-weight", "") in ("bold", "600", "700", "800", "900")),
        )
        return tuple(tag for tag, holds in marks if holds)

    def is_numbered(self, name: str, level: int) -> bool:
        """Whether a list of this style has numbers at a level, 1 the outermost."""
        return level in self._numbered.get(name, ())

    def _line(self, name: str) -> list[str]:
        """The style and those that it comes from."""
        line: list[str] = []
        while name and name not in line and len(line) < _LONGEST:
            line.append(name)
            style = self._styles.get(name)
            name = style.get(f"{_STYLE}parent-style-name", "") if style is not None else ""
        return line

    def _properties(self, name: str) -> dict[str, str]:
        style = self._styles.get(name)
        found = style.find(f"{_STYLE}text-properties") if style is not None else None
        return {str(key): str(value) for key, value in found.attrib.items()} if found is not None else {}
