"""The byline and date that a page shows under its heading, where nothing in its head says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.intake import byline, creditline, dates
from tagwire.intake.htmltree import leaves, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.model import When

_MOST = 5
"""Blocks below the heading that may say it."""
_BETWEEN = 2
"""Others that may stand between the heading and them: what sums the article up, the caption of a picture."""
_ABOVE = 2
"""Blocks right above the heading that may say it."""
_LONGEST = 120
"""Characters of such a block."""
_TAGS = ("p", "dd", "h2", "h3", "h4", "h5", "h6")
Credits = tuple[tuple[str, ...], "When | None"]


def read(
    root: html.HtmlElement, title: str, zone: str, known: tuple[str, ...] = ()
) -> tuple[Credits, list[html.HtmlElement]]:
    """Names and date right below or above the heading of a tidy page, and the blocks that say nothing else.

    The heading is the block that says the `title`, or else the first `h1`. `known` are names of authors that need
    no "by".
    """
    authors: tuple[str, ...] = ()
    published: When | None = None
    blocks: list[html.HtmlElement] = []
    others = 0
    for leaf in _around_heading(root, title):
        found = [_line(line, zone, known) for line in _lines(leaf)]
        if not found or not all(names or when for names, when in found):
            others += 1
            if others > _BETWEEN:
                break
            continue
        blocks.append(leaf)
        authors = authors or next((names for names, _ in found if names), ())
        published = published or next((when for _, when in found if when), None)
    return (authors, published), blocks


def _around_heading(root: html.HtmlElement, title: str) -> list[html.HtmlElement]:
    """Blocks that may say it: those below the heading, but for lists of links, and those beside and above it."""
    found = [leaf for leaf in leaves(root) if text_of(leaf).strip()]
    at = _heading(found, title)
    if at is None:
        return []
    box = found[at].getparent()
    boxes = [each for each in (box, None if box is None else box.getparent()) if each is not None]
    above = [leaf for leaf in found[max(0, at - _ABOVE) : at] if leaf.getparent() in boxes]
    below = [leaf for leaf in found[at + 1 : at + 1 + 4 * _MOST] if next(leaf.iterancestors("ul", "ol"), None) is None]
    small = [leaf for leaf in below[:_MOST] if leaf.tag in _TAGS and len(text_of(leaf)) <= _LONGEST]
    dated = [leaf for leaf in above if leaf.tag == "p" and len(text_of(leaf)) <= _LONGEST]
    return [*(leaf for leaf in dated if all(_line(line, "UTC", ()) != ((), None) for line in _lines(leaf))), *small]


def _heading(found: list[html.HtmlElement], title: str) -> int | None:
    """Where the heading of the article stands among the blocks of a page."""
    headings = [number for number, leaf in enumerate(found) if leaf.tag == "h1"]
    said = [number for number, leaf in enumerate(found) if title and " ".join(text_of(leaf).split()) == title]
    both = [number for number in headings if number in said]
    return next(iter([*both, *said, *headings]), None)


def _lines(leaf: html.HtmlElement) -> list[str]:
    """The lines of a block as its `<br>` part them."""
    parts = [leaf.text or ""]
    for child in leaf:
        if child.tag == "br":
            parts.append("")
        parts[-1] += text_of(child) + (child.tail or "")
    return [line.replace(" ,", ",") for part in parts if (line := " ".join(part.split()))]


def _line(line: str, zone: str, known: tuple[str, ...]) -> Credits:
    if line.lower() in {name.lower() for name in known}:
        return tuple(name for name in known if name.lower() == line.lower()), None
    labelled = dates.labelled(line, zone)
    when = labelled[1] if labelled and labelled[0] == "published" else dates.read(line, zone)
    names = byline.read(line)
    if names or when:
        return names, when
    parts = creditline.read(line, zone)
    together = next((value for kind, value in parts if kind == "author" and isinstance(value, tuple)), ())
    stated = next((value for kind, value in parts if kind == "published" and not isinstance(value, tuple)), None)
    return together, stated
