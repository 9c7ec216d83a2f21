"""Text comes out of Python-Markdown as it went in."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tagwire.intake.escape import cell, code, escape, label, run, url

_RENDERER = markdown.Markdown(extensions=["extra", "sane_lists"])

_XML_TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*"\ufffe\uffff", *(chr(c) for c in range(32) if c not in (9, 10, 13))],
    )
)
_MARKS = st.text(st.sampled_from(" \n\t*_#+-1.)(>[]!`\\|{}:x~=^<&;a/\u00a0\u3000\"'$%"), max_size=30)

HOSTILE = [
    "# not a heading",
    "#hashtag",
    "###### six",
    "a\n# b",
    "a #",
    "* not a list",
    "+ plus",
    "- minus",
    "-",
    "+",
    "*",
    "- |",
    "1. one",
    "1986. A great summer",
    "١. one",
    "1.",
    "a\n1. b",
    "1) one",
    "*emphasis*",
    "**strong**",
    "***both***",
    "a*b*c",
    "5 * 3 * 2",
    "* * *",
    "**",
    "_emphasis_",
    "__strong__",
    "__init__",
    "snake_case_name",
    "_ _ _",
    "a_b _c_ d",
    "___",
    "---",
    "- - -",
    "a\n---",
    "a\n===",
    "a\n=",
    "a\n-",
    "-- Jane Roe",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "&lt;script&gt;",
    "&amp;amp;",
    "&copy; &#60; &#x3c;",
    "&#60 &#x3C",
    "AT&T",
    "5 < 6 > 4",
    "a<b",
    "<http://a.test/>",
    "<a@b.test>",
    "<!-- comment -->",
    "<!DOCTYPE html>",
    "<?php echo 1 ?>",
    "<![CDATA[x]]>",
    "</p><p>",
    "<div>\n\n</div>",
    "http://a.test/x_y_z?a=1&b=2",
    "[text](url)",
    "[text] (url)",
    "![alt](url)",
    "![alt][ref]",
    "[text][ref]",
    "[ref]: http://a.test/",
    '[ref]: /x "title"',
    "a\n[ref]: /x",
    "[a\nb]: /x",
    "[sic]",
    "[^1]",
    "[^1]: note",
    "[TOC]",
    "*[HTML]: Hyper Text",
    "term\n:   definition",
    ": x",
    ":-) smile",
    "`code`",
    "``",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "~~struck~~",
    "back\\slash \\* \\\\ \\",
    "C:\\Users\\_x",
    "\\`",
    "{#id .class}",
    "text {: .class}",
    "text\n{: #id}",
    "a | b\n--- | ---\nc | d",
    "| a\n| -\n| b",
    "a | b\n:-- | --:",
    "a|b",
    "> quote",
    "a\n> b",
    "=> arrow",
    "    indented",
    "a\n    indented",
    "\ttabbed",
    "two spaces  \nbreak",
    "\u00a0",
    "\u3000全角",
    "ends in a space of its own\u2003",
    "]",
    "[",
    "a ](b",
    "!",
    "!!! note",
    "+++",
    "$x$ %y%",
    "\"quoted\" 'single' -- ...",
    "\u2028\u2029",
    "a\u0085b",
    "wzxhzdk:0",
    "12) twelve",
    "(1) one",
    "A) a",
    "•  bullet",
    "+1 for it",
    "a\u200bb",
    "\u200djoined\u200d",
    "\u202bשלום\u202c",
    "soft\xadhyphen",
    "10\xa0km",
    "é",
    "{% raw %}x{% endraw %}",
    "{{ page.title }}",
    "{{{x}}}",
    "{.a}",
    "a {.b}",
    "a{.b}",
    "{}",
    "-->",
    "a --> b",
    "&amp;lt;b&amp;gt;",
    "&nbsp;",
    "&notit;",
    "&#0;",
    "&#xD800;",
    "&ast;x&ast;",
    "&lowbar;x&lowbar;",
    "` `` ``` ````",
    "a `b` c",
    "```js",
    "~~~~~~",
    "||spoiler||",
    "|---|---|",
    "==mark==",
    "H~2~O",
    "x^2^",
    "x[^note]",
    "^[note]",
    "\\(x\\) \\[y\\]",
    "\\\\\\",
    "a\\",
    "heading #",
    "heading ##",
    "::: warning",
    ":::",
    ":smile:",
    "[[wiki|link]]",
    "[ ] to do",
    "- [ ] to do",
    "[x]:url",
    "[a]: <u> 't'",
    "[](",
    "![](",
    "](x)",
    "[a](<b>)",
    "[a]( b )",
    "*[abbr]:",
    "*[a](b)*",
    "?? x",
    '??? "t"',
    "%% comment",
    "---x---",
    "====",
    "<1>",
    "<x:y>",
    "</",
    "<a href=x>y</a>",
    "<br>",
    "<textarea>",
    "<plaintext>",
    "<style>x{}</style>",
    "<!",
    "javascript:alert(1)",
    "www.a.test/*x*_y_",
    "klzzwxh:0001",
    "${x} #{y}",
    "# h #",
    "'''",
    '"""',
    "'-'",
    "1\\. x",
    "\\- x",
    "#1",
    "7. x 8. y",
    # read by other dialects, or at other places
    "*[HTML]: ",
    "HTML *[HTML]",
    "word{: .cls }",
    "* TOC {:toc}",
    "{.cls #id key=val}",
    "!!! danger inline end",
    "!!!note",
    '[ref]: <https://a.test> "T"',
    "[^note]: text here",
    "see [^1][^2]",
    "^[inline note](x)",
    "<mailto:a@b.test>",
    "http://a.test/(x_(y)_z)",
    "a_b@c_d.test",
    "tel:+1-2-3",
    "**a *b***",
    "_a __b_ c__",
    "*a**",
    "**bold**text",
    "** a **",
    "_ a _",
    "a**,**",
    "~a~~b~",
    "^a b^",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;i&amp;gt;",
    "&#x3C;b&#x3E;",
    "&lt ;",
    "<img src=x onerror=y>",
    '<a href="x">y</a>',
    "<b c='>'>",
    "<B>",
    "\\<b>",
    "x-->y",
    "<table><tr><td>",
    "-----",
    "- -",
    "**  **",
    "~~~ js",
    "`` ` ``",
    "\\``a`",
    "a\\ b",
    "\\[a\\](b)",
    "ends in two spaces  ",
    "| a | b |",
    "a | b | c",
    "`a|b`",
    "$a_1 * b_2$",
    "\\(a_b\\)",
    "\\begin{x}",
    "$`a`$",
    "1\\. a",
    "2) two",
    "1.1 a",
    "(a) b",
    "ii. x",
    "12. May 2020",
    "- - x",
    "◦ x",
    "→ x",
    ">x< y",
    "👩‍👩‍👧",
    "::x::",
    ":---:",
    "(r)",
    "'tis",
    "--- x ---",
    '[x](y "z")',
    "[x]( )",
    "[x] (y)",
    "![x](y){w=1}",
    "[[x]]",
    "[x]{.y}",
    "]( x",
    "[x\\](y)",
    "[x]:",
    "[x]",
    "- [x] y",
    "{% x %}",
    "{{% x %}}",
    "%{x}",
    "#{x}",
    "[% x %]",
    "[/shortcode]",
    "wp:paragraph",
    "<!--more-->",
    "Term : def",
    "~ def",
    "@[youtube](x)",
    "%% c",
    "---yaml",
    "# {#id}",
    "####### x",
    "C# #",
    "{: #id }",
    '!!! warning "Mind"',
    "https://a.test/a_b_c?d=*e*&f=~g~",
    "~~a~b~~",
    "~a b~",
    "=====",
    "ends in backslash\\",
]


def _seen(text: str) -> str:
    """Text as HTML shows it; U+0085 counts as a line end."""
    return re.sub(r"[ \t\n\r\f\x85]+", " ", text).strip(" ")


def _shown(written: str) -> str:
    """What a browser shows of Markdown that must be one paragraph of nothing but text."""
    _RENDERER.reset()
    out = _RENDERER.convert(written)
    assert re.fullmatch(r"(<p>[^<]*</p>)?", out), (written, out)
    return _seen(html.unescape(out.removeprefix("<p>").removesuffix("</p>")))


def _rendered(written: str) -> str:
    _RENDERER.reset()
    return _RENDERER.convert(written)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    """Text that looks like markup is one paragraph of that text."""
    assert _shown(escape(text)) == _seen(text)


@settings(deadline=None)
@given(st.one_of(_XML_TEXT, _MARKS, st.lists(st.sampled_from(HOSTILE), max_size=5).map("\n".join)))
@example("")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """Whatever XML 1.0 can carry is one paragraph of that text."""
    assert _shown(escape(text)) == _seen(text)


@settings(deadline=None)
@given(st.lists(_MARKS, min_size=2, max_size=4))
def test_paragraphs_do_not_reach_into_each_other(texts: list[str]) -> None:
    """No paragraph opens something that a later one closes."""
    out = _rendered("\n\n".join(map(escape, texts)))
    shown = [_seen(html.unescape(part)) for part in re.findall(r"<p>([^<]*)</p>", out)]
    assert shown == [_seen(text) for text in texts if _seen(text)]
    assert out.count("<") == 2 * len(shown)


@pytest.mark.parametrize(
    "text",
    [
        "He said [sic] that U.S. exports - all of them - fell 5.3% (from $1.2bn).",
        "snake_case and 5 * 3 and AT&T and C:\\Users and a|b and #1 at the end!",
        '"Wow!" she wrote: "it\'s 2 + 2 = 4; really?"',
        "-5 degrees\n+44 20 7946\n3.14 is pi\n1984 was a year",
        "[Editor's note] At 10:30 ~ 11:00 {}".replace(" {}", ""),
    ],
)
def test_prose_stays_readable(text: str) -> None:
    """Nothing is escaped that would be read as text anyway."""
    assert escape(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "a`b",
        "``",
        "<div>",
        "<div class='x'>",
        "&lt;",
        "&#60",
        "a < b",
        "*x*",
        "a|b",
        "\u00a0x",
        "`",
        "<!--",
        "</p>",
        "a\\",
    ],
)
def test_code_span_shows_its_text(text: str) -> None:
    """A code span holds exactly its text, wherever the HTML parser would see a tag."""
    out = _rendered(f"see {code(text)} there")
    found = re.fullmatch(r"<p>see <code>([^<]*)</code> there</p>", out)
    assert found, out
    assert html.unescape(found[1]) == text


@settings(deadline=None)
@given(st.one_of(_MARKS, _XML_TEXT).map(_seen).filter(bool))
def test_any_code_span_shows_its_text(text: str) -> None:
    """Any text survives as a code span in a paragraph."""
    found = re.fullmatch(r"<p>see <code>([^<]*)</code> there</p>", _rendered(f"see {code(text)} there"))
    assert found
    assert _seen(html.unescape(found[1])) == text


@settings(deadline=None)
@given(_MARKS.map(_seen).filter(bool))
def test_any_link_text_and_cell_survive(text: str) -> None:
    """A link's text and a table cell's text are shown as they are."""
    out = _rendered(f"see [{label(run(text, '[', ']'))}](/u) there")
    found = re.fullmatch(r'<p>see <a href="/u">([^<]*)</a> there</p>', out)
    assert found, out
    assert _seen(html.unescape(found[1])) == text
    out = _rendered(f"| a | b |\n| --- | --- |\n| {cell(run(text, ' ', ' '))} | y |")
    assert [_seen(html.unescape(c)) for c in re.findall("<td>([^<]*)</td>", out)] == [text, "y"], out


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://a.test/x_y?a=1&b=2#c", "https://a.test/x_y?a=1&amp;b=2#c"),
        ("/Foo_(bar)", "/Foo_(bar)"),
        ("/Foo_(bar", "/Foo_%28bar"),
        ("/a b'\"c", "/a%20b%27%22c"),
        ("/x?a&copy;b", "/x?a&amp;copy;b"),
        ("/[x]<y>`z`\\", "/%5Bx%5D%3Cy%3E%60z%60%5C"),
        (" /a\nb ", "/ab"),
        ("/*a*~b~", "/*a*~b~"),
    ],
)
def test_url_reaches_the_link_whole(address: str, href: str) -> None:
    """A link target may hold anything; what would end it is percent-encoded."""
    assert _rendered(f"[x]({url(address)})") == f'<p><a href="{href}">x</a></p>'


def test_prose_is_looked_at_as_it_stands_between_others() -> None:
    """Text without markup is written as it is; what the next piece would make markup of it isn't."""
    assert run("Look at “this”: it’s 5 - 3 = 2, isn’t it?") == "Look at “this”: it’s 5 - 3 = 2, isn’t it?"
    assert run("Look!", "", "[there](x)") == "Look\\!"
    assert run("see http:", "", "//a.test/b*c") != "see http:"
    assert run("ends\N{NO-BREAK SPACE}") == "ends&nbsp;"
