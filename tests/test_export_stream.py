"""Exports read as they come: what XML can't hold is left out, whatever a text is written in."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tagwire.intake.exports import xmlstream

LETTERS = st.characters() | st.sampled_from("\x00\x07\t\n\r\x1f\ufffe\uffff\udc80\udce4\udcff é水")


@given(st.text(LETTERS, max_size=60))
def test_what_is_quick_reads_the_same(text: str) -> None:
    """Bytes that are no UTF-8 are Windows-1252, control characters go, all else stays."""
    read = re.sub("[\udc80-\udcff]", lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    assert xmlstream._readable(text) == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", read)  # noqa: SLF001
