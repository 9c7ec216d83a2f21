"""Feeds that another program published: which topic of ours each was the feed of, and what of them binds us."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagwire.model import Ledger
    from tagwire.plan.catalogue import Post


def placed(ledger: Ledger) -> set[str]:
    """Folders of feeds that we have published ourselves.

    Of another program's the newest articles are known and no more: places in the order of the ledger would put all
    older ones behind them, and into the feed that its subscribers read.
    """
    return {folder for record in ledger.articles if record.imprint for folder, _ in record.feeds}


def alike(folder: str, kind: str, ledger: Ledger, members: Mapping[str, Sequence[Post]]) -> str:
    """The topic that has, from the oldest article of the old feed to the newest, just those of the old feed.

    A feed that is shorter than others has all that its topic had. Empty where no topic fits, or several do.
    `members`: posts of each folder, oldest first, all of them at `""`.
    """
    counts = Counter(there for record in ledger.articles for there, _ in record.feeds)
    whole = counts[folder] < max(counts.values(), default=0)
    here = {post.id for post in members[""]}
    old = {record.id for record in ledger.articles if folder in dict(record.feeds)} & here
    fits = [
        there for there, posts in members.items() if there.partition("/")[0] == kind and _has_just(old, posts, whole)
    ]
    fewest = min((len(members[there]) for there in fits), default=0)
    best = [there for there in fits if len(members[there]) == fewest]
    return best[0] if len(best) == 1 else ""


def _has_just(old: set[str], posts: Sequence[Post], whole: bool) -> bool:
    places = [at for at, post in enumerate(posts) if post.id in old]
    is_run = len(places) == len(old) > 0 and places[-1] - places[0] < len(old)
    return is_run and not (whole and places[0])
