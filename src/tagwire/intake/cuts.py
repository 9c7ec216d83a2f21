"""What is taken out of a page: each passage with its rule, its lines in the source, and its digest."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from tagwire.intake.htmltree import text_of
from tagwire.model import Cut

if TYPE_CHECKING:
    from lxml import html


class Cuts:
    """Removes passages of one page, and remembers them.

    The rules in `keep` remove nothing: that is how an owner gets back what one of them took.
    """

    def __init__(self, keep: tuple[str, ...] = ()) -> None:
        self.keep = frozenset(keep)
        self._spared: set[html.HtmlElement] = set()
        self._taken: list[tuple[int, int, str, str]] = []
        self._apart: list[tuple[str, str]] = []

    def away(self, rule: str, element: html.HtmlElement, text: str = "") -> bool:
        """Remove an element; False if its rule's passages stay. `text` stands for one without words of its own."""
        if self.stays(rule, element):
            return False
        self.note(rule, element, text)
        if element.getparent() is not None:
            element.drop_tree()
        return True

    def stays(self, rule: str, element: html.HtmlElement) -> bool:
        """Whether an element is to be kept, from this rule and from then on from all others."""
        if rule in self.keep:
            self._spared.update(element.iter())
        return element in self._spared

    def note(self, rule: str, element: html.HtmlElement, text: str = "") -> None:
        """Remember an element that is removed elsewhere."""
        words = " ".join((text or text_of(element)).split())
        if words:
            self._taken.append((*_span(element), rule, words))
            apart = words if not len(element) and not text else " ".join(" ".join(element.itertext()).split())
            self._apart.append((rule, re.sub(r" (?=[.,;:!?])", "", apart)))

    def words(self, rule: str) -> list[str]:
        """What a rule has removed, each passage on one line, its blocks parted by spaces."""
        return [words for by, words in self._apart if by == rule]

    def records(self) -> tuple[Cut, ...]:
        """In the order of the source, one for neighbours of the same rule."""
        found: list[tuple[int, int, str, list[str]]] = []
        for first, last, rule, words in sorted(self._taken, key=lambda taken: taken[0]):
            if found and found[-1][2] == rule:
                start, end, _, texts = found[-1]
                texts.append(words)
                found[-1] = (start, max(end, last), rule, texts)
            else:
                found.append((first, last, rule, [words]))
        return tuple(Cut(rule, _lines(first, last), _digest(texts)) for first, last, rule, texts in found)


def _span(element: html.HtmlElement) -> tuple[int, int]:
    """The first and last line of the source that an element fills, 1-based; 0 if that is unknown."""
    first = element.sourceline or 0
    within = [each for each in element.iter() if each.sourceline]
    if not first:  # a paragraph that we made around bare text
        above = next((each.sourceline for each in element.iterancestors() if each.sourceline), 0)
        first = within[0].sourceline if within else above
    last = max((each.sourceline + (each.text or "").count("\n") for each in within), default=first)
    return first, max(first, last)


def _lines(first: int, last: int) -> str:
    return "" if not first else str(first) if first == last else f"{first}-{last}"


def _digest(texts: list[str]) -> str:
    """Of the passage's words with single spaces between them, its blocks apart by line feeds."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
