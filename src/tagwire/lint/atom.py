"""Rules of Atom 1.0 alone (RFC 4287)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tagwire.lint.rules import ATOM_ONLY, rule
from tagwire.lint.shape import ATOM, XHTML, elements, line_of, local, spelt, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

A = f"{{{ATOM}}}"
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?", re.DOTALL)
_TAG = re.compile(r"tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:\S*")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:\S+", re.IGNORECASE)


def both(feed: Feed) -> list[etree._Element]:
    """The feed and its entries."""
    return [feed.xml, *feed.xml.findall(f"{A}entry")]


def _absent(feed: Feed, name: str) -> Iterator[Finding]:
    for above in both(feed):
        if above.find(f"{A}{name}") is None:
            yield line_of(above), f"`{local(above)}` has no `{name}`"


@rule(
    "atom-id-missing",
    "error",
    "RFC 4287 sections 4.1.1 and 4.1.2; W3C MissingElement",
    kinds=ATOM_ONLY,
    hint="give the feed and each entry an `id` that never changes, such as urn:uuid:…",
)
def id_missing(feed: Feed) -> Iterator[Finding]:
    """A reader knows an entry by its id alone; without one every change brings it again, as unread."""
    yield from _absent(feed, "id")


@rule(
    "atom-title-missing",
    "error",
    "RFC 4287 sections 4.1.1 and 4.1.2; W3C MissingElement, MissingTitle",
    kinds=ATOM_ONLY,
    hint="give the feed and each entry a `title`",
)
def title_missing(feed: Feed) -> Iterator[Finding]:
    """Subscribers see an empty line where the title should be."""
    yield from _absent(feed, "title")


@rule(
    "atom-updated-missing",
    "error",
    "RFC 4287 sections 4.1.1 and 4.1.2; W3C MissingElement",
    kinds=ATOM_ONLY,
    hint="give the feed and each entry an `updated`",
)
def updated_missing(feed: Feed) -> Iterator[Finding]:
    """Readers can't tell whether an entry has changed, nor where it belongs in time."""
    yield from _absent(feed, "updated")


@rule(
    "atom-author-missing",
    "error",
    "RFC 4287 sections 4.1.1 and 4.2.1; W3C MissingElement; Bengal's feed",
    kinds=ATOM_ONLY,
    hint="name an `author` in the feed, or in every entry",
)
def author_missing(feed: Feed) -> Iterator[Finding]:
    """Subscribers of many feeds can't tell who wrote this, and strict readers refuse it."""
    if feed.xml.find(f"{A}author") is None:
        for entry in feed.xml.findall(f"{A}entry"):
            if entry.find(f"{A}author") is None and entry.find(f"{A}source/{A}author") is None:
                yield line_of(entry), "neither the entry nor the feed has an `author`"


@rule(
    "atom-person",
    "error",
    "RFC 4287 section 3.2; W3C MissingElement, InvalidContact",
    kinds=ATOM_ONLY,
    hint="give each person a `name`, and an e-mail address such as jane@news.test or none",
)
def person(feed: Feed) -> Iterator[Finding]:
    """A person without a name is shown as nobody."""
    for found in feed.xml.iter(f"{A}author", f"{A}contributor"):
        name, email = found.find(f"{A}name"), found.find(f"{A}email")
        if name is None:
            yield line_of(found), f"`{local(found)}` has no `name`"
        if email is not None and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text_of(email)):
            yield line_of(email), f"`email` is `{text_of(email)}`"


@rule(
    "atom-content-or-link",
    "error",
    "RFC 4287 section 4.1.2; W3C MissingContentOrAlternate",
    kinds=ATOM_ONLY,
    hint="give the entry `content`, or a link to its page",
)
def content_or_link(feed: Feed) -> Iterator[Finding]:
    """The entry has nothing to read and nowhere to go."""
    for entry in feed.xml.findall(f"{A}entry"):
        linked = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{A}link"))
        if entry.find(f"{A}content") is None and not linked:
            yield line_of(entry), "the entry has neither `content` nor an alternate link"


@rule(
    "atom-summary-missing",
    "error",
    "RFC 4287 section 4.1.2; W3C MissingSummary",
    kinds=ATOM_ONLY,
    hint="give the entry a `summary`",
)
def summary_missing(feed: Feed) -> Iterator[Finding]:
    """The content is elsewhere or in Base64, so most readers have nothing to show but the summary."""
    for entry in feed.xml.findall(f"{A}entry"):
        for content in entry.findall(f"{A}content"):
            kind = content.get("type", "text")
            encoded = "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))
            if (content.get("src") or encoded) and entry.find(f"{A}summary") is None:
                yield line_of(content), "the content isn't here, and there is no `summary`"


@rule(
    "atom-id-invalid",
    "error",
    "RFC 4287 section 4.2.6; RFC 4151; RFC 9562; W3C InvalidFullLink, InvalidTAG, InvalidURN, InvalidUUID",
    kinds=ATOM_ONLY,
    hint="write a whole IRI: urn:uuid:…, tag:host,year:…, or an https address",
)
def id_invalid(feed: Feed) -> Iterator[Finding]:
    """An id that isn't a whole IRI is the same in other people's feeds, and readers mix up the entries."""
    for above in both(feed):
        for element in above.findall(f"{A}id"):
            if (value := text_of(element)) and not _is_id(value):
                yield line_of(element), f"`id` is `{value}`"


def _is_id(value: str) -> bool:
    scheme = value.partition(":")[0].lower()
    if scheme == "tag":
        return bool(_TAG.fullmatch(value))
    if value.lower().startswith("urn:uuid:"):
        return bool(_UUID.fullmatch(value))
    if scheme == "urn":
        return bool(_URN.fullmatch(value))
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))


@rule(
    "atom-link-repeated",
    "error",
    "RFC 4287 sections 4.1.1 and 4.1.2; W3C DuplicateAtomLink; feedgen#135",
    kinds=ATOM_ONLY,
    hint="give other links their `rel` and `type`, such as enclosure and audio/mpeg",
)
def link_repeated(feed: Feed) -> Iterator[Finding]:
    """Two links claim to be the page of the entry: readers open the wrong one, and don't find the recording."""
    for above in both(feed):
        links = [link for link in above.findall(f"{A}link") if link.get("rel", "alternate") == "alternate"]
        counts = Counter((link.get("type"), link.get("hreflang")) for link in links)
        for link in links:
            if counts[link.get("type"), link.get("hreflang")] > 1:
                yield line_of(link), f"more than one alternate link of this type; this one is `{link.get('href')}`"


@rule(
    "atom-link-href",
    "error",
    "RFC 4287 sections 4.2.7 and 4.2.2; W3C MissingHref, MissingAttribute",
    kinds=ATOM_ONLY,
    hint="give `link` its `href`, and `category` its `term`",
)
def link_href(feed: Feed) -> Iterator[Finding]:
    """A link without an address, or a category without a term, is nothing to a reader."""
    for name, attribute in (("link", "href"), ("category", "term")):
        for element in feed.xml.iter(f"{A}{name}"):
            if not element.get(attribute):
                yield line_of(element), f"`{name}` has no `{attribute}`"


@rule(
    "atom-type",
    "error",
    "RFC 4287 sections 3.1.1 and 4.1.3.1; W3C InvalidTextType, InvalidMIMEType; feedgen's type=CDATA",
    kinds=ATOM_ONLY,
    hint="write text, html or xhtml; in `content` also a media type",
)
def text_type(feed: Feed) -> Iterator[Finding]:
    """Readers that don't know the type show the text with all its tags, or nothing."""
    names = ("title", "subtitle", "summary", "rights", "content")
    for element in feed.xml.iter(*(f"{A}{name}" for name in names)):
        kind = element.get("type", "text")
        mime = local(element) == "content" and _MIME.fullmatch(kind) and not kind.startswith("multipart/")
        if kind not in {"text", "html", "xhtml"} and not mime:
            yield line_of(element), f"`{local(element)}` has the type `{kind}`"


@rule(
    "atom-xhtml",
    "error",
    "RFC 4287 section 3.1.1.3; W3C MissingXhtmlDiv, UndefinedElement",
    kinds=ATOM_ONLY,
    hint='put the text into one <div xmlns="http://www.w3.org/1999/xhtml">, or escape it as html',
)
def xhtml(feed: Feed) -> Iterator[Finding]:
    """Markup that stands in a text without saying so is dropped by readers, and the words run together."""
    for element in feed.xml.iter(*(f"{A}{name}" for name in ("title", "subtitle", "summary", "rights", "content"))):
        kind, inside = element.get("type", "text"), list(elements(element))
        if kind == "xhtml" and [child.tag for child in inside] != [f"{{{XHTML}}}div"]:
            yield line_of(element), f"`{local(element)}` of type xhtml isn't one XHTML div"
        elif kind in {"text", "html"} and inside:
            yield line_of(inside[0]), f"`{spelt(inside[0])}` stands in `{local(element)}` of type {kind}"
