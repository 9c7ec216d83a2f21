"""Fenced code of other generators as Python-Markdown reads it: at the margin, closed, with one word behind the fence.

It knows no fences within lists and quotations: there code is indented.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

_FENCE: Final = re.compile(
    r"^(?P<in>[ \t]*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?P<code>.*?)(?:^[ \t]*(?P=mark)[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_QUOTED: Final = re.compile(
    r"^(?P<in> {0,3}(?:> ?)+)(?P<more> *)(?P<mark>`{3,}|~{3,})(?P<info>[^\n`]*)\n"
    r"(?P<code>(?: {0,3}>[^\n]*(?:\n|\Z))*?)(?:(?P<end> {0,3}(?:> ?)+ *(?P=mark)[`~]*[ \t]*)$|(?! {0,3}>))",
    re.MULTILINE,
)
"""One that nobody closed ends with its quotation."""
_HILITED: Final = re.compile(
    r"(?<=\n\n)(?: {4}|\t)(?::::(\w+)|#!(\w+))[^\n/]*\n((?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?= {4}|\t))+)"
)
"""Indented code that says its language, for Python-Markdown's codehilite."""
_RAW: Final = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_LANGUAGE: Final = re.compile(r"\s*\{?\s*\.?([\w#+-][\w#+.-]*)?,?\s*(.*)")


def taken(text: str, keep: Callable[[str], str], left: Counter[str]) -> str:
    """`text` with what `keep` gives in the place of each block of code; `left` gets what stood behind its language."""
    text = _HILITED.sub(
        lambda found: f"{keep(fenced(found[1] or found[2], textwrap.dedent(found[3].expandtabs(4))))}\n\n", text
    )
    text = _QUOTED.sub(lambda found: _quoted(found, keep, left), text)
    return _FENCE.sub(lambda found: f"{found['in']}{keep(_plain(found, left))}", text)


def _quoted(found: re.Match[str], keep: Callable[[str], str], left: Counter[str]) -> str:
    """Code in a quotation, as one line of it; `lists` writes it out as deep as it belongs."""
    margin = re.compile(f" {{0,3}}(?:> ?){{0,{found['in'].count('>')}}}")
    code = "\n".join(margin.sub("", line, count=1) for line in found["code"].removesuffix("\n").split("\n"))
    kept = keep(fenced(_language(found["info"], left), textwrap.dedent(code)))
    return f"{found['in']}{found['more']}{kept}{'' if found['end'] else chr(10)}"


def _language(info: str, left: Counter[str]) -> str:
    said = _LANGUAGE.match(info)
    language, rest = (said[1] or "", said[2].strip(" {}")) if said else ("", "")
    if rest:
        left[f"what stood behind the language of code: {rest}"] += 1
    return language


def _plain(found: re.Match[str], left: Counter[str]) -> str:
    language = _language(found["info"], left)
    code = _RAW.sub("", found["code"])
    return fenced(language, textwrap.dedent(code) if found["in"] else code)


def fenced(language: str, code: str) -> str:
    """A block of code at the margin."""
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"{ticks}{language}\n{code.strip(chr(10))}\n{ticks}"


def indented(block: str, columns: int) -> list[str]:
    """The lines of `block` without its fences, as far in as code is that stands `columns` in."""
    return [f"{' ' * (columns + 4)}{line}" if line else "" for line in block.split("\n")[1:-1]]
