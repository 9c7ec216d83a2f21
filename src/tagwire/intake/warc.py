"""Web archives (WARC 1.1, `.warc` and `.warc.gz`): every page in it that is an article."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tagwire.intake import dates, decode, page
from tagwire.intake.around import Around
from tagwire.intake.found import Item, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked

_HTML: Final = ("text/html", "application/xhtml+xml")
_DAMAGES: Final = (ArchiveLoadFailed, EOFError, zlib.error, OSError, ValueError, AttributeError, TypeError, LookupError)
"""The last four are warcio's, over headers that end or begin too early."""
_LARGEST: Final = 64 << 20
"""Bytes of one page or picture."""
_PICTURES: Final = 256 << 20
"""Bytes of all pictures that are remembered."""


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """The pages of an archive, by their address; the last copy of each."""
    name = bundle.names()[0]
    with bundle.open(name) as stream:
        pictures, last = _survey(stream)
    try:
        with bundle.open(name) as stream:
            for number, record in enumerate(_records(stream)):
                if last.get(_address(record)) == number:
                    yield _item(record, path, asked, pictures)
    except _DAMAGES as error:
        told = isinstance(error, (ArchiveLoadFailed, EOFError, OSError, zlib.error))
        why = str(error).strip().partition("\n")[0] if told else "a record lacks a header, or ends too early"
        message = f"this web archive is damaged: {why}"
        yield Problem(f"content/{path}", 0, 0, "archive-broken", message, "what could be read was read; copy it anew")


def _records(stream: IO[bytes]) -> Iterator[ArcWarcRecord]:
    """Answers and resources of an archive, packed as a whole, record by record, or not at all."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    for record in ArchiveIterator(gzip.GzipFile(fileobj=stream) if packed else stream, arc2warc=True):
        if record.rec_type in ("response", "resource"):
            yield record


def _survey(stream: IO[bytes]) -> tuple[dict[str, bytes], dict[str, int]]:
    """(pictures by their address, number of the last record of each page)."""
    pictures: dict[str, bytes] = {}
    last: dict[str, int] = {}
    size = 0
    try:
        for number, record in enumerate(_records(stream)):
            kind, status = _kind(record)
            if kind in _HTML and status == "200":
                last[_address(record)] = number
            elif kind.startswith("image/") and status == "200" and size < _PICTURES:
                pictures[_address(record)] = record.content_stream().read(_LARGEST)
                size += len(pictures[_address(record)])
    except _DAMAGES:
        pass  # told when the pages are read
    return pictures, last


def _kind(record: ArcWarcRecord) -> tuple[str, str]:
    """(media type, status of the answer)."""
    headers = record.http_headers
    if headers is None:
        return (record.rec_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower(), "200"
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind, headers.get_statuscode()


def _address(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")


def _item(record: ArcWarcRecord, path: str, asked: Asked, pictures: dict[str, bytes]) -> Item:
    address = _address(record)
    data = record.content_stream().read(_LARGEST)
    sha256 = hashlib.sha256(data).hexdigest()
    declared = record.http_headers.get_header("Content-Type") if record.http_headers else ""
    charset = re.search(r"charset=[\"']?([\w.:-]+)", declared or "", re.IGNORECASE)
    decoded = decode.decode(data, path, charset[1] if charset else "")
    if isinstance(decoded, Refused):
        return Item(address, sha256, decoded)
    found = page.read(decoded.text, path, asked, Around(address, pictures.get))
    if isinstance(found, Refused):
        said = tuple(replace(problem, message=f"{problem.message} ({address})") for problem in found.problems)
        return Item(address, sha256, Refused(said))
    made = dates.read(record.rec_headers.get_header("WARC-Date") or "", "UTC")
    return Item(address, sha256, replace(found, made=made, canonical=found.canonical or address), decoded.problems)
