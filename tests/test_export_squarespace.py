"""A whole export of Squarespace, written for this test: its blocks, ids, dates, terms, addresses, drafts, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_export_formats import add, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

BODY = (
    '<div class="sqs-layout sqs-grid-12 columns-12" data-layout-label="Post Body" data-type="item" id="it'
    'em-65"><div class="row sqs-row"><div class="col sqs-col-12 span-12">'
    '<div class="sqs-block html-block sqs-block-html" data-block-type="2" id="block-1"><div class="sqs-bl'
    'ock-content"><p class="" style="white-space:pre-wrap;">The ferry came back on <a href="/journal/2024'
    '/2/1/old-news">Monday</a>, after the longest winter of all.</p><h2 style="white-space:pre-wrap;">The'
    ' crew</h2><ul data-rte-list="default"><li><p class="" style="white-space:pre-wrap;">Eleven sailors</'
    'p></li><li><p class="">One cook</p></li></ul></div></div>'
    '<div class="sqs-block code-block sqs-block-code" data-block-type="23" id="block-2"><div class="sqs-b'
    'lock-content"><pre class="source-code"><code>let x = 1 &lt; 2;\n  print("ferry")</code></pre></div></'
    "div>"
    '<div class="sqs-block image-block sqs-block-image sqs-text-ready" data-block-type="5" id="block-3"><'
    'div class="sqs-block-content"><div class="image-block-outer-wrapper layout-caption-below"><figure cl'
    'ass="sqs-block-image-figure intrinsic"><div class="image-block-wrapper" data-animation-role="image">'
    '<noscript><img src="https://images.skarv.example/content/ferry.jpg" alt="The ferry" /></noscript><im'
    'g class="thumb-image" data-src="https://images.skarv.example/content/ferry.jpg" data-image="https://'
    'images.skarv.example/content/ferry.jpg" data-image-dimensions="1500x1000" alt="The ferry" data-load='
    '"false" /></div><figcaption class="image-caption-wrapper"><div class="image-caption"><p>At the quay<'
    "/p></div></figcaption></figure></div></div></div>"
    '<div class="sqs-block gallery-block sqs-block-gallery" data-block-type="8" id="block-4"><div class="'
    'sqs-block-content"><div class="sqs-gallery-container sqs-gallery-block-grid"><div class="sqs-gallery'
    '"><div class="slide"><div class="margin-wrapper"><a href="https://images.skarv.example/content/one.j'
    'pg" class="image-slide-anchor"><noscript><img src="https://images.skarv.example/content/one.jpg" alt'
    '="One" /></noscript><img class="thumb-image" alt="One" data-src="https://images.skarv.example/conten'
    't/one.jpg" data-load="false"/></a></div></div><div class="slide"><div class="margin-wrapper"><a clas'
    's="image-slide-anchor"><noscript><img src="https://images.skarv.example/content/two.jpg" alt="two.jp'
    'g" /></noscript><img class="thumb-image" alt="two.jpg" data-src="https://images.skarv.example/conten'
    't/two.jpg"/></a></div></div></div></div></div></div>'
    '<div class="sqs-block quote-block sqs-block-quote" data-block-type="31" id="block-5"><div class="sqs'
    '-block-content"><figure class="block-animation-none"><blockquote><span>&#8220;</span>I rang the bell'
    '.<span>&#8221;</span></blockquote><figcaption class="source">&mdash; Harbour master</figcaption></fi'
    "gure></div></div>"
    '<div class="sqs-block summary-v2-block sqs-block-summary-v2" data-block-type="55" id="block-6"><div '
    'class="sqs-block-content"><div class="summary-heading">Featured</div><div class="summary-item-list">'
    "</div></div></div>"
    '<div class="sqs-block video-block sqs-block-video" data-block-json="{&quot;html&quot;:&quot;&lt;ifra'
    "me src=\\&quot;https://www.youtube.com/embed/abc123\\&quot;&gt;&lt;/iframe&gt;&quot;,&quot;url&quot;:&"
    'quot;https://youtu.be/abc123&quot;}" data-block-type="32" id="block-7"><div class="sqs-block-content'
    '"><div class="intrinsic"><div class="embed-block-wrapper"><div class="sqs-video-wrapper" data-provid'
    'er-name="YouTube" data-html="&lt;iframe src=&quot;https://www.youtube.com/embed/abc123&quot;&gt;&lt;'
    '/iframe&gt;"></div></div></div></div></div>'
    '<div class="sqs-block newsletter-block sqs-block-newsletter" data-block-type="51"><div class="sqs-bl'
    'ock-content"><form class="newsletter-form"><input type="email"/><button>Sign Up</button></form></div'
    "></div>"
    '<div class="sqs-block button-block sqs-block-button" data-block-type="53"><div class="sqs-block-cont'
    'ent"><a href="https://tickets.skarv.example/" class="sqs-block-button-element">Buy a ticket</a></div'
    "></div>"
    '<div class="sqs-block horizontalrule-block sqs-block-horizontalrule" data-block-type="47"><div class'
    '="sqs-block-content"><hr /></div></div>'
    '<div class="sqs-block html-block sqs-block-html"><div class="sqs-block-content"><p>The end of it.</p'
    "></div></div></div></div></div>"
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Skarv Harbour</title><link>http://skarv.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ann@skarv.example</wp:author_login>
<wp:author_display_name><![CDATA[Ann Able]]></wp:author_display_name></wp:author>
"""


def item(number: int, title: str, name: str, content: str, more: str = "", **said: str) -> str:
    """An `<item>` as Squarespace writes it: no guid, no host in its address, and a path for its name."""
    return f"""<item><title>{title}</title><link>/{name}</link><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{said.get("excerpt", "")}]]></excerpt:encoded>
<wp:post_name>{said.get("slug", name)}</wp:post_name>
<wp:post_type>{said.get("kind", "post")}</wp:post_type><wp:post_id>{number}</wp:post_id>
<wp:status>{said.get("status", "publish")}</wp:status><pubDate>Fri, 01 Mar 2024 10:30:00 +0000</pubDate>
<wp:post_date>2024-03-01 10:30:00</wp:post_date><wp:post_date_gmt>2024-03-01 10:30:00</wp:post_date_gmt>
<dc:creator>ann@skarv.example</dc:creator>{more}</item>
"""


MORE = """<category domain="category" nicename="ferries"><![CDATA[Ferries]]></category>
<category domain="post_tag" nicename="storm"><![CDATA[storm]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>6</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Nice</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved></wp:comment>"""
LEAD = """<item><title>lead.jpg</title><link>/s/lead.jpg</link><wp:post_type>attachment</wp:post_type>
<wp:post_id>6</wp:post_id><wp:post_parent>5</wp:post_parent><wp:status>inherit</wp:status>
<wp:attachment_url>https://images.skarv.example/content/lead.jpg</wp:attachment_url></item>"""
MAP = """<div class="sqs-block map-block sqs-block-map" id="map" data-block-json="{&quot;location&quot;:
{&quot;addressTitle&quot;:&quot;The quay&quot;,&quot;addressLine1&quot;:&quot;1 Quay Street&quot;}}">
<div class="sqs-block-content">&nbsp;</div></div>"""


def test_a_whole_site_of_squarespace(site: Callable[[str], Site]) -> None:
    """Every block is text, or told; addresses of the old site lead to the new one."""
    made = site("")
    about = f'<p>We watch the harbour. See <a href="#map">the map</a>.</p>{MAP}'
    items = (
        item(
            5, "The ferry &amp;amp; the storm", "journal/2024/3/1/the-ferry", BODY, MORE, excerpt="<p>It is back.</p>"
        ),
        LEAD,
        item(7, "Old news", "journal/2024/2/1/old-news", "<p>The ferry was away all winter.</p>"),
        item(8, "Not yet", "journal/not-yet", "<p>To be written.</p>", status="draft"),
        item(9, "About us", "about", about, kind="page"),
    )
    run = add(made, "squarespace.xml", HEAD + "".join(items) + "</channel></rss>")
    keys, body = markdown(made, "articles/the-ferry")
    assert keys["title"] == "'The ferry & the storm'"
    assert keys["published"] == "2024-03-01T10:30:00+00:00"
    assert (keys["authors"], keys["tags"], keys["summary"]) == ("[Ann Able]", "[Ferries, storm]", "It is back.")
    assert keys["aliases"] == "['/journal/2024/3/1/the-ferry']"
    assert keys["image"] == "https://images.skarv.example/content/lead.jpg"
    assert (
        body
        == """The ferry came back on [Monday](/journal/2024/2/1/old-news), after the longest winter of all.

## The crew

- Eleven sailors
- One cook

```
let x = 1 < 2;
  print("ferry")
```

<figure>
<img src="https://images.skarv.example/content/ferry.jpg" alt="The ferry">
<figcaption>At the quay</figcaption>
</figure>

[![One](https://images.skarv.example/content/one.jpg)](https://images.skarv.example/content/one.jpg)

![two.jpg](https://images.skarv.example/content/two.jpg)

> “I rang the bell.”

— Harbour master

[https://youtu.be/abc123](https://youtu.be/abc123)

[Buy a ticket](https://tickets.skarv.example/)

---

The end of it."""
    )
    for told in ("block summary", "form", "1 comment", "1 link to places in the same text"):
        assert f"not carried over: {told}" in run.out
    assert markdown(made, "articles/not-yet")[0]["draft"] == "true"
    assert markdown(made, "pages/about")[1] == "We watch the harbour. See the map.\n\nThe quay, 1 Quay Street"
