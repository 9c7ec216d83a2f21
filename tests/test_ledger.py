"""The ledger: its file is read as it was written, merges in git, and gives articles the ids that readers know."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import ledger
from tagwire.ledger import columns
from tagwire.model import Head, Ledger, Outlet, Record
from tagwire.plan import identity
from test_plan import CONFIG, article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

DAY = "2026-01-01T00:00:00Z"


def record(name: str, **changes: Any) -> Record:
    """An article as it was published."""
    plain: dict[str, Any] = {"address": f"articles/{name}/", "title": name, "published": DAY, "updated": DAY}
    return Record(**{"id": f"urn:x:{name}", "imprint": f"d-{name}", "first": DAY, **plain, **changes})


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
paths = st.from_regex(r"[a-zé-]{1,8}(?:/[a-z0-9]{1,4}){0,2}/?", fullmatch=True)
moments = st.datetimes().map(lambda at: f"{at:%Y}".zfill(4) + f"{at:-%m-%dT%H:%M:%S.%fZ}")
records = st.builds(
    Record,
    id=texts, address=paths, title=texts, published=moments, updated=moments, imprint=st.sampled_from(["", "0f"]),
    feeds=st.dictionaries(paths, st.integers(1, 10**6), max_size=3).map(lambda found: tuple(sorted(found.items()))),
    shown=st.sets(paths, max_size=3).map(lambda found: tuple(sorted(found))),
    first=st.one_of(st.just(""), moments),
    former=st.sets(paths, max_size=3).map(lambda found: tuple(sorted(found))),
    gone=st.one_of(st.just(""), moments), out=st.one_of(st.just(""), moments),
)  # fmt: skip
outlets = st.builds(
    Outlet, path=paths, id=texts, heir=st.one_of(st.just(""), paths), gone=st.one_of(st.just(""), moments)
)


def sorted_by(key: str, found: list[Any]) -> tuple[Any, ...]:
    """In the order in which a ledger holds its lines."""
    return tuple(sorted(found, key=lambda item: str(getattr(item, key))))


ledgers = st.builds(
    Ledger,
    site=st.sampled_from(["", "https://t.example/"]),
    articles=st.lists(records, max_size=6, unique_by=lambda each: each.id).map(lambda found: sorted_by("id", found)),
    outlets=st.lists(outlets, max_size=4, unique_by=lambda each: each.path).map(lambda found: sorted_by("path", found)),
)
ODD: tuple[Any, ...] = (
    "", "/x", "a/../b", "..", "./a", ".a/b", "a\\b", "a\nb", "a\u00a0b", DAY, "2026-01-01", 0, 1, True, 1.5, None,
    [], ["a/"], ["/a"], ["a\n/b"], [1], [[]], {}, {"a/": 1}, {"a/": 0}, {"a/": True}, {"a/": "1"},
    {"a/": []}, {"../a": 1},
)  # fmt: skip
"""What somebody's editor may leave where a value belongs."""


@given(st.lists(records, max_size=3), st.sampled_from([*columns.NEEDED, *columns.OTHERS, "else"]), st.sampled_from(ODD))
def test_all_lines_at_once_are_judged_as_each_by_itself(found: list[Record], key: str, odd: Any) -> None:
    """A quick look at all finds exactly what the look at each line finds."""
    spelt = json.loads(ledger.spell(Ledger("", (*found, record("x")), ())))
    lines = [line for line in spelt["articles"] if line]
    lines[-1][key] = odd
    spelt["articles"] = lines
    taken = ledger.parse(json.dumps(spelt).encode(), "ledger.json")[0] is not None
    assert columns.are_known(lines) == taken
    del lines[-1][key]
    assert columns.are_known(lines) == (key not in columns.NEEDED)


@given(ledgers)
def test_what_is_written_is_read(found: Ledger) -> None:
    """Any text of an article's title survives, and each entry is one line."""
    data = ledger.spell(found)
    assert ledger.parse(data, "l") == ledger.parse(data, "l", is_checked=True) == (found, ())
    assert data.count(b"\n") == 10 + len(found.articles) + len(found.outlets)


@given(st.binary(max_size=60), ledgers, st.integers(0, 4000))
def test_no_bytes_make_it_fail(noise: bytes, found: Ledger, at: int) -> None:
    """A damaged ledger is a problem that says so, never a traceback."""
    data = ledger.spell(found)
    for damaged in (noise, data[:at] + noise + data[at:], data[:at]):
        got, problems = ledger.parse(damaged, "l")
        assert (got is None) == bool(problems)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ('"tagwire-ledger": 1', '"tagwire-ledger": 2', "ledger-newer", "its form is 2, this program knows 1"),
        ('"tagwire-ledger": 1', '"tagwire-ledger": true', "ledger-damaged", 'no `"tagwire-ledger": 1`'),
        ('{"id": "urn:x:a"', '<<<<<<< HEAD\n{"id": "urn:x:a"', "ledger-conflict", "git's marks"),
        ('"title": "a"', '"title": 5', "ledger-damaged", "`title` is not what Tagwire wrote"),
        ('"title": "a"', '"titel": "a"', "ledger-damaged", "unknown key `titel`"),
        ('"title": "a", ', "", "ledger-damaged", "an article without `title`"),
        ('"id": "urn:x:a", ', "", "ledger-damaged", "an article without `id`"),
        ('"title": "a"', '"title": "a", "shown": ["/a"]', "ledger-damaged", "`shown` is not what Tagwire wrote"),
        ('"address": "articles/a/"', '"address": "../../etc/x"', "ledger-damaged", "`address` is not"),
        ('"site": ""', '"site": ["x"]', "ledger-damaged", "and nothing else"),
        ('"articles": [', '"articles": [5,', "ledger-damaged", "`articles` is not a list of objects"),
        ('"articles": [', '"articles": [', "", ""),
        ('"articles": [', '"articles": ' + "[" * 5000, "ledger-damaged", ""),
        ("}", "", "ledger-damaged", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(old: str, new: str, code: str, said: str) -> None:
    """With its line where a line is to blame."""
    text = ledger.spell(Ledger("", (record("a"),))).decode()
    _, problems = ledger.parse(text.replace(old, new, 1).encode(), "content/ledger.json")
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert all(said in problem.message and problem.hint for problem in problems)
    if code == "ledger-conflict" or "title" in said:
        assert problems[0].line == 5
    if said.endswith("`id`"):  # no line is to blame
        assert problems[0].line == 0


@given(records, records)
def test_both_sides_of_a_union_merge_count(ours: Record, theirs: Record) -> None:
    """Git's `merge=union` leaves two lines of one article: they become one, in whichever order they stand."""
    theirs = theirs._replace(id=ours.id)
    read, _ = ledger.parse(ledger.spell(Ledger("", (ours, theirs))), "l")
    assert ledger.parse(ledger.spell(Ledger("", (theirs, ours))), "l") == (read, ())
    assert read
    (merged,) = read.articles
    assert {ours.address, theirs.address} <= {merged.address, *merged.former}
    assert {*ours.shown, *theirs.shown} == set(merged.shown)


def test_git_merges_what_two_people_published(tmp_path: Path) -> None:
    """New lines that aren't neighbours need no hand, and neighbours none with `merge=union`."""

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x.example", *arguments],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    def publish(*names: str) -> None:
        file.write_bytes(ledger.spell(Ledger("", tuple(map(record, names)))))
        git("add", "-A")
        git("commit", "-qm", "x")

    file = tmp_path / "ledger.json"
    git("init", "-qb", "main")
    (tmp_path / ".gitattributes").write_text("ledger.json merge=union\n")
    publish("b", "m", "x")
    git("checkout", "-qb", "other")
    publish("b", "m", "mm", "x", "z")
    git("checkout", "-q", "main")
    publish("a", "b", "m", "mn", "x", "zz")
    git("merge", "-q", "other")
    found, _ = ledger.parse(file.read_bytes(), "l")
    assert found
    assert [each.title for each in found.articles] == ["a", "b", "m", "mm", "mn", "x", "z", "zz"]


# ------------------------------------------------------------------ ids


def ids(articles: list[Any], *known: Record) -> list[str]:
    """The id of each article, beside this ledger."""
    settled = identity.settled(tuple(articles), CONFIG, Ledger(CONFIG.url, known))
    return [identity.identity(each.meta, CONFIG) for each in settled if isinstance(each.meta, Head)]


def test_an_article_without_an_id_keeps_the_one_it_was_published_with() -> None:
    """Whether domain, year or text changed: its address is the same."""
    assert ids([article("a"), article("b")], record("a")) == ["urn:x:a", "tag:t.example,2026:articles/b/"]


def test_a_moved_article_keeps_its_id() -> None:
    """Its text tells which it is; where that changed as well, its title and date."""
    assert ids([article("new", imprint="d-a")], record("a")) == ["urn:x:a"]
    assert ids([article("new", imprint="edited", title="a")], record("a")) == ["urn:x:a"]
    assert ids([article("new", imprint="edited", title="other")], record("a")) == ["tag:t.example,2026:articles/new/"]


def test_two_articles_that_change_places_keep_their_ids() -> None:
    """The text goes before the address."""
    assert ids([article("a", imprint="d-b"), article("b", imprint="d-a")], record("a"), record("b")) == [
        "urn:x:b",
        "urn:x:a",
    ]


def test_a_sign_that_two_share_tells_nothing() -> None:
    """Two empty articles are no one's copy."""
    same = [article("x", imprint="d"), article("y", imprint="d")]
    assert ids(same, record("a", imprint="d")) == [
        "tag:t.example,2026:articles/x/",
        "tag:t.example,2026:articles/y/",
    ]


def test_an_id_that_somebody_wrote_is_nobody_elses() -> None:
    """The article moved and has its id in its front matter; another one stands at its address now."""
    moved, new = article("moved", id="urn:x:a", imprint="d-a"), article("a", imprint="n")
    assert ids([moved, new], record("a")) == ["urn:x:a", "tag:t.example,2026:articles/a/"]


OLD = """
-- content/articles/ferry.md --
---
title: The ferry
published: 2026-01-01
---
It sails.
-- content/ledger.json --
"""


def test_a_site_gives_readers_the_ids_they_know(site: Callable[[str], Site]) -> None:
    """A new domain changes no id, since the ledger has it; a ledger of another site stops the build."""
    known = ledger.spell(Ledger("https://old.example/", (record("ferry"),))).decode()
    made = site(OLD + known)
    made.build()
    assert "<id>urn:x:ferry</id>" in made.read("site/atom.xml")
    made.write("-- content/ledger.json --\n" + known.replace("ferry", "other"))
    run = made.run("build")
    assert (run.code, "error[ledger-foreign]" in run.err) == (1, True), run.err


def test_a_changed_ledger_is_seen(site: Callable[[str], Site]) -> None:
    """It is an input of the build: nothing is remembered past it."""
    made = site(OLD + ledger.spell(Ledger("", (record("ferry"),))).decode())
    made.build()
    made.write("-- content/ledger.json --\n" + ledger.spell(Ledger("", (record("ferry", id="urn:x:2"),))).decode())
    made.build()
    assert "<id>urn:x:2</id>" in made.read("site/atom.xml")


def test_what_was_found_in_order_is_known_by_its_bytes_alone(site: Callable[[str], Site]) -> None:
    """Checks are spared for a ledger that was read before, and for no other, and for none that a publish wrote."""
    good = ledger.spell(Ledger("", (record("ferry"),))).decode()
    made = site(OLD + good)
    made.build()
    made.write("-- content/ledger.json --\n" + good.replace('"title": "ferry"', '"title": 5'))
    assert "error[ledger-damaged]" in made.run("build").err
    made.write("-- content/ledger.json --\n" + good)
    made.build()
    assert made.run("ledger", "accept").code == 0
    assert "Subscribers see no difference." in made.run("diff").out
