"""Pictures of the author around the text of a page, which belong to the byline and not to the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tagwire import names
from tagwire.intake.htmltree import MEDIA, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import html

    from tagwire.intake.cuts import Cuts

_PROSE = 12
"""Words of a block that is the article's text."""


def cut(
    place: html.HtmlElement, blocks: Sequence[tuple[html.HtmlElement, str]], authors: Sequence[str], cuts: Cuts
) -> None:
    """Remove pictures named after one of the `authors` above the first and below the last paragraph of a place.

    One with a caption is the article's, and so is any between its paragraphs.
    """
    if not authors:
        return
    begins, ends = next(_prose(blocks), None), next(_prose(blocks[::-1]), None)
    if begins is None or ends is None:
        return
    order = {element: number for number, element in enumerate(place.iter())}
    first, last = order[begins], order[ends]
    for image in list(place.iter("img")):
        name = _named(image, authors)
        if not name or first <= order[image] <= last or next(image.iterancestors("figure"), None) is not None:
            continue
        box = next((each for each in image.iterancestors("p", "a") if _holds_nothing_else(each)), image)
        cuts.away("author-box", box, image.get("alt", "").strip() or name)


def _prose(blocks: Sequence[tuple[html.HtmlElement, str]]) -> Iterator[html.HtmlElement]:
    """The paragraphs of some length."""
    return (leaf for leaf, text in blocks if leaf.tag == "p" and len(re.findall(r"\w+", text)) >= _PROSE)


def _named(image: html.HtmlElement, authors: Sequence[str]) -> str:
    """The author whose name a picture has, as its description or as its file; empty if none."""
    alt = names.slug(image.get("alt", ""))
    stem = names.slug(
        unquote(urlsplit(image.get("src", "").partition("?")[0]).path.rpartition("/")[2].rpartition(".")[0])
    )
    slugs = [(name, names.slug(name)) for name in authors if names.slug(name)]
    return next((name for name, slug in slugs if slug in (alt, stem) or (" " in name and alt.startswith(slug))), "")


def _holds_nothing_else(element: html.HtmlElement) -> bool:
    return not text_of(element).strip() and sum(1 for _ in element.iter(*MEDIA)) == 1
