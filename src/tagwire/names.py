"""The arithmetic of names: slugs, addresses inside the site, and URLs made of them.

An *address* is a path inside the site: relative, POSIX, not percent-encoded, `""` for the home page,
with a slash at its end for a page (`articles/hello/`) and none for a file (`tags/iran/atom.xml`).
Nothing here knows what stands at an address.
"""

from __future__ import annotations

import functools
import re
import unicodedata
import uuid
from urllib.parse import quote, urlsplit

_WORDS = {"+": "-plus", "#": "-sharp"}
_AFTER_WORD = re.compile(r"(?<=\w)(\++|#)(?!\w)")
_NO_WORD = re.compile("[^a-z0-9]+")
_SAFE = "/~!$&'()*+,;=:@"
"""Allowed raw in a path segment (RFC 3986, pchar); `quote` keeps letters, digits and `_.-~` by itself."""
_UNQUOTED = re.compile(r"[a-zA-Z0-9_.~/-]*")
"""What `quote` would give back as it is, after a longer look."""

# Windows refuses these as names of files and folders, with any extension.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])\Z")
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks that show nothing (fillers, variation selectors): two addresses must not look the same."""


@functools.lru_cache(maxsize=16384)  # a tag is on many articles, and each asks several times
def slug(text: str, *, longest: int = 120) -> str:
    """`text` as one path segment: NFC, lower case, letters, marks and digits of every script, else `-`.

    "C++" is `c-plus-plus`, "C#" is `c-sharp`. Empty if `text` has no letter and no digit.
    At most `longest` bytes of UTF-8, cut at a word's end where there is one (a file name holds 255).
    """
    name = _shorten(_ascii_slug(text) if text.isascii() else _any_slug(text), longest)
    return f"{name}-" if _RESERVED.match(name) else name


def _ascii_slug(text: str) -> str:
    """What `_any_slug` gives, a tenth of the work: most titles and tags are plain."""
    return _NO_WORD.sub("-", _spelt(text.lower()).replace("'", "")).strip("-")


def _spelt(lowered: str) -> str:
    return _AFTER_WORD.sub(lambda m: "".join(_WORDS[c] for c in m[1]), lowered)


def _any_slug(text: str) -> str:
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    lowered = unicodedata.normalize("NFC", composed.lower())  # lower() can undo NFC
    spelt = _spelt(lowered).replace("'", "").replace("’", "")
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else "-" for c in spelt)
    words = (_based(word) for word in kept.split("-"))
    return "-".join(word for word in words if word)


def _based(word: str) -> str:
    """`word` without the marks at its start: they would sit on the hyphen or the slash before it."""
    start = next((at for at, c in enumerate(word) if unicodedata.category(c)[0] != "M"), len(word))
    return word[start:]


def is_segment(text: str) -> bool:
    """Whether `text`, NFC, can be a segment of an address as it is: capitals, dots and underscores may stay."""
    return (
        all(c in "-_.~" or unicodedata.category(c)[0] in "LMN" for c in text)
        and slug(text) != ""
        and text[0] not in ".~"
        and text[-1] != "."
        and unicodedata.category(text[0])[0] != "M"
        and not _INVISIBLE.search(text)
        and not is_reserved(text)
        and len(text.encode()) <= _LONGEST
    )


_NO_PATH = re.compile(r"[\\\x00-\x1f?#\ufffd]|://")
_LONGEST_OLD = 240
"""Bytes of a segment that another program chose."""


def is_old_path(path: str) -> bool:
    """Whether an address of another program can be answered by a file: on any system, at any host.

    `path` is decoded, NFC, and has no slash in front.
    """
    segments = path.removesuffix("/").split("/")
    return not _NO_PATH.search(path) and all(
        part.rstrip(" .") == part != "" and not is_reserved(part) and len(part.encode(errors="replace")) <= _LONGEST_OLD
        for part in segments
    )


def is_reserved(name: str) -> bool:
    """Whether Windows takes it for a device, and no file or folder: `nul`, `Com1.txt`."""
    return _RESERVED.match(name.lower().partition(".")[0]) is not None


_LONGEST = 200
"""Bytes of a segment that an owner asks for: a file name holds 255, and `.html` or `-2` may follow."""


def _shorten(name: str, longest: int) -> str:
    if len(name.encode()) <= longest:
        return name
    cut = name.encode()[:longest].decode(errors="ignore")
    head, _, _ = cut.rpartition("-")
    return (head if len(head) * 2 > len(cut) else cut).strip("-")


LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
"""The name of a language, loosely (BCP 47)."""


def is_web_url(text: str) -> bool:
    """Whether it is an absolute URL of the web."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not re.search(r"[\s<>\"]", text)


def is_markdown(path: str) -> bool:
    """Whether a file is read as Markdown, by the names that Hugo, Jekyll and Pelican take."""
    return path.lower().endswith((".md", ".markdown", ".mdown", ".mkd"))


def output_path(address: str) -> str:
    """The file in `site/` that a host serves at `address`."""
    return f"{address}index.html" if address == "" or address.endswith("/") else address


def absolute(base: str, address: str) -> str:
    """The public URL of `address`; `base` ends in a slash. ASCII only (RFC 3986)."""
    return base + quoted(address)


def folded(path: str) -> str:
    """Equal for two paths that macOS or Windows takes for one file, whatever their case and composition."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


PODCAST = "podcast.xml"
"""Address of the podcast."""
SHOWS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of `podcast:guid`, which is made of the address without its scheme (podcast namespace 1.0)."""


def feed_id(url: str) -> str:
    """The id of a feed that is first published at `url`; of a podcast, what directories know it by."""
    if url.endswith(f"/{PODCAST}"):
        return f"urn:uuid:{uuid.uuid5(SHOWS, url.partition('://')[2].rstrip('/'))}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}"


def note_id(owner: str, what: str, date: str, number: int) -> str:
    """The id of an entry about an article: of the article's id, and of the note's kind, day and number on that day."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{owner}#{what} {date} {number}')}"


@functools.lru_cache(maxsize=65536)
def quoted(address: str) -> str:
    """`address` percent-encoded, UTF-8 (RFC 3987 section 3.1)."""
    return address if _UNQUOTED.fullmatch(address) else quote(address, safe=_SAFE)


def relative(here: str, there: str, *, index: bool = False) -> str:
    """A URL reference that leads from the page at `here` to `there`, wherever the site is mounted.

    It climbs to the site's root and down again. With `index`, folders are spelt out (`../index.html`),
    so that the link works from `file://`.
    """
    return _climbing(here.count("/"), there, index)


@functools.lru_cache(maxsize=65536)
def _climbing(depth: int, there: str, index: bool) -> str:
    link = "../" * depth + quoted(output_path(there) if index else there)
    # "./" says "this folder", and keeps a first segment with a colon from being read as a scheme.
    return f"./{link}" if not link or ":" in link.partition("/")[0] else link
