"""An edit of a text goes by what was decided before, and gives the bytes of a clean build."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from conftest import Site
from tagwire import plan
from tagwire.disk import loose, places
from tagwire.pipeline import steps
from tagwire.pipeline.shelf import Shelf
from tagwire.pipeline.write import Writer
from test_build import BLOG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.model import Article, File

ALL = (
    BLOG
    + """
-- content/articles/third.md --
---
title: Third
published: 2026-01-03
updated: 2026-01-05
tags: [alpha]
image: pic.svg
aliases: [/old/third/]
extra: {mood: good}
corrections: [{date: 2026-01-04, note: A name.}]
---
The third one, [elsewhere](https://x.example/), [first](first.md#top). ![p](pic.svg)
"""
)


def clean(made: Site, folder: Path) -> dict[str, bytes]:
    """What a build from nothing makes of a site."""
    other = Site(folder / "clean")
    shutil.rmtree(other.root, ignore_errors=True)
    shutil.copytree(made.root, other.root, ignore=shutil.ignore_patterns(".tagwire", "site"), dirs_exist_ok=True)
    other.build()
    return other.outputs()


@pytest.mark.parametrize("name", ["articles/first", "articles/second", "articles/third", "pages/about"])
def test_the_edit_of_a_text_gives_the_bytes_of_a_clean_build(
    site: Callable[[str], Site], tmp_path: Path, name: str
) -> None:
    """Also where it gains links to other articles, which may be dead."""
    made = site(ALL)
    made.build()
    before = made.outputs()
    file = made.root / f"content/{name}.md"
    file.write_text(file.read_text() + "\nMore of it, see [this](../pages/about.md) and ![this](pic.svg).\n")
    made.build()
    assert made.outputs() != before
    assert made.outputs() == clean(made, tmp_path)


def test_a_text_without_links_to_articles_changes_no_decision(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And a page that a hand edited in site/ is made again in the same way."""
    made = site(ALL)
    made.build()
    file = made.root / "content/articles/second.md"
    file.write_text(file.read_text() + "\nMore of it, see [tags](/tags/alpha/) and ![this](pic.svg).\n")
    (made.root / "site/tags/beta/index.html").write_text("edited")
    with monkeypatch.context() as patch:
        patch.setattr(plan, "lay_out", lambda *_: pytest.fail("the site was laid out anew"))
        run = made.build()
    assert "site/tags/beta/index.html: warning[output-edited]" in run.err
    assert made.outputs() == clean(made, tmp_path)


def test_whatever_the_memory_has_lost_costs_only_time(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Each row in turn."""
    made = site(ALL)
    made.build()
    memory = made.root / ".tagwire/memory.sqlite"
    with contextlib.closing(sqlite3.connect(memory)) as database:
        keys = [key for (key,) in database.execute("select key from memo")]
    file = made.root / "content/articles/second.md"
    for number, key in enumerate(keys[:: max(1, len(keys) // 12)]):
        with contextlib.closing(sqlite3.connect(memory)) as database, database:
            database.execute("update memo set value = x'00' where key = ?", (key,))
        file.write_text(file.read_text() + f"\nMore {number}.\n")
        made.build()
    assert made.outputs() == clean(made, tmp_path)


def test_a_build_explains_what_it_wrote(site: Callable[[str], Site]) -> None:
    """By the name of what a page was given, and the article's file."""
    made = site(ALL)
    assert "site/index.html: it is new" in made.build("--explain").out
    about = made.root / "content/pages/about.md"
    about.write_text(about.read_text() + "\nMore.\n")
    assert "  site/about/index.html: the text of content/pages/about.md\n" in made.build("--explain").out
    third = made.root / "content/articles/third.md"
    third.write_text(third.read_text().replace("title: Third", "title: Another"))
    (made.root / "site/guide/index.html").write_text("edited")
    told = made.build("--explain").out
    assert "  site/index.html: posts[2].title (content/articles/third.md)\n" in told
    assert "  site/articles/second/index.html: newer.title: “Third” → “Another”\n" in told
    assert "  site/tags/alpha/rss.xml: entries[0][0].title (content/articles/third.md)\n" in told
    assert "  site/guide/index.html: in the folder was not what was built\n" in told


def test_the_field_is_told_whatever_happened_since(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Builds that failed, that went into another folder, or that began again because a file changed meanwhile."""
    made = site(ALL)
    made.build()
    third, first = (made.root / f"content/articles/{name}.md" for name in ("third", "first"))
    third.write_text(third.read_text().replace("title: Third", "title: Another"))
    whole = first.read_text()
    first.write_text(whole.replace("title:", "titel:"))
    assert made.run("build").code == 1
    first.write_text(whole)
    made.build("--out", str(tmp_path / "elsewhere"))
    load, times = places.Inputs.read, []

    def changing(self: places.Inputs, root: Path, file: File) -> bytes:
        times.append(file.path)
        if len(times) == 1:
            raise places.Changed(file.path)
        return load(self, root, file)

    monkeypatch.setattr(places.Inputs, "read", changing)
    assert "  site/index.html: posts[2].title (content/articles/third.md)\n" in made.build("--explain").out
    assert len(times) > 1


def test_a_verified_build_is_compared_with_one_from_nothing(site: Callable[[str], Site]) -> None:
    """What differs is named, and it is an error."""
    made = site(ALL)
    made.build()
    made.write("-- content/pages/about.md --\n---\ntitle: About\n---\nAnother text.\n")
    assert "verified" in made.build("--verify").out
    (made.root / "site/guide/index.html").write_text("edited")
    (made.root / "content/pages/guide/index.md").unlink()
    assert "verified" in made.build("--verify").out  # it stays, as was told


def test_a_difference_is_an_error(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Should it ever come to that."""
    made = site(ALL)
    made.build()
    monkeypatch.setattr(loose, "differing", lambda *_: ["index.html"])
    run = made.run("build", "--verify")
    assert (run.code, "site/index.html: error[output-differs]" in run.err) == (1, True)


def test_a_profile_tells_the_stages(site: Callable[[str], Site]) -> None:
    """On standard error; the result stays as it is."""
    run = site(ALL).build("--profile")
    assert " s  make pages and feeds\n" in run.err
    seconds = [float(line.split(" s  ")[0]) for line in run.err.splitlines() if " s  " in line]
    assert sum(seconds[:-1]) == pytest.approx(seconds[-1], abs=0.001 * len(seconds))
    assert run.err.endswith(" s  in all\n")
    assert run.out.startswith("site/: ")


def test_a_site_that_has_moved_is_known(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it, result and memory: nothing is read as Markdown or made anew where it now is."""
    made = site(ALL)
    made.build()
    before, there = made.outputs(), Site(made.root.with_name("moved"))
    made.root.rename(there.root)
    work: list[object] = []
    monkeypatch.setattr(steps, "read", lambda *given: work.append(given))
    monkeypatch.setattr(Writer, "_rendered", lambda *given: work.append(given))
    run = there.build()
    assert work == []
    assert run.out == f"site/: 0 written, 0 removed, {len(before) - 1} unchanged\n"
    assert there.outputs() == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_new_article_has_few_others_looked_at_whole(
    site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    """The site is laid out anew by what is kept apart of each article; only what is made sees more."""
    made = site(ALL)
    for number in range(10, 60):
        text = (
            f"---\ntitle: N{number}\npublished: 2025-01-{number // 2:02}\ntags: [t{number % 9}]\n---\nText {number}.\n"
        )
        (made.root / f"content/articles/n{number}.md").write_text(text)
    made.build("--jobs", jobs)
    seen: list[tuple[int, int]] = []
    whole = Shelf._article  # noqa: SLF001 - what is counted

    def counted(shelf: Shelf, at: int, number: int) -> Article:
        seen.append((at, number))
        return whole(shelf, at, number)

    monkeypatch.setattr(Shelf, "_article", counted)
    new = "---\ntitle: New\npublished: 2026-02-01\ntags: [t3]\nsummary: S.\n---\nSee [n10](n10.md).\n"
    (made.root / "content/articles/new.md").write_text(new)
    made.build("--jobs", jobs)
    assert made.outputs() == clean(made, tmp_path)
    monkeypatch.undo()
    assert 0 < len(set(seen)) < 40
