"""Sources as they lie on the disk: a file, or a folder with all that is in it, read only as far as needed."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote

from tagwire.disk.journal import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Told: TypeAlias = Callable[[int, int], None]

_LATER = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive knows: the same folder makes the same bytes, whenever it was copied."""
_STEP = 1 << 20


class Lone:
    """One file."""

    many = False

    def __init__(self, path: Path, told: Told | None = None) -> None:
        self._path, self._told = path, told

    def names(self) -> Sequence[str]:
        """Its name."""
        return (self._path.name,)

    def size(self, _name: str) -> int:
        """Its bytes."""
        return self._path.stat().st_size

    def open(self, _name: str) -> IO[bytes]:
        """Its bytes as a stream."""
        return io.BufferedReader(_Watched(self._path, self._told), _STEP) if self._told else self._path.open("rb")


class _Watched(io.FileIO):
    """A file that tells how far it is read."""

    def __init__(self, path: Path, told: Told) -> None:
        super().__init__(path)
        self._told, self._size = told, path.stat().st_size

    def readinto(self, buffer: memoryview, /) -> int | None:  # type: ignore[override]  # the buffer around it hands over views
        """Bytes into `buffer`; gives how many."""
        count = super().readinto(buffer)
        self._told(self.tell(), self._size)
        return count


class Folder:
    """The files below a folder; hidden ones are left out, and links are not followed."""

    many = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = tuple(sorted(_below(path)))

    def names(self) -> Sequence[str]:
        """Paths within the folder."""
        return self._names

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return (self._path / name).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """A file as a stream."""
        return (self._path / name).open("rb")


def _below(folder: Path) -> list[str]:
    found: list[str] = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(base, name) for name in names if not name.startswith("."))
        found += [file.relative_to(folder).as_posix() for file in files if file.is_file() and not file.is_symlink()]
    return found


_PARTS = (
    "_files",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "-filer",
    "_soubory",
    ".files",
    "_arquivos",
)
"""What browsers add to a page's name for the folder of its pictures, in the languages that they speak."""
_PAGES = (".html", ".htm", ".xhtml")


class Beside:
    """What lies in the folder of a page, as the page calls it; nothing outside of that folder."""

    def __init__(self, page: Path, remote: Callable[[str], bytes | None] | None = None) -> None:
        """`remote` gives the bytes of an address of the web, None for what it can't or may not fetch."""
        self._remote = remote
        self._folder = page.parent.resolve()
        self.found: dict[str, Path] = {}
        """What was there, by its path from the page."""

    def __call__(self, address: str) -> bytes | None:
        """The bytes of a file; None for one that isn't there."""
        if self._remote is not None and address.startswith(("http://", "https://")):
            return self._remote(address)
        path = unquote(address.partition("?")[0].partition("#")[0])
        if not path or ":" in path or path.startswith(("/", "\\")) or "\0" in path:
            return None
        try:
            file = (self._folder / path).resolve()
            if not file.is_relative_to(self._folder) or not file.is_file() or file.stat().st_size > _PICTURE:
                return None
            self.found[file.relative_to(self._folder).as_posix()] = file
            return file.read_bytes()
        except OSError:
            return None


_PICTURE = 64 << 20
"""Bytes of a picture that is copied."""


_NO_SOURCES = frozenset(
    ".jpg .jpeg .png .gif .webp .avif .svg .bmp .ico .tif .tiff .css .js .mjs .woff .woff2 .ttf .otf .map".split()
)
"""Endings of what a page shows, which is no article."""
_SHOWS_PICTURES = ("*.[hH][tT][mM]*", "*.md", "*.markdown")


def belongs(file: Path, root: Path, shows: dict[Path, bool]) -> bool:
    """Whether a file below `root` is a text's: a picture or style near one, or in the folder that a browser made.

    `shows` remembers which folders have a text: to list one of 50,000 pictures for each of them would take for ever.
    """
    own, above = file.parts, root.parts
    folders = file.parents[: len(own) - len(above)] if own[: len(above)] == above else ()
    if file.suffix.lower() in _NO_SOURCES:
        for folder in folders:
            if folder not in shows:
                shows[folder] = any(next(folder.glob(pattern), None) for pattern in _SHOWS_PICTURES)
        return any(shows[folder] for folder in folders)
    return any(_is_parts(folder) for folder in folders)


def _is_parts(folder: Path) -> bool:
    """Whether a browser made a folder for the page beside it."""
    if not folder.name.endswith(_PARTS):
        return False
    stem = folder.name.removesuffix(next(ending for ending in _PARTS if folder.name.endswith(ending)))
    return any(folder.with_name(f"{stem}{suffix}").is_file() for suffix in _PAGES)


def bundle(path: Path, told: Told | None = None) -> Lone | Folder:
    """What lies at `path`; `told` is given how far a file is read, in bytes, and its size."""
    return Folder(path) if path.is_dir() else Lone(path, told)


def sha256(path: Path) -> str:
    """Of a file's bytes, hexadecimal, however large it is."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_same(original: Path, kept: Path) -> bool:
    """Whether a file, or what a folder is packed to, is what is kept already."""
    if original.is_file():
        return sha256(original) == sha256(kept)
    packed = beside(kept)
    try:
        _pack(original, packed)
        return sha256(packed) == sha256(kept)
    finally:
        packed.unlink(missing_ok=True)


def copy(original: Path, target: Path, *, digest: str = "") -> bool:
    """Copies a source whole: beside it, then renamed. A folder becomes a zip archive; the same files, the same bytes.

    The copy of a file has the file's modification time. With a `digest` (sha256, hexadecimal) only these bytes are
    copied: False where there are others.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    made = beside(target)
    try:
        if original.is_dir():
            _pack(original, made)
        else:
            shutil.copy2(original, made)
        if digest and sha256(made) != digest:
            return False
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    return True


def _pack(folder: Path, target: Path) -> None:
    packed = Folder(folder)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in packed.names():
            info = zipfile.ZipInfo(name, _LATER)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with packed.open(name) as stream, archive.open(info, "w", force_zip64=True) as member:
                shutil.copyfileobj(stream, member, _STEP)
