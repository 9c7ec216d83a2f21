"""How people find feeds: the page with all of them, OPML, and the page beside each feed."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from tagwire import lint, words
from test_feeds import NEWS, VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

BASE = "https://news.example/"


def outlines(data: bytes) -> list[tuple[str, str]]:
    """(text, address below the site) of each feed in an OPML file, which must be without fault."""
    assert lint.judge(data, "feeds.opml") == ()
    root = etree.fromstring(data)
    feeds = [each for each in root.iter("outline") if each.get("xmlUrl")]
    return [(each.get("text", ""), each.get("xmlUrl", "").removeprefix(BASE)) for each in feeds]


def test_opml_lists_every_feed_once(site: Callable[[str], Site]) -> None:
    """One format of each; and no topic without feeds."""
    made = site(VIEWS + NEWS)
    made.build()
    found = outlines(made.outputs()["feeds.opml"])
    built = {path for path in made.outputs() if path.endswith("atom.xml")}
    assert {path for _, path in found} == built
    assert len(found) == len(built)
    assert found[0] == ("The Example", "atom.xml")
    assert ("Iran · The Example", "tags/iran/atom.xml") in found
    assert "secret" not in made.read("site/feeds.opml")


def test_each_group_has_an_opml_of_its_own(site: Callable[[str], Site]) -> None:
    """For those without script."""
    made = site(VIEWS + NEWS)
    made.build()
    outputs = made.outputs()
    groups = {path for path in outputs if path.startswith("subscribe/") and path.endswith(".opml")}
    assert groups == {f"subscribe/{name}.opml" for name in ("tags", "authors", "views")}
    assert [path for _, path in outlines(outputs["subscribe/views.opml"])] == [
        "views/cyber-news/atom.xml", "views/by-jane/atom.xml",
    ]  # fmt: skip
    page = made.read("site/subscribe/index.html")
    assert all(f'href="../{group}"' in page for group in groups)


def test_names_of_topics_are_text_in_opml(site: Callable[[str], Site]) -> None:
    """Whatever characters they have."""
    name = """R&D <b> "x" 'y' ]]> שלום 🧑‍🚀"""
    made = site(f"-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\ntags:\n- |\n  {name}\n---\nx\n")
    made.build()
    assert outlines(made.outputs()["feeds.opml"])[1][0] == f"{name} · The Example"


def test_the_page_of_all_feeds_says_everything_without_script(site: Callable[[str], Site]) -> None:
    """Every feed in every format is a link; what only a script can do is hidden."""
    made = site(VIEWS + NEWS)
    made.build()
    page = html.fromstring(made.read("site/subscribe/index.html"))
    links = {link.get("href", "").removeprefix("../") for link in page.iter("a")}
    feeds = {p for p in made.outputs() if re.search(r"(?:\A|/)(?:atom\.xml|rss\.xml|feed\.json)\Z", p)}
    assert feeds <= links
    assert all(box.get("hidden") is not None for box in page.iter("input") if box.get("type") == "checkbox")
    (form,) = page.iter("form")
    assert form.get("hidden") is not None
    assert [script.text for script in page.iter("script")] == [None]


def test_the_page_beside_a_feed_shows_its_entries(site: Callable[[str], Site]) -> None:
    """Addresses to copy, and the entries in the feed's order, each in full; search engines pass it by."""
    made = site(NEWS)
    made.build()
    text = made.read("site/tags/iran/follow/index.html")
    page = html.fromstring(text)
    assert [each.text for each in page.iterfind(".//dd/a")] == [
        f"{BASE}tags/iran/{name}" for name in ("atom.xml", "rss.xml", "feed.json")
    ]
    assert page.xpath("//details/summary/text()") == ["Two", "One & only"]
    assert page.xpath("//details/@open") == [""]
    assert "The note." in text
    assert '<meta name="robots" content="noindex">' in text
    assert "follow/" not in made.read("site/sitemap.xml")


def test_the_page_beside_a_feed_shows_what_readers_get(site: Callable[[str], Site]) -> None:
    """The very HTML of the feed, with notes of corrections and the reason of a retraction."""
    made = site(NEWS)
    made.write(
        "-- content/articles/wrong.md --\n---\ntitle: Wrong\npublished: 2026-05-01\ntags: [Iran]\n"
        "retracted: {date: 2026-05-02, note: Made <up>.}\n---\nSecret.\n"
        "-- content/articles/mended.md --\n---\ntitle: Mended\npublished: 2026-05-03\ntags: [Iran]\n"
        "corrections: [{date: 2026-05-04, note: Not 3 < 2.}]\n---\nA [link](wrong.md).\n"
    )
    made.build()
    items = json.loads(made.read("site/tags/iran/feed.json"))["items"]
    page = made.read("site/tags/iran/follow/index.html")
    texts = [piece.partition("\n</div>\n</details>")[0] for piece in re.split(r'<div class="prose"[^>]*>\n', page)[1:]]
    assert texts == [item["content_html"] for item in items]
    assert "Secret" not in page


def test_the_page_beside_a_feed_stays_light(site: Callable[[str], Site]) -> None:
    """What has no room in full stands there with title and summary; the newest has, cut to the room."""
    made = site("")
    long = "A word and another one in a sentence that says nothing. " * 900
    for number in range(1, 5):
        head = f"---\ntitle: Number {number}\npublished: 2026-01-0{number}\n---\n"
        made.write(f"-- content/articles/a{number}.md --\n{head}{long * (1 + number // 4)}\n")
    made.build()
    page = html.fromstring(made.read("site/follow/index.html"))
    assert page.xpath("//details/summary/text()") == ["Number 4"]
    assert page.xpath("//article//h2/a/text()") == ["Number 3", "Number 2", "Number 1"]
    assert "Shortened here for its length." in made.read("site/follow/index.html")
    assert len(made.read("site/follow/index.html")) < 80_000


@pytest.mark.parametrize("lang", words.languages())
def test_ways_to_follow_speak_the_language_of_the_site(site: Callable[[str], Site], lang: str) -> None:
    """No English is left on the page of all feeds, beside a feed, or in the lists of feeds."""
    head = "title: QQ\npublished: 2026-01-01\ntags: [XX]\nseries: YY\nauthors: [VV]"
    made = site(f'-- tagwire.toml --\ntitle = "ZZ"\nurl = "{BASE}"\nlang = "{lang}"\n')
    made.write(f"-- content/articles/a.md --\n---\n{head}\n---\nUU\n")
    made.build()
    said = words.of(lang)
    for path, expected in (
        ("subscribe/index.html", (said.subscribe, said.feed_find, said.group_opml, said.tags, said.whole_site)),
        ("tags/xx/follow/index.html", (said.follow_lead, said.reader_shows, said.all_feeds)),
        ("feeds.opml", (said.tags, said.authors, said.series_all)),
    ):
        text = unescape(made.read(f"site/{path}"))
        assert [wanted for wanted in expected if wanted not in text] == []
        english = {"Subscribe", "Find a feed", "whole site", "Copy one", "All feeds", "All of these", "All formats"}
        assert lang == "en" or not [one for one in english if one in re.sub("(?s)<head>.*</head>", "", text)]


def test_lists_lead_to_the_page_beside_their_feed(site: Callable[[str], Site]) -> None:
    """The visible line that says what one can follow; and every page leads to all feeds."""
    made = site(NEWS)
    made.build()
    assert '<a href="../../tags/iran/follow/">' in made.read("site/tags/iran/index.html")
    assert '<a href="./follow/">' in made.read("site/index.html") or '<a href="follow/">' in made.read(
        "site/index.html"
    )
    assert "subscribe/" in made.read("site/articles/one/index.html")


def test_an_edit_leaves_the_lists_of_feeds_alone(site: Callable[[str], Site]) -> None:
    """They know topics only."""
    made = site(NEWS)
    made.build()
    before = made.outputs()
    made.write(
        "-- content/articles/one.md --\n" + made.read("content/articles/one.md").replace("title: One", "title: Uno")
    )
    made.build()
    after = made.outputs()
    assert {path for path in before if before[path] != after[path]}.isdisjoint(
        {"feeds.opml", "subscribe/index.html", "subscribe/tags.opml"}
    )


def test_a_feed_in_a_browser_is_set_by_css(site: Callable[[str], Site]) -> None:
    """A stylesheet that is there, by a relative link; no XSLT."""
    made = site(NEWS)
    made.build()
    outputs = made.outputs()
    for path, look in (("atom.xml", "theme/feed.css"), ("tags/iran/rss.xml", "../../theme/feed.css")):
        assert f'<?xml-stylesheet type="text/css" href="{look}"?>'.encode() in outputs[path].splitlines()
    assert "theme/feed.css" in outputs
