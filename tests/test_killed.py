"""`tagwire publish`, killed at any moment, while readers look on all the time."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

import pytest

import targets
from tagwire.publish.changes import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from targets import Target

KILLS = int(os.environ.get("TAGWIRE_KILLS", "1"))
"""For each kind of target."""

ARTICLE = """
-- content/articles/%s.md --
---
id: 'tag:x.example,2026:%s'
title: Article %s
published: %s
tags: [news]
%s---
Some text, and then %s.
"""
_LINK = re.compile(r'(?:https://x\.example/|href="(?:\.\./)*)(articles/[\w-]+/)')
_FEEDS = ("atom.xml", "rss.xml", "feed.json", "tags/news/atom.xml")
_LISTS = ("index.html", "tags/news/index.html", "archive/2026/index.html")
"""Lead visitors to articles, once there is a site to visit."""
_GAP = 1.0
"""Seconds that a page may be missing while it is replaced, at a server that removes the old one first."""


@pytest.mark.program
@pytest.mark.parametrize("kind", [*targets.KINDS, targets.OPENSSH])
def test_killed_at_any_moment_the_next_publish_ends_right(
    site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Site and ledger are as if nothing had happened, and no reader ever met a link to a page that isn't there."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    home = site('-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\n')
    for number in range(12):
        home.write(_article(f"a{number}", f"2026-01-{number + 1:02}"))
    chance = random.Random(kind)  # noqa: S311 - moments
    with targets.target(kind, home.root, tmp_path) as target:
        command = [sys.executable, "-m", "tagwire", "-C", str(home.root), "publish", "--to", target.to]
        command += ["--accept", "entry-gone"]
        with _Watcher(target, _FEEDS) as before:
            took = _finish(command)
        with _Watcher(target, (*_FEEDS, *_LISTS)) as watcher:
            for turn in range(KILLS):
                _edit(home, turn)
                _kill(command, chance.uniform(0, took * 1.1), whole=turn % 3 == 0)
                if turn % 2:
                    took = _finish(command)
                    _is_right(home, target)
            _finish(command)
            _is_right(home, target)
    assert watcher.looks > KILLS
    assert before.dead + watcher.dead == []


def _article(name: str, date: str, more: str = "", text: str = "no more") -> str:
    return ARTICLE % (name, name, name, date, more, text)


def _edit(home: Site, turn: int) -> None:
    """One is new; then it is edited, moves, is retracted, and another one is deleted."""
    folder = home.root / "content/articles"
    date = f"2026-02-{turn // 5 + 1:02}"
    name = f"n{turn // 5}"
    match turn % 5:
        case 0:
            home.write(_article(name, date))
        case 1:
            home.write(_article(name, date, "updated: 2026-03-01\n", f"edit {turn}"))
        case 2:
            (folder / f"{name}.md").rename(folder / f"moved-{name}.md")
        case 3:
            text = _article(name, date, f"retracted: {{date: 2026-04-01, note: Turn {turn}.}}\n")
            home.write(text.replace("articles/n", "articles/moved-n"))
        case _:
            (folder / f"a{turn // 5}.md").unlink()


def _kill(command: list[str], seconds: float, *, whole: bool) -> None:
    """kill -9, of Tagwire alone or (`whole`) of every program that it runs, as a power cut does."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    if whole:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _finish(command: list[str]) -> float:
    """Publishes once the programs of the killed one have ended, for they hold the lock until then; gives the time."""
    for _ in range(300):
        begun = time.monotonic()
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if "publish-busy" not in run.stderr:
            assert run.returncode == 0, run.stderr
            return time.monotonic() - begun
        time.sleep(0.2)
    pytest.fail("the lock is never free")


def _is_right(home: Site, target: Target) -> None:
    built = {path: data for path, data in home.outputs().items() if path != ".tagwire-manifest"}
    assert target.paths() - {RECORD} == built.keys()
    assert [path for path, data in built.items() if target.read(path) != data] == []
    command = [sys.executable, "-m", "tagwire", "-C", str(home.root), "diff"]  # in here the watcher would slow it down
    assert b"Subscribers see no difference." in subprocess.run(command, capture_output=True, check=True).stdout


class _Watcher:
    """A reader that follows every link of feeds and lists, as long as it isn't told to stop."""

    def __init__(self, target: Target, paths: tuple[str, ...]) -> None:
        self.target, self.paths, self.dead, self.looks = target, paths, list[str](), 0
        self.seen = set[str]()
        """Pages that were there: one that is new is waited for by nobody."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.005):
            for path in self.paths:
                self._look(path)
            self.looks += 1

    def _look(self, path: str) -> None:
        links = self._links(path)
        dead = self._dead(links)
        self.seen |= links - dead
        end = time.monotonic() + (_GAP if self.target.has_gap else 0)
        lost = dead & self._links(path)  # or the page went after its link, and the link is gone as well
        while lost and lost <= self.seen and time.monotonic() < end:
            time.sleep(0.02)
            lost = self._dead(lost)
        self.dead += sorted(f"{path} -> {link}" for link in lost)

    def _dead(self, links: set[str]) -> set[str]:
        """Links without a page."""
        return {link for link in links if not self.target.has(f"{link}index.html")}

    def _links(self, path: str) -> set[str]:
        return {*_LINK.findall((self.target.read(path) or b"").decode(errors="replace"))}
