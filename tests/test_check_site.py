"""The check of a whole site: each rule about pages has a good and a bad case; ids are written and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import article, web
from tagwire.article import mend
from tagwire.lint import page
from tagwire.model import Config
from tagwire.pipeline import external
from test_changes import FERRIES, NOW, edit
from test_web import serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

GOOD = '<html lang="en"><head><title>A</title></head><body><h1>A</h1>{}</body></html>'
FILES = {"index.html", "b/index.html", "pic.png", "ä ö/index.html"}
CASES = [
    ("page-title-missing", "<html lang=en><h1>A</h1></html>", GOOD.format("")),
    ("page-lang-missing", "<html><title>A</title><h1>A</h1></html>", GOOD.format("")),
    ("page-heading-missing", GOOD.replace("h1", "h2").format(""), GOOD.format("<h2>B</h2>")),
    ("page-heading-missing", GOOD.format("<h1>B</h1>"), GOOD.replace("<h1>A</h1>", "<meta http-equiv=refresh>")),
    ("page-heading-skipped", GOOD.format("<h3>B</h3>"), GOOD.format("<h2>B</h2><h3>C</h3><h2>D</h2>")),
    ("page-id-repeated", GOOD.format("<p id=x><p id=x>"), GOOD.format("<p id=x><p id=y>")),
    ("page-alt-missing", GOOD.format("<img src=/pic.png>"), GOOD.format('<img src=/pic.png alt="">')),
    ("page-mixed-content", GOOD.format("<script src=http://x.example/></script>"), GOOD.format("<a href=http://x.example/>x</a>")),
    ("page-link-broken", GOOD.format("<a href=c/>x</a>"), GOOD.format("<a href=b/>x</a><a href=b>x</a><a href='%C3%A4%20%C3%B6/'>x</a><a href=mailto:x@x.example>x</a><a href=https://x.example/q>x</a>")),  # noqa: E501
    ("page-link-broken", GOOD.format("<a href='https://a.example/news/c'>x</a>"), GOOD.format("<a href='/news/b/'>x</a><a href='/other'>x</a>")),  # noqa: E501
    ("page-anchor-broken", GOOD.format("<a href=#nope>x</a>"), GOOD.format("<i id=y></i><a href=#y>x</a><a href=#top>x</a><a href='b/#:~:text=x'>x</a>")),  # noqa: E501
    ("page-picture-broken", GOOD.format("<img alt=x src=no.png>"), GOOD.format("<img alt=x src=pic.png srcset='pic.png 1x, /news/pic.png 2x'>")),  # noqa: E501
]  # fmt: skip


def codes(html: str) -> set[str]:
    """What is wrong with this front page."""
    sketch, problems = page.sketch(html.encode(), "index.html")
    other, _ = page.sketch(GOOD.format("").encode(), "b/index.html")
    return {each.code for each in (*problems, *page.links([sketch, other], FILES, "https://a.example/news/"))}


@pytest.mark.parametrize(("code", "bad", "good"), CASES)
def test_each_rule_has_a_bad_and_a_good_case(code: str, bad: str, good: str) -> None:
    """The bad one breaks this rule alone, the good one none."""
    assert codes(bad) == {code}
    assert codes(good) == set()


def test_a_finding_about_a_picture_names_it_and_its_line() -> None:
    """Or says that it has no name either."""
    html = GOOD.format("\n<img src=/pic.png>\n<img>")
    found = [each for each in page.sketch(html.encode(), "index.html")[1] if each.code == "page-alt-missing"]
    assert [(each.line, each.message.partition(" has")[0]) for each in found] == [
        (2, "the picture `/pic.png`"),
        (3, "the picture ``"),
    ]


def test_every_page_rule_has_a_case_and_a_paragraph() -> None:
    """The handbook is true to the code."""
    text = (Path(__file__).parent.parent / "content/pages/handbook/page-rules.md").read_text("utf-8")
    assert {case[0] for case in CASES} == set(page.PAGE_RULES)
    assert re.findall(r"^## `([a-z-]+)`", text, re.MULTILINE) == list(page.PAGE_RULES)
    assert all(rule.why in text and rule.source in text for rule in page.PAGE_RULES.values())


def test_a_dead_link_is_told_once() -> None:
    """A dead entry of the menu is on every page."""
    sketches = [page.sketch(GOOD.format("<a href=/gone/>x</a>").encode(), f"{n}.html")[0] for n in range(4)]
    (found,) = page.links(sketches, {f"{n}.html" for n in range(4)})
    assert (found.path, "(on 3 more pages too)" in found.message) == ("0.html", True)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page(data: bytes) -> None:
    """And links are judged whatever they say."""
    sketch, _ = page.sketch(data, "a.html")
    page.links([sketch], {"a.html"})
    page.outside([sketch])


# ------------------------------------------------------------------ --fix


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"---\ntitle: A\n---\nx", b"---\nid: urn:x:1\ntitle: A\n---\nx"),
        (
            b"\xef\xbb\xbf\r\n--- \r\ntitle: A\r\n---\r\nx",
            b"\xef\xbb\xbf\r\n--- \r\nid: urn:x:1\r\ntitle: A\r\n---\r\nx",
        ),
        (b'+++\ntitle = "A"\n[extra]\na = 1\n+++\n', b'+++\nid = "urn:x:1"\ntitle = "A"\n[extra]\na = 1\n+++\n'),
        (b"title: A\ndate: 2026-01-01\n\nx", b"id: urn:x:1\ntitle: A\ndate: 2026-01-01\n\nx"),
        (b"# A\n\nx", b"---\nid: urn:x:1\n---\n# A\n\nx"),
        (b"---\r\n", b"---\r\nid: urn:x:1\r\n"),
    ],
)
def test_one_line_is_put_in(before: bytes, after: bytes) -> None:
    """Every other byte is as it was: line ends, marks, comments."""
    assert mend.with_id(before, "urn:x:1") == after


@given(st.from_regex(r"[!-~äß]{1,20}", fullmatch=True))
def test_any_id_is_read_as_it_was_written(name: str) -> None:
    """Ids of other programs hold any character but spaces."""
    for fence, equals in (("---", ": "), ("+++", " = ")):
        text = f'{fence}\ntitle{equals}"A"\npublished{equals}2026-01-01\n{fence}\nx\n'
        draft, problems = article.read("content/articles/a.md", mend.with_id(text.encode(), name), Config("T"))
        assert draft, problems
        assert getattr(draft.meta, "id", "") == name


def test_fix_writes_the_ids_that_readers_know(site: Callable[[str], Site]) -> None:
    """Afterwards the ledger isn't needed to know them."""
    made = site(FERRIES)
    made.build(now=NOW)
    feed = made.read("site/atom.xml")
    run = made.run("check", "--fix")
    assert "content/articles/first.md: its id is written down" in run.out
    assert made.read("content/articles/first.md").startswith("---\nid: tag:news.example,2026:articles/first/\ntitle:")
    edit(made, "tagwire.toml", "news.example", "other.example")
    made.build(now=NOW)
    assert re.findall("<id>tag.*</id>", made.read("site/atom.xml")) == re.findall("<id>tag.*</id>", feed)
    assert "written down" not in made.run("check", "--fix").out


# ------------------------------------------------------------------ the command


def test_a_site_is_judged_as_a_whole(site: Callable[[str], Site]) -> None:
    """Pages, anchors, pictures, the menu, tags, the schedule."""
    made = site(FERRIES + "[x](second.md#nope) ![y](gone.png)\n")
    edit(made, "content/articles/first.md", "Ferries, Harbour", "Ferry, Harbour")
    edit(made, "tagwire.toml", "title", 'menu = [{ name = "Gone", url = "/gone/" }]\ntitle')
    made.build(now=NOW)
    late = "-- content/articles/late.md --\n---\nid: urn:x:late\ntitle: Late\npublished: 2026-01-09\n---\nx\n"
    made.write(late)
    run = made.run("check")
    found = set(re.findall(r"\[([a-z-]+)\]:", run.err))
    assert {"page-anchor-broken", "page-picture-broken", "page-link-broken", "tag-near-duplicate"} <= found, run.err
    assert "content/articles/late.md: warning[schedule-overdue]" in run.err
    assert run.code == 1


FEW = FERRIES + "".join(
    f"-- content/articles/n{n}.md --\n---\nid: tag:x.example,2026:{n}\ntitle: N{n}\npublished: 2026-01-09\n"
    "tags: [Ferries, Harbour]\n---\nText.\n"
    for n in range(20)
)
SITE_CASES = [
    ("tag-near-duplicate", "[Ferries, Harbour]", "[Ferry, Harbour]", "[Boats, Harbour]"),
    ("tag-used-once", "[Ferries, Harbour]", "[Ferries, Lighthouse]", "[Ferries]"),
    ("schedule-overdue", "It sails at nine.", "published", "It sails at ten."),
    ("date-moved", "2026-01-01", "2026-01-02", "2026-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("code", "old", "bad", "good"), SITE_CASES)
def test_each_rule_about_the_whole_has_a_bad_and_a_good_case(
    site: Callable[[str], Site], code: str, old: str, bad: str, good: str
) -> None:
    """Tags, the schedule, what subscribers will see: the bad one is told, and the good one isn't."""
    made = site(FEW)
    assert made.run("ledger", "accept", "--now", NOW).code == 0
    made.build(now=NOW)
    text = made.read("content/articles/first.md")
    assert old in text
    for new, told in ((bad, True), (good, False)):
        made.write(f"-- content/articles/first.md --\n{text.replace(old, new)}")
        made.build(now=NOW)
        if code == "schedule-overdue" and told:
            (made.root / "site/articles/first/index.html").unlink()
        assert (f"[{code}]" in made.run("check").err) is told, (new, made.run("check").err)


def test_the_verdict_as_json(site: Callable[[str], Site]) -> None:
    """Its keys are those that the handbook names."""
    made = site(FERRIES + "![y](gone.png)\n")
    made.build(now=NOW)
    run = made.run("check", "--json")
    found = json.loads(run.out)
    text = (Path(__file__).parent.parent / "content/pages/handbook/command-line.md").read_text("utf-8")
    assert (run.code, found["errors"], found["feeds"] > 5, found["pages"] > 10) == (1, 1, True, True)
    for key in (*found, "path", "line", "column", "code", "message", "hint", "severity"):
        assert f"`{key}`" in text
    assert {*found["problems"][0]} >= {"path", "line", "column", "code", "message", "hint", "severity"}


def test_fix_writes_nothing_where_there_is_nothing_to_judge(site: Callable[[str], Site]) -> None:
    """Wrong usage leaves the articles as they are."""
    made = site(FERRIES)
    before = made.outputs("content")
    assert made.run("check", "--fix").code == 2
    assert made.outputs("content") == before


def test_sarif_names_rules_and_places(site: Callable[[str], Site]) -> None:
    """As GitHub wants it."""
    made = site(FERRIES + "![y](gone.png)\n")
    made.build(now=NOW)
    (run,) = json.loads(made.run("check", "--sarif").out)["runs"]
    (result,) = [each for each in run["results"] if each["ruleId"] == "page-picture-broken"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/articles/third.md"
    assert result["level"] == "error"
    assert "(site/articles/third/index.html:" in result["message"]["text"]
    assert {each["id"] for each in run["tool"]["driver"]["rules"]} >= {"page-picture-broken"}


UNDATED = "-- content/articles/no-date-100%.md --\n---\ntitle: X\npublished: 2024-13-01\n---\nx\n"


@pytest.mark.parametrize("path", ["", UNDATED])
def test_sarif_has_what_its_schema_demands(site: Callable[[str], Site], path: str) -> None:
    """Every part has its own keys and no other; what stops a build has its line, and is printed too."""
    made = site(FERRIES + "![y](gone.png)\n" + path)
    made.run("build", now=NOW)
    ran = made.run("check", "--sarif")
    document = json.loads(ran.out)
    (run,) = document.pop("runs")
    assert document == {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    assert (ran.code, {*run}, {*run["tool"]}) == (1, {"tool", "results"}, {"driver"})
    assert {*run["tool"]["driver"]} == {"name", "version", "rules"}
    rules = [rule.pop("id") for rule in run["tool"]["driver"]["rules"]]
    assert (len({*rules}), any(run["tool"]["driver"]["rules"])) == (len(rules), False)
    regions = []
    for result in run["results"]:
        assert {*result} - {"locations"} == {"ruleId", "level", "message"}
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["ruleId"] in rules
        for place in result.get("locations", []):
            at = place.pop("physicalLocation")
            assert (place, {*at} - {"region"}, {*at["artifactLocation"]}) == ({}, {"artifactLocation"}, {"uri"})
            assert re.fullmatch(r"(?:[\w./:-]|%[0-9A-F]{2})+", at["artifactLocation"]["uri"])
            regions.append(at.get("region", {"startLine": 1}))
            assert {"startLine"} <= {*regions[-1]} <= {"startLine", "startColumn"}
            assert all(value >= 1 for value in regions[-1].values())
    assert ({"startLine": 3, "startColumn": 12} in regions) == bool(path)


def test_json_has_what_stops_a_check(site: Callable[[str], Site]) -> None:
    """A program that asks gets an answer that it can read."""
    made = site(FERRIES + "-- content/articles/x.md --\n---\ntitle: X\npublished: 2024-13-01\n---\nx\n")
    ran = made.run("check", "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err.count("error["), found["errors"], found["feeds"]) == (1, 0, 1, 0)
    assert [(each["code"], each["line"]) for each in found["problems"] if each["severity"] == "error"] == [
        ("date-invalid", 3)
    ]


def test_other_sites_are_asked(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address once; what is private isn't asked at all."""
    with serving(lambda path, _: (404 if path == "/gone" else 200, {}, b"")) as (url, asked):
        made = site(FERRIES + f"[a]({url}gone) [b]({url}ok) [c]({url}ok#x)\n")
        made.build(now=NOW)
        assert "web-private" in made.run("check", "--external").err
        assert asked == []
        monkeypatch.setattr("tagwire.web.address._public", lambda _: True)
        run = made.run("check", "--external")
    assert f"{url}gone: the server says 404" in run.err
    assert [path for path, _ in asked].count("/ok") == 1


def test_an_address_that_answered_is_left_alone_for_days(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed is asked each time; after a week, or without the file, all are."""
    monkeypatch.setattr("tagwire.web.address._public", lambda _: True)
    with serving(lambda path, _: (404 if path == "/gone" else 200, {}, b"")) as (url, asked):
        made = site(FERRIES + f"[a]({url}gone) [b]({url}ok)\n")
        made.build(now=NOW)
        monkeypatch.setattr(external, "_LIMITS", web.Limits(tries=1, pause=0.0))

        def paths(day: str) -> list[str]:
            asked.clear()
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime.fromisoformat(day).timestamp())))
            assert f"{url}gone: the server says 404" in made.run("check", "--external").err
            return sorted({path for path, _ in asked})

        assert paths("2026-11-01T00:00:00Z") == ["/gone", "/ok"]
        assert paths("2026-11-07T00:00:00Z") == ["/gone"]
        assert paths("2026-11-08T00:00:00Z") == ["/gone", "/ok"]
        made.write("-- .tagwire/links.json --\n[1, {\n")
        assert paths("2026-11-08T00:00:00Z") == ["/gone", "/ok"]


def test_hosts_are_asked_side_by_side(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that answer only when both were asked."""
    monkeypatch.setattr("tagwire.web.address._public", lambda _: True)
    meeting = threading.Barrier(2, timeout=20)

    def answer(_path: str, _number: int) -> tuple[int, dict[str, str], bytes]:
        meeting.wait()
        return 200, {}, b""

    with serving(answer) as (one, _), serving(answer) as (two, _):
        made = site(FERRIES + f"[a]({one}) [b]({two})\n")
        made.build(now=NOW)
        assert "web-" not in made.run("check", "--external").err


def test_clients_share_a_pace() -> None:
    """A host has its turns one after the other, whoever asks; another host has its own."""
    pace = web.Pace(clock=lambda: 100.0)
    assert [pace.seconds(host, 2.0) for host in ("a:80", "b:80", "a:80", "a:80")] == [0.0, 0.0, 2.0, 4.0]


@pytest.mark.parametrize(("more", "told"), [("", True), ("feed: false\n", False)])
def test_a_new_article_that_no_feed_will_carry(site: Callable[[str], Site], more: str, *, told: bool) -> None:
    """Dated before all that the feeds hold, it would reach nobody; on purpose that is another matter."""
    made = site(FERRIES)
    edit(made, "tagwire.toml", "title", "history = false\nper_feed = 2\ntitle")
    assert made.run("ledger", "accept", "--now", NOW).code == 0
    made.build(now=NOW)
    assert "article-in-no-feed" not in made.run("check").err
    made.write(f"-- content/articles/old.md --\n---\nid: urn:x:old\ntitle: Old\npublished: 2020-01-01\n{more}---\nx\n")
    made.build(now=NOW)
    assert ("content/articles/old.md: warning[article-in-no-feed]" in made.run("check").err) is told
