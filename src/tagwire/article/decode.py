"""Bytes of a content file become its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.characters import FORBIDDEN, complaint, suspect
from tagwire.problems import Problem

if TYPE_CHECKING:
    import re


def decoded(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text in `data` with line feeds only, or why there is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        start = before.rfind(b"\n") + 1
        line, column = before.count(b"\n") + 1, len(before[start:].decode("utf-8-sig")) + 1
        excerpt = data[start:].partition(b"\n")[0].decode("utf-8-sig", "replace").rstrip("\r")
        hint = "save the file as UTF-8 (raw files in other encodings belong into content/sources/)"
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        return "", (Problem(path, line, column, "encoding-invalid", message, hint, excerpt),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        return "", (Problem(path, 0, 0, "file-empty", "the file is empty", "write an article, or delete the file"),)
    bad = FORBIDDEN.search(text) if suspect(data) else None
    if bad:
        return "", (_forbidden(path, text, bad),)
    return text, ()


def _forbidden(path: str, text: str, bad: re.Match[str]) -> Problem:
    start = text.rfind("\n", 0, bad.start()) + 1
    end = text.find("\n", start)
    return Problem(
        path,
        text.count("\n", 0, start) + 1,
        bad.start() - start + 1,
        "character-forbidden",
        complaint(bad[0]),
        "delete this character",
        text[start : end if end >= 0 else len(text)],
    )
