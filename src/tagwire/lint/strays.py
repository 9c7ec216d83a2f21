"""Rules about what stands where nothing should: attributes, texts and relations that no reader looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.lint.rules import RSS_ATOM, rule
from tagwire.lint.shape import ATOM, elements, line_of, local, namespace, spelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_ATTRIBUTES: dict[str, dict[str, set[str]]] = {
    "rss": {
        "rss": {"version"},
        "category": {"domain"},
        "cloud": {"domain", "port", "path", "registerProcedure", "protocol"},
        "enclosure": {"url", "length", "type"},
        "guid": {"isPermaLink"},
        "source": {"url"},
    },
    "atom": {
        "category": {"term", "scheme", "label"},
        "content": {"type", "src"},
        "generator": {"uri", "version"},
        "link": {"href", "rel", "type", "hreflang", "title", "length"},
        **{name: {"type"} for name in ("rights", "subtitle", "summary", "title")},
    },
}
_CHILDREN_ONLY = {
    "rss": {"rss", "channel", "item", "image", "textInput", "skipHours", "skipDays", "enclosure", "cloud"},
    "atom": {"feed", "entry", "author", "contributor", "source", "link", "category"},
}
_RELATIONS = set(
    "about alternate amphtml appendix archives author blocked-by bookmark canonical chapter collection contents "
    "copyright current describedby describes disclosure duplicate edit edit-form edit-media enclosure external first "
    "glossary help hosts hub icon index item last latest-version license me memento next next-archive original payment "
    "prev prev-archive predecessor-version preview previous privacy-policy profile publication related replies search "
    "section self service shortlink start stylesheet subsection successor-version tag terms-of-service type up "
    "version-history via webmention working-copy".split()
)
"""IANA, Link Relations: those that can be of use in a feed."""


def _own(feed: Feed) -> Iterator[etree._Element]:
    """The elements of the format itself."""
    space = ATOM if feed.kind == "atom" else ""
    return (element for element in feed.xml.iter("*") if namespace(element) == space)


@rule(
    "attribute-unknown",
    "error",
    "RSS 2.0; RFC 4287 section 6.4; W3C UnexpectedAttribute",
    kinds=RSS_ATOM,
    hint="look for a slip of the pen, also in capitals; attributes of your own need a namespace",
)
def attribute_unknown(feed: Feed) -> Iterator[Finding]:
    """Readers ignore an attribute that they don't know, and take what it should change at its default."""
    for element in _own(feed):
        known = _ATTRIBUTES[feed.kind].get(local(element), set())
        for name in map(str, element.attrib):
            if not name.startswith("{") and name not in known:
                yield line_of(element), f"`{name}` is no attribute of `{local(element)}`"


@rule(
    "text-stray",
    "error",
    "RSS 2.0; RFC 4287 section 6.4; W3C UnexpectedText, AtomLinkNotEmpty",
    kinds=RSS_ATOM,
    hint="put the text into an element, such as `title` or `description`; addresses of links go into `href`",
)
def text_stray(feed: Feed) -> Iterator[Finding]:
    """Readers look for texts in certain elements only: this one is never seen."""
    for element in _own(feed):
        if local(element) in _CHILDREN_ONLY[feed.kind]:
            texts = [element.text or "", *(child.tail or "" for child in elements(element))]
            if found := next((text.strip() for text in texts if text.strip()), ""):
                yield line_of(element), f"“{found[:40]}” stands in `{spelt(element)}` itself"


@rule(
    "link-relation-unknown",
    "warning",
    "RFC 4287 section 4.2.7.2; IANA, Link Relations; W3C UnregisteredAtomLinkRel",
    kinds=RSS_ATOM,
    hint="take a registered relation, or a whole address of your own",
)
def relation_unknown(feed: Feed) -> Iterator[Finding]:
    """Readers follow links by their relation, and pass by one that they don't know."""
    for link in feed.xml.iter(f"{{{ATOM}}}link"):
        rel = link.get("rel", "alternate").removeprefix("http://www.iana.org/assignments/relation/")
        if rel not in _RELATIONS and ":" not in rel:
            yield line_of(link), f"the relation is `{rel}`"


_WHOLE = {
    "rss": {"guid", "link", "url", "pubDate", "lastBuildDate", "author", "managingEditor"},
    "atom": {"id", "icon", "logo", "uri", "email", "updated", "published"},
}


@rule(
    "text-padded",
    "warning",
    "RFC 4287 sections 3.3 and 4.2.6; W3C UnexpectedWhitespace",
    kinds=RSS_ATOM,
    hint="write the value alone, with no space or line end around it",
)
def text_padded(feed: Feed) -> Iterator[Finding]:
    """Some readers take the spaces for a part of it: then an id is another one, and an address leads nowhere."""
    for element in _own(feed):
        text = element.text or ""
        if local(element) in _WHOLE[feed.kind] and text.strip() and text != text.strip():
            yield line_of(element), f"`{spelt(element)}` has space around `{text.strip()[:60]}`"
