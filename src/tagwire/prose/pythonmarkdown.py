"""Python-Markdown, set up for our dialect: `extra`, sane lists, heading ids, alignment by class.

One instance serves a thread: making one costs as much as ten articles. It keeps footnotes and references from one
document to the next (Python-Markdown#401, "a feature"), so it is reset before each; and two threads in one instance
would write into each other's text.
"""

from __future__ import annotations

import html as entities
import re
from threading import local
from typing import TYPE_CHECKING

import markdown
from markdown.extensions import (
    Extension,
    abbr,
    attr_list,
    def_list,
    fenced_code,
    footnotes,
    md_in_html,
    sane_lists,
    tables,
)
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from tagwire.prose import anchors, formulas, limits
from tagwire.prose.sieve import Sieve

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HASHED = re.compile(
    r"(?:^|\n)(?P<level>#{1,6})(?=[ \t]|\n|\Z)(?P<header>(?:\\.|[^\\\n])*?\\?)(?:[ \t]+#+[ \t]*|[ \t]*)(?:\n|\Z)"
)
"""As in CommonMark: `#hashtag` is no heading, and `# About C#` keeps its sharp."""
_DISPLAYED = re.compile(formulas.BLOCK, re.MULTILINE)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_ALIGNED = re.compile(r"text-align: (left|center|right);\Z")
_STASHED = re.compile("\x02[^\x03]*\x03")
"""What stands in a heading's text for inline HTML and for escaped characters while Python-Markdown works."""


def to_html(text: str, *, math: bool = False) -> str:
    """HTML of a Markdown text, its formulas (with `math`) marked. Raw HTML in it passes through."""
    engine = _OWN.get(math)
    engine.reset()
    try:
        return engine.convert(text)
    except (RecursionError, limits.TooDeep, limits.Tangled):
        _OWN.engines.clear()  # it was left in the middle of something
        raise


class _Engines(local):
    """Those of one thread: a worker of Dask has several, and so may a program that calls us."""

    def __init__(self) -> None:
        self.engines: dict[bool, markdown.Markdown] = {}

    def get(self, math: bool) -> markdown.Markdown:
        return self.engines.get(math) or self.engines.setdefault(math, _engine(math))


_OWN = _Engines()


def _engine(math: bool) -> markdown.Markdown:
    more = [_Dialect(), *([_Formulas()] if math else []), Sieve()]  # the sieve last
    return markdown.Markdown(extensions=[*extra(), *more], output_format="html")


def extra() -> list[Extension]:
    """What `extra` and `sane_lists` stand for, in that order.

    By name the library looks for them in the records of all that is installed, 40 ms at the edit of a text; and what
    else is installed under such a name would change the site.
    """
    return [
        fenced_code.FencedCodeExtension(),
        footnotes.FootnoteExtension(UNIQUE_IDS=False),
        attr_list.AttrListExtension(),
        def_list.DefListExtension(),
        tables.TableExtension(),
        abbr.AbbrExtension(),
        md_in_html.MarkdownInHtmlExtension(),
        sane_lists.SaneListExtension(),
    ]


class _Dialect(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "<"]  # as in CommonMark: `\\<b>` is text
        md.parser.blockprocessors["hashheader"].RE = _HASHED  # type: ignore[attr-defined]
        # After "inline" (20), so that a heading's text is at hand; before "unescape" (0).
        md.treeprocessors.register(_Anchors(md), "tagwire-anchors", 5)
        # After "fenced_code_block" (25), which takes code out of the text; before "html_block" (20).
        md.preprocessors.register(_Guard(md), "tagwire-guard", 22)


class _Formulas(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        # Before "html_block" (20) and the guard; after "fenced_code_block" (25).
        md.preprocessors.register(_Displayed(md), "tagwire-formulas", 23)
        # After "backtick" (190), which takes code out; before "escape" (180), since TeX is full of backslashes.
        md.inlinePatterns.register(_Inline(formulas.BETWEEN, md), "tagwire-formula", 185)


class _Displayed(Preprocessor):
    """Puts formulas on lines of their own aside, as raw HTML is."""

    def run(self, lines: list[str]) -> list[str]:
        return _DISPLAYED.sub(self._stashed, "\n".join(lines)).split("\n")

    def _stashed(self, found: re.Match[str]) -> str:
        marked = entities.escape(formulas.marked(found["tex"], display=True), quote=False)
        return f"\n\n{self.md.htmlStash.store(f'<p>{marked}</p>')}\n\n"


class _Inline(InlineProcessor):
    """Puts a formula in a line aside."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return formulas.marked(m["tex"], display=False), m.start(0), m.end(0)


class _Guard(Preprocessor):
    """Stops a text that would take minutes."""

    def run(self, lines: list[str]) -> list[str]:
        limits.check_markdown("\n".join(lines))
        return lines


class _Anchors(Treeprocessor):
    """Gives headings ids, at a fifth of the price of the `toc` extension, and table cells classes for `style`.

    A strict Content-Security-Policy forbids `style` attributes.
    """

    def run(self, root: Element) -> None:
        taken = anchors.Taken({element.get("id", "") for element in root.iter()} | self._raw_ids())
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag in _HEADINGS and "id" not in element.attrib:
                element.set("id", taken.unique(_anchor(element)))
            elif tag in {"td", "th"} and (aligned := _ALIGNED.match(element.attrib.pop("style", ""))):
                element.set("class", f"align-{aligned[1]}")

    def _raw_ids(self) -> set[str]:
        """Ids of raw HTML, which Python-Markdown keeps aside."""
        raw = (block for block in self.md.htmlStash.rawHtmlBlocks if isinstance(block, str))
        return {found for block in raw for found in anchors.in_html(block)}


def _anchor(heading: Element) -> str:
    return anchors.wanted(_STASHED.sub("", "".join(heading.itertext())))
