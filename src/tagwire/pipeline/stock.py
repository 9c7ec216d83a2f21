"""What is on a shelf of articles when an export comes to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tagwire import intake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where articles go: a site, or a folder of somebody's."""

    root: Path
    """What paths are relative to."""
    articles: str
    """Folder below it."""
    pages: str
    why: bool = False
    """Somebody asked what was understood: outcomes keep the findings."""
    given: dict[str, str] = field(default_factory=dict)
    """The sources that have given articles in this run, or found them unchanged, by the articles' ids."""


SITE = ("content/articles", "content/pages")


@dataclass(frozen=True, slots=True)
class There:
    """An article that is on the shelf."""

    path: str
    id: str
    item: str
    sha256: str
    edited: bool


Fed: TypeAlias = "dict[str | tuple[str, str], str]"
"""Paths of articles with an id that another source has published, by old address, and by name and title."""


def index(shelf: Shelf, source: str) -> tuple[dict[str, There], dict[str, There], dict[str, str], Fed]:
    """The articles from `source`, by key; all, by id; the owners of addresses, by key; what feeds have brought."""
    mine: dict[str, There] = {}
    ids: dict[str, There] = {}
    addresses: dict[str, str] = {}
    fed: Fed = {}
    for folder, file, text in articles(shelf):
        origin = intake.origin(text)
        path = file.relative_to(shelf.root).as_posix()
        edited = bool(origin.item) and intake.fingerprint(text) != origin.converted
        there = There(path, origin.id, origin.item, origin.sha256, edited)
        if origin.id:
            ids.setdefault(origin.id, there)
        if origin.path == source and origin.item:
            mine[origin.item] = there
        if origin.item and origin.item == origin.id and origin.path != source:
            fed |= {alias.rstrip("/"): path for alias in origin.aliases}
            fed[file.stem, title(text)] = path
        own = [f"/{file.relative_to(shelf.root / folder).as_posix().removesuffix('.md')}/"]
        for address in (*origin.aliases, *(own if folder == shelf.pages else ())):
            addresses.setdefault(address, origin.item or path)
    return mine, ids, addresses, fed


def articles(shelf: Shelf) -> Iterator[tuple[str, Path, str]]:
    """What is on the shelf: folder, file and text of each."""
    for folder in dict.fromkeys((shelf.articles, shelf.pages)):
        for file in sorted((shelf.root / folder).rglob("*.md")):
            yield folder, file, file.read_text(encoding="utf-8", errors="replace")


_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)


def title(text: str) -> str:
    """The title in the front matter of an article, as far as a line tells it."""
    found = _TITLE.search(text)
    return found[1].strip("'\" ") if found else ""
