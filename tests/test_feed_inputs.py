"""What owners write, and what feeds make of it: each kind of bad input by its name, in every format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree

from tagwire import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

FORMATS = ("atom.xml", "rss.xml", "feed.json")


def article(name: str, title: str = "A title", head: str = "published: 2026-01-01", text: str = "Text.") -> str:
    """A file of the site; the title in quotes, as YAML has them."""
    quoted = json.dumps(title, ensure_ascii=False)
    return f"-- content/articles/{name}.md --\n---\nid: urn:example:{name}\ntitle: {quoted}\n{head}\n---\n{text}\n"


def told(made: Site, *allowed: str) -> None:
    """Builds; no feed has a fault, but for what is `allowed` because the owner wants it so."""
    made.build()
    outputs = made.outputs()
    found = {
        problem.code for path, data in outputs.items() if path.endswith(FORMATS) for problem in lint.judge(data, path)
    }
    assert found <= set(allowed)


def titles(made: Site) -> set[tuple[str, ...]]:
    """The titles of the site's entries, as each format's readers have them."""
    found = [tuple(item["title"] for item in json.loads(made.read("site/feed.json"))["items"])]
    for name in FORMATS[:2]:
        entries = feedparser.parse(made.outputs()[name], sanitize_html=False).entries
        found.append(tuple(entry.title for entry in entries))
    return set(found)


TITLES = {
    "markup": "Ferries & <b>bridges</b> \"a\" 'b' ]]> <![CDATA[ &amp; &#60;",
    "right to left": "שלום, (עולם) 2026 — العربية",
    "chinese and japanese": "新しい橋が開通した：桥",
    "emoji with joiners": "Family 👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 é é",
    "a thousand characters": "word & <i> " * 90 + "end",
    "beyond the basic plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐎠𐎡 ￼",
}


@pytest.mark.parametrize("kind", TITLES)
def test_a_title_and_a_tag_of(site: Callable[[str], Site], kind: str) -> None:
    """It arrives letter by letter in all formats, as does a tag of the same letters."""
    title = TITLES[kind]
    made = site(article("a", title, f"published: 2026-01-01\ntags: [{json.dumps(title[:100], ensure_ascii=False)}]"))
    told(made)  # markup may be the subject
    assert titles(made) == {(title,)}
    (entry,) = json.loads(made.read("site/feed.json"))["items"]
    assert entry["tags"] == [title[:100]]
    item = etree.fromstring(made.outputs()["rss.xml"]).find("channel/item")
    assert item is not None
    assert item.findtext("category") == title[:100]


def test_a_title_of_ten_thousand_characters(site: Callable[[str], Site]) -> None:
    """Nobody means that: it is refused, with its line, and the owner hears what to do."""
    run = site(article("a", "long " * 2000)).run("build")
    assert run.code == 1
    assert "content/articles/a.md:3:8: error[value-too-long]: `title` has" in run.err


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe"])
def test_a_control_character_is_a_problem_with_its_line(site: Callable[[str], Site], sign: str) -> None:
    """XML has none, escaped or not: nothing is written, and the owner hears where it is."""
    made = site(article("a", text=f"One.\n\nTwo {sign} signs."))
    run = made.run("build")
    assert run.code == 1
    assert re.search(r"content/articles/a\.md:8:\d+: error\[character-forbidden\]", run.err), run.err


def test_a_content_of_five_megabytes(site: Callable[[str], Site]) -> None:
    """It is shortened and says so, every feed stays below a megabyte, and the other entries keep their text."""
    long = ("A sentence & another one, of a long report. " * 20 + "\n\n") * 5_800
    assert len(long) > 5_000_000
    made = site(article("long", "Long", "published: 2026-01-02", long) + article("short", "Short", text="Whole."))
    told(made)
    for name in FORMATS:
        assert len(made.outputs()[name]) < 1_000_000
    one, *others = json.loads(made.read("site/feed.json"))["items"]
    assert "Shortened here for its length." in one["content_html"]
    assert all("Whole." in other["content_html"] for other in others)


def test_two_entries_of_one_second(site: Callable[[str], Site]) -> None:
    """Their order is that of their ids, in every format and at every build."""
    head = "published: 2026-01-01T10:00:00Z"
    made = site("".join(article(name, name.upper(), head) for name in ("b", "c", "a")))
    told(made, "date-repeated")
    assert titles(made) == {("C", "B", "A")}
    before = made.outputs()
    made.build()
    assert made.outputs() == before


def test_files_copied_within_one_second(site: Callable[[str], Site]) -> None:
    """No two have the same `updated`, so a newcomer's first site is without a warning; `published` is the second."""
    head = "published: 2026-01-01T10:00:00Z\ndate_source: file"
    made = site("".join(article(name, name.upper(), head) for name in ("b", "c", "a")))
    told(made)
    entries = feedparser.parse(made.outputs()["atom.xml"]).entries
    assert len({entry.updated for entry in entries}) == 3
    assert {entry.updated[:19] for entry in entries} == {"2026-01-01T10:00:00"}
    assert {entry.published for entry in entries} == {"2026-01-01T10:00:00+00:00"}


def test_an_update_that_the_owner_states_is_told_to_the_second(site: Callable[[str], Site]) -> None:
    """Also where the date of publication is the file's."""
    head = "published: 2026-01-01T10:00:00Z\ndate_source: file\nupdated: 2026-01-02T10:00:00Z"
    made = site(article("a", head=head))
    told(made)
    assert feedparser.parse(made.outputs()["atom.xml"]).entries[0].updated == "2026-01-02T10:00:00+00:00"


def test_twenty_entries_of_one_day_without_a_time(site: Callable[[str], Site]) -> None:
    """No two have the same `updated`, so no validator warns; the day is still the day."""
    made = site("".join(article(f"n{n}", f"Number {n}") for n in range(20)))
    told(made)
    stamps = [e.updated for e in feedparser.parse(made.outputs()["atom.xml"]).entries]
    assert len(set(stamps)) == 20
    assert {stamp[:19] for stamp in stamps} == {"2026-01-01T00:00:00"}


def test_dates_before_1970(site: Callable[[str], Site]) -> None:
    """They are kept as they are, weekday and zone included."""
    made = site(
        article("old", "Old", "published: 1912-04-15T02:20:00-03:00") + article("older", head="published: 1583-01-01")
    )
    told(made, "date-implausible")
    dates = [e.get("date_published") for e in json.loads(made.read("site/feed.json"))["items"]]
    assert dates == ["1912-04-15T02:20:00-03:00", "1583-01-01T00:00:00+00:00"]
    assert "<pubDate>Mon, 15 Apr 1912 02:20:00 -0300</pubDate>" in made.read("site/rss.xml")


def test_dates_in_the_future(site: Callable[[str], Site]) -> None:
    """Not in any feed, list or sitemap before their time."""
    made = site(article("now", "Here") + article("later", "Leaked", "published: 2999-01-01\ntags: [Leaky]"))
    told(made)
    assert [path for path, data in made.outputs().items() if b"Leak" in data or "leak" in path] == []


def test_an_image_that_does_not_exist(site: Callable[[str], Site]) -> None:
    """It is told, and no feed names it: neither as enclosure nor as picture of the entry."""
    made = site(article("a", head="published: 2026-01-01\nimage: missing.jpg"))
    run = made.run("build")
    assert "missing.jpg" in run.err
    assert "a.md" in run.err
    feeds = [data for path, data in made.outputs().items() if path.endswith(FORMATS)] if run.code == 0 else []
    assert [data for data in feeds if b"missing.jpg" in data] == []


@pytest.mark.parametrize("link", ["../../../../etc/passwd", "../../outside.md", "//elsewhere.example/x", "/../x/"])
def test_a_relative_link_out_of_the_site(site: Callable[[str], Site], link: str) -> None:
    """In feeds each address is whole, and none leads above the site's own."""
    made = site(article("a", text=f"[Out]({link}) it goes."))
    run = made.run("build")
    if run.code == 0:
        content = json.loads(made.read("site/feed.json"))["items"][0]["content_html"]
        (url,) = re.findall(r'href="([^"]*)"', content)
        assert url.startswith(("https://news.example/", "https://elsewhere.example/"))
        assert "/../" not in url
    else:
        assert "link-dead" in run.err


def test_an_author_with_and_without_email(site: Callable[[str], Site]) -> None:
    """Both are named in every format, neither twice; RSS never holds half an address."""
    settings = (
        '-- tagwire.toml --\ntitle = "The Example"\nurl = "https://news.example/"\n[authors.jane-roe]\n'
        'name = "Jane Roe"\nemail = "jane@news.example"\n'
    )
    made = site(settings + article("a", head="published: 2026-01-01\nauthors: [Jane Roe, Dan Poe]"))
    told(made)
    rss = etree.fromstring(made.outputs()["rss.xml"])
    creators = [one.text for one in rss.iterfind("channel/item/{http://purl.org/dc/elements/1.1/}creator")]
    atom = etree.fromstring(made.outputs()["atom.xml"])
    people = [(one.findtext("{*}name"), one.findtext("{*}email")) for one in atom.iterfind("{*}entry/{*}author")]
    assert creators == ["Jane Roe", "Dan Poe"]
    assert people == [("Jane Roe", "jane@news.example"), ("Dan Poe", None)]
    authors = json.loads(made.read("site/feed.json"))["items"][0]["authors"]
    assert [author["name"] for author in authors] == ["Jane Roe", "Dan Poe"]
    assert rss.find("channel/item/author") is None
