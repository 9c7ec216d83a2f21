"""The ledger's file: JSON with one entry a line, sorted, so that git merges what two people published.

Each line ends in a comma, the last one too, since an empty object stands behind it: a new line touches no other.
Where both sides of a merge have a line of the same article (git's `merge=union` keeps both), they are made one.
"""

from __future__ import annotations

import json
import operator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tagwire.ledger import columns
from tagwire.model import Ledger, Outlet, Record
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = 1
"""What `"tagwire-ledger"` says. A higher one is refused: rewriting the file would lose what we don't know."""

_MARKS = ("<<<<<<< ", ">>>>>>> ")
_RESTORE = "take the file from its last good state: `git checkout content/ledger.json`"


def parse(data: bytes, path: str, *, is_checked: bool = False) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """The ledger in these bytes, or why there is none; `is_checked`: they were read before, and all was well."""
    text = data.decode("utf-8-sig", errors="replace")
    try:
        return _ledger(json.loads(text), is_checked=is_checked), ()
    except json.JSONDecodeError as error:
        if line := min((found for mark in _MARKS if (found := _marked(text, mark))), default=0):
            return None, (_conflict(path, line, text),)
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


def _conflict(path: str, line: int, text: str) -> Problem:
    hint = "keep the lines of both sides, delete git's marks, and build again"
    message = "two versions of this file were merged, and git's marks are still in it"
    return Problem(path, line, 1, "ledger-conflict", message, hint, text.split("\n")[line - 1], 7)


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


def _ledger(found: Any, *, is_checked: bool) -> Ledger:  # noqa: ANN401 - any JSON
    schema = found.get("tagwire-ledger") if isinstance(found, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise _Damaged('not what Tagwire wrote: the first line says no `"tagwire-ledger": 1`')
    if schema > SCHEMA:
        raise _Newer(schema)
    if set(found) != {"tagwire-ledger", "site", "articles", "feeds"} or not isinstance(found["site"], str):
        raise _Damaged("not what Tagwire wrote: it has `site`, `articles` and `feeds`, and nothing else")
    lines = _items(found, "articles")
    if not is_checked and not columns.are_known(lines):
        for item in lines:
            _check_article(item)
    records = sorted(map(_record, lines), key=_ID)
    if any(map(operator.eq, map(_ID, records), map(_ID, records[1:]))):
        records = [_one(list(same)) for _, same in groupby(records, key=_ID)]
    outlets = sorted(map(_outlet, _items(found, "feeds")), key=lambda outlet: outlet.path)
    by_path = groupby(outlets, key=lambda outlet: outlet.path)
    return Ledger(found["site"], tuple(records), tuple(next(same) for _, same in by_path))


_ID = operator.attrgetter("id")


def _items(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = found[key]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _Damaged(f"not what Tagwire wrote: `{key}` is not a list of objects")
    return [item for item in items if item]


# ------------------------------------------------------------------ one line


def _check_article(item: dict[str, Any]) -> None:
    name = item.get("id")
    if not isinstance(name, str) or not name:
        raise _Damaged("an article without `id`")
    _known(item, _ARTICLE, name)
    if missing := next((key for key in columns.NEEDED if key not in item), ""):
        raise _Damaged(f"an article without `{missing}`", name)


def _record(item: dict[str, Any]) -> Record:
    get = item.get
    return _made((
        item["id"], item["address"], item["title"], item["published"], item["updated"], get("imprint", ""),
        tuple(sorted(item["feeds"].items())) if "feeds" in item else (),
        tuple(sorted(item["shown"])) if "shown" in item else (), get("first", ""),
        tuple(sorted(item["former"])) if "former" in item else (), get("gone", ""), get("out", ""),
    ))  # fmt: skip


_made = Record._make


def _outlet(item: dict[str, Any]) -> Outlet:
    name = item.get("path")
    if not isinstance(name, str) or not name or not columns.is_inside(name):
        raise _Damaged("a feed without a `path` inside the site")
    _known(item, _FEED, name)
    if "id" not in item:
        raise _Damaged("a feed without `id`", name)
    return Outlet(name, item["id"], item.get("heir", ""), item.get("gone", ""))


def _text(value: object) -> bool:
    return isinstance(value, str)


def _moment(value: object) -> bool:
    return isinstance(value, str) and columns.is_moment(value)


def _path(value: object) -> bool:
    return isinstance(value, str) and columns.is_inside(value)


def _paths(value: object) -> bool:
    return isinstance(value, list) and all([_path(each) for each in value])  # noqa: C419 - a list: quicker


def _places(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all([columns.is_inside(folder) and _is_place(place) for folder, place in value.items()])  # noqa: C419 - as above


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
    return last._replace(
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
