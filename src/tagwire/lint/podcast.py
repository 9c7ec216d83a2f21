"""Rules about podcasts: what the directories ask of a show and of its episodes."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import TYPE_CHECKING

from tagwire.categories import CATEGORIES
from tagwire.lint.rules import RSS_ATOM, RSS_ONLY, rule
from tagwire.lint.shape import ITUNES, PODCAST, children, line_of, local, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_I, _P = f"{{{ITUNES}}}", f"{{{PODCAST}}}"
_EXPLICIT = {"true", "false", "yes", "no", "clean", "explicit"}
_DURATION = re.compile(r"\d+|(?:\d+:)?\d?\d:[0-5]\d", re.ASCII)
_PICTURE = re.compile(r"\.(?:webp|avif|svg|gif|bmp|tiff?|ico)\Z", re.IGNORECASE)
_KINDS = {
    "type": {"episodic", "serial"},
    "episodeType": {"full", "trailer", "bonus"},
    "block": {"Yes", "No", "yes", "no"},
}
_KNOWN = {
    "audio/mpeg", "audio/x-m4a", "audio/mp4", "audio/aac", "audio/ogg", "audio/opus", "audio/flac", "audio/wav",
    "audio/x-wav", "video/mp4", "video/x-m4v", "video/quicktime", "application/pdf", "application/epub+zip",
    "document/x-epub",
}  # fmt: skip
_USUAL = {
    "audio/mp3": "audio/mpeg", "audio/mpeg3": "audio/mpeg", "audio/x-mpeg": "audio/mpeg", "audio/x-mp3": "audio/mpeg",
    "audio/m4a": "audio/x-m4a", "audio/x-mp4": "audio/mp4", "video/m4v": "video/x-m4v",
}  # fmt: skip


def _shows(feed: Feed) -> Iterator[etree._Element]:
    """The channel, if the feed is a podcast: it says something to directories, and has recordings."""
    channel = feed.xml.find("channel")
    if channel is None or not any(str(child.tag).startswith(_I) for child in channel):
        return
    if any(each.get("type", "").startswith(("audio/", "video/")) for each in feed.xml.iter("enclosure")):
        yield channel


@rule(
    "podcast-channel",
    "warning",
    "Apple Podcasts, required tags; W3C MissingItunesElement",
    kinds=RSS_ONLY,
    hint="give the channel `itunes:image`, `itunes:category`, `itunes:explicit` and `language`",
)
def channel(feed: Feed) -> Iterator[Finding]:
    """Directories refuse a show that doesn't say these."""
    for show in _shows(feed):
        names = ("itunes:image", "itunes:category", "itunes:explicit", "language")
        lacking = [name for name in names if show.find(name.replace("itunes:", _I)) is None]
        if lacking:
            yield line_of(show), f"the podcast has no {' and no '.join(f'`{name}`' for name in lacking)}"


@rule(
    "podcast-owner",
    "warning",
    "Apple Podcasts, itunes:owner; Spotify, podcast delivery specification; W3C MissingItunesEmail",
    kinds=RSS_ONLY,
    hint="write <itunes:owner><itunes:email>, and a name beside it",
)
def owner(feed: Feed) -> Iterator[Finding]:
    """Directories write to this address to make sure that the show is yours: without it nobody can claim it."""
    for show in _shows(feed):
        if not any(text_of(email) for email in show.iterfind(f"{_I}owner/{_I}email")):
            yield line_of(show), "the podcast has no owner with an e-mail address"


@rule(
    "podcast-author",
    "warning",
    "Apple Podcasts, itunes:author; W3C MissingItunesElement",
    kinds=RSS_ONLY,
    hint="name who makes the show in `itunes:author`",
)
def author(feed: Feed) -> Iterator[Finding]:
    """Apps show it below the title, and people search by it."""
    for show in _shows(feed):
        if not any(text_of(found) for found in show.findall(f"{_I}author")):
            yield line_of(show), "the podcast has no `itunes:author`"


@rule(
    "podcast-category",
    "error",
    "Apple Podcasts, itunes:category; W3C InvalidItunesCategory, ObsoleteItunesCategory",
    kinds=RSS_ONLY,
    hint='write a category of Apple’s list, such as <itunes:category text="News"/>, and a subcategory inside of it',
)
def category(feed: Feed) -> Iterator[Finding]:
    """A show in a category that directories don't know is in none, and nobody comes upon it."""
    for found in feed.xml.iter(f"{_I}category"):
        name, above = found.get("text", ""), found.getparent()
        inside = above is not None and above.tag == found.tag
        known = CATEGORIES.get(above.get("text", ""), (name,)) if inside and above is not None else CATEGORIES
        if name not in known:
            yield line_of(found), f"the category is `{name}`" if name else "the category has no `text`"


@rule(
    "podcast-explicit",
    "error",
    "Apple Podcasts, itunes:explicit; W3C InvalidTrueFalse",
    kinds=RSS_ATOM,
    hint="write true or false",
)
def explicit(feed: Feed) -> Iterator[Finding]:
    """Directories refuse a podcast that doesn't say clearly whether children may hear it."""
    for element in feed.xml.iter(f"{_I}explicit"):
        if text_of(element).lower() not in _EXPLICIT:
            yield line_of(element), f"`itunes:explicit` is `{text_of(element)}`"


@rule(
    "podcast-image",
    "error",
    "Apple Podcasts, itunes:image; W3C MissingHref, UnsupportedItunesFormat",
    kinds=RSS_ATOM,
    hint="write <itunes:image href=…> with the whole address of a JPEG or PNG",
)
def image(feed: Feed) -> Iterator[Finding]:
    """Directories show the show's picture, and refuse a podcast without one that they can load."""
    for element in feed.xml.iter(f"{_I}image"):
        href = element.get("href", "")
        if not href.startswith(("http://", "https://")) or _PICTURE.search(href.partition("?")[0]):
            yield line_of(element), f"`href` of `itunes:image` is `{href}`" if href else "`itunes:image` has no `href`"


@rule(
    "podcast-value",
    "error",
    "Apple Podcasts, itunes:type, episodeType, episode, season; podcast namespace; W3C InvalidYesNo, InvalidInteger",
    kinds=RSS_ONLY,
    hint="write episodic or serial, full, trailer or bonus, Yes; whole numbers from 1; a UUID as podcast:guid",
)
def value(feed: Feed) -> Iterator[Finding]:
    """What directories can't read they ignore: trailers stand among episodes, and seasons in disorder."""
    for element in feed.xml.iter(f"{_I}*", f"{_P}guid", f"{_P}locked"):
        name, said = local(element), text_of(element)
        good = said in _KINDS[name] if name in _KINDS else True
        if name in {"episode", "season", "order"}:
            good = bool(re.fullmatch(r"[1-9][0-9]*", said)) or (name == "episode" and said == "0")
        elif element.tag == f"{_P}locked":
            good = said in {"yes", "no"}
        elif element.tag == f"{_P}guid":
            good = _is_uuid(said)
        if not good:
            yield line_of(element), f"`{element.prefix}:{name}` is `{said}`"


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


@rule(
    "podcast-duration",
    "warning",
    "Apple Podcasts, itunes:duration; W3C InvalidDuration",
    kinds=RSS_ONLY,
    hint="write seconds, such as 1845, or 30:45",
)
def duration(feed: Feed) -> Iterator[Finding]:
    """Apps show it before anybody listens; one that they can't read is shown as nothing, or as hours."""
    for element in feed.xml.iter(f"{_I}duration"):
        if not _DURATION.fullmatch(text_of(element)):
            yield line_of(element), f"`itunes:duration` is `{text_of(element)}`"


@rule(
    "podcast-episode-repeated",
    "warning",
    "Apple Podcasts, itunes:episode, itunes:season",
    kinds=RSS_ONLY,
    hint="give each full episode of a season a number of its own",
)
def episode_repeated(feed: Feed) -> Iterator[Finding]:
    """Apps sort a serial show by these numbers: of two episodes with one number, one comes in the wrong place."""
    numbered = []
    for item in feed.xml.iter("item"):
        season, number, kind = (
            next(map(text_of, children(item, f"{_I}{name}")), "") for name in ("season", "episode", "episodeType")
        )
        if number and kind in {"", "full"}:
            numbered.append((season, number, line_of(item)))
    counts = Counter((season, number) for season, number, _ in numbered)
    seen: set[tuple[str, str]] = set()
    for season, number, line in numbered:
        if counts[season, number] > 1 and (season, number) in seen:
            yield line, f"episode {number}{f' of season {season}' if season else ''} was there before"
        seen.add((season, number))


@rule(
    "podcast-recording",
    "warning",
    "Apple Podcasts, enclosure; RSS Advisory Board profile, enclosure; W3C UnsupportedItunesFormat",
    kinds=RSS_ONLY,
    hint="write its usual type, such as audio/mpeg or audio/x-m4a, and its true length in bytes",
)
def recording(feed: Feed) -> Iterator[Finding]:
    """Directories take only types that they know, and apps show how large a recording is before they load it."""
    for show in _shows(feed):
        for element in show.iterfind("item/enclosure"):
            kind = element.get("type", "").partition(";")[0].strip().lower()
            if kind.startswith(("audio/", "video/")) and kind not in _KNOWN:
                usual = f"; usual is `{_USUAL[kind]}`" if kind in _USUAL else ""
                yield line_of(element), f"the recording is of the type `{kind}`{usual}"
            if element.get("length") == "0":
                yield line_of(element), "the recording has a length of 0 bytes"


@rule(
    "podcast-insecure",
    "warning",
    "Apple Podcasts, hosting requirements; W3C Mixed Content",
    kinds=RSS_ONLY,
    hint="serve recordings and covers over https",
)
def insecure(feed: Feed) -> Iterator[Finding]:
    """Apps on phones and players in web pages refuse to load over plain http: the episode doesn't play."""
    for show in _shows(feed):
        for element in [*show.iterfind("item/enclosure"), *show.iter(f"{_I}image")]:
            for url in (element.get("url"), element.get("href")):
                if url and url.lower().startswith("http://"):
                    yield line_of(element), f"`{url}` is not encrypted"
