"""The pages that have a text of their own: articles, and standing pages."""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING, NamedTuple

from tagwire import names, views
from tagwire.model import BodyUse, Page
from tagwire.plan import cards, linkeddata, related
from tagwire.plan.bodies import Wholes
from tagwire.plan.outline import page
from tagwire.plan.pictures import shown
from tagwire.plan.sheaf import loose, sheaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.model import Article
    from tagwire.plan.bodies import Bodies, Whole
    from tagwire.plan.cards import Signpost
    from tagwire.plan.catalogue import Catalogue, Post, Sheet
    from tagwire.plan.outline import Item
    from tagwire.plan.related import Recent
    from tagwire.plan.routes import Ground
    from tagwire.plan.sheaf import Sheaf

_LONG = 4
"""Minutes from which on a text has a table of contents, if it has so many headings as below."""
_PARTS = 3


class Place(NamedTuple):
    """Where an article stands in its series: only its neighbours are told, so a new part touches one old page."""

    part: int
    previous: Signpost | None
    next: Signpost | None


def all_stories(catalogue: Catalogue, bodies: Bodies) -> Iterator[Sheaf]:
    """Each article and standing page, not made yet."""
    places, posts = _places(catalogue), catalogue.posts
    shelves = None if "related" in catalogue.config.leave_out else related.Shelves()
    for begin, end in itertools.pairwise(_begins(posts)):
        run = posts[begin:end]
        older = cards.signpost(posts[begin - 1]) if begin else None
        newer = cards.signpost(posts[end]) if end < len(posts) else None
        chapters = tuple([places.get(post.id) for post in run]) if places else ()
        yield sheaf(_run, Wholes(run, bodies), older, newer, shelves and shelves.passed(run), chapters)
    yield loose(
        page(sheet.meta.address, _standing, bodies.whole(sheet)).told_of(sheet.meta.path) for sheet in catalogue.pages
    )


_MEAN, _LONGEST = 128, 1024


def _begins(posts: tuple[Post, ...]) -> list[int]:
    """Where runs of posts begin, and the end: an id tells by itself whether it begins one, so a new post moves few."""
    found: list[int] = []
    for number, post in enumerate(posts):
        if not found or zlib.crc32(post.id.encode()) % _MEAN == 0 or number - found[-1] >= _LONGEST:
            found.append(number)
    return [*found, len(posts)]


def _run(
    wholes: Wholes,
    older: Signpost | None,
    newer: Signpost | None,
    recent: Recent | None,
    places: tuple[Place | None, ...],
) -> Iterator[Item]:
    """The pages of neighbouring posts; `older` and `newer` stand beside these.

    `recent` are before them; None where no page shows related ones.
    """
    posts = wholes.posts
    signs = [older, *map(cards.signpost, posts), newer]
    near = zip(
        related.related(posts, recent) if recent else itertools.repeat(()),
        places or itertools.repeat(None),
        strict=False,
    )
    for whole, before, after, (others, place) in zip(wholes.all(), signs, signs[2:], near, strict=False):
        item = page(whole.of.head.address, _story, whole, before, after, others, place)
        yield item.told_of(whole.of.head.path)


def _places(catalogue: Catalogue) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for topic, posts in catalogue.topics:
        if topic.kind == "series":
            signs = [None, *map(cards.signpost, posts), None]
            for number, (post, previous, following) in enumerate(zip(posts, signs, signs[2:], strict=False), 1):
                found[post.id] = Place(number, previous, following)
    return found


def _story(
    ground: Ground,
    whole: Whole[Post],
    older: Signpost | None,
    newer: Signpost | None,
    related: tuple[Post, ...],
    place: Place | None,
) -> tuple[Page, views.Site]:
    post, head, article = whole.of, whole.of.head, whole.article
    desk = cards.desk(ground, head.address)
    image = "" if head.retracted else desk.picture_elsewhere(head, post.spots)
    idle = ground.idle.get("article.html", frozenset())
    data = "" if "data" in idle else _data(ground, post, image)
    view = views.Story(
        frame=desk.frame(head.title, about=head, image=image, data=data, versions=post.versions),
        card=desk.card(post),
        lead=_leads(whole),
        standfirst="" if article.repeats or head.retracted else head.summary,
        updated=head.updated if head.updated != head.published else None,
        reading=views.Amount(article.minutes, "reading") if article.minutes > 1 and not head.retracted else None,
        contents=() if head.retracted or "contents" in idle else _contents(article),
        corrections=head.corrections,
        all_corrections=desk.url(cards.CORRECTIONS) if head.corrections else "",
        retracted=head.retracted,
        series=_chapter(post, place, desk),
        newer=desk.neighbour(newer),
        older=desk.neighbour(older),
        related=() if "related" in idle else tuple(desk.card(other) for other in related),
        source=cards.source_name(head),
        cut=views.Amount(len(head.source.cut), "left_out") if head.source and head.source.cut else None,
        original=head.canonical,
        author_note="" if head.retracted else head.author_note,
        extra=cards.extra(head),
    )
    body = None if head.retracted else _body(whole, ground)
    return Page(names.output_path(desk.here), "article.html", view, body), desk.site()


def _data(ground: Ground, post: Post, image: str) -> str:
    way = [(topic.name, topic.address) for topic in post.tags[:1]]
    crumbs = linkeddata.crumbs(ground, *way, (post.head.title, post.head.address))
    return linkeddata.told(linkeddata.article(ground, post, image), crumbs)


def _chapter(post: Post, place: Place | None, desk: cards.Desk) -> views.Chapter | None:
    if not post.series or not place:
        return None
    link = desk.link(post.series)
    return views.Chapter(link.text, link.url, place.part, desk.neighbour(place.previous), desk.neighbour(place.next))


def _contents(article: Article) -> tuple[views.Group, ...]:
    """Headings, those of the third level below those of the second; none for a text that one sees whole."""
    if article.minutes < _LONG or sum(heading.level == 2 for heading in article.outline) < _PARTS:
        return ()
    found: list[tuple[views.Link, list[views.Link]]] = []
    for heading in itertools.dropwhile(lambda each: each.level != 2, article.outline):
        link = views.Link(heading.text, f"#{heading.id}")
        if heading.level == 2:
            found.append((link, []))
        else:
            found[-1][1].append(link)
    return tuple(views.Group(link.text, link.url, tuple(below)) for link, below in found)


def _body(whole: Whole[Post] | Whole[Sheet], ground: Ground) -> BodyUse:
    """A body with URLs for its own page."""
    article = whole.article
    url = ground.from_page(article.meta.address)
    seen = tuple(shown(address, measure, url) for address, measure in whole.pictures)
    urls = ground.knowing(whole.found).resolve(article.links, article.meta, for_feed=False)
    return BodyUse(article.body, urls, seen)


def _leads(whole: Whole[Post]) -> bool:
    """Whether the lead picture stands above the text: a picture twice on one page is one too many."""
    head = whole.of.head
    inside = {address for _, address in whole.found}
    there = any(spot.address in inside for spot in whole.of.spots if spot.link == head.image)
    return bool(head.image) and not head.retracted and not there and head.image not in whole.article.links


def _standing(ground: Ground, whole: Whole[Sheet]) -> tuple[Page, views.Site]:
    meta = whole.of.meta
    desk = cards.desk(ground, meta.address)
    data = linkeddata.told(linkeddata.crumbs(ground, (meta.title, meta.address)))
    image = desk.picture_elsewhere(meta, whole.of.spots)
    frame = desk.frame(meta.title, about=meta, image=image, data=data, versions=whole.of.versions)
    view = views.Standing(frame, meta.title, _contents(whole.article), cards.extra(meta))
    return Page(names.output_path(desk.here), "page.html", view, _body(whole, ground)), desk.site()
