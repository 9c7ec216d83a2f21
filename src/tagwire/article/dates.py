"""Dates as people and other generators write them in front matter."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

from tagwire.model import When

_FORM = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)"
    r"(?:[ \t]*(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}))?)?\Z"
)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EARLIEST, _LATEST = 1000, 9998
"""Years with four digits that stay so in every time zone (RFC 3339, RFC 2822)."""


def parse(text: str, timezone: str) -> When | None:
    """RFC 3339, and its relatives `2024/12/01` and `2024-12-01 09:30 +0100`; None for anything else.

    A date without a zone is in `timezone` (an IANA name).
    """
    match = _FORM.match(text.strip())
    if not match:
        return None
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        time = _time(match["time"]) if match["time"] else dt.time()
        zone = _zone(match["zone"]) if match["zone"] else zoneinfo.ZoneInfo(timezone)
        at = dt.datetime.combine(day, time, zone)
    except (ValueError, OverflowError):
        return None
    if not _EARLIEST <= day.year <= _LATEST:
        return None
    # A fixed offset: what is written into feeds must not depend on the zone database of tomorrow's machine.
    fixed = at.replace(tzinfo=dt.timezone(at.utcoffset() or dt.timedelta()))
    return When(_whole_minutes(fixed), timed=bool(match["time"]))


def _time(text: str) -> dt.time:
    hours, minutes, seconds = (*text.split(":"), "0")[:3]
    whole, _, fraction = seconds.partition(".")
    return dt.time(int(hours), int(minutes), int(whole), int(fraction.ljust(6, "0")[:6] or 0))


def _zone(text: str) -> dt.timezone:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    return dt.timezone(sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def _whole_minutes(at: dt.datetime) -> dt.datetime:
    """RFC 3339 and RFC 2822 have no offsets with seconds, which zones had before they were standardised."""
    offset = at.utcoffset() or dt.timedelta()
    rounded = dt.timedelta(minutes=round(offset / dt.timedelta(minutes=1)))
    return at.astimezone(dt.timezone(rounded)) if rounded != offset else at
