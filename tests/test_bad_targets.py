"""What may go wrong while a site is published: each once, and then the next publish ends right."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import servers
import targets
from tagwire.disk import work
from tagwire.publish import program
from tagwire.publish.changes import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

ARTICLE = "-- content/articles/%s.md --\n---\nid: tag:x.example,2026:%s\ntitle: %s\npublished: 2026-01-0%d\n---\nx\n"


@pytest.fixture
def home(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of two articles, at a fixed time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return site('-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\n' + _article("a", 1) + _article("b", 2))


def _article(name: str, day: int) -> str:
    return ARTICLE % (name, name, name, day)


def _is_right(home: Site, target: targets.Target) -> None:
    """After one more publish."""
    run = home.run("publish", "--to", target.to)
    assert run.code == 0, run.err
    built = {path: data for path, data in home.outputs().items() if path != ".tagwire-manifest"}
    assert target.paths() - {RECORD} == built.keys()
    assert [path for path, data in built.items() if target.read(path) != data] == []
    assert home.run("diff").out == "Subscribers see no difference.\n"


# ------------------------------------------------------------------ the ledger


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"tagwire-ledger": 1', '"tagwire-ledger": 2', "ledger-newer"),
        ('"articles": [', "<<<<<<< HEAD\n", "ledger-conflict"),
        ('"title": ', '"title": 5', "ledger-damaged"),
        ("https://x.example/", "https://another.example/", "site-moved"),
    ],
)
def test_a_ledger_that_is_no_good_stops_a_publish(home: Site, tmp_path: Path, old: str, new: str, code: str) -> None:
    """Newer, in conflict, damaged, of another site: nothing is sent, and the file is as it was."""
    to = str(tmp_path / "www")
    assert home.run("publish", "--to", to).code == 0
    before = (tmp_path / "www").readlink()
    text = home.read("content/ledger.json").replace(old, new, 1)
    (home.root / "content/ledger.json").write_text(text)
    home.write(_article("c", 3))
    run = home.run("publish", "--to", to)
    assert (run.code, f"error[{code}]" in run.err) == (1, True), run.err
    assert home.read("content/ledger.json") == text
    assert (tmp_path / "www").readlink() == before


def test_a_ledger_that_cannot_be_written(home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is out and the ledger isn't: it is said, and the next publish writes it."""
    target = targets.Target(str(tmp_path / "www"), tmp_path / "www")
    replace = work.replace

    def full(path: Path, data: bytes) -> None:
        if path.name == "ledger.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        replace(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(work, "replace", full)
        run = home.run("publish", "--to", target.to)
    assert (run.code, "error[disk]" in run.err, "ledger.json" in run.err) == (1, True, True)
    assert not (home.root / "content/ledger.json").exists()
    _is_right(home, target)


# ------------------------------------------------------------------ the target


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_disk_that_is_full(home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """At any file: visitors have the old site, whole; with room again, the next publish ends right."""
    target = targets.Target(str(tmp_path / "www"), tmp_path / "www")
    assert home.run("publish", "--to", target.to).code == 0
    before = {path: target.read(path) for path in target.paths()}
    for name in "cdefg":
        home.write(_article(name, 3))
    copy, left = shutil.copy2, [number]

    def copied(source: Any, to: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source), None, str(to))  # as `shutil` does
        return copy(source, to, **more)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", copied)
        run = home.run("publish", "--to", target.to)
    assert (run.code, "No space left on device" in run.err) == (1, True)
    assert run.err.lstrip().startswith(str(tmp_path / ".www.tagwire"))
    assert {path: target.read(path) for path in target.paths()} == before
    _is_right(home, target)


@pytest.mark.program
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("kind", ["git", "local"])
def test_a_line_that_is_lost_at_any_call(
    home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, done: bool
) -> None:
    """Before or after (`done`) the other side did what it was asked: said in its words, and mended by the next."""
    if kind == "git":
        target = targets.Target("git:gh-pages", targets.bare(home.root, tmp_path), "gh-pages")
        words = {"ls-remote", "fetch", "read-tree", "write-tree", "push"}
    else:
        servers.program("rclone")
        target = targets.Target(f"rclone::local:{tmp_path}/far", tmp_path / "far")
        words = {"lsjson", "cat", "copyto", "copy", "delete"}
    assert home.run("publish", "--to", target.to).code == 0
    lost, run_it = 0, program.run
    for turn in range(40):
        home.write(_article(f"n{turn}", 3))
        (home.root / "content/articles" / f"n{turn - 1}.md").unlink(missing_ok=True)
        left = [turn]

        def cut(command: list[str], *more: Any, **named: Any) -> bytes:
            if words.isdisjoint(command):
                return run_it(command, *more, **named)
            left[0] -= 1  # noqa: B023 - called in this turn
            if left[0] >= 0:  # noqa: B023 - as above
                return run_it(command, *more, **named)
            if done and left[0] == -1:  # noqa: B023 - as above
                run_it(command, *more, **named)
            raise program.Failed(1, ["connection reset by peer"])

        with monkeypatch.context() as patch:
            patch.setattr(program, "run", cut)
            run = home.run("publish", "--to", target.to, "--accept", "entry-gone", "--accept", "target-ahead")
        if run.code == 0:
            break
        lost += 1
        assert "connection reset by peer" in run.err
        assert "error[target-refused]" in run.err
    assert lost >= len(words)
    _is_right(home, target)


@pytest.mark.program
def test_a_server_that_dies_and_comes_back(home: Site, tmp_path: Path) -> None:
    """Nobody answers: said, and nothing is written down as published; then all goes its way."""
    port = servers.free_port()
    with targets.remote("webdav", tmp_path, port) as target:
        assert home.run("publish", "--to", target.to).code == 0
    ledger = home.read("content/ledger.json")
    home.write(_article("c", 3))
    run = home.run("publish", "--to", target.to)
    assert (run.code, "error[target-refused]" in run.err) == (1, True)
    assert home.read("content/ledger.json") == ledger
    with targets.remote("webdav", tmp_path, port) as target:
        _is_right(home, target)


@pytest.mark.program
def test_a_remote_that_is_read_only(home: Site, tmp_path: Path) -> None:
    """It refuses in its own words."""
    port, folder = servers.free_port(), tmp_path / "remote"
    folder.mkdir()
    address = f"127.0.0.1:{port}"
    command = [servers.program("rclone"), "serve", "webdav", str(folder), "--addr", address, "--read-only"]
    with servers.running([*command, "--config", os.devnull], port, tmp_path / "log"):
        run = home.run("publish", "--to", f"rclone::webdav,url='http://{address}':news")
    assert (run.code, "rclone says: " in run.err) == (1, True)
    assert not (home.root / "content/ledger.json").exists()


@pytest.mark.program
def test_a_branch_that_refuses_a_push(home: Site, tmp_path: Path) -> None:
    """A protected branch: the server's words are told; without its rule, the next publish ends right."""
    target = targets.Target("git:gh-pages", targets.bare(home.root, tmp_path), "gh-pages")
    hook = target.folder / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho this branch is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    run = home.run("publish", "--to", target.to)
    assert (run.code, "git says: " in run.err) == (1, True)
    assert not (home.root / "content/ledger.json").exists()
    hook.unlink()
    _is_right(home, target)


@pytest.mark.program
def test_a_remote_that_another_hand_left_half_written(home: Site, tmp_path: Path) -> None:
    """Pages cut short, a record cut short, a part of a feed under way: all comes right, and nothing stays."""
    servers.program("rclone")
    target = targets.Target(f"rclone::local:{tmp_path}/far", tmp_path / "far")
    assert home.run("publish", "--to", target.to).code == 0
    page = target.folder / "articles/a/index.html"
    page.write_bytes(page.read_bytes()[:100])
    record = target.folder / RECORD
    record.write_bytes(record.read_bytes()[:200] + b"\xff rubbish")
    (target.folder / "atom.xml").write_text("<feed")
    (target.folder / "atom.xml.0a1b2c3d.tagwire-part").write_text("<feed")
    home.write(_article("c", 3))
    _is_right(home, target)
