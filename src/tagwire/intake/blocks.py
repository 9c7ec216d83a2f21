"""The blocks of text of a page, each measured once: its words, its links, and whether trafilatura has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree, html

from tagwire.intake import lean, searches
from tagwire.intake.htmltree import leaves, text_of
from tagwire.intake.hush import hush

_WORD = re.compile(r"\w+")
_SURE = 5
"""Words; a shorter block ("Read more") may stand anywhere on a page by chance."""
LINKS = 0.6
"""Share of words that are links from which on a paragraph leads elsewhere."""
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")


@dataclass(slots=True)
class Leaf:
    """A block of text, measured once; a frozen one takes four times as long to make."""

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
        return self.said and self.count >= _SURE and self.linked < LINKS


def measured(body: html.HtmlElement, said: str) -> list[Leaf]:
    """The blocks of a page, in order; `said` are the words that trafilatura takes."""
    found = []
    near = 0
    known = frozenset(said.split(" "))
    for element in leaves(body):
        text = text_of(element)
        words = _words(text)
        # Most of what isn't said has a word that isn't: then the text needn't be looked through.
        at = _place(f" {' '.join(words)} ", said, near) if words and known.issuperset(words) else -1
        if at >= 0 and len(words) >= _SURE:
            near = at
        found.append(Leaf(element, len(words), _linked(element, text), at >= 0))
    return found


_NEAR = 20_000
"""Characters behind a block in which the next one is looked for first: both run through a page in one order."""
_WHOLE = 1_000_000
"""Characters of an article that is looked through for each block; of a longer one only what is near."""


def _place(words: str, said: str, near: int) -> int:
    """Where a block stands in the words that trafilatura takes; -1 if it doesn't."""
    at = said.find(words, near, near + len(words) + _NEAR)
    return at if at >= 0 or len(said) > _WHOLE else said.find(words)


def _linked(element: html.HtmlElement, text: str) -> float:
    """Share of the characters that are links: words tell little where no spaces part them."""
    if not len(element):
        return 0.0
    first = element[0]
    if first.tag == "a" and len(element) == 1 and not element.text and not first.tail and not len(first):
        return 1.0 if text and not text.isspace() else 0.0  # a line of a menu
    links = "".join(map(text_of, element.iter("a")))
    return min(1.0, len("".join(links.split())) / max(1, len("".join(text.split())))) if links else 0.0


_LITTLE = 25
"""Words of an article from which on trafilatura is believed to have found it."""


def said(root: html.HtmlElement) -> str:
    """The words of the article as trafilatura sees it, or else readability, parted by single spaces."""
    import trafilatura  # noqa: PLC0415 - takes half a second

    searches.install()
    hush("trafilatura")
    try:
        # `fast`: its fallbacks give less text that is right, at twice the time (F1 .950 against .961).
        found = trafilatura.bare_extraction(lean.copied(root), fast=True, include_comments=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        found = None
    words = _words(getattr(found, "text", None) or "")
    return f" {' '.join(words if len(words) >= _LITTLE else _readable(root) or words)} "


def _readable(root: html.HtmlElement) -> list[str]:
    """The words of the article as the readability that trafilatura carries sees it."""
    from trafilatura.readability_lxml import Document  # noqa: PLC0415

    try:
        summary = Document(html.fromstring(html.tostring(root, encoding="unicode"))).summary()
        return _words(text_of(html.fromstring(summary)))
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError, etree.Error):
        return []


def _words(text: str) -> list[str]:
    """The words of a text; what reads like a reference (`&lt;`) is none, since trafilatura resolves it once more."""
    return _WORD.findall(unescape(unescape(text)) if "&" in text else text)


def within(measured: list[Leaf], place: html.HtmlElement) -> list[Leaf]:
    """The blocks that still stand in a place."""
    left = set(place.iter())
    return [leaf for leaf in measured if leaf.element in left]


def make(leaf: Leaf) -> tuple[str, ...]:
    """What a block has in common with others that a site's template made of the same thing."""
    parent = leaf.element.getparent()
    own, above = leaf.element.get("class", ""), "" if parent is None else f"{parent.tag} {parent.get('class', '')}"
    return leaf.element.tag, own, above


def likeness(inside: list[Leaf]) -> dict[tuple[str, ...], float]:
    """The share of the sure text that stands in blocks of each make."""
    shares: dict[tuple[str, ...], float] = {}
    total = sum(leaf.count for leaf in inside if leaf.sure)
    for leaf in inside:
        if leaf.sure:
            shares[make(leaf)] = shares.get(make(leaf), 0) + leaf.count / total
    return shares


def is_sentence(leaf: Leaf) -> bool:
    """Whether a block ends as sentences do and isn't mostly links."""
    return leaf.linked < LINKS and _SENTENCE.search(text_of(leaf.element).strip()) is not None
