"""Lines around a headline that say who wrote it, when, where and for whom: "Posted on 4 March 2025 by Jane Roe"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from tagwire import sentences
from tagwire.intake import byline, dates
from tagwire.model import When

if TYPE_CHECKING:
    from collections.abc import Callable

Part: TypeAlias = tuple[str, When | tuple[str, ...]]
"""`published` or `updated` and a date; `author` and names; `other` and none."""

LONGEST = 200
"""Characters of a line of bylines and dates."""
_UNREAD = 40
"""Characters behind a label that may say something else than a date: "Updated: an hour ago"."""

_BY = r"(?:by|von|par|por|记者|記者|作者)\s"
_DATE = re.sub(r"\(\?P<\w+>", "(?:", dates.DATE.pattern.replace("(?P=sep6)", "[/.]"))
_SPLITS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), may)
    for pattern, may in (
        (r"\s+[|·•—–-]+\s+|\s*[|•]\s*", re.compile("[|·•—–-]").search),
        (r"(?<=\w\w)\.\s+", re.compile("[.]").search),
        (r"\s{2,}|\u3000", lambda text: "  " in text or not text.isprintable()),
        (rf",?\s+(?={_BY})", re.compile(_BY, re.IGNORECASE).search),
        (
            r",?\s+(?=(?:published|posted|updated|last updated|veröffentlicht|publiziert|publié)\b)",
            re.compile("publi|posted|updated|veröff", re.IGNORECASE).search,
        ),
        (rf",?\s+(?:on|at|am|le|el)\s+(?={_DATE})|,\s+(?={_DATE})", dates.possible),
        (r"\s+(?=(?:来源|來源|作者|记者|記者|编辑|編輯)\s*[:：])", lambda text: not text.isascii()),
        (rf"(?<=\w)\s+(?={_DATE})", dates.possible),
    )
)
"""What parts a line, the surest sign first, and whether a text may have it: that is quicker to know."""
_TOLD_BY = re.compile(rf"\d{{4}}|(?<!\w){byline.BY}[\s:：/／]", re.IGNORECASE)
"""Without a year there is no date in a line, and without one of these no byline."""
_POSTED = re.compile(r"(?:posted|published|submitted|written|uploaded)\s+(?=by\s)", re.IGNORECASE)
_HANDLE = re.compile(r"by\s+@?[a-z][\w.-]{1,30}", re.IGNORECASE)
_LABELLED = re.compile(r"(?:last\s+)?(?:published|updated|posted|modified|aktualisiert)\s*:\s*\S", re.IGNORECASE)
_SOURCE = re.compile(r"(?:来源|來源|source|quelle)\s*[:：]\s*\S+(?:\s\S+){0,4}", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:(?:media|press) )?(?:contacts?|enquiries|inquiries|kontakt|pressekontakt|phone|tel|telephone|fax|e-?mail)"
    r"\s*[.:]+\s*\S",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|columnist|contributor|bureau|wire|newsroom|press|news service|agency"
    r"|redaktion|korrespondent(?:in)?)\b",
    re.IGNORECASE,
)


def read(line: str, zone: str, *, headed: bool = True) -> list[Part]:
    """What a line says that is made of bylines and dates alone; empty if it isn't.

    Names of papers and places may stand in it once the headline is known: `headed`.
    """
    if len(line) > LONGEST or not _TOLD_BY.search(line):
        return []
    parts = _parts(line.strip(), zone, 0, headed=headed)
    return parts if any(kind != "other" for kind, _ in parts) else []


def contact(line: str) -> bool:
    """Whether a line says whom to call or to write to."""
    return _CONTACT.match(line) is not None


def office(line: str) -> bool:
    """Whether a line is what somebody is, or whom they write for, and no sentence: "Herald Staff Writer"."""
    return _OFFICE.search(line) is not None and _named(line)


_TOLD = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[a-z]{2,4}\)?(?=\W|\Z))?"
    r"|\d+\s+(?:min(?:ute)?s?|hours?|days?)\s+(?:ago|read)"
    r"|\b(?:today|yesterday|(?:first |last )?(?:published|posted|updated|modified|edited)|by|on|at|and)\b",
    re.IGNORECASE,
)
"""What stands between names and dates."""
_RELATIVE = re.compile(
    r"(?:(?:published|posted|updated)\W+)?(?:(?:today|yesterday)\W+(?:at\W+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?"
    r"|\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago)\W*\Z",
    re.IGNORECASE,
)
"""A time that is told from when somebody looked at the page, and so is no date."""
_SAID = 4
"""Words beside names and dates that such a line may have: whom somebody writes for, and where."""
_WORDS = 24


def tells(line: str, authors: tuple[str, ...]) -> bool:
    """Whether a line of a page says which of the known authors wrote an article or when, and hardly more."""
    if _RELATIVE.match(line.strip()):
        return True
    if len(re.findall(r"\w+", line)) > _WORDS or is_sentence(line):
        return False
    rest, found = dates.DATE.subn(" ", line) if dates.possible(line) else (line, 0)
    for name in authors:
        rest, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
        found += times
    return found > 0 and len(re.findall(r"\w+", _TOLD.sub(" ", rest))) <= min(_SAID, 2 * found)


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, and not in the dot of "a.m."."""
    return re.search(r"(?<!\b[ap]\.m)[.!?]\s*\Z", line) is not None


def _named(text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w.’'&-]*", text)
    return 0 < len(words) <= 5 and len(text) <= 60 and not sentences.ends(text) and all(w[0].isupper() for w in words)


def _parts(text: str, zone: str, level: int, *, headed: bool) -> list[Part]:
    if whole := _part(text, zone, headed=headed):
        return [whole]
    for deeper, (splitter, may) in enumerate(_SPLITS[level:], level + 1):
        pieces = [piece.strip() for piece in splitter.split(text) if piece and piece.strip()] if may(text) else ()
        if len(pieces) > 1 and (first := _parts(pieces[0], zone, deeper, headed=headed)):
            found = [first, *(_parts(piece, zone, deeper, headed=headed) for piece in pieces[1:])]
            if headed:
                found = [each or _other(piece) for each, piece in zip(found, pieces, strict=True)]
            if all(found):
                return [part for each in found for part in each]
    return []


def _part(text: str, zone: str, *, headed: bool) -> Part | None:
    if names := byline.read(text):
        return "author", names
    if dated := dates.labelled(text, zone):
        return dated
    posted = _POSTED.match(text)
    if posted and (names := byline.read(text[posted.end() :])):
        return "author", names
    if posted and _HANDLE.fullmatch(text[posted.end() :]):
        return "other", ()
    source = _SOURCE.fullmatch(text) and not dates.inside(text)
    if source or text.lower().rstrip(".") in dates.WEEKDAYS:
        return "other", ()
    return _placed(text, zone, most=3 if headed else 1)


def _placed(text: str, zone: str, most: int) -> Part | None:
    """The date of "Velm, 4 March 2025"."""
    for comma in list(re.finditer(", ", text))[:3]:
        words = text[: comma.start()].replace(",", "").split()
        named = 0 < len(words) <= most and all(word[0].isupper() and word.isalpha() for word in words)
        if not named or byline.read(text[: comma.start()]) or words[-1].lower() in dates.WEEKDAYS | dates.MONTHS:
            return None
        if when := dates.read(text[comma.end() :], zone):
            return "published", when
    return None


def _other(text: str) -> list[Part]:
    """A paper's name, or a label with something that is no date."""
    unread = len(text) <= _UNREAD and _LABELLED.match(text)
    return [("other", ())] if unread or _named(text) else []
