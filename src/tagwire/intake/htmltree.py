"""HTML as a tidy tree: parsed, images mended, machinery removed, every text inside some block.

After `tidy` an element is a block that holds blocks, or a leaf that holds text and inline elements, never both.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from lxml import etree, html

from tagwire.characters import FORBIDDEN
from tagwire.intake import lazyimages, paragraphs
from tagwire.intake.escape import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LEAVES: Final = HEADINGS | {"p", "pre", "dt", "figcaption", "caption", "summary"}
HOLDERS: Final = frozenset(
    """address article aside blockquote body center details dialog div fieldset footer form header
    hgroup html li main nav section td th dd figure menu search""".split()
)
LISTS: Final = frozenset(["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"])
EMPTY: Final = frozenset(["hr"])
BLOCKS: Final = LEAVES | HOLDERS | LISTS | EMPTY
MEDIA: Final = frozenset(["img", "iframe", "video", "audio", "embed", "object"])

_MACHINERY: Final = frozenset(
    """script style template link meta title head button input select textarea option
    canvas dialog map progress meter slot portal svg noframes frame frameset basefont datalist output""".split()
)
_RENAMED: Final = {
    "amp-img": "img",
    "amp-iframe": "iframe",
    "amp-video": "video",
    "listing": "pre",
    "xmp": "pre",
    "dir": "ul",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WRAPPERS = re.compile(r"</?(?!p\b|h[1-6]\b|li\b|br\b|pre\b|img\b)[a-z][^<>]*>", re.IGNORECASE)
_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)])
"""What XML 1.0 can't carry, but for U+FFFE and U+FFFF."""

_CLASSES: Final = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""lxml.html asks a function of Python for the class of every element; only those of forms differ."""

_REFERENCE = re.compile(
    r"&#(?!(?:3[2-9]|[4-9][0-9]|[1-9][0-9]{2,3})(?![0-9]))(?:[xX]0*([0-9a-fA-F]{1,7})|0*([0-9]{1,8}));?"
)
"""A character by its number, but for 32 to 9999, which are allowed and the most common."""


_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


class Unreadable(Exception):
    """There is no element in it."""


def parse(text: str) -> html.HtmlElement:
    """The tree of a page or a fragment; its root is `html`."""
    root, whole = _parsed(text)
    return root if whole else _parsed(_WRAPPERS.sub(" ", text))[0]


def _parsed(text: str) -> tuple[html.HtmlElement, bool]:
    """The tree, and whether libxml2 read all of the text: it stops at 2,048 levels."""
    # An encoding declared in the text no longer holds: it is decoded.
    xml = _DECLARATION.match(text)
    declared = text[xml.end() :] if xml else text
    declared = _REFERENCE.sub(_carried, declared) if "&#" in declared else declared
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        root = html.document_fromstring(_encoded(declared), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable from error
    if root.tag != "html":
        raise Unreadable
    _out_of_head(root)
    last = parser.error_log.last_error  # the parser ends there
    return root, last is None or last.type_name != "ERR_RESOURCE_LIMIT"


def _encoded(text: str) -> bytes:
    """A text in UTF-8, without what XML can't carry: bytes are looked through many times faster than characters."""
    encoded = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    return encoded.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"") if b"\xef\xbf" in encoded else encoded


_OF_HEAD: Final = frozenset(["title", "meta", "link", "base", "script", "style", "template", "noscript", "head"])


def _out_of_head(root: html.HtmlElement) -> None:
    """Move what is none of a head behind it: `<body>` may be left out, and libxml2 knows no `<article>` to begin it."""
    head = root.find("head")
    first = None if head is None else next((child for child in head if child.tag not in _OF_HEAD), None)
    if head is None or first is None:
        return
    body = root.find("body")
    if body is None:
        body = head.makeelement("body")
        root.append(body)
    moved = [*head][head.index(first) :]
    body.text, text = None, body.text
    for number, child in enumerate(moved):
        body.insert(number, child)
    moved[-1].tail = (moved[-1].tail or "") + (text or "") or None


def _carried(reference: re.Match[str]) -> str:
    """A character's number, unless the character is one that no XML, and so no tree of lxml, can carry."""
    number = int(reference[1] or reference[2], 16 if reference[1] else 10)
    return "" if number > sys.maxunicode or FORBIDDEN.match(chr(number)) else reference[0]


def tidy(root: html.HtmlElement) -> None:
    """Mend and simplify the tree in place."""
    # lxml makes an object of an element each time that it is met, unless one exists: these are kept until the end.
    elements = _below(root)
    for element in elements:
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]
    lazyimages.use_noscript(root)
    for element in elements:
        if element.tag in _MACHINERY and element is not root:
            lazyimages.drop(element)
        elif element.get("hidden") is not None or ((style := element.get("style")) and _HIDDEN.search(style)):
            _drop_hidden(element)
    for element in list(root.iter("noscript")):
        element.drop_tag()
    for image in list(root.iter("img")):
        lazyimages.mend(image)
    _blocks_out_of_inlines(root)
    paragraphs.part(root)
    for element in list(root.iter(*HOLDERS)):
        _wrap_text(element)


def _below(root: html.HtmlElement) -> list[html.HtmlElement]:
    """All elements but those of the head, which is dropped whole."""
    elements, head = list(root.iter()), root.find("head")
    if head is not None:
        first = elements.index(head) + 1
        del elements[first : first - 1 + sum(1 for _ in head.iter())]
    return elements


def _drop_hidden(element: html.HtmlElement) -> None:
    """Hidden text is not for readers, but scripts unhide whole bodies."""
    if element.getparent() is not None and len(text_of(element)) < 1000:
        lazyimages.drop(element)


def text_of(element: html.HtmlElement) -> str:
    """All its text, as in the source; libxml2 gathers it in a tenth of the time that `itertext` takes."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def with_breaks(element: html.HtmlElement) -> str:
    """All its text, a line feed for each `<br>`, which are changed."""
    for line_break in list(element.iter("br")):
        line_break.tail = "\n" + (line_break.tail or "")
    return text_of(element)


# ------------------------------------------------------------------ every text inside some block


def _blocks_out_of_inlines(root: html.HtmlElement) -> None:
    """An inline element around blocks (`<a><div>`, `<b><p>`, an element unknown to us) becomes a `div`."""
    holding: set[html.HtmlElement] = set()
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and (element.tag in BLOCKS or element in holding):
            holding.add(parent)
    for element in holding:
        if element.tag not in BLOCKS or element.tag in LEAVES:
            element.tag = "div" if element.tag not in ("figcaption", "caption") else element.tag


def _wrap_text(element: html.HtmlElement) -> None:
    """Text and inline elements among blocks become paragraphs; two `<br>` part paragraphs."""
    if element.tag in ("li", "td", "th", "dd") and not any(child.tag in BLOCKS for child in element):
        return
    if not (element.text or "").strip() and all(
        child.tag in BLOCKS and not (child.tail or "").strip() for child in element
    ):
        _strip_between(element)
        return
    pieces: list[html.HtmlElement] = []
    for part in _runs(element):
        if isinstance(part, list):
            paragraph = html.Element("p")
            _fill(paragraph, part)
            if len(paragraph) or (paragraph.text or "").strip(" \t\n\r\f"):
                pieces.append(paragraph)
        else:
            pieces.append(part)
    element.text = None
    for child in list(element):
        element.remove(child)
    for piece in pieces:
        piece.tail = None
        element.append(piece)


def _strip_between(element: html.HtmlElement) -> None:
    """Remove the white space between blocks."""
    element.text = None
    for child in element:
        child.tail = None


def _runs(element: html.HtmlElement) -> Iterator[html.HtmlElement | list[str | html.HtmlElement]]:
    """Block children, and between them runs of text and inline children."""
    run: list[str | html.HtmlElement] = [element.text or ""]
    for child in list(element):
        tail = child.tail or ""
        if child.tag in BLOCKS:
            yield run
            run = [tail]
            yield child
        elif child.tag == "br" and len(run) > 1 and _is_break(run):
            yield run
            run = [tail]
        else:
            run += [child, tail]
    yield run


def _is_break(run: list[str | html.HtmlElement]) -> bool:
    """Whether a run ends in a `<br>`."""
    last, tail = run[-2], run[-1]
    return not isinstance(last, str) and last.tag == "br" and isinstance(tail, str) and not tail.strip()


def _fill(paragraph: html.HtmlElement, run: list[str | html.HtmlElement]) -> None:
    while run and (run[-1] == "" or (not isinstance(run[-1], str) and run[-1].tag == "br") or str(run[-1]).isspace()):
        run.pop()
    for piece in run:
        if not isinstance(piece, str):
            piece.tail = None
            paragraph.append(piece)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + piece
        else:
            paragraph.text = (paragraph.text or "") + piece


def leaves(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The blocks of a tidy tree that hold no blocks, in order: all text stands in one of them."""
    blocks = [element for element in root.iter() if element.tag in BLOCKS]
    holders = {element.getparent() for element in blocks}
    return [element for element in blocks if element not in holders and element.tag not in LISTS]


def plain(root: html.HtmlElement, marks: Iterable[html.HtmlElement] = ()) -> str:
    """The text of every block of a tidy tree that is needed no more, apart by a blank line; not footnotes' `marks`."""
    for line_break in root.iter("br"):
        line_break.text = " "
    for mark in marks:
        for element in mark.iter():
            element.text = None
            if element is not mark:
                element.tail = None
    texts = (collapse(text_of(leaf)).replace("\n", " ").strip(" ") for leaf in leaves(root))
    return "\n\n".join(text for text in texts if text)
