"""Feeds of others, in any format and as broken as they are: which entries readers know from them, and by which ids.

Bytes come in, values go out: nothing is fetched here. `lint` judges feeds; this room only wants to understand them.
"""

from __future__ import annotations

import calendar
import datetime as dt
import html
import io
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Literal
from urllib.parse import urljoin
from xml.sax import SAXParseException

import feedparser

from tagwire.model import utc

Kind = Literal["atom", "rss", "json"]
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as readers know it."""

    id: str
    """What they tell it by: its id or guid, else its link."""
    link: str
    title: str
    """Plain text."""
    published: str
    """RFC 3339 in UTC; empty where no date can be read."""
    updated: str


@dataclass(frozen=True, slots=True)
class Found:
    """A feed."""

    kind: Kind
    id: str
    """Empty but in Atom."""
    home: str
    """URL of the page that it belongs to."""
    previous: str
    """URL of an archive document with older entries (RFC 5005), or empty."""
    entries: tuple[Known, ...]
    is_whole: bool = True
    """Whether it is well-formed; else what follows the break may be missing."""
    own: str = ""
    """URL at which it says that it is; empty if it doesn't."""


def read(data: bytes, url: str) -> Found | None:
    """The feed in these bytes, which came from `url`; None if there is none."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(data, url)
    # A stream, and never the bytes: given those, feedparser takes them for the name of a file first.
    parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url}, sanitize_html=False)
    version = parsed.get("version", "")
    if not version:
        return None
    feed = parsed.feed
    links = {str(link.get("rel")): _joined(url, str(link.get("href", ""))) for link in feed.get("links", ())}
    kind: Kind = "atom" if version.startswith("atom") else "rss"
    entries = (_known(entry, url) for entry in parsed.entries)
    return Found(
        kind,
        str(feed.get("id", "")) if kind == "atom" else "",
        _joined(url, str(feed.get("link", ""))),
        links.get("prev-archive", ""),
        tuple(entry for entry in entries if entry.id),
        not isinstance(parsed.get("bozo_exception"), SAXParseException),
        links.get("self", ""),
    )


def _joined(base: str, link: str) -> str:
    """The URL of `link` in a document at `base`; empty where it is none, such as `https://[x`."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _known(entry: Any, url: str) -> Known:  # noqa: ANN401 - feedparser has no types
    link = str(entry.get("link", ""))
    title = _plain(str(entry.get("title", "")), entry.get("title_detail", {}).get("type", ""))
    published = _moment(entry.get("published_parsed"))
    updated = _moment(entry["updated_parsed"] if "updated_parsed" in entry.keys() else None)  # noqa: SIM118 - `in` maps names
    return Known(
        "".join(str(entry.get("id", "")).split()) or _joined(url, link) if entry.get("id") or link else "",
        _joined(url, link) if link else "",
        title,
        published or updated,
        updated or published,
    )


def _moment(parsed: Any) -> str:  # noqa: ANN401 - a struct_time, or None
    if parsed is None:
        return ""
    try:
        return utc(dt.datetime.fromtimestamp(calendar.timegm(parsed), tz=dt.UTC))
    except (ValueError, OverflowError, OSError):
        return ""


class _Loose(HTMLParser):
    """`<![` of no known kind is a comment (WHATWG HTML, 13.2.5.42); older Pythons raise AssertionError."""

    def parse_html_declaration(self, i: int) -> int:
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)


class _Text(_Loose):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _plain(title: str, kind: str) -> str:
    """A title as text on one line."""
    if kind.endswith("html"):
        reading = _Text()
        reading.feed(title)
        reading.close()
        title = "".join(reading.found)
    return " ".join(html.unescape(title).split())


def _json(data: bytes, url: str) -> Found | None:
    try:
        found = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "jsonfeed" not in str(found.get("version", "")):
        return None
    items = found.get("items")
    entries = [_item(item, url) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    home = str(found.get("home_page_url") or "")
    return Found("json", "", _joined(url, home) if home else "", "", tuple(entry for entry in entries if entry.id))


def _item(item: dict[str, Any], url: str) -> Known:
    link = str(item.get("url") or item.get("external_url") or "")
    published, updated = (_iso(item.get(key)) for key in ("date_published", "date_modified"))
    name = "".join(str(item.get("id") or "").split()) or link
    title = " ".join(str(item.get("title") or "").split())
    return Known(name, _joined(url, link) if link else "", title, published or updated, updated or published)


def _iso(value: object) -> str:
    try:
        at = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    return utc(at if at.tzinfo else at.replace(tzinfo=dt.UTC))


class _Alternates(_Loose):
    """What a page's head says about feeds."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and said.get("href"):
            self.url = _joined(self.url, said["href"])
        if tag == "link" and "alternate" in said.get("rel", "").lower().split() and said.get("href"):
            kind = said.get("type", "").partition(";")[0].strip().lower()
            if kind in _TYPES and "oembed" not in said["href"] and "wp-json" not in said["href"]:
                self.found.append(_joined(self.url, said["href"]))


def alternates(data: bytes, url: str) -> tuple[str, ...]:
    """The URLs of the feeds that a web page names, or of those in an OPML file."""
    text = data.decode("utf-8", "replace")
    if "<opml" in text[:1000]:
        return tuple(dict.fromkeys(_Outlines(text).found))
    reading = _Alternates(url)
    reading.feed(text)
    return tuple(dict.fromkeys(reading.found))


class _Outlines(_Loose):
    """The feeds of an OPML file; broken ones are common, so it is read as loosely as HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "outline" and name == "xmlurl" and value]

    handle_startendtag = handle_starttag
