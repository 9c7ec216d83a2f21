"""The `<time>` elements of a page that are the article's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tagwire.intake import subtree
from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

    from tagwire.intake.metatags import Told


def times(root: html.HtmlElement) -> Iterator[Told]:
    """`<time>` elements, where all of the page's name one day: lists of other articles have dates of their own."""
    for part in (root, _own(root)):
        found = [element for element in part.iter("time") if not elsewhere(element)] if part is not None else []
        stated = [element.get("datetime") or clean(text_of(element)) for element in found]
        if stated and len({value.strip()[:10] for value in stated}) == 1:
            yield stated[0], "`<time>`"


def _own(root: html.HtmlElement) -> html.HtmlElement | None:
    """The article with the page's first heading, where there is another one."""
    heading = next(root.iter("h1"), None)
    article = None if heading is None else next(heading.iterancestors("article"), None)
    return article if article is not None and len(list(root.iter("article"))) > 1 else None


_OTHERS: Final = frozenset(["related-links", "comments", "newsletter-form", "advertisement", "navigation"])


def elsewhere(element: html.HtmlElement) -> bool:
    """Whether an element stands beside the article, in a box of other articles or of comments."""
    for above in element.iterancestors():
        if above.tag in ("main", "body", "head") or next(above.iter("h1"), None) is not None:
            return False
        foot = above.tag == "footer" and next(above.iterancestors("article"), None) is None
        if foot or above.tag == "aside" or subtree.named(above) in _OTHERS:
            return True
    return False
