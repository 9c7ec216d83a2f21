"""The files that are neither pages nor feeds: copies, the sitemap, robots.txt."""

from __future__ import annotations

import operator
from html import escape
from typing import TYPE_CHECKING

from tagwire.model import Copy, Text
from tagwire.plan.due import NEWS
from tagwire.plan.outline import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagwire.model import Clock, File
    from tagwire.plan.catalogue import Catalogue
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground

_MOST_URLS = 50_000
"""Of one sitemap (sitemaps.org)."""
_MOST_NEWS = 1000
_NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


STYLES = ("theme/static/style.css", "theme/static/custom.css")
"""What every page loads, in this order. Their names carry a digest, so that hosts may let them be kept for ever."""


def asset_address(file: File) -> str:
    """Where a file that isn't Markdown goes: `content/static/` is the site's root, others keep their folders."""
    path = file.path
    if path in STYLES:
        return f"theme/{path.removeprefix('theme/static/').removesuffix('.css')}.{file.digest[:8]}.css"
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


def texts(catalogue: Catalogue, taken: Mapping[str, File], clock: Clock) -> Iterator[Item]:
    """What Tagwire writes where the owner has no file of that name."""
    if "robots.txt" not in taken:
        yield text("robots.txt", _robots)
    if catalogue.config.news:
        fresh = [post.head for post in catalogue.posts if clock.now - NEWS < post.head.published.at <= clock.now]
        heads = [head for head in reversed(fresh) if not (head.noindex or head.canonical or head.retracted)]
        told = tuple((head.address, head.published.iso, head.title, head.lang) for head in heads[:_MOST_NEWS])
        yield text("sitemap-news.xml", _news, told)
    known = tuple(_addresses(catalogue))
    parts = [known[at : at + _MOST_URLS] for at in range(0, len(known), _MOST_URLS)]
    if len(parts) == 1:
        yield text("sitemap.xml", _sitemap, "sitemap.xml", known)
        return
    paths = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield text("sitemap.xml", _sitemap_index, paths)
    for path, part in zip(paths, parts, strict=True):
        yield text(path, _sitemap, path, part)


def ready(file: Text) -> Item:
    """A small file that is made already."""
    return text(file.path, _ready, file.path, file.text)


def _ready(_: Ground, path: str, content: str) -> Text:
    return Text(path, content)


def _robots(ground: Ground) -> Text:
    paths = ["sitemap.xml", *(["sitemap-news.xml"] if ground.config.news else [])]
    maps = "".join(f"Sitemap: {ground.absolute(path)}\n" for path in paths)
    return Text("robots.txt", f"User-agent: *\nAllow: /\n\n{maps}")


def _news(ground: Ground, told: tuple[tuple[str, str, str, str], ...]) -> Text:
    """Google's own extension: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap."""
    entries = [
        f"<url><loc>{escape(ground.absolute(address))}</loc><news:news><news:publication>"
        f"<news:name>{escape(ground.config.title)}</news:name><news:language>{_news_lang(lang)}</news:language>"
        f"</news:publication><news:publication_date>{when}</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>"
        for address, when, title, lang in told
    ]
    return _document("sitemap-news.xml", f'urlset xmlns:news="{_NEWS_NAMESPACE}"', entries)


def _news_lang(lang: str) -> str:
    """ISO 639, but for Chinese, of which Google knows two."""
    if lang.lower().startswith("zh"):
        return "zh-tw" if lang.lower() in {"zh-tw", "zh-hant", "zh-hk", "zh-hant-tw", "zh-hant-hk"} else "zh-cn"
    return lang.partition("-")[0].lower()


def _sitemap(ground: Ground, path: str, known: tuple[str, ...]) -> Text:
    pairs = (each.partition(" ") for each in known)
    return _document(path, "urlset", [_url(ground.absolute(address), when) for when, _, address in pairs])


def _sitemap_index(ground: Ground, paths: tuple[str, ...]) -> Text:
    parts = [f"<sitemap><loc>{ground.absolute(path)}</loc></sitemap>" for path in paths]
    return _document("sitemap.xml", "sitemapindex", parts)


def _addresses(catalogue: Catalogue) -> Iterator[str]:
    """Day of the last change, and address, of what search engines should know; lists are left to be found by links."""
    shown = [post.head for post in catalogue.posts if not post.head.noindex and not post.head.canonical]
    newest = max((head.updated.at.date().isoformat() for head in shown), default="")
    yield f"{newest} "
    for head in shown:
        yield f"{head.updated.iso} {head.address}"
    for sheet in catalogue.pages:
        if not sheet.meta.noindex and not sheet.meta.canonical:
            yield f" {sheet.meta.address}"
    for topic, posts in catalogue.topics:
        if posts:
            yield f"{max(posts, key=_CHANGED).head.updated.iso} {topic.address}"


_CHANGED = operator.attrgetter("head.updated.at")


def _url(location: str, modified: str) -> str:
    changed = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<url><loc>{escape(location)}</loc>{changed}</url>"


def _document(path: str, root: str, entries: list[str]) -> Text:
    body = "\n".join(entries)
    end = root.partition(" ")[0]
    return Text(path, f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}\n</{end}>\n')
