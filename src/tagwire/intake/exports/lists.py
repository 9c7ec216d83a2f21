"""Lists of other generators as Python-Markdown reads them: nested by four spaces, apart from the paragraph above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tagwire.intake.exports import fences

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM: Final = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> {1,4})(?=\S)")
_MARKED: Final = re.compile(r"\A( *\S+) +")
"""An item's mark is made as wide as the four spaces below it: to CommonMark code begins four behind the item's text."""
_INTERRUPTS: Final = re.compile(r"(?:[-*+]|1[.)]) ")
"""What begins a list right below a paragraph (CommonMark 0.31, 5.3); elsewhere a number there is one of the text."""
_NO_PARAGRAPH: Final = re.compile(r"[<|#>\x00]| {4}|:|\[\^")
_QUOTATION: Final = re.compile(r"^ {0,3}>[^\n]*(?:\n {0,3}>[^\n]*)*", re.MULTILINE)
_QUOTED: Final = re.compile(r"(?m)^ {0,3}>[ >]*(?:[-*+] |\d{1,9}[.)] |\x00)")
"""A line of a quotation with an item, or with code."""
_DEEPEST: Final = 12
"""Quotations within each other."""
_KEPT: Final = re.compile("\\s*\x00(\\d+)\x00\\s*\\Z")


@dataclass(slots=True)
class _Lines:
    """The lines so far, and the columns to the text of each list that is open."""

    out: list[str] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    """Where in `out` the first line of the last item of each begins."""
    blank: bool = False
    apart: bool = False
    """A blank line was put below code."""
    quoted: bool = False
    """They stand in a quotation, where code has no fences."""


def nested(text: str, kept: Sequence[str], depth: int = 0) -> str:
    """`text` with its lists nested by four spaces; others take two or three.

    `kept` are its blocks of code, and `depth` is the number of quotations around it.
    """
    if depth < _DEEPEST:
        text = _QUOTATION.sub(lambda found: _quoted(found[0], kept, depth + 1), text)
    state = _Lines(quoted=depth > 0)
    for line in text.split("\n"):
        if not line.strip():
            state.blank = True
            state.out += [] if state.apart else [line]
            continue
        state.apart = False
        _line(line, kept, state)
        state.blank = False
    return "\n".join(state.out)


def _quoted(text: str, kept: Sequence[str], depth: int) -> str:
    """A quotation, whose lists begin behind its mark."""
    if not _QUOTED.search(text):
        return text
    margin = " " * (len(text) - len(text.lstrip(" ")))
    inner = nested(re.sub(r"(?m)^ {0,3}> ?", "", text), kept, depth)
    return "\n".join(f"{margin}> {line}" if line else f"{margin}>" for line in inner.strip("\n").split("\n"))


def _line(line: str, kept: Sequence[str], state: _Lines) -> None:
    indent = len(line) - len(line.lstrip(" "))
    item, code = _ITEM.match(line), _KEPT.match(line)
    if code and kept[int(code[1])].startswith("```"):
        _code(kept[int(code[1])], line, indent, state)
    elif item and (state.stack or indent < 4):
        _item(line, indent, item, state)
    elif state.stack and (indent >= 2 or not state.blank):
        _close(indent, state)
        deeper = max(0, indent - state.stack[-1]) if state.blank else 0
        state.out.append(" " * (4 * len(state.stack) + deeper) + line.lstrip(" "))
    else:
        state.stack.clear()
        state.out.append(line)


def _item(line: str, indent: int, item: re.Match[str], state: _Lines) -> None:
    within = bool(state.stack)
    while state.stack and indent < state.stack[-1]:
        state.stack.pop()
    above = state.out[-1] if state.out else ""
    before = state.out[state.items[len(state.stack)] :] if within and len(state.items) > len(state.stack) else []
    if "" in before and above and not state.blank:
        state.out.append("")  # Python-Markdown takes what is right below a later paragraph for a part of it
    elif not (within or state.blank) and above and _INTERRUPTS.match(line.lstrip(" ")):
        opened = _ITEM.match(above) or _NO_PARAGRAPH.match(above)
        state.out += [] if opened else [""]
    mark = item["mark"].replace(")", ".") if item["mark"][-1] == ")" else item["mark"]
    del state.items[len(state.stack) :]
    state.items.append(len(state.out))
    state.out.append(f"{' ' * 4 * len(state.stack)}{mark} {line[item.end() :]}")
    state.stack.append(indent + len(item["mark"]) + len(item["gap"]))


def _code(block: str, line: str, indent: int, state: _Lines) -> None:
    """Code of an item, or at the margin, where it ends the list."""
    if state.stack and indent >= 2:
        _close(indent, state)
        at = state.items[len(state.stack) - 1]
        state.out[at] = _MARKED.sub(lambda found: found[1].ljust(4 * len(state.stack)), state.out[at])
        above = [] if state.out[-1] == "" else [""]
        state.out += [*above, *fences.indented(block, 4 * len(state.stack)), ""]
        state.apart = True
    else:
        state.stack.clear()
        lines = fences.indented(block, 0) if state.quoted else [line.lstrip(" ")]
        state.out += [*([""] if state.out and state.out[-1].strip() else []), *lines]


def _close(indent: int, state: _Lines) -> None:
    while len(state.stack) > 1 and indent < state.stack[-1]:
        state.stack.pop()
