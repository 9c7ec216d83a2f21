"""What the place of a generator's text says of it: its day, its name, its language, its categories."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Final

_NAME: Final = re.compile(r"(?:(\d{4}-\d{1,2}-\d{1,2})-)?(.*)\Z")
_LANGUAGE: Final = re.compile(r"(.+)\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)\Z")
"""Hugo's `name.de.md`."""
_FOLDERS: Final = re.compile(r"(?P<above>.*?)(?:\A|/)_(?:posts|drafts)/")
_INDEX: Final = ("index", "_index")


@dataclass(frozen=True, slots=True)
class Place:
    """Of one file."""

    day: str
    """`2024-03-01`, or empty."""
    name: str
    lang: str
    categories: tuple[str, ...]
    """Folders above Jekyll's `_posts`."""
    draft: bool
    """It lies where Jekyll keeps what isn't for readers yet."""
    jekyll: bool
    """It lies where Jekyll has its posts, where lists are parted by spaces."""


def of(path: str) -> Place:
    """Of the text at `path`."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    translated = _LANGUAGE.match(stem)
    lang = translated[2] if translated else ""
    stem = translated[1] if translated else stem
    stem = posixpath.basename(posixpath.dirname(path)) if stem in _INDEX else stem
    named = _NAME.match(stem)
    day, name = (named[1] or "", named[2]) if named else ("", stem)
    _, archive, inside = path.rpartition(".zip/")
    folders = _FOLDERS.match(inside)
    above = folders["above"].split("/") if folders and archive else []
    return Place(
        day,
        f"{name}-{lang}" if lang else name,
        lang,
        tuple(filter(None, above)),
        "/_drafts/" in f"/{path}",
        bool(day or folders),
    )
