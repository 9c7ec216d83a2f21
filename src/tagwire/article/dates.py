"""Dates as people and other generators write them in front matter."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

from tagwire.model import When

_CLOCK = r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:[ \t]*(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:[ \t]*(?P<zone>[Zz]|UTC|UT|GMT|[A-Z][a-z]+/[A-Za-z_/]+|[+-]\d{2}(?::?\d{2})?))?"
_FORMS = (
    re.compile(
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})"
        rf"(?:(?:[Tt]|,?[ \t]+){_CLOCK}{_ZONE})?\Z"
    ),
    # RFC 2822, as `pubDate` has it, and the same without a weekday: 24 July 2020.
    re.compile(
        r"(?:[A-Za-z]{3,9},?[ \t]+)?(?P<day>\d{1,2})[ \t]+(?P<name>[A-Za-z]{3,9})\.?,?[ \t]+(?P<year>\d{4})"
        rf"(?:,?[ \t]+{_CLOCK}{_ZONE})?\Z"
    ),
    # July 24, 2020
    re.compile(
        r"(?:[A-Za-z]{3,9},?[ \t]+)?(?P<name>[A-Za-z]{3,9})\.?[ \t]+(?P<day>\d{1,2}),?[ \t]+(?P<year>\d{4})"
        rf"(?:,?[ \t]+{_CLOCK}{_ZONE})?\Z"
    ),
)
_MONTHS = "january february march april may june july august september october november december".split()
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EARLIEST, _LATEST = 1000, 9998
"""Years with four digits that stay so in every time zone (RFC 3339, RFC 2822)."""


_EXACT = re.compile(
    r"[1-8]\d{3}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)\Z", re.ASCII
)
"""A moment as programs write it, which Python reads by itself, in a fifth of the time."""


def parse(text: str, timezone: str) -> When | None:
    """RFC 3339 and RFC 2822 and their relatives: `2024/12/01`, `2024-12-01 09:30 +0100`, `1 December 2024, 9:30 pm`.

    None for anything else, above all where day and month could be confused. A date without a zone is in `timezone`.
    """
    if _EXACT.match(text):
        try:
            return When(dt.datetime.fromisoformat(text), timed=True)
        except ValueError:
            return None
    match = next((found for form in _FORMS if (found := form.match(text.strip()))), None)
    if not match:
        return None
    said = match.groupdict()
    try:
        day = dt.date(int(said["year"]), _month(said), int(said["day"]))
        time = _time(said["time"], said["half"]) if said["time"] else dt.time()
        at = dt.datetime.combine(day, time, _zone(said["zone"] or "", timezone))
        # A fixed offset: what is written into feeds must not depend on the zone database of tomorrow's machine.
        fixed = at.replace(tzinfo=dt.timezone(at.utcoffset() or dt.timedelta()))
    except (ValueError, OverflowError, zoneinfo.ZoneInfoNotFoundError, OSError):
        return None
    if not _EARLIEST <= day.year <= _LATEST:
        return None
    return When(_whole_minutes(fixed), timed=bool(said["time"]))


def _month(said: dict[str, str | None]) -> int:
    if said.get("month"):
        return int(said["month"] or 0)
    name = (said["name"] or "").lower()
    return next((number for number, month in enumerate(_MONTHS, 1) if name in {month, month[:3], month[:4]}), 0)


def _time(text: str, half: str | None) -> dt.time:
    hours, minutes, seconds = (*text.replace(",", ".").split(":"), "0")[:3]
    whole, _, fraction = seconds.partition(".")
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half in "Pp" else 0)
    # A leap second is a moment (RFC 3339 section 5.7) that Python can't say.
    second, micro = (59, 0) if whole == "60" else (int(whole), int(fraction.ljust(6, "0")[:6]))
    return dt.time(hour, int(minutes), second, micro)


def _zone(text: str, default: str) -> dt.tzinfo:
    if text.upper() in {"Z", "UTC", "UT", "GMT"}:
        return dt.UTC
    if not text or "/" in text:
        return zoneinfo.ZoneInfo(text or default)
    hours, minutes = int(text[1:3]), int(text[3:].removeprefix(":") or 0)
    if minutes > 59:
        raise ValueError(text)
    return dt.timezone((-1 if text[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes))


def _whole_minutes(at: dt.datetime) -> dt.datetime:
    """RFC 3339 and RFC 2822 have no offsets with seconds, which zones had before they were standardised.

    The clock's reading stays as it was written: a day must not become the one before.
    """
    offset = at.utcoffset() or dt.timedelta()
    if not offset.seconds % 60 and not offset.microseconds:
        return at
    return at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=round(offset / dt.timedelta(minutes=1)))))
