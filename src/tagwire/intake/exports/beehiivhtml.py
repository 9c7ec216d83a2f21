"""A post of Beehiiv's is a mail: its text is one row of a table, between the mail's own lines.

What isn't the text is marked by a class, for the rules that cut it; what a mail would have filled in is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import htmltree
from tagwire.intake.exports import body

if TYPE_CHECKING:
    from lxml import html

HEAD, FOOT, FORM = "bee-mail-head", "bee-mail-foot", "bee-form"
_TEXT: Final = "content-blocks"
"""The identity of what holds the text."""
_SUBSCRIBE: Final = re.compile(r"https?://[^/?#]+/(?:subscribe|upgrade)(?:[/?#]|\Z)")
_MARKS: Final = ("“", "”", "❝", "❞")
_FIELD: Final = re.compile(
    r"\{\{\s*(?P<name>\w[\w.]{0,60})\s*(?:\|\s*(?:default:\s*)?[\"']?(?P<instead>[^{}\"'|]{0,60}?)[\"']?\s*)?\}\}"
)


def filled(markup: str) -> tuple[str, tuple[str, ...]]:
    """The HTML of a post as a reader sees it whose name nobody knows, and what of it can't be carried over."""
    left: list[str] = []
    return _FIELD.sub(lambda found: _filled(found, left), markup), tuple(left)


def mark(root: html.HtmlElement) -> None:
    """Marks what surrounds the text of a post; removes ornaments."""
    text = next((element for element in root.iter("tr", "td", "div") if element.get("id") == _TEXT), None)
    forms = [link for link in root.iter("a") if _SUBSCRIBE.match(link.get("href", ""))]
    if text is None and not forms:
        return
    if text is not None and htmltree.text_of(text).strip():
        _surroundings(text)
    for cell in list(root.iter("tr", "p")):
        if htmltree.text_of(cell).strip() in _MARKS:  # a quotation's ornament, beside it
            cell.drop_tree()
    for link in forms:
        _form(link)


def _filled(found: re.Match[str], left: list[str]) -> str:
    """What stands instead of a subscriber's name if nobody has told it."""
    left.append(f"placeholder {{{{{found['name']}}}}}")
    return found["instead"] or ""


def _surroundings(text: html.HtmlElement) -> None:
    for element in [text, *text.iterancestors()]:
        for behind, mark in ((False, FOOT), (True, HEAD)):
            for sibling in element.itersiblings(preceding=behind):
                if sibling.tag in ("tr", "table", "div", "p", "td"):
                    _mark(sibling, mark)


def _form(link: html.HtmlElement) -> None:
    """The largest element around a link to subscribe that says nothing else; a link within a sentence is one."""
    words, form = htmltree.text_of(link).strip(), None
    for above in link.iterancestors("p", "div", "td", "tr", "tbody", "table"):
        if htmltree.text_of(above).strip() != words or above.get("id") in (_TEXT, body.PLACE):
            break
        form = above
    if form is not None:
        _mark(form, FORM)


def _mark(element: html.HtmlElement, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
