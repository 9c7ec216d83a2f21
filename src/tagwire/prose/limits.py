"""What Python-Markdown and the HTML parser take minutes over, found before they begin.

Where a bracket, a backtick or a tag is never closed, the libraries look for its end through the rest of the text,
for each one anew: ten thousand in a row cost a minute. Here that work is reckoned beforehand, in one pass.
A text that people wrote comes to a thousandth of what is allowed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALLOWED = 3_000_000
"""Steps of a scan written in Python: some seconds. The other weights were measured against it."""
_MOST_NESTED = 3000
"""Elements inside of each other; the HTML parser's work grows with the square."""
_MOST_ABBREVIATIONS = 1000

_DEEP = re.compile(
    r"\n(?:(?: {4}|\t){60,}(?:[-*+]|\d+\.)[ \t]|[ \t]*(?:>[ \t]*){60}|(?:(?:[-*+]|\d+\.)[ \t]+){60,}[^\s*+-])"
)
"""A list's item or a quote on level 60, behind a line's end. Python-Markdown's own limit lies where Python's stack is
full: somewhere beyond 100, earlier or later by who called it. There it raises, or shows the rest as text."""
_BLOCK = re.compile(r"(?:[^\n]+(?:\n|\Z))+")
_BRACKET = re.compile(r"\\.|[\[\]]|\(|\)", re.DOTALL)
_TICKS = re.compile(r"`+")
_LATE = re.compile(r"<!\[|<[A-Za-z/!?]")
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]*\]:", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_NEVER_OPEN = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param rp rt source tbody td tfoot th thead tr "
    "track wbr".split()
)
"""Elements without an end tag, and those whose end tag HTML lets one leave out."""


class Tangled(Exception):
    """A text costs more than any that people write."""

    def __init__(self, what: str, line: str) -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        """The line with which the passage begins; empty where it is the whole text."""


class TooDeep(Exception):
    """A list or a quote has more levels than any that people write."""


def check_markdown(text: str) -> None:
    """Raises `Tangled` where `text`, its fenced code taken out, would take long, and `TooDeep` for lists."""
    if _DEEP.search(f"\n{text}"):
        raise TooDeep
    if "*[" in text and len(_ABBREVIATION.findall(text)) > _MOST_ABBREVIATIONS:
        raise Tangled(f"more than {_MOST_ABBREVIATIONS} abbreviations", "")
    if "<" in text and _unclosed_tags(text) > _ALLOWED:
        raise Tangled("too many tags that never end", text[text.rfind(">") + 1 :].lstrip().partition("\n")[0])
    if len(text) * (text.count("[") + text.count("](") + text.count("`")) <= _ALLOWED:
        return  # not even as one block
    for block in _blocks(text):
        if _unclosed_brackets(block) > _ALLOWED:
            raise Tangled("too many brackets that nothing closes", block.partition("\n")[0])
        if _unclosed_ticks(block) > _ALLOWED:
            raise Tangled("too many backticks that nothing closes", block.partition("\n")[0])


def check_html(html: str) -> None:
    """Raises `Tangled` where the HTML parser would have to nest very deep."""
    if html.count("<") <= _MOST_NESTED:
        return
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _NEVER_OPEN:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _MOST_NESTED:
                raise Tangled(f"more than {_MOST_NESTED} HTML elements inside of each other", "")


def _blocks(text: str) -> Iterator[str]:
    return (found[0] for found in _BLOCK.finditer(text))


def _unclosed_brackets(block: str) -> int:
    """How many characters are between brackets and what closes them, the block's end where nothing does."""
    if len(block) * (block.count("[") + block.count("](")) <= _ALLOWED:
        return 0
    cost, open_at, round_at = 0, [], []
    for found in _BRACKET.finditer(block):
        at, mark = found.start(), found[0]
        if mark == "[":
            open_at.append(at)
        elif mark == "]" and open_at:
            cost += at - open_at.pop()
        elif mark == "(" and block[at - 1 : at] == "]":
            round_at.append(at)
        elif mark == ")" and round_at:
            cost += at - round_at.pop()
    return cost + sum(len(block) - at for at in (*open_at, *round_at))


def _unclosed_ticks(block: str) -> int:
    runs = [(found.start(), len(found[0])) for found in _TICKS.finditer(block)]
    last = {length: at for at, length in runs}
    # A longer run is tried at each of its lengths; the search is written in C.
    return sum(length * (len(block) - at) for at, length in runs if last[length] == at) // 250


def _unclosed_tags(text: str) -> int:
    """The same for what looks like the beginning of a tag, a comment or a CDATA section behind the last `>`."""
    tail = text.rfind(">") + 1
    cost = sum(len(text) - found.start() for found in _LATE.finditer(text, tail))
    end = text.rfind("]]>") + 1
    return cost + 4 * sum(len(text) - found.start() for found in re.finditer(r"<!\[", text[end:]))
