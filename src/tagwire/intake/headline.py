"""The title of a page, without the name of its site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tagwire.intake import linkeddata
from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import bare, clean, first

if TYPE_CHECKING:
    from tagwire.intake.metatags import MetaTags, Told

_SEPARATOR = re.compile(r"\s+[|–—·•»«›:-]+\s+|\s*[|»«]+\s*")


def find(page: MetaTags, address: str) -> Told:
    """The `h1` that the rest of the page confirms; else what OpenGraph or `<title>` say, without the site's name."""
    site = [value for value, _ in page.meta("og:site_name", "application-name", "twitter:site")]
    site += linkeddata.strings(page.data.get("publisher"))
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    stated = [*page.meta("og:title"), *page.ld("headline"), *page.meta("twitter:title", "dc.title", "title")]
    stated += [(clean(text_of(title)), "`<title>`") for title in page.root.iter("title")]
    headings = [clean(text_of(h1)) for h1 in page.root.iter("h1")]
    named = [heading for heading in headings if len(bare(heading)) > 3 and bare(heading) not in map(bare, site)]
    for heading in named:
        if any(bare(heading) in bare(value) for value, _ in stated):
            return heading, "`<h1>`, as `<title>` has it"
    told = first((_without_site(value, site, host), origin) for value, origin in stated)
    if told[0] or not any(headings):
        return told
    return next(heading for heading in headings if heading), "`<h1>`"


def _without_site(title: str, site: list[str], host: str) -> str:
    """`title` without the name of the site at either end: "Title - Section | Site"."""
    known = {bare(name) for name in site if name} | {bare(host), bare(host.rpartition(".")[0])} - {""}
    while True:
        parts = list(_SEPARATOR.finditer(title))
        if not parts:
            return title
        head, tail = title[: parts[0].start()], title[parts[-1].end() :]
        if _names_site(tail, known):
            title = title[: parts[-1].start()].strip()
        elif _names_site(head, known):
            title = title[parts[0].end() :].strip()
        else:
            return title


def _names_site(part: str, known: set[str]) -> bool:
    plain = bare(part)
    return plain in known or any(
        len(plain) > 3 and (plain in name or (len(name) > 3 and name in plain and len(plain) < 2 * len(name)))
        for name in known
    )
