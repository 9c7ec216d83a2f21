"""What stands in the articles, apart from what decides about the site: no list, no feed's choice depends on a text.

So the edit of a body changes no decision, and what was decided for the same heads holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from tagwire.digests import name
from tagwire.plan.catalogue import Post, Sheet
from tagwire.plan.routes import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagwire.model import Article
    from tagwire.plan.routes import Routes

Owner = TypeVar("Owner", Post, Sheet)


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
    def path(self) -> str:
        """Of the file."""
        return (self.of.head if isinstance(self.of, Post) else self.of.meta).path


class Bodies:
    """What is known of bodies, by path of the file: closed until the site is laid out."""

    def __init__(self, articles: Mapping[str, Article], routes: Routes) -> None:
        self.sealed = True
        self._articles = articles
        self._names: dict[str, bytes] = {}
        self.found = {path: routes.found(_links(article)) for path, article in articles.items()}

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
        path = (of.head if isinstance(of, Post) else of.meta).path
        own = self._names.get(path)
        if own is None:
            own = self._names[path] = name((of.digest, name(self._articles[path]), self.found[path]))
        return Whole(of, own, self)


def _links(article: Article) -> tuple[str, ...]:
    return wanted((*article.links, *article.reader_links), article.meta)
