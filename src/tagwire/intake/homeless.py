"""Relative addresses of a page that doesn't say where it was published: in the owner's site they lead nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import html as lxml_html

from tagwire.intake.found import Finding
from tagwire.intake.htmltree import MEDIA, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml import html

_SOURCES = ("src", "data-src", "data")
_LONGEST = 200
"""Characters of an address that are told."""


def settle(place: html.HtmlElement) -> list[Finding]:
    """Make text of links without an address, and of pictures their descriptions; returns what was done."""
    for element in place.iter():
        for name in ("href", *_SOURCES):
            if element.get(name, "").strip().startswith("//"):
                element.set(name, f"https:{element.get(name, '').strip()}")
    links = [link for link in place.iter("a") if _is_relative(link.get("href", ""))]
    for link in links:
        del link.attrib["href"]
    shown = [element for element in place.iter(*MEDIA) if _is_lost(element)]
    for element in shown:
        _describe(element)
    return [
        *_finding("links", len(links), "made text"),
        *_finding("pictures", len(shown), "replaced by their descriptions"),
    ]


def left(place: html.HtmlElement) -> tuple[str, ...]:
    """The films and sounds that `settle` will take out without a trace, a phrase each."""
    lost = [element for element in place.iter("video", "audio") if _is_lost(element) and not _said(element)]
    return tuple(f"{element.tag} {_named(element)[:_LONGEST]}, which isn’t here" for element in lost)


def inside(place: html.HtmlElement, marks: Container[html.HtmlElement]) -> tuple[str, ...]:
    """How many links lead to a place in the same text, other than to notes; they become text."""
    links = [link for link in place.iter("a") if len(link.get("href", "").strip()) > 1 and text_of(link).strip()]
    here = [link for link in links if link.get("href", "").strip().startswith("#")]
    count = sum(link not in marks and link.getparent() not in marks for link in here)
    return (f"{count} link{'' if count == 1 else 's'} to places in the same text",) if count else ()


def _finding(what: str, count: int, became: str) -> list[Finding]:
    if not count:
        return []
    one, were = (what.removesuffix("s"), "was") if count == 1 else (what, "were")
    value = f"{count} {one} without an address {were} {became}"
    return [Finding(what, value, "the page doesn't say where it was published")]


def _is_relative(address: str) -> bool:
    """Whether an address leads somewhere from the page; not a place in the page itself, which is no link anyway."""
    tight = re.sub(r"[\t\n\r\x00-\x1f]", "", address).strip()
    if not tight or tight.startswith("#"):
        return False
    try:
        return not urlsplit(tight).scheme
    except ValueError:
        return False


def _is_lost(element: html.HtmlElement) -> bool:
    """Whether all that a picture or player could show is relative."""
    holders = (element, *element.iter("source", "embed"))
    named = [found.get(name, "") for found in holders for name in _SOURCES if found.get(name, "").strip()]
    return bool(named) and all(map(_is_relative, named))


def _named(element: html.HtmlElement) -> str:
    """The first address of a player."""
    holders = (element, *element.iter("source", "embed"))
    named = [str(found.get(name, "")).strip() for found in holders for name in _SOURCES]
    return next(filter(None, named), "")


def _said(element: html.HtmlElement) -> str:
    return " ".join((element.get("alt") or element.get("title") or element.get("aria-label") or "").split())


def _describe(element: html.HtmlElement) -> None:
    """In the place of a picture its description, in italics; nothing where it has none."""
    text = _said(element)
    parent = element.getparent()
    if parent is None:
        return
    if text:
        described = lxml_html.Element("em")
        described.text = text
        element.addprevious(described)
    element.drop_tree()
