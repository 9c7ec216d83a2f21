"""Settings: a TOML table becomes a complete, checked `Config`, or problems with their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import config
from tagwire.model import Config, Person
from tagwire.problems import Problem

FULL = """
title = " The Example "
url = "https://news.example/sub"
author = "Jane Roe"
description = "All the news"
lang = "pt-BR"
timezone = "Europe/Berlin"
authority = "news.example,2020"
menu = [{ name = "About", url = "/about/" }]
permalink = "/{year}/{month}/{slug}/"
per_page = 5
per_feed = 7
links = "index"
trusted = true
icon = "/icon.png"
logo = "https://cdn.example/logo.png"
copyright = "CC BY"
hub = "https://hub.example/"
formats = ["json", "atom"]
history = false
leave_out = ["related", "dates", "related"]
host = "nginx"
precompress = ["br", "gzip"]
publish = { to = "rclone:cloud:bucket/news" }

[authors.jane-roe]
name = "Jane Roe"
email = "jane@news.example"
url = "https://jane.example/"
bio = "Writes."

[tags]
vocabulary = ["Iran", "AI"]
aliases = { "U.S." = "United States" }
ignore = ["News"]
"""


def problem(text: str, path: str = "tagwire.toml", section: tuple[str, ...] = ()) -> Problem:
    """The one problem of settings that have one."""
    found, problems = config.read(text, path, section)
    assert found is None
    assert len(problems) == 1
    return problems[0]


def test_everything_but_the_title_has_a_default() -> None:
    """A title is enough."""
    assert (Config("X"), ()) == config.read('title = "X"', "tagwire.toml")


def test_every_setting() -> None:
    """Each setting reaches the value, in normal form."""
    expected = Config(
        title="The Example",
        url="https://news.example/sub/",
        author="Jane Roe",
        description="All the news",
        lang="pt-BR",
        timezone="Europe/Berlin",
        authority="news.example,2020",
        authors=(Person("jane-roe", "Jane Roe", "jane@news.example", "https://jane.example/", "Writes."),),
        menu=(("About", "/about/"),),
        permalink="{year}/{month}/{slug}/",
        per_page=5,
        per_feed=7,
        links="index",
        trusted=True,
        icon="icon.png",
        logo="https://cdn.example/logo.png",
        copyright="CC BY",
        hub="https://hub.example/",
        formats=("atom", "json"),
        history=False,
        leave_out=("dates", "related"),
        vocabulary=("Iran", "AI"),
        aliases=(("u-s", "United States"),),
        ignore=("news",),
        host="nginx",
        precompress=("gzip", "br"),
        to="rclone:cloud:bucket/news",
    )
    assert (expected, ()) == config.read(FULL, "tagwire.toml")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[project]\nname = "x"\n[tool.tagwire]\ntitle = "X"\n', id="table"),
        pytest.param('[tool]\ntagwire = { title = "X" }\n', id="inline"),
        pytest.param('tool.tagwire.title = "X"\n', id="dotted"),
        pytest.param('\ufeff[tool.tagwire]\ntitle = "X"\n', id="byte-order-mark"),
        pytest.param('[tool.tagwire]\r\ntitle = "X"\r\n', id="crlf"),
    ],
)
def test_a_section_of_pyproject(text: str) -> None:
    """Only the section's own table is read."""
    assert (Config("X"), ()) == config.read(text, "pyproject.toml", ("tool", "tagwire"))


def test_the_command_line_goes_first() -> None:
    """What was given on the command line stands for what the file says."""
    found, _ = config.read('title = "X"\nurl = "https://a.test/"', "tagwire.toml", given={"url": "https://b.test"})
    assert Config("X", url="https://b.test/") == found


def test_a_bad_value_of_the_command_line_is_blamed_there() -> None:
    """The file's own good line isn't blamed for what was typed."""
    _, problems = config.read('title = "X"\nurl = "https://a.test/"', "tagwire.toml", given={"url": "b.test"})
    assert [(p.path, p.line, p.code) for p in problems] == [("-", 0, "setting-invalid")]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        pytest.param('titel = "x"', "unknown setting `titel`", "did you mean `title`?", id="near-miss"),
        pytest.param('baseURL = "x"', "unknown setting `baseURL`", "did you mean `url`?", id="hugo-base-url"),
        pytest.param('base_url = "x"', "unknown setting `base_url`", "did you mean `url`?", id="zola-base-url"),
        pytest.param('SITEURL = "x"', "unknown setting `SITEURL`", "did you mean `url`?", id="pelican-siteurl"),
        pytest.param('languageCode = "x"', "unknown setting `languageCode`", "did you mean `lang`?", id="hugo-lang"),
        pytest.param("url = 3", "`url` is not an absolute URL: 3", "write", id="url-number"),
        pytest.param('url = "example.org"', '`url` is not an absolute URL: "example.org"', "write", id="url-bare"),
        pytest.param('url = "https://e.org/?a"', "`url` is not an absolute URL", "write", id="url-query"),
        pytest.param('url = "https://[e.org/"', "`url` is not an absolute URL", "write", id="url-bracket"),
        pytest.param('url = "https://e.org:port/"', "`url` is not an absolute URL", "write", id="url-port"),
        pytest.param('url = "https://e .org/"', "`url` is not an absolute URL", "write", id="url-space"),
        pytest.param('lang = "english!"', '`lang` is not a language tag: "english!"', "write", id="lang"),
        pytest.param('timezone = "Mars/X"', '`timezone` is not a time zone: "Mars/X"', "write", id="timezone"),
        pytest.param('timezone = "/etc/passwd"', "`timezone` is not a time zone", "write", id="timezone-path"),
        pytest.param('timezone = "Europe"', "`timezone` is not a time zone", "write", id="timezone-folder"),
        pytest.param('timezone = "a\\u0000b"', "`timezone` has a bad character", "delete", id="timezone-nul"),
        pytest.param('authority = "x"', '`authority` is not a tagging authority: "x"', "write", id="authority"),
        pytest.param('permalink = "{title}/"', "`permalink` is not a pattern", "write", id="permalink-unknown"),
        pytest.param('permalink = "a/{slug}"', "`permalink` is not a pattern", "write", id="permalink-no-slash"),
        pytest.param('permalink = "../{slug}/"', "`permalink` is not a pattern", "write", id="permalink-climbs"),
        pytest.param('permalink = "{slug}{/"', "`permalink` is not a pattern", "write", id="permalink-brace"),
        pytest.param('permalink = "a}/{slug}/"', "`permalink` is not a pattern", "write", id="permalink-closing"),
        pytest.param("permalink = []", "`permalink` is not a text", "write", id="permalink-list"),
        pytest.param("per_page = 0", "`per_page` is not a whole number from 1 to 1000: 0", "write", id="count-zero"),
        pytest.param("per_feed = true", "`per_feed` is not a whole number", "write", id="count-flag"),
        pytest.param('per_feed = "20"', "`per_feed` is not a whole number", "write", id="count-text"),
        pytest.param('formats = "atom"', "`formats` is not a list of formats", "write", id="formats-text"),
        pytest.param("formats = []", "`formats` is not a list of formats", "write", id="formats-none"),
        pytest.param('formats = ["opml"]', "`formats` is not a list of formats", "write", id="formats-other"),
        pytest.param('trusted = "yes"', '`trusted` is neither true nor false: "yes"', "write", id="flag"),
        pytest.param('host = "git-hub"', '`host` is not known: "git-hub"', "known hosts", id="host"),
        pytest.param('host = "ngnix"', '`host` is not known: "ngnix"', "did you mean `nginx`?", id="host-near-miss"),
        pytest.param('precompress = "gzip"', "`precompress` is not a list of kinds", "write", id="precompress"),
        pytest.param('precompress = ["zstd"]', "`precompress` is not a list of kinds", "write", id="precompress-kind"),
        pytest.param('publish = "www"', "`publish` is not a table", "write", id="publish"),
        pytest.param('publish.too = "www"', "an unknown key `too`", "did you mean `to`?", id="publish-key"),
        pytest.param("publish.to = 1", "a `to` that is not a text", "write a folder", id="publish-number"),
        pytest.param('publish.to = "git:"', "a `to` that names no branch", "write a folder", id="publish-branch"),
        pytest.param(
            'publish.to = "git:--force"', "a `to` that names no branch", "write a folder", id="publish-option"
        ),
        pytest.param(
            'publish.to = "git:--x#b"', "a `to` that names no branch", "write a folder", id="publish-git-option"
        ),
        pytest.param('publish.to = "rclone:x"', "names no remote of rclone", "write a folder", id="publish-remote"),
        pytest.param(
            'publish.to = "rclone:-P:x"', "names no remote of rclone", "write a folder", id="publish-rclone-option"
        ),
        pytest.param('publish.to = "s3://bucket"', "is an address", "write a folder", id="publish-address"),
        pytest.param('links = "ugly"', '`links` is not known: "ugly"', "write", id="links"),
        pytest.param("links = []", "`links` is not known: []", "write", id="links-list"),
        pytest.param('menu = ["About"]', '`menu` has an entry that is not understood: "About"', "write", id="menu"),
        pytest.param(
            'menu = { name = "x", url = "javascript:alert(1)" }', "`menu` leads to no page", "write", id="menu-script"
        ),
        pytest.param('icon = "javascript:alert(1)"', "`icon` is neither a path nor a URL", "write", id="icon-script"),
        pytest.param(
            'authors = { jane = { name = "J", url = "javascript:x" } }', "a bad `url` for", "write", id="author-url"
        ),
        pytest.param('authors = { jane = { name = "J", email = "x" } }', "a bad `email`", "write", id="author-email"),
        pytest.param("authors = 3", "`authors` is not a table", "write", id="authors"),
        pytest.param("[authors.jane]", '`authors` has no `name` for "jane"', "below", id="author-without-name"),
        pytest.param('[authors."!"]\nname = "J"', 'a name without letters: "!"', "write", id="author-slug"),
        pytest.param('tags = ["a"]', "`tags` is not a table", "write", id="tags"),
        pytest.param('tags.vocabulary = "a"', "`vocabulary` that is not a list", "write", id="vocabulary"),
        pytest.param('tags.ignore = ["!"]', "`ignore` that is not a list", "write", id="ignore"),
        pytest.param("tags.alias = {}", "unknown key `alias`", "did you mean `aliases`?", id="tags-key"),
        pytest.param('tags.aliases = ["a"]', "`aliases` that are not", "write", id="aliases"),
        pytest.param('tags.aliases = { "!" = "a" }', "`aliases` that are not", "write", id="aliases-slug"),
        pytest.param('engine = "comrak"', "`engine` is not known", "write", id="engine"),
        pytest.param('archives = "tags"', "`archives` is not a list of kinds of topics", "write", id="archives"),
        pytest.param('views = ["a"]', "`views` is not a table of tables", "write", id="views"),
        pytest.param('[views.x]\ntag = ["a"]', "an unknown key `tag` in", "it has:", id="view-key"),
        pytest.param("[views.x]\ntitle = 5", "a view without a good name or title", "write", id="view-title"),
        pytest.param('[views."!"]\nall = ["a"]', "a view without a good name or title", "write", id="view-name"),
        pytest.param('podcast = "yes"', '`podcast` is not a table: "yes"', "write", id="podcast"),
        pytest.param(f"per_page = 0x{'f' * 4000}", "a number of many digits", "write", id="count-huge"),
        pytest.param('theme = "dark"', "unknown setting", "templates of your own go into", id="of-others"),
        pytest.param('BASEURL = "x"', "unknown setting", "did you mean `url`?", id="called-otherwise"),
        pytest.param('description = "a\\u0001b"', "U+0001", "delete", id="forbidden-character"),
    ],
)
def test_a_bad_setting(line: str, message: str, hint: str) -> None:
    """A bad setting is named with its line, what was found, and what to write."""
    found = problem(f'title = "X"\n{line}\n')
    assert (found.line, message in found.message, found.hint.startswith(hint)) == (2, True, True), found
    assert line.partition("\n")[0] == found.excerpt


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param('title = "X"\nurl = \n', 2, 7, id="no-value"),
        pytest.param('title = "X"\ntitle = "Y"\n', 2, 12, id="twice"),
        pytest.param('title = "X', 1, 11, id="open-string"),
        pytest.param('title = "X"\na = "\x0b"', 2, 6, id="control"),
    ],
)
def test_broken_toml_has_its_place(text: str, line: int, column: int) -> None:
    """Where TOML breaks is where the problem points, with the owner's line and a help."""
    found = problem(text)
    assert ("toml-invalid", line, column) == (found.code, found.line, found.column)
    assert found.hint
    assert text.split("\n")[line - 1] == found.excerpt


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        pytest.param(
            'a.url = 1\n"title" = "X"\nurl = 1\n', (), [("setting-unknown", 1), ("setting-invalid", 3)], id="dotted"
        ),
        pytest.param(
            'url = 1\n[tool.tagwire]\ntitle = "X"\nurl = 1\n[z]\nurl = 1\n',
            ("tool", "tagwire"),
            [("setting-invalid", 4)],
            id="the-right-table",
        ),
        pytest.param(
            '[tool.tagwire] # our site\ntitle = "X"\nurl = 1\n',
            ("tool", "tagwire"),
            [("setting-invalid", 3)],
            id="note",
        ),
        pytest.param(
            '[ tool . tagwire ]\ntitle = "X"\nurl = 1\n', ("tool", "tagwire"), [("setting-invalid", 3)], id="spaced"
        ),
        pytest.param('title = """\nurl = 1\n"""\nlang = 1\n', (), [("setting-invalid", 4)], id="text-of-many-lines"),
        pytest.param(
            'title = "X"\nmenu = [\n  { name = "a" },\n]\n', (), [("setting-invalid", 2)], id="value-of-many-lines"
        ),
        pytest.param(
            'title = "X"\n[authors.jane]\nname = "J"\nmail = "x"\n', (), [("setting-invalid", 4)], id="author-key"
        ),
        pytest.param("'title' = 'X'\n'lang' = 1\n", (), [("setting-invalid", 2)], id="single-quotes"),
    ],
)
def test_the_line_of_a_setting(text: str, section: tuple[str, ...], expected: list[tuple[str, int]]) -> None:
    """A problem stands on the line of its own setting, however the table is spelt."""
    _, problems = config.read(text, "x.toml", section)
    assert expected == [(p.code, p.line) for p in problems]


def test_all_problems_at_once() -> None:
    """Every bad setting is told, not the first alone."""
    _, problems = config.read('titel = "X"\nurl = 1\nlang = "!"\n', "tagwire.toml")
    assert [p.line for p in problems if p.line] == [1, 2, 3]


@pytest.mark.parametrize(
    ("path", "section", "hint"),
    [
        pytest.param("tagwire.toml", (), 'add `title = "…"` to tagwire.toml', id="tagwire"),
        pytest.param("pyproject.toml", ("tool", "tagwire"), 'add `title = "…"` to [tool.tagwire]', id="pyproject"),
    ],
)
def test_a_missing_title(path: str, section: tuple[str, ...], hint: str) -> None:
    """Without a title there is no site, and the help says where it goes."""
    assert Problem(path, 0, 0, "setting-missing", "the site has no `title`", hint) == problem("", path, section)


def test_missing_url_is_a_warning() -> None:
    """A site without an address builds, and says what stands for it."""
    (found,) = config.missing_url(Config("X"), "tagwire.toml")
    assert (found.severity, found.code) == ("warning", "url-missing")
    assert config.missing_url(Config("X", url="https://a.test/"), "tagwire.toml") == ()


def test_deep_toml_is_a_problem() -> None:
    """Brackets without end neither raise nor end the process."""
    assert problem(f"title = {'[' * 100_000}").code == "toml-invalid"


KEYS = st.sampled_from(["title", "url", "lang", "menu", "authors", "tags", "permalink", "timezone", "nope", "a.b"])
VALUES = st.recursive(
    st.one_of(
        st.text(max_size=8).map(lambda text: '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'),
        st.sampled_from(["1", "-0.5", "true", "nan", "1979-05-27", "07:32:00", "'x'", "{slug}", '"https://[a"']),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda item: f"{{ name = {item} }}"),
        inner.map(lambda item: f"{{ vocabulary = {item}, aliases = {{ x = {item} }} }}"),
    ),
    max_leaves=4,
)


@given(st.lists(st.tuples(KEYS, VALUES).map(" = ".join), max_size=4).map("\n".join))
def test_any_table_gives_settings_or_problems(text: str) -> None:
    """No value of any type raises; there are settings exactly where there are no problems."""
    found, problems = config.read(text, "tagwire.toml")
    assert (found is None) == bool(problems)


@given(st.text(alphabet="ab=[]{}\".,#\n\r\t\\'\x00é1", max_size=60))
def test_any_text_gives_settings_or_problems(text: str) -> None:
    """No text raises."""
    found, problems = config.read(text, "tagwire.toml")
    assert (found is None) == bool(problems)
