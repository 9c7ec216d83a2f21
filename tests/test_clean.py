"""`check --strict` has nothing to say of a newsroom of a thousand made-up articles, nor of our own site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable

BENCH = Path(__file__).parent.parent / "bench"
COUNT = int(os.environ.get("TAGWIRE_CORPUS", "300"))
SETTINGS = '-- tagwire.toml --\ntitle = "The Corpus"\nlang = "en"\narchives = ["tags", "authors"]\nttl = 60\n'
ADDRESS = "https://corpus.test/news/"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The corpus that generators are measured by, built for an address that its settings don't have."""
    listed = f"json.dumps([dataclasses.asdict(one) for one in corpus.articles({COUNT})], default=str)"
    code = f"import corpus, dataclasses, json; print({listed})"
    told = subprocess.run([sys.executable, "-c", code], cwd=BENCH, capture_output=True, text=True, check=True).stdout
    made = Site(tmp_path_factory.mktemp("newsroom"))
    made.write(SETTINGS)
    for one in json.loads(told):
        head = f"title: {one['title']}\npublished: {one['date'].replace(' ', 'T')}\nauthor: {one['author']}\n"
        head += f"slug: {one['slug']}\ntags: {json.dumps(one['tags'])}\nsummary: {json.dumps(one['summary'])}\n"
        made.write(f"-- content/articles/{one['slug']}.md --\n---\n{head}---\n{one['body']}\n")
    made.build("--base-url", ADDRESS)
    return made


def test_no_feed_page_or_link_of_the_corpus_has_a_fault(newsroom: Site) -> None:
    """Each feed and list of feeds, archive documents too, alone and side by side. Rare tags are a choice."""
    found = json.loads(newsroom.run("check", "--json", "--base-url", ADDRESS).out)
    assert [problem for problem in found["problems"] if problem["code"] != "tag-used-once"] == []
    assert found["feeds"] > 300


def test_check_judges_by_the_address_of_the_build(site: Callable[[str], Site]) -> None:
    """Without it a site that was built for a preview is told that its feeds live elsewhere."""
    article = "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nText\n"
    made = site(f'-- tagwire.toml --\ntitle = "X"\nurl = "https://news.test/"\n{article}')
    made.build("--base-url", ADDRESS)
    assert "self-elsewhere" in made.run("check", "--strict").err
    run = made.run("check", "--strict", "--base-url", ADDRESS)
    assert (run.code, run.err) == (0, "")
