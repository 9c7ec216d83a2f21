"""Which characters a feed can carry: XML 1.0 has no way to write some, escaped or not."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What isn't a Char of XML 1.0 (section 2.2)."""


def complaint(character: str) -> str:
    """How a problem speaks of a forbidden character."""
    return f"U+{ord(character):04X} can't stand in a feed (XML 1.0)"
