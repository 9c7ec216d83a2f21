"""News that sounds like boilerplate stays to the last paragraph."""

from __future__ import annotations

import pytest

from tagwire.intake.boilerplate import trim
from tagwire.intake.pieces import lines_of
from tagwire.intake.structure import pieces

STORY = """\
The lock keeper of Ostrow Mill has asked for a second gate, because the first one sticks whenever it freezes.

The council will decide in April. It has money for a gate or for a bridge, the treasurer said, and not for both.

Until then the barges wait above the mill, and their crews play cards in the keeper's kitchen until it thaws."""


def last_rules(tail: str) -> list[str]:
    """Names of the rules that cut something of a story with `tail` as its end."""
    return [rule for rule, _ in trim(pieces(lines_of(f"{STORY}\n\n{tail}\n"))).cut]


@pytest.mark.parametrize(
    "tail",
    [
        "Follow us on the towpath, said a sign that the bargees had painted on an old door.",
        "Follow us on Facebook, read a placard, and next to it hung one about the price of eels.",
        "Share this bread, the keeper told the crews, and nobody went without a slice.",
        "Teilen Sie das Brot, bat der Wärter die Schiffer, und keiner ging leer aus.",
        "All rights reserved to the millers in the charter of 1702 end with the lock, the notary said.",
        "Copyright law was last changed in 1911 and says nothing of mills.",
        "Reproduction without permission became a crime in the canton in 1870.",
        "Subscribe to the newsletter of the canal board was the keeper's advice.",
        "Sign up for the newsletter, the leaflet urged every bargee on the river.",
        "The keeper had one rule. Subscribe to the newsletter, he told each crew.",
    ],
)
def test_the_last_paragraph_is_news(tail: str) -> None:
    """A banner, a charter or an advice is what the story is about, not what a publication appends."""
    assert last_rules(tail) == []


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        ("Follow us on Facebook, Twitter and Instagram for more stories from the river.", "share"),
        ("Like this story? Find us on Facebook.", "share"),
        ("Follow us on X @ostrowherald", "share"),
        ("Share this story with a friend.", "share"),
        ("Share this:", "share"),
        ("Share on Facebook", "share"),
        ("Teilen Sie diesen Artikel!", "share"),
        ("Suivez-nous sur Facebook.", "share"),
        ("Copyright © 2024 Ostrow Herald", "copyright"),
        ("Copyright Ostrow Herald 2024. All rights reserved.", "copyright"),
        ("(c) 2024 Ostrow Herald", "copyright"),
        ("Ostrow Herald, Mill Lane 3. All rights reserved.", "copyright"),
        ("All Rights Reserved", "copyright"),
        ("Reproduction without permission is prohibited.", "copyright"),
        ("Never miss a barge. Subscribe to our weekly newsletter.", "newsletter"),
        ("Want more from the river? Sign up for the Ostrow Herald newsletter!", "newsletter"),
    ],
)
def test_what_only_a_publication_says_goes(tail: str, rule: str) -> None:
    """Networks by their names, a year behind the sign, a sentence of its own: these are appended."""
    assert last_rules(tail) == [rule]
