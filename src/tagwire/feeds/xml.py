"""RSS 2.0 and Atom 1.0 by feedgen, with its traps mended.

feedgen 1.0.0 is told what it can say right. The rest goes through its public extension hook, which hands us the
finished lxml element of the channel and of each item: `_Channel` and `_Item` mend it there. Traps are numbered
where they are met:

1. Entry links lose `rel`, `type` and `length` in Atom (python-feedgen#135): links are written by us.
2. The RSS `<link>` becomes the last link added, be it `self`: only the alternate is given to feedgen.
3. `updated` and `lastBuildDate` default to now: always set.
4. `add_entry` prepends (python-feedgen#55): `order="append"`.
5. `rel=hub` reaches no RSS: written by us.
6. Without a summary, content goes to `description`: an entry without one gets no `description`, but
   `content:encoded`, by us.
7. Authors without e-mail vanish from RSS: `dc:creator` by us.
8. RSS dates switch the locale of the process, and an Atom date loses nothing: dates are set as text by us.
9. `content(type="CDATA")` writes an invalid type in Atom: never used.
10. `generator` is feedgen's own name: set to ours, without a version, which would change every feed at an update.
11. Blank titles are refused: an untitled entry can't come here, `article` demands a title.
12. An entry's `description()` sets Atom's content: `summary()` sets the RSS description as well, and nothing else.
"""

from __future__ import annotations

import html
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from tagwire.feeds import plainentry, podcast
from tagwire.feeds.look import NAMESPACES, links, picture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tagwire.model import Category, Entry, Feed, Media, Person

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(feed: Feed, texts: Sequence[str]) -> bytes:
    """The root element of `feed`, indented for people down to the entry's elements; one line feed at its end.

    `texts` are what its entries say, in order.
    """
    generator = FeedGenerator()
    generator.register_extension("tagwire", _Channel, _Item)
    generator.tagwire.feed = feed
    generator.id(feed.id)
    generator.title(feed.title)
    generator.link(href=feed.home, rel="alternate", type="text/html")  # trap 2
    generator.subtitle(feed.subtitle or feed.title)
    generator.description(feed.subtitle or feed.title)
    generator.language(feed.lang)
    generator.updated(feed.updated)  # trap 3
    generator.generator("Tagwire")  # trap 10
    if feed.ttl:
        generator.ttl(feed.ttl)
    if feed.copyright:
        generator.rights(feed.copyright)
    ready = plainentry.entries(feed, texts)
    for entry, text in zip(feed.entries, texts, strict=True) if ready is None else ():
        generator.add_entry(_entry(feed, entry, text), order="append")  # trap 4
    if feed.kind == "atom":
        return _with(ready, _root(generator.atom_str(pretty=True)), b"</feed>")
    return _with(ready, _root(generator.rss_str(pretty=True)), b"  </channel>")


def _root(document: bytes) -> bytes:
    """Without its first line."""
    return document.partition(b"\n")[2]


def _with(entries: list[bytes] | None, document: bytes, end: bytes) -> bytes:
    """`document` with `entries` before its `end`, where it has none of its own."""
    before, found, after = document.rpartition(end)
    return b"".join([before, *(entries or ()), found, after])


def _entry(feed: Feed, entry: Entry, content: str) -> Any:  # noqa: ANN401 - feedgen has no types
    made = FeedEntry()
    made.register_extension("tagwire", _Item)
    made.tagwire.set(feed, entry, content)
    made.id(entry.id)  # also the guid, isPermaLink=false
    made.title(entry.title)
    made.link(href=entry.url, rel="alternate")
    made.updated(entry.updated)
    made.published(entry.published)
    if entry.summary:
        made.summary(entry.summary)  # the RSS description too; `description()` would set Atom's content (trap 12)
    for category in entry.categories:
        made.category(term=category.term, scheme=category.scheme, label=category.label)
    return made


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _drop(parent: etree._Element, *names: str) -> None:
    for child in [child for child in parent if child.tag in names]:
        parent.remove(child)


def _timestamp(at: dt.datetime) -> str:
    return format_datetime(at)


class _Channel(BaseExtension):  # type: ignore[misc]
    """What a feed says of itself beyond feedgen."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES | (podcast.NAMESPACES if self.feed.show else {})

    def extend_atom(self, root: etree._Element) -> etree._Element:
        feed = self.feed
        _drop(root, "link", "author", "icon", "logo")
        if not feed.subtitle:
            _drop(root, "subtitle")
        for rel, url, kind in links(feed):
            _add(root, "link", None, rel=rel, href=url, **({"type": kind} if kind else {}))
        _author(root, feed.author)
        for name, url in (("icon", feed.icon), ("logo", feed.logo)):
            if url:
                _add(root, name, url)
        if feed.complete or feed.previous:  # W3C: ArchiveIncomplete, of the oldest document: it has none before it
            _history(root, feed)
        return root

    def extend_rss(self, root: etree._Element) -> etree._Element:
        feed = self.feed
        channel = root[0]
        _drop(channel, f"{{{_ATOM}}}link", "lastBuildDate", "pubDate", "docs")
        for rel, url, kind in links(feed):
            if rel != "alternate":
                _add(channel, f"{{{_ATOM}}}link", None, rel=rel, href=url, **({"type": kind} if kind else {}))
        _add(channel, "lastBuildDate", _timestamp(feed.updated))  # traps 3 and 8
        if feed.author.name:
            _add(channel, f"{{{NAMESPACES['dc']}}}creator", feed.author.name)
        if shown := picture(feed):
            image = _add(channel, "image")
            _add(image, "url", shown)
            _add(image, "title", feed.title)  # W3C: ImageTitleDoesntMatch, ImageLinkDoesntMatch
            _add(image, "link", feed.home)
        _history(channel, feed)
        if feed.show:
            podcast.describe(channel, feed, feed.show)
        return root


def _history(parent: etree._Element, feed: Feed) -> None:
    """RFC 5005 sections 2 and 4."""
    if feed.complete or feed.current:
        _add(parent, f"{{{NAMESPACES['fh']}}}{'complete' if feed.complete else 'archive'}")


def _author(parent: etree._Element, person: Person) -> None:
    author = _add(parent, "author")
    _add(author, "name", person.name)
    if person.url:
        _add(author, "uri", person.url)
    if person.email:
        _add(author, "email", person.email)


def _as_html(element: etree._Element) -> None:
    """An item's RSS description is HTML: plain text in it is escaped once more, or a reader takes `<b>` for a tag."""
    element.text = html.escape(element.text or "", quote=False)


class _Item(BaseEntryExtension):  # type: ignore[misc]
    """What an entry says beyond feedgen."""

    feed: Feed
    entry: Entry
    content: str

    def set(self, feed: Feed, entry: Entry, content: str) -> None:
        """Everything that the element needs."""
        self.feed, self.entry, self.content = feed, entry, content

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_atom(self, item: etree._Element) -> etree._Element:
        entry = self.entry
        if entry.lang != self.feed.lang:
            item.set(_LANG, entry.lang)
        _drop(item, "link")  # trap 1
        _add(item, "link", None, rel="alternate", type="text/html", href=entry.url)
        if entry.series:
            _add(item, "link", None, **_series(entry.series))
        if media := entry.enclosure:
            _enclosure(_add(item, "link", None, rel="enclosure", href=media.url), media)
        for person in entry.authors:
            _author(item, person)
        _add(item, "content", self.content, type="html")
        _media(item, entry.media)
        return item

    def extend_rss(self, item: etree._Element) -> etree._Element:
        entry = self.entry
        date = item.find("pubDate")
        if date is not None:
            date.text = _timestamp(entry.published)  # trap 8
        description = item.find("description")
        if description is None:
            description = _add(item, "description")  # W3C: NeedDescriptionBeforeContent
        _as_html(description)
        _drop(item, "category")
        for category in entry.categories:
            _add(item, "category", category.label, domain=category.scheme)
        for person in entry.authors:
            _add(item, f"{{{NAMESPACES['dc']}}}creator", person.name)  # trap 7
        if entry.lang != self.feed.lang:
            _add(item, f"{{{NAMESPACES['dc']}}}language", entry.lang)
        if entry.series:
            _add(item, f"{{{_ATOM}}}link", None, **_series(entry.series))
        _add(item, "{http://purl.org/rss/1.0/modules/content/}encoded", self.content)  # trap 6
        if media := entry.enclosure:
            _enclosure(_add(item, "enclosure", None, url=media.url), media)
        _media(item, entry.media)
        if self.feed.show:
            podcast.tell(item, entry)
        return item


def _series(series: Category) -> dict[str, str]:
    """`up`, the parent in a hierarchy: `collection` is registered too, but the W3C validator doesn't know it."""
    return {"rel": "up", "type": "text/html", "href": series.scheme, "title": series.label}


def _enclosure(element: etree._Element, media: Media) -> None:
    element.set("length", str(media.length))
    element.set("type", media.type)


def _media(item: etree._Element, media: Media | None) -> None:
    """The picture as Media RSS, which is what readers show; a remote one has no length, so this is all of it."""
    if media:
        _add(item, f"{{{NAMESPACES['media']}}}content", None, url=media.url, type=media.type, medium="image")
        _add(item, f"{{{NAMESPACES['media']}}}thumbnail", None, url=media.url)
