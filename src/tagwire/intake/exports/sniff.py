"""How the exports of other tools give themselves away by what can be seen of them at a glance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tagwire.intake.formats import Glance

_WORDPRESS: Final = re.compile(rb"xmlns:wp\s*=\s*[\"']https?://wordpress\.org/export/", re.IGNORECASE)
_BLOGGER: Final = re.compile(rb"schemas\.google\.com/blogger/2008(?:/kind)?#|xmlns:blogger\s*=")
_ATOM: Final = rb"http://www\.w3\.org/2005/Atom|http://purl\.org/atom/ns#"
_START: Final = rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*"
_FEED: Final = re.compile(
    _START + rb"<(?:rss\b|rdf:RDF\b[^>]*purl\.org/rss/|(?:\w+:)?feed\b[^>]*(?:" + _ATOM + rb"))",
    re.DOTALL | re.IGNORECASE,
)
_JSON: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{")
_JSON_FEED: Final = re.compile(rb"\"version\"\s*:\s*\"https?:(?:\\?/){2}jsonfeed\.org\\?/version\\?/")


def is_wordpress(seen: Glance) -> bool:
    """RSS with WordPress's own elements."""
    return is_feed(seen) and bool(_WORDPRESS.search(seen.head))


def is_blogger(seen: Glance) -> bool:
    """Atom that holds the kinds of Blogger's entries; the feed of a blog at Blogger has no kinds but that of posts."""
    kinds = (b"kind#settings", b"kind#template", b"kind#page", b"<blogger:", b".archive</id>")
    return is_feed(seen) and any(kind in seen.head for kind in kinds) and bool(_BLOGGER.search(seen.head))


def is_feed(seen: Glance) -> bool:
    """RSS of any version, or Atom."""
    head = seen.head
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return bool(_FEED.search(head))


def is_json_feed(seen: Glance) -> bool:
    """An object with JSON Feed's own version."""
    return bool(_JSON.match(seen.head) and _JSON_FEED.search(seen.head))


_GHOST: Final = re.compile(rb"\"(?:lexical|mobiledoc|feature_image|posts_tags|posts_authors|custom_excerpt)\"\s*:")
_BEEHIIV: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?(?=[^\n]*\bweb_title\b)(?=[^\n]*\bcontent_html\b)[^\n]*\n")
_MEDIUM: Final = re.compile(rb"<article\b[^>]*\bh-entry\b.*<(?:section|div)\b[^>]*\be-content\b", re.DOTALL)


def is_ghost(seen: Glance) -> bool:
    """An object with Ghost's tables, or an archive whose only JSON lies beside `content/` or `data/`."""
    if seen.names:
        return any(re.search(r"(?:\A|/)[\w.-]*ghost[\w.-]*\.json\Z", name) for name in seen.names)
    posts = _JSON.match(seen.head) and re.search(rb"\"(?:posts|db)\"\s*:", seen.head)
    return bool(posts and _GHOST.search(seen.head))


def is_substack(seen: Glance) -> bool:
    """A table of posts beside their HTML."""
    files = {name.rpartition("/")[2] for name in seen.names}
    return "posts.csv" in files and any(re.search(r"posts/[^/]+\.html\Z", name) for name in seen.names)


def is_beehiiv(seen: Glance) -> bool:
    """A table with the HTML of posts in a column."""
    return b"content_html" in seen.head and bool(_BEEHIIV.match(seen.head))


_STORY: Final = re.compile(
    r"(?:\A|/)(?:posts/(?:draft|\d{4}-\d{2}-\d{2})_[^/]*|(?:draft|\d{4}-\d{2}-\d{2})_[^/]*-[0-9a-f]{8,12})\.html\Z"
)
"""The name of a story: with its date and its number, or in the folder of all stories."""


def is_medium(seen: Glance) -> bool:
    """Pages with the line that Medium writes below them; in an archive, its own folders."""
    if seen.names:
        return any(map(_STORY.search, seen.names))
    return b'Exported from <a href="https://medium.com">' in seen.head and bool(_MEDIUM.search(seen.head))


def is_buttondown(seen: Glance) -> bool:
    """A table of emails beside their Markdown."""
    files = {name.rpartition("/")[2] for name in seen.names}
    return "emails.csv" in files and any(name.endswith(".md") for name in seen.names)
