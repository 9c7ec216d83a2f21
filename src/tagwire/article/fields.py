"""What each front-matter key may say, and in which spellings.

A check takes the key's value and gives what it means, or raises `Wrong` with the value that is to blame.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tagwire import names
from tagwire.article import dates
from tagwire.model import Cut, Note, Provenance, When

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.article.frontmatter import Value

DATE_HINT = "write a date such as 2024-12-01 or 2024-12-01T09:30:00+01:00"

SPELLINGS = {
    "date": "published",
    "pubDate": "published",
    "pubdate": "published",
    "publishDate": "published",
    "lastmod": "updated",
    "modified": "updated",
    "author": "authors",
    "description": "summary",
    "excerpt": "summary",
    "category": "tags",
    "categories": "tags",
    "keywords": "tags",
    "guid": "id",
}
"""Of Hugo, Jekyll, Pelican and WordPress exports, to ours."""


class Wrong(Exception):
    """A value isn't what its key wants."""

    def __init__(self, value: Value, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.value, self.code, self.message, self.hint = value, code, message, hint


@dataclass(frozen=True, slots=True)
class Asking:
    """What a check may know besides the value."""

    key: str
    """As the owner spelt it."""
    timezone: str


def _text(value: Value, asking: Asking) -> str:
    if value.kind in {"list", "table"}:
        raise Wrong(value, "value-not-text", f"`{asking.key}` is a {value.kind} where a text is wanted")
    return " ".join(value.text.split()) if value.kind != "null" else ""


def _filled(value: Value, asking: Asking) -> str:
    text = _text(value, asking)
    if not text:
        raise Wrong(value, "value-empty", f"`{asking.key}` is empty", f"fill it, or delete the line `{asking.key}:`")
    return text


def _flag(value: Value, asking: Asking) -> bool:
    word = _text(value, asking).lower()
    if word in {"true", "yes", "on"}:
        return True
    if word in {"false", "no", "off"}:
        return False
    raise Wrong(value, "value-not-flag", f"`{asking.key}` is neither true nor false: {value.text!r}")


def _date(value: Value, asking: Asking) -> When:
    text = _text(value, asking)
    when = dates.parse(text, asking.timezone)
    if when is None:
        raise Wrong(value, "date-invalid", f'`{asking.key}` is not a date: "{text}"', DATE_HINT)
    return when


def _list(value: Value, asking: Asking, *, commas: bool) -> tuple[tuple[str, Value], ...]:
    """(text, value to blame) of each item of a list, or of one text."""
    if value.kind == "null":
        return ()
    if value.kind == "list":
        return tuple((_text(item, asking), item) for item in value.items)
    text = _text(value, asking)
    return tuple((part.strip(), value) for part in (text.split(",") if commas else [text]))


def _tags(value: Value, asking: Asking) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text, item in _list(value, asking, commas=True):
        slug = names.slug(text)
        if not slug:
            what = (
                f'`{asking.key}` has a tag without a letter or digit: "{text}"'
                if text
                else f"`{asking.key}` has an empty tag"
            )
            raise Wrong(item, "tag-empty", what, "delete it, or give it a name")
        found.setdefault(slug, unicodedata.normalize("NFC", text))
    return tuple(found.values())


def _authors(value: Value, asking: Asking) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text, item in _list(value, asking, commas=False):
        if not names.slug(text):
            raise Wrong(
                item,
                "author-empty",
                f"`{asking.key}` has a name without a letter or digit",
                "delete it, or write the name",
            )
        found.setdefault(names.slug(text), text)
    return tuple(found.values())


_SLUG = re.compile(r"[\w~-][\w.~-]*\Z")


def _slug(value: Value, asking: Asking) -> str:
    text = unicodedata.normalize("NFC", _text(value, asking))
    if not _SLUG.match(text) or len(text.encode()) > 200 or text.endswith("."):
        proposal = names.slug(text)
        hint = f"write `{proposal}`" if proposal else "delete the line: the slug comes from the file's name"
        raise Wrong(value, "slug-invalid", f'`{asking.key}` can\'t be part of an address: "{text}"', hint)
    return text


def _lang(value: Value, asking: Asking) -> str:
    text = _text(value, asking)
    if not re.match(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z", text):
        raise Wrong(
            value,
            "lang-invalid",
            f'`{asking.key}` is not a language tag: "{text}"',
            "write one such as en, pt-BR or he",
        )
    return text


def _url(value: Value, asking: Asking) -> str:
    text = _text(value, asking)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in text:
        raise Wrong(
            value, "url-invalid", f'`{asking.key}` is not an absolute URL: "{text}"', "write https://example.org/page/"
        )
    return text


def _id(value: Value, asking: Asking) -> str:
    text = _filled(value, asking)
    if " " in text:
        raise Wrong(
            value, "id-invalid", f'`{asking.key}` has a space in it: "{text}"', "an id is one word, such as urn:uuid:…"
        )
    return text


def _aliases(value: Value, asking: Asking) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_alias(text, item, asking) for text, item in _list(value, asking, commas=False)))


def _alias(text: str, value: Value, asking: Asking) -> str:
    """An old path as an address: `/old/path` is a folder, `/old.html` a file."""
    path = unquote(text).removeprefix("/")
    parts = path.removesuffix("/").split("/")
    dull = all(part and part not in {".", ".."} and "\\" not in part and "\0" not in part for part in parts)
    if not dull or "://" in text or "?" in text or "#" in text or any(len(part.encode()) > 240 for part in parts):
        raise Wrong(
            value, "alias-invalid", f'`{asking.key}` has no path of this site: "{text}"', "write one such as /old/path/"
        )
    is_file = not path.endswith("/") and re.search(r"\.\w{1,5}\Z", parts[-1])
    return unicodedata.normalize("NFC", path if is_file or path.endswith("/") else f"{path}/")


# ------------------------------------------------------------------ tables


def _table(value: Value, asking: Asking, wanted: dict[str, bool]) -> dict[str, Value]:
    """The pairs of a table that has the `wanted` keys (True where one must be there), and no other."""
    form = "{" + ", ".join(f"{key}: …" for key in wanted) + "}"
    if value.kind != "table":
        raise Wrong(value, "value-not-table", f"`{asking.key}` wants {form}")
    pairs = dict(value.pairs)
    for key, item in pairs.items():
        if key not in wanted:
            raise Wrong(item, "key-unknown", f"unknown key `{key}` in `{asking.key}`", f"it has: {', '.join(wanted)}")
    for key, needed in wanted.items():
        if needed and key not in pairs:
            raise Wrong(value, "key-missing", f"`{asking.key}` has no `{key}`", f"write {form}")
    return pairs


def _note(value: Value, asking: Asking) -> Note:
    pairs = _table(value, asking, {"date": True, "note": True})
    return Note(_date(pairs["date"], Asking("date", asking.timezone)), _filled(pairs["note"], Asking("note", "UTC")))


def _notes(value: Value, asking: Asking) -> tuple[Note, ...]:
    if value.kind == "null":
        return ()
    items = value.items if value.kind == "list" else (value,)
    return tuple(sorted((_note(item, asking) for item in items), key=lambda note: note.date.at))


def _source(value: Value, asking: Asking) -> Provenance:
    pairs = _table(value, asking, {"path": True, "sha256": True, "converted": True, "cut": False})
    texts = {key: _filled(pairs[key], Asking(key, "UTC")) for key in ("path", "sha256", "converted")}
    cuts = pairs["cut"].items if "cut" in pairs else ()
    return Provenance(**texts, cut=tuple(_cut(cut) for cut in cuts))


def _cut(value: Value) -> Cut:
    pairs = _table(value, Asking("cut", "UTC"), {"lines": False, "rule": True, "sha256": True})
    return Cut(
        **{key: _text(pairs[key], Asking(key, "UTC")) if key in pairs else "" for key in ("rule", "lines", "sha256")}
    )


def _extra(value: Value, asking: Asking) -> str:
    if value.kind not in {"table", "null"}:
        raise Wrong(value, "value-not-table", f"`{asking.key}` is a {value.kind} where a table is wanted")
    return json.dumps(_plain(value) or {}, ensure_ascii=False, sort_keys=True)


def _plain(value: Value) -> Any:  # noqa: ANN401 - whatever the owner wrote
    match value.kind:
        case "table":
            return {key: _plain(item) for key, item in value.pairs}
        case "list":
            return [_plain(item) for item in value.items]
        case "bool":
            return value.text.lower() in {"true", "yes", "on"}
        case "null":
            return None
        case "text":
            return value.text


CHECKS: dict[str, Callable[[Value, Asking], Any]] = {
    "id": _id,
    "title": _filled,
    "published": _date,
    "updated": _date,
    "date_source": _text,
    "authors": _authors,
    "tags": _tags,
    "summary": _text,
    "slug": _slug,
    "lang": _lang,
    "draft": _flag,
    "feed": _flag,
    "noindex": _flag,
    "expires": _date,
    "aliases": _aliases,
    "canonical": _url,
    "image": _filled,
    "series": _filled,
    "corrections": _notes,
    "retracted": _note,
    "source": _source,
    "extra": _extra,
}
