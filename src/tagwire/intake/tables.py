"""Tables: those of one head and single cells as pipes, those with spans or blocks in cells as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.intake import inline, rawhtml
from tagwire.intake.htmltree import BLOCKS, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.media import Context

_ALIGNED = {"left": ":---", "right": "---:", "center": ":---:"}


def table(element: html.HtmlElement, context: Context, *, nested: bool) -> str:
    """The table as Markdown or HTML; empty if it only places things on the page."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    grid = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    grid = [row for row in grid if row and not _repeats_head(row, grid[0])]
    if _is_layout(element, grid):
        return ""
    if nested or not _is_simple(element, grid):
        return rawhtml.block(element, context)
    return _pipes(grid, context)


def _is_layout(element: html.HtmlElement, grid: list[list[html.HtmlElement]]) -> bool:
    """Whether the table has no rows and columns worth the name."""
    headed = any(cell.tag == "th" for row in grid for cell in row) or any(part.tag == "caption" for part in element)
    if element.get("role") in ("presentation", "none") or (
        not headed
        and (
            max(map(len, grid), default=0) < 2
            or len(grid) < 2
            or next(element.iterdescendants("table"), None) is not None
        )
    ):
        return True
    return not text_of(element).strip()


def _is_simple(element: html.HtmlElement, grid: list[list[html.HtmlElement]]) -> bool:
    if (
        any(text_of(caption).strip() for caption in element.iter("caption"))
        or len({len(row) for row in grid}) != 1
        or len(grid) < 2
    ):
        return False
    if not all(cell.tag == "th" for cell in grid[0]) or not any(text_of(cell).strip() for cell in grid[0]):
        return False
    return all(_is_plain(cell) for row in grid for cell in row)


def _repeats_head(row: list[html.HtmlElement], head: list[html.HtmlElement]) -> bool:
    """Whether a row of `<tfoot>` says again what the head says, for the end of a long table."""
    if next(row[0].iterancestors("tfoot"), None) is None:
        return False
    return [text_of(cell).split() for cell in row] == [text_of(cell).split() for cell in head]


def _is_plain(cell: html.HtmlElement) -> bool:
    spans = any(cell.get(name, "1").strip() not in ("1", "") for name in ("colspan", "rowspan"))
    blocks = [child for child in cell.iterdescendants() if child.tag in BLOCKS]
    return not spans and (not blocks or (len(blocks) == 1 and blocks[0].tag == "p" and blocks[0].getparent() is cell))


def _pipes(grid: list[list[html.HtmlElement]], context: Context) -> str:
    rows = [[_content(cell, context) for cell in row] for row in grid]
    rule = [_ALIGNED.get(cell.get("align", "").lower(), "---") for cell in grid[0]]
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]])


def _content(cell: html.HtmlElement, context: Context) -> str:
    inner = next((child for child in cell if child.tag == "p"), cell)
    return inline.table_cell(inner, context)
