"""What both writers of XML know: namespaces, links, the picture, the first lines, and how markup is spelt in titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire import names

if TYPE_CHECKING:
    from tagwire.model import Feed

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
_RSS_PICTURE = re.compile(r"\.(?:gif|jpe?g|png)(?:\?|\Z)", re.IGNORECASE)
"""What RSS 2.0 allows for a channel's image."""
_RSS_PLAIN = re.compile(rb'<(title|category|copyright)\b[^>]*>[^<]*</\1>|<atom:link [^>]*title="[^>]*>')
_RSS_DESCRIPTION = re.compile(rb"<description>[^<]*</description>")
"""The first one is the channel's: plain text too."""
_ATOM_PLAIN = re.compile(rb"<(title|subtitle|summary|rights)>[^<]*</\1>")


def links(feed: Feed) -> list[tuple[str, str, str]]:
    """(rel, URL, type) of the feed's own links."""
    kind = _TYPES[feed.kind]
    # feedgen's trap 5 (see `xml`): no hub of its reaches RSS
    more = [("hub", feed.hub, ""), ("current", feed.current, kind), ("prev-archive", feed.previous, kind)]
    return [("self", feed.url, kind), ("alternate", feed.home, "text/html"), *(link for link in more if link[1])]


def picture(feed: Feed) -> str:
    """URL of the channel's image in RSS; empty where there is none that RSS allows."""
    return next((url for url in (feed.logo, feed.icon) if _RSS_PICTURE.search(url)), "")


def opening(feed: Feed) -> bytes:
    """The first lines of a feed's file, before its root element.

    Who opens the feed in a browser sees it set, by CSS: XSLT is leaving the browsers.
    """
    look = names.relative(feed.path, "theme/feed.css")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="{look}"?>\n'.encode()


def spelt_out(feed: Feed, elements: bytes, *, begins: bool = True) -> bytes:
    """Elements of a feed, with its first ones or not; markup that their texts show is spelt to be no tag to anybody.

    Some readers take `&lt;` in an RSS title for a tag, none takes `&#x3C;`.
    RSS Advisory Board, Best Practices Profile, "Character data". The W3C validator and our lint take it as a sign that
    it is meant, in Atom too, where `type="html"` would give programs `&amp;` for a title.
    """
    if feed.kind == "atom":
        return _ATOM_PLAIN.sub(_by_number, elements)
    made = _RSS_PLAIN.sub(_by_number, elements)
    return _RSS_DESCRIPTION.sub(_by_number, made, count=1) if begins else made


def _by_number(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
