"""Tagwire's own way to define frozen values is Python's, but for the time that it takes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import TYPE_CHECKING, Any

import pytest

from tagwire import frozen, model, views

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = frozen.dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mine:
    """Ours."""

    name: str
    number: int = 3
    parts: list[int] = field(default_factory=list)
    aside: str = field(default="", compare=False, repr=False)
    made: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", self.name.upper())


@dataclass(frozen=True, slots=True)
class Lower(Mine):
    """With one field more."""

    more: str = "m"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Pythons:
    """The same, by Python."""

    name: str
    number: int = 3
    parts: list[int] = field(default_factory=list)
    aside: str = field(default="", compare=False, repr=False)
    made: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", self.name.upper())


def again(value: object) -> object:
    """What another process gets."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


KINDS = pytest.mark.parametrize("kind", [Mine, Pythons])


@KINDS
def test_values_are_made_compared_and_shown_as_pythons_own(kind: type[Mine]) -> None:
    """Whatever Python's class does, ours does."""
    one, other = kind("a", aside="x"), kind(name="a", number=3, parts=[])
    assert one == other
    assert one != kind("b")
    assert one.__eq__("a") is NotImplemented
    assert sorted([kind("b"), kind("a", 9), one]) == [one, kind("a", 9), kind("b")]
    assert one <= other
    assert one >= other
    assert not one < other
    assert not one > other
    assert repr(one) == f"{kind.__name__}(name='a', number=3, parts=[], made='A')"
    assert one.parts is not other.parts
    assert [each.name for each in dataclasses.fields(kind)] == ["name", "number", "parts", "aside", "made"]
    assert dataclasses.replace(one, number=4) == kind("a", 4)
    assert again(one) == one == copy.deepcopy(one)


@KINDS
def test_values_stay_as_they_are(kind: type[Mine]) -> None:
    """No field can be set or deleted, and there is no place for another one."""
    one = kind("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name
    with pytest.raises(TypeError):
        hash(one)  # a list in it
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError, match="missing 1 required"):
        kind()  # type: ignore[call-arg]


def test_an_heir_has_what_stands_above_it_too() -> None:
    """Fields of both, in order."""
    low = Lower("a", 1, [], "x", "y")
    assert (low.name, low.aside, low.more, low.made) == ("a", "x", "y", "A")
    assert Mine("a", 1) != low
    assert not hasattr(low, "__dict__")


def test_another_kind_of_class_is_refused() -> None:
    """Nothing else is needed."""
    with pytest.raises(TypeError, match="frozen and slotted"):
        frozen.dataclass(frozen=False, slots=True)


def test_all_values_between_stages_are_frozen_and_slotted() -> None:
    """Nobody can hang anything on them."""
    kinds: list[Any] = [
        each for room in (model, views) for each in vars(room).values() if dataclasses.is_dataclass(each)
    ]
    assert len(kinds) > 50
    for kind in kinds:
        with pytest.raises(AttributeError):
            object.__new__(kind).anything = 1


def test_a_late_value_is_the_same_value() -> None:
    """Nobody can tell by looking which fields were known, and the whole is fetched once."""
    place = model.Place("title", 3, 1, "title: x")
    fetched: list[int] = []

    def rest() -> model.Place:
        fetched.append(1)
        return place

    late = model.late(model.Place, rest, {"key": "title"})
    assert (late.key, fetched) == ("title", [])
    assert late == place
    assert (late.line, late.excerpt, fetched) == (3, "title: x", [1])
    assert dataclasses.replace(late, line=4) == dataclasses.replace(place, line=4)
    assert again(model.late(model.Place, rest, {})) == place
    with pytest.raises(AttributeError):
        late.nothing  # type: ignore[attr-defined]  # noqa: B018 - that it isn't there
    with pytest.raises(AttributeError):
        place.nothing  # type: ignore[attr-defined]  # noqa: B018 - as above
