"""What kramdown and GitHub's Markdown have beyond ours: lists of attributes, options, comments, tasks, alerts."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter

_CONTENTS: Final = re.compile(
    r"^(?:[*+-]|\d+\.) [^\n]*\n\{:\s*toc[^}]*\}\s*$|^\[\[?_?TOC_?\]?\]\s*$", re.MULTILINE | re.IGNORECASE
)
_COMMENT: Final = re.compile(r"\{::comment\}(?:(?!\{::).)*?\{:/(?:comment)?\}\n?", re.DOTALL)
_OPTION: Final = re.compile(r"^\{:[:/][^}\n]*\}[ \t]*\n?", re.MULTILINE)
_HEADING: Final = re.compile(r"^(#{1,6} [^\n{]*?)[ \t#]*\n\{:[^}\n]*?(#[\w-]+)[^}\n]*\}[ \t]*$", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"^(?:[ \t>]*)\{:(?![^}\n]*#)[^}\n]*\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_TASK: Final = re.compile(r"^([ \t>]*(?:[-*+]|\d+[.)])[ \t]+)\[([ xX])\](?=[ \t]+\S)", re.MULTILINE)
_ALERT: Final = re.compile(r"^([ \t]*>[ \t]?)\[!(\w+)\][+-]?[ \t]*([^\n]*)$", re.MULTILINE)


_FORMULA: Final = re.compile(r"(?<![\\$])\$\$(?![\s$])([^$\n]{1,2000}?)(?<!\s)\$\$(?![\w$])")
_WITH_FORMULA: Final = re.compile(r"^(?! {4}|\t)[^\n]*\$\$[^\n]*$", re.MULTILINE)
_BOX: Final = re.compile(
    r"^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[^\n\"]*(?:\"([^\"\n]*)\")?[ \t]*\n"
    r"((?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?= {4}|\t))+)",
    re.MULTILINE,
)
"""Python-Markdown's admonition."""


def mended(text: str, left: Counter[str]) -> str:
    """`text` without them; `left` counts what goes."""
    text = _CONTENTS.sub(lambda found: gone(f"tag {found[0]}", left), _COMMENT.sub("", text))
    text = _HEADING.sub(r"\1 {\2}", text)
    text = _OPTION.sub(lambda found: gone(f"tag {found[0]}", left), text)
    text = _ATTRIBUTES.sub(lambda found: gone(f"attributes {found[0].strip(' >')}", left), text)
    text = _WITH_FORMULA.sub(_formulas, text)
    text = _TASK.sub(lambda found: f"{found[1]}{'☐' if found[2] == ' ' else '☑'}", text)
    return _ALERT.sub(_alert, _BOX.sub(_box, text))


def _formulas(line: re.Match[str]) -> str:
    """A formula within a line has one dollar here; two are for one that has the line to itself."""
    return line[0] if _FORMULA.fullmatch(line[0].strip()) else _FORMULA.sub(r"$\1$", line[0])


def gone(what: str, left: Counter[str]) -> str:
    """What stands in the place of something that goes, and is counted: nothing."""
    left[" ".join(what.split())] += 1
    return ""


def _alert(found: re.Match[str]) -> str:
    """GitHub's `> [!NOTE]`, Obsidian's with a title of its own."""
    return f"{found[1]}**{found[3].strip() or found[2].capitalize()}**\n{found[1].rstrip()}"


def _box(found: re.Match[str]) -> str:
    title = found[2] if found[2] is not None else found[1].capitalize()
    lines = textwrap.dedent(found[3].expandtabs(4)).strip("\n").split("\n")
    quoted = [f"**{title}**", "", *lines] if title else lines
    return "\n".join(f"> {line}".rstrip() for line in quoted) + "\n"
