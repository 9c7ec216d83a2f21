"""WordPress's export: both editors, ids, dates, terms, pictures; what can't come along is named."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tagwire.intake.exports import autop, shortcodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.5" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Valley</title><link>https://valley.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://valley.example</wp:base_site_url>
<wp:base_blog_url>https://valley.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login>
<wp:author_display_name><![CDATA[Ada Quill]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"


def post(number: int, title: str, content: str, more: str = "", **said: str) -> str:
    """An `<item>`; `said` replaces what it says by default, `more` is added as it is."""
    name = said.get("name", f"post-{number}")
    status = said.get("status", "publish")
    return f"""<item><title><![CDATA[{title}]]></title>
<link>{said.get("link", f"https://valley.example/2024/03/{name}/")}</link>
<pubDate>Fri, 01 Mar 2024 08:00:00 +0000</pubDate><dc:creator><![CDATA[ada]]></dc:creator>
<guid isPermaLink="false">{said.get("guid", f"https://valley.example/?p={number}")}</guid><description></description>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{said.get("excerpt", "")}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[2024-03-01 10:30:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{said.get("utc", "2024-03-01 08:30:00")}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{name}]]></wp:post_name><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_parent>{said.get("parent", "0")}</wp:post_parent>
<wp:post_type><![CDATA[{said.get("kind", "post")}]]></wp:post_type>
<wp:post_password><![CDATA[{said.get("password", "")}]]></wp:post_password><wp:is_sticky>0</wp:is_sticky>{more}</item>
"""


def picture(number: int, url: str, parent: int, caption: str = "") -> str:
    """An attachment."""
    more = f"<wp:attachment_url><![CDATA[{url}]]></wp:attachment_url>"
    return post(number, "picture", "", more, kind="attachment", status="inherit", parent=str(parent), excerpt=caption)


@pytest.fixture
def converted(site: Callable[[str], Site]) -> Callable[..., dict[str, str]]:
    """Adds an export of these items to a site, builds it, and gives every Markdown file by its path."""

    def convert(*items: str, code: int = 0) -> dict[str, str]:
        made = site("")
        file = made.root.parent / "valley.xml"
        file.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
        run = made.run("add", str(file))
        assert run.code == code, run.err
        made.build()
        files = (made.root / "content").rglob("*.md")
        return {path.relative_to(made.root / "content").as_posix(): path.read_text(encoding="utf-8") for path in files}

    return convert


def body(text: str) -> str:
    """What stands below the front matter."""
    return text.split("\n---\n", 1)[1].strip("\n")


def keys(text: str) -> dict[str, str]:
    """The one-line keys of the front matter, as written."""
    return dict(re.findall(r"^([a-z]+): (.*)$", text.split("\n---\n", 1)[0], re.MULTILINE))


TERMS = """<category domain="category" nicename="water"><![CDATA[Water]]></category>
<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
<category domain="post_tag" nicename="dams"><![CDATA[Dams &amp; weirs]]></category>
<category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[77]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[First!]]></wp:comment_content></wp:comment>
"""


class TestWhatIsKept:
    """Identity, time, place and people."""

    def test_all_metadata(self, converted: Callable[..., dict[str, str]]) -> None:
        """The guid as published, the zone of the blog, the name behind the login, terms, lead picture, excerpt."""
        found = converted(
            post(12, "The dam &amp; the weir", "The dam is empty.", TERMS, name="the-dam", excerpt="Short."),
            picture(77, "https://valley.example/wp-content/uploads/dam.jpg", 12),
        )
        assert keys(found["articles/the-dam.md"]) == {
            "id": "'https://valley.example/?p=12'",
            "title": "'The dam & the weir'",
            "published": "2024-03-01T10:30:00+02:00",
            "authors": "[Ada Quill]",
            "tags": "[Water, 'Dams & weirs']",
            "summary": "Short.",
            "aliases": "['/2024/03/the-dam/']",
            "image": "https://valley.example/wp-content/uploads/dam.jpg",
        }

    def test_what_is_left_behind_is_written_down(self, converted: Callable[..., dict[str, str]]) -> None:
        """In the article itself, where it stays."""
        found = converted(post(12, "The dam", "The dam is empty.", TERMS, name="the-dam"))
        assert re.findall(r"^    - (.*)$", found["articles/the-dam.md"], re.MULTILINE) == [
            "'1 comment'",
            "post_format “Aside”",
        ]

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("%ce%ba%ce%b1%ce%bb%ce%b7%ce%bc%ce%ad%cf%81%ce%b1", "καλημέρα"),
            ("%e4%bd%a0%e5%a5%bd-%e4%b8%96%e7%95%8c", "你好-世界"),
        ],
    )
    def test_slugs_of_other_scripts(self, converted: Callable[..., dict[str, str]], name: str, file: str) -> None:
        """Percent-encoded in the export, letters in the name and in the alias."""
        found = converted(post(3, "Hello", "The dam is empty.", name=name))
        assert keys(found[f"articles/{file}.md"])["aliases"] == f"['/2024/03/{file}/']"

    def test_drafts_stay_drafts(self, converted: Callable[..., dict[str, str]]) -> None:
        """Those with a password too, and private ones: nothing becomes public that was not."""
        found = converted(
            post(1, "One", "Text of one.", status="draft", utc="0000-00-00 00:00:00"),
            post(2, "Two", "Text of two.", password="sesame"),  # noqa: S106 - it is what is tested
            post(3, "Three", "Text of three.", status="private"),
            post(4, "Four", "Text of four.", status="trash"),
        )
        assert {name: keys(text).get("draft") for name, text in found.items()} == {
            "articles/post-1.md": "true",
            "articles/post-2.md": "true",
            "articles/post-3.md": "true",
        }

    def test_pages_become_standing_pages(self, converted: Callable[..., dict[str, str]]) -> None:
        """They are in no feed."""
        found = converted(
            post(5, "About us", "We live here.", kind="page", name="about", link="https://valley.example/about/")
        )
        assert body(found["pages/about.md"]) == "We live here."

    def test_one_guid_twice_loses_no_post(self, converted: Callable[..., dict[str, str]]) -> None:
        """The second one is told, and gets an id of its own."""
        twins = [(1, 1), (2, 2), (2, 3)]
        found = converted(*(post(n, f"Post {m}", "Text.", guid="https://valley.example/?p=1") for n, m in twins))
        assert len(found) == 3
        assert len({keys(text)["id"] for text in found.values()}) == 3

    def test_the_ids_in_the_new_feed_are_the_guids_of_the_old_one(self, site: Callable[[str], Site]) -> None:
        """So a migration floods nobody."""
        made = site("")
        guids = [
            "https://valley.example/?p=1",
            "tag:valley.example,2024:2",
            "urn:uuid:6f0c3a52-0c4e-4a8e-9d59-111111111111",
        ]
        items = [post(n, f"Post {n}", f"Text of {n}.", guid=guid) for n, guid in enumerate(guids)]
        file = made.root.parent / "valley.xml"
        file.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
        made.run("add", str(file))
        made.build()
        rss = (made.root / "site/rss.xml").read_text(encoding="utf-8")
        atom = (made.root / "site/atom.xml").read_text(encoding="utf-8")
        assert sorted(re.findall(r"<guid isPermaLink=\"false\">(.*?)</guid>", rss)) == sorted(guids)
        assert sorted(re.findall(r"<entry>\s*<id>(.*?)</id>", atom)) == sorted(guids)


BLOCKS = """<!-- wp:paragraph {"dropCap":true} -->
<p class="has-drop-cap">First.</p>
<!-- /wp:paragraph -->

<!-- wp:cover {"url":"https://valley.example/cover.jpg"} -->
<div class="wp-block-cover" style="background-image:url(https://valley.example/cover.jpg)"><p>On it</p></div>
<!-- /wp:cover -->

<!-- wp:gallery {"ids":[1,2]} -->
<ul class="blocks-gallery-grid"><li class="blocks-gallery-item">
<figure><img src="https://valley.example/a.jpg" alt="A"/>
<figcaption>The A</figcaption></figure></li><li><figure><img src="https://valley.example/b.jpg" alt="B"/></figure></li>
</ul>
<!-- /wp:gallery -->

<!-- wp:embed {"url":"https://video.example/1"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://video.example/1
</div></figure>
<!-- /wp:embed -->

<!-- wp:verse -->
<pre class="wp-block-verse">The river
runs <em>high</em></pre>
<!-- /wp:verse -->

<!-- wp:code -->
<pre class="wp-block-code"><code>if a &lt; b:\n    print("&#91;x]")</code></pre>
<!-- /wp:code -->

<!-- wp:latest-posts {"postsToShow":3} /-->

<!-- wp:block {"ref":50} /-->

<!-- wp:freeform -->
Classic one.

Classic two.
<!-- /wp:freeform -->

<!-- wp:paragraph -->
<p>Noted<sup data-fn="ab" class="fn"><a href="#ab" id="ab-link">1</a></sup>.</p>
<!-- /wp:paragraph -->

<!-- wp:footnotes /-->"""

NOTES = """<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>
<wp:meta_value><![CDATA[[{"content":"The <em>note</em>.","id":"ab"}]]]></wp:meta_value></wp:postmeta>"""


class TestTheBlockEditor:
    """Its comments go; what only they say is kept or named."""

    def test_every_block(self, converted: Callable[..., dict[str, str]]) -> None:
        """Pictures of every kind, embeds, verse, code, reusable blocks, classic blocks, footnotes."""
        found = converted(
            post(12, "Blocks", BLOCKS, NOTES, name="blocks"),
            post(50, "Reusable", "<!-- wp:paragraph -->\n<p>Used again.</p>\n<!-- /wp:paragraph -->", kind="wp_block"),
        )
        assert body(found["articles/blocks.md"]) == (
            "First.\n\n![](https://valley.example/cover.jpg)\n\nOn it\n\n"
            '<figure>\n<img src="https://valley.example/a.jpg" alt="A">\n<figcaption>The A</figcaption>\n</figure>\n\n'
            "![B](https://valley.example/b.jpg)\n\n[https://video.example/1](https://video.example/1)\n\n"
            'The river  \nruns *high*\n\n```\nif a < b:\n    print("[x]")\n```\n\n'
            "Used again.\n\nClassic one.\n\nClassic two.\n\nNoted[^1].\n\n[^1]: The *note*."
        )
        assert "  left:\n    - block latest-posts\n" in found["articles/blocks.md"]


class TestTheClassicEditor:
    """Blank lines are paragraphs, and shortcodes are everything else."""

    def test_shortcodes(self, converted: Callable[..., dict[str, str]]) -> None:
        """Captions, galleries, players and code are kept; an unknown one leaves its content and a note."""
        content = (
            "Line one\nline two\n\n"
            '[caption id="x" width="300"]<a href="https://valley.example/a.jpg">'
            '<img src="https://valley.example/a.jpg" alt="A" /></a> The <em>A</em>[/caption]\n\n'
            '[gallery ids="7,8"]\n\n[youtube abc123]\n\n'
            '[code language="python"]\na = [1]\n\nb = "<x>"\n[/code]\n\n'
            '[contact-form-7 id="3" title="Write"]\n\n[box color="red"]Kept [sic].[/box]'
        )
        found = converted(
            post(12, "Classic", content, name="classic"),
            picture(7, "https://valley.example/7.jpg", 12, "Seven"),
            picture(8, "https://valley.example/8.jpg", 12),
        )
        text = found["articles/classic.md"]
        assert body(text) == (
            "Line one  \nline two\n\n"
            '<figure>\n<img src="https://valley.example/a.jpg" alt="A">\n<figcaption>The <em>A</em></figcaption>\n'
            '</figure>\n\n<figure>\n<img src="https://valley.example/7.jpg" alt="">\n<figcaption>Seven</figcaption>\n'
            "</figure>\n\n![](https://valley.example/8.jpg)\n\n"
            "[youtube.com/watch?v=abc123](https://www.youtube.com/watch?v=abc123)\n\n"
            '```python\na = [1]\n\nb = "<x>"\n```\n\nKept [sic].'
        )
        assert re.findall(r"^    - (.*)$", text, re.MULTILINE) == [
            '\'shortcode [contact-form-7 id="3" title="Write"]\'',
            "'shortcode [box color=\"red\"]'",
        ]

    @pytest.mark.parametrize(
        "text",
        ["He said [sic] so.", "See [1] and [Note to self].", "a[i] = b[j]", "[...]", "[Update] It rained.", "[e-mail]"],
    )
    def test_brackets_of_editors_stay(self, text: str) -> None:
        """Nothing tells them for shortcodes."""
        assert shortcodes.expand(text, lambda *_: "") == shortcodes.Expanded(text, ())

    def test_a_doubled_bracket_shows_a_shortcode(self) -> None:
        """As WordPress has it."""
        assert shortcodes.expand("Write [[gallery]] there.", lambda *_: "X").html == "Write [gallery] there."
        assert shortcodes.expand("[[b a=1]c[/b]]", lambda *_: "").html == "[b a=1]c[/b]"

    def test_a_picture_in_an_unknown_shortcode_is_kept(self) -> None:
        """Page builders keep everything in attributes."""
        made = shortcodes.expand('[pb_image src="https://x.test/a.png" link="y"]', lambda *_: "")
        assert '<img src="https://x.test/a.png"' in made.html
        assert made.left == ('shortcode [pb_image src="https://x.test/a.png" link="y"]',)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
            ("<h2>Head</h2>\nText", "<h2>Head</h2>\n<p>Text</p>"),
            ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
            ("<ul>\n<li>a\nb</li>\n</ul>", "<ul>\n<li>a<br>\nb</li>\n</ul>"),
            ("a<br /><br />b", "<p>a</p>\n<p>b</p>"),
            ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>"),
        ],
    )
    def test_paragraphs(self, text: str, expected: str) -> None:
        """Of blank lines, as WordPress shows them."""
        assert autop.paragraphs(text) == expected


class TestDamage:
    """What is whole is converted, the rest is named."""

    def test_a_truncated_export(self, site: Callable[[str], Site]) -> None:
        """The last item is left out by name, and the exit code says it; a whole one brings what is missing."""
        made = site("")
        whole = HEAD + post(1, "Whole", "Text of one.") + post(2, "Torn", "Text of two, which goes on.") + TAIL
        file = made.root.parent / "valley.xml"
        file.write_text(whole[: whole.index("which goes")], encoding="utf-8")
        run = made.run("add", str(file))
        assert run.code == 1
        assert "valley.xml: error[export-truncated]: the export ends within item 2 (“Torn”)" in run.err
        file.write_text(whole, encoding="utf-8")
        assert made.run("add", str(file)).out.splitlines()[-1].endswith("1 new, 1 unchanged")

    def test_slips_of_the_xml(self, converted: Callable[..., dict[str, str]]) -> None:
        """Bare ampersands, HTML's names, control characters and a `]]>` of the text."""
        item = post(1, "x", "Text with ]]> in it and \x0b a control.").replace(
            "<![CDATA[x]]></title>", "Salt & pepper &ndash; caf&eacute;</title>"
        )
        text = converted(item)["articles/post-1.md"]
        assert keys(text)["title"] == "'Salt & pepper – café'"
        assert body(text) == "Text with ]]> in it and a control."

    def test_an_entity_bomb_is_refused(self, site: Callable[[str], Site]) -> None:
        """Nothing is expanded."""
        made = site("")
        file = made.root.parent / "valley.xml"
        bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        file.write_text(HEAD.replace("<rss", f"{bomb}<rss", 1) + post(1, "&b;", "x") + TAIL, encoding="utf-8")
        run = made.run("add", str(file))
        assert (run.code, "error[export-entities]" in run.err) == (1, True)


SAMPLES = os.environ.get("TAGWIRE_IMPORT_SAMPLES", "")


@pytest.mark.skipif(not SAMPLES, reason="TAGWIRE_IMPORT_SAMPLES names no folder of real exports")
@pytest.mark.parametrize("name", ["64-block-test-data.xml", "themeunittestdata.wordpress.xml"])
def test_wordpress_s_own_test_data(site: Callable[[str], Site], name: str) -> None:
    """No block comment, no shortcode, no lost picture."""
    made = site("")
    source = Path(SAMPLES) / "wxr" / name
    assert made.run("add", str(source)).code == 0
    made.build()
    texts = "".join(path.read_text(encoding="utf-8") for path in (made.root / "content").rglob("*.md"))
    without_code = re.sub(r"^```.*?^```$", "", texts, flags=re.MULTILINE | re.DOTALL)
    assert "wp:" not in without_code
    assert not re.search(r"\[/?(?:caption|gallery|embed|audio|playlist)\b", texts)
    posts = re.sub(r"<wp:comment>.*?</wp:comment>", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    wanted = set(re.findall(r"<img[^>]*?\ssrc=\"(https?://[^\"]+)\"", posts))
    shown = html.unescape(texts)
    assert {url for url in wanted if html.unescape(url) not in shown} == set()
    names = {path.stem for path in (made.root / "content").rglob("*.md")}
    slugs = {unquote(slug) for slug in re.findall(r"<wp:post_name><!\[CDATA\[([^\]]*%[^\]]*)\]\]>", posts)}
    assert {slug for slug in slugs if slug not in names} == set()
