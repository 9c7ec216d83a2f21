"""What has been made of an export: one line an article, beside the export, committed with it.

By it a build knows without reading an export that all of it is done, and that an article which isn't there any more
was deleted by its owner. Its lines are `sha256 of the item, tab, path of the article or "-", tab, key of the item`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire.disk import work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIX = ".items"
_HEAD = "tagwire-items 1 "


@dataclass(frozen=True, slots=True)
class Line:
    """What was made of one item."""

    sha256: str
    path: str
    """Of the article, relative to the folder that all results go to; empty where it was refused."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was made of an export."""

    sha256: str
    """Of the export's bytes, when all of it was done; empty if it never was."""
    lines: Mapping[str, Line]


def beside(source: Path) -> Path:
    """Where the receipt of an export lies."""
    return source.with_name(source.name + SUFFIX)


def read(source: Path) -> Receipt:
    """The receipt of an export; an empty one where there is none, or none that can be read."""
    path = beside(source)
    if not path.is_file():
        return Receipt("", {})
    head, *rows = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if not head.startswith(_HEAD):
        return Receipt("", {})
    cells = (row.split("\t", 2) for row in rows)
    lines = {row[2]: Line(row[0], row[1].removeprefix("-")) for row in cells if len(row) == 3}
    return Receipt(head.removeprefix(_HEAD), lines)


def elsewhere(source: Path) -> dict[str, Line]:
    """What was made of other exports in the same folder, where a key means the same in all exports: it has a colon.

    A newer export of the same blog often has another name, with the day in it.
    """
    found: dict[str, Line] = {}
    for other in sorted(source.parent.glob(f"*{SUFFIX}")):
        if other != beside(source):
            lines = read(other.with_name(other.name.removesuffix(SUFFIX))).lines
            found |= {key: line for key, line in lines.items() if ":" in key}
    return found


def write(source: Path, receipt: Receipt) -> None:
    """Keeps the receipt of an export."""
    rows = [f"{line.sha256}\t{line.path or '-'}\t{key}" for key, line in receipt.lines.items()]
    text = "\n".join([_HEAD + receipt.sha256, *rows, ""])
    if not beside(source).is_file() or beside(source).read_text(encoding="utf-8", errors="replace") != text:
        work.replace(beside(source), text.encode())
