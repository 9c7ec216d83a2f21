"""Files that travel with an article: their names, and how its text refers to them.

A reader names each by `attachment:NAME`, since it doesn't know yet under which name the article will be saved.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from tagwire.intake.found import Attachment

_LONGEST = 80
_HARMLESS = frozenset(
    """avif bmp emf gif heic ico jpe jpeg jpg png svg tif tiff webp wmf aac flac m4a m4b mid mp3 oga ogg opus wav wma
    avi m4v mkv mov mp4 mpeg mpg ogv webm srt vtt csv doc docx epub ods odt pdf ppt pptx rtf txt xls xlsx zip""".split()
)
"""Endings of what travels along. Any other becomes `.bin`: on the owner's site a page would run as the owner's own,
and some web servers run programs."""


def name(path: str, taken: Container[str] = ()) -> str:
    """A file's name for an attachment that is called `path` where it comes from; none of those that are `taken`."""
    stem, suffix = posixpath.splitext(posixpath.basename(unquote(path.partition("?")[0])))
    plain = re.sub(r"[^a-z0-9-]", "", names.slug(stem, longest=_LONGEST)).strip("-") or "file"
    ending = suffix.lower() if not suffix or suffix.lower().removeprefix(".") in _HARMLESS else ".bin"
    found, number = f"{plain}{ending}", 1
    while found in taken:
        number += 1
        found = f"{plain}-{number}{ending}"
    return found


_REFERENCE = re.compile(r"(?:(?<=\]\()|(?<=\]\(<)|(?<=\")|\A)attachment:([a-z0-9._-]+)")


def placed(text: str, attachments: Iterable[Attachment], folder: str) -> str:
    """`text` with the paths of the attachments, which lie in `folder` beside the article."""
    known = {attachment.name for attachment in attachments}
    if not known:
        return text
    return _REFERENCE.sub(lambda m: f"{names.quoted(folder)}/{m[1]}" if m[1] in known else m[0], text)
