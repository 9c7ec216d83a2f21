"""Copies of a process: what they give, what becomes of their faults, and a whole build by them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import NOW
from tagwire.pipeline import forks, pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

START = "import os, signal, sys\nfrom tagwire.pipeline import forks\nfrom tagwire.problems import Problem, Stopped\n"


def ran(script: str) -> str:
    """What a script prints, in a process that has one thread, as a build has."""
    command = [sys.executable, "-W", "error", "-c", START + script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_every_share_is_worked_out_once() -> None:
    """By other processes than this one, whatever the order."""
    script = """
given = dict(forks.results(300, lambda number: (number * 2, os.getpid()), 3))
print(sorted(given) == list(range(300)), all(value == 2 * number for number, (value, _) in given.items()))
print(os.getpid() in {pid for _, pid in given.values()}, forks.possible())
"""
    assert ran(script) == "True True\nFalse True\n"


def test_an_exception_of_the_work_comes_back() -> None:
    """With all its problems, and nothing of the copies is left."""
    script = """
def work(number):
    raise Stopped([Problem("a.md", number, 0, "x", "y")])
try:
    list(forks.results(9, work, 2))
except Stopped as stopped:
    print(stopped.problems[0].path)
try:
    os.wait()
except ChildProcessError:
    print("none left")
"""
    assert ran(script) == "a.md\nnone left\n"


def test_a_copy_that_is_killed_is_noticed() -> None:
    """What came before is good; the rest is for the caller to do."""
    script = """
def work(number):
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
given = set()
try:
    for number, _ in forks.results(40, work, 1):
        given.add(number)
except forks.Lost:
    print(sorted(given))
"""
    assert ran(script) == "[0, 1, 2, 3, 4]\n"


def test_while_copies_work_the_process_does_something_else() -> None:
    """Step by step, and nobody waits for the rest of it; its faults come out."""
    script = """
steps = iter(range(10 ** 9))
given = dict(forks.results(40, lambda number: time.sleep(0.01), 2, steps))
print(sorted(given) == list(range(40)), 0 < next(steps) < 10 ** 9)
few = iter([1, 2])
print(len(dict(forks.results(200, lambda number: time.sleep(0.001), 2, few))), list(few))
def broken():
    yield 1
    raise KeyError("ours")
try:
    list(forks.results(40, lambda number: time.sleep(0.001), 2, broken()))
except KeyError as error:
    print(error)
"""
    assert ran(f"import time\n{script}") == "True True\n200 []\n'ours'\n"


def test_a_copy_makes_room_for_another_before_it_has_touched_everything() -> None:
    """Else each would have pages of memory of its own in the end, as many as the site has."""
    script = """
for shares in (140, 2001):
    given = dict(forks.results(shares, lambda number: os.getpid(), 1))
    print(len(given), max(map(list(given.values()).count, given.values())))
"""
    assert ran(script) == "140 64\n2001 16\n"


def test_a_copy_that_touches_little_lasts_to_the_end() -> None:
    """To begin another would cost more than it has of its own; but no copy of a large site may."""
    script = """
for shares in (140, 2001):
    given = dict(forks.results(shares, lambda number: os.getpid(), 1, lasting=True))
    print(len(given), max(map(list(given.values()).count, given.values())))
"""
    assert ran(script) == "140 140\n2001 16\n"


def test_a_result_may_be_larger_than_a_pipe() -> None:
    """It comes piece by piece; of a copy that is killed meanwhile, nothing comes."""
    script = """
given = dict(forks.results(6, lambda number: bytes([number]) * 5_000_000, 2))
print(all(given[number] == bytes([number]) * 5_000_000 for number in range(6)))
def work(number):
    write = os.write
    os.write = lambda pipe, data: (write(pipe, data[:9]), os.kill(os.getpid(), signal.SIGKILL))
    return number
try:
    list(forks.results(1, work, 1))
except forks.Lost:
    print("lost")
"""
    assert ran(script) == "True\nlost\n"


def test_shares_hold_everything_once() -> None:
    """However much it is; and never more shares than a pipe holds numbers."""
    for things in (0, 1, 20, 21, 1_000_000):
        parts = pool.shares(things)
        assert [number for part in parts for number in part] == list(range(things))
        assert len(parts) <= forks.MOST


ARTICLE = """
-- content/articles/n{number}.md --
---
title: N{number}
published: 2026-01-{day:02}
tags: [t{tag}]
---

Text *{number}* with a [link](n0.md).
"""


def many(site: Callable[[str], Site]) -> Site:
    """A site of which a build makes copies of itself."""
    articles = (ARTICLE.format(number=n, day=n % 28 + 1, tag=n % 5) for n in range(60))
    return site('-- tagwire.toml --\ntitle = "T"\nurl = "https://a.example/"\n' + "".join(articles))


def built(made: Site, *options: str, script: str = "") -> dict[str, bytes]:
    """What a build in a process of its own leaves."""
    run = f"{script}\nfrom tagwire.cli import main\nmain()"
    command = [sys.executable, "-c", run, "-C", str(made.root), "build", "--now", NOW, *options]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return made.outputs()


def alone(made: Site) -> dict[str, bytes]:
    """What one process leaves, from nothing."""
    shutil.rmtree(made.root / "site")
    shutil.rmtree(made.root / ".tagwire")
    return built(made, "--jobs", "1")


def test_copies_build_what_one_process_builds(site: Callable[[str], Site]) -> None:
    """Byte for byte; and the next build finds nothing to do."""
    made = many(site)
    by_two = built(made, "--jobs", "2")
    stamps = {path: (made.root / "site" / path).stat().st_mtime_ns for path in by_two}
    assert built(made, "--jobs", "2") == by_two
    assert stamps == {path: (made.root / "site" / path).stat().st_mtime_ns for path in by_two}
    assert alone(made) == by_two


def test_what_there_is_one_of_is_left_to_a_copy(site: Callable[[str], Site]) -> None:
    """Of what there is much of, the one process makes one: what that loads, all copies have."""
    made = many(site)
    script = """
import os
from tagwire.pipeline import write
made, original = write.Writer._rendered, os.getpid()
def rendered(self, what):
    if os.getpid() == original:
        with open("alone.txt", "a") as file:
            print(getattr(what, "path", "") or what[0].path, file=file)
    return made(self, what)
write.Writer._rendered = rendered
os.chdir(sys.argv[2])
"""
    built(made, "--jobs", "2", script=f"import sys\n{script}")
    here = (made.root / "alone.txt").read_text(encoding="utf-8").split()
    assert sum(path.startswith("articles/n") for path in here) == 1
    assert not {"404.html", "robots.txt", "sitemap.xml", "subscribe/index.html"} & {*here}


def test_a_template_that_is_wrong_is_told_of_once(site: Callable[[str], Site]) -> None:
    """It is compiled while articles are read, where nobody would hear of it."""
    made = many(site)
    theme = made.root / "theme"
    theme.mkdir()
    (theme / "article.html").write_text("{% if %}", encoding="utf-8")
    for jobs in ("2", "1"):
        command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "build", "--now", NOW, "--jobs", jobs]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        assert (ended.returncode, ended.stderr.count("theme/article.html:1")) == (1, 1)


KILLER = """
import os, signal
from tagwire.pipeline import write
staged, original, calls = write.Writer._staged, os.getpid(), []
def killed(self, item, ground, place):
    calls.append(place)
    if os.getpid() != original and len(calls) == 30:
        os.kill(os.getpid(), signal.SIGKILL)
    return staged(self, item, ground, place)
write.Writer._staged = killed
"""


def test_what_killed_copies_leave_is_made_here(site: Callable[[str], Site]) -> None:
    """A machine short of memory ends processes: slower, and the same bytes."""
    made = many(site)
    by_victims = built(made, "--jobs", "2", script=KILLER)
    assert alone(made) == by_victims
