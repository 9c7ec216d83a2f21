"""Who wrote a page, as its metadata and its links to authors say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake import byline, dates
from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import clean

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.metatags import MetaTags

_NO_NAME = re.compile(
    r"https?:|www\.|@|\.com\b|/|\d|^(?:admin|administrator|editor|staff|unknown|none|null|guest)$", re.IGNORECASE
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
        if _is_author(element)
    ]
    for value, origin in told:
        same = [other for other, where in told if where == origin] if origin.startswith("JSON-LD") else [value]
        found = tuple(dict.fromkeys(name for one in same for name in persons(one)))
        if found:
            return _together(found, page.root) or found, origin
    return (), ""


def _is_author(element: html.HtmlElement) -> bool:
    return "author" in element.get("rel", "").lower().split() or element.get("itemprop") == "author"


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


def persons(text: str) -> tuple[str, ...]:
    """The names in a byline; none if it is no byline."""
    plain = _HOUSE.sub(
        "", _ROLE.sub("", re.sub(r"\A(?:by|von|par|por|di|от)\s+", "", text.strip(), flags=re.IGNORECASE))
    )
    if _NO_NAME.search(plain) or not 2 < len(plain) <= 100 or plain.lower() in dates.WEEKDAYS | dates.MONTHS:
        return ()
    return byline.names(plain) or ((plain,) if len(plain.split()) <= 5 else ())
