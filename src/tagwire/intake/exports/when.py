"""Dates as programs write them: RFC 3339 and ISO 8601, RFC 822, databases, seconds since 1970."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from email.utils import parsedate_to_datetime

from tagwire.model import When

_EARLIEST, _LATEST = 1000, 9998
_MILLISECONDS = 100_000_000_000
"""Seconds since 1970 reach this in the year 5138; a larger number counts milliseconds."""
_NEVER = re.compile(r"\s-0*\d{1,4}\s")
"""A year before the first: WordPress writes "Mon, 30 Nov -0001" for posts that were never published."""
_OFFSET = re.compile(r"(?<=\d)\s*(?:([+-]\d{2}):?(\d{2})|([+-]\d{2}))\Z")
_ZONED = re.compile(r"(?:[+-]\d{2}:?\d{2}|[+-]\d{2}|\bZ|UTC|GMT|[A-Z]{1,4}T)\s*\Z")


def parse(text: str, timezone: str = "UTC") -> When | None:
    """The moment, in the zone that it states; `timezone` where it states none. None for what is no date."""
    text = " ".join(text.split())
    if not text or text.startswith(("0000", "0001-01-01")) or _NEVER.search(text):
        return None
    if re.fullmatch(r"\d{9,14}", text):
        return _epoch(int(text))
    return _iso(text, timezone) or _rfc822(text, timezone)


def from_pair(local: str, utc: str) -> When | None:
    """A moment as WordPress keeps it: in its own time and in UTC, whose difference is the zone."""
    here, there = _naive(local), _naive(utc)
    if here is None or there is None:
        return None
    minutes = round((here - there) / dt.timedelta(minutes=1))
    if abs(minutes) > 16 * 60:
        return None
    return _checked(here.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes))), timed=True)


def _naive(text: str) -> dt.datetime | None:
    if not re.match(r"[1-9]\d{3}-", text):
        return None
    try:
        return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _epoch(seconds: int) -> When | None:
    whole = seconds // 1000 if seconds >= _MILLISECONDS else seconds
    try:
        return _checked(dt.datetime.fromtimestamp(whole, dt.UTC), timed=True)
    except (OverflowError, ValueError, OSError):
        return None


def _iso(text: str, timezone: str) -> When | None:
    plain = re.sub(r"\s*(?:UTC|GMT|Z)\Z", "+00:00", text, flags=re.IGNORECASE)
    plain = _OFFSET.sub(lambda m: f"{m[1]}:{m[2]}" if m[1] else f"{m[3]}:00", plain) if ":" in plain else plain
    plain = re.sub(r"(?<=\d)/(?=\d)", "-", plain).replace(",", ".")
    plain = re.sub(r"(\.\d{1,6})\d*", lambda m: m[1].ljust(7, "0"), plain)
    plain = re.sub(r"\A(\d{4})-(\d)-", r"\1-0\2-", plain)
    plain = re.sub(r"\A(\d{4}-\d\d)-(\d)(?!\d)", r"\1-0\2", plain)
    plain = re.sub(r"(?<=[T ])(\d):", r"0\1:", plain)
    if not re.match(r"\d{4}-\d\d-\d\d(?:[T ]|\Z)", plain):
        return None
    try:
        found = dt.datetime.fromisoformat(plain)
    except ValueError:
        return None
    return _checked(_zoned(found, timezone), timed=":" in plain)


def _rfc822(text: str, timezone: str) -> When | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if _ZONED.search(text) and found.tzinfo is None:  # "-0000": UTC, from a place that isn't told
        found = found.replace(tzinfo=dt.UTC)
    return _checked(_zoned(found, timezone), timed=":" in text)


def _zoned(at: dt.datetime, timezone: str) -> dt.datetime:
    if at.tzinfo is not None:
        return at
    try:
        return at.replace(tzinfo=zoneinfo.ZoneInfo(timezone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return at.replace(tzinfo=dt.UTC)


def _checked(at: dt.datetime, *, timed: bool) -> When | None:
    """With a fixed offset in whole minutes: what feeds hold must not depend on a machine's zone database."""
    if not _EARLIEST <= at.year <= _LATEST:
        return None
    offset = at.utcoffset() or dt.timedelta()
    fixed = dt.timezone(dt.timedelta(minutes=round(offset / dt.timedelta(minutes=1))))
    return When(at.replace(tzinfo=fixed, microsecond=0), timed=timed)
