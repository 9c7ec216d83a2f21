"""The values of a conversion: what was asked, what a reader found, what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING

from tagwire.model import Cut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tagwire.model import Recording, When
    from tagwire.problems import Problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What the owner and the site's settings say, before the source is read."""

    site: str
    """Name space of the ids that are minted: the site's URL, or empty outside a site."""
    modified: datetime
    """The source file's modification time, aware, in the site's time zone."""
    lang: str = "en"
    """BCP 47; taken where the source declares none and detection is unsure."""
    timezone: str = "UTC"
    """IANA name; of dates that have no zone."""
    title: str = ""
    date: When | None = None
    tags: tuple[str, ...] = ()
    """Added before any that are suggested."""
    keep_all: bool = False
    """Cut nothing."""
    keep: tuple[str, ...] = ()
    """Rules that cut nothing, by name."""
    id: str = ""
    """Of the article that an earlier version of this source became: identity survives a new version."""
    vocabulary: tuple[str, ...] = ()
    """The site's own tags, as they should read; matched first."""
    aliases: tuple[tuple[str, str], ...] = ()
    """(slug of another spelling, the tag as it should read)."""
    ignore: tuple[str, ...] = ()
    """Slugs that are never suggested."""
    slug: str = ""
    """Stands for the name that the file would be given: that name is taken."""
    translates: tuple[tuple[str, str], ...] = ()
    """(language, file beside it) of each article that it is a translation of."""
    there: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Articles of an export that are there already: key → digest. A reader may leave such a one unread, as `Known`."""
    only: str = ""
    """Key of the one article of an export that is wanted: a reader may pass over the others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing understood, and from where: what `tagwire add --why` prints."""

    what: str
    """`title`, `date`, `byline`, `language`, `tags`, `summary`, `cut`, …"""
    value: str
    origin: str
    """In plain words: "line 1 reads as a headline", "derived from the lead sentence", "`<meta name=author>`"."""

    @classmethod
    def of_cut(cls, cut: Cut) -> Finding:
        """That a passage was cut: where, if its source has lines, and by which rule."""
        where = f"line{'s' if '-' in cut.lines else ''} {cut.lines}" if cut.lines else "a passage"
        return cls("cut", where, f"rule {cut.rule}")

    @property
    def confidence(self) -> str:
        """`certain` where the source or its owner says so in so many words, `a guess` where it was made or assumed."""
        if _CERTAIN.match(self.origin):
            return "certain"
        return "a guess" if _GUESSED.match(self.origin) else "likely"


_CERTAIN = re.compile(
    r"given\Z|JSON-LD|`<(?:meta|html|link|title)|`<h1>`, |header line|the source(?:'s keywords| itself says)"
)
_GUESSED = re.compile(r"derived|detected|suggested|the (?:file's|site's|opening)|the only date")
"""By how an origin is put: one place decides, for every reader."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader understood of one source. Absent things are empty; nothing is invented here."""

    title: str
    title_derived: bool
    """It was made from the lead sentence, not found."""
    authors: tuple[str, ...]
    published: When | None
    updated: When | None
    lang: str
    """Declared by the source; empty if it declares none."""
    summary: str
    """The source's own; empty if it has none."""
    tags: tuple[str, ...]
    """The source's own keywords."""
    canonical: str
    """Where the source says that it was published, absolute, or empty."""
    markdown: str
    """The body in Python-Markdown's dialect, ends in one line feed."""
    plain: str
    """The body as plain text, paragraphs apart by a blank line: for language, tags and summary."""
    cuts: tuple[Cut, ...]
    findings: tuple[Finding, ...]
    id: str = ""
    """As feeds have published it; empty if it has none: one is made of the source's bytes."""
    slug: str = ""
    """The last part of its address elsewhere, decoded."""
    filed: bool = False
    """Its tool has tags: if it has any, its owner chose them, and the text suggests no more."""
    draft: bool = False
    page: bool = False
    """It is a standing page and not an article: it belongs into no feed."""
    aliases: tuple[str, ...] = ()
    """Addresses that it had, as paths: `/2019/05/hello/`."""
    image: str = ""
    """Its lead picture: an absolute URL, or `attachment:NAME`."""
    attachments: tuple[Attachment, ...] = ()
    """Files that come along; the Markdown and `image` name each as `attachment:NAME`."""
    made: When | None = None
    """When the source itself was made, as it says: stands for an unknown date of publication before the file's time."""
    left: tuple[str, ...] = ()
    """What could not be carried over, each in a few plain words: "3 comments", "shortcode [form id=4]"."""
    author_note: str = ""
    """Who the author is, as the lines below the text said."""
    expires: When | None = None
    """From when on its readers don't see it."""
    series: str = ""
    """What it is a part of."""
    enclosure: Recording | None = None
    """The recording that feeds have given their readers: an absolute URL, or `attachment:NAME`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with an article."""

    name: str
    """Of the file, safe in any file system and address: `[a-z0-9._-]`, see `attachments.name`."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a source that holds several."""

    key: str
    """Names it in this source, also in newer versions of it: the id as published, the number of a post, a path."""
    sha256: str
    """Of all in the source that the article is made of, hexadecimal: tells whether a newer version changed it."""
    found: Found | Refused | Known
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Stands for an article that was not read: it is there already, and has not changed."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A source as an article, ready to be written."""

    slug: str
    """Proposed name of the file, without `.md`."""
    text: str
    """The whole Markdown file, front matter on top, with its own provenance."""
    title: str
    findings: tuple[Finding, ...]
    cuts: tuple[Cut, ...]
    problems: tuple[Problem, ...]
    """Warnings only; a source that can't be converted gives `Refused`."""
    id: str = ""
    page: bool = False
    attachments: tuple[Attachment, ...] = ()
    """To be written into the folder `slug` beside the file."""
    left: tuple[str, ...] = ()
    """What could not be carried over."""

    def told(self, *, why: bool = False) -> Converted:
        """What a report tells of it, with the findings if somebody asked why: of 100,000 articles no more is kept."""
        cuts = tuple(Cut(intern(cut.rule), intern(cut.lines), "") for cut in self.cuts)
        return Converted("", "", self.title, self.findings if why else (), cuts, self.problems, left=self.left)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was made of a source."""

    problems: tuple[Problem, ...]
