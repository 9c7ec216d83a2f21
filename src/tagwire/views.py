"""What a template sees: values made for it alone.

URLs are already joined and relative to the page, lists already sorted and cut. A template prints `a.b.c` and loops;
it never filters, calls, sorts or formats. A wanted value that is missing here is a request for a field.

Every template gets five names: `site` (a `Site`), `page` (the type named in the template's first line), `words` (the
interface's words in the page's language), `data` (JSON-LD, or empty) and `content` (the page's own text, or empty).
A date is shown by `.iso` and `.human`, an amount by `.number` and `.human`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass

    from tagwire.model import Note, Shown, When
else:
    from tagwire.frozen import dataclass

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to."""

    text: str
    url: str
    current: bool = False
    """It is the page that shows it (`aria-current`)."""
    date: When | None = None
    """First day of the month that it leads to, whose name then stands in place of `text`."""
    amount: Amount | None = None
    """How many articles are there, in a list of all tags, authors or series."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something. `.human` says it in the page's language: "5 minutes to read"."""

    number: int
    of: str
    """Name of the words with its plural forms: `reading`, `articles`, `left_out`."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """One `<link rel="alternate">` of a feed."""

    title: str
    url: str
    type: str
    """`application/atom+xml` or `application/rss+xml`."""
    name: str
    """For people: "Atom", "RSS"."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The same text in another language. `.human` is the language's own name for itself."""

    lang: str
    direction: Direction
    title: str
    """Empty where it is on another site."""
    url: str
    absolute: str
    current: bool
    """It is the page that shows it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shows of the site, URLs relative to that page."""

    title: str
    description: str
    lang: str
    direction: Direction
    home: str
    theme: str
    """URL of the theme's folder of static files, with a slash at its end."""
    styles: tuple[str, ...]
    """URLs of the style sheets: the theme's `style.css`, then the site's own `custom.css` if there is one."""
    menu: tuple[Link, ...]
    icon: str
    copyright: str
    subscribe: str
    search: str
    """URL of the page to search the site, or empty."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page says of itself in `<head>`, and the feeds that it belongs to."""

    title: str
    """Of the page alone; empty on the home page."""
    description: str
    canonical: str
    """Absolute; empty where there is none (404)."""
    noindex: bool
    lang: str
    direction: Direction
    alternates: tuple[Alternate, ...]
    """This page's own feeds first, then the site's; titles are distinct."""
    follow: tuple[Alternate, ...]
    """The feeds of what this page is about, for the visible line "Follow …"."""
    follow_title: str
    """What one would follow: "Iran", "Jane Roe", the site's title."""
    follow_page: str
    image: str
    """Absolute URL of the picture that stands for the page elsewhere, or empty."""
    translations: tuple[Translation, ...]
    """This page and its translations, by language; empty where there are none."""
    data: str
    """JSON-LD. Templates print it by the name `data`, since it is no HTML."""


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list."""

    title: str
    url: str
    summary: str
    published: When
    authors: tuple[Link, ...]
    tags: tuple[Link, ...]
    lang: str
    direction: Direction
    image: str
    """URL of its lead picture, or empty."""
    picture: Shown | None
    """The same with its size and smaller versions, where it is a file of this site."""
    retracted: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """`home.html` and `list.html`: newest first."""

    frame: Frame
    kind: str
    """`home`, `tag`, `author`, `series`, `view`: what `heading` names."""
    heading: str
    note: str
    """An author's bio, or empty."""
    elsewhere: str
    """URL of an author's own page, or empty."""
    cards: tuple[Card, ...]
    newer: str
    """URL, or empty."""
    older: str
    index: str
    """URL of the list of all topics of this kind, or empty."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with links below it; a year with its months."""

    heading: str
    url: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """`index.html`: all tags, all authors, all years."""

    frame: Frame
    kind: str
    """`tags`, `authors`, `series`, `views` or `archive`."""
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """`period.html`: every article of a year or a month, newest first, grouped by month."""

    frame: Frame
    heading: str
    up: Link
    months: tuple[Month, ...]
    date: When | None = None
    """First day of the month, if it is one; its name then stands in place of `heading`."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its articles. `date` is its first day."""

    date: When
    url: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A correction, or a retraction, in the list of all."""

    title: str
    """Of the article."""
    url: str
    """Of the correction or retraction in it."""
    note: Note
    lang: str
    direction: Direction
    retracted: bool


@dataclass(frozen=True, slots=True)
class Corrections:
    """`corrections.html`: every correction and retraction, newest first."""

    frame: Frame
    heading: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The place of an article in its series."""

    text: str
    """Name of the series."""
    url: str
    part: int
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class Story:
    """`article.html`."""

    frame: Frame
    card: Card
    lead: bool
    """Whether the lead picture stands above the text: there is one, and the text doesn't show it."""
    standfirst: str
    """The summary, unless the text begins with it."""
    updated: When | None
    """Only where it differs from `card.published`."""
    reading: Amount | None
    """Minutes, if it takes two or more."""
    contents: tuple[Group, ...]
    """Its headings, and those below each, if it is long."""
    corrections: tuple[Note, ...]
    all_corrections: str
    """URL of the list of the whole site's, or empty if this article has none."""
    retracted: Note | None
    series: Chapter | None
    newer: Link | None
    older: Link | None
    related: tuple[Card, ...]
    source: str
    """Name of the raw file it was converted from, or empty."""
    cut: Amount | None
    """How many passages the conversion left out, if any."""
    original: str
    """`canonical` elsewhere, or empty."""
    author_note: str
    """Who the author is, or empty."""
    extra: Mapping[str, object]
    """The owner's own front-matter keys."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`page.html`: a page that belongs to no list."""

    frame: Frame
    heading: str
    contents: tuple[Group, ...]
    """Its headings, and those below each, if it is long."""
    extra: Mapping[str, object]
    """The owner's own front-matter keys."""


@dataclass(frozen=True, slots=True)
class Followable:
    """One feed: what it is about, with the page beside it, and its formats."""

    about: Link
    formats: tuple[Alternate, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Feeds of one kind: the heading, with the URL of an OPML list of these alone, or none."""

    opml: Link
    feeds: tuple[Followable, ...]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`subscribe.html`: every feed of the site. `opml` is the URL of the list of all."""

    frame: Frame
    opml: str
    format: str
    """Name of the one to take when in doubt."""
    groups: tuple[Bundle, ...]
    twins: bool
    """Whether a feed's name leads to the page beside it; else it leads to the list that the feed is of."""


@dataclass(frozen=True, slots=True)
class Form:
    """A wording for some numbers, with `{n}` where a script puts the number. `plural` is CLDR's name of the form."""

    plural: str
    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """`search.html`: words to look for. `index` is the URL of the folder with the index, with a slash at its end."""

    frame: Frame
    index: str
    elsewhere: tuple[Link, ...]
    """Where those look who have no script: all tags, all articles."""
    found: tuple[Form, ...]
    """How many pages were found."""


@dataclass(frozen=True, slots=True)
class Following:
    """`following.html`, the page beside a feed. URLs in `addresses` are absolute.

    `contents` are pairs: each of `entries` with its text, as readers get it.
    """

    frame: Frame
    about: Link
    addresses: tuple[Alternate, ...]
    format: str
    """Name of the one to take when in doubt."""
    entries: tuple[Card, ...]
    """Those that are shown in full, the newest first …"""
    cards: tuple[Card, ...]
    """… and the rest of the feed."""


@dataclass(frozen=True, slots=True)
class Missing:
    """`404.html`. Its URLs are absolute, since a host shows it at any address."""

    frame: Frame
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """`redirect.html`: what stands at an old address."""

    frame: Frame
    url: str
    """Relative, where it is now."""
