"""Text that looks like another text: told to the owner, never changed.

Sources: Unicode UTS #39 (Security Mechanisms, mixed scripts and confusables), UTS #55 and CVE-2021-42574 (bidi).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OPEN = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_IN_BYTES = re.compile(b"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""The same in UTF-8."""
_OVERRIDES = "\u202d\u202e"
_WORD = re.compile(r"[^\W\d_]{2,}")
_LIKE_LATIN = frozenset("асеорхуіјѕһԁԛԝАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ")
"""Letters of Cyrillic and Greek that are drawn as Latin ones."""
_LATIN_ALIKE = frozenset("aceopxyijsABCEHIJKMOPSTXY")

_LETTERS_HINT = "type the word anew, in one alphabet"
_STEERING_HINT = "delete it; the direction of a text follows from `lang` and from its letters"


class SuspectedProblem(NamedTuple):
    """What may be a trick, or a slip of the keyboard."""

    code: str
    message: str
    hint: str


def suspected(text: str) -> Iterator[SuspectedProblem]:
    """What is suspicious in a title, a name or a tag."""
    if word := mixed(text):
        message = f'"{word}" mixes letters of two alphabets that look alike'
        yield SuspectedProblem("mixed-scripts", message, _LETTERS_HINT)
    if mark := steering(text):
        yield SuspectedProblem("bidi-control", _steered(mark), _STEERING_HINT)


def steers(data: bytes) -> bool:
    """Whether a text of these bytes has any mark that turns a direction, told in a quarter of the time."""
    return _IN_BYTES.search(data) is not None


def in_lines(body: str) -> Iterator[tuple[int, int, SuspectedProblem]]:
    """(line from 0, column from 1, what) of each line that turns a direction and doesn't turn it back."""
    for at, line in enumerate(body.split("\n")):
        if mark := steering(line):
            yield at, line.index(mark) + 1, SuspectedProblem("bidi-control", _steered(mark), _STEERING_HINT)


def _steered(mark: str) -> str:
    name = unicodedata.name(mark).lower()
    return f"an invisible character (U+{ord(mark):04X}, {name}) shows letters in another order than they are in"


def steering(text: str) -> str:
    """The first character that turns the direction of what is around it without an end, or empty.

    An override reads `gpj.exe` as `exe.jpg`. Embeddings and isolates that end within the text are how
    right-to-left names are quoted, and stay unmentioned.
    """
    waiting: list[tuple[str, str]] = []
    for found in _STEERING.finditer(text):
        mark = found[0]
        if mark in _OVERRIDES:
            return mark
        if mark in _OPEN:
            waiting.append((mark, _OPEN[mark]))
        elif not waiting or waiting.pop()[1] != mark:
            return mark
    return waiting[0][0] if waiting else ""


def mixed(text: str) -> str:
    """The first word that is written in two scripts so that it looks like one, or empty.

    "pаypal" with a Cyrillic а is one; "IT-компания", "µm" and "TNFα" are not.
    """
    if text.isascii():
        return ""
    return next((word[0] for word in _WORD.finditer(text) if not word[0].isascii() and _is_mixed(word[0])), "")


def _is_mixed(word: str) -> bool:
    latin = {letter for letter in word if unicodedata.name(letter, "").startswith("LATIN")}
    other = {letter for letter in word if unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK"))}
    if not latin or not other:
        return False
    few = sum(letter in other for letter in word) * 2 <= len(word)
    return other <= _LIKE_LATIN and len(word) > len(other) + 1 if few else latin <= _LATIN_ALIKE
