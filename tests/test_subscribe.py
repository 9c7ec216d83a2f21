"""How people find feeds: the page with all of them, OPML, and the page beside each feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from tagwire import lint
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
    """Addresses to copy, the entries in the feed's order, the newest in full; search engines pass it by."""
    made = site(NEWS)
    made.build()
    text = made.read("site/tags/iran/follow/index.html")
    page = html.fromstring(text)
    assert [each.text for each in page.iterfind(".//dd/a")] == [
        f"{BASE}tags/iran/{name}" for name in ("atom.xml", "rss.xml", "feed.json")
    ]
    assert page.xpath("//article//h2/a/text()") == ["Two", "One & only"]
    assert "The note." in text
    assert '<meta name="robots" content="noindex">' in text
    assert "follow/" not in made.read("site/sitemap.xml")


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
