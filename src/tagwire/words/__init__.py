"""The interface's own words, in every language that Tagwire speaks: one plain TOML file a language, beside this one.

They are part of the code, not of a site. A site changes a wording, or adds a language, by the setting `words`.
A text with one gap (`{}`) is a `Phrase`, so that a template can set a link or a date into it.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Any, Literal, cast

from tagwire import toml

if TYPE_CHECKING:
    from dataclasses import dataclass
    from importlib.abc import ResourceLoader
else:
    from tagwire.frozen import dataclass

Wording = str | tuple[tuple[str, str], ...]
"""A text, or its plural forms: (CLDR's category, text) of each."""
Changes = tuple[tuple[str, tuple[tuple[str, Wording], ...]], ...]
"""(language, (name, wording) of each) of what a site says otherwise."""
Kind = Literal["text", "phrase", "counted"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with a gap for a name, a date or a link."""

    before: str
    after: str

    def filled(self, gap: str) -> str:
        """The whole text."""
        return f"{self.before}{gap}{self.after}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A text with a number in it, in each plural form that its language has."""

    forms: tuple[tuple[str, str], ...]
    """(CLDR's plural category, the text with `{n}` for the number)."""

    def text(self, category: str, number: str) -> str:
        """The wording for a number of this plural category."""
        forms = dict(self.forms)
        return forms.get(category, forms["other"]).replace("{n}", number)


@dataclass(frozen=True, slots=True)
class Words:
    """All words of the interface in one language."""

    lang: str
    """Language of these words."""
    native: bool
    """They are in the language that was asked for; else English stands in for one that Tagwire doesn't speak."""

    skip: str
    """Link for keyboards and screen readers."""
    site: str
    """Label of the menu."""
    by: str
    """Before the names of authors, with a space if the language has one."""
    comma: str
    """Between names."""
    last: str
    """Before the last of several names."""
    updated: Phrase
    follow: Phrase
    topics: str
    """Label of an article's tags."""
    contents: str
    """Heading of a table of contents."""
    reading: Counted
    """Minutes that an article takes to read."""
    correction: str
    corrections: str
    retracted: str
    retraction: Phrase
    """Sentence with the day."""
    original: Phrase
    """Where an article was published first."""
    converted: Phrase
    """Name of the raw file."""
    left_out: Counted
    """Passages that a conversion cut."""
    translations: str
    """Before the links to an article in other languages."""
    related: str
    older: str
    newer: str
    older_articles: str
    newer_articles: str
    neighbours: str
    """Label of the links to the articles before and after."""
    pages: str
    """Label of the links through a list."""
    page: Phrase
    """Number of a page of a list."""
    tag: str
    tags: str
    author: str
    authors: str
    series: str
    series_all: str
    part: Phrase
    """Number of an article in its series."""
    previous_part: str
    next_part: str
    views: str
    articles: Counted
    all_articles: str
    not_found: str
    """Title of the 404 page."""
    nothing_here: str
    """Its heading."""
    not_found_hint: Phrase
    front_page: str
    latest: str
    empty: str
    empty_here: str
    moved: Phrase
    shortened: str
    """In a feed, where an entry was too long."""
    whole: str
    """Link to the whole of it."""
    note: Phrase
    """Title of the link from a footnote back to its number in the text."""
    search: str
    search_hint: Phrase
    """Without script: links to tags and archive."""
    search_field: str
    search_none: Phrase
    """Nothing was found for these words."""
    search_failed: str
    searching: str
    found: Counted
    subscribe: str
    subscribe_lead: str
    subscribe_how: Phrase
    """With a link to the list of all feeds."""
    subscribe_all: str
    """Text of that link."""
    formats_same: Phrase
    """With the name of a format."""
    twin_hint: str
    """What the name of a feed leads to."""
    feed_find: str
    """Label of the field."""
    feed_save: str
    """On the button that makes a list of the ticked feeds."""
    group_opml: str
    """Link to the list of one group."""
    whole_site: str
    """Heading above the feeds of all articles."""
    podcast: str
    follow_one: Phrase
    """Title of the page beside a feed."""
    follow_lead: str
    all_feeds: str
    reader_shows: str
    """Above the entries."""
    reader_rest: str
    """Above the entries that are not shown in full."""


_GIVEN = ("lang", "native")
KINDS: dict[str, Kind] = {
    field.name: {"Phrase": "phrase", "Counted": "counted"}.get(str(field.type), "text")  # type: ignore[misc]
    for field in dataclasses.fields(Words)
    if field.name not in _GIVEN
}
"""Every name, and what its wording must have: one gap, a number, or neither."""


@functools.lru_cache(maxsize=256)
def of(lang: str, changes: Changes = ()) -> Words:
    """The words for a page in `lang` (a BCP 47 tag), with what the site says otherwise."""
    tables = {code: dict(pairs) for code, pairs in changes}
    for tag in (lang, lang.partition("-")[0]):
        known = _shipped(tag)
        if known or tag in tables:
            return _words(tag, True, {**_english(), **(known or {}), **tables.get(tag, {})})
    return _words("en", False, {**_english(), **tables.get("en", {})})


def languages() -> tuple[str, ...]:
    """The tags of all that are spoken."""
    from importlib import resources  # noqa: PLC0415 - 10 ms, and pages need none of it

    names = (file.name for file in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def fault(name: str, wording: object) -> str:
    """What is wrong with a wording for `name`, or empty."""
    kind = KINDS[name]
    forms = list(wording.values()) if kind == "counted" and isinstance(wording, dict) else [wording]
    if not all(isinstance(form, str) and form for form in forms):
        return "is not a text"
    if isinstance(wording, dict) and "other" not in wording:
        return "has no form `other`"
    gap = {"phrase": "{}", "counted": "{n}", "text": ""}[kind]
    return f"needs `{gap}` once" if gap and any(str(form).count(gap) != 1 for form in forms) else ""


def _english() -> dict[str, Any]:
    return _shipped("en") or {}


@functools.lru_cache(maxsize=64)
def _shipped(tag: str) -> dict[str, Any] | None:
    if not _NAME.fullmatch(tag):
        return None
    try:
        data = cast("ResourceLoader", __spec__.loader).get_data(f"{__path__[0]}/{tag}.toml")
    except OSError:
        return None
    return toml.read(data.decode()).table


_NAME = re.compile("[a-z]{2,3}")
"""What a file here is called: a tag may be anything, and `DE.toml` is there on some disks."""


def _words(lang: str, native: bool, table: dict[str, Any]) -> Words:
    return Words(lang, native, **{name: _made(kind, table[name]) for name, kind in KINDS.items()})


def _made(kind: Kind, wording: Any) -> Any:  # noqa: ANN401 - as the field's type says
    if kind == "phrase":
        before, _, after = wording.partition("{}")
        return Phrase(before, after)
    if kind == "counted":
        forms = {"other": wording} if isinstance(wording, str) else dict(wording)
        return Counted(tuple(forms.items()))
    return wording
