"""HTML becomes Markdown that renders as the same HTML."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from tagwire.intake import page
from tagwire.intake.found import Asked, Found

_RENDERER = markdown.Markdown(extensions=["extra", "sane_lists"], output_format="html")
_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC), keep_all=True)

_XML_TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters=["\ufffe", "\uffff"],
    ),
    max_size=40,
)
_MARKS = st.text(st.sampled_from(" *_#+-1.)(>[]!`\\|{}:x~=^<&;a/\u00a0\"'$"), max_size=25)
_TEXT = (
    st.one_of(_XML_TEXT, _MARKS)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(map(str.isalnum, text)))
)


def _markdown(source: str) -> str:
    """The Markdown of a fragment, led by a paragraph so that nothing in it is the title."""
    found = page.read(f"<h1>The title</h1><p>Lead.</p>{source}", "a.html", _ASKED)
    assert isinstance(found, Found), found
    assert found.title == "The title"
    lead, _, rest = found.markdown.partition("\n\n")
    assert lead.strip() == "Lead."
    return rest


def _html(source: str) -> str:
    """The fragment's Markdown, rendered again, white space between tags removed."""
    _RENDERER.reset()
    out = _RENDERER.convert(_markdown(source))
    return re.sub(r"\s*\n\s*", "", out)


def _text(source: str) -> str:
    return "".join(str(text) for text in lxml_html.fromstring(source).itertext())


def _seen(rendered: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]+>", " ", rendered)).split())


SAME = [
    "<p>One <strong>bold</strong>, <em>slanted</em> and <code>x</code>.</p>",
    "<p>One<br>two</p>",
    "<p>H<sub>2</sub>O, m<sup>2</sup>, <kbd>Ctrl</kbd>, <del>old</del>, <ins>new</ins>, <mark>lit</mark></p>",
    '<p><abbr title="World Health Organization">WHO</abbr></p>',
    "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
    '<p><a href="https://a.test/x_y?a=1&amp;b=2">A [link] *x*</a></p>',
    '<p><a href="https://a.test/x"><strong>b</strong> and <code>c]</code></a></p>',
    "<h2>Two</h2><p>a</p><h3>Three</h3><p>b</p>",
    "<ul><li>a</li><li>b<ul><li>c<ul><li>d</li></ul></li><li>e</li></ul></li><li>f</li></ul>",
    "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
    '<ol start="3"><li>a</li><li>b</li></ol>',
    "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>",
    "<blockquote><p>a</p><p>b</p></blockquote>",
    "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
    "<blockquote><p>a</p><ul><li>b</li><li>c</li></ul></blockquote>",
    "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd><dt>Other</dt><dd>Three</dd></dl>",
    "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1|2</td><td>*x*</td></tr></tbody></table>",
    '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td><ul><li>c</li></ul></td></tr></table>',
    (
        '<figure><img src="https://a.test/a.jpg" alt="&quot;[a]&quot;">'
        "<figcaption><strong>b</strong> &lt;x&gt;</figcaption></figure>"
    ),
    '<p><img alt="a [b] c" src="https://a.test/a.jpg"></p>',
    '<h2><img alt="a" height="400" src="https://a.test/a.jpg" width="600"></h2>',
    '<ul><li><img alt="a" src="https://a.test/a.jpg" width="600"></li><li>b</li></ul>',
    '<p><a href="https://a.test/x"><img alt="" height="400" src="https://a.test/a.jpg" width="600"></a>{b}</p>',
    '<figure><img src="https://a.test/a.jpg" alt="a" width="60" height="40"><figcaption>b</figcaption></figure>',
    "<p>a</p><hr><p>b</p>",
    "<ul><li><ul><li>a</li><li>b</li></ul></li></ul>",
    '<p><a href="https://a.test/x">a&#93;: b</a></p>',
    '<p><a href="https://a.test/x">&#94;1</a></p>',
    '<p><em><a href="https://a.test/x">a</a></em> said [sic]: b</p>',
    "<p><em>[a]: b</em></p>",
    "<p>1. not a list</p><p>- nor this</p><p># nor a heading</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
]


@pytest.mark.parametrize("source", SAME)
def test_structure_survives(source: str) -> None:
    """What Markdown can say renders as the very same HTML."""
    assert _html(source) == source


@pytest.mark.parametrize("source", SAME)
def test_what_is_rendered_converts_to_the_same_markdown(source: str) -> None:
    """A round trip changes nothing."""
    once = _markdown(source)
    _RENDERER.reset()
    assert _markdown(_RENDERER.convert(once)) == once


@settings(deadline=None)
@given(
    _TEXT,
    st.sampled_from(["p", "h2", "li", "td", "blockquote", "pre", "dd", "figcaption", "strong", "a", "code", "sup"]),
)
def test_any_text_survives_in_any_element(text: str, tag: str) -> None:
    """Whatever the text and wherever it stands, it is shown as it was, in that element."""
    around = {
        "li": "<ul>{}<li>b</li></ul>",
        "td": "<table><tr><th>a</th><th>b</th></tr><tr>{}<td>b</td></tr></table>",
        "dd": "<dl><dt>a</dt>{}</dl>",
        "figcaption": '<figure><img src="https://a.test/a.jpg">{}</figure>',
        "pre": "{}",
    }.get(tag, "<p>{}</p>" if tag in ("strong", "code", "sup", "a") else "{}")
    attributes = ' href="https://a.test/"' if tag == "a" else ""
    rendered = _html(around.format(f"<{tag}{attributes}>{html.escape(text)}</{tag}>"))
    found = re.findall(rf"<{tag}(?: [^<>]*)?>(.*?)</{tag}>", rendered, re.DOTALL)
    assert found, rendered
    assert _seen(found[0]) == text


_INLINE = st.recursive(
    _TEXT.map(html.escape),
    lambda inner: st.tuples(
        st.sampled_from(["strong", "em", "code", "sup", "a", "del", "span", "br"]),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["", " ", "x"]),
    ).map(
        lambda t: (
            f'{t[2]}<{t[0]} href="https://a.test/u">{t[1]}</{t[0]}>{t[2]}' if t[0] != "br" else f"{t[1]}<br>{t[1]}"
        )
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(_INLINE)
def test_any_inline_elements_keep_their_text(source: str) -> None:
    """However inline elements nest and touch, no sign of Markdown is seen and no text is lost."""
    want = _text(f"<p>{source}</p>")
    assert "".join(_seen(_html(f"<p>{source}</p>")).split()) == "".join(want.split())


def _nested(part: tuple[str, list[str]]) -> str:
    tag, inner = part
    if tag in ("ul", "ol"):
        return f"<{tag}>{''.join(f'<li>{one}</li>' for one in inner)}</{tag}>"
    if tag == "dl":
        return f"<dl>{''.join(f'<dt>t</dt><dd>{one}</dd>' for one in inner)}</dl>"
    if tag == "table":
        rows = "".join(f"<tr><td>{one}</td><td>x</td></tr>" for one in inner)
        return f"<table><tr><th>h</th><th>i</th></tr>{rows}</table>"
    return f"<{tag}>{''.join(inner)}</{tag}>"


_BLOCK = st.recursive(
    _TEXT.map(html.escape).map("<p>{}</p>".format),
    lambda inner: st.tuples(
        st.sampled_from(["ul", "ol", "blockquote", "div", "table", "figure", "dl", "section"]),
        st.lists(inner, min_size=1, max_size=3),
    ).map(_nested),
    max_leaves=8,
)


@settings(deadline=None)
@given(_BLOCK)
def test_any_blocks_keep_their_text(source: str) -> None:
    """However blocks nest, every text is shown once, in order."""
    want = _text(f"<div>{source}</div>")
    assert "".join(_seen(_html(source)).split()) == "".join(want.split())


def test_foot_that_repeats_the_head_is_left_out() -> None:
    """A table's foot that only repeats its head doesn't keep the table from being Markdown."""
    head = "<tr><th>A</th><th>B</th></tr>"
    source = f"<table><thead>{head}</thead><tfoot>{head}</tfoot><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    assert _markdown(source) == "| A | B |\n| --- | --- |\n| 1 | 2 |\n"


def test_braces_behind_a_picture_with_a_size_stay_text() -> None:
    """A picture keeps its size, and what stands in braces behind it is shown as it was."""
    rendered = _html('<p><img alt="a" src="https://a.test/a.jpg" width="600"> and {b} then {c}</p>')
    assert 'width="600">' in rendered
    assert _seen(rendered) == "and {b} then {c}"


def test_a_break_before_a_line_end_stays_a_break() -> None:
    """Pages have `<br>` at the end of their lines; one at the end of a paragraph shows nothing."""
    assert _html("<p>One<br>\ntwo<br />\n<em>three</em><br>\n</p>") == "<p>One<br>two<br><em>three</em></p>"
