"""Feeds as exports: RSS (0.9x, 1.0, 2.0) and Atom with the full text of their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from lxml import etree

from tagwire.intake.exports import address, autop, body, enclosed, recordings, titled, when, xmlbase
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.exports.xmlstream import Elements, named, raw, spelling, text
from tagwire.intake.found import Item
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked
    from tagwire.model import When

_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]*>")
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_WIDGETS: Final = {
    "newsletter-form": r"\bsubscription-widget\b",
    "share-buttons": r"\bfeedflare\b",
    "own-address": r"\bfeed-origin\b",
}
_SHORT = 600
"""Characters of a description without markup up to which it is a summary and not the text."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    lang: str = ""
    base: str = ""
    """Where it is, or what it is of."""
    stated: str = ""
    """What addresses in it are relative to, if it says so (XML Base)."""
    links: OldLinks = field(default_factory=OldLinks)
    standing: bool = False
    """Of a feed of standing pages."""
    author: str = ""
    """Of all entries that name none (RFC 4287, 4.2.1)."""


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every entry, by its id; one that is there twice is taken once, as readers do."""
    name = bundle.names()[0]
    with bundle.open(name) as stream:
        channel = _channel(stream.read(1 << 16).decode("utf-8", "replace"))
    with bundle.open(name) as stream:
        channel = replace(channel, links=OldLinks(channel.base, asked.site, whole=False))
        for element in Elements(stream, ["{*}item", "item", "{*}entry"]):
            channel.links.add(_places(element, channel).page)
    files = Files(bundle, main=name)
    seen: set[str] = set()
    twins = 0
    with bundle.open(name) as stream:
        elements = Elements(stream, ["{*}item", "item", "{*}entry"])
        for number, element in enumerate(elements, 1):
            if elements.torn:
                message = f"the feed ends within entry {number} (“{text(element, 'title')}”), which was left out"
                yield Problem(f"content/{path}", 0, 0, "export-truncated", message, "download it anew")
                continue
            item = read(element, channel, files, asked)
            if item.key not in seen:
                seen.add(item.key)
                yield item
            else:
                twins += 1
    if twins:
        message = f"{titled.counted(twins, 'entry', 'entries')} with the id of another one could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


def _channel(head: str) -> Channel:
    head = re.split(r"<(?:\w+:)?(?:item|entry)[\s>]", head, maxsplit=1)[0]
    lang = re.search(r"<(?:dc:)?language>\s*([\w-]+)\s*<|<(?:feed|rss)\b[^>]*\bxml:lang=[\"']([\w-]+)", head)
    base = re.search(r"<link>\s*(https?://[^<\s]+)|<link\b[^>]*href=[\"'](https?://[^\"']+)", head)
    found = [next((group for group in match.groups() if group), "") if match else "" for match in (lang, base)]
    author = re.search(r"<(?:\w+:)?author>\s*(?:<[^<>]*>[^<]*</[^<>]*>\s*)??<(?:\w+:)?name>([^<]*)<", head)
    place = unescape(found[1])
    stated = xmlbase.of_feed(head, place)
    return Channel(found[0], place or stated, stated, author=titled.words(author[1]) if author else "")


def _places(element: etree._Element, channel: Channel) -> xmlbase.Places:
    return xmlbase.places(element, link(element), channel.stated, channel.base)


def read(element: etree._Element, channel: Channel, files: Files, asked: Asked, left: tuple[str, ...] = ()) -> Item:
    """One entry of RSS or Atom."""
    digest = titled.digest([spelling(element)])
    places = _places(element, channel)
    old = places.page
    identity = titled.identity(text(element, "guid", "id") or element.get(_ABOUT, "")) or titled.identity(old)
    xmlbase.settle(element)
    content, whole = _content(element)
    summary = _summary(element, content)
    attached, picture = enclosed.of_entry(element, content, places.around)
    around = body.Around(files, channel.links, _WIDGETS)
    title = titled.words(_markup(element, "title"))
    authors, standing = _authors(element) or ((channel.author,) if channel.author else ()), channel.standing
    content = _ORIGIN.sub(r'<p class="feed-origin">\1', content) + attached
    made = body.read(content, asked, base=places.text, title=title, authors=authors, around=around, standing=standing)
    image, attachments = files.lead(picture, made.attachments)
    heard = () if standing else recordings.of_entry(element, places.around)
    recording, attachments, silent = recordings.chosen(heard, files, attachments)
    published = _date(element, asked, "published", "pubDate", "issued", "date", "created", "updated", "modified")
    found = titled.article(
        made,
        title_markup=_markup(element, "title"),
        slug=address.slug(old),
        left=[*left, *silent, *_untold(element, whole=whole)],
        authors=authors,
        published=published,
        updated=_updated(element, asked, published),
        lang=(element.get(f"{_XML}lang") or text(element, "language") or channel.lang),
        summary=summary,
        tags=_tags(element),
        id=identity,
        aliases=tuple(filter(None, [address.alias(old, asked.site)])),
        image=image,
        enclosure=recording,
        attachments=attachments,
    )
    return Item(identity or f"sha256:{digest}", digest, found)


_ORIGIN: Final = re.compile(
    r"<p>((?:The post|Der Beitrag|L[’']article|La entrada|L[’']articolo)\b(?:(?!</?p\b).){1,900}"
    r"(?:appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur|se publicó primero en"
    r"|proviene da)(?:(?!</?p\b).){1,400}</p>\s*)(?=(?:<img[^<>]*>\s*)?\Z)",
    re.DOTALL,
)
"""What WordPress adds to each text in a feed."""


def _untold(element: etree._Element, *, whole: bool) -> list[str]:
    """What an entry has that an article has no place for, and what it doesn't have."""
    told = [] if whole else ["its text: the feed has only this summary"]
    comments = re.fullmatch(r"0*([1-9][0-9]{0,8})", text(element, "comments"))
    told += [titled.counted(int(comments[1]), "comment")] if comments else []
    told += [
        f"the contributor {name}" for each in element.iterchildren("{*}contributor") if (name := text(each, "name"))
    ]
    for content in element.iterchildren("{*}content"):
        if "Atom" not in named(content)[0]:
            continue
        if source := content.get("src"):
            told.append(f"its text, which lies at {source}")
        elif (kind := content.get("type", "")).partition("/")[0] in ("image", "audio", "video", "application"):
            told.append(f"its content, which is {kind}")
    return told


_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def link(element: etree._Element) -> str:
    """The page of an entry: `link`, `link rel=alternate`, the original behind a counting service, a permalink guid."""
    if origin := text(element, "origLink"):
        return origin
    links = [each for each in element.iterchildren("{*}link", "link") if (each.text or "").strip() or each.get("href")]
    for each in links:
        if each.get("rel", "alternate") == "alternate" and each.get("type", "text/html") in ("text/html", ""):
            return xmlbase.own(each, (each.text or "").strip() or each.get("href", "").strip())
    guid = next(element.iterchildren("{*}guid", "guid"), None)
    if guid is not None and guid.get("isPermaLink", "true") == "true" and (guid.text or "").strip().startswith("http"):
        return (guid.text or "").strip()
    return ""


def _content(element: etree._Element) -> tuple[str, bool]:
    """The text of an entry as HTML, and whether it is more than a summary."""
    for child in element.iterchildren("{*}encoded"):
        if "content" in named(child)[0] and (found := _inside(child)).strip():
            return found, True
    for name in ("content", "body"):
        if found := _markup(element, name):
            return found, True
    if found := _markup(element, "description", "summary"):
        written = raw(element, "description", "summary")
        return found, not _CUT.search(found) and (bool(_TAG.search(written)) or len(written) > _SHORT)
    said = next((child for child in element.iterchildren("{*}summary") if "itunes" in named(child)[0]), None)
    told = _inside(said) if said is not None else ""
    return told if _TAG.search(told) else autop.paragraphs(escape(told)), True


_CUT: Final = re.compile(
    r"(?:…|\.\.\.|&hellip;|&#8230;)\]?\s*(?:<a\b[^<>]*>[^<>]{0,100}(?:<[^<>]*>[^<>]{0,100}){0,3}</a>\s*)?(?:</?\w+>\s*)*\Z"
)
"""The end of a text that was cut behind so many words."""


def _markup(element: etree._Element, *names: str) -> str:
    """The first child of one of these names as HTML, whatever way of writing it down it uses (RFC 4287, 3.1)."""
    for name in names:
        for child in element.iterchildren(f"{{*}}{name}", name):
            namespace, _ = named(child)
            if "itunes" in namespace or ("media" in namespace and len(names) == 1):
                continue
            kind = child.get("type", "")
            if kind == "xhtml" or (len(child) and kind in ("", "text/html")):
                inner = "".join(etree.tostring(part, encoding="unicode", method="html") for part in child)
                return re.sub(
                    r"\sxmlns(?::\w+)?=\"[^\"]*\"|(?<=</)\w+:|(?<=<)\w+:(?=\w)", "", (child.text or "") + inner
                )
            found = _inside(child)
            if not found.strip() or (kind and "/" in kind and not kind.startswith("text/") and "html" not in kind):
                continue
            if kind in ("text", "text/plain") and name != "description":
                return autop.paragraphs(escape(found)) if name in ("content", "summary") else escape(found)
            return found if _TAG.search(found) or name == "title" else autop.paragraphs(escape(unescape(found)))
    return ""


def _inside(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _summary(element: etree._Element, content: str) -> str:
    for name in ("summary", "description", "subtitle"):
        found = _markup(element, name)
        if found and found.strip() != content.strip() and len(short := titled.words(found)) <= 1000:
            return "" if re.search(r"\[(?:…|\.\.\.|&hellip;)\]|…\Z|\.\.\.\Z", short) else short
    return ""


def _date(element: etree._Element, asked: Asked, *names: str) -> When | None:
    return next((found for name in names if (found := when.parse(text(element, name), asked.timezone))), None)


def _updated(element: etree._Element, asked: Asked, published: When | None) -> When | None:
    found = _date(element, asked, "updated", "modified")
    return found if found and published and found.at > published.at else None


def _authors(element: etree._Element) -> tuple[str, ...]:
    found = []
    for child in element.iterchildren("{*}creator", "{*}author", "author"):
        said = text(child, "name") or _inside(child).strip()
        mailed = re.match(r"\S+@\S+\s+\((.+)\)\Z", said)  # RSS: jane@paper.example (Jane Roe)
        name = titled.words(mailed[1] if mailed else said)
        if name and not re.fullmatch(r"\S+@\S+", name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _tags(element: etree._Element) -> tuple[str, ...]:
    every = element.iterchildren("{*}category", "category", "{*}subject")
    children = (
        child for child in every if not child.get("scheme", "").endswith("/g/2005#kind")
    )  # Google's, for itself
    found = [titled.words(child.get("label") or child.get("term") or child.text or "") for child in children]
    return tuple(
        dict.fromkeys(name for name in found if name and name.lower() not in ("uncategorized", "uncategorised"))
    )
