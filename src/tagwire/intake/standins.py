"""What authors make by looks in a word processor, for want of a style: bold headings, code in a typewriter's font."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lxml import html as lxml_html

from tagwire.intake import htmltree, opening

if TYPE_CHECKING:
    from lxml import html

_SEVERAL: Final = 2
"""Bold lines by themselves from which on they are headings: one alone may be anything."""
_LONGEST: Final = 100
"""Characters of a heading."""
_WITHIN: Final = ("li", "td", "th", "blockquote", "figure", "dl")
_RULE: Final = re.compile(r"(?:[*⁂•·]\s*){3,}|⁂|(?:[-–—_]\s*){3,}|(?:[~#]\s*){3,}")


def headings(place: html.HtmlElement) -> None:
    """Make headings of the bold lines that stand above other text, if there are several."""
    leaves = [leaf for leaf in htmltree.leaves(place) if htmltree.text_of(leaf).strip()]
    for heading in [leaf for leaf in leaves if leaf.tag in htmltree.HEADINGS and is_bold(leaf)]:
        _unmark(heading)
    bold = {leaf for leaf in leaves if leaf.tag == "p" and is_bold(leaf)}
    found = [leaf for leaf, below in pairwise(leaves) if leaf in bold and below not in bold and _heads(leaf)]
    if len(found) < _SEVERAL or 2 * len(found) > len(leaves):
        return
    above, made = 1, set(found)
    for leaf in leaves:
        if leaf.tag in htmltree.HEADINGS:
            above = int(leaf.tag[1])
        elif leaf in made:
            leaf.tag = f"h{min(6, above + 1)}"
            _unmark(leaf)


def _unmark(heading: html.HtmlElement) -> None:
    for mark in list(heading.iter("strong", "b")):
        mark.drop_tag()


def _heads(leaf: html.HtmlElement) -> bool:
    """Whether a bold line reads as a heading: questions and what ends in a colon are part of a talk."""
    text = " ".join(htmltree.text_of(leaf).split())
    within = next(leaf.iterancestors(*_WITHIN), None) is not None
    short = len(text) <= _LONGEST and not re.search(r"[.,:;!?…。！？：]\W*\Z", text)
    return short and not within and next(leaf.iter("img", "br"), None) is None and opening.reads_as_headline(text)


def is_bold(paragraph: html.HtmlElement) -> bool:
    """Whether all of a paragraph is bold."""
    return _is_within(paragraph, "strong", "b")


def _is_within(paragraph: html.HtmlElement, *tags: str) -> bool:
    """Whether all of a paragraph's text stands in elements of these names."""
    inside = "".join(htmltree.text_of(each) for each in paragraph.iter(*tags))
    return re.sub(r"\s", "", inside) == re.sub(r"\s", "", htmltree.text_of(paragraph))


def code(place: html.HtmlElement) -> None:
    """Make one block of paragraphs below each other that are nothing but code; of a tree that isn't tidied yet."""
    lines = [each for each in place.iter("p") if next(each.iter("code"), None) is not None and _is_code(each)]
    among = set(lines)
    for line in lines:
        below = line.getnext()
        if line.getparent() is None or below is None or below not in among or line.tail:
            continue
        block = lxml_html.Element("pre")
        line.addprevious(block)
        texts = []
        at: html.HtmlElement | None = line
        while at is not None and at in among:
            after = at.getnext() if not (at.tail or "").strip() else None
            texts.append(htmltree.with_breaks(at))
            at.drop_tree()
            at = after
        block.text = "\n".join(texts)


def _is_code(paragraph: html.HtmlElement) -> bool:
    return _is_within(paragraph, "code") and next(paragraph.iter("img"), None) is None


def rules(place: html.HtmlElement) -> None:
    """Make a line drawn between paragraphs of what people type for one: "* * *"."""
    for leaf in htmltree.leaves(place):
        if leaf.tag == "p" and len(leaf) == 0 and _RULE.fullmatch(htmltree.text_of(leaf).strip()):
            leaf.tag, leaf.text = "hr", None
