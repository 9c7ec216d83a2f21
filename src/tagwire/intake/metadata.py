"""What a page says of itself: its title, authors, dates, language, keywords and address.

Own rules first (JSON-LD, an `h1` that `<title>` repeats, OpenGraph, `<time>`), trafilatura's where they find nothing.
An extensive search for dates invents one on every second undated page, so there is none.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urljoin, urlsplit

from tagwire import names
from tagwire.intake import dates, headline, secondhand, signed, titleline
from tagwire.intake.found import Finding
from tagwire.intake.htmltree import text_of
from tagwire.intake.hush import hush
from tagwire.intake.metatags import MetaTags, clean, first
from tagwire.intake.times import elsewhere, times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import html

    from tagwire.intake.metatags import Told
    from tagwire.model import When


_Dated: TypeAlias = "tuple[When, str] | None"
"""A date and where it stands, in words."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says; empty where it says nothing."""

    title: str
    authors: tuple[str, ...]
    published: When | None
    updated: When | None
    lang: str
    summary: str
    tags: tuple[str, ...]
    canonical: str
    base: str
    """Where relative links start; empty if unknown."""
    houses: tuple[str, ...]
    """What the publication calls itself."""
    zone: str
    """Of dates that name none (IANA)."""
    findings: tuple[Finding, ...]


def read(root: html.HtmlElement, text: str, zone: str, address: str = "") -> Metadata:
    """The metadata of a parsed page, not yet tidied; `text` is its source, `address` where it was fetched from."""
    page = MetaTags(root)
    canonical = first(_addresses(page, text, address))
    title = headline.find(page, canonical[0])
    signature, published = _completed(
        root, title[0], canonical[0], zone, signed.authors(page), _date(_published(page), zone)
    )
    authors, author_origin = signature
    updated = _later(_date(_updated(page), zone), published)
    lang, summary, tags = _lang(page), first(_summaries(page)), _tags(page)
    told = {
        "title": title,
        "byline": (", ".join(authors), author_origin),
        "date": _as_told(published),
        "updated": _as_told(updated),
        "language": lang,
        "summary": summary,
        "tags": (", ".join(tags[0]), tags[1]),
        "canonical": canonical,
    }
    return Metadata(
        title[0],
        authors,
        published[0] if published else None,
        updated[0] if updated else None,
        lang[0],
        summary[0],
        tags[0],
        canonical[0],
        base=_base(root, canonical[0]),
        houses=tuple(page.houses()),
        zone=zone,
        findings=tuple(Finding(what, value, origin) for what, (value, origin) in told.items() if value),
    )


def _later(updated: _Dated, published: _Dated) -> _Dated:
    return None if updated and published and updated[0].at <= published[0].at else updated


def _as_told(dated: _Dated) -> Told:
    return (dated[0].iso, dated[1]) if dated else ("", "")


# ------------------------------------------------------------------ address, language, summary, keywords

_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|\burl:\s*(https?://\S+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")


def _addresses(page: MetaTags, text: str, fetched: str) -> Iterator[Told]:
    links = [
        link.get("href", "") for link in page.root.iter("link") if "canonical" in link.get("rel", "").lower().split()
    ]
    told = [(link, "`<link rel=canonical>`") for link in links]
    told += [*page.meta("og:url"), *page.ld("url")]
    saved = _SAVED.search(text[:3000])
    if saved:
        told.append((saved[1] or saved[2], "where the page was saved from"))
    told.append((fetched, "where the page was fetched from"))
    for address, origin in told:
        if _is_web(address):
            yield address.strip(), origin


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return (
        parts.scheme.lower() in ("http", "https")
        and bool(parts.hostname)
        and not re.search(r"[\s<>\"]", address.strip())
    )


def _base(root: html.HtmlElement, canonical: str) -> str:
    base = next((element.get("href", "").strip() for element in root.iter("base")), "")
    try:
        joined = urljoin(canonical, base)
    except ValueError:
        return canonical
    return joined if _is_web(joined) else ""


def _lang(page: MetaTags) -> Told:
    root = page.root
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    told = [(root.get("lang") or root.get("xml:lang") or root.get(xml) or "", "`<html lang>`")]
    told += [*page.meta("content-language", "og:locale", "language"), *page.ld("inLanguage")]
    return first((value.strip().replace("_", "-"), origin) for value, origin in told if _LANGUAGE.match(value.strip()))


def _summaries(page: MetaTags) -> Iterator[Told]:
    yield from page.meta("og:description", "description", "dc.description", "twitter:description", "summary")
    yield from page.ld("description")


_MOST_TAGS: Final = 30
_LONGEST_TAG: Final = 60


def _tags(page: MetaTags) -> tuple[tuple[str, ...], str]:
    """The source's own keywords, one of each slug."""
    several = [*page.meta("article:tag", "parsely-tags", "sailthru.tags"), *page.ld("keywords")]
    several += [*page.meta("news_keywords", "keywords", "tags")]
    several += [
        (clean(text_of(link)), "`<a rel=tag>`")
        for link in page.root.iter("a")
        if "tag" in link.get("rel", "").lower().split()
    ]
    found: dict[str, str] = {}
    origin = ""
    for value, where in several:
        if origin and where != origin:
            break
        for tag in re.split(r"[,;|、]", value):
            word = tag.strip(" #\"'")
            if word and len(word) <= _LONGEST_TAG and names.slug(word):
                found.setdefault(names.slug(word), word)
                origin = where
    return tuple(found.values())[:_MOST_TAGS], origin


# ------------------------------------------------------------------ dates


_PUBLISHED: Final = (
    "article:published_time og:article:published_time article.published datepublished parsely-pub-date pubdate"
    " sailthru.date dc.date.issued dcterms.created dcterms.date dc.date publish-date publication_date publishdate"
    " cxenseparse:recs:publishtime date displaydate"
).split()
"""Names of `<meta>` elements, the surest first."""


def _published(page: MetaTags) -> Iterator[Told]:
    yield from page.ld("datePublished")
    yield from page.meta(*_PUBLISHED)
    for element in page.root.iter("time", "span", "abbr", "meta"):
        marks = f"{element.get('itemprop', '')} {element.get('class', '')}".split()
        said = "datePublished" in marks or "published" in marks or "entry-date" in marks or "pubdate" in element.attrib
        if said and not elsewhere(element):
            yield (
                element.get("datetime") or element.get("content") or element.get("title") or clean(text_of(element)),
                "`<time>`",
            )
    yield from times(page.root)
    yield from page.ld("dateCreated")


def _updated(page: MetaTags) -> Iterator[Told]:
    yield from page.ld("dateModified")
    yield from page.meta(
        "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"
    )


def _date(told: Iterable[Told], zone: str) -> tuple[When, str] | None:
    """The first that is a date."""
    for value, origin in told:
        when = dates.read(value.strip(), zone)
        if when is not None and when.at.year > 1970:
            return when, origin
    return None


# ------------------------------------------------------------------ what is still missing


_Signed: TypeAlias = "tuple[tuple[str, ...], str]"
"""Names and where they stand, in words."""


def _completed(
    root: html.HtmlElement, title: str, address: str, zone: str, authors: _Signed, published: _Dated
) -> tuple[_Signed, _Dated]:
    """What is missing by the line below the title, else as trafilatura finds it in the page or its address."""
    if not authors[0] or published is None:
        named, day = titleline.read(root, title, zone)
        authors = authors if authors[0] or not named else (named, titleline.ORIGIN)
        published = published or ((day, titleline.ORIGIN) if day else None)
    hush("trafilatura", "htmldate")
    with suppress(*_STUMBLES):
        told = "" if authors[0] else secondhand.authors(root)
        if told:
            authors = (tuple(name for one in told.split(";") for name in signed.persons(one)), "the page's byline")
    with suppress(*_STUMBLES):
        found = "" if published else secondhand.day(root, address)
        if found and (origin := _stands(found, root, address)):
            when = dates.read(found, zone)
            published = (when, origin) if when else None
    return authors, published


_STUMBLES: Final = (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What trafilatura raises where it meets what it was not made for."""


def _stands(day: str, root: html.HtmlElement, address: str) -> str:
    """Where a day (YYYY-MM-DD) that was found in a page is written, in words; empty if it was guessed."""
    year, _, rest = day[:10].partition("-")
    month, _, number = rest.partition("-")
    digits = rf"(?<!\d){year}[-/_.]?0?{month.lstrip('0')}[-/_.]?0?{number.lstrip('0')}(?!\d)"
    if re.search(digits, address):
        return "the page's address"
    for element in root.iter("meta", "time"):
        if elsewhere(element):
            continue
        told = (element.get("content", ""), element.get("datetime", ""), clean(text_of(element)))
        if any(_is_day(value, day) for value in told if value):
            return f"`<{element.tag}>`"
    return ""


def _is_day(value: str, day: str) -> bool:
    when = dates.read(value.strip(), "UTC")
    return value.strip().startswith(day) or (when is not None and when.iso[:10] == day)
