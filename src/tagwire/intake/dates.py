"""Dates as news texts write them: full ones only, day, month and year, in the languages of `_MONTHS`.

A date that can be read in two ways (03/04/2020) is none: an invented date is worse than a missing one.
With dots it can't: 03.04.2020 is in April wherever people write dots.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tagwire.model import When

_MONTHS = """
    january jan januar jänner januari janvier janv enero ene gennaio gen janeiro января январь янв січня січень
    січ stycznia ocak ינואר يناير كانون_الثاني /
    february feb februar februari februari février févr fév febrero febbraio fevereiro fev февраля февраль фев
    лютого лютий лют lutego şubat פברואר فبراير شباط /
    march mar märz mrz maart mars marzo março марта март мар березня березень бер marca mart מרץ מרס مارس آذار /
    april apr avril avr abril abr aprile апреля апрель апр квітня квітень квіт kwietnia nisan אפריל أبريل إبريل
    نيسان /
    may mai mei mayo maggio mag maio мая май травня травень трав maja mayıs מאי مايو أيار /
    june jun juni juin junio giugno giu junho июня июнь июн червня червень черв czerwca haziran יוני يونيو
    حزيران /
    july jul juli juillet juil julio luglio lug julho июля июль июл липня липень лип lipca temmuz יולי يوليو
    تموز /
    august aug août aout agosto ago augustus августа август авг серпня серпень серп sierpnia ağustos אוגוסט
    أغسطس آب /
    september sept sep septembre septiembre setiembre settembre set setembro сентября сентябрь сен сент вересня
    вересень вер września eylül ספטמבר سبتمبر أيلول /
    october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь окт жовтня жовтень жовт
    października ekim אוקטובר أكتوبر تشرين_الأول /
    november nov novembre noviembre novembro ноября ноябрь ноя листопада листопад лист listopada kasım נובמבר
    نوفمبر تشرين_الثاني /
    december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря декабрь дек грудня грудень
    груд grudnia aralık דצמבר ديسمبر كانون_الأول
""".split("/")
"""Names and abbreviations of each month, one language beside the other, lower case."""

_MONTH = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер п’ятниця"
    " пʼятниця п'ятниця субота неділя пн вт ср чт пт сб вс нд".split()
)
"""Lower case; of the languages whose dates are understood."""

MONTHS = frozenset(_MONTH)
"""Names of months, lower case, abbreviations too."""

_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "ut": 0,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "cet": 60,
    "cest": 120,
    "mez": 60,
    "mesz": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
}
"""Minutes east of UTC; the American ones as RFC 5322 section 4.3 has them, no ambiguous ones (IST, BST)."""

_DAY = (
    r"(?:(?:den|le|el|il|am|on|the|der|יום)\s+)?"
    r"(?:(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?\.?[\s-]*(?:de\s+|of\s+|d[’']|ב-?)?(?P<m{0}>{months})\.?,?[\s-]*(?:de\s+|del\s+)?"
    r"(?P<y{0}>\d{{4}})(?:\s*(?:г\.?|года|р\.|року))?)"
)
_SHAPES = (
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?![\d-])",
    r"(?P<y2>\d{4})[/.](?P<m2>\d{1,2})[/.](?P<d2>\d{1,2})(?!\d)",
    _DAY.format("3", months=_NAMES),
    rf"(?P<m4>{_NAMES})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})",
    r"(?P<y5>\d{4})\s*[年년]\s*(?P<m5>\d{1,2})\s*[月월]\s*(?P<d5>\d{1,2})\s*[日일]",
    r"(?P<a6>\d{1,2})(?P<sep6>[/.])(?P<b6>\d{1,2})(?P=sep6)(?P<y6>\d{4})",
)
_WEEKDAY = (
    rf"(?:(?:{'|'.join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))})\.?,?\s+(?:(?:den|le|el|il)\s+)?)?"
)
_DATE = rf"{_WEEKDAY}(?:{'|'.join(_SHAPES)})"
_TIME = (
    r"(?:(?:\s*[,|·•–—-]\s*|\s+|[Tt])(?:(?:at|um|à|a\s+las|alle|в|о)\s+)?"
    r"(?P<h>\d{1,2})(?:(?::|\.|h|[時时点點시]\s?)(?P<min>\d{2})[分분]?)(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*uhr|\s*h)?"
    r"(?:\s*\(?(?P<zone>[+-]\d{2}:?\d{2}|[a-z]{1,5})\)?)?(?:\s*\([a-z]{2,5}\))?)?"
)
_WHOLE = re.compile(rf"\s*{_DATE}{_TIME}\s*\.?\s*", re.IGNORECASE)
_TIME_FIRST = re.compile(
    r"\A\s*(?:[a-z]{3,9}\.?,?\s+)?(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+[a-z]{2,5})?),?\s+(?:on\s+)?"
    r"(?P<day>\S.*\d{4})\s*\Z",
    re.IGNORECASE,
)
"""The time, then the day: "Fri 6:45 PM, Feb 16, 2018"."""
DATE = re.compile(rf"(?<![\w./-])(?:{_DATE})(?![\w/-])", re.IGNORECASE)
"""A date without a time, anywhere."""


def possible(text: str) -> bool:
    """Whether there may be a date in `text`: none goes without a year, which is looked for quickly."""
    return _YEAR.search(text) is not None


_YEAR = re.compile(r"\d{4}")


def inside(text: str) -> re.Match[str] | None:
    """The first date without a time in `text`."""
    return DATE.search(text) if possible(text) else None


def read(text: str, zone: str) -> When | None:
    """The date that `text` is, and is nothing else; `zone` (IANA) is of those that name none."""
    if not possible(text):
        return None
    found = _WHOLE.fullmatch(text) or _WHOLE.fullmatch(_TIME_FIRST.sub(r"\g<day> \g<time>", text, count=1))
    return _when(found, zone) if found else None


def _when(found: re.Match[str], zone: str) -> When | None:
    day = _day(found)
    if day is None:
        return None
    year, month, date = day
    clock = _clock(found)
    named = _zone(found["zone"])
    timed = clock is not None and (found["zone"] is None or named is not None)
    hour, minute, second = clock if clock is not None and timed else (0, 0, 0)
    try:
        at = datetime(
            year, month, date, hour, minute, second, tzinfo=(named if timed and named else ZoneInfo(zone or "UTC"))
        )
        at.utcoffset()
        at.timestamp()
    except (ValueError, OverflowError):
        return None
    return When(at, timed)


def _day(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Year, month and day of a match, None where the text can be read in two ways."""
    for shape in "12345":
        if found[f"y{shape}"]:
            month = found[f"m{shape}"]
            number = int(month) if month.isdecimal() else _MONTH[re.sub(r"\s+", " ", month.lower())]
            return int(found[f"y{shape}"]), number, int(found[f"d{shape}"])
    first, second, year = int(found["a6"]), int(found["b6"]), int(found["y6"])
    if first > 12 or first == second or (found["sep6"] == "." and second <= 12):
        return year, second, first
    return (year, first, second) if second > 12 else None


def _clock(found: re.Match[str]) -> tuple[int, int, int] | None:
    if not found["h"]:
        return None
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = int(found["min"]), int(found["s"] or 0)
    return (hour, minute, min(second, 59)) if hour < 24 and minute < 60 else None


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes)) if minutes < 1440 else None
    return timezone(timedelta(minutes=_ZONES[name.lower()])) if name.lower() in _ZONES else None


_LABEL = re.compile(
    r"\s*(?:first\s+)?(?:(?P<published>published|posted|date|dateline|issued|released|veröffentlicht|publiziert|erschienen|datum|stand"
    r"|publié|publiée|publicado|publicada|fecha|pubblicato|pubblicata|data|дата|опубликовано|опубліковано|פורסם|תאריך"
    r"|نشر|التاريخ|发布时间|日期|公開日|기사입력|입력|등록|작성일|게시일)"
    r"|(?P<updated>(?:last\s+)?(?:updated|modified|revised)|aktualisiert|zuletzt\s+aktualisiert|mis\s+à\s+jour"
    r"|actualizado|aggiornato|обновлено|оновлено|עודכן|更新|최종수정|수정))"
    r"(?:\s+(?:on|at|am|le|el|il|den|ב))?\s*[:：]?\s*",
    re.IGNORECASE,
)


def labelled(line: str, zone: str) -> tuple[str, When] | None:
    """`published` or `updated`, and the date of a line that says nothing else: "Updated on 3 May 2020"."""
    if not possible(line):
        return None
    label = _LABEL.match(line)
    bare = read(line, zone)
    if bare is not None:
        return "published", bare
    if label is None or label.end() == 0:
        return None
    found = read(line[label.end() :].strip(" []"), zone)
    return None if found is None else (label.lastgroup or "published", found)
