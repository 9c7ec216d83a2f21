"""`tagwire init --from`: a site of another program, with what it said of itself, and what couldn't come along."""

from __future__ import annotations

import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Site
from tagwire.intake.oldsettings import Guess, guess

if TYPE_CHECKING:
    from pathlib import Path

HUGO = """
-- old/hugo.toml --
baseURL = "https://old.example/blog"
languageCode = "en-gb"
title = "The Old Harbour"
[params.author]
name = "Ada Quill"
-- old/content/posts/ferry.md --
---
title: The ferry
date: 2024-01-02
tags: [Ferries]
---
It sails at nine, as it has always done. ![Pier](/img/pier.svg)
-- old/content/posts/_index.md --
---
title: Posts
---
-- old/content/about.md --
---
title: About us
---
We watch the harbour.
-- old/layouts/index.html --
<html></html>
-- old/static/img/pier.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>
-- old/static/.secret --
no
"""


def test_a_hugo_site_comes_along(tmp_path: Path) -> None:
    """Articles with their dates, pages without one, files, what it is called; and what didn't is named."""
    home = Site(tmp_path)
    home.write(HUGO)
    run = home.run("init", "new", "--from", "hugo", str(tmp_path / "old"))
    assert run.code == 0, run.err
    assert "not carried over: layouts/" in run.out
    made = Site(tmp_path / "new")
    assert tomllib.loads(made.read("tagwire.toml")) == {
        "title": "The Old Harbour",
        "url": "https://old.example/blog/",
        "author": "Ada Quill",
        "lang": "en-gb",
        "menu": [{"name": "About us", "url": "/about/"}],
    }
    assert "published: 2024-01-02" in made.read("content/articles/ferry.md")
    assert made.read("content/pages/about.md") == "---\ntitle: About us\n---\n\nWe watch the harbour.\n"
    assert made.outputs("content").keys() == {
        "articles/ferry.md",
        "pages/about.md",
        "sources/posts/ferry.md",
        "static/img/pier.svg",
    }
    assert made.build().err == ""
    assert made.run("check").code == 0
    assert made.build().out.startswith("site/: 0 written")


FEED = """
-- old/public/index.xml --
<rss version="2.0"><channel><title>The Old Harbour</title><link>https://old.example/blog/</link>
<item><title>The ferry</title><link>https://old.example/blog/2024/01/the-ferry.html</link>
<guid isPermaLink="false">4711</guid><pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate></item></channel></rss>
"""


def test_what_readers_have_comes_along(tmp_path: Path) -> None:
    """With `--feed`: ids, and the addresses of articles and of the feed, which lead to the new ones."""
    home = Site(tmp_path)
    home.write(HUGO + FEED)
    run = home.run("init", "new", "--from", "hugo", str(tmp_path / "old"), "--feed", str(tmp_path / "old/public"))
    assert (run.code, "1 article, 1 feed that readers have" in run.out) == (0, True), run.err
    made = Site(tmp_path / "new")
    made.build()
    assert "<id>4711</id>" in made.read("site/atom.xml")
    assert made.read("site/index.xml") == made.read("site/rss.xml")
    assert "articles/ferry/" in made.read("site/2024/01/the-ferry.html")
    assert "appears" not in made.run("diff").out
    assert home.run("init", "x", "--feed", "y").code == 2
    run = home.run("init", "x", "--from", "hugo", str(tmp_path / "old"), "--feed", str(tmp_path / "none"))
    assert (run.code, (tmp_path / "x").exists()) == (1, False)


def test_the_menu_leads_to_the_pages(tmp_path: Path) -> None:
    """Nothing else does, and some are required by law. Of many, only their owner knows which."""
    home = Site(tmp_path)
    page = '-- old/content/{0}.md --\n---\ntitle: "About: {0}"\n---\nWe watch the harbour.\n'
    home.write('-- old/hugo.toml --\ntitle = "T"\n' + page.format("us") + page.format("law"))
    run = home.run("init", "new", "--from", "hugo", str(tmp_path / "old"))
    assert (run.code, "the menu leads to 2 pages" in run.out) == (0, True)
    told = tomllib.loads((tmp_path / "new/tagwire.toml").read_text())
    assert told["menu"] == [{"name": "About: law", "url": "/law/"}, {"name": "About: us", "url": "/us/"}]
    made = Site(tmp_path / "new")
    made.build()
    assert 'href="law/"' in made.read("site/index.html")
    home.write("".join(page.format(f"n{number}") for number in range(9)))
    home.run("init", "many", "--from", "hugo", str(tmp_path / "old"))
    assert "menu" not in (tmp_path / "many/tagwire.toml").read_text()


@pytest.mark.parametrize(("entries", "said"), [(4, ""), (7, "per_feed = 7\n"), (9, "")])
def test_feeds_stay_as_long_as_they_were(tmp_path: Path, entries: int, said: str) -> None:
    """Older articles in them would be new to subscribers. A few entries, or all that there are, are no setting."""
    home = Site(tmp_path)
    days = range(1, 10)
    posts = "".join(
        f"-- old/content/posts/n{day}.md --\n---\ntitle: N{day}\ndate: 2024-01-0{day}\n---\nText {day}.\n"
        for day in days
    )
    items = "".join(
        f"<item><title>N{day}</title><guid>{day}</guid><pubDate>0{day} Jan 2024 00:00:00 +0000</pubDate></item>"
        for day in days[-entries:]
    )
    feed = f'-- old/public/index.xml --\n<rss version="2.0"><channel><title>T</title>{items}</channel></rss>\n'
    home.write(f'-- old/hugo.toml --\ntitle = "T"\nbaseURL = "https://old.example/"\n{posts}{feed}')
    run = home.run("init", "new", "--from", "hugo", str(tmp_path / "old"))
    assert f"{entries} articles have the ids that readers know" in run.out
    assert ("per_feed" in run.out) == bool(said)
    assert (tmp_path / "new/tagwire.toml").read_text().endswith(said or '"https://old.example/"\n')
    if said:
        made = Site(tmp_path / "new")
        made.build()
        assert "though it is older" not in made.run("diff").out
        assert made.run("ledger", "accept").code == 0
        assert "no difference" in made.run("diff").out
        made.build()
        assert [made.read(f"site/{path}").count("<entry>") for path in ("atom.xml", "archive/atom-0001.xml")] == [7, 9]


def test_jekyll_and_pelican_come_along(tmp_path: Path) -> None:
    """Each has its own folders and its own settings; Python is read and not run."""
    home = Site(tmp_path)
    home.write(
        "-- j/_config.yml --\ntitle: J\nurl: https://j.example\nbaseurl: /b\nauthor: {name: Jo}\n"
        "-- j/_posts/2024-03-01-one.md --\n---\ntitle: One\n---\nText.\n-- j/assets/a.css --\nx\n-- j/cv.md --\nme\n"
        '-- p/publishconf.py --\nSITEURL = "https://p.example"\nraise SystemExit\n'
        '-- p/pelicanconf.py --\nSITENAME = "P"\nSITEURL = ""\nDEFAULT_LANG = "fr"\n'
        "-- p/content/t.md --\nTitle: T\nDate: 2024-03-01\n\nText.\n"
    )
    run = home.run("init", "nj", "--from", "jekyll", str(tmp_path / "j"))
    assert (run.code, "not carried over: cv.md" in run.out) == (0, True), run.err
    assert tomllib.loads(home.read("nj/tagwire.toml")) == {"title": "J", "url": "https://j.example/b/", "author": "Jo"}
    assert (home.root / "nj/content/static/assets/a.css").is_file()
    assert "2024-03-01" in home.read("nj/content/articles/one.md")
    assert home.run("init", "np", "--from", "pelican", str(tmp_path / "p")).code == 0
    assert tomllib.loads(home.read("np/tagwire.toml")) == {"title": "P", "url": "https://p.example/", "lang": "fr"}
    assert Site(home.root / "np").build().err == ""


JEKYLL_FEED = """<rss version="2.0"><channel><title>J</title><link>https://j.example/</link><description>x</description>
<item><title>The ferry</title><link>https://j.example/2024/ferry.html</link><guid>known</guid>
<pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate></item>
<item><title>Twice</title><link>https://j.example/a.html</link><guid>a</guid></item>
<item><title>Twice</title><link>https://j.example/b.html</link><guid>b</guid></item></channel></rss>"""


def test_ids_and_addresses_come_from_what_the_old_program_made(tmp_path: Path) -> None:
    """By title and by name, each only where nobody else has it; nothing counts as edited afterwards."""
    home = Site(tmp_path)
    posts = {
        "2024-01-02-ferry": "The ferry",
        "2024-01-03-two": "Twice",
        "2024-01-04-old": "Of old",
        "2024-01-05-x": "X",
    }
    written = "".join(
        f"-- j/_posts/{name}.md --\n---\ntitle: {title}\n---\n{title}.\n" for name, title in posts.items()
    )
    pages = "".join(f"-- j/_site/{path} --\n<p>x</p>\n" for path in ("2024/old.html", "x/index.html", "y/x.html"))
    home.write(f"-- j/_config.yml --\nurl: https://j.example\n{written}{pages}-- j/_site/feed.xml --\n{JEKYLL_FEED}\n")
    run = home.run("init", "n", "--from", "jekyll", str(tmp_path / "j"))
    assert "1 old address leads on\n" in run.out
    assert "not carried over: the old address of 3: neither _site/ nor the settings tell it" in run.out
    assert "1 article has the id that readers know\n" in run.out
    made = Site(tmp_path / "n")
    assert "---\nid: known\n" in made.read("content/articles/ferry.md")
    assert '---\naliases: ["/2024/old.html"]\nid: urn:uuid:' in made.read("content/articles/old.md")
    assert "aliases" not in made.read("content/articles/x.md")
    source = made.root / "content/sources/2024-01-02-ferry.md"
    source.write_text(source.read_text("utf-8") + "It sails at nine.\n", "utf-8")
    made.build()  # converts anew what nobody has edited
    assert "It sails at nine." in made.read("content/articles/ferry.md")
    assert "id: known\n" in made.read("content/articles/ferry.md")


UGLY = """
-- h/hugo.toml --
baseURL = "https://old.example/"
title = "H"
timeZone = "Europe/Paris"
-- h/content/_index.md --
---
title: Home
---
Welcome
-- h/content/posts/trip/index.md --
---
title: The trip
date: 2024-01-02T10:00:00
---
![Map](map.svg) and [the track](track.gpx), which we followed all day.
-- h/content/posts/trip/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>
-- h/content/posts/trip/track.gpx --
<gpx/>
-- h/content/posts/old.md --
{
"title": "In JSON",
"date": "2021-06-06"
}
Text.
-- h/content/posts/script.md --
---js
{ title: "Made by code" }
---
Text.
-- j/_config.yml --
title: J
url: https://old.example
-- j/_posts/2024-03-01-one.md --
---
title: "One {{ site.x }}"
categories: news
---
Text.
-- j/_drafts/idea.md --
---
title: Idea
---
Not for readers yet.
-- j/about.md --
---
title: About
permalink: /about-us/
---
We watch the harbour.
-- j/README.md --
How to build this.
-- j/_site/news/2024/03/01/one.html --
x
-- j/_site/feed.xml --
<feed xmlns="http://www.w3.org/2005/Atom"><id>https://old.example/feed.xml</id><title>J</title>
<updated>2024-03-01T00:00:00Z</updated><entry><title>One of them</title><id>known-to-readers</id>
<link href="https://old.example/news/2024/03/01/one.html"/><updated>2024-03-01T00:00:00Z</updated></entry></feed>
-- p/pelicanconf.py --
SITENAME = "P"
-- p/content/a.md --
Title: A
Date: 2024-03-01

Text.
-- p/content/b.rst --
B
#
:date: 2018-11-03

Text.
-- e/src/_data/site.json --
{"title": "E", "url": "https://old.example"}
-- e/src/posts/one.md --
---
title: One
date: 2024-03-01
---
Text.
-- e/src/posts/posts.json --
{"layout": "post.njk"}
"""


def test_what_lies_beside_texts_becomes_no_article(tmp_path: Path) -> None:
    """Data, other markups and the front page's text are named; what a bundle holds comes with its page; all builds."""
    home = Site(tmp_path)
    home.write(UGLY)
    told = {
        "hugo": ["content/_index.md: the front page", "content/posts/script.md: front matter in JavaScript"],
        "jekyll": ["1 article has the id that readers know"],
        "pelican": ["content/b.rst: such texts aren’t read"],
        "eleventy": ["src/posts/posts.json: no text"],
    }
    for kind, words in told.items():
        run = home.run("init", f"new-{kind}", "--from", kind, str(tmp_path / kind[0]))
        assert (run.code, [each for each in words if each not in run.out]) == (0, []), run.out + run.err
        assert Site(tmp_path / f"new-{kind}").build("--base-url", "https://old.example/").code == 0
    hugo, jekyll = Site(tmp_path / "new-hugo"), Site(tmp_path / "new-jekyll")
    assert hugo.outputs("content").keys() == {
        "articles/old.md", "articles/trip.md", "articles/trip/map.svg", "articles/trip/track.gpx",
        "sources/posts/old.md", "sources/posts/trip/index.md", "sources/posts/trip/map.svg",
    }  # fmt: skip
    assert (hugo.root / "site/articles/trip/track.gpx").is_file()
    assert hugo.run("check").code == 0
    assert "title: In JSON" in hugo.read("content/articles/old.md")
    assert "published: 2024-01-02T10:00:00+01:00" in hugo.read("content/articles/trip.md")
    assert "known-to-readers" in jekyll.read("content/articles/one.md")
    assert "draft: true" in jekyll.read("content/articles/idea.md")
    assert not (jekyll.root / "site/articles/idea").exists()
    assert "We watch the harbour" in jekyll.read("site/about/index.html")
    assert "about/" in jekyll.read("site/about-us/index.html")
    assert not (jekyll.root / "content/pages/readme.md").exists()


def test_old_addresses_come_from_the_settings(tmp_path: Path) -> None:
    """Where the old program's result is lost; aliases that are there stay, and what can't be computed is told."""
    home = Site(tmp_path)
    home.write(
        '-- h/hugo.toml --\nbaseURL = "https://h.example/"\n[permalinks]\nposts = "/:year/:slug/"\nodd = "/:06/x/"\n'
        "-- h/content/posts/a.md --\n---\ntitle: Low tide\ndate: 2024-03-01\naliases: [/very-old/]\n---\nText.\n"
        "-- h/content/odd/b.md --\n---\ntitle: High tide\ndate: 2024-03-02\n---\nText.\n"
        '-- p/pelicanconf.py --\nARTICLE_URL = "{date:%Y}/{slug}.html"\nSLUG = f"{1}"\n'
        "-- p/content/t.md --\nTitle: Tide\nDate: 2024-03-01\n\nText.\n"
        "-- j/_config.yml --\npermalink: pretty\n"
        "-- j/_posts/2024-03-01-one.md --\n---\ntitle: One\n---\nText.\n"
    )
    run = home.run("init", "nh", "--from", "hugo", str(tmp_path / "h"))
    assert "1 old address leads on\n" in run.out
    assert "the old address of 1: neither public/ nor the settings tell it" in run.out
    made = Site(home.root / "nh")
    made.build()
    for old in ("2024/low-tide", "very-old"):
        assert "articles/a/" in made.read(f"site/{old}/index.html")
    assert home.run("init", "np", "--from", "pelican", str(tmp_path / "p")).code == 0
    assert 'aliases: ["/2024/tide.html"]' in home.read("np/content/articles/t.md")
    assert home.run("init", "nj", "--from", "jekyll", str(tmp_path / "j")).code == 0
    assert 'aliases: ["/2024/03/01/one/"]' in home.read("nj/content/articles/one.md")


def test_a_wordpress_export_names_its_site() -> None:
    """In the elements before its first article."""
    text = (
        "<rss><channel><title><![CDATA[Tea & Ships]]></title><link>https://w.example</link><language>pt_BR</language>"
        "<wp:author><wp:author_display_name><![CDATA[Ada]]></wp:author_display_name></wp:author>"
        "<item><title>No</title></item></channel></rss>"
    )
    assert guess("x.xml", text) == Guess("Tea & Ships", "https://w.example/", "Ada", "pt-BR")


@pytest.mark.parametrize("shape", ["file", "folder", "archive"])
def test_old_addresses_of_an_export_are_counted(tmp_path: Path, shape: str) -> None:
    """Conversion writes them as aliases. WordPress.com sends an archive; uploads lie beside an export in a folder."""
    home = Site(tmp_path)
    item = (
        "<item><title>Fog</title><link>https://w.example/2024/05/fog/</link><wp:post_type>post</wp:post_type>"
        "<wp:post_id>4</wp:post_id><guid>https://w.example/?p=4</guid><wp:status>publish</wp:status>"
        "<wp:post_date_gmt>2024-05-01 08:00:00</wp:post_date_gmt><wp:post_name>fog</wp:post_name>"
        "<content:encoded><![CDATA[<p>The ferry waited in the harbour until noon.</p>"
        '<img src="https://w.example/wp-content/uploads/fog.png">]]></content:encoded></item>'
    )
    head = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>W</title><link>https://w.example</link>'
        "<wp:wxr_version>1.2</wp:wxr_version>"
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old/w.xml").write_text(f"{head}{item}</channel></rss>")
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        archive.write(tmp_path / "old/w.xml", "w.xml")
    there = tmp_path / "old/wp-content/uploads/fog.png"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"")
    place = {"file": "old/w.xml", "folder": "old", "archive": "w.zip"}[shape]
    run = home.run("init", "new", "--from", "wordpress", str(tmp_path / place))
    assert (run.code, "1 old address leads on" in run.out + run.err) == (0, True)
    assert ("uploads that did not lie beside" in run.out) == (shape != "folder")
    assert 'title = "W"' in (tmp_path / "new/tagwire.toml").read_text()


@pytest.mark.parametrize("kind", ["hugo", "jekyll", "pelican", "eleventy", "wordpress"])
def test_what_is_no_such_site_is_refused(tmp_path: Path, kind: str) -> None:
    """Before anything is written; nor is anything written into a folder that isn't empty."""
    home = Site(tmp_path)
    home.write("-- x/notes --\nmine\n" + HUGO)
    run = home.run("init", "new", "--from", kind, str(tmp_path / "x"))
    assert (run.code, "there is no site of this kind here" in run.err) == (1, True)
    assert not (tmp_path / "new").exists()
    run = home.run("init", "x", "--from", "hugo", str(tmp_path / "old"))
    assert (run.code, "error[site-exists]" in run.err) == (1, True)
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["notes"]


@given(st.sampled_from(["a.toml", "a.yml", "a.json", "a.py", "a.xml"]), st.text(max_size=60))
def test_broken_settings_say_nothing(name: str, text: str) -> None:
    """Whatever stands in them."""
    found = guess(name, text)
    assert not found.url or found.url.startswith("http")
