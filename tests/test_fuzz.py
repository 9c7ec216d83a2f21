"""Bad input of every kind: seeds of each format, cut up, doubled and mixed with what parsers trip over.

Each room has one law: it answers with a value or with problems, in bounded time, and never with an exception.
`TAGWIRE_FUZZ=20000` sets how many cases each test tries; the default is for every day.
"""

# ruff: noqa: E501 - a seed is a text, broken where it means something

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lint_cases import GOOD
from tagwire import article, config, feedread, intake, lint, names, prose, web
from tagwire.characters import FORBIDDEN
from tagwire.intake.found import Asked, Converted
from tagwire.model import Config, Draft, Meta
from tagwire.plan.routes import Routes
from tagwire.problems import Stopped, has_errors, show
from tagwire.web.address import checked
from test_export_formats import ATOM, JSON_FEED, RSS
from vectors import LINKS, TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = int(os.environ.get("TAGWIRE_FUZZ", "40"))
SLOWEST = 10.0
"""Seconds of processor time that one case may take, imports included; cases have a few kilobytes."""

_HUNT = (Phase.explicit, Phase.generate)
"""A long run looks for the next finding instead of the smallest spelling of this one."""


def cases(times: int = 1) -> settings:
    """How much is tried: `times` is for rooms that answer within a millisecond or two."""
    phases = _HUNT if CASES > 100 else tuple(Phase)
    every = list(HealthCheck)
    return settings(max_examples=CASES * times, deadline=None, suppress_health_check=every, phases=phases)


fuzz = cases()

_TOKENS = (
    *("<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "&#x0;", "&#1;", "&lt;", "%00", "\x00", "\x0b", "\ufeff", "\u202e"),
    *("\ud7ff", "\ue000", "\ufffe", "\U0010ffff", "é", "e\u0301", "שלום", "日本", "👩‍👩‍👧", "\r", "\r\n", "\u2028", "\x85", "\t", "    "),
    *("---\n", "+++\n", "***", "```", "~~~", "`", "[", "](", "![", "[^1]", "[^1]: x", "|", "\n|-|-|\n", "*[x]: y", "{#a}", "$$"),
    *("{{", "}}", "{%", "%}", "&a *a", "!!python/object:os.system", "<<: *a", "0x", "1e999", "9" * 60, "-", ":", "\\", '"', "'"),
    *("<table>", "</table>", "<p", "<pre>", "</div>", "<svg>", "<math>", "<style>", "<base href=x>", "<!DOCTYPE x [", "<?xml"),
    *("1970-01-01", "0000-00-00", "9999-12-31T23:59:60Z", "Thu, 32 Foo 2026", "\n\n\n", " " * 200, "a" * 300, "/../" * 9, "CON", "."),
)  # fmt: skip

MARKUP = st.sampled_from([*_TOKENS, *TAGS, *LINKS])
_EDITS = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.integers(0, 80), st.one_of(MARKUP, st.text(max_size=8)), st.integers(1, 3)),
    max_size=8,
)


def mutate(seed: str, edits: list[tuple[int, int, str, int]]) -> str:
    """A text with pieces cut out, put in and repeated."""
    for at, length, filling, times in edits:
        start = at % (len(seed) + 1)
        seed = seed[:start] + filling * times + seed[start + length :]
    return seed


def mutated(seeds: list[str]) -> st.SearchStrategy[str]:
    """One of these, with some edits."""
    return st.builds(mutate, st.sampled_from(seeds), _EDITS)


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Bytes of a text in some encoding, or damaged."""
    codecs = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1255", "shift_jis", "koi8-r", "gb18030"])
    return st.one_of(
        texts.map(lambda text: text.encode(errors="replace")),
        st.builds(lambda text, codec: text.encode(codec, errors="replace"), texts, codecs),
        st.builds(lambda text, at: text.encode(errors="replace")[at:], texts, st.integers(0, 40)),
        st.binary(max_size=400),
    )


def within(limit: float, call: Callable[[], Any]) -> Any:
    """What the call gives, if it comes in time."""
    began = time.process_time()
    given_back = call()
    assert time.process_time() - began < limit
    return given_back


# ------------------------------------------------------------------ front matter and settings

_HEADS = [
    (
        "---\nid: urn:x:1\ntitle: A\npublished: 2026-01-01T09:00:00+01:00\nupdated: 2026-01-02\nauthors: [Jane Roe]\n"
        "tags: [a, b]\nsummary: S\nslug: a\nlang: he\ndraft: false\nfeed: true\nexpires: 2030-01-01\naliases: [/old/]\n"
        "canonical: https://e.example/x\nimage: lead.jpg\nseries: S\n"
        "corrections: [{date: 2026-01-03, note: N}]\nretracted: {date: 2026-01-04, note: W}\n"
        "source: {path: sources/a.txt, sha256: 00, converted: 00, cut: [{lines: 1-2, rule: r, sha256: 00}]}\n"
        "extra: {a: [1, {b: null}]}\n---\nText\n"
    ),
    '+++\ntitle = "A"\ndate = 2026-01-01T09:00:00Z\ntags = ["a"]\n[extra]\na = 1\n[[corrections]]\ndate = 2026-01-03\n+++\nT\n',
    "---\ntitle: A\ndate: 2026-01-01 09:00\nlastmod: x\nauthor: Jane\ndescription: D\ncategories: a, b\nguid: 5\n---\n# T\n",
]


@cases(5)
@given(encoded(mutated(_HEADS)), st.sampled_from(["content/articles/a.md", "content/pages/a/index.md"]))
def test_front_matter(data: bytes, path: str) -> None:
    """A draft, or problems that can be shown; never both an error and a draft."""
    found, problems = within(SLOWEST, lambda: article.read(path, data, Config("T")))
    assert (found is None) == has_errors(problems)
    assert all(show(problem, colour=False) for problem in problems)


_SETTINGS = [
    (
        'title = "T"\nurl = "https://news.example/a/"\nauthor = "E"\nlang = "he"\ntimezone = "Asia/Jerusalem"\nper_page = 5\n'
        'permalink = "{year}/{slug}/"\nmenu = [{name = "A", url = "/a/"}]\nhub = "https://hub.example/"\n'
        '[authors.jane]\nname = "Jane"\nemail = "j@x.example"\n[tags]\nvocabulary = ["A"]\naliases = {a = "B"}\nignore = ["c"]\n'
        '[views.v]\nall = ["a"]\nany = []\nnone = ["b"]\nauthors = []\ntitle = "V"\n'
    )
]


@cases(5)
@given(mutated(_SETTINGS))
def test_settings(text: str) -> None:
    """Settings, or problems."""
    found, problems = within(SLOWEST, lambda: config.read(text, "tagwire.toml", (), {}))
    assert (found is None) == has_errors(problems)


# ------------------------------------------------------------------ Markdown

_TEXTS = [
    ('# Title\n\nA *text* with **marks**, `code`, [a link](https://e.example "t") and a note[^1].\n\n[^1]: Note.\n\n'
    "> Quote\n> > deeper\n\n- a\n    - b\n\n1. c\n2. d\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n"
    'term\n:   definition\n\n<figure><img src="a.png" alt="x"><figcaption>c</figcaption></figure>\n\n*[HTML]: H\n'),
    '<!-- more -->\n\n<div markdown="1">\n*a*\n</div>\n\n![a](b.png){.c #d}\n\n$x^2$ and $$\ny\n$$\n\n~~s~~ https://e.example\n',
]  # fmt: skip


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@fuzz
@given(text=mutated(_TEXTS))
def test_markdown(engine: str, text: str) -> None:
    """HTML with nothing in it that runs and nothing that a feed can't carry, or a problem."""
    if FORBIDDEN.search(text):
        return  # `article` has refused it
    draft = Draft(Meta("content/pages/a.md", "a/", "A", "", "en", False, False, "", (), "", (), "{}", ()), text, 1)
    try:
        body = within(SLOWEST, lambda: prose.render(draft, trusted=False, engine=engine))
    except Stopped:
        return  # which has a problem, or could not be made
    for markup in (body.page, body.reader):
        whole = markup.filled(markup.links)
        assert not FORBIDDEN.search(whole)
        assert not any(tag in whole.lower() for tag in ("<script", "<iframe", "<style", "<object", "<base", "<form"))


# ------------------------------------------------------------------ raw articles

_PROSE = "The harbour of Velmar was closed on Monday after a cable had been found across its mouth, it said. " * 3
_SOURCES = [
    f"PORT CLOSED\n\nBy Jane Roe\nVELMAR, March 3 (Quay) - {_PROSE}\n\n{_PROSE}\n\n* a\n* b\n\nSupport us today!\n",
    "Subject: A\nFrom: j@x.example\nDate: Tue, 03 Mar 2026 09:00:00 +0000\n\n" + _PROSE,
    (f"<!doctype html><html lang=en><head><title>A</title><meta charset=utf-8><meta property='article:published_time' "
    f"content='2026-01-01'><script type='application/ld+json'>{{\"@type\":\"Article\",\"headline\":\"A\"}}</script></head>"
    f"<body><article><h1>A</h1><p>{_PROSE}<p>{_PROSE}<ul><li>a<ul><li>b</ul></ul><table><tr><td>1<td>2</table>"
    f"<pre><code class='language-c'>x</code></pre><blockquote>{_PROSE}</blockquote><img src=a.png></article></body></html>"),
    "*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nCHAPTER I\n\n" + _PROSE + "\n\n*** END OF THE PROJECT",
]  # fmt: skip
ASKED = Asked(site="https://news.example/", modified=datetime(2026, 3, 1, 12, tzinfo=UTC))


@fuzz
@given(encoded(mutated(_SOURCES)), st.sampled_from(["sources/a.txt", "sources/a.html", "sources/a"]))
def test_intake(data: bytes, path: str) -> None:
    """An article that `article.read` takes without an error, or why there is none."""
    made = within(SLOWEST, lambda: intake.convert(data, path, ASKED))
    if isinstance(made, Converted):
        found, problems = article.read("content/articles/a.md", made.text.encode(), Config("T"))
        assert found, [show(problem, colour=False) for problem in problems]
    else:
        assert made.problems
        assert all(problem.code != "reader-stumbled" for problem in made.problems), made.problems


# ------------------------------------------------------------------ feeds of others, addresses


@fuzz
@given(encoded(mutated([*GOOD.values()])))
def test_lint(data: bytes) -> None:
    """Problems or none."""
    problems, _ = within(SLOWEST, lambda: lint.read(data, "feed.xml", now=datetime(2026, 3, 5, tzinfo=UTC)))
    assert all(show(problem, colour=False) for problem in problems)


@cases(10)
@given(mutated(["../other.md#x", "/a/b/?q=1#f", "https://e.example/a b", "pic.png", *LINKS]))
def test_addresses(link: str) -> None:
    """Whatever a link says, it leads elsewhere or to a place below the site's root."""
    meta = Meta("content/articles/a/b.md", "articles/b/", "A", "", "en", False, False, "", (), "", (), "{}", ())
    found = Routes(Config("T"), {}).target(link, meta)
    if found:
        assert ".." not in found[0].split("/")
        assert not found[0].startswith("/")
    assert ".." not in names.slug(link)


_URLS = [
    "https://news.example/a%20b?q=1#f",
    "http://[2001:db8::1]:8080/",
    "https://bücher.example/ü",
    "http://1.2.3.4",
    *LINKS,
]


@cases(10)
@given(mutated(_URLS))
def test_urls_of_the_web(url: str) -> None:
    """One that may be asked is plain ASCII and names a host, and is the same when it is looked at again; or it is refused."""
    try:
        parts = checked(url)
    except web.Refused:
        return
    whole = parts.geturl()
    assert whole.isascii()
    assert whole.startswith(("http://", "https://"))
    assert not any(character <= " " for character in whole)
    assert checked(whole).geturl() == whole


@fuzz
@given(encoded(mutated([*GOOD.values(), RSS, ATOM, json.dumps(JSON_FEED)])))
def test_feeds_of_others(data: bytes) -> None:
    """A feed, with entries that have an id each, or none."""
    found = within(SLOWEST, lambda: feedread.read(data, "https://x.example/feed"))
    for entry in found.entries if found else ():
        assert not entry.published or datetime.fromisoformat(entry.published).tzinfo
    within(SLOWEST, lambda: feedread.alternates(data, "https://x.example/"))
