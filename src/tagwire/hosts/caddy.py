"""Caddy: a file to import into the site's block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.hosts.rules import FEED_CACHE, FILE_CACHE, FILES, PAGE_CACHE
from tagwire.model import Text

if TYPE_CHECKING:
    from tagwire.hosts.rules import Rules


def files(rules: Rules) -> tuple[Text, ...]:
    """`.caddyfile`."""
    ready = f" {{\n    precompressed {' '.join(sorted(rules.precompress))}\n}}" if rules.precompress else ""
    lines = [
        "# Written by Tagwire. Import it where this site is served:",
        f"#   {rules.domain or 'example.org'} {{",
        "#       root * /var/www/SITE",
        "#       import /var/www/SITE/.caddyfile",
        "#   }",
        "encode gzip",
        r"@tagwire_hidden path_regexp /\.([^w]|w[^e])",
        "respond @tagwire_hidden 404",
        "header {",
        *(f'    {name} "{value}"' for name, value in rules.headers),
        f'    ?Cache-Control "{PAGE_CACHE}"',  # only where none of those below is set
        "}",
    ]
    for kind in rules.kinds:
        match = f"@tagwire_{kind.name}"
        lines += [f'{match} path_regexp "{kind.pattern}"', f"header {match} {{", f'    Content-Type "{kind.type}"']
        lines += [f'    Cache-Control "{FEED_CACHE}"', '    Access-Control-Allow-Origin "*"', "}"]
    lines += [f'@tagwire_files path_regexp "{FILES}"', f'header @tagwire_files Cache-Control "{FILE_CACHE}"']
    lines += [f'redir "{each.here}" "{each.there}" permanent' for each in rules.redirects]
    lines += [f"file_server{ready}", "handle_errors {", f"    rewrite * {rules.top}404.html", "    file_server", "}"]
    return (Text(".caddyfile", "\n".join([*lines, ""])),)
