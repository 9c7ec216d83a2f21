"""Rules about the common extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.lint.rules import RSS_ATOM, rule
from tagwire.lint.shape import SY, line_of, local, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_PERIODS = {"hourly", "daily", "weekly", "monthly", "yearly"}


@rule(
    "syndication-invalid",
    "error",
    "RSS 1.0 syndication module; W3C InvalidUpdatePeriod, UndefinedElement; feedgen's sy:UpdatePeriod",
    kinds=RSS_ATOM,
    hint="write sy:updatePeriod (hourly, daily, weekly, monthly, yearly) and sy:updateFrequency (a number from 1)",
)
def syndication(feed: Feed) -> Iterator[Finding]:
    """Readers that can't read how often news comes ask in their own rhythm, too often or too rarely."""
    for element in feed.xml.iter(f"{{{SY}}}*"):
        name, value = local(element), text_of(element)
        if name not in {"updatePeriod", "updateFrequency", "updateBase"}:
            yield line_of(element), f"there is no `sy:{name}`"
        elif (name == "updatePeriod" and value not in _PERIODS) or (
            name == "updateFrequency" and not re.fullmatch(r"[1-9][0-9]*", value)
        ):
            yield line_of(element), f"`sy:{name}` is `{value}`"
