"""Web archives (WARC 1.1, `.warc` and `.warc.gz`): every page in it that is an article."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tagwire.intake import dates, decode, page, warcbody
from tagwire.intake.around import Around
from tagwire.intake.bundle import Broken
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
_DOCUMENTS: Final = ("application/pdf", "application/msword", "application/epub+zip", "text/plain")
_LARGEST: Final = 64 << 20
"""Bytes of one page or picture."""
_PICTURES: Final = 256 << 20
"""Bytes of all pictures that are remembered."""


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """The pages of an archive, by their address; the last copy of each."""
    name = bundle.names()[0]
    with bundle.open(name) as stream:
        pictures, last, others = _survey(stream)
    try:
        with bundle.open(name) as stream:
            for number, record in enumerate(_records(stream)):
                if last.get(_address(record)) == number:
                    yield _item(record, path, asked, pictures)
        yield from _untold(others, path)
    except _DAMAGES as error:
        told = isinstance(error, (ArchiveLoadFailed, EOFError, OSError, zlib.error))
        why = str(error).strip().partition("\n")[0] if told else "a record lacks a header, or ends too early"
        message = f"this web archive is damaged: {why}"
        yield Problem(f"content/{path}", 0, 0, "archive-broken", message, "what could be read was read; copy it anew")


def _records(stream: IO[bytes]) -> Iterator[ArcWarcRecord]:
    """Answers and resources of an archive, packed as a whole, record by record, or not at all."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    unpacked = warcbody.Unpacked(stream) if packed else None
    for record in ArchiveIterator(unpacked or stream, arc2warc=True):
        if record.rec_type in ("response", "resource"):
            yield record
    if unpacked and unpacked.torn:  # within the head of a record, which is none to warcio
        raise EOFError("it ends within a record")


def _survey(stream: IO[bytes]) -> tuple[dict[str, bytes], dict[str, int], Counter[str]]:
    """(pictures by their address, number of the last record of each page, how many of what gives no article)."""
    others: Counter[str] = Counter()
    pictures: dict[str, bytes] = {}
    last: dict[str, int] = {}
    size = 0
    try:
        for number, record in enumerate(_records(stream)):
            kind, status = _kind(record)
            if kind in _HTML and status == "200":
                last[_address(record)] = number
            elif kind.startswith("image/") and status == "200" and size < _PICTURES:
                with suppress(Broken):
                    pictures[_address(record)] = warcbody.read(record, _LARGEST)
                    size += len(pictures[_address(record)])
            elif kind in _HTML and not status.startswith("3"):
                others[f"page that was answered with {status}"] += 1
            elif kind in _DOCUMENTS and status == "200":
                others[f"document of the kind {kind}"] += 1
    except _DAMAGES:
        pass  # told when the pages are read
    return pictures, last, others


def _untold(others: Counter[str], path: str) -> Iterator[Problem]:
    for what, count in sorted(others.items()):
        message = f"{count} {what.replace(' ', 's ', 1) if count > 1 else what} could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


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
    try:
        data = warcbody.read(record, _LARGEST)
    except Broken as error:
        problem = Problem(f"content/{path}", 0, 0, error.code, f"{error.message} ({address})", error.hint)
        return Item(address, "", Refused((problem,)))
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
