"""Pages as the programs of very different sites make them: what each has that no other has."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted, Refused

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_LINES = (
    "The harbour board of Velm voted on Monday to close the old ferry quay for eleven months, after a dive.",
    "Ferries to Skarv will leave from the fish market instead, the board said, and will run every forty minutes.",
    "Fishermen had asked for the market to be left alone in the season. The board moved two berths for them.",
)
_TEXT = "".join(f"<p>{line}</p>" for line in _LINES)


def _page(body: str, head: str = "") -> str:
    page = (
        f"<html lang=en><head><link rel=canonical href='https://velm.example/a'>{head}</head><body>{body}</body></html>"
    )
    found = convert(page.encode(), "sources/a.html", _ASKED)
    assert isinstance(found, Converted), found
    return found.text


@pytest.mark.parametrize("stated", ["\n\n".join(_LINES), _TEXT])
def test_a_page_that_a_script_would_fill_has_its_text_from_its_data(stated: str) -> None:
    """JSON-LD says it in lines or in markup."""
    data = {"@type": "NewsArticle", "headline": "Quay shut", "datePublished": "2026-03-02", "articleBody": stated}
    head = f"<title>Loading…</title><script type='application/ld+json'>{json.dumps(data)}</script>"
    text = _page("<div id=root></div><noscript>You need JavaScript to run this app.</noscript>", head)
    assert "title: Quay shut\n" in text
    assert "\n\n".join(_LINES) in text
    assert "JavaScript" not in text


@pytest.mark.parametrize("stated", ["\n\n".join(_LINES), _TEXT])
@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\ufffe"])
def test_signs_that_no_page_can_hold_cost_its_data_no_words(stated: str, sign: str) -> None:
    """Half a character ended the text where it stood in markup."""
    data = {"@type": "Article", "headline": "Quay shut", "articleBody": stated.replace(", after", f",{sign} after")}
    head = f"<title>Loading…</title><script type='application/ld+json'>{json.dumps(data)}</script>"
    assert "\n\n".join(_LINES) in _page("<div id=root></div>", head)


def test_a_page_with_a_text_of_its_own_shows_that() -> None:
    """What its data say besides may be another version."""
    data = json.dumps({"@type": "Article", "articleBody": "Other words of another day. " * 20})
    assert "Other words" not in _page(f"<h1>Quay</h1>{_TEXT}", f"<script type='application/ld+json'>{data}</script>")


def test_data_of_a_few_words_are_no_article() -> None:
    """A page that shows nothing is refused still."""
    head = '<script type="application/ld+json">{"@type": "Article", "articleBody": "Read it on our site."}</script>'
    page = f"<html><head>{head}</head><body><div id=root></div></body></html>"
    assert isinstance(convert(page.encode(), "sources/a.html", _ASKED), Refused)


@pytest.mark.parametrize("sign", ["¶", "#", "§"])
def test_a_heading_loses_its_link_to_itself(sign: str) -> None:
    """Manuals hang one on each heading; another link in a heading is its own."""
    text = _page(
        f"<h1>Install it<a href='#i'>{sign}</a></h1>{_TEXT}<h2>Chords in <a href='#x'>C♯</a> minor</h2>{_TEXT}"
    )
    assert "title: Install it\n" in text
    assert "## Chords in C♯ minor" in text


def test_numbers_of_lines_beside_code_are_not_code() -> None:
    """They stand in a cell of their own; numbers that count no lines stay."""
    code = "<td><pre>{}</pre></td><td><pre><code>fn main() {{\n    go();\n}}</code></pre></td>"
    row = f"<h1>Rust</h1>{_TEXT}<table><tr>{code}</tr></table>{_TEXT}"
    counted = _page(row.format("1\n2\n3"))
    assert "```\nfn main() {\n    go();\n}\n```" in counted
    assert "1\n2\n3" not in counted
    assert "1\n2\n4" in _page(row.format("1\n2\n4"))


def test_a_picture_that_waits_beside_its_noscript_comes_once() -> None:
    """The noscript stands behind the link around the picture."""
    picture = (
        "<figure><a href=/f.jpg><img data-src=/g.jpg alt=Q></a><noscript><img src=/g.jpg alt=Q></noscript></figure>"
    )
    text = _page(f"<article><h1>Quay</h1>{_TEXT}{picture}{_TEXT}</article>")
    assert text.count("https://velm.example/g.jpg") == 1


def test_pictures_and_films_of_amp_come_along() -> None:
    """Their sizes are ratios, and a film has a number for its address."""
    media = "<amp-img src=/q.jpg width=1 height=1 alt=Dusk><noscript><img src=/q.jpg></noscript></amp-img>"
    text = _page(
        f"<article><h1>Quay</h1>{_TEXT}{media}<amp-youtube data-videoid=abc123xyz_0></amp-youtube>{_TEXT}</article>"
    )
    assert text.count("https://velm.example/q.jpg") == 1
    assert "abc123xyz_0" in text


def test_the_date_of_a_page_of_two_articles_is_that_of_the_first() -> None:
    """It was that of the second: the last on the page was believed."""
    second = f"<article><h1>Crane</h1><time datetime=2026-02-27>27 Feb</time>{_TEXT}</article>"
    text = _page(f"<article><h1>Quay</h1><time datetime=2026-03-02>2 March</time>{_TEXT}</article>{second}")
    assert "published: 2026-03-02\n" in text


def test_every_part_of_a_live_report_keeps_its_heading() -> None:
    """trafilatura passes over those that are alike."""
    parts = "".join(
        f"<div class=entry><h2>Update {n}: the mole</h2><p>{line}</p></div>" for n, line in enumerate(_LINES)
    )
    text = _page(f"<main><h1>Storm in Velm</h1><div>{parts}</div></main>")
    assert [f"## Update {n}: the mole" in text for n in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("<span>By Ada Quill</span> <time>2 March 2026, 09:15</time>", "Ada Quill", "2026-03-02T09:15:00+00:00"),
        ("2026-03-02 09:15 来源：维尔姆日报 作者：陈小舟", "陈小舟", "2026-03-02T09:15:00+00:00"),
        ("Interview: Ole Brandt", "Ole Brandt", ""),
    ],
)
def test_bylines_without_a_comma_before_the_date(line: str, author: str, date: str) -> None:
    """A line below the heading says who and when."""
    text = _page(f"<main><h1>Velm closes ferry quay</h1><div>{line}</div>{_TEXT}</main>")
    assert f"authors: [{author}]" in text
    assert not date or f"published: {date}\n" in text


def test_two_line_breaks_part_paragraphs_in_a_font_element() -> None:
    """Pages of the nineties have one for the whole text."""
    text = _page(f"<center><b>Quay notes</b></center><font face=Arial>{'<br><br>'.join(_LINES)}</font>")
    assert "\n\n".join(_LINES) in text


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/@per">Per Holm</a><a href="#">Follow</a><span>4 min read</span><span>Jan 9, 2026</span>',
        "<span>Per Holm</span><b>Follow</b><span>12 min read</span>",
    ],
)
def test_a_byline_of_parts_with_nothing_between_them_is_one(line: str) -> None:
    """Medium's styles part them; its text is "Per HolmFollow4 min read"."""
    head = "<meta name=author content='Per Holm'><meta property='article:published_time' content='2026-01-09'>"
    text = _page(f"<article><h1>Why piers rot</h1><div>{line}</div>{_TEXT}</article>", head)
    assert "min read" not in text
    assert text.endswith("\n\n".join(_LINES) + "\n")


@pytest.mark.parametrize(
    "line", ["<b>Per Holm</b> says that <i>no pier is safe</i> now", "<b>Per Holm</b><i>Velm</i><b>Skarv</b>"]
)
def test_other_parts_beside_a_name_stay(line: str) -> None:
    """Words of the article are none of its byline."""
    text = _page(
        f"<article><h1>Why piers rot</h1><p>{line}</p>{_TEXT}</article>", "<meta name=author content='Per Holm'>"
    )
    assert "Per Holm**" in text
