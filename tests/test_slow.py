"""Long columns in pieces: what is asked for comes back, and what didn't move isn't kept twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tagwire import memo
from tagwire.pipeline import slow

if TYPE_CHECKING:
    from pathlib import Path

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n")), max_size=50)


@given(LINES)
def test_lines_come_back_in_order(lines: list[str]) -> None:
    """By number, all at once, and none beyond."""
    with memo.opened(":memory:", "code") as memory:
        kept = slow.keep(lines, memory)
        again = slow.Lines(kept.told, memory)
        assert list(again) == lines
        assert again[:] == lines
        assert len(again) == len(lines)


def test_a_line_more_keeps_one_piece_more(tmp_path: Path) -> None:
    """A new article must not have the whole plan written down anew."""
    lines = [f"line {number}" for number in range(5000)]
    with memo.opened(str(tmp_path / "memory"), "code") as memory:
        before = set(slow.keep(lines, memory).live())
        after = set(slow.keep([*lines[:2000], "another", *lines[2000:]], memory).live())
    assert len(before) > 20
    assert len(after - before) <= 2


def test_a_lost_piece_is_empty() -> None:
    """So nothing can be made of it, and the site is laid out anew."""
    with memo.opened(":memory:", "code") as memory:
        told = slow.keep(["a", "b"], memory).told
    with memo.opened(":memory:", "code") as memory:
        assert list(slow.Lines(told, memory)) == ["", ""]


@given(st.dictionaries(st.text("abc/é\udcff", min_size=1), st.lists(st.integers(0, 99), min_size=1)))
def test_numbers_are_found_by_path(numbers: dict[str, list[int]]) -> None:
    """And by no piece of another path."""
    found = slow.Numbers(slow.Numbers.spelt(numbers.items()))
    assert dict(found) == numbers
    assert found.get("nowhere") is None
