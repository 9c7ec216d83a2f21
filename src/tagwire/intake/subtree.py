"""Where in a page the article is, and what inside that part of the page isn't the article.

trafilatura's text tells the place; the original elements are kept, so that structure survives
(its own output loses block quotes and most tables). Measured in docs/measurements.md.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from tagwire.intake import blocks, unsure
from tagwire.intake.htmltree import LEAVES, LISTS

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.blocks import Leaf
    from tagwire.intake.cuts import Cuts

_RULES: Final = (
    ("navigation", r"nav|navbar|menu|breadcrumbs?|pagination|pager|skip-?link|toc|table-of-contents|mw-editsection"),
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
    ("hover-card", r"(?:rollover|tooltip|popover|hover-?card|flyout)(?:[-_][\w-]*)?"),
    (
        "hidden-text",
        r"print-?only|only-?print|visible-print|print-?header|off-?screen|sr-only|screen-?reader(?:-text)?|visually-?hidden",
    ),
    ("cookie-notice", r"cookie-?(?:notice|banner|consent|bar)|gdpr|consent"),
    (
        "author-box",
        r"author-?(?:box|bio|info|card|details|profile|description|about)|about-?(?:the-)?author|(?:author-?)?bio(?:-box)?",
    ),
)
_BY_NAME: Final = [
    (rule, re.compile(rf"(?:\A|[\s_-])(?:{names})(?:\Z|[\s_]|-\d)", re.IGNORECASE)) for rule, names in _RULES
]
_ANY: Final = re.compile(rf"(?:\A|[\s_-])(?:{'|'.join(names for _, names in _RULES)})(?:\Z|[\s_]|-\d)", re.IGNORECASE)
"""All of them at once: most names are nobody's."""
_BY_TAG: Final = {"nav": "navigation", "form": "form", "menu": "navigation", "search": "form"}
_HALF = 0.5
_LONG = 20
"""Words of a paragraph that may widen the place of the article."""
_BELIEVED = 0.2
"""Share of the article that a box may hold whose name says that it is none of it."""
_WHOLE = 0.95
"""Share of the text that trafilatura takes from which on a page is nothing but the article."""
_ENOUGH = 100
"""Words that are worth reading however many links stand around them."""


Names: TypeAlias = "dict[html.HtmlElement, str]"
"""The rule for boilerplate that elements fall under by their names; those that fall under none are left out."""


def find(
    root: html.HtmlElement, cuts: Cuts | None, names: Names | None = None, *, fragment: bool
) -> html.HtmlElement | None:
    """The article of a tidy page; None if there is none. Removes what is not the article, unless `cuts` is None.

    `names` are those of the page, where somebody has looked at them already.
    """
    body = root.find("body") if root.find("body") is not None else root
    measured = blocks.measured(body, blocks.said(root))
    sure = [leaf for leaf in measured if leaf.sure]
    place = body if fragment or not sure else _container(_widened(_common([leaf.element for leaf in sure]), measured))
    least = 0 if fragment else _ENOUGH
    if cuts is None:
        return place if _reads(measured, place, least) else None
    inside = blocks.within(measured, place)
    _cut_named(place, inside, cuts, names)
    inside = blocks.within(inside, place)
    if not fragment:
        unsure.cut(place, inside, cuts, whole=not sure or _share(inside) > _WHOLE)
    return place if _reads(inside, place, least) else None


def _share(inside: list[Leaf]) -> float:
    """How much of the text trafilatura has."""
    return sum(leaf.count for leaf in inside if leaf.said) / max(1, sum(leaf.count for leaf in inside))


def _reads(measured: list[Leaf], place: html.HtmlElement, least: int) -> bool:
    """Whether there is something to read: more words than those of links, or at least so many."""
    left = blocks.within(measured, place)
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


def _widened(place: html.HtmlElement, measured: list[Leaf]) -> html.HtmlElement:
    """The place together with blocks of the same make: trafilatura may see only the first part of a divided text.

    Not if they have a title of their own: then they are other articles of an endless page.
    """
    makes = {make for make, share in blocks.likeness(measured).items() if share >= _HALF}
    tags = {tag for tag, *_ in makes}  # hardly a block of a page is made so: most are told by their tags
    those = (leaf for leaf in measured if leaf.element.tag in tags and blocks.make(leaf) in makes)
    alike = [leaf for leaf in those if blocks.is_sentence(leaf)]
    if not alike:
        return place
    wider = _common([place, *(leaf.element for leaf in alike if leaf.count >= _LONG)])
    titles, articles = len(list(wider.iter("h1"))), len(list(wider.iter("article")))
    return wider if titles <= 1 and articles <= 1 else place


def _container(place: html.HtmlElement) -> html.HtmlElement:
    """The element of the page that is meant to hold the article with its title; a place that is sure may be less."""
    above = [place, *place.iterancestors()]
    titled = next((element for element in above if next(element.iter("h1"), None) is not None), None)
    marked = next((element for element in above if element.tag in ("article", "main") or _is_marked(element)), None)
    for element in (marked, titled):
        if element is not None and len(list(element.iter("h1"))) <= 1:
            return element
    return place if place.tag not in LEAVES else place.getparent()


def _is_marked(element: html.HtmlElement) -> bool:
    return element.get("role") in ("article", "main") or element.get("itemprop") == "articleBody"


# ------------------------------------------------------------------ what its name gives away


def _cut_named(place: html.HtmlElement, inside: list[Leaf], cuts: Cuts, names: Names | None) -> None:
    """Remove elements whose tag, class or id names boilerplate; not those that hold much of the article: names lie."""
    said: dict[html.HtmlElement, int] = {}
    for leaf in inside:
        if leaf.said:
            for element in (leaf.element, *leaf.element.iterancestors()):
                said[element] = said.get(element, 0) + leaf.count
    most = said.get(place, 0) * _BELIEVED
    gone: set[html.HtmlElement] = set()
    for element in list(place.iter()):
        if element is place or element.getparent() in gone:
            gone.add(element) if element is not place else None
            continue
        rule = named(element) if names is None else names.get(element)
        if rule and said.get(element, 0) <= most and not cuts.stays(rule, element):
            cuts.note(rule, element)
            gone.add(element)
    for element in gone:
        if element.getparent() is not None and element.getparent() not in gone:
            element.drop_tree()


def boxes(root: html.HtmlElement, rule: str) -> tuple[Names, list[str]]:
    """What the elements of a tidy page are by their names; and what boxes of a rule say, each on one line."""
    names = {element: own for element in root.iter() if (own := named(element))}
    found = (element for element, own in names.items() if own == rule)
    return names, [" ".join(" ".join(element.itertext()).split()) for element in found]


def named(element: html.HtmlElement) -> str:
    """The rule for boilerplate that an element's tag, class or id falls under; empty if none."""
    if element.tag in _BY_TAG:
        return _BY_TAG[element.tag]
    names = element.get("class"), element.get("id"), element.get("role")
    return _named(*names) if names != _NAMELESS else ""


_NAMELESS: Final = (None, None, None)


@lru_cache(8192)
def _named(*names: str | None) -> str:
    """The first rule that classes and the like fall under; templates give the same ones to thousands of elements."""
    found = {_under(name) for names_ in names if names_ for name in names_.split()}
    return next((rule for rule, _ in _BY_NAME if rule in found), "")


@lru_cache(8192)
def _under(name: str) -> str:
    """The first rule that a single class falls under."""
    if _ANY.search(name) is None:
        return ""
    return next((rule for rule, pattern in _BY_NAME if pattern.search(name)), "")
