"""What lies around a page: where it was fetched from, and the pictures that came with it."""

from __future__ import annotations

import base64
import re
from binascii import Error
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_to_bytes, urljoin

from tagwire.intake import attachments
from tagwire.intake.found import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import html


def nothing(_name: str) -> bytes | None:
    """Where no file lies beside a page."""
    return None


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of one page."""

    address: str = ""
    """Where it was fetched or saved from, absolute; empty if unknown."""
    file: Callable[[str], bytes | None] = nothing
    """The bytes of what the page calls by an address, relative or absolute; None for what isn't there."""


_DATA: Final = re.compile(r"data:image/([a-z0-9.+-]+)((?:;[^,;]*)*),", re.IGNORECASE)
_ENDINGS: Final = {"jpeg": "jpg", "svg+xml": "svg", "x-icon": "ico", "vnd.microsoft.icon": "ico"}
_MAGIC: Final = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"RIFF", "webp"),
    (b"\x00\x00\x00", "avif"),
    (b"BM", "bmp"),
)
_ENDED: Final = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|ico)\Z", re.IGNORECASE)


def pictures(place: html.HtmlElement, around: Around, base: str) -> tuple[Attachment, ...]:
    """The pictures of a tidy tree that are in the page or came with it; the tree then calls them `attachment:NAME`."""
    found: dict[bytes, Attachment] = {}
    for image in place.iter("img"):
        source = image.get("src", "").strip()
        data, name = _inside(source) if source.startswith("data:") else (_beside(source, around, base), source)
        if not data:
            continue
        if data not in found:
            taken = {each.name for each in found.values()}
            found[data] = Attachment(attachments.name(_ended(name, data), taken), data)
        image.set("src", f"attachment:{found[data].name}")
    return tuple(found.values())


def _inside(source: str) -> tuple[bytes | None, str]:
    """The picture that a `data:` address is, and a name for it."""
    head = _DATA.match(source)
    if head is None:
        return None, ""
    rest = source[head.end() :]
    try:
        if "base64" in head[2].lower():
            data = base64.b64decode(re.sub(r"\s", "", unquote(rest)), validate=False)
        else:
            data = unquote_to_bytes(rest)
    except (Error, ValueError):
        return None, ""
    kind = head[1].lower()
    return data, f"picture.{_ENDINGS.get(kind, kind)}"


def _beside(source: str, around: Around, base: str) -> bytes | None:
    data = around.file(source)
    if data is None and base:
        try:
            data = around.file(urljoin(base, source))
        except ValueError:
            return None
    return data


def _ended(name: str, data: bytes) -> str:
    """A name with the ending that the bytes deserve: servers know a picture's type without one."""
    path = name.partition("?")[0].partition("#")[0]
    if _ENDED.search(path):
        return path
    kind = next((ending for magic, ending in _MAGIC if data.startswith(magic)), "")
    svg = b"<svg" in data[:1000]
    return f"{path}.{kind or 'svg'}" if kind or svg else path
