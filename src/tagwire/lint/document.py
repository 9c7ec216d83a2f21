"""Rules about the file as a whole: size, encoding, entities, stylesheets, stray characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tagwire.lint.rules import JSON_ONLY, XML, rule
from tagwire.lint.shape import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_LARGEST = 5_000_000
_COMMON = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
_STRAY = re.compile("[\x80-\x9f\ufffd]")
_PSEUDO = re.compile(r"""\s*(?:[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*')(?:\s+|\Z))*""")


@rule(
    "feed-too-big",
    "warning",
    "W3C ValidatorLimit",
    hint="keep the newest entries here, and older ones in archive documents (RFC 5005)",
)
def too_big(feed: Feed) -> Iterator[Finding]:
    """Readers give up on large files, and every subscriber downloads all of it each time that it changes."""
    if feed.size > _LARGEST:
        yield 0, f"{feed.size / 1_000_000:.1f} MB; validators and many readers stop at 5 MB"


@rule("feed-encoding", "warning", "W3C ObscureEncoding; XML 1.0 section 4.3.3", kinds=XML, hint="write UTF-8")
def encoding(feed: Feed) -> Iterator[Finding]:
    """Readers must know UTF-8 and UTF-16 only; in another encoding letters may come out wrong, or nothing at all."""
    if feed.encoding.lower() not in _COMMON:
        yield 1, f"the encoding is `{feed.encoding}`, which readers needn't know"


@rule(
    "feed-doctype",
    "warning",
    "RSS Advisory Board; RFC 4287 section 8; billion laughs (CVE-2003-1564)",
    kinds=XML,
    hint="leave the DOCTYPE out, and write characters as they are",
)
def doctype(feed: Feed) -> Iterator[Finding]:
    """Careful readers refuse files that declare entities, because such declarations are used for attacks."""
    subset = feed.xml.getroottree().docinfo.internalDTD
    if subset is not None and ("<!ENTITY" in feed.text[:20_000] or feed.kind != "rss"):
        yield 1, "there is a DOCTYPE, and readers don't expand what it declares"


@rule(
    "feed-stylesheet",
    "warning",
    "W3C xml-stylesheet section 3; Nikola's template",
    kinds=XML,
    hint='write <?xml-stylesheet type="text/css" href="feed.css"?>',
)
def stylesheet(feed: Feed) -> Iterator[Finding]:
    """A malformed stylesheet line is ignored, so people who open the feed in a browser see bare XML."""
    for each in _stylesheets(feed):
        if not _PSEUDO.fullmatch(each.text or "") or "href" not in (each.text or ""):
            yield line_of(each), f"malformed: <?xml-stylesheet {each.text or ''}?>"


@rule(
    "feed-xslt",
    "warning",
    "Chrome's plan to remove XSLT, version 155; WHATWG html#11523",
    kinds=XML,
    hint="use a CSS stylesheet, and a web page about the feed",
)
def xslt(feed: Feed) -> Iterator[Finding]:
    """Browsers are removing XSLT: people who open the feed see a warning, or bare XML."""
    for each in _stylesheets(feed):
        if re.search(r"xsl", each.text or ""):
            yield line_of(each), "the stylesheet is XSLT"


def _stylesheets(feed: Feed) -> Iterator[etree._ProcessingInstruction]:
    node = feed.xml.getprevious()
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet":  # noqa: SLF001 - lxml has no public name for it
            yield node
        node = node.getprevious()


@rule(
    "text-characters",
    "warning",
    "W3C BadCharacters",
    hint="read the source in its true encoding, often Windows-1252, before it is written as UTF-8",
)
def characters(feed: Feed) -> Iterator[Finding]:
    """They are what is left of quotation marks and accents that were decoded wrongly: readers show boxes."""
    for number, line in enumerate(feed.text.split("\n"), 1):
        if found := _STRAY.search(line):
            yield number, f"U+{ord(found[0]):04X} in `{line[max(0, found.start() - 20) : found.start()].strip()}…`"


@rule(
    "json-byte-order-mark",
    "warning",
    "RFC 8259 section 8.1",
    kinds=JSON_ONLY,
    hint="write UTF-8 without a byte order mark",
)
def byte_order_mark(feed: Feed) -> Iterator[Finding]:
    """JSON must not begin with a byte order mark, and strict readers refuse the feed."""
    if feed.text.startswith("\ufeff"):
        yield 1, "the file begins with a byte order mark"
