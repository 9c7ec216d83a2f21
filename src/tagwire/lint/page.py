"""Rules about web pages: what a reader, a screen reader or a search engine stumbles over, and links that lead nowhere.

`sketch` looks at one page; `links` at all pages of a folder side by side.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from tagwire.lint.rules import Rule
from tagwire.lint.shape import line_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tagwire.problems import Problem, Severity

_SHOWN = 5
"""Findings of one rule on one page."""
_HERE = "https://site.invalid/"
"""What stands for the address of a folder whose own isn't known."""


_TABLE: tuple[tuple[str, Severity, str, str, str], ...] = (
    ("page-title-missing", "error", "HTML Living Standard, title; WCAG 2.4.2",
     "Tabs, bookmarks and search results show the address instead.",
     "give the page a `<title>`"),
    ("page-lang-missing", "warning", "WCAG 3.1.1",
     "A screen reader reads the page in the wrong language.",
     "write the language into `<html lang=…>`"),
    ("page-heading-missing", "warning", "WCAG 1.3.1 and 2.4.6",
     "Who can't see the page jumps from heading to heading, and finds no beginning.",
     "have one `<h1>`"),
    ("page-heading-skipped", "warning", "WCAG 1.3.1",
     "A level that is left out looks like a part that is missing.",
     "use `##` below the title, `###` below that"),
    ("page-id-repeated", "error", "HTML Living Standard, id",
     "A link to the anchor leads to the first of them only.",
     "give each element another `id`"),
    ("page-alt-missing", "warning", "WCAG 1.1.1",
     "A screen reader reads out the name of the picture's file.",
     "write `![what it shows](picture.jpg)`"),
    ("page-mixed-content", "warning", "W3C Mixed Content",
     "Browsers don't load it into a page that came by https.",
     "write `https:`"),
    ("page-link-broken", "error", "RFC 9110, 404",
     "Readers get an error page.",
     "mend the path, or keep the old address alive by `aliases`"),
    ("page-anchor-broken", "warning", "HTML Living Standard, scrolling to a fragment",
     "The page opens at its top, and the reader has to search.",
     "look at the ids of the headings there"),
    ("page-picture-broken", "error", "RFC 9110, 404",
     "The page has a hole.",
     "put the file beside the article, or mend its path"),
)  # fmt: skip
"""Code, severity, who says so, why it matters, what to do."""
PAGE_RULES = {code: Rule(code, severity, source, why, hint, (), None) for code, severity, source, why, hint in _TABLE}


_FEED = re.compile(rb"<\?xml[^>]*>\s*(?:<\?[^>]*>\s*)*<(?:rss|feed)\b")


@dataclass(frozen=True, slots=True)
class PageSketch:
    """What a page says, as far as other pages matter."""

    path: str
    ids: frozenset[str]
    links: tuple[tuple[str, int], ...]
    """(URL as written, line) of what can be followed …"""
    pictures: tuple[tuple[str, int], ...]
    """… and of what is loaded."""


def sketch(data: bytes, path: str, *, secure: bool = True) -> tuple[PageSketch, tuple[Problem, ...]]:
    """What a page links to, and what is wrong with it by itself. `secure`: it is served by https.

    Another program's feed at `feed/` goes on in a page's file, and is none.
    """
    if _FEED.match(data):
        return PageSketch(path, frozenset(), (), ()), ()
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(data or b"<html/>", parser)
    if root is None:
        root = etree.Element("html")
    problems = [problem for check in _CHECKS for problem in _some(check(root, secure), path)]
    named = [each.get("id") for each in root.iter() if isinstance(each.tag, str)]
    ids = frozenset(str(name) for name in (*named, *(each.get("name") for each in root.iter("a"))) if name)
    links = tuple((str(each.get("href")).strip(), line_of(each)) for each in root.iter("a", "area") if each.get("href"))
    loaded = [(url, line) for element in root.iter("img", "source", "video", "audio") for url, line in _loads(element)]
    return PageSketch(path, ids, links, tuple(loaded)), tuple(problems)


def _some(findings: Iterable[tuple[str, int, str]], path: str) -> Iterator[Problem]:
    for number, (code, line, message) in enumerate(findings):
        if number < _SHOWN:
            yield PAGE_RULES[code].problem(path, line, message)


def _loads(element: etree._Element) -> Iterator[tuple[str, int]]:
    urls = [str(element.get(name)) for name in ("src", "poster") if element.get(name)]
    urls += [part.split()[0] for part in str(element.get("srcset") or "").split(", ") if part.strip()]
    yield from ((url.strip(), line_of(element)) for url in urls)


def _head(root: etree._Element, secure: bool) -> Iterator[tuple[str, int, str]]:  # noqa: ARG001 - as all checks
    title = next(root.iter("title"), None)
    if title is None or not text_of(title):
        yield "page-title-missing", 0, "the page has no title"
    if not root.get("lang"):
        yield "page-lang-missing", line_of(root), "the page doesn't say its language"


def _headings(root: etree._Element, secure: bool) -> Iterator[tuple[str, int, str]]:  # noqa: ARG001 - as all checks
    found = [(int(str(each.tag)[1]), line_of(each)) for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    first = sum(level == 1 for level, _ in found)
    refreshes = any(str(each.get("http-equiv")).lower() == "refresh" for each in root.iter("meta"))
    if first != 1 and not refreshes:
        yield "page-heading-missing", 0, "the page has no `<h1>`" if not first else f"the page has {first} `<h1>`"
    for (before, _), (level, line) in itertools.pairwise(found):
        if level > before + 1:
            yield "page-heading-skipped", line, f"`<h{level}>` follows `<h{before}>`"


def _ids(root: etree._Element, secure: bool) -> Iterator[tuple[str, int, str]]:  # noqa: ARG001 - as all checks
    seen = Counter[str]()
    for element in root.iter():
        name = element.get("id") if isinstance(element.tag, str) else None
        if name:
            seen[name] += 1
            if seen[name] == 2:
                yield "page-id-repeated", line_of(element), f"the id `{name}` is there before"


def _pictures(root: etree._Element, secure: bool) -> Iterator[tuple[str, int, str]]:
    for element in root.iter("img"):
        if element.get("alt") is None:
            yield (
                "page-alt-missing",
                line_of(element),
                f"the picture `{element.get('src') or ''}` has no text in its place",
            )
    for element in root.iter("img", "source", "video", "audio", "script", "link", "iframe") if secure else ():
        url = str(element.get("src") or (element.get("href") if _is_loaded(element) else "") or "")
        if url.lower().startswith("http:"):
            yield "page-mixed-content", line_of(element), f"`{url}` is loaded without encryption"


def _is_loaded(element: etree._Element) -> bool:
    return element.tag == "link" and "stylesheet" in str(element.get("rel")).lower()


_CHECKS: tuple[Callable[[etree._Element, bool], Iterator[tuple[str, int, str]]], ...] = (
    _head, _headings, _ids, _pictures,
)  # fmt: skip


# ------------------------------------------------------------------ side by side


def links(pages: Sequence[PageSketch], files: Collection[str], base: str = "") -> tuple[Problem, ...]:
    """Links and pictures that lead nowhere, each target once.

    `files` are the paths of all that is there; `base` is the folder's public address, if it is known.
    """
    there = frozenset(files)
    ids = {page.path: page.ids for page in pages}
    return tuple(sorted(_Links(base or _HERE, there, ids).problems(pages)))


def outside(pages: Sequence[PageSketch], base: str = "") -> dict[str, tuple[str, int]]:
    """URLs that lead elsewhere, each with the first (page, line) that has it."""
    found: dict[str, tuple[str, int]] = {}
    for page in pages:
        for url, line in (*page.links, *page.pictures):
            whole = urljoin(base or _HERE, url) if url.startswith("//") else url
            if re.match(r"https?://", whole, re.IGNORECASE) and not (base and whole.startswith(base)):
                found.setdefault(whole.partition("#")[0], (page.path, line))
    return found


class _Links:
    def __init__(self, base: str, there: frozenset[str], ids: Mapping[str, frozenset[str]]) -> None:
        self.base, self.there, self.ids = base, there, ids
        self.found: dict[tuple[str, str], list[Problem]] = {}

    def problems(self, pages: Sequence[PageSketch]) -> Iterator[Problem]:
        for page in pages:
            here = urljoin(self.base, page.path.removesuffix("index.html"))
            for url, line in page.pictures:
                self._look(page, here, url, line, "page-picture-broken")
            for url, line in page.links:
                self._look(page, here, url, line, "page-link-broken")
        for (code, target), same in self.found.items():
            first = same[0]
            more = len({problem.path for problem in same}) - 1
            others = f" (on {more} more pages too)" if more > 1 else " (on one more page too)" if more else ""
            message = f"{first.message}{others}" if target else first.message
            yield PAGE_RULES[code].problem(first.path, first.line, message)

    def _look(self, page: PageSketch, here: str, url: str, line: int, code: str) -> None:
        try:
            whole = urljoin(here, url)
            fragment = urlsplit(whole).fragment
        except ValueError:
            self._note(code, page, line, url, f"`{url}` is no URL")
            return
        if not whole.startswith(self.base):
            return
        path = unquote(whole.removeprefix(self.base).partition("#")[0].partition("?")[0])
        file = next((each for each in _files(path) if each in self.there), None)
        if file is None:
            self._note(code, page, line, path, f"`{url}` leads nowhere: there is no `{path or '/'}`")
        elif fragment and file in self.ids and not self._anchored(file, unquote(fragment)):
            message = f"`{url}`: there is no `#{unquote(fragment)}` on that page"
            self._note("page-anchor-broken", page, line, f"{path}#{fragment}", message)

    def _anchored(self, file: str, fragment: str) -> bool:
        return fragment in self.ids[file] or fragment.lower() == "top" or fragment.startswith(":~:")

    def _note(self, code: str, page: PageSketch, line: int, target: str, message: str) -> None:
        self.found.setdefault((code, target), []).append(PAGE_RULES[code].problem(page.path, line, message))


def _files(path: str) -> tuple[str, ...]:
    """Where a host looks for a path."""
    if path == "" or path.endswith("/"):
        return (f"{path}index.html",)
    return path, f"{path}/index.html", f"{path}.html"
