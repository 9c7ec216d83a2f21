"""A `Feed` becomes the bytes of its file. Every workaround for feedgen lives in this room, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.feeds import jsonfeed, look, plainhead
from tagwire.feeds.content import compose

if TYPE_CHECKING:
    from tagwire.model import Feed

__all__ = ["compose", "render"]


def render(feed: Feed, contents: tuple[str, ...]) -> bytes:
    """The file of `feed`. `contents` are its entries' reader HTML, with absolute URLs, in order."""
    if feed.kind == "json":
        return jsonfeed.render(feed, contents)
    texts = [compose(entry, body, feed.room) for entry, body in zip(feed.entries, contents, strict=True)]
    document = plainhead.render(feed, texts)
    if document is None:
        from tagwire.feeds import xml  # noqa: PLC0415 - feedgen and lxml take 50 ms to load; usual feeds need none

        document = look.opening(feed) + look.spelt_out(feed, xml.render(feed, texts))
    return document
