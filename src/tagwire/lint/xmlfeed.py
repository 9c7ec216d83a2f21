"""RSS, Atom and OPML into the one shape."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from lxml import etree

from tagwire.lint.shape import ATOM, CONTENT, DC, ITUNES, MEDIA, XHTML, XML, Bit, Entry, bit, children, line_of, present

if TYPE_CHECKING:
    from collections.abc import Iterable

A = f"{{{ATOM}}}"
_RSS_TEXTS = ("title", "description", "copyright", "category", "generator")
_RSS_URLS = ("link", "docs", "comments")
_RSS_AUTHORS = ("author", f"{{{DC}}}creator", f"{A}author", f"{{{ITUNES}}}author")
_CHANNEL_AUTHORS = ("managingEditor", *_RSS_AUTHORS[1:])
_PERSONS = ("author", "contributor")


def rss(root: etree._Element) -> dict[str, Any]:
    """The parts of a `Feed` that RSS 0.91 to 2.0 has."""
    channel = root.find("channel")
    if channel is None:
        return {}
    items = channel.findall("item") or root.findall("item")  # RSS 0.90 had items beside the channel
    me = _linked(channel, "self")
    built, made = (bit(channel.find(name), "rfc822") for name in ("lastBuildDate", "pubDate"))
    image = channel.find("image")
    image_urls = [bit(image.find(name)) for name in ("url", "link")] if image is not None else []
    return {
        "title": bit(channel.find("title"), "text"),
        "home": bit(channel.find("link")),
        "me": me,
        "updated": built or made,
        "author": next((bit(found) for name in _CHANNEL_AUTHORS for found in channel.findall(name)), None),
        "texts": (
            *_texts(channel, _RSS_TEXTS),
            *(part for item in items for part in _texts(item, ("title", "category"))),
        ),
        "dates": (*present(built, made), *_dublin(channel)),
        "urls": (*_urls(channel, _RSS_URLS), *present(*image_urls), *_link_urls(channel)),
        "languages": present(
            bit(channel.find("language")), *map(bit, root.iter(f"{{{DC}}}language")), *_languages(root)
        ),
        "entries": tuple(_item(item) for item in items),
    }


def _item(item: etree._Element) -> Entry:
    guid = item.find("guid")
    date = bit(item.find("pubDate"), "rfc822") or next(iter(_dublin(item)), None)
    content = item.find(f"{{{CONTENT}}}encoded")
    link = bit(item.find("link"))
    if link is None and guid is not None and guid.get("isPermaLink", "true") == "true":
        link = bit(guid)
    enclosures = [bit(each, attribute="url") for each in item.findall("enclosure")]
    media = [bit(each, attribute="url") for each in item.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail")]
    return Entry(
        line_of(item),
        id=bit(guid),
        title=bit(item.find("title"), "text"),
        link=link,
        published=date,
        updated=bit(item.find(f"{A}updated"), "rfc3339"),
        summary=bit(item.find("description"), "html"),
        content=bit(content, "html"),
        author=next((bit(found) for name in _RSS_AUTHORS for found in item.findall(name)), None),
        dates=present(bit(item.find("pubDate"), "rfc822"), bit(item.find(f"{A}updated"), "rfc3339"), *_dublin(item)),
        urls=(*_urls(item, _RSS_URLS), *present(*enclosures, *media), *_link_urls(item)),
    )


def atom(root: etree._Element) -> dict[str, Any]:
    """The parts of a `Feed` that Atom has."""
    entries = root.findall(f"{A}entry")
    updated = bit(root.find(f"{A}updated"), "rfc3339")
    constructs = [element for name in ("title", "subtitle", "rights") for element in root.iter(f"{A}{name}")]
    people = [
        child for name in _PERSONS for person in root.iter(f"{A}{name}") for child in children(person, f"{A}name")
    ]
    return {
        "id": bit(root.find(f"{A}id")),
        "author": bit(root.find(f"{A}author/{A}name")),
        "title": _construct(root.find(f"{A}title")),
        "home": _linked(root, "alternate"),
        "me": _linked(root, "self"),
        "updated": updated,
        "texts": present(*(_construct(each) for each in constructs), *(bit(name, "text") for name in people)),
        "dates": present(updated),
        "urls": (*_urls(root, (f"{A}icon", f"{A}logo")), *_link_urls(root), *_person_urls(root)),
        "languages": _languages(root),
        "entries": tuple(_entry(entry) for entry in entries),
    }


def _entry(entry: etree._Element) -> Entry:
    published, updated = (bit(entry.find(f"{A}{name}"), "rfc3339") for name in ("published", "updated"))
    media = [bit(each, attribute="url") for each in entry.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail")]
    return Entry(
        line_of(entry),
        id=bit(entry.find(f"{A}id")),
        title=_construct(entry.find(f"{A}title")),
        link=_linked(entry, "alternate"),
        published=published,
        updated=updated,
        summary=_construct(entry.find(f"{A}summary")),
        content=_construct(entry.find(f"{A}content")),
        author=bit(entry.find(f"{A}author/{A}name")),
        dates=present(published, updated),
        urls=(*_link_urls(entry), *_person_urls(entry), *present(*media)),
    )


def opml(root: etree._Element) -> dict[str, Any]:
    """The parts of a `Feed` that OPML has."""
    head = root.find("head")
    outlines = list(root.iter("outline"))
    dates = [bit(each, "rfc822") for name in ("dateCreated", "dateModified") for each in children(head, name)]
    urls = [bit(each, attribute=name) for each in outlines for name in ("xmlUrl", "htmlUrl", "url")]
    texts = [bit(each, "text", name) for each in outlines for name in ("text", "title")]
    return {
        "title": bit(head.find("title"), "text") if head is not None else None,
        "texts": present(*texts),
        "dates": present(*dates, *(bit(each, "rfc822", "created") for each in outlines)),
        "urls": present(*urls),
        "languages": present(*(bit(each, attribute="language") for each in outlines)),
    }


def _construct(element: etree._Element | None) -> Bit | None:
    """An Atom text; one of type xhtml as markup."""
    if element is None:
        return None
    form = element.get("type", "text")
    if form in {"xhtml", "application/xhtml+xml"}:
        inner = "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in element)
        return Bit("content", inner.replace(f' xmlns="{XHTML}"', ""), line_of(element), "xhtml")
    return bit(element, "html" if form == "text/html" else form)


def _texts(parent: etree._Element, names: Iterable[str]) -> tuple[Bit, ...]:
    return present(*(bit(child, "text") for name in names for child in parent.findall(name)))


def _urls(parent: etree._Element, names: Iterable[str]) -> tuple[Bit, ...]:
    return present(*(bit(child) for name in names for child in parent.findall(name)))


def _person_urls(parent: etree._Element) -> tuple[Bit, ...]:
    people = itertools.chain.from_iterable(parent.findall(f"{A}{name}") for name in _PERSONS)
    return present(*(bit(uri) for person in people for uri in person.findall(f"{A}uri")))


def _link_urls(parent: etree._Element) -> tuple[Bit, ...]:
    return present(*(bit(link, link.get("rel", "alternate"), "href") for link in parent.findall(f"{A}link")))


def _linked(parent: etree._Element, rel: str) -> Bit | None:
    """The first `atom:link` of a relation."""
    found = [link for link in parent.findall(f"{A}link") if link.get("rel", "alternate") == rel]
    return bit(found[0], rel, "href") if found else None


def _dublin(parent: etree._Element) -> tuple[Bit, ...]:
    return present(*(bit(child, "w3cdtf") for child in parent.findall(f"{{{DC}}}date")))


def _languages(root: etree._Element) -> tuple[Bit, ...]:
    name = f"{{{XML}}}lang"
    return tuple(Bit("xml:lang", str(each.get(name)), line_of(each)) for each in root.iter("*") if each.get(name))
