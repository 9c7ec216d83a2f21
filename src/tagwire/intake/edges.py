"""What stands above and below the text of an article and isn't part of it: its title again, dates, bylines, appeals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import boilerplate, byline, dates
from tagwire.intake.htmltree import MEDIA, leaves, text_of
from tagwire.intake.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

_LABEL: Final = re.compile(
    r"(?:by|author|authors|written by|published|publish date|posted|posted on|date|updated|share|print|text size"
    r"|up next|von|autor|par|por|di|автор|category|categories|tags?|comments?|\d+ comments?|[\d.,:\s]+)\s*[:：]?\Z",
    re.IGNORECASE,
)
_ADVERTISEMENT: Final = re.compile(
    r"(?:advertisements?|advert|sponsored(?: content)?|anzeige|werbung|publicidad|publicité|pubblicità|реклама"
    r"|広告|פרסומת|(?:story|article) continues below(?: advertisement)?|this slideshow requires javascript\.?)\W*\Z",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(
    r"(?:tags?|tagged|topics?|filed under|categor(?:y|ies)|schlagwörter|étiquettes|etiquetas|теги|タグ)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://\S+\Z")
_PROSE = 12
"""Words of a block that belongs to the text and not to what surrounds it."""


def cut(place: html.HtmlElement, title: str, authors: tuple[str, ...], zone: str) -> list[tuple[str, str]]:
    """Remove what surrounds the text of a page; returns (rule, text) of it."""
    cuts = [*_anywhere(place, title), *_above(place, title, authors, zone), *appeals(place), *_below(place)]
    return [(rule, text) for rule, text in cuts if text.strip()]


def _blocks(place: html.HtmlElement) -> list[tuple[html.HtmlElement, str]]:
    found = ((leaf, " ".join(text_of(leaf).split())) for leaf in leaves(place) if leaf is not place)
    return [(leaf, text) for leaf, text in found if text and leaf.tag not in ("pre", "td", "th", "figcaption")]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _anywhere(place: html.HtmlElement, title: str) -> Iterator[tuple[str, str]]:
    """The title again, and the word that stands above advertisements."""
    title_words = _words(title)
    for leaf, text in _blocks(place):
        if _ADVERTISEMENT.match(text):
            yield from _gone("advertisement", leaf, text)
        elif len(title_words) >= 4 and _words(text) == title_words:
            yield from _gone("repeated-title", leaf, text)


def _above(place: html.HtmlElement, title: str, authors: tuple[str, ...], zone: str) -> Iterator[tuple[str, str]]:
    """Dates, bylines and labels above the first paragraph, and a teaser that is repeated."""
    seen: set[str] = set()
    names = {name.lower() for name in authors}
    for leaf, text in _blocks(place)[:12]:
        if text in seen and len(_words(text)) >= 6:
            yield from _gone("repeated-title", leaf, text)
            continue
        seen.add(text)
        if _is_prose(leaf, text):
            return
        bare = text.lower().removeprefix("by ").strip(" ,|")
        dated = dates.labelled(text, zone) or (dates.DATE.search(text) and len(_words(text)) <= _PROSE)
        if dated or _LABEL.match(text) or bare in names or byline.read(text):
            yield from _gone("byline", leaf, text)
        elif len(_words(text)) >= 3 and leaf.tag in ("h1", "h2", "h3") and _words(text) == _words(title):
            yield from _gone("repeated-title", leaf, text)


def _is_prose(leaf: html.HtmlElement, text: str) -> bool:
    return leaf.tag not in ("h1", "h2", "h3", "h4", "h5", "h6") and len(_words(text)) >= _PROSE


def appeals(place: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Remove the appeals at the end, by the rules for plain text."""
    blocks = _blocks(place)
    pieces = [
        Piece("heading" if re.match(r"h[1-6]\Z", leaf.tag) else "paragraph", number, number, (text,), level=2)
        for number, (leaf, text) in enumerate(blocks)
    ]
    for rule, gone in boilerplate.trim(pieces).cut:
        for piece in gone:
            yield from _gone(rule, *blocks[piece.first])


def _below(place: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Remove lists of tags and headings without text at the end."""
    for leaf, text in reversed(_blocks(place)):
        if next(leaf.iter(*MEDIA), None) is not None or _media_follows(place, leaf):
            return
        if _TAGS.match(text) and len(_words(text)) <= 25:
            yield from _gone("tags-line", leaf, text)
        elif leaf.tag in ("h2", "h3", "h4", "h5", "h6") or _LABEL.match(text):
            yield from _gone("related-links", leaf, text)
        elif _ADDRESS.match(text):
            yield from _gone("own-address", leaf, text)
        else:
            return


def _media_follows(place: html.HtmlElement, leaf: html.HtmlElement) -> bool:
    """Whether a picture or a table stands behind a block."""
    after = False
    for element in place.iter():
        if after and element.tag in (*MEDIA, "table", "pre", "figure"):
            return True
        after = after or element is leaf
    return False


def _gone(rule: str, leaf: html.HtmlElement, text: str) -> Iterator[tuple[str, str]]:
    """Remove a block, and the list item or list that is empty without it."""
    yield rule, text
    parent = leaf.getparent()
    leaf.drop_tree()
    while (
        parent is not None
        and parent.tag in ("li", "ul", "ol", "dl")
        and not text_of(parent).strip()
        and len(parent) == 0
    ):
        above = parent.getparent()
        if above is None:
            return
        parent.drop_tree()
        parent = above
