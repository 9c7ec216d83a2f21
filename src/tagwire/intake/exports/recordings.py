"""Recordings of podcasts in exports: the enclosure that the readers of the old feed have goes on, if it can."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from tagwire import names
from tagwire.intake.exports import address, xmlbase
from tagwire.intake.exports.xmlstream import named
from tagwire.model import Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from tagwire.intake.exports.files import Files
    from tagwire.intake.found import Attachment

_ENDING: Final = re.compile(r"\.(?:aac|flac|m4a|m4v|mov|mp3|mp4|oga|ogg|opus|wav|webm)(?:[?#]|\Z)", re.IGNORECASE)
"""Of what an article can have as `enclosure` though nobody states its type."""
_TYPE: Final = re.compile(r"(?:audio|video)/[\w.+-]+\Z", re.ASCII | re.IGNORECASE)
_KINDS: Final[dict[str, Literal["full", "trailer", "bonus"]]] = {"trailer": "trailer", "bonus": "bonus"}


def stated(url: str, kind: str, length: str, duration: str = "") -> Recording | None:
    """A recording by what a feed says of it, with what can't be meant left out; None where it is none.

    `length` is in bytes, `duration` as iTunes writes it: `1:02:03`, `62:03`, `3723`.
    """
    kind = kind.partition(";")[0].strip()
    if not (_TYPE.match(kind) or _ENDING.search(url)):
        return None
    size = re.sub(r"[ ,]", "", length)
    return Recording(
        url,
        kind.lower() if _TYPE.match(kind) else "",
        int(size) if re.fullmatch(r"[0-9]{1,15}", size, re.ASCII) else None,
        _seconds(duration),
    )


def _seconds(duration: str) -> int:
    found = re.fullmatch(r"(?:(?:([0-9]{1,4}):)?([0-9]{1,4}):)?([0-9]{1,6})(?:\.[0-9]*)?", duration.strip(), re.ASCII)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def chosen(
    every: Iterable[Recording], files: Files, taken: tuple[Attachment, ...]
) -> tuple[Recording | None, tuple[Attachment, ...], tuple[str, ...]]:
    """The first that an article can have as its recording, all attachments with it, and what has to be said.

    One elsewhere needs its size: without it no feed can carry it (RSS 2.0, enclosure).
    """
    one: Recording | None = None
    left: list[str] = []
    for each in every:
        if one is not None:
            left.append(f"the recording {each.link} as one of the feed’s: an article has one only")
            continue
        link, more = files.lead(each.link, taken)
        if link.startswith("attachment:"):
            one, taken = replace(each, link=link, length=None), more
        elif not names.is_web_url(link):
            left.append(f"the recording {link}, which is not here")
        elif each.length is None:
            left.append(f"the recording {link} in feeds: its size is not stated")
        else:
            one = each
            left += [] if each.length else [f"the size of the recording {link}, which is not 0 bytes"]
    return one, taken, tuple(left)


def of_entry(element: etree._Element, base: str) -> Iterator[Recording]:
    """The recordings of an entry of RSS or Atom, each once, with what iTunes' elements say of the episode."""
    children = ((named(child), child.text or "") for child in element.iterchildren("*"))
    said = {local: words.strip() for (space, local), words in children if "itunes" in space.lower()}
    seen: set[str] = set()
    for child in element.iterchildren("{*}enclosure", "enclosure", "{*}link"):
        url = (child.get("url") or child.get("href") or "").strip()
        if not url or (named(child)[1] == "link" and child.get("rel") != "enclosure"):
            continue
        url = address.joined(base, xmlbase.own(child, url))
        found = stated(url, child.get("type", ""), child.get("length", ""), said.get("duration", ""))
        if found and url not in seen:
            seen.add(url)
            yield _told(found, said)


def _told(found: Recording, said: dict[str, str]) -> Recording:
    season, episode = (
        int(number) if re.fullmatch(r"[0-9]{1,6}", number := said.get(key, ""), re.ASCII) else 0
        for key in ("season", "episode")
    )
    mild = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}
    return replace(
        found,
        season=season,
        episode=episode,
        explicit=mild.get(said.get("explicit", "").lower()),
        kind=_KINDS.get(said.get("episodeType", "").lower(), "full"),
    )
