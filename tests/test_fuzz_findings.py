"""What fuzzing has found, each by name: files that once stopped the program, or became articles that no build took."""

from __future__ import annotations

import html
import io
import json
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

import seeds
from documents import warc
from tagwire import article, feedread, intake
from tagwire.intake import decode, escape, page
from tagwire.intake.bundle import Held
from tagwire.intake.exports import autop, dialects
from tagwire.intake.found import Converted, Refused
from tagwire.model import Config
from tagwire.problems import Problem
from test_documents import ASKED
from test_export_formats import ATOM, BLOGGER, GHOST, JSON_FEED, RSS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


def made(data: bytes | str, name: str = "a") -> tuple[list[Converted], list[Problem]]:
    """The articles of a source, each of which a build takes, and the problems that were told."""
    whole = data if isinstance(data, bytes) else data.encode()
    found: list[Converted] = []
    problems: list[Problem] = []
    for item in intake.items(Held(name, whole), f"sources/{name}", ASKED):
        one = item if isinstance(item, Problem) else intake.finish(item, f"sources/{name}", ASKED)
        if isinstance(one, Problem):
            problems.append(one)
        elif isinstance(one, Refused):
            problems += one.problems
        else:
            found.append(one)
            problems += one.problems
            assert article.read("content/articles/a.md", one.text.encode(), Config("T"))[0], one.text
    assert "reader-stumbled" not in {problem.code for problem in problems}
    return found, problems


def test_a_control_character_in_a_mail_is_left_out_and_told() -> None:
    """It came through to an article that the next build refused."""
    found, problems = made(f"{seeds.MAIL}\r\n{seeds.PROSE} a\x17b.\r\n")
    assert "ab." in found[0].text
    assert [problem.code for problem in problems] == ["control-characters"]


def test_an_author_of_a_thousand_letters_is_none() -> None:
    """It is told as left out, and the article has no author."""
    found, _ = made(r"{\rtf1{\info{\title A}{\author " + "x" * 1000 + r"}}\pard " + seeds.PROSE + r"\par}")
    assert "authors:" not in found[0].text
    assert found[0].left[-1].startswith("author “xxx")


def test_a_prefix_that_nobody_declared_is_read_all_the_same() -> None:
    """lxml then has a colon in a tag, which its own `QName` refuses."""
    found, _ = made(seeds.WORDPRESS.replace('xmlns:content="http://purl.org/rss/1.0/modules/content/"', ""))
    assert len(found) == 2


@pytest.mark.parametrize("text", [RSS, BLOGGER], ids=["rss", "blogger"])
def test_a_namespace_that_is_no_address_has_no_canonical_xml(text: str) -> None:
    """An item has a digest nevertheless."""
    broken = text.replace("http://purl.org/dc/elements/1.1/", "http://pu&lt;rl.org/").replace(
        "'http://purl.org/atom/app#", "'app#"
    )
    found, _ = made(broken)
    assert len(found) == 2
    assert made(broken)[0] == found


def test_a_language_that_is_none_is_detected() -> None:
    """A feed said `e`."""
    found, _ = made(ATOM.replace('xml:lang="en"', 'xml:lang="e"'))
    assert all("lang: e\n" not in one.text for one in found)


@pytest.mark.parametrize("key", ["posts", "posts_tags", "users", "tags", "posts_authors"])
@pytest.mark.parametrize("value", [5, "x", [[1]], [{"id": [], "post_id": {}, "sort_order": "x", "name": 1}]])
def test_a_table_of_ghost_may_hold_anything(key: str, value: object) -> None:
    """Rows were joined by lists, which have no hash."""
    whole = json.loads(json.dumps(GHOST))
    whole["db"][0]["data"][key] = value
    made(json.dumps(whole), "a.json")


@pytest.mark.parametrize(
    "sections", [5, [5], [[1]], [[1, "p", 7]], [[1, "p", [[0, 3, 1, "x"]]]], [[3, "ul", 1]], [[10, -9]]]
)
def test_a_text_of_ghost_s_old_editor_may_be_put_together_wrongly(sections: object) -> None:
    """What can't be shown is named."""
    whole = json.loads(json.dumps(GHOST))
    whole["db"][0]["data"]["posts"][2]["mobiledoc"] = json.dumps({"sections": sections, "markups": 1})
    found, _ = made(json.dumps(whole), "a.json")
    assert len(found) >= 2


@pytest.mark.parametrize("key", ["attachments", "authors", "tags"])
def test_a_list_in_a_json_feed_may_be_none(key: str) -> None:
    """A number was taken for a list."""
    whole = json.loads(json.dumps(JSON_FEED))
    for item in whole["items"]:
        item[key] = 5
    assert len(made(json.dumps(whole), "a.json")[0]) == 2
    assert made(json.dumps({**JSON_FEED, "items": 5}), "a.json")[0] == []


def test_an_archive_whose_parts_lie_before_its_beginning_is_broken() -> None:
    """Python's `zipfile` seeks to a negative place."""
    data = seeds.ARCHIVES["docx"]
    assert isinstance(data, bytes)
    assert [problem.code for problem in made(data[:4] + data[100:])[1]] == ["archive-broken"]


def test_a_web_archive_with_cut_headers_is_broken() -> None:
    """warcio reads a status line that isn't there."""
    head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n\r\n"
    assert [problem.code for problem in made(head)[1]] == ["archive-broken"]


def test_an_address_that_is_none_is_not_said_to_be_canonical() -> None:
    """The build after it refused the article."""
    whole = warc(("https://x.ex\xf2 <b>", "text/html", f"<h1>A</h1><p>{seeds.PROSE}<p>{seeds.PROSE}".encode()))
    found, _ = made(whole)
    assert "canonical" not in found[0].text
    assert found[0].left == ("the address https://x.exò%20<b, which is none",)


def test_a_fault_of_ours_stops_one_source_and_no_other(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as what it is."""
    home = site(
        f"-- content/sources/a.html --\n<h1>A</h1><p>{seeds.PROSE}\n-- content/sources/b.txt --\nB\n\n{seeds.PROSE}\n"
    )

    def stumble(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(page, "read", stumble)
    run = home.run("build", "--jobs", "1")
    assert run.code == 1
    assert "content/sources/a.html: error[reader-stumbled]: Tagwire stumbled over this file: KeyError: 'x'" in run.err
    assert (home.root / "content/articles/b.md").is_file()


def test_a_subject_in_an_encoding_of_no_name_stays_as_it_is() -> None:
    """Python's `email` raises an error of its own kind for a name with accents."""
    found, _ = made(f"Title: =?ut\xec?B?RGll?=\nDate: 2026-03-03\nAuthor: A\n\n{seeds.PROSE}\n".encode())
    assert len(found) == 1


def test_an_old_address_that_windows_reserves_is_no_alias() -> None:
    """The reader and the build had two ideas of what an old address may be."""
    for bad in ("con/", "a/nul.html", "a. /b/", "a%20/b", "%5Cb/"):
        found, _ = made(RSS.replace("https://valley.example/2024/wehr.html", f"https://valley.example/2024/{bad}"))
        assert len(found) == 2, bad
        assert "aliases" not in found[0].text, bad


def test_an_old_address_is_decoded_once() -> None:
    """`%2541` is `%41` in the old address's own words, and no `A`."""
    found, _ = made(RSS.replace("https://valley.example/2024/wehr.html", "https://valley.example/100%2541/"))
    read, _ = article.read("content/articles/a.md", found[0].text.encode(), Config("T"))
    assert read
    assert read.meta.aliases == ("100%41/",)


def packed(members: dict[str, str]) -> bytes:
    """A zip archive, stored: damage of a text is damage of its member only."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def test_a_damaged_member_of_an_archive_is_told_and_the_others_are_read() -> None:
    """Whoever reads it: its kind is looked at, a table is read line by line, a tree element by element."""
    data = packed({"a.md": f"# A\n\n{seeds.PROSE}\n", "b.json": '{"x": "here"}'})
    found, problems = made(data.replace(b"here", b"gone"), "a.zip")
    assert len(found) == 1
    assert "archive-broken" in {problem.code for problem in problems}
    table = "post_id,post_date,is_published,title\n1.here,2024-03-01,true,The dam\n"
    data = packed({"posts.csv": table, "posts/1.here.html": f"<p>{seeds.PROSE}</p>"})
    damaged = data.replace(b"true,The dam", b"true,The daM")
    assert [problem.code for problem in made(damaged, "a.zip")[1]] == ["archive-broken"]


def test_a_member_without_a_name_is_none() -> None:
    """Python's `zipfile` looks at the last letter of its name."""
    data = packed({"\0x.md": "# B", "a.md": f"# A\n\n{seeds.PROSE}\n"})
    assert len(made(data, "a.zip")[0]) == 1


def test_a_player_that_plays_nothing_may_stand_beside_code() -> None:
    """The first letter of nothing was looked at."""
    found, _ = made(f"<h1>A</h1><p>{seeds.PROSE}</p><p>{seeds.PROSE} <code>a</code><iframe></iframe> b.</p>")
    assert "`a`" in found[0].text


@pytest.mark.parametrize("text", ["<html><![CDX", '<![x[ > <link rel=alternate type="application/rss+xml" href="/f">'])
def test_a_page_of_another_site_may_have_a_section_of_no_kind(text: str) -> None:
    """Python's `html.parser` raises AssertionError; a browser sees a comment."""
    assert feedread.alternates(text.encode(), "https://x.example/") == (
        ("https://x.example/f",) if "link" in text else ()
    )
    outline = f'<opml>{text}<outline xmlurl="https://x.example/f"/>'
    assert len(feedread.alternates(outline.encode(), "https://x.example/")) <= 1


@pytest.mark.parametrize("path", ["//host/x/", "///x", "/%2fhost/x", "/a//b", "/./x", "/../x"])
def test_an_alias_has_no_empty_part(path: str) -> None:
    """One that begins with two slashes was a path that no journal takes: nothing was moved into the site."""
    text = f"---\nid: urn:x:1\ntitle: A\npublished: 2026-01-01\naliases: ['{path}']\n---\nText\n"
    found, problems = article.read("content/articles/a.md", text.encode(), Config("T"))
    assert found is None
    assert [problem.code for problem in problems] == ["alias-invalid"]


def test_quotes_behind_a_brace_are_read_in_one_way() -> None:
    """Each could end a string or stand for itself: a dozen took a minute, forty would take years."""
    text = '{{ subscr <i a="b">' + "<i a=\"b\" c='d'>" * 40
    assert dialects.mended(text).markdown == f"{text}\n"
    assert dialects.mended('{{ "a }} b" }}!').markdown == "!\n"


@pytest.mark.parametrize("place", ["link", "home", "entry"])
def test_an_address_that_is_none_stops_no_look_at_a_feed(place: str) -> None:
    """`https:/[` is no URL to Python, which says so by an exception."""
    spoilt = {"link": 'href="', "home": "<link>", "entry": "<item><link>"}[place]
    feed = (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>'
        '<link>https://a.example/</link><atom:link rel="self" href="https://a.example/rss.xml"/>'
        '<item><link>https://a.example/1/</link><guid isPermaLink="false">urn:1</guid><title>One</title></item>'
        "</channel></rss>"
    ).replace(f"{spoilt}https://a", f"{spoilt}https://[a", 1)
    assert "[a" in feed
    found = feedread.read(feed.encode(), "https://a.example/rss.xml")
    assert found
    assert [each.id for each in found.entries] == ["urn:1"]


_CODECS = ("undefined", "punycode", "zlib", "bz2", "rot13", "unicode_escape", "idna", "x" * 300)
"""Names that Python's codecs know, or stumble over, and that are no charset."""


@pytest.mark.parametrize("codec", _CODECS)
def test_a_codec_that_is_no_charset_reads_nothing(codec: str) -> None:
    """A stranger names one in a mail, a page, an export or a header; some raise what nobody expects, some unpack."""
    assert not decode.known(codec)
    mail = f'From: Ada <a@b.example>\nSubject: =?{codec}?q?The_dam?=\nContent-Type: text/plain; charset="{codec}"\n\n'
    found, _ = made(f"{mail}\\u003cb> caf\xe9 {seeds.PROSE}".encode("latin-1"), "a.eml")
    assert "harbour of Velmar" in found[0].text
    saved = f'<meta charset="{codec}"><title>A</title><article><h1>A</h1><p>caf\xe9 {seeds.PROSE}</article>'
    assert "café" in made(saved.encode("latin-1"), "a.html")[0][0].text
    feed = seeds.WORDPRESS.partition("?>")[2]
    found, _ = made(f'<?xml version="1.0" encoding="{codec}"?>{feed}')
    assert len(found) == 2
    made(f"Title: =?{codec}?q?The_dam?=\n\n{seeds.PROSE}")


@pytest.mark.parametrize("piece", [" ", "\t", "a", "a@", "{#a", "---\t", "- editor ", "<p>", "<br>", "<p", "</div "])
def test_one_thing_over_and_over_takes_no_time_by_the_square(piece: str) -> None:
    """Space without a line's end, bylines without a name, boxes without a text: 40 kB of each took four seconds."""
    long = piece * (60_000 // len(piece))
    text = html.escape(long)
    saved = f"<title>T</title><article><h1>T</h1><p class=byline>By Jane {text}</p><p>{seeds.PROSE}</p><p>x\n{text}</p>"
    classic = seeds.WORDPRESS.replace("[gallery ids", f"{long}x\n[gallery ids")
    for source, name in ((saved, "a.html"), (classic, "a")):
        began = time.process_time()
        made(source, name)
        assert time.process_time() - began < 10, name


@pytest.mark.parametrize("piece", ["{ ", "a, "])
def test_what_a_page_says_of_itself_may_be_long(piece: str) -> None:
    """An article with a summary of 20,000 characters was one that the next build refused."""
    long = piece * (30_000 // len(piece))
    head = "".join(f"<meta name={name} content='{long}'>" for name in ("author", "description"))
    began = time.process_time()
    found, _ = made(f"<!doctype html><title>A</title>{head}<article><h1>A</h1><p>{seeds.PROSE}</p></article>", "a.html")
    assert "harbour of Velmar" in found[0].text
    assert time.process_time() - began < 10


@pytest.mark.parametrize("piece", ["(", "[", "{", "<", "(a", ":", "::", "\u00ab ", '"'])
def test_a_title_and_names_of_one_sign_take_no_time_by_the_square(piece: str) -> None:
    """Signs that open and never close, or that part a title from its site: 60 kB took more than 100 seconds."""
    long = piece * (60_000 // len(piece))
    text = html.escape(long)
    data = json.dumps({"@type": "NewsArticle", "headline": long, "author": {"@type": "Person", "name": long}})
    head = "".join(f'<meta {name} content="{text}">' for name in ("name=author", "property=og:title"))
    linked = "".join(
        f"<script type='application/ld+json'>{each}</script>" for each in (data.replace("<", "\\u003c"), long, data)
    )
    top = f'<h1>{text}</h1><p class=byline>{text}</p><time datetime="{text}">{text}</time>'
    for parts in (f"{head}{linked}<article>{top}", f"{linked}<article><h1>A dam</h1>", f"{head}<article>"):
        began = time.process_time()
        found, _ = made(f"<!doctype html><title>{text}</title>{parts}<p>{seeds.PROSE}</p></article>", "a.html")
        assert "harbour of Velmar" in found[0].text
        assert time.process_time() - began < 10


@pytest.mark.parametrize("space", ["\n", " \n", "\n ", " \t\n\r\n \n "])
def test_space_around_a_line_s_end_is_one_line_feed(space: str) -> None:
    """Also behind other space."""
    assert escape.collapse(f"a{space}b  c") == "a\nb c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div>\nA\n</div> </section>", "<div>\n<p>A</p>\n</div>\n</section>"),
        ("A<br>\nb \n c", "<p>A<br>\nb<br>\n c</p>"),
        ("<div> </div>", "<div> </div>"),
        ("a < b</div>", "<p>a < b</p></div>"),
    ],
)
def test_boxes_around_a_passage_stay_outside_of_its_paragraph(text: str, shown: str) -> None:
    """In one pass, however many there are."""
    assert autop.paragraphs(text) == shown
