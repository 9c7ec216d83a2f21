"""What an export says of its authors stays with the article as `author_note`: in its tables, or below the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from test_export_formats import GHOST, add, markdown
from test_export_wordpress import HEAD, TAIL, post
from test_restore_kinds import HTML

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

NOTE = "Ada Quill is a reporter of the Valley Post, and keeps bees."
BODY = f"{HTML}<p><em>{NOTE}</em></p>"


def test_what_wordpress_plugins_say_of_an_author(site: Callable[[str], Site]) -> None:
    """WordPress itself exports names alone; a standing page has no author, and so no note."""
    made = site("")
    said = f"</wp:author_login><wp:author_description><![CDATA[{NOTE}]]></wp:author_description>"
    items = post(1, "Dam", "It is empty.", name="dam") + post(2, "About", "We live here.", kind="page", name="about")
    add(made, "valley.xml", HEAD.replace("</wp:author_login>", said, 1) + items + TAIL)
    keys, body = markdown(made, "articles/dam")
    assert (keys["author_note"], body) == (f"'{NOTE}'", "It is empty.")
    assert "author_note" not in made.read("content/pages/about.md")


def test_what_authors_of_ghost_say_of_themselves(site: Callable[[str], Site]) -> None:
    """Each with the name, where they are several."""
    made = site("")
    data = json.loads(json.dumps(GHOST))
    tables = data["db"][0]["data"]
    tables["users"][0]["bio"] = NOTE
    add(made, "ghost.json", json.dumps(data))
    assert markdown(made, "articles/the-dam")[0]["author_note"] == f"'{NOTE}'"


FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "V",
    "items": [{"id": "1", "title": "Dam", "authors": [{"name": "Ada Quill"}], "content_html": BODY}],
}

RSS = (
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>V</title><item><title>Dam</title>"
    "<guid>x</guid><dc:creator>Ada Quill</dc:creator>"
    f"<description><![CDATA[{BODY}]]></description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("valley.xml", HEAD + post(1, "Dam", BODY, name="dam") + TAIL),
        ("feed.json", json.dumps(FEED)),
        ("feed.xml", RSS),
    ],
)
def test_lines_below_the_text(name: str, data: str, site: Callable[[str], Site]) -> None:
    """They leave the text, above the appeal or below it; `--restore` puts them back."""
    made = site("")
    add(made, name, data)
    (path,) = (made.root / "content/articles").glob("*.md")
    shown = str(path.relative_to(made.root))
    text = made.read(shown)
    assert f"author_note: '{NOTE}'" in text
    assert NOTE not in text.partition("\n---\n")[2]
    assert "rule: author-box" in text
    assert made.run("add", "--restore", "--rule", "author-box", str(path)).code == 0
    head, _, body = made.read(shown).partition("\n---\n")
    assert f"*{NOTE}*" in body
    assert "author_note" not in head
