"""What will exist, before it is made: a path, the function that makes it, and everything that the function is given.

An `Item` is named by the digest of what it is given, so an output whose item has the name that it had is left alone:
nothing of it is loaded, made or rendered. A maker is a function of a module, pure, and sees nothing but its arguments:
what it shows can't change without the item's name.
"""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec

from tagwire import names
from tagwire.digests import canonical, digest
from tagwire.plan.bodies import Whole
from tagwire.plan.catalogue import Post, Topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    from tagwire import views
    from tagwire.model import Feed, Page, Text, Variant
    from tagwire.plan.routes import Ground

    Made = tuple[Page, views.Site] | Feed | Text | Variant
else:
    from tagwire.frozen import dataclass

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One output that is decided, and not made yet."""

    path: str
    kind: Literal["page", "feed", "text", "picture"]
    maker: Callable[..., Made]
    given: tuple[object, ...]
    origin: str = ""
    """The content file that an owner would look into; empty for what belongs to the whole site."""

    @property
    def digest(self) -> bytes:
        """Its name: of the maker, and of everything that the maker is given but the ground."""
        return name_of(*self.line())

    def line(self) -> tuple[str, list[Whole[Any]]]:
        """All that it is made of, in a text, but the bodies; and those, in the order in which they stand there."""
        wholes: list[Whole[Any]] = []
        told = (self.path, f"{self.maker.__module__}:{self.maker.__qualname__}", self.given)
        return spelt(told, wholes), wholes

    def told_of(self, origin: str) -> Item:
        """The same, with its origin."""
        return Item(self.path, self.kind, self.maker, self.given, origin)

    def summon(self) -> None:
        """Has all that the maker may look at come here: a copy of this process can't fetch it."""
        _summon(self.given)

    def make(self, ground: Ground) -> Made:
        """The page, feed or text itself, fully decided."""
        return self.maker(ground, *self.given)


def page(
    address: str,
    maker: Callable[Concatenate[Ground, P], tuple[Page, views.Site]],
    *given: P.args,
    **none: P.kwargs,
) -> Item:
    """A page at `address`, made by `maker(ground, *given)`; arguments are given by place."""
    return Item(names.output_path(address), "page", _by_place(maker, none), given)


def feed(path: str, maker: Callable[Concatenate[Ground, P], Feed], *given: P.args, **none: P.kwargs) -> Item:
    """A feed at `path`, made by `maker(ground, *given)`."""
    return Item(path, "feed", _by_place(maker, none), given)


def picture(path: str, maker: Callable[Concatenate[Ground, P], Variant], *given: P.args, **none: P.kwargs) -> Item:
    """A smaller picture at `path`, of which `maker(ground, *given)` tells what it is made of."""
    return Item(path, "picture", _by_place(maker, none), given)


def text(path: str, maker: Callable[Concatenate[Ground, P], Text], *given: P.args, **none: P.kwargs) -> Item:
    """A small file at `path`, made by `maker(ground, *given)`."""
    return Item(path, "text", _by_place(maker, none), given)


def _by_place(maker: Callable[..., Made], named: dict[str, object]) -> Callable[..., Made]:
    """`maker`, if an item can name it and what it is given."""
    if named or getattr(maker, "__closure__", None) or "<" in maker.__qualname__:
        raise TypeError(f"{maker.__qualname__}: a maker is a function of a module, its arguments are given by place")
    return maker


def name_of(line: str, wholes: list[Whole[Any]]) -> bytes:
    """The digest of an item, by what `Item.line` says."""
    return digest(b"".join([digest(line.encode()), *[whole.digest for whole in wholes]]))


def _summon(value: object) -> None:
    if isinstance(value, tuple):
        for item in value:
            _summon(item)
    elif isinstance(value, Whole):
        _summon(value.of)
        value.article.weight  # noqa: B018 - whoever looks at one field gets all
    elif isinstance(value, Post):
        value.head.summary, value.head.source and value.head.source.cut  # noqa: B018 - as above


MARK = "\0"
"""Stands before the kind of what is no text, number or tuple, in the place of which there is a digest or a spelling."""
_PLAIN = frozenset({str, int, bool, bytes, type(None)})


def spelt(value: object, wholes: list[Whole[Any]]) -> str:
    """A Python expression, the same for equal values and for no others; bodies are put into `wholes`."""
    kind = type(value)
    if kind in _PLAIN:
        return repr(value)
    if kind is tuple:
        told = [
            known(item) if (known := _TOLD.get(type(item))) else spelt(item, wholes)
            for item in value  # type: ignore[attr-defined]
        ]
        return f"({', '.join(told)},)" if told else "()"
    if kind is Whole:
        wholes.append(value)  # type: ignore[arg-type]
        return f"('\\x00Whole', {value.of.digest!r})"  # type: ignore[attr-defined]
    if isinstance(value, tuple):  # a named one
        return spelt((_mark(kind), *value), wholes)
    return _spelt_alone(value, kind)


def _spelt_alone(value: object, kind: type) -> str:
    if isinstance(value, Post | Topic):
        return value.told
    if isinstance(value, dt.datetime):
        return f"{_MOMENT}{value.isoformat()}\"}}')"
    own: bytes | None = getattr(value, "digest", None)
    return f"('\\x00{kind.__name__}', {own!r})" if own is not None else repr((_mark(kind), canonical(value)))


def _mark(kind: type) -> str:
    return _MARKS.get(kind) or _MARKS.setdefault(kind, f"{MARK}{kind.__module__}:{kind.__qualname__}")


_MARKS: dict[type, str] = {}
"""Of the kinds that were seen."""
_TOLD: dict[type, Callable[[Any], str]] = dict.fromkeys(_PLAIN, repr) | dict.fromkeys((Post, Topic), attrgetter("told"))
"""What long tuples are made of, spelt at once."""
_MOMENT = "('\\x00datetime:datetime', b'{\"@\":\""
"""Begins what `canonical` makes of a moment: there is one in each post."""
