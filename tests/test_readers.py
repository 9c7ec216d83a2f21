"""What feed readers take from our feeds: the same as the plan gave, whichever reader and whichever format."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import subprocess
import unicodedata
from calendar import timegm
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import lxml.html
import pytest
from lxml import etree
from reader import make_reader

from conftest import Site
from tagwire import feeds
from tagwire.feeds.content import compose
from test_browser import MODULES, needed
from test_programs import newsboat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader import Entry

    from tagwire.model import Feed

pytestmark = pytest.mark.program

TITLES = (
    "Ferries & <b>bridges</b> of Kestrel",
    """ "Quoted", 'single' and ]]> <![CDATA[ &amp; &lt;i&gt; """.strip(),
    "שלום עולם: גשר חדש (2026)",
    "جسر جديد في المدينة",
    "新しい橋が開通した",
    "Family 👨‍👩‍👧‍👦, astronaut 🧑‍🚀 and flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "Größe, naïve and Ösby",
    "1 < 2 > 0, a<b and <script>alert(1)</script>",
    "Long " + "words of a title " * 20 + "end",
    "AT&T; R&D, 50% and C:\\temp",
)
BODIES = (
    "Plain *text* with a [link](n01.md), [another](/about/) and `a < b && c`.",
    "| What | Share |\n|---|---:|\n| Bridge | 0.5 |\n| Ferry & boat | 1.5 |",
    '```python\nif a < b and c > "d":\n    print("&amp;")\n```\n\nAfter the code.',
    "A claim.[^1] Another.[^2]\n\n[^1]: The first *note*.\n[^2]: The second, with [a link](https://x.example/?a=1&b=2).",
    "![A dot](dot.png)\n\nA picture above.",
    "שלום **עולם**.\n\n> ציטוט & עוד",
    "橋が**開通**した。👨‍👩‍👧‍👦",
    "<p>Raw <em>HTML</em> &copy; 2026 &lt;b&gt;</p>\n\n1. One\n2. Two\n   - Deep",
)
LANGS = {2: "he", 3: "ar", 4: "ja"}
COUNT = 60
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da6364f8cf500f00038601"
    "80b1e8f2c50000000049454e44ae426082"
)


def article(number: int) -> str:
    """One of the sixty, as a file; every third has only a day, and three share each such day."""
    day = dt.date(2025, 1, 1) + dt.timedelta(number // 3)
    when = day.isoformat() if number % 3 == 0 else f"{day}T{number % 24:02}:30:00+02:00"
    head = [
        f"id: urn:x:{number}",
        f"title: {json.dumps(f'{TITLES[number % 10]} {number}', ensure_ascii=False)}",
        f"published: {when}",
        f"tags: [{', '.join(('Bridges', 'R&D', 'חדשות')[: 1 + number % 3])}]",
        f"lang: {LANGS.get(number % 10, 'en')}",
    ]
    if number % 7 == 0:
        head += ["authors: [Ann Roe, Ben Lind]", "image: dot.png"]
    if number % 9 == 0:
        head.append(f"enclosure: {{url: 'https://cdn.example/{number}.mp3?a=1&b=2', length: 123456, type: audio/mpeg}}")
    if number % 11 == 0:
        head.append(f"corrections: [{{date: 2025-06-{1 + number // 11:02}, note: 'It was < 3 & not 4.'}}]")
    return "\n".join([
        f"-- content/articles/n{number:02}.md --", "---", *head, "---", f"{BODIES[number % 8]}\n\nThis is {number}.", ""
    ])  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One entry as somebody has it. Times are in seconds since 1970."""

    id: str
    title: str
    url: str
    published: int
    updated: int
    content: str


def built(root: Path, text: str) -> dict[str, tuple[Seen, ...]]:
    """Builds a site with `text`; the entries of every feed as the plan has them, by path."""
    planned = {}
    real = feeds.render

    def watched(feed: Feed, contents: tuple[str, ...]) -> bytes:
        data = real(feed, contents)
        planned[feed.path] = tuple(
            Seen(
                e.id,
                e.title,
                e.url,
                int(e.published.timestamp()),
                int(e.updated.timestamp()),
                compose(e, content, feed.room),
            )
            for e, content in zip(feed.entries, contents, strict=True)
        )
        return data

    root.mkdir(exist_ok=True)
    made = Site(root)
    made.write(text)
    (root / "content/articles/dot.png").write_bytes(PNG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "render", watched)
        made.build("--jobs", "1")  # here, where it can be watched
    return planned


News = tuple[Path, dict[str, tuple[Seen, ...]]]
NEWS = (
    '-- tagwire.toml --\ntitle = "News & <views>"\nurl = "https://news.example/"\nauthor = "The editors"\n'
    "-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n"
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> News:
    """(the folder of the built site, what the plan gave to each feed)."""
    root = tmp_path_factory.mktemp("readers") / "news"
    planned = built(root, NEWS + "".join(map(article, range(COUNT))))
    return root / "site", planned


FOLDERS = ("", "tags/bridges/", "archive/")


def chosen(planned: dict[str, tuple[Seen, ...]], *endings: str) -> list[str]:
    """The feeds of the site, of one tag and of the archive that end so."""
    ours = [path for path in planned if re.sub(r"[^/]+\Z", "", path) in FOLDERS and path != "podcast.xml"]
    found = [path for path in ours if path.endswith(endings)]
    assert len(found) == sum(len(FOLDERS) * (2 if ending == ".xml" else 1) for ending in endings)
    return found


def plain(markup: str) -> str:
    """Markup without the spellings that say the same: quotes, references, closed voids, space between blocks."""
    tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    text = unicodedata.normalize("NFC", etree.tostring(tree, encoding="unicode"))
    return re.sub(r">\s+<", "><", text)


def same(found: Iterable[Seen], planned: Iterable[Seen], *, dated: bool) -> None:
    """All entries are there, in order, and say the same. Only Atom and JSON say when an entry was `updated`."""
    wanted = [replace(e, content=plain(e.content), updated=e.updated if dated else 0) for e in planned]
    assert [replace(e, content=plain(e.content), updated=e.updated if dated else 0) for e in found] == wanted


def seconds(text: str) -> int:
    """Of a date as RSS, Atom or JSON Feed write it."""
    when = parsedate_to_datetime(text) if text[:1].isalpha() else dt.datetime.fromisoformat(text)
    return int(when.timestamp())


def test_the_site_is_worth_reading(news: News) -> None:
    """Sixty entries in the feed and its document together, late corrections of old articles among them."""
    _, planned = news
    for name in ("atom-0001.xml", "rss-0001.xml", "feed-0001.json"):
        now = re.sub(r"-\d+", "", name)
        assert len(planned[f"archive/{name}"]) == 50
        assert len({e.id for e in (*planned[f"archive/{name}"], *planned[now])}) == COUNT
        assert any(e.updated > e.published for e in planned[now])


@pytest.mark.parametrize("ending", [".xml", ".json"])
def test_feedsmith_agrees(news: News, ending: str) -> None:
    """On count, order, ids, titles, addresses, dates and content; it takes XML at its word."""
    top, planned = news
    names = chosen(planned, ending)
    for name, found in zip(names, by_feedsmith([top / name for name in names]), strict=True):
        same(found, planned[name], dated="rss" not in name)


def by_feedsmith(files: list[Path]) -> list[list[Seen]]:
    """What feedsmith has of each feed."""
    needed(MODULES / "feedsmith")
    command = [str(needed("node")), str(MODULES.parent / "feedsmith.mjs"), *map(str, files)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    return [
        [
            Seen(id_, title, url, seconds(published), seconds(updated or published), content)
            for id_, title, url, published, updated, content in entries
        ]
        for entries in told
    ]


def by_feedparser(data: bytes, *, dated: bool) -> list[Seen]:
    """What feedparser has of a feed."""
    read = feedparser.parse(data, resolve_relative_uris=False)
    bare = feedparser.parse(data, sanitize_html=False).entries
    assert not read.bozo
    return [
        Seen(
            e.id,
            raw.title,
            e.link,
            timegm(e.published_parsed),
            timegm(e.updated_parsed) if dated else 0,
            e.content[0].value,
        )
        for e, raw in zip(read.entries, bare, strict=True)
    ]


def test_feedparser_agrees(news: News) -> None:
    """Also with its sanitiser, which must find nothing to take out of our content."""
    top, planned = news
    for name in chosen(planned, ".xml"):
        dated = "rss" not in name
        same(by_feedparser((top / name).read_bytes(), dated=dated), planned[name], dated=dated)


def swapped(one: etree._Element) -> None:
    """The entry comes before the one that it followed."""
    before = one.getprevious()
    assert before is not None
    before.addprevious(one)


def put(name: str, text: str = "", attribute: str = "") -> Callable[[etree._Element], None]:
    """Changes a child of an entry."""

    def change(one: etree._Element) -> None:
        child = one.find(f"{{*}}{name}")
        assert child is not None
        if attribute:
            child.set(attribute, text)
        else:
            child.text = text

    return change


BROKEN: dict[str, Callable[[etree._Element], None]] = {
    "id": put("id", "urn:x:other"),
    "title": put("title", "Another title"),
    "link": put("link", "https://other.example/", "href"),
    "published": put("published", "2025-01-02T00:00:00Z"),
    "updated": put("updated", "2029-01-02T00:00:00Z"),
    "content": put("content", "<p>Other words</p>"),
    "order": swapped,
    "count": lambda one: one.getparent().remove(one),  # type: ignore[union-attr]
}


def broken(data: bytes, field: str) -> bytes:
    """The feed with one fault in its fifth entry."""
    root = etree.fromstring(data)
    BROKEN[field](root.findall("{*}entry")[4])
    return etree.tostring(root)


@pytest.mark.parametrize("field", BROKEN)
def test_disagreement_would_be_seen(news: News, tmp_path: Path, field: str) -> None:
    """One fault in one field, and no reader agrees any more: the tests here can fail."""
    top, planned = news
    data = broken((top / "atom.xml").read_bytes(), field)
    (tmp_path / "atom.xml").write_bytes(data)
    with pytest.raises(AssertionError):
        same(by_feedparser(data, dated=True), planned["atom.xml"], dated=True)
    if field != "order":  # this one sorts by date
        with make_reader(":memory:", feed_root=str(tmp_path)) as shelf:
            shelf.add_feed("atom.xml")
            shelf.update_feeds()
            kept_there = [kept(entry) for entry in shelf.get_entries()]
        with pytest.raises(AssertionError):
            same(kept_there, planned["atom.xml"], dated=True)
    if field not in {"order", "updated"}:  # nor does this one keep dates of change
        found = items(tmp_path, f"file://{tmp_path}/atom.xml")
        with pytest.raises(AssertionError):
            same(found, planned["atom.xml"], dated=False)
    with pytest.raises(AssertionError):
        same(by_feedsmith([tmp_path / "atom.xml"])[0], planned["atom.xml"], dated=True)


def test_reader_agrees(news: News) -> None:
    """The library `reader`: as a subscriber's program keeps them, in all three formats."""
    top, planned = news
    names = chosen(planned, ".xml", ".json")
    with make_reader(":memory:", feed_root=str(top)) as shelf:
        for name in names:
            shelf.add_feed(name)
        assert [result.value for result in shelf.update_feeds_iter() if isinstance(result.value, Exception)] == []
        for name in names:
            same(map(kept, shelf.get_entries(feed=name)), planned[name], dated="rss" not in name)


def kept(entry: Entry) -> Seen:
    """An entry of `reader`."""
    assert entry.published
    title = (entry.title or "").replace("&lt;![CDATA[", "<![CDATA[")  # its sanitiser, where a title looks like HTML
    published, updated = (int(when.timestamp()) for when in (entry.published, entry.updated or entry.published))
    return Seen(entry.id, title, entry.link or "", published, updated, entry.content[0].value)


def items(folder: Path, url: str) -> list[Seen]:
    """What newsboat has of a feed after a reload; `updated` is unknown to it. Its cache stays in `folder`."""
    folder.mkdir(exist_ok=True)
    newsboat(folder, url)
    with sqlite3.connect(folder / "cache.db") as database:
        order = "order by pubDate desc, id desc"  # as newsboat reads them itself
        rows = database.execute(f"select guid, title, url, pubDate, content from rss_item {order}").fetchall()  # noqa: S608
    database.close()
    return [Seen(guid, title, link, when, 0, content) for guid, title, link, when, content in rows]


@pytest.mark.parametrize("folder", FOLDERS)
def test_newsboat_agrees(news: News, tmp_path: Path, folder: str) -> None:
    """A subscriber in a terminal: every entry once, in order. Its cache holds a guid once, so each feed has its own."""
    top, planned = news
    for name in chosen(planned, ".xml"):
        if name.rpartition("/")[0] == folder.rstrip("/"):
            same(items(tmp_path / name.replace("/", "-"), f"file://{top}/{name}"), planned[name], dated=False)


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "tags/bridges/atom.xml", "tags/bridges/rss.xml"])
def test_nothing_is_new_after_a_move(site: Callable[[str], Site], tmp_path: Path, name: str) -> None:
    """Slug, title, date and domain of an article with an id change: a subscriber sees no new item."""
    made = site("".join(map(article, range(5))))
    made.write("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n")
    (made.root / "content/articles/dot.png").write_bytes(PNG)
    copy = tmp_path / "feed.xml"
    made.build()
    copy.write_bytes((made.root / "site" / name).read_bytes())
    before = items(tmp_path, f"file://{copy}")
    assert len(before) == 5
    text = made.read("content/articles/n02.md")
    for old, new in (("title: ", "slug: elsewhere\ntitle: "), ("(2026)", "(changed)"), ("2025-01-01", "2025-01-03")):
        assert old in text
        text = text.replace(old, new)
    made.write(f"-- content/articles/n02.md --\n{text}")
    made.build("--base-url", "https://moved.example/")
    copy.write_bytes((made.root / "site" / name).read_bytes())
    after = items(tmp_path, f"file://{copy}")
    assert sorted(e.id for e in after) == sorted(e.id for e in before)
    changed = next(e for e in after if e.id == "urn:x:2")
    assert "(changed)" in changed.title
    assert all(e.url.startswith("https://moved.example/") for e in after)
