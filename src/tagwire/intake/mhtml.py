"""Pages that a browser saved as one file (MHTML, RFC 2557): the page, and the pictures that it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tagwire.intake import mailparts, page
from tagwire.intake.around import Around
from tagwire.intake.exports.address import uncounted
from tagwire.intake.found import Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tagwire.intake.found import Asked, Found


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in an `.mhtml`."""
    message = mailparts.parse(data)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        return Refused((Problem(f"content/{path}", 0, 0, "no-article", "there is no page in this archive"),))
    texts = [mailparts.text_of(part) for part in pages]
    at = _shown(texts)
    files = mailparts.parts(message).files
    saved = "" if at else mailparts.header(message, "snapshot-content-location")
    address = saved or mailparts.header(pages[at], "content-location")
    frames = {
        mailparts.header(part, "content-id").strip("<> "): mailparts.header(part, "content-location") for part in pages
    }

    def beside(name: str) -> bytes | None:
        return files[name].data if name in files else None

    text = _FRAME.sub(lambda found: frames.get(found[1]) or found[0], texts[at])
    made = page.read(text, path, asked, Around(_uncounted(address), beside))
    if isinstance(made, Refused) or not _is_torn(message, data):
        return made
    return replace(made, left=(*made.left, "what stood behind the place where this file breaks off"))


_FRAME: Final = re.compile(r"cid:([^\s\"'<>]+)")
_MARKUP: Final = re.compile(r"<[^<>]*>")


def _shown(texts: list[str]) -> int:
    """Which page is meant: the first, or where that only places frames, the one with the most text."""
    if "<frameset" not in texts[0].lower() or len(texts) < 2:
        return 0
    return max(range(1, len(texts)), key=lambda at: len(_MARKUP.sub("", texts[at])))


def _uncounted(address: str) -> str:
    """The address of a page without what counts clicks."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts._replace(query=uncounted(parts.query)).geturl()


def _is_torn(message: EmailMessage, data: bytes) -> bool:
    """Whether the line is missing that ends the last part (RFC 2046, 5.1.1)."""
    boundary = message.get_boundary() or ""
    return bool(boundary) and f"--{boundary}--".encode("utf-8", "replace") not in data
