"""Who wrote a page, as its metadata and its links to authors say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import byline, dates, subtree
from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import clean, is_house

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.metatags import MetaTags

_NO_NAME = re.compile(
    r"https?:|www\.|@|\.com\b|/|\d|^(?:admin|administrator|editor|staff|unknown|none|null|guest|anonymous|гость|gast|invité|invitado|ゲスト|匿名)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*(?:,|\||-|–|/)\s+.*\b(?:editor|writer|reporter|correspondent|staff|contributor|columnist|producer)\b.*",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?<=\w\w)(?:,\s+[A-Z]{2,5}|\.\s+[A-Z][\w ]{3,40}|\s+(?:Published|Posted|Updated"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|(?<!\bThe),?\s+(?:(?:The )?Associated Press|Reuters|Agence France-Presse|Press Association"
    r"|Tribune News Service))\Z"
)
"""Whom somebody works for, behind the name: "Jane Roe, CNN", "Jane Roe. Velmar Press"; and the label of a date."""
_TITLED = re.compile(
    r"\A(?:(?:(?:an?\s+)?(?:analysis|story|text|words|opinion|review|comment(?:ary)?|report(?:ed|ing)?|interview|essay"
    r"|posted|published|written|compiled|submitted)\s+)?by|von|par|por|di|от"
    r"|(?:текст|texte?|testo|texto)\s*:?)\s+",
    re.IGNORECASE,
)
"""What stands in front of the name: "By", "Analysis by"."""
_LEFT_OF_DATE = re.compile(
    rf"(?<=\w\w)\s+(?:{'|'.join(map(re.escape, sorted(dates.MONTHS - {'may'})))})\Z", re.IGNORECASE
)
"""A month behind two names: what trafilatura leaves of a date."""
_LINE: Final = 120
"""Characters of a byline with several names."""


def authors(page: MetaTags) -> tuple[tuple[str, ...], str]:
    """The names that a page's own metadata gives, and where; empty if it gives none."""
    told = [*page.ld("author"), *page.ld("creator")]
    told += page.meta(
        "author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author", "article:author_name"
    )
    told += [
        (clean(text_of(element)), "the byline's `rel=author`")
        for element in page.root.iter("a", "span", "p", "div")
        if _is_author(element) and not any(subtree.named(above) == "comments" for above in element.iterancestors())
    ]
    for value, origin in told:
        same = [other for other, where in told if where == origin] if origin.startswith("JSON-LD") else [value]
        found = _without_house(tuple(dict.fromkeys(name for one in same for name in persons(one))), page)
        if found and not any(is_house(name, page.houses()) for name in found):
            return _together(found, page.root) or found, origin
        if found:  # "By Velmar News" in the data, and a name on the page
            return (shown, _SHOWN) if (shown := _shown(page)) else (found, origin)
    shown = _shown(page)
    return shown, _SHOWN if shown else ""


def _without_house(found: tuple[str, ...], page: MetaTags) -> tuple[str, ...]:
    """The names without that of the publication, unless it is the only one."""
    return tuple(name for name in found if not is_house(name, page.houses())) or found


_SHOWN: Final = "the byline below the heading"
_BYLINE: Final = re.compile(
    r"(?:\A|[\s_-])(?:author|byline|reporter|writer)s?(?:[_-]+(?:name|link|title))?(?:\Z|\s)", re.IGNORECASE
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|by|bylines?|profiles?|staff|people|contributors?|reporters?|journalists?|writers?|autor(?:en)?|auteurs?)/",
    re.IGNORECASE,
)
_TEXT: Final = 25
"""Words of a paragraph that is the article's."""


def _shown(page: MetaTags) -> tuple[str, ...]:
    """The names that stand between the page's heading and its text, where a class or a link says whose they are."""
    heading = next(page.root.iter("h1"), None)
    if heading is None:
        return ()
    inside = set(heading.iter())
    for element in heading.xpath("following::*"):
        if element in inside or not isinstance(element.tag, str):
            continue
        if element.tag == "p" and len(text_of(element).split()) >= _TEXT:
            break
        profile = element.tag == "a" and _PROFILE.search(element.get("href", ""))
        if profile or _BYLINE.search(element.get("class", "")):
            text = _spaced(element)
            names = persons(text) if len(text) <= _LINE else ()
            if names and all(len(name.split()) > 1 and byline.names(name) for name in names):
                return _without_house(_line_of(element, names), page)
    return ()


def _is_author(element: html.HtmlElement) -> bool:
    rel = element.get("rel")
    return (rel is not None and "author" in rel.lower().split()) or element.get("itemprop") == "author"


def _together(known: tuple[str, ...], root: html.HtmlElement) -> tuple[str, ...]:
    """All names of the byline that has the known one: metadata often tells the first alone. Empty if there is none."""
    for link in [each for each in root.iter("a") if _is_author(each) and clean(text_of(each)) in known]:
        for above in link.iterancestors():
            if len(clean(text_of(above))) > _LINE:
                break
            named = [name for each in above.iter("a") if _is_author(each) for name in persons(text_of(each))]
            if set(known) < set(named):
                return tuple(dict.fromkeys(named))
    return ()


def _spaced(element: html.HtmlElement) -> str:
    """The words of an element; its parts may stand on lines of their own."""
    return " ".join(" ".join(element.itertext()).split()).replace(" ,", ",")


def _line_of(element: html.HtmlElement, known: tuple[str, ...]) -> tuple[str, ...]:
    """All names of the line that an element with one of them stands in."""
    for above in element.iterancestors():
        text = _spaced(above)
        if len(text) > _LINE:
            break
        named = byline.read(text) or persons(text)
        if set(known) < set(named) and all(len(name.split()) > 1 for name in named):
            return named
    return known


def persons(text: str) -> tuple[str, ...]:
    """The names in a byline; none if it is no byline."""
    if len(text) > byline.LONGEST_LIST:
        return ()
    dated = dates.inside(text)
    undated = text[: dated.start()] if dated and dated.start() else text
    plain = _HOUSE.sub("", _ROLE.sub("", byline.untitled(_TITLED.sub("", " ".join(undated.split()).strip(" ,|·")))))
    if of_house := re.fullmatch(r"([^\s,]+(?: [^\s,]+)+), [^\s,]+", plain):
        plain = of_house[1]  # "Jane Roe, Velmar": two who wrote it together are parted by "and"
    if plain.count(" ") > 1:
        plain = _LEFT_OF_DATE.sub("", plain)
    if _NO_NAME.search(plain) or not 2 < len(plain) <= 100 or plain.lower() in dates.WEEKDAYS | dates.MONTHS:
        return ()
    return byline.names(plain) or ((plain,) if len(plain.split()) <= 5 else ())
