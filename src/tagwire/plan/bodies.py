"""What stands in the articles, apart from what decides about the site: no list, no feed's choice depends on a text.

So the edit of a body changes no decision, and what was decided for the same heads holds.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from tagwire.digests import digest, name
from tagwire.plan.catalogue import Post, Sheet
from tagwire.plan.routes import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass

    from tagwire.model import Article, Entry, Measure
    from tagwire.plan.routes import Routes
else:
    from tagwire.frozen import dataclass

Owner = TypeVar("Owner", Post, Sheet)


class Known(NamedTuple):
    """What can be told of an article without looking at it."""

    digest: bytes
    """Of the whole article."""
    head: bytes
    """Of its head."""
    wanted: tuple[str, ...]
    """Paths of files that its links mean, if they are there."""

    @classmethod
    def of(cls, article: Article) -> Known:
        """Of an article that was looked at."""
        return cls(name(article), name(article.meta), wanted_by(article))


def wanted_by(article: Article) -> tuple[str, ...]:
    """Paths of files that an article's links mean, if they are there."""
    return wanted(dict.fromkeys((*article.links, *article.reader_links)), article.meta)


def _pictures(found: tuple[tuple[str, str], ...], routes: Routes) -> tuple[tuple[str, Measure], ...]:
    return tuple((address, routes.measures[address]) for _, address in found if address in routes.measures)


class Sealed(Exception):
    """Somebody looked at a body while the site was still being laid out; see `Whole`."""


@dataclass(frozen=True, slots=True, eq=False)
class Whole(Generic[Owner]):
    """A post or a standing page together with its body.

    What there is in a site is decided without any body, so that an edit of a text changes no decision: only the
    functions that make a page or a feed, and were given a `Whole`, may look at `article`.
    """

    of: Owner
    digest: bytes
    bodies: Bodies = field(repr=False)

    @property
    def article(self) -> Article:
        """What was rendered."""
        return self.bodies.article(self.path)

    @property
    def found(self) -> tuple[tuple[str, str], ...]:
        """(path, address) of the files of this site that the body links to."""
        return self.bodies.found[self.path]

    @property
    def pictures(self) -> tuple[tuple[str, Measure], ...]:
        """(address, measure) of the pictures among them."""
        return self.bodies.pictures.get(self.path, ())

    @property
    def path(self) -> str:
        """Of the file."""
        return (self.of.head if isinstance(self.of, Post) else self.of.meta).path


@dataclass(frozen=True, slots=True, eq=False)
class Wholes:
    """Some posts together with their bodies, named at once: most layers that are given some are never asked."""

    posts: tuple[Post, ...]
    bodies: Bodies = field(repr=False)
    digest: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        told = self.bodies.told
        own = [post.digest + told[post.head.path] for post in self.posts]  # 32 bytes each
        object.__setattr__(self, "digest", digest(b"".join(own)))

    def all(self) -> tuple[Whole[Post], ...]:
        """Each of them."""
        return tuple([self.bodies.whole(post) for post in self.posts])


class Bodies:
    """What is known of bodies, by path of the file: closed until the site is laid out."""

    def __init__(
        self, articles: Mapping[str, Article], routes: Routes, known: Mapping[str, Known] | None = None
    ) -> None:
        """`known`: what an earlier build found out of some of the articles, by path."""
        self.sealed = True
        self._known = {path: (known or {}).get(path) or Known.of(article) for path, article in articles.items()}
        self._articles = articles
        self._wholes: dict[bytes, Whole[Any]] = {}
        self.entries: dict[tuple[bytes, bytes], Entry] = {}
        """What `channels` has made of some of them: the same value for each feed."""
        self.found = {path: routes.found(known.wanted) for path, known in self._known.items()}
        self.pictures = (
            {path: _pictures(found, routes) for path, found in self.found.items()} if routes.measures else {}
        )
        self.told = {path: known.digest for path, known in self._known.items()}
        """Digest of all that there is to a text, by path."""
        for path, found in self.found.items():
            if found:
                self.told[path] = name((self.told[path], found, self.pictures.get(path, ())))

    def article(self, path: str) -> Article:
        """The article of the file at `path`.

        Raises:
            Sealed: the site is still being laid out.
        """
        if self.sealed:
            raise Sealed(path)
        return self._articles[path]

    def whole(self, of: Owner) -> Whole[Owner]:
        """`of` with its body, to be given to what makes a page or a feed."""
        whole = self._wholes.get(of.digest)
        if whole is None:
            path = (of.head if isinstance(of, Post) else of.meta).path
            shown = self.pictures.get(path)
            told: tuple[object, ...] = (of.digest, self._known[path].digest, self.found[path], shown or ())
            # Without pictures all is bytes and texts, of which `name` makes what `repr` says.
            own = name(told) if shown else digest(repr(told).encode())
            whole = self._wholes[of.digest] = Whole(of, own, self)
        return whole
