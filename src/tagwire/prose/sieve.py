"""Spares Python-Markdown what can't match: the same HTML in little more than half the time.

The library tries each of its fifteen inline patterns on each piece of text, and lets a dozen expressions search each
block from end to end. Most pieces have nothing in them that any could match: whether the sign is there that a match
would need is one look each, and a search begins where it stands. What writes the tree down asks less of each element.
Nothing else is changed; a test compares what comes out with the library's own.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import HTML_EMPTY

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import Registry

_INLINE_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""One of these is in a text where the library's inline pattern can match; a pattern not named here is tried always."""
_BLOCK_SIGNS = {
    "table": "|",
    "hashheader": "#",
    "deflist": ":",
    "quote": ">",
    "footnote": "[^",
    "abbr": "*[",
    "reference": "]:",
    "markdown_block": "\x02",
}
"""The same for blocks."""


_NOT_WORDS = ("empty", "indent", "defindent", "code", "olist", "ulist")
"""Processors of blocks that begin with no letter."""
_RULES = frozenset("-_*")
_TREE_SIGNS = {"attr_list": "{", "unescape": "\\"}
"""The same for what goes through the finished tree: of the whole text."""
_LINE_SIGNS = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
"""The same for what goes through all lines before they are parsed."""
_REFERENCES = frozenset({"reference", "image_reference", "short_reference", "short_image_ref"})
"""Inline patterns that change nothing in a text that defines no reference."""
_BARE = {
    tag: (f"<{tag}>", "" if tag in HTML_EMPTY else f"</{tag}>")
    for tag in "p li a em strong code pre ul ol blockquote td th tr table thead tbody sup div hr br img".split()
}
_CALLED = ("_InlineProcessor__applyPattern", "_InlineProcessor__processPlaceholders")
"""What `_Inlines` needs of the library that is its own: should one go, the library does without it."""
_BLANK = re.compile(r"\n +(?=\n)")


class Sieve(Extension):
    """Register it last: what is registered later is not seen."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102, N802 - the library's name
        if all(hasattr(InlineProcessor, name) for name in _CALLED):
            md.treeprocessors.register(_Inlines(md), "inline", 20)
        md.block_level_elements = frozenset(md.block_level_elements)  # type: ignore[assignment] # asked for every tag
        md.is_block_level = functools.lru_cache(maxsize=256)(md.is_block_level)  # type: ignore[method-assign]
        md.parser.parseBlocks = _blocks_by(md.parser.blockprocessors)  # type: ignore[assignment, method-assign]
        whole = _Whole(md)
        md.preprocessors.register(whole, "normalize_whitespace", 30)
        for name, sign in _TREE_SIGNS.items():
            through = md.treeprocessors[name]
            through.run = whole.only_with(sign, through)  # type: ignore[assignment, method-assign]
        for name, signs in _LINE_SIGNS.items():
            before = md.preprocessors[name]
            before.run = _lines_with(signs, before, whole)  # type: ignore[assignment, method-assign]
        md.output_formats = {**md.output_formats, "html": _written}  # type: ignore[misc]


def _blocks_by(processors: Registry[BlockProcessor]) -> Callable[[Element, list[str]], None]:
    """The library's `parseBlocks`: each of its processors sees what may be for it."""
    named = {id(processors[name]): sign for name, sign in _BLOCK_SIGNS.items()}
    indented = {id(processors[name]) for name in _NOT_WORDS}
    tests = {id(processors["setextheader"]): _is_underlined, id(processors["hr"]): _is_ruled}
    tried = [(named.get(id(each), ""), tests.get(id(each)), each.test, each.run) for each in processors]
    for_words = [row for row, each in zip(tried, processors, strict=True) if id(each) not in indented]

    def parse(parent: Element, blocks: list[str]) -> None:
        while blocks:
            block = blocks[0]
            for sign, may_be, test, run in for_words if block[:1].isalpha() else tried:
                if sign in block and (not may_be or may_be(block)) and test(parent, block):
                    if run(parent, blocks) is not False:
                        break
                    block = blocks[0]

    return parse


def _is_underlined(block: str) -> bool:
    return "\n=" in block or "\n-" in block


def _is_ruled(block: str) -> bool:
    """Whether a line begins with a sign of a rule, or with spaces."""
    if block.lstrip(" ")[:1] in _RULES or "\n " in block:
        return True
    return "\n-" in block or "\n_" in block or "\n*" in block


def _lines_with(signs: tuple[str, str], processor: Preprocessor, whole: _Whole) -> Callable[[list[str]], list[str]]:
    run, (one, other) = processor.run, signs

    def sieved(lines: list[str]) -> list[str]:
        has_some = one in whole.text or other in whole.text
        return run(lines) if has_some and any(one in line or other in line for line in lines) else lines

    return sieved


class _Whole(Preprocessor):
    """The library's `NormalizeWhitespace`, which knows the text as it came: code and raw HTML are taken out of it."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        text = f"{text}\n\n"
        text = text.expandtabs(self.md.tab_length) if "\t" in text else text
        self.text = _BLANK.sub("\n", text) if "\n " in text else text
        return self.text.split("\n")

    def only_with(self, sign: str, processor: Treeprocessor) -> Callable[[Element], Element | None]:
        run = processor.run
        return lambda root: run(root) if sign in self.text else None


class _Inlines(InlineProcessor):
    """The library's own, but for the patterns that can't match: they aren't tried."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        named = {
            id(self.inlinePatterns[name]): (name, signs)
            for name, signs in _INLINE_SIGNS.items()
            if name in self.inlinePatterns
        }
        patterns = [(pattern, *named.get(id(pattern), ("", ("",)))) for pattern in self.inlinePatterns]
        self._all = [(index, pattern, signs[0], signs[-1]) for index, (pattern, _, signs) in enumerate(patterns)]
        self._few = [each for each, (_, name, _) in zip(self._all, patterns, strict=True) if name not in _REFERENCES]
        self._tried = self._all
        signs = {sign for _, _, some in patterns for sign in some}
        self._sign = re.compile("|".join(sorted({"\x02", *(re.escape(sign[:1]) for sign in signs if sign[:1] != " ")})))
        """What a sign begins with, or what stands for a finished part. A line's end is looked for apart."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """As the library does it, but that a text without a sign stays where it is."""
        if ancestors is not None:
            return super().run(tree, ancestors)
        self._tried = self._all if self.md.references else self._few
        self.stashed_nodes: dict[str, Element | str] = {}
        self.parent_map: dict[Element, Element] = {}
        waiting: list[tuple[Element, list[str]]] = [(tree, [])]
        for parent, above in waiting:
            self.ancestors = [*above, parent.tag.lower()]
            made = []
            for child in parent:
                text, tail = child.text, child.tail
                if text and self._is_marked(text):
                    self.ancestors.append(child.tag.lower())
                    child.text = None
                    found = self._placed(text, child)
                    waiting += found
                    made.append((child, found))
                    self.ancestors.pop()
                if tail and self._is_marked(tail):
                    self._tail(parent, child, tail)
                if len(child):
                    waiting.append((child, self.ancestors[:]))
            for element, found in made:
                for at, each in enumerate(found):
                    element.insert(at, each[0])
        return tree

    def _tail(self, parent: Element, child: Element, tail: str) -> None:
        holder = child.makeelement("d", {})
        child.tail = None
        found = self._placed(tail, holder, False)
        if holder.tail:
            child.tail = holder.tail
        at = list(parent).index(child) + 1
        for each in reversed(found):
            parent.insert(at, each[0])

    def _placed(self, text: str, parent: Element, is_text: bool = True) -> list[tuple[Element, list[str]]]:
        data = self._handled(text, 0)
        found: list[tuple[Element, list[str]]] = self._InlineProcessor__processPlaceholders(data, parent, is_text)  # type: ignore[attr-defined]
        return found

    def _is_marked(self, text: str) -> bool:
        return not isinstance(text, AtomicString) and bool(self._sign.search(text) or "  \n" in text)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Takes the place of the library's method of that name, for what a pattern finds inside of its own."""
        return self._handled(data, patternIndex) if self._is_marked(data) else data

    def _handled(self, data: str, begin: int) -> str:
        for index, pattern, one, other in self._tried:
            if index < begin:
                continue
            at, matched = 0, True
            while matched:
                first = data.find(one, at)
                if other != one:
                    second = data.find(other, at)
                    first = min(first, second) if first >= 0 <= second else max(first, second)
                if first < 0:
                    break
                if one == "`" and "\\" in data:
                    first = at  # a match may begin with what escapes the sign
                data, matched, at = self._InlineProcessor__applyPattern(pattern, data, index, first)  # type: ignore[attr-defined]
        return data


def _written(root: Element) -> str:
    """As the library writes HTML; what our Markdown never makes is left to it."""
    parts: list[str] = []
    write = parts.append
    waiting: list[Any] = [root]
    while waiting:
        element = waiting.pop()
        if element.__class__ is str:
            write(element)
            continue
        tag, items = element.tag, element.items()
        if tag not in _BARE and (not isinstance(tag, str) or tag in {"script", "style"}):
            return to_html_string(root)
        opening, end = _BARE.get(tag) or (f"<{tag}>", "" if tag.lower() in HTML_EMPTY else f"</{tag}>")
        if items:
            if any(value.__class__ is not str or value == name for name, value in items):
                return to_html_string(root)
            spelt = [f' {name}="{_quoted(value)}"' for name, value in sorted(items)]
            opening = f"{opening[:-1]}{''.join(spelt)}>"
        write(opening)
        text, tail = element.text, element.tail
        if text:
            write(_escaped(text))
        if not len(element):
            write(end)
            if tail:
                write(_escaped(tail))
            continue
        if tail:
            waiting.append(_escaped(tail))
        waiting.append(end)
        waiting += element[::-1]
    return "".join(parts)


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
