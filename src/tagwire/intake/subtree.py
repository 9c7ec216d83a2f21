"""Where in a page the article is, and what inside that part of the page isn't the article.

trafilatura's text tells the place; the original elements are kept, so that structure survives
(its own output loses block quotes and most tables). Measured in docs/measurements.md.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake.htmltree import LISTS, MEDIA, leaves, text_of

if TYPE_CHECKING:
    from lxml import html

_RULES: Final = (
    ("navigation", r"nav|navbar|menu|breadcrumbs?|pagination|pager|skip-?link|toc|table-of-contents"),
    (
        "share-buttons",
        r"share|sharing|sharebar|share-buttons?|social|social-?(?:links|share|media|icons|bar)|addtoany|sharedaddy|addthis",
    ),
    (
        "related-links",
        (
            r"related|related-?(?:posts|articles|stories|content|links|topics)|read-?(?:more|next|also)|more-?(?:stories|from|on)"
            r"|recommended|recommendations|trending|most-?(?:read|popular)|popular-?posts|outbrain|taboola|you-may-like|also-like"
        ),
    ),
    (
        "newsletter-form",
        r"newsletter|newsletter-?(?:signup|form|box)|subscribe|subscription|sign-?up|mailing-?list|mc_embed_signup",
    ),
    ("comments", r"comments?|comment-?(?:list|section|form|area)|disqus_thread|disqus|respond|replies"),
    (
        "advertisement",
        r"ad|ads|advert|advertisement|advertising|adsbygoogle|ad-?(?:slot|unit|container|wrapper|banner)|sponsor|sponsored|promo|dfp",
    ),
    ("cookie-notice", r"cookie-?(?:notice|banner|consent|bar)|gdpr|consent"),
    ("author-box", r"author-?(?:box|bio|info|card)|about-?author|bio-box"),
)
_BY_NAME: Final = [
    (rule, re.compile(rf"(?:\A|[\s_-])(?:{names})(?:\Z|[\s_]|-\d)", re.IGNORECASE)) for rule, names in _RULES
]
_BY_TAG: Final = {"nav": "navigation", "form": "form", "menu": "navigation", "search": "form"}
_WORD = re.compile(r"\w+")
_SURE = 5
"""Words; a shorter block ("Read more") may stand anywhere on a page by chance."""
_LINKS = 0.6
"""Share of words that are links from which on a paragraph leads elsewhere."""
_ALIKE = 0.2
"""Share of the sure text whose make an unsure sentence must share to belong to it.

On the sample pages this keeps 894 words that are right and 48 that are not.
"""
_HALF = 0.5
_LONG = 20
"""Words of a paragraph that may widen the place of the article."""
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
_BELIEVED = 0.2
"""Share of the article that a box may hold whose name says that it is none of it."""
_WHOLE = 0.95
"""Share of the text that trafilatura takes from which on a page is nothing but the article."""
_ENOUGH = 100
"""Words that are worth reading however many links stand around them."""


@dataclass(frozen=True, slots=True)
class Place:
    """The part of a page that holds the article, cleaned."""

    element: html.HtmlElement
    cut: tuple[tuple[str, str], ...]
    """(rule, text) of what was removed from it, in order."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block of text, measured once."""

    element: html.HtmlElement
    count: int
    """Words."""
    linked: float
    """Share of its words that are links."""
    said: bool
    """trafilatura has it in the article."""

    @property
    def sure(self) -> bool:
        """Whether it can't be in the article's text by chance."""
        return self.said and self.count >= _SURE and self.linked < _LINKS


def find(root: html.HtmlElement, *, fragment: bool, keep_all: bool) -> Place | None:
    """The article of a tidy page; None if there is none. Removes from it what is not the article."""
    body = root.find("body") if root.find("body") is not None else root
    measured = _measured(body, _said(root))
    sure = [leaf for leaf in measured if leaf.sure]
    place = body if fragment or not sure else _widened(_common([leaf.element for leaf in sure]), measured)
    least = 0 if fragment else _ENOUGH
    if keep_all:
        return Place(place, ()) if _reads(measured, place, least) else None
    inside = _within(measured, place)
    cuts = _cut_named(place, inside)
    inside = _within(inside, place)
    if not fragment:
        cuts += _cut_blocks(place, inside, whole=not sure or _share(inside) > _WHOLE)
    return Place(place, tuple(cuts)) if _reads(inside, place, least) else None


def _measured(body: html.HtmlElement, said: str) -> list[_Leaf]:
    found = []
    for element in leaves(body):
        words = _WORD.findall(text_of(element))
        linked = sum(len(_WORD.findall(text_of(link))) for link in element.iter("a"))
        is_said = bool(words) and f" {' '.join(words)} " in said
        found.append(_Leaf(element, len(words), min(1.0, linked / max(1, len(words))), is_said))
    return found


def _said(root: html.HtmlElement) -> str:
    """The words of the article as trafilatura sees it, parted by single spaces."""
    import trafilatura  # noqa: PLC0415 - takes half a second

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        # `fast`: its fallbacks give less text that is right, at twice the time (F1 .950 against .961).
        found = trafilatura.bare_extraction(root, fast=True, include_comments=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        found = None
    return f" {' '.join(_WORD.findall(getattr(found, 'text', None) or ''))} "


def _share(inside: list[_Leaf]) -> float:
    """How much of the text trafilatura has."""
    return sum(leaf.count for leaf in inside if leaf.said) / max(1, sum(leaf.count for leaf in inside))


def _reads(measured: list[_Leaf], place: html.HtmlElement, least: int) -> bool:
    """Whether there is something to read: more words than those of links, or at least so many."""
    left = _within(measured, place)
    own = sum(leaf.count * (1 - leaf.linked) for leaf in left)
    linked = sum(leaf.count * leaf.linked for leaf in left)
    return own + linked > 0 and (own > linked or own >= least)


def _common(elements: list[html.HtmlElement]) -> html.HtmlElement:
    """The lowest element that holds them all."""
    shared = [*reversed([*elements[0].iterancestors()]), elements[0]]
    for element in elements[1:]:
        path = [*reversed([*element.iterancestors()]), element]
        same = 0
        for one, other in zip(shared, path, strict=False):
            if one is not other:
                break
            same += 1
        shared = shared[:same]
    place = shared[-1]
    while place.tag in LISTS or place.tag in ("li", "td", "th", "dd", "dt"):
        place = place.getparent()
    return place


def _within(measured: list[_Leaf], place: html.HtmlElement) -> list[_Leaf]:
    """The blocks that still stand in a place."""
    left = set(place.iter())
    return [leaf for leaf in measured if leaf.element in left]


def _widened(place: html.HtmlElement, measured: list[_Leaf]) -> html.HtmlElement:
    """The place together with blocks of the same make: trafilatura may see only the first part of a divided text.

    Not if they have a title of their own: then they are other articles of an endless page.
    """
    likeness = _likeness(measured)
    alike = [leaf for leaf in measured if likeness.get(_make(leaf), 0) >= _HALF and _is_sentence(leaf)]
    if not alike:
        return place
    wider = _common([place, *(leaf.element for leaf in alike if leaf.count >= _LONG)])
    titles, articles = len(list(wider.iter("h1"))), len(list(wider.iter("article")))
    return wider if titles <= 1 and articles <= 1 else place


# ------------------------------------------------------------------ what its name gives away


def _cut_named(place: html.HtmlElement, inside: list[_Leaf]) -> list[tuple[str, str]]:
    """Remove elements whose tag, class or id names boilerplate; not those that hold much of the article: names lie."""
    said: dict[html.HtmlElement, int] = {}
    for leaf in inside:
        if leaf.said:
            for element in (leaf.element, *leaf.element.iterancestors()):
                said[element] = said.get(element, 0) + leaf.count
    most = said.get(place, 0) * _BELIEVED
    cuts: list[tuple[str, str]] = []
    gone: set[html.HtmlElement] = set()
    for element in list(place.iter()):
        if element is place or element.getparent() in gone:
            gone.add(element) if element is not place else None
            continue
        rule = _rule(element)
        if rule and said.get(element, 0) <= most:
            cuts.append((rule, text_of(element)))
            gone.add(element)
    for element in gone:
        if element.getparent() is not None and element.getparent() not in gone:
            element.drop_tree()
    return [(rule, text) for rule, text in cuts if text.strip()]


def _rule(element: html.HtmlElement) -> str:
    if element.tag in _BY_TAG:
        return _BY_TAG[element.tag]
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".strip()
    return next((rule for rule, pattern in _BY_NAME if pattern.search(names)), "") if names else ""


# ------------------------------------------------------------------ what its text gives away


def _cut_blocks(place: html.HtmlElement, inside: list[_Leaf], *, whole: bool) -> list[tuple[str, str]]:
    """Remove the blocks that are not the article by their text; `whole` says that the page is hardly more than it."""
    numbers = [number for number, leaf in enumerate(inside) if leaf.sure]
    first, last = (0, len(inside) - 1) if whole or not numbers else (numbers[0], numbers[-1])
    cuts: list[tuple[str, str]] = []
    likeness = _likeness(inside)
    for number, leaf in enumerate(inside):
        between = first <= number <= last
        if _is_sentence(leaf) and (likeness.get(_make(leaf), 0) >= _ALIKE or (between and _is_among(inside, number))):
            continue
        rule = _block_rule(leaf, whole=whole, between=between, near=first - 4 <= number <= last)
        if rule and leaf.element is not place:
            cuts.append((rule, text_of(leaf.element)))
            leaf.element.drop_tree()
    return [(rule, text) for rule, text in cuts if text.strip()]


def _make(leaf: _Leaf) -> tuple[str, ...]:
    """What a block has in common with others that a site's template made of the same thing."""
    parent = leaf.element.getparent()
    own, above = leaf.element.get("class", ""), "" if parent is None else f"{parent.tag} {parent.get('class', '')}"
    return leaf.element.tag, own, above


def _likeness(inside: list[_Leaf]) -> dict[tuple[str, ...], float]:
    """The share of the sure text that stands in blocks of each make."""
    shares: dict[tuple[str, ...], float] = {}
    total = sum(leaf.count for leaf in inside if leaf.sure)
    for leaf in inside:
        if leaf.sure:
            shares[_make(leaf)] = shares.get(_make(leaf), 0) + leaf.count / total
    return shares


def _is_sentence(leaf: _Leaf) -> bool:
    """Whether a block ends as sentences do and isn't mostly links."""
    return leaf.linked < _LINKS and _SENTENCE.search(text_of(leaf.element).strip()) is not None


def _is_among(inside: list[_Leaf], number: int) -> bool:
    """Whether a block has a sure one for a neighbour: trafilatura passes over some that hold several links."""
    parent = inside[number].element.getparent()
    around = [inside[n] for n in (number - 1, number + 1) if 0 <= n < len(inside)]
    return any(other.sure and other.element.getparent() is parent for other in around)


def _block_rule(leaf: _Leaf, *, whole: bool, between: bool, near: bool) -> str:
    if leaf.element.tag in ("pre", "hr"):
        return "" if between else "outside-article"
    media = _has_media(leaf.element)
    if not leaf.count:
        return "" if media and near else "outside-article"
    if leaf.linked >= _LINKS and not media and leaf.element.tag == "p" and not whole:
        return "related-links"
    kind = leaf.element.tag in ("figcaption", "td", "th", "caption", "dt", "dd") or (
        next(leaf.element.iterancestors("blockquote"), None) is not None
    )
    if leaf.said or (whole and leaf.linked < _LINKS) or (between and (kind or media)) or (media and near):
        return ""
    return "outside-article"


def _has_media(element: html.HtmlElement) -> bool:
    return next(element.iter(*MEDIA), None) is not None
