"""A phrase by which boilerplate is known: patterns, tried only where they can begin."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Patterns, those that begin where a text or a sentence does tried there alone: elsewhere most time would go.

    They are tried on text in lower case: looking for either case takes several times as long.
    """

    opening: re.Pattern[str] | None
    """As they are, for the few texts that may hold them."""
    likely: re.Pattern[str] | None
    """The same in any case, with what they begin with in common looked for once."""
    anywhere: re.Pattern[str] | None

    def search(self, text: str) -> bool:
        """Whether `text` holds the phrase."""
        lower = text.lower()
        if self.anywhere is not None and self.anywhere.search(lower) is not None:
            return True
        return (
            self.opening is not None
            and self.likely is not None
            and _begins(self.likely, lower)
            and _begins(self.opening, text)
        )


def _begins(pattern: re.Pattern[str], text: str) -> bool:
    """Whether what `pattern` means stands where the text begins, or a sentence of it may."""
    return pattern.match(text) is not None or any(pattern.match(text, at.start()) for at in _SIGNS.finditer(text))


_SIGNS = re.compile(r"[.!?:|·。！？，\d](?:(?<=[。！？，])|(?<!\d)(?=\s)|(?<=\d)(?=\d{3}\s))")
"""All that a pattern of `opening` may begin with, but for the start of the text.

It begins with a set of characters, since such are looked for quickly.
"""


def any_of(*patterns: str) -> Phrase:
    """The phrase that any of these patterns is, whatever the case of the text; they are in lower case."""
    opening = [pattern for pattern in patterns if pattern.startswith(("^", "(?:^|"))]
    return _phrase(opening, [pattern for pattern in patterns if pattern not in opening])


def either(*phrases: Phrase) -> Phrase:
    """What any of these phrases is: asked first, one search says for most texts that none of them is there."""
    opening = [phrase.opening.pattern for phrase in phrases if phrase.opening]
    return _phrase(opening, [phrase.anywhere.pattern for phrase in phrases if phrase.anywhere])


def _phrase(opening: list[str], anywhere: list[str]) -> Phrase:
    likely = [each.replace("(?-i:", "(?i:") for pattern in opening for each in alternatives(pattern)]
    return Phrase(
        re.compile("|".join(opening), re.IGNORECASE) if opening else None,
        re.compile(_factored(likely)) if opening else None,
        re.compile(_grouped(anywhere)) if anywhere else None,
    )


def _grouped(patterns: list[str]) -> str:
    """One pattern of many; of those that begin where a word does, none is tried anywhere else."""
    every = [alternative for pattern in patterns for alternative in alternatives(pattern)]
    words = [each.removeprefix(_WORD) for each in every if each.startswith(_WORD)]
    others = [each for each in every if not each.startswith(_WORD)]
    return "|".join([*([rf"{_WORD}(?=\w)(?:{'|'.join(words)})"] if words else []), *others])


_WORD = r"\b"


def _factored(patterns: list[str]) -> str:
    """One pattern of many, the brackets that several of them begin with before all of these."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        groups.setdefault(_first(pattern), []).append(pattern)
    return "|".join(
        f"{first}(?:{_factored([each.removeprefix(first) for each in group])})"
        if first and len(group) > 1
        else "|".join(group)
        for first, group in groups.items()
    )


def _first(pattern: str) -> str:
    """The brackets that a pattern begins with, with how often they may stand, or its "^"; empty if none."""
    depth = 0
    for sign in _SYNTAX.finditer(pattern) if pattern.startswith("(") else ():
        depth += (sign[0] == "(") - (sign[0] == ")")
        if depth == 0 and (end := _TIMES.match(pattern, sign.end())):
            return pattern[: end.end()]
    return "^" if pattern.startswith("^") else ""


_SYNTAX = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
_TIMES = re.compile(r"(?:[?*+]|\{[\d,]+\})?\??")


def alternatives(pattern: str, syntax: re.Pattern[str] = _SYNTAX) -> list[str]:
    """What stands between the bars that are in no brackets; `syntax` finds these, and what is to be passed over."""
    found, depth, start = [], 0, 0
    for sign in syntax.finditer(pattern):
        depth += (sign[0] in ("(", "[")) - (sign[0] in (")", "]"))
        if sign[0] == "|" and depth == 0:
            found.append(pattern[start : sign.start()])
            start = sign.end()
    return [*found, pattern[start:]]
