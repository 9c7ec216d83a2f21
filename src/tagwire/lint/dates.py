"""Rules about dates: their spelling, their sense, their order."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from tagwire.lint.rules import ATOM_ONLY, FEEDS, RSS_ATOM, rule
from tagwire.lint.shape import ATOM, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Bit, Entry, Feed

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_RFC822 = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_DAYS)}), )?(?P<day>\d\d?) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))? "
    r"(?P<zone>[+-]\d{4}|UT|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT)",
    re.ASCII,
)
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_W3CDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?", re.ASCII)
_DAY = dt.timedelta(days=1)
_FRESH = dt.timedelta(hours=1)
_BUILD = dt.timedelta(seconds=5)
_OLDEST = 1990


@functools.lru_cache(maxsize=4096)
def moment(text: str, form: str) -> dt.datetime | None:
    """The moment that a date names, if it is written as its format demands."""
    try:
        return _rfc822(text) if form == "rfc822" else _iso(text, form)
    except (ValueError, OverflowError):
        return None


def _rfc822(text: str) -> dt.datetime | None:
    found = _RFC822.fullmatch(text)
    if not found:
        return None
    zone = found["zone"]
    if zone[0] in "+-":
        minutes = (int(zone[1:3]) * 60 + int(zone[3:])) * (-1 if zone[0] == "-" else 1)
    else:
        minutes = _ZONES.get(zone, 0) * 60
    clock = (int(found["hour"]), int(found["minute"]), min(int(found["second"] or 0), 59))
    day = (int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    return dt.datetime(*day, *clock, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))


def _iso(text: str, form: str) -> dt.datetime | None:
    if not (_W3CDTF if form == "w3cdtf" else _RFC3339).fullmatch(text):
        return None
    whole = f"{text}-01-01"[:10] if len(text) < len("2026-01-01") else text
    found = dt.datetime.fromisoformat(whole.replace(":60", ":59"))
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def at(bit: Bit | None) -> dt.datetime | None:
    """The moment of a date, if there is one."""
    return moment(bit.text, bit.form) if bit else None


_WANTED = {
    "rfc822": "Fri, 24 Jul 2026 09:00:00 +0300",
    "rfc3339": "2026-07-24T09:00:00+03:00",
    "w3cdtf": "2026-07-24T09:00:00+03:00",
}


@rule(
    "feed-date-invalid",
    "error",
    "RSS 2.0 (RFC 822); RFC 4287 section 3.3; RFC 3339; W3C InvalidRFC2822Date, InvalidRFC3339Date",
    hint="use a library: `email.utils.format_datetime` for RSS, `isoformat` of a datetime with a zone elsewhere",
)
def invalid(feed: Feed) -> Iterator[Finding]:
    """A reader that can't read a date takes the time when it fetched the entry, or 1970, and sorts it there."""
    for date in feed.all_dates():
        if at(date) is None:
            yield date.line, f"`{date.name}` is `{date.text}`; wanted is such as `{_WANTED[date.form]}`"


@rule("date-weekday", "error", "RFC 5322 section 3.3; W3C IncorrectDOW", hint="let a library name the day")
def weekday(feed: Feed) -> Iterator[Finding]:
    """The day of the week contradicts the date, and strict readers drop such a date."""
    for date in feed.all_dates():
        found, when = _RFC822.fullmatch(date.text), at(date)
        if date.form == "rfc822" and found and when and found["weekday"] not in {None, _DAYS[when.weekday()]}:
            yield (
                date.line,
                f"`{date.name}` says {found['weekday']}, and {date.text[5:16]} is a {_DAYS[when.weekday()]}",
            )


@rule(
    "date-implausible",
    "warning",
    "W3C ImplausibleDate; KiCad/kicad-website#374; NetNewsWire#2928",
    hint="give the entry its true date, and publish entries of the future when they are due",
)
def implausible(feed: Feed) -> Iterator[Finding]:
    """Readers sort by date: an entry of the year 1 is never seen, one of the future stays on top for ever."""
    for date in feed.all_dates():
        when = at(date)
        if when and when.year < _OLDEST:
            yield date.line, f"`{date.name}` is `{date.text}`, before {_OLDEST}"
        elif when and feed.now and when - feed.now > _DAY:
            yield date.line, f"`{date.name}` is `{date.text}`, in the future"


@rule(
    "entry-date-missing",
    "warning",
    "RSS Advisory Board profile, pubDate; JSON Feed 1.1; FreshRSS#4908",
    kinds=("rss", "json"),
    hint="give every entry the date on which it was published",
)
def missing(feed: Feed) -> Iterator[Finding]:
    """An entry without a date gets that of its fetching: a new subscriber sees years of old news as of today."""
    for entry in feed.entries:
        if entry.published is None and entry.updated is None:
            yield entry.line, "the entry has no date"


@rule(
    "date-repeated",
    "warning",
    "W3C DuplicateUpdated",
    kinds=ATOM_ONLY,
    hint="add a time of day, or a fraction of a second that is each entry's own",
)
def repeated(feed: Feed) -> Iterator[Finding]:
    """Two entries with the same `updated` have no order, and readers may show them in a different one each time."""
    counts = Counter(at(entry.updated) for entry in feed.entries if at(entry.updated))
    for entry in feed.entries:
        if entry.updated and counts[at(entry.updated)] > 1:
            yield entry.updated.line, f"`updated` is `{entry.updated.text}`, as in another entry"


@rule(
    "date-updated-first",
    "warning",
    "RFC 4287 sections 4.2.9 and 4.2.15",
    kinds=("atom", "json"),
    hint="let `updated` be the date of publication until the entry changes",
)
def updated_first(feed: Feed) -> Iterator[Finding]:
    """An entry that was changed before it was published has one wrong date, and readers sort it by either."""
    for entry in feed.entries:
        published, updated = at(entry.published), at(entry.updated)
        # Both may be days without a time, or come from clocks that differ.
        if published and updated and published - updated > _DAY:
            yield entry.line, "the entry was updated more than a day before it was published"


@rule(
    "date-feed-old",
    "warning",
    "RFC 4287 section 4.2.15; lunacookies/blog#4",
    kinds=RSS_ATOM,
    hint="let the feed's date be that of its newest entry",
)
def feed_old(feed: Feed) -> Iterator[Finding]:
    """Some readers look at the feed's date first: if it hasn't moved, they don't show the new entry."""
    mine, newest = at(feed.updated), _newest(feed)
    if feed.updated and mine and newest and mine < newest:
        yield feed.updated.line, f"`{feed.updated.name}` is `{feed.updated.text}`, and an entry is newer"


@rule(
    "date-feed-built",
    "warning",
    "RFC 4287 section 4.2.15; pelican#2014; jekyll-feed#368; feedgen's default",
    kinds=RSS_ATOM,
    hint="let the feed's date be that of its newest entry, never the time of the build",
)
def feed_built(feed: Feed) -> Iterator[Finding]:
    """A date that moves with every build makes an unchanged feed look new, and all subscribers fetch it again."""
    mine, newest = at(feed.updated), _newest(feed)
    if not (feed.updated and mine and newest) or mine <= newest:
        return
    # RSS has no date of change for entries, so there only the build of this very hour gives itself away.
    fresh = feed.now is not None and abs(feed.now - mine) < _FRESH and mine - newest > _DAY
    if feed.kind == "atom" or fresh:
        yield feed.updated.line, f"`{feed.updated.name}` is `{feed.updated.text}`, and no entry is that new"


@rule(
    "feed-copyright-built",
    "warning",
    "hexo-generator-feed's template; tailscale#4336",
    kinds=("rss", "atom"),
    hint="name the year of the first or newest entry, or none",
)
def copyright_built(feed: Feed) -> Iterator[Finding]:
    """A year that comes from the clock changes every feed on New Year's Day, and all subscribers fetch it again."""
    newest = _newest(feed)
    for element in [*feed.xml.findall("channel/copyright"), *feed.xml.findall(f"{{{ATOM}}}rights")]:
        years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", "".join(map(str, element.itertext())))]
        if newest and feed.now and years and max(years) == feed.now.year > newest.year:
            yield line_of(element), f"it says {max(years)}, and the newest entry is of {newest.year}"


@rule(
    "entry-built",
    "warning",
    "RFC 4287 section 4.2.15; feedgen's default",
    kinds=ATOM_ONLY,
    hint="give each entry its own `updated`",
)
def entry_built(feed: Feed) -> Iterator[Finding]:
    """`updated` set by the clock marks every entry as changed at every build, and readers show all as new again."""
    stamps = [entry.updated for entry in feed.entries if entry.updated]
    moments = [when for when in map(at, stamps) if when]
    # A day without a time may have a fraction of a second too, so that no two are the same.
    clock = all(when.microsecond and (when.hour or when.minute or when.second) for when in moments)
    if len(moments) > 1 and clock and max(moments) - min(moments) < _BUILD:
        days = {when.date() for when in (at(entry.published) for entry in feed.entries) if when}
        if len(days) != 1:
            yield stamps[0].line, f"all {len(moments)} entries were updated within the same seconds"


def _newest(feed: Feed) -> dt.datetime | None:
    return max((when for entry in feed.entries for when in map(at, entry.dates) if when), default=None)


@rule(
    "entry-order",
    "warning",
    "feedgen#55; withastro blog starter; W3C has none: reader lore",
    kinds=FEEDS,
    hint="sort entries by date, the newest first",
)
def order(feed: Feed) -> Iterator[Finding]:
    """Many readers show entries as they come, and some keep only the first ones: old entries would hide new ones."""
    by_published = [at(entry.published or entry.updated) for entry in feed.entries]
    by_updated = [at(entry.updated or entry.published) for entry in feed.entries]
    serial = feed.root is not None and any("serial" in (each.text or "") for each in feed.root.iter("{*}type"))
    if not serial and not _falling(by_published) and not _falling(by_updated):
        yield _first_rise(feed.entries), "entries aren't sorted: this one is newer than the one before it"


def _falling(moments: list[dt.datetime | None]) -> bool:
    known = [when for when in moments if when]
    return all(before >= after for before, after in pairwise(known))


def _first_rise(entries: tuple[Entry, ...]) -> int:
    for before, after in pairwise(entries):
        one, two = at(before.published or before.updated), at(after.published or after.updated)
        if one and two and two > one:
            return after.line
    return entries[0].line
