"""Podcasts that move: the recording that subscribers of the old feed have stays in the new one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from documents import packed
from tagwire.article.recording import TYPES
from tagwire.intake.exports import recordings
from test_export_formats import add, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>V</title><link>https://v.example/</link>
<item><title>Storm</title><guid>ep-1</guid><pubDate>Sat, 02 Mar 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;What the storm left.&lt;/p&gt;</description>
<enclosure url="https://cdn.example/storm.mp3?feed=1&amp;x=2" length=" 24,986,239 " type="audio/mpeg"/>
<media:content url="https://cdn.example/storm.mp3?feed=1&amp;x=2" type="audio/mpeg"/>
<itunes:duration>3723</itunes:duration><itunes:season>2</itunes:season><itunes:episode>7</itunes:episode>
<itunes:explicit>yes</itunes:explicit><itunes:episodeType>bonus</itunes:episodeType></item>
<item><title>Beside</title><guid>ep-2</guid><pubDate>Sat, 02 Mar 2024 11:00:00 GMT</pubDate>
<description>&lt;p&gt;Hear it &lt;a href="/sound/beside.mp3"&gt;here&lt;/a&gt;.&lt;/p&gt;</description>
<enclosure url="/sound/beside.mp3" type="audio/mpeg"/><itunes:duration>27:41</itunes:duration></item>
<item><title>Sizeless</title><guid>ep-3</guid><pubDate>Sat, 02 Mar 2024 12:00:00 GMT</pubDate>
<description>&lt;p&gt;Nobody knows how long.&lt;/p&gt;</description>
<enclosure url="https://cdn.example/a.mp3" type="audio/mpeg"/></item>
<item><title>Two</title><guid>ep-4</guid><pubDate>Sat, 02 Mar 2024 13:00:00 GMT</pubDate>
<description>&lt;p&gt;Twice.&lt;/p&gt;</description><enclosure url="https://cdn.example/no.mp3" type="mp3"/>
<enclosure url="https://cdn.example/b.ogg" length="0" type="AUDIO/OGG; codecs=opus"/>
<enclosure url="https://cdn.example/b.mp4" length="5" type="video/mp4"/></item>
</channel></rss>"""


def enclosures(made: Site, path: str = "site/rss.xml") -> dict[str | None, dict[str, str]]:
    """The enclosure of each item of a feed in RSS, by the item's id."""
    items = ET.fromstring(made.read(path)).iter("item")  # noqa: S314 - it is ours
    found = ((item.findtext("guid"), item.find("enclosure")) for item in items)
    return {guid: dict(each.attrib) for guid, each in found if each is not None}


STORM = {"url": "https://cdn.example/storm.mp3?feed=1&x=2", "length": "24986239", "type": "audio/mpeg"}


@pytest.mark.parametrize("name", ["rss.xml", "feed.zip"])
def test_the_recordings_of_a_podcast_stay_in_its_feed(site: Callable[[str], Site], name: str) -> None:
    """With size, type and what iTunes' elements say; a file that came along is copied; what can't go on is told."""
    made = site("")
    sound = b"ID3" + bytes(100)
    packs = packed({"rss.xml": RSS, "sound/beside.mp3": sound}) if name == "feed.zip" else RSS
    run = add(made, name, packs)
    keys, body = markdown(made, "articles/storm")
    assert keys["enclosure"] == (
        "{url: 'https://cdn.example/storm.mp3?feed=1&x=2', length: 24986239, type: audio/mpeg, duration: '1:02:03', "
        "season: 2, episode: 7, explicit: true, kind: bonus}"
    )
    assert body == "What the storm left.\n\n[storm.mp3](https://cdn.example/storm.mp3?feed=1&x=2)"
    found = enclosures(made)
    assert found["ep-1"] == STORM == enclosures(made, "site/podcast.xml")["ep-1"]
    assert ("ep-3" in found, found["ep-4"]) == (
        False, {"url": "https://cdn.example/b.ogg", "length": "0", "type": "audio/ogg"}
    )  # fmt: skip
    told = [
        "the recording https://cdn.example/a.mp3 in feeds: its size is not stated",
        "the recording https://cdn.example/no.mp3 in feeds: its size is not stated",
        "the size of the recording https://cdn.example/b.ogg, which is not 0 bytes",
        "the recording https://cdn.example/b.mp4 as one of the feed’s: an article has one only",
    ]
    if name == "feed.zip":
        assert made.read("content/articles/beside/beside.mp3").encode() == sound
        assert found["ep-2"] == {
            "url": "https://news.example/articles/beside/beside.mp3", "length": str(len(sound)), "type": "audio/mpeg"
        }  # fmt: skip
    else:
        told.append("the recording https://v.example/sound/beside.mp3 in feeds: its size is not stated")
    assert [line in run.out for line in (f"  not carried over: {each}\n" for each in told)] == [True] * len(told)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ><title>V</title>
<id>urn:x:v</id><updated>2024-03-02T00:00:00Z</updated><entry xml:base="https://cdn.example/"><id>urn:x:1</id><title>Storm</title>
<updated>2024-03-02T00:00:00Z</updated><link href="https://v.example/storm"/>
<link rel="enclosure" href="storm.mp3?feed=1&amp;x=2" length="24986239" type="audio/mpeg"/>
<content type="html">&lt;p&gt;Gone.&lt;/p&gt;</content></entry></feed>"""
NEAREST = ATOM.replace(' xml:base="https://cdn.example/"', "").replace(
    "<link rel", '<link xml:base="//cdn.example/" rel'
)
ATTACHED = {"url": STORM["url"], "mime_type": "audio/mpeg", "size_in_bytes": 24986239, "duration_in_seconds": 3723.5}
ITEM = {"id": "urn:x:1", "title": "Storm", "content_text": "Gone.", "date_published": "2024-03-02T00:00:00Z"}
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "V", "items": [{**ITEM, "attachments": [ATTACHED]}]}
WXR = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><link>https://v.example</link>
<item><title>Storm</title><guid>urn:x:1</guid><content:encoded>Gone.</content:encoded><wp:post_name>storm</wp:post_name>
<wp:post_date>2024-03-02 00:00:00</wp:post_date><wp:post_date_gmt>2024-03-02 00:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value><![CDATA[{STORM["url"]}\r
24986239\r
audio/mpeg\r
a:1:{{s:8:"duration";s:8:"01:02:03";}}]]></wp:meta_value></wp:postmeta></item></channel></rss>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("atom.xml", ATOM), ("nearest.xml", NEAREST), ("feed.json", json.dumps(JSON)), ("wordpress.xml", WXR)],
)
def test_every_format_that_has_recordings_keeps_them(site: Callable[[str], Site], name: str, text: str) -> None:
    """Atom's links, JSON Feed's attachments and what WordPress keeps for its feeds."""
    made = site("")
    run = add(made, name, text)
    assert enclosures(made)["urn:x:1"] == STORM
    assert "not carried over" not in run.out
    assert markdown(made, "articles/storm")[1] == f"Gone.\n\n[storm.mp3]({STORM['url']})"


@pytest.mark.parametrize("ending", sorted(TYPES))
def test_an_ending_alone_is_taken_where_an_article_needs_no_type(ending: str) -> None:
    """Reader and front matter know the same endings."""
    found = recordings.stated(f"https://cdn.example/a.{ending.upper()}?x=1", "", "9")
    assert found
    assert (found.type, found.length) == ("", 9)


@pytest.mark.parametrize(
    ("said", "seconds"), [("1:02:03", 3723), ("62:03", 3723), ("3723.9", 3723), ("an hour", 0), ("1:2:3:4", 0)]
)
def test_a_duration_that_is_none_is_left_out(said: str, seconds: int) -> None:
    """As iTunes writes it."""
    found = recordings.stated("https://cdn.example/a.mp3", "text/html", "many", said)
    assert found
    assert (found.duration, found.type, found.length) == (seconds, "", None)
