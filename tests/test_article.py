"""Articles: a Markdown file becomes a `Draft`, every key of its front matter checked, with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import article
from tagwire.article import dates, fields
from tagwire.characters import FORBIDDEN
from tagwire.model import Config, Cut, Draft, Head, Meta, Note, Provenance
from tagwire.problems import Problem, has_errors

CONFIG = Config("The Example", timezone="Europe/Berlin")
ARTICLE = "content/articles/hello-world.md"
PAGE = "content/pages/about.md"
TOP = "---\ntitle: T\npublished: 2024-01-01\n"


def read(text: str | bytes, path: str = ARTICLE, config: Config = CONFIG) -> tuple[Draft | None, tuple[Problem, ...]]:
    """What `article.read` gives."""
    return article.read(path, text if isinstance(text, bytes) else text.encode(), config)


def draft(text: str | bytes, path: str = ARTICLE, config: Config = CONFIG) -> Draft:
    """The draft of a file that has no problem."""
    found, problems = read(text, path, config)
    assert problems == ()
    assert found is not None
    return found


def head(*lines: str, path: str = ARTICLE, config: Config = CONFIG) -> Head:
    """The head that front matter with a title, a date and more lines gives."""
    meta = draft(TOP + "".join(f"{line}\n" for line in lines) + "---\ntext\n", path, config).meta
    assert isinstance(meta, Head)
    return meta


def problem(*lines: str, path: str = ARTICLE) -> Problem:
    """The one problem that front matter with a title, a date and more lines gives."""
    found, problems = read(TOP + "".join(f"{line}\n" for line in lines) + "---\ntext\n", path)
    assert len(problems) == 1, problems
    assert (found is None) == (problems[0].severity == "error")
    return problems[0]


FULL = """\
---
id: urn:uuid:6f0c
title: Iran says
published: 2020-07-24T09:00:00+03:00
updated: 2020-07-25
date_source: file
authors: [Jane Roe]
tags: [iran, cyber attacks]
summary: One sentence.
slug: iran-cyber-attacks
lang: en
draft: false
feed: true
noindex: false
expires: 2030-01-01
aliases: [/old/path/]
canonical: https://elsewhere.test/x
image: lead.jpg
series: Cyber war
corrections: [{date: 2020-07-26, note: A name.}]
retracted: {date: 2021-01-01, note: Why.}
source: {path: sources/iran.txt, sha256: aa, converted: bb, cut: [{lines: 25-37, rule: donation, sha256: cc}]}
extra: {mood: calm, deep: [1, {x: yes}], none: ~}
---
The text.
"""


def test_every_key_reaches_the_head() -> None:
    """The example of the handbook is understood whole."""
    found = draft(FULL)
    meta = found.meta
    assert isinstance(meta, Head)
    expected: dict[str, Any] = {
        "id": "urn:uuid:6f0c",
        "title": "Iran says",
        "address": "articles/iran-cyber-attacks/",
        "authors": ("Jane Roe",),
        "tags": ("iran", "cyber attacks"),
        "summary": "One sentence.",
        "lang": "en",
        "draft": False,
        "feed": True,
        "noindex": False,
        "aliases": ("old/path/",),
        "canonical": "https://elsewhere.test/x",
        "image": "lead.jpg",
        "series": "Cyber war",
        "source": Provenance("sources/iran.txt", "aa", "bb", (Cut("donation", "25-37", "cc"),)),
    }
    assert expected == {key: getattr(meta, key) for key in expected}
    moments = (meta.published.iso, meta.updated.iso, meta.expires and meta.expires.iso)
    assert moments == ("2020-07-24T09:00:00+03:00", "2021-01-01", "2030-01-01")
    assert meta.retracted == Note(meta.updated, "Why.")
    assert [note.text for note in meta.corrections] == ["A name."]
    assert json.loads(meta.extra) == {"mood": "calm", "deep": ["1", {"x": True}], "none": None}
    assert (found.markdown, found.line) == ("The text.\n", 25)


def test_what_is_not_said_has_a_default() -> None:
    """A title and a date are enough."""
    meta = head()
    expected = ("", "articles/hello-world/", (), (), "", "en", False, True, None, (), "{}")
    assert expected == (
        meta.id, meta.address, meta.authors, meta.tags, meta.summary, meta.lang, meta.draft, meta.feed, meta.expires,
        meta.aliases, meta.extra,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("---\ntitle: T\npublished: 2024-01-01\n---\nbody", 5, id="yaml"),
        pytest.param("\ufeff---\ntitle: T\npublished: 2024-01-01\n---\nbody", 5, id="byte-order-mark"),
        pytest.param("---\r\ntitle: T\r\npublished: 2024-01-01\r\n---\r\nbody", 5, id="crlf"),
        pytest.param("---\rtitle: T\rpublished: 2024-01-01\r---\rbody", 5, id="cr"),
        pytest.param("---  \ntitle: T\npublished: 2024-01-01\n---\t\nbody", 5, id="spaces-behind-fences"),
        pytest.param("\n \n---\ntitle: T\npublished: 2024-01-01\n---\nbody", 7, id="empty-lines-first"),
        pytest.param("---\ntitle: T\npublished: 2024-01-01\n...\nbody", 5, id="three-dots"),
        pytest.param("---\n# a remark\ntitle: 'T'\npublished: '2024-01-01'\n---\nbody", 6, id="quotes-and-remark"),
        pytest.param("---\ntitle:\tT\npublished:\t2024-01-01\n---\nbody", 5, id="tabs-behind-colons"),
        pytest.param('+++\ntitle = "T"\npublished = 2024-01-01\n+++\nbody', 5, id="toml"),
        pytest.param('+++\ntitle = """\nT"""\ndate = 2024-01-01\n+++\nbody', 6, id="toml-lines"),
        pytest.param("---\ntitle: |\n  T\npublished: 2024-01-01\n---\nbody", 6, id="block"),
        pytest.param("---\ntitle: >-\n  T\npublished: 2024-01-01\n---\nbody", 6, id="folded"),
        pytest.param("Title: T\nDate: 2024-01-01\n\nbody", 4, id="pelican"),
        pytest.param("---\npublished: 2024-01-01\n---\n\n# T\nbody", 6, id="heading"),
        pytest.param("---\npublished: 2024-01-01\n---\nT\n===\nbody", 6, id="underlined-heading"),
        pytest.param("---\ntitle: T\npublished: 2024-01-01\n---\n# T\nbody", 6, id="heading-says-it-again"),
    ],
)
def test_the_spellings_of_a_file(text: str, line: int) -> None:
    """However front matter is written, the same article comes out, and the line of its text is known."""
    found = draft(text)
    assert ("T", "2024-01-01", "body", line) == (
        found.meta.title,
        found.meta.published.iso,  # type: ignore[attr-defined]
        found.markdown,
        found.line,
    )


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        pytest.param("tags: a, b", "tags", ("a", "b"), id="tags-with-commas"),
        pytest.param("tags: a, b,", "tags", ("a", "b"), id="tags-with-a-comma-at-the-end"),
        pytest.param('tags: ""', "tags", (), id="no-tags-text"),
        pytest.param("tags:", "tags", (), id="no-tags"),
        pytest.param("tags: [2020, yes, 1.50]", "tags", ("2020", "yes", "1.50"), id="tags-that-yaml-sees-as-others"),
        pytest.param("tags: [Cyber Attacks, cyber-attacks]", "tags", ("Cyber Attacks",), id="tags-twice"),
        pytest.param("Tags: [a]", "tags", ("a",), id="capitals"),
        pytest.param("category: News", "tags", ("News",), id="category"),
        pytest.param("categories: [A, B]", "tags", ("A", "B"), id="categories"),
        pytest.param("keywords: a, b", "tags", ("a", "b"), id="keywords"),
        pytest.param("author: Jane Roe", "authors", ("Jane Roe",), id="author"),
        pytest.param("author: [Jane, Joe]", "authors", ("Jane", "Joe"), id="author-list"),
        pytest.param("author: Roe, Jane", "authors", ("Roe, Jane",), id="author-with-comma"),
        pytest.param("authors: Jane, Joe", "authors", ("Jane", "Joe"), id="pelican-authors"),
        pytest.param("authors: Roe, Jane; Doe, Joe", "authors", ("Roe, Jane", "Doe, Joe"), id="pelican-semicolons"),
        pytest.param("author:", "authors", (), id="no-author"),
        pytest.param("description: x", "summary", "x", id="description"),
        pytest.param("excerpt: x", "summary", "x", id="excerpt"),
        pytest.param("guid: https://x.test/?p=3", "id", "https://x.test/?p=3", id="guid"),
        pytest.param("draft: yes", "draft", True, id="draft-yes"),
        pytest.param("draft: 'true'", "draft", True, id="draft-quoted"),
        pytest.param("draft: OFF", "draft", False, id="draft-off"),
        pytest.param("published: false", "draft", True, id="jekyll-published"),
        pytest.param("status: draft", "draft", True, id="pelican-status"),
        pytest.param("status: publish", "draft", False, id="wordpress-status"),
        pytest.param("lang: pt_BR", "lang", "pt-BR", id="lang-underscore"),
        pytest.param("language: he", "lang", "he", id="language"),
        pytest.param("aliases: /a", "aliases", ("a/",), id="alias-text"),
        pytest.param("redirect_from: [/a/, /b.html]", "aliases", ("a/", "b.html"), id="jekyll-redirect-from"),
        pytest.param("aliases: ['/%C3%A9t%C3%A9']", "aliases", ("été/",), id="alias-encoded"),
        pytest.param("slug: Hello.World_2", "slug", "articles/Hello.World_2/", id="slug-as-written"),
        pytest.param("slug: हिन्दी", "slug", "articles/हिन्दी/", id="slug-with-marks"),
        pytest.param("extra:", "extra", "{}", id="no-extra"),
        pytest.param("series: &s War", "series", "War", id="anchor"),
    ],
)
def test_the_spellings_of_a_key(line: str, key: str, expected: object) -> None:
    """What Hugo, Jekyll, Pelican and WordPress write is understood."""
    meta = head(line) if not line.startswith("published") else draft(
        f"---\ntitle: T\ndate: 2024-01-01\n{line}\n---\n"
    ).meta  # fmt: skip
    assert expected == getattr(meta, "address" if key == "slug" else key)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("2020", "2020", id="number"),
        pytest.param("yes", "yes", id="flag"),
        pytest.param("1e3", "1e3", id="float"),
        pytest.param("0x1F", "0x1F", id="hexadecimal"),
        pytest.param("12:30", "12:30", id="sexagesimal"),
        pytest.param("2024-01-01", "2024-01-01", id="date"),
        pytest.param('"Cars: a story"', "Cars: a story", id="double-quotes"),
        pytest.param("'It''s'", "It's", id="single-quotes"),
        pytest.param(r'"tab\tand \u00e9"', "tab and é", id="escapes"),
        pytest.param("<b>bold</b> & more", "<b>bold</b> & more", id="markup-is-text"),
        pytest.param("  spaced   out  ", "spaced out", id="spaces"),
        pytest.param("a\u2028b", "a b", id="line-separator"),
        pytest.param("C#", "C#", id="c-sharp"),
        pytest.param("ישראל 🚀", "ישראל 🚀", id="rtl-and-emoji"),
    ],
)
def test_a_title_is_the_text_that_was_written(written: str, expected: str) -> None:
    """YAML's ideas of numbers, dates and flags don't touch a title."""
    found, _ = read(f"---\ntitle: {written}\npublished: 2024-01-01\n---\n")
    assert found is not None
    assert expected == found.meta.title


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("# Hello *big* **world**", "Hello big world", id="emphasis"),
        pytest.param("# See [the page](x.md) and ![a picture](y.png)", "See the page and a picture", id="link"),
        pytest.param("# Use `os.path`", "Use os.path", id="code"),
        pytest.param("# About C#", "About C#", id="c-sharp"),
        pytest.param("# About C# #", "About C#", id="closed"),
        pytest.param("# Title ##", "Title", id="closed-twice"),
        pytest.param("# Title {#top .big}", "Title", id="attributes"),
        pytest.param(r"# 2 \* 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name", id="no-emphasis"),
        pytest.param("Under\n=====", "Under", id="underlined"),
    ],
)
def test_a_title_from_a_heading(heading: str, expected: str) -> None:
    """Without `title` the heading on top is the title, as plain text, and leaves the body."""
    found = draft(f"---\npublished: 2024-01-01\n---\n{heading}\nbody")
    assert (expected, "body") == (found.meta.title, found.markdown)


@pytest.mark.parametrize(
    ("path", "config", "expected"),
    [
        pytest.param("hello.md", CONFIG, "articles/hello/", id="name"),
        pytest.param("2026/01/hello.md", CONFIG, "articles/hello/", id="folders-are-no-address"),
        pytest.param("hello/index.md", CONFIG, "articles/hello/", id="bundle"),
        pytest.param("2024-05-06-hello.md", CONFIG, "articles/hello/", id="jekyll-name"),
        pytest.param("Hello World!.md", CONFIG, "articles/hello-world/", id="spaces"),
        pytest.param("e\u0301te\u0301.md", CONFIG, "articles/été/", id="nfd-name"),
        pytest.param("con.md", CONFIG, "articles/con-/", id="windows-name"),
        pytest.param("x.md", Config("X", permalink="{year}/{month}/{day}/{slug}/"), "2024/01/01/x/", id="dated"),
    ],
)
def test_the_address_of_an_article(path: str, config: Config, expected: str) -> None:
    """The file's name makes the address, by the site's pattern; its folders don't."""
    assert expected == head(path=f"content/articles/{path}", config=config).address


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("about.md", "about/", id="page"),
        pytest.param("handbook/Getting Started.md", "handbook/getting-started/", id="folder"),
        pytest.param("handbook/index.md", "handbook/", id="index"),
    ],
)
def test_the_address_of_a_page(path: str, expected: str) -> None:
    """A page's folders make its address; it needs no date."""
    found = draft("---\ntitle: T\n---\n", f"content/pages/{path}").meta
    assert (expected, Meta) == (found.address, type(found))


def test_a_date_in_the_file_name() -> None:
    """Jekyll's file names have the date; the front matter goes first."""
    path = "content/articles/2024-05-06-hello.md"
    bare, dated = draft("---\ntitle: T\n---\n", path).meta, head(path=path)
    assert isinstance(bare, Head)
    assert (bare.published.iso, dated.published.iso) == ("2024-05-06", "2024-01-01")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([], "2024-01-01", id="none"),
        pytest.param(["updated: 2024-01-01"], "2024-01-01", id="same-day"),
        pytest.param(["updated: 2023-01-01"], "2024-01-01", id="earlier"),
        pytest.param(["lastmod: 2024-02-01"], "2024-02-01", id="lastmod"),
        pytest.param(["modified: 2024-01-01T12:00Z"], "2024-01-01T12:00:00+00:00", id="same-day-with-time"),
        pytest.param(
            ["updated: 2024-02-01", "corrections: {date: 2024-03-01, note: x}"], "2024-03-01", id="correction-is-later"
        ),
    ],
)
def test_updated_is_the_latest(lines: list[str], expected: str) -> None:
    """`updated` moves only when the owner says so, and never before `published`."""
    assert expected == head(*lines).updated.iso


@pytest.mark.parametrize(
    ("line", "place", "code", "message", "hint"),
    [
        pytest.param("tag: a", (4, 1, 3), "key-unknown", "unknown key `tag`", "did you mean `tags`?", id="unknown"),
        pytest.param("qqqq: a", (4, 1, 4), "key-unknown", "unknown key `qqqq`",
                     "keys of your own belong below `extra:`", id="unknown-own"),
        pytest.param("title: U", (4, 1, 5), "key-twice", "`title` is there twice", "delete one of the two lines",
                     id="twice"),
        pytest.param("date: 2024-01-02", (4, 1, 4), "key-twice", "`date` says otherwise than `published`",
                     "delete one of the two lines", id="twice-in-two-spellings"),
        pytest.param("extra: {a: 1, a: 2}", (4, 15, 1), "key-twice", "`a` is there twice", "delete one of the two",
                     id="twice-inside"),
        pytest.param("updated: 2024-13-01", (4, 10, 10), "date-invalid", '`updated` is not a date: "2024-13-01"',
                     "write a date such as 2024-12-01 or 2024-12-01T09:30:00+01:00", id="date"),
        pytest.param("expires: soon", (4, 10, 4), "date-invalid", '`expires` is not a date: "soon"',
                     "write a date such as 2024-12-01 or 2024-12-01T09:30:00+01:00", id="date-word"),
        pytest.param('tags: [a, ""]', (4, 11, 2), "tag-empty", "`tags` has an empty tag",
                     "delete it, or give it a name", id="tag-empty"),
        pytest.param("tags: a,, b", (4, 7, 5), "tag-empty", "`tags` has an empty tag",
                     "delete it, or give it a name", id="tag-empty-between-commas"),
        pytest.param('tags: ["!"]', (4, 8, 3), "tag-empty", '`tags` has a tag without a letter or digit: "!"',
                     "delete it, or give it a name", id="tag-without-letter"),
        pytest.param("tags: {a: b}", (4, 7, 1), "value-not-text", "`tags` is a table where a list of texts is wanted",
                     "write `tags: [one, another]`", id="tags-table"),
        pytest.param("authors: ['!']", (4, 11, 3), "author-empty", "`authors` has a name without a letter or digit",
                     "delete it, or write the name", id="author"),
        pytest.param("author: {name: Jane Roe}", (4, 9, 1), "value-not-text",
                     "`author` is a table where a name is wanted (settings have the rest)",
                     "write `author: [Jane Roe]`; what else there is to say belongs into `[authors.jane-roe]`",
                     id="author-table"),
        pytest.param("draft: maybe", (4, 8, 5), "value-not-flag", '`draft` is neither true nor false: "maybe"',
                     "write `draft: true` or `draft: false`", id="flag"),
        pytest.param("slug: ..", (4, 7, 2), "slug-invalid", '`slug` can\'t be part of an address: ".."',
                     "delete the line: the slug comes from the file's name", id="slug-dots"),
        pytest.param("slug: a/b", (4, 7, 3), "slug-invalid", '`slug` can\'t be part of an address: "a/b"',
                     "write `a-b`", id="slug-slash"),
        pytest.param("slug: con", (4, 7, 3), "slug-invalid", '`slug` can\'t be part of an address: "con"',
                     "write `con-`", id="slug-windows"),
        pytest.param("slug: AUX.txt", (4, 7, 7), "slug-invalid", '`slug` can\'t be part of an address: "AUX.txt"',
                     "write `aux-txt`", id="slug-windows-extension"),
        pytest.param("slug: 🚀", (4, 7, 1), "slug-invalid", '`slug` can\'t be part of an address: "🚀"',
                     "delete the line: the slug comes from the file's name", id="slug-emoji"),
        pytest.param("slug: a\u200fb", (4, 7, 3), "slug-invalid", '`slug` can\'t be part of an address: "a\u200fb"',
                     "write `a-b`", id="slug-rtl-mark"),
        pytest.param(f"slug: {'a' * 300}", (4, 7, 300), "slug-invalid",
                     f'`slug` can\'t be part of an address: "{"a" * 80}…"', f"write `{'a' * 120}`", id="slug-long"),
        pytest.param("lang: english!", (4, 7, 8), "lang-invalid", '`lang` is not a language tag: "english!"',
                     "write one such as en, pt-BR or he", id="lang"),
        pytest.param("canonical: /x", (4, 12, 2), "url-invalid", '`canonical` is not an absolute URL: "/x"',
                     "write https://example.org/page/", id="canonical"),
        pytest.param("canonical: 'https://[x'", (4, 12, 12), "url-invalid",
                     '`canonical` is not an absolute URL: "https://[x"', "write https://example.org/page/",
                     id="canonical-bracket"),
        pytest.param("image: javascript:alert(1)", (4, 8, 19), "url-invalid",
                     '`image` is neither a path nor a URL of the web: "javascript:alert(1)"',
                     "write lead.jpg, /pictures/lead.jpg or https://example.org/lead.jpg", id="image-script"),
        pytest.param("id: a b", (4, 5, 3), "id-invalid", '`id` has a space in it: "a b"',
                     "write it as it was published; a new one looks like urn:uuid:…", id="id-space"),
        pytest.param("id: ''", (4, 5, 2), "value-empty", "`id` is empty", "fill it, or delete the line `id:`",
                     id="id-empty"),
        pytest.param("aliases: [/a/, ../b]", (4, 16, 4), "alias-invalid", '`aliases` has no path of this site: "../b"',
                     "write one such as /old/path/", id="alias-climbs"),
        pytest.param("aliases: '/?p=3'", (4, 10, 7), "alias-invalid", '`aliases` has no path of this site: "/?p=3"',
                     "write one such as /old/path/", id="alias-query"),
        pytest.param("aliases: /%2e%2e/b", (4, 10, 9), "alias-invalid",
                     '`aliases` has no path of this site: "/%2e%2e/b"', "write one such as /old/path/",
                     id="alias-encoded-dots"),
        pytest.param("aliases: /%00", (4, 10, 4), "alias-invalid", '`aliases` has no path of this site: "/%00"',
                     "write one such as /old/path/", id="alias-nul"),
        pytest.param("summary: [a]", (4, 10, 1), "value-not-text", "`summary` is a list where a text is wanted",
                     "write one text; put it into quotes if it starts with [ or {", id="text-list"),
        pytest.param("series: ''", (4, 9, 2), "value-empty", "`series` is empty",
                     "fill it, or delete the line `series:`", id="empty"),
        pytest.param("corrections: [{date: 2024-02-01}]", (4, 15, 1), "key-missing", "`corrections` has no `note`",
                     "write {date: …, note: …}", id="correction-without-note"),
        pytest.param("retracted: true", (4, 12, 4), "value-not-table", "`retracted` wants {date: …, note: …}",
                     "write `retracted: {date: …, note: …}`", id="retracted-flag"),
        pytest.param("retracted: {date: x, note: y}", (4, 19, 1), "date-invalid", '`date` is not a date: "x"',
                     "write a date such as 2024-12-01 or 2024-12-01T09:30:00+01:00", id="date-inside"),
        pytest.param("retracted: {date: 2024-02-01, why: y}", (4, 36, 1), "key-unknown",
                     "unknown key `why` in `retracted`", "it has: date, note", id="unknown-inside"),
        pytest.param("source: {path: a, sha256: b, converted: c, cut: d}", (4, 49, 1), "value-not-table",
                     "`cut` wants a list", "write `cut: [{lines: …, rule: …, sha256: …}]`", id="cut"),
        pytest.param("extra: x", (4, 8, 1), "value-not-table", "`extra` is a text where a table is wanted",
                     "write `extra: {mood: calm}`", id="extra"),
        pytest.param(r'summary: "a\x01b"', (4, 10, 8), "character-forbidden",
                     "U+0001 can't stand in a feed (XML 1.0)", "delete this character", id="forbidden-by-escape"),
        pytest.param(r'extra: {a: ["\uFFFE"]}', (4, 13, 8), "character-forbidden",
                     "U+FFFE can't stand in a feed (XML 1.0)", "delete this character", id="forbidden-inside"),
        pytest.param(f"series: {'x' * 201}", (4, 9, 201), "value-too-long",
                     "`series` has 201 characters, more than 200",
                     "shorten it; the text itself belongs below the front matter",
                     id="too-long"),
    ],
)  # fmt: skip
def test_a_bad_value(line: str, place: tuple[int, int, int], code: str, message: str, hint: str) -> None:
    """A bad value is an error at its own place, with what was found and what to write."""
    expected = Problem(ARTICLE, place[0], place[1], code, message, hint, line, place[2])
    assert expected == problem(line)


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        pytest.param("layout: post", "key-ignored", "delete the line, or move it below `extra:` if your theme uses it",
                     id="layout"),
        pytest.param("permalink: /x/", "key-ignored",
                     "write `aliases: [/x/]` to keep that address working, or `slug: …`", id="permalink"),
        pytest.param("summary: C # is fun", "value-cut",
                     "put the text into quotes if it goes on; else give the comment a line of its own", id="cut"),
    ],
)  # fmt: skip
def test_a_doubtful_line_is_a_warning(line: str, code: str, hint: str) -> None:
    """What has no effect, or less than was meant, is told, and the article is there."""
    found = problem(line)
    assert ("warning", code, hint, 4) == (found.severity, found.code, found.hint, found.line)


@pytest.mark.parametrize("key", ["tags: [a]", "authors: [a]", "series: x", "feed: true", "expires: 2030-01-01"])
def test_a_page_is_warned_of_what_has_no_effect(key: str) -> None:
    """A standing page is in no feed and no list."""
    _, problems = read(f"---\ntitle: T\n{key}\n---\n", PAGE)
    assert [(p.code, p.severity, p.line) for p in problems] == [("key-misplaced", "warning", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\ntitle: Cars: a story\n---\n", ("yaml-invalid", 2, 12,
                     'put the text into quotes: title: "Cars: a story"'), id="colon"),
        pytest.param('---\ntitle: @foo "x"\n---\n', ("yaml-invalid", 2, 8,
                     r'put the text into quotes: title: "@foo \"x\""'), id="at"),
        pytest.param('---\ntitle: "Foo\nslug: x\n---\n', ("yaml-invalid", 2, 8,
                     "end the text with the quote that it begins with"), id="open-quote"),
        pytest.param("---\ntitle: 'it's'\n---\n", ("yaml-invalid", 2, 12,
                     'put the text into quotes: title: "it\'s"'), id="apostrophe"),
        pytest.param("---\ntitle: [a] b\n---\n", ("yaml-invalid", 2, 12,
                     'put the text into quotes: title: "[a] b"'), id="bracket"),
        pytest.param("---\ntitle: T\n\tslug: x\n---\n", ("yaml-invalid", 3, 1,
                     "indent with spaces, not with a tab"), id="tab"),
        pytest.param("---\ntags: [a, b\n---\n", ("yaml-invalid", 2, 7,
                     "close it, or put the text into quotes if `[` belongs to it"), id="open"),
        pytest.param("---\n- a\n---\n", ("yaml-invalid", 2, 1,
                     "write lines such as `title: Cars`, each with a colon and a space after its key"), id="list"),
        pytest.param("---\ntitle: !x y\n---\n", ("yaml-invalid", 2, 8,
                     "put a text that starts with `!` into quotes"), id="tag"),
        pytest.param("---\ntitle: !!python/name:os.system x\n---\n", ("yaml-invalid", 2, 8,
                     "put a text that starts with `!` into quotes"), id="python-tag"),
        pytest.param("---\n? [a]\n: b\n---\n", ("yaml-invalid", 2, 3,
                     "a key is a word: write `key: value`"), id="key"),
        pytest.param("---\nextra: {[a]: b}\n---\n", ("yaml-invalid", 2, 9,
                     "a key is a word: write `key: value`"), id="key-inside"),
        pytest.param("---\nextra: &a {x: *a}\n---\n", ("yaml-too-deep", 2, 8,
                     "keep it to a few hundred values, nested a few levels deep"), id="alias-of-itself"),
        pytest.param("---\ntitle: x\n", ("front-matter-open", 1, 1,
                     "end the front matter with a line of its own: ---"), id="no-end"),
        pytest.param("\n---", ("front-matter-open", 2, 1,
                     "end the front matter with a line of its own: ---"), id="fence-alone"),
        pytest.param("---\ntitle: é\nslug: \x7f\n---\n", ("yaml-invalid", 3, 7,
                     "delete this character"), id="delete"),
        pytest.param("+++\ntitle = \n+++\n", ("toml-invalid", 2, 9,
                     'TOML is `name = value`, each name once; texts stand in quotes: title = "Cars"'), id="toml"),
        pytest.param('+++\ntitle = "x\n+++\n', ("toml-invalid", 2, 11,
                     'TOML is `name = value`, each name once; texts stand in quotes: title = "Cars"'), id="toml-open"),
        pytest.param("Title: x\nno colon\n\nbody", ("front-matter-open", 2, 1,
                     "leave an empty line between the settings and the text"), id="pelican"),
        pytest.param("", ("file-empty", 0, 0, "write an article, or delete the file"), id="empty"),
        pytest.param("\ufeff \r\n\t\n", ("file-empty", 0, 0, "write an article, or delete the file"), id="blank"),
        pytest.param(b"abc\n\xe4bc", ("encoding-invalid", 2, 1,
                     "save the file as UTF-8 (raw files in other encodings belong into content/sources/)"), id="latin"),
        pytest.param(b"\xc3\xa9\n\xc3\xa9\xff", ("encoding-invalid", 2, 2,
                     "save the file as UTF-8 (raw files in other encodings belong into content/sources/)"),
                     id="column"),
        pytest.param("abc\ndef\x0cg", ("character-forbidden", 2, 4, "delete this character"), id="form-feed"),
        pytest.param("abc\x00", ("character-forbidden", 1, 4, "delete this character"), id="nul"),
        pytest.param("a\uffffb", ("character-forbidden", 1, 2, "delete this character"), id="no-character"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(text: str | bytes, expected: tuple[str, int, int, str]) -> None:
    """Where a file breaks is where its one problem points, with the owner's line and a help."""
    found, problems = read(text)
    assert found is None
    assert [expected] == [(p.code, p.line, p.column, p.hint) for p in problems]
    assert problems[0].excerpt or problems[0].code == "file-empty"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\n---\n", [("title-missing", "title: …"), ("date-missing", "published: 2024-12-01")],
                     id="yaml"),
        pytest.param("+++\n+++\n", [("title-missing", 'title = "…"'), ("date-missing", 'published = "2024-12-01"')],
                     id="toml"),
        pytest.param("text", [("title-missing", "---"), ("date-missing", "---")], id="no-front-matter"),
        pytest.param("# T", [("date-missing", "`published: 2024-12-01`")], id="heading"),
        pytest.param("---\ntitle: ''\npublished: x\n---\n", [("value-empty", "title"), ("date-invalid", "2024")],
                     id="bad-is-not-missing-too"),
    ],
)  # fmt: skip
def test_what_is_missing(text: str, expected: list[tuple[str, str]]) -> None:
    """A missing title or date is told with the line to add, in the file's own syntax; a bad one is told once."""
    _, problems = read(text)
    assert [code for code, _ in expected] == [p.code for p in problems]
    assert all(part in p.hint for (_, part), p in zip(expected, problems, strict=True)), problems


def test_all_problems_at_once() -> None:
    """Every bad line is told, not the first alone."""
    _, problems = read("---\ntitel: T\npublished: x\nlang: '!'\n---\n")
    assert {2, 3, 4} <= {p.line for p in problems}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("2024-12-01", "2024-12-01", id="day"),
        pytest.param("2024/12/1", "2024-12-01", id="slashes"),
        pytest.param("2024.12.01", "2024-12-01", id="dots"),
        pytest.param("2024-12-01T09:30", "2024-12-01T09:30:00+01:00", id="winter-time"),
        pytest.param("2024-07-01 9:30", "2024-07-01T09:30:00+02:00", id="summer-time"),
        pytest.param("2024-12-01T09:30:00Z", "2024-12-01T09:30:00+00:00", id="zulu"),
        pytest.param("2024-12-01 10:20:30 -0500", "2024-12-01T10:20:30-05:00", id="jekyll"),
        pytest.param("2024-12-01 10:20:30+03", "2024-12-01T10:20:30+03:00", id="postgres"),
        pytest.param("2024-12-01T10:20:30.123456789Z", "2024-12-01T10:20:30.123456+00:00", id="nanoseconds"),
        pytest.param("2024-12-01 10:20 America/New_York", "2024-12-01T10:20:00-05:00", id="zone-name"),
        pytest.param("2024-12-01 9:05 pm", "2024-12-01T21:05:00+01:00", id="pm"),
        pytest.param("2024-12-01 12:05 AM", "2024-12-01T00:05:00+01:00", id="midnight-am"),
        pytest.param("Fri, 24 Jul 2020 09:00:00 +0300", "2020-07-24T09:00:00+03:00", id="rfc-2822"),
        pytest.param("24 July 2020", "2020-07-24", id="day-month-year"),
        pytest.param("July 24, 2020", "2020-07-24", id="month-day-year"),
        pytest.param("Sept. 4, 2020", "2020-09-04", id="sept"),
        pytest.param("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00", id="leap-second"),
        pytest.param("2024-03-31T02:30", "2024-03-31T02:30:00+01:00", id="in-the-gap-of-summer-time"),
        pytest.param("2024-10-27T02:30", "2024-10-27T02:30:00+02:00", id="twice-at-the-end-of-summer-time"),
        pytest.param("1890-01-01T00:00", "1890-01-01T00:00:00+00:53", id="offset-with-seconds"),
        pytest.param("1000-01-01", "1000-01-01", id="earliest"),
        pytest.param("9998-12-31", "9998-12-31", id="latest"),
        pytest.param("2024-12-01T00:00+23:59", "2024-12-01T00:00:00+23:59", id="far-offset"),
        pytest.param("0000-01-01", None, id="year-zero"),
        pytest.param("0999-12-31", None, id="three-digits"),
        pytest.param("9999-12-31", None, id="year-9999"),
        pytest.param("2023-02-29", None, id="no-leap-year"),
        pytest.param("2024-13-01", None, id="month-13"),
        pytest.param("2024-00-10", None, id="month-0"),
        pytest.param("2024-12-01T24:00", None, id="hour-24"),
        pytest.param("2024-12-01 13:05 pm", None, id="13-pm"),
        pytest.param("2024-12-01T00:00+24:00", None, id="offset-24"),
        pytest.param("2024-12-01T00:00+01:99", None, id="offset-minutes"),
        pytest.param("2024-12-01T00:00 Mars/Base", None, id="zone-unknown"),
        pytest.param("2024-12-01T00:00 Etc/../x", None, id="zone-climbs"),
        pytest.param("01/02/2024", None, id="confusable"),
        pytest.param("24 Foo 2020", None, id="no-month"),
        pytest.param("Ma 24, 2020", None, id="short-month"),
        pytest.param("2024", None, id="year"),
        pytest.param("20241201", None, id="digits"),
        pytest.param("yesterday", None, id="word"),
        pytest.param("", None, id="empty"),
    ],
)
def test_dates(written: str, expected: str | None) -> None:
    """A date is read as it was meant, or not at all."""
    when = dates.parse(written, "Europe/Berlin")
    assert expected == (when.iso if when else None)


@given(st.text(alphabet="0123456789-/:.TZ +apmJulySept,", max_size=30))
def test_any_text_as_a_date(text: str) -> None:
    """No text raises, and what is understood can be written in four-digit years."""
    when = dates.parse(text, "America/St_Johns")
    assert when is None or 1000 <= when.at.year <= 9998


@given(st.from_regex(r"[0129]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(Z|[+-][0-2]\d:[0-6]\d)", fullmatch=True))
def test_a_moment_as_programs_write_it_is_read_as_any_other(text: str) -> None:
    """The quick way leads to the same: a space in front bars it."""
    quick, slow = dates.parse(text, "UTC"), dates.parse(f" {text}", "UTC")
    assert repr(quick) == repr(slow)


# ------------------------------------------------------------------ attacks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(f"{TOP}extra: {'[' * 100_000}\n---\n", "yaml-too-deep", id="brackets"),
        pytest.param(f"{TOP}extra: {'[' * 3000}{']' * 3000}\n---\n", "yaml-too-deep", id="short-brackets"),
        pytest.param(f"{TOP}extra: {'{a: ' * 50_000}\n---\n", "yaml-too-deep", id="braces"),
        pytest.param(f"{TOP}extra:\n" + "".join(f"{' ' * i}a:\n" for i in range(1, 400)) + "---\n", "yaml-too-deep",
                     id="indents"),
        pytest.param(f"{TOP}tags: [{'a, ' * 100_000}]\n---\n", "yaml-too-deep", id="list"),
        pytest.param(f"{TOP}tags: {', '.join(map(str, range(100_000)))}\n---\n", "value-too-long", id="commas"),
        pytest.param(f"{TOP}tags: {'a ' * 500_000}\n---\n", "value-too-long", id="tag"),
        pytest.param(f"---\ntitle: {'a ' * 500_000}\ndate: 2024-01-01\n---\n", "value-too-long", id="title"),
        pytest.param(f"---\ndate: 2024-01-01\n---\n# {'*a ' * 300_000}\n", "value-too-long", id="heading"),
        pytest.param(f"---\ndate: 2024-01-01\n---\n# a{' ' * 1_000_000}b\n", "value-too-long", id="heading-spaces"),
        pytest.param(f"+++\na = {'[' * 100_000}\n+++\n", "toml-invalid", id="toml-brackets"),
        pytest.param(f"+++\na = {'9' * 10_000}\n+++\n", "toml-invalid", id="toml-number"),
        pytest.param(f"+++\ntitle = 0x{'f' * 10_000}\ndate=2024-01-01\n[tags]\n+++\n", "value-not-text",
                     id="toml-long-number"),
        pytest.param(
            TOP + "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{chr(b)}: &{chr(b)} [{','.join([f'*{chr(b - 1)}'] * 9)}]\n" for b in range(98, 108)) + "---\n",
            "yaml-too-deep", id="aliases",
        ),
    ],
)  # fmt: skip
def test_large_front_matter_is_a_problem(text: str, code: str) -> None:
    """Neither depth nor size ends the process or takes long; a problem says what is too much."""
    found, problems = read(text)
    assert found is None
    assert code in {p.code for p in problems}


# ------------------------------------------------------------------ properties


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda data: b"---\n" + data + b"\n---\n")))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a draft or problems, never an exception; no draft exactly where there is an error."""
    found, problems = read(data)
    assert (found is None) == has_errors(problems)


LINES = st.lists(
    st.tuples(
        st.sampled_from([*fields.CHECKS, "date", "author", "categories", "x", "<<", "?", "Published", "status"]),
        st.text(alphabet="ab1-:.,[]{}\"'#&*!|>%@`~ \n\t\\é\u2028\x85", max_size=25),
    ).map(": ".join),
    max_size=5,
).map("\n".join)


@given(st.sampled_from(["---", "+++", ""]), LINES, st.sampled_from([ARTICLE, PAGE, "content/articles/!.md"]))
def test_any_front_matter(fence: str, lines: str, path: str) -> None:
    """No value of any key raises; every error has a help, and its place is in the file."""
    text = f"{fence}\n{lines}\n{fence}\nbody\n"
    found, problems = read(text, path)
    assert (found is None) == has_errors(problems)
    assert all(p.hint and p.line <= text.count("\n") + 1 for p in problems), problems


CARRIED = st.text(max_size=80).filter(lambda text: not FORBIDDEN.search(text))


@given(CARRIED.filter(lambda text: text.split() != []))
def test_any_title_and_tag_survive(text: str) -> None:
    """Any text that XML can carry is the title and a tag as it was written, but for spaces at its edges."""
    spelt = "".join(c if ord(c) > 0xFFFF else f"\\u{ord(c):04x}" for c in text)
    found, problems = read(f'---\ntitle: "{spelt}"\ndate: 2024-01-01\ntags: ["x {spelt}"]\n---\n')
    assert {p.code for p in problems} <= {"bidi-control", "mixed-scripts"}
    assert found is not None
    assert found.meta.title == " ".join(text.split())


# ------------------------------------------------------------------ what looks like something else


@pytest.mark.parametrize("word", ["pаypal", "Cбербанк", "Αlpha", "Tοyota"])
@pytest.mark.parametrize("key", ["title: {}", "tags: [{}]", "authors: [{}]", "summary: About {} and more."])
def test_a_word_of_two_alphabets_is_told(word: str, key: str) -> None:
    """Cyrillic and Greek letters in a Latin word, and the other way."""
    line = key.format(word)
    title = "" if line.startswith("title") else "title: T\n"
    found, problems = read(f"---\n{title}date: 2026-01-01\n{line}\n---\n")
    assert found is not None
    assert [(p.code, p.severity) for p in problems] == [("mixed-scripts", "warning")]


@pytest.mark.parametrize(
    "text", ["IT-компания", "5 µm", "TNFα", "Москва and Kyiv", "ΔT", "naïve", "iPhone-ом", "日本 Tokyo"]
)
def test_two_alphabets_side_by_side_are_no_trick(text: str) -> None:
    """Units, formulas, and words of two languages."""
    found, problems = read(f"---\ntitle: {text}\ndate: 2026-01-01\n---\n{text}\n")
    assert found is not None
    assert problems == ()


def test_a_direction_that_is_turned_and_not_turned_back_is_told_with_its_place() -> None:
    """In the front matter and in the text; a name quoted between two marks is fine."""
    text = "---\ntitle: Safe \u202egpj.exe\ndate: 2026-01-01\n---\nA \u2067\u05e9\u05dd\u2069 b\n\nC \u202d d\n"
    found, problems = read(text)
    assert found is not None
    assert [(p.code, p.line, p.column, p.severity) for p in problems] == [
        ("bidi-control", 2, 8, "warning"),
        ("bidi-control", 7, 3, "warning"),
    ]


@pytest.mark.parametrize("mark", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))])
def test_each_mark_that_turns_a_direction_is_told(mark: str) -> None:
    """Of all others none is."""
    for character in (mark, "\u2014", "\u2029", "\u202f", "\u2065", "\u206a"):
        _, problems = read(f"---\ntitle: Safe\ndate: 2026-01-01\n---\nA {character} b\n")
        assert [p.code for p in problems] == (["bidi-control"] if character == mark else [])


@pytest.mark.parametrize("alias", ["/prn/", "/a/Com1.txt", "/end./", "/tr. /"])
def test_an_alias_is_a_path_that_windows_knows_too(alias: str) -> None:
    """A site may be built, or unpacked, there."""
    found, problems = read(f"---\ntitle: T\ndate: 2026-01-01\naliases: ['{alias}']\n---\n")
    assert found is None
    assert [p.code for p in problems] == ["alias-invalid"]
