"""A site that moves: links between its articles lead on, and every format keeps what the handbook says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import test_export_squarespace as squarespace
from documents import packed
from tagwire.intake.exports.oldlinks import ByName, OldLinks
from test_export_formats import ATOM, BLOGGER, GHOST, JSON_FEED, RSS, STORY, SUBSTACK, add, markdown
from test_export_markdown import FRONT
from test_export_wordpress import HEAD, TAIL, TERMS, picture, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


class TestLinksOfAnExport:
    """From one of its articles to another."""

    def test_they_lead_to_the_new_pages(self, site: Callable[[str], Site]) -> None:
        """By the old path, which is an alias: by address, with www or without, by number, relative, with a fragment."""
        made = site("")
        links = (
            "https://valley.example/2024/03/weir/#wall",
            "http://www.valley.example/2024/03/weir",
            "/2024/03/weir/",
            "https://valley.example/?p=2",
            "https://valley.example/about/",
            "https://elsewhere.example/2024/03/weir/",
        )
        text = "\n\n".join(f'<a href="{link}">link {number}</a>' for number, link in enumerate(links))
        items = [
            post(1, "Dam", text, name="dam"),
            post(2, "Weir", "The weir is open.", name="weir"),
            post(3, "About", "We live here.", kind="page", name="about", link="https://valley.example/about/"),
        ]
        add(made, "valley.xml", HEAD + "".join(items) + TAIL)
        _, body = markdown(made, "articles/dam")
        assert re.findall(r"\]\((.*?)\)", body) == [
            "/2024/03/weir/#wall",
            "/2024/03/weir/",
            "/2024/03/weir/",
            "/2024/03/weir/",
            "/about/",
            "https://elsewhere.example/2024/03/weir/",
        ]
        assert "isn’t in the export" not in made.read("content/articles/dam.md")
        assert made.run("check").code == 0

    def test_those_of_a_site_without_names_in_its_addresses(self, site: Callable[[str], Site]) -> None:
        """Its addresses are queries, which no static site answers: a path stands for each, which a rule can lead to."""
        made = site("")
        text = '<a href="https://valley.example/?p=2#wall">weir</a> <a href="/?page_id=3">about</a>'
        items = [
            post(1, "Dam", text, name="dam", link="https://valley.example/?p=1"),
            post(2, "Weir", "The weir is open.", name="weir", link="https://valley.example/?p=2"),
            post(3, "About", "We live here.", kind="page", name="about", link="https://valley.example/?page_id=3"),
        ]
        add(made, "valley.xml", HEAD + "".join(items) + TAIL)
        _, body = markdown(made, "articles/dam")
        assert re.findall(r"\]\((.*?)\)", body) == ["/p/2/#wall", "/p/3/"]
        assert "aliases: ['/p/1/']" in made.read("content/articles/dam.md")
        assert made.build().code == 0
        assert 'href="../../articles/weir/#wall"' in made.read("site/articles/dam/index.html")
        assert 'href="../../about/"' in made.read("site/articles/dam/index.html")

    def test_one_that_leads_nowhere_is_told(self, site: Callable[[str], Site]) -> None:
        """It stays as it was; drafts are nowhere either; pictures and the front page are no articles."""
        made = site("")
        links = ["2024/03/gone/", "2024/03/soon/", "wp-content/uploads/a.jpg", ""]
        text = "\n\n".join(f'<a href="https://valley.example/{link}">a link</a>' for link in links)
        items = [post(1, "Dam", text, name="dam"), post(2, "Soon", "Text.", name="soon", status="draft")]
        add(made, "valley.xml", HEAD + "".join(items) + TAIL)
        left = re.findall(r"^    - (.*)$", made.read("content/articles/dam.md"), re.MULTILINE)
        assert [each for each in left if "link" in each] == [
            "'link to https://valley.example/2024/03/gone/, which isn’t in the export'",
            "'link to https://valley.example/2024/03/soon/, which isn’t in the export'",
        ]

    @pytest.mark.parametrize(
        ("name", "data", "old", "new"),
        [
            ("feed.xml", RSS, "https://valley.example/2024/kurz/", "/2024/kurz/"),
            ("blog.xml", BLOGGER, "https://valley.example/2024/03/dam.html", "/2024/03/dam.html"),
            ("feed.json", json.dumps(JSON_FEED), "https://valley.example/a", "/a"),
        ],
    )
    def test_in_other_formats(self, site: Callable[[str], Site], name: str, data: str, old: str, new: str) -> None:
        """A feed knows its newest articles only, so it says nothing of others."""
        made = site("")
        begin, link = ("Das Wehr", "Das Wehr") if name == "feed.xml" else ("It is", "It is")
        begin, link = ("Text of A", "Text of A") if name == "feed.json" else (begin, link)
        html = f'<a href="{old}#x">{link}</a>'
        written = html.replace("<", "&lt;").replace(">", "&gt;") if name == "blog.xml" else html
        written = json.dumps(html)[1:-1] if name == "feed.json" else written
        head, _, rest = data.rpartition(begin)
        run = add(made, name, head + written + rest)
        assert run.code == 0, run.err
        texts = "".join(path.read_text("utf-8") for path in (made.root / "content/articles").glob("*.md"))
        assert f"]({new}#x)" in texts

    def test_in_a_table_of_posts(self, site: Callable[[str], Site]) -> None:
        """Beehiiv’s: every post says where it was."""
        made = site("")
        weir = "2,The weir,confirmed,Ada Quill,,https://valley.example/p/weir,,"
        link = (
            '<p>See <a href=""https://valley.example/p/dam?utm=1#wall"">the dam</a> or <a href=""/p/dam"">it</a>.</p>'
        )
        row = f'{weir}"{link.replace("?utm=1", "")}",,2024-03-02 08:30:00\n'
        add(made, "posts.csv", BEEHIIV + row)
        assert markdown(made, "articles/weir")[1] == "See [the dam](/p/dam#wall) or [it](/p/dam)."
        assert 'href="../../articles/dam/#wall"' in made.read("site/articles/weir/index.html")

    def test_from_ghost(self, site: Callable[[str], Site]) -> None:
        """Its posts name their site by a sign that stands for it."""
        made = site("")
        data = json.loads(json.dumps(GHOST))
        posts = data["db"][0]["data"]["posts"]
        html = '<p>See <a href="__GHOST_URL__/the-dam/#wall">the dam</a>.</p>'
        posts.append(posts[0] | {"id": "77", "uuid": "u-77", "title": "The weir", "slug": "the-weir", "html": html})
        add(made, "ghost.json", json.dumps(data))
        assert markdown(made, "articles/the-weir")[1] == "See [the dam](/the-dam/#wall)."

    def test_from_buttondown(self, site: Callable[[str], Site]) -> None:
        """Its archive is at Buttondown, under a name that no other uses."""
        made = site("")
        table = BUTTONDOWN["emails.csv"] + "3,The weir,2024-03-02T08:30:00Z,the-weir,sent\n"
        old = "https://buttondown.email/valley/archive"
        text = f"See [the dam]({old}/the-dam/#wall) and [more]({old}/gone/).\n"
        add(made, "buttondown.zip", packed({**BUTTONDOWN, "emails.csv": table, "emails/the-weir.md": text}))
        body = markdown(made, "articles/the-weir")[1]
        assert body == f"See [the dam](/archive/the-dam/#wall) and [more]({old}/gone/)."

    def test_numbers_and_names_tell_where_the_host_is_unknown(self) -> None:
        """Medium's stories have a number, Substack's a name."""
        links = ByName(r"https?://[^?#]*[-/]([0-9a-f]{12})(?:[?#]|\Z)", {"0123456789ab": "/@ada/dam"})
        assert links("https://medium.com/p/0123456789ab?source=x") == "/@ada/dam"
        assert links("https://medium.com/@ada/a-dam-0123456789ab#wall") == "/@ada/dam#wall"
        assert not links("https://medium.com/p/ffffffffffff")
        assert not links.lost("https://medium.com/p/ffffffffffff")

    @pytest.mark.parametrize("url", ["http://[", "mailto:a@b.example", "", "https://valley.example", "//["])
    def test_what_is_no_address_is_none(self, url: str) -> None:
        """Nor is the front page."""
        links = OldLinks("https://valley.example/")
        links.add("https://valley.example/dam/")
        assert (links(url), links.lost(url)) == ("", False)


BEEHIIV = (
    "id,web_title,status,author,content_tags,url,web_subtitle,content_html,thumbnail_url,publish_date\n"
    "1,The dam,confirmed,Ada Quill,Water,https://valley.example/p/dam,Short.,<p>It is empty.</p>,"
    "https://valley.example/a.jpg,2024-03-01 08:30:00\n"
)
BUTTONDOWN = {
    "emails.csv": "id,subject,publish_date,slug,status\n1,The dam,2024-03-01T08:30:00Z,the-dam,sent\n"
    "2,Soon,2024-03-01T08:30:00Z,soon,draft\n",
    "emails/the-dam.md": "It is *empty*.\n",
    "emails/soon.md": "Not yet.\n",
}
WORDPRESS = (
    HEAD
    + post(12, "The dam", "The dam is empty.", TERMS, name="the-dam", excerpt="Short.")
    + picture(77, "https://valley.example/wp-content/uploads/dam.jpg", 12)
    + TAIL
)
THUMBNAIL = '<thumbnail xmlns="http://search.yahoo.com/mrss/" url="https://valley.example/a.jpg"/>'
SAMPLES: dict[str, dict[str, str | bytes]] = {
    "WordPress": {"valley.xml": WORDPRESS, "draft.xml": HEAD + post(1, "Soon", "x", status="draft") + TAIL},
    "Ghost": {"ghost.json": json.dumps(GHOST)},
    "Substack": {"substack.zip": packed(SUBSTACK)},
    "Medium": {
        "medium.zip": packed(
            {
                "posts/2024-03-01_The-dam-0123456789ab.html": STORY,
                "posts/draft_Soon-fedcba987654.html": STORY.replace("0123456789ab", "fedcba987654"),
            }
        )
    },
    "Blogger": {"blog.xml": BLOGGER},
    "Squarespace": {
        "squarespace.xml": squarespace.HEAD
        + squarespace.item(
            5,
            "The dam",
            "journal/the-dam",
            "<p>It is empty.</p>",
            squarespace.MORE.replace("storm", "Water"),
            excerpt="Short.",
        )
        + squarespace.LEAD
        + squarespace.item(8, "Soon", "journal/soon", "<p>Not yet.</p>", status="draft")
        + "</channel></rss>"
    },
    "Beehiiv": {
        "posts.csv": BEEHIIV,
        "draft/posts.csv": BEEHIIV.replace("1,The", "2,The").replace("confirmed", "draft"),
    },
    "Buttondown": {"buttondown.zip": packed(BUTTONDOWN)},
    "RSS": {"feed.xml": RSS.replace("<enclosure", f"{THUMBNAIL}<enclosure")},
    "Atom": {"feed.xml": ATOM.replace("<author>", f"{THUMBNAIL}<author>")},
    "JSON Feed": {"feed.json": json.dumps(JSON_FEED).replace("17,", '17, "summary": "Short.", "image": "/a",')},
    "Jekyll": {
        "2024-03-01-the-dam.md": FRONT["jekyll"].replace("layout", "image: /a.jpg\nlayout") + "Text.\n",
        "b.md": "---\ntitle: B\npublished: false\n---\nB.\n",
    },
    "Hugo, Zola": {
        "dam.md": FRONT["hugo"].replace("date =", "image = '/a.jpg'\ndate =") + "Text.\n",
        "b.md": "+++\ntitle = 'B'\ndraft = true\n+++\nB.\n",
    },
    "Eleventy": {
        "dam.md": FRONT["eleventy"].replace("date:", "image: /a.jpg\ndate:") + "Text.\n",
        "b.md": "---\ntitle: B\ndraft: true\n---\nB.\n",
    },
    "Pelican": {
        "dam.md": FRONT["pelican"].replace("Date:", "image: /a.jpg\nDate:") + "Text.\n",
        "b.md": "Title: B\nStatus: draft\n\nB.\n",
    },
}
FIELDS = {
    "id": r"^id: (?!urn:uuid)",
    "date": r"^published: 2024(?!.*\ndate_source)",
    "authors": "^authors:",
    "tags": r"^tags: \[.*(?:Water|Wasser)",
    "summary": r"^summary: (?:Short|Kurz)\.",
    "lead picture": "^image:",
    "old address": "^aliases:",
    "draft": "^draft: true",
}


def _table() -> list[list[str]]:
    page = Path(__file__).parent.parent / "content/pages/handbook/moving.md"
    rows = re.findall(r"^\| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def test_the_handbook_names_every_format() -> None:
    """And every field, in this order."""
    head, *rows = _table()
    assert head[1:] == list(FIELDS)
    assert {row[0] for row in rows} == {*SAMPLES}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_format_keeps_what_the_handbook_says(kind: str, site: Callable[[str], Site]) -> None:
    """A "yes" means that some article of our sample has it, "no" that none does."""
    made = site("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n")
    for name, data in SAMPLES[kind].items():
        file = made.root.parent / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        made.run("add", str(file))
    heads = [path.read_text("utf-8").split("\n---\n")[0] for path in (made.root / "content/articles").glob("*.md")]
    said = next(row for row in _table() if row[0] == kind)
    found = {name: any(re.search(pattern, head, re.MULTILINE) for head in heads) for name, pattern in FIELDS.items()}
    assert {name: cell == "yes" for name, cell in zip(FIELDS, said[1:], strict=True)} == found


def test_a_link_to_an_old_address_leads_straight_to_the_page(site: Callable[[str], Site]) -> None:
    """On pages and in feeds, with its fragment; also after an edit of the text alone; a draft has no address."""
    made = site(
        "-- content/articles/a.md --\n---\ntitle: A\npublished: 2024-01-02\n---\n"
        "[b](/2019/05/b/#wall), [d](/2019/d/).\n"
        "-- content/articles/b.md --\n---\ntitle: B\npublished: 2024-01-01\naliases: [/2019/05/b/]\n---\nText of B.\n"
        "-- content/articles/d.md --\n---\ntitle: D\npublished: 2024-01-01\naliases: [/2019/d/]\ndraft: true\n---\nD.\n"
    )
    made.build()
    page, feed = made.read("site/articles/a/index.html"), made.read("site/atom.xml")
    assert 'href="../../articles/b/#wall"' in page
    assert 'href="../../2019/d/"' in page
    assert "https://news.example/articles/b/#wall" in feed
    path = made.root / "content/articles/a.md"
    path.write_text(path.read_text("utf-8").replace("[b]", "See [b]"), encoding="utf-8")
    made.build("--verify")
    assert 'See <a href="../../articles/b/#wall"' in made.read("site/articles/a/index.html")
