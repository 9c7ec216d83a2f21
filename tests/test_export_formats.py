"""Exports of Ghost, Substack, Beehiiv, Medium and Blogger, and feeds: ids and text come along, the rest is named."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from documents import packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run, Site


def add(made: Site, name: str, data: str | bytes) -> Run:
    """`tagwire add` of a file with this content, then a build, which must be well."""
    file = made.root.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    run = made.run("add", str(file))
    made.build()
    return run


def markdown(made: Site, name: str) -> tuple[dict[str, str], str]:
    """One-line keys and body of an article or page."""
    head, _, body = made.read(f"content/{name}.md").partition("\n---\n")
    return dict(re.findall(r"^([a-z_]+): (.*)$", head, re.MULTILINE)), body.strip("\n")


def feed_ids(made: Site) -> list[str]:
    """The guids of the site's RSS, which are the ids of its Atom and JSON feeds too."""
    guids = re.findall(r"<guid isPermaLink=\"false\">(.*?)</guid>", made.read("site/rss.xml"))
    atom = re.findall(r"<entry[^>]*>\s*<id>(.*?)</id>", made.read("site/atom.xml"))
    listed = [item["id"] for item in json.loads(made.read("site/feed.json"))["items"]]
    assert guids == atom == listed
    return sorted(guids)


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Valley</title><link>https://valley.example/</link><language>de</language>
<item><title>Das Wehr &amp;amp; der Damm</title><link>https://valley.example/2024/wehr.html</link>
<guid isPermaLink="false">4711</guid><pubDate>Fri, 01 Mar 2024 10:30:00 +0200</pubDate>
<dc:creator>Ada Quill</dc:creator>
<category>Wasser</category><description>Kurz.</description>
<content:encoded><![CDATA[<p>Das Wehr ist <a href="/offen">offen</a>.</p>
<img src="bild.jpg" alt="Wehr">]]></content:encoded>
<enclosure url="https://valley.example/ton.mp3" length="1" type="audio/mpeg"/></item>
<item><title>Nur kurz</title><link>https://valley.example/2024/kurz/</link><description>Eine Zeile.</description>
<pubDate>Sat, 02 Mar 2024 08:00:00 GMT</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Valley</title><id>tag:valley.example,2024:feed</id>
<updated>2024-03-02T00:00:00Z</updated>
<entry><id>tag:valley.example,2024:1</id><title type="html">The &lt;em&gt;dam&lt;/em&gt;</title>
<link rel="alternate" type="text/html" href="https://valley.example/dam"/><author><name>Ada Quill</name></author>
<published>2024-03-01T10:30:00+02:00</published><updated>2024-03-02T10:30:00+02:00</updated>
<category term="water" label="Water"/><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is <b>empty</b>.</p></div></content></entry>
<entry><id>urn:uuid:6f0c3a52-0c4e-4a8e-9d59-222222222222</id><title type="text">1 &lt; 2</title>
<updated>2024-03-01T09:00:00Z</updated><content type="text">Plain &lt;b&gt; text.</content></entry>
</feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Valley",
    "home_page_url": "https://valley.example/",
    "language": "en",
    "items": [
        {
            "id": "https://valley.example/a",
            "url": "https://valley.example/a",
            "title": "A & B",
            "content_html": "<p>Text of A.</p>",
            "date_published": "2024-03-01T10:30:00+02:00",
            "authors": [{"name": "Ada Quill"}],
            "tags": ["Water"],
        },
        {"id": 17, "content_text": "One line.\n\nTwo <b>.", "date_published": "2024-03-02T10:30:00Z"},
    ],
}


class TestFeeds:
    """A feed with full text is an export like any other."""

    def test_rss(self, site: Callable[[str], Site]) -> None:
        """Every field; relative addresses are made absolute, sounds become links, a mere summary is told."""
        made = site("")
        run = add(made, "feed.xml", RSS)
        assert run.out.splitlines()[-1].endswith("feed.xml (feed): 2 new; 1 note on what could not be carried over")
        keys, body = markdown(made, "articles/wehr")
        assert keys == {
            "id": "'4711'",
            "title": "'Das Wehr & der Damm'",
            "published": "2024-03-01T10:30:00+02:00",
            "enclosure": "{url: https://valley.example/ton.mp3, length: 1, type: audio/mpeg}",
            "authors": "[Ada Quill]",
            "tags": "[Wasser]",
            "summary": "Kurz.",
            "lang": "de",
            "aliases": "['/2024/wehr.html']",
        }
        assert body == (
            "Das Wehr ist [offen](https://valley.example/offen).\n\n![Wehr](https://valley.example/2024/bild.jpg)\n\n"
            "[ton.mp3](https://valley.example/ton.mp3)"
        )
        assert "its text: the feed has only this summary" in made.read("content/articles/kurz.md")

    def test_atom(self, site: Callable[[str], Site]) -> None:
        """Text, HTML and XHTML; the update that subscribers were told of."""
        made = site("")
        add(made, "feed.xml", ATOM)
        keys, body = markdown(made, "articles/dam")
        assert (keys["title"], keys["updated"], keys["tags"]) == ("The dam", "2024-03-02T10:30:00+02:00", "[Water]")
        assert body == "It is **empty**."
        assert markdown(made, "articles/1-2")[1] == "Plain &lt;b> text."

    @pytest.mark.parametrize(
        ("name", "data", "ids"),
        [
            ("rss.xml", RSS, ["4711", "https://valley.example/2024/kurz/"]),
            ("atom.xml", ATOM, ["tag:valley.example,2024:1", "urn:uuid:6f0c3a52-0c4e-4a8e-9d59-222222222222"]),
            ("feed.json", json.dumps(JSON_FEED), ["17", "https://valley.example/a"]),
        ],
    )
    def test_subscribers_know_every_entry(
        self, site: Callable[[str], Site], name: str, data: str, ids: list[str]
    ) -> None:
        """What was an id or guid in the old feed is one in all of the new ones."""
        made = site("")
        add(made, name, data)
        assert feed_ids(made) == ids

    def test_our_own_feeds_come_back(self, site: Callable[[str], Site], tmp_path: Path) -> None:
        """Each of the three, to the same ids."""
        made = site("")
        add(made, "atom.xml", ATOM)
        for name in ("rss.xml", "atom.xml", "feed.json"):
            other = type(made)(tmp_path / f"site of {name}")
            other.root.mkdir()
            other.write('-- tagwire.toml --\ntitle = "Other"\nurl = "https://other.example/"\n')
            add(other, f"old-{name}", (made.root / "site" / name).read_bytes())
            assert feed_ids(other) == feed_ids(made)


GHOST = {
    "db": [
        {
            "meta": {"version": "5.80.0"},
            "data": {
                "posts": [
                    {
                        "id": "64b7114425bee6e3b17baf70",
                        "title": "The dam",
                        "slug": "the-dam",
                        "html": '<p>It is <a href="__GHOST_URL__/about/">empty</a>.</p>'
                        '<figure class="kg-card kg-image-card">'
                        '<img src="__GHOST_URL__/content/images/2024/dam.jpg" alt="D">'
                        "<figcaption>The dam</figcaption></figure>",
                        "feature_image": "__GHOST_URL__/content/images/2024/lead.jpg",
                        "status": "published",
                        "visibility": "public",
                        "type": "post",
                        "published_at": "2024-03-01T08:30:00.000Z",
                        "custom_excerpt": "Short.",
                    },
                    {
                        "id": "64b7114425bee6e3b17baf71",
                        "title": "For members",
                        "slug": "members",
                        "html": None,
                        "lexical": json.dumps(
                            {
                                "root": {
                                    "type": "root",
                                    "children": [
                                        {
                                            "type": "extended-heading",
                                            "tag": "h2",
                                            "children": [{"type": "text", "text": "Head"}],
                                        },
                                        {
                                            "type": "paragraph",
                                            "children": [
                                                {"type": "text", "text": "Bold <b>", "format": 1},
                                                {
                                                    "type": "link",
                                                    "url": "https://x.example/",
                                                    "children": [{"type": "text", "text": "x"}],
                                                },
                                            ],
                                        },
                                        {"type": "markdown", "markdown": "A *card*\n\n- of Markdown"},
                                        {"type": "codeblock", "language": "python", "code": "a = 1"},
                                        {"type": "signup", "header": "Join"},
                                    ],
                                }
                            }
                        ),
                        "status": "published",
                        "visibility": "paid",
                        "published_at": "2024-03-02T08:30:00.000Z",
                    },
                    {
                        "id": "64b7114425bee6e3b17baf72",
                        "title": "Old editor",
                        "slug": "old",
                        "mobiledoc": json.dumps(
                            {
                                "version": "0.3.1",
                                "atoms": [["soft-return", "", {}]],
                                "cards": [["image", {"src": "https://x.example/a.jpg", "caption": "A"}]],
                                "markups": [["em"], ["a", ["href", "https://x.example/"]]],
                                "sections": [
                                    [1, "p", [[0, [0], 1, "Slanted"], [1, [], 0, 0], [0, [1], 1, "link"]]],
                                    [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
                                    [10, 0],
                                ],
                            }
                        ),
                        "status": "draft",
                        "created_at": "2024-03-03T08:30:00.000Z",
                    },
                ],
                "tags": [{"id": "t1", "name": "Water"}, {"id": "t2", "name": "#internal"}],
                "posts_tags": [
                    {"post_id": "64b7114425bee6e3b17baf70", "tag_id": "t2", "sort_order": 0},
                    {"post_id": "64b7114425bee6e3b17baf70", "tag_id": "t1", "sort_order": 1},
                ],
                "users": [{"id": "u1", "name": "Ada Quill"}],
                "posts_authors": [{"post_id": "64b7114425bee6e3b17baf70", "author_id": "u1", "sort_order": 0}],
            },
        }
    ]
}


class TestGhost:
    """Its own numbers are the guids of its feed."""

    def test_an_archive_with_pictures(self, site: Callable[[str], Site]) -> None:
        """They come along, and the article shows the copies."""
        made = site("")
        members: dict[str, str | bytes] = {
            "ghost-export.json": json.dumps(GHOST),
            "content/images/2024/dam.jpg": b"dam",
            "content/images/2024/lead.jpg": b"lead",
        }
        add(made, "ghost.zip", packed(members))
        keys, body = markdown(made, "articles/the-dam")
        assert (keys["authors"], keys["tags"], keys["summary"]) == ("[Ada Quill]", "[Water]", "Short.")
        assert (keys["image"], keys["aliases"]) == ("the-dam/lead.jpg", "['/the-dam/']")
        assert '<img src="the-dam/dam.jpg" alt="D">' in body
        assert (made.root / "content/articles/the-dam/dam.jpg").read_bytes() == b"dam"
        assert (made.root / "site/articles/the-dam/dam.jpg").read_bytes() == b"dam"
        assert feed_ids(made) == ["64b7114425bee6e3b17baf70"]

    def test_both_editors(self, site: Callable[[str], Site]) -> None:
        """What members paid for does not become public by moving."""
        made = site("")
        add(made, "ghost.json", json.dumps(GHOST))
        keys, body = markdown(made, "articles/members")
        assert keys["draft"] == "true"
        assert body == (
            "## Head\n\n**Bold &lt;b>**[x](https://x.example/)\n\nA *card*\n\n- of Markdown\n\n```python\na = 1\n```"
        )
        assert "    - card signup\n" in made.read("content/articles/members.md")
        assert markdown(made, "articles/old")[1] == (
            "*Slanted*  \n[link](https://x.example/)\n\n- one\n- two\n\n"
            '<figure>\n<img src="https://x.example/a.jpg" alt="">\n<figcaption>A</figcaption>\n</figure>'
        )


SUBSTACK = {
    "posts.csv": "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
    "1.the-dam,2024-03-01T08:30:00.000Z,true,,newsletter,everyone,The dam,Short.,\n"
    "2.paid,2024-03-02T08:30:00.000Z,true,,newsletter,only_paid,Paid,,\n"
    "3.gone,2024-03-02T08:30:00.000Z,true,,newsletter,everyone,Gone,,\n",
    "posts/1.the-dam.html": '<p>It is empty.</p><div class="subscription-widget-wrap"><form><input></form></div>'
    '<div class="captioned-image-container"><figure><img src="https://cdn.example/a.png" alt=""></figure></div>',
    "posts/2.paid.html": "<p>For those who pay.</p>",
}


def test_substack(site: Callable[[str], Site]) -> None:
    """Its sign-up boxes are cut by name; a text that isn't there is told, the others are converted."""
    made = site("")
    run = add(made, "substack.zip", packed(SUBSTACK))
    assert (run.code, "the text of “Gone” (3.gone.html) isn't in the export" in run.err) == (1, True)
    keys, body = markdown(made, "articles/the-dam")
    assert (keys["summary"], keys["aliases"]) == ("Short.", "['/p/the-dam']")
    assert body == "It is empty.\n\n![](https://cdn.example/a.png)"
    assert markdown(made, "articles/paid")[0]["draft"] == "true"


@pytest.mark.parametrize("kind", ["substack.zip", "posts.csv", "posts.zip"])
def test_an_export_without_ids_takes_those_of_the_old_feed(site: Callable[[str], Site], kind: str) -> None:
    """Whoever adds the feed first floods nobody: its articles are recognised, the older ones come from the export."""
    made = site("")
    feed = (
        '<rss version="2.0"><channel><link>https://valley.example/</link><item><title>The dam</title>'
        "<link>https://valley.example/p/the-dam</link><guid>https://old.example/p/the-dam</guid>"
        "<pubDate>Fri, 01 Mar 2024 08:30:00 GMT</pubDate><description>&lt;p&gt;It is empty.&lt;/p&gt;</description>"
        "</item></channel></rss>"
    )
    add(made, "old-feed.xml", feed)
    table = "id,web_title,status,url,content_html,created_at\n"
    table += "a,The dam,confirmed,https://valley.example/p/the-dam,<p>It is empty.</p>,2024-03-01 08:30:00\n"
    table += "b,Older,confirmed,https://valley.example/p/older,<p>It was full.</p>,2023-03-01 08:30:00\n"
    markdowns = {
        "_posts/2024-03-01-the-dam.md": "---\ntitle: The dam\n---\nIt is empty.\n",
        "_posts/2023-03-01-older.md": "---\ntitle: Older\n---\nIt was full.\n",
    }
    older = SUBSTACK["posts.csv"].replace("2.paid", "2.older").replace("only_paid,Paid", "everyone,Older")
    posts = {"posts.csv": older, "posts/1.the-dam.html": "<p>x</p>", "posts/2.older.html": "<p>y</p>"}
    data = {"substack.zip": packed(posts), "posts.csv": table.encode(), "posts.zip": packed(markdowns)}[kind]
    for _ in range(2):
        add(made, kind, data)
        names = sorted(path.name for path in (made.root / "content/articles").glob("*.md"))
        assert names == ["older.md", "the-dam.md"]
        assert "https://old.example/p/the-dam" in feed_ids(made)


def test_a_folder_is_kept_as_an_archive(site: Callable[[str], Site], tmp_path: Path) -> None:
    """And adding it again changes nothing."""
    made = site("")
    for name, text in SUBSTACK.items():
        (tmp_path / "export" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "export" / name).write_text(text, encoding="utf-8")
    assert made.run("add", str(tmp_path / "export")).out.splitlines()[-1].count("(Substack export): 2 new, 1 refused")
    before = made.outputs("content")
    assert "sources/export.zip" in before
    assert made.run("add", str(tmp_path / "export")).out.splitlines()[-1].endswith("2 unchanged, 1 refused")
    assert made.outputs("content") == before


def test_beehiiv(site: Callable[[str], Site]) -> None:
    """One table."""
    made = site("")
    table = (
        "id,web_title,status,audience,content_tags,url,web_subtitle,content_html,thumbnail_url,created_at\n"
        'ab-1,"Dam & weir",confirmed,free,Water; Dams,https://valley.example/p/dam,Short.,"<p>It is, at '
        '""last"", empty.</p>",,'
        "2024-03-01 08:30:00\n"
    )
    add(made, "posts.csv", table)
    keys, body = markdown(made, "articles/dam")
    assert (keys["title"], keys["tags"], keys["aliases"]) == ("'Dam & weir'", "[Water, Dams]", "['/p/dam']")
    assert body == 'It is, at "last", empty.'


STORY = """<!DOCTYPE html><html><head><title>The dam</title></head><body><article class="h-entry">
<header><h1 class="p-name">The dam</h1></header><section data-field="subtitle" class="p-summary">Short.</section>
<section data-field="body" class="e-content"><section class="section"><div class="section-divider"><hr></div>
<h3 class="graf graf--h3 graf--title">The dam</h3><p class="graf">It is empty.</p>
<figure class="graf"><img src="https://cdn.example/a.png"></figure></section></section>
<footer><p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Quill</a> on
<a href="https://medium.com/p/0123456789ab"><time class="dt-published" datetime="2024-03-01T08:30:00.000Z">1</time>
</a>.</p>
<p><a href="https://medium.com/@ada/the-dam-0123456789ab" class="p-canonical">Canonical link</a></p>
<p>Exported from <a href="https://medium.com">Medium</a> on 2 March 2024.</p></footer></article></body></html>"""


def test_medium(site: Callable[[str], Site]) -> None:
    """The guid of its feed is made of the story's number; title and subtitle are not repeated."""
    made = site("")
    answer = STORY.replace('<section data-field="subtitle" class="p-summary">Short.</section>', "").replace(
        '<h3 class="graf graf--h3 graf--title">The dam</h3>', ""
    )
    answer = answer.replace("The dam</h1>", "It is</h1>").replace("0123456789ab", "fedcba987654")
    members = {
        "posts/2024-03-01_The-dam-0123456789ab.html": STORY,
        "posts/2024-03-02_It-is-fedcba987654.html": answer,
        "profile/profile.html": "<p>Me.</p>",
    }
    run = add(made, "medium.zip", packed(members))
    assert "warning[not-carried-over]: 1 answer to stories" in run.err
    keys, body = markdown(made, "articles/the-dam")
    assert (keys["authors"], keys["summary"], keys["published"]) == (
        "[Ada Quill]",
        "Short.",
        "2024-03-01T08:30:00+00:00",
    )
    assert body == "It is empty.\n\n![](https://cdn.example/a.png)"
    assert feed_ids(made) == ["https://medium.com/p/0123456789ab"]


BLOGGER = """<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'
 xmlns:app='http://purl.org/atom/app#'><id>tag:blogger.com,1999:blog-1.archive</id><title>V</title>
<entry><id>tag:blogger.com,1999:blog-1.settings.A</id>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2024-03-01T10:30:00.001+02:00</published>
<updated>2024-03-05T10:30:00.001+02:00</updated>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='Water'/><title type='text'>The dam</title>
<content type='html'>It is empty.&lt;br /&gt;&lt;br /&gt;Really.</content>
<link rel='alternate' type='text/html' href='https://valley.example/2024/03/dam.html'/>
<author><name>Ada Quill</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><published>2024-03-01T10:30:00.001+02:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#comment'/>
<title>c</title><content>First!</content><thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2'/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-4</id><published>2024-03-02T10:30:00.001+02:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<title>Draft</title>
<content type='html'>Soon.</content><app:control><app:draft>yes</app:draft></app:control></entry></feed>"""


def test_blogger(site: Callable[[str], Site]) -> None:
    """Comments are counted, drafts stay drafts, and saving an old post again is no news."""
    made = site("")
    add(made, "blog.xml", BLOGGER)
    keys, body = markdown(made, "articles/dam")
    assert (keys["id"], keys["tags"], keys["aliases"]) == (
        "'tag:blogger.com,1999:blog-1.post-2'",
        "[Water]",
        "['/2024/03/dam.html']",
    )
    assert "updated" not in keys
    assert body == "It is empty.\n\nReally."
    assert "    - '1 comment'\n" in made.read("content/articles/dam.md")
    assert markdown(made, "articles/draft")[0]["draft"] == "true"
    assert feed_ids(made) == ["tag:blogger.com,1999:blog-1.post-2"]


@pytest.mark.parametrize(
    ("name", "data"), [("ghost.json", json.dumps(GHOST)[:-9]), ("feed.json", json.dumps(JSON_FEED)[:-5])]
)
def test_half_a_json_file_is_refused(site: Callable[[str], Site], name: str, data: str) -> None:
    """With the place where it ends; nothing is made of it."""
    run = add(site("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n"), name, data)
    assert (run.code, "error[export-broken]" in run.err) == (1, True)


SAMPLES = os.environ.get("TAGWIRE_IMPORT_SAMPLES", "")
KINDS = "wxr feeds ghost substack medium beehiiv blogger squarespace buttondown jekyll".split()


@pytest.mark.skipif(not SAMPLES, reason="TAGWIRE_IMPORT_SAMPLES names no folder of real exports")
@pytest.mark.parametrize("kind", KINDS)
def test_real_exports(site: Callable[[str], Site], kind: str) -> None:
    """Every one converts, or says what it could not, and the site that they make builds."""
    made = site("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n")
    sources = [Path(SAMPLES) / kind]
    if kind not in ("substack", "medium", "buttondown"):
        sources = sorted(path for path in sources[0].rglob("*") if path.is_file())
    for source in sources:
        run = made.run("add", str(source))
        assert run.code == 0 or "error[" in run.err
    made.build()
