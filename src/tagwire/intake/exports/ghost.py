"""Ghost's export: posts and pages with their authors, tags and pictures, from its HTML or either of its editors."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

from tagwire.intake import bundle as bundles
from tagwire.intake.exports import address, body, jsonfile, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.jsonfile import listed, load
from tagwire.intake.exports.lexical import MARKDOWN, Cards
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.found import Item, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked

Row = dict[str, Any]
_WIDGETS: Final = {
    "newsletter-form": r"\b(?:kg-signup-card|kg-email-cta-card|gh-post-upgrade-cta)\b",
}
_URL: Final = "__GHOST_URL__"
_LARGEST: Final = 1 << 30


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every post and page of the export, by Ghost's own number, which is the guid of its feed too."""
    names = [name for name in bundle.names() if name.endswith(".json")] if bundle.many else [bundle.names()[0]]
    for name in names:
        tables = _tables(load(bundles.read(bundle, name, most=_LARGEST), path))
        files, people = Files(bundle, main=name), _People(tables)
        links = _links(tables, asked)
        for post in _rows(tables, "posts"):
            yield _item(post, people, files, path, asked, links)


def _links(tables: Row, asked: Asked) -> OldLinks:
    links = OldLinks(asked.site, asked.site)
    for row in _rows(tables, "posts"):
        post = _post(row)
        if _value(post, "status") in ("published", "") and (slug := _value(post, "slug")):
            links.add(_value(post, "url") or f"{asked.site.rstrip('/')}/{slug}/", f"{asked.site.rstrip('/')}/{slug}/")
    return links


def _post(row: Row) -> Row:
    return {**_data(row), **({"url": row["url"]} if "url" in row and "data" in row else {})}


def _tables(found: object) -> Row:
    """The tables, wherever this version of Ghost, or a tool that writes its form, puts them."""
    for _ in range(4):
        if isinstance(found, dict) and isinstance(found.get("posts"), list):
            return found
        if isinstance(found, dict):
            found = next((found[key] for key in ("db", "data", "result") if found.get(key)), None)
        if isinstance(found, list):
            found = found[0] if found else None
    return {}


def _rows(tables: Row, name: str) -> list[Row]:
    return [row for row in listed(tables.get(name)) if isinstance(row, dict)]


def _by_post(tables: Row, name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(tables, name):
        found.setdefault(_key(row, "post_id"), []).append(row)
    return found


class _People:
    """Authors and tags of posts: joined by tables in an export, within the post in an answer of Ghost's API."""

    def __init__(self, tables: Row) -> None:
        self._names = {
            name: {_key(row, "id"): _value(row, "name") for row in _rows(tables, name)} for name in ("users", "tags")
        }
        self._joined = {"users": _by_post(tables, "posts_authors"), "tags": _by_post(tables, "posts_tags")}
        self._bios = {_value(row, "name"): _value(row, "bio") for row in _rows(tables, "users")}
        self.about = {_key(row, "post_id"): row for row in _rows(tables, "posts_meta")}

    def of(self, post: Row, table: str, within: str, key: str) -> tuple[str, ...]:
        """Names, in the order of the post."""
        own = [_value(_data(row), "name") for row in listed(post.get(within)) if isinstance(row, dict)]
        joined = sorted(self._joined[table].get(_key(post, "id"), ()), key=_place)
        names = own or [self._names[table].get(_key(row, key), "") for row in joined]
        if not names and table == "users":
            author = post.get("author")
            names = [self._names[table].get(_key(post, "author_id"), "") or _value(_data(author), "name")]
        return tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))

    def told(self, authors: tuple[str, ...]) -> str:
        """What the authors say of themselves, each with the name where they are several."""
        bios = [(name, self._bios.get(name, "")) for name in authors]
        return " ".join(bio if len(authors) == 1 else f"{name}: {bio}" for name, bio in bios if bio)


def _item(row: Row, people: _People, files: Files, path: str, asked: Asked, links: OldLinks) -> Item:
    post = _post(row)
    number = str(post.get("id") or post.get("comment_id") or post.get("uuid") or post.get("slug") or "")
    digest = titled.digest([json.dumps({**post, "updated_at": None}, sort_keys=True)])
    about = {**people.about.get(_key(post, "id"), {}), **{key: value for key, value in post.items() if value}}
    cards = Cards()
    content = _html(post, cards).replace(_URL, "")
    if not _value(post, "title") and not content:
        message = "a post without title and text was left out"
        problem = Problem(f"content/{path}", 0, 0, "source-empty", message, "write it anew, if something is missing")
        return Item(f"ghost:{number}", digest, Refused((problem,)))
    authors = people.of(post, "users", "authors", "author_id")
    made = _body(post, content, cards, asked, body.Around(files, links, _WIDGETS), authors)
    image, attachments = files.lead(_value(post, "feature_image").replace(_URL, ""), made.attachments)
    found = titled.article(
        made,
        title_markup=escape(_value(post, "title")),
        slug=_value(post, "slug"),
        left=[*cards.left, *_not_carried(post, about)],
        authors=authors,
        published=when.parse(str(post.get("published_at") or post.get("created_at") or ""), "UTC"),
        summary=_value(post, "custom_excerpt") or _value(about, "meta_description"),
        tags=people.of(post, "tags", "tags", "tag_id"),
        canonical=_canonical(post),
        id=titled.identity(_identity(post)),
        draft=_locked(post) or _value(post, "status") not in ("published", "sent", "scheduled", ""),
        page=_is_page(post),
        aliases=_aliases(post, asked),
        image=image,
        attachments=attachments,
        author_note=made.author_note or people.told(authors),
    )
    return Item(f"ghost:{number}", digest, found)


def _body(
    post: Row, content: str, cards: Cards, asked: Asked, around: body.Around, authors: tuple[str, ...]
) -> body.Body:
    """The text, with those cards put in that hold Markdown."""
    made = body.read(
        content,
        asked,
        base=_value(post, "url") or _value(post, "canonical_url") or asked.site,
        title=_value(post, "title"),
        authors=authors,
        around=around,
        standing=_is_page(post),
    )
    for at, text in enumerate(cards.markdown):
        made = body.with_text(made, MARKDOWN.format(at), text)
    return made


def _is_page(post: Row) -> bool:
    return post.get("type") == "page" or post.get("page") in (True, 1)


def _locked(post: Row) -> bool:
    return _value(post, "visibility") not in ("", "public")


def _aliases(post: Row, asked: Asked) -> tuple[str, ...]:
    """Where it was, if anybody could see it there."""
    status, slug = _value(post, "status"), _value(post, "slug")
    if status not in ("published", ""):
        return ()
    alias = address.alias(_value(post, "url"), asked.site) or (
        address.alias(f"/{slug}/") if slug and status == "published" else ""
    )
    return (alias,) if alias else ()


def _identity(post: Row) -> str:
    """The guid of Ghost's RSS: the number of the post; before version 1.0, when numbers were small, its uuid."""
    number = str(post.get("id") or "")
    return number if len(number) >= 20 else str(post.get("uuid") or "")


def _html(post: Row, cards: Cards) -> str:
    if html := _value(post, "html"):
        return html
    if lexical := _value(post, "lexical"):
        return cards.lexical(lexical)
    return cards.mobiledoc(_value(post, "mobiledoc"))


def _canonical(post: Row) -> str:
    found = _value(post, "canonical_url")
    return found if found.startswith(("https://", "http://")) else ""


def _not_carried(post: Row, about: Row) -> list[str]:
    left = [f"code in {name}" for name in ("codeinjection_head", "codeinjection_foot") if _value(post, name)]
    if caption := _value(about, "feature_image_caption"):
        left.append(f"caption of the lead picture “{titled.words(caption)}”")
    text = _value(post, "lexical") or _value(post, "mobiledoc")
    if text and not _value(post, "html") and not jsonfile.table(text):
        left.append("its text, which is damaged in the export")
    if _locked(post):
        left.append(f"that only {_value(post, 'visibility')} readers saw it: it is a draft now")
    return left


def _data(row: object) -> Row:
    if not isinstance(row, dict):
        return {}
    inner = row.get("data")
    return inner if isinstance(inner, dict) else row


def _key(row: Row, name: str) -> str:
    """A number by which rows are joined; older exports count, newer ones have texts."""
    value = row.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _place(row: Row) -> float:
    value = row.get("sort_order")
    return value if isinstance(value, int | float) else 0


def _value(row: Row, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""
