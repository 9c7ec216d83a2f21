"""A `Feed` becomes the bytes of its file. Every workaround for feedgen lives in this room, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.feeds import jsonfeed
from tagwire.feeds.content import compose

if TYPE_CHECKING:
    from tagwire.model import Feed

__all__ = ["compose", "render"]


def render(feed: Feed, contents: tuple[str, ...]) -> bytes:
    """The file of `feed`. `contents` are its entries' reader HTML, with absolute URLs, in order."""
    if feed.kind == "json":
        return jsonfeed.render(feed, contents)
    from tagwire.feeds import xml  # noqa: PLC0415 - feedgen costs 36 ms to load; an unchanged build needs none

    return xml.render(feed, contents)
