"""Front matter as other generators spell it: Hugo, Jekyll, Pelican, WordPress exports."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.article.values import Key, Value

SPELLINGS = {
    "date": "published",
    "pubdate": "published",
    "publishdate": "published",
    "lastmod": "updated",
    "modified": "updated",
    "lastmodified": "updated",
    "lastmodifiedat": "updated",
    "author": "authors",
    "description": "summary",
    "excerpt": "summary",
    "category": "tags",
    "categories": "tags",
    "keywords": "tags",
    "guid": "id",
    "language": "lang",
    "locale": "lang",
    "expirydate": "expires",
    "redirectfrom": "aliases",
    "canonicalurl": "canonical",
}
"""To ours; in lower case, without hyphens and underscores."""

IGNORED = frozenset(
    """
    comments commentstatus footer header headless iscjklanguage layout linktitle markup math mathjax menu menus
    outputs parent permalink pin pingstatus pinned postid sharing showtoc sitemap sticky subtitle template toc type
    url weight wordpressid
    """.split()
)
"""Well-known there, without effect here."""


@functools.lru_cache(maxsize=256)  # each article asks for the same
def ours(name: str) -> str:
    """Our name for a key, whatever its case: `pubDate` and `publish_date` are `published`."""
    bare = name.lower().replace("-", "").replace("_", "")
    return SPELLINGS.get(bare, name.lower())


def ignored(name: str) -> bool:
    """Whether the key means something to another generator and nothing to us."""
    return name.lower().replace("-", "").replace("_", "") in IGNORED


def translated(key: Key) -> Key:
    """`published: false` (Jekyll) and `status: draft` (Pelican, WordPress) as `draft`; any other key as it is."""
    name = key.name.lower()
    if name not in {"published", "status"}:
        return key
    word = key.value.text.lower()
    if name == "published" and (key.value.kind == "bool" or word in {"true", "false"}):
        return replace(key, name="draft", value=_flag(key, on=word in {"false", "no", "off"}))
    if name == "status" and word in {"draft", "pending", "private", "publish", "published"}:
        return replace(key, name="draft", value=_flag(key, on=not word.startswith("publish")))
    return key


def _flag(key: Key, *, on: bool) -> Value:
    return replace(key.value, kind="bool", text="true" if on else "false")
