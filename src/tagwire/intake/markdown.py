"""A tidy tree as Markdown in Python-Markdown's dialect (`extra`, `sane_lists`).

What the dialect can't say inside a list or a quotation (fenced code, tables) is written as HTML as a whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tagwire.intake import htmltree, inline, media, rawhtml
from tagwire.intake.htmltree import BLOCKS, HEADINGS, text_of
from tagwire.intake.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import html

    from tagwire.intake.media import Context

_SIMPLE_IN_LIST: Final = frozenset(["p", "ul", "ol", "div", "section", "article", "span", "li"])
_DEEPEST = 8
"""Lists and quotations within each other; what lies deeper is written as HTML."""
_RAW_BLOCK = re.compile(r"<(?:table|ul|ol|dl|figure|blockquote|details|p|h[2-6]|pre)\b")
"""HTML, which Python-Markdown takes for a block only where a line starts."""
_SEPARATOR = "<!-- -->"
"""Parts two lists or quotations that would be one; inside of one, where it would be text, they become one."""


def write(place: html.HtmlElement, context: Context, notes: tuple[tuple[str, html.HtmlElement], ...] = ()) -> str:
    """The content of an element as a Markdown document that ends in one line feed; `notes` are its footnotes."""
    levels = [int(element.tag[1]) for element in place.iter(*HEADINGS)]
    shift = 2 - min(levels, default=2)
    writer = _Writer(context, shift)
    blocks = writer.blocks([place], 0)
    while blocks and blocks[0] == "---":
        blocks.pop(0)
    while blocks and blocks[-1] == "---":
        blocks.pop()
    blocks += [f"[^{name}]: {_indented(writer.note(element))}" for name, element in notes]
    return "\n\n".join(blocks) + "\n" if blocks else ""


class _Writer:
    """Writes blocks; knows by how much headings move."""

    def __init__(self, context: Context, shift: int) -> None:
        self._context = context
        self._shift = shift

    def blocks(self, elements: list[html.HtmlElement], depth: int) -> list[str]:
        """The Markdown blocks of some elements, each without blank lines around it."""
        out: list[str] = []
        last = ""
        for element in self._flat(elements):
            text = self._block(element, depth)
            if not text:
                continue
            begins, ends = _looks(element, text)
            if begins in ("ul", "ol", "dl", "blockquote") and last == begins and depth == 0:
                out.append(_SEPARATOR)
            out.append(text)
            last = ends
        return out

    def _flat(self, elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
        """The blocks with a look of their own; boxes dissolved, without recursion."""
        out: list[html.HtmlElement] = []
        pending = list(reversed(elements))
        while pending:
            element = pending.pop()
            children = [child for child in element if child.tag in BLOCKS]
            if children and element.tag not in _OWN_LOOK:
                pending += reversed(children)
            else:
                out.append(element)
        return out

    def _block(self, element: html.HtmlElement, depth: int) -> str:
        tag = element.tag
        if tag in HEADINGS:
            return self._heading(element)
        writers: dict[str, Callable[[html.HtmlElement, int], str]] = {
            "ul": self._list,
            "ol": self._list,
            "hr": lambda _element, _depth: "---",
            "pre": _code_block,
            "table": self._table,
            "figure": self._figure,
            "blockquote": self._quote,
            "dl": self._definitions,
        }
        if tag in writers:
            return writers[tag](element, depth)
        return inline.line(element, self._context)

    def _table(self, element: html.HtmlElement, depth: int) -> str:
        return table(element, self._context, nested=depth > 0) or self._layout(element, depth)

    def _heading(self, element: html.HtmlElement) -> str:
        text = inline.heading(element, self._context)
        level = min(6, max(2, int(element.tag[1]) + self._shift))
        # comrak's attributes are read from its HTML, where the braces are no longer escaped.
        end = "<!-- -->" if re.search(r"\\\{[^{}]*\}\Z", text) else ""
        return f"{'#' * level} {text}{end}" if text else ""

    def _layout(self, element: html.HtmlElement, depth: int) -> str:
        """A table that only places things: its cells, one after the other."""
        cells = list(element.iterchildren("tr", "tbody", "thead", "tfoot"))
        inner = [cell for part in cells for cell in part.iter("td", "th")]
        outer = [cell for cell in inner if next(cell.iterancestors("table")) is element]
        return "\n\n".join(self.blocks([child for cell in outer for child in _as_blocks(cell)], depth))

    # -------------------------------------------------------------- lists

    def _list(self, element: html.HtmlElement, depth: int) -> str:
        items = [child for child in element if child.tag in BLOCKS]
        if depth >= _DEEPEST or not all(_is_simple(item) for item in items):
            return rawhtml.block(element, self._context)
        number = int(element.get("start", "1")) if re.fullmatch(r"\d{1,9}", element.get("start", "1")) else 1
        contents = [content for content in (self._item(item, depth) for item in items) if content]
        markers = [f"{number + place}." if element.tag == "ol" else "-" for place in range(len(contents))]
        out = [f"{marker} {_indented(content)}" for marker, content in zip(markers, contents, strict=True)]
        return ("\n\n" if any("\n\n" in content for content in contents) else "\n").join(out)

    def _item(self, item: html.HtmlElement, depth: int) -> str:
        """A list item: its own text, then what is below it."""
        parts = self.blocks(_as_blocks(item), depth + 1)
        if not parts:
            return ""
        out = parts[0]
        for part in parts[1:]:
            tight = len(parts) == 2 and re.match(r"(?:- |\d+\. )", part) and "\n\n" not in part
            out += ("\n" if tight else "\n\n") + part
        return out

    # -------------------------------------------------------------- quotations, figures, definitions

    def _quote(self, element: html.HtmlElement, depth: int) -> str:
        parts = [] if depth >= _DEEPEST or _in_list(element) else self.blocks(_as_blocks(element), depth + 1)
        if not parts or any(_RAW_BLOCK.match(part) for part in parts):
            return rawhtml.block(element, self._context)
        text = "\n\n".join(parts)
        return "\n".join(f"> {line}".rstrip() if line else ">" for line in text.split("\n"))

    def _figure(self, element: html.HtmlElement, depth: int) -> str:
        captions = [caption for caption in element.iter("figcaption") if text_of(caption).strip()]
        others = [child for child in element.iter(*BLOCKS) if child.tag in ("table", "pre", "blockquote", "ul", "ol")]
        inner = any(caption.getparent() is not element for caption in element.iterfind(".//figure/figcaption"))
        if not captions or others or inner:  # of a gallery each picture has its own
            return "\n\n".join(self.blocks([child for child in element if child.tag in BLOCKS], depth))
        images = [media.image(found, _raw(self._context)) for found in element.iter("img")]
        players = [media.embed(found, _raw(self._context)) for found in element.iter("iframe", "video", "audio")]
        links = [] if images or players else _only_links(element)
        shown = [part for part in [*images, *players, *(inline.raw(found, self._context) for found in links)] if part]
        caption = " ".join(inline.raw(found, self._context) for found in captions)
        if not shown:
            return "\n\n".join(self.blocks([child for child in element if child.tag in BLOCKS], depth))
        return "\n".join(["<figure>", *shown, f"<figcaption>{caption}</figcaption>", "</figure>"])

    def _definitions(self, element: html.HtmlElement, _depth: int) -> str:
        entries = [e for e in element.iter("dt", "dd") if next(e.iterancestors("dl")) is element]
        simple = entries and entries[0].tag == "dt" and entries[-1].tag == "dd"
        if not simple or any(child.tag in BLOCKS for entry in entries for child in entry):
            return rawhtml.block(element, self._context)
        out = ""
        for before, entry in zip([None, *entries], entries, strict=False):
            text = inline.heading(entry, self._context) if entry.tag == "dt" else inline.line(entry, self._context)
            if entry.tag == "dd":
                out += f"\n:   {_indented(text)}"
            else:
                out += ("\n\n" if before is not None and before.tag == "dd" else "\n") + inline.line(
                    entry, self._context
                )
        return out.strip("\n")

    def note(self, element: html.HtmlElement) -> str:
        """The text of a footnote."""
        return "\n\n".join(self.blocks(_as_blocks(element), _DEEPEST))


def _only_links(figure: html.HtmlElement) -> list[html.HtmlElement]:
    """The paragraphs of a figure but its captions, if there is nothing in them but links, as to a film."""
    leaves = [leaf for leaf in htmltree.leaves(figure) if leaf.tag != "figcaption" and text_of(leaf).strip()]
    linked = ("".join(map(text_of, leaf.iter("a"))).split() == text_of(leaf).split() for leaf in leaves)
    return leaves if all(linked) else []


_OWN_LOOK: Final = frozenset(["ul", "ol", "dl", "table", "pre", "figure", "blockquote", "hr"])


def _raw(context: Context) -> Context:
    return replace(context, raw=True)


def _looks(element: html.HtmlElement, text: str) -> tuple[str, str]:
    """What an element begins and ends with once it is written: of WordPress's figures some are quotations."""
    if element.tag != "figure":
        return element.tag, element.tag
    begins, ends = (part.startswith(">") for part in (text, text.rpartition("\n\n")[2]))
    return "blockquote" if begins else "figure", "blockquote" if ends else "figure"


def _as_blocks(element: html.HtmlElement) -> list[html.HtmlElement]:
    """Its blocks, or itself as the one that holds the text."""
    children = [child for child in element if child.tag in BLOCKS]
    return children or [element]


def _is_simple(item: html.HtmlElement) -> bool:
    """Whether a list item can be written in Markdown.

    Python-Markdown knows no fences and no HTML blocks in lists, and no item that begins with a list.
    """
    begins = next((child.tag for child in item.iterdescendants(*BLOCKS) if child.tag in ("ul", "ol", "p")), "")
    return (
        item.tag == "li" and begins in ("", "p") and all(child.tag in _SIMPLE_IN_LIST for child in item.iter(*BLOCKS))
    )


def _in_list(element: html.HtmlElement) -> bool:
    return next(element.iterancestors("li"), None) is not None


def _indented(text: str) -> str:
    """All lines but the first by the four blanks that Python-Markdown wants."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


# ------------------------------------------------------------------ code

_LANGUAGE = re.compile(r"(?:\A|\s)(?:language|lang|highlight-source|brush:?|code)[-:\s]\s*([\w#+.-]+)", re.IGNORECASE)


def _code_block(element: html.HtmlElement, depth: int) -> str:
    """A fence with its language; inside a quotation, where fences mean nothing, an indented block."""
    text = re.sub(r"\r\n?", "\n", htmltree.with_breaks(element)).strip("\n").rstrip()
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text)
    if not text.strip():
        return ""
    if depth:
        return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks}{_language(element)}\n{text}\n{ticks}"


_MARKS = ("data-lang", "data-language", "data-code-block-lang")


def _language(element: html.HtmlElement) -> str:
    """As its class says: `language-python`, also on the `code` within or the box around."""
    inner = next(element.iter("code"), element)
    for found in (inner, element, element.getparent()):
        if found is None:
            continue
        named = next(filter(None, map(found.get, _MARKS)), "")
        match = _LANGUAGE.search(found.get("class", ""))
        name = named or (match[1] if match else "")
        if re.fullmatch(r"[\w#.+-]+", name) and name.lower() not in ("none", "block", "wrapper", "box"):
            return name.lower()
    return ""
