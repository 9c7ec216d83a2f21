"""Spares Python-Markdown what can't match: the same HTML in little more than half the time.

The library tries each of its fifteen inline patterns on each piece of text, and lets a dozen expressions search each
block from end to end. Most pieces have nothing in them that any could match: whether the sign is there that a match
would need is one look each. Nothing else is changed; a test compares what comes out with the library's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor

_INLINE_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""One of these is in a text where the library's inline pattern can match; a pattern not named here is tried always."""
_BLOCK_SIGNS = {
    "table": "|",
    "hashheader": "#",
    "deflist": ":",
    "quote": ">",
    "footnote": "[^",
    "abbr": "*[",
    "reference": "]:",
}
"""The same for blocks."""


class Sieve(Extension):
    """Register it last: what is registered later is not seen."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102, N802 - the library's name
        if hasattr(InlineProcessor, "_InlineProcessor__applyPattern"):
            md.treeprocessors.register(_Inlines(md), "inline", 20)
        md.block_level_elements = frozenset(md.block_level_elements)  # type: ignore[assignment] # asked for every tag
        for name, sign in _BLOCK_SIGNS.items():
            processor = md.parser.blockprocessors[name]
            processor.test = _only_with(sign, processor)  # type: ignore[assignment, method-assign]


def _only_with(sign: str, processor: BlockProcessor) -> Callable[[Element, str], bool]:
    test = processor.test
    return lambda parent, block: sign in block and test(parent, block)


class _Inlines(InlineProcessor):
    """The library's own, but for the patterns that can't match: they aren't tried."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        named = {
            id(self.inlinePatterns[name]): signs for name, signs in _INLINE_SIGNS.items() if name in self.inlinePatterns
        }
        patterns = [(pattern, named.get(id(pattern), ("",))) for pattern in self.inlinePatterns]
        self._tried = [(index, pattern, signs[0], signs[-1]) for index, (pattern, signs) in enumerate(patterns)]
        self._sign = re.compile("|".join(sorted({re.escape(sign) for _, signs in patterns for sign in signs})))

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Takes the place of the library's method of that name; should it go, the library does without this one."""
        if isinstance(data, AtomicString) or not self._sign.search(data):
            return data
        for index, pattern, one, other in self._tried:
            if index >= patternIndex and (one in data or other in data):
                at, matched = 0, True
                while matched:
                    data, matched, at = self._InlineProcessor__applyPattern(pattern, data, index, at)  # type: ignore[attr-defined]
        return data
