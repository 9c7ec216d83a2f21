"""Dates in the languages that Tagwire speaks, as CLDR writes them.

Babel says the same in every language, and to load it takes a tenth of what the edit of a text takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_DAYS = {
    "ar": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "en": "{month} {day}, {year}",
    "es": "{day} de {month} de {year}",
    "fa": "{day} {month} {year}",
    "fr": "{day} {month} {year}",
    "he": "{day} ב{month} {year}",
    "ja": "{year}年{month}{day}日",
    "ru": "{day} {month} {year}\u202fг.",
    "zh": "{year}年{month}{day}日",
}
_MONTHS = {
    "es": "{month} de {year}",
    "ja": "{year}年{month}",
    "ru": "{month} {year}\u202fг.",
    "zh": "{year}年{month}",
}
"""Where it isn't `{month} {year}`."""
_NUMBERED = tuple(f"{number}月" for number in range(1, 13))
_NAMES = {
    "ar": tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
    "de": tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    "en": tuple("January February March April May June July August September October November December".split()),
    "es": tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    "fa": tuple("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split()),
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    "he": tuple("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר".split()),
    "ja": _NUMBERED,
    "ru": tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()),
    "zh": _NUMBERED,
}
_ALONE = {
    "ru": tuple("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()),
}
"""Where a month is called otherwise without a day."""


def written(day: date, attribute: str, lang: str) -> str | None:
    """`human` or `month` of a date; None in other languages, of which regions are some (`en-GB`)."""
    if lang not in _DAYS:
        return None
    if attribute == "month":
        pattern, names = _MONTHS.get(lang, "{month} {year}"), _ALONE.get(lang, _NAMES[lang])
    else:
        pattern, names = _DAYS[lang], _NAMES[lang]
    return pattern.format(day=day.day, month=names[day.month - 1], year=day.year)
