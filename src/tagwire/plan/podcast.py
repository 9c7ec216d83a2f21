"""The podcast: every article with a recording is an episode, in a feed of its own for apps and directories.

Directories show what stands in the feed and forget the rest, so it holds all episodes, however many there are; where
they grow too heavy, the texts of the longest are shortened, as in archive documents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.model import Episode, Feed, Person
from tagwire.plan import channels
from tagwire.plan.archives import room
from tagwire.plan.cards import show_title
from tagwire.plan.outline import feed
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tagwire.model import Config, Entry, Recording, Show
    from tagwire.plan.bodies import Bodies, Whole
    from tagwire.plan.catalogue import Catalogue, Post
    from tagwire.plan.continuity import Past
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground

PATH = names.PODCAST
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
    return replace(channels.entry_of(whole, ground), episode=_numbers(recording, show))


def _numbers(recording: Recording, show: Show) -> Episode:
    explicit = show.explicit if recording.explicit is None else recording.explicit
    return Episode(recording.kind, recording.season, recording.episode, explicit)


# ------------------------------------------------------------------ what directories would refuse


def problems(found: tuple[Post, ...], config: Config, assets: Collection[str]) -> Iterator[Problem]:
    """What a directory misses. Only where there are episodes; a warning, since apps play them all the same."""
    show = config.podcast
    if not found or show is None:
        return
    lacking = [f"`{name}`" for name in ("email", "image", "category") if not getattr(show, name)]
    if lacking:
        message = f"the podcast has no {', no '.join(lacking)}: directories refuse it"
        hint = "say it below `[podcast]`, or write `podcast = false` if it is none"
        yield _of_settings(config, "podcast-incomplete", message, hint)
    if show.image and "://" not in show.image and show.image not in assets:
        hint = "put a square JPEG or PNG there, 1400 to 3000 pixels wide: `/cover.jpg` is `content/static/cover.jpg`"
        yield _of_settings(config, "podcast-image-missing", f"no picture at `/{show.image}`", hint)
    if show.type == "serial":
        yield from (_unnumbered(post) for post in reversed(found) if _lacks_number(post))


def _of_settings(config: Config, code: str, message: str, hint: str) -> Problem:
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
