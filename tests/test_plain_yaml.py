"""Front matter without a parser: whatever it reads, libyaml reads the same, with the same places."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tagwire.article import plainyaml, yamlkeys
from tagwire.article.values import Broken

WORDS = st.sampled_from(
    [
        *(
            "title",
            "tags",
            "extra",
            "date",
            "k",
            ": ",
            ":",
            "\n",
            "- ",
            "\n- x",
            "\n  - y",
            "\n  k: v",
            "\n  k: 'w'",
            "  ",
        ),
        *(
            '"',
            "'",
            '\\"',
            "\\\\",
            "\\",
            "[",
            "]",
            ", ",
            ",",
            "#",
            " #",
            "{",
            "a b",
            "C++",
            "Ω",
            "é",
            "—",
            "\xa0",
            "\x85",
        ),
        *(
            "yes",
            "No",
            "null",
            "~",
            "2020-07-24",
            "2020-07-24T09:00:00+03:00",
            "2020-07-24 09:00",
            "1.5",
            "\t",
            ".",
            "-",
        ),
        *(
            "title: x\n",
            'summary: "He said \\"why?\\""\n',
            "tags: [a, 'b', \"c d\"]\n",
            "extra:\n  byline: Jo\n",
            "---\n",
        ),
    ]
)
BLOCKS = st.lists(WORDS, max_size=9).map("".join)


def parsed(block: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """What the parser gives, or the problem."""
    with monkeypatch.context() as patch:
        patch.setattr(plainyaml, "keys", lambda *_: None)
        try:
            return yamlkeys.keys(block, "a.md", 2)
        except Broken as broken:
            return broken.problem


@given(BLOCKS.map(lambda text: f"k: {text}\n") | BLOCKS)
@example("a: \"b\\\\\"\nb: 'c'\n")
@example("a:\n- b\n- c\nd: e\n")
@example("a:\n  b: c\n  b: d\n")
def test_what_is_read_plainly_is_what_the_parser_reads(block: str) -> None:
    """Values, kinds, lines, columns and widths."""
    found = plainyaml.keys(block, 2)
    if found is not None:
        with pytest.MonkeyPatch.context() as patch:
            assert found == parsed(block, patch)


def test_usual_front_matter_needs_no_parser() -> None:
    """Else it would be there for nothing."""
    block = (
        'title: "A title: with \\"quotes\\""\ndate: 2020-07-24T09:00:00+03:00\ntags: [iran, "cyber attacks", C++]\n'
        "authors:\n- Jane Roe\nextra:\n  byline: 'Jo'\nsummary: Some plain words.\n"
    )
    found = plainyaml.keys(block, 2)
    assert found is not None
    assert [key.name for key in found] == ["title", "date", "tags", "authors", "extra", "summary"]


@pytest.mark.parametrize(
    "text", ["k: yes\n", "k: a # b\n", "k: &a b\n", "k: >\n  a\n", "# c\nk: v\n", "k: a\n  b\n", "k:\n"]
)
def test_what_means_more_is_left_to_the_parser(text: str) -> None:
    """Flags, comments, anchors, folded texts, values on several lines, empty ones."""
    assert plainyaml.keys(text, 2) is None


@pytest.mark.parametrize("sign", ['"', '\\"', "\\\\", "'", "[", "a ", "a, ", "[a, ", "  k: a\n", "- a\n", '"a", '])
def test_no_block_takes_long(sign: str) -> None:
    """Patterns that begin again and again would."""
    begun = time.process_time()
    for opening in ("k: ", 'k: "', "k: [", "k:\n"):
        plainyaml.keys(opening + sign * (8000 // len(sign)), 2)
    assert time.process_time() - begun < 1
