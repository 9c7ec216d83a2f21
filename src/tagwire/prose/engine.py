"""Python-Markdown, set up for our dialect: `extra`, sane lists, heading ids, alignment by class.

One instance serves a process: making one costs as much as ten articles. It keeps footnotes and references from one
document to the next (Python-Markdown#401, "a feature"), so it is reset before each.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from tagwire import names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"h[1-6]\Z")
_ALIGNED = re.compile(r"text-align: (left|center|right);\Z")
_STASHED = re.compile("\x02[^\x03]*\x03")
"""What stands in a heading's text for inline HTML and for escaped characters while Python-Markdown works."""


def to_html(text: str) -> str:
    """HTML of a Markdown text. Raw HTML in it passes through: `sanitise` comes after."""
    engine = _engine()
    engine.reset()
    return engine.convert(text)


@functools.lru_cache(maxsize=1)
def _engine() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=["extra", "sane_lists", _Dialect()],
        extension_configs={"footnotes": {"UNIQUE_IDS": False}},
        output_format="html",
    )


class _Dialect(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        # After "inline" (20), so that a heading's text is at hand; before "unescape" (0).
        md.treeprocessors.register(_Anchors(md), "tagwire-anchors", 5)


class _Anchors(Treeprocessor):
    """Gives headings ids, at a fifth of the price of the `toc` extension, and table cells classes for `style`.

    A strict Content-Security-Policy forbids `style` attributes.
    """

    def run(self, root: Element) -> None:
        taken: set[str] = {element.get("id", "") for element in root.iter()}
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if _HEADING.match(tag) and "id" not in element.attrib:
                element.set("id", _unique(_anchor(element), taken))
            elif tag in {"td", "th"} and (aligned := _ALIGNED.match(element.attrib.pop("style", ""))):
                element.set("class", f"align-{aligned[1]}")


def _anchor(heading: Element) -> str:
    return names.slug(_STASHED.sub("", "".join(heading.itertext()))) or "section"


def _unique(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name
