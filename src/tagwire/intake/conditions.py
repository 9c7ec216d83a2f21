"""Conditions of XPath on an element's own name and attributes, as functions: what trafilatura's searches ask.

libxml2 calls Python for each of their patterns, three times an element, and most are sixty words, each of which `re`
looks for at every letter. `in` looks for a word in a fiftieth of the time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tagwire.intake import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Attributes = Mapping[str, str]
    """In the order of the source: `@id|@class` is the one that comes first."""
    Condition = Callable[[str, Attributes], bool]
    String = Callable[[Attributes], str]

_TOKEN: Final = re.compile(r"\s*('[^']*'|@[\w-]+|self::\w+|[\w:-]+|[][(),=|])\s*")
_WORD: Final = re.compile(r"[\w -]+")
_REMEMBERED: Final = 4096
"""Values of attributes, for each pattern."""


class Unknown(Exception):
    """An expression asks for something else."""


def read(text: str) -> Condition:
    """What `[…][…]` asks: `or`, `and`, `not(…)`, comparisons, and three functions of texts.

    Raises:
        Unknown: it asks for more.
    """
    tokens = _TOKEN.findall(text)
    if re.sub(r"\s", "", "".join(tokens)) != re.sub(r"\s", "", text):
        raise Unknown
    reader = _Reader(tokens)
    groups = [reader.group()]
    while not reader.ended():
        groups.append(reader.group())
    return _every(groups)


def _every(parts: Sequence[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return lambda tag, has: all(part(tag, has) for part in parts)


def _either(parts: Sequence[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]

    def either(tag: str, has: Attributes) -> bool:
        for part in parts:  # noqa: SIM110 - half the time of `any`
            if part(tag, has):
                return True
        return False

    return either


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens[::-1]

    def ended(self) -> bool:
        """Whether no token is left."""
        return not self._tokens

    def _take(self) -> str:
        if not self._tokens:
            raise Unknown
        return self._tokens.pop()

    def _passed(self, token: str) -> bool:
        """Whether this token comes next; it is taken then."""
        if self._tokens[-1:] != [token]:
            return False
        self._tokens.pop()
        return True

    def _pass(self, token: str) -> None:
        if self._take() != token:
            raise Unknown

    def group(self) -> Condition:
        """A predicate: `[…]`."""
        self._pass("[")
        condition = self._or()
        self._pass("]")
        return condition

    def _or(self) -> Condition:
        parts = [self._and()]
        while self._passed("or"):
            parts.append(self._and())
        return _either(parts)

    def _and(self) -> Condition:
        parts = [self._one()]
        while self._passed("and"):
            parts.append(self._one())
        return _every(parts)

    def _one(self) -> Condition:
        word = self._take()
        if word.startswith("self::"):
            return lambda tag, _has: tag == word[6:]
        if word.startswith("@"):
            return self._attribute(word[1:])
        self._pass("(")
        condition = self._negated() if word == "not" else self._function(word)
        self._pass(")")
        return condition

    def _attribute(self, name: str) -> Condition:
        if not self._passed("="):
            return lambda _tag, has: name in has
        value = self._literal()
        return lambda _tag, has: has.get(name) == value

    def _negated(self) -> Condition:
        condition = self._or()
        return lambda tag, has: not condition(tag, has)

    def _function(self, name: str) -> Condition:
        string = self._string()
        self._pass(",")
        wanted = self._literal()
        if name == "re:test":
            found = _pattern(wanted, self._literal() if self._passed(",") else "")
            return lambda _tag, has: found(string(has))
        if name == "contains":
            return lambda _tag, has: wanted in string(has)
        if name == "starts-with":
            return lambda _tag, has: string(has).startswith(wanted)
        raise Unknown

    def _literal(self) -> str:
        token = self._take()
        if not token.startswith("'"):
            raise Unknown
        return token[1:-1]

    def _string(self) -> String:
        """An attribute, the first of several, or one with other letters; an empty text where there is none."""
        if self._passed("translate"):
            return self._translated()
        names = [self._take()]
        while self._passed("|"):
            names.append(self._take())
        if not all(name.startswith("@") for name in names):
            raise Unknown
        plain = [name[1:] for name in names]
        if len(plain) == 1:
            return lambda has: has.get(plain[0], "")
        return lambda has: next((value for name, value in has.items() if name in plain), "")

    def _translated(self) -> String:
        self._pass("(")
        string = self._string()
        self._pass(",")
        old = self._literal()
        self._pass(",")
        letters = str.maketrans(old, self._literal())
        self._pass(")")
        return lambda has: string(has).translate(letters)


def _pattern(pattern: str, flags: str) -> Callable[[str], bool]:
    """Whether a text has what the pattern says, anywhere in it."""
    every = phrase.alternatives(pattern) if not flags else [pattern]
    words = [each for each in every if not flags and _WORD.fullmatch(each)]
    opening = [each for each in every if each.startswith("^")]
    others = [each for each in every if each not in words and each not in opening]
    opens = re.compile("|".join(opening) or r"(?!)", re.IGNORECASE if flags else 0)
    holds = re.compile("|".join(others) or r"(?!)", re.IGNORECASE if flags else 0)

    @lru_cache(_REMEMBERED)
    def found(text: str) -> bool:
        return any([word in text for word in words]) or bool(opens.match(text) or (others and holds.search(text)))  # noqa: C419 - half the time

    return found
