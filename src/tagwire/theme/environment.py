"""How templates run: strict, escaping, in a sandbox, and the same bytes every time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from tagwire import model, views, words
from tagwire.model import When
from tagwire.theme import wording
from tagwire.theme.compiler import Generator, showing
from tagwire.views import Amount, Translation

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from tagwire.words import Words

GIVEN = ("site", "page", "content", "contents", "data", "words")
"""All that a template gets."""
FIELDS: dict[object, tuple[str, ...]] = {
    kind: tuple(field.name for field in dataclasses.fields(kind))
    for kind in (*vars(views).values(), model.Note, model.Shown, model.Smaller, When, words.Words, words.Phrase)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind)
}
_FREE: dict[type, frozenset[str]] = {
    **{kind: frozenset(names) for kind, names in FIELDS.items() if isinstance(kind, type)},
    When: frozenset({*FIELDS[When], "iso"}),
    LoopContext: frozenset({"first", "last", "index", "index0", "length"}),
}
"""Attributes that need no sandbox, which takes ten times as long."""
_PLAIN = {
    name: frozenset(kind for kind, names in _FREE.items() if name in names)
    for name in frozenset().union(*_FREE.values())
}
"""The same by attribute: `compiler` has templates read these at once, whatever kind a value turns out to be."""


class Environment(SandboxedEnvironment):  # a theme comes from the internet as easily as an article does
    """Strict, escaping, the same bytes every time; one for each language, whose words it uses."""

    code_generator_class = Generator

    def __init__(self, lang: str, spoken: Words, loader: FunctionLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=Unknown,
            finalize=_printable,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.lang, self.words = lang, spoken
        self.plain, self.shown = _PLAIN, showing(_printable)
        self.globals["words"] = spoken
        del self.globals["lipsum"], self.filters["random"]  # chance: other bytes on every build

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template gets unasked, in one: jinja2 chains two, and copies them key by key at each page."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja2's own signature
        """The one place where a view gains what isn't in it: dates and numbers their words, `extra` missing keys."""
        if isinstance(obj, When) and attribute in wording.DATED:
            return wording.dated(obj.at.date(), attribute, self.lang)
        if isinstance(obj, Translation) and attribute == "human":
            return wording.own_name(obj.lang)
        if isinstance(obj, Amount) and attribute == "human":
            return wording.counted(obj.number, getattr(self.words, obj.of), self.words.lang)
        if isinstance(obj, Mapping):
            return obj.get(attribute, "")
        return super().getattr(obj, attribute)


class UnknownNameError(UndefinedError):
    """A template used a name that nothing has."""

    def __init__(self, owner: object, name: str, message: str | None = None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Unknown(StrictUndefined):
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
            exc = partial(UnknownNameError, obj, str(name))
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]  # it is only ever called


class NoTextError(Exception):
    """A template printed a thing that is no text; it would look like Python."""


def _printable(value: object) -> object:
    if isinstance(value, str) or type(value) in (int, float):
        return value
    if isinstance(value, Unknown):
        return str(value)  # raises
    raise NoTextError(value)
