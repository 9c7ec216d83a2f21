"""Where other generators put their articles: computed by their own rules, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from tagwire.intake.permalinks import address

POST = "---\ntitle: The Ferry, again\ndate: 2024-01-02\n%s---\nText.\n"
HUGO: dict[str, Any] = {"permalinks": {"posts": "/:year/:month/:day/:slug/"}}
STYLE = "2024-01-02-The ferry.md"


@pytest.mark.parametrize(
    ("settings", "path", "more", "expected"),
    [
        ({}, "posts/Ferry.md", "", "/posts/ferry/"),
        ({}, "posts/north/ferry/index.md", "", "/posts/north/ferry/"),
        ({}, "posts/ferry.md", "slug: Crossing It\n", "/posts/crossing-it/"),
        ({"uglyurls": True}, "posts/ferry.md", "", "/posts/ferry.html"),
        (HUGO, "posts/ferry.md", "", "/2024/01/02/the-ferry-again/"),
        (HUGO, "posts/ferry.md", "slug: crossing\n", "/2024/01/02/crossing/"),
        (HUGO, "notes/ferry.md", "", "/notes/ferry/"),
        ({"permalinks": {"page": {"posts": "/:section/:contentbasename"}}}, "posts/ferry.md", "", "/posts/ferry"),
        (HUGO, "posts/ferry.md", "url: /over/there/\n", "/over/there/"),
        ({"permalinks": {"posts": "/:06/:slug/"}}, "posts/ferry.md", "", ""),
        ({}, "posts/ferry.fr.md", "", ""),
        ({"languages": {"fr": {}}}, "posts/ferry.md", "", ""),
        ({}, "posts/c++.md", "", ""),
    ],
)
def test_hugo(settings: dict[str, Any], path: str, more: str, expected: str) -> None:
    """By section, by pattern, by front matter; several languages and unknown tokens are not guessed."""
    assert address("hugo", settings, path, POST % more) == expected


@pytest.mark.parametrize(
    ("settings", "path", "more", "expected"),
    [
        ({}, "2024-01-03-ferry.md", "", "/2024/01/02/ferry.html"),
        ({}, "2024-01-02-ferry.md", "categories: News Sea\n", "/news/sea/2024/01/02/ferry.html"),
        ({}, "2024-01-02-ferry.md", "category: Sea Side\n", ""),
        ({"permalink": "pretty"}, STYLE, "", "/2024/01/02/The-ferry/"),
        ({"permalink": "none"}, "2024-01-02-ferry.md", "", "/ferry.html"),
        ({"permalink": "ordinal"}, "2024-01-02-ferry.md", "", "/2024/002/ferry.html"),
        ({"permalink": "weekdate"}, "2024-01-02-ferry.md", "", "/2024/W01/Tue/ferry.html"),
        ({"permalink": "/blog/:i_month/:slug:output_ext"}, STYLE, "", "/blog/1/the-ferry.html"),
        ({"permalink": "/:title"}, "2024-01-02-ferry.md", "slug: crossing\n", "/crossing"),
        ({"collections": {"posts": {"permalink": "/p/:title/"}}}, "2024-01-02-ferry.md", "", "/p/ferry/"),
        (
            {"defaults": [{"scope": {"path": "", "type": "posts"}, "values": {"permalink": "/d/:title/"}}]},
            "2024-01-02-ferry.md", "", "/d/ferry/",
        ),
        ({}, "2024-01-02-ferry.md", "permalink: /:year/x/\n", "/2024/x/"),
        ({"permalink": "/:unheard/:title/"}, "2024-01-02-ferry.md", "", ""),
        ({}, "2024-13-02-ferry.md", "date: soon\n", ""),
    ],
)  # fmt: skip
def test_jekyll(settings: dict[str, Any], path: str, more: str, expected: str) -> None:
    """Its four styles and patterns, from front matter, defaults, collection or site, in this order."""
    text = POST % more if "soon" not in more else f"---\n{more}---\n"
    assert address("jekyll", settings, path, text) == expected


@pytest.mark.parametrize(
    ("settings", "head", "expected"),
    [
        ({}, "Title: The Ferry, again\n", "/the-ferry-again.html"),
        ({}, "Title: x\nSlug: ferry\n", "/ferry.html"),
        ({"slugify_source": "basename"}, "Title: x\n", "/file.html"),
        ({"article_url": "{date:%Y}/{date:%m}/{slug}/"}, "Title: Ferry\nDate: 2024-01-02 10:00\n", "/2024/01/ferry/"),
        ({"article_save_as": "{category}/{slug}/index.html"}, "Title: Ferry\n", "/misc/ferry/"),
        ({"article_url": "{category}/{slug}/"}, "Title: Ferry\nCategory: Sea Side\n", "/sea-side/ferry/"),
        ({}, "Title: Ferry\nurl: over/there.html\n", "/over/there.html"),
        ({"article_url": None}, "Title: Ferry\n", ""),
        ({"article_url": "{date:%B}/{slug}/"}, "Title: Ferry\nDate: 2024-01-02\n", ""),
        ({"article_url": "{date.__class__}/{slug}/"}, "Title: Ferry\nDate: 2024-01-02\n", ""),
        ({}, "Title: Fähre\n", ""),
    ],
)
def test_pelican(settings: dict[str, Any], head: str, expected: str) -> None:
    """By ARTICLE_URL, else ARTICLE_SAVE_AS; what its Python computes and what it transliterates isn't guessed."""
    assert address("pelican", settings, "file.md", f"{head}\nText.\n") == expected


def test_eleventy_and_what_we_do_not_know() -> None:
    """The file's place without its day; templates, broken front matter and other programs say nothing."""
    assert address("eleventy", {}, "posts/2024-01-02-ferry.md", POST % "") == "/posts/ferry/"
    assert address("eleventy", {}, "posts/ferry.md", POST % 'permalink: "/x/{{ title }}/"\n') == ""
    assert address("eleventy", {}, "posts/ferry.md", POST % "permalink: false\n") == ""
    assert address("hugo", {}, "posts/ferry.md", "---\n: [\n---\nx") == ""
    assert address("wordpress", {}, "x.xml", "<rss/>") == ""
