"""What a build promises: the same bytes from the same input, nothing written twice, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import NOW, SETTINGS, Site
from tagwire.disk import places, staging
from tagwire.disk import stamps as marks
from tagwire.disk.sync import Tally, Target

if TYPE_CHECKING:
    from collections.abc import Callable


BLOG = """
-- content/articles/first.md --
---
title: First
published: 2026-01-01
tags: [alpha, beta]
authors: [Jane Roe]
---
The first one links to [the second](second.md).
-- content/articles/second.md --
---
title: Second
published: 2026-01-02T08:00:00+01:00
tags: [alpha]
series: Numbers
---
The second one. ![A picture](pic.svg)
-- content/articles/pic.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- content/pages/about.md --
---
title: About
---
See [the first](../articles/first.md) and [home](/).
-- content/pages/guide/index.md --
---
title: Guide
---
A guide.
-- content/static/robots.txt --
User-agent: *
-- content/static/.well-known/x.txt --
x
"""


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """(inode, mtime) of every file below a folder: moves with any write."""
    files = (Path(base, name) for base, _, names in os.walk(root) for name in names)
    return {file.as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


# ------------------------------------------------------------------ what there is


def test_a_site_has_every_page_that_it_promises(site: Callable[[str], Site]) -> None:
    """The whole list of files, so that none comes or goes unnoticed."""
    made = site(BLOG)
    made.build()
    pages = {path for path in made.outputs() if not path.startswith("theme/")}
    topics = ["tags/alpha", "tags/beta", "authors/jane-roe", "series/numbers"]
    assert pages == {
        ".tagwire-manifest",
        ".well-known/x.txt",
        "404.html",
        "about/index.html",
        "archive/2026/01/index.html",
        "archive/2026/index.html",
        "articles/first/index.html",
        "articles/index.html",
        "articles/pic.svg",
        "articles/second/index.html",
        "atom.xml",
        "authors/index.html",
        "feed.json",
        "feeds.opml",
        "follow/index.html",
        "guide/index.html",
        "index.html",
        "robots.txt",
        "rss.xml",
        "series/index.html",
        "sitemap.xml",
        "subscribe/index.html",
        "tags/index.html",
        *(f"subscribe/{name}.opml" for name in ("authors", "series", "tags")),
        *(f"{topic}/{name}" for topic in topics for name in ("index.html", "atom.xml", "rss.xml", "feed.json")),
        *(f"{topic}/follow/index.html" for topic in topics),
    }


def test_no_articles_still_make_a_site(site: Callable[[str], Site]) -> None:
    """A friendly home page, and valid feeds with no entry."""
    made = site("-- content/pages/about.md --\n# About\n\nText.\n")
    made.build()
    assert "<feed" in made.read("site/atom.xml")
    assert "<h1" in made.read("site/index.html")


def test_lists_are_paged_from_the_oldest(site: Callable[[str], Site]) -> None:
    """A full page never changes; the page after the last full one always exists."""
    articles = "-- content/articles/n%03d.md --\n---\ntitle: N%03d\npublished: 2026-01-01T00:%02d:00Z\n---\nx\n"
    made = site(SETTINGS + "per_page = 4\n" + "".join(articles % (n, n, n) for n in range(8)))
    made.build()
    full = {path: data for path, data in made.outputs().items() if path.startswith(("page/1/", "page/2/"))}
    assert sorted(path for path in made.outputs() if path.startswith("page/")) == [
        f"page/{n}/index.html" for n in (1, 2, 3)
    ]
    made.write("".join(articles % (n, n, n) for n in (8, 9)))
    made.build()
    after = made.outputs()
    assert {path: after[path] for path in full} == full
    assert [name for name in ("N008", "N009") if name in made.read("site/page/3/index.html")] == ["N008", "N009"]


def test_a_month_is_one_page_though_time_zones_mix_at_its_ends(site: Callable[[str], Site]) -> None:
    """Each article stands in the month that its author wrote, and in no other."""
    article = "-- content/articles/%s.md --\n---\ntitle: %s\npublished: %s\n---\nx\n"
    days = ("2025-12-31T23:00:00-05:00", "2026-01-01T02:00:00Z", "2025-12-31T22:00:00-05:00", "2026-01-01T00:30:00Z")
    made = site("".join(article % (name, name.upper(), day) for name, day in zip("abcd", days, strict=True)))
    made.build()
    shown = {
        month: re.findall(r"articles/(\w)/", made.read(f"site/archive/{month}/index.html"))
        for month in ("2025/12", "2026/01")
    }
    assert {month: sorted(set(names)) for month, names in shown.items()} == {
        "2025/12": ["a", "c"],
        "2026/01": ["b", "d"],
    }


def test_an_alias_is_a_page_that_leads_on(site: Callable[[str], Site]) -> None:
    """A folder gets an index.html, a file is itself; both work under any mount point."""
    made = site(
        "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\naliases: [/old/a/, /x.html]\n---\nx\n"
    )
    made.build()
    assert 'content="0; url=../../articles/a/"' in made.read("site/old/a/index.html")
    assert 'content="0; url=articles/a/"' in made.read("site/x.html")


def test_pages_hold_relative_links_only(site: Callable[[str], Site]) -> None:
    """So that one `site/` works at `/` and below `/news/`; 404 alone, shown anywhere, has absolute ones."""
    made = site(BLOG)
    made.build()
    for path, data in made.outputs().items():
        if path.endswith(".html"):
            rooted = b'href="/' in data or b'src="/' in data
            assert not rooted, path
    assert re.search(r'href="https://news.example/theme/style\.[0-9a-f]{8}\.css"', made.read("site/404.html"))
    assert 'href="../second/"' in made.read(
        "site/articles/first/index.html"
    ) or 'href="../../articles/second/"' in made.read("site/articles/first/index.html")


def test_with_index_links_a_site_works_from_a_folder(site: Callable[[str], Site]) -> None:
    """`links = "index"` spells folders out, also in the text of articles."""
    made = site(SETTINGS + 'links = "index"\n' + BLOG)
    made.build()
    assert 'href="../../articles/second/index.html"' in made.read("site/articles/first/index.html")
    assert 'href="../index.html"' in made.read("site/about/index.html")


def test_every_page_announces_its_feeds(site: Callable[[str], Site]) -> None:
    """Feed rule 7: its own first, then the site's, distinct titles, `rel` alternate alone; redirects have none."""
    from lxml import html  # noqa: PLC0415 - a parser that is not ours

    made = site(BLOG.replace("title: First", "title: First\naliases: [/old/]"))
    made.build()
    for path, data in made.outputs().items():
        if not path.endswith(".html"):
            continue
        links = html.document_fromstring(data).findall("head/link[@rel='alternate']")
        titles = [link.get("title") for link in links]
        site_feeds = [f"The Example ({name})" for name in ("Atom", "RSS", "JSON Feed")]
        if path == "old/index.html":
            assert titles == []
        elif path.startswith("tags/alpha/"):
            assert titles == [*(f"alpha · {title}" for title in site_feeds), *site_feeds]
        else:
            assert titles[-3:] == site_feeds, path
            assert len(set(titles)) == len(titles)


def test_a_site_overrides_the_theme_file_by_file(site: Callable[[str], Site]) -> None:
    """One template of its own, the rest is the shipped theme's."""
    made = site(BLOG + "-- theme/page.html --\n<p>{{ page.heading }} by us</p>\n-- theme/static/own.css --\np {}\n")
    made.build()
    assert made.read("site/about/index.html").strip() == "<p>About by us</p>"
    assert "theme/own.css" in made.outputs()


def test_style_sheets_are_named_by_their_bytes(site: Callable[[str], Site]) -> None:
    """So hosts may let them be kept for ever; a site's own `custom.css` comes second, and only where there is one."""
    made = site(BLOG)
    made.build()
    (first,) = re.findall(r'rel="stylesheet" href="([^"]*)"', made.read("site/index.html"))
    assert re.fullmatch(r"theme/style\.[0-9a-f]{8}\.css", first)
    made.write("-- theme/static/custom.css --\n:root { --accent: #060 }\n")
    made.build()
    same, own = re.findall(r'rel="stylesheet" href="([^"]*)"', made.read("site/index.html"))
    assert same == first
    assert made.read(f"site/{own}").startswith(":root")


def test_without_an_address_the_build_says_so_and_goes_on(site: Callable[[str], Site]) -> None:
    """Nothing but `site.invalid` ever stands for a missing address."""
    made = site('-- tagwire.toml --\ntitle = "T"\n' + BLOG)
    run = made.build()
    assert "warning[url-missing]" in run.err
    assert "https://site.invalid/articles/first/" in made.read("site/atom.xml")


# ------------------------------------------------------------------ the same bytes


def test_building_twice_writes_nothing(site: Callable[[str], Site]) -> None:
    """Not one file is touched, neither in site/ nor in content/."""
    made = site(BLOG)
    first = made.build()
    before = stamps(made.root / "site") | stamps(made.root / "content")
    second = made.build()
    assert (first.out, second.out.split()[1]) == (
        f"site/: {len(made.outputs()) - 1} written, 0 removed, 0 unchanged\n",
        "0",
    )
    assert stamps(made.root / "site") | stamps(made.root / "content") == before


def test_the_memory_costs_only_time(site: Callable[[str], Site]) -> None:
    """Deleted, cut short, scribbled over or barred: the same bytes come out, and nothing is written anew."""
    made = site(BLOG)
    made.build()
    outputs, before, told = made.outputs(), stamps(made.root / "site"), list[bool]()
    memory = made.root / ".tagwire/memory.sqlite"
    for damage in (lambda: shutil.rmtree(memory.parent), lambda: memory.write_bytes(memory.read_bytes()[:5000]),
                   lambda: memory.write_bytes(b"not a database at all" * 99),
                   lambda: shutil.copytree(made.root / "content", _gone(memory))):  # fmt: skip
        for leftover in memory.parent.glob("memory.sqlite-*"):
            leftover.unlink()
        damage()
        told.append(".tagwire/memory.sqlite: warning[memory-unusable]" in made.build().err)
        assert (made.outputs(), stamps(made.root / "site")) == (outputs, before)
    assert told == [False, False, False, True]


def _gone(file: Path) -> Path:
    file.unlink()
    return file


def run_elsewhere(root: Path, **environment: str) -> None:
    """Builds in a process of its own with this environment."""
    command = [sys.executable, "-m", "tagwire", "-C", str(root), "build", "--now", NOW]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})


def test_no_accident_of_the_machine_changes_a_byte(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Clock (between two due instants), time zone, locale, hash seed, umask of time, folder: all the same."""
    made = site(BLOG)
    made.build()
    wanted = made.outputs()
    other = tmp_path / "elsewhere" / "with a space"
    for n, environment in enumerate(
        [{"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}, {"LC_ALL": "C", "PYTHONHASHSEED": "2"}, {"LANG": "tr_TR.UTF-8"}]
    ):
        copy = other / str(n)
        shutil.copytree(made.root / "content", copy / "content")
        shutil.copy(made.root / "tagwire.toml", copy)
        run_elsewhere(copy, **environment)
        assert Site(copy).outputs() == wanted
    made.build(now="2031-05-05T05:05:05+05:00")
    assert made.outputs() == wanted


def test_no_path_of_the_machine_is_in_the_site(site: Callable[[str], Site]) -> None:
    """Neither the site's folder nor a temporary one."""
    made = site(BLOG)
    made.build()
    assert [path for path, data in made.outputs().items() if str(made.root).encode() in data] == []


def test_an_article_becomes_due_by_the_clock_alone(site: Callable[[str], Site]) -> None:
    """An unchanged build knows the next due instant, in both directions."""
    made = site(
        BLOG
        + "-- content/articles/later.md --\n---\ntitle: Later\npublished: 2026-06-01\nexpires: 2026-07-01\n---\nx\n"
    )
    shown = {}
    for now in (
        "2026-05-31T23:59:59Z",
        "2026-06-01T00:00:00Z",
        "2026-06-30T23:59:59Z",
        "2026-07-01T00:00:00Z",
        "2026-05-01T00:00:00Z",
    ):
        made.build(now=now)
        shown[now[:16]] = "articles/later/index.html" in made.outputs()
    assert list(shown.values()) == [False, True, True, False, False]


# ------------------------------------------------------------------ incremental equals clean

NAMES = st.sampled_from(["a", "b", "c", "d", "e", "sub/f"])
TITLES = st.sampled_from(["One", "Two", "Three", "Zwölf", "<b>"])
TAGS = st.lists(st.sampled_from(["x", "X", "y y", "y-y", "z"]), max_size=3)
BODIES = st.sampled_from(["Text.", "# H\n\nMore [link](/tags/x/).", "![p](p.png)", "*", "Last."])
DATES = st.sampled_from(["2026-01-01", "2026-01-02", "2026-02-01T10:00:00Z", "2027-01-01"])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TITLES, TAGS, BODIES, DATES),
        st.tuples(st.just("remove"), NAMES),
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("setting"), st.sampled_from(["per_page = 2", "per_feed = 2", 'lang = "de"', ""])),
        st.tuples(st.just("template"), st.sampled_from(["<p>{{ page.heading }}</p>", ""])),
    ),
    min_size=1,
    max_size=6,
)


def apply(root: Path, edit: tuple[object, ...]) -> None:
    """Carries out one edit of a site."""
    articles = root / "content/articles"
    match edit:
        case ("write", str(name), title, tags, body, date):
            file = articles / f"{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            head = f"title: {json.dumps(title)}\npublished: {date}\ntags: {json.dumps(tags)}\nid: urn:x:{name}"
            file.write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")
        case ("remove", str(name)):
            (articles / f"{name}.md").unlink(missing_ok=True)
        case ("rename", str(old), str(new)):
            if (articles / f"{old}.md").exists() and not (articles / f"{new}.md").exists():
                (articles / f"{new}.md").parent.mkdir(parents=True, exist_ok=True)
                (articles / f"{old}.md").rename(articles / f"{new}.md")
        case ("setting", line):
            (root / "tagwire.toml").write_text(f'title = "T"\nurl = "https://t.example/"\n{line}\n', encoding="utf-8")
        case ("template", str(text)):
            (root / "theme").mkdir(exist_ok=True)
            (root / "theme/page.html").write_text(text or "<p>plain</p>", encoding="utf-8")
        case _:
            raise AssertionError(edit)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(series=st.lists(EDITS, min_size=2, max_size=4))
def test_an_incremental_build_equals_a_clean_one(
    series: list[list[tuple[object, ...]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any edits, additions, removals and renames, of articles, settings and templates."""
    made = Site(tmp_path_factory.mktemp("edits"))
    apply(made.root, ("setting", ""))
    (made.root / "content/pages").mkdir(parents=True)
    (made.root / "content/pages/about.md").write_text("# About\n\nText.\n", encoding="utf-8")
    for edits in series:
        for edit in edits:
            apply(made.root, edit)
        clean = Site(tmp_path_factory.mktemp("clean") / "x")
        shutil.copytree(made.root, clean.root, ignore=shutil.ignore_patterns(".tagwire", "site"))
        run, anew = made.run("build"), clean.run("build")
        assert (run.code, run.err) == (anew.code, anew.err)
        if run.code == 0:
            assert made.outputs() == clean.outputs()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n{text}".encode(errors="replace")),
    )
)
def test_any_bytes_give_a_page_or_a_problem(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Never a traceback: `Site.run` lets any through."""
    made = Site(tmp_path_factory.mktemp("bytes"))
    made.write(SETTINGS)
    (made.root / "content/articles").mkdir(parents=True)
    (made.root / "content/articles/x.md").write_bytes(data)
    run = made.run("build")
    page = made.root / "site/articles/x/index.html"
    assert (run.code, page.exists() or "slug:" in data.decode(errors="replace")) in {(0, True), (0, False), (1, False)}
    assert run.code == 0 or "content/articles/x.md" in run.err


# ------------------------------------------------------------------ all or nothing, and only our own files


def test_with_an_error_nothing_changes(site: Callable[[str], Site]) -> None:
    """Good edits wait for the bad one to be mended."""
    made = site(BLOG)
    made.build()
    before = stamps(made.root / "site")
    made.write(
        "-- content/articles/first.md --\n---\ntitle: New\npublished: 2026-01-01\n---\nx\n"
        "-- content/articles/bad.md --\n---\ntitle: x\n---\n"
    )
    run = made.run("build")
    assert (run.code, stamps(made.root / "site")) == (1, before)
    assert "nothing written, site/ is as it was" in run.err


def test_what_is_no_longer_made_is_removed(site: Callable[[str], Site]) -> None:
    """With the folders that it leaves empty; a stranger's file stays."""
    made = site(BLOG)
    made.build()
    (made.root / "site/articles/first/mine.txt").write_text("mine")
    (made.root / "content/articles/first.md").unlink()
    (made.root / "content/pages/about.md").unlink()
    made.build()
    left = made.outputs()
    assert "articles/first/index.html" not in left
    assert left["articles/first/mine.txt"] == b"mine"
    assert not (made.root / "site/authors").exists()
    assert not (made.root / "site/about").exists()


def test_a_strangers_file_in_the_way_is_an_error(site: Callable[[str], Site]) -> None:
    """It is named, and nothing is written."""
    made = site(BLOG)
    (made.root / "site/about").mkdir(parents=True)
    (made.root / "site/about/index.html").write_text("mine")
    run = made.run("build")
    assert (run.code, made.outputs()) == (1, {"about/index.html": b"mine"})
    assert "site/about/index.html: error[output-foreign]" in run.err


@pytest.mark.parametrize("path", ["CNAME", "about/index.html", "articles"])
@pytest.mark.parametrize("folder", [False, True], ids=["no folder", "a folder"])
def test_a_strangers_file_that_comes_while_a_first_build_runs_is_in_the_way_too(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch, path: str, folder: bool
) -> None:
    """A first build takes minutes where there is much: what it found at its beginning isn't all that may be there."""
    made = site(BLOG + "-- content/static/CNAME --\nnews.example\n")
    file = made.root / "site" / path
    if folder:
        (made.root / "site").mkdir()
    commit = Target.commit

    def committed(target: Target) -> Tally:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine")
        return commit(target)

    with monkeypatch.context() as patched:
        patched.setattr(Target, "commit", committed)
        run = made.run("build")
    assert (run.code, made.outputs()) == (1, {path: b"mine"})
    assert f"site/{path}: error[output-foreign]" in run.err
    file.write_text("news.example\n")
    assert made.run("build").code == (0 if path == "CNAME" else 1)


def test_a_strangers_file_with_the_same_bytes_is_adopted(site: Callable[[str], Site]) -> None:
    """A lost manifest costs nothing."""
    made = site(BLOG)
    made.build()
    wanted = made.outputs()
    (made.root / "site/.tagwire-manifest").unlink()
    made.build()
    assert made.outputs() == wanted


def test_a_page_edited_by_hand_is_written_anew_and_named(site: Callable[[str], Site]) -> None:
    """Incremental equals clean, also then; but the owner learns of it."""
    made = site(BLOG)
    made.build()
    wanted = made.outputs()
    (made.root / "site/about/index.html").write_text("edited")
    run = made.build()
    assert made.outputs() == wanted
    assert "site/about/index.html: warning[output-edited]" in run.err


def test_an_edited_page_that_is_no_longer_made_stays(site: Callable[[str], Site]) -> None:
    """Somebody's work is in it."""
    made = site(BLOG)
    made.build()
    (made.root / "site/about/index.html").write_text("edited")
    (made.root / "content/pages/about.md").unlink()
    run = made.build()
    assert made.outputs()["about/index.html"] == b"edited"
    assert "site/about/index.html: warning[output-edited]" in run.err
    assert made.build().err == run.err


def test_a_file_may_become_a_folder_and_back(site: Callable[[str], Site]) -> None:
    """An address that changes its kind is no obstacle."""
    made = site(BLOG + "-- content/static/notes --\nx\n")
    made.build()
    (made.root / "content/static/notes").unlink()
    made.write("-- content/pages/notes.md --\n# Notes\n\nText.\n")
    made.build()
    assert "notes/index.html" in made.outputs()
    (made.root / "content/pages/notes.md").unlink()
    made.write("-- content/static/notes --\nx\n")
    made.build()
    assert made.outputs()["notes"] == b"x\n"


def test_a_build_that_died_while_renaming_is_completed_by_the_next(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal says what was left to do; every file is whole all the time."""
    made = site(BLOG)
    made.build()
    made.write("-- content/articles/third.md --\n---\ntitle: Third\npublished: 2026-01-03\n---\nx\n")
    moved = os.replace
    count = 0

    def dying(source: str | Path, target: str | Path) -> None:
        nonlocal count
        count += Path(source).parent.name.startswith("staging")
        if count == 4:
            raise KeyboardInterrupt
        moved(source, target)

    monkeypatch.setattr(os, "replace", dying)
    assert made.run("build").code == 130
    monkeypatch.undo()
    made.build()
    incremental = made.outputs()
    shutil.rmtree(made.root / ".tagwire")
    shutil.rmtree(made.root / "site")
    made.build()
    assert incremental == made.outputs()


def test_a_first_build_leaves_what_lies_in_the_folder(site: Callable[[str], Site]) -> None:
    """Folders come as a whole, but the folder itself, which a server may look at, stays the same one."""
    made = site(BLOG)
    (made.root / "site/tags").mkdir(parents=True)
    (made.root / "site/.gitignore").write_text("*")
    (made.root / "site/tags/notes.txt").write_text("mine")
    before = (made.root / "site").stat().st_ino
    made.build()
    outputs = made.outputs()
    assert (made.root / "site").stat().st_ino == before
    assert (outputs.pop(".gitignore"), outputs.pop("tags/notes.txt")) == (b"*", b"mine")
    shutil.rmtree(made.root / "site")
    made.build()
    assert made.outputs() == outputs
    shutil.rmtree(made.root / "site")
    (made.root / "site/Articles").mkdir(parents=True)
    assert made.build().out.startswith(f"site/: {len(outputs) - 1} written")
    assert made.outputs() == outputs


def test_a_folder_that_can_not_be_renamed_comes_file_by_file(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies on another disk, or something has come into its place."""
    made = site(BLOG)
    made.build()
    outputs = made.outputs()
    refused = []

    def other_disk(source: str, _: str) -> None:
        refused.append(source)
        raise OSError(18, "Invalid cross-device link", source)

    monkeypatch.setattr(os, "rename", other_disk)
    shutil.rmtree(made.root / "site")
    made.build()
    assert made.outputs() == outputs
    assert len(refused) > 5
    assert made.build().out.startswith("site/: 0 written, 0 removed")


def test_a_full_disk_leaves_the_site_as_it_was(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk is told in a line, not in a traceback."""
    made = site(BLOG)
    made.build()
    before = stamps(made.root / "site")
    made.write("-- content/articles/third.md --\n---\ntitle: Third\npublished: 2026-01-03\n---\nx\n")
    wrote = staging.written

    def full(path: str, data: bytes) -> os.stat_result:
        if Path(path).parent.name.startswith("staging"):
            raise OSError(28, "No space left on device", path)
        return wrote(path, data)

    monkeypatch.setattr(staging, "written", full)
    run = made.run("build")
    assert (run.code, stamps(made.root / "site")) == (1, before)
    assert "No space left on device" in run.err


def test_a_changed_file_is_newer_by_a_whole_second(site: Callable[[str], Site]) -> None:
    """Last-Modified has no fractions: a reader drops a changed feed whose date did not advance."""
    made = site(BLOG)
    made.build()
    feed = made.root / "site/atom.xml"
    before = int(feed.stat().st_mtime)
    made.write("-- content/articles/third.md --\n---\ntitle: Third\npublished: 2026-01-03\n---\nx\n")
    made.build()
    assert int(feed.stat().st_mtime) > before


def test_a_draft_is_a_draft_under_every_name_of_markdown(site: Callable[[str], Site]) -> None:
    """A file that isn't read as Markdown is published as it is: none of Hugo's and Jekyll's names may be missed."""
    text = "-- content/articles/%s --\n---\ntitle: T\ndate: 2026-01-01\ndraft: true\n---\nSECRET\n"
    made = site("".join(text % name for name in ("a.markdown", "B.MD", "c.mkd", "d.mdown")))
    made.build()
    assert [path for path, data in made.outputs().items() if b"SECRET" in data] == []


def test_a_link_to_a_page_that_is_not_public_is_a_warning(site: Callable[[str], Site]) -> None:
    """An article that expires must not stop the whole site."""
    made = site(BLOG.replace("title: Second", "title: Second\nexpires: 2026-06-01"))
    assert "link-hidden" not in made.build(now="2026-05-01T00:00:00Z").err
    run = made.build(now="2026-07-01T00:00:00Z")
    assert "content/articles/first.md:7:37: warning[link-hidden]: no public page for `second.md`" in run.err
    assert "articles/second/index.html" not in made.outputs()


def test_nothing_of_a_retracted_text_survives(site: Callable[[str], Site]) -> None:
    """Page, lists and feeds show title, reason and date; the entry is updated under its id."""
    head = "id: urn:x:x\ntitle: Gone\npublished: 2026-01-01\nsummary: FALSE CLAIM.\n%s"
    text = f"-- content/articles/x.md --\n---\n{head}---\nFALSE TEXT.\n"
    made = site(text % "")
    made.build()
    made.write(text % "retracted: {date: 2026-02-01, note: It was invented.}\n")
    made.build()
    assert [path for path, data in made.outputs().items() if b"FALSE" in data] == []
    assert "It was invented." in made.read("site/articles/x/index.html")
    feed = made.read("site/atom.xml")
    assert "<id>urn:x:x</id>" in feed
    assert "It was invented." in feed
    assert "<updated>2026-02-01" in feed


def test_a_summary_stands_once_on_its_page(site: Callable[[str], Site]) -> None:
    """Above the text where it says something else, not where the text begins with it."""
    text = (
        "-- content/articles/%s.md --\n---\ntitle: T\npublished: 2026-01-01\nsummary: %s\n---\nThe opening. And more.\n"
    )
    made = site(text % ("a", "The opening.") + text % ("b", "Something else."))
    made.build()
    assert "standfirst" not in made.read("site/articles/a/index.html")
    assert '<p class="standfirst p-summary">Something else.</p>' in made.read("site/articles/b/index.html")


def test_a_text_that_can_not_be_rendered_is_told_with_all_others(site: Callable[[str], Site]) -> None:
    """All problems of a stage at once, those of the Markdown library too."""
    deep = f"-- content/pages/a.md --\n# A\n\n{'1. ' * 20_000}\n"
    made = site(deep + "-- content/articles/b.md --\n---\ntitle: B\n---\nx\n")
    run = made.run("build")
    assert run.code == 1
    assert "content/pages/a.md:3:1: error[markdown-too-deep]" in run.err
    assert "content/articles/b.md:1:1: error[date-missing]" in run.err


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("-- content/pages/tags.md --\n# Tags\n\nx\n", id="a page and a list"),
        pytest.param("-- content/pages/a.md --\n---\naliases: [/about/]\ntitle: A\n---\nx\n", id="an alias and a page"),
        pytest.param(
            "-- content/pages/a.md --\n---\naliases: [/index.html]\ntitle: A\n---\nx\n", id="an alias and home"
        ),
        pytest.param("-- content/static/rss.xml --\nx\n", id="a file and a feed"),
        pytest.param("-- content/static/about/index.html --\nx\n", id="a file and a page"),
    ],
)
def test_two_outputs_on_one_path_are_an_error(site: Callable[[str], Site], text: str) -> None:
    """Whatever they are; it is told of a file that the owner can rename."""
    run = site(BLOG + text).run("build")
    assert run.code == 1
    assert re.search(r"^content/(?:pages|static)/\S+: error\[output-taken\]", run.err, re.MULTILINE)


# ------------------------------------------------------------------ what an attacker, or bad luck, may leave behind


def test_a_journal_leads_nowhere_else(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Neither a forged one nor that of a copied site writes or removes anything outside its own folder."""
    made = site(BLOG)
    made.build()
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    forgeries: list[object] = [
        {"moves": {}, "removals": ["../../victim.txt", str(victim)]},
        {"moves": {"../../victim.txt": "0"}, "removals": []},
        {"moves": {"a": 5}, "removals": [1]},
        [[[]]],
        *({**_TREE, "tree": tree} for tree in ("../../..", "/", str(tmp_path), 5, "tree-1", "tree-2")),
        {**_TREE, "tops": ["../../victim.txt", "a/../../victim.txt", 7]},
    ]
    for forged in forgeries:
        target = made.root / ".tagwire" / journal_name(made.root / "site")
        target.write_text(json.dumps(forged))
        staged = made.root / ".tagwire" / target.name.replace("journal", "staging")
        staged.mkdir()
        (staged / "0").write_text(f"{'0' * 32}  victim.txt\n{'0' * 32}  deep/victim.txt\n")
        (staged / "tree-1").symlink_to(tmp_path)
        (staged / "tree-2").mkdir()
        (staged / "tree-2/deep").symlink_to(tmp_path)
        made.build()
        assert victim.read_text() == "mine"


_TREE = {"moves": {".tagwire-manifest": "0"}, "removals": [], "digests": {}, "tree": "tree-1", "tops": ["victim.txt"]}


def journal_name(out: Path) -> str:
    """The name of the journal of builds into a folder."""
    return f"journal-{hashlib.blake2b(os.fspath(out).encode(), digest_size=16).hexdigest()[:12]}"


def test_a_forged_manifest_removes_nothing_elsewhere(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Lines that leave the folder, or that no file system takes, are as good as none."""
    made = site(BLOG)
    made.build()
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    manifest = made.root / "site/.tagwire-manifest"
    lines = [
        f"{'0' * 32}  {path}" for path in ("../../victim.txt", str(victim), "", ".", "articles/", "x" * 300, "a\0b")
    ]
    manifest.write_text(manifest.read_text() + "\n".join(lines) + "\n")
    made.build()
    assert victim.read_text() == "mine"
    assert made.build().out.startswith("site/: 0 written, 0 removed")


def test_nothing_is_written_through_a_link_in_the_site(site: Callable[[str], Site], tmp_path: Path) -> None:
    """It would land somewhere else; the link is named."""
    made = site(BLOG)
    (made.root / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (made.root / "site/articles").symlink_to(tmp_path / "elsewhere")
    run = made.run("build")
    assert (run.code, list((tmp_path / "elsewhere").iterdir())) == (1, [])
    assert "site/articles: error[output-foreign]" in run.err


def test_the_manifest_is_no_address(site: Callable[[str], Site]) -> None:
    """Neither an alias nor a static file can take its place."""
    alias = "-- content/pages/a.md --\n---\ntitle: A\naliases: [/.tagwire-manifest]\n---\nx\n"
    for text in (alias, "-- content/static/.tagwire-manifest/x --\nx\n"):
        made = site(BLOG + text)
        assert "error[output-taken]" in made.run("build").err
        shutil.rmtree(made.root)


def test_a_name_in_another_composition_is_the_same_name(site: Callable[[str], Site]) -> None:
    """macOS writes é as two characters; the address has one."""
    made = site(BLOG)
    decomposed = "cafe\u0301"
    (made.root / f"content/articles/{decomposed}.md").write_text("---\ntitle: C\npublished: 2026-01-01\n---\nx\n")
    (made.root / f"content/static/{decomposed}.txt").write_text("x")
    made.build()
    assert {"articles/caf\u00e9/index.html", "caf\u00e9.txt"} <= made.outputs().keys()


def test_a_name_with_a_control_character_is_refused(site: Callable[[str], Site]) -> None:
    """It would steer terminals and split lists; what is shown of it is harmless."""
    made = site(BLOG)
    (made.root / "content/static/a\x1b[31mb\n.txt").write_text("x")
    run = made.run("build")
    assert (run.code, "error[name-invalid]" in run.err, "\x1b" in run.err) == (1, True, False)


def test_a_file_saved_during_the_build_is_built_as_it_is_then(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build starts over; nothing is remembered under the wrong bytes."""
    made = site(BLOG)
    about = made.root / "content/pages/about.md"
    before = about.read_text()
    read = marks.whole
    times = 0

    def saving(path: str, size: int) -> bytes:
        nonlocal times
        times += path == str(about)
        if path == str(about) and times == 2:  # listed once, now it is read
            about.write_text(before + "\nSAVED MEANWHILE\n")
        return read(path, size)

    for module in (places, marks):
        monkeypatch.setattr(module, "whole", saving)
    made.build()
    monkeypatch.undo()
    assert "SAVED MEANWHILE" in made.read("site/about/index.html")
    about.write_text(before)
    made.build()
    assert "SAVED MEANWHILE" not in made.read("site/about/index.html")


def test_many_processes_make_the_same_bytes(site: Callable[[str], Site]) -> None:
    """As one; their problems come back too, all of them, on their lines."""
    text = "-- content/articles/n%03d.md --\n---\ntitle: N%d\npublished: 2026-01-01\ntags: [t%d]\n---\nText *%d*.\n"
    made = site("".join(text % (n, n, n % 7, n) for n in range(160)))
    made.build("--jobs", "2")
    together = made.outputs()
    shutil.rmtree(made.root / ".tagwire")
    shutil.rmtree(made.root / "site")
    made.build("--jobs", "1")
    assert made.outputs() == together
    shutil.rmtree(made.root / ".tagwire")
    made.write(
        "-- content/articles/n007.md --\n---\ntitel: x\n---\n-- content/articles/n150.md --\n---\ntitle: [\n---\n"
    )
    run = made.run("build", "--jobs", "2")
    assert run.code == 1
    assert "content/articles/n007.md:2:1: error[key-unknown]" in run.err
    assert "content/articles/n150.md:" in run.err
