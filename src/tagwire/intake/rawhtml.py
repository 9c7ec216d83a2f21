"""Blocks as HTML, for what Markdown can't say: tables with spans, figures with captions, lists of tables."""

from __future__ import annotations

from html import escape as html_escape
from typing import TYPE_CHECKING, Final

from tagwire.intake import inline
from tagwire.intake.htmltree import BLOCKS, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.media import Context

_KEPT: Final = frozenset(
    """p h2 h3 h4 h5 h6 pre dt figcaption caption blockquote li td th dd figure ul ol dl table thead tbody tfoot tr hr
    details summary""".split()
)
_RENAMED: Final = {"h1": "h2", "menu": "ul"}
_ATTRIBUTES: Final = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start", "reversed")}
_DEEPEST = 40
_CELLS: Final = frozenset(["td", "th", "li", "dd"])
"""Where one paragraph by itself needs no element of its own."""


def block(element: html.HtmlElement, context: Context) -> str:
    """The element as HTML without an empty line, all text escaped, nothing but structure kept."""
    return "\n".join(part for part in _lines(element, context, 0) if part)


def _lines(element: html.HtmlElement, context: Context, depth: int) -> list[str]:
    tag = _RENAMED.get(element.tag, element.tag)
    opened = f"<{tag}{_attributes(element, tag)}>"
    if tag in ("hr", "pre"):
        return ["<hr>" if tag == "hr" else f"<pre><code>{_pre(text_of(element))}</code></pre>"]
    blocks = _blocks(element)
    alone = tag in _CELLS and len(blocks) == 1 and blocks[0].tag == "p"
    if not blocks or alone:
        content = inline.raw(blocks[0] if alone else element, context)
        if tag not in _KEPT:
            return [f"<p>{content}</p>"] if content else []
        return [f"{opened}{content}</{tag}>"] if content or tag in ("td", "th") else []
    if depth > _DEEPEST:
        return [html_escape(" ".join(text_of(element).split()), quote=False)]
    inside = [part for child in blocks for part in _lines(child, context, depth + 1)]
    if not inside and tag in ("td", "th"):
        return [f"{opened}</{tag}>"]
    return [opened, *inside, f"</{tag}>"] if inside and tag in _KEPT else inside


def _blocks(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The blocks in an element; those of its box where all of it is in one."""
    while True:
        blocks = [child for child in element if child.tag in BLOCKS]
        if len(blocks) != 1 or blocks[0].tag in _KEPT or blocks[0].tag in _RENAMED:
            return blocks
        if not any(child.tag in BLOCKS for child in blocks[0]):
            return blocks
        element = blocks[0]


def _attributes(element: html.HtmlElement, tag: str) -> str:
    found = [
        (name, element.get(name, "").strip()) for name in _ATTRIBUTES.get(tag, ()) if element.get(name) is not None
    ]
    return "".join(f' {name}="{html_escape(value)}"' for name, value in found if value.isalnum())


def _pre(text: str) -> str:
    """Code; a blank line would end the HTML block, so line feeds next to each other are written as references."""
    return html_escape(text.strip("\n"), quote=False).replace("\n\n", "\n&#10;")
