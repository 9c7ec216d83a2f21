"""What stands around an article: contents, series, translations, corrections, and what machines are told."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


def article(name: str, front: str = "", text: str = "Text.") -> str:
    """A file of a site."""
    return f"-- content/articles/{name}.md --\n---\ntitle: {name.title()}\npublished: 2026-01-01\n{front}---\n{text}\n"


def page(made: Site, path: str) -> Any:
    """A page of the site, parsed."""
    return etree.HTML(made.read(f"site/{path}"))


def told(made: Site, path: str) -> list[dict[str, Any]]:
    """The nodes of a page's JSON-LD."""
    (text,) = page(made, path).xpath("//script[@type='application/ld+json']/text()")
    graph = json.loads(text)
    assert graph.pop("@context") == "https://schema.org"
    nodes: list[dict[str, Any]] = graph.get("@graph", [graph])
    return nodes


def test_a_long_text_has_a_table_of_contents(site: Callable[[str], Site]) -> None:
    """Of its headings, each link leading to one; a short text has none, and neither has a retracted one."""
    parts = "\n\n".join(f"## Part {n} & *more*\n\n### Below\n\n{'word ' * 400}" for n in range(3))
    made = site(
        article("long", "", parts)
        + article("short", "", "## A\n\n## B\n\n## C\n")
        + article("gone", "retracted: {date: 2026-01-02, note: Wrong.}\n", parts)
    )
    made.build()
    tree = page(made, "articles/long/index.html")
    links = tree.xpath("//details[@class='contents']//a/@href")
    assert len(links) == 6
    assert set(links) <= {f"#{name}" for name in tree.xpath("//main//@id")}
    assert "contents" not in made.read("site/articles/short/index.html")
    assert "contents" not in made.read("site/articles/gone/index.html")


def test_an_article_knows_its_place_in_a_series(site: Callable[[str], Site]) -> None:
    """Its number, and the parts before and after; so a new part touches no page but that of the one before."""
    three = "".join(
        article(f"p{n}", f"series: Cranes\nid: p{n}\n").replace("2026-01-01", f"2026-01-0{n}") for n in (1, 2, 3)
    )
    made = site(three)
    made.build()
    text = " ".join("".join(page(made, "articles/p2/index.html").xpath("//nav[@aria-label='Series']//text()")).split())
    assert text == "Cranes Part 2 Previous part: P1 Next part: P3"
    before = made.read("site/articles/p2/index.html")
    made.write(article("p4", "series: Cranes\n").replace("2026-01-01", "2026-01-04"))
    made.build()
    assert made.read("site/articles/p2/index.html") == before
    assert "Next part" in made.read("site/articles/p3/index.html")


def test_translations_lead_to_each_other_whoever_names_them(site: Callable[[str], Site]) -> None:
    """With hreflang for machines, itself among them, and languages in their own names for people."""
    made = site(
        article("port", "translations: {he: port-he.md}\n")
        + article("port-he", "lang: he\n")
        + article("hafen", "lang: de\ntranslations: {en: port.md, fr: https://port.example/fr/}\n")
    )
    made.build()
    for path in ("port", "port-he", "hafen"):
        links = page(made, f"articles/{path}/index.html").xpath("//link[@hreflang]")
        assert [(link.get("hreflang"), link.get("href")) for link in links] == [
            ("de", "https://news.example/articles/hafen/"),
            ("en", "https://news.example/articles/port/"),
            ("fr", "https://port.example/fr/"),
            ("he", "https://news.example/articles/port-he/"),
        ]
    shown = page(made, "articles/port/index.html").xpath("//p[@class='translations']/a")
    assert [(a.get("href"), a.text, a.get("dir")) for a in shown] == [
        ("../../articles/hafen/", "Deutsch", "ltr"),
        ("https://port.example/fr/", "Français", "ltr"),
        ("../../articles/port-he/", "עברית", "rtl"),
    ]


def test_a_translation_that_is_not_there_is_an_error(site: Callable[[str], Site]) -> None:
    """On its line, with the file that was meant; a draft is only left out."""
    made = site(article("port", "translations: {he: prot-he.md}\n") + article("port-he", "lang: he\n"))
    run = made.run("build")
    assert run.code == 1
    assert "content/articles/port.md:4:" in run.err
    assert "did you mean `port-he.md`?" in run.err
    made.write(article("port", "translations: {he: port-he.md}\n") + article("port-he", "lang: he\ndraft: true\n"))
    made.build()
    assert "hreflang" not in made.read("site/articles/port/index.html")


@pytest.mark.parametrize("value", ["port-he.md", "[port-he.md]", "{h_e_: x.md}", "{he: [a.md]}"])
def test_bad_translations_are_told(site: Callable[[str], Site], value: str) -> None:
    """A language and a path for each."""
    run = site(article("port", f"translations: {value}\n")).run("build")
    assert run.code == 1
    assert "content/articles/port.md:4:" in run.err


def test_each_correction_has_an_anchor(site: Callable[[str], Site]) -> None:
    """In the order of their dates, and no heading takes its name."""
    notes = "corrections: [{date: 2026-02-02, note: Second.}, {date: 2026-02-01, note: First.}]\n"
    made = site(article("a", notes, "## Correction 1\n"))
    made.build()
    tree = page(made, "articles/a/index.html")
    assert tree.xpath("string(//li[@id='correction-1'])").endswith("First.")
    assert tree.xpath("string(//li[@id='correction-2'])").endswith("Second.")
    assert len(tree.xpath("//*[@id='correction-1']")) == 1


def test_machines_are_told_what_an_article_is(site: Callable[[str], Site]) -> None:
    """NewsArticle and the way to it, with absolute URLs; nothing of it can end the script."""
    made = site(
        article("a", "authors: [Jane Roe]\ntags: [Ports]\nimage: a.png\nsummary: </script><b>\n")
        + "-- content/articles/a.png --\nno picture\n"
    )
    made.build()
    news, way = told(made, "articles/a/index.html")
    assert news["@type"] == "NewsArticle"
    assert news["headline"] == "A"
    assert news["datePublished"] == news["dateModified"] == "2026-01-01"
    assert news["author"] == [{"@type": "Person", "name": "Jane Roe", "url": "https://news.example/authors/jane-roe/"}]
    assert news["image"] == "https://news.example/articles/a.png"
    assert news["description"] == "</script><b>"
    assert [item["item"] for item in way["itemListElement"]] == [
        "https://news.example/",
        "https://news.example/tags/ports/",
        "https://news.example/articles/a/",
    ]
    (site_node,) = told(made, "index.html")
    assert site_node["@type"] == "WebSite"
    assert told(made, "tags/ports/index.html")[0]["@type"] == "BreadcrumbList"
    card = page(made, "articles/a/index.html").xpath("//meta[@property='og:image']/@content")
    assert card == ["https://news.example/articles/a.png"]


def test_nothing_of_a_retracted_article_is_told(site: Callable[[str], Site]) -> None:
    """Neither its summary nor its picture nor its tags."""
    front = "summary: It was false.\ntags: [Ports]\nretracted: {date: 2026-01-02, note: Wrong.}\n"
    made = site(article("a", front))
    made.build()
    news, _ = told(made, "articles/a/index.html")
    assert news["creativeWorkStatus"] == "Retracted"
    assert not {"description", "image", "keywords"} & set(news)


def test_the_news_sitemap_holds_two_days(site: Callable[[str], Site]) -> None:
    """By the build's own clock, which a later build moves on; without the setting there is none."""
    text = '-- tagwire.toml --\ntitle = "The Example"\nurl = "https://news.example/"\nnews = true\n'
    made = site(text + article("old") + article("new", "lang: zh-TW\n").replace("2026-01-01", "2026-01-03T10:00:00Z"))
    made.build(now="2026-01-03T12:00:00Z")
    tree = etree.fromstring(made.read("site/sitemap-news.xml").encode())
    found = {re.sub(r"\{.*\}", "", each.tag): each.text for each in tree.iter() if each.text and each.text.strip()}
    assert found == {
        "loc": "https://news.example/articles/new/",
        "name": "The Example",
        "language": "zh-tw",
        "publication_date": "2026-01-03T10:00:00+00:00",
        "title": "New",
    }
    assert "Sitemap: https://news.example/sitemap-news.xml" in made.read("site/robots.txt")
    made.build(now="2026-01-05T11:00:00Z")
    assert "<loc>" not in made.read("site/sitemap-news.xml")


def test_a_list_of_tags_counts_them(site: Callable[[str], Site]) -> None:
    """One number a tag."""
    made = site(article("a", "tags: [Ports, Cranes]\n") + article("b", "tags: [Ports]\n"))
    made.build()
    items = page(made, "tags/index.html").xpath("//main//li")
    assert [" ".join("".join(item.itertext()).split()) for item in items] == ["Cranes 1", "Ports 2"]


def test_an_authors_own_page_is_linked(site: Callable[[str], Site]) -> None:
    """From the author's page here."""
    settings = '-- tagwire.toml --\ntitle = "T"\n[authors.jane]\nname = "Jane"\nurl = "https://jane.example/"\n'
    made = site(settings + article("a", "authors: [Jane]\n"))
    made.build()
    assert page(made, "authors/jane/index.html").xpath("//a[@rel='me']/@href") == ["https://jane.example/"]


def test_a_menu_leads_elsewhere_too(site: Callable[[str], Site]) -> None:
    """By the address as it is written, under the name that its owner gave."""
    menu = (
        '{ name = "Elsewhere", url = "https://social.example/@q" }, { name = "Write", url = "mailto:a@quay.example" }'
    )
    made = site(f'-- tagwire.toml --\ntitle = "T"\nmenu = [{menu}]\n' + article("a"))
    made.build()
    links = page(made, "articles/a/index.html").xpath("//header//a")
    shown = [(link.text, link.get("href")) for link in links]
    assert ("Elsewhere", "https://social.example/@q") in shown
    assert ("Write", "mailto:a@quay.example") in shown
