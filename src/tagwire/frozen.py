"""Frozen, slotted dataclasses that are quick to define: the same as Python's, made when they are first used.

Python writes and compiles six functions for each such class, some 0.8 ms; the values of Tagwire took a tenth of the
edit of a text that way, and most of them are never made in it. To mypy they are Python's own.
"""

# ruff: noqa: ANN401 - classes that are being made
from __future__ import annotations

import dataclasses
import functools
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def dataclass(*, frozen: bool, slots: bool, eq: bool = True, order: bool = False) -> Callable[[type], type]:
    """Python's decorator, for what all values of Tagwire are: frozen and slotted."""
    if not (frozen and slots):
        raise TypeError("values are frozen and slotted")

    def made(kind: Any) -> type:
        plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(kind)
        names = [each.name for each in dataclasses.fields(plain)]
        told = {
            name: value for name, value in plain.__dict__.items() if name not in {*names, "__dict__", "__weakref__"}
        }
        above = {slot for each in kind.__mro__[1:] for slot in getattr(each, "__slots__", ())}
        told["__slots__"] = tuple(name for name in names if name not in above)
        told |= {"__init__": _first, "__setattr__": _refuse, "__delattr__": _refuse, "__repr__": _shown}
        told |= {"__getstate__": _state, "__setstate__": _restate}
        told |= {"__eq__": _equal, "__hash__": _hashed} if eq else {}
        told |= {"__lt__": _less, "__le__": _at_most, "__gt__": _more, "__ge__": _at_least} if order else {}
        slotted: type = type(kind)(kind.__name__, kind.__bases__, told)
        return slotted

    return made


def _first(self: object, *given: object, **named: object) -> None:
    """Stands for `__init__` until the first value of a class is made."""
    kind: Any = next(each for each in type(self).__mro__ if each.__dict__.get("__init__") is _first)
    kind.__init__ = _initial(kind)
    kind.__init__(self, *given, **named)


def _initial(kind: Any) -> Callable[..., None]:
    """The function that Python would write, which fills slots by their descriptors."""
    known: dict[str, object] = {"_missing": dataclasses.MISSING}
    heads, lines = ["self"], []
    for each in dataclasses.fields(kind):
        known[f"_set_{each.name}"] = getattr(kind, each.name).__set__
        known[f"_make_{each.name}"] = each.default_factory
        known[f"_else_{each.name}"] = each.default
        value = each.name if each.init else f"_make_{each.name}()"
        if each.init:
            heads.append(each.name + ("" if _is_asked(each) else f"=_else_{each.name}"))
            if each.default_factory is not dataclasses.MISSING:
                value = f"_make_{each.name}() if {each.name} is _missing else {each.name}"
        elif each.default_factory is dataclasses.MISSING:
            continue
        lines.append(f"    _set_{each.name}(self, {value})")
    lines += ["    self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    text = "\n".join([f"def __init__({', '.join(heads)}):", *lines, "    return None"])
    exec(text, known)  # noqa: S102 - names of fields only
    return known["__init__"]  # type: ignore[return-value]


def _is_asked(each: dataclasses.Field[Any]) -> bool:
    return each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING


def _refuse(_self: object, name: str, _value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _kind(value: object) -> Any:
    return type(value)


@functools.cache
def _compared(kind: Any) -> Callable[[object], tuple[object, ...]]:
    names = [each.name for each in dataclasses.fields(kind) if each.compare]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _values(value: object) -> tuple[object, ...]:
    return _compared(_kind(value))(value)


def _equal(self: object, other: object) -> bool:
    if other.__class__ is not self.__class__:
        return NotImplemented  # type: ignore[no-any-return]
    return _values(self) == _values(other)


def _hashed(self: object) -> int:
    return hash(_values(self))


def _ordering(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
    def compared(self: object, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented  # type: ignore[no-any-return]
        return compare(_values(self), _values(other))

    return compared


_less, _at_most, _more, _at_least = map(_ordering, (operator.lt, operator.le, operator.gt, operator.ge))


def _shown(self: object) -> str:
    kind = _kind(self)
    told = [f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(kind) if each.repr]
    return f"{kind.__qualname__}({', '.join(told)})"


def _state(self: object) -> list[object]:
    kind = _kind(self)
    return [getattr(self, each.name) for each in dataclasses.fields(kind)]


def _restate(self: object, state: list[object]) -> None:
    kind = _kind(self)
    for each, value in zip(dataclasses.fields(kind), state, strict=True):
        object.__setattr__(self, each.name, value)
