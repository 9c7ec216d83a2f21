"""What format a source has, told by its content; its name only settles a doubt."""

from __future__ import annotations

import re

_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"<(article|aside|blockquote|div|dl|figure|h[1-6]|header|main|meta|nav|ol|p|section|table|title|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_SUFFIXES = (".html", ".htm", ".xhtml", ".xht")


def is_html(text: str, path: str) -> bool:
    """Whether `text` is an HTML page or a piece of one; else it is plain text."""
    start = _START.match(text)
    begin = start.end() if start else 0
    if _PAGE.match(text, begin):
        return True
    fragment = _FRAGMENT.match(text, begin)
    if fragment is not None:
        # A plain text may begin with the name of a tag; a page closes what it opens.
        return path.lower().endswith(_SUFFIXES) or f"</{fragment[1].lower()}>" in text.lower()
    return path.lower().endswith(_SUFFIXES) and re.search(r"<[a-z!][^<>]*>", text, re.IGNORECASE) is not None
