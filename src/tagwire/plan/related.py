"""Which older articles are close to one: those that share most tags with it."""

from __future__ import annotations

import collections
import itertools
import operator
from dataclasses import field
from typing import TYPE_CHECKING

from tagwire.digests import SIZE, digest

if TYPE_CHECKING:
    from dataclasses import dataclass

    from tagwire.plan.catalogue import Post, Topic
else:
    from tagwire.frozen import dataclass

_REMEMBERED = 6
"""Newest posts of each tag that can become related ones: bounds the work to a few dozen steps a post."""
_RELATED = 3
_END = bytes(SIZE)


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """The newest posts of some tags, oldest first."""

    shelves: tuple[tuple[Topic, tuple[Post, ...]], ...]
    digest: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        told = [[topic.digest, *[post.digest for post in posts], _END] for topic, posts in self.shelves]
        object.__setattr__(self, "digest", digest(b"".join(itertools.chain.from_iterable(told))))


class Shelves:
    """The newest posts of each tag, while one goes through all posts from the oldest."""

    def __init__(self) -> None:
        self._newest: dict[Topic, collections.deque[Post]] = {}

    def passed(self, run: tuple[Post, ...]) -> Recent:
        """What stood there for the tags of the next posts; then these stand there too."""
        newest, before = self._newest, {}
        for post in run:
            for tag in post.tags:
                if tag not in before:
                    before[tag] = tuple(newest.setdefault(tag, collections.deque(maxlen=_REMEMBERED)))
        for post in run:
            for tag in post.tags:
                newest[tag].append(post)
        return Recent(tuple(before.items()))


def related(run: tuple[Post, ...], before: Recent) -> list[tuple[Post, ...]]:
    """Of each post of a run: older posts on the same tags, closest first; `before` is what `Shelves` said.

    Only older posts are related, so that a new one changes no old page.
    """
    older = {post.digest: post for _, posts in before.shelves for post in posts}
    posts = [*sorted(older.values(), key=operator.attrgetter("order")), *run]
    numbers = {post.digest: number for number, post in enumerate(posts)}
    recent = {
        tag: collections.deque([numbers[post.digest] for post in shelf], _REMEMBERED) for tag, shelf in before.shelves
    }
    found, count = [], len(posts)
    for number, post in enumerate(run, len(older)):
        shared: dict[int, int] = {}  # in one number: how many topics, then which post
        near = [recent[tag] for tag in post.tags]
        for other in itertools.chain.from_iterable(near):
            shared[other] = shared.get(other, other) + count
        closest = sorted(shared.values(), reverse=True)[:_RELATED]
        found.append(tuple([posts[each % count] for each in closest]))
        for queue in near:
            queue.append(number)
    return found
