"""Lines that are looked at in few places: they come back when they are asked for, and are kept once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tagwire import memo
from tagwire.pipeline import slow

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n")), max_size=50)


@given(LINES, LINES)
def test_lines_come_back_in_order(lines: list[str], others: list[str]) -> None:
    """By number, all at once, and none beyond."""
    with memo.opened(":memory:", "code") as memory:
        slow.keep(b"key", (lines, others), memory)
        piece = slow.Piece(b"key", memory)
        for number, column in enumerate((lines, others)):
            again = slow.Lines(piece, number, len(column))
            assert list(again) == column
            assert again[:] == column
            assert len(again) == len(column)


def test_lines_that_are_kept_are_not_kept_again() -> None:
    """Nor loaded: a new article must not have the whole plan written down anew."""
    with memo.opened(":memory:", "code") as memory:
        slow.keep(b"key", (["a", "b"],), memory)
        memory.save()
        slow.keep(b"key", (slow.Lines(slow.Piece(b"key", memory), 0, 2),), memory)
        assert not memory.kept


def test_lost_lines_are_empty() -> None:
    """So nothing can be made of them, and the site is laid out anew."""
    with memo.opened(":memory:", "code") as memory:
        assert list(slow.Lines(slow.Piece(b"key", memory), 0, 2)) == ["", ""]
