"""One problem that the owner can mend, and how it looks.

Pure rooms make `Problem` values, this room words them, `cli` prints them.
The first line is `path:line:column: severity[code]: message`, which editors and grep understand.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "help": "\x1b[36m", "path": "\x1b[1m"}
_PLAIN = "\x1b[0m"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something the owner must fix (`error`) or should look at (`warning`)."""

    path: str
    """Relative to the site's root, POSIX; `-` for the command line."""
    line: int
    """1-based; 0 where the problem is the whole file."""
    column: int
    """1-based, in characters; 0 where the problem is the whole line."""
    code: str
    """A stable slug, documented in the handbook under the same name."""
    message: str
    """Lower case, no full stop, names in backticks, what was found beside what was wanted."""
    hint: str = ""
    """One thing to do next."""
    excerpt: str = ""
    """The owner's own line, as it was written."""
    width: int = 1
    """How many characters of the excerpt are meant, from `column` on."""
    severity: Severity = "error"


class Stopped(Exception):
    """A stage found errors; nothing after it runs."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them forbids to go on."""
    return any(problem.severity == "error" for problem in problems)


def closest(word: str, known: Iterable[str]) -> str:
    """The hint "did you mean `x`?" for a near miss, else an empty string."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ""


def show(problem: Problem, *, colour: bool = False) -> str:
    """The problem as text of two to five lines, without a line end."""

    def paint(text: str, style: str) -> str:
        return f"{_COLOURS[style]}{text}{_PLAIN}" if colour else text

    place = ":".join([problem.path, *(str(n) for n in (problem.line, problem.column) if n)])
    kind = paint(f"{problem.severity}[{problem.code}]", problem.severity)
    lines = [f"{paint(visible(place), 'path')}: {kind}: {visible(problem.message)}"]
    if problem.excerpt:
        lines += _quoted(problem, paint("^" * _carets(problem), problem.severity))
    if problem.hint:
        lines.append(f"  {paint('help', 'help')}: {visible(problem.hint)}")
    return "\n".join(lines)


def visible(text: str) -> str:
    """`text` with every character that could steer a terminal shown as an escape."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii") for c in text)


_EXCERPT = 160
"""Longest excerpt shown, in characters; a minified page has lines of a megabyte."""


def _carets(problem: Problem) -> int:
    room = min(len(problem.excerpt), _EXCERPT) - (problem.column - 1)
    return max(1, min(problem.width, room))


def _quoted(problem: Problem, carets: str) -> list[str]:
    number = str(problem.line)
    cut = problem.excerpt[:_EXCERPT] + ("…" if len(problem.excerpt) > _EXCERPT else "")
    lines = [f"  {number} | {visible(cut)}"]
    if 0 < problem.column <= len(cut):
        indent = " " * len(visible(cut[: problem.column - 1]))
        lines.append(f"  {' ' * len(number)} | {indent}{carets}")
    return lines
