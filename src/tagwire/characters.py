"""Which characters a feed can carry, and what they take: XML 1.0 has no way to write some, escaped or not."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What isn't a Char of XML 1.0 (section 2.2)."""
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")


def suspect(data: bytes) -> bool:
    """Whether a text of these bytes may have any. Most have none, which this tells in a fifth of the time."""
    high = b"\xed" in data or b"\xef" in data  # with which surrogates, U+FFFE and U+FFFF begin in UTF-8
    return high or len(data.translate(None, _CONTROLS)) < len(data)


def without_forbidden(text: str) -> str:
    """`text` without them."""
    return FORBIDDEN.sub("", text) if suspect(text.encode(errors="surrogatepass")) else text


def complaint(character: str) -> str:
    """How a problem speaks of a forbidden character."""
    return f"U+{ord(character):04X} can't stand in a feed (XML 1.0)"


def escaped_size(text: str) -> int:
    """Bytes of `text` in UTF-8 where XML holds it: three of its characters are written as entities."""
    return escaped_bytes(text.encode())


def escaped_bytes(data: bytes) -> int:
    """The same of a text in UTF-8."""
    return len(data) + 3 * (data.count(b"<") + data.count(b">")) + 4 * data.count(b"&")
