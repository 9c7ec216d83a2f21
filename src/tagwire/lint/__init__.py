"""Judges finished feeds, ours or anyone's, offline: bytes in, problems out.

`judge` looks at one file. `read` does too, and gives a sketch of the feed; `compare` looks at the sketches of a folder.
Each rule is a small function in a file by its theme, registered with its code, source and reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.lint import (
    atom,
    content,
    dates,
    document,
    extensions,
    history,
    identity,
    jsonfeed,
    links,
    media,
    opml,
    podcast,
    rss,
    strays,
    structure,
    texts,
)
from tagwire.lint.folder import Sketch, compare, sketch
from tagwire.lint.parse import UNKNOWN, Unfit, parse
from tagwire.lint.rules import RULES, Rule, broken
from tagwire.problems import Problem

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["RULES", "SUFFIXES", "Rule", "Sketch", "compare", "is_no_feed", "judge", "read"]

THEMES = (
    atom, content, dates, document, extensions, history, identity, jsonfeed, links, media, opml,
    podcast, rss, strays, structure, texts,
)  # fmt: skip
"""Importing them registers their rules."""

SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".opml"})
"""How the names of feed files end."""


def judge(data: bytes, path: str, *, now: dt.datetime | None = None) -> tuple[Problem, ...]:
    """What is wrong with a feed file. Without `now` no date is too late."""
    return read(data, path, now=now)[0]


def read(data: bytes, path: str, *, now: dt.datetime | None = None) -> tuple[tuple[Problem, ...], Sketch | None]:
    """What is wrong with a feed file, and what it says of itself, to be compared with others."""
    try:
        feed = parse(data, path, now)
    except Unfit as unfit:
        rule = unfit.rule
        excerpt = _line(data, unfit.line) if unfit.column else ""
        return (
            Problem(path, unfit.line, unfit.column, rule.code, unfit.message, unfit.hint, excerpt, 1, rule.severity),
        ), None
    return tuple(sorted(broken(feed))), sketch(feed)


def is_no_feed(problems: tuple[Problem, ...]) -> bool:
    """Whether a file was none of the formats: a folder has others too, such as a sitemap."""
    return any(problem.code == UNKNOWN.code for problem in problems)


def _line(data: bytes, number: int) -> str:
    lines = data.split(b"\n", number)
    return lines[number - 1].decode("utf-8", errors="replace").rstrip("\r") if 0 < number <= len(lines) else ""
