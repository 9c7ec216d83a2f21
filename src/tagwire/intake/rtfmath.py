r"""Formulas in RTF: their control words are the elements of Office's, `\mf` for `m:f`, so the same code makes TeX."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tagwire.intake import officemath

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VALUES: Final = ("chr", "begChr", "endChr", "sepChr", "pos")
"""Properties whose text is their value."""


class Formula:
    """A formula that is being read."""

    def __init__(self) -> None:
        self._root = etree.Element(f"{_M}oMath")
        self._open: list[etree._Element] = [self._root]
        self._new = 0

    def enter(self) -> None:
        """A group begins."""
        self._open.append(self._open[-1])

    def open(self, word: str) -> None:
        """A control word of the group that is open: its element, if it is one of a formula."""
        if word.startswith("m") and len(word) > 1 and word.isalpha():
            self._open[-1] = etree.SubElement(self._open[-1], f"{_M}{word[1:]}")

    def text(self, text: str) -> None:
        """Letters and signs."""
        element = self._open[-1]
        name = etree.QName(element).localname
        if name in _VALUES:
            element.set(f"{_M}val", element.get(f"{_M}val", "") + text)
        elif not name.endswith("Pr"):
            etree.SubElement(element, f"{_M}t").text = text

    def close(self) -> None:
        """The group ends."""
        if len(self._open) > 1:
            self._open.pop()

    def tex(self) -> str:
        """The formula as TeX."""
        return officemath.tex(self._root)
