"""Blocks of Squarespace that a script fills: what they say in their attributes becomes text, the rest is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import html as lxml_html

from tagwire.intake import htmltree
from tagwire.intake.exports import jsonfile

if TYPE_CHECKING:
    from collections import Counter

    from lxml import html

_BLOCK: Final = re.compile(
    r"(?:\A|\s)sqs-block-(video|embed|audio|map|summary-v2|summary|archive|search|instagram)(?:\s|\Z)"
)
_PLAYERS: Final = frozenset({"video", "embed", "audio"})
_SHOWN: Final = ("img", "iframe", "video", "audio", "a")


def settle(root: html.HtmlElement, left: Counter[str]) -> None:
    """Prepares the blocks of a body, and counts in `left` those of which nothing can come along."""
    for block in list(root.iter("div")):
        found = _BLOCK.search(block.get("class", ""))
        if found is None or any(block.iter(*_SHOWN)):
            continue
        said = jsonfile.table(block.get("data-block-json", ""))
        if found[1] in _PLAYERS and (address := _address(block, said)):
            _fill(block, address, address)
        elif found[1] == "map" and (place := _place(said)):
            _fill(block, place)
        elif found[1] not in _PLAYERS or not htmltree.text_of(block).strip():
            left[f"block {found[1].removesuffix('-v2')}"] += 1
            _fill(block, "")


def _address(block: html.HtmlElement, said: dict[str, object]) -> str:
    """Where a player's film or sound is."""
    frame = " ".join(inner.get("data-html", "") for inner in block.iter())
    inside = re.search(r"src=[\"']((?:https?:)?//[^\"']+)", f"{frame} {said.get('html') or ''}")
    named = [str(said.get(name) or "") for name in ("url", "resolvedUrl", "audioAssetUrl")]
    named += [inside[1] if inside else ""]
    found = next((each for each in named if re.match(r"(?:https?:)?//", each)), "")
    return f"https:{found}" if found.startswith("//") else found


def _place(said: dict[str, object]) -> str:
    """The address that a map shows, on one line."""
    where = said.get("location")
    lines = ("addressTitle", "addressLine1", "addressLine2", "addressCountry")
    parts = [str(where.get(name) or "").strip() for name in lines] if isinstance(where, dict) else []
    return ", ".join(filter(None, parts))


def _fill(block: html.HtmlElement, text: str, address: str = "") -> None:
    """Puts a paragraph into a block, in the place of all that is in it."""
    for child in list(block):
        block.remove(child)
    block.text = None
    if text:
        paragraph = lxml_html.Element("p")
        holder = lxml_html.Element("a", href=address) if address else paragraph
        holder.text = text
        if address:
            paragraph.append(holder)
        block.append(paragraph)
