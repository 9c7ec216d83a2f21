"""Texts in HTML of a generator's site: Pelican reads front matter from their `<meta>`.

https://docs.getpelican.com/en/latest/content.html#file-metadata. On a page of anybody's these names mean nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.intake import decode, htmltree
from tagwire.intake.found import Refused

if TYPE_CHECKING:
    from tagwire.intake.found import Found


def told(found: Found, data: bytes, path: str) -> Found:
    """What was found in a text of these bytes, with its category as the first tag, its own name and its language."""
    text = decode.decode(data, path)
    if isinstance(text, Refused):
        return found
    try:
        root = htmltree.parse(text.text)
    except htmltree.Unreadable:
        return found
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        said.setdefault(meta.get("name", "").lower(), " ".join(meta.get("content", "").split()))
    tags = [tag for tag in (said.get("category", ""), *found.tags) if tag]
    return replace(
        found,
        tags=tuple(dict.fromkeys(tags)),
        slug=said.get("slug", "") or found.slug,
        lang=said.get("lang", "") or found.lang,
    )
