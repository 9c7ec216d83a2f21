"""What the lines of a plain text mean, as Markdown."""

from __future__ import annotations

import pytest

from tagwire.intake import layout, structure
from tagwire.intake.pieces import lines_of


def markdown(text: str) -> str:
    """The body that a text becomes."""
    return layout.markdown(structure.pieces(lines_of(text)))


LONG = (
    "The crane of the harbour was painted blue in the spring, after a long quarrel\n"
    "about red, and the ships that came from the south took it for a piece of sky."
)


def test_short_lines_around_lists_are_headings() -> None:
    """As in recipes."""
    stew = "Stir all of it in a large pot until the spoon stands upright by itself, and serve it hot."
    text = markdown(f"{stew}\n\nIngredients\n\n- flour\n- a fish\n\nMethod\n\n{stew}")
    assert [line for line in text.split("\n") if line.startswith("#")] == ["## Ingredients", "## Method"]
    assert "#" not in markdown(f"{stew}\n\nWe need\n\n- flour\n- a fish\n\n{stew}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.\n\nAnother.", "One line.\n\nAnother.\n"),
        (LONG, LONG.replace("\n", " ") + "\n"),
        ("Ada Quill\n12 Harbour Lane\nLittle Haven", "Ada Quill  \n12 Harbour Lane  \nLittle Haven\n"),
        (
            f"{LONG}\n\nShe wrote:\n\n  A gull\n  is dull",
            LONG.replace("\n", " ") + "\n\nShe wrote:\n\n> A gull  \n> is dull\n",
        ),
        (f"> {LONG}".replace("\n", "\n> "), "> " + LONG.replace("\n", " ") + "\n"),
        ("Text above.\n\nWHAT NOW\n\nText below.", "Text above.\n\n## WHAT NOW\n\nText below.\n"),
        ("First\n=====\n\nA.\n\nSecond\n------\n\nB.", "## First\n\nA.\n\n### Second\n\nB.\n"),
        ("# First\n\nA.\n\n## Second\n\nB.", "## First\n\nA.\n\n### Second\n\nB.\n"),
        ("We need:\n- rope\n- tar\n  and oil\n- nails", "We need:\n\n- rope\n- tar and oil\n- nails\n"),
        ("• one\n  ◦ inner\n  ◦ more\n• two", "- one\n    - inner\n    - more\n- two\n"),
        ("1) one\n2) two\n\n   still two\n3) three", "1. one\n2. two\n\n    still two\n3. three\n"),
        ("3. three\n4. four", "3. three\n4. four\n"),
        ("- one\n\n- two", "- one\n\n- two\n"),
        ("1. one\n3. three", "1\\. one  \n3\\. three\n"),
        ("- alone", "\\- alone\n"),
        ("2020. It was a year.", "2020\\. It was a year.\n"),
        ("name    tons\nherring   12\ncod       30", "```\nname    tons\nherring   12\ncod       30\n```\n"),
        ("Above.\n\n-----\n\nBelow.", "Above.\n\n* * *\n\nBelow.\n"),
        ("Above.\n\n* * *\n\nBelow.", "Above.\n\n* * *\n\nBelow.\n"),
        ("Above.\n\n***\n\nBelow.", "Above.\n\n* * *\n\nBelow.\n"),
        ("Above.\n\n_____\n\nBelow.", "Above.\n\n* * *\n\nBelow.\n"),
        (
            "Q: Why do you play cards so late?\n\nA: Because one learns to count and to\nlose.",
            "Q: Why do you play cards so late?\n\nA: Because one learns to count and to lose.\n",
        ),
    ],
)
def test_structure(text: str, expected: str) -> None:
    """Paragraphs, addresses, quotes, headings, lists and columns are what they were."""
    assert expected == markdown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://harbour.test/a_(b)?c=1&d=2.", "See <https://harbour.test/a_(b)?c=1&d=2>.\n"),
        ("(https://harbour.test/plan)", "(<https://harbour.test/plan>)\n"),
        ("Write to wall@harbour.test, please", "Write to <wall@harbour.test>, please\n"),
        ("“https://harbour.test/”", "“<https://harbour.test/>”\n"),
        ("user@localhost and a@b", "user@localhost and a@b\n"),
    ],
)
def test_addresses_become_links(text: str, expected: str) -> None:
    """URLs and e-mail addresses link, the punctuation of the sentence stays outside."""
    assert expected == markdown(text)


def test_a_hyphen_goes_only_where_the_text_has_the_word_without_it() -> None:
    """At the end of a line "har-" is joined to "harbour" because the text says "harbour"; "blue-" stays."""
    text = (
        "The crane of the harbour was painted blue in the spring, and the har-\n"
        "bour was glad. Nobody in the whole long town had ever seen such a blue-\n"
        "green crane, and people came from far away to look at it, pre-\n"
        "and post-war cranes being what they are."
    )
    assert markdown(text) == (
        "The crane of the harbour was painted blue in the spring, and the harbour was glad. Nobody in the whole long"
        " town had ever seen such a blue-green crane, and people came from far away to look at it, pre- and post-war"
        " cranes being what they are.\n"
    )


PROSE = "The weigh house stood on its meadow, and the millers came every Sunday to look at it and to sigh."


def test_several_short_lines_above_paragraphs_are_headings() -> None:
    """A text with lines like titles between its paragraphs has sub-headings; a single one stays a line."""
    text = f"{PROSE}\n\nWhat changes\n\n{PROSE}\n\nWho pays for it\n\n{PROSE}"
    assert markdown(text) == text.replace("What", "## What").replace("Who", "## Who") + "\n"
    single = f"{PROSE}\n\nWhat changes\n\n{PROSE}"
    assert markdown(single) == f"{single}\n"


@pytest.mark.parametrize("line", ["Nobody knows.", "it goes on", "Ida Falk,", "Contact: Ida Falk", "- one"])
def test_other_short_lines_are_no_headings(line: str) -> None:
    """Neither sentences nor fragments, nor whom to call."""
    assert "#" not in markdown(f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{line}\n\n{PROSE}")


def test_an_ending_is_joined_unless_its_word_is_compounded_elsewhere() -> None:
    """Parts "paint-" and "ing" are one word that stands nowhere else; not where "paint-" begins a compound."""
    text = (
        "The crane of the harbour, which they had meant to leave, was by a paint-\n"
        "ing of a gull made so famous that the town had to think again of it."
    )
    assert "by a painting of a gull" in markdown(text)
    assert "by a paint-ing of" in markdown(text.replace("meant to leave", "paint-box red"))


def test_chinese_is_unwrapped_without_spaces() -> None:
    """No space belongs between Chinese characters of two lines."""
    line = "经过十一天的风暴小港于星期五重新开放镇长说工程还将持续一年居民们说"
    assert markdown(f"{line}\n{line}\n很高兴。") == f"{line}{line}很高兴。\n"


def test_two_short_lines_of_chinese_are_one_sentence() -> None:
    """A sentence broken once, in a text without a margin, is joined; verse in short lines isn't."""
    assert markdown("经过十一天的风暴之后小港\n于星期五重新开放。") == "经过十一天的风暴之后小港于星期五重新开放。\n"
    assert markdown("床前明月光\n疑是地上霜。") == "床前明月光  \n疑是地上霜。\n"


def test_paragraphs_apart_by_indentation_only() -> None:
    """Without blank lines an indented line begins a paragraph."""
    text = (
        "    The crane of the harbour was painted blue in the spring, after\n"
        "a long quarrel about red, and the ships took it for a bit of sky.\n"
        "    Another paragraph begins here with an indentation, and it goes\n"
        "on for a line."
    )
    assert [part[:11] for part in markdown(text).split("\n\n")] == ["The crane o", "Another par"]


def test_one_line_a_paragraph() -> None:
    """Long lines without blank lines between them are a paragraph each, a line in capitals is a heading."""
    long = "The crane of the harbour was painted blue in the spring, after a quarrel about red, and fell in May."
    assert markdown(f"{long}\n{long}\nWHAT NOW\n{long}") == f"{long}\n\n{long}\n\n## WHAT NOW\n\n{long}\n"
