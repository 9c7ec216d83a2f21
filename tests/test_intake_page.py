"""An HTML page becomes an article with what the page says of itself, or is refused."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tagwire.intake import page
from tagwire.intake.found import Asked, Found, Refused

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))

_PARAGRAPHS = [
    "The council of Riverton voted on Monday to rebuild the old bridge, after two years of argument about its cost.",
    "Engineers had warned since 2017 that its northern pier was sinking, and lorries have been banned for a year.",
    "“We could not wait any longer,” said the mayor, who had first opposed the plan and then voted for it.",
    "Work is to begin in the spring and to last eighteen months; until then a ferry will carry passengers across.",
    "The money comes from the county, from a fund for historic buildings, and from a toll that many still oppose.",
]
_BODY = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)

_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Riverton rebuilds its bridge | The Riverton Post</title>
<meta property="og:site_name" content="The Riverton Post"><meta name="description" content="A vote after two years.">
<meta property="og:title" content="Riverton rebuilds its bridge">
<meta name="keywords" content="bridges, Riverton, local news, riverton">
<link rel="canonical" href="https://post.test/news/bridge.html">
{head}</head><body>
<header><a href="/">The Riverton Post</a>
<nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<main><article><h1>Riverton rebuilds its bridge</h1>{body}</article>
<aside class="related-posts"><h3>Related</h3><ul><li><a href="/x">Ferry prices rise again</a></li></ul></aside>
</main><footer><p>© The Riverton Post. All rights reserved.</p></footer></body></html>"""


def _read(text: str, asked: Asked = _ASKED) -> Found:
    found = page.read(text, "sources/a.html", asked)
    assert isinstance(found, Found), found
    return found


def _page(body: str = _BODY, head: str = "") -> Found:
    return _read(_PAGE.replace("{head}", head).replace("{body}", body))


# ------------------------------------------------------------------ the body


def test_page_is_its_article_alone() -> None:
    """Navigation, related links and footer don't come along; all paragraphs do, in order."""
    assert _page().markdown == "\n\n".join(_PARAGRAPHS) + "\n"


def test_plain_text_has_paragraphs_apart() -> None:
    """The plain text is the body's, a blank line between paragraphs."""
    assert _page().plain == "\n\n".join(_PARAGRAPHS)


def test_headings_start_at_level_two() -> None:
    """The title is no part of the body; the highest heading below it becomes level two, others follow."""
    body = f"<h3>Money</h3>{_BODY}<h5>The toll</h5>{_BODY}"
    markdown = _page(body).markdown
    assert markdown.startswith("## Money\n")
    assert "\n#### The toll\n" in markdown
    assert "Riverton rebuilds" not in markdown


def test_lazy_images_are_mended() -> None:
    """The real picture is taken from `data-src`, `srcset` or `<noscript>`, absolute; counting pixels go."""
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    images = [
        f'<p><img src="{pixel}" data-src="/a.jpg" alt="A"></p>',
        f'<p><img src="{pixel}" data-srcset="/b-1.jpg 100w, /b-2.jpg 900w" alt="B"></p>',
        f'<p><img src="{pixel}" class="lazy"><noscript><img src="c.jpg" alt="C"></noscript></p>',
        '<p><img src="/count.gif" width="1" height="1"></p>',
        "<picture><source srcset='/d.webp'><img alt='D'></picture>",
    ]
    markdown = _page(_PARAGRAPHS[0].join(["<p>", "</p>"]) + "".join(images) + _BODY).markdown
    for image in [
        "![A](https://post.test/a.jpg)",
        "![B](https://post.test/b-2.jpg)",
        "![C](https://post.test/news/c.jpg)",
        "![D](https://post.test/d.webp)",
    ]:
        assert markdown.count(image) == 1, markdown
    assert "data:" not in markdown
    assert "count.gif" not in markdown


def test_links_are_absolute_and_safe() -> None:
    """Links start from the page's address; a script is no link, its text stays."""
    body = '<p>Papers name <a href="../x">one</a>, <a href="javascript:x()">two</a> and <a href="#top">three</a>.</p>'
    assert "Papers name [one](https://post.test/x), two and three." in _page(_BODY + body + _BODY).markdown


def test_escaped_markup_stays_text() -> None:
    """`&lt;script&gt;` was text and stays text."""
    assert (
        "&lt;script>alert(1)&lt;/script>"
        in _page(f"{_BODY}<p>Write &lt;script&gt;alert(1)&lt;/script&gt; here.</p>{_BODY}").markdown
    )


def test_footnotes_become_footnotes() -> None:
    """A raised link to a note that links back is a footnote."""
    body = (
        f'<p>A claim that needs a source, as all claims do<sup id="r1"><a href="#n1">1</a></sup>.</p>{_BODY}'
        '<section class="footnotes"><ol><li id="n1">The <em>source</em> of it. <a href="#r1">↩</a></li></ol></section>'
    )
    markdown = _page(body).markdown
    assert "as all claims do[^1]." in markdown
    assert markdown.endswith("\n[^1]: The *source* of it.\n")


def test_code_keeps_its_language() -> None:
    """Code is a fence with the language its class names."""
    markdown = _page(f'{_BODY}<pre><code class="language-python">if x:\n    y &lt; 1\n</code></pre>{_BODY}').markdown
    assert "\n```python\nif x:\n    y < 1\n```\n" in markdown


def test_embedded_video_is_a_link() -> None:
    """A frame shows as a link to what it would show."""
    markdown = _page(f'{_BODY}<iframe src="https://www.youtube.com/embed/x" title="The vote"></iframe>{_BODY}').markdown
    assert "[The vote](https://www.youtube.com/embed/x)" in markdown


# ------------------------------------------------------------------ what is cut


def test_boilerplate_inside_the_article_is_cut_and_recorded() -> None:
    """Share buttons and a newsletter form within the article go, each under the name of its rule."""
    share = '<div class="share-buttons"><a href="/f">Share on Facebook</a></div>'
    letter = '<div class="newsletter-signup"><p>Get our newsletter every morning, free of charge.</p></div>'
    found = _page(share + _BODY + letter + _BODY)
    assert found.markdown == "\n\n".join(_PARAGRAPHS * 2) + "\n"
    assert [cut.rule for cut in found.cuts] == ["share-buttons", "newsletter-form"]
    assert all(len(cut.sha256) == 64 for cut in found.cuts)


def test_sections_after_the_article_are_cut() -> None:
    """What "Related stories" and a sign-up announce goes, also amid the text, which goes on behind it."""
    related = '<h3>Related stories</h3><p><a href="/x">Ferry prices rise again this year</a></p>'
    letter = "<h3>Subscribe to our newsletter</h3><p>Get the news of the day delivered to your inbox every morning.</p>"
    assert _page(f"{_BODY}{related}{_BODY}{letter}").markdown == "\n\n".join(_PARAGRAPHS * 2) + "\n"


@pytest.mark.parametrize(
    "heading", ["Related work", "Why newsletters work", "Popular culture", "Discussion", "Comments"]
)
def test_heading_above_text_is_kept(heading: str) -> None:
    """A heading that sounds like boilerplate stays where the article's text follows it."""
    assert f"\n## {heading}\n" in _page(f"{_BODY}<h2>{heading}</h2>{_BODY}").markdown


def test_sentences_of_the_same_make_stay() -> None:
    """A sentence that looks like the article's others stays, whatever its links."""
    body = _BODY.replace("<p>", '<p class="text">')
    link = '<p class="text">More is in <a href="/a">the first report</a> and in <a href="/b">another</a> of May.</p>'
    assert "More is in [the first report](https://post.test/a)" in _page(body + link + body).markdown


def test_title_date_and_byline_above_the_text_are_no_text() -> None:
    """What the head of the article repeats of its metadata isn't in the body."""
    head = "<p>By Jane Roe</p><p>November 20, 2019</p><h2>Riverton rebuilds its bridge</h2>"
    found = _page(head + _BODY)
    assert found.markdown == "\n\n".join(_PARAGRAPHS) + "\n"


def test_keep_all_cuts_nothing() -> None:
    """With everything kept, boilerplate inside the article stays and no cut is recorded."""
    text = _PAGE.replace("{head}", "").replace(
        "{body}", f'{_BODY}<div class="newsletter"><p>Get our newsletter.</p></div>{_BODY}'
    )
    found = _read(text, Asked(site="", modified=_ASKED.modified, keep_all=True))
    assert "Get our newsletter." in found.markdown
    assert found.cuts == ()


def test_a_misleading_class_does_not_lose_the_article() -> None:
    """A box named like boilerplate that holds the article is kept."""
    assert _page(f'<div class="sponsored related">{_BODY}</div>').markdown == "\n\n".join(_PARAGRAPHS) + "\n"


# ------------------------------------------------------------------ what the page says of itself


def test_head_tells_title_language_summary_tags_and_address() -> None:
    """Title without the site's name, language, summary, one tag of each spelling, and the address."""
    found = _page()
    assert found.title == "Riverton rebuilds its bridge"
    assert not found.title_derived
    assert found.lang == "en-GB"
    assert found.summary == "A vote after two years."
    assert found.tags == ("bridges", "Riverton", "local news")
    assert found.canonical == "https://post.test/news/bridge.html"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Bridge news - The Post", "Bridge news"),
        ("The Post | Bridge news", "Bridge news"),
        ("Bridge - a long story — The Post", "Bridge - a long story"),
        ("Bridge news", "Bridge news"),
        ("The Post", "The Post"),
    ],
)
def test_site_name_is_no_part_of_the_title(stated: str, title: str) -> None:
    """The name of the site is taken off either end of `<title>`."""
    head = f"<title>{stated}</title><meta property='og:site_name' content='The Post'>"
    assert _read(f"<html><head>{head}</head><body>{_BODY}</body></html>").title == title


def test_linked_data_tells_authors_and_dates() -> None:
    """JSON-LD in a graph gives authors and dates with their zone."""
    data = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Post"},
      {"@type": "NewsArticle", "headline": "Riverton rebuilds its bridge", "datePublished": "2019-11-20T08:30:00-05:00",
       "dateModified": "2019-11-21T09:00:00Z",
       "author": [{"@type": "Person", "name": "Jane Roe"}, {"name": "John Doe"}]}]}</script>"""
    found = _page(head=data)
    assert found.authors == ("Jane Roe", "John Doe")
    assert found.published
    assert found.published.at == datetime(2019, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert found.published.timed
    assert found.updated
    assert found.updated.at == datetime(2019, 11, 21, 9, tzinfo=UTC)
    assert ("date", "2019-11-20T08:30:00-05:00", "JSON-LD `datePublished`") in [
        (finding.what, finding.value, finding.origin) for finding in found.findings
    ]


def test_meta_elements_tell_author_and_date() -> None:
    """Where there is no JSON-LD, `<meta>` elements are read."""
    found = _page(
        head='<meta name="author" content="By Jane Roe"><meta property="article:published_time" content="2019-11-20">'
    )
    assert found.authors == ("Jane Roe",)
    assert found.published
    assert (found.published.iso, found.published.timed) == ("2019-11-20", False)


def test_broken_linked_data_is_no_harm() -> None:
    """JSON-LD that is no JSON is passed over."""
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert _page(head=broken + deep).title == "Riverton rebuilds its bridge"


def test_no_date_is_invented() -> None:
    """A page that names no date has none, though its text speaks of years and weekdays."""
    assert _page().published is None
    assert _page().updated is None
    assert _page().authors == ()


# ------------------------------------------------------------------ fragments, and pages without an article


def test_fragment_is_converted_whole() -> None:
    """A piece of HTML without a head is all article; its first `h1` is the title."""
    found = _read("<h1>Notes</h1><p>Short.</p><ul><li><a href='https://a.test/x'>A link</a></li></ul>")
    assert found.title == "Notes"
    assert found.markdown == "Short.\n\n- [A link](https://a.test/x)\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "<html></html>",
        "<!-- nothing -->",
        "<html><body><script>var x = 'text of a script that is no text';</script></body></html>",
        "<html><body><nav><ul><li><a href='/a'>News</a></li><li><a href='/b'>Sport</a></li></ul></nav></body></html>",
        "<html><body><ul>"
        + "".join(f"<li><a href='/{n}'>Headline of story number {n}</a></li>" for n in range(40))
        + "</ul></body></html>",
        "<html><body><form><p>Sign in to read on</p><input name='user'><input type='password'></form></body></html>",
    ],
)
def test_page_without_article_is_refused(text: str) -> None:
    """A page of links, a login form or nothing is refused, and the problem says what is there."""
    refused = page.read(text, "sources/a.html", _ASKED)
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    assert (problem.path, problem.code, problem.severity) == ("sources/a.html", "no-article", "error")


# ------------------------------------------------------------------ anything at all


_TAGS = st.sampled_from(
    """<p> </p> <div> </div> <ul> <li> </ul> <ol> <table> <tr> <td> <th> </table> <h1> </h1> <h2> </a> <b> </b> <br>
    <img> <pre> </pre> <code> </code> <blockquote> </blockquote> <figure> <figcaption> <dl> <dt> <dd> <body>
    <html> <head>
    <title> </title> <script> </script> <style> <!-- --> <![CDATA[ ]]> <svg> <math> <iframe> <noscript> <nav> <form>
    <template> <frameset> &amp; &# &nosuch; text \x00 \ufffe \u00a0 <a§href="/x"> <img§src="a.jpg"> <sup><a§href="#x">
    <li§id="x"> <meta§name="author"§content="x"> <base§href="http://["> <a§href="http://["> <td§colspan="2">""".split()
).map(lambda tag: tag.replace("§", " "))


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.text(), st.lists(_TAGS, max_size=25).map(" ".join), st.binary().map(lambda b: b.decode("utf-8", "replace"))
    )
)
@example("<" * 1000)
@example("<html><head></head><frameset><frame src='a'></frameset></html>")
def test_anything_is_found_or_refused(text: str) -> None:
    """No text whatever raises; the result is the same each time."""
    result = page.read(text, "a.html", _ASKED)
    assert isinstance(result, (Found, Refused))
    assert page.read(text, "a.html", _ASKED) == result


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "span", "a href=/x", "font"])
def test_deep_nesting_is_no_harm(tag: str) -> None:
    """Ten thousand elements within each other are read, and their text isn't lost."""
    found = page.read(f"<{tag}>" * 10_000 + "<p>The text at the bottom.</p>", "a.html", _ASKED)
    assert isinstance(found, Found)
    assert "The text at the bottom." in found.markdown


@pytest.mark.parametrize("reference", ["&#1;", "&#x0;", "&#xFFFF;", "&#xD800;", "&#99999999;", "&#0000014"])
def test_a_character_that_no_xml_carries_is_left_out(reference: str) -> None:
    """Whether it stands in text or in an attribute; lxml raises for the latter."""
    found = _page(f'{_BODY}<p>A picture <img src="{reference}a.png" alt="b{reference}"> and{reference} more text.</p>')
    assert "a.png" in found.markdown
    assert "and more text" in found.markdown


@pytest.mark.parametrize("text", ["Write x &lt;script&gt; y.", "Write x &amp;amp; y in it.", "It is &copy; x &#60; y."])
def test_a_paragraph_about_markup_stays(text: str) -> None:
    """Its text reads like a reference, which trafilatura resolves once more."""
    shown = html.escape(text, quote=False)
    found = page.read(f"<html><h1>A title</h1>{_BODY}<p>{shown}</p>{_BODY}</html>", "a.html", _ASKED)
    assert isinstance(found, Found)
    assert text in found.plain


@pytest.mark.parametrize(
    ("line", "authors", "day"),
    [
        ("By Ada Quill on Monday, November 18th, 2024 at 11:04 a.m.", ("Ada Quill",), "2024-11-18"),
        (
            "By Ada Quill , Ben Hale on Monday, November 18th, 2024 at 11:08 a.m.",
            ("Ada Quill", "Ben Hale"),
            "2024-11-18",
        ),
        ("Von Ada Quill publiziert am 30. Juli 2024", ("Ada Quill",), "2024-07-30"),
    ],
)
def test_a_line_below_the_heading_says_who_and_when(line: str, authors: tuple[str, ...], day: str) -> None:
    """In one line."""
    found = page.read(f"<html><h1>A title</h1><p>{line}</p>{_BODY}</html>", "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.published is not None
    assert (found.authors, found.published.iso[:10]) == (authors, day)


@pytest.mark.parametrize("said", ["Ada Quill, CNN", "Ada Quill. Velmar Press", "Ada Quill Posted", "Ada Quill Monday"])
def test_whom_somebody_works_for_is_no_author(said: str) -> None:
    """Nor is the label of a date part of a name."""
    found = page.read(f"<html><meta name=author content='{said}'><h1>A title</h1>{_BODY}</html>", "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.authors == ("Ada Quill",)


def test_a_page_that_only_says_of_itself_when_it_was_published_is_dated() -> None:
    """Where its data describe no article; a time may stand before the day."""
    told = '{"@type": "WebPage", "name": "Not this", "datePublished": "Fri 6:45 PM, Feb 16, 2024"}'
    source = f"<html><script type='application/ld+json'>{told}</script><h1>A title</h1>{_BODY}</html>"
    found = page.read(source, "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.published is not None
    assert (found.title, found.published.iso) == ("A title", "2024-02-16T18:45:00+00:00")


def test_more_names_on_the_page_than_in_its_data_are_believed() -> None:
    """Data often hold the first one only."""
    told = '{"@type": "NewsArticle", "author": {"name": "Ada Quill"}}'
    source = (
        f"<html><script type='application/ld+json'>{told}</script><h1>A title</h1><p>By Ada Quill, Ben Hale</p>{_BODY}"
    )
    found = page.read(source, "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.authors == ("Ada Quill", "Ben Hale")


def test_a_page_of_a_hundred_thousand_words_takes_seconds() -> None:
    """The work grows with the page and not with its square."""
    paragraphs = "".join(f"<p>{number}. {text}</p>" for number in range(1000) for text in _PARAGRAPHS)
    found = page.read(f"<html><h1>A title</h1>{paragraphs}</html>", "a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.plain.count("\n\n") == 4999


def test_a_page_of_fifty_million_characters_is_refused_at_once() -> None:
    """Its tree would take minutes and gigabytes."""
    found = page.read("<p>" + "The harbour is closed. " * 2_200_000, "sources/a.html", _ASKED)
    assert isinstance(found, Refused)
    assert [problem.code for problem in found.problems] == ["source-too-large"]
