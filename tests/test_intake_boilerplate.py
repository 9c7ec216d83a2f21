"""Boilerplate goes, articles stay."""

from __future__ import annotations

import pytest

from tagwire.intake.boilerplate import trim
from tagwire.intake.pieces import lines_of
from tagwire.intake.structure import pieces

ARTICLE = """\
The crane of the harbour was painted blue in the spring, after a long quarrel about red. Nobody was asked.

The ships that came from the south took it for a piece of sky, the harbour master said on Monday, and went.

A committee of seven will look into the matter, and into the cost of the paint, which was twice that of red.

It will report when the herring comes. Until then the crane stays blue, and the gulls avoid it."""


def rules(text: str) -> list[str]:
    """Names of the rules that cut something, in order."""
    return [rule for rule, _ in trim(pieces(lines_of(text))).cut]


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        (
            "Support our crane reporting\n\nWe need you. Please consider a monthly donation to our newsroom.",
            "donation-appeal",
        ),
        ("We rely on readers like you. Please make a donation today.", "donation-appeal"),
        ("Unterstützen Sie unsere Arbeit mit Ihrer Spende. Wir danken Ihnen.", "donation-appeal"),
        ("Soutenez notre journal : faites un don, nous avons besoin de vous.", "donation-appeal"),
        ("Sign up for our newsletter and get the harbour in your inbox.", "newsletter"),
        ("Abonnieren Sie unseren Newsletter.", "newsletter"),
        ("Inscrivez-vous à notre newsletter.", "newsletter"),
        ("Share this article:", "share"),
        ("Facebook | Twitter | Email", "share"),
        ("Follow us on Mastodon and Telegram.", "share"),
        ("© 2020 The Haven Gazette. All rights reserved.", "copyright"),
        ("Copyright 2020 Haven Gazette", "copyright"),
        ("Alle Rechte vorbehalten.", "copyright"),
        ("Related stories\n\n- The gulls leave\n- Paint prices rise", "related-links"),
        ("Read more: https://gazette.test/gulls", "related-links"),
        ("You may also like\n\nThe gulls leave\n\nPaint prices rise", "related-links"),
    ],
)
def test_what_is_cut(tail: str, rule: str) -> None:
    """Each rule cuts its phrases from the end, and the article stays whole."""
    trimmed = trim(pieces(lines_of(f"{ARTICLE}\n\n{tail}\n")))
    assert [name for name, _ in trimmed.cut] == [rule]
    assert len(trimmed.kept) == 4


@pytest.mark.parametrize(
    "tail",
    [
        "The food bank asked for donations on Monday. “Please give what you can; we need your support,” its head said.",
        "The charity sent a newsletter to its readers, who gave twice as much as last year.",
        "The court ruled that the copyright of the song belongs to the town. It was written in 1911.",
        "The minister asked supporters to share the burden of the paint.",
        "We walked to the harbour, and our guide told us that the crane was blue.",
        "The union will support the strike with 300 pounds a week, and members may donate more.",
        "“Follow us,” the gulls seemed to say.",
    ],
)
def test_news_about_it_survives(tail: str) -> None:
    """A paragraph that tells of donations, newsletters or copyright is news."""
    assert rules(f"{ARTICLE}\n\n{tail}\n") == []


def test_several_rules_cut_one_after_the_other() -> None:
    """From the end upward, each with its own record; a drawn line above goes along."""
    tail = "* * *\n\nShare this article\n\nSign up for our newsletter.\n\n© 2020 The Haven Gazette"
    assert rules(f"{ARTICLE}\n\n{tail}\n") == ["share", "newsletter", "copyright"]


def test_what_is_no_appeal_alone_stays_in_the_middle() -> None:
    """Between paragraphs of the article stands what is the article's, unless it is an appeal and nothing else."""
    for line in ("© 2020 The Haven Gazette", "ENDS", "You may also like", "See also: the cranes of the south"):
        assert rules(f"{line}\n\n{ARTICLE}\n") == []


def test_more_than_most_of_a_text_is_not_cut() -> None:
    """Where the rules would take nearly everything they are wrong, and say how wrong."""
    text = "We moved.\n\nPlease consider a donation to our newsroom, readers. " + "We need you and your support. " * 9
    trimmed = trim(pieces(lines_of(text)))
    assert (trimmed.cut, len(trimmed.kept)) == ((), 2)
    assert trimmed.refused > 0.6
