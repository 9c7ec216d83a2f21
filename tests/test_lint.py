"""The lint room: each rule names its fault and no other, good feeds have none, and nothing makes it fall over."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_cases import ATOM, BAD, GOOD, JSON, OPML, RSS
from lint_peers import HUGO, JEKYLL, PELICAN, WORDPRESS
from tagwire import lint
from tagwire.lint import markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
PAGE = Path(__file__).parent.parent / "content/pages/handbook/feed-rules.md"
BETWEEN_FILES = {"entry-author-lost", "feeds-share-id", "feeds-share-title", "entry-ids-differ", "self-elsewhere"}


def codes(text: str, kind: str = "rss", now: dt.datetime | None = NOW) -> set[str]:
    """The rules that a feed breaks."""
    encoding = "iso-8859-7" if "ISO-8859-7" in text else "utf-8"
    path = "feed.json" if kind == "json" else "feed.xml"
    return {problem.code for problem in lint.judge(text.encode(encoding), path, now=now)}


def changed(kind: str, old: str, new: str) -> str:
    """A good feed with one change, or another feed in its place."""
    good = GOOD[kind]
    assert old in good
    return new if old == good else good.replace(old, new)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_feed_has_no_problem(kind: str) -> None:
    """One that has nearly everything that its format can have."""
    assert codes(GOOD[kind], kind) == set()


@pytest.mark.parametrize(("code", "kind", "old", "new"), BAD, ids=[f"{n}-{case[0]}" for n, case in enumerate(BAD)])
def test_a_fault_is_named_and_nothing_else(code: str, kind: str, old: str, new: str) -> None:
    """Each change breaks exactly one rule."""
    assert codes(changed(kind, old, new), kind) == {code}


@pytest.mark.parametrize(
    ("kind", "old", "new", "code", "said"),
    [
        ("atom", 'href="https://quay.test/c/"', 'href="/c/"', "content-relative-url", "“Cranes”: <a href="),
        ("rss", "https://quay.test/c.mp3", "http://quay.test/c.mp3", "podcast-insecure", "`http://quay.test/c.mp3`"),
        ("rss", '<itunes:category text="News">', "<itunes:category>", "podcast-category", "the category has no `text`"),
    ],
)  # fmt: skip
def test_a_finding_names_the_thing_and_its_line(kind: str, old: str, new: str, code: str, said: str) -> None:
    """An owner of a hundred entries has to find the one."""
    text = GOOD[kind].replace(old.replace("<", "&lt;") if old not in GOOD[kind] else old, new)
    found = next(each for each in lint.judge(text.encode(), f"feed.{kind}", now=NOW) if each.code == code)
    assert said in found.message
    assert new.partition("=")[0].strip("<") in text.splitlines()[found.line - 1]


def test_an_archive_document_that_holds_everything_needs_no_current_feed() -> None:
    """There is nothing else that one could be led to."""
    loose = ATOM.replace("<entry>", "<fh:archive/><entry>", 1)
    assert codes(loose, "atom") == {"history-archive-loose"}
    assert codes(loose.replace("<fh:archive/>", "<fh:complete/><fh:archive/>"), "atom") == set()


def test_every_rule_has_a_bad_case() -> None:
    """Here, or for faults between files, below."""
    assert {case[0] for case in BAD} | BETWEEN_FILES == set(lint.RULES)


def test_a_problem_stands_at_its_line() -> None:
    """The line of the element; with the column and an excerpt where the parser stopped."""
    text = RSS.replace("Tue, 03 Mar 2026 09:00:00 GMT", "yesterday")
    (problem,) = lint.judge(text.encode(), "x/rss.xml", now=NOW)
    assert (problem.path, text.split("\n")[problem.line - 1]) == ("x/rss.xml", "<pubDate>yesterday</pubDate>")
    (problem,) = lint.judge(JSON.replace("2026-03-03T09:00:00Z", "soon").encode(), "feed.json", now=NOW)
    assert '"soon"' in JSON.replace("2026-03-03T09:00:00Z", "soon").split("\n")[problem.line - 1]
    (problem,) = lint.judge(b"<rss>\n <channel>\n  <title>A & B</title>", "rss.xml")
    assert (problem.line, problem.column, problem.excerpt) == (3, 13, "  <title>A & B</title>")
    assert "&amp;" in problem.hint


def test_without_a_clock_nothing_is_too_late() -> None:
    """What is in the future is for the caller to say."""
    assert codes(JSON.replace("2026-03-04T09", "2066-03-04T09"), "json", now=None) == set()


def test_a_fault_in_every_entry_is_told_five_times() -> None:
    """And then counted."""
    items = "".join(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(12))
    text = RSS[: RSS.index("<item>")] + items + "</channel></rss>"
    found = [p for p in lint.judge(text.encode(), "rss.xml") if p.code == "rss-guid-permalink"]
    assert len(found) == 5
    assert "7 more" in found[-1].message


@pytest.mark.parametrize(
    ("text", "found"),
    [(HUGO, set()), (WORDPRESS, set()), (PELICAN, set()), (JEKYLL, {"date-feed-built"})],
    ids=["hugo", "wordpress", "pelican", "jekyll"],
)
def test_feeds_of_peers(text: str, found: set[str]) -> None:
    """Clean ones have no problem; Jekyll's has the time of the build, and is told so."""
    assert codes(text) == found


@pytest.mark.parametrize("version", ["0.91", "0.92"])
def test_old_versions_are_judged_leniently(version: str) -> None:
    """They had neither guid nor self link, and a DOCTYPE of Netscape's."""
    text = (
        f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        f'<rss version="{version}"><channel><title>T</title><link>https://quay.test/</link><description>D</description>'
        "<language>en</language><item><title>I</title><link>https://quay.test/i</link>"
        "<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"
    )
    assert codes(text) == set()


KEYS = (
    "items id url title authors attachments tags mime_type date_published version content_html feed_url language"
).split()


def json_holders(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists and objects with the keys of JSON Feed."""
    return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)


class TestHostileBytes:
    """What strangers send."""

    @given(st.binary(max_size=400))
    def test_any_bytes_give_problems(self, data: bytes) -> None:
        """Never a traceback."""
        assert lint.judge(data, "x.xml", now=NOW)
        assert lint.judge(data, "x.json", now=NOW)

    @given(st.sampled_from(sorted(GOOD)), st.data())
    def test_a_damaged_feed_gives_problems_or_none(self, kind: str, data: st.DataObject) -> None:
        """Good feeds with a piece cut out and another put in."""
        text = GOOD[kind]
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        filling = data.draw(
            st.sampled_from(["", "<", "&amp;lt;", "\0", "é", "1", "]]>", "<a/>", '"', "https://[", "%"])
        )
        lint.judge((text[:start] + filling + text[end:]).encode(), f"feed.{kind}", now=NOW)

    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), json_holders))
    def test_any_json_gives_problems_or_none(self, value: Any) -> None:
        """Each key may hold anything."""
        lint.judge(
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [value], "authors": value}).encode(),
            "f.json",
        )

    def test_entities_are_not_expanded(self) -> None:
        """Neither a billion laughs nor a file of this machine."""
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        for declared in (f'<!ENTITY l0 "ha">{laughs}', '<!ENTITY l11 SYSTEM "file:///etc/hostname">'):
            body = RSS[RSS.index("<rss") :].replace("<title>Gulls", "<title>&l11;")
            problems = lint.judge(f"<!DOCTYPE rss [{declared}]>{body}".encode(), "x.xml")
            assert {problem.code for problem in problems} <= {"feed-doctype", "feed-not-wellformed"}
            assert problems

    @pytest.mark.parametrize("text", ["[" * 100_000, '{"items":' * 50_000, "<a>" * 5_000, "<rss>" + "<b>" * 3_000])
    def test_depth_is_no_matter(self, text: str) -> None:
        """Brackets without end."""
        assert lint.judge(text.encode(), "x")

    def test_encodings(self) -> None:
        """UTF-16 with its mark, and Latin letters that say so, are feeds like others."""
        assert lint.judge(RSS.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"), "x.xml") == ()
        latin = ATOM.replace('"utf-8"', '"iso-8859-1"').replace("Gulls fly", "Möwen").encode("latin-1")
        assert lint.judge(latin, "x.xml") == ()

    def test_time_is_linear(self) -> None:
        """A feed of five megabytes of nothing but tags, or of blanks, is judged in seconds."""
        for filling in (
            "&lt;b&gt;" * 50_000,
            "&lt;!" * 50_000,
            "&lt;pre&gt;" * 20_000,
            " " * 500_000,
            "&lt;a " * 50_000,
        ):
            began = dt.datetime.now(tz=dt.UTC)
            lint.judge(RSS.replace("Gulls fly.", filling).encode(), "x.xml")
            assert dt.datetime.now(tz=dt.UTC) - began < dt.timedelta(seconds=10)


class TestSeveralFeeds:
    """What only shows when feeds are laid side by side."""

    def compared(self, *feeds: tuple[str, str], base: str | None = "https://quay.test/") -> dict[str, str]:
        """Path by code."""
        sketches = [lint.read(text.encode(), path)[1] for path, text in feeds]
        return {problem.code: problem.path for problem in lint.compare([s for s in sketches if s], base)}

    def test_formats_of_one_feed_are_well(self) -> None:
        """The same title, and the same ids, and an OPML beside them."""
        atom = ATOM.replace("Harbour", "Harbour &amp; Sea")
        rss = RSS.replace("urn:uuid:00000000-0000-4000-8000-000000000001", "tag:quay.test,2026:gulls")
        feeds = [("harbour/atom.xml", atom), ("harbour/rss.xml", rss), ("feeds.opml", OPML)]
        assert self.compared(*feeds) == {}
        assert self.compared(*feeds, base="") == {}

    def test_each_fault(self) -> None:
        """Ids, titles, entries and places."""
        other = ATOM.replace("/harbour/", "/sea/")
        assert self.compared(("harbour/atom.xml", ATOM), ("sea/atom.xml", other)) == {
            "feeds-share-id": "sea/atom.xml",
            "feeds-share-title": "sea/atom.xml",
        }
        third = other.replace("00000000000a", "00000000000b").replace("<title>Harbour", "<title>Sea")
        assert self.compared(("harbour/atom.xml", ATOM), ("sea/atom.xml", third)) == {}
        assert self.compared(("harbour/atom.xml", ATOM), ("sea/atom.xml", third.replace("2026:gulls", "2026:g"))) == {
            "entry-ids-differ": "sea/atom.xml"
        }
        assert self.compared(("harbour/atom.xml", ATOM), ("tide/atom.xml", third)) == {
            "self-elsewhere": "tide/atom.xml"
        }
        assert self.compared(("harbour/atom.xml", ATOM), ("tide/atom.xml", third), base=None) == {}

    def test_a_feed_that_its_old_address_serves_too_is_in_its_place(self) -> None:
        """A renamed topic: readers are to move to the new address, where the same feed lies."""
        files = ("harbour/atom.xml", ATOM), ("harbour/rss.xml", RSS)
        old = ("port/atom.xml", ATOM), ("port/rss.xml", RSS)
        assert "self-elsewhere" not in self.compared(*files, *old, base="https://quay.test/")
        assert self.compared(*files[:1], *old[1:], base="https://quay.test/")["self-elsewhere"] == "port/rss.xml"
        other = ATOM.replace("<title>Harbour", "<title>Sea")
        assert "self-elsewhere" in self.compared(*files, ("port/atom.xml", other), base="https://quay.test/")

    def test_an_author_that_one_format_forgets(self) -> None:
        """Atom names one for each entry, RSS for none."""
        atom = ATOM.replace("<published>", "<author><name>Jane Roe</name></author><published>")
        atom = atom.replace("Harbour", "Harbour &amp; Sea").replace("tag:quay.test,2026:gulls", "urn:x")
        rss = RSS.replace("urn:uuid:00000000-0000-4000-8000-000000000001", "urn:x")
        assert self.compared(("harbour/atom.xml", atom), ("harbour/rss.xml", rss)) == {}
        bare = re.sub("<(dc:creator|itunes:author|managingEditor)>.*?</.*?>", "", rss)
        assert self.compared(("harbour/atom.xml", atom), ("harbour/rss.xml", bare)) == {
            "entry-author-lost": "harbour/rss.xml"
        }

    def test_archives_share_what_they_should(self) -> None:
        """RFC 5005: the documents of one feed have one id and one title."""
        current = '<fh:archive/><link rel="current" href="https://quay.test/harbour/atom.xml"/><entry>'
        archive = ATOM.replace("harbour/atom.xml", "archive/1.xml").replace("<entry>", current, 1)
        assert self.compared(("harbour/atom.xml", ATOM), ("archive/1.xml", archive)) == {}


def test_our_own_site_has_no_problem(tmp_path: Path) -> None:
    """Its feeds, each by itself and side by side."""
    from click.testing import CliRunner  # noqa: PLC0415 - one test only

    from tagwire.cli import tagwire  # noqa: PLC0415

    root = str(PAGE.parent.parent.parent.parent)
    built = CliRunner().invoke(
        tagwire, ["-C", root, "build", "--out", str(tmp_path), "--base-url", "https://tagwire.example/"]
    )
    assert built.exit_code == 0, built.output
    found = CliRunner().invoke(tagwire, ["check", "--strict", str(tmp_path)])
    assert (found.exit_code, found.stderr) == (0, ""), found.stderr
    assert "all well" in found.stdout


RICH = """
-- tagwire.toml --
title = "The Quay & Co"
url = "https://quay.test/news/"
author = "The editors"
timezone = "Europe/Berlin"
lang = "de"
hub = "https://hub.test/"

[authors.jane-roe]
name = "Jane Roe"
email = "jane@quay.test"
url = "https://jane.test/möwe"
-- content/articles/one.md --
---
title: 'A <b> claim & "quotes" ]]> 👩‍👩‍👧 <3'
published: 2026-02-01
updated: 2026-02-01
tags: [C++, "a & b", שלום]
authors: [Jane Roe]
image: lead.jpg
lang: he
corrections: [{date: 2026-02-03, note: "Was <wrong> & bad."}]
series: Möwen
---
Text[^1] with [a link](two.md), `]]>` and ![a picture](lead.jpg).

[^1]: A note.

    code <b> &amp;

| a | b |
|---|---|
| 1 | 2 |
-- content/articles/lead.jpg --
JPEG
-- content/articles/two.md --
---
title: Two
published: 2026-02-01
updated: 2026-03-01
tags: [C++]
retracted: {date: 2026-03-01, note: "It was <untrue>."}
---
Text
-- content/articles/three.md --
---
title: Three
published: 2026-02-01
updated: 2026-03-01
tags: [C++]
summary: 'A summary & more'
---
<p>raw</p>

```python
if a < b and "&lt;":
    pass
```
-- content/articles/four.md --
---
title: Before 1990
published: 2026-01-31T10:00:00+05:30
image: https://pictures.test/b.png
---
- [ ] task
- ~~struck~~
"""


def test_a_rich_site_has_no_problem(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Markup in titles, letters of all scripts, corrections, retractions, pictures, a path in the address."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    made = site(RICH)
    made.build()
    run = made.run("check", "--strict")
    assert (run.code, run.err) == (0, ""), run.err
    assert "all well" in run.out


class TestCommand:
    """`tagwire check`."""

    @pytest.fixture(autouse=True)
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same day for all."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    def test_exit_codes(self, site: Callable[[str], Site]) -> None:
        """Errors end 1, warnings 0 unless strict; a wrong path, or nothing to judge, is wrong usage."""
        made = site(
            f"-- tagwire.toml --\ntitle = 'x'\n-- in/good.xml --\n{RSS}"
            f"-- in/warn.xml --\n{RSS.replace('text/css', 'text/xsl')}"
            f"-- in/bad.xml --\n{RSS.replace('en-GB', 'English')}"
            "-- in/none.xml --\n<urlset/>\n-- in/none.json --\n[1]\n"
        )
        top = made.root / "in"
        assert made.run("check", str(top / "good.xml")).code == 0
        warned = made.run("check", str(top / "warn.xml"))
        assert (warned.code, warned.out) == (0, "1 feed: 1 warning\n")
        assert "warn.xml:2: warning[feed-xslt]" in warned.err
        assert made.run("check", "--strict", str(top / "warn.xml")).code == 1
        bad = made.run("check", str(top / "bad.xml"))
        assert (bad.code, bad.out) == (1, "1 feed: 1 error\n")
        assert made.run("check", str(top / "none.xml")).code == 1
        assert made.run("check", str(top)).out.startswith("3 feeds: 1 error")
        assert made.run("check", str(top / "no-such-file")).code == 2
        assert made.run("check").code == 2
        (made.root / "site").mkdir()
        assert made.run("check").code == 2

    def test_json(self, site: Callable[[str], Site]) -> None:
        """For programs: counts, and each problem with all that is known."""
        made = site(f"-- bad.xml --\n{RSS.replace('en-GB', 'English')}")
        run = made.run("check", "--json", str(made.root / "bad.xml"))
        found = json.loads(run.out)
        assert (run.code, run.err, found["feeds"], found["errors"]) == (1, "", 1, 1)
        assert found["problems"][0]["code"] == "language-invalid"

    def test_a_site_without_url_is_told_once(self, site: Callable[[str], Site]) -> None:
        """The warning about `url`, and none for each feed."""
        article = "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nText\n"
        made = site(f"-- tagwire.toml --\ntitle = 'x'\n{article}")
        made.build()
        run = made.run("check")
        assert run.code == 0
        assert run.err.count("warning[") == 1
        assert "url-missing" in run.err


def page_text(text: str) -> str:
    """A text as the page has it: outside code, markup is escaped."""
    parts = text.split("`")
    return "`".join(part if n % 2 else html.escape(part, quote=False) for n, part in enumerate(parts))


class TestHandbook:
    """The page about the rules is true."""

    def test_headings_are_the_rules(self) -> None:
        """A paragraph for each, and none about a rule that isn't."""
        headings = re.findall(r"^### `([a-z0-9-]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
        assert sorted(headings) == sorted(lint.RULES)

    def test_paragraphs_say_why_how_and_who(self) -> None:
        """Severity, reason, source and help as the program has them."""
        parts = re.split(r"^### `([a-z0-9-]+)`\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for code, part in zip(parts[1::2], parts[2::2], strict=True):
            rule, text = lint.RULES[code], part.lower()
            assert rule.why
            for said in (rule.severity, rule.why, rule.hint, rule.source):
                assert page_text(said).lower() in text, code


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("<p>a<p>b<ul><li>c<li>d</ul>", []),
        ("<svg><circle r='1'/><path/></svg><math><mi>x</mi></math>", []),
        ("<circle r='1'>", ["`circle` is no element of HTML", "`<circle>` is never closed"]),
        ("a</b>", ["`</b>` closes nothing"]),
        ("<em><b>x</em>", ["`<b>` is still open at `</em>`"]),
        ("<br></br>", []),
        ("<x-card>y</x-card>", []),
    ],
)
def test_markup_that_browsers_agree_on_is_no_fault(text: str, faults: list[str]) -> None:
    """HTML closes paragraphs and items by itself; in SVG and MathML elements may close themselves."""
    assert markup.read(text).faults == faults
