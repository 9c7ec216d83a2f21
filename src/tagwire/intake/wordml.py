"""WordprocessingML (ECMA-376 part 1, 17): what all that prepare a document for mammoth do to its elements."""

from __future__ import annotations

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes) -> etree._Element | None:
    """The root of a part that a document may lack; None if it is no XML."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def value(place: etree._Element | None, name: str) -> str:
    """What a property says, as `pStyle`; empty if it is not there."""
    found = None if place is None else place.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def looks(place: etree._Element, name: str) -> etree._Element:
    """The properties of an element, as `pPr`, which stand first in it; made if there are none."""
    found = place.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        place.insert(0, found)
    return found


def style(paragraph: etree._Element, name: str) -> None:
    """Give a paragraph a style in the place of its own, and no number."""
    said = looks(paragraph, "pPr")
    for old in said.findall(f"{W}pStyle") + said.findall(f"{W}numPr"):
        said.remove(old)
    given = etree.Element(f"{W}pStyle")
    given.set(f"{W}val", name)
    said.insert(0, given)


def remove(element: etree._Element) -> None:
    """Take an element away, if it still stands anywhere."""
    if (above := element.getparent()) is not None:
        above.remove(element)
