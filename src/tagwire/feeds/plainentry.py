"""Entries that have nothing unusual, as the text that feedgen and lxml would make of them.

An entry takes feedgen some seventy calls and as many elements, which is most of a feed's cost; a site with 200 tags has
8,000 of them. Whatever this can't say is left to it: a recording, or a character that lxml would
write in a way of its own. A law compares the two.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tagwire.characters import FORBIDDEN, suspect
from tagwire.feeds.look import spelt_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from tagwire.model import Category, Entry, Feed, Media, Person

_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def entries(feed: Feed, contents: Sequence[str]) -> list[bytes] | None:
    """All entries of `feed`, in pieces, as they stand in its file; None where feedgen must write them."""
    if feed.show or not all(map(_is_plain, feed.entries)):
        return None
    make = _atom if feed.kind == "atom" else _rss
    text = "".join([line for entry in feed.entries for line in make(feed, entry)])
    data, inside = text.encode(errors="surrogatepass"), [_inside(content) for content in contents]
    if is_unusual(text, data) or not all(inside):
        return None
    around = spelt_out(feed, data, begins=False).split(_HERE)
    pieces = [b""] * (2 * len(inside) + 1)
    pieces[::2], pieces[1::2] = around, inside
    return pieces


_CONTENT = "<>"
"""Stands where an entry's content will, among elements in which all else is escaped."""
_HERE = _CONTENT.encode()


@functools.lru_cache(maxsize=256)
def _inside(content: str) -> bytes:
    """Content as it stands in XML, the same in each format and feed; empty where there is none that we can write."""
    text = escape(content)
    data = text.encode(errors="surrogatepass")
    return b"" if is_unusual(text, data) else data


def is_unusual(text: str, data: bytes) -> bool:
    """Whether a text has what lxml would refuse, or write in a way of its own; `data` are its bytes."""
    return "\r" in text or (suspect(data) and FORBIDDEN.search(text) is not None)


def _is_plain(entry: Entry) -> bool:
    if entry.sound or entry.episode or not (entry.title and entry.id):
        return False
    named = all(person.name for person in entry.authors)
    inside = [entry.url, entry.lang, *(part for each in entry.categories for part in _parts(each))]
    inside += [entry.media.url, entry.media.type] if entry.media else []
    inside += [entry.series.scheme, entry.series.label] if entry.series else []
    return named and all(inside) and not any("\n" in text or "\t" in text for text in inside)


def _parts(category: Category) -> tuple[str, str, str]:
    return category.term, category.scheme, category.label


def escape(text: str) -> str:
    """For what stands between tags: `html.escape`, which calls more than it needs for texts without markup."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def quoted(text: str) -> str:
    """For an attribute."""
    return escape(text).replace('"', "&quot;")


def _atom(feed: Feed, entry: Entry) -> Iterator[str]:
    lang = f' xml:lang="{quoted(entry.lang)}"' if entry.lang != feed.lang else ""
    yield f"  <entry{lang}>\n    <id>{escape(entry.id)}</id>\n    <title>{escape(entry.title)}</title>\n"
    yield f"    <updated>{entry.updated.isoformat()}</updated>\n"
    if entry.summary:
        yield f"    <summary>{escape(entry.summary)}</summary>\n"
    for term, scheme, label in map(_parts, entry.categories):
        yield f'    <category term="{quoted(term)}" scheme="{quoted(scheme)}" label="{quoted(label)}"/>\n'
    yield f"    <published>{entry.published.isoformat()}</published>\n"
    yield f'    <link rel="alternate" type="text/html" href="{quoted(entry.url)}"/>\n'
    yield f"    <link{_series(entry.series)}/>\n" if entry.series else ""
    if media := entry.enclosure:
        yield f'    <link rel="enclosure" href="{quoted(media.url)}"{_sized(media)}/>\n'
    for person in entry.authors:
        yield author(person, "    ")
    yield f'    <content type="html">{_CONTENT}</content>\n'
    yield from _media(entry.media, "    ")
    yield "  </entry>\n"


def author(person: Person, indent: str) -> str:
    """An author in Atom."""
    told = (("name", person.name), ("uri", person.url), ("email", person.email))
    parts = [f"{indent}  <{name}>{escape(text)}</{name}>\n" for name, text in told if text or name == "name"]
    return f"{indent}<author>\n{''.join(parts)}{indent}</author>\n"


def _rss(feed: Feed, entry: Entry) -> Iterator[str]:
    yield f"    <item>\n      <title>{escape(entry.title)}</title>\n      <link>{escape(entry.url)}</link>\n"
    if entry.summary:
        yield f"      <description>{escape(escape(entry.summary))}</description>\n"
    yield f'      <guid isPermaLink="false">{escape(entry.id)}</guid>\n'
    yield f"      <pubDate>{timestamp(entry.published)}</pubDate>\n"
    if not entry.summary:
        yield "      <description></description>\n"
    for _, scheme, label in map(_parts, entry.categories):
        yield f'      <category domain="{quoted(scheme)}">{escape(label)}</category>\n'
    for person in entry.authors:
        yield f"      <dc:creator>{escape(person.name)}</dc:creator>\n"
    if entry.lang != feed.lang:
        yield f"      <dc:language>{escape(entry.lang)}</dc:language>\n"
    yield f"      <atom:link{_series(entry.series)}/>\n" if entry.series else ""
    yield f"      <content:encoded>{_CONTENT}</content:encoded>\n"
    if media := entry.enclosure:
        yield f'      <enclosure url="{quoted(media.url)}"{_sized(media)}/>\n'
    yield from _media(entry.media, "      ")
    yield "    </item>\n"


def _series(series: Category) -> str:
    return f' rel="up" type="text/html" href="{quoted(series.scheme)}" title="{quoted(series.label)}"'


def _sized(media: Media) -> str:
    return f' length="{media.length}" type="{quoted(media.type)}"'


def _media(media: Media | None, indent: str) -> Iterator[str]:
    if media:
        url = quoted(media.url)
        yield f'{indent}<media:content url="{url}" type="{quoted(media.type)}" medium="image"/>\n'
        yield f'{indent}<media:thumbnail url="{url}"/>\n'


def timestamp(at: dt.datetime) -> str:
    """RFC 822, with four digits of the year; as `email.utils` writes it, which loads sockets.

    It is RFC 3339 in another order: `strftime` takes longer than all the rest of an entry.
    """
    text = at.isoformat(timespec="seconds")
    zone = text[19:].replace(":", "")
    return f"{_DAYS[at.weekday()]}, {text[8:10]} {_MONTHS[at.month - 1]} {text[:4]} {text[11:19]} {zone}"
