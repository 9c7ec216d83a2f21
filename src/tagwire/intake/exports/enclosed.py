"""What is attached to an entry of a feed: a link below the text for each that the text doesn't have, a lead picture."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from tagwire.intake.exports import address, xmlbase
from tagwire.intake.exports.xmlstream import named

if TYPE_CHECKING:
    from lxml import etree

_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|\Z)", re.IGNORECASE)


def of_entry(element: etree._Element, content: str, base: str) -> tuple[str, str]:
    """(HTML of links below `content`, lead picture) of an entry of RSS or Atom, whose addresses begin at `base`.

    Of pictures that are not attached but told (Media RSS), the first is taken: others are sizes of it.
    """
    links, picture = "", ""
    for child in element.iter("{*}enclosure", "enclosure", "{*}link", "{*}content", "{*}thumbnail", "{*}image"):
        namespace, local = named(child)
        told = local in ("content", "thumbnail", "image")
        if (local == "link" and child.get("rel") != "enclosure") or (
            told and not re.search(r"mrss|itunes|media", namespace)
        ):
            continue
        url = (child.get("url") or child.get("href") or "").strip()
        kind = child.get("type", "") or child.get("medium", "") or ("image" if local in ("thumbnail", "image") else "")
        full = address.joined(base, xmlbase.own(child, url))
        if not url or has(content, url, full) or has(links, url, full):
            continue
        is_picture = kind.startswith("image") or bool(_PICTURE.search(url))
        if is_picture and not picture:
            picture = full
        elif not (is_picture and (told or full == picture)):
            links += link(full, child.get("title", ""))
    return links, picture


def has(markup: str, *urls: str) -> bool:
    """Whether one of these addresses stands in HTML, escaped or as it is."""
    return any(url in markup or escape(url) in markup for url in urls)


def link(url: str, title: str = "") -> str:
    """A paragraph with a link, in the words of its title, or the name of the file."""
    try:
        name = unquote(urlsplit(url).path).rpartition("/")[2]
    except ValueError:
        name = ""
    return f'<p><a href="{escape(url)}">{escape(" ".join(title.split()) or name or url)}</a></p>'
