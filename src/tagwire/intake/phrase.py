"""A phrase by which boilerplate is known: patterns, tried only where they can begin."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Patterns, those that begin where a text or a sentence does tried there alone: elsewhere most time would go."""

    opening: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None

    def search(self, text: str) -> re.Match[str] | None:
        """A match, if `text` holds the phrase; not always the first."""
        if self.opening and (found := self.opening.match(text)):
            return found
        for sign in _SIGNS.finditer(text) if self.opening else ():
            if self.opening and (found := self.opening.match(text, sign.start())):
                return found
        return self.anywhere.search(text) if self.anywhere else None


_SIGNS = re.compile(r"[.!?:|·](?=\s)|[。！？，]|\d(?=\d{3}\s)")
"""All that a pattern of `opening` may begin with, but for the start of the text."""


def any_of(*patterns: str) -> Phrase:
    """The phrase that any of these patterns is, whatever their case."""
    opening = [pattern for pattern in patterns if pattern.startswith(("^", "(?:^|"))]
    anywhere = [pattern for pattern in patterns if pattern not in opening]
    return Phrase(_compiled(opening), _compiled(anywhere))


def _compiled(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
