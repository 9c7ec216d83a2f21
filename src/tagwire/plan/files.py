"""The files that are neither pages nor feeds: copies, the sitemap, robots.txt."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tagwire.model import Copy, Text
from tagwire.plan.outline import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagwire.model import File
    from tagwire.plan.catalogue import Catalogue
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground

_MOST_URLS = 50_000
"""Of one sitemap (sitemaps.org)."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def asset_address(path: str) -> str:
    """Where a file that isn't Markdown goes: `content/static/` is the site's root, others keep their folders."""
    for folder, address in (
        ("content/static/", ""),
        ("content/pages/", ""),
        ("content/", ""),
        ("theme/static/", "theme/"),
    ):
        if path.startswith(folder):
            return address + path.removeprefix(folder)
    raise ValueError(path)


def copies(assets: Mapping[str, File]) -> Iterator[Copy]:
    """Every asset, by address."""
    return (Copy(address, file) for address, file in assets.items())


def texts(catalogue: Catalogue, taken: Mapping[str, File]) -> Iterator[Item]:
    """What Tagwire writes where the owner has no file of that name."""
    if "robots.txt" not in taken:
        yield text("robots.txt", _robots)
    known = tuple(_addresses(catalogue))
    parts = [known[at : at + _MOST_URLS] for at in range(0, len(known), _MOST_URLS)]
    if len(parts) == 1:
        yield text("sitemap.xml", _sitemap, "sitemap.xml", known)
        return
    paths = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield text("sitemap.xml", _sitemap_index, paths)
    for path, part in zip(paths, parts, strict=True):
        yield text(path, _sitemap, path, part)


def _robots(ground: Ground) -> Text:
    return Text("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {ground.absolute('sitemap.xml')}\n")


def _sitemap(ground: Ground, path: str, known: tuple[tuple[str, str], ...]) -> Text:
    return _document(path, "urlset", [_url(ground.absolute(address), when) for address, when in known])


def _sitemap_index(ground: Ground, paths: tuple[str, ...]) -> Text:
    parts = [f"<sitemap><loc>{ground.absolute(path)}</loc></sitemap>" for path in paths]
    return _document("sitemap.xml", "sitemapindex", parts)


def _addresses(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(address, day of the last change) of what search engines should know; lists are left to be found by links."""
    shown = [post.head for post in catalogue.posts if not post.head.noindex and not post.head.canonical]
    newest = max((head.updated.at.date().isoformat() for head in shown), default="")
    yield "", newest
    for head in shown:
        yield head.address, head.updated.iso
    for sheet in catalogue.pages:
        if not sheet.meta.noindex and not sheet.meta.canonical:
            yield sheet.meta.address, ""
    for topic, posts in catalogue.topics:
        if posts:
            yield topic.address, posts[-1].head.published.iso


def _url(location: str, modified: str) -> str:
    changed = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<url><loc>{escape(location)}</loc>{changed}</url>"


def _document(path: str, root: str, entries: list[str]) -> Text:
    body = "\n".join(entries)
    return Text(path, f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}\n</{root}>\n')
