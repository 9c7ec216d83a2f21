"""What paragraph styles of word processors are called, by what they mean."""

from __future__ import annotations

import re
from typing import Final

_HEADING: Final = re.compile(
    r"\s*(?:heading|überschrift|titre|título|titolo|заголовок|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor"
    r"|başlık|επικεφαλίδα|judul|titlu|naslov|見出し|标题|標題|제목)[\s_]*([1-6])(?!\w)",
    re.IGNORECASE,
)
"""Most programs write `heading 1` into files whatever they show, some don't."""
QUOTES: Final = ("Quote", "Intense Quote", "Block Text", "Block Quote", "Quotations")
CODES: Final = ("HTML Preformatted", "Source Code", "Code", "Preformatted Text", "Code Block", "Macro Text")
CAPTIONS: Final = ("caption", "Caption", "Image Caption", "Table Caption", "Illustration", "Figure")
FIXED: Final = r"courier|consolas|menlo|monaco|mono\b"
"""A pattern of fonts for code."""


def level(name: str) -> int:
    """The level of headings in a style of this name; 0 for any other."""
    found = _HEADING.match(name)
    return int(found[1]) if found else 0
