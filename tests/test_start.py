"""`tagwire init` and `tagwire new`: the first minutes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import targets
from conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def begun(tmp_path: Path) -> Site:
    """A site fresh from `init`."""
    run = Site(tmp_path).run("init", "the-quiet-harbour")
    assert run.code == 0, run.err
    return Site(tmp_path / "the-quiet-harbour")


def test_a_new_site_builds_and_checks_at_once(begun: Site) -> None:
    """One tagged article with its feeds, a name made of the folder's, and no complaint but that there is no `url`."""
    assert tomllib.loads(begun.read("tagwire.toml"))["title"] == "The quiet harbour"
    assert begun.build(now="2099-01-01").err.count("[") == 1
    run = begun.run("check")
    assert (run.code, run.err.count("[")) == (0, 1)
    assert "url-missing" in run.err
    made = begun.outputs()
    assert {"index.html", "articles/hello/index.html", "tags/notes/atom.xml", "about/index.html"} <= made.keys()
    assert b"The quiet harbour" in made["index.html"]


def test_two_new_sites_share_no_id(tmp_path: Path) -> None:
    """Readers know an article by its id, everywhere."""
    for name in ("one", "two"):
        assert Site(tmp_path).run("init", name).code == 0
    ids = {(tmp_path / name / "content/articles/hello.md").read_text().splitlines()[1] for name in ("one", "two")}
    assert len(ids) == 2


def test_a_title_may_hold_anything_that_a_title_may(tmp_path: Path) -> None:
    """Quotes and backslashes too."""
    title = 'The "Quiet" Harbour \\ {day} é'
    assert Site(tmp_path).run("init", "x", "--title", title).code == 0
    assert tomllib.loads((tmp_path / "x/tagwire.toml").read_text())["title"] == title


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    """Of all files that are in the way the owner hears, and then none is written; others may stay."""
    made = Site(tmp_path)
    names = ("notes.txt", ".gitignore", ".gitattributes", "content/pages/about.md")
    made.write("".join(f"-- x/{name} --\nmine\n" for name in names))
    run = made.run("init", "x")
    assert (run.code, run.err.count("output-foreign")) == (1, 1)
    assert not (tmp_path / "x/tagwire.toml").exists()
    (tmp_path / "x/content/pages/about.md").unlink()
    assert made.run("init", "x").code == 0
    assert {made.read(f"x/{name}") for name in names[:3]} == {"mine\n"}


def test_a_site_is_not_made_twice(begun: Site) -> None:
    """It says that there is one."""
    before = begun.outputs("")
    run = begun.run("init", ".")
    assert (run.code, "site-exists" in run.err) == (1, True)
    assert begun.outputs("") == before


@pytest.mark.parametrize(
    ("ci", "path", "host"),
    [("github", ".github/workflows/publish.yml", "github-pages"), ("gitlab", ".gitlab-ci.yml", "gitlab-pages")],
)
def test_a_pipeline_comes_along(tmp_path: Path, ci: str, path: str, host: str) -> None:
    """It is YAML, its commands exist, and the settings say where the site goes."""
    assert Site(tmp_path).run("init", "x", "--ci", ci).code == 0
    made = Site(tmp_path / "x")
    text = made.read(path)
    assert yaml.safe_load(text)
    assert [name for name in ("build", "check", "publish") if f"tagwire {name}" not in text] == []
    assert "content/ledger.json" in text
    settings = tomllib.loads(made.read("tagwire.toml"))
    assert (settings["host"], "to" in settings["publish"]) == (host, True)
    made.build(now="2099-01-01")


def _commands(ci: str, path: Path) -> list[str]:
    """What the pipeline's shell is given for a change of the main branch, without the installation."""
    found = yaml.safe_load(path.read_text("utf-8"))
    if ci == "github":
        scripts = [step["run"] for step in found["jobs"]["publish"]["steps"] if "run" in step]
    else:
        scripts = [*found["before_script"], *found["pages"]["script"]]
    assert scripts.pop(0) == "python -m pip install tagwire"
    return scripts if ci == "github" else ["\n".join(scripts)]


@pytest.mark.program
@pytest.mark.parametrize(("ci", "path"), [("github", ".github/workflows/publish.yml"), ("gitlab", ".gitlab-ci.yml")])
def test_the_steps_of_a_pipeline_do_what_they_say(tmp_path: Path, ci: str, path: str) -> None:
    """In a shell, each time in a fresh and shallow clone: the site is out, its ledger is committed, and only once."""
    assert Site(tmp_path).run("init", "x", "--ci", ci).code == 0
    made = Site(tmp_path / "x")
    bare = targets.bare(made.root, tmp_path)
    targets.git(bare, "config", "receive.advertisePushOptions", "true")
    made.write(f'-- tagwire.toml --\nurl = "https://x.example/"\n{made.read("tagwire.toml")}')

    def run(name: str) -> Path:
        clone = tmp_path / name
        targets.git(tmp_path, "clone", "-q", "--depth=1", "--branch=main", f"file://{bare}", str(clone))
        if ci == "gitlab":
            targets.git(clone, "checkout", "-q", "--detach")
        pairs = {"GIT_CONFIG_GLOBAL": os.devnull, "LEDGER_TOKEN": "t", "CI_SERVER_HOST": "git.example",
                 "CI_PROJECT_PATH": "x/x", "CI_COMMIT_BRANCH": "main", "GIT_CONFIG_COUNT": "1",
                 "GIT_CONFIG_KEY_0": f"url.file://{bare}.insteadOf",
                 "GIT_CONFIG_VALUE_0": "https://tagwire:t@git.example/x/x.git",
                 "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}  # fmt: skip
        for command in _commands(ci, clone / path):
            ran = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", command], cwd=clone, env={**os.environ, **pairs},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
        return clone

    def log() -> list[str]:
        return targets.git(bare, "log", "--format=%s", "main").splitlines()

    targets.git(made.root, "add", "-A")
    targets.git(made.root, "commit", "-qm", "A site")
    targets.git(made.root, "push", "-q", "origin", "main")
    first = run("first")
    assert log() == ["Ledger: what subscribers have been given", "A site"]
    if ci == "github":
        out = targets.git(bare, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    else:
        out = [file.relative_to(first / "public").as_posix() for file in (first / "public").rglob("*")]
    assert {"index.html", "atom.xml"} <= {*out}
    run("second")
    assert len(log()) == 2


def test_a_site_that_is_there_gets_the_pipeline_only(site: Callable[[str], Site]) -> None:
    """And only once."""
    made = site("")
    before = made.outputs("")
    assert made.run("init", ".", "--ci", "github").code == 0
    assert made.outputs("").keys() - before.keys() == {".github/workflows/publish.yml"}
    assert made.run("init", ".", "--ci", "github").code == 1


def test_a_new_article_has_id_date_and_place(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The date is the moment, in the site's time zone; the build takes it as it is, once there is text."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    made = site('-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\ntimezone = "Asia/Kolkata"\n')
    run = made.run("new", "Ferry: to run on Sundays", "--tag", "C++")
    assert (run.code, run.out) == (0, "content/articles/ferry-to-run-on-sundays.md\n")
    front = made.read(run.out.strip())
    assert "published: 2026-01-01T05:30:00+05:30\n" in front
    assert re.match(r"---\nid: '?urn:uuid:[0-9a-f-]{36}'?\n", front)
    (made.root / run.out.strip()).write_text(f"{front}Text.\n")
    assert made.build().err == ""
    assert b"Ferry: to run on Sundays" in made.outputs()["tags/c-plus-plus/atom.xml"]


def test_a_title_may_be_taken_or_have_no_letter(site: Callable[[str], Site]) -> None:
    """Files are numbered, ids differ."""
    made = site("")
    names = [made.run("new", title).out.strip() for title in ("A", "A", "?!", "-")]
    assert [name.removeprefix("content/articles/") for name in names] == [
        "a.md",
        "a-2.md",
        "untitled.md",
        "untitled-2.md",
    ]
    assert len({made.read(name).splitlines()[1] for name in names}) == 4


@pytest.mark.parametrize("title", ["", "  ", "a\x00b", "\x1b[31m"])
def test_a_title_that_can_be_none_is_refused(site: Callable[[str], Site], title: str) -> None:
    """No feed could carry it."""
    made = site("")
    run = made.run("new", title)
    assert (run.code, "title-invalid" in run.err, "\x1b" in run.err) == (1, True, False)
    assert not (made.root / "content").exists()


def test_outside_a_site_there_is_no_new_article(tmp_path: Path) -> None:
    """The message leads on."""
    assert "no-site" in Site(tmp_path).run("new", "A").err


def test_the_program_itself_makes_a_site(tmp_path: Path) -> None:
    """As a newcomer calls it: no test's clock, no `-C`."""
    for arguments in (["init", "x"], ["-C", "x", "build"], ["-C", "x", "check"]):
        subprocess.run([sys.executable, "-m", "tagwire", *arguments], check=True, cwd=tmp_path, capture_output=True)
    assert (tmp_path / "x/site/atom.xml").exists()
