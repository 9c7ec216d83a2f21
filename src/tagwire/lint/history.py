"""Rules about a feed's history (RFC 5005)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.lint.rules import RSS_ATOM, rule
from tagwire.lint.shape import ATOM, FH, children, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed


def _about(feed: Feed) -> etree._Element | None:
    return feed.xml if feed.kind == "atom" else feed.xml.find("channel")


def _marks(feed: Feed, name: str) -> list[etree._Element]:
    return children(_about(feed), f"{{{FH}}}{name}")


def relations(feed: Feed) -> set[str]:
    """The relations of the feed's own links."""
    return {link.get("rel", "alternate") for link in children(_about(feed), f"{{{ATOM}}}link")}


@rule(
    "history-archive-loose",
    "warning",
    "RFC 5005 section 4; W3C ArchiveIncomplete, MissingCurrentInArchive",
    kinds=RSS_ATOM,
    hint="link with rel=current to the feed that people follow",
)
def archive_loose(feed: Feed) -> Iterator[Finding]:
    """Who comes to an archive document can't get from it to the living feed."""
    for mark in _marks(feed, "archive"):
        if "current" not in relations(feed) and not _marks(feed, "complete"):
            yield line_of(mark), "this is an archive document without a link to the current feed"


@rule(
    "history-complete-paged",
    "error",
    "RFC 5005 section 2",
    kinds=RSS_ATOM,
    hint="leave fh:complete out, or the links to other documents",
)
def complete_paged(feed: Feed) -> Iterator[Finding]:
    """The feed says that it holds everything and that there is more: readers delete entries which aren't in it."""
    for mark in _marks(feed, "complete"):
        if more := relations(feed) & {"prev-archive", "next", "previous"}:
            yield line_of(mark), f"`fh:complete` stands beside a link rel={min(more)}"
