"""What the fields of word processors say (ECMA-376 part 1, 17.16.5); RTF has the same."""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_LINK: Final = re.compile(r"\s*HYPERLINK\b(.*)\Z", re.IGNORECASE | re.DOTALL)
_PART: Final = re.compile(r'\\{1,2}([A-Za-z])(?![\w:.])|"([^"]*)"|([^\s"\\][^\s"]*)')


def is_table(instruction: str) -> bool:
    """Whether a program gathers the field's result from the text: a table of contents, an index."""
    return _TABLE.match(instruction) is not None


def link(instruction: str) -> tuple[str, str]:
    r"""The address of a link and the place there: `HYPERLINK "address" \l "place" \o "tip"`; both may be empty."""
    found = _LINK.match(instruction)
    address, place, switch = "", "", ""
    for letter, quoted, bare in _PART.findall(found[1]) if found else ():
        text = quoted or bare
        if letter:
            switch = letter.lower()
        elif switch == "l":
            place, switch = text, ""
        elif switch in ("t", "o"):  # where it opens, what its tip says
            switch = ""
        else:
            address, switch = address or text, ""
    return address, place


def target(instruction: str) -> str:
    """The address of a link to elsewhere, with its place; empty for others."""
    address, place = link(instruction)
    return f"{address}#{place}" if address and place and "#" not in address else address
