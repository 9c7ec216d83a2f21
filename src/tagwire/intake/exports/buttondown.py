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
    named = set()
    with bundle.open(table) as stream:
        for row in tablefile.rows(stream):
            item = _item(row, name := _text(row, texts), bundle, files, path, asked)
            named.add(name)
            yield replace(item, found=_linked(item.found, shown)) if isinstance(item.found, Found) else item
    for name in sorted(set(texts.values()) - named):
        message = f"{name} is not in the table of emails, and was left out"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


_ARCHIVE = re.compile(
    r"(\]\(<?|href=\")https?://buttondown\.(?:email|com)/[^/\s()<>\"]+/archive/([\w-]+)/?(?=[)>\"#\s])"
)


def _linked(found: Found, shown: dict[str, str]) -> Found:
    """With links to the archive of emails, at Buttondown, to those that are in the export."""
    written = _ARCHIVE.sub(lambda link: f"{link[1]}{shown[link[2]]}" if link[2] in shown else link[0], found.markdown)
    return replace(found, markdown=written)


def _text(row: dict[str, str], texts: dict[str, str]) -> str:
    """The file that holds the text of a row: it has the name of the slug, or of the id."""
    return texts.get(row.get("slug", "")) or texts.get(row.get("id", ""), "")


def _item(row: dict[str, str], name: str, bundle: Bundle, files: Files, path: str, asked: Asked) -> Item:
    title, key = row.get("subject", ""), f"buttondown:{row.get('id', '')}"
    slug = row.get("slug", "")
    if not name:
        message = f"the text of “{title}” ({slug or row.get('id', '')}.md) isn't in the export"
        problem = Problem(f"content/{path}", 0, 0, "source-empty", message, "add it from the feed, or by hand")
        return Item(key, titled.digest(sorted(row.values())), Refused((problem,)))
    data = bundles.read(bundle, name)

    def beside(address: str) -> bytes | None:
        member = files.find(address)
        return files.read(member) if member else None

    text = data.decode("utf-8-sig", "replace")
    found = generators.read(text, f"sources/{slug or titled.words(title) or 'email'}.md", asked, beside)
    if isinstance(found, Found):
        found = _told(row, found)
    digest = titled.digest([*(f"{column}={value}" for column, value in sorted(row.items())), data])
    return Item(key, digest, found)


def _told(row: dict[str, str], found: Found) -> Found:
    """The article with what the table says of it."""
    title = titled.words(row.get("subject", ""))
    published = when.parse(row.get("publish_date", "") or row.get("creation_date", ""))
    kind = row.get("email_type", "") if row.get("email_type", "") in _LOCKED else ""
    left = [f"that it was {kind}: it is a draft now"] if kind else []
    return replace(
        found,
        title=title or found.title,
        title_derived=not title and found.title_derived,
        published=published or found.published,
        summary=titled.words(row.get("description", "")) or found.summary,
        image=_address(row, "image") or found.image,
        canonical=_address(row, "canonical_url") or found.canonical,
        slug=row.get("slug", "") or found.slug,
        draft=_is_draft(row) or not published or bool(kind),
        aliases=found.aliases or _archived(row),
        left=(*found.left, *left),
    )


_LOCKED = ("premium", "hidden", "private", "churned", "archival")
"""Kinds of emails that the web didn't show, or not to everybody."""


def _address(row: dict[str, str], column: str) -> str:
    value = row.get(column, "").strip()
    return value if re.match(r"https?://\S+\Z", value) else ""


def _is_draft(row: dict[str, str]) -> bool:
    return row.get("status", "") in ("draft", "scheduled", "managed_by_rss")


def _archived(row: dict[str, str]) -> tuple[str, ...]:
    """Where Buttondown shows an email on the web."""
    old = address.alias(f"/archive/{row['slug']}/") if row.get("slug") and not _is_draft(row) else ""
    return (old,) if old else ()
