"""Outputs that are decided together, since what they are made of mostly changes together: the pages of a list, say.

A `Sheaf` is to items what an item is to its bytes: it is named by the digest of all that its *layer* is given, and a
layer is a function of a module, pure, that sees nothing but its arguments. What came of a sheaf holds wherever its
name comes again. So an article more lays out what shows it, and nobody has to say what that is.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from tagwire.digests import SIZE, digest
from tagwire.plan.bodies import Whole, Wholes
from tagwire.plan.catalogue import Post
from tagwire.plan.outline import name_of, spelt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tagwire.plan.catalogue import Sheet
    from tagwire.plan.outline import Item


_FEW = 8
"""Paths that are sooner found in a text one by one than by taking the text apart."""


class Written(NamedTuple):
    """What came of a sheaf, in texts."""

    name: bytes
    """Of the sheaf; of what came of it, where it has none."""
    paths: Sequence[str]
    makers: Sequence[str]
    """`page tagwire.plan.pages:_story` of each item."""
    digests: bytes
    """Of each item."""
    users: str
    """`\\npath\\0number,number` of each body that is shown, and a line's end: the items that show it, by their number.

    No path of a file has either sign.
    """
    owners: bytes
    """Digests of the posts and standing pages whose own pages these are."""
    lines: Sequence[str]
    """Of each item, what its name is made of."""
    told: Sequence[str]
    """Of each owner, how it comes back: its file, and all that isn't in its head."""

    def users_of(self, paths: Collection[str]) -> set[int]:
        """The items that show the body of a file at one of these paths, by their number in the sheaf."""
        if len(paths) > _FEW:
            found = [numbers for path, numbers in self._shown() if path in paths]
        else:
            found = [numbers for path in paths if (numbers := self._numbers(path))]
        return {int(number) for numbers in found for number in numbers.split(",")}

    def _numbers(self, path: str) -> str:
        wanted = f"\n{path}\0"
        at = self.users.find(wanted)
        begin = at + len(wanted)
        return self.users[begin : self.users.index("\n", begin)] if at >= 0 else ""

    def _shown(self) -> Iterator[tuple[str, str]]:
        for line in self.users.split("\n")[1:-1]:
            path, _, numbers = line.partition("\0")
            yield path, numbers

    def shown_by(self, number: int) -> list[str]:
        """The files whose bodies an item shows, sorted."""
        own = str(number)
        return sorted(path for path, numbers in self._shown() if own in numbers.split(","))

    def owner(self, digest: bytes) -> str:
        """How the post or the standing page of this digest comes back; empty where that was lost, or it is none."""
        at = self.owners.find(digest)
        while at > 0 and at % SIZE:  # across two of them
            at = self.owners.find(digest, at + 1)
        return self.told[at // SIZE] if at >= 0 else ""


class Sheaf:
    """Some outputs, laid out when somebody asks for them."""

    __slots__ = ("_given", "_items", "_layer", "_written", "name")

    def __init__(self, name: bytes, layer: Callable[..., Iterable[Item]], given: tuple[object, ...]) -> None:
        """Made by `sheaf` or `loose`."""
        self.name, self._layer, self._given = name, layer, given
        self._items: tuple[Item, ...] | None = None
        self._written: Written | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The outputs."""
        if self._items is None:
            bodies = [each.bodies for each in _flat(self._given) if isinstance(each, Wholes)]
            states = [each.sealed for each in bodies]
            for each in bodies:
                each.sealed = True  # no decision depends on a text, whenever it is taken
            self._items = tuple(self._layer(*self._given))
            for each, state in zip(reversed(bodies), reversed(states), strict=True):
                each.sealed = state
        return self._items

    @property
    def paths(self) -> Sequence[str]:
        """Of the outputs."""
        return self._written.paths if self._written else [item.path for item in self.items]

    @property
    def feeds(self) -> list[str]:
        """Paths of the feeds among them."""
        if self._written:
            pairs = zip(self._written.paths, self._written.makers, strict=True)
            return [path for path, maker in pairs if maker.startswith("feed ")]
        return [item.path for item in self.items if item.kind == "feed"]

    @property
    def written(self) -> Written:
        """What came of it; not held, since it is asked for once."""
        return self._written or _write(self.name, self.items)

    def known(self, written: Written | None) -> None:
        """This is what came of a sheaf of the same name, if it isn't None."""
        self._written = written


def sheaf(layer: Callable[..., Iterable[Item]], *given: object) -> Sheaf:
    """The outputs of `layer(*given)`: posts, topics, texts, numbers, frozen values, `Wholes`, and tuples of them."""
    if getattr(layer, "__closure__", None) or "<" in layer.__qualname__:
        raise TypeError(f"{layer.__qualname__}: a layer is a function of a module")
    wholes: list[Whole[Any]] = []
    line = spelt((f"{layer.__module__}:{layer.__qualname__}", tuple(map(_short, given))), wholes)
    return Sheaf(name_of(line, wholes), layer, given)


def _short(value: object) -> object:
    """Lists have thousands of posts: these are told by one digest."""
    if type(value) is tuple and set(map(type, value)) == {Post}:
        return "\0posts", digest(b"".join([post.digest for post in value]))
    return value


def loose(items: Iterable[Item]) -> Sheaf:
    """Outputs that are laid out in any case."""
    return Sheaf(b"", tuple, (tuple(items),))


def _flat(value: object) -> Iterable[object]:
    if isinstance(value, tuple) and not isinstance(value, Whole):
        return [each for item in value if not isinstance(item, Post | str) for each in _flat(item)]
    return [value]


def _write(name: bytes, items: Sequence[Item]) -> Written:
    paths, makers, digests, lines = [], [], [], []
    users: dict[str, list[int]] = {}
    owners: dict[bytes, str] = {}
    for number, item in enumerate(items):
        line, wholes = item.line()
        paths.append(item.path)
        makers.append(sys.intern(f"{item.kind} {item.maker.__module__}:{item.maker.__qualname__}"))
        lines.append(line)
        digests.append(name_of(line, wholes))
        for path in {whole.path: None for whole in wholes}:
            users.setdefault(path, []).append(number)
        if item.origin and wholes:
            owners[wholes[0].of.digest] = _told(wholes[0].of)
    shown = "".join([f"\n{path}\0{','.join(map(str, numbers))}" for path, numbers in users.items()])
    column = b"".join(digests)
    own = name or digest(column + "\0".join(lines).encode())
    return Written(own, paths, makers, column, f"{shown}\n", b"".join(owners), lines, list(owners.values()))


def _told(owner: Post | Sheet) -> str:
    if isinstance(owner, Post):
        return spelt((owner.head.path, owner.resolved), [])
    return spelt((owner.meta.path, (owner.spots, owner.versions)), [])
