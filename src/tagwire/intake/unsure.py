"""What of an article's part of a page isn't the article, as the text of its blocks and what stands beside them tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tagwire.intake import blocks
from tagwire.intake.blocks import LINKS
from tagwire.intake.htmltree import MEDIA, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.blocks import Leaf
    from tagwire.intake.cuts import Cuts

_ALIKE = 0.2
"""Share of the sure text whose make an unsure sentence must share to belong to it.

On the sample pages this keeps 894 words that are right and 48 that are not.
"""
_LONG = 12
"""Words of a block that is no sentence, yet too long for a label: it ends in a formula, or is a list in lines."""
_BOXES: Final = ("ul", "ol", "dl", "table", "figure", "blockquote")


def cut(place: html.HtmlElement, inside: list[Leaf], cuts: Cuts, *, whole: bool) -> None:
    """Remove the blocks that are not the article by their text; `whole` says that the page is hardly more than it."""
    announced = _cut_teasers(inside, cuts)
    inside = blocks.within(inside, place)
    numbers = [number for number, leaf in enumerate(inside) if leaf.sure]
    first, last = (0, len(inside) - 1) if whole or not numbers else (numbers[0], numbers[-1])
    likeness = blocks.likeness(inside)
    lists = _lists(inside)
    homes = {parent for leaf in inside if leaf.sure and (parent := leaf.element.getparent()) is not None}
    for number, leaf in enumerate(inside):
        between = first <= number <= last
        if leaf.element in announced:
            continue
        if between and leaf.element.tag in _HEADINGS and not leaf.linked and _heads(inside, number):
            continue
        alike = likeness.get(blocks.make(leaf), 0) >= _ALIKE
        if blocks.is_sentence(leaf) and (alike or (between and _is_among(inside, number))):
            continue
        if number == last + 1 and not leaf.linked and _is_last(leaf) and _is_among(inside, number):
            continue
        if alike and between and leaf.count >= _LONG and leaf.linked < _ALIKE and _is_among(inside, number):
            continue
        rule = _block_rule(leaf, place, homes, whole=whole, between=between, near=first - 4 <= number <= last)
        if rule and leaf.element is not place:
            cuts.away(rule, leaf.element)
    _cut_rests(lists, cuts)


_HEADINGS: Final = ("h2", "h3", "h4")


def _heads(inside: list[Leaf], number: int) -> bool:
    """Whether a heading stands right above sure text in the same box: one part of several, as of a live report."""
    heading, below = inside[number], inside[number + 1] if number + 1 < len(inside) else None
    return below is not None and below.sure and below.element.getparent() is heading.element.getparent()


def _lists(inside: list[Leaf]) -> list[list[Leaf]]:
    """The items of each list."""
    found: dict[html.HtmlElement, list[Leaf]] = {}
    for leaf in inside:
        listed = next(leaf.element.iterancestors("ul", "ol"), None)
        if listed is not None and leaf.count:
            found.setdefault(listed, []).append(leaf)
    return list(found.values())


def _cut_rests(lists: list[list[Leaf]], cuts: Cuts) -> None:
    """Remove the rest of lists of links most of which are gone: names that the text happens to have too."""
    for items in lists:
        left = [item for item in items if item.element.getparent() is not None]
        links = all(item.linked > _WHOLLY and not item.sure for item in left)
        if left and links and 2 * len(left) < len(items):
            for item in left:
                cuts.away("outside-article", item.element)


_TITLE = 4
"""Words on the average of links that are titles of other articles."""


def _cut_teasers(inside: list[Leaf], cuts: Cuts) -> set[html.HtmlElement]:
    """Remove lists of nothing but titles that lead elsewhere; the items of those that the text announces by a colon."""
    announced: set[html.HtmlElement] = set()
    for number, leaf in enumerate(inside):
        listed = next(leaf.element.iterancestors("ul", "ol"), None)
        if listed is None or (number and listed in inside[number - 1].element.iterancestors()):
            continue
        items = [other for other in inside[number:] if listed in other.element.iterancestors()]
        words = sum(item.count for item in items)
        before = text_of(inside[number - 1].element).rstrip() if number else ""
        if inside[number - 1].said and before.endswith((":", "：")):
            announced.update(item.element for item in items)
        elif all(item.linked > _WHOLLY for item in items if item.count) and words >= _TITLE * len(items):
            cuts.away("related-links", listed)
    return announced


_WHOLLY = 0.9
"""Share of an item's characters from which on it is a link and nothing else."""


def _is_last(leaf: Leaf) -> bool:
    """Whether a block reads like the last of a text: its class may have misled trafilatura ("shareholders")."""
    return leaf.element.tag == "p" and leaf.count >= _LONG and blocks.is_sentence(leaf)


def _is_among(inside: list[Leaf], number: int) -> bool:
    """Whether a block has a sure one for a neighbour: trafilatura passes over some that hold several links."""
    parent = inside[number].element.getparent()
    around = [inside[n] for n in (number - 1, number + 1) if 0 <= n < len(inside)]
    return any(other.sure and other.element.getparent() is parent for other in around)


def _block_rule(
    leaf: Leaf, place: html.HtmlElement, homes: set[html.HtmlElement], *, whole: bool, between: bool, near: bool
) -> str:
    if leaf.element.tag in ("pre", "hr"):
        return "" if between or (leaf.count and leaf.element.getparent() in homes) else "outside-article"
    media = _has_media(leaf.element)
    if not leaf.count:
        return "" if media and (near or _is_part(leaf, place, homes)) else "outside-article"
    if leaf.linked >= LINKS and not media and leaf.element.tag == "p" and not whole:
        return "" if _is_note(leaf.element, place) else "related-links"
    if leaf.said or (whole and leaf.linked < LINKS) or (media and (between or near)) or _is_part(leaf, place, homes):
        return ""
    return "" if (between or near) and _is_kind(leaf.element) else "outside-article"


def _is_kind(element: html.HtmlElement) -> bool:
    """Whether a block is of a kind that trafilatura passes over: captions, cells, quotations."""
    quoted = next(element.iterancestors("blockquote"), None) is not None
    return quoted or element.tag in ("figcaption", "td", "th", "caption", "dt", "dd")


def _is_part(leaf: Leaf, place: html.HtmlElement, homes: set[html.HtmlElement]) -> bool:
    """Whether an unsure block belongs to an article since its list, table or figure stands beside sure text."""
    if leaf.linked >= LINKS:
        return _is_note(leaf.element, place)
    around = list(leaf.element.iterancestors(*_BOXES))
    beside = bool(around) and around[-1].getparent() in homes
    return beside or _is_note(leaf.element, place)


def _is_note(element: html.HtmlElement, place: html.HtmlElement) -> bool:
    """Whether a link in the text leads to a block, and one in the block leads back."""
    links = list(element.iter("a"))
    names = {found.get("id", "") for found in (element, *links, *element.iterancestors("li"))} - {""}
    back = any(link.get("href", "").startswith("#") for link in links)
    return back and any(link.get("href", "")[1:] in names for link in place.iter("a"))


def _has_media(element: html.HtmlElement) -> bool:
    return next(element.iter(*MEDIA), None) is not None
