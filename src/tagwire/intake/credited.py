"""The byline and date that a page shows under its heading, where nothing in its head says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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
    pieces: set[html.HtmlElement] = set()
    for leaf in _around_heading(root, title):
        if leaf in pieces:
            continue
        found = [_line(line, zone, known) for line in _lines(leaf)]
        if not all(when for _, when in found) and (dated := _in_pieces(leaf, zone)):
            published = published or dated[0]
            pieces.update(dated[1])
            blocks.extend(dated[1])
            continue
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
    texts = [(leaf, text) for leaf in leaves(root) if (text := text_of(leaf)).strip()]
    at = _heading(texts, title)
    if at is None:
        return []
    found = [leaf for leaf, _ in texts[max(0, at - _ABOVE) : at + 1 + 4 * _MOST]]
    at = min(at, _ABOVE)
    box = found[at].getparent()
    boxes = [each for each in (box, None if box is None else box.getparent()) if each is not None]
    above = [leaf for leaf in found[:at] if leaf.getparent() in boxes]
    below = [leaf for leaf in found[at + 1 :] if next(leaf.iterancestors("ul", "ol"), None) is None]
    small = [leaf for leaf in below[:_MOST] if leaf.tag in _TAGS and len(text_of(leaf)) <= _LONGEST]
    dated = [leaf for leaf in above if leaf.tag == "p" and len(text_of(leaf)) <= _LONGEST]
    return [*(leaf for leaf in dated if all(_line(line, "UTC", ()) != ((), None) for line in _lines(leaf))), *small]


def _heading(texts: list[tuple[html.HtmlElement, str]], title: str) -> int | None:
    """Where the heading of the article stands among the blocks of a page with their words."""
    headings = [number for number, (leaf, _) in enumerate(texts) if leaf.tag == "h1"]
    word = title.partition(" ")[0]
    having = [(number, text) for number, (_, text) in enumerate(texts) if word and word in text]
    said = [number for number, text in having if " ".join(text.split()) == title]
    both = [number for number in headings if number in said]
    return next(iter([*both, *said, *headings]), None)


_PIECE: Final = re.compile(
    r"(?:\d{1,2}\.?|\d{4}|\d{1,2}:\d\d(?: ?[ap]m)?|[^\W\d_]{3,12}\.?(?: \d{1,2})?),?", re.IGNORECASE
)
"""A day, a month or a year by itself, or a time between them."""
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d(?: ?[ap]m)?", re.IGNORECASE)
_PIECES: Final = range(2, 5)


def _in_pieces(leaf: html.HtmlElement, zone: str) -> tuple[When, list[html.HtmlElement]] | None:
    """A date whose day, month and year are elements of their own, in one block or in one box; and its blocks."""
    box = leaf.getparent()
    while box is not None and len(box) == 1:
        box = box.getparent()
    beside = [] if box is None or len(box) not in _PIECES else leaves(box)
    for parts, whole in ((list(leaf), [leaf]), (beside, beside)):
        words = [word for part in parts if (word := " ".join(text_of(part).split()))]
        if len(words) in _PIECES and all(map(_PIECE.fullmatch, words)):
            when = dates.read(" ".join(word for word in words if not _CLOCK.fullmatch(word)), zone)
            if when:
                return when, whole
    return None


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
