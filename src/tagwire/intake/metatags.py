"""The parts of a page that hold metadata: `<meta>` elements by name, and the article of its JSON-LD."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from tagwire.intake import linkeddata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import html

Told = tuple[str, str]
"""A value and where it stands, in words."""


class MetaTags:
    """What a page says of itself in its head, by name."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.data = linkeddata.article(root)
        self.metas: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
            content = clean(meta.get("content", ""))
            if content:
                self.metas.setdefault(name.strip().lower(), []).append(content)

    def meta(self, *wanted: str) -> Iterator[Told]:
        """Values of `<meta>` elements, in the order of the names given."""
        for name in wanted:
            for value in self.metas.get(name, []):
                yield value, f"`<meta {name}>`"

    def houses(self) -> list[str]:
        """What the publication calls itself."""
        named = [value for value, _ in self.meta("og:site_name", "application-name", "twitter:site")]
        return [*named, *linkeddata.strings(self.data.get("publisher"))]

    def ld(self, *wanted: str) -> Iterator[Told]:
        """Texts of properties in JSON-LD."""
        for name in wanted:
            for value in linkeddata.strings(self.data.get(name)):
                yield clean(value), f"JSON-LD `{name}`"


def first(told: Iterable[Told]) -> Told:
    """The first that says something."""
    return next((found for found in told if found[0]), ("", ""))


def clean(text: str) -> str:
    """One line without references and tags: metadata is often escaped twice."""
    plain = entities.unescape(text) if "&" in text else text
    plain = _TAG.sub("", plain) if "<" in plain else plain
    return " ".join((plain if plain.isprintable() else _CONTROL.sub("", plain)).split())


_TAG = re.compile(r"<[a-z/][^<>]*>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def bare(text: str) -> str:
    """Letters and digits alone, to compare by."""
    return "".join(re.findall(r"[^\W_]+", text.lower()))


def is_house(name: str, houses: Iterable[str]) -> bool:
    """Whether a name is the publication's, as it calls itself: "Velmar News" of "Velmar"."""
    plain = bare(name)
    known = [bare(house) for house in houses]
    return any(len(house) > 2 < len(plain) and (plain.startswith(house) or house.startswith(plain)) for house in known)
