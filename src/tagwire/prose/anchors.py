"""Ids of headings: made of their text, each once in a document, whatever engine renders it."""

from __future__ import annotations

import re

from tagwire import names

_RESERVED = re.compile(r"tw-|correction-\d+\Z")
"""Ids of the theme's own."""
_RAW_ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_ANY_ID = re.compile(rb"id\s*=")
"""Found in a fifth of the time, where there is one."""


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
    if not _ANY_ID.search(html.encode(errors="surrogatepass").lower()):
        return set()
    return {found[1] for found in _RAW_ID.finditer(html)}


def wanted(heading: str) -> str:
    """The id that a heading of this text would have, were it the only one."""
    return names.slug(heading) or "section"
