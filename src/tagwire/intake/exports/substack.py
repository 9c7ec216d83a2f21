"""Substack's export: a table of posts, and a file of HTML for each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from tagwire.intake import bundle as bundles
from tagwire.intake.exports import address, body, substackhtml, tablefile, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import ByName
from tagwire.intake.found import Item, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked

_WIDGETS: Final = {
    "newsletter-form": r"\b(?:subscription-widget(?:-wrap)?|subscribe-widget|button-wrapper.*subscribe)\b",
    "share-buttons": r"\b(?:captioned-button-wrap|community-chat|button-wrapper share)\b",
    "donation-appeal": r"\bdonate-widget\b",
    "hidden-text": r"\b(?:hide-text|image-link-expand)\b",
}


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every row of the table; files that it doesn't name are told."""
    names = {name.rpartition("/")[2].removesuffix(".html"): name for name in bundle.names() if name.endswith(".html")}
    table = next(name for name in bundle.names() if name.rpartition("/")[2] == "posts.csv")
    with bundle.open(table) as stream:
        slugs = {_slug(row) for row in tablefile.rows(stream) if row.get("is_published", "").lower() == "true"}
    links = ByName(_ADDRESS, {slug: f"/p/{slug}" for slug in slugs if address.alias(f"/p/{slug}")})
    around = body.Around(Files(bundle), links, _WIDGETS)
    with bundle.open(table) as stream:
        for row in tablefile.rows(stream):
            number = row.get("post_id", "")
            yield _item(row, names.pop(number, ""), bundle, around, path, asked)
    for name in sorted(names.values()):
        message = f"{name} is not in the list of posts, and was left out"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


_ADDRESS: Final = r"https?://[\w-]+\.substack\.com/p/([^/?#]+-[^/?#]+)"
"""The export doesn't say under which name it was. A long name that another publication uses as well is unlikely."""


def _slug(row: dict[str, str]) -> str:
    number = row.get("post_id", "")
    return number.partition(".")[2] or number


def _item(row: dict[str, str], name: str, bundle: Bundle, around: body.Around, path: str, asked: Asked) -> Item:
    number, title = row.get("post_id", ""), titled.words(row.get("title", ""))
    key = f"substack:{number}"
    if not name:
        message = f"the text of “{title}” ({number}.html) isn't in the export"
        problem = Problem(f"content/{path}", 0, 0, "source-empty", message, "add it from the feed, or by hand")
        return Item(key, titled.digest(sorted(row.values())), Refused((problem,)))
    data = bundles.read(bundle, name)
    html, lost = substackhtml.plain(data.decode("utf-8", "replace"))
    slug, page = _slug(row), row.get("type") == "page"
    sound = row.get("podcast_url", "").strip()
    if sound and sound not in html:
        html += f'<p><a href="{escape(sound)}">{escape(sound.rpartition("/")[2] or sound)}</a></p>'
    made = body.read(html, asked, base=asked.site, title=title, around=around, standing=page)
    published, audience = row.get("is_published", "").lower() == "true", row.get("audience", "everyone")
    locked = audience not in ("", "everyone")
    left = [*lost, *([f"that its audience was {audience}: it is a draft now"] if locked else [])]
    left += [f"its type `{row['type']}`"] if row.get("type") in ("thread", "restack") else []
    found = titled.article(
        made,
        title_markup=row.get("title", ""),
        slug=slug,
        left=left,
        published=when.parse(row.get("post_date", "")) or when.parse(row.get("email_sent_at", "")),
        summary=titled.words(row.get("subtitle", "")),
        draft=not published or locked,
        page=page,
        aliases=(f"/p/{slug}",) if published and address.alias(f"/p/{slug}") else (),
    )
    return Item(key, titled.digest([*(f"{name}={value}" for name, value in sorted(row.items())), data]), found)
