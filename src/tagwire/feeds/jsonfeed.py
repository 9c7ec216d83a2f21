"""JSON Feed 1.1 (jsonfeed.org/version/1.1): no library of its own, it is JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tagwire.feeds.content import compose

if TYPE_CHECKING:
    from tagwire.model import Entry, Feed, Media, Person


def render(feed: Feed, contents: tuple[str, ...]) -> bytes:
    """The file of `feed`. Titles are plain text; what is absent has no key."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "next_url": feed.previous,
        "description": feed.subtitle,
        "icon": feed.logo,
        "favicon": feed.icon,
        "authors": [_author(feed.author)],
        "language": feed.lang,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    items = [_item(entry, compose(entry, body, feed.room)) for entry, body in zip(feed.entries, contents, strict=True)]
    text = json.dumps({**_present(document), "items": items}, ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def _item(entry: Entry, content: str) -> dict[str, Any]:
    media = entry.media
    return _present(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": content,
            "summary": entry.summary,
            "image": media.url if media else "",
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [_author(person) for person in entry.authors],
            "tags": [category.label for category in entry.categories],
            "language": entry.lang,
            "_series": {"title": entry.series.label, "url": entry.series.scheme} if entry.series else "",
            "attachments": [_attachment(each) for each in (entry.sound, media) if each and each.length is not None],
        }
    )


def _attachment(media: Media) -> dict[str, Any]:
    duration = {"duration_in_seconds": media.duration} if media.duration else {}
    return {"url": media.url, "mime_type": media.type, "size_in_bytes": media.length, **duration}


def _author(person: Person) -> dict[str, str]:
    return _present({"name": person.name, "url": person.url})


def _present(pairs: dict[str, Any]) -> dict[str, Any]:
    """All that says something. The content is there even if it is empty: an item must have one (JSON Feed 1.1)."""
    return {key: value for key, value in pairs.items() if value not in ("", []) or key == "content_html"}
