"""What subscribers will see: every kind of change is told, the guard names what nobody does on purpose."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Site
from tagwire import ledger
from tagwire.model import Hidden, Ledger, Offer, Outlet, Record
from test_ledger import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = "2026-11-01T00:00:00Z"

FERRIES = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/"
-- content/articles/first.md --
---
title: The first ferry
published: 2026-01-01
tags: [Ferries, Harbour]
---
It sails at nine.
-- content/articles/second.md --
---
title: The second ferry
published: 2026-01-02
tags: [Ferries]
---
It sails at ten.
-- content/articles/third.md --
---
id: urn:example:third
title: The third ferry
published: 2026-01-03
---
It doesn't sail.
"""


@pytest.fixture
def published(site: Callable[[str], Site]) -> Site:
    """A site that was published."""
    made = site(FERRIES)
    assert made.run("ledger", "accept", "--now", NOW).code == 0
    return made


def edit(made: Site, path: str, old: str, new: str) -> None:
    """Changes a file."""
    text = made.read(path)
    assert old in text
    (made.root / path).write_text(text.replace(old, new), "utf-8")


def told(made: Site) -> tuple[dict[str, list[str]], set[str]]:
    """(titles by what happens, codes of the guard)."""
    found = json.loads(made.run("diff", "--json", "--now", NOW).out)
    kinds: dict[str, list[str]] = {}
    for change in found["articles"]:
        kinds.setdefault(change["what"], []).append(change["title"])
    return kinds, {problem["code"] for problem in found["problems"]} & set(ledger.CODES)


def test_after_accept_there_is_nothing_to_see(published: Site) -> None:
    """And the ledger is the same bytes whenever it is written anew."""
    before = published.read("content/ledger.json")
    assert told(published) == ({}, set())
    assert "no difference" in published.run("diff", "--now", NOW).out
    published.run("ledger", "accept", "--now", "2027-01-01T00:00:00Z")
    assert published.read("content/ledger.json") == before


def test_a_first_publication_disturbs_nobody(site: Callable[[str], Site]) -> None:
    """Without a ledger there is no guard."""
    run = site(FERRIES).run("diff", "--now", NOW)
    assert (run.code, run.err) == (0, "")
    assert "Nothing was published yet" in run.out


def test_a_moved_file_keeps_its_id_and_leads_on(published: Site) -> None:
    """The slug is renamed: no entry is new, the old address leads to the new one, and for ever."""
    old, new = (published.root / f"content/articles/{name}.md" for name in ("first", "renamed"))
    old.rename(new)
    assert told(published) == ({"moved": ["The first ferry"]}, set())
    published.build()
    assert "articles/renamed/" in published.read("site/articles/first/index.html")
    published.run("ledger", "accept", "--now", NOW)
    new.rename(published.root / "content/articles/again.md")
    published.run("ledger", "accept", "--now", NOW)
    published.build()
    for name in ("first", "renamed"):
        assert "articles/again/" in published.read(f"site/articles/{name}/index.html")
    assert "articles/first/</id>" in published.read("site/atom.xml")


def test_a_renamed_tag_keeps_its_subscribers(published: Site) -> None:
    """The old address serves the new feed, byte for byte; who follows it sees nothing as new."""
    for name in ("first", "second"):
        edit(published, f"content/articles/{name}.md", "Ferries", "Boats")
    before = published.build()
    assert before.err == ""
    kinds, codes = told(published)
    assert (codes, set(kinds)) == (set(), {"quiet"})
    found = json.loads(published.run("diff", "--json", "--now", NOW).out)["feeds"]
    assert found == {"new": ["tags/boats/"], "moved": [{"from": "tags/ferries/", "to": "tags/boats/"}], "gone": []}
    for file in ("atom.xml", "rss.xml", "feed.json"):
        assert published.read(f"site/tags/ferries/{file}") == published.read(f"site/tags/boats/{file}")
    assert "tags/boats/" in published.read("site/tags/ferries/index.html")
    assert "../../boats/follow/" in published.read("site/tags/ferries/follow/index.html").replace(
        "../../../tags", "../.."
    )
    published.run("ledger", "accept", "--now", NOW)
    assert told(published) == ({}, set())
    published.build()
    assert published.read("site/tags/ferries/atom.xml") == published.read("site/tags/boats/atom.xml")
    for name in ("first", "second"):
        edit(published, f"content/articles/{name}.md", "Boats", "Vessels")
    published.build()
    for old in ("ferries", "boats"):
        assert published.read(f"site/tags/{old}/atom.xml") == published.read("site/tags/vessels/atom.xml")


def test_a_format_that_is_off_is_served_another_one(published: Site) -> None:
    """The address is what people have; readers look at the bytes."""
    edit(published, "tagwire.toml", "title", 'formats = ["atom"]\ntitle')
    assert told(published) == ({}, set())
    published.build()
    for path in ("rss.xml", "tags/ferries/feed.json"):
        assert published.read(f"site/{path}") == published.read(f"site/{path.rpartition('/')[0]}/atom.xml")


@pytest.mark.parametrize("format_", ["atom", "rss", "json"])
def test_a_format_that_is_off_can_be_published(published: Site, format_: str) -> None:
    """What the old addresses serve is judged by its bytes, as readers do, not by its name."""
    edit(published, "tagwire.toml", "title", f'formats = ["{format_}"]\ntitle')
    said = published.run("diff").out
    assert (
        "Feeds of a format that is off; their addresses go on, with the feed in another format:\n  the whole site"
        in said
    )
    assert "renamed" not in said.lower()
    run = published.run("publish", "--to", "../www")
    assert (run.code, "error[" in run.err, "warning[" in run.err) == (0, False, False), run.err


def test_the_feed_of_a_renamed_tag_is_the_same_feed(published: Site) -> None:
    """Its id stays, as it does when the whole site moves."""

    def feed_id(path: str) -> str:
        return published.read(path).partition("<id>")[2].partition("</id>")[0]

    published.build()
    tag, whole = feed_id("site/tags/ferries/atom.xml"), feed_id("site/atom.xml")
    for name in ("first", "second"):
        edit(published, f"content/articles/{name}.md", "Ferries", "Boats")
    edit(published, "tagwire.toml", "news.example", "other.example")
    published.build()
    assert (feed_id("site/tags/boats/atom.xml"), feed_id("site/atom.xml")) == (tag, whole)


def test_a_tag_that_merges_into_another_asks_for_a_word(published: Site) -> None:
    """Its feed would be gone, until the settings say where it went."""
    edit(published, "content/articles/first.md", "[Ferries, Harbour]", "[Ferries]")
    assert told(published)[1] == {"feed-gone"}
    edit(published, "tagwire.toml", "title", "tags.aliases = { harbour = 'Ferries' }\ntitle")
    assert told(published)[1] == set()


def test_a_domain_that_moves_changes_no_id(published: Site) -> None:
    """But the owner has to see to the old host."""
    edit(published, "tagwire.toml", "news.example", "other.example")
    assert told(published) == ({}, {"site-moved"})
    assert "moves from https://news.example/ to https://other.example/" in published.run("diff", "--now", NOW).out


def test_what_the_guard_names(published: Site) -> None:
    """Each by its code: a build warns, a publish refuses."""
    cases = [
        ("content/articles/third.md", "id: urn:example:third", "id: urn:example:new", "doubled", "id-changed"),
        ("content/articles/third.md", "2026-01-03", "2026-01-04", "dated", "date-moved"),
        ("content/articles/third.md", "title:", "draft: true\ntitle:", "hidden", "entry-hidden"),
        ("content/articles/third.md", "2026-01-03", "2036-01-03", "hidden", "entry-hidden"),
        ("content/articles/third.md", "title:", "expires: 2026-02-01\ntitle:", "expired", ""),
        ("content/articles/third.md", "title:", "feed: false\ntitle:", "left", ""),
        ("content/articles/third.md", "title:", "retracted: {date: 2026-02-01, note: no}\ntitle:", "updated", ""),
        ("content/articles/third.md", "title:", "updated: 2026-02-01\ntitle:", "updated", ""),
        ("content/articles/third.md", "doesn't sail", "will sail", "quiet", ""),
    ]
    for path, old, new, kind, code in cases:
        text = published.read(path)
        edit(published, path, old, new)
        kinds, codes = told(published)
        assert (kind in kinds, codes) == (True, {code} - {""}), (kinds, codes, new)
        assert (f"warning[{code}]" in published.build(now=NOW).err) == bool(code)
        (published.root / path).write_text(text, "utf-8")


def test_an_article_that_is_gone(published: Site) -> None:
    """It is named once; what was accepted as gone is remembered, and its return is told."""
    file = published.root / "content/articles/third.md"
    text = file.read_text("utf-8")
    file.unlink()
    assert told(published) == ({"gone": ["The third ferry"]}, {"entry-gone"})
    published.run("ledger", "accept", "--now", NOW)
    assert told(published) == ({}, set())
    file.write_text(text, "utf-8")
    assert told(published)[0] == {"back": ["The third ferry"]}


def test_an_id_that_is_used_again(published: Site) -> None:
    """For an article that has nothing of the old one."""
    (published.root / "content/articles/third.md").unlink()
    published.write(
        "-- content/articles/x.md --\n---\nid: urn:example:third\ntitle: New\npublished: 2026-02-01\n---\nNews.\n"
    )
    assert told(published)[1] == {"id-reused"}


def test_a_flood_of_old_articles(published: Site) -> None:
    """Eleven at once are a slip, unless the setting allows it."""
    for number in range(11):
        head = f"title: Old {number}\npublished: 2025-01-{number + 1:02}"
        published.write(f"-- content/articles/old{number}.md --\n---\n{head}\n---\nx\n")
    assert told(published)[1] == {"old-as-new"}
    edit(published, "tagwire.toml", "title", "old_as_new = 11\ntitle")
    assert told(published)[1] == set()


def test_a_preview_is_not_guarded(published: Site) -> None:
    """Drafts and another address are seen by the owner alone."""
    (published.root / "content/articles/third.md").unlink()
    assert "entry-gone" in published.build(now=NOW).err
    assert published.build("--base-url", "http://localhost:8000/", now=NOW).err == ""


def test_refusals_name_the_code_that_accepts_them() -> None:
    """A publish ends with these, until `--accept` names each code."""
    known = Ledger("https://a.example/", (record("a"), record("b")))
    offer = Offer("https://b.example/", (record("a"),), (), (), (), ())
    found = ledger.problems(ledger.compare(known, offer), 10)
    assert {each.code for each in ledger.refusals(found, ())} == {"entry-gone", "site-moved"}
    assert all(f"--accept {each.code}" in each.hint for each in ledger.refusals(found, ()))
    assert [each.severity for each in ledger.refusals(found, {"site-moved"})] == ["error"]


def test_many_of_a_kind_are_counted() -> None:
    """A list of thousands helps nobody: the first ones stand for the others, with how many there are."""
    lost = tuple(record(f"lost-{number:02}") for number in range(12))
    feeds = tuple(Outlet(f"tags/t{number}/atom.xml", f"t{number}") for number in range(12))
    changes = ledger.compare(Ledger("https://a.example/", lost, feeds), Offer("https://a.example/", (), (), (), (), ()))
    found = ledger.problems(changes, 10)
    assert sorted(each.code for each in found) == ["entry-gone"] * 6 + ["feed-gone"] * 6
    assert {each.severity for each in found} == {"warning"}
    assert {each.message for each in found if each.message.startswith("and ")} == {
        "and 7 more of this kind; `tagwire diff` has them all",
        "and 7 more feeds; `tagwire diff` has them all",
    }
    assert "  … and 4 more (--json has all)" in ledger.tell(changes)


def test_what_comes_into_a_followed_feed_late_is_old_there() -> None:
    """A tag that is added to a published article: its subscribers get it, and the guard counts it as old."""
    known = Ledger(
        "https://a.example/", (record("a", shown=("",)),), (Outlet("atom.xml", "i"), Outlet("tags/t/atom.xml", "t"))
    )
    offer = Offer("https://a.example/", (record("a", shown=("", "tags/t/")),), known.outlets, (), (), ())
    found = ledger.compare(known, offer).articles
    assert [(each.kind, each.feeds) for each in found] == [("old", ("tags/t/",))]


def test_a_new_feed_without_a_title_is_called_by_its_folder() -> None:
    """Without the slash at its end."""
    offer = Offer("https://a.example/", (), (Outlet("tags/t/atom.xml", "t"),), (), (), ())
    known = Ledger("https://a.example/", (record("a"),), ())
    assert "  tags/t (tags/t/)" in ledger.tell(ledger.compare(known, offer))


# ------------------------------------------------------------------ laws

articles = st.lists(
    st.builds(
        record,
        st.sampled_from("abcdef"),
        published=st.sampled_from([NOW, "2026-01-02T00:00:00Z"]),
        updated=st.sampled_from([NOW, "2026-12-02T00:00:00Z"]),
        imprint=st.sampled_from(["1", "2"]),
        address=st.sampled_from(["x/", "y/", "z/"]),
        shown=st.sampled_from([(), ("",), ("", "tags/t/")]),
        feeds=st.sampled_from([(), (("", 1),), (("", 2), ("tags/t/", 1))]),
    ),
    unique_by=lambda each: each.id,
    max_size=6,
)
outlets = st.lists(
    st.sampled_from([Outlet("atom.xml", "i"), Outlet("tags/t/atom.xml", "j"), Outlet("tags/u/atom.xml", "k")]),
    unique_by=lambda each: each.path,
)
offers = st.builds(
    lambda records, feeds, hidden: Offer("https://a.example/", tuple(records), tuple(feeds), tuple(hidden), (), ()),
    articles, outlets,
    st.lists(st.builds(Hidden, st.just("urn:example:a"), st.just("draft"), st.just("p")), max_size=1),
)  # fmt: skip


@given(offers, offers)
def test_what_was_published_is_no_change(first: Offer, second: Offer) -> None:
    """Whatever was published after whatever: then there is nothing to see, and nothing was forgotten."""
    once = ledger.renewed(Ledger(), first, NOW)
    twice = ledger.renewed(once, second, NOW)
    assert ledger.compare(twice, second).none
    assert {each.id for each in once.articles} <= {each.id for each in twice.articles}
    assert {each.path for each in once.outlets} <= {each.path for each in twice.outlets}
    assert ledger.parse(ledger.spell(twice), "l") == (twice, ())
    ledger.tell(ledger.compare(once, second))


def test_a_hundred_thousand_articles_take_less_than_a_second() -> None:
    """The diff and the guard, whatever changed."""
    count = 100_000
    known = tuple(_many(number, "1") for number in range(count))
    offered = tuple(_many(number, "2" if number % 7 == 0 else "1") for number in range(50, count + 50))
    paths = tuple((each.id, "p") for each in offered)
    offer = Offer("https://a.example/", offered, (Outlet("atom.xml", "i"),), (), (("", "T"),), paths)
    begun = time.process_time()
    found = ledger.compare(Ledger("https://a.example/", known, (Outlet("atom.xml", "i"),)), offer)
    problems = ledger.problems(found, 10)
    took = time.process_time() - begun
    assert {each.code for each in problems} == {"entry-gone"}
    assert took < 1, took


def _many(number: int, imprint: str) -> Record:
    return Record(
        f"urn:example:{number:06}",
        f"articles/{number}/",
        f"Article {number}",
        NOW,
        NOW,
        imprint,
        (("", number + 1),),
        ("",),
    )


WORDS = """\
If this is published, then in sum:
  1 article appears as new
  1 older article appears as new
  1 article is shown as updated
  1 article changes quietly: nobody is shown it again
  1 article moves: its old address leads to the new one, and nobody is shown it again
  1 article is gone

New addresses of pages; the old ones redirect:
  articles/second/ -> articles/eleven/

Subscribers of The Example (the whole site):
  “News” (2026-03-01) appears as new
  “Olds” (2025-03-01) appears as new, though it is older
  “The first ferry” (2026-01-01) is shown as updated
  “The second ferry” (2026-01-02) changes quietly
  “The third ferry” (2026-01-03) leaves the feed; readers keep it, and its link is dead

Subscribers of Ferries (tags/ferries/):
  “News” (2026-03-01) appears as new
  “The first ferry” (2026-01-01) is shown as updated
  “The second ferry” (2026-01-02) changes quietly

Subscribers of Harbour (tags/harbour/):
  “The first ferry” (2026-01-01) is shown as updated

`tagwire publish` refuses this. Mend what the warnings name, or, if you mean it, add --accept entry-gone
"""


def test_the_diff_in_words(published: Site) -> None:
    """Whoever reads only this knows what subscribers will see."""
    edit(published, "content/articles/first.md", "title:", "updated: 2026-02-01\ntitle:")
    edit(published, "content/articles/second.md", "at ten", "at eleven")
    (published.root / "content/articles/second.md").rename(published.root / "content/articles/eleven.md")
    (published.root / "content/articles/third.md").unlink()
    published.write(
        "-- content/articles/new.md --\n---\ntitle: News\npublished: 2026-03-01\ntags: [Ferries]\n---\nN.\n"
    )
    published.write("-- content/articles/old.md --\n---\ntitle: Olds\npublished: 2025-03-01\n---\nO.\n")
    out = published.run("diff", "--now", NOW).out
    assert out == WORDS


# ------------------------------------------------------------------ renamed in turn

ELSEWHERE = """\
The whole site moves from https://news.example/ to https://other.example/.
Ids stay, so no article appears twice. But readers find the new feeds only if the old host
redirects to them.

`tagwire publish` refuses this. Mend what the warnings name, or, if you mean it, add --accept site-moved
"""
MOVED = """\
If this is published, then in sum:
  1 article moves: its old address leads to the new one, and nobody is shown it again

New addresses of pages; the old ones redirect:
  articles/third/ -> articles/renamed/
"""
DATED = """\
If this is published, then in sum:
  1 article is shown as updated
  1 article gets another date

Subscribers of The Example (the whole site):
  “The third ferry” (2026-02-03) is shown as updated
  “The third ferry” (2026-02-03, was 2026-01-03) gets another date

`tagwire publish` refuses this. Mend what the warnings name, or, if you mean it, add --accept date-moved
"""
RETAGGED = """\
If this is published, then in sum:
  1 article changes quietly: nobody is shown it again
  1 topic was renamed

Renamed topics; their old feed addresses go on, with the new feed in them:
  tags/harbour/ -> tags/port/

Subscribers of The Example (the whole site):
  “The first ferry” (2026-01-01) changes quietly

Subscribers of Ferries (tags/ferries/):
  “The first ferry” (2026-01-01) changes quietly

Subscribers of Port (tags/port/):
  “The first ferry” (2026-01-01) changes quietly
"""
MERGED = """\
If this is published, then in sum:
  1 article changes quietly: nobody is shown it again
  3 feed addresses give an error

Feed addresses at which subscribers get an error from now on:
  tags/harbour/atom.xml
  tags/harbour/feed.json
  tags/harbour/rss.xml

Subscribers of The Example (the whole site):
  “The first ferry” (2026-01-01) changes quietly

Subscribers of Ferries (tags/ferries/):
  “The first ferry” (2026-01-01) changes quietly

`tagwire publish` refuses this. Mend what the warnings name, or, if you mean it, add --accept feed-gone
"""
RENAMED = {
    "slug": ("content/articles/third.md", "title:", "slug: renamed\ntitle:", MOVED, ""),
    "domain": ("tagwire.toml", "news.example", "other.example", ELSEWHERE, "site-moved"),
    "date": ("content/articles/third.md", "2026-01-03", "2026-02-03", DATED, "date-moved"),
    "tag": ("content/articles/first.md", "Harbour]", "Port]", RETAGGED, ""),
    "tag into another": ("content/articles/first.md", "[Ferries, Harbour]", "[Ferries]", MERGED, "feed-gone"),
}


@pytest.mark.parametrize("what", RENAMED)
def test_what_is_renamed_is_told_and_refused_or_redirected(
    site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Through the command line: the words of `diff`, which ends with 0; `publish`, which ends with 1 until accepted."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    path, old, new, words, code = RENAMED[what]
    home, to = site(FERRIES), str(tmp_path / "www")
    assert home.run("publish", "--to", to).code == 0
    before = home.outputs()
    edit(home, path, old, new)
    diff = home.run("diff")
    assert (diff.code, diff.out) == (0, words)
    run = home.run("publish", "--to", to)
    assert (run.code, f"error[{code}]" in run.err) == ((1, True) if code else (0, False))
    if code:
        assert Site(tmp_path).outputs("www")["atom.xml"] == before["atom.xml"]
        assert home.run("publish", "--to", to, "--accept", code).code == 0
    published = Site(tmp_path).outputs("www")
    lost = {path for path in before.keys() - published.keys() if path != ".tagwire-manifest"}
    assert lost == {path for path in before if "tags/harbour/" in path and what == "tag into another"}
    if what == "slug":
        assert b"articles/renamed/" in published["articles/third/index.html"]
    if what == "tag":
        assert published["tags/harbour/atom.xml"] == published["tags/port/atom.xml"]
        assert b"tags/port/follow/" in published["tags/harbour/follow/index.html"]
    assert home.run("diff").out == "Subscribers see no difference.\n"


def test_after_a_tag_was_renamed_nothing_speaks_of_its_old_name(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Its old addresses are no fault that an owner could mend, and their subscribers are those of the new feed."""
    home, to = site(FERRIES), str(tmp_path / "www")
    assert home.run("publish", "--to", to).code == 0
    for name in ("first", "second"):
        edit(home, f"content/articles/{name}.md", "[Ferries", "[Sailings")
    renamed = home.run("publish", "--to", to)
    assert (renamed.code, renamed.err) == (0, "")
    edit(home, "content/articles/first.md", "title:", "draft: true\ntitle:")
    (hidden,) = json.loads(home.run("diff", "--json").out)["articles"]
    assert (hidden["what"], hidden["feeds"]) == ("hidden", ["", "tags/harbour/", "tags/sailings/"])


def test_a_site_that_is_rendered_otherwise_is_told_in_a_line(site: Callable[[str], Site]) -> None:
    """Another engine changes the digests of all: no list of titles would tell an owner anything."""
    home = site(FERRIES)
    for number in range(9):
        home.write(
            f"-- content/articles/n{number}.md --\n---\ntitle: N{number}\npublished: 2026-02-01\n---\nOne  two\n"
        )
    home.run("ledger", "accept", "--now", NOW)
    for file in (home.root / "content/articles").iterdir():
        file.write_text(file.read_text() + "\nMore.\n")
    assert home.run("diff", "--now", NOW).out.splitlines()[1:] == [
        "  12 articles change quietly: nobody is shown them again",
        "    (nearly the whole site: a setting, a tag that all share, or another engine or version)",
    ]
