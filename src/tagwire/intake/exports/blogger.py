"""Blogger's export: an Atom feed of everything, old (`kind` categories) and new (Google Takeout, `blogger:type`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tagwire.intake.exports import feedfile, titled
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.exports.xmlstream import Elements, text
from tagwire.intake.found import Found, Item
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked

_KIND: Final = "http://schemas.google.com/blogger/2008/kind#"
_LABELS: Final = "http://www.blogger.com/atom/ns#"


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Posts and pages; comments are counted for each."""
    name = bundle.names()[0]
    comments: Counter[str] = Counter()
    others: Counter[str] = Counter()
    links = OldLinks(site=asked.site)
    with bundle.open(name) as stream:
        for element in Elements(stream, ["{*}entry"]):
            kind = _kind(element)
            if kind == "comment":
                comments[_answered(element)] += 1
            elif kind not in ("post", "page"):
                others[kind.removesuffix("s") or "entry of unknown kind"] += 1
            elif not _is_draft(element):
                links.add(feedfile.link(element))
    files = Files(bundle, main=name)
    with bundle.open(name) as stream:
        elements = Elements(stream, ["{*}entry"])
        for element in elements:
            if elements.torn:
                message = f"the export ends within “{text(element, 'title')}”, which was left out"
                yield Problem(f"content/{path}", 0, 0, "export-truncated", message, "export it anew")
            elif _kind(element) in ("post", "page"):
                yield _item(element, files, asked, comments, links)
    for kind, count in sorted(others.items()):
        message = f"{titled.counted(count, kind)} could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


def _kind(element: etree._Element) -> str:
    if said := text(element, "type"):
        return said.lower()
    terms = [category.get("term", "") for category in element.iterchildren("{*}category")]
    return next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), "")


def _answered(element: etree._Element) -> str:
    reply = next(element.iterchildren("{*}in-reply-to"), None)
    return (reply.get("ref", "") if reply is not None else "") or text(element, "parent")


def _is_draft(element: etree._Element) -> bool:
    control = next(element.iterchildren("{*}control"), None)
    held = control is not None and text(control, "draft") == "yes"
    return held or text(element, "status") in ("DRAFT", "SOFT_TRASHED", "SCHEDULED")


def _item(element: etree._Element, files: Files, asked: Asked, comments: Counter[str], links: OldLinks) -> Item:
    kind, number = _kind(element), text(element, "id")
    draft = _is_draft(element)
    trashed = text(element, "trashed") not in ("", "false") or text(element, "status") == "SOFT_TRASHED"
    address, tags = text(element, "filename"), _labels(element)
    count = comments[number]
    left: tuple[str, ...] = (titled.counted(count, "comment"),) if count else ()
    left += ("it was in the trash: it is a draft now",) if trashed else ()
    item = feedfile.read(element, feedfile.Channel(links=links, standing=kind == "page"), files, asked, left)
    found = item.found
    if not isinstance(found, Found):
        return item
    aliases = found.aliases or ((address,) if address.startswith("/") else ())
    slug = found.slug or address.rpartition("/")[2].removesuffix(".html")
    aliases = () if draft else aliases
    found = replace(
        found, draft=draft or trashed, page=kind == "page", tags=tags, aliases=aliases, slug=slug, updated=None
    )
    return replace(item, found=found)


def _labels(element: etree._Element) -> tuple[str, ...]:
    categories = list(element.iterchildren("{*}category"))
    own = [category.get("term", "") for category in categories if category.get("scheme", _LABELS) == _LABELS]
    return tuple(titled.words(term) for term in own if term and not term.startswith(_KIND))
