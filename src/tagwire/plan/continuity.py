"""What was published goes on: places in the history of feeds, ids of feeds, and addresses that moved.

A feed's *folder* is the address of its topic (`tags/iran/`), empty for the site's own. The *heir* of a folder that is
no more is the one whose feeds its subscribers get from then on.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from tagwire import names
from tagwire.model import Head, Hidden, Offer, Outlet, Record, utc
from tagwire.plan import foreign
from tagwire.plan.cards import CORRECTIONS, FOLLOW
from tagwire.plan.catalogue import FOLDERS
from tagwire.plan.due import visible
from tagwire.plan.identity import identity
from tagwire.plan.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagwire.model import Article, Clock, Config, Ledger
    from tagwire.plan.catalogue import Catalogue, Post
    from tagwire.plan.channels import Channel
    from tagwire.plan.outline import Item
    from tagwire.plan.sheaf import Sheaf

_ARCHIVE = re.compile(r"archive/[^/]+-(\d{4})\.[a-z]+\Z")


def folder_of(path: str) -> str:
    """The folder of a feed, by the path of its file or of one of its archive documents."""
    living = _ARCHIVE.sub("x", path)
    return living[: living.rfind("/") + 1]


class Past:
    """The ledger, seen from a site that is being laid out."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self.ledger = ledger
        self.config = catalogue.config
        self._members = {"": catalogue.posts} | {topic.address: posts for topic, posts in catalogue.topics}
        self._members = {folder: fed for folder, posts in self._members.items() if (fed := _fed(posts)) or not folder}
        self._ids = {outlet.path: outlet.id for outlet in ledger.outlets}
        self.heirs = self._heirs()
        """New folder of each old one."""
        self._old = {new: old for old, new in sorted(self.heirs.items(), reverse=True)}

    @functools.cached_property
    def known(self) -> dict[str, Record]:
        """What was published, by id."""
        return {record.id: record for record in self.ledger.articles}

    @functools.cached_property
    def _places(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for record in self.ledger.articles:
            for folder, place in record.feeds:
                found.setdefault(folder, []).append((place, record.id))
        for places in found.values():
            places.sort()
        return {folder: places for folder, places in found.items() if folder in self._ours}

    @functools.cached_property
    def _ours(self) -> set[str]:
        """Folders of feeds with a history of ours."""
        return foreign.placed(self.ledger) | {folder for folder, _ in self._archived}

    def is_foreign(self, folder: str) -> bool:
        """Whether those who follow the feeds in `folder` have another program's until now."""
        followed = {folder, *(old for old, new in self.heirs.items() if new == folder)}
        return folder not in self._ours and any(
            followed & {there for there, _ in record.feeds} for record in self.ledger.articles
        )

    def listed(self, folder: str) -> tuple[str, ...]:
        """The ids of all that ever belonged to the feeds in `folder`, in order of first publication.

        A renamed topic goes on with the history that it had under its old name.
        """
        old = self._old.get(folder)
        places = self._places.get(folder) or (self._places.get(old) if old is not None else None) or ()
        return tuple(name for _, name in places)

    def documents(self, folder: str) -> int:
        """How many archive documents subscribers know of the feeds in `folder`, by the highest number."""
        folders = {folder, self._old.get(folder, folder)}
        return max((number for there, number in self._archived if there in folders), default=0)

    @functools.cached_property
    def _archived(self) -> set[tuple[str, int]]:
        paths = (outlet.path for outlet in self.ledger.outlets if not outlet.gone)
        return {(folder_of(path), int(found[1])) for path in paths if (found := _ARCHIVE.search(path))}

    def feed_id(self, path: str) -> str:
        """The id by which readers know the feed at `path`; empty where it is the one that a new feed would have."""
        folder = folder_of(path)
        old = self._old.get(folder)
        known = self._ids.get(path) or (self._ids.get(old + path[len(folder) :]) if old is not None else "") or ""
        return "" if known == names.feed_id(names.absolute(self.config.base, path)) else known

    def _heirs(self) -> dict[str, str]:
        """Of each folder that had feeds and has none any more, where there is one."""
        outlets = [outlet for outlet in self.ledger.outlets if not outlet.gone]
        before = {folder_of(outlet.path): folder_of(outlet.heir) if outlet.heir else None for outlet in outlets}
        own = {"", CORRECTIONS}  # have no other name
        gone = {folder for folder in before if folder not in own and folder not in self._members}
        if not gone:
            return {}
        new = self._members.keys() - {folder for folder, heir in before.items() if heir is None}
        found = {folder: self._heir_of(folder, before[folder], new) for folder in gone}
        spelt = {there for there in found.values() if there not in before and there not in self._members}
        found |= {old: self._meant(old, there) for old, there in found.items() if there in spelt}
        for _ in found:  # a tag that was renamed twice
            found = {old: found.get(there, there) for old, there in found.items()}
        return {old: there for old, there in sorted(found.items()) if there in self._members}

    def _heir_of(self, folder: str, known: str | None, new: Iterable[str]) -> str:
        if known is not None:
            return known
        return self._renamed(folder) or self._successor(folder, new) or folder

    def _renamed(self, folder: str) -> str:
        """Where the owner says that a tag's spelling is another tag now."""
        slug = folder.removeprefix(FOLDERS["tag"]).rstrip("/")
        tag = dict(self.config.aliases).get(slug, "") if folder.startswith(FOLDERS["tag"]) else ""
        return f"{FOLDERS['tag']}{names.slug(tag)}/" if tag else ""

    def _meant(self, folder: str, spelt: str) -> str:
        """The topic of a feed of another program, whose address spells it otherwise: `koeln` is Köln, `c` is C#."""
        return (
            self._renamed(spelt) or foreign.alike(folder, spelt.partition("/")[0], self.ledger, self._members) or spelt
        )

    def _successor(self, folder: str, new: Iterable[str]) -> str:
        """A new folder of the same kind that has most of the old one's articles, and not many others."""
        kind = folder.partition("/")[0]
        old = {record.id for record in self.ledger.articles if not record.gone and folder in dict(record.feeds)}
        shares = Counter(
            {there: len(old & self._names(there)) for there in sorted(new) if there.partition("/")[0] == kind}
        )
        best, share = shares.most_common(1)[0] if shares else ("", 0)
        return best if share * 2 > len(old) and share * 2 > len(self._names(best)) else ""

    def _names(self, folder: str) -> set[str]:
        return {post.id for post in self._members[folder]}

    def inherited(self, feeds: Mapping[str, Sheaf]) -> dict[str, Item]:
        """The new feed of each path at which an old one was, and none is now: its bytes are served there too.

        `feeds`: of each path, the sheaf that has the feed.
        """
        found = {}
        for outlet in self.ledger.outlets:
            if outlet.path in feeds or outlet.gone:
                continue
            here = (outlet.heir, self._follow(outlet.heir), self._follow(outlet.path), self._spelt_here(outlet))
            ways = (*here, *(other for way in (outlet.path, *here) for other in _other_formats(way)))
            heir = next((way for way in ways if way in feeds), None)
            if heir is not None:
                found[outlet.path] = next(item for item in feeds[heir].items if item.path == heir)
        return found

    def _spelt_here(self, outlet: Outlet) -> str:
        """The path of the feed that another program's is taken for, where its topic is spelt as we do."""
        there = self.heirs.get(folder_of(outlet.path))
        return there + outlet.heir.rpartition("/")[2] if there is not None and outlet.heir else ""

    def _follow(self, path: str) -> str:
        """The path of the same file in the folder that is its folder's heir."""
        folder = folder_of(path)
        there = self.heirs.get(folder)
        return there + path[len(folder) :] if there is not None else ""

    def moves(self, catalogue: Catalogue, taken: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(old address, new address, title) of all that moved, where nothing else stands at the old address."""
        if not self.known and not self.heirs:
            return
        there = Taken(taken)
        for post in catalogue.posts:
            record = self.known.get(post.id)
            addresses = {record.address, *record.former} - {post.head.address} if record else ()
            yield from ((old, post.head.address, post.head.title) for old in sorted(addresses) if there.take(old))
        titles = {topic.address: topic.name for topic, _ in catalogue.topics}
        pages = ("",) if "follow" in self.config.leave_out else ("", FOLLOW)
        for old, new in self.heirs.items():
            for page in pages:
                if there.take(old + page):
                    yield old + page, new + page, titles.get(new, self.config.title)

    # -------------------------------------------------------------- the other side

    def offer(
        self,
        channels: Sequence[Channel],
        catalogue: Catalogue,
        feeds: Iterable[str],
        inherited: Mapping[str, str],
        articles: Iterable[Article],
    ) -> Offer:
        """What subscribers would have, all but `hidden`.

        `feeds` are the paths of all; `inherited` those among them that serve another one's bytes, with its path.
        """
        imprints = {article.meta.path: article.imprint for article in articles}
        belongs: dict[str, list[tuple[str, int]]] = {}
        shown: dict[str, list[str]] = {}
        for channel in channels:
            for name, place in self._placed(channel):
                belongs.setdefault(name, []).append((channel.address, place))
            for post in channel.chosen:
                shown.setdefault(post.id, []).append(channel.address)
        records = (
            _record(post, imprints[post.head.path], belongs.get(post.id, []), shown.get(post.id, []))
            for post in catalogue.posts
        )
        titles = {"": self.config.title} | {topic.address: topic.name for topic, _ in catalogue.topics}
        return Offer(
            self.config.url,
            tuple(sorted(records, key=lambda record: record.id)),
            tuple(
                Outlet(path, self._own_id(inherited.get(path, path)), inherited.get(path, "")) for path in sorted(feeds)
            ),
            (),
            tuple(titles.items()),
            tuple((post.id, post.head.path) for post in catalogue.posts),
        )

    def _placed(self, channel: Channel) -> Iterator[tuple[str, int]]:
        """The place of each post of a channel: the one it has, or the next free one."""
        own = self._places.get(channel.address, [])
        taken = {name: place for place, name in own}
        order = {name: at for at, name in enumerate(self.listed(channel.address))}
        last = own[-1][0] if own else 0
        posts = sorted(channel.posts, key=lambda post: (order.get(post.id, len(order)), post.order))
        for post in posts:
            place = taken.get(post.id)
            if place is None:
                place = last = last + 1
            yield post.id, place

    def _own_id(self, path: str) -> str:
        living = _living(path)
        return self.feed_id(living) or names.feed_id(names.absolute(self.config.base, living))


_FORMAT = re.compile(r"(?:(?:atom|rss)(-\d{4})?\.xml|feed(-\d{4})?\.json)\Z")


def _other_formats(path: str) -> list[str]:
    """The same feed, or the same document of it, in the formats that there may still be: readers look at the bytes."""
    found = _FORMAT.search(path)
    number = (found[1] or found[2] or "") if found else ""
    names_ = [f"{stem}{number}.{ending}" for stem, ending in (("atom", "xml"), ("rss", "xml"), ("feed", "json"))]
    return [path[: found.start()] + name for name in names_] if found else []


def _living(path: str) -> str:
    """The feed that an archive document belongs to; any other path as it is."""
    return re.sub(r"archive/([^/]+)-\d{4}(\.[a-z]+)\Z", r"\1\2", path)


def _fed(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    return tuple([post for post in posts if post.head.feed])


def _record(post: Post, imprint: str, feeds: list[tuple[str, int]], shown: list[str]) -> Record:
    head = post.head
    published, updated = utc(head.published.at), utc(post.updated)
    places, carried = tuple(sorted(feeds)), tuple(sorted(shown))
    return Record(post.id, head.address, head.title, published, updated, imprint, places, carried)


def hidden(articles: Iterable[Article], config: Config, clock: Clock) -> Iterator[Hidden]:
    """Articles that are there, and aren't shown at this hour."""
    for article in articles:
        head = article.meta
        if isinstance(head, Head) and not visible(head, clock):
            yield Hidden(identity(head, config), _reason(head, clock), head.path)


def _reason(head: Head, clock: Clock) -> Literal["draft", "future", "expired"]:
    if head.draft and not clock.drafts:
        return "draft"
    return "expired" if head.expires and head.expires.at <= clock.now else "future"
