"""The podcast: every article with a recording is an episode, in a feed of its own for apps and directories.

Directories show what stands in the feed and forget the rest, so it holds all episodes, however many there are; where
they grow too heavy, the texts of the longest are shortened, as in archive documents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.model import Episode, Feed, Person
from tagwire.plan import channels
from tagwire.plan.archives import room
from tagwire.plan.cards import show_title
from tagwire.plan.catalogue import spot_of
from tagwire.plan.entries import entry_of
from tagwire.plan.outline import feed
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tagwire.model import Config, Entry, Measure, Show
    from tagwire.plan.bodies import Bodies, Whole
    from tagwire.plan.catalogue import Catalogue, Post
    from tagwire.plan.continuity import Past
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground

PATH = names.PODCAST
_COVER = re.compile(r"\.(?:jpe?g|png)\Z", re.IGNORECASE)
_SMALLEST, _LARGEST = 1400, 3000
"""Pixels of a cover."""
_ELEMENTS = 1200
"""Bytes of what only a podcast says of an entry."""


def episodes(catalogue: Catalogue) -> tuple[Post, ...]:
    """Newest first. What was retracted is withdrawn from directories too; documents are no episodes."""
    if catalogue.config.podcast is None:
        return ()
    return tuple(post for post in reversed(catalogue.posts) if _is_episode(post))


def _is_episode(post: Post) -> bool:
    recording = post.head.enclosure
    heard = recording is not None and recording.type.startswith(("audio/", "video/"))
    return heard and post.head.feed and not post.head.retracted


def all_podcasts(found: tuple[Post, ...], bodies: Bodies, before: Past) -> Iterator[Item]:
    """The podcast, if there is an episode."""
    if found:
        yield feed(PATH, _podcast, tuple(bodies.whole(post) for post in found), before.feed_id(PATH))


def _podcast(ground: Ground, wholes: tuple[Whole[Post], ...], own: str) -> Feed:
    """`own` is the id that directories know, or empty."""
    config = ground.config
    show = _complete(config, own, ground)
    entries = [_episode(whole, show, ground) for whole in wholes]
    weights = [
        channels.weight_of(entry, whole.article.weight) + _ELEMENTS
        for entry, whole in zip(entries, wholes, strict=True)
    ]
    return Feed(
        path=PATH,
        kind="rss",
        id=own or names.feed_id(ground.absolute(PATH)),
        title=show_title(config),
        subtitle=show.description,
        home=ground.absolute(""),
        url=ground.absolute(PATH),
        updated=max(entry.updated for entry in entries),
        lang=show.lang,
        author=Person("", show.author),
        entries=tuple(entries),
        complete=True,
        room=room(weights, channels.LARGEST),
        logo=show.image,
        hub=config.hub,
        copyright=show.copyright,
        show=show,
    )


def _complete(config: Config, own: str, ground: Ground) -> Show:
    """What the podcast says of itself, with what the site says where it is silent."""
    show = config.podcast
    assert show is not None  # noqa: S101 - there would be no episodes
    author = show.author or config.author or config.title
    return replace(
        show,
        description=show.description or config.description or show_title(config),
        author=author,
        owner=show.owner or author,
        image=channels.absolute(show.image, ground),
        lang=show.lang or config.lang,
        copyright=show.copyright or config.copyright,
        guid=show.guid or own.removeprefix("urn:uuid:"),
    )


def _episode(whole: Whole[Post], show: Show, ground: Ground) -> Entry:
    recording = whole.of.head.enclosure
    assert recording is not None  # noqa: S101 - it is one
    explicit = show.explicit if recording.explicit is None else recording.explicit
    episode = Episode(recording.kind, recording.season, recording.episode, explicit, _cover(whole.of, ground))
    return replace(entry_of(whole, ground), episode=episode)


def _cover(post: Post, ground: Ground) -> str:
    """URL of the lead picture, where it is known to be one that directories take: mostly it is no square."""
    spot = spot_of(post.spots, post.head.image)
    fits = spot and spot.measure and _is_cover(spot.measure) and _COVER.search(spot.address)
    return ground.absolute(spot.address) if spot and fits else ""


def _is_cover(measure: Measure) -> bool:
    """By Apple's measure, the narrowest."""
    return measure.width == measure.height and _SMALLEST <= measure.width <= _LARGEST


# ------------------------------------------------------------------ what directories would refuse


def problems(
    found: tuple[Post, ...], config: Config, assets: Collection[str], measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    """What a directory misses. Only where there are episodes; a warning, since apps play them all the same."""
    show = config.podcast
    if not found or show is None:
        return
    lacking = [f"`{name}`" for name in ("email", "image", "category") if not getattr(show, name)]
    if lacking:
        message = f"the podcast has no {', no '.join(lacking)}: directories refuse it"
        hint = "say it below `[podcast]`, or write `podcast = false` if it is none"
        yield _setting_problem(config, "podcast-incomplete", message, hint)
    if show.image and "://" not in show.image and show.image not in assets:
        hint = "put a square JPEG or PNG there, 1400 to 3000 pixels wide: `/cover.jpg` is `content/static/cover.jpg`"
        yield _setting_problem(config, "podcast-image-missing", f"no picture at `/{show.image}`", hint)
    measure = measures.get(show.image)
    if measure and not _is_cover(measure):
        message = (
            f"the podcast's picture is {measure.width} pixels wide and {measure.height} high: directories refuse it"
        )
        hint = "make it a square of 1400 to 3000 pixels"
        yield _setting_problem(config, "podcast-image-size", message, hint)
    if show.type == "serial":
        yield from (_unnumbered(post) for post in reversed(found) if _lacks_number(post))


def _setting_problem(config: Config, code: str, message: str, hint: str) -> Problem:
    return Problem(config.source, 0, 0, code, message, hint, severity="warning")


def _lacks_number(post: Post) -> bool:
    recording = post.head.enclosure
    return recording is not None and recording.kind == "full" and not recording.episode


def _unnumbered(post: Post) -> Problem:
    message = "an episode of a serial podcast has no number"
    hint = "write `enclosure: {url: …, episode: 1}`; apps play a serial in the order of its numbers"
    place = next((place for place in post.head.places if place.key == "enclosure"), None)
    at = (place.line, place.column) if place else (0, 0)
    excerpt = place.excerpt if place else ""
    return Problem(
        post.head.path, *at, "podcast-unnumbered", message, hint, excerpt, len("enclosure"), severity="warning"
    )
