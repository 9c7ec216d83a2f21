"""A page that says nowhere when it was published gets no date but its file's, whatever numbers stand around it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire import intake
from tagwire.intake.found import Asked, Converted

_ASKED = Asked(site="", modified=datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC))
_TEXT = (
    "<p>The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all.</p>"
    "<p>The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs.</p>"
    "<p>Nobody on the island can remember that it was ever colder, and most of them have tried.</p>"
)
_BEFORE = {
    "a year in the title": ("<title>What 2019 taught the harbour of Skarv</title>", "", ""),
    "an address with numbers": ("<link rel='canonical' href='https://skarv.example/story/20191118447/ferry'>", "", ""),
    "an address with a year": ("<link rel='canonical' href='https://skarv.example/2019/ferry'>", "", ""),
    "the year of a copyright": ("", "", "<footer><p>© 2019 Skarv Courier</p></footer>"),
    "years of a copyright": ("", "", "<footer><p>Copyright 1998–2024 Skarv Courier. All rights reserved.</p></footer>"),
    "a copyright in the head": ("<meta name='copyright' content='2021 Skarv Courier'>", "", ""),
    "dates of other articles": (
        "",
        "",
        (
            "<aside><h2>More stories</h2><ul><li><a href='/a'>Ice</a> <time datetime='2019-03-01'>1 March 2019</time>"
            "</li><li><a href='/b'>Snow</a> <time datetime='2019-04-02'>2 April 2019</time></li></ul></aside>"
        ),
    ),
    "the time of one other article": (
        "",
        "",
        "<div class='related-posts'><a href='/a'>Ice</a> <time class='entry-date'>1 March 2019</time></div>",
    ),
    "the time of a comment": (
        "",
        "",
        "<div class='comments'><p><time datetime='2019-03-01'>1 March</time> Good.</p></div>",
    ),
    "one related article with a date": (
        "",
        "",
        "<div class='related'><a href='/2019/03/01/ice'>Ice in the harbour</a> <span>March 1, 2019</span></div>",
    ),
    "dates of comments": (
        "",
        "",
        (
            "<section id='comments'><h2>Comments</h2><article><b>Ann</b> <span>3 May 2020 at 10:11</span><p>Good.</p>"
            "</article><article><b>Bo</b> <span>4 May 2020 at 12:13</span><p>Bad.</p></article></section>"
        ),
    ),
    "today's date in the head of the page": ("", "<header><p>Skarv Courier</p><p>Tuesday, 5 May 2020</p></header>", ""),
    "a calendar": (
        "",
        "",
        "<table><caption>May 2020</caption><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
    ),
    "a date in the text": ("", "", "<p>The pier was opened on 3 June 1998 by the mayor of that time.</p>"),
    "dates in the text": ("", "", "<p>It closed on 12 May 2001 and on 14 May 2003, and opened on 1 July 2004.</p>"),
    "an event to come": ("", "", "<p>The feast is on 24 December 2027 in the old hall, and all are welcome.</p>"),
    "a date that can be read in two ways": ("", "<p>03/04/2020</p>", ""),
    "a version of a program": ("<meta name='generator' content='Courier 2019.11.18'>", "", ""),
    "dates in scripts": ("<script>var build = '2019-11-18'; var t = 1574086800;</script>", "", ""),
    "addresses of pictures": ("", "", "<p><img src='/uploads/2019/11/18/ferry.jpg' alt='The ferry'></p>"),
    "a style sheet's version": ("<link rel='stylesheet' href='/style.css?v=20191118'>", "", ""),
    "structured data of the site": (
        '<script type=\'application/ld+json\'>{"@type": "Organization", "foundingDate": "1898-04-01"}</script>',
        "",
        "",
    ),
    "the day of a newsletter": ("", "", "<div class='newsletter'><p>Next issue: 1 June 2020. Sign up here.</p></div>"),
    "nothing": ("", "", ""),
}
"""What stands around the text: in the head, above and below it."""


@pytest.mark.parametrize("case", _BEFORE)
def test_no_date_is_invented(case: str) -> None:
    """The file's time stands for the date, and the article says so."""
    head, above, below = _BEFORE[case]
    title = "" if "<title>" in head else "<title>The ferry sails again</title>"
    page = (
        f"<!doctype html><html lang='en'><head>{title}{head}</head><body>{above}"
        f"<main><article><h1>The ferry sails again</h1>{_TEXT}</article></main>{below}</body></html>"
    )
    made = intake.convert(page.encode(), "sources/ferry.html", _ASKED)
    assert isinstance(made, Converted)
    assert "\npublished: 2026-05-04T03:02:01+00:00\n" in made.text.replace("Z\n", "+00:00\n"), made.text
    assert "\ndate_source: file\n" in made.text


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sails again\n\nThe harbour of Skarv froze in 2019, and in May the ice was gone.\n",
        "The ferry sails again\n\nOn Thursday the captain said so. In the pilot's “2020 Vision” it was foreseen.\n",
        "The ferry sails again\n\nThe pier was opened on 3 June 1998, as everybody on the island knows by heart.\n",
        "The ferry sails again\n\nThe captain told us so, as he always does.\n\n© 2019 Skarv Courier\n",
    ],
)
def test_no_date_is_invented_in_a_plain_text(text: str) -> None:
    """Years, months and days that a text speaks of are no date of publication."""
    made = intake.convert(text.encode(), "sources/ferry.txt", _ASKED)
    assert isinstance(made, Converted)
    assert "\ndate_source: file\n" in made.text
