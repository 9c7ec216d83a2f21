"""What the rules look at: one shape for RSS, Atom, JSON Feed and OPML, with the line of every value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lxml import etree

Kind = Literal["rss", "atom", "json", "opml"]

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
FH = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
PODCAST = "https://podcastindex.org/namespace/1.0"
SY = "http://purl.org/rss/1.0/modules/syndication/"


@dataclass(frozen=True, slots=True)
class Bit:
    """A value of a feed."""

    name: str
    """As the feed's owner knows it: `pubDate`, `link href`."""
    text: str
    line: int
    form: str = ""
    """How it is written: `rfc822` or `rfc3339` for a date; `text`, `html` or `xhtml` for a text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, whatever its format calls it."""

    line: int
    id: Bit | None = None
    title: Bit | None = None
    link: Bit | None = None
    published: Bit | None = None
    updated: Bit | None = None
    summary: Bit | None = None
    content: Bit | None = None
    author: Bit | None = None
    """Its own; not the feed's."""
    dates: tuple[Bit, ...] = ()
    urls: tuple[Bit, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A file that could be parsed."""

    path: str
    kind: Kind
    text: str
    """The file, decoded."""
    root: etree._Element | None = None
    """Of an XML format."""
    data: dict[str, Any] | None = None
    """Of JSON Feed."""
    lines: dict[tuple[str | int, ...], int] | None = None
    """Of each value in `data`, by its keys."""
    now: dt.datetime | None = None
    size: int = 0
    encoding: str = "utf-8"
    id: Bit | None = None
    title: Bit | None = None
    home: Bit | None = None
    me: Bit | None = None
    """Where the feed says that it lives."""
    updated: Bit | None = None
    author: Bit | None = None
    """Of all that has none of its own."""
    texts: tuple[Bit, ...] = ()
    """All that is plain text: titles, names, subjects; entries' too."""
    dates: tuple[Bit, ...] = ()
    urls: tuple[Bit, ...] = ()
    languages: tuple[Bit, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def xml(self) -> etree._Element:
        """The root, for rules of XML formats."""
        if self.root is None:
            raise TypeError(f"{self.kind} is no XML")
        return self.root

    @property
    def json(self) -> dict[str, Any]:
        """The object, for rules of JSON Feed."""
        if self.data is None:
            raise TypeError(f"{self.kind} is no JSON")
        return self.data

    def line_of(self, *keys: str | int) -> int:
        """The line of a value in JSON, or of what holds it."""
        lines = self.lines or {}
        while keys and keys not in lines:
            keys = keys[:-1]
        return lines.get(keys, 1)

    def all_dates(self) -> Iterator[Bit]:
        """The feed's and its entries'."""
        yield from self.dates
        for entry in self.entries:
            yield from entry.dates

    def all_urls(self) -> Iterator[Bit]:
        """The feed's and its entries', those within texts excepted."""
        yield from self.urls
        for entry in self.entries:
            yield from entry.urls

    def bodies(self) -> Iterator[tuple[Entry, Bit]]:
        """Every piece of HTML that readers show."""
        for entry in self.entries:
            for bit in (entry.summary, entry.content):
                if bit is not None and bit.form in {"html", "xhtml"}:
                    yield entry, bit


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The namespace of an element; empty for none."""
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""


def children(parent: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of this name, in Clark's notation."""
    return [] if parent is None else parent.findall(name)


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The children that are elements: no processing instruction, no entity."""
    return (child for child in parent if isinstance(child.tag, str))


def text_of(element: etree._Element) -> str:
    """All text in an element, without space around it."""
    return "".join(str(part) for part in element.itertext()).strip()


def line_of(element: etree._Element) -> int:
    """Where an element begins."""
    line: int | None = getattr(element, "sourceline", None)  # lxml-stubs have no type for it
    return line or 1


def bit(element: etree._Element | None, form: str = "", attribute: str = "") -> Bit | None:
    """The text of an element, or one of its attributes; None if there is none."""
    if element is None or (attribute and attribute not in element.attrib):
        return None
    name = _spelt(element)
    if attribute:
        return Bit(f"{name} {attribute}", str(element.get(attribute)).strip(), line_of(element), form)
    return Bit(name, text_of(element), line_of(element), form)


def _spelt(element: etree._Element) -> str:
    return f"{element.prefix}:{local(element)}" if element.prefix else local(element)


def spelt(element: etree._Element) -> str:
    """The name of an element with the prefix that its owner gave it."""
    return _spelt(element)


def present(*bits: Bit | None) -> tuple[Bit, ...]:
    """Those that exist."""
    return tuple(found for found in bits if found is not None)
