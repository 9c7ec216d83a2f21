"""The byline and date that a page shows under its heading, where nothing in its head says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.intake import byline, creditline, dates
from tagwire.intake.htmltree import leaves, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.model import When

_MOST = 3
"""Blocks below the heading that may say it."""
_LONGEST = 120
"""Characters of such a block."""
Credits = tuple[tuple[str, ...], "When | None"]


def read(root: html.HtmlElement, title: str, zone: str) -> tuple[Credits, list[html.HtmlElement]]:
    """Names and date right below the first `h1` of a tidy page, and the blocks that say nothing else.

    On a page without one, below the block that says its `title`.
    """
    authors: tuple[str, ...] = ()
    published: When | None = None
    blocks: list[html.HtmlElement] = []
    for leaf in _below_heading(root, title):
        found = [_line(line, zone) for line in _lines(leaf)]
        if not found or not all(names or when for names, when in found):
            break
        blocks.append(leaf)
        authors = authors or next((names for names, _ in found if names), ())
        published = published or next((when for _, when in found if when), None)
    return (authors, published), blocks


def _below_heading(root: html.HtmlElement, title: str) -> list[html.HtmlElement]:
    found = list(leaves(root))
    start = next((number for number, leaf in enumerate(found) if leaf.tag == "h1"), None)
    if start is None and title:
        start = next((number for number, leaf in enumerate(found) if " ".join(text_of(leaf).split()) == title), None)
    below = [] if start is None else found[start + 1 : start + 1 + _MOST]
    return [leaf for leaf in below if leaf.tag in ("p", "dd") and len(text_of(leaf)) <= _LONGEST]


def _lines(leaf: html.HtmlElement) -> list[str]:
    """The lines of a block as its `<br>` part them."""
    parts = [leaf.text or ""]
    for child in leaf:
        if child.tag == "br":
            parts.append("")
        parts[-1] += text_of(child) + (child.tail or "")
    return [line for part in parts if (line := " ".join(part.split()))]


def _line(line: str, zone: str) -> Credits:
    labelled = dates.labelled(line, zone)
    when = labelled[1] if labelled and labelled[0] == "published" else dates.read(line, zone)
    names = byline.read(line)
    if names or when:
        return names, when
    parts = creditline.read(line, zone)
    together = next((value for kind, value in parts if kind == "author" and isinstance(value, tuple)), ())
    stated = next((value for kind, value in parts if kind == "published" and not isinstance(value, tuple)), None)
    return together, stated
