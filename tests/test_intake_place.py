"""What stands in the article of a page stays, however short; what is left out of it is recorded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire.intake import page
from tagwire.intake.found import Asked, Found

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))

_LEAD = "The council voted on Monday to close the old quay, and the ferries move to the new pier."
_TEXT = [
    "Fishermen had asked for a longer term, since their sheds stand on the quay and can't be moved in the winter.",
    "“We were told in spring and in autumn it is over,” said one of them, who has worked there for thirty years.",
    "The new pier lies half a mile further south, where the water is deeper and larger ships can land at low tide.",
]
_BODY = "".join(f"<p>{text}</p>" for text in _TEXT)
_BASE = '<link rel="canonical" href="https://post.test/a">'


def _read(body: str, *, head: str = _BASE, box: str = "article") -> Found:
    article = f"<{box}><h1>Café opens</h1>{body}</{box}>"
    text = f"<html><head><title>Café opens</title>{head}</head><body>{article}</body></html>"
    found = page.read(text, "sources/a.html", _ASKED)
    assert isinstance(found, Found), found
    return found


# ------------------------------------------------------------------ short articles


@pytest.mark.parametrize("box", ["article", "main", "section", "div"])
@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        ("<p>Nobody was hurt.</p>", "Nobody was hurt."),
        ("<p>Nobody was hurt.</p><ul><li>Tea</li><li>Cake</li></ul>", "Nobody was hurt.\n\n- Tea\n- Cake"),
        (
            "<table><tr><th>Day</th><th>Open</th></tr><tr><td>Monday</td><td>8</td></tr></table>",
            "| Day | Open |\n| --- | --- |\n| Monday | 8 |",
        ),
    ],
)
def test_short_article_is_whole(box: str, rest: str, kept: str) -> None:
    """An article of one sentence and a few words is all of it, not the sentence alone."""
    assert _read(f"<p>{_LEAD}</p>{rest}", box=box).markdown == f"{_LEAD}\n\n{kept}\n"


def test_short_article_in_hebrew_is_whole() -> None:
    """The same in another script."""
    lead, end = "המועצה הצביעה ביום שני לסגור את הרציף הישן, והמעבורות עוברות למזח החדש.", "איש לא נפגע."
    assert _read(f"<p>{lead}</p><p>{end}</p>").markdown == f"{lead}\n\n{end}\n"


def test_what_is_left_out_of_an_article_is_recorded() -> None:
    """A box beside the text that is none of it goes, and a cut says so."""
    found = _read(
        f'<p>{_LEAD}</p><p>Nobody was hurt.</p><div class="related"><p><a href="/b">Bridge shut</a></p></div>'
    )
    assert found.markdown == f"{_LEAD}\n\nNobody was hurt.\n"
    assert [cut.rule for cut in found.cuts] == ["related-links"]


# ------------------------------------------------------------------ pictures, captions, tables and notes at the edges

_FIGURE = '<figure><img src="/boat.jpg" alt="A boat"><figcaption>The last boat. Photo: Ann Ray</figcaption></figure>'


@pytest.mark.parametrize("body", [_FIGURE + _BODY, f"{_BODY}{_FIGURE}<p>It was late.</p>", _BODY + _FIGURE])
@pytest.mark.parametrize("box", ["article", "main", "div"])
def test_picture_keeps_its_caption(body: str, box: str) -> None:
    """A figure above, below or near the end of the text stays with its caption and credit."""
    found = _read(body, box=box)
    assert "https://post.test/boat.jpg" in found.markdown
    assert "<figcaption>The last boat. Photo: Ann Ray</figcaption>" in found.markdown
    assert ("It was late." in found.markdown) == ("It was late." in body)


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("<p>Result:</p><table><tr><th>For</th><th>No</th></tr><tr><td>7</td><td>2</td></tr></table>", "| 7 | 2 |"),
        ("<ul><li>Tea with milk, as everywhere on this coast</li><li>Cake</li></ul>", "\n- Cake"),
        ("<p>Write:</p><pre><code>x = 1</code></pre>", "```\nx = 1\n```"),
    ],
)
def test_table_list_and_code_below_the_text_stay(end: str, shown: str) -> None:
    """What the last paragraph announces is part of the article."""
    found = _read(_BODY + end)
    assert shown in found.markdown
    assert ("Result:" in found.markdown) == ("Result:" in end)


def test_notes_below_the_text_stay() -> None:
    """A short note behind the text is shown where the text refers to it."""
    mark = '<p>It was so in 1911<sup id="r1"><a href="#n1">1</a></sup>, say the elders of the town and its papers.</p>'
    notes = '<section><h2>Notes</h2><ol><li id="n1">Ray, p. 4. <a href="#r1">↩</a></li></ol></section>'
    markdown = _read(_BODY + mark + notes).markdown
    assert "in 1911[^1], say" in markdown
    assert markdown.endswith("\n[^1]: Ray, p. 4.\n")


# ------------------------------------------------------------------ who and when, below the heading

_OLD = f"<h1>Café opens</h1>by Sam Hill<br>June 3, 2001<br><br>{_LEAD}<br><br>{_TEXT[0]}<br><br>{_TEXT[1]}"


@pytest.mark.parametrize("source", [_OLD, f"<html><head><title>Café opens</title></head><body>{_OLD}</body></html>"])
def test_byline_and_date_of_an_old_page_are_understood(source: str) -> None:
    """Names and a date between the heading and text that only `<br>` parts become the article's; a cut says so."""
    found = page.read(source, "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.authors == ("Sam Hill",)
    assert found.published
    assert found.published.iso == "2001-06-03"
    assert found.markdown == f"{_LEAD}\n\n{_TEXT[0]}\n\n{_TEXT[1]}\n"
    assert [cut.rule for cut in found.cuts] == ["byline"]
    assert {"byline", "date"} <= {finding.what for finding in found.findings}


# ------------------------------------------------------------------ pages that don't say where they were published

_LOCAL = (
    '<p>Papers name <a href="/x/y">one</a>, <a href="other.md">two</a>, <a href="//b.test/c">three</a> and '
    f'<a href="#top">four</a>.</p><p><img src="boat.jpg" alt="A boat"></p><p><img src="b.jpg"></p>{_FIGURE}'
)


def test_relative_links_of_a_page_without_address_become_text() -> None:
    """No link and no picture comes to point into the owner's own site; what was done is told."""
    found = _read(_BODY + _LOCAL + _BODY, head="")
    assert "Papers name one, two, [three](https://b.test/c) and four." in found.markdown
    assert "*A boat*" in found.markdown
    assert "The last boat. Photo: Ann Ray" in found.markdown
    assert ".jpg" not in found.markdown
    told = [finding.value for finding in found.findings]
    assert "2 links without an address were made text" in told
    assert "3 pictures without an address were replaced by their descriptions" in told


def test_relative_links_of_a_page_with_address_start_there() -> None:
    """Where the page says its address, links and pictures stay and no such thing is told."""
    found = _read(_BODY + _LOCAL + _BODY)
    assert "[one](https://post.test/x/y)" in found.markdown
    assert "![A boat](https://post.test/boat.jpg)" in found.markdown
    assert not [finding for finding in found.findings if finding.what in ("links", "pictures")]


# ------------------------------------------------------------------ titles


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        ("Café opens » Blog", "Café opens “again”", "Café opens “again”"),
        ("Café opens again :: The Post", "", "Café opens again"),
        ("Café opens - Blog", "", "Café opens"),
        ("Café opens – a story of tea and cake", "", "Café opens – a story of tea and cake"),
        ("Untitled Document", "Café opens", "Café opens"),
        ("Home", "Café opens", "Café opens"),
        ("Café opens on Monday", "Home", "Café opens on Monday"),
        ("A café opens at the quay", "Our week", "A café opens at the quay"),
    ],
)
def test_heading_is_the_title_where_it_says_as_much(stated: str, heading: str, title: str) -> None:
    """A heading like the title wins, a site's name at its end goes, and no placeholder is a title."""
    head = f"<head><title>{stated}</title></head>"
    found = page.read(f"<html>{head}<body><article><h1>{heading}</h1>{_BODY}</article></body></html>", "a", _ASKED)
    assert isinstance(found, Found)
    assert found.title == title
    assert title not in found.markdown


@pytest.mark.parametrize("name", ["kicker", "article__eyebrow", "overline small"])
@pytest.mark.parametrize("whole", [True, False])
def test_words_above_the_heading_are_no_paragraph(name: str, *, whole: bool) -> None:
    """The section's name above the heading doesn't open the text, and a cut says that it went."""
    article = f'<article><p class="{name}">Harbours</p><h1>Café opens</h1>{_BODY}</article>'
    text = f"<html><head><title>Café opens</title></head><body>{article}</body></html>" if whole else article
    found = page.read(text, "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.markdown == "\n\n".join(_TEXT) + "\n"
    assert [cut.rule for cut in found.cuts] == ["kicker"]


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<link rel="canonical" href="https://post.test/2019/11/20/quay">', "", "2019-11-20"),
        ('<link rel="canonical" href="https://post.test/quay"><meta name="created-at" content="2019-11-20">', "", None),
        ("", '<p class="date">Archive 2019-11-20</p>', None),
        ("", "<footer><p>Last change of this template: 2019-11-20</p><p>© 2018 The Post</p></footer>", None),
    ],
)
def test_date_stands_in_the_address_or_an_element_for_dates(head: str, body: str, date: str | None) -> None:
    """A date that is only guessed from the text of a page is none."""
    found = _read(_BODY + body, head=head)
    assert (found.published.iso if found.published else None) == date


# ------------------------------------------------------------------ what is told by its shape


def _among(middle: str) -> Found:
    return _read(f"<p>{_LEAD}</p><p>{_TEXT[0]}</p>{middle}<p>{_TEXT[1]}</p><p>{_TEXT[2]}</p>")


_TITLES = "".join(
    f"<li><a href='/{number}'>{title}</a></li>"
    for number, title in enumerate(["Ferry fares rise again in May", "The old quay in twelve pictures"])
)


def test_a_list_of_other_articles_inside_a_text_goes() -> None:
    """Nothing but titles that lead elsewhere; a list that the text announces stays."""
    assert [cut.rule for cut in _among(f"<ul>{_TITLES}</ul>").cuts] == ["related-links"]
    assert (
        "- [Ferry fares" in _among(f"<p>The council has published two papers about it:</p><ul>{_TITLES}</ul>").markdown
    )


def test_what_only_opens_under_the_mouse_goes() -> None:
    """A card about a person inside a sentence leaves the sentence whole."""
    card = "<span class='rollover-people-block'><a href='/p'>Ada Lind</a> <a href='/q'>Lind opens a school</a></span>"
    found = _among(f"<p>The mayor, <a href='/p'>Ada Lind</a>{card}, told the council that she had nothing to add.</p>")
    assert "Ada Lind](https://post.test/p), told the council" in found.markdown
    assert [cut.rule for cut in found.cuts] == ["hover-card"]


@pytest.mark.parametrize("name", ["print-only", "sr-only", "visually-hidden", "screen-reader-text"])
def test_what_is_not_shown_goes(name: str) -> None:
    """Texts for the printer and for screen readers, by their class."""
    assert [cut.rule for cut in _among(f"<p class='{name}'>This page was printed from post.test.</p>").cuts] == [
        "hidden-text"
    ]


def test_a_link_in_chinese_text_is_measured_by_its_length() -> None:
    """Words say little where no spaces part them: a short link doesn't make a long sentence a list of links."""
    sentence = "考虑到这些用途，两家公司都提供了桌面应用程序，这次要介绍的是<a href='/k'>Kindle for PC</a>的使用方法。"
    assert "[Kindle for PC](" in _among(f"<p class='x'>{sentence}</p>").markdown
