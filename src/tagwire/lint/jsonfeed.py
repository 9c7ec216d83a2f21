"""Rules of JSON Feed 1.1 alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagwire.lint.rules import JSON_ONLY, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_VERSIONS = {f"https://jsonfeed.org/version/{number}" for number in ("1", "1.1")}
_TEXTS = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
    "language", "id", "url", "external_url", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified",
}  # fmt: skip
_LISTS = {"authors", "tags", "attachments", "hubs", "items"}
_FEED_KEYS = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
    "authors", "author", "language", "expired", "hubs", "items",
}  # fmt: skip
_ITEM_KEYS = (_TEXTS | _LISTS | {"author"}) - (_FEED_KEYS - {"title", "authors", "author", "language"})


def items(feed: Feed) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items that are objects, with their numbers."""
    found = feed.json.get("items")
    yield from (
        (at, item) for at, item in enumerate(found if isinstance(found, list) else ()) if isinstance(item, dict)
    )


def _objects(feed: Feed) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    yield (), feed.json
    yield from ((("items", at), item) for at, item in items(feed))


@rule(
    "json-version",
    "error",
    "JSON Feed 1.1, version",
    kinds=JSON_ONLY,
    hint='write "version": "https://jsonfeed.org/version/1.1"',
)
def version(feed: Feed) -> Iterator[Finding]:
    """Readers know the format by this address alone."""
    found = feed.json.get("version")
    if found not in _VERSIONS:
        yield feed.line_of("version"), f"`version` is `{found}`" if found else "`version` is missing"


@rule("json-title", "error", "JSON Feed 1.1, title", kinds=JSON_ONLY, hint="name the feed in `title`")
def title(feed: Feed) -> Iterator[Finding]:
    """A feed without a title is a bare address in the list of a subscriber."""
    if not feed.json.get("title"):
        yield feed.line_of("title"), "the feed has no `title`"


@rule("json-items", "error", "JSON Feed 1.1, items", kinds=JSON_ONLY, hint="write `items`, a list of objects")
def item_list(feed: Feed) -> Iterator[Finding]:
    """Without a list of items there is nothing to read."""
    found = feed.json.get("items")
    if not isinstance(found, list):
        yield feed.line_of("items"), "`items` is no list" if "items" in feed.json else "`items` is missing"
    else:
        for at, item in enumerate(found):
            if not isinstance(item, dict):
                yield feed.line_of("items", at), f"item {at + 1} is no object"


@rule(
    "json-id",
    "error",
    "JSON Feed 1.1, id",
    kinds=JSON_ONLY,
    hint="give each item an `id`, a text that never changes",
)
def item_id(feed: Feed) -> Iterator[Finding]:
    """The specification tells readers to drop an item without an id."""
    for at, item in items(feed):
        if item.get("id") is None or item["id"] == "":
            yield feed.line_of("items", at), "the item has no `id`"


@rule(
    "json-content",
    "error",
    "JSON Feed 1.1, content_html and content_text",
    kinds=JSON_ONLY,
    hint="give each item `content_html` or `content_text`",
)
def content(feed: Feed) -> Iterator[Finding]:
    """The specification demands a text; readers show an empty page."""
    for at, item in items(feed):
        if not any(isinstance(item.get(key), str) for key in ("content_html", "content_text")):
            yield feed.line_of("items", at), "the item has neither `content_html` nor `content_text`"


@rule("json-type", "error", "JSON Feed 1.1", kinds=JSON_ONLY, hint="write texts in quotes, and lists in brackets")
def types(feed: Feed) -> Iterator[Finding]:
    """A value of another type than the one which readers expect makes them drop it, the entry, or all."""
    for above, holder in _objects(feed):
        for key, value in holder.items():
            if not _is_right(key, value):
                yield feed.line_of(*above, key), f"`{key}` is {_named(value)}"


def _is_right(key: str, value: object) -> bool:
    if key in _TEXTS:
        return isinstance(value, str)
    if key == "expired":
        return isinstance(value, bool)
    return key not in _LISTS - {"items"} or _is_list(key, value)


def _is_list(key: str, value: object) -> bool:
    inside: type = str if key == "tags" else dict
    return isinstance(value, list) and all(isinstance(each, inside) for each in value)


def _named(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return f"`{value}`, {'a text' if isinstance(value, str) else 'no text'}"


@rule(
    "json-author-old",
    "warning",
    "JSON Feed 1.1, authors",
    kinds=JSON_ONLY,
    hint="write `authors`, a list; `author` may stand beside it for old readers",
)
def author_old(feed: Feed) -> Iterator[Finding]:
    """`author` is of version 1; newer readers look at `authors` and show nobody."""
    for above, holder in _objects(feed):
        if "author" in holder and "authors" not in holder and str(feed.json.get("version", "")).endswith("1.1"):
            yield feed.line_of(*above, "author"), "there is `author` and no `authors`"


@rule(
    "json-person",
    "error",
    "JSON Feed 1.1, authors",
    kinds=JSON_ONLY,
    hint="give each author a `name`, a `url` or an `avatar`",
)
def person(feed: Feed) -> Iterator[Finding]:
    """An author of whom nothing is said is shown as nobody."""
    for above, holder in _objects(feed):
        authors = holder.get("authors")
        for at, author in enumerate(authors if isinstance(authors, list) else ()):
            if isinstance(author, dict) and not any(author.get(key) for key in ("name", "url", "avatar")):
                yield feed.line_of(*above, "authors", at), "the author has neither name, url nor avatar"


@rule(
    "json-attachment",
    "error",
    "JSON Feed 1.1, attachments",
    kinds=JSON_ONLY,
    hint="give each attachment `url` and `mime_type`",
)
def attachment(feed: Feed) -> Iterator[Finding]:
    """Podcast apps don't know what the file is, or where."""
    for at, item in items(feed):
        files = item.get("attachments")
        for number, file in enumerate(files if isinstance(files, list) else ()):
            if isinstance(file, dict) and not (file.get("url") and file.get("mime_type")):
                yield feed.line_of("items", at, "attachments", number), "the attachment lacks `url` or `mime_type`"


@rule(
    "json-key-unknown",
    "warning",
    "JSON Feed 1.1, extensions",
    kinds=JSON_ONLY,
    hint="look for a slip of the pen; names of your own begin with an underscore",
)
def key_unknown(feed: Feed) -> Iterator[Finding]:
    """Readers ignore a key that they don't know, so what it should say is not said."""
    for above, holder in _objects(feed):
        known = _ITEM_KEYS if above else _FEED_KEYS
        for key in holder:
            if key not in known and not key.startswith("_"):
                yield feed.line_of(*above, key), f"`{key}` is no key of JSON Feed"
