"""Whoever types what the handbook says gets what it says: each shell command in it, in order, by the built wheel.

The wheel stands in an environment of its own (`clean.py`), with the extras that the page names.

A page is followed as a reader follows it. A block after “save this as `file`:” is that file, one after “add this to
`file`:” goes to its end, one after “add this to the front matter of `file`:” above its second `---`. Blocks marked `sh`
are run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clean import installed
from conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    Programs = Callable[[str], Path]

HANDBOOK = Path(__file__).parent.parent / "content/pages/handbook"
TUTORIAL = "first-site.md"

NOT_HERE = {
    "python3 -m venv .venv": "the tests’ own environment stands for it",
    ".venv/bin/pip install path/to/tagwire": "needs a package index; tests/test_packaging.py does that in CI",
    "tagwire serve": "runs until it is stopped",
    "tagwire init mysite --from hugo ~/old-site": "moving.md has it, with an old site",
    "tagwire -C mysite serve --port 4000": "runs until it is stopped",
    "tagwire add https://news.example/2026/ferry": "asks a server elsewhere",
    "tagwire diff --against https://news.example/": "asks a server elsewhere",
    "tagwire ledger import https://news.example/": "asks a server elsewhere",
    "tagwire build && git push && tagwire ledger accept": "pushes to a server elsewhere",
    "tagwire publish --to /var/www/quiet-harbour": "a folder outside of the test",
    "aws s3api put-bucket-website --bucket quiet-harbour --website-configuration file://site/.s3-website.json": (
        "another program, and a server elsewhere"
    ),
    "pip install 'path/to/tagwire[cluster]'": "needs a package index",
    "dask scheduler --port 8786": "runs until it is stopped; tests/test_cluster.py has a cluster",
    "dask worker tcp://first.example:8786 --nworkers=-1 --nthreads=1": "runs until it is stopped",
    "tagwire build --executor dask://first.example:8786": "asks a server elsewhere",
}
"""Commands that a test can’t run, each with the reason. Nothing else is left out."""

_SITE = """\
title = "The Quiet Harbour"
url = "https://quiet-harbour.example/"
publish.to = ".tagwire/out"
"""
_TEXT = """\
Report

By Jane Roe
20 November 2026

From Monday the first boat leaves at half past five, the harbour
office said. Bicycles travel free of charge.

Read also: The old pier

Please consider a donation. Your support keeps our newsroom going.
"""
_ID = "urn:uuid:0a8a1c0e-7c1e-4a5b-8f0e-2b7f5f6f1a03"
_PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>The pier is open</title></head><body><article><h1>The pier is open</h1>
<p>After a year of work the pier has been open since Monday. It was paid for by the town.</p>
<p>Anglers were the first to come, with rods and folding chairs, before the sun was up.</p></article></body></html>
"""
_POST = "---\ntitle: {name}\ndate: 2026-01-02\n---\n\nWhat stood in {name}, in a sentence or two.\n"

_OLD = """\
-- hugo-site/hugo.toml --
baseURL = "https://harbour.example/"
title = "The Old Harbour"
-- hugo-site/content/posts/ferry.md --
---
title: The ferry
date: 2024-01-02
---
It sails at nine, as it has always done.
-- hugo-site/public/posts/ferry/index.html --
<!doctype html><title>The ferry</title>
-- hugo-site/public/index.xml --
{hugo}
-- jekyll-site/_config.yml --
title: The Old Harbour
url: https://harbour.example
-- jekyll-site/_posts/2024-01-02-ferry.md --
---
title: The ferry
---
It sails at nine, as it has always done.
-- jekyll-site/_site/feed.xml --
{jekyll}
-- pelican-site/pelicanconf.py --
SITENAME = "The Old Harbour"
SITEURL = "https://harbour.example"
-- pelican-site/content/ferry.md --
Title: The ferry
Date: 2024-01-02

It sails at nine, as it has always done.
-- pelican-site/output/feeds/all.rss.xml --
{pelican}
-- eleventy-site/_data/metadata.json --
{{"title": "The Old Harbour", "url": "https://harbour.example"}}
-- eleventy-site/blog/ferry.md --
---
title: The ferry
date: 2024-01-02
---
It sails at nine, as it has always done.
-- eleventy-site/_site/feed/feed.xml --
{eleventy}
-- wordpress.xml --
{wordpress}
"""
_ADDRESSES = {
    "hugo": "posts/ferry/",
    "jekyll": "2024/01/02/ferry.html",
    "pelican": "ferry.html",
    "eleventy": "blog/ferry/",
    "wordpress": "2024/01/ferry/",
}


def _old_feed(kind: str) -> str:
    """One post, as the program gave it to readers; WordPress's export has this form too."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    post = (
        "<wp:post_id>12</wp:post_id><wp:post_date>2024-01-02 00:00:00</wp:post_date><wp:post_name>ferry</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        "<content:encoded>It sails at nine, as it has always done.</content:encoded>"
    )
    return (
        f'<rss version="2.0" {spaces if kind == "wordpress" else ""}><channel><title>The Old Harbour</title>'
        f"<link>https://harbour.example/</link><description>Ships</description>"
        f"{'<wp:wxr_version>1.2</wp:wxr_version>' if kind == 'wordpress' else ''}<item><title>The ferry</title>"
        f"<link>https://harbour.example/{_ADDRESSES[kind]}</link><pubDate>Tue, 02 Jan 2024 00:00:00 +0000</pubDate>"
        f'<guid isPermaLink="false">known-to-readers-of-{kind}</guid>{post if kind == "wordpress" else ""}'
        f"</item></channel></rss>"
    )


PROMISED = {
    TUTORIAL: {
        "mysite/content/articles/hello-from-the-quay.md": "id: urn:uuid:",
        "mysite/site/tags/harbour/atom.xml": "Hello from the quay",
        "mysite/site/tags/harbour/index.html": 'Follow <a href="../../tags/harbour/follow/"',
        "mysite/site/index.html": "Hello from the quay",
        "mysite/content/articles/ferry-to-run-on-sundays.md": "John Doe",
        "mysite/content/sources/ferry.txt": "Please consider a donation",
        "mysite/site/rss.xml": "https://quiet-harbour.example/articles/ferry-to-run-on-sundays/",
        "mysite/content/ledger.json": "hello-from-the-quay",
    },
    "moving.md": {
        f"from-{kind}/site/{path}": piece
        for kind, address in _ADDRESSES.items()
        for path, piece in (
            ("rss.xml", f'<guid isPermaLink="false">known-to-readers-of-{kind}</guid>'),
            (f"{address}index.html" if address.endswith("/") else address, "articles/ferry/"),
            ("articles/ferry/index.html", "It sails at nine"),
        )
    },
    "corrections.md": {
        "site/articles/fares/index.html": "The figures were invented",
        "site/atom.xml": "The figures were invented",
    },
    "right-to-left.md": {
        "site/articles/המעבורת/index.html": '<html lang="he" dir="rtl">',
        "site/articles/harbour/index.html": '<html lang="en" dir="ltr">',
        "site/tags/נמל/atom.xml": "המעבורת תפליג",
    },
    "podcast.md": {
        "site/podcast.xml": 'articles/lighthouse.mp3" length="5000" type="audio/mpeg"',
        "site/articles/lighthouse/index.html": "lighthouse.mp3",
    },
    "raw-articles.md": {"report.json": '"converted"', "content/articles/report.md": "Bicycles travel free"},
    "command-line.md": {"mysite/.github/workflows/publish.yml": "tagwire"},
    "publish.md": {".tagwire/out/atom.xml": "Pier", "content/ledger.json": "Pier"},
    "subscribers.md": {"content/ledger.json": "urn:uuid:"},
}
"""What a page says there will be, and a piece of what is in it."""

SAID = {
    TUTORIAL: ["tagwire.toml: warning[url-missing]", "converted content/sources/ferry.txt", "all well"],
    "corrections.md": ["“New fares on the ferry” (2026-11-20) is shown as updated"],
    "right-to-left.md": ["all well"],
    "podcast.md": ["podcast-incomplete"],
    "feeds.md": ["all well"],
}
"""What a page says that will be printed."""


@dataclass(frozen=True)
class Step:
    """One fenced block that a reader does something with."""

    does: str
    """`run`, `save`, `add` or `front`."""
    file: str
    text: str


_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n+```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_ASKED = re.compile(
    r"(?P<does>save this as|add this to the front matter of|add this to) `(?P<file>[^`]+)`:$", re.IGNORECASE
)
_DOES = {"save this as": "save", "add this to the front matter of": "front", "add this to": "add"}


def steps(page: str) -> list[Step]:
    """What a reader of the page types, in order."""
    found: list[Step] = []
    for block in _BLOCK.finditer((HANDBOOK / page).read_text(encoding="utf-8")):
        asked = _ASKED.search(block["before"])
        if block["kind"] == "sh":
            found.append(Step("run", "", block["text"]))
        elif asked:
            found.append(Step(_DOES[asked["does"].lower()], asked["file"], block["text"]))
    return found


def commands(page: str) -> list[str]:
    """Every line that the page has for the shell."""
    return [line for step in steps(page) if step.does == "run" for line in step.text.splitlines()]


PAGES = sorted(path.name for path in HANDBOOK.glob("*.md") if commands(path.name))


@dataclass
class Reader:
    """Somebody at a keyboard, with a home of their own."""

    home: Path
    at: Path
    programs: Path

    def type(self, text: str) -> str:
        """Runs lines of shell where the reader is, follows `cd`; returns what was printed."""
        environment = {
            key: value for key, value in os.environ.items() if key not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}
        }
        environment["PATH"] = f"{self.programs}{os.pathsep}{environment['PATH']}"
        environment["HOME"] = str(self.home)
        ran = subprocess.run(
            ["bash", "-euc", f"{text}\npwd >'{self.home}/at'"],
            cwd=self.at,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, f"{text}\n{ran.stdout}"
        self.at = Path((self.home / "at").read_text(encoding="utf-8").rstrip("\n"))
        return ran.stdout

    def do(self, step: Step) -> str:
        """One step of a page; returns what was printed."""
        if step.does == "run":
            return self.type("\n".join(line for line in step.text.splitlines() if line not in NOT_HERE))
        file = self.at / step.file
        old = file.read_text(encoding="utf-8") if step.does != "save" else ""
        if step.does == "front":
            front, body = old.removeprefix("---\n").split("\n---\n", 1)
            new = f"---\n{front}\n{step.text}---\n{body}"
        else:
            new = old + step.text
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(new, encoding="utf-8")
        return ""


def belongings(reader: Reader) -> None:
    """What the how-tos take for granted: a site that was built, and raw articles here and there."""
    home, site = reader.home, reader.at
    texts = {
        site / "tagwire.toml": _SITE,
        site / "content/articles/pier.md": _POST.format(name="Pier").replace("---\n", f"---\nid: {_ID}\n", 1),
        site / "content/articles/lighthouse.mp3": "\0" * 5000,
        **{home / name: _TEXT for name in ("saved/report.txt", "archive/old.txt")},
        **{site / name: _TEXT.replace("Report", name) for name in ("inbox/a.txt", "notes/b.txt", "notes/c.txt")},
        **{site / name: _PAGE for name in ("page.html", "saved.html")},
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with zipfile.ZipFile(site / "blog-export.zip", "w") as packed:
        for name in ("One", "Two"):
            packed.writestr(f"posts/{name}.md", _POST.format(name=name))
    old = {kind: _old_feed(kind) for kind in _ADDRESSES}
    Site(home).write(_OLD.format(**old))
    reader.type("tagwire build")
    shutil.copy(site / "site/rss.xml", home / "saved/feed.xml")
    shutil.copytree(site / "site", site / "public")


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """Gives the folder of programs that somebody has who does what a page says: its extras are there."""
    made: dict[frozenset[str], Path] = {}

    def of(page: str) -> Path:
        extras = frozenset(re.findall(r"tagwire\[(\w+)\]", (HANDBOOK / page).read_text(encoding="utf-8")))
        if extras not in made:
            made[extras] = installed(tmp_path_factory.mktemp("wheel"), extras)
        return made[extras]

    return of


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_comes_true(page: str, programs: Programs, tmp_path: Path) -> None:
    """Every command ends well; what is promised is there afterwards."""
    reader = Reader(tmp_path / "home", tmp_path / "site", programs(page))
    reader.home.mkdir()
    reader.at.mkdir()
    if page != TUTORIAL:
        belongings(reader)
    printed = "".join(reader.do(step) for step in steps(page))
    there = {path: tmp_path / "site" / path for path in PROMISED.get(page, {})}
    assert [path for path, file in there.items() if not file.is_file()] == [], printed
    wrong = [path for path, piece in PROMISED.get(page, {}).items() if piece not in there[path].read_text("utf-8")]
    assert wrong == []
    assert [words for words in SAID.get(page, []) if words not in printed] == [], printed


def test_the_appeal_in_the_tutorial_is_cut(programs: Programs, tmp_path: Path) -> None:
    """And stays in the source."""
    save = next(step for step in steps(TUTORIAL) if step.does == "save")
    reader = Reader(tmp_path, tmp_path, programs(TUTORIAL))
    reader.do(save)
    markdown = reader.type(f"tagwire add {save.file} --stdout").split("\n---\n", 1)[1]
    assert "every two hours" in markdown
    assert "donation" not in markdown


def test_every_promise_is_about_a_page_that_is_followed() -> None:
    """A page that is renamed takes its promises along."""
    assert {*PROMISED, *SAID} <= set(PAGES)


def test_what_is_left_out_is_in_the_handbook() -> None:
    """No reason outlives its command."""
    assert set(NOT_HERE) <= {line for page in PAGES for line in commands(page)}


def test_no_how_to_is_out_of_reach() -> None:
    """The index has every page of the handbook, once."""
    linked = re.findall(r"\]\(([a-z-]+\.md)\)", (HANDBOOK / "index.md").read_text(encoding="utf-8"))
    assert sorted(linked) == sorted(path.name for path in HANDBOOK.glob("*.md") if path.name != "index.md")
