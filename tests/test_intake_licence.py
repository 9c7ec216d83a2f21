"""What Project Gutenberg puts around a text: cut by a rule of its own, and told from an article that quotes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))
WORK = (
    "The keeper of Skarv had two lamps. One was for the ships,\nand nobody knew what the other one was for.\n\n"
    "On the night of the storm he lit both, and the sea went\nstill. He never said why."
)
BODY = (
    "The keeper of Skarv had two lamps. One was for the ships, and nobody knew what the other one was for.\n\n"
    "On the night of the storm he lit both, and the sea went still. He never said why.\n"
)
ABOVE = """The Project Gutenberg eBook of The Lamp of Skarv

You may copy this invented text. See the terms below.

Title: The Lamp of Skarv;
        Or, The Keeper

Author: Ida Falk
        Ole Brandt

Release date: March 1, 2010 [eBook #9999999]

Language: German

Original publication: Skarv: Falk, 1913

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP OF
SKARV; OR, THE KEEPER ***

Produced by two invented people
and a lamp
"""
BELOW = """*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP OF SKARV ***

Section 1. Terms

These are terms that nobody wrote. Please donate. Copyright 2010."""
OLD_ABOVE = """**The Project Gutenberg Etext of The Lamp of Skarv, by Ida Falk**

***START**THE SMALL PRINT!**FOR INVENTED ETEXTS**START***
There are terms here, too.
*END*THE SMALL PRINT! FOR INVENTED ETEXTS*Ver.00.00.00*END*
"""
OLD_BELOW = "End of The Project Gutenberg Etext of The Lamp of Skarv, by Ida Falk\n\nMore of it."


def made(text: str, asked: Asked = ASKED) -> tuple[dict[str, object], str, list[tuple[str, str]]]:
    """(front matter, body, cuts)."""
    result = convert(text.encode(), "sources/x.txt", asked)
    assert isinstance(result, Converted), result
    front, body = result.text.removeprefix("---\n").split("\n---\n\n", 1)
    return yaml.safe_load(front), body, [(cut.rule, cut.lines) for cut in result.cuts]


def test_the_work_is_what_stands_between_the_markers() -> None:
    """What stands around it is on record, line by line."""
    front, body, cuts = made(f"{ABOVE}\nTHE LAMP OF SKARV; OR, THE KEEPER\n\nby Ida Falk\n\n{WORK}\n\n{BELOW}")
    assert body == BODY
    assert cuts == [("licence", "1-21"), ("licence", "33-37")]
    assert front["title"] == "The Lamp of Skarv; Or, The Keeper"
    assert front["authors"] == ["Ida Falk", "Ole Brandt"]


def test_its_language_is_taken_and_its_release_dates_nothing() -> None:
    """The release is the day on which the file was made public; the year of a book is no day."""
    front, _, _ = made(f"{ABOVE}\n{WORK}\n\n{BELOW}")
    assert (front["lang"], front["date_source"]) == ("de", "file")
    assert str(front["published"]).startswith("2026-03-01")


def test_the_small_print_of_the_nineties_goes_too() -> None:
    """Its first line says title and author."""
    front, body, cuts = made(f"{OLD_ABOVE}\n{WORK}\n\n{OLD_BELOW}\n")
    assert body == BODY
    assert [rule for rule, _ in cuts] == ["licence", "licence"]
    assert (front["title"], front["authors"]) == ("The Lamp of Skarv", ["Ida Falk"])


def test_a_text_cut_short_has_no_licence_below() -> None:
    """Its heading goes all the same."""
    _, body, cuts = made(f"{ABOVE}\n{WORK}\n")
    assert (body, cuts) == (BODY, [("licence", "1-21")])


@pytest.mark.parametrize("asked", [replace(ASKED, keep=("licence",)), replace(ASKED, keep_all=True)])
def test_it_can_be_kept(asked: Asked) -> None:
    """Above and below a body that is the same: so it can be restored."""
    front, body, cuts = made(f"{ABOVE}\n{WORK}\n\n{BELOW}", asked)
    assert BODY in body
    assert body.index("You may copy this invented text") < body.index("The keeper of Skarv had")
    assert body.index("He never said why.") < body.index("These are terms that nobody wrote")
    assert (front["title"], cuts) == ("The Lamp of Skarv; Or, The Keeper", [])


@pytest.mark.parametrize(
    "headline",
    [
        "Project Gutenberg is fifty-five",
        "Project Gutenberg’s new rival",
        "The Project Gutenberg eBook of the year",
        "How books end",
    ],
)
def test_an_article_about_it_stays_whole(headline: str) -> None:
    """It may quote both markers, each in a line of its own."""
    marks = [f"*** {mark} OF THE PROJECT GUTENBERG EBOOK EMMA ***" for mark in ("START", "END")]
    text = "\n\n".join(
        [headline, "Every book of the archive begins with this line.", marks[0], "It ends with this one.", marks[1]]
    )
    front, body, cuts = made(f"{text}\n\nReaders of Project Gutenberg know both by heart, a survey said.\n")
    assert (front["title"], cuts) == (headline, [])
    for said in ("begins with this line", "START OF THE", "It ends with this one", "END OF THE", "know both by heart"):
        assert said in body
