"""Buttondown's export: a table of emails, and a Markdown file for each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.intake import bundle as bundles
from tagwire.intake.exports import address, generators, tablefile, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.found import Found, Item, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every row of the table that has its text beside it; the others are told."""
    texts = {name.rpartition("/")[2].removesuffix(".md"): name for name in bundle.names() if name.endswith(".md")}
    files = Files(bundle)
    table = next(name for name in bundle.names() if name.rpartition("/")[2] == "emails.csv")
    with bundle.open(table) as stream:
        shown = {row.get("slug", ""): alias for row in tablefile.rows(stream) for alias in _archived(row)}
    with bundle.open(table) as stream:
        for row in tablefile.rows(stream):
            item = _item(row, texts, bundle, files, path, asked)
            yield replace(item, found=_linked(item.found, shown)) if isinstance(item.found, Found) else item


_ARCHIVE = re.compile(
    r"(\]\(<?|href=\")https?://buttondown\.(?:email|com)/[^/\s()<>\"]+/archive/([\w-]+)/?(?=[)>\"#\s])"
)


def _linked(found: Found, shown: dict[str, str]) -> Found:
    """With links to the archive of emails, at Buttondown, to those that are in the export."""
    written = _ARCHIVE.sub(lambda link: f"{link[1]}{shown[link[2]]}" if link[2] in shown else link[0], found.markdown)
    return replace(found, markdown=written)


def _item(row: dict[str, str], texts: dict[str, str], bundle: Bundle, files: Files, path: str, asked: Asked) -> Item:
    slug, title, key = row.get("slug", ""), row.get("subject", ""), f"buttondown:{row.get('id', '')}"
    name = texts.get(slug) or texts.get(row.get("id", ""), "")
    if not name:
        message = f"the text of “{title}” ({slug}.md) isn't in the export"
        problem = Problem(f"content/{path}", 0, 0, "source-empty", message, "add it from the feed, or by hand")
        return Item(key, titled.digest(sorted(row.values())), Refused((problem,)))
    data = bundles.read(bundle, name)

    def beside(address: str) -> bytes | None:
        member = files.find(address)
        return files.read(member) if member else None

    found = generators.read(data.decode("utf-8-sig", "replace"), f"sources/{slug}.md", asked, beside)
    if isinstance(found, Found):
        published = when.parse(row.get("publish_date", "") or row.get("creation_date", ""))
        found = replace(found, title=titled.words(title) or found.title, published=published or found.published,
                        slug=slug or found.slug, draft=_is_draft(row) or not published,
                        aliases=found.aliases or _archived(row))  # fmt: skip
    digest = titled.digest([*(f"{column}={value}" for column, value in sorted(row.items())), data])
    return Item(key, digest, found)


def _is_draft(row: dict[str, str]) -> bool:
    return row.get("status", "") in ("draft", "scheduled", "managed_by_rss")


def _archived(row: dict[str, str]) -> tuple[str, ...]:
    """Where Buttondown shows an email on the web."""
    old = address.alias(f"/archive/{row['slug']}/") if row.get("slug") and not _is_draft(row) else ""
    return (old,) if old else ()
