"""`tagwire publish`, against real targets: folders, git, and servers that rclone itself runs."""

from __future__ import annotations

import fcntl
import http.server
import os
import random
import shutil
import threading
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import servers
import targets
from conftest import Site
from tagwire.publish import ahead, changes
from tagwire.publish.remote import Remote
from targets import git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = '-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\n'
ARTICLE = """
-- content/articles/%s.md --
---
id: 'tag:x.example,2026:%s'
title: %s
published: 2026-01-0%s
tags: [news]
---
%s
"""
RECORD = changes.RECORD


@pytest.fixture
def home(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of two articles, at a fixed time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    return site(SETTINGS + ARTICLE % ("a", "a", "A", 1, "One.") + ARTICLE % ("b", "b", "B", 2, "Two."))


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, without our record."""
    found = Site(folder).outputs("")
    found.pop(RECORD, None)
    return found


def built(home: Site) -> dict[str, bytes]:
    """What should be at the target."""
    found = home.outputs()
    del found[".tagwire-manifest"]
    return found


def publish(home: Site, to: str, *more: str) -> str:
    """Publishes, and demands that all is well; gives what was said."""
    run = home.run("publish", "--to", to, *more)
    assert run.code == 0, run.err
    return run.out


# ------------------------------------------------------------------ what goes first

DIGESTS = st.dictionaries(
    st.from_regex(r"[ab]{1,2}(/[ab])?\.(html|xml)", fullmatch=True), st.sampled_from("123"), max_size=9
)


@given(DIGESTS, DIGESTS)
def test_changes_make_of_one_the_other(before: dict[str, str], wanted: dict[str, str]) -> None:
    """Each path stands in one part, and doing them gives what is wanted; with nothing to do there is no change."""
    found = changes.between(before, wanted)
    after = {path: digest for path, digest in before.items() if path not in found.gone}
    after |= {path: wanted[path] for path in found.sent}
    assert after == wanted
    assert len({*found.sent, *found.gone}) == len(found.sent) + len(found.gone)
    assert bool(found) == (before != wanted)
    assert found.unchanged == len(wanted) - len(found.sent)
    assert changes.between(wanted, wanted).sent == ()


@given(DIGESTS, DIGESTS)
def test_a_record_of_the_meantime_is_never_too_sure(before: dict[str, str], wanted: dict[str, str]) -> None:
    """Whatever part of the work was done, what it calls sure is so at the target."""
    todo = changes.between(before, wanted)
    sure = changes.read(changes.spelt(changes.meanwhile(before, wanted, todo)))
    for path, digest in sure.items():
        assert digest == changes.UNSURE or before[path] == wanted[path] == digest
    assert sure.keys() == before.keys() | wanted.keys()


def test_a_record_that_someone_else_wrote_leads_nowhere() -> None:
    """Its paths stay inside."""
    assert changes.read(b"1  ../x\n1  /etc/x\n1  a//b\nrubbish\n\xff\n1  good\n") == {"good": "1"}


# ------------------------------------------------------------------ what stops it


def test_nothing_is_published_that_is_not_ready(home: Site, tmp_path: Path) -> None:
    """No `url`, no target, a source that nobody has looked at, an error: each is named, and nothing is sent."""
    to = str(tmp_path / "www")
    assert "target-missing" in home.run("publish").err
    home.write("-- content/sources/raw.txt --\nA title of the text\n\nA paragraph of text, long enough to be one.\n")
    run = home.run("publish", "--to", to)
    assert (run.code, "source-unconverted" in run.err) == (1, True)
    assert not (home.root / "content/articles/a-title-of-the-text.md").exists()
    (home.root / "content/sources/raw.txt").unlink()
    home.write("-- content/articles/c.md --\n---\ntitle: C\npublished: never\n---\n")
    assert "date-invalid" in home.run("publish", "--to", to).err
    (home.root / "content/articles/c.md").unlink()
    home.write('-- tagwire.toml --\ntitle = "X"\n')
    run = home.run("publish", "--to", to)
    assert (run.code, "error[url-missing]" in run.err) == (1, True)
    assert not Path(to).exists()


@pytest.mark.parametrize("to", [".", "..", "site", "site/x", "content/static", "s3://x", "git:", "rclone:x"])
def test_a_target_that_can_be_none(home: Site, to: str) -> None:
    """The site's own folders, and what is no target at all."""
    run = home.run("publish", "--to", to)
    assert (run.code, "target-invalid" in run.err) == (1, True)


def test_two_publishes_at_once(home: Site, tmp_path: Path) -> None:
    """The second is refused."""
    (home.root / ".tagwire").mkdir()
    with (home.root / ".tagwire/publish-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = home.run("publish", "--to", str(tmp_path / "www"))
    assert (run.code, "publish-busy" in run.err) == (1, True)
    publish(home, str(tmp_path / "www"))


def test_the_ledger_is_written_once_the_site_is_there(home: Site, tmp_path: Path) -> None:
    """Not by a dry run, and not where the target refuses."""
    www = tmp_path / "www"
    publish(home, str(www), "--dry-run")
    Site(tmp_path).write("-- taken/x --\nmine\n")
    assert home.run("publish", "--to", str(tmp_path / "taken")).code == 1
    assert not (home.root / "content/ledger.json").exists()
    publish(home, str(www))
    assert "2026:a" in home.read("content/ledger.json")
    home.write(ARTICLE % ("a", "other", "A", 1, "One."))
    run = home.run("publish", "--to", str(www))
    assert (run.code, "error[id-changed]" in run.err) == (1, True)
    assert b"2026:a" in files(www)["atom.xml"]


# ------------------------------------------------------------------ a folder


def test_a_folder_gets_the_site_and_then_only_what_changed(home: Site, tmp_path: Path) -> None:
    """The second time nothing; an unchanged file keeps its date, so servers answer 304."""
    www = tmp_path / "srv/www"
    publish(home, str(www))
    assert files(www) == built(home)
    dates = {path: (www / path).stat().st_mtime_ns for path in files(www)}
    assert "0 pages and files, 0 feeds, 0 removed" in publish(home, str(www))
    home.write(ARTICLE % ("a", "a", "A", 1, "One, edited."))
    publish(home, str(www))
    assert files(www) == built(home)
    changed = {path for path, date in dates.items() if (www / path).stat().st_mtime_ns != date}
    assert "articles/a/index.html" in changed
    assert "articles/b/index.html" not in changed
    assert all((www / path).stat().st_mtime_ns > dates[path] for path in changed)
    (home.root / "content/articles/b.md").unlink()
    home.write(ARTICLE % ("a", "a", "A", 1, "One."))
    run = home.run("publish", "--to", str(www))
    assert (run.code, "error[entry-gone]" in run.err) == (1, True)
    assert (www / "articles/b").exists()
    publish(home, str(www), "--accept", "entry-gone")
    assert files(www) == built(home)
    assert not (www / "articles/b").exists()


def test_a_rollback_brings_back_the_site_before(home: Site, tmp_path: Path) -> None:
    """Once; then there is nothing before it. The next publish goes on from there."""
    www = tmp_path / "www"
    assert "target-refused" in home.run("publish", "--to", str(www), "--rollback").err
    publish(home, str(www))
    before = files(www)
    home.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    publish(home, str(www))
    assert home.run("publish", "--to", str(www), "--rollback").code == 0
    assert files(www) == before
    assert home.run("publish", "--to", str(www), "--rollback").code == 1
    publish(home, str(www))
    assert files(www) == built(home)
    assert {each.name for each in (tmp_path / ".www.tagwire").iterdir()} == {"1", "2", "lock"}


def test_a_rollback_takes_nothing_from_subscribers(home: Site, tmp_path: Path) -> None:
    """They may have fetched what was rolled back: its articles can't vanish, or come with other ids, unnoticed."""
    www = tmp_path / "www"
    publish(home, str(www))
    home.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    publish(home, str(www))
    run = home.run("publish", "--to", str(www), "--rollback")
    assert "content/ledger.json still holds what that publish brought" in run.out
    assert "2026:c" in home.read("content/ledger.json")
    home.write(ARTICLE % ("c", "other", "C", 3, "Three."))
    assert "error[id-changed]" in home.run("publish", "--to", str(www)).err
    (home.root / "content/articles/c.md").unlink()
    assert "error[entry-gone]" in home.run("publish", "--to", str(www)).err
    home.write(ARTICLE % ("c", "c", "C", 3, "Three, mended."))
    assert "appears as new" not in publish(home, str(www))
    assert files(www) == built(home)


NEWSROOM = """
-- content/articles/n%d.md --
---
id: tag:x.example,2026:n%d
title: N%d
published: 2025-%02d-%02d
authors: [Author %d]
tags: [t%d]
---
Text.
"""


def test_one_new_article_among_many_sends_its_page_lists_and_feeds(home: Site, tmp_path: Path) -> None:
    """No page of another article but its neighbour's, no list and no feed of another tag, author or year."""
    www = str(tmp_path / "www")
    for n in range(60):
        home.write(NEWSROOM % (n, n, n, n // 28 + 1, n % 28 + 1, n % 3, n % 5))
    publish(home, www)
    home.write((NEWSROOM % (60, 60, 60, 10, 31, 1, 2)).replace("2025", "2026"))
    lines = [line.partition(": ") for line in publish(home, www, "--dry-run").splitlines()]
    sent = {path for what, _, path in lines if what in {"new", "changed", "feed", "gone"}}
    assert "articles/n60/index.html" in sent
    assert len({path for path in sent if path.startswith("articles/n")}) <= 2
    for folder in ("tags/t", "authors/author-", "archive/20"):
        assert len({path.split("/")[1] for path in sent if path.startswith(folder)}) == 1
    assert {"tags/t2/atom.xml", "authors/author-1/index.html", "archive/2026/10/index.html"} <= sent
    assert len(sent) < 35


# ------------------------------------------------------------------ two machines


@pytest.fixture(params=targets.KINDS)
def target(
    request: pytest.FixtureRequest, home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[targets.Target]:
    """Each kind of target."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    if request.param not in {"folder", "git"}:
        servers.program("rclone")
    with targets.target(request.param, home.root, tmp_path) as found:
        yield found


def twin(home: Site) -> Site:
    """The same site on another machine, as it is now."""
    other = Site(home.root.parent / "twin")
    shutil.copytree(home.root, other.root, ignore=shutil.ignore_patterns(".tagwire"))
    return other


@pytest.mark.program
def test_what_was_published_from_elsewhere_is_not_withdrawn(home: Site, target: targets.Target) -> None:
    """The ledger here knows nothing of it, so the guard can't tell; the feed at the target does."""
    publish(home, target.to)
    other = twin(home)
    other.write(ARTICLE % ("c", "c", "Said elsewhere", 3, "Three."))
    publish(other, target.to)
    run = home.run("publish", "--to", target.to)
    assert (run.code, "error[target-ahead]" in run.err, "“Said elsewhere”" in run.err) == (1, True, True)
    assert target.read("articles/c/index.html")
    publish(home, target.to, "--accept", "target-ahead")
    assert target.read("articles/c/index.html") is None


@pytest.mark.program
def test_a_publish_in_between_is_noticed(home: Site, target: targets.Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine publishes after we have looked, and before we send: the later one is refused, then ends right."""
    publish(home, target.to)
    other = twin(home)
    other.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    home.write(ARTICLE % ("d", "d", "D", 4, "Four."))
    looked = ahead.refuse_strangers

    def meanwhile(*_: Any) -> None:
        monkeypatch.setattr(ahead, "refuse_strangers", looked)
        publish(other, target.to)

    monkeypatch.setattr(ahead, "refuse_strangers", meanwhile)
    run = home.run("publish", "--to", target.to)
    assert (run.code, "error[target-refused]" in run.err) == (1, True)
    assert target.read("articles/c/index.html")
    assert "target-ahead" in home.run("publish", "--to", target.to).err
    for path in ("articles/c.md", "ledger.json"):  # git pull
        shutil.copy2(other.root / "content" / path, home.root / "content" / path)
    publish(home, target.to)
    assert target.paths() - {RECORD} == built(home).keys()


@pytest.mark.program
def test_two_machines_that_send_at_once(home: Site, remote: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever ends first finds another one's mark: then nothing there is sure, and the next publish mends it."""
    to, folder = remote
    publish(home, to)
    other = twin(home)
    for site in (home, other):
        site.write(ARTICLE % ("c", "c", "C", 3, f"From {site.root.name}."))
    send = Remote._send  # noqa: SLF001 - the moment between record and files

    def meanwhile(self: Remote, site: Any, paths: Any) -> None:
        monkeypatch.setattr(Remote, "_send", send)
        publish(other, to)
        send(self, site, paths)

    monkeypatch.setattr(Remote, "_send", meanwhile)
    run = home.run("publish", "--to", to)
    assert (run.code, "at the same time" in run.err) == (1, True)
    assert f"{changes.UNSURE}  articles/c/index.html" in (folder / RECORD).read_text()
    publish(other, to)
    assert files(folder) == built(other)


def test_an_id_of_another_program_is_published_as_it_is(home: Site, tmp_path: Path) -> None:
    """It breaks a rule of Atom, which is told; another one would bring the article to every reader again."""
    home.write((ARTICLE % ("c", "c", "C", 3, "Three.")).replace("tag:x.example,2026:c", "4711"))
    run = home.run("publish", "--to", str(tmp_path / "www"))
    assert (run.code, "warning[atom-id-invalid]" in run.err) == (0, True)
    assert b"<id>4711</id>" in files(tmp_path / "www")["atom.xml"]


def test_a_code_that_there_is_not(home: Site) -> None:
    """A slip is wrong usage."""
    run = home.run("publish", "--accept", "entry-gon")
    assert (run.code, "did you mean `entry-gone`?" in run.err) == (2, True)
    assert "there are date-moved, entry-gone" in home.run("publish", "--accept", "x").err


@pytest.mark.parametrize("what", ["folder", "file", "link"])
def test_a_folder_that_is_not_ours_is_refused(home: Site, tmp_path: Path, what: str) -> None:
    """And left as it is."""
    www = tmp_path / "www"
    if what == "folder":
        Site(tmp_path).write("-- www/index.html --\nmine\n")
    elif what == "file":
        www.write_text("mine")
    else:
        (tmp_path / "other").mkdir()
        www.symlink_to("other")
    before = Site(tmp_path).outputs("")
    run = home.run("publish", "--to", str(www))
    assert (run.code, "target-foreign" in run.err) == (1, True)
    assert {path for path in Site(tmp_path).outputs("") if not path.startswith("mysite/")} == {
        path for path in before if not path.startswith("mysite/")
    }


def test_what_others_put_into_the_folder_stays(home: Site, tmp_path: Path) -> None:
    """A certificate's file, a link; and what they took away comes back."""
    www = tmp_path / "www"
    www.mkdir()
    publish(home, str(www))
    Site(tmp_path).write("-- www/.well-known/acme/x --\ntoken\n")
    (www / "photos").symlink_to("..")
    (www / "articles/a/index.html").unlink()
    (www / "articles/b/index.html").write_text("spoilt")
    home.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    publish(home, str(www))
    assert (www / ".well-known/acme/x").read_text() == "token\n"
    assert (www / "photos").is_symlink()
    (www / "photos").unlink()
    assert {path: data for path, data in files(www).items() if not path.startswith(".well-known")} == built(home)


def test_a_dry_run_sends_nothing_and_tells_all(home: Site, tmp_path: Path) -> None:
    """Each path, with what would become of it."""
    www = tmp_path / "www"
    said = publish(home, str(www), "--dry-run")
    assert not www.exists()
    assert {"new: articles/a/index.html", "feed: atom.xml", "feed: tags/news/rss.xml"} <= set(said.splitlines())
    publish(home, str(www))
    assert publish(home, str(www), "--dry-run").splitlines()[0] == "Subscribers see no difference."


# ------------------------------------------------------------------ git


@pytest.fixture
def bare(home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare repository that the site's own repository knows as `origin`."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return targets.bare(home.root, tmp_path)


def branch(bare: Path, tmp_path: Path, name: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch."""
    copy = tmp_path / f"copy-{random.random()}"  # noqa: S311 - a name
    git(tmp_path, "clone", "-q", "-b", name, str(bare), str(copy))
    return {path: data for path, data in files(copy).items() if not path.startswith(".git/")}


@pytest.mark.program
def test_a_branch_gets_one_commit_a_change(home: Site, bare: Path, tmp_path: Path) -> None:
    """None without a change; the owner's branch, index and folder are as they were."""
    publish(home, "git:gh-pages")
    assert branch(bare, tmp_path) == built(home)
    publish(home, "git:gh-pages")
    home.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    publish(home, "git:origin#gh-pages")
    assert branch(bare, tmp_path) == built(home)
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "2"
    assert git(home.root, "status", "--porcelain", "--untracked-files=no") == ""
    assert git(home.root, "branch") == ""


@pytest.mark.program
def test_a_branch_rolls_back(home: Site, bare: Path, tmp_path: Path) -> None:
    """By a new commit."""
    publish(home, "git:gh-pages")
    before = branch(bare, tmp_path)
    home.write(ARTICLE % ("c", "c", "C", 3, "Three."))
    publish(home, "git:gh-pages")
    assert home.run("publish", "--to", "git:gh-pages", "--rollback").code == 0
    assert branch(bare, tmp_path) == before
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "3"


@pytest.mark.program
def test_a_branch_of_somebody_else_is_refused(home: Site, bare: Path, tmp_path: Path) -> None:
    """Unless that is accepted; then his files stay beside ours."""
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(bare), str(other))
    (other / "CNAME").write_text("x.example\n")
    git(other, "checkout", "-q", "-b", "gh-pages")
    git(other, "add", "CNAME")
    git(other, "commit", "-q", "-m", "x")
    git(other, "push", "-q", "origin", "gh-pages")
    run = home.run("publish", "--to", "git:gh-pages")
    assert (run.code, "target-foreign" in run.err) == (1, True)
    publish(home, "git:gh-pages", "--accept", "target-foreign")
    assert branch(bare, tmp_path) == built(home) | {"CNAME": b"x.example\n"}
    assert "target-refused" in home.run("publish", "--to", "git:main").err


@pytest.mark.program
def test_who_has_no_repository_yet_is_told_the_commands(
    home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And done word for word, the first commit of all is the one that publishes."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    run = home.run("publish", "--to", "git:gh-pages")
    assert (run.code, "git says: fatal: not a git repository" in run.err) == (1, True), run.err
    assert "`git init`, then `git remote add origin ADDRESS`" in run.err
    git(home.root, "init", "-q")
    run = home.run("publish", "--to", "git:gh-pages")
    assert "git says: fatal: 'origin' does not appear to be a git repository" in run.err
    assert "help: `git remote add origin ADDRESS`" in run.err
    git(home.root, "remote", "add", "origin", str(tmp_path / "bare.git"))
    assert "`git remote set-url origin ADDRESS`" in home.run("publish", "--to", "git:gh-pages").err
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    publish(home, "git:gh-pages")
    assert branch(tmp_path / "bare.git", tmp_path) == built(home)


_UNREAD = """fatal: Could not read from remote repository.

Please make sure you have the correct access rights
and the repository exists."""


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        (f"git@host.example: Permission denied (publickey).\n{_UNREAD}", "try `git ls-remote origin`"),
        (f"ssh: connect to host host.example port 22: Connection refused\n{_UNREAD}", "`git remote -v`"),
        ("fatal: could not read Username for 'https://host.example': terminal prompts disabled", "a key or a token"),
        ("fatal: unable to access 'https://host.example/x/': Could not resolve host", "`git remote -v`"),
        ("fatal: unable to access 'https://host.example/x/': The requested URL returned error: 403", "a token"),
        ("fatal: detected dubious ownership in repository at '/x'\nTo add an exception, call:\n\n\tgit x", "mend it"),
        ("error: something else", "mend it, then publish again"),
    ],
)
def test_git_that_cannot_get_in_is_told_with_the_line_that_says_why(
    home: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, hint: str
) -> None:
    """Git's last lines are advice; the reason stands before, sometimes as ssh's."""
    (tmp_path / "said").write_text(f"{said}\n")
    false = tmp_path / "git"
    false.write_text(f'#!/bin/sh\ncase "$*" in branch*) exit 0;; esac\ncat {tmp_path / "said"} >&2\nexit 128\n')
    false.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    run = home.run("publish", "--to", "git:gh-pages")
    assert run.code == 1
    assert f"git says: {said.splitlines()[0]}" in run.err, run.err
    assert hint in run.err


@pytest.mark.program
def test_git_that_refuses_is_quoted(home: Site, bare: Path) -> None:
    """No repository, a remote that isn't there; of a push that the host declines, the host's own words."""
    run = home.run("publish", "--to", "git:nowhere#gh-pages")
    assert (run.code, "git says: " in run.err) == (1, True)
    hook = bare / "hooks/pre-receive"
    hook.write_text('#!/bin/sh\necho "no pushes on a Friday" >&2\nexit 1\n')
    hook.chmod(0o755)
    run = home.run("publish", "--to", "git:gh-pages")
    assert (run.code, "git says: no pushes on a Friday; [remote rejected]" in run.err) == (1, True), run.err


# ------------------------------------------------------------------ rclone


@pytest.fixture(params=targets.REMOTES)
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """(target, the folder behind it): a server that rclone runs on loopback."""
    with targets.remote(request.param, tmp_path) as target:
        yield target.to, target.folder


@pytest.mark.program
def test_a_remote_gets_the_site_and_then_only_what_changed(home: Site, remote: tuple[str, Path]) -> None:
    """What another hand took away or spoilt comes back; its own files stay."""
    to, folder = remote
    publish(home, to)
    assert files(folder) == built(home)
    assert "0 pages and files, 0 feeds, 0 removed" in publish(home, to)
    (folder / "articles/a/index.html").unlink()
    (folder / "articles/b/index.html").write_text("spoilt")
    Site(folder).write("-- theirs.txt --\nx\n")
    (home.root / "content/articles/b.md").rename(home.root / "content/articles/c.md")
    publish(home, to)
    assert files(folder) == built(home) | {"theirs.txt": b"x\n"}


@pytest.mark.program
def test_what_a_killed_upload_left_at_a_remote_is_removed(home: Site, remote: tuple[str, Path]) -> None:
    """A part of a file, from before there was a record; parts that others left stay."""
    to, folder = remote
    Site(folder).write("-- .tagwire-published.0a1b2c3d.tagwire-part --\nx\n-- theirs.0a1b2c3d.partial --\nx\n")
    assert "1 removed" in publish(home, to)
    assert files(folder) == built(home) | {"theirs.0a1b2c3d.partial": b"x\n"}


@pytest.mark.program
def test_a_remote_of_somebody_else_is_refused(home: Site, remote: tuple[str, Path]) -> None:
    """Where a file of his would be written over."""
    to, folder = remote
    Site(folder).write("-- index.html --\nmine\n")
    run = home.run("publish", "--to", to)
    assert (run.code, "target-foreign" in run.err) == (1, True)
    assert files(folder) == {"index.html": b"mine\n"}
    publish(home, to, "--accept", "target-foreign")
    assert files(folder) == built(home)


@pytest.mark.program
def test_a_remote_that_is_not_there_is_named(home: Site) -> None:
    """With what rclone says."""
    servers.program("rclone")
    to = f"rclone::webdav,url='http://127.0.0.1:{servers.free_port()}':x"
    run = home.run("publish", "--to", to)
    assert (run.code, "rclone says: " in run.err) == (1, True)


# ------------------------------------------------------------------ pings


class Hub(http.server.BaseHTTPRequestHandler):
    """Keeps which feeds it is told of."""

    told: list[str]
    refuses: list[bool]

    def do_POST(self) -> None:
        """Notes the feed."""
        data = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if not self.refuses:
            self.told.extend(data["hub.url"])
        self.send_response(500 if self.refuses else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_the_hub_hears_of_changed_feeds_only(home: Site, tmp_path: Path) -> None:
    """Not of others, not in a dry run; a hub that fails is a warning."""
    told: list[str] = []
    refuses: list[bool] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Kept", (Hub,), {"told": told, "refuses": refuses}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        home.write(f'{SETTINGS}hub = "http://127.0.0.1:{server.server_address[1]}/"\n')
        to = str(tmp_path / "www")
        publish(home, to, "--dry-run")
        assert told == []
        publish(home, to)
        assert {"https://x.example/atom.xml", "https://x.example/tags/news/feed.json"} <= {*told}
        told.clear()
        publish(home, to)
        assert told == []
        home.write((ARTICLE % ("d", "d", "D", 4, "Four.")).replace("[news]", "[other]"))
        publish(home, to)
        assert "https://x.example/tags/other/rss.xml" in told
        assert "https://x.example/tags/news/rss.xml" not in told
        refuses.append(True)
        home.write(ARTICLE % ("e", "e", "E", 5, "Five."))
        run = home.run("publish", "--to", to)
        assert (run.code, "hub-silent" in run.err) == (0, True)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
