"""What was decided about a site, written down, so that it holds as long as the heads are what they were.

An item's line is the very text that its name is made of: its maker, and what the maker is given. A post or a topic
stands in it by its digest, and comes back from there only for an item that must be made.
"""

from __future__ import annotations

import ast
import bisect
import dataclasses
import functools
import importlib
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tagwire import model
from tagwire.digests import pieces, restore
from tagwire.plan.bodies import Bodies, Whole
from tagwire.plan.catalogue import RESOLVED, Post, Sheet, Topic
from tagwire.plan.due import visible
from tagwire.plan.outline import MARK, Item, spelt
from tagwire.plan.routes import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tagwire.model import Article
    from tagwire.plan import Plan
    from tagwire.plan.bodies import Known
    from tagwire.plan.routes import Routes
    from tagwire.plan.sheaf import Written


class Forgotten(Exception):
    """What was written down doesn't lead back to what it meant: the site must be laid out anew."""


class Sketch:
    """A plan in texts: what came of its sheaves, one after the other."""

    def __init__(self, written: Sequence[Written], topics: dict[str, str], addresses: dict[str, str]) -> None:
        """`topics` by digest in hexadecimal; `addresses` of all content files, by path."""
        self.written, self.topics, self.addresses = written, topics, addresses
        self._begins = list(itertools.accumulate((len(each.paths) for each in written), initial=0))

    @functools.cached_property
    def paths(self) -> list[str]:
        """Of all items."""
        return list(itertools.chain.from_iterable(each.paths for each in self.written))

    @functools.cached_property
    def makers(self) -> list[str]:
        """`page tagwire.plan.pages:_story` of each item."""
        return list(itertools.chain.from_iterable(each.makers for each in self.written))

    @property
    def digests(self) -> Iterator[bytes]:
        """Of each item, when it was laid out."""
        return itertools.chain.from_iterable(pieces(each.digests) for each in self.written)

    def line(self, number: int) -> str:
        """What the name of an item is made of; empty where that was lost."""
        at = bisect.bisect_right(self._begins, number) - 1
        return self.written[at].lines[number - self._begins[at]]

    def users(self, paths: Collection[str]) -> list[int]:
        """The items that show the body of a file at one of these paths, each once, ascending."""
        pairs = zip(self._begins, self.written, strict=False)
        return [begin + number for begin, each in pairs for number in sorted(each.users_of(paths))]

    def shown(self, number: int) -> list[str]:
        """The files whose bodies an item shows, sorted."""
        at = bisect.bisect_right(self._begins, number) - 1
        return self.written[at].shown_by(number - self._begins[at])

    def owner(self, digest: bytes) -> str:
        """How the post or the standing page of this digest comes back; empty where that was lost, or is none."""
        owning = (each for each in self.written if digest in each.owners)
        return next((told for each in owning if (told := each.owner(digest))), "")


def sketched(plan: Plan, written: Sequence[Written] | None = None) -> Sketch:
    """Writes a plan down. `written` is what came of its sheaves, if that was written down already."""
    written = [sheaf.written for sheaf in plan.sheaves] if written is None else written
    catalogue = plan.basis.catalogue
    topics = {topic for post in catalogue.posts for topic in post.topics} | {topic for topic, _ in catalogue.topics}
    named = {t.digest.hex(): spelt((t.kind, t.slug, t.name, t.person), []) for t in topics}
    metas = [article.meta for article in plan.basis.articles]
    places = addresses(metas, (meta for meta in metas if visible(meta, plan.basis.clock)))
    return Sketch(written, named, places)


@dataclass(slots=True, eq=False)
class Reader:
    """Brings items back from a sketch."""

    sketch: Sketch
    routes: Routes
    load: Callable[[str], tuple[Article, Known]]
    """The article of the file at a path, as it is now."""
    _owners: dict[bytes, Post | Sheet] = field(default_factory=dict)
    _wholes: dict[bytes, Whole[Any]] = field(default_factory=dict)
    _topics: dict[str, Topic] = field(default_factory=dict)
    _articles: dict[str, tuple[Article, Known]] = field(default_factory=dict)

    def items(self, numbers: Iterable[int]) -> list[Item]:
        """The items of these numbers.

        Raises:
            Forgotten: one of them can't be brought back.
        """
        try:
            return [self._item(number) for number in numbers]
        except (KeyError, ValueError, TypeError, AttributeError, ImportError, SyntaxError) as error:
            raise Forgotten(str(error)) from error

    def at(self, paths: Collection[str]) -> list[Item]:
        """The items at these paths. Raises as `items`."""
        return self.items(number for number, path in enumerate(self.sketch.paths) if path in paths)

    def _item(self, number: int) -> Item:
        kind, _, name = self.sketch.makers[number].partition(" ")
        module, _, maker = name.partition(":")
        given = tuple([self._value(value) for value in ast.literal_eval(self.sketch.line(number))[2]])
        return Item(self.sketch.paths[number], kind, getattr(importlib.import_module(module), maker), given)  # type: ignore[arg-type]

    def _value(self, value: object) -> object:
        if not isinstance(value, tuple):
            return value
        if value and isinstance(value[0], str) and value[0].startswith(MARK):
            return self._marked(value[0].removeprefix(MARK), *value[1:])
        return tuple([self._value(item) for item in value])

    def _marked(self, tag: str, *told: Any) -> object:  # noqa: ANN401 - what a line says
        if tag == "Whole":
            return self._whole(self._owner(told[0]))
        if tag in {"Post", "Sheet"}:
            return self._owner(told[0])
        if tag == "Topic":
            return self._topic(told[0].hex())
        module, _, name = tag.partition(":")
        kind: Any = getattr(importlib.import_module(module), name)
        if issubclass(kind, tuple):
            return kind(*[self._value(item) for item in told])
        return restore(told[0], (*_MODEL, kind))

    def _owner(self, digest: bytes) -> Post | Sheet:
        if digest not in self._owners:
            made = self._made(ast.literal_eval(self.sketch.owner(digest)))
            if made.digest != digest:
                raise Forgotten(digest.hex())
            self._owners[digest] = made
        return self._owners[digest]

    def _made(self, told: Any) -> Post | Sheet:  # noqa: ANN401 - what a line says
        article, known = self._article(told[0])
        values: Any = self._value(told[1])
        if isinstance(article.meta, model.Head):
            return Post(article.meta, **dict(zip(RESOLVED, values, strict=True)), named=known.head)
        return Sheet(article.meta, *values)

    def _topic(self, digest: str) -> Topic:
        if digest not in self._topics:
            values: Any = self._value(ast.literal_eval(self.sketch.topics[digest]))
            self._topics[digest] = Topic(*values)
        return self._topics[digest]

    def _whole(self, owner: Post | Sheet) -> Whole[Any]:
        if owner.digest not in self._wholes:
            path = (owner.head if isinstance(owner, Post) else owner.meta).path
            article, known = self._article(path)
            bodies = Bodies({path: article}, self.routes, {path: known})
            bodies.sealed = False
            self._wholes[owner.digest] = bodies.whole(owner)
        return self._wholes[owner.digest]

    def _article(self, path: str) -> tuple[Article, Known]:
        if path not in self._articles:
            self._articles[path] = self.load(path)
        return self._articles[path]


_MODEL = tuple(kind for kind in vars(model).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind))
