"""How the content of a document that is neither plain text nor HTML gives its format away."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tagwire.intake.formats import Glance

_FIELD: Final = re.compile(rb"[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
"""A header and its folded lines (RFC 5322, 2.2)."""
_MACHINES: Final = re.compile(
    rb"^(?:mime-version|message-id|received|return-path|delivered-to|content-transfer-encoding|x-mailer|dkim-signature"
    rb"|content-type|in-reply-to|list-id):",
    re.IGNORECASE | re.MULTILINE,
)
"""Headers that programs write, and no one who types a text with `From:` and `Subject:` above it."""
_BOX: Final = re.compile(rb"From (?:\S+|\"[^\"]+\"\S*) +[^\r\n]*\d{4}[^\r\n]*\r?\n|From - [^\r\n]*\r?\n")


def is_word(seen: Glance) -> bool:
    """Whether it is a document of Word since 2007."""
    return "[Content_Types].xml" in seen.names and any(name.startswith("word/") for name in seen.names)


def is_opendocument(seen: Glance) -> bool:
    """Whether it is a text, sheet or the like of LibreOffice."""
    return "content.xml" in seen.names and "META-INF/manifest.xml" in seen.names


def is_epub(seen: Glance) -> bool:
    """Whether it is a book."""
    return "META-INF/container.xml" in seen.names


def is_stranger(seen: Glance) -> bool:
    """Whether it is a file of Office that holds no text to read: old ones (OLE), sheets, slides."""
    sheet = "[Content_Types].xml" in seen.names and any(name.startswith(("xl/", "ppt/")) for name in seen.names)
    return sheet or seen.head.startswith(b"\xd0\xcf\x11\xe0")


def is_rtf(seen: Glance) -> bool:
    """Whether it is Rich Text."""
    return seen.head.startswith(b"{\\rtf")


def is_pdf(seen: Glance) -> bool:
    """Whether it is a PDF; readers look for its mark in the first 1,024 bytes."""
    return b"%PDF-" in seen.head[:1024]


def is_warc(seen: Glance) -> bool:
    """Whether it is a web archive, packed or not."""
    head = seen.head
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def _headers(head: bytes) -> bytes:
    """The block of headers at the top; empty if there is none that a program has written."""
    at = 0
    while field := _FIELD.match(head, at):
        at = field.end()
    return head[:at] if _MACHINES.search(head[:at]) else b""


def is_mailbox(seen: Glance) -> bool:
    """Whether it is a box of mails."""
    first = _BOX.match(seen.head)
    return first is not None and bool(_headers(seen.head[first.end() :]))


def is_saved(seen: Glance) -> bool:
    """Whether it is a page that a browser saved as one file."""
    headers = _headers(seen.head).lower()
    saved = re.search(rb"^(?:snapshot-content-location:|from: <saved by)", headers, re.MULTILINE)
    related = b"multipart/related" in headers and re.search(
        rb"^content-location:", seen.head, re.IGNORECASE | re.MULTILINE
    )
    return bool(headers) and bool(saved or (related and not re.search(rb"^(?:to|received):", headers, re.MULTILINE)))


def is_mail(seen: Glance) -> bool:
    """Whether it is a mail."""
    return bool(_headers(seen.head))
