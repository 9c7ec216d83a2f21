"""What every host should say, whatever its language: types of feeds, times in caches, headers for safety."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from tagwire import names
from tagwire.model import Redirect

if TYPE_CHECKING:
    from dataclasses import dataclass

    from tagwire.model import Config
else:
    from tagwire.frozen import dataclass

FEED_CACHE = "public, max-age=300"
"""Readers ask every hour or so: five minutes spare a server a flood and delay nobody."""
PAGE_CACHE = "public, max-age=0, must-revalidate"
"""A page must not be older than the feed that leads to it."""
FILE_CACHE = "public, max-age=3600"
"""Styles and pictures, whose names stay the same when they change."""
FILES = r"\.(?:css|js|svg|png|jpe?g|gif|webp|avif|ico|woff2?|mp3|m4a|ogg|opus|mp4|webm|pdf)$"
"""What is cached as a file, as a regular expression."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feed."""

    name: str
    pattern: str
    """Of its files, a regular expression that servers understand alike."""
    type: str

    def matches(self, path: str) -> bool:
        """Whether a file is of this kind."""
        return re.search(self.pattern, f"/{path}") is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """All that is to be said to a host. Paths begin with a slash and are percent-encoded."""

    kinds: ClassVar[tuple[Kind, ...]] = (
        Kind("atom", r"/atom(?:-[0-9]+)?\.xml$", "application/atom+xml"),
        Kind("rss", r"/(?:rss(?:-[0-9]+)?|podcast)\.xml$", "application/rss+xml"),
        Kind("json", r"/feed(?:-[0-9]+)?\.json$", "application/feed+json"),
        Kind("opml", r"\.opml$", "text/x-opml"),
    )

    top: str
    """Path of the front page: `/`, or `/news/`."""
    domain: str
    """Of the site; empty where its settings have no `url`."""
    headers: tuple[tuple[str, str], ...]
    """For every answer."""
    redirects: tuple[Redirect, ...]
    """By address, each old one once; addresses are percent-encoded paths."""
    precompress: tuple[str, ...]

    @classmethod
    def of(cls, config: Config, redirects: tuple[Redirect, ...]) -> Rules:
        """From the settings."""
        top = urlsplit(config.base).path or "/"
        moved = {each.here: each.there for each in redirects}
        return cls(
            top=top,
            domain=urlsplit(config.url).hostname or "",
            headers=_headers(trusted=config.trusted, search=config.search),
            redirects=tuple(
                Redirect(top + names.quoted(old), top + names.quoted(new).replace("$", "%24"))
                for old, new in sorted(moved.items())
                if not _MEANT.search(old)
            ),
            precompress=config.precompress,
        )


_MEANT = re.compile(r"""["'\\\x00-\x1f*:;$%#{}<>]|/\(""")
"""What is more than a letter to one host or another: the end of a text, any path, a value to fill in. An old address
may come from a stranger's export. Such a one has its redirect page, as everywhere, and no line in a host's file."""

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "* data:",
    "media-src": "*",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
"""Pages hold no script and no style of their own; pictures may stand anywhere on the web."""


def _headers(*, trusted: bool, search: bool) -> tuple[tuple[str, str], ...]:
    """With `trusted`, pages hold whatever their authors like, so there is no policy that would fit."""
    more = {"script-src": "'self' 'wasm-unsafe-eval'"} if search else {}  # the index is searched by WebAssembly
    policy = "; ".join(f"{what} {where}" for what, where in {**_POLICY, **more}.items())
    always = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "strict-origin-when-cross-origin"))
    return always if trusted else (("Content-Security-Policy", policy), *always)
