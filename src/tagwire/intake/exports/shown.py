"""Files that lie beside a generator's text and that it shows."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tagwire.intake import attachments
from tagwire.intake.exports import files
from tagwire.intake.exports.body import Body
from tagwire.intake.found import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN: Final = re.compile(
    r"(!?\[[^\]]*\]\(\s*<?|<(?:img|audio|video|source|a)\b[^>]*?\b(?:src|href)=[\"'])(?!\w+:|//|#)([^\s\"'()<>]+)"
)
_TEXT: Final = re.compile(r"(?:\.(?:md|markdown|mdown|html?|rst|txt|php)|/)(?:[?#]|\Z)", re.IGNORECASE)
"""The end of what is an article, and no file."""
_MARKS: Final = re.compile(
    r"^```.*?^```|^\s*[#>|]+ ?|\[\^[^\]\s]+\]:?|[*_`]|!?\[([^\]]*)\]\([^)]*\)|^\s*\{[.#:][^}\n]*\}",
    re.MULTILINE | re.DOTALL,
)


def along(markdown: str, beside: Callable[[str], bytes | None]) -> Body:
    """The text with the pictures, sounds and films that lie beside it."""
    taken: dict[str, bytes] = {}
    known: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        target = unquote(found[2])
        if _TEXT.search(target) or (found[1].startswith(("[", "<a")) and not _is_kept(target)):
            return found[0]
        if target not in known:
            data = beside(target)
            if data is None:
                return found[0]
            known[target] = attachments.name(target, taken)
            taken[known[target]] = data
        return f"{found[1]}attachment:{known[target]}"

    text = _SHOWN.sub(replaced, markdown)
    return Body(text, plain(text), (), tuple(Attachment(name, data) for name, data in sorted(taken.items())))


def _is_kept(target: str) -> bool:
    """Whether a file that a link leads to keeps its ending beside an article."""
    return attachments.name(target, ()).rpartition(".")[2] == target.rpartition(".")[2].lower()


def plain(markdown: str) -> str:
    """The words of a Markdown text, nearly."""
    return unescape(re.sub(r"<[^<>]+>", "", _MARKS.sub(r"\1", markdown))).strip()


def lead(
    address: str, made: Body, beside: Callable[[str], bytes | None]
) -> tuple[str, tuple[Attachment, ...], tuple[str, ...]]:
    """A lead picture as it is called here, all attachments with it, and what is lost."""
    if not address or re.match(r"(?:https?:)?//", address):
        return address, made.attachments, ()
    data = beside(unquote(address))
    if data is None and address.startswith("/"):
        return address, made.attachments, ()
    if data is None:
        return "", made.attachments, (f"the lead picture {address}, which isn’t beside it",)
    return *files.held(address, data, made.attachments), ()
