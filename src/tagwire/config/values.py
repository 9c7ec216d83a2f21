"""What each setting may say: one check a setting, here and nowhere else.

A check takes the setting's name and value and gives fields of `Config`, or raises `Wrong`.
"""

from __future__ import annotations

import re
import zoneinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tagwire import names
from tagwire.config.hosting import host, precompress, publish
from tagwire.config.podcast import podcast
from tagwire.config.wordings import wordings
from tagwire.config.wrong import Wrong, said
from tagwire.model import Person, View
from tagwire.problems import closest

if TYPE_CHECKING:
    from collections.abc import Callable


_AUTHORITY = re.compile(r"[A-Za-z0-9.@_-]+,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")


def _text(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"is not a text: {said(value)}", f'write `{key} = "…"`')
    return {key: value.strip()}


def _flag(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, bool):
        raise Wrong(
            f"is neither true nor false: {said(value)}", f"write `{key} = true` or `{key} = false`, without quotes"
        )
    return {key: value}


def _count(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise Wrong(
            f"is not a whole number from 1 to 1000: {said(value)}", f"write such as `{key} = 20`, without quotes"
        )
    return {key: value}


_URL_HINT = "write `https://example.org/` or `https://example.org/news/`"


def _link(key: str, value: object) -> dict[str, Any]:
    """An absolute URL, taken as it is."""
    if not isinstance(value, str):
        raise Wrong(f"is not an absolute URL: {said(value)}", _URL_HINT)
    text = value.strip()
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Wrong(f"is not an absolute URL: {said(text)}", _URL_HINT) from error
    clean = text.isascii() and text.isprintable() and " " not in text
    if parts.scheme not in {"http", "https"} or not host or parts.username or not clean:
        raise Wrong(f"is not an absolute URL: {said(text)}", _URL_HINT)
    return {key: text}


def _url(key: str, value: object) -> dict[str, Any]:
    """The address of a site: other addresses are joined to it."""
    text: str = _link(key, value)[key]
    if "?" in text or "#" in text:
        raise Wrong(f"is not an absolute URL without a query: {said(text)}", _URL_HINT)
    return {key: text if text.endswith("/") else f"{text}/"}


def _address_or_url(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if "://" in text:
        return _link(key, text)
    if ":" in text.partition("/")[0]:
        raise Wrong(f"is neither a path nor a URL: {said(text)}", "write `/icon.png` or `https://example.org/icon.png`")
    return {key: text.removeprefix("/")}


def _lang(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if not names.LANGUAGE_TAG.match(text):
        raise Wrong(f"is not a language tag: {said(text)}", "write one such as `en`, `pt-BR` or `he` (BCP 47)")
    return {key: text}


def _zone(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Wrong(f"is not a time zone: {said(text)}", "write one such as `UTC` or `Europe/Berlin`") from error
    return {key: text}


def _authority(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if not _AUTHORITY.match(text):
        raise Wrong(f"is not a tagging authority: {said(text)}", "write `example.org,2020` (RFC 4151)")
    return {key: text}


def _permalink(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key].removeprefix("/")
    blanks = set(re.findall(r"\{([^{}]*)\}", text))
    plain = re.sub(r"\{(?:slug|year|month|day)\}", "x", text)
    folders = plain.removesuffix("/").split("/")
    known = "{slug}" in text and blanks <= {"slug", "year", "month", "day"}
    good = known and plain.endswith("/") and all(map(names.is_segment, folders))
    if not good:
        raise Wrong(
            f"is not a pattern of an address: {said(value)}",
            "write one such as `articles/{slug}/` or `{year}/{month}/{slug}/`, with a slash at its end",
        )
    return {key: text}


def _links(key: str, value: object) -> dict[str, Any]:
    if value not in ("pretty", "index"):
        raise Wrong(f"is not known: {said(value)}", 'write `links = "pretty"` or `links = "index"`')
    return {key: value}


def _engine(key: str, value: object) -> dict[str, Any]:
    if value not in ("markdown", "commonmark"):
        raise Wrong(f"is not known: {said(value)}", 'write `engine = "markdown"` or `engine = "commonmark"`')
    return {key: value}


_LEADS = re.compile(r"(?:https?:|mailto:|(?![^/?#]*:))\S*\Z", re.IGNORECASE)
"""A URL that a reader may follow, or a path."""


def _menu(key: str, value: object) -> dict[str, Any]:
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items:
        if (
            not isinstance(item, dict)
            or set(item) != {"name", "url"}
            or not all(isinstance(x, str) for x in item.values())
        ):
            raise Wrong(
                f"has an entry that is not understood: {said(item)}", 'write `{ name = "About", url = "/about/" }`'
            )
        if not _LEADS.match(item["url"]):
            hint = "write `/about/`, `https://example.org/` or `mailto:me@example.org`"
            raise Wrong(f"leads to no page: {said(item['url'])}", hint)
        found.append((item["name"], item["url"]))
    return {key: tuple(found)}


def _authors(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("is not a table", 'write `[authors.jane-roe]` and below it `name = "Jane Roe"`')
    people = []
    fields = {"name", "email", "url", "bio"}
    for slug, about in value.items():
        if not isinstance(about, dict) or not all(isinstance(x, str) for x in about.values()) or not about.get("name"):
            raise Wrong(f'has no `name` for "{slug}"', f'below `[authors.{slug}]` write `name = "…"`', slug)
        if unknown := set(about) - fields:
            hint = closest(min(unknown), fields) or f"an author has: {', '.join(sorted(fields))}"
            raise Wrong(f'has an unknown key `{min(unknown)}` for "{slug}"', hint, slug, min(unknown))
        if not names.slug(slug):
            raise Wrong(f'has a name without letters: "{slug}"', "write such as `[authors.jane-roe]`", slug)
        _refuse_contacts(slug, about)
        people.append(Person(names.slug(slug), **about))
    return {key: tuple(people)}


def _refuse_contacts(slug: str, about: dict[str, str]) -> None:
    """What becomes a link on pages and in feeds must be one."""
    if about.get("url") and not re.match(r"https?://[^\s/]+\S*\Z", about["url"]):
        raise Wrong(
            f'has a bad `url` for "{slug}": {said(about["url"])}', "write `https://example.org/jane/`", slug, "url"
        )
    if about.get("email") and not re.match(r"[^@\s<>]+@[^@\s<>]+\Z", about["email"]):
        hint = "write `jane@example.org`"
        raise Wrong(f'has a bad `email` for "{slug}": {said(about["email"])}', hint, slug, "email")


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) and names.slug(x) for x in value):
        raise Wrong(f"has a `{key}` that is not a list of texts: {said(value)}", f'write `{key} = ["Iran"]`', key)
    return tuple(value)


def _tags(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("is not a table", f"write `[{key}]` and below it `vocabulary = […]`")
    fields = {"vocabulary", "aliases", "ignore"}
    if unknown := set(value) - fields:
        hint = closest(min(unknown), fields) or f"it has: {', '.join(sorted(fields))}"
        raise Wrong(f"has an unknown key `{min(unknown)}`", hint, min(unknown))
    aliases = value.get("aliases", {})
    if not isinstance(aliases, dict) or not all(
        isinstance(tag, str) and names.slug(tag) and names.slug(spelling) for spelling, tag in aliases.items()
    ):
        hint = 'write `aliases = { "U.S." = "United States" }`'
        raise Wrong("has `aliases` that are not a table of texts", hint, "aliases")
    return {
        "vocabulary": _texts("vocabulary", value.get("vocabulary", [])),
        "aliases": tuple((names.slug(spelling), tag) for spelling, tag in aliases.items()),
        "ignore": tuple(names.slug(tag) for tag in _texts("ignore", value.get("ignore", []))),
    }


_KINDS = {"tags": "tag", "authors": "author", "series": "series", "views": "view"}


def _archives(key: str, value: object) -> dict[str, Any]:
    known = isinstance(value, list) and all(isinstance(kind, str) and kind in _KINDS for kind in value)
    if not isinstance(value, list) or not known:
        raise Wrong(f"is not a list of kinds of topics: {said(value)}", f'write such as `{key} = ["tags", "views"]`')
    return {key: tuple(_KINDS[kind] for kind in dict.fromkeys(value))}


_SPARED = ("dates", "follow", "related")


def _leave_out(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, list) or not all(isinstance(part, str) and part in _SPARED for part in value):
        known = ", ".join(f'"{part}"' for part in _SPARED)
        raise Wrong(
            f"is not a list of what can be left out: {said(value)}", f"write `{key} = [{known}]`, or some of it"
        )
    return {key: tuple(sorted(set(value)))}


def _formats(key: str, value: object) -> dict[str, Any]:
    known = ("atom", "rss", "json")
    if not isinstance(value, list) or not value or not all(kind in known for kind in value):
        raise Wrong(f"is not a list of formats: {said(value)}", f'write such as `{key} = ["atom", "rss"]`')
    return {key: tuple(kind for kind in known if kind in value)}


def _views(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(view, dict) for view in value.values()):
        raise Wrong(
            "is not a table of tables", f'write `[{key}.iran-cyber]` and below it `all = ["iran", "cyber-attacks"]`'
        )
    return {key: tuple(_view(name, view) for name, view in value.items())}


def _view(name: str, view: dict[str, Any]) -> View:
    lists = ("all", "any", "none", "authors")
    if unknown := set(view) - {*lists, "title"}:
        hint = closest(min(unknown), [*lists, "title"]) or f"it has: {', '.join(lists)}, title"
        raise Wrong(f"has an unknown key `{min(unknown)}` in {said(name)}", hint, name)
    if not names.slug(name) or not isinstance(view.get("title", ""), str):
        raise Wrong(f"has a view without a good name or title: {said(name)}", 'write `title = "…"`', name)
    chosen = {part: tuple(names.slug(text) for text in _texts(part, view.get(part, []))) for part in lists}
    return View(names.slug(name), view.get("title", "").strip() or name, **chosen)


CHECKS: dict[str, Callable[[str, object], dict[str, Any]]] = {
    "title": _text,
    "url": _url,
    "author": _text,
    "description": _text,
    "lang": _lang,
    "timezone": _zone,
    "authority": _authority,
    "authors": _authors,
    "menu": _menu,
    "permalink": _permalink,
    "per_page": _count,
    "per_feed": _count,
    "old_as_new": _count,
    "links": _links,
    "engine": _engine,
    "trusted": _flag,
    "math": _flag,
    "quotes": _flag,
    "news": _flag,
    "search": _flag,
    "icon": _address_or_url,
    "logo": _address_or_url,
    "copyright": _text,
    "hub": _link,
    "ttl": _count,
    "formats": _formats,
    "history": _flag,
    "archives": _archives,
    "leave_out": _leave_out,
    "tags": _tags,
    "views": _views,
    "podcast": podcast,
    "words": wordings,
    "host": host,
    "precompress": precompress,
    "publish": publish,
}
