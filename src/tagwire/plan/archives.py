"""The complete history of a feed (RFC 5005 section 4): documents of fifty entries whose members are fixed for ever.

A place in the history is given once, in the order of first publication, and never again: what was published keeps
its place even if it is withdrawn, and an article that is added later, whatever its date, comes behind all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from dataclasses import dataclass

    from tagwire.plan.catalogue import Post
else:
    from tagwire.frozen import dataclass

SIZE = 50
"""Places in a document."""
_LARGEST = 4_500_000
"""Bytes of content in an archive document, which can't leave entries out. The W3C validator reads up to 5 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The posts of a feed by where its subscribers find them."""

    documents: tuple[tuple[Post, ...], ...]
    """The full ones, oldest first; in each the newest post first. Withdrawn ones are missing."""
    loose: tuple[Post, ...]
    """Those whose document isn't full yet, newest first: the feed itself has to hold them."""

    def early(self) -> History:
        """The same with the document that isn't full yet, because the feed can't hold its posts, or couldn't once."""
        return History((*self.documents, self.loose), ())


def history(posts: Sequence[Post], listed: Iterable[str] = ()) -> History:
    """`posts` are those of the feed, oldest first; `listed` the ids that it ever had, in order of first publication.

    Posts that were never published come behind those that were, by date.
    """
    known = list(dict.fromkeys(listed))
    taken = set(known)
    by_id = {post.id: post for post in posts}
    places = [*known, *(post.id for post in posts if post.id not in taken)]
    parts = [
        tuple(sorted((by_id[name] for name in places[at : at + SIZE] if name in by_id), key=_order, reverse=True))
        for at in range(0, len(places), SIZE)
    ]
    full = len(places) // SIZE
    return History(tuple(parts[:full]), parts[full] if full < len(parts) else ())


def _order(post: Post) -> tuple[dt.datetime, str]:
    return post.order


def room(weights: Iterable[int], largest: int) -> int:
    """Bytes that each entry of an archive document may take, at most `largest`, so that all fit into it."""
    left = _LARGEST
    ascending = sorted(min(weight, largest) for weight in weights)
    for at, weight in enumerate(ascending):
        share = left // (len(ascending) - at)
        if weight > share:
            return share
        left -= weight
    return largest
