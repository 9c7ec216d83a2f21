"""The complete history of a feed (RFC 5005): whoever walks it misses nothing, and what is full never changes."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from conftest import NOW
from tagwire.model import When
from tagwire.plan import archives
from test_feeds import ATOM, assert_valid, parsed
from test_plan import START, article, posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Site
    from tagwire.model import Article

FH = "{http://purl.org/syndication/history/1.0}"
ARTICLE = "-- content/articles/n%03d.md --\n---\nid: urn:x:%d\ntitle: N%d\npublished: %s\ntags: [iran]\n---\nText %d.\n"


def news(numbers: Iterable[int]) -> str:
    """Articles, one a day from 2025-01-01."""
    days = {n: (START.replace(year=2025) + dt.timedelta(n)).date() for n in numbers}
    return "".join(ARTICLE % (n, n, n, day, n) for n, day in days.items())


def links(data: bytes) -> dict[str, str]:
    """The links of an XML feed, by relation, as paths below the site."""
    root = etree.fromstring(data)
    about = root if root.tag == f"{ATOM}feed" else root.find("channel")
    assert about is not None
    found = {link.get("rel", ""): link.get("href", "") for link in about.iterfind(f"{ATOM}link")}
    return {rel: url.removeprefix("https://news.example/") for rel, url in found.items()}


def walk(outputs: dict[str, bytes], path: str) -> list[str]:
    """The ids of a feed and of all documents before it, merged: the newest document's entry stands for all."""
    found: dict[str, None] = {}
    while path:
        data = outputs[path]
        if path.endswith(".json"):
            document = json.loads(data)
            ids = [item["id"] for item in document["items"]]
            path = document.get("next_url", "").removeprefix("https://news.example/")
        else:
            assert_valid(data)
            ids = [entry.id for entry in parsed(data).entries]
            path = links(data).get("prev-archive", "")
        found |= dict.fromkeys(ids)
    return list(found)


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed.json"])
@pytest.mark.parametrize("count", [20, 49, 50, 69, 70, 130])
def test_walking_the_documents_misses_no_entry(site: Callable[[str], Site], name: str, count: int) -> None:
    """Also where the newest twenty and the last full document leave some between them."""
    made = site(news(range(count)))
    made.build()
    assert sorted(walk(made.outputs(), name)) == sorted(f"urn:x:{n}" for n in range(count))


def test_one_enormous_article_drives_no_other_out(site: Callable[[str], Site]) -> None:
    """It is shortened anyway, and those before it stand in no other document yet."""
    made = site(news(range(30)))
    made.write(enormous())
    made.build()
    for name in ("atom.xml", "rss.xml", "feed.json"):
        assert sorted(walk(made.outputs(), name)) == sorted(["urn:x:huge", *(f"urn:x:{n}" for n in range(30))])
        assert 600_000 < len(made.outputs()[name]) < 1_000_000


LONG = "A long & patient report of the harbour. " * 480
"""20 kB, in a feed."""


def long_news(numbers: Iterable[int]) -> str:
    """Articles of which 49 are too heavy for a feed."""
    return news(numbers).replace("\nText ", f"\n{LONG}")


def archived(outputs: dict[str, bytes], number: int) -> dict[str, bytes]:
    """A document of the site's, in each format."""
    return {path: data for path, data in outputs.items() if path.startswith("archive/") and f"-000{number}." in path}


def published(made: Site, text: str) -> dict[str, bytes]:
    """Builds with more articles, and writes down that subscribers have them."""
    made.write(text)
    made.build()
    assert made.run("ledger", "accept", "--now", NOW).code == 0
    return made.outputs()


def test_what_is_too_heavy_for_the_feed_stands_in_the_next_document_early(site: Callable[[str], Site]) -> None:
    """It grows until it is full. The documents before it don't change, and no text is shortened."""
    made = site(news([]))
    published(made, news(range(50)))
    outputs = published(made, long_news(range(50, 99)))
    first = archived(outputs, 1)
    for count in (99, 100, 101):
        outputs = published(made, long_news(range(99, count)))
        for name in ("atom.xml", "rss.xml", "feed.json"):
            assert sorted(walk(outputs, name)) == sorted(f"urn:x:{n}" for n in range(count))
            assert len(outputs[name]) < 1_000_000
        assert archived(outputs, 1) == first
        assert len(archived(outputs, 2)) == 3
        assert b"Shortened here for its length." not in b"".join(
            outputs[name] for name in ("atom.xml", "archive/atom-0002.xml")
        )
        assert len(parsed(outputs["archive/atom-0002.xml"]).entries) == min(count - 50, 50)
    assert archived(outputs, 3) == {}
    full = archived(outputs, 2)
    outputs = published(made, long_news(range(101, 149)))
    assert archived(outputs, 2) == full
    assert len(archived(outputs, 3)) == 3


def test_a_document_that_came_early_stays(site: Callable[[str], Site]) -> None:
    """Though its articles are shortened, and the feed could hold them again: an address that was published goes on."""
    made = site(news([]))
    published(made, long_news(range(49)))
    outputs = published(made, news(range(49)))
    assert len(archived(outputs, 1)) == 3
    assert made.run("check").code == 0
    for name in ("atom.xml", "rss.xml", "feed.json"):
        assert sorted(walk(outputs, name)) == sorted(f"urn:x:{n}" for n in range(49))


def test_long_articles_of_a_tag_are_all_in_its_history(site: Callable[[str], Site]) -> None:
    """With `archives`; and what is built from nothing, and after an edit, is the same."""
    made = site(news(range(49)))
    made.write('-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example/"\narchives = ["tags"]\n')
    made.build()
    assert "tags/iran/archive/atom-0001.xml" not in made.outputs()
    made.write(long_news(range(49)))
    assert made.run("build", "--verify").code == 0
    assert sorted(walk(made.outputs(), "tags/iran/rss.xml")) == sorted(f"urn:x:{n}" for n in range(49))


def enormous() -> str:
    """The newest."""
    head = "title: Huge\nid: urn:x:huge\npublished: 2026-05-30"
    return f"-- content/articles/huge.md --\n---\n{head}\n---\n" + ("A long & patient report. " * 400 + "\n\n") * 120


def test_documents_are_full_and_linked(site: Callable[[str], Site]) -> None:
    """Fifty entries each, newest first; each knows the one before it and the feed that people follow."""
    made = site(news(range(130)))
    made.build()
    outputs = made.outputs()
    assert sorted(path for path in outputs if "archive/" in path and not path.endswith(".html")) == [
        f"archive/{name}-{n:04}.{ending}" for name, ending in (("atom", "xml"), ("feed", "json"), ("rss", "xml"))
        for n in (1, 2)
    ]  # fmt: skip
    for name in ("atom", "rss"):
        one, two = (outputs[f"archive/{name}-000{n}.xml"] for n in (1, 2))
        assert [entry.id for entry in parsed(two).entries] == [f"urn:x:{n}" for n in range(99, 49, -1)]
        assert links(two)["prev-archive"] == f"archive/{name}-0001.xml"
        assert links(two)["current"] == f"{name}.xml"
        assert links(two)["self"] == f"archive/{name}-0002.xml"
        assert "prev-archive" not in links(one)
        assert links(outputs[f"{name}.xml"])["prev-archive"] == f"archive/{name}-0002.xml"
        marked = [b"archive/>" in data for data in (one, two, outputs[f"{name}.xml"])]
        assert marked == [name == "rss", True, False]  # of the oldest one in Atom W3C asks for a neighbour
        assert len(parsed(outputs[f"{name}.xml"]).entries) == 30


def test_an_archive_is_the_same_feed(site: Callable[[str], Site]) -> None:
    """Its Atom id is that of the feed which people follow: readers merge them."""
    made = site(news(range(50)))
    made.build()
    ids = {
        etree.fromstring(made.outputs()[path]).findtext(f"{ATOM}id") for path in ("atom.xml", "archive/atom-0001.xml")
    }
    assert len(ids) == 1


def test_what_is_complete_has_no_archive(site: Callable[[str], Site]) -> None:
    """RFC 5005 section 2: a feed says either that it holds everything, or where the rest is."""
    made = site(news(range(49)))
    made.build()
    assert b"complete/>" in made.outputs()["atom.xml"]
    made.write(news([49]))
    made.build()
    assert b"complete/>" not in made.outputs()["atom.xml"]
    assert "prev-archive" in links(made.outputs()["atom.xml"])


def test_a_setting_gives_topics_their_history(site: Callable[[str], Site]) -> None:
    """By kind; without it only the site has one."""
    made = site(news(range(60)))
    made.build()
    assert "tags/iran/archive/atom-0001.xml" not in made.outputs()
    made.write('-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example/"\narchives = ["tags"]\n')
    made.build()
    assert sorted(walk(made.outputs(), "tags/iran/rss.xml")) == sorted(f"urn:x:{n}" for n in range(60))


def test_settings_choose_formats_and_leave_the_history_out(site: Callable[[str], Site]) -> None:
    """Nothing names a feed that isn't there."""
    made = site(news(range(60)))
    made.write('-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example/"\nformats = ["atom"]\nhistory = false\n')
    made.build()
    outputs = made.outputs()
    assert [path for path in outputs if path.endswith(("rss.xml", "feed.json")) or "/atom-" in path] == []
    assert len(parsed(outputs["atom.xml"]).entries) == 20
    assert b"rss.xml" not in outputs["index.html"]
    assert b"feed.json" not in outputs["index.html"]


def test_a_correction_comes_into_its_document_and_the_feed(site: Callable[[str], Site]) -> None:
    """RFC 5005 section 4.1: clients need not fetch an archive document again."""
    made = site(news(range(80)))
    made.build()
    before = made.outputs()
    text = made.read("content/articles/n010.md").replace("tags:", "corrections: [{date: 2026-01-01, note: X.}]\ntags:")
    made.write(f"-- content/articles/n010.md --\n{text}")
    made.build()
    after = made.outputs()
    assert "urn:x:10" in [entry.id for entry in parsed(after["atom.xml"]).entries]
    assert before["archive/atom-0001.xml"] != after["archive/atom-0001.xml"]


# ------------------------------------------------------------------ laws


def dated(day: int) -> dict[str, Any]:
    """The date of an article, a day of some year."""
    when = When(START + dt.timedelta(day), timed=False)
    return {"published": when, "updated": when}


@given(st.lists(st.lists(st.integers(0, 400), max_size=70), max_size=6), st.sets(st.integers(0, 300)))
def test_no_later_publication_changes_a_full_document(batches: list[list[int]], withdrawn: set[int]) -> None:
    """However they are dated: a document keeps its members, loses those that are withdrawn, and gains none."""
    listed: list[str] = []
    articles: list[Article] = []
    known: list[tuple[str, ...]] = []
    for batch in batches:
        articles += [article(str(n), **dated(day), id=f"urn:x:{n}") for n, day in enumerate(batch, len(articles))]
        shown = posts(*articles)
        found = archives.history(shown, listed)
        documents = [tuple(post.id for post in document) for document in found.documents]
        assert documents[: len(known)] == known
        assert all(len(document) == archives.SIZE for document in documents)
        loose = [post.id for post in found.loose]
        assert sorted([*loose, *(name for document in documents for name in document)]) == sorted(p.id for p in shown)
        known = documents
        listed += [post.id for post in shown if post.id not in set(listed)]
    kept = [a for n, a in enumerate(articles) if n not in withdrawn]
    left = archives.history(posts(*kept), listed).documents
    gone = {f"urn:x:{n}" for n in withdrawn}
    assert [tuple(post.id for post in document) for document in left] == [
        tuple(name for name in document if name not in gone) for document in known
    ]


@given(st.lists(st.integers(0, 5_000_000), min_size=1, max_size=60))
def test_an_archive_document_is_never_too_heavy(weights: list[int]) -> None:
    """The longest entries give way, as little as they must."""
    room = archives.room(weights, 900_000)
    total = sum(min(weight, room) for weight in weights)
    assert total <= 4_500_000
    assert room == 900_000 or total > 4_500_000 - len(weights)
