"""Takes the URLs out of HTML, so that one rendering serves every address it is shown at."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import names
from tagwire.model import Markup, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.model import Draft

_TOKEN = re.compile(
    r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>"
    r"|<[a-zA-Z](?![a-zA-Z0-9]*>)(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
"""A tag that has attributes. Comments and scripts, which only a trusted article has, are stepped over."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ATTRIBUTE = re.compile(r"\s([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|[^\s\"'<>]+))?")
"""One attribute, taken whole: what only looks like an attribute inside of another one's value is never one."""
_URLS = frozenset({"href", "src", "poster", "cite"})
_BETWEEN = re.compile(r"[\s,]*")
_ADDRESS = re.compile(r"\S+")
_DESCRIPTOR = re.compile(r"[^,(]*(?:\([^)]*\)?[^,(]*)*")


def take_out(html: str) -> Markup:
    """`html` with a gap for each URL: in `href`, `src`, `srcset`, `poster` and `cite`, wherever they stand."""
    parts: list[str] = []
    urls: list[str] = []
    done = 0
    for start, end in _spans(html):
        parts.append(html[done:start])
        urls.append(entities.unescape(html[start:end]))
        done = end
    return Markup((*parts, html[done:]), tuple(urls))


def crossings(draft: Draft, urls: tuple[str, ...]) -> tuple[Place, ...]:
    """Where `draft` links to other Markdown files: Markdown's parser keeps no places, so the text is searched."""
    found = []
    for url in dict.fromkeys(urls):
        path = url.partition("#")[0].partition("?")[0]
        if not names.is_markdown(path) or _SCHEME.match(url):
            continue
        at = max(draft.markdown.find(url), draft.markdown.find(unquote(url)))
        before = draft.markdown[: max(at, 0)]
        start = before.rfind("\n") + 1
        excerpt = draft.markdown[start:].partition("\n")[0]
        found.append(Place(url, draft.line + before.count("\n"), len(before) - start + 1, excerpt))
    return tuple(found)


def _spans(html: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(html):
        tag = token[0]
        if "=" not in tag or tag.startswith("<!"):
            continue
        for attribute in _ATTRIBUTE.finditer(tag):
            name = attribute[1].lower()
            if name in _URLS and attribute[2] is not attribute[3]:
                spans.append(_offset(attribute, token.start()))
            elif name == "srcset" and attribute[2] is not attribute[3]:
                begin, end = _offset(attribute, token.start())
                spans += [(begin + first, begin + last) for first, last in _candidates(html[begin:end])]
    return spans


def _candidates(srcset: str) -> Iterator[tuple[int, int]]:
    """Where the URLs of a srcset stand (HTML, section 4.8.4.2.1): a comma inside of one belongs to it."""
    at = 0
    while found := _ADDRESS.match(srcset, _end(_BETWEEN, srcset, at)):
        url = found[0].rstrip(",")
        yield found.start(), found.start() + len(url)
        at = found.end() if url != found[0] else _end(_DESCRIPTOR, srcset, found.end())


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _offset(match: re.Match[str], start: int) -> tuple[int, int]:
    group = 2 if match[2] is not None else 3
    return start + match.start(group), start + match.end(group)
