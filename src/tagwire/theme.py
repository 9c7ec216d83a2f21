"""From a decided page to the bytes of its HTML file, by the templates of a theme.

The only room that knows jinja2 and babel. It reads no file: templates come in as text.
Whatever a template does wrong comes back as a `Problem` at the template's own line.
"""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from tagwire import model, views
from tagwire.model import When
from tagwire.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from babel import Locale

_GIVEN = ("site", "page", "content")
"""All that a template gets."""
_FIELDS: dict[object, tuple[str, ...]] = {
    kind: tuple(field.name for field in dataclasses.fields(kind))
    for kind in (*vars(views).values(), model.Note, When)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind)
}


@dataclasses.dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site, as text."""

    templates: tuple[tuple[str, str, str], ...]
    """(name such as `article.html`, the path that problems show, the text) of each."""


def render(theme: Theme, page: model.Page, site: views.Site, content: str) -> bytes | Problem:
    """The HTML of `page`. `content` is HTML and trusted; everything else is escaped."""
    lang = cast("views.Standing", page.view).frame.lang  # every view has a frame
    environment = _environment(theme, lang)
    try:
        text = environment.get_template(page.template).render(site=site, page=page.view, content=Markup(content))  # noqa: S704
    except Exception as error:
        trail = _trail(theme, error)
        if not trail and not isinstance(error, (TemplateError, RecursionError)):
            raise  # no template had a part in it: the fault is ours
        return _problem(theme, page.template, error, trail)
    return text.encode(errors="xmlcharrefreplace")  # half a surrogate pair has no UTF-8


def lint(theme: Theme) -> tuple[Problem, ...]:
    """Where templates hold logic: anything but inheritance, loops, conditions and plain names."""
    environment = _environment(theme, "en")
    found = []
    for name, path, text in theme.templates:
        try:
            tree = environment.parse(text, name, path)
        except TemplateError as error:
            found.append(_problem(theme, name, error, []))
            continue
        found += [_logic_problem(path, node, text) for node in _logic(tree)]
    return tuple(sorted(found))


# ------------------------------------------------------------------ the environment


@lru_cache(maxsize=64)
def _environment(theme: Theme, lang: str) -> _Environment:
    texts = {name: (text, path, lambda: True) for name, path, text in theme.templates}
    return _Environment(lang, FunctionLoader(texts.get))


class _Environment(SandboxedEnvironment):  # a theme comes from the internet as easily as an article does
    """Strict, escaping, the same bytes every time; one for each language, whose words its dates use."""

    def __init__(self, lang: str, loader: FunctionLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=_Unknown,
            finalize=_printable,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.lang = lang
        del self.globals["lipsum"], self.filters["random"]  # chance: other bytes on every build

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja2's own signature
        """The one place where a view gains what isn't in it: a date its words, the owner's `extra` its missing keys."""
        if attribute in _FIELDS.get(type(obj), ()):  # needs no sandbox, which takes ten times as long
            return getattr(obj, attribute)
        if isinstance(obj, When) and attribute in _WORDED:
            return _worded(obj.at.date(), attribute, self.lang)
        if isinstance(obj, Mapping):
            return obj.get(attribute, "")
        return super().getattr(obj, attribute)


class _UnknownNameError(UndefinedError):
    """A template used a name that nothing has."""

    def __init__(self, owner: object, name: str, message: str | None = None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class _Unknown(StrictUndefined):
    """Fails at any use, and remembers whose attribute was wanted."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401 - jinja2's own signature
        name: str | None = None,
        exc: Callable[..., Exception] = UndefinedError,
    ) -> None:
        if exc is UndefinedError and hint is None:
            exc = partial(_UnknownNameError, obj, str(name))
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]  # it is only ever called


class _NoTextError(Exception):
    """A template printed a thing that is no text; it would look like Python."""


def _printable(value: object) -> object:
    if isinstance(value, str) or type(value) in (int, float):
        return value
    if isinstance(value, _Unknown):
        return str(value)  # raises
    raise _NoTextError(value)


# ------------------------------------------------------------------ dates in words

_WORDED = ("human", "month")


@lru_cache(maxsize=8192)
def _worded(day: date, attribute: str, lang: str) -> str:
    """A date as people of that language write it: `human` "July 24, 2020", `month` "July 2020"."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - costs more than most builds' pages

    if attribute == "month":
        return format_skeleton("yMMMM", day, locale=_locale(lang))
    return format_date(day, format="long", locale=_locale(lang))


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    for tag in (lang, lang.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


# ------------------------------------------------------------------ what went wrong, in our words


def _trail(theme: Theme, error: Exception) -> list[tuple[str, int]]:
    """Path and line of each template that was at work, outermost first."""
    paths = {path for _, path, _ in theme.templates}
    frames = ((frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__))
    return [place for place in frames if place[0] in paths]


def _problem(theme: Theme, name: str, error: Exception, trail: list[tuple[str, int]]) -> Problem:
    paths = {name: path for name, path, _ in theme.templates}
    path, line = trail[-1] if trail else (paths.get(name, f"theme/{name}"), 0)
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or path, error.lineno
    elif isinstance(error, RecursionError):  # where it ran out is chance; where it came round first is not
        path, line = next((place for i, place in enumerate(trail) if place in trail[:i]), (path, line))
    excerpt = _line(next((text for _, p, text in theme.templates if p == path), ""), line)
    message, hint, wrong = _words(error, excerpt, tuple(paths))
    seen = re.search(rf"(?<![\w.]){re.escape(wrong)}(?!\w)", excerpt) if wrong else None
    column, width = (seen.start() + 1, len(wrong)) if seen else (0, 1)
    return Problem(path, line, column, "template-error", message, hint, excerpt, width)


def _line(text: str, number: int) -> str:
    lines = re.split("\r\n|\r|\n", text)  # as jinja2 counts them
    return lines[number - 1].rstrip() if 0 < number <= len(lines) else ""


def _words(error: Exception, excerpt: str, names: tuple[str, ...]) -> tuple[str, str, str]:
    """Message, hint, and the piece of the excerpt that is wrong."""
    match error:
        case _UnknownNameError():
            return _unknown_name(error.owner, error.name, excerpt)
        case _NoTextError():
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
        return f"`{name}` does not exist", closest(name, _GIVEN) or f"a template has: {', '.join(_GIVEN)}", name
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
    return ("iso", *_WORDED) if isinstance(value, When) else _FIELDS.get(type(value), ())


# ------------------------------------------------------------------ logic in templates

_PLAIN = (
    *(nodes.Template, nodes.TemplateData, nodes.Output, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Scope, nodes.Block, nodes.For, nodes.If, nodes.And, nodes.Or, nodes.Not, nodes.Operand),
)


def _logic(node: nodes.Node) -> Iterator[nodes.Node]:
    if not _plain(node):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _logic(child)


def _plain(node: nodes.Node) -> bool:
    match node:
        case nodes.Extends() | nodes.Include():
            return isinstance(node.template, nodes.Const)
        case nodes.Compare():
            return all(operand.op in ("eq", "ne") for operand in node.ops)
        case nodes.Call():  # part of inheritance
            return isinstance(node.node, nodes.Name) and node.node.name == "super"
        case _:
            return isinstance(node, _PLAIN)


_TAGS = {"Assign": "set", "AssignBlock": "set", "FilterBlock": "filter", "FromImport": "import", "CallBlock": "call"}
_TAGS |= {"ScopedEvalContextModifier": "autoescape", "Getitem": "[…]", "Call": "(…)", "CondExpr": "… if … else …"}


def _logic_problem(path: str, node: nodes.Node, text: str) -> Problem:
    kind = type(node).__name__
    what = f"`{_TAGS.get(kind, kind.lower())}`"
    if isinstance(node, nodes.Filter | nodes.Test):
        what = f"the {kind.lower()} `{node.name}`"
    message = f"{what} is logic, and a template has none"
    hint = "show, loop or ask with `if`; what else a page needs is decided before it comes here"
    return Problem(path, node.lineno, 0, "template-logic", message, hint, _line(text, node.lineno), severity="warning")
