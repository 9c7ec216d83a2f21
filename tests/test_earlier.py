"""A site as version 0.1.0 left it: built, published, with ledger, memory, receipts and records. It stays readable.

`fixtures/site-0.1.0.zip` is never made anew. When a version changes a form, another one is added beside it.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from conftest import Site

FROZEN = sorted((Path(__file__).parent / "fixtures").glob("site-*.zip"))
FEEDS = ("atom.xml", "rss.xml", "feed.json")


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """That site, and beside it the folder that it was published to."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "www").symlink_to(".www.tagwire/1")
    return Site(tmp_path / "home")


def ids(made: Site, folder: str) -> dict[str, list[str]]:
    """What subscribers know of each feed: its entries' ids."""
    found: dict[str, list[str]] = {}
    for path, data in made.outputs(folder).items():
        if path.endswith("feed.json"):
            found[path] = [item["id"] for item in json.loads(data)["items"]]
        elif path.endswith("atom.xml"):
            found[path] = re.findall(r"<id>([^<]+)</id>", data.decode())
        elif path.endswith("rss.xml"):
            found[path] = re.findall(r"<guid[^>]*>([^<]+)</guid>", data.decode())
    return found


def test_a_build_takes_over_what_an_earlier_one_left(home: Site) -> None:
    """Memory, manifest and records are understood, or made anew: the site is that of a clean build."""
    before = home.outputs()
    run = home.build()
    assert "output-foreign" not in run.err
    assert "output-edited" not in run.err
    after = home.outputs()
    assert {path for path in before if path not in after and path.endswith((*FEEDS, "/index.html"))} == set()
    for folder in (".tagwire", "site"):
        for path in sorted((home.root / folder).rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
    home.build()
    assert home.outputs() == after


def test_no_subscriber_sees_anything_new(home: Site) -> None:
    """Ids of feeds and entries are those that were published, also where only the ledger knows them."""
    known = ids(home, "../www/")
    (home.root / "content/articles/dam.md").rename(home.root / "content/articles/the-dam.md")
    home.build()
    assert {path: found for path, found in ids(home, "site").items() if path in known} == known
    seen = json.loads(home.run("diff", "--json").out)
    assert [change["what"] for change in seen["articles"]] == ["moved"]
    assert seen["feeds"] == {"new": [], "moved": [], "gone": []}


def test_what_was_converted_is_not_converted_again(home: Site) -> None:
    """By the receipt, and by the digest of the source."""
    assert "converted" not in home.build().out
    assert "1 unchanged" in home.run("add", str(home.root / "content/sources/rss.xml")).out


def test_it_is_published_again(home: Site) -> None:
    """The record at the target is understood: what is unchanged isn't sent."""
    run = home.run("publish")
    assert run.code == 0, run.err
    assert (home.root.parent / "www" / "atom.xml").is_file()
    assert home.run("publish", "--rollback").code in {0, 1}
