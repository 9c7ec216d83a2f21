"""What a post of WordPress's export says of itself, apart from its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire.intake.exports import enclosed, recordings, shortcodes, titled, when
from tagwire.intake.exports.xmlstream import named, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from tagwire.intake.found import Asked
    from tagwire.model import Recording, When

_DEFAULT_CATEGORY = ("uncategorized", "uncategorised", "allgemein", "non-classe", "sin-categoria", "senza-categoria")


def content(element: etree._Element, space: str) -> str:
    """`content:encoded` or `excerpt:encoded`, told apart by the end of their namespaces."""
    for child in element.iterchildren("{*}encoded"):
        if space in named(child)[0]:
            return "".join(str(part) for part in child.itertext())
    return ""


def published(element: etree._Element, asked: Asked) -> When | None:
    """The moment in the blog's own zone, which the difference of its two dates tells."""
    local, utc = text(element, "post_date"), text(element, "post_date_gmt")
    return when.from_pair(local, utc) or when.parse(text(element, "pubDate")) or when.parse(local, asked.timezone)


def authors(element: etree._Element, logins: Mapping[str, str]) -> tuple[str, ...]:
    """The people that a plugin for several names, else the one behind the login."""
    login = text(element, "creator")
    several = [
        titled.words(child.text or "") for child in element.iterchildren("category") if child.get("domain") == "author"
    ]
    return tuple(several) or ((logins.get(login, login),) if login else ())


def told(element: etree._Element, notes: Mapping[str, str]) -> str:
    """What is said of the one behind the login; nothing where a plugin names several."""
    several = any(child.get("domain") == "author" for child in element.iterchildren("category"))
    return "" if several else notes.get(text(element, "creator"), "")


def terms(element: etree._Element) -> tuple[str, ...]:
    """Categories and tags, without the category that stands for none."""
    found = []
    for term in element.iterchildren("category"):
        name = titled.words(term.text or "")
        default = unquote(term.get("nicename", "")) in _DEFAULT_CATEGORY
        if name and not default and term.get("domain", "category") in ("category", "post_tag", "tag"):
            found.append(name)
    return tuple(dict.fromkeys(found))


def summary(element: etree._Element, meta: dict[str, str]) -> str:
    """The excerpt, else what a plugin for search engines was told."""
    excerpt = titled.words(shortcodes.expand(content(element, "excerpt"), lambda *_: "").html)
    names = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description")
    described = next((meta[name] for name in names if meta.get(name)), "")
    return excerpt or titled.words(described if "%%" not in described else "")


def canonical(meta: dict[str, str]) -> str:
    """Where it was published first, if a plugin was told."""
    found = meta.get("_yoast_wpseo_canonical", "").strip()
    return found if re.match(r"https?://[^\s<>\"/]+", found) else ""


def not_carried(element: etree._Element, kind: str, link: str) -> list[str]:
    """What of a post has no place here."""
    left = []
    if text(element, "status") == "publish" and "?" in link:
        left.append(f"the address {link}: a static site can’t answer it")
    if kind not in ("post", "page"):
        left.append(f"its type `{kind}`: it is an article now")
    if text(element, "is_sticky") == "1":
        left.append("that it was sticky")
    for term in element.iterchildren("category"):
        domain = term.get("domain", "category")
        if domain not in ("category", "post_tag", "tag", "author"):
            left.append(f"{domain} “{titled.words(term.text or '')}”")
    return left


def recordings_of(meta: dict[str, str]) -> Iterator[Recording]:
    """What WordPress, and podcast plugins, put into its feeds: address, bytes and type, a line each."""
    url, size, kind = ([line.strip() for line in meta.get("enclosure", "").split("\n")] + [""] * 3)[:3]
    if url and (found := recordings.stated(url, kind, size)):
        yield found


def attached(meta: dict[str, str], content: str) -> str:
    """A link to what feeds have beside the text as HTML, for those who come to the page, where the text has none."""
    url = meta.get("enclosure", "").partition("\n")[0].strip()
    return enclosed.link(url) if url and not enclosed.has(content, url) else ""
