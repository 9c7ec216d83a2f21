"""What the W3C feed validator itself found in feeds of ours, when it was run over them on 2026-11-26.

How it was run stands in docs/testing.md. Each finding has a test here, since the validator is in no registry.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from lint_cases import GOOD
from tagwire import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
HISTORY = "{http://purl.org/syndication/history/1.0}archive"


def article(name: str, head: str = "", text: str = "Text.") -> str:
    """A file of the site."""
    return f"-- content/articles/{name}.md --\n---\ntitle: {name}\npublished: 2026-01-01\n{head}---\n{text}\n"


def faults(made: Site) -> set[str]:
    """Codes of what lint finds in the site's own feeds."""
    found = (lint.judge(made.outputs()[name], name) for name in ("atom.xml", "rss.xml", "feed.json"))
    return {problem.code for problems in found for problem in problems}


def test_the_oldest_document_of_an_archive_has_no_mark_in_atom(site: Callable[[str], Site]) -> None:
    """ArchiveIncomplete: a mark demands a link to a neighbour. It has none before it, and keeps its bytes after it.

    What it is, `rel=current` says. Of RSS the validator asks nothing.
    """
    made = site("".join(article(f"n{n}") for n in range(110)))
    made.build()
    roots = {path: etree.fromstring(made.outputs()[f"archive/{path}.xml"]) for path in ("atom-0001", "atom-0002")}
    assert [root.find(HISTORY) is None for root in roots.values()] == [True, False]
    relations = [[link.get("rel") for link in root.iterfind(f"{ATOM}link")] for root in roots.values()]
    assert ["current" in each for each in relations] == [True, True]
    assert etree.fromstring(made.outputs()["archive/rss-0001.xml"]).find(f"channel/{HISTORY}") is not None


def test_a_retraction_is_described_by_its_note(site: Callable[[str], Site]) -> None:
    """NeedDescriptionBeforeContent: nothing of the withdrawn text is left, but the note is there."""
    made = site(article("a", "summary: It was so.\nretracted: {date: 2026-02-01, note: It was <b>made</b> up.}\n"))
    made.build()
    item = etree.fromstring(made.outputs()["rss.xml"]).find("channel/item")
    assert item is not None
    tags = [child.tag for child in item]
    assert tags.index("description") < tags.index(ENCODED)
    assert item.findtext("description") == "It was &lt;b&gt;made&lt;/b&gt; up."
    assert json.loads(made.read("site/feed.json"))["items"][0]["summary"] == "It was <b>made</b> up."
    assert "It was so" not in made.read("site/atom.xml")
    assert faults(made) == set()


def test_a_text_without_a_sentence_has_an_empty_description(site: Callable[[str], Site]) -> None:
    """A picture alone: the text isn't written twice, and readers find the element that they look for first."""
    made = site(article("a", text="![](https://elsewhere.example/a.jpg)"))
    made.build()
    item = etree.fromstring(made.outputs()["rss.xml"]).find("channel/item")
    assert item is not None
    assert item.findtext("description") == ""
    assert "<img" in item.findtext(ENCODED, "")


def test_content_without_a_description_is_told() -> None:
    """Of a stranger's feed too."""
    alone = GOOD["rss"].replace("<description>Two cranes stand still.</description>", "", 1)
    assert alone != GOOD["rss"]
    assert [problem.code for problem in lint.judge(alone.encode(), "rss.xml")] == ["rss-description-last"]


@pytest.mark.parametrize("text", ["What </b> does", "Q&2 and &amp;", "A <i> alone", "Plain & simple"])
def test_markup_that_is_the_subject_is_not_taken_for_a_fault(site: Callable[[str], Site], text: str) -> None:
    """ContainsUndeclaredHTML, CharacterData: in titles, topics, summaries and the copyright, letter by letter."""
    made = site(
        f"-- tagwire.toml --\ntitle = {json.dumps(text)}\ncopyright = {json.dumps(text)}\n"
        f'url = "https://news.example/"\nauthor = "The editors"\n-- content/articles/a.md --\n---\n'
        f"title: {json.dumps(text)}\nsummary: {json.dumps(text)}\ntags: [{json.dumps(text)}]\n"
        f"series: {json.dumps(text)}\npublished: 2026-01-01\n---\nText.\n"
    )
    made.build()
    root = etree.fromstring(made.outputs()["atom.xml"])
    plain = [*root.iter(f"{ATOM}title", f"{ATOM}summary", f"{ATOM}rights")]
    assert len(plain) == 4
    assert {(element.get("type", "text"), element.text) for element in plain} == {("text", text)}
    channel = etree.fromstring(made.outputs()["rss.xml"])[0]
    for path in ("title", "copyright", "item/title", "item/category"):
        assert channel.findtext(path) == text
    for name in ("atom", "rss"):
        lines = re.findall(r"<(?:title|summary|rights|copyright|category>|atom:link).*", made.read(f"site/{name}.xml"))
        assert all("&lt;" not in line and "&amp;" not in line for line in lines)
    assert faults(made) == set()
