"""Articles that are one text twice, whatever stood around it on two pages: known by the paragraphs that they share."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS: Final = 8
"""Of a paragraph that says enough to be known by."""
_LEAST: Final = 3
"""Paragraphs of a text that is compared; a shorter one is by itself too often a part of another."""
_SAME: Final = 0.8
"""Share of the words of the shorter text that stand in the longer one too."""
_COMMON: Final = 20
"""Articles that have a paragraph which tells nothing any more: a disclaimer, say."""


class Twins:
    """The texts so far."""

    def __init__(self, most: int = 1_000_000) -> None:
        """`most`: so many paragraphs of each text are remembered, the longest; of 100,000 texts all are too many."""
        self._most = most
        self._names: list[str] = []
        self._sizes: list[tuple[int, int]] = []
        """Words of each text, and of those of its paragraphs that are remembered."""
        self._where: dict[int, int | list[int]] = {}
        """Numbers of the texts with a paragraph; most have one, and a list for each would be a third of the memory."""

    def seen(self, name: str, markdown: str) -> str:
        """The name of the earlier text that this one is, or empty; then this one is known too."""
        paragraphs = _paragraphs(markdown)
        whole = sum(paragraphs.values())
        shared: Counter[int] = Counter()
        kept = sorted(paragraphs, key=lambda key: (-paragraphs[key], key))[: self._most]
        for key, size in paragraphs.items():
            for other in self._having(key)[:_COMMON]:
                shared[other] += size
        number = len(self._names)
        self._names.append(name)
        self._sizes.append((whole, sum(paragraphs[key] for key in kept)))
        for key in kept:
            self._note(key, number)
        if len(paragraphs) < _LEAST:
            return ""
        twin = max(shared, key=lambda other: (shared[other], -other), default=None)
        if twin is None:
            return ""
        size, remembered = self._sizes[twin]
        words = shared[twin] * size / remembered
        return self._names[twin] if words >= _SAME * min(whole, size) and words * 2 >= whole else ""

    def _having(self, key: int) -> Sequence[int]:
        numbers = self._where.get(key, ())
        return (numbers,) if isinstance(numbers, int) else numbers

    def _note(self, key: int, number: int) -> None:
        numbers = self._where.setdefault(key, number)
        if isinstance(numbers, list):
            numbers.append(number)
        elif numbers != number:
            self._where[key] = [numbers, number]


def _paragraphs(markdown: str) -> dict[int, int]:
    """Digest and words of each paragraph; marks, links and the front matter don't count."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, count=1, flags=re.DOTALL)
    found: dict[int, int] = {}
    for paragraph in body.split("\n\n"):
        words = re.findall(r"\w+", re.sub(r"\]\([^()]*\)|<[^<>]*>", " ", paragraph).lower())
        if len(words) >= _WORDS or (words and not paragraph.isascii() and len(paragraph) > 2 * _WORDS):
            key = int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")
            found[key] = len(words)
    return found
