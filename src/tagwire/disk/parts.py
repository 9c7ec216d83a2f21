"""Byte strings kept side by side in one: what is read on every build must cost no parser and no objects."""

from __future__ import annotations

import zlib

_LENGTH = 8
_FINE, _COARSE = 100_000_000, 2_500_000_000
"""Nanoseconds: where the file system keeps fractions of a second, and where it doesn't."""
POSITIVE = (1 << 63) - 1
"""Makes an inode, which may use all 64 bits, and the time that anybody gave a file, such as the year 2300, fit into an
array of signed numbers."""


def grain(when: int) -> int:
    """Age from which the stat of a file that was changed at that time can be trusted; both in nanoseconds."""
    return _FINE if when % 1_000_000_000 else _COARSE


def joined(parts: list[bytes]) -> bytes:
    """`parts` as one byte string with a checksum."""
    data = b"".join([len(part).to_bytes(_LENGTH, "little") + part for part in parts])
    return zlib.crc32(data).to_bytes(_LENGTH, "little") + data


def split(data: bytes) -> list[bytes] | None:
    """What `joined` was given; None if it is damaged."""
    if int.from_bytes(data[:_LENGTH], "little") != zlib.crc32(memoryview(data)[_LENGTH:]):
        return None
    parts: list[bytes] = []
    at = _LENGTH
    while at < len(data):
        end = at + _LENGTH + int.from_bytes(data[at : at + _LENGTH], "little")
        parts.append(data[at + _LENGTH : end])
        at = end
    return parts


def short(data: bytes) -> str:
    """A short name; two that share one must be told apart by other means."""
    return f"{zlib.crc32(data):08x}"
