"""A page becomes Markdown, the site's own HTML, and Markdown again: nothing is lost or made up on the way."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as trees

from tagwire import prose
from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted
from tagwire.model import Draft, Meta
from test_intake_escape import HOSTILE
from test_intake_markdown import _BLOCK, _INLINE, _TEXT, _markdown

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_META = Meta("content/pages/a.md", "a/", "A", "", "en", False, False, "", (), "", (), "{}", ())
_KINDS = (
    "p ul ol li blockquote table td th pre code h2 h3 strong em a del sup dl dt dd figure figcaption hr img".split()
)
_DOCUMENT = st.lists(
    st.one_of(
        _BLOCK,
        _INLINE.map("<p>{}</p>".format),
        _TEXT.map(html.escape).map("<h2>{}</h2>".format),
        _TEXT.map(html.escape).map("<pre><code>{}</code></pre>".format),
    ),
    min_size=1,
    max_size=4,
).map("".join)


def _own(markdown: str, engine: str = "markdown") -> str:
    """As the site's pages show it."""
    made = prose.render(Draft(_META, markdown, 1), trusted=False, engine=engine).page
    return made.filled(made.links)


def _shape(source: str) -> list[tuple[str, str]]:
    """The elements of a rendered text, each with its own text."""
    root = trees.fromstring(f"<div>{source}</div>")
    return [(str(each.tag), "".join(_text(each).split())) for each in root.iter(*_KINDS)]


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(_DOCUMENT)
@example("<ul><li><ul><li><p>0</p></li></ul></li><li><div><p>0</p></div></li></ul>")
def test_a_second_round_changes_neither_text_nor_structure(source: str) -> None:
    """What our own HTML is converted to renders as that HTML."""
    once = _own(_markdown(source))
    assert _shape(_own(_markdown(once))) == _shape(once)


_PLACES = {
    "p": "<p>{}</p>",
    "middle": "<p>before {} after</p>",
    "li": "<ul><li>{}</li><li>other</li></ul>",
    "li//p": "<ol><li><p>first</p><p>{}</p></li><li><p>other</p></li></ol>",
    "td": "<table><tr><th>A</th><th>B</th></tr><tr><td>{}</td><td>y</td></tr></table>",
    "table//td[@colspan]": "<table><tr><th>A</th><th>B</th></tr><tr><td colspan='2'>{}</td></tr></table>",
    "h2": "<h2>{}</h2>",
    "blockquote/p": "<blockquote><p>{}</p></blockquote>",
    "a": "<p>see <a href='https://a.example/'>{}</a> there</p>",
    "strong": "<p>see <strong>{}</strong> there</p>",
    "code": "<p>see <code>{}</code> there</p>",
    "pre": "<pre><code>{}</code></pre>",
    "figcaption": "<figure><img src='https://a.example/x.jpg' alt='x'><figcaption>{}</figcaption></figure>",
    "dd": "<dl><dt>Term</dt><dd>{}</dd></dl>",
    "del": "<p>see <del>{}</del> there</p>",
}
"""Where a text may stand: path of the element that must hold it, and the HTML around it."""


def _found(root: etree._Element, path: str) -> list[object]:
    found = root.xpath(path)
    assert isinstance(found, list)
    return [*found]


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[ \t\n\r\f\x85]+", " ", text).split())


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("place", _PLACES)
def test_hostile_text_survives_wherever_it_stands(place: str, engine: str) -> None:
    """One page holds all of them, so that none may reach into the next one either."""
    if prose.lacks(engine):
        pytest.skip("the extra `fast` is not installed")
    texts = [text for text in HOSTILE if _flat(text) and "\t" not in text]
    around = _PLACES[place]
    parts = "<p>Between.</p>".join(around.format(html.escape(text, quote=False)) for text in texts)
    root = trees.fromstring(f"<div>{_own(_markdown(parts), engine)}</div>")
    path = f".//{place}" if place != "middle" else ".//p"
    shown = [_flat(_text(each)) for each in _found(root, path) if isinstance(each, trees.HtmlElement)]
    wanted = [_flat(f"before {text} after" if place == "middle" else text) for text in texts]
    assert [text for text in shown if text not in ("Between.", "other", "y", "first")] == wanted


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_hostile_text_survives_in_a_line_of_plain_text(engine: str) -> None:
    """Within a sentence no sign begins a list, a heading or a quotation."""
    if prose.lacks(engine):
        pytest.skip("the extra `fast` is not installed")
    texts = [text for text in HOSTILE if _flat(text) and not set("\t\n\r") & set(text)]
    lines = [f"The mayor of Velmar said {text} on Monday, and nobody disagreed with her." for text in texts]
    found = convert("\n\n".join(["Sayings of the mayor", *lines]).encode(), "sources/a.txt", _ASKED)
    assert isinstance(found, Converted)
    body = found.text.partition("\n---\n")[2]
    root = trees.fromstring(f"<div>{_own(body, engine)}</div>")
    shown = [_flat(_text(each)) for each in root.iter("p")]
    assert [_flat(line) for line in lines if _flat(line) not in shown] == []
