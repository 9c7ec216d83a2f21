"""A site that comes from another program: its subscribers stay, in whatever format and state their feeds are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import feedread
from test_changes import FERRIES, NOW
from test_web import Said, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title><link>https://news.example/</link>
<item><title>The first &amp; ferry</title><link>https://news.example/2026/first/</link>
<guid isPermaLink="false">https://news.example/?p=1</guid><pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate></item>
<item><title>The second ferry</title><link>https://news.example/articles/second/</link>
<pubDate>Fri, 02 Jan 2026 00:00:00 +0000</pubDate></item>
</channel></rss>"""
OLD = {"index.xml": RSS, "tags/ferries/index.xml": RSS}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The output of another program."""
    for path, text in OLD.items():
        file = tmp_path / "old" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path / "old"


def test_a_folder_of_feeds_becomes_the_ledger(site: Callable[[str], Site], old: Path) -> None:
    """Ids are kept by address, or by title and date; the old feeds' addresses go on."""
    made = site(FERRIES.replace("title: The first ferry", "title: The first & ferry"))
    assert made.run("ledger", "import", str(old), "--now", NOW).code == 0
    run = made.build(now=NOW)
    assert run.err == ""
    feed = made.read("site/atom.xml")
    assert "<id>https://news.example/?p=1</id>" in feed
    assert "<id>https://news.example/articles/second/</id>" in feed
    assert made.read("site/index.xml") == made.read("site/rss.xml")
    assert made.read("site/tags/ferries/index.xml") == made.read("site/tags/ferries/rss.xml")
    found = json.loads(made.run("diff", "--json", "--now", NOW).out)
    assert {(each["what"], each["title"]) for each in found["articles"]} == {
        ("new", "The third ferry"),
        ("moved", "The first & ferry"),
    }
    assert found["feeds"]["gone"] == []
    assert "articles/first/" in made.read("site/2026/first/index.html")


UMLAUTS = """
-- tagwire.toml --
title = "Am Ufer"
url = "https://news.example/"
""" + "".join(
    f"""-- content/articles/n{day}.md --
---
id: https://news.example/?p={day}
title: Nummer {day}
published: 2026-01-{day:02}
authors: [Anja Müller]
tags: [{tag}, {"Alles" if day < 6 else "Ufer"}]
series: Die Küste
---
Text {day}.
"""
    for day, tag in enumerate(["Köln & Küche", "C#", "Köln & Küche", "C#", "Köln & Küche", "Reisen"], 1)
)


def _feed(days: list[int], own: str = "") -> str:
    items = "".join(
        f"<item><title>Nummer {day}</title><link>https://news.example/2026/n{day}/</link><guid>https://news.example/?p={day}</guid>"
        f"<pubDate>{day:02} Jan 2026 00:00:00 +0000</pubDate></item>"
        for day in days
    )
    link = f'<atom:link rel="self" href="{own}"/>' if own else ""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Alt</title>'
        f"<link>https://news.example/</link>{link}{items}</channel></rss>"
    )


@pytest.mark.parametrize(
    ("path", "days", "heir"),
    [
        ("category/koeln-kueche/feed/index.xml", [5, 3], "tags/köln-küche/rss.xml"),
        ("tag/c/feed/index.xml", [4, 2], "tags/c-sharp/rss.xml"),
        ("category/alles/reisen/feed/index.xml", [6], "tags/reisen/rss.xml"),
        ("author/anja/feed/index.xml", [6, 5, 4, 3, 2, 1], "authors/anja-müller/rss.xml"),
        ("series/die-küste/index.xml", [6, 5], "series/die-küste/rss.xml"),
        ("feeds/posts/default/index.xml", [6, 5], "rss.xml"),
    ],
)
def test_an_old_feed_finds_its_topic_however_it_spelt_it(
    site: Callable[[str], Site], path: str, days: list[int], heir: str
) -> None:
    """WordPress writes `koeln` for Köln, `c` for C#, and the name of a user for an author."""
    made = site(UMLAUTS + f"-- old/{path} --\n{_feed(days)}\n")
    made.run("ledger", "import", str(made.root / "old"), "--now", NOW)
    run = made.build(now=NOW)
    assert "feed-gone" not in run.err
    assert made.read(f"site/{path}") == made.read(f"site/{heir}")


def test_the_owner_says_what_an_old_feed_is_the_feed_of(site: Callable[[str], Site]) -> None:
    """Where its articles don't tell; the problem has the line for the settings."""
    feeds = {"index.xml": [6, 5, 4], "category/koeln/feed/index.xml": [5, 4]}
    made = site(UMLAUTS + "".join(f"-- old/{path} --\n{_feed(days)}\n" for path, days in feeds.items()))
    made.run("ledger", "import", str(made.root / "old"), "--now", NOW)
    run = made.build(now=NOW)
    assert "warning[feed-gone]" in run.err
    assert 'aliases = { "koeln" = "…" }' in run.err
    (made.root / "tagwire.toml").write_text(
        made.read("tagwire.toml") + '[tags]\naliases = { "koeln" = "Köln & Küche" }\n'
    )
    assert "feed-gone" not in made.build(now=NOW).err
    assert made.read("site/category/koeln/feed/index.xml") == made.read("site/tags/köln-küche/rss.xml")


def test_a_feed_says_itself_that_its_address_is_a_folder(site: Callable[[str], Site]) -> None:
    """WordPress’s is `feed/`: a reader that asks there must get the feed, whatever the saved file was called."""
    made = site(UMLAUTS + f"-- old/feed/index.xml --\n{_feed([6, 5], 'https://news.example/feed/')}\n")
    made.run("ledger", "import", str(made.root / "old"), "--now", NOW)
    assert made.build(now=NOW).err == ""
    assert made.read("site/feed/index.html") == made.read("site/rss.xml")
    assert "feed/index.html" not in made.run("check").err


def test_old_articles_stay_in_the_past(site: Callable[[str], Site]) -> None:
    """The old feed told of the newest ten only. The oldest fifty fill the archive, not those that it told of first."""
    days = [f"2026-{1 + at // 28:02}-{1 + at % 28:02}" for at in range(56)]
    text = '-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example/"\nper_feed = 10\n' + "".join(
        f"-- content/articles/n{at}.md --\n---\nid: urn:x:{at}\ntitle: N{at}\npublished: {day}\n---\nText {at}.\n"
        for at, day in enumerate(days)
    )
    old = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://news.example/",
        "items": [
            {"id": f"urn:x:{at}", "title": f"N{at}", "date_published": f"{days[at]}T00:00:00Z"} for at in range(46, 56)
        ],
    }
    made = site(f"{text}-- old/feed.json --\n{json.dumps(old)}\n")
    made.run("ledger", "import", str(made.root / "old"), "--now", NOW)
    found = json.loads(made.run("diff", "--json", "--now", NOW).out)
    assert {each["what"] for each in found["articles"] if each["feeds"]} == {"moved"}
    made.build(now=NOW)
    ids = [each["id"] for each in json.loads(made.read("site/feed.json"))["items"]]
    assert ids == [f"urn:x:{at}" for at in reversed(range(46, 56))]
    assert made.run("ledger", "accept", "--now", NOW).code == 0
    assert "no difference" in made.run("diff", "--now", NOW).out


def test_what_the_ledger_knows_stays(site: Callable[[str], Site], old: Path) -> None:
    """A second import changes nothing, and what was accepted is not undone."""
    made = site(FERRIES)
    made.run("ledger", "accept", "--now", NOW)
    before = made.read("content/ledger.json")
    made.run("ledger", "import", str(old), "--now", NOW)
    once = made.read("content/ledger.json")
    made.run("ledger", "import", str(old), "--now", "2027-01-01T00:00:00Z")
    assert made.read("content/ledger.json") == once
    assert set(before.split("\n")) <= set(once.split("\n"))


def test_a_live_site_is_compared(site: Callable[[str], Site]) -> None:
    """Its page names its feeds, an archive has the older entries, and one feed that fails is left out."""
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed/"><link rel=alternate type="application/atom+xml" href=gone.xml>'  # noqa: E501
    linked = RSS.replace(
        "<channel>", '<channel><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="/old.xml"/>'
    )
    older = RSS.replace("first", "zeroth").replace("?p=1", "?p=0")
    said = {"/": page, "/feed/": linked.encode(), "/old.xml": older.encode()}

    def answer(path: str, _: int) -> Said:
        return (200 if path in said else 404, {}, said.get(path, b"no"))

    with serving(answer) as (url, asked):
        run = site(FERRIES).run("diff", "--against", url, "--json", "--now", NOW)
    found = json.loads(run.out)
    assert {each["before"]["id"] for each in found["articles"] if each["what"] == "gone"} == {
        "https://news.example/?p=0",
        "https://news.example/?p=1",
    }
    assert [path for path, _ in asked] == ["/", "/feeds.opml", "/feed/", "/old.xml", "/gone.xml"]
    assert "site-moved" in {each["code"] for each in found["problems"]}


@pytest.mark.parametrize(
    ("body", "code"), [(b"<p>nothing", "feeds-missing"), (b"", "feeds-missing"), (b"x" * 21_000_000, "web-large")]
)
def test_a_live_site_without_feeds(site: Callable[[str], Site], body: bytes, code: str) -> None:
    """Is a problem that says so; so is one that is too large."""
    with serving(lambda path, _: (200 if path == "/" else 404, {}, body if path == "/" else b"")) as (url, _):
        run = site(FERRIES).run("diff", "--against", url)
    assert (run.code, f"error[{code}]" in run.err) == (1, True), run.err


def test_nothing_there(site: Callable[[str], Site]) -> None:
    """No such folder, no such host, no URL."""
    made = site(FERRIES)
    for source, code in (
        ("nowhere", "unreadable"),
        ("http://nowhere.invalid/", "web-unreachable"),
        ("ftp://a.example/", "web-url"),
    ):
        run = made.run("ledger", "import", source)
        assert (run.code, f"error[{code}]" in run.err) == (1, True), run.err
    assert not (made.root / "content/ledger.json").exists()


_LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "{"a" * 50}">{_LEVELS}<!ENTITY h SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&e8;</title><item><title>&h;</title><guid>1</guid></item></channel></rss>"""


def test_a_hostile_feed_expands_nothing() -> None:
    """Neither entities without end, nor files of this machine, nor its own text taken for a file's name."""
    found = feedread.read(BOMB.encode(), "https://x.example/")
    assert all("root:" not in entry.title and len(entry.title) < 100_000 for entry in (found.entries if found else ()))
    assert feedread.read(b"/etc/passwd", "https://x.example/") is None


@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: RSS.replace("ferry", text).encode())))
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    """And never a traceback; ids are one word."""
    found = feedread.read(data, "https://x.example/")
    assert all(entry.id and not any(map(str.isspace, entry.id)) for entry in (found.entries if found else ()))
    feedread.alternates(data, "https://x.example/")


def test_json_feeds_are_read() -> None:
    """With the looseness that people need: numbers as ids, no dates."""
    data = {"version": "https://jsonfeed.org/version/1", "items": [{"id": 7, "url": "/a/", "date_published": "x"}, 5]}
    found = feedread.read(json.dumps(data).encode(), "https://x.example/feed.json")
    assert found
    assert [(entry.id, entry.link, entry.published) for entry in found.entries] == [("7", "https://x.example/a/", "")]


def test_a_feed_that_is_cut_short_is_no_empty_site(site: Callable[[str], Site]) -> None:
    """Without a word, every article would be told as new."""
    made = site("-- old/rss.xml --\n<rss><chan\n")
    run = made.run("diff", "--against", str(made.root / "old"))
    assert (run.code, "feeds-missing" in run.err, "rss.xml has no entry" in run.err) == (1, True, True)


def test_a_feed_that_breaks_off_is_named(site: Callable[[str], Site]) -> None:
    """Its first entries are read; that others may be missing is said."""
    made = site("-- old/rss.xml --\n" + RSS.partition("</channel>")[0] + "<item><ti\n")
    run = made.run("diff", "--against", str(made.root / "old"))
    assert (run.code, "rss.xml is not well-formed" in run.err) == (0, True)
    made.write("-- old/rss.xml --\n" + RSS)
    assert "not well-formed" not in made.run("diff", "--against", str(made.root / "old")).err
