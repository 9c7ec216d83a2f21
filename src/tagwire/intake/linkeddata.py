"""The article that a page describes in JSON-LD (schema.org), if it does."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

Node = dict[str, object]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|CreativeWork|LiveBlog)\Z")
_COMMENT = re.compile(r"\A(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)")
_MOST = 5000
"""Nodes looked at in one page."""


def article(root: html.HtmlElement) -> Node:
    """The first node that is an article by its type; empty if there is none."""
    nodes = [node for script in root.iter("script") if _is_ld(script) for node in _nodes(script.text or "")]
    found = next((node for node in nodes if _is_article(node)), None)
    if found is None:  # some sites only say of the page when it was published
        pages = (node for node in nodes if "WebPage" in strings(node.get("@type")) and "datePublished" in node)
        found = {key: value for key, value in next(pages, {}).items() if key in ("datePublished", "dateModified")}
    return found


def strings(value: object) -> tuple[str, ...]:
    """The texts of a property: a text, a thing with a name, or a list of such."""
    found: list[str] = []
    pending = [value]
    while pending and len(found) < 100:
        item = pending.pop(0)
        if isinstance(item, str):
            found.append(item.strip())
        elif isinstance(item, list):
            pending = [*item, *pending]
        elif isinstance(item, dict):
            pending.insert(0, item.get("name") or item.get("@value") or "")
    return tuple(text for text in found if text)


def _is_ld(script: html.HtmlElement) -> bool:
    return "ld+json" in script.get("type", "").lower()


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.search(kind) for kind in strings(node.get("@type")))


def _bare(text: str) -> str:
    """A script without the comment or the section that some sites put around it."""
    text = _COMMENT.sub("", text.strip())
    for ending in (";", "-->", "]]>", "//"):
        text = text.strip().removesuffix(ending)
    return text


def _nodes(text: str) -> Iterator[Node]:
    """All objects of a script, `@graph` and what is nested included, in order."""
    try:
        pending: list[object] = [json.loads(_bare(text), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST):
        if not pending:
            return
        item = pending.pop(0)
        if isinstance(item, list):
            pending = [*item, *pending]
        elif isinstance(item, dict):
            yield item
            pending = [*(value for value in item.values() if isinstance(value, (dict, list))), *pending]
