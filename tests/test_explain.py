"""`--explain` says of each written file what has changed: what it names did, and nothing else would have written it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import SETTINGS
from tagwire.pipeline import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ARTICLE = (
    "-- content/articles/{0}.md --\n---\nid: urn:uuid:{1:032}\ntitle: {0}\npublished: 2026-01-0{1}\n"
    "summary: S.\ntags: [{2}]\n---\n{3}\n"
)
ARTICLES = "".join(
    (
        ARTICLE.format("one", 1, "a/b, C++", "Text. [two](two.md) ![p](p.svg)"),
        ARTICLE.format("two", 2, "a/b", "Text."),
        ARTICLE.format("three", 3, "C++", "Text."),
        "-- content/articles/p.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>\n",
        "-- content/static/a.txt --\nHello.\n",
        "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    )
)


def told(made: Site, *options: str) -> dict[str, str]:
    """The reason of each file."""
    run = made.build("--explain", *options)
    lines = [line.strip() for line in run.out.splitlines() if line.startswith("  site/")]
    return dict(line.removeprefix("site/").split(": ", 1) for line in lines)


@pytest.fixture
def made(site: Callable[[str], Site]) -> Site:
    """A site that was built."""
    found = site(SETTINGS + ARTICLES)
    found.build()
    return found


def edit(made: Site, path: str, before: str, after: str) -> None:
    """Changes one text in a file."""
    file = made.root / path
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def test_a_template_is_named_and_no_text(made: Site) -> None:
    """Only where pages show it: no feed depends on a template."""
    (made.root / "theme").mkdir()
    shipped = (made.root / "theme/article.html", made.root / "theme/page.html")
    for file in shipped:
        file.write_text('{% extends "base.html" %}{% block main %}{{ content }}{% endblock %}')
    found = told(made)
    assert found == {
        f"{path}/index.html": "theme/article.html, theme/page.html"
        for path in ("about", "articles/one", "articles/two", "articles/three")
    }
    edit(made, "theme/page.html", "{{ content }}", "<hr>{{ content }}")
    assert told(made) == {"about/index.html": "theme/page.html"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('copyright = "©"', "the setting copyright"),
        ('menu = [{ name = "About", url = "/about/" }]', "the setting menu"),
        ('engine = "commonmark"\nquotes = false', "the setting engine, the setting quotes"),
        ('[words.en]\nfollow = "Take {}:"', "the setting words"),
    ],
)
def test_settings_are_named(made: Site, line: str, named: str) -> None:
    """Those that changed."""
    edit(made, "content/articles/two.md", "Text.", 'A "text" -- it differs.')
    made.build()
    made.write(f"{SETTINGS}{line}\n")
    found = told(made)
    assert found
    assert set(found.values()) == {named}


def test_a_setting_is_told_beside_what_it_leads_to(made: Site) -> None:
    """Another number of articles a page is another list."""
    made.write(f"{SETTINGS}per_page = 2\n")
    found = told(made)
    assert found["index.html"] == "the setting per_page, posts: content/articles/one.md went"
    assert found["page/1/index.html"] == "it is new"


def test_what_comes_and_goes_is_named_and_not_what_moves_up(made: Site) -> None:
    """The front page shows the newest ones: by a new one each other has another place."""
    made.write(f"{SETTINGS}per_page = 2\n")
    made.build()
    made.write(ARTICLE.format("four", 4, "C++, D", "Text."))
    found = told(made)
    assert found["index.html"] == "posts: content/articles/four.md came, content/articles/two.md went"
    assert found["atom.xml"] == "entries: content/articles/four.md came"
    assert found["articles/three/index.html"] == "newer: nothing → “four”"
    assert found["tags/index.html"] == "topics: D came"
    assert found["feeds.opml"] == "groups[0][1]: D came"
    (made.root / "content/articles/four.md").unlink()
    found = told(made)
    assert found["tags/d/atom.xml"] == "removed, since nothing makes it any more"
    assert found["articles/three/index.html"] == "newer: “four” → nothing"


def test_numbers_are_told_with_what_they_count(made: Site) -> None:
    """How many articles have a tag."""
    edit(made, "content/articles/two.md", "tags: [a/b]", "tags: [a/b, C++]")
    assert told(made)["tags/index.html"] == "topics[1][1]: 2 → 3 (C++)"


def test_another_order_is_told_by_what_moved(made: Site) -> None:
    """The oldest article becomes the newest."""
    edit(made, "content/articles/one.md", "published: 2026-01-01", "published: 2026-01-05")
    assert told(made)["index.html"] == "posts[2].published, updated (content/articles/one.md)"


def test_the_text_is_told_beside_the_fields(made: Site) -> None:
    """Where the text is shown."""
    edit(made, "content/articles/two.md", "summary: S.", "summary: Another.")
    edit(made, "content/articles/two.md", "Text.", "Another text.")
    found = told(made)
    assert found["articles/two/index.html"] == "whole.summary, text (content/articles/two.md)"
    assert found["atom.xml"] == "entries[1][0].summary, text (content/articles/two.md)"
    assert found["index.html"] == "posts[1].summary (content/articles/two.md)"


def test_of_several_texts_those_are_named_that_changed(made: Site) -> None:
    """Not all that a feed shows."""
    for name in ("one", "three"):
        edit(made, f"content/articles/{name}.md", "Text.", "Another text.")
    found = told(made)
    assert found["atom.xml"] == "the text of content/articles/one.md, content/articles/three.md"
    assert found["tags/a-b/atom.xml"] == "the text of content/articles/one.md"
    assert "articles/two/index.html" not in found


def test_what_a_text_links_to_is_no_change_of_the_text(made: Site) -> None:
    """The article that it links to has moved."""
    edit(made, "content/articles/two.md", "title: two", "title: two\nslug: zwei")
    found = told(made)
    assert found["articles/zwei/index.html"] == "it is new"
    assert found["articles/one/index.html"] == "newer.address: “articles/two/” → “articles/zwei/”"
    edit(made, "content/articles/p.svg", "width='4'", "width='8'")
    found = told(made)
    assert found["articles/p.svg"] == "the file that it is a copy of"
    assert found["articles/one/index.html"] == "what its text links to or shows"


def test_files_that_are_copied(made: Site) -> None:
    """A new one is new, a changed one is a copy of one that changed."""
    (made.root / "content/static/b.txt").write_text("New.")
    (made.root / "content/static/a.txt").write_text("Changed.")
    assert told(made) == {"a.txt": "the file that it is a copy of", "b.txt": "it is new"}


def test_the_program_is_named(made: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of it, where it makes other bytes."""
    code = steps.code_name()
    monkeypatch.setattr(steps, "code_name", lambda: f"{code}x")
    assert told(made) == {}
    made.write(f'{SETTINGS}copyright = "©"\n')
    monkeypatch.setattr(steps, "code_name", lambda: f"{code}y")
    found = told(made)
    assert "index.html" in found
    assert set(found.values()) == {"the program, or a library of it"}


def test_a_lost_memory_is_told(made: Site) -> None:
    """Nothing is made up."""
    edit(made, "content/articles/two.md", "Text.", "Another text.")
    shutil.rmtree(made.root / ".tagwire")
    assert set(told(made).values()) == {"what it was built of is lost"}


def test_what_is_gone_or_edited_in_the_folder_is_told(made: Site) -> None:
    """An owner's edit of a page that is made anew too."""
    (made.root / "site/index.html").unlink()
    (made.root / "site/rss.xml").write_text("edited")
    assert told(made) == dict.fromkeys(("index.html", "rss.xml"), "in the folder was not what was built")
