"""What pages hang on their headings and beside their code, and the text that only their data have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import html

from tagwire.characters import without_forbidden
from tagwire.intake import linkeddata
from tagwire.intake.htmltree import HEADINGS, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGNS: Final = frozenset(["¶", "#", "§", "🔗", "⚓", "∞"])
"""What a link from a heading to itself shows."""
_FEW = 25
"""Words below which a page shows no article."""
_MANY = 40
"""Words from which on the text in its data is one."""
_UNSEEN: Final = ("script", "style", "noscript", "template", "head")


def settle(root: HtmlElement) -> None:
    """Take these away from a page that is not yet tidied, and put the text that its data state where it shows none."""
    for heading in root.iter(*HEADINGS):
        for link in list(heading.iter("a")):
            if link.get("href", "").startswith("#") and text_of(link).strip() in _SIGNS:
                link.drop_tree()
    for element in list(root.iter(*_AMP)):
        _plain(element)
    for numbers in list(root.iter("pre")):
        if _counts(numbers):
            numbers.drop_tree()
    _state(root)


_AMP: Final = {
    "amp-img": "img",
    "amp-anim": "img",
    "amp-video": "video",
    "amp-audio": "audio",
    "amp-iframe": "iframe",
    "amp-youtube": "iframe",
    "amp-vimeo": "iframe",
}
_FILMS: Final = {"amp-youtube": "https://www.youtube.com/embed/", "amp-vimeo": "https://player.vimeo.com/video/"}


def _plain(element: HtmlElement) -> None:
    """Make of an element of AMP what it is in HTML."""
    if film := element.get("data-videoid", "").strip():
        element.set("src", _FILMS.get(element.tag, "") + film)
    element.tag = _AMP[element.tag]
    if element.tag == "img":
        for name in ("width", "height"):  # a ratio
            element.attrib.pop(name, None)
        for fallback in list(element):
            element.remove(fallback)
        element.text = None


def _counts(numbers: HtmlElement) -> bool:
    """Whether a block of code is the numbers of the lines of the next one."""
    found = text_of(numbers).split()
    if not found or found != [str(number) for number in range(1, len(found) + 1)]:
        return False
    cell = next(numbers.iterancestors("td", "th"), numbers)
    beside = cell.getnext()
    code = None if beside is None else next(beside.iter("pre"), None)
    return code is not None and text_of(code).rstrip().count("\n") + 1 == len(found)


def _state(root: HtmlElement) -> None:
    """Put the `articleBody` of a page's JSON-LD into its body, if a script would have shown it."""
    body = root.find("body")
    if body is None or _words(body) >= _FEW:
        return
    told = linkeddata.strings(linkeddata.article(root).get("articleBody"))
    stated = without_forbidden(max(told, key=len, default=""))
    if len(stated.split()) < _MANY:
        return
    if re.search(r"<p[\s>]", stated, re.IGNORECASE):
        article = html.fragment_fromstring(stated, create_parent="article")
    else:
        article = html.Element("article")
        for paragraph in re.split(r"\s*\n\s*", stated.strip()):
            part = html.Element("p")
            part.text = paragraph
            article.append(part)
    body.append(article)


def _words(body: HtmlElement) -> int:
    """How many words a page shows, counted no further than needed."""
    count = 0
    for element in body.iter():
        if element.tag not in _UNSEEN:
            count += len((element.text or "").split())
        count += len((element.tail or "").split())
        if count >= _FEW:
            break
    return count
