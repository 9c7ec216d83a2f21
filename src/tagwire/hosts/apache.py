"""Apache and LiteSpeed: `.htaccess`, which needs `AllowOverride FileInfo Indexes` or `All`, as shared hosts have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire.hosts.rules import FEED_CACHE, FILE_CACHE, FILES, PAGE_CACHE
from tagwire.model import Text

if TYPE_CHECKING:
    from tagwire.hosts.rules import Rules


def files(rules: Rules) -> tuple[Text, ...]:
    """`.htaccess`."""
    lines = [
        "# Written by Tagwire.",
        "DirectoryIndex index.html",
        "AddDefaultCharset utf-8",
        f"ErrorDocument 404 {rules.top}404.html",
        r"RedirectMatch 404 /\.(?!well-known/)",
        "<IfModule mod_headers.c>",
        *(f'    Header always set {name} "{value}"' for name, value in rules.headers),
        f'    Header set Cache-Control "{PAGE_CACHE}"',
        "</IfModule>",
    ]
    for kind in rules.kinds:
        more = ['    Header set Access-Control-Allow-Origin "*"']
        lines += _matching(kind.pattern.replace("/", "^", 1), [f"    ForceType {kind.type}"], FEED_CACHE, more)
    lines += _matching(FILES, [], FILE_CACHE, [])
    lines += [f'RedirectMatch 301 "^{re.escape(unquote(each.here))}$" "{each.there}"' for each in rules.redirects]
    return (Text(".htaccess", "\n".join([*lines, ""])),)


def _matching(pattern: str, inner: list[str], cache: str, more: list[str]) -> list[str]:
    headers = ["    <IfModule mod_headers.c>", f'    Header set Cache-Control "{cache}"', *more, "    </IfModule>"]
    return [f'<FilesMatch "{pattern}">', *inner, *headers, "</FilesMatch>"]
