"""The podcast: articles with a recording become episodes, in a feed that directories take."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from corpus import png
from tagwire import lint, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
SHOW = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/"
author = "The editors"
copyright = "© The editors"

[authors.jane-roe]
name = "Jane Roe"
url = "https://jane.example/"

[podcast]
title = "Talks & <tides>"
description = "Talks at the harbour & beyond."
email = "talks@news.example"
category = ["News > Daily News", "arts>books", "News > Politics", "Science"]
image = "/cover.png"
"""
EPISODES = """
-- content/articles/one.md --
---
id: urn:example:one
title: The <first> & "best"
published: 2026-01-01
authors: Jane Roe
tags: [Talks]
summary: All about it.
image: lead.png
enclosure: {url: one.mp3, duration: "1:02:03", season: 2, episode: 7, explicit: true}
---
Words with [a link](one.mp3).
-- content/articles/one.mp3 --
not really a sound
-- content/articles/two.md --
---
id: urn:example:two
title: Soon
published: 2026-02-01
enclosure: {url: "https://cdn.example/two.mp3", length: 12345, kind: trailer}
---
Soon.
-- content/articles/text.md --
---
id: urn:example:text
title: Only words
published: 2026-03-01
---
No sound.
-- content/articles/paper.md --
---
id: urn:example:paper
title: A paper
published: 2026-03-02
enclosure: {url: "https://cdn.example/a.pdf", length: 9, type: application/pdf}
---
No sound.
-- content/articles/private.md --
---
id: urn:example:private
title: Not in feeds
published: 2026-03-03
feed: false
enclosure: one.mp3
---
Kept apart.
-- content/articles/withdrawn.md --
---
id: urn:example:withdrawn
title: Withdrawn
published: 2026-03-04
enclosure: one.mp3
retracted: {date: 2026-03-05, note: It was wrong.}
---
Wrong.
"""


def podcast_site(site: Callable[[str], Site], text: str, cover: tuple[int, int] = (1400, 1400)) -> Site:
    """With a cover, and a lead picture for the first episode."""
    made = site(text)
    for path, size in (("static/cover.png", cover), ("articles/lead.png", (1500, 1500))):
        file = made.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(*size))
    return made


def channel(made: Site, lacking: set[str] | None = None) -> etree._Element:
    """Of the podcast, in which lint finds nothing but what settings are `lacking`."""
    data = (made.root / "site/podcast.xml").read_bytes()
    assert {problem.code for problem in lint.judge(data, "podcast.xml")} == (lacking or set())
    found = etree.fromstring(data).find("channel")
    assert found is not None
    return found


def said(element: etree._Element) -> dict[str, str | None]:
    """Text, or `href`, of each child of the two namespaces, by its name."""
    found = {}
    for child in element:
        for prefix, namespace in (("itunes:", ITUNES), ("podcast:", PODCAST)):
            if str(child.tag).startswith(namespace):
                found[prefix + str(child.tag).removeprefix(namespace)] = child.text or child.get("href")
    return found


def test_a_podcast_says_all_that_directories_ask(site: Callable[[str], Site]) -> None:
    """Owner, cover, categories of Apple's list, and a guid by the podcast namespace's recipe."""
    made = podcast_site(site, SHOW + EPISODES)
    assert "warning" not in made.build().err
    show = channel(made)
    spaces = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    assert said(show) == {
        "itunes:author": "The editors",
        "itunes:summary": "Talks at the harbour & beyond.",
        "itunes:type": "episodic",
        "itunes:explicit": "false",
        "itunes:owner": "\n      ",
        "itunes:image": "https://news.example/cover.png",
        "itunes:category": None,
        "podcast:guid": str(uuid.uuid5(spaces, "news.example/podcast.xml")),
        "podcast:locked": "yes",
    }
    owner = show.find(f"{ITUNES}owner")
    assert owner is not None
    assert said(owner) == {"itunes:name": "The editors", "itunes:email": "talks@news.example"}
    categories = [
        (each.get("text"), [part.get("text") for part in each]) for each in show.iterfind(f"{ITUNES}category")
    ]
    assert categories == [("News", ["Daily News", "Politics"]), ("Arts", ["Books"]), ("Science", [])]
    plain = [show.findtext(name) for name in ("title", "description", "link", "language", "copyright", "image/url")]
    assert plain == [
        "Talks & <tides>", "Talks at the harbour & beyond.", "https://news.example/", "en", "© The editors",
        "https://news.example/cover.png",
    ]  # fmt: skip


def test_the_guid_is_that_of_the_specification() -> None:
    """Its own example: https://github.com/Podcastindex-org/podcast-namespace, tag `guid`."""
    feed = "https://mp3s.nashownotes.com/pc20rss.xml"
    base = uuid.UUID(names.feed_id("https://news.example/podcast.xml"))
    assert base.version == 5
    assert uuid.uuid5(names.SHOWS, feed.partition("://")[2]) == uuid.UUID("917393e3-1b1e-5cef-ace4-edaa54e1f810")


def test_episodes_are_articles_with_sound(site: Callable[[str], Site]) -> None:
    """Newest first, with the ids that other feeds have; no papers, nothing retracted, nothing kept out of feeds."""
    made = podcast_site(site, SHOW + EPISODES)
    made.build()
    items = channel(made).findall("item")
    assert [item.findtext("guid") for item in items] == ["urn:example:two", "urn:example:one"]
    assert [dict(item.find("guid").attrib) for item in items] == [{"isPermaLink": "false"}] * 2  # type: ignore[union-attr]
    assert [dict(item.find("enclosure").attrib) for item in items] == [  # type: ignore[union-attr]
        {"url": "https://cdn.example/two.mp3", "length": "12345", "type": "audio/mpeg"},
        {"url": "https://news.example/articles/one.mp3", "length": "19", "type": "audio/mpeg"},
    ]
    assert said(items[1]) == {
        "itunes:title": 'The <first> & "best"',
        "itunes:summary": "All about it.",
        "itunes:duration": "3723",
        "itunes:season": "2",
        "podcast:season": "2",
        "itunes:episode": "7",
        "podcast:episode": "7",
        "itunes:episodeType": "full",
        "itunes:explicit": "true",
        "itunes:image": "https://news.example/articles/lead.png",
        "podcast:person": "Jane Roe",
    }
    assert said(items[0]) == {
        "itunes:title": "Soon",
        "itunes:summary": "Soon.",
        "itunes:episodeType": "trailer",
        "itunes:explicit": "false",
    }
    encoded = items[1].findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert encoded == '<p>Words with <a href="https://news.example/articles/one.mp3">a link</a>.</p>'


def test_a_podcast_is_found(site: Callable[[str], Site]) -> None:
    """By apps on the home page, by people on the page of all feeds, and in the list for readers."""
    made = podcast_site(site, SHOW + EPISODES)
    made.build()
    title = "Talks &amp; &lt;tides&gt; (Podcast)"
    home = made.read("site/index.html")
    assert f'<link rel="alternate" type="application/rss+xml" title="{title}" href="podcast.xml">' in home
    assert home.index('href="atom.xml"') < home.index('href="podcast.xml"')
    assert "podcast.xml" not in made.read("site/articles/text/index.html")
    assert f'<a href="../podcast.xml"><bdi>{title}</bdi></a>' in made.read("site/subscribe/index.html")
    assert 'xmlUrl="https://news.example/podcast.xml"' in made.read("site/feeds.opml")
    run = made.run("check", "--strict")
    assert run.code == 0, run.err


def test_without_a_recording_there_is_no_podcast(site: Callable[[str], Site]) -> None:
    """And nothing is asked of the owner."""
    made = site("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nx\n")
    assert "podcast" not in made.build().err
    assert "site/podcast.xml" not in made.outputs(".")
    assert not [path for path, data in made.outputs().items() if b"podcast.xml" in data]


def test_what_directories_would_miss_is_a_warning(site: Callable[[str], Site]) -> None:
    """Only where there are episodes. Without settings the site stands for the podcast."""
    made = site(EPISODES)
    run = made.build()
    assert "warning[podcast-incomplete]: the podcast has no `email`, no `image`, no `category`" in run.err
    show = channel(made, {"podcast-channel", "podcast-owner"})
    assert (show.findtext("title"), show.find(f"{ITUNES}owner")) == ("The Example", None)


def test_false_is_no_podcast(site: Callable[[str], Site]) -> None:
    """Recordings stay in the other feeds."""
    made = site('-- tagwire.toml --\ntitle = "X"\nurl = "https://news.example/"\npodcast = false\n' + EPISODES)
    assert "podcast" not in made.build().err
    assert "podcast.xml" not in made.outputs()
    assert "one.mp3" in made.read("site/rss.xml")


def test_a_missing_cover_and_unnumbered_episodes_are_told(site: Callable[[str], Site]) -> None:
    """A trailer needs no number."""
    serial = SHOW.replace('image = "/cover.png"', 'image = "/covers.jpg"\ntype = "serial"')
    made = site(serial + EPISODES.replace("season: 2, episode: 7, ", ""))
    run = made.build()
    assert "warning[podcast-image-missing]: no picture at `/covers.jpg`" in run.err
    assert "one.md:9:1: warning[podcast-unnumbered]" in run.err
    assert "two.md" not in run.err


def test_a_cover_of_another_shape_is_told(site: Callable[[str], Site]) -> None:
    """Directories want a square of 1400 to 3000 pixels; an episode's picture that is none stays away from them."""
    made = podcast_site(site, SHOW + EPISODES, (1400, 700))
    (made.root / "content/articles/lead.png").write_bytes(png(1600, 900))
    run = made.build()
    assert "warning[podcast-image-size]: the podcast's picture is 1400 pixels wide and 700 high" in run.err
    assert "itunes:image" not in said(channel(made).findall("item")[1])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('titel = "X"', "`podcast` has an unknown key `titel`"),
        ('titel = "X"', "did you mean `title`?"),
        ('category = "Sience"', "did you mean `Science`?"),
        ('category = "Books"', "did you mean `Arts > Books`?"),
        ('category = "Arts > Politics"', "`podcast` has a `category` that no directory knows"),
        ("category = []", "`podcast` has a `category` that is an empty list"),
        ('email = "me"', "`podcast` has an `email` that is not an e-mail address"),
        ('image = "cover.webp"', "`podcast` has an `image` that is no JPEG or PNG"),
        ('image = "ftp://x/cover.png"', "`podcast` has an `image` that is neither a path nor a URL"),
        ('explicit = "no"', "`podcast` has an `explicit` that is neither true nor false"),
        ('type = "weekly"', "`podcast` has a `type` that is not known"),
        ('lang = "English!"', "`podcast` has a `lang` that is not a language tag"),
        ('guid = "7"', "`podcast` has a `guid` that is no UUID"),
        ("title = 3", "`podcast` has a `title` that is not a text"),
    ],
)
def test_a_slip_in_the_settings_is_told_with_its_line(site: Callable[[str], Site], line: str, expected: str) -> None:
    """Whether or not there are episodes."""
    made = site(f'-- tagwire.toml --\ntitle = "X"\n[podcast]\n{line}\n')
    run = made.run("build")
    assert run.code == 1
    assert "tagwire.toml:3:1: error[setting-invalid]" in run.err
    assert expected in run.err


def test_a_kind_of_episode_that_no_app_knows_is_told(site: Callable[[str], Site]) -> None:
    """With its line."""
    run = site(EPISODES.replace("kind: trailer", "kind: teaser")).run("build")
    assert run.code == 1
    assert 'error[enclosure-kind]: `kind` of an episode is not known: "teaser"' in run.err


def test_the_guid_stays_when_the_site_moves(site: Callable[[str], Site]) -> None:
    """The ledger holds it from the first publication; `guid` brings one from another tool."""
    made = podcast_site(site, SHOW + EPISODES)
    made.build()
    before = channel(made).findtext(f"{PODCAST}guid")
    assert made.run("ledger", "accept").code == 0
    made.write(SHOW.replace("https://news.example/", "https://elsewhere.example/"))
    made.build()
    assert channel(made).findtext(f"{PODCAST}guid") == before
    own = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    made.write(SHOW.replace("[podcast]", f'[podcast]\nguid = "{own}"\nlocked = false'))
    made.build()
    assert said(channel(made))["podcast:guid"] == own
    assert said(channel(made))["podcast:locked"] == "no"


def test_an_edit_of_a_text_reaches_the_podcast(site: Callable[[str], Site]) -> None:
    """The same bytes as of a first build."""
    made = podcast_site(site, SHOW + EPISODES)
    made.build()
    made.write(EPISODES.replace("Words with", "Other words with"))
    made.build()
    once = made.read("site/podcast.xml")
    assert "Other words with" in once
    made.build("--out", str(made.root / "fresh"))
    assert made.read("fresh/podcast.xml") == once


def test_all_episodes_stay_in_the_feed(site: Callable[[str], Site]) -> None:
    """Directories forget what isn't there; other feeds hold the newest."""
    many = "".join(
        f"-- content/articles/e{n:02}.md --\n---\ntitle: E{n}\npublished: 2026-01-{n:02}\n"
        f"enclosure: {{url: 'https://cdn.example/{n}.mp3', length: {n}}}\n---\nText.\n"
        for n in range(1, 31)
    )
    made = site(SHOW + many)
    made.build()
    assert len(channel(made).findall("item")) == 30
