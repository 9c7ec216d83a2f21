"""Prose: Markdown becomes HTML, once for pages and once for feed readers."""

from __future__ import annotations

import concurrent.futures
import html as entities
import re
import sys
from pathlib import Path

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as trees
from markdown import Markdown

from tagwire import article, prose
from tagwire.characters import FORBIDDEN
from tagwire.model import Body, Config, Draft, Markup, Meta
from tagwire.problems import Stopped
from tagwire.prose import links, pythonmarkdown, sanitise
from tagwire.prose.sieve import Sieve

FIXTURE = Path(__file__).parent / "fixtures" / "prose.md"
META = Meta("content/pages/a.md", "a/", "A", "", "en", False, False, "", (), "", (), "{}", ())


def body(markdown: str, *, trusted: bool = False, line: int = 1) -> Body:
    """A rendered text."""
    return prose.render(Draft(META, markdown, line), trusted=trusted)


def whole(markup: Markup) -> str:
    """HTML with its own links put back."""
    return markup.filled(markup.links)


def page(markdown: str, *, trusted: bool = False) -> str:
    """A rendered text as pages show it."""
    return whole(body(markdown, trusted=trusted).page)


# ------------------------------------------------------------------ the fixture file

_CASE = re.compile(r"^(?P<title>[^\n.][^\n]*)\n\.\n(?P<given>.*?)^\.\n(?P<expected>.*?)^\.$", re.MULTILINE | re.DOTALL)


def cases() -> list[tuple[str, str, str]]:
    """(title, Markdown, HTML) of each case."""
    return [(case["title"], case["given"], case["expected"]) for case in _CASE.finditer(FIXTURE.read_text("utf-8"))]


def rendered(title: str, given: str) -> str:
    """What a case gives; its title says whether in a feed, and whether the article is trusted."""
    made = body(given, trusted="trusted)" in title)
    return whole(made.reader if "(reader" in title else made.page).strip() + "\n"


@pytest.mark.parametrize(("title", "given", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_fixture(title: str, given: str, expected: str) -> None:
    """Each case of fixtures/prose.md gives the HTML that stands there."""
    assert expected == rendered(title, given)


def test_the_fixture_is_rewritten_by_hand_only(request: pytest.FixtureRequest) -> None:
    """With `--update` the file takes what is rendered now; every other time it has all its cases."""
    text = FIXTURE.read_text("utf-8")
    if request.config.getoption("--update"):
        FIXTURE.write_text(_CASE.sub(_updated, text), "utf-8")
    assert 3 * len(cases()) == sum(line == "." for line in text.splitlines())


def _updated(case: re.Match[str]) -> str:
    return f"{case['title']}\n.\n{case['given']}.\n{rendered(case['title'], case['given'])}."


@pytest.mark.parametrize(("title", "given", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_no_text_leaves_a_trace_in_the_next(title: str, given: str, expected: str) -> None:
    """Rendering A, then B gives what B alone does: footnotes, references and abbreviations of A are forgotten."""
    body("[^1]: A\n[^note]: N\n\n[x]: /x\n\n*[HTML]: H\n*[Text]: T\n\n# Same\n\n# Intro\n\nA[^1] [x] HTML")
    assert expected == rendered(title, given)


def test_a_text_that_was_refused_leaves_no_trace() -> None:
    """After a text that is too deep the next one is rendered as if nothing had been."""
    with pytest.raises(Stopped):
        body("1. " * 3000)
    assert page("a") == "<p>a</p>"
    assert page("- a") == "<ul>\n<li>a</li>\n</ul>"


# ------------------------------------------------------------------ two renderings

TAGS = st.sampled_from(
    "a abbr audio b blockquote code col del div embed figure form h2 hr iframe img li math object ol p picture pre q "
    "script source style svg table td template textarea title tr track u ul video x-y".split()
)
VALUES = st.sampled_from(
    [
        "",
        "x",
        "a.png 1x, b.png 2x",
        "javascript:a()",
        "data:,x",
        "https://a.example/?b=1&amp;c",
        "&quot;>",
        "a>b",
        "é",
        "&#1;",
    ]
)
ATTRIBUTES = st.sampled_from(
    "href src srcset SRCSET cite CITE class id alt loading onclick poster controls datetime lang dir width".split()
)


def element(tag: str, attributes: list[tuple[str, str]], inner: list[str], closed: bool) -> str:
    """An element that may lack its end."""
    given = "".join(f' {name}="{value}"' for name, value in attributes)
    return f"<{tag}{given}>{''.join(inner)}" + (f"</{tag}>" if closed else "")


ELEMENTS = st.recursive(
    st.sampled_from(
        ["text", " ", "\n", "&lt;a href='x'&gt;", "<", ">", "&", "\x0b", "<!-- c -->", "</p>", "<p>", "</picture>"]
    ),
    lambda inner: st.builds(
        element,
        TAGS,
        st.lists(st.tuples(ATTRIBUTES, VALUES), max_size=4),
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=12,
)


@settings(max_examples=400)
@given(st.lists(ELEMENTS, max_size=4).map("".join))
@example("<a><p><object></p>")  # a paragraph within a paragraph
def test_readers_get_what_sanitising_for_them_would_give(text: str) -> None:
    """Taken from the page's markup, without parsing anew: the same but for the line's end of empty paragraphs."""
    tags = set(sanitise._BLOCKS | sanitise._INLINES | sanitise._SOUND) - {"track"}  # noqa: SLF001
    anew = nh3.clean(
        sanitise._frames_as_links(text),  # noqa: SLF001
        tags=tags,
        attributes=sanitise._COMMON,  # noqa: SLF001
        url_schemes=sanitise._SCHEMES,  # noqa: SLF001
        link_rel=None,
        attribute_filter=sanitise._without_strange_schemes,  # noqa: SLF001
    )
    expected = sanitise._IDLE_SOURCE.sub("", sanitise._without_empty(FORBIDDEN.sub("", anew)))  # noqa: SLF001
    made = sanitise.reader_from_page(sanitise.for_page(text))
    assert made.replace("\n", "") == expected.replace("\n", "")


@given(st.lists(st.sampled_from(["<p>", "</p>", "</p>\n", " ", "\n", "x", "<b>"]), max_size=14).map("".join))
def test_no_empty_paragraph_is_left(html: str) -> None:
    """However they stand in each other; the same as taking away the innermost ones until there are none."""
    expected = html
    while sanitise._EMPTY.search(expected):  # noqa: SLF001
        expected = sanitise._EMPTY.sub("", expected)  # noqa: SLF001
    assert re.sub(r"\s", "", sanitise._without_empty(html)) == re.sub(r"\s", "", expected)  # noqa: SLF001


def test_paragraphs_that_hold_only_empty_ones_are_gone() -> None:
    """From pages and from feeds, and quickly where somebody nests thousands."""
    page = sanitise.for_page("<a>" + "<p><object>" * 400)
    assert page == sanitise.reader_from_page(page) == "<a></a>"


# ------------------------------------------------------------------ the sieve

MARKS = st.sampled_from(
    ["a", "b c", " ", "  ", "    ", "\n", "\n\n", "  \n", "*", "**", "_", "__", "`", "``", "\\", "[", "]", "(", ")",
     "](", "]:", "!", "![", "[^1]", "[^1]: n", "*[a]: t", "[b c]: /u 't'", "<", ">", "<b>", "</b>", "<div>", "<http://a>",
     "<a@b.c>", "&amp;", "&", ";", "# ", "#", "> ", "- ", "1. ", "|", "|--|--|", ":", ": ", "---", "===", "~~~", "```",
     "{: #i .c }", "<!-- x -->", "<div markdown='1'>", "\t", "é", "\r", "\x02", "\x03", "[b c]", "{.c}"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(MARKS, max_size=40).map("".join))
def test_the_sieve_changes_nothing(text: str) -> None:
    """What is not tried could not have matched: HTML is what the library alone makes of the text."""
    stock = Markdown(extensions=["extra", "sane_lists"], output_format="html")
    sieved = Markdown(extensions=["extra", "sane_lists", Sieve()], output_format="html")
    assert sieved.convert(text) == stock.convert(text)


def test_the_dialect_begins_with_all_of_extra() -> None:
    """Named one by one, in the library's order: should it count in more, a new version shows itself here."""
    stock, named = Markdown(extensions=["extra", "sane_lists"]), Markdown(extensions=pythonmarkdown.extra())
    for kind in ("preprocessors", "inlinePatterns", "treeprocessors", "postprocessors"):
        assert list(map(type, getattr(named, kind))) == list(map(type, getattr(stock, kind)))
    assert list(map(type, named.parser.blockprocessors)) == list(map(type, stock.parser.blockprocessors))


# ------------------------------------------------------------------ links


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<a href="x.md">t</a>', ["x.md"], id="href"),
        pytest.param('<img src="a.png" alt="b">', ["a.png"], id="src"),
        pytest.param("<a class='x' HREF = 'y'>t</a>", ["y"], id="single-quotes-and-spaces"),
        pytest.param('<a\nhref="x"\n>', ["x"], id="line-ends"),
        pytest.param('<a href="">t</a>', [""], id="empty"),
        pytest.param('<video src="v" poster="p"><source src="s"><track src="t"></video>', ["v", "p", "s", "t"],
                     id="film"),
        pytest.param('<blockquote cite="c"><q cite="d">', ["c", "d"], id="cite"),
        pytest.param('<a href="x?a=1&amp;b=2&quot;">', ['x?a=1&b=2"'], id="entities"),
        pytest.param('<img srcset="a.png">', ["a.png"], id="srcset-one"),
        pytest.param('<img srcset="a.png 1x, b.png 2x">', ["a.png", "b.png"], id="srcset-two"),
        pytest.param('<img srcset="a.png, b.png 2x">', ["a.png", "b.png"], id="srcset-without-descriptor"),
        pytest.param('<img srcset=" a.png 100w,b.png 200w , ">', ["a.png", "b.png"], id="srcset-tight"),
        pytest.param('<img srcset="/w_1,h_2/a.png 1x, /w_2,h_4/a.png 2x">', ["/w_1,h_2/a.png", "/w_2,h_4/a.png"],
                     id="srcset-comma-in-url"),
        pytest.param('<img srcset="a.png x(1,2) 1x, b.png">', ["a.png", "b.png"], id="srcset-parentheses"),
        pytest.param('<img srcset="data:image/png,x 1x">', ["data:image/png,x"], id="srcset-data"),
        pytest.param('<img srcset=" , ">', [], id="srcset-empty"),
        pytest.param('<img srcset="a.png?x&amp;y 1x" src="a.png?x&amp;y">', ["a.png?x&y", "a.png?x&y"],
                     id="srcset-before-src"),
        pytest.param("href=\"x\" and src='y'", [], id="text-like-an-attribute"),
        pytest.param('&lt;a href="x"&gt;', [], id="escaped-tag"),
        pytest.param('<img alt="href=&quot;x&quot; src=y" title="a > b href=c">', [], id="attribute-in-attribute"),
        pytest.param('<a data-href="x" xhref="y">', [], id="other-attributes"),
        pytest.param('<!-- <a href="x"> --><a href="y">', ["y"], id="comment"),
        pytest.param('<script>"<a href=\\"x\\">"</script><a href="y">', ["y"], id="script"),
        pytest.param('<code>&lt;img src="x"&gt;</code>', [], id="code"),
        pytest.param('a < b href="x" > c', [], id="less-than"),
    ],
)  # fmt: skip
def test_links_are_taken_out(html: str, expected: list[str]) -> None:
    """Every URL, wherever it stands, and nothing that only looks like one."""
    markup = links.take_out(html)
    assert expected == list(markup.links)
    assert len(markup.links) + 1 == len(markup.parts)


def test_links_are_put_in_escaped() -> None:
    """A URL with quotes and ampersands doesn't break out of its attribute."""
    markup = links.take_out('<a href="x">t</a>')
    assert markup.filled(('/?a&b"<',)) == '<a href="/?a&amp;b&quot;&lt;">t</a>'


PIECES = st.sampled_from(
    ['<a href="', "<img src='", '">', "'", '"', "<p", ">", " srcset=", "a.png 1x, ", "b,c 2x", "<!--", "-->", "&amp;",
     "&quot;", "x", " ", "\n", "<script>", "</script>", "cite=", "<blockquote ", "poster=", "é", "<", "&#1;", "=", "/"]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60)))
def test_taken_out_and_put_back_is_the_same(text: str) -> None:
    """Of whatever HTML: what the sanitiser gives comes back, but for the spelling of entities in attributes."""
    page = sanitise.for_page(text)
    for clean in (page, sanitise.reader_from_page(page)):
        assert entities.unescape(clean) == entities.unescape(whole(links.take_out(clean)))


@given(st.lists(st.sampled_from(["a.png", "b,c", "1x", "(", ")", ",", " ", "\t"]), max_size=20).map("".join))
def test_any_srcset(srcset: str) -> None:
    """The URLs of any srcset are words of it, in order, and no comma ends one."""
    found = list(links.take_out(f'<img srcset="{srcset}">').links)
    assert all(url and not url.endswith(",") and not re.search(r"\s", url) for url in found)
    assert re.fullmatch(".*".join(map(re.escape, ["", *found, ""])), srcset)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("a\n\nsee [b](../b.md) c", [("../b.md", 12, 9, "see [b](../b.md) c")], id="link"),
        pytest.param("[b](b.md#x) [b](b.md#x)", [("b.md#x", 10, 5, "[b](b.md#x) [b](b.md#x)")], id="fragment-once"),
        pytest.param("[b][r]\n\n[r]: b.md", [("b.md", 12, 6, "[r]: b.md")], id="reference"),
        pytest.param("[b](<a b.md>)", [("a b.md", 10, 6, "[b](<a b.md>)")], id="space"),
        pytest.param("[b](https://x.test/b.md) [c](//x.test/b.md) [d](b.txt)", [], id="elsewhere"),
    ],
)
def test_crossings_have_their_place(markdown: str, expected: list[tuple[str, int, int, str]]) -> None:
    """A link to another Markdown file is found again in the text, with its line in the file."""
    draft = Draft(META, markdown, 10)
    made = prose.article(draft, prose.render(draft, trusted=False), "k")
    assert expected == [(place.key, place.line, place.column, place.excerpt) for place in made.crossings]


_SPACES = [chr(code) for code in range(sys.maxunicode) if chr(code).isspace()]


@given(st.lists(st.sampled_from(["word", "é—ü", "“«a»”", "\u2060", *_SPACES]), max_size=30), st.integers(100, 450))
def test_words_are_counted_as_python_parts_them(pieces: list[str], more: int) -> None:
    """Whatever spaces are between them, and wherever a minute ends."""
    text = "".join(pieces) + " w" * more
    draft, nothing = Draft(META, text, 1), Markup(("",), ())
    assert prose.article(draft, Body(nothing, nothing, "", ""), "k").minutes == round(len(text.split()) / 220)


# ------------------------------------------------------------------ excerpts


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("A first one. A second one.\n\nMore.", "A first one. A second one.", id="paragraph"),
        pytest.param("# Heading\n\n- item\n\nText *with* marks &amp; `code`.", "Text with marks & code.", id="marks"),
        pytest.param("![pic](a.png)\n\nText.", "Text.", id="picture-first"),
        pytest.param("Text.[^1]\n\n[^1]: Note.", "Text.", id="footnote"),
        pytest.param("One.\n\nTwo.\n\n<!--more-->\n\nThree.", "One. Two.", id="more"),
        pytest.param("One.\n<!-- more -->\nTwo.", "One.", id="more-with-spaces"),
        pytest.param("A <b title='a > b'>bold</b> word.", "A bold word.", id="greater-than-in-attribute"),
        pytest.param("5 < 6 and 7 > 4.", "5 < 6 and 7 > 4.", id="less-than"),
        pytest.param("<script>x</script>\n\nText.", "Text.", id="script"),
        pytest.param("    code\n", "", id="only-code"),
        pytest.param("", "", id="empty"),
    ],
)
def test_excerpt(markdown: str, expected: str) -> None:
    """The opening as plain text, up to `<!--more-->` where there is one."""
    assert expected == body(markdown).excerpt


def test_a_mark_in_code_is_no_mark() -> None:
    """An article about `<!--more-->` shows it."""
    made = body("One.\n\n```\n<!--more-->\n```\n\nTwo.")
    assert "&lt;!--more--&gt;" in whole(made.page)
    assert made.excerpt == "One."


def test_a_trusted_text_has_a_plain_excerpt() -> None:
    """Scripts of a trusted article don't reach its summary."""
    assert body("<p><script>go()</script>Text.</p>", trusted=True).excerpt == "Text."


# ------------------------------------------------------------------ attacks


def hostile(name: str) -> str:
    """A text that Python-Markdown would take minutes over, or end with a traceback."""
    texts = {
        "brackets": "[" * 50_000,
        "pictures": "![a" * 20_000,
        "links": "[a](" * 20_000,
        "pictures-in-links": "[![a]" * 10_000,
        "references": "[a][b" * 10_000,
        "notes": "[^a" * 10_000,
        "abbreviations": "".join(f"*[A{i}]: t\n" for i in range(3000)),
        "open-abbreviations": "*[a\n" * 10_000,
        "backticks": "".join("`" * i + " " for i in range(700)),
        "tags": "<a " * 20_000,
        "mail": "<a@" * 20_000,
        "comments": "<!--" * 20_000,
        "sections": "<![CDATA[" * 10_000,
        "closed-sections": "<![CDATA[" * 10_000 + ">",
        "instructions": "<?" * 20_000,
        "elements": "<div>" * 50_000,
        "fonts": "".join(f"<font size={i}>" for i in range(20_000)),
        "frames": "<iframe src=x>" * 20_000,
        "items": "".join("    " * i + "- a\n" for i in range(300)),
        "ordered": "1. " * 20_000,
        "quotes": ">" * 5000,
        "spaced-quotes": "> " * 100 + "a",
        "rules": "- " * 20_000 + "a",
        "definitions": "a\n: b\n" * 5000,
    }
    return texts[name]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *((name, "markdown-tangled") for name in
          ("brackets pictures links pictures-in-links references notes abbreviations open-abbreviations backticks tags "
           "mail comments sections closed-sections instructions elements fonts frames").split()),
        *((name, "markdown-too-deep") for name in "items ordered quotes spaced-quotes rules definitions".split()),
    ],
)  # fmt: skip
def test_a_hostile_text_is_a_problem(name: str, code: str) -> None:
    """What would take minutes, or raise, is refused in seconds, with a place and a help."""
    with pytest.raises(Stopped) as stopped:
        body(f"Fine.\n\n{hostile(name)}\n", line=10)
    (problem,) = stopped.value.problems
    assert (code, "content/pages/a.md") == (problem.code, problem.path)
    assert problem.line >= 10
    assert problem.hint


@pytest.mark.parametrize("name", ["brackets", "backticks", "links", "ordered"])
def test_a_hostile_text_has_its_line(name: str) -> None:
    """The passage is shown, not the file alone."""
    with pytest.raises(Stopped) as stopped:
        body(f"Fine.\n\nStill fine.\n\n{hostile(name)}\n", line=10)
    assert stopped.value.problems[0].line == 14


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n" + "[" * 50_000 + "\n```\n", id="fenced-brackets"),
        pytest.param("<div>a</div>\n\n" * 5000, id="many-elements"),
        pytest.param("<p>a\n\n" * 5000, id="paragraphs-without-end"),
        pytest.param("[a](b) " * 5000, id="many-links"),
        pytest.param("`a` " * 5000, id="much-code"),
        pytest.param("a < b " * 5000, id="less-than"),
        pytest.param("# a\n\n" * 3000, id="headings"),
        pytest.param("> " * 50 + "a", id="quotes"),
        pytest.param("*" * 50_000, id="stars"),
        pytest.param("\\" * 50_000, id="backslashes"),
        pytest.param("word " * 200_000, id="a-megabyte"),
        pytest.param("a" * 1_000_000, id="one-word"),
        pytest.param("\n" * 500_000, id="empty-lines"),
        pytest.param('<img srcset="' + ", " * 100_000 + '">', id="srcset"),
    ],
)
def test_a_large_text_is_rendered(text: str) -> None:
    """Size alone is no fault."""
    assert body(text).page.parts


# ------------------------------------------------------------------ properties

WORDS = st.text(max_size=80).filter(lambda text: not FORBIDDEN.search(text))


@given(WORDS)
def test_any_text_survives_as_code(text: str) -> None:
    """Any text that XML can carry is in the page and in the feed, letter by letter."""
    line = " ".join(f"x{text}x".split())
    data = f"---\ntitle: T\n---\n    {line}\n".encode()
    draft, problems = article.read("content/pages/a.md", data, Config("X"))
    assert problems == ()
    assert draft
    made = prose.render(draft, trusted=False)
    for markup in (made.page, made.reader):
        shown = trees.fromstring(f"<div>{whole(markup)}</div>").xpath("string()")
        assert line == str(shown).rstrip("\n")


MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from(["[a](b)", "![", "](", "*", "_", "`", "```\n", "\n\n", "\n", "    ", "> ", "- ", "1. ", "# ",
                         "|a|b|\n|-|-|\n", "[^1]", "[^1]: x\n", ": d\n", "<div>", "</div>", "<div markdown=1>", "<!--",
                         "<a href=x", "{: .x }", "&amp;", "&#1;", "*[A]: b\n", "A", "\\", "<iframe src=x>",
                         "<img srcset='a 1x,b'>", "<!--more-->\n", "\x85", "\u2028"]),
        st.text(max_size=5).filter(lambda text: not FORBIDDEN.search(text)),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(MARKDOWN)
def test_any_markdown_is_rendered(text: str) -> None:
    """Any text gives a body whose HTML XML can carry and no reader stumbles over."""
    made = body(text)
    reader = whole(made.reader)
    assert not FORBIDDEN.search(reader + whole(made.page) + made.excerpt)
    assert not re.search(r"<[^>]* (?:class|id|style|loading|srcset|on\w+)=\"", re.sub(r'="[^"]*"', '="', reader))


@given(MARKDOWN, MARKDOWN)
def test_rendering_keeps_no_state(first: str, second: str) -> None:
    """A, then B is B alone."""
    alone = body(second)
    body(first)
    assert alone == body(second)


@pytest.mark.parametrize(
    "html",
    [
        """<img src="p.png" title=" srcset=" alt="y';//">""",
        """<img src="p.png" title=" href='a b' src='c'" alt=" poster=x">""",
        """<a title=' href="x"' href="real">t</a>""",
    ],
)
def test_what_looks_like_an_attribute_in_a_value_is_none(html: str) -> None:
    """A URL put into such a gap would stand outside of all quotes: an attacker's way to an event handler."""
    markup = links.take_out(html)
    assert [url for url in markup.links if url not in {"p.png", "real"}] == []
    assert len(markup.links) == 1


@pytest.mark.parametrize(
    "value", ["feed:javascript:alert(1)", "jar:x", "view-source:x", "JAVASCRIPT:alert(1)", "blob:x"]
)
def test_no_scheme_is_let_through_that_links_may_not_have(value: str) -> None:
    """`cite` and `srcset` too: nh3 looks at `href` and `src` alone."""
    assert sanitise.for_page(f'<q cite="{value}">x</q><img srcset="a, {value} 2x">') == "<q>x</q><img>"
    assert sanitise.reader_from_page(sanitise.for_page(f'<q cite="{value}">x</q>')) == "<q>x</q>"
    kept = '<q cite="https://a.example/">x</q><img srcset="a.png, https://a.example/b.png 2x">'
    assert sanitise.for_page(kept) == kept


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_threads_do_not_write_into_each_others_text(engine: str) -> None:
    """A worker of Dask has as many as its machine has processors, and a program that calls us may have some."""
    parts = (
        "# Head {n}\n",
        "Text *{n}* [l{n}][r].\n\n[r]: /r{n}\n",
        "Note.[^{n}]\n\n[^{n}]: Note `{n}`.\n",
        "> - q{n}\n",
    )
    texts = ["\n".join([*parts[at:], *parts[:at]]).replace("{n}", str(n)) for n in range(100) for at in range(4)]

    def rendered_by(text: str) -> Body:
        return prose.render(Draft(META, text, 1), trusted=False, engine=engine, math=len(text) % 2 > 0)

    alone, usual = [rendered_by(text) for text in texts], sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            together = list(threads.map(rendered_by, texts))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone
