"""What a source consists of: one file, or the files of a folder or an archive, read only as far as needed."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BufferedReader, BytesIO, RawIOBase
from typing import IO, TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Sequence


class Bundle(Protocol):
    """Files that together are one source. `disk` has those that lie on the disk; a reader sees no other way to it."""

    @property
    def many(self) -> bool:
        """Whether it is a folder or an archive; else it is one file."""

    def names(self) -> Sequence[str]:
        """Paths of its files, POSIX, relative, sorted; of a lone file its name."""

    def size(self, name: str) -> int:
        """Bytes of a file."""

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a file, as a stream; the caller closes it."""


class Broken(Exception):
    """It can't be read, or must not: code, what was found, what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
"""What `zipfile` and its decompressors raise; a place before the file's beginning is a ValueError."""
_LARGEST = 256 << 20
"""Bytes of one file that is read whole."""


def read(bundle: Bundle, name: str, most: int = _LARGEST) -> bytes:
    """A file as a whole.

    Raises:
        Broken: it is larger than `most` bytes, or damaged.
    """
    if bundle.size(name) > most:
        message = f"`{name}` has {bundle.size(name):,} bytes, more than {most:,}"
        raise Broken("source-too-large", message, "take it out, or make it smaller")
    with bundle.open(name) as stream:
        try:
            return stream.read()
        except _DAMAGES as error:
            raise _damaged(name) from error


def _damaged(name: str) -> Broken:
    return Broken("archive-broken", f"`{name}` in this archive is damaged", "download or copy the archive anew")


class Held:
    """A lone file whose bytes are in memory."""

    many = False

    def __init__(self, name: str, data: bytes) -> None:
        self._name, self._data = name, data

    def names(self) -> Sequence[str]:
        """Its name."""
        return (self._name,)

    def size(self, _name: str) -> int:
        """Its bytes."""
        return len(self._data)

    def open(self, _name: str) -> IO[bytes]:
        """Its bytes as a stream."""
        return BytesIO(self._data)


class Part:
    """One file of a folder or archive as an export of its own, with the other files behind it."""

    many = False

    def __init__(self, whole: Bundle, name: str) -> None:
        self._whole, self._name = whole, name

    def names(self) -> Sequence[str]:
        """Its own name first."""
        return (self._name, *(name for name in self._whole.names() if name != self._name))

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return self._whole.size(name)

    def open(self, name: str) -> IO[bytes]:
        """A file as a stream."""
        return self._whole.open(name)


# ------------------------------------------------------------------ archives

_MOST_FILES = 200_000
_MOST_BYTES = 64 << 30
_RATIO = 250
"""Text shrinks to a tenth, the most repetitive to a hundredth; deflate's limit, which bombs use, is 1,032."""
_UNSUSPICIOUS = 16 << 20
"""Bytes below which a file may shrink as it likes."""
_ENCRYPTED = 0x1
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db")


class Zipped:
    """The files of a zip archive; the folder around all of them, if there is one, is left out of their names.

    A stream of a member never gives more than the size that the archive declares (`zipfile`), so that the limits on
    declared sizes hold.
    """

    many = True

    def __init__(self, stream: IO[bytes]) -> None:
        """Lists the archive.

        Raises:
            Broken: it is damaged, locked, or would unpack to far more than it is.
        """
        try:
            self._archive = zipfile.ZipFile(stream)
            found = [
                info
                for info in self._archive.infolist()
                if info.filename and not info.is_dir() and _wanted(info.filename)
            ]
        except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
            message = "this archive is damaged, or not downloaded to its end"
            raise Broken("archive-broken", message, "download or copy it anew") from error
        _refuse_bombs(found, stream.seek(0, 2))
        members = {name: info for info in found if (name := _path(info.filename))}
        top = _common(members)
        self._members = {name.removeprefix(top): members[name] for name in sorted(members)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def names(self) -> Sequence[str]:
        """Paths within the archive."""
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked."""
        return self._members[name].file_size

    def open(self, name: str) -> IO[bytes]:
        """A member, unpacked as it is read.

        Raises:
            Broken: it is packed in a way that Python doesn't know; while it is read, that it is damaged.
        """
        try:
            return BufferedReader(_Member(name, self._archive.open(self._members[name])))
        except _DAMAGES as error:
            message = f"`{name}` in this archive can't be unpacked: {error}"
            raise Broken("archive-broken", message, "pack the archive anew, without a password") from error


class _Member(RawIOBase):
    """A member's bytes: damage is found while they are unpacked, whoever reads them."""

    def __init__(self, name: str, packed: IO[bytes]) -> None:
        self._name, self._packed = name, packed

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._packed.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._packed.seek(offset, whence)

    def tell(self) -> int:
        return self._packed.tell()

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # the buffer around it hands over views
        try:
            data = self._packed.read(len(into))
        except _DAMAGES as error:
            raise _damaged(self._name) from error
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._packed.close()
        super().close()


def _wanted(name: str) -> bool:
    return not name.startswith(_NOISE[0]) and name.rpartition("/")[2] not in _NOISE


def _refuse_bombs(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise Broken("archive-locked", "this archive has a password", "unpack it, and add the folder")
    if len(members) > _MOST_FILES:
        message = f"this archive has {len(members):,} files, more than {_MOST_FILES:,}"
        raise Broken("archive-suspicious", message, "unpack it, and add the folders one by one")
    for info in members:
        if info.file_size > max(_UNSUSPICIOUS, _RATIO * info.compress_size):
            message = f"`{info.filename}` would unpack to {info.file_size:,} bytes from {info.compress_size:,}"
            raise Broken("archive-suspicious", message, "if it is what you expect, unpack it and add the folder")
    total, packed = sum(info.file_size for info in members), sum(info.compress_size for info in members)
    if total > _MOST_BYTES or packed > size:
        message = f"this archive of {size:,} bytes would unpack to {total:,}"
        raise Broken("archive-suspicious", message, "if it is what you expect, unpack it and add the folder")


def _path(name: str) -> str:
    """A member's path; empty if it would lead out of the archive, or is no file."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    outside = ".." in parts or name.startswith(("/", "\\")) or (parts and parts[0].endswith(":"))
    return "" if outside else "/".join(parts)


def _common(names: Sequence[str] | dict[str, zipfile.ZipInfo]) -> str:
    """The folder that holds everything, with its slash; empty if there is none."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""
