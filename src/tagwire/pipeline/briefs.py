"""What each layout of a site compares of every article, kept apart from what only few of its pages show."""

from __future__ import annotations

import datetime as dt
import json
import operator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tagwire import digests
from tagwire.model import Article, Head, Place, Provenance, When, filler, late

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.pipeline.steps import Reading

    Load = Callable[[], Article]

_PLAIN = tuple("path address title summary lang draft noindex canonical image id feed series bulk date_source".split())
_LISTS = ("aliases", "authors", "tags")
_RARE = ("corrections", "retracted", "enclosure")
"""Told where there is none; else they come with the rest."""
_NOTHING: dict[str, object] = {"corrections": (), "retracted": None, "enclosure": None}
_SOURCE = ("path", "sha256", "converted", "item")


def told(reading: Reading) -> str:
    """A line of JSON, for `restored`; `null` where the whole reading must be looked at."""
    article = reading.article
    head = article.meta if article else None
    if reading.problems or article is None or not isinstance(head, Head):
        return "null"
    source = head.source
    return digests.told(
        [
            [getattr(head, name) for name in _PLAIN],
            [getattr(head, name) for name in _LISTS],
            head.translations,
            _spelt(head.published),
            _spelt(head.updated) if head.updated != head.published else None,
            _spelt(head.expires) if head.expires else None,
            [getattr(source, name) for name in _SOURCE] if source else None,
            [name for name in _RARE if not getattr(head, name)],
            [place.key for place in article.crossings],
            article.imprint,
        ]
    )


def _spelt(when: When) -> list[object]:
    return [when.at.isoformat(), when.timed]


def restored(lines: list[str]) -> list[Any]:
    """What stands in these lines, for `article`; None where it must be looked at whole."""
    return json.loads(f"[{','.join(lines)}]")  # type: ignore[no-any-return]


def article(brief: Any, load: Load) -> Article:  # noqa: ANN401 - what a line says
    """The article of a brief; `load` gives the whole, when somebody looks at more."""
    plain, lists, translations, published, updated, expires, source, rare, crossings, imprint = brief
    first = When(dt.datetime.fromisoformat(published[0]), published[1])
    pairs = tuple([(lang, link) for lang, link in translations]) if translations else ()
    dates = (first, _when(updated) or first, _when(expires))
    values = (*plain, *map(tuple, lists), pairs, *dates, _source(source, load) if source else None)
    if len(rare) == len(_RARE):
        meta = _head_of(lambda: _head(load()), (*values, *_NOTHING.values()))
    else:
        known = dict(zip(_KNOWN, values, strict=True)) | {name: _NOTHING[name] for name in rare}
        meta = late(Head, lambda: _head(load()), known)
    links = tuple([_crossing(key, number, load) for number, key in enumerate(crossings)]) if crossings else ()
    return _article_of(load, (meta, links, imprint))


_KNOWN = (*_PLAIN, *_LISTS, "translations", "published", "updated", "expires", "source")
_head_of = filler(Head, (*_KNOWN, *_NOTHING))
_article_of = filler(Article, ("meta", "crossings", "imprint"))


class _Rest:
    """Gives a head whole. It is smaller than a function would be, and there is one for each article."""

    __slots__ = ("_at", "_load", "_number")

    def __init__(self, load: Callable[[int, int], Article], at: int, number: int) -> None:
        self._load, self._at, self._number = load, at, number

    def __call__(self) -> Head:
        return _head(self._load(self._at, self._number))


_MOST = tuple(each.name for each in fields(Head) if each.name not in {"places", "updated"})
_most = operator.attrgetter(*_MOST)
_light_of = filler(Head, (*_MOST, "updated"))
_beside = operator.attrgetter(*[each.name for each in fields(Article)][1:])
"""All of an article but the first, which is `meta`."""


def light(whole: Article, load: Callable[[int, int], Article], at: int, number: int) -> Article:
    """The same article without what only problems tell of it, which is a quarter: `load(at, number)` gives that."""
    head = whole.meta
    if not isinstance(head, Head):
        return whole
    updated = head.published if head.updated == head.published else head.updated
    return Article(_light_of(_Rest(load, at, number), (*_most(head), updated)), *_beside(whole))


def _when(told: list[Any] | None) -> When | None:
    return When(dt.datetime.fromisoformat(told[0]), told[1]) if told else None


def _source(told: list[str], load: Load) -> Provenance:
    return late(Provenance, lambda: _head(load()).source, dict(zip(_SOURCE, told, strict=True)))


def _head(whole: Article) -> Head:
    if not isinstance(whole.meta, Head):
        raise TypeError(whole.meta.path)
    return whole.meta


def _crossing(key: str, number: int, load: Load) -> Place:
    return late(Place, lambda: load().crossings[number], {"key": key})
