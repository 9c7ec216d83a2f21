"""The comments of WordPress's block editor: they go, and what they alone say is kept as HTML or named."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any, Final

from tagwire.intake.exports import autop
from tagwire.intake.exports.jsonfile import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMENT = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+"
    r"(?P<data>\{(?:(?!-->).)*\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
_SILENT: Final = frozenset("more nextpage spacer separator post-content post-title block footnotes social-link".split())
"""Blocks without content of their own that need no note: they are handled here, or show nothing."""
_DEEPEST = 8


def is_blocks(text: str) -> bool:
    """Whether a text was written in the block editor; else its blank lines are its paragraphs."""
    return "<!-- wp:" in text


def plain(text: str, reusable: Mapping[str, str], notes: str) -> tuple[str, tuple[str, ...]]:
    """(HTML, what could not be carried over).

    Args:
        text: as it was saved.
        reusable: blocks that are kept elsewhere, by their number.
        notes: the post's footnotes, a JSON list of `{id, content}`, or empty.
    """
    left: Counter[str] = Counter()
    html = _plain(text, reusable, notes, left, 0)
    return html, tuple(f"block {name}" + (f" ({times} times)" if times > 1 else "") for name, times in left.items())


def _plain(text: str, reusable: Mapping[str, str], notes: str, left: Counter[str], depth: int) -> str:
    out: list[str] = []
    at, level = 0, 0
    for comment in _COMMENT.finditer(text):
        between = text[at : comment.start()]
        out.append(between if level else autop.paragraphs(between) if between.strip() else "\n")
        at = comment.end()
        name, data = comment["name"], table(comment["data"] or "")
        if comment["close"]:
            level = max(0, level - 1)
        elif comment["void"]:
            out.append(_void(name, data, reusable, notes, left, depth))
        else:
            # The classic editor's own block holds its text as the classic editor saved it.
            level += name not in ("freeform", "core/freeform")
    rest = text[at:]
    out.append(rest if level else autop.paragraphs(rest))
    return "".join(out)


def _void(
    name: str, data: dict[str, Any], reusable: Mapping[str, str], notes: str, left: Counter[str], depth: int
) -> str:
    """What a block without content of its own shows."""
    bare = name.removeprefix("core/")
    if bare == "block" and str(data.get("ref", "")) in reusable and depth < _DEEPEST:
        return _plain(reusable[str(data["ref"])], reusable, notes, left, depth + 1)
    if bare == "footnotes":
        return _footnotes(notes)
    address = data.get("url")
    if bare in ("social-link", "navigation-link", "embed") and isinstance(address, str) and "://" in address:
        label = str(data.get("label") or data.get("service") or address)
        return f'\n<p><a href="{escape(address)}">{escape(label)}</a></p>\n'
    if bare not in _SILENT or bare == "block":
        left[bare if bare != "block" else f"reusable {data.get('ref', '')}".strip()] += 1
    return ""


def _footnotes(notes: str) -> str:
    try:
        found = json.loads(notes) if notes else []
    except (ValueError, RecursionError):
        found = []
    items = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    listed = "".join(
        f'<li id="{escape(str(each.get("id", "")))}">{each.get("content", "")} '
        f'<a href="#{escape(str(each.get("id", "")))}-link">↩︎</a></li>'
        for each in items
    )
    return f"<ol>{listed}</ol>" if listed else ""
