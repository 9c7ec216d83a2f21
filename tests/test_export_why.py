"""`tagwire add --why` of exports: what was understood of each article, from where, and how sure that is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "V", "home_page_url": "https://v.example/",
    "items": [
        {
            "id": "a-1", "url": "https://v.example/2024/weir", "title": "The weir", "tags": ["Water"],
            "authors": [{"name": "Ada Quill"}], "date_published": "2024-03-01T10:30:00Z", "language": "en",
            "summary": "It broke at night.", "content_html": "<p>The weir above the mill broke at night.</p>",
        },
        {"id": "a-2", "content_text": "The mill stands still since the weir broke."},
    ],
}  # fmt: skip


@pytest.mark.parametrize("to", [(), ("--stdout",), ("--out", "{}")])
def test_each_article_of_an_export_tells_what_was_understood(
    site: Callable[[str], Site], to: tuple[str, ...], tmp_path: Path
) -> None:
    """As for pages: on standard error, what the export says itself apart from what was made or assumed."""
    made = site("")
    file = made.root.parent / "feed.json"
    file.write_text(json.dumps(FEED))
    run = made.run("add", str(file), "--why", *(option.format(tmp_path / "elsewhere") for option in to))
    derived = "(a guess: derived from the text or the address: the source has no title)"
    says = "(certain: the source itself says so)"
    for line in (
        f"title: The weir {says}",
        f"byline: Ada Quill {says}",
        f"date: 2024-03-01T10:30:00+00:00 {says}",
        f"language: en {says}",
        f"id: a-1 {says}",
        f"old address: /2024/weir {says}",
        f"summary: It broke at night. {says}",
        "tags: Water (certain: the source's keywords)",
        f"title: The mill stands still since the weir broke {derived}",
        "summary: The mill stands still since the weir broke. (a guess: the opening of the text)",
    ):
        assert run.err.splitlines().count(line) == 1, run.err
    assert "date: " in run.err.partition("id: a-2")[2]
    assert "the file's modification time)" in run.err


def test_without_why_nothing_of_it_is_told(site: Callable[[str], Site]) -> None:
    """Whoever didn't ask reads of the articles alone."""
    made = site("")
    file = made.root.parent / "feed.json"
    file.write_text(json.dumps(FEED))
    run = made.run("add", str(file))
    assert ("certain" in run.err, "new content/articles/weir.md: The weir" in run.out) == (False, True)


def test_a_report_for_programs_tells_it_of_each_article(site: Callable[[str], Site]) -> None:
    """In its row, and nothing on standard error."""
    made = site("")
    file = made.root.parent / "feed.json"
    file.write_text(json.dumps(FEED))
    run = made.run("add", str(file), "--why", "--json")
    first, second = json.loads(run.out)["sources"]
    says = {"confidence": "certain", "origin": "the source itself says so"}
    assert {"what": "byline", "value": "Ada Quill"} | says in first["why"]
    assert {"what": "id", "value": "a-2"} | says in second["why"]
    assert "Ada Quill" not in run.err
