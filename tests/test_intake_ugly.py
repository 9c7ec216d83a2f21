"""What an editor would not have signed on ugly pages and texts, each as a small case of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire.intake import convert, lean, page, summary
from tagwire.intake.found import Asked, Converted, Found
from tagwire.intake.htmltree import parse, text_of, tidy

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_LINES = (
    "The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all.",
    "The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs.",
    "Nobody on the island can remember that it was ever colder, and most of them have tried.",
)
_TEXT = "".join(f"<p>{line}</p>" for line in _LINES)
_LAST = "Shareholders of the ferry company will meet in the school on the first of June, after dinner."


def _read(body: str, title: str = "The ferry sails again") -> Found:
    found = page.read(f"<html><head><title>{title}</title></head><body>{body}</body></html>", "a.html", _ASKED)
    assert isinstance(found, Found), found
    return found


def _text(source: str) -> str:
    found = convert(source.encode(), "sources/a.txt", _ASKED)
    assert isinstance(found, Converted), found
    return found.text


def test_a_last_paragraph_stays_though_its_class_begins_like_a_share_bar() -> None:
    """The class misleads trafilatura; the sentence stands beside sure ones."""
    found = _read(f"<article><h1>The ferry sails again</h1>{_TEXT}<p class='shareholders'>{_LAST}</p></article>")
    assert found.markdown.endswith(f"{_LAST}\n")


@pytest.mark.parametrize(
    "date",
    [
        "<div class='d'><span>20</span><span>Nov</span><span>2019</span></div>",
        "<div class='d'><div>20</div><div>November</div><div>2019</div></div>",
        "<div class='d'><p>November 20</p><p>15:23</p><p>2019</p></div>",
        "<ul class='d'></ul><div><p>Nov</p><p>20,</p><p>2019</p></div>",
    ],
)
def test_a_date_in_pieces_is_one(date: str) -> None:
    """Classic themes show day, month and year in elements of their own."""
    found = _read(f"<article><h1>The ferry sails again</h1>{date}{_TEXT}</article>")
    assert found.published is not None
    assert found.published.iso == "2019-11-20"
    assert "2019" not in found.markdown


def test_numbers_in_pieces_are_no_date() -> None:
    """They need a month between them."""
    score = "<div><p>20</p><p>to</p><p>2019</p></div>"
    assert _read(f"<article><h1>The ferry sails again</h1>{score}{_TEXT}</article>").published is None


def test_a_time_in_east_asian_signs_belongs_to_its_date() -> None:
    """10時30分 is 10:30."""
    found = _read(f"<article><h1>The ferry sails again</h1><p>2020年3月4日 10時30分</p>{_TEXT}</article>")
    assert found.published is not None
    assert found.published.iso.startswith("2020-03-04T10:30")


def test_two_line_breaks_part_paragraphs_within_one() -> None:
    """Old pages have one `<p>`, or none, for the whole text."""
    assert _read(f"<h1>The ferry sails again</h1><p>{'<br><br>'.join(_LINES)}</p>").markdown == (
        "\n\n".join(_LINES) + "\n"
    )


def test_one_line_break_stays_in_its_paragraph() -> None:
    """Verse, and addresses."""
    verse = "<p>Two lamps he had,<br>and one was for the ships.</p>"
    assert (
        "Two lamps he had,  \nand one"
        in _read(f"<article><h1>The ferry sails again</h1>{_TEXT}{verse}</article>").markdown
    )


def test_the_banner_of_a_blog_is_not_the_title_of_its_post() -> None:
    """Classic themes of WordPress have the site's name in `h1` on every page."""
    banner = "<div><h1><a href='https://log.example/'>The Skarv Log</a></h1></div>"
    post = f"<div class='post'><h2>The ferry sails again</h2>{_TEXT}</div>"
    found = _read(banner + post, "The ferry sails again « The Skarv Log")
    assert found.title == "The ferry sails again"
    assert "sails again\n" not in found.markdown


def test_a_note_whose_number_leads_back_is_a_footnote() -> None:
    """As Substack makes them: the number is a block of its own."""
    mark = "<p>The ice broke on a Tuesday.<a class='footnote-anchor' id='fa-1' href='#f-1'>1</a></p>"
    note = (
        "<div class='footnote'><a id='f-1' href='#fa-1' class='footnote-number'>1</a><div><p>At noon.</p></div></div>"
    )
    found = _read(f"<article><h1>The ferry sails again</h1>{_TEXT}{mark}{note}</article>")
    assert "on a Tuesday.[^1]" in found.markdown
    assert "[^1]: At noon." in found.markdown


def test_the_links_of_a_wiki_to_its_editor_are_cut() -> None:
    """They stand inside of headings."""
    head = "<h2><span id='H'>History</span><span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>"
    found = _read(f"<div class='mw-body' id='content'><h1>Skarv</h1>{_TEXT}{head}<p>{_LAST}</p></div>", "Skarv - Wiki")
    assert "edit" not in found.markdown


def test_related_links_are_told_in_brackets_too() -> None:
    """As Japanese publications print it."""
    found = _read(f"<article><h1>The ferry sails again</h1>{_TEXT}<p>【関連記事】</p></article>")
    assert "関連" not in found.markdown


def test_underscores_of_project_gutenberg_are_emphasis() -> None:
    """Its volunteers mark italics so; pairs alone, and none within words."""
    head = "The Project Gutenberg eBook of The Lamp\n\nTitle: The Lamp\n\nAuthor: Ida Falk\n\n"
    start, end = (f"*** {word} OF THE PROJECT GUTENBERG EBOOK THE LAMP ***" for word in ("START", "END"))
    work = "The _Sun_ was a ship, and _nobody had\never seen her_ but he, who had a file my_own_file.\n\nA lone _ sign."
    text = _text(f"{head}{start}\n\n{work}\n\n{end}\n")
    assert "The *Sun* was a ship, and *nobody had ever seen her* but he, who had a file my_own_file." in text
    assert "A lone \\_ sign." in text
    assert "_Sun_" not in text


def test_underscores_of_other_texts_stay() -> None:
    """Nobody knows what they mean there."""
    assert "\\_Sun\\_" in _text("A headline\n\nThe _Sun_ was a ship, and nobody had ever seen her but the keeper.\n")


def test_who_speaks_in_an_interview_is_no_part_of_a_summary() -> None:
    """What they say is."""
    asked = "Q: When did you first see that the pier was sinking into the mud?"
    told = "A: In March of that year, when I found a crack in the stone above the water."
    assert summary.of(f"{asked}\n\n{told}") == asked[3:]
    assert summary.of(f"Harbours\n\n{told}\n\n{asked}") == told[3:]
    assert summary.of("A: what it was like to be the first to see that.").startswith("what")
    assert summary.of("In group 5-1A: two ferries, and one harbour that is deep enough.").startswith("In group 5-1A: ")
    assert summary.of("Ada: I saw the crack in the stone above the water in March.").startswith("Ada: ")


def test_the_marks_of_notes_are_no_part_of_a_summary() -> None:
    """The notes themselves are no summary either."""
    text = _text(
        "On islands\n\nSkarv is the smallest of them.[1] It has eleven people.[2]\n\n"
        "[1] Falk, 1913, p. 4.\n[2] In winter.\n"
    )
    assert "summary: Skarv is the smallest of them. It has eleven people." in text
    assert "of them.[1]" in text


def test_signs_between_paragraphs_are_a_line() -> None:
    """Press releases end in ###, and go on."""
    assert "\n\n* * *\n\n" in _text(f"A headline\n\n{_LINES[0]}\n\n###\n\n{_LINES[1]}\n")


def test_the_lean_copy_has_the_words_of_the_page_and_leaves_it_alone() -> None:
    """What trafilatura is given to look for the article."""
    menu, form = "<nav><ul><li><a href='/'>Home</a></li></ul></nav>", "<form><p>Find <b>it</b></p></form>"
    body = f"{menu}<main>{_TEXT}<img src='a.jpg'></main>{form}"
    root = parse(f"<html><body>{body}</body></html>")
    tidy(root)
    before = text_of(root)
    copied = lean.copied(root)
    assert text_of(copied) == before == text_of(root)
    assert all(len(shut) == 0 for shut in copied.iter("nav", "form"))
    assert next(copied.iter("img"), None) is None
    assert next(root.iter("img"), None) is not None


_OLD = (
    "<table><tr><td><a href='a.htm'>Home</a></td>"
    "<td><font size=5><b>{title}</b></font><br>{below}{text}</td></tr></table>"
)


def test_a_table_layout_without_headings_has_title_byline_and_date() -> None:
    """The site's name stands in front of `<title>`, and no element says what is what."""
    below = "<font size=2>By Ida Falk, March 3, 2003</font>"
    body = _OLD.format(title="The ferry sails again", below=below, text=_TEXT)
    found = _read(body, "Skarv Times - The ferry sails again")
    assert (found.title, found.authors) == ("The ferry sails again", ("Ida Falk",))
    assert found.published is not None
    assert found.published.iso == "2003-03-03"
    assert "By Ida Falk" not in found.markdown


@pytest.mark.parametrize("below", ["", "The boat left in March 2003.<br>", "Photo: 12 kB<br>"])
def test_a_text_right_below_the_title_is_no_byline(below: str) -> None:
    """Only a line that says nothing else names the author."""
    found = _read(_OLD.format(title="The ferry sails again", below=below, text=_TEXT), "The ferry sails again")
    assert (found.authors, found.published) == ((), None)


def test_a_title_keeps_what_stands_in_front_where_the_page_shows_all_of_it() -> None:
    """A kicker belongs to its title."""
    found = _read(
        _OLD.format(title="Ferry: - the boat sails again", below="", text=_TEXT), "Ferry: - the boat sails again"
    )
    assert found.title == "Ferry: - the boat sails again"


@pytest.mark.parametrize("greeting", ["Dear Ida,", "Lieber Ole,", "Hi all:"])
def test_a_letter_is_titled_by_what_it_says(greeting: str) -> None:
    """Not by its greeting, which stays in the text."""
    text = _text(f"3 March 2020\n\n{greeting}\n\nthank you for the coffee. It came on the sledge, still warm.\n")
    assert "title: Thank you for the coffee\ntitle_source: derived\n" in text
    assert f"\n{greeting}\n" in text


def _numbered(*numbers: int, line: str = "A coat", said: str = "It is cold in every month of the year.") -> str:
    return "Things to pack for Skarv\n\n" + "\n\n".join(f"{number}. {line}\n{said}" for number in numbers) + "\n"


@pytest.mark.parametrize("numbers", [(1, 2, 3), (5, 4, 3, 2, 1)])
def test_numbered_lines_above_paragraphs_are_the_headings_of_a_list_article(numbers: tuple[int, ...]) -> None:
    """Counted up or down."""
    text = _text(_numbered(*numbers))
    assert text.count("\n## ") == len(numbers)
    assert f"## {numbers[0]}\\. A coat\n\nIt is cold" in text


@pytest.mark.parametrize(
    "source",
    [
        _numbered(1, 2),
        _numbered(1, 2, 4),
        _numbered(1, 2, 3, said="and a hat, since it is cold in every month."),
        _numbered(1, 2, 3, line="You will need a coat."),
        _numbered(1, 2, 3, line="A coat is what you will need on each of", said="The eleven days that it rains there."),
    ],
)
def test_other_numbered_lines_are_no_headings(source: str) -> None:
    """Too few, out of order, sentences, or lines that a margin has broken."""
    assert "\n## " not in _text(source)


_BOARD = "VELM HARBOUR BOARD\nQuay 4, 1200 Velm\nTel. +99 555 0101\n\n"
_RELEASED = "PRESS RELEASE\nFor immediate release\n\nVelm, 2 March 2026\n\nFerry quay closes\n\n" + "\n\n".join(_LINES)


def test_the_headline_of_a_press_release_stands_below_its_letterhead() -> None:
    """Who sends it is cut with the other lines of its head, and can be had back."""
    text = _text(_BOARD + _RELEASED)
    assert "title: Ferry quay closes\n" in text
    assert "published: 2026-03-02\n" in text
    assert "lines: '1', rule: header-lines" in text


def test_a_headline_above_press_release_is_no_letterhead() -> None:
    """No address is in it."""
    assert "title: The ferry sails again\n" in _text("The ferry sails again\n\nPRESS RELEASE\n\n" + "\n\n".join(_LINES))


@pytest.mark.parametrize("greeting", ["Lieber Ole!", "Dear Ida,", "Chère Ida !", "Дорогой Олег!"])
def test_a_greeting_alone_is_no_headline(greeting: str) -> None:
    """It stays in the text; what the letter says gives the title."""
    text = _text(f"{greeting}\n\n" + "\n\n".join(_LINES))
    assert "title_source: derived\n" in text
    assert f"\n{greeting}\n" in text


@pytest.mark.parametrize("headline", ["Hello, world!", "Dear money", "Dear Ida, the ferry is late again"])
def test_other_lines_that_begin_like_a_letter_are_headlines(headline: str) -> None:
    """Nobody is greeted, or something is said besides."""
    assert "title_source" not in _text(f"{headline}\n\n" + "\n\n".join(_LINES))


def test_the_word_above_an_advertisement_goes() -> None:
    """Where an article is copied from a page, these lines come along; one about advertising keeps its headings."""
    text = _text(
        "Ferry sails\n\n" + "\n\nADVERTISEMENT\n\n".join(_LINES[:2]) + f"\n\nArticle continues below\n\n{_LINES[2]}\n"
    )
    assert "rule: advertisement" in text
    assert "ADVERTISEMENT" not in text.partition("\n---\n")[2]
    assert "continues below" not in text
    about = "\n\n".join(f"{line} Advertising paid for it." for line in _LINES)
    assert "## ADVERTISING" in _text(f"Who pays\n\n{about}\n\nADVERTISING\n\n{about}\n")


def test_a_bare_address_is_a_summary_only_where_nothing_else_is() -> None:
    """WordPress makes a film of one."""
    address = "https://films.example/watch?v=abcdefghijk"
    assert summary.of(f"{address}\n\nThe pier sinks.") == "The pier sinks."
    assert summary.of(address) == address
    assert summary.of(f"***\n\n{address}") == address
