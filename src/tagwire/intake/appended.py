"""What a publisher adds to a text, at its ends and between its paragraphs: who the author is, and appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tagwire.intake import authornote, boilerplate
from tagwire.intake.htmltree import HEADINGS, leaves, text_of
from tagwire.intake.pieces import Piece

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.cuts import Cuts

Blocks: TypeAlias = "list[tuple[html.HtmlElement, str]]"
"""Blocks of text in order, each with its words."""


def blocks_of(place: html.HtmlElement) -> Blocks:
    """What the rules look at: not code, tables and captions."""
    found = ((leaf, " ".join(text_of(leaf).split())) for leaf in leaves(place) if leaf is not place)
    return [(leaf, text) for leaf, text in found if text and leaf.tag not in ("pre", "td", "th", "figcaption")]


def left(place: html.HtmlElement, blocks: Blocks) -> Blocks:
    """`blocks` themselves if no rule has removed any, else those that the place has now."""
    return blocks if all(leaf.getparent() is not None for leaf, _ in blocks) else blocks_of(place)


def note(blocks: Blocks, authors: tuple[str, ...], cuts: Cuts) -> str:
    """Remove what tells of the authors at the end, by the rules for plain text, unless it is kept; what it says."""
    if authornote.RULE in cuts.keep:
        return ""
    at = authornote.start(_pieces(blocks), authors)
    for leaf, text in blocks[at:] if at else []:
        gone(cuts, authornote.RULE, leaf, text)
    return authornote.words([text for _, text in blocks[at:]]) if at else ""


def appeals(blocks: Blocks, cuts: Cuts, *, ends: bool = False) -> None:
    """Remove the appeals, or only those at the end, by the rules for plain text."""
    pieces = _pieces(blocks)
    for rule, passage in boilerplate.trim(pieces, cuts.keep, ends=ends).cut:
        for piece in passage:
            gone(cuts, rule, *blocks[piece.first])


def _pieces(blocks: Blocks) -> list[Piece]:
    """Blocks as the rules for plain text see them."""
    return [
        Piece("heading" if leaf.tag in HEADINGS else "paragraph", number, number, (text,), level=2)
        for number, (leaf, text) in enumerate(blocks)
    ]


def gone(cuts: Cuts, rule: str, leaf: html.HtmlElement, text: str) -> None:
    """Remove a block, and the list item or list that is empty without it."""
    parent = leaf.getparent()
    if not cuts.away(rule, leaf, text):
        return
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
