"""What a rule is, and the list of all. A rule's docstring is the reason why it matters to a subscriber."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.lint.shape import Feed, Kind
    from tagwire.problems import Severity

Finding = tuple[int, str]
"""A line (0 for the whole file) and what was found there."""
Check = Callable[["Feed"], Iterable[Finding]]

ALL: tuple[Kind, ...] = ("rss", "atom", "json", "opml")
XML: tuple[Kind, ...] = ("rss", "atom", "opml")
FEEDS: tuple[Kind, ...] = ("rss", "atom", "json")
RSS_ATOM: tuple[Kind, ...] = ("rss", "atom")
RSS_ONLY: tuple[Kind, ...] = ("rss",)
ATOM_ONLY: tuple[Kind, ...] = ("atom",)
JSON_ONLY: tuple[Kind, ...] = ("json",)
OPML_ONLY: tuple[Kind, ...] = ("opml",)

_SHOWN = 5
"""Findings of one rule in one file that are shown; a fault of a generator is in every entry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a feed."""

    code: str
    severity: Severity
    source: str
    """Who says so."""
    why: str
    hint: str
    kinds: tuple[Kind, ...]
    check: Check | None
    """None for what is found while a file is parsed, or when files are compared."""

    def problem(self, path: str, line: int, message: str) -> Problem:
        """This rule is broken here."""
        return Problem(path, line, 0, self.code, message, self.hint, severity=self.severity)


RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, source: str, *, hint: str, kinds: tuple[Kind, ...] = ALL
) -> Callable[[Check], Check]:
    """Registers a check of one file under its code."""

    def register(check: Check) -> Check:
        add(Rule(code, severity, source, check.__doc__ or "", hint, kinds, check))
        return check

    return register


def add(new: Rule) -> Rule:
    """Registers a rule."""
    RULES[new.code] = new
    return new


def broken(feed: Feed) -> Iterable[Problem]:
    """What is wrong with a parsed file."""
    for known in RULES.values():
        if known.check is not None and feed.kind in known.kinds:
            findings = sorted(set(known.check(feed)))
            for at, (line, message) in enumerate(findings[:_SHOWN]):
                more = len(findings) - _SHOWN if at == _SHOWN - 1 else 0
                yield known.problem(feed.path, line, f"{message} (and {more} more like it)" if more > 0 else message)
