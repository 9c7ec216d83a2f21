"""The lines above a text: kickers, headlines, dates, places and those who wrote it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted

ASKED = Asked(site="https://example.test/", modified=datetime(2026, 3, 1, 12, tzinfo=UTC))
LEAD = "The flood carried the weigh house of Brade half a mile down the river and set it on a meadow.\n"


def read(text: str) -> tuple[dict[str, object], str]:
    """Front matter (strings) and body of the article that a text becomes."""
    result = convert(text.encode(), "sources/x.txt", ASKED)
    assert isinstance(result, Converted)
    front, _, body = result.text.partition("\n---\n\n")
    loaded = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(loaded, dict)
    return loaded, body


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("line", "published", "authors"),
    [
        ("Brade, 7 May 2024", "2024-05-07", None),
        ("Brade, Lower Moor, May 7, 2024", "2024-05-07", None),
        ("Brade, den 7. Mai 2024", "2024-05-07", None),
        ("Posted on May 7, 2024 by Ida Falk", "2024-05-07", ["Ida Falk"]),
        ("Posted by ifalk on 2024-05-07 18:20", "2024-05-07T18:20:00+00:00", None),
        ("By Ida Falk. Published on 7 May 2024.", "2024-05-07", ["Ida Falk"]),
        ("By Ida Falk, May 7, 2024", "2024-05-07", ["Ida Falk"]),
        ("By Ida Falk | The Brade Courier | 7 May 2024", "2024-05-07", ["Ida Falk"]),
        ("Published: May 7, 2024 | Updated: an hour ago", "2024-05-07", None),
        ("07.05.2024, 18:20 Uhr", "2024-05-07T18:20:00+00:00", None),
        ("2024年5月7日  记者 李明", "2024-05-07", ["李明"]),
        ("来源：新华社  2024年5月7日", "2024-05-07", None),
    ],
)
def test_a_line_of_dates_and_names_dates_the_article(line: str, published: str, authors: object) -> None:
    """It gives the date and the authors, leaves the text and is no summary."""
    front, body = read(f"Weigh house found\n\n{line}\n\n{LEAD}")
    assert (front["published"], front.get("authors")) == (published, authors)
    assert (front["title"], body, front["summary"]) == ("Weigh house found", LEAD, LEAD.strip())


@pytest.mark.parametrize(
    "line",
    [
        "The parish met on 7 May 2024",
        "Weigh house, meadow and river, 7 May 2024",
        "Tuesday, the clerk said, 7 May 2024, was dry",
        "07/05/2024",
    ],
)
def test_a_line_of_prose_dates_nothing(line: str) -> None:
    """A date that a line merely mentions, or that is two, isn't the article's."""
    front, _ = read(f"Weigh house found\n\n{line}\n\n{LEAD}")
    assert front["date_source"] == "file"


@pytest.mark.parametrize(
    "above", ["", "Courier Staff Writer\n\n", "Contact: Ida Falk, desk@courier.test\n\n", "Coast Press Agency\n\n"]
)
@pytest.mark.parametrize("place", ["BRADE, May 7, 2024 -", "BRADE, Moor, 7 May 2024 --", "Brade, 7. Mai 2024 –"])
def test_a_dateline_counts_below_lines_that_are_no_sentences(above: str, place: str) -> None:
    """The place and day in front of the lead date the article, whoever is named above it."""
    front, body = read(f"Weigh house found\n\n{above}{place} {LEAD}")
    assert front["published"] == "2024-05-07"
    assert place.partition(",")[0] in body


def test_who_writes_for_whom_goes_with_the_byline() -> None:
    """A line "Courier Staff Writer" right below a byline is no paragraph of the article."""
    front, body = read(f"Weigh house found\n\nBy Ida Falk\nCourier Staff Writer\n\n{LEAD}")
    assert (front["authors"], body) == (["Ida Falk"], LEAD)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Weigh house found\nPublished: May 7, 2024 | Updated: May 8, 2024\nBy Ida Falk | Brade Courier", None),
        ("Wiegehaus gefunden\n07.05.2024, 18:20 Uhr", "Wiegehaus gefunden"),
        ("Words of the Miller at the Raising of the House\nBrade, 7 May 2024", None),
        ("Weigh house found\nPosted by ifalk on 2024-05-07 18:20", None),
    ],
)
def test_the_headline_ends_above_the_date(text: str, title: str | None) -> None:
    """Headline, date and byline on adjoining lines are three things."""
    front, body = read(f"{text}\n\n{LEAD}")
    assert front["title"] == (title or text.partition("\n")[0])
    assert str(front["published"]).startswith("2024-05-07")
    assert body == LEAD


@pytest.mark.parametrize("below", ["Courier Staff Writer\n\n", "BRADE, May 7, 2024 - "])
def test_the_headline_ends_above_who_and_where(below: str) -> None:
    """Neither somebody's office nor a lead with its dateline is more of the headline above."""
    front, body = read(f"Weigh house found\n{below}{LEAD}")
    assert front["title"] == "Weigh house found"
    assert body.startswith(below)


# ------------------------------------------------------------------ kickers and mail


@pytest.mark.parametrize("kicker", ["FOR IMMEDIATE RELEASE", "News Release", "PRESS RELEASE:", "BREAKING"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_kicker_is_no_headline(kicker: str, gap: str) -> None:
    """What a text is stands above its headline; that line is cut and recorded."""
    front, body = read(f"{kicker}{gap}Weigh house found\n\n{LEAD}")
    assert (front["title"], body) == ("Weigh house found", LEAD)
    assert front["source"]["cut"][0]["lines"] == "1"  # type: ignore[index]


def test_a_kicker_above_the_text_itself() -> None:
    """Without a headline between them, the title is made of the lead."""
    front, _ = read(f"PRESS RELEASE\n\n{LEAD}")
    assert str(front["title"]).startswith("The flood carried")


def test_a_headline_below_whom_to_call() -> None:
    """A release names its press office first; the headline below it is still one."""
    front, body = read(f"NEWS RELEASE\nContact: Ida Falk, desk@courier.test\n\nWeigh house found\n\n{LEAD}")
    assert front["title"] == "Weigh house found"
    assert "Contact: Ida Falk" in body


@pytest.mark.parametrize(
    "subject", ["Fwd: Weigh house found", "Re: WG: AW: Weigh house found", "TR: RE[2]: Weigh house found"]
)
@pytest.mark.parametrize("header", ["", "Subject: "])
def test_a_subject_loses_the_signs_of_mail(subject: str, header: str) -> None:
    """That a mail was passed on is no part of the headline."""
    front, _ = read(f"{header}{subject}\n\n{LEAD}")
    assert front["title"] == "Weigh house found"


# ------------------------------------------------------------------ summaries


@pytest.mark.parametrize(
    "above",
    [
        "Coast Press Agency",
        "Courier Staff Writer",
        "Contact: Ida Falk, desk@courier.test",
        "Hi,",
        "Dear readers and friends of the weigh house on the river,",
        "Liebe Leserinnen und Leser des Kuriers am Fluss!",
        "Why a meadow?",
        "Photo by Ida Falk for the Brade Courier and its many readers.",
    ],
)
def test_the_summary_is_the_first_sentence_that_says_something(above: str) -> None:
    """Greetings, addresses, credits and a few words are none."""
    front, body = read(f"Weigh house found\n\n{above}\n\n{LEAD}")
    assert front["summary"] == LEAD.strip()
    assert above.partition(" ")[0] in body


def test_a_text_of_short_lines_still_has_a_summary() -> None:
    """Where no paragraph is long enough, the first one stands for the text."""
    front, _ = read("Weigh house found\n\nIt is well.\n\nSo are we.\n")
    assert front["summary"] == "It is well."


# ------------------------------------------------------------------ names of files


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (
            "The weigh house of Brade and its meadow and the two millers may have been sold",
            "the-weigh-house-of-brade-and-its-meadow-and-the-two-millers",
        ),
        ("What it may have been", "what-it-may-have-been"),
    ],
)
def test_a_long_name_is_cut_where_it_can_end(title: str, slug: str) -> None:
    """No article, preposition or auxiliary is left hanging; a short name is whole."""
    result = convert(f"{title}\n\n{LEAD}".encode(), "sources/x.txt", ASKED)
    assert isinstance(result, Converted)
    assert result.slug == slug
