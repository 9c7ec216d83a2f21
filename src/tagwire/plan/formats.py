"""The formats that each feed is in, and what its files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass

    from tagwire.model import Config, FeedKind
else:
    from tagwire.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format of feeds: which, under which file name, and as what."""

    kind: FeedKind
    file: str
    label: str
    media_type: str


FORMATS = (
    Format("atom", "atom.xml", "Atom", "application/atom+xml"),
    Format("rss", "rss.xml", "RSS", "application/rss+xml"),
    Format("json", "feed.json", "JSON Feed", "application/feed+json"),
)


def formats(config: Config) -> tuple[Format, ...]:
    """Those that the site has."""
    return tuple(form for form in FORMATS if form.kind in config.formats)
