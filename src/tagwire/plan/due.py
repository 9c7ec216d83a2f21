"""What is shown at a moment, and from which moment to which that holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tagwire.model import Head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.model import Clock, Meta

NEWS = dt.timedelta(days=2)
"""How long an article stands in the sitemap for Google News."""


def visible(meta: Meta, clock: Clock) -> bool:
    """Whether a content file is shown at all."""
    if meta.draft and not clock.drafts:
        return False
    if not isinstance(meta, Head):
        return True
    due = clock.future or meta.published.at <= clock.now
    return due and not (meta.expires and meta.expires.at <= clock.now)


def window(
    metas: Iterable[Meta], now: dt.datetime, *, news: bool = False
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The instants around `now` between which nothing becomes due or expires: (last one passed, next one to come).

    With `news`, an article also expires as news.
    """
    heads = [meta for meta in metas if isinstance(meta, Head)]
    instants = [head.published.at for head in heads]
    instants += [head.expires.at for head in heads if head.expires]
    instants += [head.published.at + NEWS for head in heads if news]
    passed = max((at for at in instants if at <= now), default=None)
    coming = min((at for at in instants if at > now), default=None)
    return passed, coming
