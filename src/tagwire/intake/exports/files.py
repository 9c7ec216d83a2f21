"""The other files of an export: pictures that its articles show by the address that they had on the old site."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tagwire.intake import attachments, bundle
from tagwire.intake.found import Attachment

if TYPE_CHECKING:
    from tagwire.intake.bundle import Bundle

_LARGEST = 100 << 20
"""Bytes of a file that is copied beside an article."""


class Files:
    """Finds a file of an export by the end of an address: `https://old.example/uploads/2019/a.jpg` is `2019/a.jpg`."""

    def __init__(self, source: Bundle, main: str = "") -> None:
        self._source = source
        self._by_name: dict[str, list[str]] = {}
        for name in source.names():
            if name != main:
                self._by_name.setdefault(posixpath.basename(name).lower(), []).append(name)

    def find(self, address: str) -> str:
        """The file that an address means, the one whose path agrees the longest; empty if there is none, or two."""
        if not self._by_name or address.startswith(("data:", "mailto:", "#", "attachment:")):
            return ""
        try:
            path = unquote(urlsplit(address).path).replace("__GHOST_URL__", "")
        except ValueError:
            return ""
        wanted = [part for part in path.lower().split("/") if part]
        candidates = self._by_name.get(wanted[-1], []) if wanted else []
        ranked = sorted(((_common(wanted, name), name) for name in candidates), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return ""
        return ranked[0][1]

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if it is too large, or damaged."""
        try:
            return bundle.read(self._source, name, most=_LARGEST)
        except bundle.Broken:
            return None

    def lead(self, address: str, taken: tuple[Attachment, ...]) -> tuple[str, tuple[Attachment, ...]]:
        """A lead picture by its address here, and all attachments with it; an absolute address stays as it is."""
        member = self.find(address) if address else ""
        data = self.read(member) if member else None
        if data is None:
            return address, taken
        return held(member, data, taken)


def held(path: str, data: bytes, taken: tuple[Attachment, ...]) -> tuple[str, tuple[Attachment, ...]]:
    """A file of an article as it is called there, and all attachments with it; one that is there already is that."""
    same = next((each for each in taken if each.data == data), None)
    if same:
        return f"attachment:{same.name}", taken
    name = attachments.name(path, {each.name for each in taken})
    return f"attachment:{name}", (*taken, Attachment(name, data))


def _common(wanted: list[str], name: str) -> int:
    """How many parts of two paths agree, from their ends."""
    parts = name.lower().split("/")
    count = 0
    for one, other in zip(reversed(wanted), reversed(parts), strict=False):
        if one != other:
            break
        count += 1
    return count
