"""Every HTML page that will exist, each fully decided."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tagwire import names, views
from tagwire.model import BodyUse, Page, When
from tagwire.plan import cards
from tagwire.plan.catalogue import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.model import Article
    from tagwire.plan.catalogue import Catalogue, Kind, Post, Topic
    from tagwire.plan.routes import Routes

ARCHIVE = "articles/"
"""Address of the index of all years."""
_INDEX_TITLES: dict[Kind, str] = {"tag": "Tags", "author": "Authors", "series": "Series", "view": "Views"}


def all_pages(catalogue: Catalogue, routes: Routes) -> Iterator[tuple[Page, views.Site]]:
    """Each page with what it shows of the site."""
    yield from _listing(catalogue.posts, catalogue, routes, None)
    for topic, posts in catalogue.topics:
        yield from _listing(posts, catalogue, routes, topic)
    yield from _indexes(catalogue, routes)
    yield from _archive(catalogue, routes)
    yield from _stories(catalogue, routes)
    for article in catalogue.pages:
        yield _standing(article, routes)
    yield _missing(catalogue, routes)
    yield from _redirects(catalogue, routes)


def _page(desk: cards.Desk, template: str, view: object, body: BodyUse | None = None) -> tuple[Page, views.Site]:
    return Page(names.output_path(desk.here), template, view, body), desk.site()


# ------------------------------------------------------------------ lists


def _listing(
    posts: tuple[Post, ...], catalogue: Catalogue, routes: Routes, topic: Topic | None
) -> Iterator[tuple[Page, views.Site]]:
    """The newest posts at the list's own address, and all of them in pages numbered from the oldest.

    Full pages are never touched again. The page after the last full one holds the rest, or, where there is
    no rest, repeats the newest, so that the link "newer" of a full page always leads somewhere.
    """
    size = catalogue.config.per_page
    address = topic.address if topic else ""
    newest = posts[-size:]
    pages = len(posts) // size + 1 if len(posts) > size else 0
    older = _page_address(address, (len(posts) - size - 1) // size + 1) if pages else ""
    fed = any(post.head.feed for post in posts)
    yield _one_list(newest, routes, topic, here=address, newer="", older=older, fed=fed)
    for number in range(1, pages + 1):
        members = posts[(number - 1) * size : number * size] or newest
        yield _one_list(
            members,
            routes,
            topic,
            here=_page_address(address, number),
            newer=_page_address(address, number + 1) if number < pages else address or "/",
            older=_page_address(address, number - 1) if number > 1 else "",
            fed=fed,
        )


def _page_address(address: str, number: int) -> str:
    return f"{address}page/{number}/"


def _one_list(
    posts: tuple[Post, ...], routes: Routes, topic: Topic | None, *, here: str, newer: str, older: str, fed: bool
) -> tuple[Page, views.Site]:
    desk = cards.desk(routes, here)
    person = topic.person if topic else None
    title = topic.name if topic else ""
    number = here.rpartition("page/")[2].strip("/") if "page/" in here else ""
    numbered = f"{title or desk.config.title}, page {number}" if number else title
    view = views.Listing(
        frame=desk.frame(numbered, topic=topic if fed else None),
        kind=topic.kind if topic else "home",
        heading=title or desk.config.title,
        note=person.bio if person else "",
        cards=tuple(desk.card(post) for post in reversed(posts)),
        newer=desk.url(newer.lstrip("/")) if newer else "",
        older=desk.url(older) if older else "",
        index=desk.url(FOLDERS[topic.kind]) if topic else "",
    )
    return _page(desk, "list.html" if topic or number else "home.html", view)


def _indexes(catalogue: Catalogue, routes: Routes) -> Iterator[tuple[Page, views.Site]]:
    for kind, title in _INDEX_TITLES.items():
        topics = [topic for topic, _ in catalogue.topics if topic.kind == kind]
        if not topics and kind != "tag":
            continue
        desk = cards.desk(routes, FOLDERS[kind])
        groups = (views.Group("", "", tuple(desk.link(topic) for topic in topics)),)
        view = views.Index(desk.frame(title), FOLDERS[kind].strip("/"), title, groups)
        yield _page(desk, "index.html", view)


# ------------------------------------------------------------------ archive


def _archive(catalogue: Catalogue, routes: Routes) -> Iterator[tuple[Page, views.Site]]:
    by_year = [(y, list(group)) for y, group in itertools.groupby(reversed(catalogue.posts), _year)]
    yield _years(by_year, routes)
    for year, posts in by_year:
        yield _period(posts, routes, f"archive/{year}/", year, ("All articles", ARCHIVE))
        for month, members in itertools.groupby(posts, _month):
            yield _period(list(members), routes, f"archive/{month}/", "", (year, f"archive/{year}/"))


def _year(post: Post) -> str:
    return f"{post.head.published.at.year:04}"


def _month(post: Post) -> str:
    at = post.head.published.at
    return f"{at.year:04}/{at.month:02}"


def _first_day(post: Post) -> When:
    at = post.head.published.at
    return When(at.replace(day=1, hour=0, minute=0, second=0, microsecond=0), timed=False)


def _years(by_year: list[tuple[str, list[Post]]], routes: Routes) -> tuple[Page, views.Site]:
    desk = cards.desk(routes, ARCHIVE)
    groups = tuple(
        views.Group(
            year,
            desk.url(f"archive/{year}/"),
            tuple(
                views.Link(month[-2:], desk.url(f"archive/{month}/"), date=_first_day(next(members)))
                for month, members in itertools.groupby(posts, _month)
            ),
        )
        for year, posts in by_year
    )
    return _page(desk, "index.html", views.Index(desk.frame("All articles"), "archive", "All articles", groups))


def _period(
    posts: list[Post], routes: Routes, address: str, title: str, up: tuple[str, str]
) -> tuple[Page, views.Site]:
    desk = cards.desk(routes, address)
    months = tuple(
        views.Month(_first_day(members[0]), desk.url(f"archive/{month}/"), tuple(desk.card(post) for post in members))
        for month, members in ((month, list(group)) for month, group in itertools.groupby(posts, _month))
    )
    heading = title or _month(posts[0]).replace("/", "-")
    date = None if title else _first_day(posts[0])
    return _page(
        desk,
        "period.html",
        views.Period(desk.frame(heading), heading, views.Link(up[0], desk.url(up[1])), months, date),
    )


# ------------------------------------------------------------------ single pages


def _stories(catalogue: Catalogue, routes: Routes) -> Iterator[tuple[Page, views.Site]]:
    posts = catalogue.posts
    for older, post, newer in zip((None, *posts), posts, (*posts[1:], None), strict=False):
        yield _story(post, older, newer, catalogue, routes)


def _story(
    post: Post, older: Post | None, newer: Post | None, catalogue: Catalogue, routes: Routes
) -> tuple[Page, views.Site]:
    head = post.head
    desk = cards.desk(routes, head.address)
    view = views.Story(
        frame=desk.frame(head.title, about=head),
        card=desk.card(post),
        standfirst="" if post.article.repeats or head.retracted else head.summary,
        updated=head.updated if head.updated != head.published else None,
        corrections=head.corrections,
        retracted=head.retracted,
        series=desk.link(post.series) if post.series else None,
        newer=desk.neighbour(newer),
        older=desk.neighbour(older),
        related=tuple(desk.card(other) for other in catalogue.related[post.id]),
        source=cards.source_name(head),
        cut=len(head.source.cut) if head.source else 0,
        original=head.canonical,
        extra=cards.extra(head),
    )
    body = None if head.retracted else page_body(post.article, routes)
    return _page(desk, "article.html", view, body)


def page_body(article: Article, routes: Routes) -> BodyUse:
    """An article's body with URLs for its own page."""
    return BodyUse(article.body, routes.resolve(article.links, article.meta, for_feed=False))


def _standing(article: Article, routes: Routes) -> tuple[Page, views.Site]:
    meta = article.meta
    desk = cards.desk(routes, meta.address)
    view = views.Standing(desk.frame(meta.title, about=meta), meta.title, cards.extra(meta))
    return _page(desk, "page.html", view, page_body(article, routes))


def _missing(catalogue: Catalogue, routes: Routes) -> tuple[Page, views.Site]:
    desk = cards.desk(routes, "404.html")
    latest = tuple(desk.card(post) for post in reversed(catalogue.posts[-5:]))
    return _page(desk, "404.html", views.Missing(desk.frame("Page not found", canonical="", noindex="yes"), latest))


def _redirects(catalogue: Catalogue, routes: Routes) -> Iterator[tuple[Page, views.Site]]:
    metas = [*(post.head for post in catalogue.posts), *(article.meta for article in catalogue.pages)]
    moves = [(alias, meta.address, meta.title) for meta in metas for alias in meta.aliases]
    for here, there, title in moves:
        desk = cards.desk(routes, here)
        frame = desk.frame(title, canonical=names.absolute(desk.config.base, there), noindex="yes")
        yield _page(desk, "redirect.html", views.Moved(frame, desk.url(there)))
