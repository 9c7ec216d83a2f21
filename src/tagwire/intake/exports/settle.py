"""What a page may lose without a word (a form, a script, a frame) is named in the body of an export, or made a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lxml import html as lxml_html

from tagwire.intake import htmltree
from tagwire.intake.exports import squarespace

if TYPE_CHECKING:
    from collections import Counter

    from lxml import html

_NAMED: Final = {
    "script": "script",
    "form": "form",
    "input": "form",
    "select": "form",
    "textarea": "form",
    "button": "button",
    "svg": "drawing (SVG)",
    "canvas": "drawing (canvas)",
    "object": "embedded object",
    "embed": "embedded object",
    "style": "style sheet",
}
"""What goes without a trace in the Markdown, as it is told."""
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]+)['\"]?\s*\)", re.IGNORECASE)
_GIST = re.compile(r"((?:https?:)?//gist\.github\.com/[\w./-]+?)(?:\.js)?(?:\?|\Z)")
_URL = re.compile(r"(?:https?:)?//[^\s<>\"']+\Z")


def settle(root: html.HtmlElement, left: Counter[str]) -> None:
    """Prepares a body for the writer, and counts in `left` what it will leave out."""
    _drop_substitutes(root)
    _drop_second_links(root)
    squarespace.settle(root, left)
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        if name := _NAMED.get(element.tag, ""):
            _tell(element, name, left)
        elif element.tag == "iframe":
            _settle_frame(element)
        elif element.tag == "img":
            _settle_image(element, left)
        elif element.tag == "pre" and "verse" in element.get("class", ""):
            _settle_verse(element)
        elif element.tag in ("p", "div", "figure"):
            _link_address(element)
        if "style" in element.attrib and (found := _BACKGROUND.search(element.get("style", ""))):
            _show_background(element, found[1])
    for gallery in list(root.iter("ul", "ol")):
        _dissolve_gallery(gallery)


_SECTIONS: Final = ("thead", "tbody", "tfoot")
_IN_TABLE: Final = frozenset(
    ["caption", "colgroup", "col", *_SECTIONS, "tr", "td", "th", "script", "style", "template"]
)


def _drop_substitutes(root: html.HtmlElement) -> None:
    """A picture for browsers without scripts, beside the same one for all others, which says more (Squarespace)."""
    for noscript in list(root.iter("noscript")):
        inside = [image.get("src") for image in noscript.iter("img")]
        around = noscript.getparent()
        if around is None or len(inside) != 1 or htmltree.text_of(noscript).strip():
            continue
        for image in around.iter("img"):
            if noscript not in image.iterancestors() and inside[0] in (image.get("data-src"), image.get("src")):
                noscript.drop_tree()
                break


def _drop_second_links(root: html.HtmlElement) -> None:
    """Take the button away that WordPress puts behind the link to a file: it leads to the same and only says so."""
    for button in list(root.iter("a")):
        around = button.getparent()
        if around is None or "wp-block-file__button" not in button.get("class", "").split():
            continue
        beside = (link for link in around.iter("a") if link is not button and htmltree.text_of(link).strip())
        if any(link.get("href") == button.get("href") for link in beside):
            button.drop_tree()


def foster(root: html.HtmlElement) -> None:
    """Puts above a table what stands in it and in no cell, as in Beehiiv's: there browsers show it (HTML, 13.2.6.1)."""
    for table in list(root.iter("table")):
        for form in [child for child in table if child.tag == "form" and next(child.iter("tr"), None) is not None]:
            form.drop_tag()
        _foster(table)


def _foster(table: html.HtmlElement) -> None:
    sections = [table, *(part for part in table if part.tag in _SECTIONS)]
    for part in [*sections, *(row for section in sections for row in section if row.tag == "tr")]:
        text, part.text = part.text, None
        strays = [_paragraph(text)] if (text or "").strip() else []
        for child in list(part):
            tail, child.tail = child.tail, None
            if isinstance(child.tag, str) and child.tag not in _IN_TABLE and next(child.iter("tr", "td"), None) is None:
                strays.append(child)
            strays += [_paragraph(tail)] if (tail or "").strip() else []
        for stray in strays:
            table.addprevious(stray)


def _paragraph(text: str | None) -> html.HtmlElement:
    made = lxml_html.Element("p")
    made.text = text
    return made


def _tell(element: html.HtmlElement, name: str, left: Counter[str]) -> None:
    inside = next((above for above in element.iterancestors() if above.tag in _NAMED), None)
    carded = any("kg-" in above.get("class", "") for above in [element, *element.iterancestors()])  # Ghost's players
    if (
        inside is not None
        or (carded and name != "form")
        or "ld+json" in element.get("type", "")
        or element.get("type") == "hidden"
    ):
        return
    source = element.get("src") or element.get("data") or element.get("action") or ""
    if name == "script" and (gist := _GIST.match(source)):
        _link_to(element, gist[1])
        return
    left[f"{name} {source}".strip()] += 1
    if element.tag == "button" and htmltree.text_of(element).strip():
        element.tag = "span"


def _settle_frame(frame: html.HtmlElement) -> None:
    """A frame of whatever host becomes a link to what it shows: in a page it may be an advertisement, here it isn't."""
    source = frame.get("src") or frame.get("data-src") or ""
    if _URL.match(source):
        _link_to(frame, source)


def _link_to(element: html.HtmlElement, source: str) -> None:
    """Puts a link in the place of what shows something from elsewhere."""
    address = f"https:{source}" if source.startswith("//") else source
    link = lxml_html.Element("a", href=address)
    link.text = element.get("title") or (urlsplit(address).hostname or address).removeprefix("www.")
    paragraph = lxml_html.Element("p")
    paragraph.append(link)
    paragraph.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, paragraph)


def _settle_image(image: html.HtmlElement, left: Counter[str]) -> None:
    sizes = [re.match(r"[0-9]{1,9}", image.get(name, "").strip()) for name in ("width", "height")]
    pixels = [int(size[0]) for size in sizes if size]
    if "wp-smiley" in image.get("class", "") or "emoji" in image.get("class", "").split():
        image.tag = "span"
        image.text = image.get("alt", "")
    elif len(pixels) == 2 and max(pixels) <= 3:
        left[f"picture that counts readers {image.get('src', '')[:200]}".strip()] += 1
    elif pixels and max(pixels) <= 24:  # an icon; its size is what it would be dropped for
        for name in ("width", "height"):
            image.attrib.pop(name, None)
    if "src" not in image.attrib and not any(name.startswith("data-") for name in image.attrib):
        left["picture without an address"] += 1


def _settle_verse(verse: html.HtmlElement) -> None:
    """Verse is no code: its lines end where they end."""
    verse.tag = "p"
    for element in [verse, *verse.iterdescendants()]:
        _break_lines(element, "text")
        if element is not verse:
            _break_lines(element, "tail")


def _break_lines(element: html.HtmlElement, where: str) -> None:
    lines = (getattr(element, where) or "").split("\n")
    if len(lines) < 2:
        return
    setattr(element, where, lines[0])
    breaks = []
    for line in lines[1:]:
        found = lxml_html.Element("br")
        found.tail = line
        breaks.append(found)
    if where == "text":
        element[:0] = breaks
    else:
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element) + 1
            parent[at:at] = breaks


def _link_address(box: html.HtmlElement) -> None:
    """An address that stands alone on its line is what its tool would have shown as a player or card."""
    address = (box.text or "").strip()
    if len(box) == 0 and _URL.match(address):
        link = lxml_html.Element("a", href=address)
        link.text = address
        box.text = None
        box.append(link)


def _show_background(element: html.HtmlElement, address: str) -> None:
    if any(address == image.get("src") for image in element.iter("img")):
        return
    image = lxml_html.Element("img", src=address.strip(), alt=element.get("aria-label", ""))
    paragraph = lxml_html.Element("p")
    paragraph.append(image)
    paragraph.tail, element.text = element.text, None
    element.insert(0, paragraph)


def _dissolve_gallery(gallery: html.HtmlElement) -> None:
    """A list in which every item is a picture with its caption is a gallery, whose dots nobody saw."""
    items = list(gallery)
    if not items or not all(item.tag == "li" and _is_picture(item) for item in items):
        return
    gallery.tag = "div"
    for item in items:
        item.tag = "div"


def _is_picture(item: html.HtmlElement) -> bool:
    said = "".join(htmltree.text_of(caption) for caption in item.iter("figcaption"))
    return next(item.iter("img"), None) is not None and htmltree.text_of(item).strip() == said.strip()
