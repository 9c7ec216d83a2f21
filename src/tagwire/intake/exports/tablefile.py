"""Tables of text (CSV, RFC 4180) as exports have them: a header, then a row an article."""

from __future__ import annotations

import csv
import sys
from typing import IO, TYPE_CHECKING

from tagwire.intake.bundle import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = min(sys.maxsize, 1 << 26)


def rows(stream: IO[bytes]) -> Iterator[dict[str, str]]:
    """The rows by the names of their columns, one by one.

    Raises:
        Broken: it is no table.
    """
    csv.field_size_limit(_LONGEST)
    lines = (line.decode("utf-8", "replace").replace("\0", "") for line in stream)
    reader = csv.reader(_without_mark(lines))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for cells in reader:
            if any(cells):
                yield dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise Broken("export-broken", f"this table can't be read: {error}", "export or download it anew") from error


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line
