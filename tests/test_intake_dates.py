"""Dates and bylines: full, placed and certain, or none."""

from __future__ import annotations

import pytest

from tagwire.intake import byline, dateline, dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-07-24", "2020-07-24"),
        ("2020-07-24T09:00:00+03:00", "2020-07-24T09:00:00+03:00"),
        ("2020-07-24 09:00Z", "2020-07-24T09:00:00+00:00"),
        ("24 July 2020", "2020-07-24"),
        ("July 24th, 2020", "2020-07-24"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("Friday, July 24, 2020 at 9:05 p.m. EDT", "2020-07-24T21:05:00-04:00"),
        ("Fri, 24 Jul 2020 09:00:00 +0300 (EEST)", "2020-07-24T09:00:00+03:00"),
        ("24. Juli 2020", "2020-07-24"),
        ("Freitag, 24. Juli 2020, 09:00 Uhr", "2020-07-24T09:00:00+02:00"),
        ("24.07.2020", "2020-07-24"),
        ("04.03.2025", "2025-03-04"),
        ("24/07/2020", "2020-07-24"),
        ("1er août 2020", "2020-08-01"),
        ("viernes, 24 de julio de 2020", "2020-07-24"),
        ("24 luglio 2020", "2020-07-24"),
        ("24 июля 2020 г.", "2020-07-24"),
        ("24 липня 2020 року", "2020-07-24"),
        ("24 ביולי 2020", "2020-07-24"),
        ("٢٤ يوليو ٢٠٢٠", "2020-07-24"),
        ("2020年7月24日", "2020-07-24"),
    ],
)
def test_dates_of_many_languages(text: str, expected: str) -> None:
    """A full date is read as written; one without a zone is in the site's."""
    found = dates.read(text, "Europe/Berlin")
    assert found is not None
    assert expected == found.iso


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2020",
        "May 2020",
        "24 July",
        "Thursday",
        "31 February 2020",
        "2020-13-01",
        "2020",
        "24 July 2020 was wet",
        "",
    ],
)
def test_what_is_no_full_and_certain_date(text: str) -> None:
    """Ambiguous, partial and impossible dates are none, nor is a sentence with a date in it."""
    assert dates.labelled(text, "UTC") is None


def test_a_time_in_an_unknown_zone_is_left_out() -> None:
    """IST is Irish, Indian and Israeli: the day is certain, the hour is not."""
    found = dates.labelled("Updated: 24 July 2020, 10:00 IST", "UTC")
    assert found is not None
    assert (found[0], found[1].iso) == ("updated", "2020-07-24")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("By Jane Roe, Ludwig van Doe and J. R. Quill", ("Jane Roe", "Ludwig van Doe", "J. R. Quill")),
        ("By Jane Roe, Staff Writer", ("Jane Roe",)),
        ("Von Jana Röhrig", ("Jana Röhrig",)),
        ("Par Jean-Luc d’Arc", ("Jean-Luc d’Arc",)),
        ("Автор: Анна Петрова", ("Анна Петрова",)),
        ("מאת רות לוי", ("רות לוי",)),
        ("作者：王小明", ("王小明",)),
        ("By the sea", ()),
        ("By Friday Night", ()),
        ("By far the best crane on the coast", ()),
        ("Von der Leyen gewinnt", ()),
        ("Bylaws Of Haven", ()),
        ("文化新闻", ()),
    ],
)
def test_bylines(line: str, expected: tuple[str, ...]) -> None:
    """Names behind a word of authorship, on a line of their own; headlines that begin alike are none."""
    assert expected == byline.read(line)


@pytest.mark.parametrize(
    ("paragraph", "rest", "date"),
    [
        ("HAVEN, 24 July 2020 (Wire) - It fell.", "It fell.", "24 July 2020"),
        ("KYIV — It fell.", "It fell.", ""),
        ("Kyiv, 24 July 2020 — It fell.", "It fell.", "24 July 2020"),
        ("HAVEN, Md. (Wire) -- It fell.", "It fell.", ""),
        ("КИЕВ, 24 июля 2020 (Вестник) — Упало.", "Упало.", "24 июля 2020"),
        ("The crane - a giant - fell.", "The crane - a giant - fell.", ""),
        ("He (the owner) - a giant - fell.", "He (the owner) - a giant - fell.", ""),
    ],
)
def test_datelines(paragraph: str, rest: str, date: str) -> None:
    """A place in capitals, or one with a date or an agency, in front of a dash."""
    assert (rest, date) == (dateline.strip(paragraph), dateline.date(paragraph))
