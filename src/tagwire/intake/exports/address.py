"""Addresses on the old site, as what they become on the new one: an alias, a slug."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote, urljoin, urlsplit

from tagwire import names


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
    path = path.removeprefix("/")
    if uncounted(parts.query) or not names.is_old_path(path):
        return ""
    return f"/{path}".replace("%", "%25")  # an alias may be written encoded


def joined(base: str, url: str) -> str:
    """`url` as what stands at `base` means it."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


_COUNTED = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id)=")


def uncounted(query: str) -> str:
    """A query without what newsletters and feeds put there to count clicks: the page is the same without it."""
    return "&".join(part for part in query.split("&") if part and not _COUNTED.match(part))


def slug(url: str) -> str:
    """The last part of an address, decoded, without an ending such as `.html`."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    return re.sub(r"\.(?:html?|php|aspx?)\Z", "", posixpath.basename(path.rstrip("/")), flags=re.IGNORECASE)
