"""Fonts of signs in RTF: a letter there is none, but an arrow or a tick. What has no rule stays as it is."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = re.compile(r"\s*(symbol|wingdings)(?![\w ]*\d)", re.IGNORECASE)
_SYMBOL: Final = dict(
    zip(
        "abgdezhqiklmnxoprstufcywABGDEZHQIKLMNXOPRSTUFCYW",
        "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        strict=True,
    )
) | {chr(code): sign for code, sign in {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xCE: "∈", 0xD6: "√", 0xE5: "∑",
    0xF2: "∫",
}.items()}  # fmt: skip
_WINGDINGS: Final = {chr(code): sign for code, sign in {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x78: "☒", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}.items()}  # fmt: skip
_TABLES: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def font(name: str) -> str:
    """The table for a font of this name; empty for one of letters."""
    found = _NAMES.match(name)
    return found[1].lower() if found else ""


def shown(text: str, table: str) -> str:
    """`text` as the font shows it; programs write U+F0FC for its sign FC."""
    signs = _TABLES[table]
    plain = (chr(ord(each) - 0xF000) if "\uf020" <= each <= "\uf0ff" else each for each in text)
    return "".join(signs.get(each, each) for each in plain)
