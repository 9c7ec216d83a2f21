"""WordPress's classic editor saves paragraphs as blank lines: here they become what it shows, `<p>` and `<br>`.

After `wpautop` of WordPress's own `wp-includes/formatting.php`, in its effect.
"""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address"
    "|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu"
    "|summary|script|iframe"
)
_KEPT = re.compile(r"<(pre|script|style|textarea|svg)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(rf"(<(?:{_BLOCKS})\b[^>]*>)", re.IGNORECASE)
_CLOSING = re.compile(rf"(</(?:{_BLOCKS})\s*>)", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_MARK = "\x00{}\x00"


def paragraphs(text: str) -> str:
    """`text` with its paragraphs and line breaks as HTML."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return "\n\n" + _MARK.format(len(kept) - 1) + "\n\n"

    text = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
    text = re.sub(r"<[a-zA-Z/][^<>]*>", lambda found: found[0].replace("\n", " "), text)
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = _CLOSING.sub(r"\1\n\n", _OPENING.sub(r"\n\n\1", text))
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    joined = "\n".join(_paragraph(part) for part in parts)
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], joined)


_PIECE = re.compile(rf"</?(?:{_BLOCKS})\b[^<>]*>|\s+|(?P<text>[^\s<]+|<)", re.IGNORECASE)
"""Of a passage: boxes and space, and the text between them."""


def _paragraph(part: str) -> str:
    """One passage between blank lines; a box that begins or ends in it stays outside of its paragraph."""
    if part.startswith("\x00") and part.endswith("\x00"):
        return part
    before = re.match(rf"(?:</?(?:{_BLOCKS})\b[^>]*>\s*)+", part, re.IGNORECASE)
    head = before[0] if before else ""
    rest = part[len(head) :]
    end = max((found.end() for found in _PIECE.finditer(rest) if found["text"]), default=0)
    tail = rest[end:]
    middle = rest[: len(rest) - len(tail)]
    if not middle.strip():
        return part
    broken = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)(?:(?<!\s)\s+)?\n", "<br>\n", middle.strip())
    inline = _inline_holder(head) or _IS_BLOCK.search(middle)
    return f"{head}{broken}{tail}" if inline else f"{head}<p>{broken}</p>{tail}"


def _inline_holder(head: str) -> bool:
    """Whether the text stands in an element that takes no paragraph: a heading, a cell, an item of a list."""
    last = re.search(r"<(\w+)\b[^>]*>\s*\Z", head)
    return bool(
        last and re.fullmatch(r"h[1-6]|td|th|li|dt|dd|caption|figcaption|summary|legend|p", last[1], re.IGNORECASE)
    )
