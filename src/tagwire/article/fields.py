"""What each front-matter key may say: the table of all checks, and those of values with parts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tagwire.article import checks
from tagwire.article.checks import Asking, Wrong
from tagwire.article.recording import enclosure
from tagwire.model import Cut, Note, Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.article.values import Value


def _note(value: Value, asking: Asking) -> Note:
    pairs = checks.table(value, asking, {"date": True, "note": True})
    return Note(
        checks.date(pairs["date"], Asking("date", asking.timezone)),
        checks.filled(pairs["note"], Asking("note", asking.timezone)),
    )


def _notes(value: Value, asking: Asking) -> tuple[Note, ...]:
    if value.kind == "null":
        return ()
    items = value.items if value.kind == "list" else (value,)
    return tuple(sorted((_note(item, asking) for item in items), key=lambda note: note.date.at))


def _source(value: Value, asking: Asking) -> Provenance:
    wanted = {"path": True, "sha256": True, "converted": True, "cut": False, "item": False, "left": False}
    pairs = checks.table(value, asking, wanted)
    texts = {key: checks.filled(pairs[key], Asking(key, "UTC")) for key in ("path", "sha256", "converted")}
    cut = pairs.get("cut")
    if cut and cut.kind not in {"list", "null"}:
        raise Wrong(cut, "value-not-table", "`cut` wants a list", "write `cut: [{lines: …, rule: …, sha256: …}]`")
    item = checks.text(pairs["item"], Asking("item", "UTC")) if "item" in pairs else ""
    left = checks.listed(pairs["left"], Asking("left", "UTC")) if "left" in pairs else ()
    return Provenance(
        **texts,
        cut=tuple(_cut(each) for each in cut.items) if cut else (),
        item=item,
        left=tuple(each for each, _ in left),
    )


def _cut(value: Value) -> Cut:
    pairs = checks.table(value, Asking("cut", "UTC"), {"lines": False, "rule": True, "sha256": True})
    keys = ("rule", "lines", "sha256")
    return Cut(**{key: checks.text(pairs[key], Asking(key, "UTC")) if key in pairs else "" for key in keys})


def _extra(value: Value, asking: Asking) -> str:
    if value.kind not in {"table", "null"}:
        found = "list" if value.kind == "list" else "text"
        message = f"`{asking.key}` is a {found} where a table is wanted"
        raise Wrong(value, "value-not-table", message, f"write `{asking.key}: {{mood: calm}}`")
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


def _translations(value: Value, asking: Asking) -> tuple[tuple[str, str], ...]:
    """(language, path or URL) of each."""
    if value.kind != "table":
        message = f"`{asking.key}` wants a language and a path for each"
        raise Wrong(value, "value-not-table", message, f"write `{asking.key}: {{he: port-he.md}}`")
    return tuple((_language(name, item, asking), checks.image(item, asking)) for name, item in value.pairs)


def _language(name: str, item: Value, asking: Asking) -> str:
    return checks.lang(replace(item, kind="text", text=name), asking)


CHECKS: dict[str, Callable[[Value, Asking], Any]] = {
    "id": checks.identity,
    "title": checks.up_to(1000, checks.filled),
    "title_source": checks.text,
    "published": checks.date,
    "updated": checks.date,
    "date_source": checks.text,
    "authors": checks.authors,
    "author_note": checks.up_to(5000, checks.text),
    "tags": checks.tags,
    "summary": checks.up_to(5000, checks.text),
    "slug": checks.slug,
    "lang": checks.lang,
    "draft": checks.flag,
    "feed": checks.flag,
    "noindex": checks.flag,
    "expires": checks.date,
    "aliases": checks.aliases,
    "canonical": checks.url,
    "image": checks.image,
    "enclosure": enclosure,
    "series": checks.up_to(200, checks.filled),
    "corrections": _notes,
    "retracted": _note,
    "source": _source,
    "translations": _translations,
    "extra": _extra,
}
