"""Times the conversion of an article: web pages and plain texts, in one warm process.

    python bench/articles.py --pages DIR

DIR is what `bench/convert.py` takes. Every page is converted three times and the best counts, in milliseconds of
processor time. `trafilatura.extract` has the same pages first, so that machines can be compared: once Tagwire has run,
its searches are quicker (`intake/searches.py`). The texts are the same articles without markup. About a minute.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

import trafilatura

from tagwire import intake
from tagwire.intake.found import Asked, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = Asked(site="", modified=datetime(2020, 1, 1, tzinfo=UTC))
ROUNDS = 3


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def page(data: bytes) -> object:
    """A page, converted."""
    return intake.convert(data, "sources/page.html", ASKED)


def text(data: bytes) -> object:
    """A plain text, converted."""
    return intake.convert(data, "sources/page.txt", ASKED)


def best(sources: list[bytes], *ways: Callable[[bytes], object]) -> list[list[float]]:
    """Of each way the best time of each source, the ways in turn."""
    for way in ways:
        way(sources[0])
    times = [[float("inf")] * len(sources) for _ in ways]
    for at, source in enumerate(sources):
        for _ in range(ROUNDS):
            for number, way in enumerate(ways):
                times[number][at] = min(times[number][at], spent(lambda way=way, source=source: way(source)))
    return times


def row(name: str, sources: list[bytes], times: list[float]) -> str:
    """The line of a table."""
    size = mean(map(len, sources)) / 1000
    return f"{name:24}{len(sources):>6}{size:>8.1f} kB{mean(times):>9.2f}{median(times):>9.2f}{max(times):>9.1f}"


def main() -> None:
    """Prints the mean, the median and the worst of each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, required=True)
    folder = options.parse_args().pages
    logging.disable(logging.CRITICAL)
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in truth]
    texts = [value["articleBody"].encode() for value in truth.values()]
    (theirs,) = best(pages, trafilatura.extract)
    refused = sum(isinstance(way(each), Refused) for way, all_ in ((page, pages), (text, texts)) for each in all_)
    print(f"{'ms of processor time':24}{'count':>6}{'each':>11}{'mean':>9}{'median':>9}{'worst':>9}")
    (ours,) = best(pages, page)
    print(row("page, tagwire", pages, ours))
    print(row("page, trafilatura", pages, theirs))
    (plain,) = best(texts, text)
    print(row("text, tagwire", texts, plain))
    print(f"tagwire / trafilatura: {mean(ours) / mean(theirs):.2f}; refused: {refused}")


if __name__ == "__main__":
    main()
