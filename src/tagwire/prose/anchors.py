"""Ids of headings: made of their text, each once in a document, whatever engine renders it."""

from __future__ import annotations

import re

from tagwire import names

_RESERVED = re.compile(r"tw-|correction-\d+\Z")
"""Ids of the theme's own."""
RAW_ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


class Taken:
    """Ids of one document, each once."""

    def __init__(self, ids: set[str]) -> None:
        self.ids = ids
        self.numbers: dict[str, int] = {}

    def unique(self, wanted: str) -> str:
        """`wanted`, with the first free number behind it where it is taken."""
        name = f"{wanted}-" if _RESERVED.match(wanted) else wanted
        while name in self.ids:
            number = self.numbers[wanted] = self.numbers.get(wanted, 1) + 1
            name = f"{wanted}-{number}"
        self.ids.add(name)
        return name


def in_html(html: str) -> set[str]:
    """The ids that elements in `html` have."""
    found: set[str] = set()
    at, done = html.find("="), 0
    while at >= 0:  # each has one, and few have another: a tenth of the time
        end = at
        while html[end - 1 : end].isspace():
            end -= 1
        if html[end - 1 : end] in {"d", "D"} and end - 3 >= done and (each := RAW_ID.match(html, end - 3)):
            found.add(each[1])
            done = each.end()
        at = html.find("=", at + 1)
    return found


def wanted(heading: str) -> str:
    """The id that a heading of this text would have, were it the only one."""
    return names.slug(heading) or "section"
