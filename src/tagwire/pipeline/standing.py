"""What was converted from another program's site and is no article of today: a standing page, or a draft."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tagwire import intake
from tagwire.article import frontmatter
from tagwire.disk import loose, work
from tagwire.pipeline import settings

if TYPE_CHECKING:
    from pathlib import Path

    from tagwire.pipeline.keeping import Added


def is_timeless(added: Added) -> bool:
    """Whether a text states no date: it was a standing page, and as an article it would be news of today."""
    return any(problem.code == "date-from-file" for problem in added.converted.problems)


_OF_ARTICLES = re.compile(
    r"^(?:(?:id|published|date_source|updated|feed|tags|categories|summary|authors):.*|source:.*(?:\n[ -].*)*)\n",
    re.MULTILINE,
)
"""Front matter that a page has no use for, and where it was converted from: its source doesn't stay."""


def made_page(root: Path, added: Added) -> str:
    """Makes a page beside what was converted; gives its path, or nothing if it has no text (a list's `_index.md`)."""
    file = root / added.path
    head, fence, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    place = f"content/pages/{file.name}"
    if body.strip():
        work.replace(root / place, f"---\n{_OF_ARTICLES.sub('', f'{head}{fence[:1]}')}---\n{body}".encode())
    return place if body.strip() else ""


_MENU = 7
"""Entries that stand in one line; which of more pages are for it, only their owner knows."""


def menu(root: Path) -> int:
    """Has the menu lead to the standing pages at the top, to which nothing else may; how many, or 0 if none or many.

    Raises:
        OSError: the disk refuses.
    """
    heads = [(file.stem, _head(file)) for file in sorted((root / "content/pages").glob("*.md"))]
    shown = [(stem, head["title"]) for stem, head in heads if head.get("title") and head.get("draft") != "true"]
    if not 0 < len(shown) <= _MENU:
        return 0
    entries = (f"  {{ name = {_quoted(title)}, url = {_quoted(f'/{stem}/')} }},\n" for stem, title in shown)
    settings.add(root, f"menu = [\n{''.join(entries)}]\n")
    return len(shown)


def _head(file: Path) -> dict[str, str]:
    """What its front matter says, of values that are one text."""
    parts = frontmatter.split(file.read_text("utf-8"), file.name)
    return {key.name: key.value.text for key in parts.keys}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def forget(sources: Path, original: str) -> None:
    """Deletes the copy of a source: the path of the one ends in the path of the other."""
    for copy in loose.below(sources):
        if original.endswith(f"/{copy.relative_to(sources).as_posix()}"):
            copy.unlink()


def kept_back(file: Path) -> None:
    """Makes an article a draft."""
    text = file.read_text("utf-8")
    if not re.search(r"^draft:", text.partition("\n---\n")[0], re.MULTILINE):
        work.replace(file, intake.restamped(text.replace("\n---\n", "\ndraft: true\n---\n", 1)).encode())
