"""The paragraphs of an RTF file as HTML: runs of text, list items, cells of tables."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from tagwire.intake import stylenames

_ORDER: Final = ("code", "sub", "sup", "s", "em", "strong")
"""Elements from the innermost."""
_BULLET: Final = re.compile(r"[•·▪◦○●■□–—*o§\uf0a7\uf0b7-]\Z")
_NUMBER: Final = re.compile(r"\(?(\d{1,4}|[a-z]|[ivxlc]{1,6})[.)]*\Z", re.IGNORECASE)
_TITLE: Final = re.compile(r"\s*(?:title|titel)\s*;?\s*\Z", re.IGNORECASE)
_LEVELS: Final = 8


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

    def picture(self, name: str) -> None:
        """A picture that comes along."""
        self._runs.append((f'<img src="attachment:{escape(name)}" alt="">', frozenset(), ""))

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
                cells = "".join(f"<td>{cell}</td>" for cell in self._row)
                self._blocks.append(("tr", 0, f"<tr>{cells}</tr>"))
                self._row = []
            case _:  # looks, which Markdown has none of
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
        elif heading:
            self._blocks.append((f"h{heading}", 0, text))
        elif bullet and (_BULLET.match(bullet) or _NUMBER.match(bullet)):
            self._blocks.append(("ul" if _BULLET.match(bullet) else "ol", self._level, text))
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
                out.append(f"<table>{''.join(row for _, _, row in self._blocks[at:end])}</table>")
            elif kind in ("ul", "ol"):
                out.append(_listed(self._blocks[at:end]))
            elif kind == "said-title":
                out.append(f'<p class="said-title">{text}</p>')
            else:
                out.append(f"<{kind}>{text}</{kind}>")
            at = max(end, at + 1)
        return "".join(out)


def _together(kind: str, other: str) -> bool:
    return (kind == other == "tr") or (kind in ("ul", "ol") and other in ("ul", "ol"))


def _listed(items: list[tuple[str, int, str]]) -> str:
    """Items with their levels as lists within each other."""
    out: list[str] = []
    open_: list[str] = []
    for kind, level, text in items:
        while len(open_) > level + 1 or (len(open_) == level + 1 and open_[-1] != kind):
            out.append(f"</li></{open_.pop()}>")
        if len(open_) == level + 1:
            out.append("</li>")
        while len(open_) <= level:
            out.append(f"<{kind}>" if len(open_) == level else f"<{kind}><li>")
            open_.append(kind)
        out.append(f"<li>{text}")
    out += [f"</li></{kind}>" for kind in reversed(open_)]
    return "".join(out)


def target(instruction: str) -> str:
    """The address in a field's instruction; empty if it is no link to elsewhere."""
    found = re.match(r"""\s*HYPERLINK\s+(?!\\l)(?:"([^"]*)"|(\S+))""", instruction)
    return (found[1] or found[2] or "") if found else ""
