"""What Word's styles and looks mean where mammoth doesn't ask: outlines, lists by style, hidden text, lines, ruby."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from tagwire.intake import stylenames, wordml
from tagwire.intake.wordml import W, value

_LONGEST: Final = 20
"""Styles that one goes back to."""
_HEADLINE: Final = 200
"""Characters of a paragraph that may be a heading by its own outline level: people paste these with whole texts."""

HEADING: Final = "TagwireHeading"
RULE: Final = "TagwireRule"
BASE: Final = "TagwireRubyBase"
READING: Final = "TagwireRubyText"
"""Ids of styles that are given here, and that mammoth is told of."""


class Styles:
    """The styles of `styles.xml`; each may come from another (17.7.4.3 basedOn)."""

    def __init__(self, data: bytes) -> None:
        self._styles: dict[str, etree._Element] = {}
        if (root := wordml.part(data)) is None:
            return
        for style in root.iter(f"{W}style"):
            self._styles.setdefault(style.get(f"{W}styleId", ""), style)

    def name(self, style: str) -> str:
        """As people see it; empty if there is none."""
        found = self._styles.get(style)
        return "" if found is None else value(found, "name")

    def first(self, style: str, path: str) -> etree._Element | None:
        """The property of a style, as `pPr/numPr`, or of the nearest that it comes from."""
        seen: list[str] = []
        while style and style not in seen and len(seen) < _LONGEST and style in self._styles:
            seen.append(style)
            found = self._styles[style].find("/".join(W + part for part in path.split("/")))
            if found is not None:
                return found
            style = value(self._styles[style], "basedOn")
        return None


def settle(root: etree._Element, styles: Styles) -> int:
    """Write into every paragraph and run below `root` what its look says; how many passages were hidden."""
    hidden = [run for run in root.iter(f"{W}r") if _is_hidden(run, styles)]
    for run in hidden:
        wordml.remove(run)
    for ruby in list(root.iter(f"{W}ruby")):
        _ruby(ruby)
    for paragraph in root.iter(f"{W}p"):
        _paragraph(paragraph, styles)
    return sum(1 for run in hidden if _text(run).strip())


def _paragraph(paragraph: etree._Element, styles: Styles) -> None:
    looks = paragraph.find(f"{W}pPr")
    style = "" if looks is None else value(looks, "pStyle")
    if level := _level(paragraph, looks, style, styles):
        wordml.style(paragraph, f"{HEADING}{level}")
    elif looks is not None and looks.find(f"{W}pBdr") is not None and _is_empty(paragraph):
        wordml.style(paragraph, RULE)
        for child in [each for each in paragraph if each is not looks]:
            paragraph.remove(child)
    elif looks is not None and looks.find(f"{W}numPr") is None:
        listed = styles.first(style, "pPr/numPr")
        if listed is not None and value(listed, "numId"):
            given = deepcopy(listed)
            if not value(given, "ilvl"):
                etree.SubElement(given, f"{W}ilvl").set(f"{W}val", "0")
            looks.append(given)


def _level(paragraph: etree._Element, looks: etree._Element | None, style: str, styles: Styles) -> int:
    """Of a heading, 1 the highest; 0 for other paragraphs (17.3.1.20 outlineLvl: 9 is the text's)."""
    if looks is None:
        return 0
    name = styles.name(style)
    if named := stylenames.level(name or style):
        return named
    own = value(looks, "outlineLvl")
    outline = styles.first(style, "pPr/outlineLvl")
    said = own or ("" if outline is None else outline.get(f"{W}val", ""))
    if not re.fullmatch("[0-8]", said) or re.match(r"title\b|subtitle\b|toc\b", name, re.IGNORECASE):
        return 0
    return min(6, int(said) + 1) if 0 < len(_text(paragraph).strip()) <= _HEADLINE else 0


def _is_hidden(run: etree._Element, styles: Styles) -> bool:
    """Whether a run is hidden by itself or by its style (17.3.2.41 vanish)."""
    looks = run.find(f"{W}rPr")
    if looks is None:
        return False
    own = looks.find(f"{W}vanish")
    found = own if own is not None else styles.first(value(looks, "rStyle"), "rPr/vanish")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _ruby(ruby: etree._Element) -> None:
    """Base and reading as runs beside each other (17.3.3.25)."""
    run = ruby.getparent()
    above = None if run is None else run.getparent()
    if run is None or above is None:
        return
    at = above.index(run) + 1
    made: list[etree._Element] = []
    for part, style in (("rubyBase", BASE), ("rt", READING)):
        for piece in ruby.iterfind(f"{W}{part}/{W}r"):
            looks = wordml.looks(piece, "rPr")
            for old in looks.findall(f"{W}rStyle"):
                looks.remove(old)
            etree.SubElement(looks, f"{W}rStyle").set(f"{W}val", style)
            made.append(piece)
    run.remove(ruby)
    above[at:at] = made


def _is_empty(paragraph: etree._Element) -> bool:
    held = paragraph.iter(f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym")
    return all(each.tag == f"{W}t" and not (each.text or "").strip() for each in held)


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))
