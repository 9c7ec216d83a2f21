"""Why somebody should look at what a conversion made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.intake.found import Converted

_SHORT = 40
"""Words below which an article may be a piece of one."""


def of(made: Converted, twin: str = "") -> tuple[str, ...]:
    """What is doubtful about an article; a missing date is told by itself. `twin` has the same text, or is empty."""
    words = len(made.text.split("\n---\n", 1)[-1].split())
    found = [problem.message for problem in made.problems if problem.code != "date-from-file"]
    found += [each.origin for each in made.findings if each.what == "cut" and each.value == "nothing"]
    found += [f"only {words} word{'' if words == 1 else 's'}"] if words < _SHORT else []
    return (*found, *([f"the same text as {twin}"] if twin else []))
