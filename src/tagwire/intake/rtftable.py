"""A table of an RTF file: cells end at edges, by which those that are merged are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_NEAR: Final = 60
"""Twips (1/1440 inch) by which edges of rows may differ and be one."""

_MANY: Final = 200
"""Columns of no table that somebody reads."""


@dataclass(slots=True)
class Cell:
    """What a row says of a cell, before its text comes."""

    edge: int = 0
    """Where it ends, in twips."""
    beside: bool = False
    """It is merged with the one before it."""
    above: bool = False
    """It is merged with the one above it."""
    html: str = ""
    wide: int = 1
    high: int = 1


@dataclass(slots=True)
class Row:
    """A row; `head` says that it is repeated on every page."""

    cells: list[Cell] = field(default_factory=list)
    head: bool = False


def html(rows: list[Row]) -> str:
    """The table."""
    for row in rows:
        row.cells = _merged(row.cells)
    _widen(rows)
    heads = next((at for at, row in enumerate(rows) if not row.head), 0)
    _heighten(rows)
    while heads and heads < len(rows) and any(cell.above for cell in rows[heads].cells):  # the head goes on
        heads += 1
    out = []
    for at, row in enumerate(rows):
        tag = "th" if at < heads else "td"
        cells = (cell for cell in row.cells if not cell.above)
        out.append("".join(f"<{tag}{_span(cell)}>{cell.html}</{tag}>" for cell in cells))
    return f"<table>{''.join(f'<tr>{cells}</tr>' for cells in out)}</table>"


def _span(cell: Cell) -> str:
    wide = f' colspan="{cell.wide}"' if cell.wide > 1 else ""
    return wide + (f' rowspan="{cell.high}"' if cell.high > 1 else "")


def _merged(cells: list[Cell]) -> list[Cell]:
    """Cells beside each other that are one."""
    out: list[Cell] = []
    for cell in cells:
        if cell.beside and out:
            out[-1].wide += 1
            out[-1].edge = cell.edge
        else:
            out.append(cell)
    return out


def _widen(rows: list[Row]) -> None:
    """Where rows have unlike numbers of cells, each is as wide as the columns that it covers."""
    if len({sum(cell.wide for cell in row.cells) for row in rows}) == 1 or any(
        cell.edge <= 0 for row in rows for cell in row.cells
    ):
        return
    edges: list[int] = []
    for edge in sorted(cell.edge for row in rows for cell in row.cells):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    if len(edges) > _MANY:
        return
    for row in rows:
        before = 0
        for cell in row.cells:
            until = sum(edge <= cell.edge for edge in edges)
            cell.wide = max(1, until - before)
            before = until


def _heighten(rows: list[Row]) -> None:
    """Cells below each other that are one; of a lone one there is nothing to be merged with."""
    open_: dict[int, Cell] = {}
    for row in rows:
        column = 0
        for cell in row.cells:
            first = open_.get(column)
            if cell.above and first is not None:
                first.high += 1
            else:
                cell.above = False
                open_[column] = cell
            column += cell.wide
