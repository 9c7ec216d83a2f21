"""Addresses on the old site, as what they become on the new one: an alias, a slug."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_NO_PATH = re.compile(r"[\\\x00-\x1f?#\ufffd]|://")


def alias(url: str, site: str = "") -> str:
    """The path of an old address, for `aliases`; empty where a static site can't answer it: the front page, a query.

    `site` is the new site's URL: where both lie below one path (`/blog/`), that path is left out.
    """
    try:
        parts = urlsplit(url)
        below = urlsplit(site)
    except ValueError:
        return ""
    path = re.sub("/{2,}", "/", unicodedata.normalize("NFC", unquote(parts.path)))
    root = unquote(below.path).rstrip("/")
    if root and parts.netloc == below.netloc and path.startswith(f"{root}/"):
        path = path[len(root) :]
    segments = path.strip("/").split("/")
    bad = _NO_PATH.search(path) or not all(part.strip(" .") and len(part.encode()) <= 240 for part in segments)
    if parts.query or path in ("", "/") or bad:
        return ""
    return path if path.startswith("/") else f"/{path}"


def slug(url: str) -> str:
    """The last part of an address, decoded, without an ending such as `.html`."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    return re.sub(r"\.(?:html?|php|aspx?)\Z", "", posixpath.basename(path.rstrip("/")), flags=re.IGNORECASE)
