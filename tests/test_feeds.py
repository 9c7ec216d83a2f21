"""Feeds as subscribers get them: judged by parsers and schemas that we did not write."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tagwire import feeds
from tagwire.feeds import plainentry, plainhead
from tagwire.model import BodyUse, Category, Entry, Feed, Labels, Media, Note, Person, When

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
DAY = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)

XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff").filter(lambda c: c in "\t\n" or c >= " "),
    max_size=80,
)

SIGNS: st.SearchStrategy[str] = st.lists(
    st.sampled_from(["&", "<", ">", '"', "'", "&lt;", "]]>", "\n", "\t", "\r", "é", "😀", "<title>", " ", "a"])
).map("".join)


def entry(**changes: Any) -> Entry:
    """An entry that has everything, with changes."""
    plain: dict[str, Any] = {
        "id": "urn:uuid:1b0c3a5e-0000-4000-8000-000000000001",
        "url": "https://news.example/articles/one/",
        "title": "One",
        "published": DAY,
        "updated": DAY,
        "summary": "The first.",
        "lang": "en",
        "direction": "ltr",
        "authors": (Person("jane-roe", "Jane Roe", "jane@news.example", "https://jane.example/"),),
        "categories": (Category("iran", "https://news.example/tags/iran/", "Iran"),),
        "media": None,
        "corrections": (),
        "retracted": None,
        "labels": Labels("Retracted", "Correction", "Shortened here for its length.", "The whole article"),
        "content": BodyUse("", ()),
    }
    return Entry(**{**plain, **changes})


def feed(kind: str, *entries: Entry, **changes: Any) -> Feed:
    """A feed of these entries, with changes."""
    plain: dict[str, Any] = {
        "path": f"{kind}.xml",
        "kind": kind,
        "id": "urn:uuid:f0000000-0000-4000-8000-000000000000",
        "title": "The Example",
        "subtitle": "News",
        "home": "https://news.example/",
        "url": f"https://news.example/{kind}.xml",
        "updated": DAY,
        "lang": "en",
        "author": Person("", "The editors"),
        "entries": entries,
        "complete": True,
    }
    return Feed(**{**plain, **changes})


def parsed(data: bytes) -> Any:
    """What feedparser makes of a feed; it must have no complaint."""
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    return found


def assert_valid(data: bytes) -> etree._Element:
    """RFC 4287's schema for Atom; well-formed and in the right order for RSS. Gives the root."""
    root = etree.fromstring(data)
    if root.tag == f"{ATOM}feed":
        assert SCHEMA.validate(root), SCHEMA.error_log
        for item in root.iter(f"{ATOM}entry"):
            assert item.find(f"{ATOM}author") is not None or root.find(f"{ATOM}author") is not None
            assert item.find(f"{ATOM}link[@rel='alternate']") is not None
    return root


ENTRIES = st.builds(
    entry,
    id=st.sampled_from(["urn:x:1", "tag:a.example,2026:b&c"]),
    title=SIGNS.filter(str.strip),
    summary=SIGNS,
    lang=st.sampled_from(["en", "he"]),
    published=st.datetimes(
        dt.datetime(1970, 1, 1),  # noqa: DTZ001 - of any zone
        timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=3))]),
    ),
    url=st.sampled_from(["https://x.example/?a=1&b='\"'", "https://x.example/é"]),
    authors=st.lists(st.builds(Person, st.just("a"), SIGNS, st.sampled_from(["", "a@b.example"])), max_size=2).map(
        tuple
    ),
    categories=st.lists(
        st.builds(Category, SIGNS.filter(str.strip), st.just("https://x.example/"), SIGNS), max_size=2
    ).map(tuple),
    series=st.none() | st.builds(Category, st.just("s"), st.just("https://x.example/s/"), SIGNS),
    media=st.none() | st.builds(Media, st.sampled_from(["https://cdn.example/a.png?a=1&b", ""]), SIGNS, st.just(5)),
)


URLS = st.sampled_from(["", "https://x.example/?a=1&b='\"'", "https://x.example/é.png", "https://x.example/\n", "\t"])

HEADS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["", "urn:x:1", "tag:a.example,2026:b&c"]),
        "title": SIGNS | st.just("a\x01"),
        "subtitle": SIGNS | st.just("\ud800"),
        "home": URLS,
        "url": URLS,
        "updated": st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-3, minutes=-30))])),
        "lang": st.sampled_from(["", "en", "he"]),
        "author": st.builds(Person, st.just("a"), SIGNS, st.sampled_from(["", "a@b.example"]), URLS),
        "complete": st.booleans(),
        "previous": URLS,
        "current": URLS,
        "icon": URLS,
        "logo": URLS,
        "hub": URLS,
        "copyright": SIGNS,
        "ttl": st.sampled_from([0, 60]),
    },
)


def rendered(made: Feed) -> bytes | str:
    """The file, or why there is none."""
    try:
        return feeds.render(made, ("<p>a</p>",) * len(made.entries))
    except ValueError as error:  # feedgen's and lxml's
        return str(error)


@pytest.mark.parametrize("kind", ["atom", "rss"])
class TestBothFormats:
    """What holds for RSS and Atom alike."""

    def test_an_entry_arrives_whole(self, kind: str) -> None:
        """Id, link, title, dates, summary, full text, author and category come out as they went in."""
        data = feeds.render(feed(kind, entry()), ("<p>Full <a href='https://x.example/'>text</a></p>",))
        assert_valid(data)
        (found,) = parsed(data).entries
        assert found.id == "urn:uuid:1b0c3a5e-0000-4000-8000-000000000001"
        assert found.link == "https://news.example/articles/one/"
        assert found.title == "One"
        assert found.published_parsed[:5] == (2026, 3, 1, 9, 30)
        assert found.summary == "The first."
        assert found.content[0].value == "<p>Full <a href='https://x.example/'>text</a></p>"
        assert found.author_detail.name == "Jane Roe"
        label = found.tags[0].label or found.tags[0].term
        assert (label, found.tags[0].scheme) == ("Iran", "https://news.example/tags/iran/")

    def test_the_feed_says_what_it_is(self, kind: str) -> None:
        """Title, home page, self link, language and date are the feed's own."""
        data = feeds.render(feed(kind, entry(), title="Iran · The Example", lang="he"), ("",))
        found = parsed(data).feed
        assert (found.title, found.link, found.language) == ("Iran · The Example", "https://news.example/", "he")
        links = {(link.rel, link.href) for link in found.links}
        assert ("self", f"https://news.example/{kind}.xml") in links
        assert found.updated_parsed[:5] == (2026, 3, 1, 9, 30)

    def test_an_empty_feed_is_valid(self, kind: str) -> None:
        """A site without articles has feeds too."""
        data = feeds.render(feed(kind), ())
        assert_valid(data)
        assert parsed(data).entries == []

    def test_the_order_is_ours(self, kind: str) -> None:
        """Entries stand as the plan has them: feedgen would turn them round."""
        entries = [entry(id=f"urn:x:{n}") for n in range(5)]
        data = feeds.render(feed(kind, *entries), ("",) * 5)
        assert [found.id for found in parsed(data).entries] == [f"urn:x:{n}" for n in range(5)]

    def test_the_same_feed_is_the_same_bytes(self, kind: str) -> None:
        """No clock, no generator version, no order of sets."""
        one, two = (feeds.render(feed(kind, entry()), ("<p>x</p>",)) for _ in range(2))
        assert one == two

    def test_an_entry_without_summary_has_its_text_as_content(self, kind: str) -> None:
        """feedgen would put the full text into RSS's description, which is there, since W3C asks for it, and empty."""
        data = feeds.render(feed(kind, entry(summary="")), ("<p>Text</p>",))
        root = assert_valid(data)
        assert not root.findtext(".//item/description")
        assert parsed(data).entries[0].content[0].value == "<p>Text</p>"

    def test_an_author_without_email_stays(self, kind: str) -> None:
        """feedgen drops such authors from RSS."""
        data = feeds.render(feed(kind, entry(authors=(Person("x", "Li Wei"), Person("y", "Ann")))), ("",))
        assert_valid(data)
        assert [author.name for author in parsed(data).entries[0].authors] == ["Li Wei", "Ann"]

    def test_a_picture_of_ours_is_an_enclosure(self, kind: str) -> None:
        """With type and true length, and it does not take the place of the entry's link."""
        media = Media("https://news.example/a.png", "image/png", 321)
        data = feeds.render(feed(kind, entry(media=media)), ("",))
        assert_valid(data)
        (found,) = parsed(data).entries
        assert [(e.href, e.type, e.length) for e in found.enclosures] == [(media.url, "image/png", "321")]
        assert found.link == "https://news.example/articles/one/"
        assert found.media_content[0]["url"] == media.url

    def test_a_remote_picture_is_no_enclosure(self, kind: str) -> None:
        """Its length is unknown, and RSS demands one."""
        data = feeds.render(feed(kind, entry(media=Media("https://cdn.example/a.png", "image/png", None))), ("",))
        (found,) = parsed(data).entries
        assert (found.get("enclosures", []), found.media_content[0]["url"]) == ([], "https://cdn.example/a.png")

    def test_a_complete_feed_says_so(self, kind: str) -> None:
        """RFC 5005 section 2, only where every entry stands in it."""
        element = "{http://purl.org/syndication/history/1.0}complete"
        whole = etree.fromstring(feeds.render(feed(kind, entry()), ("",)))
        part = etree.fromstring(feeds.render(feed(kind, entry(), complete=False), ("",)))
        assert (whole.find(f".//{element}") is None, part.find(f".//{element}") is None) == (False, True)

    def test_icon_logo_hub_and_copyright_are_shown(self, kind: str) -> None:
        """An RSS image has the channel's own title and link."""
        extras = {"logo": "https://news.example/l.png", "icon": "https://news.example/i.png"}
        data = feeds.render(feed(kind, entry(), hub="https://hub.example/", copyright="© X", **extras), ("",))
        root = assert_valid(data)
        found = parsed(data).feed
        assert found.rights == "© X"
        assert ("hub", "https://hub.example/") in {(link.rel, link.href) for link in found.links}
        if kind == "rss":
            image = {child.tag: child.text for child in root.iterfind("channel/image/*")}
            assert image == {"url": extras["logo"], "title": "The Example", "link": "https://news.example/"}
        else:
            assert (found.logo, found.icon) == (extras["logo"], extras["icon"])

    def test_an_entry_says_its_own_language(self, kind: str) -> None:
        """By `xml:lang` in Atom, by `dc:language` in RSS; only where it isn't the feed's."""
        data = feeds.render(feed(kind, entry(), entry(id="urn:x:2", lang="he", direction="rtl")), ("", ""))
        root = assert_valid(data)
        found = [
            {
                each.get("{http://www.w3.org/XML/1998/namespace}lang"),
                each.findtext("{http://purl.org/dc/elements/1.1/}language"),
            }
            for each in (*root.iter("item"), *root.iter(f"{ATOM}entry"))
        ]
        assert found == [{None}, {None, "he"}]

    def test_an_entry_leads_to_its_series(self, kind: str) -> None:
        """A link with the title of the series, which takes nothing from the link to the article."""
        series = Category("cyber-war", "https://news.example/series/cyber-war/", "Cyber & war")
        data = feeds.render(feed(kind, entry(series=series)), ("",))
        assert_valid(data)
        (found,) = parsed(data).entries
        assert found.link == "https://news.example/articles/one/"
        (link,) = [each for each in found.links if each.rel == "up"]
        assert (link.href, link.title, link.type) == (series.scheme, series.label, "text/html")

    def test_corrections_and_retractions_reach_subscribers(self, kind: str) -> None:
        """A correction stands below the text; a retracted text is gone and the reason stands in its place."""
        day = When(DAY, timed=False)
        entries = (entry(corrections=(Note(day, "Not 3 < 2."),)), entry(id="urn:x:2", retracted=Note(day, "Made up.")))
        one, two = parsed(feeds.render(feed(kind, *entries), ("<p>A</p>", "<p>B</p>"))).entries
        assert one.content[0].value == "<p>A</p><p><em>Correction, 2026-03-01: Not 3 &lt; 2.</em></p>"
        assert two.content[0].value == "<p><strong>Retracted, 2026-03-01.</strong> Made up.</p>"

    def test_an_enormous_entry_is_shortened_and_says_so(self, kind: str) -> None:
        """At the end of a block, with open elements closed and a link to the whole."""
        body = "<section>" + "<p>A paragraph of text.</p>" * 60_000 + "</section>"
        data = feeds.render(feed(kind, entry()), (body,))
        text = parsed(data).entries[0].content[0].value
        assert len(text.encode()) < 910_000
        ending = text.rpartition("</section>")[2]
        assert ending.startswith("<p><em>Shortened here")
        assert '<a href="https://news.example/articles/one/">' in ending

    @settings(max_examples=60, deadline=None)
    @given(
        title=XML_TEXT.filter(str.strip), tag=XML_TEXT.filter(str.strip), body=XML_TEXT, name=XML_TEXT.filter(str.strip)
    )
    def test_any_text_survives(self, kind: str, title: str, tag: str, body: str, name: str) -> None:
        """Whatever XML can carry, in title, tag, author and content."""
        made = entry(
            title=title,
            summary=title,
            authors=(Person("a", name),),
            categories=(Category("t", "https://x.example/", tag),),
        )
        root = assert_valid(feeds.render(feed(kind, made, title=title), (body,)))
        texts = {element.text for element in root.iter() if isinstance(element.tag, str)}
        labels = {element.get("label") for element in root.iter(f"{ATOM}category")}
        assert {title, name} <= texts
        assert tag.replace("\n", " ").replace("\t", " ") in {
            *(str(t).replace("\n", " ").replace("\t", " ") for t in texts | labels)
        }
        assert body in texts or body == ""

    @settings(max_examples=150, deadline=None)
    @given(st.lists(ENTRIES, max_size=3), XML_TEXT | SIGNS)
    def test_a_plain_entry_is_what_feedgen_writes(self, kind: str, entries: list[Entry], body: str) -> None:
        """Byte for byte, whatever an entry has and hasn't."""
        made, texts = feed(kind, *entries), (body,) * len(entries)
        with pytest.MonkeyPatch.context() as patch:
            found = feeds.render(made, texts)
            patch.setattr(plainentry, "entries", lambda *_: None)
            assert found == feeds.render(made, texts)

    @settings(max_examples=150, deadline=None)
    @given(HEADS)
    def test_a_plain_head_is_what_feedgen_writes(self, kind: str, head: dict[str, Any]) -> None:
        """Byte for byte, whatever a feed says of itself; and what feedgen refuses is refused."""
        made = feed(kind, entry(), **head)
        with pytest.MonkeyPatch.context() as patch:
            found = rendered(made)
            patch.setattr(plainhead, "render", lambda *_: None)
            assert found == rendered(made)

    def test_usual_feeds_take_no_feedgen(self, kind: str) -> None:
        """Else the shorter way would be there for nothing."""
        assert plainhead.render(feed(kind, entry()), ("<p>a</p>",))
        assert plainhead.render(feed(kind, entry(), title="a\x01"), ("<p>a</p>",)) is None
        assert plainhead.render(feed(kind, entry(), home="https://a.example/\n"), ("<p>a</p>",)) is None

    def test_usual_entries_take_no_feedgen(self, kind: str) -> None:
        """Else the shorter way would be there for nothing."""
        pictured = entry(media=Media("https://cdn.example/a.png", "image/png", 5), lang="he")
        assert plainentry.entries(feed(kind, entry(), pictured), ("<p>a</p>",) * 2)

    def test_a_picture_of_the_site_is_an_enclosure_in_a_plain_entry_too(
        self, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It has a length; one elsewhere has none, and is `media:content` alone."""
        here, there = (Media("https://cdn.example/a.png?a=1&b", "image/png", length) for length in (5, None))
        made = feed(kind, entry(media=here), entry(id="urn:x:2", media=there))
        found = feeds.render(made, ("<p>a</p>",) * 2)
        monkeypatch.setattr(plainentry, "entries", lambda *_: None)
        assert found == feeds.render(made, ("<p>a</p>",) * 2)
        assert found.count(b'length="5"') == 1

    def test_what_xml_cant_carry_is_feedgens_to_refuse(self, kind: str) -> None:
        """It raises; nothing must come out of it in silence."""
        assert plainentry.entries(feed(kind, entry(summary="a\x01")), ("<p>a</p>",)) is None
        assert plainentry.entries(feed(kind, entry(id="")), ("<p>a</p>",)) is None


SOUND = """
-- content/articles/a.md --
---
title: A
published: 2026-01-01
image: a.png
enclosure: {url: a.mp3, duration: "1:02:03", episode: 7}
---
Listen.
-- content/articles/a.mp3 --
not really a sound
-- content/articles/a.png --
not really a picture
"""


def test_a_recording_comes_with_its_entry(site: Callable[[str], Site]) -> None:
    """One enclosure, with true length and type; the picture stays as media. JSON has both."""
    made = site(SOUND)
    made.build()
    for path in ("atom.xml", "rss.xml"):
        (found,) = entries(made, path)
        (enclosure,) = found.enclosures
        assert enclosure.href == "https://news.example/articles/a.mp3"
        assert (enclosure.type, enclosure.length) == ("audio/mpeg", "19")
        assert found.media_thumbnail[0]["url"] == "https://news.example/articles/a.png"
    (item,) = json.loads(made.read("site/feed.json"))["items"]
    assert [(each["mime_type"], each.get("duration_in_seconds")) for each in item["attachments"]] == [
        ("audio/mpeg", 3723), ("image/png", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("enclosure: b.mp3", "a.md:5:1: error[enclosure-missing]: no recording at `b.mp3`"),
        ("enclosure: https://cdn.example/b.mp3", "error[enclosure-incomplete]: `enclosure` is elsewhere and has no"),
        ("enclosure: {url: a.mp3, length: many}", 'error[value-not-number]: `length` is not a whole number: "many"'),
        ("enclosure: {url: a.mp3, duration: long}", "error[value-not-number]: `duration` is not a length of time"),
        ("enclosure: a.xyz", "error[enclosure-incomplete]: `enclosure` has no `type`"),
        ("enclosure: {url: a.mp3, type: sound}", "error[enclosure-incomplete]: `type` is no media type"),
    ],
)
def test_a_recording_that_no_app_could_play_is_told(site: Callable[[str], Site], line: str, expected: str) -> None:
    """With its line."""
    made = site(SOUND.replace('enclosure: {url: a.mp3, duration: "1:02:03", episode: 7}', line))
    run = made.run("build")
    assert run.code == 1
    assert expected in run.err


def test_a_feed_says_how_often_to_ask() -> None:
    """In RSS alone: Atom has no such element."""
    root = etree.fromstring(feeds.render(feed("rss", entry(), ttl=60), ("",)))
    assert root.findtext("channel/ttl") == "60"
    assert b"ttl" not in feeds.render(feed("atom", entry(), ttl=60), ("",))


def test_markup_in_an_rss_title_is_shown_as_text() -> None:
    """RSS Advisory Board profile: `&#x3C;` is read as text by readers that take `&lt;` for a tag."""
    data = feeds.render(feed("rss", entry(title="<b> & </b>")), ("",))
    assert b"<title>&#x3C;b&#x3E; &#x26; &#x3C;/b&#x3E;</title>" in data


def test_a_summary_with_markup_is_text_in_rss_too() -> None:
    """An item's description is HTML in RSS: a plain text stands escaped in them. Atom says itself that it is text."""
    made = entry(summary="The <summary> & <b>more</b>")
    root = etree.fromstring(feeds.render(feed("rss", made), ("",)))
    assert root.findtext(".//item/description") == "The &lt;summary&gt; &amp; &lt;b&gt;more&lt;/b&gt;"
    atom = etree.fromstring(feeds.render(feed("atom", made), ("",)))
    assert atom.findtext(f"{ATOM}entry/{ATOM}summary") == "The <summary> & <b>more</b>"


def test_an_rss_guid_is_no_address() -> None:
    """`isPermaLink` is true by default, and an id is never to be opened."""
    root = etree.fromstring(feeds.render(feed("rss", entry()), ("",)))
    assert [dict(guid.attrib) for guid in root.iter("guid")] == [{"isPermaLink": "false"}]


def test_an_article_without_text_is_an_item_with_an_empty_one() -> None:
    """JSON Feed 1.1 demands a content; `tagwire new` and a build make such an article."""
    document = json.loads(feeds.render(feed("json", entry(summary="")), ("",)))
    assert not document["items"][0]["content_html"]


def test_a_json_feed_says_the_same() -> None:
    """JSON Feed 1.1: plain titles, no key without a value, an attachment only where its size is known."""
    media = Media("https://news.example/a.png", "image/png", 321)
    made = feed("json", entry(title="<b> & “x”", media=media, summary=""), url="https://news.example/feed.json")
    document = json.loads(feeds.render(made, ("<p>Text</p>",)))
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example",
        "home_page_url": "https://news.example/",
        "feed_url": "https://news.example/feed.json",
        "description": "News",
        "authors": [{"name": "The editors"}],
        "language": "en",
        "items": [
            {
                "id": "urn:uuid:1b0c3a5e-0000-4000-8000-000000000001",
                "url": "https://news.example/articles/one/",
                "title": "<b> & “x”",
                "content_html": "<p>Text</p>",
                "image": "https://news.example/a.png",
                "date_published": "2026-03-01T09:30:00+00:00",
                "date_modified": "2026-03-01T09:30:00+00:00",
                "authors": [{"name": "Jane Roe", "url": "https://jane.example/"}],
                "tags": ["Iran"],
                "language": "en",
                "attachments": [{"url": "https://news.example/a.png", "mime_type": "image/png", "size_in_bytes": 321}],
            }
        ],
    }


# ------------------------------------------------------------------ feeds of a whole site

NEWS = """
-- content/articles/one.md --
---
id: urn:x:one
title: One & only
published: 2026-03-01
tags: [Iran, "Cyber Attacks"]
authors: [Jane Roe]
image: one.png
---
See [two](two.md#part), [the tag](/tags/iran/), [up](../two/), [here](#note) and ![a picture](one.png "t").
-- content/articles/one.png --
not really a picture
-- content/articles/two.md --
---
id: urn:x:two
title: Two
published: 2026-03-02T10:00:00+02:00
tags: [iran, cyber-attacks, opinion]
---
## Part

Text with a footnote.[^1]

[^1]: The note.
-- content/articles/hidden.md --
---
id: urn:x:hidden
title: Hidden
published: 2026-03-03
tags: [secret]
feed: false
---
Not in feeds.
"""


def entries(site: Site, path: str) -> list[Any]:
    """The entries of a built feed."""
    data = (site.root / "site" / path).read_bytes()
    assert_valid(data)
    return list(parsed(data).entries)


def test_tags_are_one_whatever_their_spelling(site: Callable[[str], Site]) -> None:
    """`Cyber Attacks` and `cyber-attacks` share a page and a feed, under the first name by date."""
    made = site(NEWS)
    made.build()
    assert [e.id for e in entries(made, "tags/cyber-attacks/atom.xml")] == ["urn:x:two", "urn:x:one"]
    assert (
        parsed((made.root / "site/tags/cyber-attacks/rss.xml").read_bytes()).feed.title == "Cyber Attacks · The Example"
    )


def test_the_same_article_is_the_same_entry_in_every_feed(site: Callable[[str], Site]) -> None:
    """Same id, title and content in the site's, a tag's and an author's feed, in both formats."""
    made = site(NEWS)
    made.build()
    paths = [f"{folder}{kind}.xml" for folder in ("", "tags/iran/", "authors/jane-roe/") for kind in ("atom", "rss")]
    found = [next(e for e in entries(made, path) if e.id == "urn:x:one") for path in paths]
    assert {(e.title, e.content[0].value, e.link) for e in found} == {
        (found[0].title, found[0].content[0].value, found[0].link)
    }


def test_every_url_in_a_feed_is_absolute(site: Callable[[str], Site]) -> None:
    """Links between articles, root-relative and relative ones, anchors of the page, pictures."""
    made = site(NEWS)
    made.build()
    one = next(e for e in entries(made, "atom.xml") if e.id == "urn:x:one")
    base = "https://news.example"
    assert re.findall(r'(?:href|src)="([^"]*)"', one.content[0].value) == [
        f"{base}/articles/two/#part",
        f"{base}/tags/iran/",
        f"{base}/articles/two/",
        f"{base}/articles/one/#note",
        f"{base}/articles/one.png",
    ]


def test_no_feed_is_announced_that_does_not_exist(site: Callable[[str], Site]) -> None:
    """The page of a topic without feeds announces the site's alone."""
    made = site(NEWS)
    made.build()
    page = made.read("site/tags/secret/index.html")
    assert "secret · The Example" not in page.replace("<title>secret · The Example", "")
    assert 'href="../../atom.xml"' in page


def test_an_id_of_another_tool_is_taken_as_it_is(site: Callable[[str], Site]) -> None:
    """Ghost's and WordPress's ids are no URIs; changing one would double the entry for every subscriber."""
    made = site("-- content/articles/a.markdown --\n---\ntitle: A\ndate: 2026-01-01\nguid: 4711\n---\nx\n")
    made.build()
    assert [entries(made, path)[0].id for path in ("atom.xml", "rss.xml")] == ["4711", "4711"]


def test_a_text_from_right_to_left_says_so(site: Callable[[str], Site]) -> None:
    """Readers that know no `xml:lang` would set it the wrong way."""
    made = site("-- content/articles/a.md --\n---\ntitle: שלום\ndate: 2026-01-01\nlang: he\n---\nשלום עולם.\n")
    made.build()
    (found,) = entries(made, "rss.xml")
    assert found.content[0].value == '<div dir="rtl" lang="he"><p>שלום עולם.</p></div>'


def test_feed_false_keeps_an_article_out_of_every_feed(site: Callable[[str], Site]) -> None:
    """Its page stays; a topic that has nothing else gets no feed."""
    made = site(NEWS)
    made.build()
    outputs = made.outputs()
    assert all(b"urn:x:hidden" not in data for path, data in outputs.items() if path.endswith(".xml"))
    assert ("articles/hidden/index.html" in outputs, "tags/secret/atom.xml" in outputs) == (True, False)


def test_a_correction_of_an_old_article_comes_into_the_feed_again(site: Callable[[str], Site]) -> None:
    """Feed rule 3: entries updated after the oldest regular one was published are kept, in order of publication."""
    old = "-- content/articles/old.md --\n---\nid: urn:x:old\ntitle: Old\npublished: 2020-01-01\n%stags: [t]\n---\nX\n"
    many = "".join(
        f"-- content/articles/n{n}.md --\n---\nid: urn:x:{n}\ntitle: N{n}\npublished: 2026-01-{n:02}\ntags: [t]\n"
        "---\nText.\n"
        for n in range(1, 23)
    )
    made = site(many + old % "")
    made.build(now="2026-06-01T00:00:00Z")
    before = [e.id for e in entries(made, "tags/t/atom.xml")]
    made.write(old % "corrections: [{date: 2026-02-01, note: Mended.}]\n")
    made.build(now="2026-06-01T00:00:00Z")
    after = [e.id for e in entries(made, "tags/t/atom.xml")]
    assert before == [f"urn:x:{n}" for n in range(22, 2, -1)]
    assert after == [*before, "urn:x:old"]


def test_twenty_articles_of_one_day_have_twenty_updates(site: Callable[[str], Site]) -> None:
    """W3C's DuplicateUpdated: a day stands for midnight, a fraction of a second keeps them apart."""
    made = site(
        "".join(f"-- content/articles/n{n}.md --\n---\ntitle: N{n}\npublished: 2026-01-05\n---\nx\n" for n in range(20))
    )
    made.build(now="2026-06-01T00:00:00Z")
    root = etree.fromstring((made.root / "site/atom.xml").read_bytes())
    updates = {element.text or "" for element in root.iterfind(f"{ATOM}entry/{ATOM}updated")}
    assert (len(updates), root.findtext(f"{ATOM}updated")) == (20, max(updates))


def test_a_heavy_feed_leaves_its_oldest_entries_out(site: Callable[[str], Site]) -> None:
    """Under 1 MB: whole entries go before one is shortened."""
    text = "A sentence of some length that fills the page. " * 5000
    made = site(
        "".join(
            f"-- content/articles/n{n}.md --\n---\ntitle: N{n}\npublished: 2026-01-{n:02}\n---\n{text}\n"
            for n in range(1, 8)
        )
    )
    made.build(now="2026-06-01T00:00:00Z")
    data = (made.root / "site/atom.xml").read_bytes()
    assert len(data) < 1_000_000
    assert [e.title for e in parsed(data).entries] == ["N7", "N6", "N5"]


def test_no_feed_is_over_a_megabyte(site: Callable[[str], Site]) -> None:
    """Though `<` takes four bytes in XML, links are absolute, and titles and summaries are long."""
    title, item = "&" * 900, "- *a* **b** [c](/d) `e`\n"
    made = site(
        "".join(
            f"-- content/articles/n{n}.md --\n---\ntitle: '{n} {title}'\nsummary: '{'<' * 4000}'\n"
            f"published: 2026-01-{n:02}\ntags: [t]\n---\n{item * 700}\n"
            for n in range(1, 29)
        )
    )
    made.build(now="2026-06-01T00:00:00Z")
    for path in ("atom.xml", "rss.xml", "feed.json", "tags/t/rss.xml"):
        data = (made.root / "site" / path).read_bytes()
        assert 700_000 < len(data) < 1_000_000 or path == "feed.json"
        assert len(data) < 1_000_000


def test_a_paragraph_of_five_megabytes_is_cut_between_two_words() -> None:
    """Where no block ends in time."""
    for body in ("<p>" + "wordy &amp; " * 500_000 + "</p>", "<p>" + "長" * 1_700_000 + "</p>"):
        data = feeds.render(feed("rss", entry()), (body,))
        assert len(data) < 1_000_000
        text = parsed(data).entries[0].content[0].value
        assert re.search(r"(?:wordy|&amp;|長)</p><p><em>Shortened", text)
        assert len(text.encode()) > 600_000


def test_a_draft_a_future_and_an_expired_article_never_leak(site: Callable[[str], Site]) -> None:
    """Not into pages, lists, feeds, sitemap or neighbours."""
    made = site(
        NEWS
        + "-- content/articles/d.md --\n---\ntitle: SECRET\npublished: 2026-01-01\ndraft: true\n---\nx\n"
        + "-- content/articles/f.md --\n---\ntitle: SECRET\npublished: 2027-01-01\n---\nx\n"
        + "-- content/articles/e.md --\n---\ntitle: SECRET\npublished: 2026-01-01\nexpires: 2026-02-01\n---\nx\n"
    )
    made.build(now="2026-06-01T00:00:00Z")
    leaks = [path for path, data in made.outputs().items() if b"SECRET" in data or "/d/" in path or "/f/" in path]
    assert leaks == []


VIEWS = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/"

[views.cyber-news]
title = "Cyber, no opinion"
all = ["Iran", "cyber-attacks"]
none = ["opinion"]

[views.by-jane]
any = ["iran", "irak"]
authors = ["Jane Roe"]
"""


def test_a_view_selects_by_tags_and_authors(site: Callable[[str], Site]) -> None:
    """All of, any of, none of; it has a page, feeds and a place in the index of views."""
    made = site(VIEWS + NEWS)
    run = made.build()
    assert [e.id for e in entries(made, "views/cyber-news/atom.xml")] == ["urn:x:one"]
    assert [e.id for e in entries(made, "views/by-jane/rss.xml")] == ["urn:x:one"]
    feed = parsed((made.root / "site/views/cyber-news/atom.xml").read_bytes()).feed
    assert feed.title == "Cyber, no opinion · The Example"
    assert "Cyber, no opinion" in made.read("site/views/index.html")
    assert (
        "tagwire.toml: warning[view-tag-unknown]: the view `by-jane` names a tag that no article has: `irak`" in run.err
    )
    assert "did you mean `iran`?" in run.err


def test_json_feed_names_language_and_series() -> None:
    """The language of each item; the series in an extension, whose name begins with an underscore."""
    series = Category("cyber-war", "https://news.example/series/cyber-war/", "Cyber & war")
    (item,) = json.loads(feeds.render(feed("json", entry(series=series, lang="he")), ("",)))["items"]
    assert item["language"] == "he"
    assert item["_series"] == {"title": "Cyber & war", "url": series.scheme}


SETTINGS = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/"
ttl = 90
icon = "/icon.png"
logo = "/logo.png"
copyright = "© The Example"
hub = "https://hub.example/"
-- content/static/icon.png --
PNG
-- content/static/logo.png --
PNG
-- content/articles/a.md --
---
title: A
published: 2026-01-01
lang: he
series: Cyber war
---
Text
"""


def test_settings_of_the_site_reach_every_format(site: Callable[[str], Site]) -> None:
    """`ttl` is RSS alone; JSON Feed has no place for `copyright`. Languages and series of entries are there too."""
    made = site(SETTINGS)
    made.build()
    icon, logo = "https://news.example/icon.png", "https://news.example/logo.png"
    told = json.loads(made.read("site/feed.json"))
    assert (told["icon"], told["favicon"], told["hubs"][0]["url"]) == (logo, icon, "https://hub.example/")
    assert (told["items"][0]["language"], told["items"][0]["_series"]["title"]) == ("he", "Cyber war")
    for name in ("atom.xml", "rss.xml", "series/cyber-war/rss.xml"):
        text = made.read(f"site/{name}")
        assert all(piece in text for piece in (logo, "© The Example", "https://hub.example/", "Cyber war"))
        assert ("<ttl>90</ttl>" in text) == name.endswith("rss.xml")
        assert ('xml:lang="he"' in text) != ("<dc:language>he</dc:language>" in text)
    assert f"<icon>{icon}</icon>" in made.read("site/atom.xml")
    assert made.run("check", "--strict", str(made.root / "site")).code == 0
