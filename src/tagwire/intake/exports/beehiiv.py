"""Beehiiv's export: one table, with the HTML of each post in it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from tagwire.intake.exports import address, beehiivhtml, body, tablefile, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.found import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked
    from tagwire.problems import Problem

_WIDGETS: Final = {
    "mail-header": rf"\b{beehiivhtml.HEAD}\b",
    "mail-footer": rf"\b{beehiivhtml.FOOT}\b",
    "newsletter-form": rf"\b(?:(?:subscribe|signup)-(?:form|widget)|{beehiivhtml.FORM})\b",
}


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:  # noqa: ARG001 - as every reader
    """Every row."""
    files = Files(bundle, main=bundle.names()[0])
    name = next(name for name in bundle.names() if name.endswith(".csv"))
    links = OldLinks(site=asked.site)
    with bundle.open(name) as stream:
        for row in tablefile.rows(stream):
            if _is_published(row):
                links.add(row.get("url", "").strip())
    with bundle.open(name) as stream:
        for row in tablefile.rows(stream):
            yield _item(row, files, asked, links)


def _is_published(row: dict[str, str]) -> bool:
    return row.get("status", "") in ("confirmed", "published", "")


def _item(row: dict[str, str], files: Files, asked: Asked, links: OldLinks) -> Item:
    link, title = row.get("url", "").strip(), row.get("web_title", "") or row.get("email_subject_line", "")
    names = re.split(r"\s*[,;]\s*", row.get("authors", "") or row.get("author", ""))
    authors, around = tuple(filter(None, map(str.strip, names))), body.Around(files, links, _WIDGETS, beehiivhtml.mark)
    content, left = beehiivhtml.filled(row.get("content_html", ""))
    made = body.read(content, asked, base=link, title=title, authors=authors, around=around)
    audience = row.get("audience", "free")
    locked = audience not in ("", "free", "both", "all")
    published = _is_published(row)
    image, attachments = files.lead(row.get("thumbnail_url", "").strip(), made.attachments)
    told = _told(row, image, audience if locked else "")
    image = image if _SHOWN.match(image) else ""
    found = titled.article(
        made,
        title_markup=escape(title),
        slug=address.slug(link),
        left=[*left, *told],
        authors=authors,
        published=when.parse(row.get("publish_date", "") or row.get("created_at", "")),
        summary=titled.words(row.get("web_subtitle", "") or row.get("email_preview_text", "")),
        tags=tuple(tag.strip() for tag in re.split(r"[;,]", row.get("content_tags", "")) if tag.strip()),
        draft=locked or not published,
        aliases=tuple(filter(None, [address.alias(link, asked.site)])) if published else (),
        image=image,
        attachments=attachments,
    )
    digest = titled.digest(f"{name}={value}" for name, value in sorted(row.items()))
    return Item(f"beehiiv:{row.get('id', '') or digest}", digest, found)


_SHOWN: Final = re.compile(r"https?://|attachment:")


def _told(row: dict[str, str], image: str, locked: str) -> list[str]:
    """What of the row can't be carried over."""
    told = [f"the lead picture {image}, which isn’t in the export"] if image and not _SHOWN.match(image) else []
    told += [f"that its audience was {locked}: it is a draft now"] if locked else []
    status = row.get("status", "")
    return told + ([] if _is_published(row) or status == "draft" else [f"that it was {status}: it is a draft now"])
