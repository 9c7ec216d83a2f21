"""The page with every correction and retraction, and the feeds of these."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import feedparser
import pytest

from tagwire import lint
from test_furniture import page
from test_subscribe import outlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

    Entries = list[tuple[str, str, str]]

FILES = ("corrections/atom.xml", "corrections/rss.xml", "corrections/feed.json")
BASE = "https://news.example/"


def article(name: str, lines: str, day: str = "2026-01-01") -> str:
    """An article with these lines in its front matter."""
    return f"-- content/articles/{name}.md --\n---\ntitle: {name.title()}\npublished: {day}\n{lines}---\nx\n"


TWO = "corrections: [{date: 2026-02-02, note: Second.}, {date: 2026-02-01, note: First <b> & last.}]\n"
ONE = "corrections: [{date: 2026-01-15, note: A name.}]\n"
GONE = "retracted: {date: 2026-03-01, note: Made up.}\n"


def entries(site: Site, path: str = FILES[0]) -> Entries:
    """(id, place below the site, title) of each entry."""
    return [
        (entry.id, entry.link.removeprefix(BASE), entry.title)
        for entry in feedparser.parse(site.outputs()[path]).entries
    ]


def shown(site: Site) -> list[tuple[str, str]]:
    """(link, note) of each on the page."""
    items = page(site, "corrections/index.html").xpath("//li[contains(@class,'brief')]")
    return [(item.xpath("string(a/@href)"), item.xpath("string(p)")) for item in items]


def test_every_correction_and_retraction_is_listed_newest_first(site: Callable[[str], Site]) -> None:
    """Each leads to its anchor in the article; a retraction to its notice."""
    made = site(article("a", TWO) + article("b", ONE) + article("c", GONE) + article("d", ""))
    made.build()
    assert shown(made) == [
        ("../articles/c/#tw-retraction", "Made up."),
        ("../articles/a/#correction-2", "Second."),
        ("../articles/a/#correction-1", "First <b> & last."),
        ("../articles/b/#correction-1", "A name."),
    ]
    for link, note in shown(made):
        path, _, anchor = link.removeprefix("../").partition("#")
        tree = page(made, f"{path}index.html")
        assert tree.xpath(f"string(//*[@id='{anchor}'])").strip().endswith(note)
        assert "retraction" in anchor or tree.xpath("//section/h2/a/@href") == ["../../corrections/"]


@pytest.mark.parametrize("path", FILES[:2])
def test_its_feeds_have_an_entry_for_each(site: Callable[[str], Site], path: str) -> None:
    """With an id of its own, the note in full, and the article's title."""
    made = site(article("a", TWO) + article("c", GONE))
    made.build()
    found = entries(made, path)
    assert [(place, title) for _, place, title in found] == [
        ("articles/c/#tw-retraction", "Retracted: C"),
        ("articles/a/#correction-2", "Correction: A"),
        ("articles/a/#correction-1", "Correction: A"),
    ]
    (own,) = {entry.id for entry in feedparser.parse(made.outputs()["atom.xml"]).entries if entry.title == "A"}
    assert len({name for name, _, _ in found} | {own}) == 4
    last = feedparser.parse(made.outputs()[path]).entries[-1]
    assert last.content[0].value == "<p><em>Correction, 2026-02-01: First &lt;b&gt; &amp; last.</em></p>"


def test_its_feeds_are_without_fault_and_say_the_same(site: Callable[[str], Site]) -> None:
    """Also where several are of one day, and whatever a note says."""
    hostile = (
        'corrections: [{date: 2026-02-02, note: "]]> <script> שלום \\" &amp;"}, {date: 2026-02-02, note: Same day.}]\n'
    )
    made = site(article("a", hostile) + article("b", TWO.replace("First", "Once")) + article("c", GONE + ONE))
    made.build()
    for path in FILES:
        assert lint.judge(made.outputs()[path], path) == ()
    assert made.run("check").code == 0, made.run("check").err  # beside the feeds that have the articles
    data = json.loads(made.outputs()[FILES[2]])
    assert [item["id"] for item in data["items"]] == [name for name, _, _ in entries(made)]
    assert len({item["id"] for item in data["items"]}) == 6
    assert len({item["date_modified"] for item in data["items"]}) == 6


def test_ids_stay_when_other_corrections_come_and_go(site: Callable[[str], Site]) -> None:
    """An earlier one moves the anchors; and neither a note that is mended nor a new address is a new entry."""
    made = site(article("a", "id: urn:x:a\n" + ONE))
    made.build()
    ((before, _, _),) = entries(made)
    earlier = ONE.replace("[", "[{date: 2026-01-02, note: Earlier.}, {date: 2026-01-20, note: Later.}, ")
    made.write(article("a", "id: urn:x:a\nslug: other\n" + earlier.replace("A name", "The name")))
    made.build()
    places = {name: place for name, place, _ in entries(made)}
    assert places[before] == "articles/other/#correction-2"
    assert len(places) == 3


def test_there_is_nothing_of_it_before_the_first_correction(site: Callable[[str], Site]) -> None:
    """No page, no feed, no line in lists."""
    made = site(article("a", ""))
    made.build()
    assert not [path for path in made.outputs() if "corrections" in path]
    assert "corrections" not in made.read("site/feeds.opml") + made.read("site/subscribe/index.html")


def test_its_page_and_the_lists_lead_to_its_feeds(site: Callable[[str], Site]) -> None:
    """`rel=alternate` first on its page; beside the site's own in `subscribe/` and in `feeds.opml`."""
    made = site(article("a", ONE))
    made.build()
    head = page(made, "corrections/index.html").xpath("//link[@rel='alternate']/@href")
    assert head[:3] == [f"../{path}" for path in FILES]
    assert outlines(made.outputs()["feeds.opml"])[1] == ("Corrections · The Example", FILES[0])
    links = page(made, "subscribe/index.html").xpath("//a/@href")
    assert {f"../{path}" for path in FILES} | {"../corrections/"} <= set(links)


@pytest.mark.parametrize("lines", ["draft: true\n", "published: 2999-01-01\n", "expires: 2026-01-02\n"])
def test_what_isnt_shown_has_no_corrections(site: Callable[[str], Site], lines: str) -> None:
    """Drafts, future and expired articles leave no trace."""
    secret = article("secret", lines + ONE.replace("A name", "Secret") + GONE)
    if "published" in lines:
        secret = secret.replace("published: 2026-01-01\n", "")
    made = site(article("a", ONE) + secret)
    made.build()
    assert [link for link, _ in shown(made)] == ["../articles/a/#correction-1"]
    assert not [path for path, data in made.outputs().items() if re.search(rb"[Ss]ecret", data)]


def test_an_article_that_is_in_no_feed_is_on_the_page_alone(site: Callable[[str], Site]) -> None:
    """And if there is no other, there are no feeds."""
    made = site(article("a", "feed: false\n" + ONE) + article("b", TWO))
    made.build()
    assert len(shown(made)) == 3
    assert {place.partition("#")[0] for _, place, _ in entries(made)} == {"articles/b/"}
    made.write(article("b", ""))
    made.build()
    assert len(shown(made)) == 1
    assert not set(FILES) & set(made.outputs())
    assert "corrections" not in made.read("site/feeds.opml")


def test_its_feeds_are_in_the_language_of_site_and_articles(site: Callable[[str], Site]) -> None:
    """The feed's title speaks the site's language, an entry its article's."""
    made = site('-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example"\nlang = "de"\n')
    made.write(article("a", "lang: he\n" + ONE))
    made.build()
    data = json.loads(made.outputs()[FILES[2]])
    assert data["title"] == "Korrekturen · T"
    (item,) = data["items"]
    assert item["title"] == "תיקון: A"
    assert item["language"] == "he"
    assert 'dir="rtl"' in item["content_html"]


def test_the_feed_holds_the_newest_the_page_all(site: Callable[[str], Site]) -> None:
    """As many as any feed; who has them all says so."""
    notes = ", ".join(f"{{date: 2026-02-{day:02}, note: N{day}.}}" for day in range(1, 24))
    made = site(article("a", f"corrections: [{notes}]\n"))
    made.build()
    assert len(shown(made)) == 23
    assert [place for _, place, _ in entries(made)][::19] == ["articles/a/#correction-23", "articles/a/#correction-4"]
    assert "fh:complete" not in made.read(f"site/{FILES[0]}")
    made.write(article("a", ONE))
    made.build()
    assert "<fh:complete/>" in made.read(f"site/{FILES[0]}")


def test_a_page_of_the_owner_at_its_address_is_told(site: Callable[[str], Site]) -> None:
    """Both can't be there; the owner hears whose the address is, once there is a correction."""
    own = "-- content/pages/corrections.md --\n---\ntitle: How we correct\n---\nBy asking.\n"
    text = "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nText\n"
    made = site(own + text)
    made.build()
    made.write(text.replace("---\nText", "corrections: [{date: 2026-01-02, note: X.}]\n---\nText"))
    run = made.run("build")
    assert run.code == 1
    assert "content/pages/corrections.md: error[output-taken]" in run.err
    assert "`/corrections/` is the list of all corrections: give your own page another name" in run.err
