"""What a page says in its own language: dates, numbers, lists of plural forms. The only file that knows Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tagwire.theme import calendar

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

    from tagwire.words import Counted

DATED = ("human", "month")
"""What a date has beside its `iso`."""


@lru_cache(maxsize=8192)
def dated(day: date, attribute: str, lang: str) -> str:
    """A date as people of that language write it: `human` "July 24, 2020", `month` "July 2020"."""
    known = calendar.written(day, attribute, lang)
    if known is not None:
        return known
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - costs more than most builds' pages

    if attribute == "month":
        return format_skeleton("yMMMM", day, locale=_locale(lang))
    return format_date(day, format="long", locale=_locale(lang))


@lru_cache(maxsize=8192)
def counted(number: int, form: Counted, lang: str) -> str:
    """A text with a number in it, in the plural form that the number has in the language of the text."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - as above

    locale = _locale(lang)
    return form.text(locale.plural_form(number), format_decimal(number, locale=locale))


@lru_cache(maxsize=256)
def own_name(lang: str) -> str:
    """What a language calls itself: "עברית"; the tag where nobody knows."""
    locale = _locale(lang)
    known = locale.language == lang.partition("-")[0].lower()
    name = (locale.get_display_name(locale) or lang) if known else lang
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    for tag in (lang, lang.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")
