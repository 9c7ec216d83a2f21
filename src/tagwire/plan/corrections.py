"""Every correction and retraction of the site, newest first: a page, and feeds in which each is an entry of its own.

There is none of this before the first correction. Who subscribes to an article's topic gets the corrected article
anyway; these feeds are for those who want to know what was wrong, whatever it was about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagwire import names, views, words
from tagwire.characters import escaped_size
from tagwire.model import Entry, Page
from tagwire.plan import cards, channels
from tagwire.plan.cards import CORRECTIONS
from tagwire.plan.catalogue import Post, Topic, moment
from tagwire.plan.entries import labels_in
from tagwire.plan.formats import formats
from tagwire.plan.outline import feed, page

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from tagwire.model import Feed, Note
    from tagwire.plan.catalogue import Catalogue
    from tagwire.plan.continuity import Past
    from tagwire.plan.formats import Format
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground


class Remark(NamedTuple):
    """A correction of a post, or its retraction."""

    post: Post
    note: Note
    number: int
    """That its anchor in the article has, from 1; 0 of a retraction."""
    id: str
    """Other corrections of the article don't change it, unless they are of the same day and stand before it."""
    updated: dt.datetime

    @property
    def place(self) -> str:
        """Its address, with the anchor; never the article's own, which has another id in feeds."""
        return self.post.head.address + (f"#correction-{self.number}" if self.number else "#tw-retraction")


class Noted(NamedTuple):
    """What there is of them, not made yet."""

    pages: tuple[Item, ...]
    feeds: tuple[Item, ...]
    topic: Topic | None
    """None where there are no feeds of them."""


def noted(catalogue: Catalogue, before: Past) -> Noted:
    """The page, if there is anything to say; the feeds, if any of it is of articles that are in feeds."""
    config = catalogue.config
    found = sorted(_remarks(catalogue.posts), key=lambda each: (each.updated, each.id), reverse=True)
    told = tuple(each for each in found if each.post.head.feed)
    if not found:
        return Noted((), (), None)
    topic = Topic("corrections", CORRECTIONS.rstrip("/"), words.of(config.lang, config.words).corrections)
    newest, complete = told[: config.per_feed], len(told) <= config.per_feed
    paths = [(form, f"{CORRECTIONS}{form.file}") for form in formats(config)] if told else []
    return Noted(
        (page(CORRECTIONS, _listing, topic, tuple(found), bool(told)),),
        tuple(feed(path, _feed, form, topic, newest, complete, before.feed_id(path)) for form, path in paths),
        topic if told else None,
    )


def _remarks(posts: tuple[Post, ...]) -> Iterator[Remark]:
    for post in [post for post in posts if post.head.corrections or post.head.retracted]:
        days: Counter[str] = Counter()
        for number, note in enumerate(post.head.corrections, 1):
            days[note.date.iso] += 1
            yield _remark(post, note, number, names.note_id(post.id, "correction", note.date.iso, days[note.date.iso]))
        if gone := post.head.retracted:
            yield _remark(post, gone, 0, names.note_id(post.id, "retracted", gone.date.iso, 1))


def _remark(post: Post, note: Note, number: int, own: str) -> Remark:
    return Remark(post, note, number, own, moment(note.date, own))


def _listing(ground: Ground, topic: Topic, remarks: tuple[Remark, ...], fed: bool) -> tuple[Page, views.Site]:
    desk = cards.desk(ground, CORRECTIONS)
    frame = desk.frame(topic.name, topic=topic if fed else None)
    view = views.Corrections(frame, topic.name, tuple(_shown(each, desk) for each in remarks))
    return Page(names.output_path(desk.here), "corrections.html", view), desk.site()


def _shown(remark: Remark, desk: cards.Desk) -> views.Remark:
    head = remark.post.head
    way, sharp, anchor = remark.place.partition("#")
    return views.Remark(
        head.title,
        f"{desk.url(way)}{sharp}{anchor}",
        remark.note,
        head.lang,
        cards.direction(head.lang),
        retracted=not remark.number,
    )


def _feed(ground: Ground, form: Format, topic: Topic, remarks: tuple[Remark, ...], complete: bool, own: str) -> Feed:
    entries = [(_entry(each, ground), escaped_size(each.note.text), False) for each in remarks]
    kept = channels.light(entries)
    whole = complete and len(kept) == len(entries)
    path = f"{CORRECTIONS}{form.file}"
    return channels.decided(ground, form, topic, kept, path, own=own, complete=whole, hub=ground.config.hub)


def _entry(remark: Remark, ground: Ground) -> Entry:
    head, note = remark.post.head, remark.note
    labels = labels_in(head.lang, ground.config)
    way, sharp, anchor = remark.place.partition("#")
    return Entry(
        id=remark.id,
        url=f"{ground.absolute(way)}{sharp}{anchor}",
        title=f"{labels.correction if remark.number else labels.retracted}: {head.title}",
        published=note.date.at,
        updated=remark.updated,
        summary=note.text,
        lang=head.lang,
        direction=cards.direction(head.lang),
        authors=tuple(author.person for author in remark.post.authors if author.person),
        categories=(),
        media=None,
        corrections=(note,) if remark.number else (),
        retracted=None if remark.number else note,
        labels=labels,
        content=None,
    )
