"""What front matter is made of, whatever its syntax: keys and values, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass

    from tagwire.problems import Problem
else:
    from tagwire.frozen import dataclass

Kind = Literal["text", "null", "bool", "list", "table"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the front matter."""

    kind: Kind
    text: str
    """As written, for a text, bool or null."""
    items: tuple[Value, ...]
    """Of a list."""
    pairs: tuple[tuple[str, Value], ...]
    """Of a table, in order."""
    line: int
    column: int
    width: int
    cut: str = ""
    """A comment that YAML sees in the rest of the line; often it was meant as text."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter, and its value."""

    name: str
    line: int
    column: int
    value: Value


class Broken(Exception):
    """The front matter can't be read; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
