"""What feeds say of an article, the same in all that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import words
from tagwire.model import BodyUse, Category, Entry, Labels, Media
from tagwire.plan.cards import direction
from tagwire.plan.catalogue import spot_of

if TYPE_CHECKING:
    from tagwire.model import Config
    from tagwire.plan.bodies import Whole
    from tagwire.plan.catalogue import Post
    from tagwire.plan.routes import Ground

_MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
_REMEMBERED = 1000


def entry_of(whole: Whole[Post], ground: Ground) -> Entry:
    """An article as every feed has it: those of neighbouring topics, in all their formats, share most of theirs."""
    known, key = whole.bodies.entries, (whole.digest, ground.digest)
    entry = known.get(key)
    if entry is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        entry = known[key] = _entry(whole, ground)
    return entry


def _entry(whole: Whole[Post], ground: Ground) -> Entry:
    post, head = whole.of, whole.of.head
    return Entry(
        id=post.id,
        url=ground.absolute(head.address),
        title=head.title,
        published=head.published.at,
        updated=post.updated,
        summary=head.retracted.text if head.retracted else head.summary,
        lang=head.lang,
        direction=direction(head.lang),
        authors=tuple(author.person for author in post.authors if author.person),
        categories=tuple(Category(tag.slug, ground.absolute(tag.address), tag.name) for tag in post.tags),
        media=None if head.retracted else _media(post, ground),
        sound=None if head.retracted else _sound(post, ground),
        corrections=head.corrections,
        retracted=head.retracted,
        labels=labels_in(head.lang, ground.config),
        content=reader_body(whole, ground),
        series=_series(post, ground),
    )


def _series(post: Post, ground: Ground) -> Category | None:
    series = post.series
    return Category(series.slug, ground.absolute(series.address), series.name) if series else None


def labels_in(lang: str, config: Config) -> Labels:
    """What entries in this language say of themselves."""
    said = words.of(lang, config.words)
    return Labels(said.retracted, said.correction, said.shortened, said.whole)


def reader_body(whole: Whole[Post], ground: Ground) -> BodyUse:
    """A body as feeds have it, with absolute URLs."""
    article = whole.article
    return BodyUse(article.body, ground.knowing(whole.found).resolve(article.reader_links, article.meta, for_feed=True))


def _media(post: Post, ground: Ground) -> Media | None:
    """The lead picture; with its length where it is a file of ours."""
    image = post.head.image
    kind = _MEDIA_TYPES.get(image.partition("?")[0].rpartition(".")[2].lower())
    if not image or not kind:
        return None
    spot = spot_of(post.spots, image)
    if spot is None:
        return Media(image, kind, None)
    return Media(ground.absolute(spot.address), kind, spot.size) if spot.size is not None else None


def _sound(post: Post, ground: Ground) -> Media | None:
    """The recording, with its true length where it is a file of ours."""
    made = post.head.enclosure
    if made is None:
        return None
    spot = spot_of(post.spots, made.link)
    if spot is None:
        return Media(made.link, made.type, made.length, made.duration)
    length = spot.size if spot.size is not None else made.length
    return Media(ground.absolute(spot.address), made.type, length, made.duration)
