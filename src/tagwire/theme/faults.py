"""What went wrong in a template, in our words: at its own line, with what there is instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.utils import missing

from tagwire.model import When
from tagwire.problems import Problem, closest
from tagwire.theme import wording
from tagwire.theme.environment import FIELDS, GIVEN, NoTextError, UnknownNameError
from tagwire.views import Amount

if TYPE_CHECKING:
    from tagwire.theme import Theme


def trail(theme: Theme, error: Exception) -> list[tuple[str, int]]:
    """Path and line of each template that was at work, outermost first."""
    import traceback  # noqa: PLC0415 - few builds have a fault

    paths = {path for _, path, _ in theme.templates}
    frames = ((frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__))
    return [place for place in frames if place[0] in paths]


def problem(theme: Theme, name: str, error: Exception, trail: list[tuple[str, int]]) -> Problem:
    """The problem of the template `name`, at the innermost place of the trail that is to blame."""
    paths = {name: path for name, path, _ in theme.templates}
    path, line = trail[-1] if trail else (paths.get(name, f"theme/{name}"), 0)
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or path, error.lineno
    elif isinstance(error, RecursionError):  # where it ran out is chance; where it came round first is not
        path, line = next((place for i, place in enumerate(trail) if place in trail[:i]), (path, line))
    excerpt = line_of(next((text for _, p, text in theme.templates if p == path), ""), line)
    message, hint, wrong = _words(error, excerpt, tuple(paths))
    seen = re.search(rf"(?<![\w.]){re.escape(wrong)}(?!\w)", excerpt) if wrong else None
    column, width = (seen.start() + 1, len(wrong)) if seen else (0, 1)
    return Problem(path, line, column, "template-error", message, hint, excerpt, width)


def line_of(text: str, number: int) -> str:
    """A line of a template, by its number."""
    lines = re.split("\r\n|\r|\n", text)  # as jinja2 counts them
    return lines[number - 1].rstrip() if 0 < number <= len(lines) else ""


def _words(error: Exception, excerpt: str, names: tuple[str, ...]) -> tuple[str, str, str]:
    """Message, hint, and the piece of the excerpt that is wrong."""
    match error:
        case UnknownNameError():
            return _unknown_name(error.owner, error.name, excerpt)
        case NoTextError():
            return _no_text(error.args[0])
        case TemplateNotFound():
            missed = str(error.name)
            hint = closest(missed, names) or f"the theme has: {', '.join(sorted(names))}"
            return f"there is no template `{missed}`", hint, missed
        case RecursionError():
            return "templates include or extend one another without end", "break the circle", ""
        case _:
            return (*_tidied(str(error) or type(error).__name__), "")


def _tidied(text: str) -> tuple[str, str]:
    """Jinja's or Python's words as message and hint."""
    first, _, rest = re.sub("'([^']+)'", r"`\1`", text).partition(". ")
    return first[:1].lower() + first[1:].rstrip("."), rest


def _unknown_name(owner: object, name: str, excerpt: str) -> tuple[str, str, str]:
    if owner is missing:
        return f"`{name}` does not exist", closest(name, GIVEN) or f"a template has: {', '.join(GIVEN)}", name
    seen = re.search(rf"[^\W\d]\w*(?:\.\w+)*\.{re.escape(name)}\b", excerpt)
    wrong = seen[0] if seen else name
    base = wrong.rpartition(".")[0] or "value"
    if owner is None or owner == "":
        hint = f"put it between `{{% if {base} %}}` and `{{% endif %}}`"
        return f"`{base}` is empty here and has no `{name}`", hint, wrong
    fields = _fields(owner)
    whole = f"`{base}` has: {', '.join(fields)}" if fields else f"`{base}` is a {type(owner).__name__}"
    return f"`{wrong}` does not exist", closest(name, fields) or whole, wrong


def _no_text(value: object) -> tuple[str, str, str]:
    if value is None:
        return "prints a value that is empty here", "put it between `{% if … %}` and `{% endif %}`", ""
    fields = _fields(value)
    hint = f"print one of its fields: {', '.join(fields)}" if fields else "print text or a number"
    return f"prints a {type(value).__name__}, which is no text", hint, ""


def _fields(value: object) -> tuple[str, ...]:
    if isinstance(value, When):
        return ("iso", *wording.DATED)
    return ("number", "human") if isinstance(value, Amount) else FIELDS.get(type(value), ())
