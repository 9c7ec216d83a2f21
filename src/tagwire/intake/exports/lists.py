"""Lists of other generators as Python-Markdown reads them: nested by four spaces, apart from the paragraph above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tagwire.intake.exports import fences

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM: Final = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> {1,4})(?=\S)")
_INTERRUPTS: Final = re.compile(r"(?:[-*+]|1[.)]) ")
"""What begins a list right below a paragraph (CommonMark 0.31, 5.3); elsewhere a number there is one of the text."""
_NO_PARAGRAPH: Final = re.compile(r"[<|#>\x00]| {4}|:|\[\^")
_KEPT: Final = re.compile("\\s*\x00(\\d+)\x00\\s*\\Z")


@dataclass(slots=True)
class _Lines:
    """The lines so far, and the columns to the text of each list that is open."""

    out: list[str] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    blank: bool = False


def nested(text: str, kept: Sequence[str]) -> str:
    """`text` with its lists nested by four spaces; others take two or three. `kept` are its blocks of code."""
    state = _Lines()
    for line in text.split("\n"):
        if not line.strip():
            state.blank = True
            state.out.append(line)
            continue
        _line(line, kept, state)
        state.blank = False
    return "\n".join(state.out)


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
    while state.stack and indent < state.stack[-1]:
        state.stack.pop()
    above = state.out[-1] if state.out else ""
    if not (state.stack or state.blank) and above and _INTERRUPTS.match(line.lstrip(" ")):
        opened = _ITEM.match(above) or _NO_PARAGRAPH.match(above)
        state.out += [] if opened else [""]
    mark = item["mark"].replace(")", ".") if item["mark"][-1] == ")" else item["mark"]
    state.out.append(f"{' ' * 4 * len(state.stack)}{mark} {line[item.end() :]}")
    state.stack.append(indent + len(item["mark"]) + len(item["gap"]))


def _code(block: str, line: str, indent: int, state: _Lines) -> None:
    """Code of an item, or at the margin, where it ends the list."""
    if state.stack and indent >= 2:
        _close(indent, state)
        state.out += ["", *fences.indented(block, 4 * len(state.stack)), ""]
    else:
        state.stack.clear()
        state.out += [*([""] if state.out and state.out[-1].strip() else []), line.lstrip(" ")]


def _close(indent: int, state: _Lines) -> None:
    while len(state.stack) > 1 and indent < state.stack[-1]:
        state.stack.pop()
