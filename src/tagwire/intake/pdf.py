"""PDF with a text layer (extra `pdf`): its lines as plain text, without what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Final

from tagwire.intake import listing
from tagwire.intake import text as plain_text
from tagwire.intake.docxproperties import is_name, is_title
from tagwire.intake.found import Finding, Refused
from tagwire.intake.hush import hush
from tagwire.intake.pieces import Line, joined
from tagwire.model import When
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pypdf import PageObject, PdfReader

    from tagwire.intake.found import Asked, Found

_FAULTS: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
"""What pypdf raises over damaged files, beside errors of its own."""
_PAGES: Final = 2000
_NEAR: Final = 2
"""Lines at the top and the bottom of a page that may repeat."""
_SHORT: Final = 0.75
"""Share of the usual width below which a line ends its paragraph: nothing else in a PDF says so."""


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in a `.pdf`."""
    place = f"content/{path}"
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
        from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415
    except ImportError:
        hint = "run: pip install 'tagwire[pdf]'"
        return Refused(
            (Problem(place, 0, 0, "extra-missing", "reading PDF needs a library that is not installed", hint),)
        )
    hush("pypdf")
    try:
        file = PdfReader(BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            hint = "save it without the password, or copy its text into a `.txt` file"
            return Refused((Problem(place, 0, 0, "archive-locked", "this PDF has a password", hint),))
        told = _seen(file)
    except DependencyError:
        hint = "run: pip install cryptography; or save it without protection, or copy its text into a `.txt` file"
        message = "this PDF is protected, and reading it needs a library that is not installed"
        return Refused((Problem(place, 0, 0, "extra-missing", message, hint),))
    except (PyPdfError, *_FAULTS) as error:
        message = f"this PDF is damaged: {str(error).partition(chr(10))[0] or type(error).__name__}"
        return Refused((Problem(place, 0, 0, "document-broken", message, "save it anew, or copy its text"),))
    return _article(told, path, asked)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What pypdf tells of a file."""

    pages: list[list[str]]
    """The lines of each page."""
    title: str
    author: str
    made: datetime | None
    shown: int
    """Pages with pictures."""


def _seen(file: PdfReader) -> _Seen:
    told = file.metadata
    return _Seen(
        pages=[page.extract_text().split("\n") for page in file.pages[:_PAGES]],
        title=str(told.title or "") if told else "",
        author=str(told.author or "") if told else "",
        made=told.creation_date if told else None,
        shown=sum(map(_shows, file.pages[:_PAGES])),
    )


def _shows(page: PageObject) -> bool:
    """Whether a page has a picture; every page names the kinds of things that it might show."""
    resources = page.get("/Resources")
    held = resources.get_object().get("/XObject") if resources is not None else None
    things = held.get_object() if held is not None else {}
    return any(things[name].get_object().get("/Subtype") == "/Image" for name in things)


def _article(told: _Seen, path: str, asked: Asked) -> Found | Refused:
    text = _joined(_bodies(told.pages))
    if len(re.findall(r"\w{2,}", text)) < len(told.pages):
        hint = "run a program for text recognition (OCR) over it, or type the text"
        message = "this PDF has pictures of pages, and no text"
        return Refused((Problem(f"content/{path}", 0, 0, "source-empty", message, hint),))
    found = plain_text.read(text, path, asked)
    if isinstance(found, Refused):
        return found
    made = told.made if told.made is None or told.made.tzinfo else told.made.replace(tzinfo=UTC)
    left = (f"pictures of {told.shown} page{'s' if told.shown != 1 else ''}",) if told.shown else ()
    found = replace(found, made=When(made, timed=True) if made else None, left=left)
    return _with_properties(found, told.title, told.author)


def _with_properties(found: Found, title: str, author: str) -> Found:
    """What the file says of itself, where its text says nothing."""
    origin = "the document's properties"
    if found.title_derived and is_title(title):
        kept = [each for each in found.findings if each.what != "title"]
        found = replace(found, title=title, title_derived=False, findings=(Finding("title", title, origin), *kept))
    names = tuple(name for one in re.split(r"[;,]", author) if is_name(name := one.strip()))
    if names and not found.authors:
        findings = (*found.findings, Finding("byline", ", ".join(names), origin))
        found = replace(found, authors=names, findings=findings)
    return replace(found, cuts=tuple(replace(cut, lines="") for cut in found.cuts))


# ------------------------------------------------------------------ pages into one text


def _bodies(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of each page without headers, footers and page numbers: they repeat but for their digits."""
    edges = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edge(page)})
    often = max(3, len(pages) // 2)
    gone = [{at for at in _edge(page) if _repeats(page[at], edges, often)} for page in pages]
    return [[line for at, line in enumerate(page) if at not in out] for page, out in zip(pages, gone, strict=True)]


def _edge(page: Sequence[str]) -> list[int]:
    """Where the first and the last lines of a page stand."""
    worded = [at for at, line in enumerate(page) if line.strip()]
    return [*worded[:_NEAR], *worded[-_NEAR:]]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _repeats(line: str, edges: Counter[str], often: int) -> bool:
    number = re.fullmatch(
        r"\W*(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?\W*", line.strip(), re.IGNORECASE
    )
    return bool(number) or edges[_shape(line)] >= often


def _joined(pages: Sequence[Sequence[str]]) -> str:
    """The lines as a plain text whose paragraphs stand apart by blank lines."""
    lines = [_plain(line) for page in pages for line in page]
    widths = sorted(len(line) for line in lines if line.strip())
    usual = widths[int(len(widths) * 0.8)] if widths else 0
    words = Counter(re.findall(r"\w+", "\n".join(lines).lower()))
    out: list[str] = []
    ended = True
    for line in lines:
        if out and re.search(r"\w[-\u2010]\Z", out[-1]) and line[:1].islower():
            out[-1] = _unbroken(out[-1], line, words)
        elif out and re.search(r"\w\u00ad\Z", out[-1]) and line[:1].isalpha():
            out[-1] = f"{out[-1][:-1]}{line}"
        elif (ended and not _goes_on(out, line)) or listing.starts(Line(0, line)):
            out += ["", line.replace("\u00a0", " ")]
        else:
            out[-1] = joined((out[-1], line.replace("\u00a0", " ")))
        ended = len(line) < usual * _SHORT
    return "\n".join(out)


_LIGATURES: Final = str.maketrans({0xFB00 + at: each for at, each in enumerate("ff fi fl ffi ffl st st".split())})
"""Signs that fonts have for two or three letters: nobody finds words with them."""


def _plain(line: str) -> str:
    """A line without control characters and ligatures."""
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", line.rstrip()).translate(_LIGATURES)


def _goes_on(lines: Sequence[str], line: str) -> bool:
    """Whether a line only goes on with a short one above it: that ends in the middle of a sentence."""
    return bool(lines) and line[:1].islower() and re.search(r"[\w,;–—)’”-]\Z", lines[-1]) is not None


def _unbroken(line: str, after: str, words: Counter[str]) -> str:
    """Two lines that a hyphen parts: it goes, unless both halves are words of the text and the whole is none."""
    head, tail = re.findall(r"\w+", line)[-1].lower(), re.match(r"\w+", after)
    rest = tail[0].lower() if tail else ""
    compound = not words[head + rest] and words[head] > 1 and words[rest] > 1
    return f"{line if compound else line[:-1]}{after}"
