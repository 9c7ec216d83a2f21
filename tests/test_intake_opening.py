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
