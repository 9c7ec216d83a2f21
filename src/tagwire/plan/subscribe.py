"""How people find and take feeds: the page with all of them, OPML for readers, and a page beside each feed.

None of this changes with an article's text, and most of it only when a topic comes or goes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tagwire import names, views, words
from tagwire.model import Page, Text
from tagwire.plan import cards, channels
from tagwire.plan.bodies import Wholes
from tagwire.plan.catalogue import FOLDERS
from tagwire.plan.entries import entry_of
from tagwire.plan.formats import formats
from tagwire.plan.outline import page, text
from tagwire.plan.sheaf import loose, sheaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire.model import Config
    from tagwire.plan.bodies import Bodies, Whole
    from tagwire.plan.catalogue import Kind, Post, Topic
    from tagwire.plan.channels import Channel
    from tagwire.plan.outline import Item
    from tagwire.plan.routes import Ground
    from tagwire.plan.sheaf import Sheaf
    from tagwire.words import Words

    Decided = tuple[Page, views.Site]
    Group = tuple[Kind, tuple[Topic, ...]]
    Wide = tuple[Topic | None, ...]
    """The whole site, its corrections."""

OPML = "feeds.opml"
LOOK = "theme/feed.css"
"""Address of what XML looks like in a browser."""
FULL = 60_000
"""Bytes of texts that a page beside a feed shows: some ten articles. The rest of the feed stands there in brief."""


def all_ways(
    all_channels: Iterable[Channel],
    bodies: Bodies,
    config: Config,
    noted: Topic | None = None,
    *,
    podcast: bool = False,
) -> Iterator[Sheaf]:
    """The pages and lists that lead to the feeds; `noted` are the corrections, if any; `podcast`: there is one."""
    whole = (None, noted) if noted else (None,)
    found: dict[Kind, list[Topic]] = {}
    for channel in all_channels:
        if "follow" not in config.leave_out:
            yield sheaf(_beside, cards.following(channel.topic, config), channel.topic, Wholes(channel.chosen, bodies))
        if channel.topic:
            found.setdefault(channel.topic.kind, []).append(channel.topic)
    groups = tuple((kind, tuple(topics)) for kind, topics in found.items())
    lists = (text(_list_of(group[0]), _opml, _list_of(group[0]), (), (group,), False) for group in groups)
    subscribe = page(cards.SUBSCRIBE, _subscribe, whole, groups, podcast)
    yield loose((subscribe, text(OPML, _opml, OPML, whole, groups, podcast), *lists))


def _beside(address: str, topic: Topic | None, chosen: Wholes) -> Iterator[Item]:
    yield page(address, _following, topic, chosen.all())


def _heading(said: Words, kind: Kind) -> str:
    return {"tag": said.tags, "author": said.authors, "series": said.series_all}.get(kind, said.views)


def _format(desk: cards.Desk) -> str:
    return formats(desk.config)[0].label


def _list_of(kind: Kind) -> str:
    """Address of the OPML of one kind of topics."""
    return f"{cards.SUBSCRIBE}{FOLDERS[kind].strip('/')}.opml"


# ------------------------------------------------------------------ the page with all feeds


def _subscribe(ground: Ground, whole: Wide, groups: tuple[Group, ...], podcast: bool) -> Decided:
    """`whole`: what is not of one kind of topics."""
    desk = cards.desk(ground, cards.SUBSCRIBE)
    bundles = [views.Bundle(views.Link(desk.words.whole_site, ""), tuple(_followable(desk, one) for one in whole))]
    if podcast:
        show = desk.podcast()
        episodes = views.Followable(views.Link(show.title, show.url), (show,))
        bundles.append(views.Bundle(views.Link(desk.words.podcast, ""), (episodes,)))
    for kind, topics in groups:
        heading = views.Link(_heading(desk.words, kind), desk.url(_list_of(kind)))
        bundles.append(views.Bundle(heading, tuple(_followable(desk, topic) for topic in topics)))
    twins = "follow" not in desk.config.leave_out
    view = views.Subscribe(desk.frame(desk.words.subscribe), desk.url(OPML), _format(desk), tuple(bundles), twins=twins)
    return Page(names.output_path(desk.here), "subscribe.html", view), desk.site()


def _followable(desk: cards.Desk, topic: Topic | None) -> views.Followable:
    address, name = (topic.address, topic.name) if topic else ("", desk.config.title)
    about = address if "follow" in desk.config.leave_out else cards.following(topic, desk.config)
    return views.Followable(views.Link(name, desk.url(about)), desk.alternates(address, name))


# ------------------------------------------------------------------ OPML


def _opml(ground: Ground, path: str, whole: Wide, groups: tuple[Group, ...], podcast: bool) -> Text:
    """OPML 2.0, a list of subscriptions: one format of each feed, or readers would take every article thrice."""
    said = words.of(ground.config.lang, ground.config.words)
    title = ground.config.title if path == OPML else f"{_heading(said, groups[0][0])} · {ground.config.title}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<?xml-stylesheet type="text/css" href="{names.relative(path, LOOK)}"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(title, quote=False)}</title></head>",
        "<body>",
    ]
    lines += [_outline(ground, one) for one in whole]
    if podcast:
        show = f"{cards.show_title(ground.config)} (Podcast)"
        lines.append(_line(show, *map(ground.absolute, (names.PODCAST, ""))))
    for kind, topics in groups:
        outlines = [_outline(ground, topic) for topic in topics]
        lines += (
            [f'<outline text="{escape(_heading(said, kind))}">', *outlines, "</outline>"] if path == OPML else outlines
        )
    return Text(path, "\n".join([*lines, "</body>", "</opml>", ""]))


def _outline(ground: Ground, topic: Topic | None) -> str:
    address = topic.address if topic else ""
    urls = [ground.absolute(f"{address}{file}") for file in (formats(ground.config)[0].file, "")]
    return _line(channels.title(topic, ground.config), *urls)


def _line(name: str, feed: str, home: str) -> str:
    title, urls = escape(name), [escape(feed), escape(home)]
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{urls[0]}" htmlUrl="{urls[1]}"/>'


# ------------------------------------------------------------------ the page beside a feed


def _following(ground: Ground, topic: Topic | None, wholes: tuple[Whole[Post], ...]) -> Decided:
    """What the feeds of a topic (or the site's) are, and what a reader shows of them."""
    desk = cards.desk(ground, cards.following(topic, ground.config))
    address = topic.address if topic else ""
    name = topic.name if topic else desk.config.title
    full = _in_full(wholes)
    shown = tuple(desk.card(whole.of) for whole in wholes)
    view = views.Following(
        frame=desk.frame(desk.words.follow_one.filled(name), topic=topic, noindex="yes"),
        about=views.Link(name, desk.url(address)),
        addresses=tuple(
            views.Alternate(form.label, ground.absolute(f"{address}{form.file}"), form.media_type, form.label)
            for form in formats(ground.config)
        ),
        format=_format(desk),
        entries=shown[:full],
        cards=shown[full:],
    )
    entries = tuple(entry_of(whole, ground) for whole in wholes[:full])
    return Page(names.output_path(desk.here), "following.html", view, entries=entries, room=FULL), desk.site()


def _in_full(wholes: tuple[Whole[Post], ...]) -> int:
    """How many of the newest have room on the page; the first one has in any case."""
    total = 0
    for count, whole in enumerate(wholes):
        total += whole.article.weight
        if count and total > FULL:
            return count
    return len(wholes)
