"""The byline and the date below the title of a page without headings: old pages are tables, and name nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tagwire.intake import creditline
from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

    from tagwire.model import When

ORIGIN: Final = "the line below the title"
_LINES: Final = 3
"""Lines of bylines and dates; the text begins behind them."""


def read(root: html.HtmlElement, title: str, zone: str) -> tuple[tuple[str, ...], When | None]:
    """The names and the date; empty and None where there is a heading or no such line."""
    body = root.find("body")
    if body is None or not title or next(root.iter("h1"), None) is not None:
        return (), None
    authors: tuple[str, ...] = ()
    published: When | None = None
    for kind, value in _parts(body, title, zone):
        if not isinstance(value, tuple):
            published = published or (value if kind == "published" else None)
        else:
            authors = authors or value
    return authors, published


def _parts(body: html.HtmlElement, title: str, zone: str) -> Iterator[creditline.Part]:
    """What the lines say that are nothing but bylines and dates."""
    shown = next((each for each in body.iter("*") if not len(each) and clean(text_of(each)) == title), None)
    lines = [] if shown is None else [clean(str(text)) for text in shown.xpath("(following::text())[position() < 20]")]
    for line in [line for line in lines if line][:_LINES]:
        parts = creditline.read(line, zone)
        if not parts:
            return
        yield from parts
