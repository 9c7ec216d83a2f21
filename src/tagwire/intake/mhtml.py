"""Pages that a browser saved as one file (MHTML, RFC 2557): the page, and the pictures that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.intake import mailparts, page
from tagwire.intake.around import Around
from tagwire.intake.found import Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.intake.found import Asked, Found


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in an `.mhtml`."""
    message = mailparts.parse(data)
    root = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if root is None:
        return Refused((Problem(f"content/{path}", 0, 0, "no-article", "there is no page in this archive"),))
    files = mailparts.parts(message).files
    address = mailparts.header(message, "snapshot-content-location") or mailparts.header(root, "content-location")
    text = mailparts.text_of(root)

    def beside(name: str) -> bytes | None:
        return files[name].data if name in files else None

    return page.read(text, path, asked, Around(address, beside))
