"""Bytes of a source become text: which encoding, which line ends, and what XML can't carry.

The order is that of the WHATWG encoding standard, hardened: a byte order mark; UTF-8 if the bytes are
valid UTF-8, whatever the page declares (pages exist that declare another charset over UTF-8); or most of
their lines are; the declared charset; and only then a guess, which is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tagwire.intake import language
from tagwire.intake.found import Refused
from tagwire.problems import Problem


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source, its lines apart by line feeds, and what had to be said about it."""

    text: str
    problems: tuple[Problem, ...]


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes in which a declaration is looked for; the standard says 1024, long comments stand in front of some."""

_LATIN_1 = {"iso8859-1", "latin-1", "ascii"}
"""Python's names of the charsets that everybody, browsers too, reads as Windows-1252."""

_PLAUSIBLE = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("cp932", "gb18030", "big5", "euc_kr", "euc_jp"),
)
"""What text files are saved in; a detector that may answer EBCDIC does."""

_LATIN = {
    "cp1252": frozenset[str](),
    "cp1250": frozenset({"cs", "sk", "pl", "hu", "sl", "hr", "bs", "ro", "sq"}),
    "cp1254": frozenset({"tr", "az"}),
    "cp1257": frozenset({"et", "lv", "lt"}),
}
"""Languages of each; a detector that counts letters can't tell these pages apart in a short text."""
_OTHERS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr"), "cp1251"),
    "el": "cp1253",
    "he": "cp1255",
    "ar": "cp1256",
    "ja": "cp932",
    "zh": "gb18030",
    "ko": "euc_kr",
}
"""By language, what the lines are in that stand beside lines in UTF-8."""
_CHARSET = re.compile(
    r"(?:utf-?(?:8|16|32)|cp\d|iso8859|koi8|mac|big5|gb|euc|shift|iso2022|johab|hz|tis|kz|ptcp|viscii)", re.IGNORECASE
)
"""Python's codecs that are charsets; it also has `punycode` and others that nobody should reach from a page."""

_BINARY = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_SPACING = re.compile("[\x0b\x0c\x1c-\x1f]")
"""Page breaks and separators: they part words."""
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
"""Not in XML 1.0 (section 2.2); DEL is, but no more to be seen."""


def decode(data: bytes, path: str, charset: str = "") -> Decoded | Refused:
    """The text in `data`, or why there is none. `path` is relative to `content/` and only names the file.

    `charset` was declared by what carried the bytes, a header of HTTP for instance; empty if nothing did.
    """
    place = f"content/{path}"
    if not data.strip():
        return empty(path)
    read = (
        _unicode(data)
        or _cut_short(data, place)
        or _mixed(data, place)
        or _named(data, charset)
        or _declared(data)
        or _guessed(data, place)
    )
    if read is None or data.startswith(_BINARY):
        return Refused((_not_text(place),))
    text = read[0].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    is_clean = _is_clean(text)
    clean = text if is_clean else _FORBIDDEN.sub("", _SPACING.sub(" ", text))
    if not clean.strip():
        return empty(path)
    return Decoded(clean, read[1] if is_clean else (*read[1], *_removed(text, place)))


LONGEST = 10_000_000
"""Characters of a text or a page: three times those of the longest novels."""


def too_long(path: str, text: str, kind: str) -> Refused | None:
    """Why a `kind` of source at `path` below `content/` is no article but a heap of them."""
    if len(text) <= LONGEST:
        return None
    message = f"this {kind} has {len(text):,} characters, more than {LONGEST:,}"
    hint = "save the article's own part of it, or make several files of it"
    return Refused((Problem(f"content/{path}", 0, 0, "source-too-large", message, hint),))


def empty(path: str, message: str = "there is no text in this file") -> Refused:
    """Why a source without a text, at `path` below `content/`, gives no article."""
    hint = "look whether it was saved whole; if it is no article, take it out of that folder"
    return Refused((Problem(f"content/{path}", 0, 0, "source-empty", message, hint),))


def _is_clean(text: str) -> bool:
    """Whether nothing is to be left out; bytes are looked through twenty times faster than characters."""
    encoded = text.encode("utf-8", "surrogatepass")
    if b"\xef\xbf\xbe" in encoded or b"\xef\xbf\xbf" in encoded or b"\xed" in encoded:
        return False
    return len(encoded.translate(None, _CONTROLS)) == len(encoded)


_CONTROLS = bytes([*range(9), *range(0x0B, 0x0D), *range(0x0E, 0x20), 0x7F])


def _not_text(place: str) -> Problem:
    hint = "save it as plain text (UTF-8) or HTML; if it is no article, take it out of that folder"
    return Problem(place, 0, 0, "source-not-text", "this file is not text", hint)


_Read = tuple[str, tuple[Problem, ...]]


def _unicode(data: bytes) -> _Read | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding)
    return None if b"\0" in data else _try(data, "utf-8")


def _try(data: bytes, encoding: str) -> _Read | None:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> _Read | None:
    return _named(data, _declaration(data))


def _declaration(data: bytes) -> str:
    """The charset that a page names itself; empty if it names none."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return found[1].decode("ascii", "replace") if found else ""


def _named(data: bytes, charset: str) -> _Read | None:
    """As that charset, if it is one and fits."""
    name = "" if b"\0" in data else known(charset)
    if name in _LATIN_1:
        # Five bytes are free in Windows-1252; browsers show them as control characters.
        return _try(data, "cp1252") or _try(data, "latin-1")
    return _try(data, name) if name else None


def known(charset: str) -> str:
    """Python's name of a charset that somebody declared; empty for what is none, and for codecs of other kinds.

    Those raise what nobody expects (`undefined`), take minutes (`punycode`), or unpack (`zlib`).
    """
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""
    return name if name in _LATIN_1 or _CHARSET.match(name) else ""


def _guessed(data: bytes, place: str) -> _Read | None:
    if b"\0" in data or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 - a third of a second, for the rare old file

    found = list(from_bytes(data, cp_isolation=list(_PLAUSIBLE)))
    if not found:
        return None
    encoding = _latin(data) if found[0].encoding in _LATIN else found[0].encoding
    text = data.decode(encoding, errors="replace")
    named = _declaration(data)
    what = f"not the {named} that it names" if named else "not UTF-8 and names no encoding"
    message = f"read as {encoding}, which is a guess: this is {what}"
    guess = Problem(
        place, 0, 0, "encoding-guessed", message, "save the file as UTF-8 to be certain", severity="warning"
    )
    return text, (guess,)


def _cut_short(data: bytes, place: str) -> _Read | None:
    """UTF-8 that ends within a character: a file that was not copied whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or b"\0" in data or data[: error.start].isascii():
            return None
        message = "this file ends within a character: it is UTF-8 that was cut short"
        hint = "copy it once more, and see that its end is there"
        cut = Problem(place, 0, 0, "encoding-guessed", message, hint, severity="warning")
        return data[: error.start].decode("utf-8"), (cut,)
    return None


def _mixed(data: bytes, place: str) -> _Read | None:
    """UTF-8 with some lines in an older encoding: two files in one, as pasted or joined."""
    lines = data.split(b"\n")
    read = [None if line.isascii() else _try(line, "utf-8") for line in lines]
    foreign = [at for at, line in enumerate(lines) if read[at] is None and not line.isascii()]
    if b"\0" in data or sum(each is not None for each in read) <= len(foreign):
        return None
    lang = language.detect("\n".join(each[0] for each in read if each))
    encoding = _OTHERS.get(lang) or _page(lang)
    text = "\n".join(
        each[0] if each else line.decode(encoding, errors="replace") for line, each in zip(lines, read, strict=True)
    )
    first = foreign[0] + 1
    message = f"{len(foreign)} of its lines are not UTF-8 as the others are; read as {encoding}, which is a guess"
    hint = "save the file as UTF-8 to be certain"
    return text, (Problem(place, first, 0, "encoding-guessed", message, hint, severity="warning"),)


def _latin(data: bytes) -> str:
    """Which code page a text in Latin letters has: its language says so, even where the accents are read wrongly."""
    lang = language.detect(data.decode("cp1252", errors="replace"))
    return _page(lang)


def _page(lang: str) -> str:
    return next((page for page, langs in _LATIN.items() if lang in langs), "cp1252")


def _removed(text: str, place: str) -> tuple[Problem, ...]:
    """A warning at the first character that is left out, if any is."""
    found = [m.start() for m in _FORBIDDEN.finditer(text)] + [m.start() for m in _SPACING.finditer(text)]
    if not found:
        return ()
    first = min(found)
    start = text.rfind("\n", 0, first) + 1
    line, column = text.count("\n", 0, first) + 1, first - start + 1
    message = f"{len(found)} control characters left out, the first is U+{ord(text[first]):04X}"
    excerpt = text[start:].partition("\n")[0]
    code = "control-characters"
    return (Problem(place, line, column, code, message, "", excerpt, severity="warning"),)
