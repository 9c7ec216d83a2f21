"""Feeds as they are in the wild: addresses relative to three places, podcasts, cut texts, what plugins add."""

# ruff: noqa: E501 - a source is a text, broken where it means something

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from documents import packed
from test_export_formats import add, feed_ids, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ATOM = """<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns="http://www.w3.org/1999/xhtml"
 xml:base="https://v.example/" xml:lang="en"><a:title>V</a:title><a:id>urn:x:y</a:id>
<a:author><a:name>Feed Author</a:name></a:author><a:updated>2024-03-02T00:00:00Z</a:updated>
<a:entry xml:base="/2024/" xml:lang="de"><a:id>tag:v.example,2024:1</a:id>
<a:title type="xhtml"><div>Das <em>Wehr</em> &amp; mehr</div></a:title><a:link href="wehr"/>
<a:link rel="enclosure" href="ton.mp3" type="audio/mpeg"/><a:published>2024-03-01T10:30:00.123+02:00</a:published>
<a:updated>2024-03-02T10:30:00+02:00</a:updated><a:category term="water" label="Wasser"/>
<a:contributor><a:name>Bo</a:name></a:contributor><a:summary type="html">&lt;p&gt;Kurz &amp;amp; gut.&lt;/p&gt;</a:summary>
<a:content type="xhtml" xml:base="sub/"><div><p>Das Wehr ist <a href="offen">offen</a>.</p><img src="b.png" alt="B"/>
<pre>a
 b</pre></div></a:content></a:entry>
<a:entry><a:id>tag:v.example,2024:3</a:id><a:title>Elsewhere</a:title><a:updated>2024-03-01T09:00:00Z</a:updated>
<a:content src="https://v.example/far.html" type="text/html"/><a:summary>It lies elsewhere.</a:summary></a:entry>
<a:entry><a:id>tag:v.example,2024:4</a:id><a:title>Packed</a:title><a:updated>2024-03-01T09:00:00Z</a:updated>
<a:content type="image/png">iVBORw0KGgo=</a:content></a:entry></a:feed>"""


def test_atom_with_a_base_at_every_level(site: Callable[[str], Site]) -> None:
    """Of the feed, the entry and the content; the feed's author is that of its entries; what lies elsewhere is told."""
    made = site("")
    run = add(made, "atom.xml", ATOM)
    keys, body = markdown(made, "articles/wehr")
    assert keys == {
        "id": "'tag:v.example,2024:1'",
        "title": "'Das Wehr & mehr'",
        "published": "2024-03-01T10:30:00+02:00",
        "updated": "2024-03-02T10:30:00+02:00",
        "authors": "[Feed Author]",
        "tags": "[Wasser]",
        "summary": "'Kurz & gut.'",
        "lang": "de",
        "aliases": "['/2024/wehr']",
    }
    assert body == (
        "Das Wehr ist [offen](https://v.example/2024/sub/offen).\n\n![B](https://v.example/2024/sub/b.png)\n\n"
        "```\na\n b\n```\n\n[ton.mp3](https://v.example/2024/ton.mp3)"
    )
    assert feed_ids(made) == ["tag:v.example,2024:1", "tag:v.example,2024:3", "tag:v.example,2024:4"]
    for told in (
        "the contributor Bo",
        "its text, which lies at https://v.example/far.html",
        "its content, which is image/png",
    ):
        assert f"  not carried over: {told}\n" in run.out


NESTED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/"><title>V</title>
<id>urn:x:v</id><link rel="self" href="https://v.example/feed.atom"/><updated>2024-03-02T00:00:00Z</updated>
<entry><id>urn:x:1</id><title>Dams</title><updated>2024-03-02T00:00:00Z</updated><link href="2024/dams"/>
<summary xml:base="https://no.example/">Short.</summary>
<content type="html">&lt;p&gt;See &lt;a href="map"&gt;it&lt;/a&gt;, &lt;a href="#n"&gt;n&lt;/a&gt;.&lt;/p&gt;</content></entry>
<entry xml:base="2024/"><id>urn:x:2</id><title>Weirs</title><updated>2024-03-01T00:00:00Z</updated>
<link xml:base="x/" href="weirs"/><link rel="enclosure" xml:base="https://cdn.example/a/" href="w.pdf"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="texts/"><p>See <a href="a">a</a> and
<span xml:base="//o.example/in/"><a href="b">b</a></span>, <img src="/c.png" alt="C"/>.</p></div></content></entry></feed>"""


def test_addresses_are_relative_to_what_is_stated_nearest(site: Callable[[str], Site]) -> None:
    """By the feed though entries have pages, which is relative itself; at a link; and at elements within the text."""
    made = site("")
    add(made, "feed.atom", NESTED)
    said, body = markdown(made, "articles/dams")
    assert (said["aliases"], body) == ("['/blog/2024/dams']", "See [it](https://v.example/blog/map), n.")
    said, body = markdown(made, "articles/weirs")
    assert said["aliases"] == "['/blog/2024/x/weirs']"
    assert body == (
        "See [a](https://v.example/blog/2024/texts/a) and [b](https://o.example/in/b), "
        "![C](https://v.example/c.png).\n\n[w.pdf](https://cdn.example/a/w.pdf)"
    )


ATTACHED = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>V</title><link>https://v.example/</link>
<item><title>Papers</title><guid>urn:x:1</guid><description>&lt;p&gt;Read &lt;a href="/in.pdf"&gt;it&lt;/a&gt;.&lt;/p&gt;</description>
<enclosure url="/in.pdf" type="application/pdf" length="9"/><enclosure url="/r%C3%A9sum%C3%A9.pdf?v=1&amp;w=2" type="application/pdf"/>
<enclosure url="https://v.example/a.epub" type="application/epub+zip"/><enclosure url="/one.jpg" type="image/jpeg"/>
<enclosure url="/two.jpg" type="image/jpeg"/><media:content url="/one-small.jpg" medium="image"/></item></channel></rss>"""


def test_whatever_is_attached_is_linked_below_the_text(site: Callable[[str], Site]) -> None:
    """Papers, books, further pictures: once each, and not where the text has them; what came along is taken."""
    made = site("")
    run = add(made, "feed.zip", packed({"rss.xml": ATTACHED, "files/a.epub": b"PK"}))
    said, body = markdown(made, "articles/papers")
    assert said["image"] == "https://v.example/one.jpg"
    assert body == (
        "Read [it](https://v.example/in.pdf).\n\n[résumé.pdf](https://v.example/r%C3%A9sum%C3%A9.pdf?v=1&w=2)\n\n"
        "[a.epub](papers/a.epub)\n\n[two.jpg](https://v.example/two.jpg)"
    )
    assert made.read("content/articles/papers/a.epub") == "PK"
    assert "not carried over" not in run.out


RSS = """\ufeff<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="x.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>V</title><link>https://v.example/</link><language>en</language>
<item><title><![CDATA[Dams &amp; <em>weirs</em>]]></title>
<link>https://v.example/2024/03/dams.html?utm_source=rss&amp;utm_medium=rss</link>
<guid isPermaLink="false">https://v.example/?p=12</guid><pubDate>Fri, 01 Mar 2024 10:30:00 EST</pubDate>
<dc:creator><![CDATA[Ada Quill]]></dc:creator><dc:creator>Bo Reed</dc:creator><category><![CDATA[Dams &amp; co]]></category>
<description><![CDATA[Short […]]]></description>
<content:encoded><![CDATA[<p>The dam is <a href="/about">empty</a>, they said.</p><p><img src="/img/dam.jpg" alt="Dam"></p>
<p>The post <a rel="nofollow" href="https://v.example/2024/03/dams.html">Dams</a> appeared first on
<a href="https://v.example">V</a>.</p>]]></content:encoded>
<enclosure url="https://v.example/a.mp3" length="12" type="audio/mpeg"/>
<enclosure url="https://v.example/b.pdf" length="1" type="application/pdf"/>
<media:thumbnail url="https://v.example/t.jpg"/><slash:comments>3</slash:comments></item>
<item><title>Episode 1</title><guid>ep-1</guid><pubDate>Sat, 02 Mar 2024 10:00:00 -0500</pubDate>
<itunes:author>Ada</itunes:author><itunes:summary>What we said about the river in this hour.</itunes:summary>
<itunes:image href="https://v.example/ep1.jpg"/><enclosure url="https://v.example/ep1.mp3" length="1" type="audio/mpeg"/></item>
<item><title>Cut</title><link>https://v.example/cut</link><pubDate>Sat, 02 Mar 2024 08:00:00 GMT</pubDate>
<description>&lt;p&gt;Just the beginning &amp;hellip; &lt;a href="https://v.example/cut"&gt;Continue reading
&lt;span&gt;Cut&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;</description></item>
<item><title>Again</title><guid isPermaLink="false">https://v.example/?p=12</guid><description>The same id.</description></item>
</channel></rss>"""


def test_rss_of_a_blog_and_a_podcast(site: Callable[[str], Site]) -> None:
    """What counts clicks is no part of an address; a line of a plugin's is cut; a cut text and a second id are told."""
    made = site("")
    run = add(made, "rss.xml", RSS)
    keys, body = markdown(made, "articles/dams")
    assert (keys["title"], keys["published"], keys["authors"], keys["tags"], keys["aliases"], keys["image"]) == (
        "'Dams & weirs'", "2024-03-01T10:30:00-05:00", "[Ada Quill, Bo Reed]", "['Dams & co']",
        "['/2024/03/dams.html']", "https://v.example/t.jpg",
    )  # fmt: skip
    assert keys["summary"] == "'The dam is empty, they said.'"
    assert body == (
        "The dam is [empty](https://v.example/about), they said.\n\n![Dam](https://v.example/img/dam.jpg)\n\n"
        "[a.mp3](https://v.example/a.mp3)\n\n[b.pdf](https://v.example/b.pdf)"
    )
    said, body = markdown(made, "articles/episode-1")
    assert (said["image"], said["authors"], said["published"]) == (
        "https://v.example/ep1.jpg", "[Ada]", "2024-03-02T10:00:00-05:00"
    )  # fmt: skip
    assert body == "What we said about the river in this hour.\n\n[ep1.mp3](https://v.example/ep1.mp3)"
    assert feed_ids(made) == ["ep-1", "https://v.example/?p=12", "https://v.example/cut"]
    assert run.out.count("  not carried over: its text: the feed has only this summary\n") == 1
    for told in ("not carried over: 3 comments", "cut a passage (own-address)"):
        assert f"  {told}\n" in run.out
    assert "1 entry with the id of another one could not be carried over" in run.err


def test_comments_that_are_no_number(site: Callable[[str], Site]) -> None:
    """They are not counted, and the entry is an article all the same."""
    entries = "".join(
        f"<item><title>Dam {at}</title><guid>a-{at}</guid><description>&lt;p&gt;It is empty.&lt;/p&gt;</description>"
        f'<s:comments xmlns:s="http://purl.org/rss/1.0/modules/slash/">{said}</s:comments></item>'
        for at, said in enumerate(("²", "9" * 5000, "000", "many", "012"))
    )
    made = site("")
    run = add(made, "rss.xml", f'<rss version="2.0"><channel><title>V</title>{entries}</channel></rss>')
    assert "(feed): 5 new" in run.out
    assert [line for line in run.out.splitlines() if line.endswith(" comments")] == ["  not carried over: 12 comments"]


def test_a_json_feed_of_links(site: Callable[[str], Site]) -> None:
    """The feed's author is that of its entries, and what an entry is about is told."""
    made = site("")
    item = {"id": 7, "url": "https://v.example/a?utm_source=x", "external_url": "https://o.example/x", "title": "A",
            "content_html": "<p>Text of <a href='/b'>A</a>.</p>", "date_published": "2024-03-01T10:30:00-05:00"}  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1", "title": "V", "home_page_url": "https://v.example/",
            "author": {"name": "Ada Quill"}, "items": [item]}  # fmt: skip
    run = add(made, "feed.json", json.dumps(feed))
    keys, body = markdown(made, "articles/a")
    assert (keys["id"], keys["authors"], keys["aliases"]) == ("'7'", "[Ada Quill]", "['/a']")
    assert body == "Text of [A](https://v.example/b)."
    assert "  not carried over: what it links to, https://o.example/x\n" in run.out
