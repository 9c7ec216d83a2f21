"""The paragraphs of an RTF file as HTML: runs of text, list items, cells of tables."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import Final

from tagwire.intake import rtftable, stylenames
from tagwire.intake.rtftable import Cell, Row

_ORDER: Final = ("code", "sub", "sup", "s", "em", "strong")
"""Elements from the innermost."""
_BULLET: Final = re.compile(r"[•·▪◦○●■□–—*o§\uf0a7\uf0b7-]\Z")
_NUMBER: Final = re.compile(r"\(?(\d{1,4}|[a-z]|[ivxlc]{1,6})[.)]*\Z", re.IGNORECASE)
_TITLE: Final = re.compile(r"\s*(?:title|titel)\s*;?\s*\Z", re.IGNORECASE)
_LEVELS: Final = 8
_KINDS: Final = {
    **{name.lower(): "blockquote" for name in stylenames.QUOTES},
    **{name.lower(): "pre" for name in stylenames.CODES},
    **{name.lower(): "caption" for name in stylenames.CAPTIONS},
}
"""What paragraphs of a style are."""


class Flow:
    """One stream of paragraphs: the text, or a footnote."""

    def __init__(self) -> None:
        self.bullet = ""
        self.style = ""
        """Name of the paragraph's style."""
        self._runs: list[tuple[str, frozenset[str], str]] = []
        self._blocks: list[tuple[str, int, str]] = []
        """(kind, level, HTML) of each: `p`, `h2`, `ul`, `ol`, `tr`."""
        self._cell: list[str] = []
        self._row: list[str] = []
        self._defined: list[Cell] = []
        self._next = Cell()
        self._head = False
        self._rows: dict[int, Row] = {}
        """The rows among the blocks, by their place."""
        self._in_table = False
        self._level = 0
        self._outline = 0

    # -------------------------------------------------------------- what comes in

    def write(self, text: str, marks: frozenset[str], link: str) -> None:
        """Text that is marked in some way; a line feed ends a paragraph."""
        for number, part in enumerate(text.split("\n")):
            if number:
                self._paragraph()
            if part:
                self._runs.append((escape(part, quote=False).replace("\v", "<br>"), marks, link))

    def mark(self, number: int) -> None:
        """The mark of a footnote."""
        text = f'<sup><a id="rtf-mark-{number}" href="#rtf-note-{number}">{number}</a></sup>'
        self._runs.append((text, frozenset(), ""))

    def picture(self, name: str, alt: str) -> None:
        """A picture that comes along."""
        self._runs.append((f'<img src="attachment:{escape(name)}" alt="{escape(alt)}">', frozenset(), ""))

    def take(self, name: str, value: int | None) -> None:
        """What a control word says of the paragraph."""
        match name:
            case "pard":
                self._in_table, self._level, self._outline, self.style = False, 0, 0, ""
            case "intbl":
                self._in_table = True
            case "outlinelevel":
                self._outline = min(6, (value or 0) + 1) if (value or 0) < 9 else 0
            case "ilvl":
                self._level = min(_LEVELS, value or 0)
            case "cell" | "nestcell":
                self._row.append("".join([*self._cell, f"<p>{self._inline()}</p>"]))
                self._cell = []
            case "row" | "nestrow":
                told = [*self._defined, *(Cell() for _ in self._row)]
                cells = [replace(cell, html=html) for cell, html in zip(told, self._row, strict=False)]
                self._rows[len(self._blocks)] = Row(cells, self._head)
                self._blocks.append(("tr", 0, ""))
                self._row = []
            case _:
                self._define(name, value)

    def _define(self, name: str, value: int | None) -> None:
        """What a control word says of the cells of a row; others are looks, which Markdown has none of."""
        match name:
            case "trowd":
                self._defined, self._next, self._head = [], Cell(), False
            case "trhdr":
                self._head = True
            case "clmrg" | "clvmrg":
                self._next.beside |= name == "clmrg"
                self._next.above |= name == "clvmrg"
            case "cellx":
                self._next.edge = value or 0
                self._defined.append(self._next)
                self._next = Cell()
            case _:
                pass

    # -------------------------------------------------------------- what goes out

    def _paragraph(self) -> None:
        if self._in_table:
            self._cell.append(f"<p>{self._inline()}</p>")
            return
        heading = stylenames.level(self.style) or self._outline
        bullet, self.bullet = self.bullet, ""
        text = self._inline()
        if _TITLE.match(self.style):
            self._blocks.append(("said-title", 0, text))
        elif kind := _KINDS.get(self.style.strip(" ;").lower()):
            self._blocks.append((kind, 0, text))
        elif heading:
            self._blocks.append((f"h{heading}", 0, text))
        elif bullet and (_BULLET.match(bullet) or _NUMBER.match(bullet)):
            number = re.fullmatch(r"\(?(\d{1,4})[.)]*", bullet)
            kind = "ul" if _BULLET.match(bullet) else f'ol start="{number[1]}"' if number else "ol"
            self._blocks.append((kind, self._level, text))
        else:
            self._blocks.append(("p", 0, text))

    def _inline(self) -> str:
        """The runs so far; neighbours of one look are one."""
        out: list[str] = []
        merged: list[tuple[str, frozenset[str], str]] = []
        for text, marks, link in self._runs:
            if merged and merged[-1][1:] == (marks, link):
                merged[-1] = (merged[-1][0] + text, marks, link)
            else:
                merged.append((text, marks, link))
        self._runs = []
        for text, marks, link in merged:
            for tag in _ORDER:
                if tag in marks and text.strip():
                    text = f"<{tag}>{text}</{tag}>"  # noqa: PLW2901 - from the inside out
            out.append(f'<a href="{escape(link)}">{text}</a>' if link else text)
        return "".join(out)

    def html(self) -> str:
        """All of it."""
        if self._runs:
            self._in_table = False
            self._paragraph()
        out: list[str] = []
        at = 0
        while at < len(self._blocks):
            kind, _, text = self._blocks[at]
            end = at
            while end < len(self._blocks) and _together(kind, self._blocks[end][0]):
                end += 1
            if kind == "tr":
                out.append(rtftable.html([self._rows[each] for each in range(at, end)]))
            elif kind.startswith(("ul", "ol")):
                out.append(_listed(self._blocks[at:end]))
            elif kind in ("said-title", "caption"):
                out.append(f'<p class="{kind}">{text}</p>')
            elif kind in ("blockquote", "pre"):
                parts = (part for _, _, part in self._blocks[at:end])
                inside = "\n".join(parts) if kind == "pre" else "".join(f"<p>{part}</p>" for part in parts)
                out.append(f"<{kind}>{inside}</{kind}>")
            else:
                out.append(f"<{kind}>{text}</{kind}>")
            at = max(end, at + 1)
        return "".join(out)


def _together(kind: str, other: str) -> bool:
    return (kind == other and kind in ("tr", "blockquote", "pre")) or (_is_list(kind) and _is_list(other))


def _is_list(kind: str) -> bool:
    return kind.startswith(("ul", "ol"))


def _listed(items: list[tuple[str, int, str]]) -> str:
    """Items with their levels as lists within each other; one begins with the number of its first."""
    out: list[str] = []
    open_: list[str] = []
    for told, level, text in items:
        kind = told[:2]
        while len(open_) > level + 1 or (len(open_) == level + 1 and open_[-1] != kind):
            out.append(f"</li></{open_.pop()}>")
        if len(open_) == level + 1:
            out.append("</li>")
        while len(open_) <= level:
            out.append(f"<{told}>" if len(open_) == level else f"<{kind}><li>")
            open_.append(kind)
        out.append(f"<li>{text}")
    out += [f"</li></{kind}>" for kind in reversed(open_)]
    return "".join(out)
