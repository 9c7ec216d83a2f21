"""One problem that the owner can mend, and how it looks.

Pure rooms make `Problem` values, this room words them, `cli` prints them.
The first line is `path:line:column: severity[code]: message`, which editors and grep understand.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from dataclasses import dataclass
else:
    from tagwire.frozen import dataclass

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

    def __reduce__(self) -> tuple[type[Stopped], tuple[object, ...]]:
        return type(self), (self.problems,)  # it crosses processes


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them forbids to go on."""
    return any(problem.severity == "error" for problem in problems)


def closest(word: str, known: Iterable[str]) -> str:
    """The hint "did you mean `x`?" for a near miss, else an empty string."""
    import difflib  # noqa: PLC0415 - nearly all builds are without problems, and most of these without a near miss

    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ""


def show(problem: Problem, *, colour: bool = False) -> str:
    """The problem as text of one to four lines, without a line end."""

    def paint(text: str, style: str) -> str:
        return f"{_COLOURS[style]}{text}{_PLAIN}" if colour else text

    place = ":".join([problem.path, *(str(n) for n in (problem.line, problem.column) if n)])
    kind = paint(f"{problem.severity}[{problem.code}]", problem.severity)
    lines = [f"{paint(visible(place), 'path')}: {kind}: {visible(problem.message)}"]
    if problem.excerpt:
        lines += _quoted(problem, problem.severity, paint)
    if problem.hint:
        lines.append(f"  {paint('help', 'help')}: {visible(problem.hint)}")
    return "\n".join(lines)


def visible(text: str) -> str:
    """`text` on one line, with every character that could steer a terminal shown as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


_EXCERPT = 160
"""Longest excerpt shown, in characters; a minified page has lines of a megabyte."""
_AHEAD = 80
"""How much of a long line is shown before the place that is meant."""
_TAB = "    "


def _quoted(problem: Problem, style: str, paint: Callable[[str, str], str]) -> list[str]:
    """The owner's line, or what stands around the place in a long one, and carets below what is meant."""
    at = problem.column - 1
    begin = at - _AHEAD if _EXCERPT - _AHEAD // 2 < at < len(problem.excerpt) else 0
    window = problem.excerpt[begin : begin + _EXCERPT]
    before, after = "…" if begin else "", "…" if begin + _EXCERPT < len(problem.excerpt) else ""
    number = str(problem.line)
    lines = [f"  {number} | {before}{_shown(window)}{after}"]
    at -= begin
    if 0 <= at <= len(window):
        indent = " " * _cells(before + _shown(window[:at]))
        carets = "^" * max(1, _cells(_shown(window[at : at + problem.width])))
        lines.append(f"  {' ' * len(number)} | {indent}{paint(carets, style)}")
    return lines


def _shown(line: str) -> str:
    return visible(line.replace("\t", _TAB))


def _cells(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
