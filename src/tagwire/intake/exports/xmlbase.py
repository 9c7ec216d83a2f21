"""What relative addresses of a feed are relative to: XML Base at the feed, an entry, a link, a text, and within it.

https://www.w3.org/TR/xmlbase/, RFC 4287, 2. Where nothing is stated, a text is read as if it stood on its own page:
so do readers, and so write the tools that state nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from tagwire.intake.exports import address
from tagwire.intake.exports.xmlstream import named

if TYPE_CHECKING:
    from lxml import etree

_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_FEED: Final = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF|channel)\b[^<>]*?\sxml:base\s*=\s*[\"']\s*([^\"'\s]+)\s*[\"']")
_ADDRESSES: Final = ("href", "src", "poster", "cite", "data", "longdesc")


@dataclass(frozen=True, slots=True)
class Places:
    """Of an entry."""

    page: str
    """Its address; empty if it has none."""
    around: str
    """What the addresses of its elements are relative to."""
    text: str
    """What those in its text are relative to."""


def of_feed(head: str, place: str) -> str:
    """What is stated above all entries of a feed, which lies at `place` or is of that; empty where nothing is."""
    found = ""
    for stated in _FEED.findall(head):
        found = address.joined(found or place, unescape(stated))
    return found


def places(element: etree._Element, page: str, stated: str, place: str) -> Places:
    """Of an entry with the address `page`, as it stands there, in a feed that states `stated` and lies at `place`."""
    own = element.get(_BASE, "").strip()
    base = address.joined(stated or place, own) if own else stated
    page = address.joined(base or place, page) if page else ""
    around = base or page or place
    texts = [*_atom(element, "content"), *_atom(element, "summary")]
    return Places(page, around, address.joined(around, texts[0].get(_BASE, "").strip()) if texts else around)


def own(element: etree._Element, url: str) -> str:
    """An address that stands at an element, or in it, by what that states itself."""
    return address.joined(element.get(_BASE, "").strip(), url)


def settle(entry: etree._Element) -> None:
    """Addresses within a text that is XML are made what its own elements state, which HTML has no word for."""
    for text in (*_atom(entry, "content"), *_atom(entry, "summary")):
        for child in text.iterchildren("*"):
            _settle(child, "")


def _settle(element: etree._Element, base: str) -> None:
    base = address.joined(base, element.get(_BASE, "").strip())
    for name in _ADDRESSES if base else ():
        if found := element.get(name):
            element.set(name, address.joined(base, found))
    for child in element.iterchildren("*"):
        _settle(child, base)


def _atom(entry: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in entry.iterchildren(f"{{*}}{name}") if re.search(r"/Atom\Z|purl.org/atom", named(each)[0])]
