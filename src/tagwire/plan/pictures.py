"""Smaller pictures: which will exist, where, and how a page names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from tagwire.model import File, PictureFormat, Shown, Smaller, Variant
from tagwire.plan.outline import picture
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tagwire.model import Measure
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground

_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)


def measured(measures: Mapping[str, Measure | None], sources: Mapping[str, str]) -> dict[str, Measure]:
    """Measures by address instead of by path. `content/static/` is copied as it is, and nothing is added to it."""
    found = {path: measure for path, measure in measures.items() if measure and path in sources}
    return {
        sources[path]: replace(measure, smaller=()) if path.startswith("content/static/") else measure
        for path, measure in found.items()
    }


def all_pictures(measures: Mapping[str, Measure], assets: Mapping[str, File]) -> Iterator[Item]:
    """The smaller ones of every picture, by address: which pages show it is up to texts, and they decide nothing."""
    for address, measure in sorted(measures.items()):
        for width in measure.smaller:
            for kind in _FORMATS:
                path, source = _address(address, width, kind), assets[address]
                yield picture(path, _smaller, path, source.path, str(source.digest), source.size, width, kind)


def _smaller(_: Ground, path: str, source: str, digest: str, size: int, width: int, kind: PictureFormat) -> Variant:
    return Variant(path, File(source, digest, size), width, kind)


def shown(address: str, measure: Measure, url: Callable[[str], str]) -> Shown:
    """A picture as a page names it; `url` is the page's own."""
    sources = tuple(
        Smaller(
            f"image/{kind}",
            ", ".join(f"{url(_address(address, width, kind))} {width}w" for width in measure.smaller),
        )
        for kind in _FORMATS
        if measure.smaller
    )
    return Shown(url(address), measure.width, measure.height, sources)


def _address(address: str, width: int, kind: PictureFormat) -> str:
    return f"{address.rpartition('.')[0]}-{width}w.{kind}"


def broken(paths: Iterable[str]) -> Iterator[Problem]:
    """Pictures that can't be read."""
    for path in paths:
        hint = "open it in a program for pictures and save it anew; browsers may show nothing"
        yield Problem(path, 0, 0, "image-broken", "the picture can't be read", hint, severity="warning")
