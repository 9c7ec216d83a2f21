"""nginx: a file to include in the `server` block."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire.hosts.rules import FEED_CACHE, FILE_CACHE, FILES, PAGE_CACHE
from tagwire.model import Text

if TYPE_CHECKING:
    from tagwire.hosts.rules import Rules

_MODULES = {"gzip": "gzip_static on;", "br": "brotli_static on;"}


def files(rules: Rules) -> tuple[Text, ...]:
    """`.nginx.conf`."""
    place = "root /var/www/SITE; include /var/www/SITE/.nginx.conf;"
    lines = [
        "# Written by Tagwire. Include it where this site is served:",
        f"#   server {{ listen 80; server_name {rules.domain or 'example.org'}; {place} }}",
        "charset utf-8;",
        "index index.html;",
        "autoindex off;",
        f"error_page 404 {rules.top}404.html;",
        *(_MODULES[kind] for kind in rules.precompress),
        *_headers(rules, PAGE_CACHE),
        r"location ~ /\.(?!well-known/) { return 404; }",
    ]
    for kind in rules.kinds:
        cors = ('add_header Access-Control-Allow-Origin "*";',)
        inner = ("types { }", f"default_type {kind.type};", *_headers(rules, FEED_CACHE), *cors)
        lines += _location(f'~ "{kind.pattern}"', inner)
    lines += _location(f'~ "{FILES}"', _headers(rules, FILE_CACHE))
    lines += [f'location = "{_decoded(each.here)}" {{ return 301 "{each.there}"; }}' for each in rules.redirects]
    return (Text(".nginx.conf", "\n".join([*lines, ""])),)


def _headers(rules: Rules, cache: str) -> list[str]:
    """All of them: a block with a header of its own inherits none."""
    return [
        *(f'add_header {name} "{value}" always;' for name, value in rules.headers),
        f'add_header Cache-Control "{cache}";',
    ]


def _location(match: str, inner: tuple[str, ...] | list[str]) -> list[str]:
    return [f"location {match} {{", *(f"    {line}" for line in inner), "}"]


def _decoded(path: str) -> str:
    """nginx compares the decoded path. Addresses hold no quote and no backslash, but may hold a dollar."""
    return unquote(path)
