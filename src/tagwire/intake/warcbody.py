"""The body of an answer in a web archive, unpacked: chunks, gzip, deflate, and Brotli (RFC 7932)."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

from tagwire.intake.bundle import Broken

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_UNPACKED = ("", "identity", "utf-8", "none", "7bit", "8bit", "binary")
"""Encodings that servers name and that are none."""


def read(record: ArcWarcRecord, most: int) -> bytes:
    """At most `most` bytes of the body of a record.

    Raises:
        Broken: it is packed in a way that can't be read here.
    """
    headers = record.http_headers
    coding = (headers.get_header("content-encoding") or "").strip().lower() if headers else ""
    if coding == "br":
        return _brotli(_chunks(record), most)
    if coding not in _UNPACKED and coding.removeprefix("x-") not in BufferedReader.get_supported_decompressors():
        raise Broken("source-not-text", f"this page is packed by `{coding}`, which isn’t read", "save it anew")
    return bytes(record.content_stream().read(most))


class Unpacked:
    """The bytes of a gzip file of many members. Unlike `gzip`, it gives all that stands before a torn end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(_GZIP)
        self._rest, self._open, self._given = b"", False, 0

    def read(self, size: int = -1) -> bytes:
        """Some of the bytes, none at the end.

        Raises:
            EOFError: it ends within a member.
        """
        while data := self._rest or self._stream.read(_BLOCK):
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            found = self._member.decompress(data, max(size, _BLOCK))
            self._rest = self._member.unconsumed_tail or self._member.unused_data.lstrip(b"\0")
            self._open = not self._member.eof
            if found:
                self._given += len(found)
                return found
        if self._open:
            raise EOFError("it ends within a record")
        return b""

    @property
    def torn(self) -> bool:
        """Whether the file has ended within a member."""
        return self._open and not self._rest

    def tell(self) -> int:
        """How many bytes were given."""
        return self._given


_GZIP = 31
"""What tells `zlib` of the header of gzip."""
_BLOCK = 1 << 14


def _chunks(record: ArcWarcRecord) -> bytes:
    """The packed body; warcio's own way to unpack Brotli stops at an attribute that the library doesn't have."""
    chunked = (record.http_headers.get_header("transfer-encoding") or "").strip().lower() == "chunked"
    return bytes((ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream).read())


def _brotli(packed: bytes, most: int) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "reading pages that are packed by Brotli needs a library that is not installed"
        raise Broken("extra-missing", message, "run: pip install 'tagwire[brotli]'") from error
    opened, found = brotli.Decompressor(), bytearray()
    try:
        found += opened.process(packed, output_buffer_limit=most)
        while len(found) < most and not opened.is_finished():
            more = opened.process(b"", output_buffer_limit=most)
            if not more:
                break
            found += more
    except brotli.error:
        return packed[:most]  # crawlers unpack a body, and leave the header as it was
    return bytes(found[:most])
