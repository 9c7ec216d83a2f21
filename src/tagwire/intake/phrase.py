"""A phrase by which boilerplate is known: patterns, tried only where they can begin."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Patterns, those that begin where a text or a sentence does tried there alone: elsewhere most time would go."""

    opening: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    """For text in lower case: looking for either case everywhere takes twice as long."""

    def search(self, text: str) -> bool:
        """Whether `text` holds the phrase."""
        if self.opening and self.opening.match(text):
            return True
        for sign in _SIGNS.finditer(text) if self.opening else ():
            if self.opening and self.opening.match(text, sign.start()):
                return True
        return self.anywhere is not None and self.anywhere.search(text.lower()) is not None


_SIGNS = re.compile(r"[.!?:|·](?=\s)|[。！？，]|\d(?=\d{3}\s)")
"""All that a pattern of `opening` may begin with, but for the start of the text."""


def any_of(*patterns: str) -> Phrase:
    """The phrase that any of these patterns is, whatever the case of the text; they are in lower case."""
    opening = [pattern for pattern in patterns if pattern.startswith(("^", "(?:^|"))]
    return _phrase(opening, [pattern for pattern in patterns if pattern not in opening])


def either(*phrases: Phrase) -> Phrase:
    """What any of these phrases is: asked first, one search says for most texts that none of them is there."""
    opening = [phrase.opening.pattern for phrase in phrases if phrase.opening]
    return _phrase(opening, [phrase.anywhere.pattern for phrase in phrases if phrase.anywhere])


def _phrase(opening: list[str], anywhere: list[str]) -> Phrase:
    return Phrase(
        re.compile("|".join(opening), re.IGNORECASE) if opening else None,
        re.compile(_grouped(anywhere)) if anywhere else None,
    )


def _grouped(patterns: list[str]) -> str:
    """One pattern of many; of those that begin where a word does, none is tried anywhere else."""
    every = [alternative for pattern in patterns for alternative in alternatives(pattern)]
    words = [each.removeprefix(_WORD) for each in every if each.startswith(_WORD)]
    others = [each for each in every if not each.startswith(_WORD)]
    return "|".join([*([rf"{_WORD}(?:{'|'.join(words)})"] if words else []), *others])


_WORD = r"\b"


def alternatives(pattern: str) -> list[str]:
    """What stands between the bars of a pattern that are in no brackets."""
    found, depth, start = [], 0, 0
    for sign in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == "|" and depth == 0:
            found.append(pattern[start : sign.start()])
            start = sign.end()
    return [*found, pattern[start:]]
