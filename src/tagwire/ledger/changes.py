"""What subscribers have beside what they would have: every difference that one of them can see."""

from __future__ import annotations

import operator
from collections import Counter
from dataclasses import field
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from tagwire.model import Hidden, Ledger, Outlet, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from dataclasses import dataclass

    from tagwire.model import Offer
else:
    from tagwire.frozen import dataclass

Kind = Literal[
    "new", "old", "back", "doubled", "updated", "quiet", "gone", "hidden", "expired", "left", "moved", "dated", "reused"
]
"""What happens to an article:

`new` appears as new; `old` too, though it is older than others that were published; `back` too, after it was withdrawn;
`doubled` too, though subscribers have it under another id; `updated` is shown as updated; `quiet` changed and no reader
says so; `gone`, `hidden` (a draft or not due) and `expired` are in no feed any more; `left` has its page, but left the
feeds; `moved` has another address; `dated` another date; `reused`: its id belonged to another article.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happens to one article."""

    kind: Kind
    article: Record
    """As it would be; as it was, where it is no more."""
    before: Record | None = None
    feeds: tuple[str, ...] = ()
    """Folders of the feeds whose subscribers see it, sorted."""
    path: str = ""
    """The content file, where there is one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that would change by publishing now."""

    first: bool
    """Nothing was published yet: there are no subscribers to disturb."""
    site: tuple[str, str]
    """The `url` that was, and that would be."""
    articles: tuple[Change, ...] = ()
    new_feeds: tuple[str, ...] = ()
    """Folders."""
    moved_feeds: tuple[tuple[str, str], ...] = ()
    """(old, new) folders: the old addresses serve the new feed."""
    gone_feeds: tuple[str, ...] = ()
    """Paths of feeds that nothing is served at any more."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """Of those that were another program's, the path that they were taken for."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of the feeds, by folder."""
    total: int = 0
    """Articles that the site would have."""

    @property
    def none(self) -> bool:
        """Whether subscribers see nothing of it."""
        return not (self.articles or self.new_feeds or self.moved_feeds or self.gone_feeds or self.is_elsewhere)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the whole site has another address."""
        return bool(self.site[0] and self.site[1] and self.site[0] != self.site[1])


def folder(path: str) -> str:
    """The folder of a feed's file; that of the feed itself for an archive document."""
    above = path[: path.rfind("/") + 1]
    return above.removesuffix("archive/") if above.endswith("archive/") else above


def compare(ledger: Ledger, offer: Offer) -> Changes:
    """What changes for subscribers from the ledger to the offer."""
    first = not ledger.articles and not ledger.outlets
    followed = {folder(outlet.path) for outlet in ledger.outlets if not outlet.gone}
    served = {outlet.path for outlet in offer.outlets}
    heirs = {folder(outlet.path): folder(outlet.heir) for outlet in offer.outlets if outlet.heir}
    before = {folder(outlet.path) for outlet in ledger.outlets}
    already = {folder(outlet.path): folder(outlet.heir) for outlet in ledger.outlets if outlet.heir}
    gone = {each.path: each.heir for each in ledger.outlets if not each.gone and each.path not in served}
    return Changes(
        first,
        (ledger.site, offer.site),
        tuple(_Comparison(ledger, offer, followed, heirs).changes()),
        tuple(sorted({folder(path) for path in served} - before)),
        tuple(sorted(pair for pair in heirs.items() if already.get(pair[0]) != pair[1])),
        tuple(sorted(gone)),
        gone,
        dict(offer.titles),
        len(offer.articles),
    )


class _Comparison:
    def __init__(self, ledger: Ledger, offer: Offer, followed: set[str], heirs: Mapping[str, str]) -> None:
        self.known = {record.id: record for record in ledger.articles}
        self.offer = offer
        self.hidden = {each.id: each for each in offer.hidden}
        self.paths = dict(offer.paths)
        self.followed = followed | {heirs[old] for old in followed & heirs.keys()}
        """Folders that somebody may be subscribed to."""
        self.heirs = heirs
        self.old_names: dict[str, list[str]] = {}
        for old, new in heirs.items():
            self.old_names.setdefault(new, []).append(old)
        self.newest = _second(max((record.published for record in ledger.articles), default=""))
        offered = {record.id for record in offer.articles}
        self.missing = [record for name, record in self.known.items() if name not in offered and not record.gone]
        lost = [record for record in self.missing if record.id not in self.hidden]
        self.by_address = {record.address: record for record in lost}
        counts = Counter(record.imprint for record in lost)
        self.by_imprint = {record.imprint: record for record in lost if record.imprint and counts[record.imprint] == 1}
        self.by_title = {(record.title, record.published): record for record in lost}
        self.doubled: set[str] = set()

    def changes(self) -> Iterator[Change]:
        for record in _touched(self.offer, self.known):
            known = self.known.get(record.id)
            if known is None:
                yield self._new(record)
            else:
                yield from self._again(record, known)
        for record in self.missing:
            if record.id not in self.doubled:
                yield self._lost(record)

    def _change(self, kind: Kind, record: Record, before: Record | None, feeds: tuple[str, ...]) -> Change:
        return Change(kind, record, before, feeds, self.paths.get(record.id, ""))

    def _new(self, record: Record) -> Change:
        feeds = self._seen(record.shown)
        rival = (
            self.by_address.get(record.address)
            or self.by_imprint.get(record.imprint)
            or self.by_title.get((record.title, record.published))
        )
        if rival:
            self.doubled.add(rival.id)
            return self._change("doubled", record, rival, feeds)
        return self._change("old" if _second(record.published) < self.newest else "new", record, None, feeds)

    def _seen(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in folders if each in self.followed) if self.known else folders

    def _carried(self, known: Record) -> set[str]:
        """Folders whose subscribers have had the article, by their new names too."""
        new = {there for there, names in self.old_names.items() if set(names) & set(known.shown)}
        return {*known.shown, *new}

    def _again(self, record: Record, known: Record) -> Iterator[Change]:
        """What happens to an article that was published before."""
        carried = self._carried(known) if self.old_names else set(known.shown)
        had = tuple(each for each in record.shown if each in carried)
        news = tuple(each for each in record.shown if each not in carried and each in self.followed)
        if known.gone:
            yield self._change("back", record, known, self._seen(record.shown))
            return
        if _is_other(record, known):
            yield self._change("reused", record, known, self._seen(record.shown))
            return
        if news:
            yield self._change("old", record, known, news)
        if _second(record.updated) > _second(known.updated):
            yield self._change("updated", record, known, had)
        elif (record.imprint != known.imprint and known.imprint) or _second(record.updated) != _second(known.updated):
            yield self._change("quiet", record, known, had)
        if record.address != known.address:
            yield self._change("moved", record, known, had)
        if record.published != known.published:
            yield self._change("dated", record, known, had)
        if known.feeds and not known.out and not record.feeds:
            yield self._change("left", record, known, self._named_anew(known.shown))

    def _lost(self, record: Record) -> Change:
        hidden: Hidden | None = self.hidden.get(record.id)
        kind: Kind = "gone" if hidden is None else "expired" if hidden.reason == "expired" else "hidden"
        return Change(kind, record, record, self._named_anew(record.shown), hidden.path if hidden else "")

    def _named_anew(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Folders of feeds by the names that they have now: who follows an old one gets the new."""
        return tuple(sorted({self.heirs.get(each, each) for each in folders})) if self.heirs else folders


def _second(moment: str) -> str:
    """A moment without what comes below a second, which tells entries apart and means nothing; in order as text."""
    return moment[:19]


_SEEN = itemgetter(*map(Record._fields.index, ("updated", "imprint", "address", "published", "shown", "gone")))
"""What of an article shows: as long as it is as it was, nothing happens to it."""


_NOBODY = Record("", "", "", "", "", "")


def _touched(offer: Offer, known: Mapping[str, Record]) -> Iterator[Record]:
    """Articles that something may happen to: mostly few of many, and so they are found all at once."""
    before = (known.get(record.id, _NOBODY) for record in offer.articles)
    differ = map(operator.ne, map(_SEEN, offer.articles), map(_SEEN, before))
    return (record for record, differs in zip(offer.articles, differ, strict=True) if differs or not record.feeds)


def _is_other(record: Record, known: Record) -> bool:
    """Whether an id has gone to another article: nothing of the old one is left."""
    return (
        record.address != known.address
        and record.title != known.title
        and record.published != known.published
        and record.imprint != known.imprint
    )


def renewed(ledger: Ledger, offer: Offer, now: str) -> Ledger:
    """The ledger once the offer is published; `now` is RFC 3339 in UTC."""
    known = {record.id: record for record in ledger.articles}
    offered = {record.id: record for record in offer.articles}
    kept = (record for name, record in known.items() if name not in offered)
    articles = [_published(record, known.get(record.id), now) for record in offered.values()]
    articles += [_withdrawn(record, now) for record in kept]
    served = {outlet.path: outlet for outlet in offer.outlets}
    lost = (outlet for outlet in ledger.outlets if outlet.path not in served)
    outlets = [*served.values(), *(Outlet(each.path, each.id, each.heir, each.gone or now) for each in lost)]
    return Ledger(
        offer.site or ledger.site,
        tuple(sorted(articles, key=lambda record: record.id)),
        tuple(sorted(outlets, key=lambda outlet: outlet.path)),
    )


def _published(record: Record, known: Record | None, now: str) -> Record:
    feeds, shown, former, first = dict(record.feeds), set(record.shown), set[str](), now
    if known:
        feeds = dict(known.feeds) | feeds  # a place is kept though the article left the feed
        shown |= set(known.shown)
        former = {known.address, *known.former} - {record.address}
        first = known.first or now
    out = "" if record.feeds or not feeds else known.out if known and known.out else now
    return Record(
        record.id, record.address, record.title, record.published, record.updated, record.imprint,
        tuple(sorted(feeds.items())), tuple(sorted(shown)), first, tuple(sorted(former)), "", out,
    )  # fmt: skip


def _withdrawn(record: Record, now: str) -> Record:
    if record.gone:
        return record
    return Record(
        record.id, record.address, record.title, record.published, record.updated, record.imprint,
        record.feeds, record.shown, record.first, record.former, now, record.out,
    )  # fmt: skip
