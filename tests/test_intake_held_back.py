"""What pages that no rule was made for have taught, each by a page of our own."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tagwire.intake import page
from tagwire.intake.found import Asked, Found

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_TEXT = (
    "<p>The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all.</p>"
    "<p>The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs.</p>"
    "<p>Nobody on the island can remember that it was ever colder, and most of them have tried.</p>"
)


def _read(source: str) -> Found:
    found = page.read(source, "a.html", _ASKED)
    assert isinstance(found, Found), found
    return found


def test_the_site_leaves_a_title_where_the_page_shows_it_without() -> None:
    """A hyphen parts titles too; the page itself tells which end is none of it."""
    shown = "<dl><dt>How the ferry won - a tale</dt></dl>"
    found = _read(f"<html><title>How the ferry won - a tale - Courier</title><body>{shown}{_TEXT}</body></html>")
    assert found.title == "How the ferry won - a tale"
    assert "a tale" not in found.markdown


def test_a_title_that_the_page_shows_whole_stays_whole() -> None:
    """Even where its first part stands somewhere by itself."""
    shown = "<p>Skarv and its ferry</p><div>Skarv and its ferry - a tale</div>"
    found = _read(f"<html><title>Skarv and its ferry - a tale</title><body>{shown}{_TEXT}</body></html>")
    assert found.title == "Skarv and its ferry - a tale"


def test_all_names_of_a_byline_are_taken_where_data_tell_the_first() -> None:
    """Links to authors that stand in one short line belong together; those of other articles don't."""
    told = '{"@type": "NewsArticle", "author": {"name": "Ada Quill"}}'
    line = "<div>By <a rel='author' href='/a'>Ada Quill</a>, <a rel='author' href='/b'>Ben Hale</a> 2h ago</div>"
    other = f"<section><p>{'Much more to read. ' * 9}</p><a rel='author' href='/c'>Cy Reed</a></section>"
    head = f"<html><script type='application/ld+json'>{told}</script><h1>A title</h1>"
    assert _read(f"{head}{line}{_TEXT}{other}</html>").authors == ("Ada Quill", "Ben Hale")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ada Quill and Ben Hale Associated Press", ("Ada Quill", "Ben Hale")),
        ("The Associated Press", ("The Associated Press",)),
        ("Reuters", ("Reuters",)),
    ],
)
def test_an_agency_behind_a_name_is_no_part_of_it(said: str, names: tuple[str, ...]) -> None:
    """An agency by itself is who wrote it."""
    assert _read(f"<html><meta name=author content='{said}'><h1>A title</h1>{_TEXT}</html>").authors == names


def test_a_date_below_a_title_that_is_no_heading_is_read() -> None:
    """Korean pages say "기사입력" before it."""
    shown = "<p>페리가 다시 떠난다</p><p>기사입력 :[ 2024-02-16 17:32 ]</p>"
    found = _read(f"<html lang=ko><title>페리가 다시 떠난다</title><body>{shown}{_TEXT}</body></html>")
    assert found.published is not None
    assert found.published.iso.startswith("2024-02-16T17:32")


def test_links_to_tags_and_the_author_s_mail_at_the_end_go() -> None:
    """They belong to the page; a list of sources stays."""
    tags = "<ul><li><a href='/topics/ice'>Ice</a></li><li><a href='/topics/skarv'>Skarv</a></li></ul>"
    found = _read(f"<html><h1>A title</h1>{_TEXT}<p>ada@courier.example</p>{tags}</html>")
    assert found.markdown.endswith("most of them have tried.\n")
    assert {cut.rule for cut in found.cuts} >= {"own-address", "tags-line"}
    sources = "<p>Sources:</p><ul><li><a href='https://ice.example/2019'>The ice report</a></li></ul>"
    assert "The ice report" in _read(f"<html><h1>A title</h1>{_TEXT}{sources}</html>").markdown


def test_lists_without_words_are_left_out() -> None:
    """Buttons leave empty items behind."""
    empty = "<ul><li><button>Like</button></li><li><ul><li><svg></svg></li></ul></li></ul>"
    assert "<li>" not in _read(f"<html><h1>A title</h1>{_TEXT}{empty}{_TEXT}</html>").markdown


# ------------------------------------------------------------------ bylines, dates and titles of the second lot


def _head(*metas: str) -> str:
    return f"<html><head><title>The ferry of Skarv sails again</title>{''.join(metas)}</head><body>"


_H1 = "<h1>The ferry of Skarv sails again</h1>"
_SITE = "<meta property='og:site_name' content='Velmar'>"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Ada Quill, MS, RDN", ("Ada Quill",)),
        ("Ada Quill, Ph.D.", ("Ada Quill",)),
        ("Analysis by Ada Quill", ("Ada Quill",)),
        ("Ada Quill, Velmar Business", ("Ada Quill",)),
        ("Ada Quill, Skarvism", ("Ada Quill",)),
        ("Текст: Ада Квилл", ("Ада Квилл",)),
        ("Ada Quill and Minh Do", ("Ada Quill", "Minh Do")),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(said: str, names: tuple[str, ...]) -> None:
    """Degrees, the kind of the text, the publication, the outlet; a name that a weekday's abbreviation has, too."""
    told = f"<meta name=author content='{said}'>"
    assert _read(f"{_head(_SITE, told)}{_H1}{_TEXT}").authors == names


def test_a_date_in_the_element_of_the_author_is_no_part_of_the_name() -> None:
    """Templates put both into one element."""
    line = "<div itemprop=author><span>By <b>VELMAR STAFF</b></span><div>NOVEMBER 20, 2019 10:43</div></div>"
    assert _read(f"{_head()}{_H1}{line}{_TEXT}").authors == ("VELMAR STAFF",)


def test_the_person_on_the_page_goes_before_the_publication_in_its_data() -> None:
    """Data often name the publication as the author of everything."""
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Velmar"}}</script>'
    line = "<div class='card'><h3><a href='/author/ada-quill'>Ada Quill</a></h3><p>News reporter</p></div>"
    assert _read(f"{_head(_SITE, told)}{_H1}{line}{_TEXT}").authors == ("Ada Quill",)
    assert _read(f"{_head(_SITE, told)}{_H1}{_TEXT}").authors == ("Velmar",)


def test_who_writes_a_comment_is_no_author() -> None:
    """Comments mark their authors as articles do."""
    comment = "<div class='comments'><span itemprop='author'>Cy Reed</span><p>So it is.</p></div>"
    assert _read(f"{_head()}{_H1}<p>Текст: Ада Квилл · 11 октября 2018</p>{_TEXT}{comment}").authors == ("Ада Квилл",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>By <a>Ada Quill</a> , <a>Ben Hale</a> on Monday, November 18th, 2019 at 11:08 a.m.</p>",
        "<p>A word on what follows.</p><p>By Ada Quill and Ben Hale</p><p>18 November 2019</p>",
        "<ul><li><a href='/x'>Share</a></li></ul><p>By Ada Quill, Ben Hale</p><p>Monday, November 18, 2019</p>",
        "<p><em>The quay</em></p><p>A quay.</p><h2>by Ada Quill and Ben Hale<br>Monday, November 18, 2019</h2>",
    ],
)
def test_byline_and_date_below_the_heading_are_found_behind_what_stands_between(line: str) -> None:
    """A standfirst, lists of networks, a caption."""
    found = _read(f"{_head()}{_H1}{line}{_TEXT}")
    assert found.authors == ("Ada Quill", "Ben Hale")
    assert found.published is not None
    assert found.published.iso[:10] == "2019-11-18"
    assert "2019" not in found.markdown


def test_a_line_right_above_the_heading_may_tell_both() -> None:
    """As many German templates have it."""
    line = (
        "<p>Von <a class='author-link' href='/author/a'>Ada Quill</a> <span>publiziert am 25. September 2018</span></p>"
    )
    found = _read(f"{_head()}<div>{line}{_H1}</div>{_TEXT}")
    assert found.authors == ("Ada Quill",)
    assert found.published is not None
    assert found.published.iso == "2018-09-25"


def test_the_heading_is_the_block_with_the_title_where_the_logo_is_the_h1() -> None:
    """Then the date below it counts, and what stands above it goes."""
    logo, above = "<h1>Velmar</h1>", "<h2>Other news of Velmar</h2>"
    title = "<dl><dt>The ferry of Skarv sails again</dt></dl>기사입력 :[ 2018-08-25 15:24 ]"
    found = _read(f"{_head(_SITE)}{logo}<div>{above}{title}{_TEXT}</div>")
    assert found.published is not None
    assert found.published.iso[:10] == "2018-08-25"
    assert found.markdown.startswith("The ferry to Skarv")


def test_the_marked_headline_goes_before_the_title_for_search_engines() -> None:
    """Unless the page shows that title, and the `h1` is of another article."""
    head = "<html><title>Ice in Skarv is gone</title><meta property='og:title' content='Ice in Skarv is gone'>"
    marked = "<article><h1 class='headline'>How two dogs brought the mail</h1>"
    assert _read(f"{head}{marked}{_TEXT}</article>").title == "How two dogs brought the mail"
    shown = "<h2>Ice in Skarv is gone</h2>"
    assert _read(f"{head}<main>{shown}{_TEXT}</main>{marked}</article>").title == "Ice in Skarv is gone"


# ------------------------------------------------------------------ what stands around their texts


_BY = "<meta name=author content='Ada Quill'>"


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Skarv</b>, <a href='/by'>Ada Quill</a> | Updated : 19 November 2019, 09:01 AM IST</p>",
        "<p>Today 12:01 AM</p>",
        "<p>3 hours ago</p>",
        "<p>By Ada Quill | November 18, 2019 -- 19:14 GMT (19:14 GMT)</p>",
        "<p><a href='/a'><img src='/pics/ada-quill.jpg' alt='Ada Quill, news reporter'></a></p>",
        "<p><img src='/pics/Ada_Quill.jpg'></p>",
    ],
)
def test_bylines_and_portraits_around_a_text_are_no_part_of_it(line: str) -> None:
    """Above it, and below it."""
    found = _read(
        f"{_head(_BY)}<article>{_H1}<p>A long walk over the ice, and what came of it</p>{line}{_TEXT}{line}</article>"
    )
    assert found.markdown.count("\n\n") in (2, 3), found.markdown
    assert "Quill" not in found.markdown
    assert "Today" not in found.markdown


@pytest.mark.parametrize(
    "line",
    [
        "<p>First Published: Tuesday, November 19, 2019 08:38 AM</p>",
        "<p>Ada Quill</p>",
        "<p>© Velmar</p>",
        "<p>Post Comment (+)</p>",
        "<p>More ferry news: https://velmar.example/ferry and https://velmar.example/dogs</p>",
        "<h2>Something to Consider</h2><p>If you enjoyed this article, we have a proposition for you: Join Velmar.</p>",
    ],
)
def test_lines_below_a_text_that_say_nothing_of_it_go(line: str) -> None:
    """Each by itself, at the end."""
    found = _read(f"{_head(_BY)}<article>{_H1}{_TEXT}{line}</article>")
    assert found.markdown.rstrip().endswith("most of them have tried."), found.markdown


@pytest.mark.parametrize(
    "line",
    [
        "<p>On 19 November 2019 the ferry sailed with Ada Quill.</p>",
        "<figure><img src='/pics/ada-quill.jpg' alt='Ada Quill'><figcaption>Ada Quill on the ice</figcaption></figure>",
        "<p>The sledge needed three hours, and it was dark by then.</p>",
    ],
)
def test_a_sentence_with_name_and_date_and_a_picture_with_a_caption_stay(line: str) -> None:
    """They are the article's."""
    found = _read(f"{_head(_BY)}<article>{_H1}{line}{_TEXT}</article>")
    assert re.sub("<[^>]*>", "", line).strip() in re.sub("<[^>]*>", "", found.markdown)


def test_a_box_about_the_author_outside_of_the_article_is_their_note() -> None:
    """It is of the page, not of the text; so nothing is cut for it."""
    box = "<div class='author-bio'><p>Ada Quill writes about ferries. She lives in Skarv.</p></div>"
    found = _read(f"{_head(_BY)}<article>{_H1}{_TEXT}</article>{box}")
    assert found.author_note == "Ada Quill writes about ferries. She lives in Skarv."
    assert "writes about" not in found.markdown


def test_where_trafilatura_finds_nothing_readability_tells_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that trafilatura brings along."""
    import trafilatura  # noqa: PLC0415

    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_args, **_named: None)
    links = "".join(f"<div><a href='/{n}'>Another story of the day, number {n}</a></div>" for n in range(4))
    found = _read(f"{_head()}<div id=side>{links}</div><div class=article>{_H1}{_TEXT}{_TEXT}</div></body></html>")
    assert "The harbour was frozen" in found.markdown
    assert "Another story" not in found.markdown


def test_a_page_that_leaves_head_and_body_out_is_read() -> None:
    """HTML allows it; libxml2 puts an `<article>` or a `<main>` that follows the title into the head."""
    found = _read(f"<!doctype html><title>The ferry of Skarv sails again</title><main>{_H1}{_TEXT}</main>")
    assert found.title == "The ferry of Skarv sails again"
    assert found.markdown.startswith("The ferry to Skarv")
