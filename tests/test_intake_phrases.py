"""The phrases of boilerplate: what they find can't depend on how they are looked for."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tagwire.intake import phrases
from tagwire.intake.phrase import Phrase

EVERY = {name: value for name, value in vars(phrases).items() if isinstance(value, Phrase)}
TEXTS = (
    "Subscribe to our newsletter today",
    "Share this article on Facebook",
    "Download our free app",
    "All rights reserved",
    "© 2031 The Lighthouse",
    "Become a member",
    "Support independent journalism now",
    "please donate",
    "Apoye nuestro trabajo. Dona ahora",
    "支持我们",
    "תמכו בנו",
    "The ferry has no paywall",
    "for just $3 you can",
    "-30-",
    "Corrections: an earlier version",
    "You are receiving this email because",
    "Related: The old pier",
    "The mayor said so in 2031",
)


def _plainly(phrase: Phrase, text: str) -> bool:
    """As Python finds it, trying each place of the text, whatever its case."""
    patterns = [each.pattern for each in (phrase.opening, phrase.anywhere) if each]
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


@pytest.mark.parametrize("name", EVERY)
def test_a_phrase_is_found_wherever_it_may_stand(name: str) -> None:
    """In any order of texts and signs, as if each place were tried."""
    between = (" ", ". ", "! ", "? ", ": ", "。", "， ", " | ", " · ", ".\n", " 2031 ", "")
    texts = [f"{first}{mark}{second}" for first, mark, second in product(TEXTS, between, TEXTS)]
    assert [text for text in texts if bool(EVERY[name].search(text)) != _plainly(EVERY[name], text)] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_pattern_begins_in_one_of_two_ways(name: str) -> None:
    """Where a text or a sentence does, or anywhere; what is tried where hangs on that."""
    opening, anywhere = EVERY[name].opening, EVERY[name].anywhere
    begins = re.compile(r"\^|\(\?:\^\|")
    assert all(map(begins.match, _alternatives(opening.pattern if opening else "^")))
    assert not any(map(begins.match, _alternatives(anywhere.pattern if anywhere else "")))


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between bars that stand in no group and no class."""
    parts, depth, within = [""], 0, False
    for sign in re.findall(r"\\.|.", pattern):
        within = (within or sign == "[") and sign != "]"
        depth += 0 if within else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth and not within:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
