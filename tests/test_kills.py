"""kill -9 at random moments, and many builds at once: what is there is whole, and the next build is as a clean one.

`TAGWIRE_LONG=1` is the long run: 1,000 kills of a site of 1,000 articles. `TAGWIRE_KILLS=100 TAGWIRE_SEED=1` is a
piece of one, on the same site.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import servers
from conftest import NOW, SETTINGS, Site
from crashing import KILLED, LONG, forks

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("TAGWIRE_KILLS", "1000" if LONG else "8"))
ARTICLES = 1000 if KILLS >= 50 else 60


class Owner:
    """Somebody who edits a site between builds."""

    def __init__(self, made: Site, dice: random.Random) -> None:
        self.made, self.dice, self.round = made, dice, 0
        made.root.mkdir()
        made.write(SETTINGS)
        self._settings("")
        (made.root / "content/articles").mkdir(parents=True)
        for number in range(ARTICLES):
            self._article(number, f"Article {number}")

    def edit(self) -> str:
        """Changes something; gives what kind of build it makes."""
        self.round += 1
        kind = self.dice.choice(("texts", "texts", "texts", "titles", "titles", "come and go", "all"))
        some = self.dice.sample(range(ARTICLES), 3)
        match kind:
            case "texts":
                for number in some:
                    file = self.made.root / f"content/articles/a{number}.md"
                    if file.exists():
                        file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{self.round}.\n", encoding="utf-8")
            case "titles":
                for number in some:
                    self._article(number, f"Article {number}, {self.round}")
            case "come and go":
                for number in some:
                    file = self.made.root / f"content/articles/a{number}.md"
                    file.unlink() if file.exists() else self._article(number, f"Again {self.round}")
            case _:
                self._settings(f"copyright = {str(self.round)!r}")
        return kind

    def _article(self, number: int, title: str) -> None:
        head = (
            f"title: {title}\npublished: 2026-01-{number % 28 + 1:02}T00:{number % 60:02}:00Z\ntags: [t{number % 7}]\n"
        )
        text = f"---\n{head}---\nText {number}.\n"
        (self.made.root / f"content/articles/a{number}.md").write_text(text, encoding="utf-8")

    def _settings(self, line: str) -> None:
        text = f'title = "T"\nurl = "https://news.example/"\nauthor = "E"\nengine = "commonmark"\n{line}\n'
        (self.made.root / "tagwire.toml").write_text(text, encoding="utf-8")


def names(made: Site) -> dict[str, bytes]:
    """Path to digest of each file of the site."""
    return {path: hashlib.sha256(data).digest() for path, data in made.outputs().items()}


def test_killed_at_any_moment_the_next_build_is_right(tmp_path: Path) -> None:
    """Only kills of a build at work are counted; a build that completes what one began is killed too."""
    seed = int(os.environ.get("TAGWIRE_SEED", "9"))
    dice = random.Random(seed)  # noqa: S311 - no secret
    made = Site(tmp_path / "mysite")
    owner = Owner(made, dice)
    usual: dict[str, float] = {}
    killed = 0
    before: dict[str, bytes] = {}
    with forks() as runner:
        while killed < KILLS:
            kind = owner.edit() if before else "all"
            seen: list[dict[str, bytes]] = []
            for _ in range(dice.randint(1, 3)):
                began, moment = time.monotonic(), dice.uniform(0, usual.get(kind, 1))
                run = runner(made, "build", "--jobs", dice.choice("12"), fault="moment", at=moment)
                if run["code"] != KILLED:
                    usual[kind] = time.monotonic() - began
                    break
                usual[kind] = max(moment * 1.01, usual.get(kind, 1))
                seen.append(names(made))
            healed = runner(made)
            assert healed["code"] == 0, (seed, killed, healed["err"])
            after = names(made)
            for files in seen:
                torn = {path for path, name in files.items() if name not in {before.get(path), after.get(path)}}
                assert torn == set(), (seed, killed)
            killed, before, old = killed + len(seen), after, killed
            if killed // 25 > old // 25 or killed >= KILLS:
                clean = Site(tmp_path / "clean" / "mysite")
                shutil.copytree(made.root, clean.root, ignore=shutil.ignore_patterns(".tagwire", "site"))
                assert runner(clean)["code"] == 0
                assert names(clean) == after, (seed, killed)
                shutil.rmtree(clean.root.parent)


@pytest.mark.parametrize("count", [2, 10, 50] if LONG else [2, 6])
def test_many_builds_at_once_take_turns(tmp_path: Path, count: int) -> None:
    """One works, the others say whom they wait for; all end well, and the site is as one build would have left it."""
    made = Site(tmp_path / "mysite")
    made.root.mkdir()
    made.write(
        SETTINGS
        + "".join(
            f"-- content/articles/a{n}.md --\n---\ntitle: A{n}\npublished: 2026-01-{n:02}\ntags: [t]\n---\nText.\n"
            for n in range(1, 9)
        )
    )
    command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "build", "--jobs", "1", "--now", NOW]
    with contextlib.ExitStack() as all_of_them:
        piped = functools.partial(servers.child, command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running = [all_of_them.enter_context(piped()) for _ in range(count)]
        ended = [(process.communicate(timeout=300), process.returncode) for process in running]
    assert {code for _, code in ended} == {0}
    waited = [err for (_, err), _ in ended if err]
    assert len(waited) >= len(ended) // 2
    assert all(re.search(r"waiting: (process \d+, begun \d+ s ago,|another process) is at work", err) for err in waited)
    clean = Site(tmp_path / "clean" / "mysite")
    shutil.copytree(made.root, clean.root, ignore=shutil.ignore_patterns(".tagwire", "site"))
    clean.build()
    assert made.outputs() == clean.outputs()
