"""Rules about elements: known ones, in their namespaces, once, in their places, with something in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagwire.lint.rules import RSS_ATOM, RSS_ONLY, XML, rule
from tagwire.lint.shape import ATOM, ITUNES, MEDIA, XHTML, elements, line_of, local, namespace, spelt, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_CHANNEL = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays"
)
_ITEM = "title link description author category comments enclosure guid pubDate source"
_PERSON = "name uri email"
_SOURCE = "author category contributor generator icon id link logo rights subtitle title updated"
_KNOWN: dict[str, dict[str, set[str]]] = {
    "rss": {
        "rss": {"channel"},
        "channel": {*_CHANNEL.split(), "item"},
        "item": set(_ITEM.split()),
        "image": set("url title link width height description".split()),
        "textInput": set("title description name link".split()),
        "skipHours": {"hour"},
        "skipDays": {"day"},
    },
    "atom": {
        "feed": {*_SOURCE.split(), "entry"},
        "entry": set(
            "author category content contributor id link published rights source summary title updated".split()
        ),
        "source": set(_SOURCE.split()),
        "author": set(_PERSON.split()),
        "contributor": set(_PERSON.split()),
    },
    "opml": {"opml": {"head", "body"}, "body": {"outline"}, "outline": {"outline"}},
}
_MANY = {"item", "category", "entry", "link", "author", "contributor", "outline", "hour", "day", "enclosure"}
_ONCE_IN_RSS = {"link", "author"}

_NAMESPACES = {
    ATOM, XHTML, ITUNES, MEDIA,
    "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/",
    "http://purl.org/rss/1.0/modules/syndication/", "http://purl.org/syndication/history/1.0",
    "http://purl.org/syndication/thread/1.0", "http://purl.org/atompub/tombstones/1.0", "http://www.w3.org/2007/app",
    "http://wellformedweb.org/CommentAPI/", "http://purl.org/rss/1.0/modules/slash/", "http://source.scripting.com/",
    "http://purl.org/rss/1.0/modules/threading/", "http://web.resource.org/cc/", "http://webns.net/mvcb/",
    "http://backend.userland.com/creativeCommonsRssModule", "http://www.georss.org/georss",
    "http://www.opengis.net/gml", "http://www.w3.org/2003/01/geo/wgs84_pos#", "http://a9.com/-/spec/opensearch/1.1/",
    "http://a9.com/-/spec/opensearchrss/1.0/", "http://www.google.com/schemas/play-podcasts/1.0",
    "https://podcastindex.org/namespace/1.0", "http://podlove.org/simple-chapters", "http://bitlove.org",
    "http://rssnamespace.org/feedburner/ext/1.0", "http://blogs.law.harvard.edu/tech/rss",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/rss/1.0/", "http://activitystrea.ms/spec/1.0/",
    "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace", "http://schemas.google.com/g/2005", "http://base.google.com/ns/1.0",
    "http://www.youtube.com/xml/schemas/2015", "http://ogp.me/ns#", "http://www.rssboard.org/media-rss",
    "http://www.spotify.com/ns/rss", "http://www.rawvoice.com/rawvoiceRssModule/", "http://portablecontacts.net/spec/1.0",
    "com-wordpress:feed-additions:1", "http://madskills.com/public/xml/rss/module/trackback/",
    "http://search.maven.org/", "http://www.blogger.com/go/devel", "https://joinmastodon.org/schema/1.0",
    "http://micro.blog/", "http://webfeeds.org/rss/1.0", "http://prismstandard.org/namespaces/basic/2.0/",
    "http://www.icra.org/rdfs/vocabularyv03#", "http://purl.org/syndication/atomext/1.0",
}  # fmt: skip


def _squeezed(address: str) -> str:
    return address.lower().replace("https://", "http://").rstrip("/#")


_NEAR = {_squeezed(known): known for known in _NAMESPACES}


@rule(
    "namespace-misspelt",
    "error",
    "XML Namespaces 1.0 section 2.3; Media RSS; W3C MediaRssNamespace, InvalidNamespace",
    kinds=XML,
    hint="copy the name of the namespace character by character, its last slash too",
)
def namespace_misspelt(feed: Feed) -> Iterator[Finding]:
    """Readers compare the name letter by letter: with another slash or case, all its elements are ignored."""
    for space, line in _spaces(feed):
        right = _NEAR.get(_squeezed(space))
        if right and right != space:
            yield line, f"`{space}` should be `{right}`"


@rule(
    "namespace-unknown",
    "warning",
    "W3C UnknownNamespace",
    kinds=RSS_ATOM,
    hint="take a namespace that readers know, or leave these elements out",
)
def namespace_unknown(feed: Feed) -> Iterator[Finding]:
    """Readers ignore what they don't know: subscribers never see what stands in these elements."""
    for space, line in _spaces(feed):
        if space and space not in _NAMESPACES and _squeezed(space) not in _NEAR:
            yield line, f"no reader is known to understand `{space}`"


def _spaces(feed: Feed) -> list[tuple[str, int]]:
    """Each namespace that an element or attribute is in, with the first line."""
    found: dict[str, int] = {}
    for element in feed.xml.iter("*"):
        for name in [str(element.tag), *map(str, element.attrib)]:
            if name.startswith("{"):
                found.setdefault(name[1:].partition("}")[0], line_of(element))
    return list(found.items())


@rule(
    "element-unknown",
    "error",
    "RSS 2.0; RFC 4287 section 6; OPML 2.0; W3C UndefinedElement",
    kinds=XML,
    hint="look for a slip of the pen, also in capitals; elements of your own need a namespace",
)
def element_unknown(feed: Feed) -> Iterator[Finding]:
    """Readers ignore an element that they don't know, so what it should say is not said."""
    for above, child in _pairs(feed):
        known = _KNOWN[feed.kind].get(local(above))
        if known is not None and local(child) not in known:
            yield line_of(child), f"`{spelt(child)}` is no element of `{local(above)}`"


def _pairs(feed: Feed) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every element of the format's own namespace with its children of that namespace."""
    own = ATOM if feed.kind == "atom" else ""
    for above in feed.xml.iter("*"):
        if namespace(above) == own and local(above) in _KNOWN[feed.kind]:
            yield from ((above, child) for child in elements(above) if namespace(child) == own)


@rule(
    "element-repeated",
    "error",
    "RSS 2.0; RFC 4287 section 4.1; W3C DuplicateElement",
    kinds=RSS_ATOM,
    hint="keep one of them",
)
def element_repeated(feed: Feed) -> Iterator[Finding]:
    """Readers take the first or the last, so subscribers of different readers see different things."""
    many = _MANY - (_ONCE_IN_RSS if feed.kind == "rss" else set())
    for above in {id(above): above for above, _ in _pairs(feed)}.values():
        counts = Counter(str(child.tag) for child in elements(above))
        for child in elements(above):
            own = namespace(child) == namespace(above)
            if own and counts[str(child.tag)] > 1 and local(child) not in many:
                yield line_of(child), f"`{local(above)}` has {counts[str(child.tag)]} of `{local(child)}`"


_FILLED = {
    "rss": {"title", "link", "language", "pubDate", "lastBuildDate", "guid", "url", "category", "ttl", "author"},
    "atom": {"id", "name", "updated", "published", "uri", "email", "icon", "logo", "generator", "title"},
}


@rule(
    "element-blank",
    "warning",
    "W3C NotBlank",
    kinds=RSS_ATOM,
    hint="fill it, or leave it out",
)
def element_blank(feed: Feed) -> Iterator[Finding]:
    """An empty title is an empty line to subscribers, and an empty date or address is read as a wrong one."""
    for above, child in _pairs(feed):
        if local(child) in _FILLED[feed.kind] and not text_of(child) and len(child) == 0:
            yield line_of(child), f"`{local(child)}` of `{local(above)}` is empty"


@rule(
    "element-misplaced",
    "warning",
    "RSS Advisory Board profile; RFC 4287 section 4.1.1; W3C MisplacedItem, MisplacedMetadata",
    kinds=RSS_ATOM,
    hint="write all about the feed first, then its entries",
)
def element_misplaced(feed: Feed) -> Iterator[Finding]:
    """Readers that stop reading early never see what is said about the feed after its entries."""
    above = feed.xml if feed.kind == "atom" else feed.xml.find("channel")
    begun = False
    for child in elements(above) if above is not None else ():
        if local(child) in {"item", "entry"}:
            begun = True
        elif begun and namespace(child) == namespace(feed.xml):
            yield line_of(child), f"`{local(child)}` comes after the first entry"


@rule(
    "rss-in-namespace",
    "error",
    "RSS 2.0, extending RSS; eleventy-plugin-rss; W3C MissingNamespace",
    kinds=RSS_ONLY,
    hint="leave the default namespace out: elements of RSS 2.0 are in none",
)
def in_namespace(feed: Feed) -> Iterator[Finding]:
    """Elements of RSS 2.0 are in no namespace; in one, they are not RSS to strict readers."""
    for channel in feed.xml.findall("channel"):
        for child in elements(channel):
            if child.prefix is None and namespace(child):
                yield line_of(child), f"`{local(child)}` is in the namespace `{namespace(child)}`"
