"""One spelling of a frozen value, and short names made of it.

Equal values have one name, in every process and on every machine: it is what results are remembered under.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
import operator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable


SIZE = 16
"""Of a digest, in bytes."""


def digest(data: bytes) -> bytes:
    """blake2b, 128 bits: enough against accident, fast enough for every file of a site."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def pieces(column: bytes) -> list[bytes]:
    """A column of digests, one by one."""
    return [column[at : at + SIZE] for at in range(0, len(column), SIZE)]


def canonical(value: object) -> bytes:
    """One spelling of a frozen value: the same for equal values, in every process and on every machine.

    A dataclass is `{"Name": [its fields, in order]}`, a moment `{"@": RFC 3339}`, a tuple a list.
    """
    return told(value).encode()


def told(value: object) -> str:
    """`canonical` as text."""
    return "".join(_coder(value, 0))


def canonical_on(first: bytes, value: object) -> bytes:
    """`canonical` of a dataclass of several fields, of whose first field it is `first`: that one is spelt once."""
    kind: Any = type(value)
    rest = told(_fields(kind)(value)[1:])
    return b'{"%s":[%s,%s}' % (kind.__name__.encode(), first, rest[1:].encode())


def restore(data: bytes, types: tuple[type, ...]) -> Any:  # noqa: ANN401 - as many types as steps
    """The value that `canonical` spelt; `types` are the dataclasses that may occur in it."""
    return _decoder(types)(data.decode())


@functools.lru_cache(maxsize=16)
def _decoder(types: tuple[type, ...]) -> Callable[[str], Any]:
    return json.JSONDecoder(object_hook=_Restorer({kind.__name__: kind for kind in types})).decode


def _spelt(value: object) -> dict[str, Any]:
    if isinstance(value, dt.datetime):
        return {"@": value.isoformat()}
    if isinstance(value, bytes):
        return {"#": value.hex()}
    kind: Any = type(value)
    fields = _fields(kind)
    return {kind.__name__: fields(value)}


def _usual(value: object, _level: int) -> tuple[str, ...]:
    return (json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_spelt).encode(value),)


def _quick() -> Callable[[object, int], tuple[str, ...]]:
    """What the module makes at each call of a `JSONEncoder`: made once, half of the time. `_usual` where it has none.

    It looks for no circles: a frozen value can't be in itself.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    return make(None, _spelt, json.encoder.encode_basestring, None, ":", ",", False, False, True) if make else _usual


_coder = _quick()


@functools.lru_cache(maxsize=256)
def _fields(kind: Any) -> Callable[[object], tuple[Any, ...]]:  # noqa: ANN401 - any dataclass
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return operator.attrgetter(*names)


class _Restorer:
    def __init__(self, types: dict[str, type]) -> None:
        self._types = types
        self._seen: dict[Any, Any] = {}
        """Texts and tuples of texts, each by itself."""

    def __call__(self, pairs: dict[str, Any]) -> object:
        ((name, fields),) = pairs.items()
        if name == "@":
            return dt.datetime.fromisoformat(fields)
        if name == "#":
            return bytes.fromhex(fields)
        return self._types[name](*[self._frozen(item) if type(item) is list else item for item in fields])

    def _frozen(self, items: list[Any]) -> tuple[object, ...]:
        """Of lists of texts, equal ones are one object, and so are their texts: links, tags and people come again."""
        if set(map(type, items)) != _TEXTS:
            return tuple([self._frozen(item) if type(item) is list else item for item in items])
        if len(self._seen) > _SEEN:
            self._seen.clear()
        one = self._seen.setdefault
        made = tuple([one(item, item) for item in items])
        return cast("tuple[object, ...]", one(made, made))


_TEXTS = {str}
_SEEN = 20_000
"""Texts and tuples of texts that are held at most: some 2 MB."""


def name(value: object) -> bytes:
    """A digest of `value`: of tuples, texts, numbers and frozen values.

    A value that has a `digest` of its own is named by it, which is what makes this fast: a list of articles is as
    quickly named as a list of texts.
    """
    return digest(repr(_flat(value)).encode())


_PLAIN = frozenset({str, int, bool, bytes, type(None)})


def _flat(value: object) -> object:
    """`value` in types whose `repr` is the same for equal values, and for no others."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return tuple([_flat(item) for item in value])
    own: bytes | None = getattr(value, "digest", None)
    return (kind.__name__, own) if own is not None else (kind.__name__, canonical(value))


def name_on(value: object, told: bytes) -> bytes:
    """`name` of a frozen value without a `digest`, of which `canonical` gives `told`."""
    return digest(repr((type(value).__name__, told)).encode())
