"""The title of a page, without the name of its site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tagwire.intake.htmltree import text_of
from tagwire.intake.metatags import bare, clean, first

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.metatags import MetaTags, Told

_SEPARATOR = re.compile(r"\s+[|–—·•»«›:-]+\s+|\s*(?:[|»«]+|::)\s*")
_STRONG = re.compile(r"\s*(?:[|»›]|::)\s*|\s+·\s+")
"""What hardly ever parts anything but a title from its site."""
_SECTION = re.compile(r"(?:(?:the|my|our)\s+)?(?:blog|weblog|news|home(?:page)?|website|official site)", re.IGNORECASE)
_NO_TITLE = frozenset(
    """untitled untitleddocument untitledpage document newdocument home homepage index welcome notitle newpage
    defaulttitle pagetitle title blog""".split()
)
"""What programs write where nobody wrote a title, as `bare` has it."""
_LONGEST = 2000
"""Characters of what may be a title, more than an article's may have: each sign that parts is tried as its end."""


def find(page: MetaTags, address: str) -> Told:
    """The `h1` that the rest of the page confirms; else what OpenGraph or `<title>` say, without the site's name."""
    site = page.houses()
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    stated = [*page.meta("og:title"), *page.ld("headline"), *page.meta("twitter:title", "dc.title", "title")]
    stated += [(clean(text_of(title)), "`<title>`") for title in page.root.iter("title")]
    stated = [(value[:_LONGEST], origin) for value, origin in stated]
    told = [(_without_site(value, site, host), origin) for value, origin in stated]
    told = [(value, origin) for value, origin in told if bare(value) not in _NO_TITLE]
    headings = [clean(text_of(h1))[:_LONGEST] for h1 in page.root.iter("h1")]
    headings = [heading for heading in headings if heading and bare(heading) not in _NO_TITLE]
    named = [heading for heading in headings if len(bare(heading)) > 3 and bare(heading) not in map(bare, site)]
    for heading in named:
        if any(bare(heading) in bare(value) for value, _ in stated):
            below = _below_banner(page.root, heading, [value for value, _ in stated])
            return (below, "`<h2>`, as `<title>` has it") if below else (heading, "`<h1>`, as `<title>` has it")
    for heading in named:
        if any(_is_alike(heading, value) for value, _ in told):
            return heading, "`<h1>`, much as `<title>` has it"
    if marked := _marked(page.root, named, [value for value, _ in told]):
        return marked, "`<h1>`, marked as the headline"
    if any(value for value, _ in told) or not headings:
        value, origin = first(told)
        return _shown(value, page.root) or value, origin
    return headings[0], "`<h1>`"


def _below_banner(root: html.HtmlElement, heading: str, stated: list[str]) -> str:
    """The `h2` that a title has beside the `heading`, where that is the site's name and leads to its first page."""
    banner = next((h1 for h1 in root.iter("h1") if clean(text_of(h1)) == heading), None)
    links = [] if banner is None else [*banner.iter("a"), *banner.iterancestors("a")]
    if not any(urlsplit(link.get("href", "")).path in ("", "/") for link in links):
        return ""
    ends = [part for value in stated for part in _SEPARATOR.split(value, maxsplit=1)]
    return next((text for h2 in root.iter("h2") if (text := clean(text_of(h2))) in ends and text != heading), "")


_HEADLINE = re.compile(r"(?:\A|[\s_-])(?:headline|hed|title)(?:\Z|\s)", re.IGNORECASE)


def _marked(root: html.HtmlElement, named: list[str], told: list[str]) -> str:
    """The first `h1` of a page if the article has it, marked as its headline, and no heading says what is `told`.

    Search engines and networks are often told another title. Empty if the page has none of that kind.
    """
    heading = next(root.iter("h1"), None)
    shown = "" if heading is None else clean(text_of(heading))
    if heading is None or shown not in named or len(shown.split()) < _WORDS:
        return ""
    sure = heading.get("itemprop") == "headline"
    classed = _HEADLINE.search(heading.get("class", "")) and next(heading.iterancestors("article"), None) is not None
    others = {clean(text_of(other)) for other in root.iter("h1", "h2", "h3")}
    return shown if (sure or classed) and not others & set(told) else ""


_WORDS = 3
_FEWEST = 8
"""Letters of a title that a page may show in any element; fewer name a section or the site."""


def _shown(title: str, root: html.HtmlElement) -> str:
    """`title` without an end, or a name in front, that the page leaves out where it shows it; empty if nowhere."""
    gaps = list(_SEPARATOR.finditer(title))
    ends = [title[: gap.start()].strip() for gap in reversed(gaps)]
    ends += [_behind(title, gap) for gap in gaps[:1]]
    ends = [end for end in ends if len(bare(end)) >= _FEWEST]
    if not ends:
        return ""
    texts = _texts(root)
    return "" if title in texts else next((end for end in ends if end in texts), "")


def _behind(title: str, gap: re.Match[str]) -> str:
    """What stands behind the name of a site: more words than it; else empty."""
    name, rest = title[: gap.start()].split(), title[gap.end() :]
    return rest if len(name) < min(len(rest.split()), _NAME) else ""


_NAME = 5
"""Words; no name of a site has as many."""


def _texts(root: html.HtmlElement) -> set[str]:
    """What the innermost elements of a page say."""
    head = root.find("head")
    inside = set() if head is None else set(head.iter())
    return {clean(each.text or "") for each in root.iter() if not len(each) and each not in inside}


def _is_alike(heading: str, title: str) -> bool:
    """Whether a heading says what a title says, or more."""
    one, other = (set(re.findall(r"\w+", text.lower())) for text in (heading, title))
    return bool(bare(title)) and (bare(title) in bare(heading) or len(one & other) * 3 >= 2 * max(len(one), len(other)))


def _without_site(title: str, site: list[str], host: str) -> str:
    """`title` without the name of the site at either end: "Title - Section | Site"."""
    known = {bare(name) for name in site if name} | {bare(host), bare(host.rpartition(".")[0])} - {""}
    while True:
        parts = list(_SEPARATOR.finditer(title))
        if not parts:
            return _without_end(title)
        head, tail = title[: parts[0].start()], title[parts[-1].end() :]
        if _names_site(tail, known):
            title = title[: parts[-1].start()].strip()
        elif _names_site(head, known):
            title = title[parts[0].end() :].strip()
        else:
            return _without_end(title)


def _without_end(title: str) -> str:
    """`title` without a short end behind a sign that parts titles from sites, or an end that names no more than one."""
    ends = list(_STRONG.finditer(title))
    if ends:
        head, tail = title[: ends[-1].start()].strip(), title[ends[-1].end() :]
        if head.count(" ") > tail.count(" ") < 3:
            return head
    any_end = list(_SEPARATOR.finditer(title))
    if any_end and any_end[-1].start() and _SECTION.fullmatch(title[any_end[-1].end() :]):
        return title[: any_end[-1].start()].strip()
    return title


def _names_site(part: str, known: set[str]) -> bool:
    plain = bare(part)
    return plain in known or any(
        len(plain) > 3 and (plain in name or (len(name) > 3 and name in plain and len(plain) < 2 * len(name)))
        for name in known
    )
