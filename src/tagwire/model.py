"""The values that flow from stage to stage: frozen, slotted, tuples only, aware datetimes only.

Paths of sources are relative to the site's root and POSIX; addresses are as in `names`.
An optional text is `""` and an optional value `None`; neither ever means "not known yet".
"""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from dataclasses import dataclass

    from tagwire.words import Changes
else:
    from tagwire.frozen import dataclass


# ------------------------------------------------------------------ values that come in two parts


class Late:
    """Where a value may be told in part, and the rest only when somebody looks at it.

    It is the same value: nobody can see the difference but by the clock. Of 10,000 articles a layout compares a few
    fields, and reading all the others would take longer than everything else.
    """

    __slots__ = ("_rest",)
    _rest: Callable[[], object]

    if not TYPE_CHECKING:  # for mypy a field that a class hasn't is an error

        def __getattr__(self, name: str) -> object:
            fields = type(self).__dataclass_fields__
            if name not in fields:
                raise AttributeError(name)
            whole = object.__getattribute__(self, "_rest")()
            for each in fields:
                try:
                    object.__getattribute__(self, each)
                except AttributeError:
                    object.__setattr__(self, each, getattr(whole, each))
            return getattr(whole, name)


T = TypeVar("T", bound=Late)


def late(kind: type[T], rest: Callable[[], T | None], known: Mapping[str, object]) -> T:
    """A value of which these fields are `known`, and `rest` gives the whole."""
    made = object.__new__(kind)
    fill = object.__setattr__
    fill(made, "_rest", rest)
    for name, value in known.items():
        fill(made, name, value)
    return made


def filler(kind: type[T], names: Sequence[str]) -> Callable[[Callable[[], T | None], Iterable[object]], T]:
    """`late` for thousands of values of which the same fields are known: called with `rest` and their values."""
    fills = [getattr(kind, name).__set__ for name in ("_rest", *names)]
    new = object.__new__

    def filled(rest: Callable[[], T | None], values: Iterable[object]) -> T:
        made = new(kind)
        for fill, value in zip(fills, (rest, *values), strict=True):
            fill(made, value)
        return made

    return filled


# ------------------------------------------------------------------ small values


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A moment as its author wrote it: a day, or a day with a time."""

    at: dt.datetime
    """Aware; midnight in the site's time zone where only a day is known."""
    timed: bool
    """False where the source gave a day without a time."""

    @property
    def iso(self) -> str:
        """RFC 3339: `2020-07-24` or `2020-07-24T09:00:00+03:00`."""
        return self.at.isoformat() if self.timed else self.at.date().isoformat()


@dataclass(frozen=True, slots=True)
class Person:
    """An author."""

    slug: str
    name: str
    email: str = ""
    url: str = ""
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A dated remark: a correction, or the reason of a retraction."""

    date: When
    text: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The sound (or film) that an article is about (front matter `enclosure`)."""

    link: str
    """As the owner wrote it: a path beside the file, `/path`, or an absolute URL."""
    type: str
    """Media type."""
    length: int | None
    """Bytes; None for a file of the site, whose length is known."""
    duration: int = 0
    """Seconds, 0 if unknown."""
    season: int = 0
    episode: int = 0
    explicit: bool | None = None
    """None: as the whole podcast."""
    kind: Literal["full", "trailer", "bonus"] = "full"


@dataclass(frozen=True, slots=True)
class Place(Late):
    """Where a front-matter key stands, for problems found later."""

    key: str
    line: int
    column: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a source that did not become part of its article; the source file still holds it."""

    rule: str
    """Name of the rule, documented in the handbook: `donation-appeal`."""
    lines: str
    """Lines of the source, 1-based, inclusive: `25-37`. Empty for formats without lines."""
    sha256: str
    """Of the text that was cut (UTF-8, lines joined by a line feed)."""


@dataclass(frozen=True, slots=True)
class Provenance(Late):
    """Where a converted article comes from (front matter `source`)."""

    path: str
    """Of the source, relative to `content/`."""
    sha256: str
    """Of the source's bytes."""
    converted: str
    """sha256 of the Markdown file as the conversion wrote it, without this very line; tells a hand edit."""
    cut: tuple[Cut, ...] = ()
    item: str = ""
    """Which one of the articles of an export it is; then `sha256` is that of this one's part of the export."""
    left: tuple[str, ...] = ()
    """What could not be carried over, in plain words."""


# ------------------------------------------------------------------ what the owner decided


@dataclass(frozen=True, slots=True)
class View:
    """A selection of articles that the owner named: it has a page and feeds, as a tag has."""

    name: str
    title: str
    all: tuple[str, ...] = ()
    """Tags, as slugs: an article has every one of them …"""
    any: tuple[str, ...] = ()
    """… and at least one of these, if there are any …"""
    none: tuple[str, ...] = ()
    """… and none of these."""
    authors: tuple[str, ...] = ()
    """Slugs: it is by one of them, if there are any."""


@dataclass(frozen=True, slots=True)
class Show:
    """What the site's podcast says of itself. Empty texts stand for what the site says."""

    title: str = ""
    description: str = ""
    author: str = ""
    owner: str = ""
    """Name of the one to whom directories write …"""
    email: str = ""
    """… and the address, which is public."""
    category: tuple[tuple[str, str], ...] = ()
    """(category, subcategory or empty) of Apple's list, the most fitting first."""
    explicit: bool = False
    image: str = ""
    """Address or URL of the cover: a square JPEG or PNG."""
    type: Literal["episodic", "serial"] = "episodic"
    lang: str = ""
    copyright: str = ""
    locked: bool = True
    """Other hosts may not take the podcast over without a word of the owner."""
    guid: str = ""
    """That it had before it came here."""


@dataclass(frozen=True, slots=True)
class Config:
    """The site's settings, complete and checked. Defaults stand here and nowhere else."""

    title: str
    url: str = ""
    """Absolute, ends in a slash; empty where the owner gave none (then see `base`)."""
    author: str = ""
    description: str = ""
    lang: str = "en"
    timezone: str = "UTC"
    authority: str = ""
    """RFC 4151 `HOST,YEAR`; empty: the host of `url` and the year of each article."""
    authors: tuple[Person, ...] = ()
    menu: tuple[tuple[str, str], ...] = ()
    """(text, URL or address) of each entry."""
    permalink: str = "articles/{slug}/"
    per_page: int = 20
    per_feed: int = 20
    old_as_new: int = 10
    """Old articles that may appear as new to subscribers at one publish; more are a slip."""
    links: Literal["pretty", "index"] = "pretty"
    engine: Literal["markdown", "commonmark"] = "markdown"
    """What renders Markdown."""
    trusted: bool = False
    """Raw HTML of articles reaches pages unsanitised (feeds are always sanitised)."""
    news: bool = False
    """There is a sitemap for Google News, of the articles of the last two days."""
    search: bool = False
    """There is a page to search the site; its index is made when it is asked for."""
    math: bool = False
    """TeX between dollars is a formula."""
    quotes: bool = True
    """Straight quotes and double hyphens become the signs of an article's language."""
    icon: str = ""
    """Address of a square picture, or empty."""
    logo: str = ""
    """Address of a wide picture, or empty."""
    copyright: str = ""
    hub: str = ""
    formats: tuple[FeedKind, ...] = ("atom", "rss", "json")
    """What each feed is made in."""
    history: bool = True
    """Feeds that have a complete history have its archive documents."""
    ttl: int = 0
    """Minutes after which a reader should ask for an RSS feed again; 0: nothing is said."""
    archives: tuple[str, ...] = ()
    """Kinds of topics whose feeds have their complete history, as the site's always has: `tag`, `author`, …"""
    leave_out: tuple[str, ...] = ()
    """What isn't made: `dates` (lists by year and month), `follow` (the page beside each feed), `related`. Sorted."""
    vocabulary: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    """(slug of another spelling, the tag as it should read)."""
    ignore: tuple[str, ...] = ()
    """Slugs of tags that are never suggested."""
    views: tuple[View, ...] = ()
    podcast: Show | None = Show()
    """None: recordings make no podcast."""
    words: Changes = ()
    """The interface's words as the owner wants them, by language."""
    host: str = ""
    """Kind of the web host, whose files `hosts` writes; empty: none."""
    precompress: tuple[str, ...] = ()
    """Kinds of compressed twins that files get: `gzip`, `br`."""
    to: str = field(default="", compare=False)
    """Where `publish` brings the site: a folder, `git:…` or `rclone:…`."""
    source: str = field(default="", compare=False)
    """File that the settings stand in, for problems found later."""

    @property
    def base(self) -> str:
        """What addresses are joined to; `.invalid` is reserved for this (RFC 2606)."""
        return self.url or "https://site.invalid/"


@dataclass(frozen=True, slots=True)
class Clock:
    """What decides which articles are due. No output holds it."""

    now: dt.datetime
    drafts: bool = False
    future: bool = False


# ------------------------------------------------------------------ files as they were read


@dataclass(frozen=True, slots=True)
class File:
    """A file that may become an input: where it is, and what its bytes are by digest."""

    path: str
    digest: str
    """blake2b-128 of the bytes, hexadecimal."""
    size: int


# ------------------------------------------------------------------ articles


@dataclass(frozen=True, slots=True)
class Meta(Late):
    """What is known of a content file without its body; enough for a standing page."""

    path: str
    address: str
    title: str
    summary: str
    lang: str
    draft: bool
    noindex: bool
    canonical: str
    """Absolute URL elsewhere that this is a copy of, or empty."""
    aliases: tuple[str, ...]
    """Addresses that redirect here."""
    image: str
    """As the owner wrote it: a path beside the file, `/path`, or an absolute URL."""
    translations: tuple[tuple[str, str], ...]
    """(language, link as the owner wrote it) of the same text in other languages."""
    extra: str
    """The owner's own keys for the theme, a JSON object."""
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Head(Meta):
    """All that any list, feed or neighbour may know of an article: everything but the body."""

    id: str
    """From the front matter; empty for a hand-made article, whose id `plan` derives (RFC 4151)."""
    published: When
    date_source: str
    """Where `published` comes from if it isn't the article's own: `file`. Else empty."""
    updated: When
    """The latest of `updated`, corrections and retraction; equals `published` where nothing moved it."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    """As written, one of each slug."""
    feed: bool
    expires: When | None
    series: str
    corrections: tuple[Note, ...]
    retracted: Note | None
    source: Provenance | None
    enclosure: Recording | None = None
    author_note: str = ""
    """Who the author is, for this article alone."""
    bulk: int = 0
    """Bytes that its body needs in a feed, rounded up so coarsely that few edits of a text change it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A content file, parsed and checked, its body still Markdown."""

    meta: Meta
    markdown: str
    line: int
    """Line of the file on which the body starts."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML with its URLs taken out, so that one rendering serves every address it is shown at.

    `parts` are one more than `links`; link `i` stands between part `i` and part `i + 1`,
    inside the quotes of an attribute. Parts are escaped for HTML, links are not.
    """

    parts: tuple[str, ...]
    links: tuple[str, ...]

    def filled(self, urls: tuple[str, ...]) -> str:
        """The HTML with `urls`, one a gap, in place of the links."""
        gaps = [*map(html.escape, urls), ""]
        return "".join([piece for pair in zip(self.parts, gaps, strict=True) for piece in pair])


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body, without its head: `page` for the site, `reader` for feeds."""

    page: Markup
    reader: Markup
    excerpt: str
    """Plain text of the opening one or two sentences."""
    opening: str
    """Plain text of the first paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article, that one can link to."""

    level: int
    """2 or 3."""
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Article(Late):
    """A content file after reading and rendering. The body is named by its key, so that it need not be in memory."""

    meta: Meta
    """A `Head` for an article, a bare `Meta` for a standing page. Its summary is never missing if there is text."""
    body: str
    """Key of the `Body` in the memory."""
    repeats: bool
    """The body begins with the summary, which therefore need not stand above it."""
    links: tuple[str, ...]
    """Every URL of `Body.page`, in order, as written."""
    reader_links: tuple[str, ...]
    crossings: tuple[Place, ...]
    """Where the body links to another Markdown file; the key is the URL as written."""
    minutes: int
    """To read it; 0 for a few lines."""
    outline: tuple[Heading, ...]
    """Its headings of the second and third level, in order."""
    weight: int
    """Bytes of reader HTML as they stand in XML, links left out."""
    imprint: str = ""
    """Digest of all that a subscriber would read, whatever its address, id and dates: tells a move from an edit."""


PictureFormat = Literal["avif", "webp"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of a picture without showing it."""

    width: int
    height: int
    """Pixels, as it is shown."""
    smaller: tuple[int, ...]
    """Widths of the smaller pictures to make of it; none of one that is animated, drawn or very large."""


@dataclass(frozen=True, slots=True)
class Smaller:
    """Smaller pictures of one format, as `source` names them."""

    type: str
    """`image/avif`."""
    srcset: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture at one place."""

    url: str
    width: int
    height: int
    sources: tuple[Smaller, ...]
    """The best format first; the picture itself is what every browser understands."""


@dataclass(frozen=True, slots=True)
class BodyUse:
    """A body shown at one place: its key, and the URLs that go into its gaps."""

    key: str
    urls: tuple[str, ...]
    pictures: tuple[Shown, ...] = ()
    """Those of `urls` that are pictures whose size is known."""


# ------------------------------------------------------------------ what subscribers have


def utc(at: dt.datetime) -> str:
    """RFC 3339 in UTC, with a fraction of a second only where there is one."""
    try:
        at = at.astimezone(dt.UTC)
    except OverflowError:  # the last hours of the year 9999
        at = at.replace(tzinfo=dt.UTC)
    return at.isoformat().replace("+00:00", "Z")


class Record(NamedTuple):
    """An article as subscribers have it: a line of the ledger. Or as they would have it, if this were published.

    A named tuple, for a build may make 100,000 of them, and a dataclass takes five times as long.
    """

    id: str
    address: str
    title: str
    published: str
    """RFC 3339 in UTC, as is `updated`."""
    updated: str
    imprint: str
    """`Article.imprint`; empty where it isn't known, since the line comes from a live feed."""
    feeds: tuple[tuple[str, int], ...] = ()
    """(folder, place) of every feed that it has ever belonged to, sorted: `""` is the site's, `tags/iran/` a tag's.

    The place is its number in the order of first publication in that feed: given once, never changed.
    """
    shown: tuple[str, ...] = ()
    """Folders of the feeds among them that have ever carried it themselves: a feed holds the newest few only."""
    first: str = ""
    """When it was first published, as the ledger saw it."""
    former: tuple[str, ...] = ()
    """Addresses that it had before: they lead to it for ever."""
    gone: str = ""
    """When it was withdrawn. Its id is never used again."""
    out: str = ""
    """When it left the feeds, its page staying (`feed: false`)."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The address of a feed that was published: a line of the ledger."""

    path: str
    id: str
    heir: str = ""
    """Path of the feed whose bytes are served here since this one is no more (a renamed tag)."""
    gone: str = ""
    """When the owner gave it up."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What subscribers have been given (`content/ledger.json`). An empty one stands for none: nothing is published."""

    site: str = ""
    """The site's `url`; empty where it was published without one."""
    articles: tuple[Record, ...] = ()
    """By id."""
    outlets: tuple[Outlet, ...] = ()
    """By path."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An article that is there and isn't shown now."""

    id: str
    reason: Literal["draft", "future", "expired"]
    path: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What subscribers would have if this were published: the other side of the ledger."""

    site: str
    """The site's `url`, or empty."""
    articles: tuple[Record, ...]
    """Without `first` and `former`. `shown` are the feeds that would carry it now."""
    outlets: tuple[Outlet, ...]
    hidden: tuple[Hidden, ...]
    titles: tuple[tuple[str, str], ...]
    """(folder, title) of the feeds in each folder."""
    paths: tuple[tuple[str, str], ...]
    """(id, content file) of each article, for problems."""


@dataclass(frozen=True, slots=True, order=True)
class Redirect:
    """An address that leads to another one for ever."""

    here: str
    there: str


# ------------------------------------------------------------------ what will exist in site/


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file, fully decided. `view` is one of the types of `views`."""

    path: str
    template: str
    view: object
    body: BodyUse | None = None
    """Markup that the template shows as `content`."""
    entries: tuple[Entry, ...] = ()
    """What the template shows as `contents`: the HTML of each, as readers get it …"""
    room: int = 0
    """… in this many bytes; a longer one is shortened."""


@dataclass(frozen=True, slots=True)
class Category:
    """RFC 4287 section 4.2.2."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or sound that belongs to an entry."""

    url: str
    type: str
    length: int | None
    """Bytes; None for a remote one, which therefore can't be an enclosure (RSS 2.0 demands a length)."""
    duration: int = 0
    """Seconds, of a sound; 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What an entry says of itself in the language of its article, before dates and notes."""

    retracted: str
    correction: str
    shortened: str
    """A sentence."""
    whole: str
    """Text of the link to the whole article."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What only a podcast says of an entry."""

    kind: Literal["full", "trailer", "bonus"]
    season: int
    """0 for none, as is `number`."""
    number: int
    explicit: bool
    image: str
    """URL of a cover of its own, or empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as subscribers get it, or one correction: the same in every feed that carries it."""

    id: str
    url: str
    title: str
    published: dt.datetime
    updated: dt.datetime
    """No two entries of a site share one."""
    summary: str
    lang: str
    direction: Literal["ltr", "rtl"]
    authors: tuple[Person, ...]
    categories: tuple[Category, ...]
    media: Media | None
    corrections: tuple[Note, ...]
    retracted: Note | None
    labels: Labels
    content: BodyUse | None
    """Reader markup with absolute URLs; None where the entry is nothing but its note."""
    sound: Media | None = None
    """The recording that the article is about."""
    episode: Episode | None = None
    """In a podcast."""
    series: Category | None = None
    """That it is a part of; `scheme` is the URL of the page of the series."""

    @property
    def enclosure(self) -> Media | None:
        """The one file that comes with the entry: sound wins over the picture, since most readers take one only."""
        return next((media for media in (self.sound, self.media) if media and media.length is not None), None)


FeedKind = Literal["atom", "rss", "json"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed file, fully decided: its entries are chosen and in order."""

    path: str
    kind: FeedKind
    id: str
    title: str
    subtitle: str
    home: str
    url: str
    updated: dt.datetime
    lang: str
    author: Person
    entries: tuple[Entry, ...]
    complete: bool
    """Every entry that there is stands here (RFC 5005 section 2)."""
    previous: str = ""
    """URL of the archive document before this one, or of the newest one; empty where there is none."""
    current: str = ""
    """Of an archive document (RFC 5005 section 4): URL of the feed that people follow. Else empty."""
    room: int = 900_000
    """Bytes that one entry's HTML may take in XML; a longer one is shortened."""
    icon: str = ""
    logo: str = ""
    hub: str = ""
    copyright: str = ""
    show: Show | None = None
    """Of a podcast, complete but for what the feed says already."""
    ttl: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """A file carried over as it is."""

    path: str
    source: File


@dataclass(frozen=True, slots=True)
class Variant:
    """A smaller picture to be made of a file."""

    path: str
    source: File
    width: int
    format: PictureFormat


@dataclass(frozen=True, slots=True)
class Text:
    """A small file whose content `plan` decides whole: robots.txt, the sitemap."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Output:
    """Bytes, ready to write at a path below `site/`."""

    path: str
    data: bytes = field(repr=False)
