"""What the front-matter key `enclosure` may say: a recording that belongs to the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tagwire.article import checks
from tagwire.article.checks import Asking, Wrong
from tagwire.model import Recording

if TYPE_CHECKING:
    from tagwire.article.values import Value

TYPES = {
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/x-m4a",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/opus",
    "wav": "audio/wav",
    "webm": "video/webm",
}
"""By the ending of the file's name; as the directories of podcasts want them."""
_PARTS = {
    "url": True,
    **dict.fromkeys(("length", "type", "duration", "season", "episode", "explicit", "kind"), False),
}
_KINDS: dict[str, Literal["full", "trailer", "bonus"]] = {"full": "full", "trailer": "trailer", "bonus": "bonus"}
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def enclosure(value: Value, asking: Asking) -> Recording | None:
    """A path or URL alone, or a table with `url`, and what isn't known by itself."""
    if value.kind == "null":
        return None
    pairs = checks.table(value, asking, _PARTS) if value.kind == "table" else {"url": value}
    link = checks.image(pairs["url"], Asking(asking.key, asking.timezone))
    length = _number(pairs, "length")
    if length is None and _REMOTE.match(link):
        hint = f"write `{asking.key}: {{url: {link}, length: 12345678}}`; podcast apps want the number of bytes"
        raise Wrong(pairs["url"], "enclosure-incomplete", f"`{asking.key}` is elsewhere and has no `length`", hint)
    return Recording(
        link,
        _type(pairs, link, asking),
        length,
        _duration(pairs.get("duration")),
        _number(pairs, "season") or 0,
        _number(pairs, "episode") or 0,
        checks.flag(pairs["explicit"], Asking("explicit", "UTC")) if "explicit" in pairs else None,
        _kind(pairs.get("kind")),
    )


def _kind(value: Value | None) -> Literal["full", "trailer", "bonus"]:
    """Of the episode."""
    if value is None or value.kind == "null":
        return "full"
    found = checks.text(value, Asking("kind", "UTC"))
    if found in _KINDS:
        return _KINDS[found]
    message = f"`kind` of an episode is not known: {checks.quoted(found)}"
    raise Wrong(value, "enclosure-kind", message, "write `full`, `trailer` or `bonus`")


def _type(pairs: dict[str, Value], link: str, asking: Asking) -> str:
    known = TYPES.get(re.split(r"[?#]", link)[0].rpartition(".")[2].lower(), "")
    found = checks.text(pairs["type"], Asking("type", "UTC")) if "type" in pairs else known
    if not re.fullmatch(r"(?:audio|video|application)/[\w.+-]+", found):
        message = f"`type` is no media type: {checks.quoted(found)}" if found else f"`{asking.key}` has no `type`"
        hint = f"write `{asking.key}: {{url: {link}, type: audio/mpeg}}`"
        raise Wrong(pairs.get("type", pairs["url"]), "enclosure-incomplete", message, hint)
    return found


def _number(pairs: dict[str, Value], key: str) -> int | None:
    if key not in pairs or pairs[key].kind == "null":
        return None
    found = checks.text(pairs[key], Asking(key, "UTC"))
    if not re.fullmatch(r"[0-9]{1,15}", found):
        message = f"`{key}` is not a whole number: {checks.quoted(found)}"
        raise Wrong(pairs[key], "value-not-number", message, f"write such as `{key}: 12345`")
    return int(found)


def _duration(value: Value | None) -> int:
    """Seconds of `1:02:03`, `62:03` or `3723`."""
    if value is None or value.kind == "null":
        return 0
    found = checks.text(value, Asking("duration", "UTC"))
    if not re.fullmatch(r"(?:[0-9]{1,4}:)?(?:[0-9]{1,4}:)?[0-9]{1,6}", found):
        message = f"`duration` is not a length of time: {checks.quoted(found)}"
        raise Wrong(value, "value-not-number", message, 'write hours, minutes and seconds: `duration: "1:02:03"`')
    seconds = 0
    for part in found.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
