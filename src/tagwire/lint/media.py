"""Rules about enclosures and pictures that travel with an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.lint import links, markup
from tagwire.lint.rules import FEEDS, RSS_ATOM, RSS_ONLY, rule
from tagwire.lint.shape import ATOM, MEDIA, Bit, line_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_MIME = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+(?:\s*;.*)?")


def _holders(feed: Feed) -> Iterator[etree._Element]:
    """Elements that may have a type or a length."""
    if feed.root is not None:
        yield from feed.root.iter("enclosure", f"{{{MEDIA}}}content", f"{{{ATOM}}}link")


@rule(
    "enclosure-incomplete",
    "error",
    "RSS 2.0, enclosure; W3C MissingAttribute",
    kinds=RSS_ONLY,
    hint="give the enclosure `url`, `length` in bytes and `type`",
)
def incomplete(feed: Feed) -> Iterator[Finding]:
    """Podcast apps skip a recording when they don't know its address, size or type."""
    for element in feed.xml.iter("enclosure"):
        lacking = [name for name in ("url", "length", "type") if not element.get(name)]
        if lacking:
            yield line_of(element), f"the enclosure has no {' and no '.join(f'`{name}`' for name in lacking)}"


@rule(
    "enclosure-repeated",
    "warning",
    "RSS Advisory Board profile, enclosure; W3C DuplicateEnclosure",
    kinds=RSS_ONLY,
    hint="keep one enclosure; other files can be media:content",
)
def repeated(feed: Feed) -> Iterator[Finding]:
    """Most readers take one enclosure for each item, the first or the last: the others are never heard."""
    for item in feed.xml.iter("item"):
        for element in item.findall("enclosure")[1:]:
            yield line_of(element), "the item has more than one enclosure"


@rule(
    "media-type",
    "error",
    "RFC 2045; RFC 4287 section 4.2.7.3; W3C InvalidMIMEAttribute, InvalidMIMEType",
    kinds=FEEDS,
    hint="write a media type such as audio/mpeg or image/jpeg",
)
def mime(feed: Feed) -> Iterator[Finding]:
    """Readers choose what to do with a file by its type: with none they know, they do nothing."""
    found = [Bit("type", str(each.get("type")), line_of(each)) for each in _holders(feed) if each.get("type")]
    for at, item in enumerate(feed.json.get("items", ()) if feed.data is not None else ()):
        files = item.get("attachments") if isinstance(item, dict) else None
        for number, file in enumerate(files if isinstance(files, list) else ()):
            if isinstance(file, dict) and isinstance(file.get("mime_type"), str):
                line = feed.line_of("items", at, "attachments", number, "mime_type")
                found.append(Bit("mime_type", file["mime_type"], line))
    for bit in found:
        if bit.text and not _MIME.fullmatch(bit.text):
            yield bit.line, f"`{bit.name}` is `{bit.text}`"


@rule(
    "media-length",
    "error",
    "RSS 2.0, enclosure; RFC 4287 section 4.2.7.6; Media RSS; W3C InvalidIntegerAttribute",
    kinds=RSS_ATOM,
    hint="write the size of the file in bytes, digits alone",
)
def length(feed: Feed) -> Iterator[Finding]:
    """Podcast apps plan downloads by the size; a wrong one stops them."""
    for element in _holders(feed):
        for name in ("length", "fileSize", "width", "height"):
            value = element.get(name)
            if value and not (value.isascii() and value.isdecimal()):
                yield line_of(element), f"`{name}` is `{value}`"


@rule(
    "media-address",
    "error",
    "Media RSS 1.5, media:content, media:thumbnail; W3C MissingAttribute",
    kinds=RSS_ATOM,
    hint="give it a `url`",
)
def address(feed: Feed) -> Iterator[Finding]:
    """A picture without an address isn't shown."""
    for element in feed.xml.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail"):
        player = element.find(f"{{{MEDIA}}}player")
        if not element.get("url") and player is None:
            yield line_of(element), f"there is no `url`{f' in `{text_of(element)}`' if text_of(element) else ''}"


@rule(
    "media-medium",
    "error",
    "Media RSS 1.5, media:content; W3C InvalidMediaMedium",
    kinds=RSS_ATOM,
    hint="write image, audio, video, document or executable",
)
def medium(feed: Feed) -> Iterator[Finding]:
    """Readers that don't know what kind of file this is show none of it."""
    for element in feed.xml.iter(f"{{{MEDIA}}}content"):
        if element.get("medium", "image") not in {"image", "audio", "video", "document", "executable"}:
            yield line_of(element), f"`medium` is `{element.get('medium')}`"


@rule(
    "picture-insecure",
    "warning",
    "W3C Mixed Content; FreshRSS, Feedly and other readers in a browser",
    kinds=FEEDS,
    hint="write https:// in the addresses of pictures",
)
def picture_insecure(feed: Feed) -> Iterator[Finding]:
    """Readers in a browser are served over https, and browsers show no picture over plain http there."""
    if feed.home is None or not feed.home.text.lower().startswith("https://"):
        return
    pictures = feed.xml.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail", "url") if feed.root is not None else ()
    for element in pictures:
        url = element.get("url") or text_of(element)
        if _plain(url) and element.get("medium", "image") == "image":
            yield line_of(element), f"`{url}`"
    for _, body in feed.bodies():
        for name, attributes in markup.read(body.text).tags:
            if name == "img" and _plain(attributes.get("src", "")):
                yield body.line, f"<img src={attributes['src'][:80]!r}>"


def _plain(url: str) -> bool:
    return url.lower().startswith("http://") and links.host(url) not in {"localhost", "127.0.0.1"}
