"""Rules of OPML 2.0, the lists of feeds that readers import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.lint.rules import OPML_ONLY, rule
from tagwire.lint.shape import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed


@rule("opml-version", "error", "OPML 2.0, opml; W3C InvalidOPMLVersion", kinds=OPML_ONLY, hint='write version="2.0"')
def version(feed: Feed) -> Iterator[Finding]:
    """Readers that import the list choose their rules by the version."""
    if (found := feed.xml.get("version")) not in {"1.0", "1.1", "2.0"}:
        yield line_of(feed.xml), f"the version is `{found}`" if found else "the version is missing"


@rule(
    "opml-parts", "error", "OPML 2.0, head, body; W3C MissingElement", kinds=OPML_ONLY, hint="write a head and a body"
)
def parts(feed: Feed) -> Iterator[Finding]:
    """A list without a head, a body or an outline can't be imported."""
    for name in ("head", "body"):
        if feed.xml.find(name) is None:
            yield line_of(feed.xml), f"there is no `{name}`"
    body = feed.xml.find("body")
    if body is not None and body.find("outline") is None:
        yield line_of(body), "the body has no `outline`"


@rule(
    "opml-text",
    "error",
    "OPML 2.0, outline text; W3C MissingAttribute",
    kinds=OPML_ONLY,
    hint="give every outline a `text`",
)
def text(feed: Feed) -> Iterator[Finding]:
    """The specification demands it: readers show the feed as an empty line."""
    for outline in feed.xml.iter("outline"):
        if not outline.get("text"):
            yield line_of(outline), "the outline has no `text`"


@rule(
    "opml-xmlurl",
    "error",
    "OPML 2.0, subscription lists; W3C MissingXmlURL",
    kinds=OPML_ONLY,
    hint="give the address of the feed in `xmlUrl`",
)
def xmlurl(feed: Feed) -> Iterator[Finding]:
    """A reader that imports the list can't subscribe without the feed's address."""
    for outline in feed.xml.iter("outline"):
        if outline.get("type", "").lower() == "rss" and not outline.get("xmlUrl"):
            yield line_of(outline), f"the outline `{outline.get('text', '')}` has no `xmlUrl`"


@rule(
    "opml-type",
    "warning",
    "OPML 2.0, subscription lists; W3C MissingOutlineType",
    kinds=OPML_ONLY,
    hint='write type="rss", for Atom feeds too',
)
def kind(feed: Feed) -> Iterator[Finding]:
    """Readers look at the type first: an outline without one is taken for a folder."""
    for outline in feed.xml.iter("outline"):
        if outline.get("xmlUrl") and not outline.get("type"):
            yield line_of(outline), f"the outline `{outline.get('text', '')}` has an `xmlUrl` and no `type`"


@rule(
    "opml-title",
    "warning",
    "OPML 2.0, subscription lists; W3C MissingTitleAttr",
    kinds=OPML_ONLY,
    hint="give each feed a `title` as well as a `text`",
)
def title(feed: Feed) -> Iterator[Finding]:
    """Some readers name the feed by its `title` only."""
    for outline in feed.xml.iter("outline"):
        if outline.get("xmlUrl") and not outline.get("title"):
            yield line_of(outline), f"the outline `{outline.get('text', '')}` has no `title`"


@rule(
    "opml-feed-repeated",
    "warning",
    "OPML 2.0, subscription lists",
    kinds=OPML_ONLY,
    hint="list each feed once in each folder",
)
def repeated(feed: Feed) -> Iterator[Finding]:
    """A reader that imports the list subscribes twice, and shows everything twice."""
    seen: set[tuple[int, str]] = set()
    for outline in feed.xml.iter("outline"):
        url, above = outline.get("xmlUrl"), outline.getparent()
        if url:
            place = (id(above) if above is None else line_of(above), url)
            if place in seen:
                yield line_of(outline), f"`{url}` is listed twice"
            seen.add(place)
