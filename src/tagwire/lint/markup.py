"""HTML as a reader meets it: its tags, attributes and addresses, found without trusting it."""

from __future__ import annotations

import functools
import html
import re

VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_OPTIONAL = set("li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th".split())
_BLOCKS = set(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr main menu nav ol p pre section table ul".split()
)
KNOWN = (
    VOID
    | _OPTIONAL
    | _BLOCKS
    | set(
        "a abbr acronym applet audio b basefont bdi bdo big body button canvas center cite code data datalist del dfn "
        "dialog dir em fieldset font frame frameset head html i iframe ins kbd label legend map mark meter noframes "
        "noscript object output picture progress q ruby s samp script search select slot small span strike strong "
        "style sub summary sup svg template textarea time title tt u var video math".split()
    )
)
URLS = {"href", "src", "poster", "cite", "data", "background", "longdesc", "action"}
SETS = {"srcset", "imagesrcset"}

Tag = tuple[str, dict[str, str]]


_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^>])*+)>|<!--.*?(?:-->|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?")
_RAW = {"script", "style"}


class Markup:
    """All tags of a piece of HTML, and the ways in which they don't fit.

    html.parser would take minutes for some strangers' texts (python/cpython#135462); this takes linear time.
    """

    def __init__(self, text: str) -> None:
        self.tags: list[Tag] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.foreign = 0
        at, end = 0, text.rfind(">") + 1
        while found := _TAG.search(text, at, end):
            at = found.end()
            name = (found["name"] or "").lower()
            if found["end"]:
                self._close(name)
            elif name:
                self._begin(name, found["rest"])
                if name in _RAW:  # what stands in a script is no markup
                    closed = text.lower().find(f"</{name}", at)
                    at = closed if closed >= 0 else end
        self.faults += [f"`<{tag}>` is never closed" for tag in self.open if tag not in _OPTIONAL]

    def _begin(self, tag: str, rest: str) -> None:
        values = {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(rest)}
        self.tags.append((tag, values))
        if tag in _BLOCKS and self.open and self.open[-1] == "p":
            self.open.pop()  # HTML closes the paragraph by itself
        if tag in {"svg", "math"}:
            self.foreign += 1
        elif not self.foreign and tag not in KNOWN and "-" not in tag:
            self.faults.append(f"`{tag}` is no element of HTML")
        if tag not in VOID:
            self.open.append(tag)
            if self.foreign and rest.endswith("/"):  # only SVG and MathML know elements that close themselves
                self._close(tag)

    def _close(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in {"svg", "math"}:
            self.foreign = max(0, self.foreign - 1)
        if tag not in self.open:
            self.faults.append(f"`</{tag}>` closes nothing")
            return
        while (last := self.open.pop()) != tag:
            if last not in _OPTIONAL:
                self.faults.append(f"`<{last}>` is still open at `</{tag}>`")


@functools.lru_cache(maxsize=64)
def read(text: str) -> Markup:
    """The tags of a piece of HTML."""
    return Markup(text)


def urls(tag: Tag) -> list[tuple[str, str]]:
    """(attribute, address) of every address that a tag holds."""
    found = [(name, value.strip()) for name, value in tag[1].items() if name in URLS]
    for name, value in tag[1].items():
        if name in SETS:
            found += [(name, part.split()[0]) for part in value.split(", ") if part.split()]
    return found
