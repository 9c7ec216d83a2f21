"""Every HTML page that will exist: first what there is (`all_pages`), then how each is made of what it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names, views, words
from tagwire.model import BodyUse, Page, When
from tagwire.plan import cards, linkeddata, stories
from tagwire.plan.catalogue import FOLDERS
from tagwire.plan.outline import Item, page
from tagwire.plan.sheaf import loose, sheaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tagwire.plan.bodies import Bodies
    from tagwire.plan.catalogue import Catalogue, Kind, Post, Topic
    from tagwire.plan.routes import Ground
    from tagwire.plan.sheaf import Sheaf

    Decided = tuple[Page, views.Site]
    Months = tuple[tuple[str, When], ...]
    """(`2026/01`, its first day) of each."""

ARCHIVE = "articles/"
"""Address of the index of all years."""
_KINDS: tuple[Kind, ...] = ("tag", "author", "series", "view")


def all_pages(catalogue: Catalogue, bodies: Bodies, *, podcast: bool = False) -> Iterator[Sheaf]:
    """Each page, not made yet. `podcast`: there is one."""
    size = catalogue.config.per_page
    yield sheaf(_listing, catalogue.posts, size, None, podcast)
    for topic, posts in catalogue.topics:
        yield sheaf(_listing, posts, size, topic, False)
    yield loose(_indexes(catalogue))
    if "dates" not in catalogue.config.leave_out:
        yield from _archive(catalogue.posts)
    yield from stories.all_stories(catalogue, bodies)
    search = (page(cards.SEARCH, _search),) if catalogue.config.search else ()
    yield loose((*search, page("404.html", _missing, catalogue.posts[-5:]), *_redirects(catalogue)))


def moved(moves: Iterable[tuple[str, str, str]]) -> Iterator[Item]:
    """Pages that lead elsewhere: (old address, new address, title) of each."""
    return (page(here, _redirect, here, there, title) for here, there, title in moves)


def _page(desk: cards.Desk, template: str, view: object, body: BodyUse | None = None) -> Decided:
    return Page(names.output_path(desk.here), template, view, body), desk.site()


# ------------------------------------------------------------------ lists


def _listing(posts: tuple[Post, ...], size: int, topic: Topic | None, podcast: bool) -> Iterator[Item]:
    """The newest posts at the list's own address, and all of them in pages numbered from the oldest.

    Full pages are never touched again. The page after the last full one holds the rest, or, where there is
    no rest, repeats the newest, so that the link "newer" of a full page always leads somewhere.
    """
    address = topic.address if topic else ""
    newest = posts[-size:]
    pages = len(posts) // size + 1 if len(posts) > size else 0
    older = _page_address(address, (len(posts) - size - 1) // size + 1) if pages else ""
    fed = any(post.head.feed for post in posts)
    yield page(address, _one_list, newest, topic, address, 0, "", older, fed, podcast)
    for number in range(1, pages + 1):
        here = _page_address(address, number)
        members = posts[(number - 1) * size : number * size] or newest
        newer = _page_address(address, number + 1) if number < pages else address or "/"
        older = _page_address(address, number - 1) if number > 1 else ""
        yield page(here, _one_list, members, topic, here, number, newer, older, fed, podcast)


def _page_address(address: str, number: int) -> str:
    return f"{address}page/{number}/"


def _one_list(  # noqa: PLR0913, PLR0917 - all that a list shows
    ground: Ground,
    posts: tuple[Post, ...],
    topic: Topic | None,
    here: str,
    number: int,
    newer: str,
    older: str,
    fed: bool,
    podcast: bool,
) -> Decided:
    """`number` is 0 at the list's own address; `newer` and `older` are addresses or empty."""
    desk = cards.desk(ground, here)
    person = topic.person if topic else None
    title = topic.name if topic else ""
    said = desk.words
    template = "list.html" if topic or number else "home.html"
    numbered = f"{title or desk.config.title}{said.comma}{said.page.filled(str(number))}" if number else title
    view = views.Listing(
        frame=desk.frame(numbered, topic=topic if fed else None, podcast=podcast, data=_data(ground, topic, number)),
        kind=topic.kind if topic else "home",
        heading=title or desk.config.title,
        note=person.bio if person else "",
        elsewhere=person.url if person else "",
        cards=tuple([desk.card(post, template) for post in reversed(posts)]),
        newer=desk.url(newer.lstrip("/")) if newer else "",
        older=desk.url(older) if older else "",
        index=desk.url(FOLDERS[topic.kind]) if topic else "",
    )
    return _page(desk, template, view)


def _data(ground: Ground, topic: Topic | None, number: int) -> str:
    if topic is None:
        return "" if number else linkeddata.told(linkeddata.website(ground))
    kind = (_title(ground, topic.kind), FOLDERS[topic.kind])
    return linkeddata.told(linkeddata.crumbs(ground, kind, (topic.name, topic.address)))


def _title(ground: Ground, kind: Kind) -> str:
    said = words.of(ground.config.lang, ground.config.words)
    return {"tag": said.tags, "author": said.authors, "series": said.series_all, "view": said.views}[kind]


def _indexes(catalogue: Catalogue) -> Iterator[Item]:
    for kind in _KINDS:
        topics = tuple((topic, len(posts)) for topic, posts in catalogue.topics if topic.kind == kind)
        if topics or kind == "tag":
            yield page(FOLDERS[kind], _index, kind, topics)


def _index(ground: Ground, kind: Kind, topics: tuple[tuple[Topic, int], ...]) -> Decided:
    desk = cards.desk(ground, FOLDERS[kind])
    title = _title(ground, kind)
    links = (replace(desk.link(topic), amount=views.Amount(number, "articles")) for topic, number in topics)
    groups = (views.Group("", "", tuple(links)),)
    return _page(desk, "index.html", views.Index(desk.frame(title), FOLDERS[kind].strip("/"), title, groups))


# ------------------------------------------------------------------ archive


def _archive(posts: tuple[Post, ...]) -> Iterator[Sheaf]:
    years: dict[int, list[Post]] = {}
    newest: dict[tuple[int, int], Post] = {}
    for post in reversed(posts):
        at = post.head.published.at
        years.setdefault(at.year, []).append(post)
        newest.setdefault((at.year, at.month), post)
    months: dict[int, list[tuple[str, When]]] = {year: [] for year in sorted(years, reverse=True)}
    for year, month in sorted(newest, reverse=True):
        months[year].append((f"{year:04}/{month:02}", _first_day(newest[year, month])))
    yield loose((page(ARCHIVE, _years, tuple((f"{year:04}", tuple(found)) for year, found in months.items())),))
    for year in months:
        yield sheaf(_one_year, f"{year:04}", tuple(years[year]))


def _one_year(year: str, posts: tuple[Post, ...]) -> Iterator[Item]:
    """`posts` are newest first."""
    address = f"archive/{year}/"
    yield page(address, _period, posts, address, year, "", ARCHIVE)
    for month, members in _grouped(posts, _month):
        yield page(f"archive/{month}/", _period, members, f"archive/{month}/", "", year, address)


def _grouped(posts: Iterable[Post], key: Callable[[Post], str]) -> list[tuple[str, tuple[Post, ...]]]:
    """Posts by year or month, newest first. Days are their authors': in order of time, zones mix at midnight."""
    groups: dict[str, list[Post]] = {}
    for post in posts:
        groups.setdefault(key(post), []).append(post)
    return [(name, tuple(groups[name])) for name in sorted(groups, reverse=True)]


def _month(post: Post) -> str:
    at = post.head.published.at
    return f"{at.year:04}/{at.month:02}"


def _first_day(post: Post) -> When:
    at = post.head.published.at
    return When(at.replace(day=1, hour=0, minute=0, second=0, microsecond=0), timed=False)


def _years(ground: Ground, years: tuple[tuple[str, Months], ...]) -> Decided:
    desk = cards.desk(ground, ARCHIVE)
    groups = tuple(
        views.Group(
            year,
            desk.url(f"archive/{year}/"),
            tuple(views.Link(month[-2:], desk.url(f"archive/{month}/"), date=day) for month, day in months),
        )
        for year, months in years
    )
    title = desk.words.all_articles
    return _page(desk, "index.html", views.Index(desk.frame(title), "archive", title, groups))


def _period(
    ground: Ground, posts: tuple[Post, ...], address: str, title: str, up_text: str, up_address: str
) -> Decided:
    """`title` is empty for a month, whose name then stands in its place."""
    desk = cards.desk(ground, address)
    months = tuple(
        views.Month(
            _first_day(members[0]),
            desk.url(f"archive/{month}/"),
            tuple([desk.card(post, "period.html") for post in members]),
        )
        for month, members in _grouped(posts, _month)
    )
    heading = title or _month(posts[0]).replace("/", "-")
    date = None if title else _first_day(posts[0])
    up = views.Link(up_text or desk.words.all_articles, desk.url(up_address))
    return _page(desk, "period.html", views.Period(desk.frame(heading), heading, up, months, date))


# ------------------------------------------------------------------ search


def _search(ground: Ground) -> Decided:
    desk = cards.desk(ground, cards.SEARCH)
    said = desk.words
    folder = names.relative(desk.here, f"{cards.INDEX}x").removesuffix("x")  # no page: `links` doesn't concern it
    elsewhere = [views.Link(said.tags, desk.url(FOLDERS["tag"]))]
    if "dates" not in ground.config.leave_out:
        elsewhere.append(views.Link(said.all_articles, desk.url(ARCHIVE)))
    found = tuple(views.Form(plural, text) for plural, text in said.found.forms)
    return _page(desk, "search.html", views.Search(desk.frame(said.search), folder, tuple(elsewhere), found))


# ------------------------------------------------------------------ what is not there, or not here


def _missing(ground: Ground, newest: tuple[Post, ...]) -> Decided:
    desk = cards.desk(ground, "404.html")
    latest = tuple(desk.card(post) for post in reversed(newest))
    return _page(desk, "404.html", views.Missing(desk.frame(desk.words.not_found, canonical="", noindex="yes"), latest))


def _redirects(catalogue: Catalogue) -> Iterator[Item]:
    metas = [*(post.head for post in catalogue.posts), *(sheet.meta for sheet in catalogue.pages)]
    for meta in metas:
        for alias in (alias for alias in meta.aliases if alias != meta.address):
            yield page(alias, _redirect, alias, meta.address, meta.title).told_of(meta.path)


def _redirect(ground: Ground, here: str, there: str, title: str) -> Decided:
    desk = cards.desk(ground, here)
    frame = desk.frame(title, canonical=ground.absolute(there), noindex="yes")
    return _page(desk, "redirect.html", views.Moved(frame, desk.url(there)))
