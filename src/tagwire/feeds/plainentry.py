"""Entries that have nothing unusual, as the text that feedgen and lxml would make of them.

An entry takes feedgen some seventy calls and as many elements, which is most of a feed's cost; a site with 200 tags has
8,000 of them. What a feed says of itself is always feedgen's. Whatever this can't say is left to it too: a feed with a
picture, a recording, a series, or a character that lxml would write in a way of its own. A law compares the two.
"""

from __future__ import annotations

import html
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tagwire.characters import FORBIDDEN, suspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagwire.model import Category, Entry, Feed, Person


def entries(feed: Feed, contents: Sequence[str]) -> bytes | None:
    """All entries of `feed`, as they stand in its file; None where feedgen must write them."""
    if feed.show or not all(map(_is_plain, feed.entries, contents)):
        return None
    make = _atom if feed.kind == "atom" else _rss
    text = "".join(line for entry, body in zip(feed.entries, contents, strict=True) for line in make(feed, entry, body))
    data = text.encode(errors="surrogatepass")
    return None if "\r" in text or (suspect(data) and FORBIDDEN.search(text)) else data


def _is_plain(entry: Entry, content: str) -> bool:
    if entry.media or entry.sound or entry.episode or entry.series or not (content and entry.title and entry.id):
        return False
    named = all(person.name for person in entry.authors)
    inside = [entry.url, entry.lang, *(part for each in entry.categories for part in _parts(each))]
    return named and all(inside) and not any("\n" in text or "\t" in text for text in inside)


def _parts(category: Category) -> tuple[str, str, str]:
    return category.term, category.scheme, category.label


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _atom(feed: Feed, entry: Entry, content: str) -> Iterator[str]:
    lang = f' xml:lang="{_quoted(entry.lang)}"' if entry.lang != feed.lang else ""
    yield f"  <entry{lang}>\n    <id>{escape(entry.id)}</id>\n    <title>{escape(entry.title)}</title>\n"
    yield f"    <updated>{entry.updated.isoformat()}</updated>\n"
    if entry.summary:
        yield f"    <summary>{escape(entry.summary)}</summary>\n"
    for term, scheme, label in map(_parts, entry.categories):
        yield f'    <category term="{_quoted(term)}" scheme="{_quoted(scheme)}" label="{_quoted(label)}"/>\n'
    yield f"    <published>{entry.published.isoformat()}</published>\n"
    yield f'    <link rel="alternate" type="text/html" href="{_quoted(entry.url)}"/>\n'
    yield from map(_author, entry.authors)
    yield f'    <content type="html">{escape(content)}</content>\n  </entry>\n'


def _author(person: Person) -> str:
    more = "".join(
        f"      <{name}>{escape(text)}</{name}>\n"
        for name, text in (("uri", person.url), ("email", person.email))
        if text
    )
    return f"    <author>\n      <name>{escape(person.name)}</name>\n{more}    </author>\n"


def _rss(feed: Feed, entry: Entry, content: str) -> Iterator[str]:
    yield f"    <item>\n      <title>{escape(entry.title)}</title>\n      <link>{escape(entry.url)}</link>\n"
    if entry.summary:
        yield f"      <description>{escape(html.escape(entry.summary, quote=False))}</description>\n"
    yield f'      <guid isPermaLink="false">{escape(entry.id)}</guid>\n'
    yield f"      <pubDate>{format_datetime(entry.published)}</pubDate>\n"
    if not entry.summary:
        yield "      <description></description>\n"
    for _, scheme, label in map(_parts, entry.categories):
        yield f'      <category domain="{_quoted(scheme)}">{escape(label)}</category>\n'
    for person in entry.authors:
        yield f"      <dc:creator>{escape(person.name)}</dc:creator>\n"
    if entry.lang != feed.lang:
        yield f"      <dc:language>{escape(entry.lang)}</dc:language>\n"
    yield f"      <content:encoded>{escape(content)}</content:encoded>\n    </item>\n"
