"""What a podcast says beyond RSS, for apps and directories.

Apple's namespace (podcasters.apple.com/support/823, "A Podcaster's Guide to RSS"), which every directory reads, and
the podcast namespace (podcastindex.org/namespace/1.0). feedgen's own extension refuses `true` for `itunes:explicit`
and writes its elements deprecated or in wrong places, so they are written here, through the same hook as the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tagwire import names

if TYPE_CHECKING:
    from tagwire.model import Entry, Feed, Show

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_LONGEST_SUMMARY = 4000
"""Characters, by Apple."""


def describe(channel: etree._Element, feed: Feed, show: Show) -> None:
    """Puts what `show` says of itself into the channel."""
    _add(channel, "itunes:author", show.author)
    _add(channel, "itunes:summary", _shortened(feed.subtitle or feed.title))
    _add(channel, "itunes:type", show.type)
    _add(channel, "itunes:explicit", _spelt(flag=show.explicit))
    if show.email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", show.owner)
        _add(owner, "itunes:email", show.email)
    if show.image:
        _add(channel, "itunes:image", href=show.image)
    for above, below in _gathered(show.category):
        category = _add(channel, "itunes:category", text=above)
        for each in below:
            _add(category, "itunes:category", text=each)
    _add(channel, "podcast:guid", show.guid or names.feed_id(feed.url).removeprefix("urn:uuid:"))
    _add(channel, "podcast:locked", "yes" if show.locked else "no", **({"owner": show.email} if show.email else {}))


def tell(item: etree._Element, entry: Entry) -> None:
    """Puts what only a podcast says of an episode into its item."""
    episode, sound = entry.episode, entry.sound
    if episode is None or sound is None:
        return
    _add(item, "itunes:title", entry.title)
    if entry.summary:
        _add(item, "itunes:summary", _shortened(entry.summary))
    if sound.duration:
        _add(item, "itunes:duration", str(sound.duration))
    for name, number in (("season", episode.season), ("episode", episode.number)):
        if number:
            _add(item, f"itunes:{name}", str(number))
            _add(item, f"podcast:{name}", str(number))
    _add(item, "itunes:episodeType", episode.kind)
    _add(item, "itunes:explicit", _spelt(flag=episode.explicit))
    if episode.image:
        _add(item, "itunes:image", href=episode.image)
    for person in entry.authors:
        _add(item, "podcast:person", person.name, **({"href": person.url} if person.url else {}))


def _gathered(pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, list[str]]]:
    """Each category once, with its subcategories, in order of first mention."""
    found: dict[str, list[str]] = {}
    for above, below in pairs:
        found.setdefault(above, []).extend([below] if below else [])
    return list(found.items())


def _spelt(*, flag: bool) -> str:
    return "true" if flag else "false"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SUMMARY else f"{text[: _LONGEST_SUMMARY - 1].rstrip()}…"


def _add(parent: etree._Element, name: str, value: str | None = None, **attributes: str) -> etree._Element:
    prefix, _, plain = name.partition(":")
    element = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{plain}", attributes)
    element.text = value
    return element
