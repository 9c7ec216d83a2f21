"""The ledger's file: JSON with one entry a line, sorted, so that git merges what two people published.

Each line ends in a comma, the last one too, since an empty object stands behind it: a new line touches no other.
Where both sides of a merge have a line of the same article (git's `merge=union` keeps both), they are made one.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tagwire.model import Ledger, Outlet, Record
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SCHEMA = 1
"""What `"tagwire-ledger"` says. A higher one is refused: rewriting the file would lose what we don't know."""

_MARKS = ("<<<<<<< ", ">>>>>>> ")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z\Z")
_RESTORE = "take the file from its last good state: `git checkout content/ledger.json`"


def parse(data: bytes, path: str) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """The ledger in these bytes, or why there is none."""
    text = data.decode("utf-8-sig", errors="replace")
    if line := min((found for mark in _MARKS if (found := _marked(text, mark))), default=0):
        hint = "keep the lines of both sides, delete git's marks, and build again"
        message = "two versions of this file were merged, and git's marks are still in it"
        return None, (Problem(path, line, 1, "ledger-conflict", message, hint, text.split("\n")[line - 1], 7),)
    try:
        return _ledger(json.loads(text)), ()
    except json.JSONDecodeError as error:
        message = f"not what Tagwire wrote: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, (Problem(path, error.lineno, error.colno, "ledger-damaged", message, _RESTORE),)
    except _Newer as newer:
        message = f"a newer Tagwire wrote this file: its form is {newer.schema}, this program knows {SCHEMA}"
        return None, (Problem(path, 0, 0, "ledger-newer", message, "run: pip install --upgrade tagwire"),)
    except _Damaged as damaged:
        line = _line_of(text, damaged.name)
        return None, (Problem(path, line, 0, "ledger-damaged", damaged.message, _RESTORE),)
    except (ValueError, RecursionError) as error:  # a number of many digits; brackets without end
        return None, (Problem(path, 0, 0, "ledger-damaged", f"not what Tagwire wrote: {str(error)[:60]}", _RESTORE),)


class _Newer(Exception):
    def __init__(self, schema: object) -> None:
        self.schema = schema


class _Damaged(Exception):
    """`name` is the id or path of the line that is to blame, if one is."""

    def __init__(self, message: str, name: str = "") -> None:
        self.message, self.name = message, name


def _marked(text: str, mark: str) -> int:
    """The first line that begins with the mark; 0 if none does."""
    at = 0 if text.startswith(mark) else text.find(f"\n{mark}") + 1
    return text.count("\n", 0, at) + 1 if at or text.startswith(mark) else 0


def _line_of(text: str, name: str) -> int:
    at = text.find(json.dumps(name, ensure_ascii=False)) if name else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _ledger(found: Any) -> Ledger:  # noqa: ANN401 - any JSON
    schema = found.get("tagwire-ledger") if isinstance(found, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise _Damaged('not what Tagwire wrote: the first line says no `"tagwire-ledger": 1`')
    if schema > SCHEMA:
        raise _Newer(schema)
    if set(found) != {"tagwire-ledger", "site", "articles", "feeds"} or not isinstance(found["site"], str):
        raise _Damaged("not what Tagwire wrote: it has `site`, `articles` and `feeds`, and nothing else")
    records = sorted((_record(item) for item in _items(found, "articles")), key=lambda record: record.id)
    outlets = sorted((_outlet(item) for item in _items(found, "feeds")), key=lambda outlet: outlet.path)
    return Ledger(
        found["site"],
        tuple(_one(list(same)) for _, same in groupby(records, key=lambda record: record.id)),
        tuple(next(same) for _, same in groupby(outlets, key=lambda outlet: outlet.path)),
    )


def _items(found: dict[str, Any], key: str) -> Iterable[dict[str, Any]]:
    items = found[key]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _Damaged(f"not what Tagwire wrote: `{key}` is not a list of objects")
    return (item for item in items if item)


# ------------------------------------------------------------------ one line


def _record(item: dict[str, Any]) -> Record:
    name = item.get("id")
    if not isinstance(name, str) or not name:
        raise _Damaged("an article without `id`")
    _known(item, _ARTICLE, name)
    try:
        return Record(
            name,
            item["address"],
            item["title"],
            item["published"],
            item["updated"],
            item.get("imprint", ""),
            tuple(sorted(item.get("feeds", {}).items())),
            tuple(sorted(item.get("shown", ()))),
            item.get("first", ""),
            tuple(sorted(item.get("former", ()))),
            item.get("gone", ""),
            item.get("out", ""),
        )
    except KeyError as error:
        raise _Damaged(f"an article without `{error.args[0]}`", name) from error


def _outlet(item: dict[str, Any]) -> Outlet:
    name = item.get("path")
    if not isinstance(name, str) or not name or not _inside(name):
        raise _Damaged("a feed without a `path` inside the site")
    _known(item, _FEED, name)
    if "id" not in item:
        raise _Damaged("a feed without `id`", name)
    return Outlet(name, item["id"], item.get("heir", ""), item.get("gone", ""))


@functools.lru_cache(maxsize=4096)  # articles share the folders of their feeds
def _inside(path: str) -> bool:
    """Whether a path stays in the site: somebody else may have written the file."""
    plain = path.isprintable() or path.splitlines() == [path]
    dotted = "." in path and not {".", ".."}.isdisjoint(path.split("/"))
    return plain and not dotted and "\\" not in path and path[:1] != "/"


def _text(value: object) -> bool:
    return isinstance(value, str)


def _moment(value: object) -> bool:
    return isinstance(value, str) and _is_moment(value)


@functools.lru_cache(maxsize=4096)
def _is_moment(value: str) -> bool:
    return bool(_MOMENT.match(value))


def _path(value: object) -> bool:
    return isinstance(value, str) and _inside(value)


def _paths(value: object) -> bool:
    return isinstance(value, list) and all([_path(each) for each in value])  # noqa: C419 - a list: quicker


def _places(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all([_inside(folder) and _is_place(place) for folder, place in value.items()])  # noqa: C419 - as above


def _is_place(value: object) -> bool:
    return type(value) is int and value > 0


_ARTICLE: dict[str, Callable[[object], bool]] = {
    "id": _text, "address": _path, "title": _text, "published": _moment, "updated": _moment, "imprint": _text,
    "feeds": _places, "shown": _paths, "first": _moment, "former": _paths, "gone": _moment, "out": _moment,
}  # fmt: skip
_FEED: dict[str, Callable[[object], bool]] = {"path": _path, "id": _text, "heir": _path, "gone": _moment}


def _known(item: dict[str, Any], checks: dict[str, Callable[[object], bool]], name: str) -> None:
    try:
        wrong = next((key for key, value in item.items() if not checks[key](value)), "")
    except KeyError as error:
        raise _Damaged(f"unknown key `{error.args[0]}`", name) from error
    if wrong:
        raise _Damaged(f"`{wrong}` is not what Tagwire wrote", name)


def _one(same: list[Record]) -> Record:
    """One record of those that the sides of a merge have: nothing that either side gave is forgotten.

    Texts and addresses are those of the later `updated`, else of the later line by its own text.
    """
    if len(same) == 1:
        return same[0]
    last = max(
        same, key=lambda record: (record.updated, record.published, record.address, record.imprint, record.title)
    )
    feeds: dict[str, int] = {}
    for record in same:
        for folder, place in record.feeds:
            feeds[folder] = min(place, feeds.get(folder, place))
    addresses = {address for record in same for address in (record.address, *record.former)}
    return replace(
        last,
        feeds=tuple(sorted(feeds.items())),
        shown=tuple(sorted({folder for record in same for folder in record.shown})),
        first=min((record.first for record in same if record.first), default=""),
        former=tuple(sorted(addresses - {last.address})),
        gone=max(record.gone for record in same) if all(record.gone for record in same) else "",
        out=max(record.out for record in same) if all(record.out for record in same) else "",
    )


# ------------------------------------------------------------------ writing


def spell(ledger: Ledger) -> bytes:
    """The file: the same bytes for equal ledgers."""
    lines = ["{", f'"tagwire-ledger": {SCHEMA},', f'"site": {_json(ledger.site)},', '"articles": [']
    lines += [f"{_json(_spelt_record(record))}," for record in sorted(ledger.articles, key=lambda record: record.id)]
    lines += ["{}", "],", '"feeds": [']
    lines += [f"{_json(_spelt_outlet(each))}," for each in sorted(ledger.outlets, key=lambda each: each.path)]
    return "\n".join([*lines, "{}", "]", "}", ""]).encode()


_json = json.JSONEncoder(ensure_ascii=False).encode


def _spelt_record(record: Record) -> dict[str, object]:
    known = {
        "id": record.id, "address": record.address, "title": record.title, "published": record.published,
        "updated": record.updated, "imprint": record.imprint, "feeds": dict(sorted(record.feeds)),
        "shown": sorted(record.shown), "first": record.first, "former": sorted(record.former), "gone": record.gone,
        "out": record.out,
    }  # fmt: skip
    return {key: value for key, value in known.items() if value or key in {"address", "title"}}


def _spelt_outlet(outlet: Outlet) -> dict[str, str]:
    known = {"path": outlet.path, "id": outlet.id, "heir": outlet.heir, "gone": outlet.gone}
    return {key: value for key, value in known.items() if value}
