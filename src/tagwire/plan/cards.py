"""Turns posts and topics into what templates see, with URLs for the page that shows them."""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tagwire import views, words
from tagwire.model import Head
from tagwire.names import PODCAST
from tagwire.plan.catalogue import FOLDERS, spot_of
from tagwire.plan.formats import FORMATS, formats
from tagwire.plan.pictures import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    from tagwire.model import Config, Meta, Shown
    from tagwire.plan.catalogue import Post, Spot, Topic
    from tagwire.plan.routes import Ground
    from tagwire.plan.translations import Version
else:
    from tagwire.frozen import dataclass

_RTL = re.compile(r"(?:ar|arc|ckb|dv|fa|ha-arab|he|iw|ks|ku-arab|nqo|pnb|ps|sd|syr|ug|ur|yi)(?:-|\Z)", re.IGNORECASE)
"""Languages that are written from right to left, unless a script subtag says otherwise."""


def show_title(config: Config) -> str:
    """The podcast's name."""
    return (config.podcast.title if config.podcast else "") or config.title


SUBSCRIBE = "subscribe/"
"""Address of the page with every feed."""
SEARCH = "search/"
"""Address of the page to search the site."""
INDEX = "pagefind/"
"""Folder of what it is searched with."""
CORRECTIONS = "corrections/"
"""Address of the list of all corrections and retractions."""
FOLLOW = "follow/"
"""Below a topic: the address of the page beside its feeds."""


def following(topic: Topic | None, config: Config) -> str:
    """Address of the page that shows what a reader will show of a topic's feeds, or of the site's."""
    if topic and topic.kind == "corrections":
        return topic.address  # which shows nothing else
    if "follow" in config.leave_out:
        return SUBSCRIBE
    return f"{topic.address if topic else ''}{FOLLOW}"


@functools.lru_cache(maxsize=256)  # each card asks, and most sites have one
def direction(lang: str) -> views.Direction:
    """Of the text, by its language."""
    if re.search(r"-(?:arab|hebr|thaa|syrc|nkoo)\b", lang, re.IGNORECASE):
        return "rtl"
    return "rtl" if _RTL.match(lang) and not re.search(r"-(?:latn|cyrl)\b", lang, re.IGNORECASE) else "ltr"


_TOPICAL = FOLDERS["tag"], FOLDERS["author"]
"""With what the address of a page begins that may be about a topic of a card."""
_LINKED, _NOTHING = frozenset({"authors", "tags"}), frozenset[str]()
_REMEMBERED = 4000
"""Cards: neighbours in time are shown on each other's pages, and on the same lists."""


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """Makes the values for one page."""

    ground: Ground
    here: str
    """Address of the page."""
    url: Callable[[str], str]
    depth: int
    """How far below the site's root the page lies, which is all that URLs depend on; -1 where they are absolute."""

    @property
    def config(self) -> Config:
        """The site's settings."""
        return self.ground.config

    @property
    def words(self) -> words.Words:
        """The interface's words in the language of the site."""
        return words.of(self.config.lang, self.config.words)

    def site(self) -> views.Site:
        """What the page shows of the site."""
        menu = tuple([self._menu_link(text, target) for text, target in self.config.menu])
        key = (self.depth, *[link.current for link in menu])
        site = self.ground.sites.get(key)
        if site is None:
            site = self.ground.sites[key] = self._site(menu)
        return site

    def _site(self, menu: tuple[views.Link, ...]) -> views.Site:
        config = self.config
        return views.Site(
            title=config.title,
            description=config.description,
            lang=config.lang,
            direction=direction(config.lang),
            home=self.url(""),
            theme=self.url("theme/style.css").removesuffix("style.css"),
            styles=tuple(map(self.url, self.ground.styles)),
            menu=menu,
            icon=self._maybe(config.icon),
            copyright=config.copyright,
            subscribe=self.url(SUBSCRIBE),
            search=self.url(SEARCH) if config.search else "",
        )

    def _menu_link(self, text: str, target: str) -> views.Link:
        if "://" in target or target.startswith("mailto:"):
            return views.Link(text, target)
        address = target.removeprefix("/")
        inside = self.here.startswith(address) if address else self.here == address
        return views.Link(text, self.url(address), current=inside)

    def _maybe(self, target: str) -> str:
        return target if not target or "://" in target else self.url(target)

    def frame(
        self,
        title: str,
        *,
        about: Meta | None = None,
        topic: Topic | None = None,
        versions: tuple[Version, ...] = (),
        podcast: bool = False,
        **more: str,
    ) -> views.Frame:
        """The head of the page: about a content file, a topic, or neither (`canonical` then).

        With `podcast`, its feed is among the site's.
        """
        config = self.config
        canonical = self.ground.absolute(self.here)
        own = self.alternates(topic.address, topic.name) if topic else ()
        site = (*self.alternates("", config.title), *((self.podcast(),) if podcast else ()))
        lang = about.lang if about else config.lang
        return views.Frame(
            title=title,
            description=_description(about) if about else config.description,
            canonical=more.get("canonical", (about.canonical if about else "") or canonical),
            noindex=about.noindex if about else bool(more.get("noindex")),
            lang=lang,
            direction=direction(lang),
            alternates=(*own, *site),
            follow=own or site,
            follow_title=topic.name if topic else config.title,
            follow_page=self.url(following(topic, config)),
            image=more.get("image", ""),
            translations=tuple(self._translation(version) for version in versions),
            data=more.get("data", ""),
        )

    def _translation(self, version: Version) -> views.Translation:
        return views.Translation(
            version.lang,
            direction(version.lang),
            version.title,
            version.url or self.url(version.address),
            version.url or self.ground.absolute(version.address),
            current=not version.url and version.address == self.here,
        )

    def alternates(self, address: str, name: str) -> tuple[views.Alternate, ...]:
        """The feeds in a folder."""
        key = (address, name, self.depth)
        found = self.ground.feeds.get(key)
        if found is None:
            site = self.config.title
            title = f"{name} · {site}" if address else site
            found = self.ground.feeds[key] = tuple(
                views.Alternate(
                    f"{title} ({form.label})", self.url(f"{address}{form.file}"), form.media_type, form.label
                )
                for form in formats(self.config)
            )
        return found

    def podcast(self) -> views.Alternate:
        """The feed of the podcast."""
        return views.Alternate(
            f"{show_title(self.config)} (Podcast)", self.url(PODCAST), FORMATS[1].media_type, "Podcast"
        )

    def link(self, topic: Topic) -> views.Link:
        """A link to a topic's page."""
        address = topic.address
        current = self.here.startswith(address)
        key = (topic.digest, self.depth, current)
        known = self.ground.links
        link = known.get(key)
        if link is None:
            link = known[key] = views.Link(topic.name, self.url(address), current=current)
        return link

    def neighbour(self, there: Signpost | None) -> views.Link | None:
        """A link to a post's page."""
        return views.Link(there.title, self.url(there.address)) if there else None

    def card(self, post: Post, template: str = "") -> views.Card:
        """A post in a list. The topic that the list is about is marked in it as the current one.

        What `template` doesn't show of it is left out.
        """
        idle = self.ground.idle.get(template, _NOTHING)
        current: list[bool] = []
        if self.here.startswith(_TOPICAL) and not idle >= _LINKED:
            current = [self.here.startswith(topic.address) for topic in (*post.authors, *post.tags)]
        key = (post.digest, self.depth, idle, *current)
        known = self.ground.cards
        card = known.get(key)
        if card is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            card = known[key] = self._card(post, idle)
        return card

    def _card(self, post: Post, idle: frozenset[str]) -> views.Card:
        head = post.head
        return views.Card(
            title=head.title,
            url=self.url(head.address),
            summary="" if head.retracted else head.summary,
            published=head.published,
            authors=() if "authors" in idle else tuple([self.link(author) for author in post.authors]),
            tags=() if "tags" in idle else tuple([self.link(tag) for tag in post.tags]),
            lang=head.lang,
            direction=direction(head.lang),
            image="" if head.retracted or "image" in idle else self.picture(head, post.spots),
            picture=None if head.retracted or "picture" in idle else self.measured(head, post.spots),
            retracted=head.retracted is not None,
        )

    def picture(self, meta: Meta, spots: tuple[Spot, ...]) -> str:
        """URL of the lead picture, or empty."""
        spot = spot_of(spots, meta.image)
        return self.url(spot.address) + spot.rest if spot else meta.image

    def measured(self, meta: Meta, spots: tuple[Spot, ...]) -> Shown | None:
        """The lead picture with its size, where that is known."""
        spot = spot_of(spots, meta.image)
        return shown(spot.address, spot.measure, self.url) if spot and spot.measure else None

    def picture_elsewhere(self, meta: Meta, spots: tuple[Spot, ...]) -> str:
        """Absolute URL of the lead picture, or empty."""
        spot = spot_of(spots, meta.image)
        return self.ground.absolute(spot.address) + spot.rest if spot else meta.image


class Signpost(NamedTuple):
    """All that a page says of a neighbouring one."""

    title: str
    address: str


def signpost(post: Post) -> Signpost:
    """The way to a post."""
    return Signpost(post.head.title, post.head.address)


def desk(ground: Ground, here: str) -> Desk:
    """A desk for the page at address `here`."""
    return Desk(ground, here, ground.from_page(here), -1 if here == "404.html" else here.count("/"))


def _description(meta: Meta) -> str:
    """Of a page, for search engines; nothing of a retracted text survives in it."""
    note = meta.retracted if isinstance(meta, Head) else None
    return note.text if note else meta.summary


def extra(meta: Meta) -> dict[str, object]:
    """The owner's own keys."""
    return json.loads(meta.extra)  # type: ignore[no-any-return]


def source_name(head: Head) -> str:
    """File name of the raw article that it was converted from."""
    return head.source.path.rpartition("/")[2] if head.source else ""
