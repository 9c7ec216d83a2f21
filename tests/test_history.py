"""The complete history over years of publishing, with a ledger that is really written: nothing full ever changes."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW, Site
from test_archives import walk

SETTINGS = '-- tagwire.toml --\ntitle = "T"\nurl = "https://news.example/"\narchives = ["tags"]\n'
FEEDS = ("atom.xml", "rss.xml", "feed.json", "tags/iran/atom.xml")


def written(numbers: range, days: list[int], text: str = "") -> str:
    """Articles, each dated some day of years: most of a batch before what was published earlier."""
    pairs = zip(numbers, days, strict=True)
    return "".join(
        f"-- content/articles/n{number:03}.md --\n---\nid: urn:x:{number}\ntitle: Number {number}\n"
        f"published: {2020 + day // 300}-{1 + day % 300 // 28:02}-{1 + day % 28:02}\ntags: [Iran]\n"
        f"---\nText {number}. {text}\n"
        for number, day in pairs
    )


def full(outputs: dict[str, bytes]) -> dict[str, bytes]:
    """The archive documents."""
    return {path: data for path, data in outputs.items() if re.search(r"archive/\w+-\d{4}\.", path)}


def published(made: Site, text: str) -> dict[str, bytes]:
    """Builds with more articles, and writes down that this is what subscribers have now."""
    made.write(text)
    made.build()
    run = made.run("ledger", "accept", "--now", NOW)
    assert run.code == 0, run.err
    return made.outputs()


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.integers(0, 1500), min_size=1, max_size=60), min_size=2, max_size=4))
def test_no_publication_changes_a_full_document_by_a_byte(batches: list[list[int]]) -> None:
    """However late or early the new articles are dated; and who walks the links has every entry, in every format."""
    with tempfile.TemporaryDirectory() as folder:
        made, count = Site(Path(folder) / "site"), 0
        before: dict[str, bytes] = {}
        made.root.mkdir()
        made.write(SETTINGS)
        for days in ([7 * n for n in range(55)], *batches):
            outputs = published(made, written(range(count, count + len(days)), days))
            count += len(days)
            documents = full(outputs)
            assert {path: data for path, data in documents.items() if path in before} == before
            assert len(documents) == 4 * (count // 50) + 2 * (count // 50)
            for name in FEEDS:
                assert sorted(set(walk(outputs, name))) == sorted(f"urn:x:{n}" for n in range(count))
            before = documents


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 45), st.sampled_from([200, 400, 900, 1500])), min_size=2, max_size=3))
def test_however_heavy_the_history_misses_no_entry(batches: list[tuple[int, int]]) -> None:
    """Nor does a document that is full change where others come before they are."""
    with tempfile.TemporaryDirectory() as folder:
        made, count = Site(Path(folder) / "site"), 0
        before: dict[str, bytes] = {}
        made.root.mkdir()
        made.write(SETTINGS)
        for size, weight in batches:
            text = "Words & words without end. " * weight
            outputs = published(made, written(range(count, count + size), [7 * n for n in range(size)], text))
            count += size
            assert {path: data for path, data in outputs.items() if path in before} == before
            assert full(outputs).keys() >= before.keys()
            for name in FEEDS:
                assert sorted(set(walk(outputs, name))) == sorted(f"urn:x:{n}" for n in range(count))
                assert len(outputs[name]) < 1_000_000
            done = [f"-{number:04}." for number in range(1, count // 50 + 1)]
            before = {path: data for path, data in full(outputs).items() if any(each in path for each in done)}


def test_a_single_article_of_long_ago_changes_no_full_document(tmp_path: Path) -> None:
    """The case by itself: it comes into the living feed, though older than all, until its document is full."""
    made = Site(tmp_path / "site")
    made.root.mkdir()
    made.write(SETTINGS)
    before = full(published(made, written(range(60), list(range(100, 160)))))
    outputs = published(made, written(range(60, 61), [0]))
    assert len(before) == 6
    assert full(outputs) == before
    for name in FEEDS:
        assert b"urn:x:60" in outputs[name]
        assert len(set(walk(outputs, name))) == 61
