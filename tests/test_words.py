"""Every language says everything, in its own plural forms, and a site may say it otherwise."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from tagwire import toml, words
from tagwire.theme import calendar, wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

FOLDER = Path(words.__file__).parent
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "ja", "ru", "zh")


def table(lang: str) -> dict[str, object]:
    """The file of a language."""
    return toml.read((FOLDER / f"{lang}.toml").read_text(encoding="utf-8")).table


def test_the_languages_are_those_of_the_handbook() -> None:
    """A new one is a file, and a word in the handbook."""
    assert words.languages() == LANGUAGES


@given(st.sampled_from(LANGUAGES), st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)))
def test_dates_are_written_as_babel_writes_them(lang: str, day: dt.date) -> None:
    """In the languages for which Babel isn't asked, on any day that an article may have."""
    assert calendar.written(day, "human", lang) == format_date(day, "long", locale=lang)
    assert calendar.written(day, "month", lang) == format_skeleton("yMMMM", day, locale=lang)


@pytest.mark.parametrize(
    ("lang", "human", "month"),
    [
        ("en-GB", "24 July 2020", "July 2020"),
        ("EN", "July 24, 2020", "July 2020"),
        ("pt-BR", "24 de julho de 2020", "julho de 2020"),
        ("he", "24 ביולי 2020", "יולי 2020"),
        ("tlh", "July 24, 2020", "July 2020"),
    ],
)
def test_a_region_has_dates_of_its_own(lang: str, human: str, month: str) -> None:
    """And so has each language that Babel knows; else they are English."""
    day = dt.date(2020, 7, 24)
    assert (wording.dated(day, "human", lang), wording.dated(day, "month", lang)) == (human, month)


@pytest.mark.parametrize("lang", LANGUAGES)
class TestEveryLanguage:
    """What holds for each file."""

    @pytest.mark.parametrize("month", range(1, 13))
    def test_its_months_are_those_of_babel(self, lang: str, month: int) -> None:
        """Each one, with a day and alone."""
        day = dt.date(2026, month, 9)
        assert calendar.written(day, "human", lang) == format_date(day, "long", locale=lang)
        assert calendar.written(day, "month", lang) == format_skeleton("yMMMM", day, locale=lang)

    def test_it_says_everything_and_nothing_else(self, lang: str) -> None:
        """In the same order as the code, so that two files can be compared line by line."""
        assert list(table(lang)) == list(words.KINDS)

    def test_gaps_and_numbers_are_there(self, lang: str) -> None:
        """A sentence that lost its gap would lose a name or a date."""
        assert {name: wrong for name, said in table(lang).items() if (wrong := words.fault(name, said))} == {}

    def test_it_has_the_plural_forms_of_its_language(self, lang: str) -> None:
        """By CLDR, for every number up to a thousand."""
        rule = Locale.parse(lang).plural_form
        wanted = {rule(number) for number in range(1, 1000)} | {"other"}
        for name, kind in words.KINDS.items():
            if kind == "counted":
                forms = table(lang)[name]
                assert isinstance(forms, dict)
                assert set(forms) >= wanted - {"zero"}, name


@pytest.mark.parametrize(
    ("lang", "spoken", "native"),
    [("en-GB", "en", True), ("he-IL", "he", True), ("zh-Hant", "zh", True), ("nl", "en", False), ("", "en", False)],
)
def test_a_region_speaks_its_language_and_a_stranger_english(lang: str, spoken: str, native: bool) -> None:
    """`native` tells templates to mark English words as English."""
    said = words.of(lang)
    assert (said.lang, said.native) == (spoken, native)


def test_a_site_says_it_in_its_own_way() -> None:
    """Single words of a known language, or a language that Tagwire doesn't speak."""
    changes: words.Changes = (("en", (("related", "Read on"),)), ("nl", (("follow", "{} volgen:"),)))
    assert words.of("en-GB", changes).related == "Read on"
    assert words.of("en", changes).older == "Older"
    dutch = words.of("nl-BE", changes)
    assert (dutch.lang, dutch.native, dutch.follow) == ("nl", True, words.Phrase("", " volgen:"))


def test_pages_and_feeds_speak_the_language_of_the_article(site: Callable[[str], Site]) -> None:
    """The site is German; its Hebrew article is corrected in Hebrew, and its lists have German names."""
    made = site("""-- tagwire.toml --
title = "Kleinblatt"
lang = "de"
-- content/articles/a.md --
---
title: נמל
lang: he
published: 2026-01-01
authors: [Jane Roe, Dan Poe]
tags: [Hafen]
corrections: [{date: 2026-01-02, note: שם תוקן}]
---
טקסט
""")
    made.build()
    page = made.read("site/articles/a/index.html")
    assert re.search(r"<h2><a[^>]*>תיקונים</a></h2>", page)
    assert re.search(r"מאת <a[^>]*>Jane Roe</a> ו־<a", page)
    assert "תיקון, 2026-01-02" in made.read("site/atom.xml")
    assert "<title>Schlagwörter · Kleinblatt</title>" in made.read("site/tags/index.html")
    assert "Seite nicht gefunden" in made.read("site/404.html")
    assert "Kleinblatt</a> abonnieren:" in re.sub(r"</?bdi>", "", made.read("site/index.html"))


def test_english_words_on_a_page_in_another_language_say_so(site: Callable[[str], Site]) -> None:
    """Else a screen reader would pronounce them as Dutch."""
    made = site('-- tagwire.toml --\ntitle = "Klein"\nlang = "nl"\n')
    made.build()
    assert '<p class="follow" lang="en" dir="ltr">Follow' in made.read("site/index.html")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("words = 3", "`words` is not a table of tables"),
        ("[words.e_n]\nby = 'x'", "has a part that is no language tag"),
        ("[words.en]\nfolow = 'x'", "has an unknown key `folow`"),
        ("[words.en]\nfollow = 'Subscribe'", "needs `{}` once"),
        ("[words.en]\narticles = { one = '{n} piece' }", "has no form `other`"),
        ("[words.en]\narticles = 'many'", "needs `{n}` once"),
        ("[words.en]\nby = 3", "is not a text"),
    ],
)
def test_a_bad_wording_is_told_on_its_line(site: Callable[[str], Site], setting: str, message: str) -> None:
    """Before anything is built."""
    run = site(f"-- tagwire.toml --\ntitle = 'x'\n{setting}\n").run("build")
    assert run.code == 1
    assert "tagwire.toml:" in run.err
    assert message in run.err
