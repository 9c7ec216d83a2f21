"""JSON Feed as an export (versions 1 and 1.1)."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from tagwire.intake import bundle as bundles
from tagwire.intake.exports import address, autop, body, enclosed, recordings, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.jsonfile import listed, load
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.found import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked
    from tagwire.model import Recording
    from tagwire.problems import Problem


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every item, by its id."""
    name = bundle.names()[0]
    feed = load(bundles.read(bundle, name), path)
    files = Files(bundle, main=name)
    seen: set[str] = set()
    entries = (
        [entry for entry in listed(feed.get("items")) if isinstance(entry, dict)] if isinstance(feed, dict) else []
    )
    links = OldLinks(_text(feed, "home_page_url"), asked.site, whole=False)
    for entry in entries:
        links.add(_text(entry, "url"))
    for entry in entries:
        if entry:
            item = _item(entry, feed, files, asked, links)
            if item.key not in seen:
                seen.add(item.key)
                yield item


def _item(entry: dict[str, Any], feed: dict[str, Any], files: Files, asked: Asked, links: OldLinks) -> Item:
    link = _text(entry, "url")
    number = entry.get("id")
    identity = titled.identity(str(number) if number is not None else link)  # some publish numbers
    plain = _text(entry, "content_text")
    content = _text(entry, "content_html") or autop.paragraphs(escape(plain))
    base, elsewhere = link or _text(feed, "home_page_url"), _text(entry, "external_url")
    people = _people(entry) or _people(feed)
    authors = tuple(name for person in people if isinstance(person, dict) and (name := _text(person, "name")))
    around, title = body.Around(files, links), _text(entry, "title")
    made = body.read(content + _attached(entry, content), asked, base=base, title=title, authors=authors, around=around)
    image, attachments = files.lead(_text(entry, "image") or _text(entry, "banner_image"), made.attachments)
    recording, attachments, silent = recordings.chosen(_recordings(entry, base), files, attachments)
    published, modified = (
        when.parse(_text(entry, f"date_{name}"), asked.timezone) for name in ("published", "modified")
    )
    found = titled.article(
        made,
        title_markup=escape(title),
        slug=address.slug(link),
        left=[*silent, *([f"what it links to, {elsewhere}"] if elsewhere else [])],
        authors=authors,
        published=published or modified,
        updated=modified if published and modified and modified.at > published.at else None,
        lang=_text(entry, "language") or _text(feed, "language"),
        summary=_text(entry, "summary"),
        tags=tuple(tag for tag in listed(entry.get("tags")) if isinstance(tag, str) and tag.strip()),
        id=identity,
        aliases=tuple(filter(None, [address.alias(link, asked.site)])),
        image=image,
        enclosure=recording,
        attachments=attachments,
    )
    digest = titled.digest([json.dumps(entry, sort_keys=True)])
    return Item(identity or f"sha256:{digest}", digest, found)


def _people(table: dict[str, Any]) -> list[Any]:
    """The authors of an entry; those of the feed are of every entry that names none (JSON Feed 1.1)."""
    return listed(table.get("authors")) or [each for each in [table.get("author")] if each]


def _attached(entry: dict[str, Any], content: str) -> str:
    """HTML of links to what the text doesn't have itself."""
    links = ""
    for attached in listed(entry.get("attachments")):
        url = _text(attached, "url")
        if url and not (enclosed.has(content, url) or enclosed.has(links, url)):
            links += enclosed.link(url, _text(attached, "title"))
    return links


def _recordings(entry: dict[str, Any], base: str) -> Iterator[Recording]:
    for attached in listed(entry.get("attachments")):
        if url := _text(attached, "url"):
            size, seconds = (_number(attached, key) for key in ("size_in_bytes", "duration_in_seconds"))
            found = recordings.stated(address.joined(base, url), _text(attached, "mime_type"), size, seconds)
            if found:
                yield found


def _number(table: dict[str, Any], name: str) -> str:
    """A number as text, also one that is written as text; empty for anything else."""
    value = table.get(name)
    if isinstance(value, (int, float)) and 0 <= value < 1 << 50:
        return str(int(value))
    return _text(table, name)


def _text(table: object, name: str) -> str:
    value = table.get(name) if isinstance(table, dict) else None
    return value.strip() if isinstance(value, str) else ""
