"""Whatever stops a publish to a folder, wherever it is: visitors see the old site or the new one, never a mix."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import Site
from crashing import chosen, forks
from test_publish import ARTICLE, SETTINGS, built, files


def _edited(home: Site) -> None:
    """An article changed, one new, one gone, and a file for a folder."""
    home.write(ARTICLE % ("a", "a", "A", 1, "Another text.") + ARTICLE % ("c", "c", "C", 3, "Three."))
    home.write("-- content/static/plain.txt --\nplain\n")
    (home.root / "content/articles/b.md").unlink()


def _copied(home: Site, to: Path) -> Site:
    """The site and the folder that is served beside it, link and all."""
    shutil.copytree(home.root.parent, to, symlinks=True)
    return Site(to / "mysite")


@pytest.mark.parametrize("fault", ["full", "refused", "killed"])
def test_a_folder_that_is_served_is_the_old_site_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """At any call that writes; the next publish ends right, the ledger too, and leaves nothing beside it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    home = Site(tmp_path / "home" / "mysite")
    home.root.mkdir(parents=True)
    home.write(SETTINGS + ARTICLE % ("a", "a", "A", 1, "One.") + ARTICLE % ("b", "b", "B", 2, "Two."))
    order = ("publish", "--to", "../www", "--accept", "entry-gone")
    with forks() as runner:
        assert runner(home, *order)["code"] == 0
        old = files(home.root.parent / "www")
        clean = _copied(home, tmp_path / "clean")
        _edited(clean)
        counted = runner(clean, *order)
        assert counted["code"] == 0, counted["err"]
        new, after = files(clean.root.parent / "www"), clean.read("content/ledger.json")
        assert new == built(clean) != old
        for at in chosen(counted["points"], 4, fault):
            made = _copied(home, tmp_path / f"at{at}")
            www = made.root.parent / "www"
            _edited(made)
            broken = runner(made, *order, fault=fault, at=at)
            assert "Traceback" not in broken["err"], (at, broken["err"])
            assert broken["code"] in {0, 1, 137}, (at, broken)
            assert files(www) in (old, new), at
            assert broken["code"] != 0 or files(www) == new, (at, broken["err"])
            healed = runner(made, *order)
            assert healed["code"] == 0, (at, healed["err"])
            assert files(www) == new, at
            assert made.read("content/ledger.json") == after, at
            beside = sorted(path.name for path in www.parent.iterdir())
            assert beside == [".www.tagwire", "mysite", "www"], at
            shutil.rmtree(made.root.parent)
