"""Articles and settings become the whole plan of `site/`: every page, feed and file that will exist.

Pure: no HTML, no XML but the sitemap's and OPML, no file is read, and the only clock is the `Clock` that is handed in.
What there will be is decided first, by heads alone (`Item`s); what is in it only where it isn't there yet.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.model import Ledger, Redirect
from tagwire.plan import (
    cards,
    channels,
    checks,
    continuity,
    corrections,
    files,
    identity,
    pages,
    pictures,
    podcast,
    subscribe,
)
from tagwire.plan.bodies import Bodies, Known, wanted_by
from tagwire.plan.catalogue import gather
from tagwire.plan.due import visible, window
from tagwire.plan.outline import Item
from tagwire.plan.pictures import measured
from tagwire.plan.routes import Ground, Routes, addresses
from tagwire.plan.sheaf import Sheaf, Written, loose
from tagwire.problems import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from dataclasses import dataclass

    from tagwire.model import Article, Clock, Config, Copy, File, Measure, Meta, Offer, Text
    from tagwire.plan.catalogue import Catalogue, Post
else:
    from tagwire.frozen import dataclass

__all__ = [
    "Ground",
    "Item",
    "Known",
    "Plan",
    "Written",
    "lay_out",
    "measured",
    "offer",
    "standing",
    "unseen",
    "wanted_by",
    "window",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that will exist in `site/`."""

    sheaves: tuple[Sheaf, ...]
    """All outputs but copies, not made yet."""
    copies: tuple[Copy, ...]
    ground: Ground
    """What every item is made upon, and part of every item's name."""
    redirects: tuple[Redirect, ...]
    """Sorted. Each has a page too, or a feed with the new one's bytes, for hosts that know no redirects."""
    basis: Basis
    """What `offer` is made of."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All outputs but copies: for who looks at each of them."""
        return tuple([item for sheaf in self.sheaves for item in sheaf.items])

    def some(self, numbers: Iterable[int]) -> list[Item]:
        """The items of these ascending numbers."""
        found, begin, sheaves = [], 0, iter(self.sheaves)
        sheaf = next(sheaves, None)
        for number in numbers:
            while sheaf and number >= begin + len(sheaf.paths):
                begin += len(sheaf.paths)
                sheaf = next(sheaves, None)
            if sheaf:
                found.append(sheaf.items[number - begin])
        return found

    def at(self, paths: Collection[str]) -> list[Item]:
        """The items at these paths."""
        return self.some(number for number, path in enumerate(_paths(self.sheaves)) if path in paths)

    def with_texts(self, texts: tuple[Text, ...]) -> Plan:
        """The same with more small files, where nothing else has their names."""
        taken = {*_paths(self.sheaves), *(copy.path for copy in self.copies)}
        more = loose(files.ready(text) for text in texts if text.path not in taken)
        return replace(self, sheaves=(*self.sheaves, more))


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What was known when the plan was made."""

    articles: tuple[Article, ...]
    clock: Clock
    catalogue: Catalogue
    channels: tuple[channels.Channel, ...]
    past: continuity.Past
    heirs: Mapping[str, str]
    """Path of the feed that is served at each old feed's path."""


def offer(plan: Plan) -> Offer:
    """What subscribers would have if this were published."""
    basis = plan.basis
    feeds = [path for sheaf in plan.sheaves for path in sheaf.feeds]
    offered = basis.past.offer(basis.channels, basis.catalogue, feeds, basis.heirs, basis.articles)
    return replace(offered, hidden=tuple(continuity.hidden(basis.articles, basis.catalogue.config, basis.clock)))


def unseen(metas: Iterable[Meta], clock: Clock) -> Iterator[tuple[str, str]]:
    """(path of its page, `draft` or `future`) of everything that is shown although readers wouldn't see it yet."""
    plain = replace(clock, drafts=False, future=False)
    for meta in metas if clock.drafts or clock.future else ():
        if visible(meta, clock) and not visible(meta, plain):
            yield names.output_path(meta.address), "draft" if meta.draft else "future"


_NOTHING = Ledger()
"""Nothing was published yet."""


def lay_out(  # noqa: PLR0913, PLR0917 - all that a site is made of
    articles: tuple[Article, ...],
    assets: tuple[File, ...],
    config: Config,
    clock: Clock,
    ledger: Ledger = _NOTHING,
    known: Mapping[str, Known] | None = None,
    measures: Mapping[str, Measure | None] | None = None,
    before: Mapping[bytes, Written] | None = None,
) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan, and what is wrong with it; no plan if anything is an error.

    `articles` are all content files, drafts and future ones too; `assets` all other files of content and theme.
    `known`: what was found out of articles before, by path. `measures`: of pictures, by path; None of a broken one.
    `before`: what came of sheaves, by their names.
    """
    if ledger.articles and (foreign := identity.foreign(articles, config, ledger)):
        return None, foreign
    read, articles = articles, identity.settled(articles, config, ledger)
    same = {one.meta.path for one, other in zip(read, articles, strict=True) if one is other}
    known = {path: names for path, names in (known or {}).items() if path in same}
    site = _seen(articles, assets, config, clock, known, measures or {})
    problems = list(_faults(site))
    if has_errors(problems):
        return None, tuple(problems)
    past = continuity.Past(ledger, site.catalogue)
    whole = _outlined(site, past, known, before or {})
    problems += _collisions(whole.sheaves, assets, config)
    redirects = _redirects(site.catalogue, whole.moves, whole.heirs)
    basis = Basis(articles, clock, site.catalogue, whole.followed, past, whole.heirs)
    plan = Plan(whole.sheaves, tuple(files.copies(site.by_address)), site.ground, redirects, basis)
    return (None if has_errors(problems) else plan), tuple(problems)


@dataclass(frozen=True, slots=True, eq=False)
class _Site:
    """Everything that stands in the files, seen together."""

    articles: tuple[Article, ...]
    shown: list[Article]
    by_address: Mapping[str, File]
    """The assets."""
    clock: Clock
    measures: Mapping[str, Measure | None]
    routes: Routes
    ground: Ground
    catalogue: Catalogue
    episodes: tuple[Post, ...]


def _seen(
    articles: tuple[Article, ...],
    assets: tuple[File, ...],
    config: Config,
    clock: Clock,
    known: Mapping[str, Known],
    measures: Mapping[str, Measure | None],
) -> _Site:
    by_address, sources, ground = standing(assets, config)
    shown = [article for article in articles if visible(article.meta, clock)]
    places = addresses((article.meta for article in articles), (article.meta for article in shown))
    routes = Routes(config, places | sources, measured(measures, sources))
    sizes = {address: file.size for address, file in by_address.items()}
    heads = {path: names.head for path, names in known.items()}
    catalogue = gather((article.meta for article in articles), routes, clock, sizes, heads)
    episodes = podcast.episodes(catalogue)
    return _Site(articles, shown, by_address, clock, measures, routes, ground, catalogue, episodes)


def _faults(site: _Site) -> Iterator[Problem]:
    """What is wrong with the site as a whole though every file is right."""
    shown, routes, config = site.shown, site.routes, site.catalogue.config
    yield from checks.doubles(site.articles, config)
    yield from checks.dead_links(shown, routes, [article.meta.address for article in shown])
    yield from checks.missing_images(shown, routes, site.by_address)
    yield from checks.missing_recordings(shown, routes, site.by_address)
    yield from checks.missing_translations(shown, routes)
    yield from checks.unknown_tags(site.catalogue)
    yield from pictures.broken(path for path, found in site.measures.items() if not found)
    yield from podcast.problems(site.episodes, config, site.by_address, routes.measures)


@dataclass(frozen=True, slots=True, eq=False)
class _Outlined:
    """All that will be made, not made yet."""

    sheaves: tuple[Sheaf, ...]
    followed: tuple[channels.Channel, ...]
    moves: list[tuple[str, str, str]]
    heirs: Mapping[str, str]


def _outlined(
    site: _Site, past: continuity.Past, known: Mapping[str, Known], before: Mapping[bytes, Written]
) -> _Outlined:
    catalogue = site.catalogue
    bodies = Bodies({article.meta.path: article for article in site.shown}, site.routes, known)
    followed = channels.all_channels(catalogue, past)
    noted = corrections.noted(catalogue, past)
    shows = podcast.all_podcasts(site.episodes, bodies, past)
    feeds = (*channels.all_feeds(followed, bodies, past), loose((*noted.feeds, *shows)))
    sheaves: tuple[Sheaf, ...] = (
        *pages.all_pages(catalogue, bodies, podcast=bool(site.episodes)),
        loose(noted.pages),
        *feeds,
        *subscribe.all_ways(followed, bodies, catalogue.config, noted.topic, podcast=bool(site.episodes)),
        loose(files.texts(catalogue, site.by_address, site.clock)),
        loose(pictures.all_pictures(site.routes.measures, site.by_address)),
    )
    for sheaf in sheaves:
        sheaf.known(before.get(sheaf.name))
    heirs = past.inherited({path: sheaf for sheaf in feeds for path in sheaf.paths})
    sheaves = (*sheaves, loose(replace(heir, path=path) for path, heir in heirs.items()))
    moves = list(past.moves(catalogue, (*site.by_address, *_paths(sheaves))))
    sheaves = (*sheaves, loose(pages.moved(moves)))
    bodies.sealed = False
    return _Outlined(sheaves, followed, moves, {path: heir.path for path, heir in heirs.items()})


def _paths(sheaves: Iterable[Sheaf]) -> Iterator[str]:
    return itertools.chain.from_iterable(sheaf.paths for sheaf in sheaves)


def standing(assets: tuple[File, ...], config: Config) -> tuple[dict[str, File], dict[str, str], Ground]:
    """What stands beside the articles: each asset by its address, its address by its path, and the ground of makers."""
    sources = {file.path: files.asset_address(file) for file in assets}
    ground = Ground(config, tuple(sources[path] for path in files.STYLES if path in sources))
    return {sources[file.path]: file for file in assets}, sources, ground


def _redirects(
    catalogue: Catalogue, moves: list[tuple[str, str, str]], heirs: Mapping[str, str]
) -> tuple[Redirect, ...]:
    metas = [*(post.head for post in catalogue.posts), *(sheet.meta for sheet in catalogue.pages)]
    owners = {Redirect(alias, meta.address) for meta in metas for alias in meta.aliases if alias != meta.address}
    own = {Redirect(here, there) for here, there, _ in moves}
    return tuple(sorted(owners | own | {Redirect(*pair) for pair in heirs.items()}))


_WORDS = {"text": "Tagwire itself", "feed": "a feed of the site", "page": "a list of the site"}
_WORDS |= {"picture": "a smaller picture"}


def _collisions(sheaves: tuple[Sheaf, ...], assets: tuple[File, ...], config: Config) -> Iterator[Problem]:
    """Only where there are any is it asked what each output is: a sheaf's paths are known before it is laid out."""
    own = (cards.INDEX.rstrip("/"),) if config.search else ()
    if checks.are_apart(itertools.chain(own, _paths(sheaves), map(files.asset_address, assets))):
        return
    items = tuple([item for sheaf in sheaves for item in sheaf.items])
    yield from checks.collisions(_outputs(items, assets, config))


def _outputs(items: tuple[Item, ...], assets: tuple[File, ...], config: Config) -> Iterator[tuple[str, str]]:
    """Each output's path, and the file that an owner would look into. Owners' files come last: they can be renamed."""
    if config.search:
        yield cards.INDEX.rstrip("/"), "the index of the search"  # the whole folder: what is in it, nobody knows yet
    for kind in ("text", "feed", "page", "picture"):
        yield from ((item.path, _WORDS[kind]) for item in items if item.kind == kind and not item.origin)
    yield from ((item.path, item.origin) for item in items if item.origin)
    yield from ((files.asset_address(file), file.path) for file in assets)
