"""Who wrote it, below a text: kept as `author_note`, out of the text, and told from what the article says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))
STORY = (
    "Skarv lighthouse goes dark\nBy Ida Falk\n\n"
    "The lighthouse of Skarv went dark on Sunday, for the first time since the war. Nobody had a key.\n\n"
    "A trawler with nine men on board waited off the reef until dawn. Nobody was hurt, the coast guard said on Monday."
)


def made(tail: str, asked: Asked = ASKED) -> tuple[str, str, list[str]]:
    """(the note, the last paragraph of the article, the rules that cut)."""
    result = convert(f"{STORY}\n\n{tail}\n".encode(), "sources/x.txt", asked)
    assert isinstance(result, Converted)
    front, body = result.text.split("\n---\n\n", 1)
    return (
        yaml.safe_load(front).get("author_note", ""),
        body.rstrip().split("\n\n")[-1],
        [cut.rule for cut in result.cuts],
    )


@pytest.mark.parametrize(
    ("tail", "note"),
    [
        ("Ida Falk is a reporter for the Skarv Courier.", "Ida Falk is a reporter for the Skarv Courier."),
        ("— Ida Falk covers the coast. She lives on a boat.", "Ida Falk covers the coast. She lives on a boat."),
        ("Ida Falk, a former keeper, writes about the sea.", "Ida Falk, a former keeper, writes about the sea."),
        ("The author is a member of the coast guard.", "The author is a member of the coast guard."),
        ("About the author\n\nIda Falk has written two books.", "Ida Falk has written two books."),
        ("Über die Autorin\n\nIda Falk schreibt über das Meer.", "Ida Falk schreibt über das Meer."),
    ],
)
def test_it_is_kept_and_leaves_the_text(tail: str, note: str) -> None:
    """The cut is on record, so that it can be restored."""
    told, last, rules = made(tail)
    assert (told, rules) == (note, ["author-box"])
    assert last.startswith("A trawler")


@pytest.mark.parametrize(
    "tail",
    [
        "Ole Brandt is the keeper of the lighthouse, and will stay it.",
        "The author of the plan is a former mayor.",
        "“Ida Falk is a friend,” the keeper said.",
        "About the author of the fire nothing is known.",
    ],
)
def test_what_tells_of_somebody_else_stays(tail: str) -> None:
    """Only the author named above the text, or "the author" who does something, is meant."""
    assert made(tail) == ("", tail, [])


def test_appeals_above_and_below_it_go() -> None:
    """Each by its own rule, in the order of the text."""
    appeal = "Support independent journalism. Donate today."
    told, last, rules = made(f"{appeal}\n\nIda Falk is a reporter.\n\n{appeal}")
    assert told == "Ida Falk is a reporter."
    assert rules == ["donation-appeal", "author-box", "donation-appeal"]
    assert last.startswith("A trawler")


def test_who_keeps_all_has_it_in_the_text_once() -> None:
    """No note then: it would be shown twice."""
    tail = "Ida Falk is a reporter."
    assert made(tail, replace(ASKED, keep_all=True)) == ("", tail, [])
    assert made(tail, replace(ASKED, keep=("author-box",))) == ("", tail, [])


def test_a_box_of_a_page_is_kept_as_its_sentences() -> None:
    """Without its heading, and without what invites to follow."""
    page = (
        '<html><head><title>Dark</title><meta name="author" content="Ida Falk"></head><body><article><h1>Dark</h1>'
        + "".join(f"<p>{text}</p>" for text in STORY.split("\n\n")[1:] * 3)
        + '<div class="author-bio"><h4>About the author</h4><p>Ida Falk</p>'
        "<p>Ida Falk covers the coast. She has a boat.</p><a href='/x'>All her posts</a></div></article></html>"
    )
    result = convert(page.encode(), "sources/x.html", ASKED)
    assert isinstance(result, Converted)
    assert "\nauthor_note: Ida Falk covers the coast. She has a boat.\n" in result.text
    assert "author-box" in [cut.rule for cut in result.cuts]
    assert "She has a boat" not in result.text.split("\n---\n\n", 1)[1]


def test_a_title_made_of_the_text_is_marked() -> None:
    """`title_source: derived` below it; not below one that was found or given."""
    lead = b"The lighthouse of Skarv went dark on Sunday. Nobody was hurt, the coast guard said on Monday.\n"
    derived = convert(lead, "sources/x.txt", ASKED)
    given = convert(lead, "sources/x.txt", replace(ASKED, title="Dark"))
    found = convert(STORY.encode(), "sources/x.txt", ASKED)
    marks = [
        isinstance(each, Converted) and "\ntitle_source: derived\n" in each.text for each in (derived, given, found)
    ]
    assert marks == [True, False, False]
