"""The files that each kind of web host reads: redirects, headers, types of feeds, what isn't found.

Pure: settings and redirects come in, small files go out. One file a kind of host; `rules` is what they all say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.hosts import apache, caddy, nginx, platforms, s3
from tagwire.hosts.rules import FEED_CACHE, FILE_CACHE, FILES, PAGE_CACHE, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.model import Config, Redirect, Text

__all__ = ["cache", "content_type", "files"]

_MAKERS: dict[str, Callable[[Rules], tuple[Text, ...]]] = {
    "apache": apache.files,
    "caddy": caddy.files,
    "cloudflare": platforms.cloudflare,
    "github-pages": platforms.github,
    "gitlab-pages": platforms.gitlab,
    "netlify": platforms.netlify,
    "nginx": nginx.files,
    "s3": s3.files,
}


def files(config: Config, redirects: tuple[Redirect, ...]) -> tuple[Text, ...]:
    """What the host of these settings reads; nothing where there is no `host`."""
    return _MAKERS[config.host](Rules.of(config, redirects)) if config.host else ()


def cache(path: str) -> str:
    """How long one of our files may be kept (the value of Cache-Control)."""
    if content_type(path):
        return FEED_CACHE
    return FILE_CACHE if re.search(FILES, path) else PAGE_CACHE


def content_type(path: str) -> str:
    """The media type of one of our files that a server can't know by its ending; else empty."""
    return next((kind.type for kind in Rules.kinds if kind.matches(path)), "")
