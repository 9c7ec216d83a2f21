"""Puts a line into the front matter of a file, and leaves every other byte as it was."""

from __future__ import annotations

import json
import re

_FENCE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(---|\+\+\+)[ \t]*(\r\n|\n|\r)")
_BARE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?=(?:title|date)[ \t]*:)", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z][\w/.,:+%=~-]*[\w/]\Z", re.ASCII)


def with_id(data: bytes, name: str) -> bytes:
    """The file with `id: name` as the first line of its front matter, which is made if there is none."""
    fence = _FENCE.match(data)
    if fence:
        line = f"id = {_quoted(name)}" if fence[1] == b"+++" else f"id: {_yaml(name)}"
        return data[: fence.end()] + line.encode() + fence[2] + data[fence.end() :]
    end = b"\r\n" if b"\r\n" in data else b"\n"
    bare = _BARE.match(data)
    if bare:  # Pelican's
        return data[: bare.end()] + f"id: {name}".encode() + end + data[bare.end() :]
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + end.join([b"---", f"id: {_yaml(name)}".encode(), b"---", data.removeprefix(mark)])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _yaml(text: str) -> str:
    return text if _PLAIN.match(text) else _quoted(text)
