"""JSON Feed into the one shape, with the line of every value, which `json` doesn't tell."""

from __future__ import annotations

import json
import re
from typing import Any

from tagwire.lint.shape import Bit, Entry, present

Keys = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_DATES = ("date_published", "date_modified")
_ENTRY_URLS = ("url", "external_url", "image", "banner_image")
_FEED_URLS = ("home_page_url", "feed_url", "next_url", "icon", "favicon")


class _Places:
    """Walks along the signs of a text that is known to be JSON."""

    def __init__(self, text: str) -> None:
        self.found: dict[Keys, int] = {}
        self.keys: list[str | int | None] = []
        self.line, self.seen, self.text = 1, 0, text

    def walk(self) -> dict[Keys, int]:
        name = ""
        for match in _TOKEN.finditer(self.text):
            sign = match[0]
            self.line += self.text.count("\n", self.seen, match.start())
            self.seen = match.start()
            if sign in "}]":
                self.keys.pop()
            elif sign == ":":
                self.keys[-1] = name
            elif sign == ",":
                last = self.keys[-1]
                self.keys[-1] = last + 1 if isinstance(last, int) else None
            elif self.keys and self.keys[-1] is None:
                name = json.loads(sign)  # a key: its colon comes next
            else:
                self._value(sign)
        return self.found

    def _value(self, sign: str) -> None:
        self.found.setdefault(tuple(key for key in self.keys if key is not None), self.line)
        if sign in "{[":
            self.keys.append(None if sign == "{" else 0)


def lines(text: str) -> dict[Keys, int]:
    """The line of each value of a JSON text, by its keys."""
    return _Places(text).walk()


def shape(data: dict[str, Any], where: dict[Keys, int]) -> dict[str, Any]:
    """The parts of a `Feed` that JSON Feed has."""
    reader = _Reader(where)
    items = data.get("items")
    entries = [(at, item) for at, item in enumerate(items if isinstance(items, list) else ()) if isinstance(item, dict)]
    me, title = reader.bit(data, "feed_url"), reader.bit(data, "title", form="text")
    names = [bit for at, item in entries for bit in reader.tags(item, at)]
    return {
        "id": me,
        "title": title,
        "home": reader.bit(data, "home_page_url"),
        "me": me,
        "author": reader.author(data),
        "texts": (
            *present(title, *(reader.bit(item, "title", "items", at, form="text") for at, item in entries)),
            *names,
        ),
        "urls": present(*(reader.bit(data, name) for name in _FEED_URLS)),
        "languages": present(
            reader.bit(data, "language"), *(reader.bit(item, "language", "items", at) for at, item in entries)
        ),
        "entries": tuple(reader.entry(item, at) for at, item in entries),
    }


class _Reader:
    def __init__(self, where: dict[Keys, int]) -> None:
        self.where = where

    def bit(self, holder: dict[str, Any], name: str, *above: str | int, form: str = "") -> Bit | None:
        """The text under a key; None where there is none, or where it is no text."""
        value = holder.get(name)
        return Bit(name, value.strip(), self.where.get((*above, name), 1), form) if isinstance(value, str) else None

    def tags(self, item: dict[str, Any], at: int) -> list[Bit]:
        """The subjects of an item."""
        tags = item.get("tags")
        line = self.where.get(("items", at, "tags"), 1)
        return [
            Bit("tags", tag, line, "text") for tag in (tags if isinstance(tags, list) else ()) if isinstance(tag, str)
        ]

    def entry(self, item: dict[str, Any], at: int) -> Entry:
        """One item."""
        above = ("items", at)
        published, modified = (self.bit(item, name, *above, form="rfc3339") for name in _DATES)
        attachments = item.get("attachments")
        files = [
            self.bit(each, "url", *above, "attachments", number)
            for number, each in enumerate(attachments if isinstance(attachments, list) else ())
            if isinstance(each, dict)
        ]
        return Entry(
            self.where.get(above, 1),
            id=self.bit(item, "id", *above),
            title=self.bit(item, "title", *above, form="text"),
            link=self.bit(item, "url", *above),
            published=published,
            updated=modified,
            summary=self.bit(item, "summary", *above, form="text"),
            content=self.bit(item, "content_html", *above, form="html")
            or self.bit(item, "content_text", *above, form="text"),
            author=self.author(item, *above),
            dates=present(published, modified),
            urls=present(*(self.bit(item, name, *above) for name in _ENTRY_URLS), *files),
        )

    def author(self, holder: dict[str, Any], *above: str | int) -> Bit | None:
        """The first name among the authors of an item."""
        authors = holder.get("authors") if isinstance(holder.get("authors"), list) else [holder.get("author")]
        for person in authors or ():
            if isinstance(person, dict) and (name := self.bit(person, "name", *above, "authors")):
                return name
        return None
