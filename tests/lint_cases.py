"""One good feed of each format, and for each rule the changes that break it."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import re

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>Harbour &#x26; Sea</title>
<link>https://quay.test/harbour/</link>
<description>News of the harbour</description>
<atom:link rel="self" type="application/rss+xml" href="https://quay.test/harbour/rss.xml"/>
<language>en-GB</language>
<managingEditor>desk@quay.test (The Desk)</managingEditor>
<lastBuildDate>Wed, 04 Mar 2026 10:00:00 +0100</lastBuildDate>
<ttl>60</ttl>
<skipHours><hour>3</hour></skipHours>
<image><url>https://quay.test/logo.png</url><title>Harbour &#x26; Sea</title><link>https://quay.test/harbour/</link></image>
<sy:updatePeriod>hourly</sy:updatePeriod>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://quay.test/show.jpg"/>
<itunes:author>The Desk</itunes:author>
<itunes:owner><itunes:name>The Desk</itunes:name><itunes:email>desk@quay.test</itunes:email></itunes:owner>
<itunes:category text="News"><itunes:category text="Daily News"/></itunes:category>
<itunes:type>episodic</itunes:type>
<podcast:guid>00000000-0000-5000-8000-000000000003</podcast:guid>
<podcast:locked>yes</podcast:locked>
<item>
<title>Cranes &#x26; gulls: the &#x3C;b&#x3E; element</title>
<link>https://quay.test/cranes/</link>
<description>Two cranes stand still.</description>
<content:encoded>&lt;p&gt;Two &lt;a href="https://quay.test/c/"&gt;cranes&lt;/a&gt;. &lt;img src="https://quay.test/c.jpg" alt="A crane"&gt;&lt;/p&gt;</content:encoded>
<guid isPermaLink="false">urn:uuid:00000000-0000-4000-8000-000000000002</guid>
<pubDate>Wed, 04 Mar 2026 10:00:00 +0100</pubDate>
<dc:creator>Jane Roe</dc:creator>
<category domain="https://quay.test/tags/cranes/">Cranes</category>
<enclosure url="https://quay.test/c.mp3" length="1234" type="audio/mpeg"/>
<media:content url="https://quay.test/c.jpg" type="image/jpeg" medium="image"/>
<itunes:duration>30:45</itunes:duration>
<itunes:season>1</itunes:season><itunes:episode>2</itunes:episode>
</item>
<item>
<title>Gulls</title>
<link>https://quay.test/gulls/</link>
<description>Gulls fly.</description>
<guid isPermaLink="false">urn:uuid:00000000-0000-4000-8000-000000000001</guid>
<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate>
</item>
</channel>
</rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xmlns:fh="http://purl.org/syndication/history/1.0">
<id>urn:uuid:00000000-0000-4000-8000-00000000000a</id>
<title>Harbour</title>
<updated>2026-03-04T10:00:00+01:00</updated>
<author><name>The Desk</name><uri>https://quay.test/desk/</uri><email>desk@quay.test</email></author>
<link rel="self" type="application/atom+xml" href="https://quay.test/harbour/atom.xml"/>
<link rel="alternate" type="text/html" href="https://quay.test/harbour/"/>
<entry>
<id>urn:uuid:00000000-0000-4000-8000-000000000002</id>
<title>Cranes</title>
<link rel="alternate" type="text/html" href="https://quay.test/cranes/"/>
<link rel="enclosure" type="audio/mpeg" length="1234" href="https://quay.test/c.mp3"/>
<published>2026-03-04T09:00:00Z</published>
<updated>2026-03-04T09:00:00.5Z</updated>
<category term="cranes" scheme="https://quay.test/tags/" label="Cranes"/>
<summary>Two cranes stand still.</summary>
<content type="html">&lt;p&gt;Two &lt;a href="https://quay.test/c/"&gt;cranes&lt;/a&gt;.&lt;/p&gt;</content>
</entry>
<entry>
<id>tag:quay.test,2026:gulls</id>
<title>Gulls</title>
<link href="https://quay.test/gulls/"/>
<updated>2026-03-03T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Gulls fly.</p></div></content>
</entry>
</feed>
""".replace("2026-03-04T10:00:00+01:00", "2026-03-04T09:00:00.5Z")

JSON = """{
"version": "https://jsonfeed.org/version/1.1",
"title": "Harbour",
"home_page_url": "https://quay.test/harbour/",
"feed_url": "https://quay.test/harbour/feed.json",
"language": "en",
"authors": [{"name": "The Desk"}],
"items": [
{
"id": "urn:uuid:00000000-0000-4000-8000-000000000002",
"url": "https://quay.test/cranes/",
"title": "Cranes & gulls",
"content_html": "<p>Two <a href=\\"https://quay.test/c/\\">cranes</a>.</p>",
"date_published": "2026-03-04T09:00:00Z",
"tags": ["Cranes"],
"attachments": [{"url": "https://quay.test/c.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234}],
"_own": {"anything": null}
},
{
"id": "1",
"url": "https://quay.test/gulls/",
"content_text": "Gulls fly.",
"date_published": "2026-03-03T09:00:00Z"
}
]
}
"""

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Feeds</title><dateCreated>Wed, 04 Mar 2026 10:00:00 GMT</dateCreated></head>
<body>
<outline text="Topics">
<outline type="rss" text="Harbour" title="Harbour" xmlUrl="https://quay.test/rss.xml" htmlUrl="https://quay.test/"/>
</outline>
<outline type="rss" text="Sea" title="Sea" xmlUrl="https://quay.test/sea.xml"/>
</body>
</opml>
"""

GOOD = {"rss": RSS, "atom": ATOM, "json": JSON, "opml": OPML}

_ITEM = '<guid isPermaLink="false">urn:uuid:00000000-0000-4000-8000-000000000001</guid>'
_TEXT = '&lt;p&gt;Two &lt;a href="https://quay.test/c/"&gt;cranes&lt;/a&gt;.&lt;/p&gt;'
_JTEXT = '<p>Two <a href=\\"https://quay.test/c/\\">cranes</a>.</p>'
_GULLS = "<title>Gulls</title>\n<link>https://quay.test/gulls/</link>\n<description>Gulls fly.</description>"
_XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Gulls fly.</p></div></content>'
_GULLS_ID = "<id>tag:quay.test,2026:gulls</id>"

BAD: list[tuple[str, str, str, str]] = [
    # the file
    ("feed-empty", "rss", RSS, "\n"),
    ("feed-html", "rss", RSS, "<!doctype html><html><title>404</title></html>"),
    ("feed-unknown", "rss", RSS, "<urlset/>"),
    ("feed-unknown", "rss", RSS, "Not Found"),
    ("feed-unknown", "json", JSON, '{"name": "x"}'),
    ("feed-unknown", "atom", ' xmlns="http://www.w3.org/2005/Atom" xml:lang="en"', ' xmlns="http://purl.org/atom/ns#"'),
    ("feed-not-wellformed", "rss", "Cranes &#x26; gulls", "Cranes & gulls"),
    ("feed-not-wellformed", "rss", "Two cranes", "Two\x0bcranes"),
    ("feed-not-wellformed", "rss", "Two cranes", "Two&nbsp;cranes"),
    ("feed-not-wellformed", "rss", ' xmlns:content="http://purl.org/rss/1.0/modules/content/"', ""),
    ("feed-not-wellformed", "rss", "<?xml version", "\n<?xml version"),
    ("feed-not-wellformed", "atom", "</feed>", ""),
    ("feed-not-wellformed", "json", '"1",', '"1"'),
    ("feed-not-wellformed", "json", '"1",', "NaN,"),
    ("feed-too-big", "rss", "<title>Gulls</title>", f"<title>Gulls</title>{' ' * 5_000_000}"),
    ("feed-encoding", "rss", 'encoding="UTF-8"', 'encoding="ISO-8859-7"'),
    ("feed-doctype", "rss", "<rss version", '<!DOCTYPE rss [<!ENTITY x "y">]><rss version'),
    ("feed-stylesheet", "rss", 'type="text/css" href', 'type="text/css href'),
    ("feed-xslt", "rss", 'type="text/css"', 'type="text/xsl"'),
    ("text-characters", "rss", "Gulls fly.", "Gulls \ufffd fly."),
    ("json-byte-order-mark", "json", '{\n"version"', '\ufeff{\n"version"'),
    # elements
    ("namespace-misspelt", "rss", "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"),
    ("namespace-unknown", "rss", "<ttl>60</ttl>", '<ttl>60</ttl><x:y xmlns:x="https://x.test/ns"/>'),
    ("element-unknown", "rss", "<ttl>60</ttl>", "<updated>now</updated>"),
    ("element-unknown", "atom", "<summary>", "<subtitle>x</subtitle><summary>"),
    ("element-unknown", "opml", "<head>", "<foot/><head>"),
    ("element-repeated", "rss", "<ttl>60</ttl>", "<ttl>60</ttl><ttl>61</ttl>"),
    ("element-blank", "rss", "<category domain", "<category/><category domain"),
    ("element-misplaced", "rss", "</channel>", "<copyright>x</copyright></channel>"),
    ("element-misplaced", "atom", "</feed>", "<rights>x</rights></feed>"),
    ("rss-in-namespace", "rss", "<ttl>60</ttl>", '<ttl xmlns="http://purl.org/rss/1.0/">60</ttl>'),
    # RSS
    ("rss-version", "rss", '<rss version="2.0"', '<rss version="2"'),
    ("rss-channel", "rss", RSS, '<rss version="0.92"/>'),
    ("rss-title", "rss", "<title>Harbour &#x26; Sea</title>\n<link>", "<link>"),
    ("rss-link", "rss", "</title>\n<link>https://quay.test/harbour/</link>", "</title>"),
    ("rss-description", "rss", "<description>News of the harbour</description>", ""),
    ("rss-item-empty", "rss", _GULLS, "<link>https://quay.test/gulls/</link>"),
    ("rss-guid-missing", "rss", _ITEM, ""),
    ("rss-guid-permalink", "rss", _ITEM, _ITEM.replace(' isPermaLink="false"', "")),
    ("rss-guid-permalink", "rss", _ITEM, _ITEM.replace("false", "no")),
    ("rss-author-email", "rss", "<description>Gulls", "<author>Jane Roe</author><description>Gulls"),
    ("rss-said-twice", "rss", "<dc:creator>", "<author>jane@quay.test (Jane)</author><dc:creator>"),
    (
        "rss-description-last",
        "rss",
        "<description>Gulls fly.</description>",
        "<content:encoded>Gulls</content:encoded><description>Gulls fly.</description>",
    ),
    ("rss-image", "rss", "<image><url>https://quay.test/logo.png</url>", "<image>"),
    ("rss-image-differs", "rss", "logo.png</url><title>Harbour", "logo.png</url><title>Port"),
    ("rss-number", "rss", "<ttl>60</ttl>", "<ttl>1h</ttl>"),
    ("rss-number", "rss", "<hour>3</hour>", "<hour>99</hour>"),
    ("rss-image-form", "rss", "</url><title>Harbour", "</url><width>300</width><title>Harbour"),
    ("rss-image-form", "rss", "logo.png", "logo.svg"),
    # strays
    ("attribute-unknown", "rss", 'type="audio/mpeg"/>', 'type="audio/mpeg" size="1"/>'),
    ("attribute-unknown", "atom", 'length="1234"', 'length="1234" size="1"'),
    ("text-stray", "rss", "</ttl>", "</ttl>every hour"),
    ("text-stray", "atom", '<link href="https://quay.test/gulls/"/>', '<link href="https://quay.test/gulls/">here</link>'),
    ("text-padded", "atom", _GULLS_ID, "<id>\ntag:quay.test,2026:gulls\n</id>"),
    ("link-relation-unknown", "atom", 'rel="enclosure"', 'rel="sound"'),
    # Atom
    ("atom-id-missing", "atom", _GULLS_ID, ""),
    ("atom-title-missing", "atom", "<title>Gulls</title>", ""),
    ("atom-updated-missing", "atom", "<updated>2026-03-03T09:00:00Z</updated>", ""),
    ("atom-author-missing", "atom", "<author><name>The Desk</name><uri>https://quay.test/desk/</uri><email>desk@quay.test</email></author>\n", ""),
    ("atom-person", "atom", "<name>The Desk</name>", ""),
    ("atom-person", "atom", "<email>desk@quay.test<", "<email>desk at quay<"),
    (
        "atom-summary-missing",
        "atom",
        _XHTML,
        '<content type="image/png" src="https://quay.test/g.png"/>',
    ),
    ("atom-content-or-link", "atom", ATOM, ATOM.replace(_XHTML, "").replace('<link href="https://quay.test/gulls/"/>', "")),
    ("atom-id-invalid", "atom", _GULLS_ID, "<id>gulls</id>"),
    ("atom-id-invalid", "atom", _GULLS_ID, "<id>urn:uuid:gulls</id>"),
    ("atom-link-repeated", "atom", 'rel="enclosure" type="audio/mpeg"', 'rel="alternate" type="text/html"'),
    ("atom-link-href", "atom", ' term="cranes"', ""),
    ("atom-type", "atom", "<summary>", '<summary type="CDATA">'),
    ("atom-xhtml", "atom", '<div xmlns="http://www.w3.org/1999/xhtml"><p>Gulls fly.</p></div>', "Gulls fly."),
    # JSON Feed
    ("json-version", "json", "version/1.1", "version/2"),
    ("json-title", "json", '"title": "Harbour",\n', ""),
    ("json-items", "json", '"items": [\n', '"items": [7,\n'),
    ("json-id", "json", '"id": "1",\n', ""),
    ("json-content", "json", '"content_text": "Gulls fly.",\n', ""),
    ("json-type", "json", '"id": "1"', '"id": 1'),
    ("json-type", "json", '["Cranes"]', '"Cranes"'),
    ("json-author-old", "json", '"authors": [{"name": "The Desk"}]', '"author": {"name": "The Desk"}'),
    ("json-person", "json", '{"name": "The Desk"}', "{}"),
    ("json-attachment", "json", ', "mime_type": "audio/mpeg"', ""),
    ("json-key-unknown", "json", '"_own"', '"own"'),
    # OPML
    ("opml-version", "opml", ' version="2.0"', ""),
    ("opml-parts", "opml", "<head><title>Feeds</title><dateCreated>Wed, 04 Mar 2026 10:00:00 GMT</dateCreated></head>", ""),
    ("opml-text", "opml", '<outline text="Topics">', '<outline text="">'),
    ("opml-xmlurl", "opml", ' xmlUrl="https://quay.test/sea.xml"', ""),
    ("opml-type", "opml", 'type="rss" text="Sea"', 'text="Sea"'),
    ("opml-title", "opml", ' title="Sea"', ""),
    ("opml-feed-repeated", "opml", "<body>", '<body><outline type="rss" text="S" title="S" xmlUrl="https://quay.test/sea.xml"/>'),
    # ids
    ("entry-id-repeated", "rss", "8000-000000000001", "8000-000000000002"),
    ("entry-id-repeated", "json", '"1"', '"urn:uuid:00000000-0000-4000-8000-000000000002"'),
    ("entry-repeated", "atom", _GULLS_ID, "<id>urn:uuid:00000000-0000-4000-8000-000000000002</id>"),
    ("entry-id-is-feed", "atom", _GULLS_ID, "<id>urn:uuid:00000000-0000-4000-8000-00000000000a</id>"),
    # dates
    ("feed-date-invalid", "rss", "Tue, 03 Mar 2026 09:00:00 GMT", "2026-03-03T09:00:00Z"),
    ("feed-date-invalid", "rss", "Tue, 03 Mar 2026 09:00:00 GMT", "Tue, 31 Feb 2026 09:00:00 GMT"),
    ("feed-date-invalid", "atom", "2026-03-03T09:00:00Z", "2026-03-03"),
    ("feed-date-invalid", "json", "2026-03-03T09:00:00Z", "2026-03-03T09:00:00"),
    ("feed-date-invalid", "opml", "Wed, 04 Mar 2026 10:00:00 GMT", "2026"),
    ("date-weekday", "rss", "Tue, 03 Mar", "Mon, 03 Mar"),
    ("date-implausible", "rss", "Tue, 03 Mar 2026 09:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +0000"),
    ("date-implausible", "json", "2026-03-04T09:00:00Z", "2066-03-04T09:00:00Z"),
    ("entry-date-missing", "rss", "<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate>", ""),
    ("date-repeated", "atom", "<updated>2026-03-03T09:00:00Z<", "<updated>2026-03-04T09:00:00.5Z<"),
    ("date-updated-first", "atom", "<updated>2026-03-03T09:00:00Z<", "<published>2026-03-04T09:00:00.25Z</published><updated>2026-03-03T09:00:00Z<"),
    ("date-feed-old", "rss", "<lastBuildDate>Wed, 04 Mar 2026", "<lastBuildDate>Wed, 25 Feb 2026"),
    ("date-feed-built", "atom", "</title>\n<updated>2026-03-04T09", "</title>\n<updated>2026-03-06T09"),
    ("date-feed-built", "rss", "<lastBuildDate>Wed, 04 Mar 2026 10:00:00 +0100", "<lastBuildDate>Fri, 01 May 2026 00:00:00 GMT"),
    ("entry-order", "json", "2026-03-03T09:00:00Z", "2026-03-05T09:00:00Z"),
    (
        "entry-built",
        "atom",
        ATOM,
        re.sub("<published>.*", "", ATOM)
        .replace("2026-03-03T09:00:00Z", "2026-03-04T09:00:00.000017Z")
        .replace("2026-03-04T09:00:00.5Z", "2026-03-04T09:00:00.000018Z"),
    ),
    # addresses
    ("url-relative", "rss", "<link>https://quay.test/gulls/", "<link>/gulls/"),
    ("url-relative", "atom", 'rel="self" type="application/atom+xml" href="https://quay.test', 'rel="self" type="application/atom+xml" href="'),
    ("url-not-ascii", "rss", "<link>https://quay.test/gulls/", "<link>https://quay.test/möwen/"),
    ("feed-url-invalid", "rss", "<link>https://quay.test/gulls/", "<link>https://quay.test/two gulls/"),
    ("feed-url-invalid", "json", '"https://quay.test/gulls/"', '"https:///gulls/"'),
    ("url-not-canonical", "json", 'https://quay.test/harbour/"', 'https://quay.test"'),
    ("url-placeholder", "json", 'https://quay.test/harbour/"', 'https://example.com/"'),
    ("self-missing", "json", '"feed_url": "https://quay.test/harbour/feed.json",\n', ""),
    ("self-type", "atom", "application/atom+xml", "application/rss+xml"),
    ("home-is-feed", "json", '"https://quay.test/harbour/"', '"https://quay.test/harbour/feed.json"'),
    ("home-is-feed", "json", '"https://quay.test/harbour/"', '"https://pubsubhubbub.appspot.com/"'),
    ("entry-link-missing", "rss", "<link>https://quay.test/gulls/</link>", ""),
    ("language-invalid", "rss", "en-GB", "English"),
    ("home-elsewhere", "json", 'https://quay.test/harbour/"', 'https://hub.other.test/"'),
    ("entry-error-page", "json", "https://quay.test/gulls/", "https://quay.test/404.html"),
    ("feed-copyright-built", "atom", ATOM, ATOM.replace("2026-03", "2025-03").replace("<author>", "<rights>© 1999-2026</rights><author>")),
    # titles and names
    ("text-markup", "rss", "<title>Gulls</title>", "<title>&lt;b&gt;Gulls&lt;/b&gt;</title>"),
    ("text-markup", "atom", "<title>Gulls</title>", "<title>&lt;b&gt;Gulls&lt;/b&gt;</title>"),
    ("text-escaped-twice", "rss", "<title>Gulls</title>", "<title>Gulls &amp;amp; geese</title>"),
    ("text-escaped-twice", "json", "Cranes & gulls", "The &quot;cranes&quot;"),
    ("text-character-data", "rss", "<title>Gulls</title>", "<title>Gulls &lt;img</title>"),
    # content
    ("content-relative-url", "atom", "https://quay.test/c/", "#fn1"),
    ("content-relative-url", "json", _JTEXT, '<img srcset=\\"https://quay.test/a.jpg 1x, /b.jpg 2x\\" src=\\"https://quay.test/a.jpg\\" alt>'),
    ("content-script", "atom", _TEXT, f"{_TEXT}&lt;script&gt;1&lt;/script&gt;"),
    ("content-attribute", "atom", "&lt;p&gt;", '&lt;p onclick="x()"&gt;'),
    ("content-attribute", "atom", "https://quay.test/c/", "javascript:x()"),
    ("content-style", "atom", "&lt;p&gt;", '&lt;p style="position: fixed"&gt;'),
    ("content-html", "atom", "&lt;/a&gt;", ""),
    ("content-html", "json", "<p>Two", "<p><blink>Two</blink>"),
    ("content-escaped-twice", "atom", _TEXT, "&amp;lt;p&amp;gt;Two&amp;lt;/p&amp;gt;"),
    ("content-undeclared", "atom", '<content type="html">', "<content>"),
    ("content-cdata-end", "atom", "&lt;/p&gt;</content>", "&lt;/p&gt;]]&gt;</content>"),
    ("content-image", "json", _JTEXT, '<img data-src=\\"https://quay.test/a.jpg\\" alt=\\"\\">'),
    ("content-alt", "json", _JTEXT, '<img src=\\"https://quay.test/a.jpg\\">'),
    ("content-alt", "json", _JTEXT, '<img src=\\"https://q.test/a\\" alt=\\"Cranes & gulls\\">' * 2),
    ("content-code", "json", _JTEXT, '<pre><code><span class=\\"line\\">a</span><span class=\\"line\\">b</span></code></pre>'),
    ("content-page-parts", "json", _JTEXT, '<span class=\\"katex-html\\">x</span>'),
    ("content-summary-only", "atom", ATOM, re.sub("<content.*</content>", "", ATOM)),
    ("content-summary-only", "rss", RSS, re.sub("<content:.*>|(?<=still)[.]|(?<=fly)[.]", "", RSS).replace("fly<", "fly…<").replace("still<", "still…<")),
    # pictures and recordings
    ("enclosure-incomplete", "rss", ' length="1234"', ""),
    ("enclosure-repeated", "rss", "<enclosure", '<enclosure url="https://quay.test/d.mp3" length="1" type="audio/mpeg"/><enclosure'),
    ("media-type", "rss", 'type="audio/mpeg"', 'type="mp3"'),
    ("media-type", "json", '"audio/mpeg"', '"mp3"'),
    ("media-length", "rss", 'length="1234"', 'length="1.2 kB"'),
    ("media-address", "rss", '<media:content url="https://quay.test/c.jpg"', "<media:content"),
    ("media-medium", "rss", 'medium="image"', 'medium="picture"'),
    ("picture-insecure", "rss", '<media:content url="https', '<media:content url="http'),
    ("picture-insecure", "json", _JTEXT, '<img src=\\"http://quay.test/a.jpg\\" alt=\\"A\\">'),
    # podcasts
    ("podcast-channel", "rss", '<itunes:image href="https://quay.test/show.jpg"/>\n', ""),
    ("podcast-channel", "rss", "<language>en-GB</language>", ""),
    ("podcast-channel", "rss", "<itunes:explicit>false</itunes:explicit>", ""),
    ("podcast-owner", "rss", "<itunes:email>desk@quay.test</itunes:email>", ""),
    ("podcast-author", "rss", "<itunes:author>The Desk</itunes:author>", ""),
    ("podcast-category", "rss", '<itunes:category text="Daily News"/>', '<itunes:category text="Books"/>'),
    ("podcast-category", "rss", '<itunes:category text="Daily News"/>', "<itunes:category/>"),
    ("podcast-value", "rss", "episodic", "weekly"),
    ("podcast-value", "rss", "<itunes:episode>2", "<itunes:episode>two"),
    ("podcast-value", "rss", "<podcast:locked>yes", "<podcast:locked>true"),
    ("podcast-value", "rss", "-000000000003", "-3"),
    ("podcast-duration", "rss", "30:45", "30 minutes"),
    ("podcast-episode-repeated", "rss", f"{_ITEM}", f"{_ITEM}<itunes:season>1</itunes:season><itunes:episode>2</itunes:episode>"),
    ("podcast-recording", "rss", 'length="1234" type="audio/mpeg"', 'length="1234" type="audio/mp3"'),
    ("podcast-recording", "rss", 'length="1234"', 'length="0"'),
    ("podcast-insecure", "rss", "https://quay.test/c.mp3", "http://quay.test/c.mp3"),
    # extensions and history
    ("syndication-invalid", "rss", "hourly", "None"),
    ("syndication-invalid", "rss", "sy:updatePeriod", "sy:UpdatePeriod"),
    ("podcast-explicit", "rss", "<itunes:explicit>false", "<itunes:explicit>maybe"),
    ("podcast-image", "rss", '<itunes:image href="https://quay.test/show.jpg"', "<itunes:image"),
    ("podcast-image", "rss", "show.jpg", "show.webp"),
    ("history-archive-loose", "atom", "<entry>\n<id>urn", "<fh:archive/><entry>\n<id>urn"),
    (
        "history-complete-paged",
        "atom",
        "<entry>\n<id>urn",
        '<fh:complete/><link rel="next" href="https://quay.test/2.xml"/><entry>\n<id>urn',
    ),
]  # fmt: skip
"""(rule, format of the good feed, what stands there, what comes instead); the whole feed may be replaced."""
