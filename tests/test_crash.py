"""Whatever stops a build, wherever it is: every file of the site is whole, and the next build ends as a clean one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
from conftest import NOW, SETTINGS, Site
from crashing import chosen, forks
from tagwire.disk import boot, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crashing import Runner

_BEFORE = SETTINGS + "".join(
    f"-- content/articles/a{number}.md --\n---\ntitle: Article {number}\npublished: 2026-01-{number:02}\n"
    f"tags: [even, t{number % 3}]\n---\nText {number}, see [another](a1.md).\n"
    for number in range(1, 8)
)
_AFTER = """
-- content/articles/a2.md --
---
title: Article two
published: 2026-01-02
tags: [odd]
---
Another text.
-- content/articles/new/b1.md --
---
title: A new one
published: 2026-01-20
tags: [even, t1]
aliases: [/old/]
---
New.
-- content/pages/about.md --
---
title: About
---
Text.
-- content/static/plain.txt --
plain
"""


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """Runs the program in a fork, with a fault or without one."""
    with forks() as runs:
        yield runs


def edit(made: Site) -> None:
    """Articles changed, added, moved and gone; a file for a folder."""
    made.write(_AFTER)
    (made.root / "content/articles/a5.md").unlink()


@pytest.fixture
def states(tmp_path: Path, runner: Runner) -> tuple[Site, dict[str, bytes], dict[str, bytes]]:
    """(a built site with edits to come, its outputs, the outputs of a clean build of the edited site)."""
    old = Site(tmp_path / "old" / "mysite")
    old.root.mkdir(parents=True)
    old.write(_BEFORE)
    assert runner(old)["code"] == 0
    clean = Site(tmp_path / "clean" / "mysite")
    shutil.copytree(old.root, clean.root, ignore=shutil.ignore_patterns(".tagwire", "site"))
    edit(clean)
    assert runner(clean)["code"] == 0
    return old, old.outputs(), clean.outputs()


@pytest.mark.parametrize("fault", ["full", "refused", "killed"])
def test_a_fault_at_any_call_that_writes_harms_nothing(
    states: tuple[Site, dict[str, bytes], dict[str, bytes]],
    runner: Runner,
    tmp_path: Path,
    fault: str,
) -> None:
    """Each file is the old or the new one, whole; a refusal is told in words; the next build equals a clean one."""
    old, before, after = states
    counted = Site(tmp_path / "count" / "mysite")
    shutil.copytree(old.root, counted.root)
    edit(counted)
    points = runner(counted)["points"]
    assert points > 100, "calls that write: the hook sees them"
    for at in chosen(points, 12, fault):
        made = Site(tmp_path / f"at{at}" / "mysite")
        shutil.copytree(old.root, made.root)
        edit(made)
        broken = runner(made, fault=fault, at=at)
        assert "Traceback" not in broken["err"], (at, broken["err"])
        assert broken["code"] in {0, 1, 137}, (at, broken)
        for path, data in made.outputs().items():
            assert data in {before.get(path), after.get(path)}, (at, path)
        healed = runner(made)
        assert healed["code"] == 0, (at, healed["err"])
        assert made.outputs() == after, at
        shutil.rmtree(made.root.parent)


@pytest.fixture
def whole(states: tuple[Site, dict[str, bytes], dict[str, bytes]]) -> tuple[Site, dict[str, bytes]]:
    """(a site that was never built, the outputs of a build of it)."""
    made, before, _ = states
    shutil.rmtree(made.root / "site")
    shutil.rmtree(made.root / ".tagwire")
    return made, before


@pytest.mark.parametrize("folder", [pytest.param(False, id="no folder"), pytest.param(True, id="a folder")])
@pytest.mark.parametrize("fault", ["full", "refused", "killed"])
def test_a_fault_in_a_first_build_never_shows_half_a_site(
    whole: tuple[Site, dict[str, bytes]], runner: Runner, tmp_path: Path, fault: str, folder: bool
) -> None:
    """At once there is all of it, but for a folder that is there already: its files are whole, and feeds come last."""
    unbuilt, after = whole

    def fresh(name: str) -> Site:
        made = Site(tmp_path / name / "mysite")
        shutil.copytree(unbuilt.root, made.root)
        if folder:
            (made.root / "site").mkdir()
            (made.root / "site/.gitignore").write_text("*")
        return made

    points = runner(fresh("count"))["points"]
    last = range(points, points - 30, -2)  # where all moves
    for at in sorted({*chosen(points, 6, fault), *last}):
        made = fresh(f"at{at}")
        broken = runner(made, fault=fault, at=at)
        assert "Traceback" not in broken["err"], (at, broken["err"])
        assert broken["code"] in {0, 1, 137}, (at, broken)
        seen = made.outputs()
        assert seen.pop(".gitignore", b"*") == b"*"
        assert seen.items() <= after.items(), at
        assert folder or len(seen) in {0, len(after) - 1, len(after)}, (at, sorted(seen))
        assert "atom.xml" not in seen or {path for path in after if path.startswith("articles/")} <= seen.keys()
        healed = runner(made)
        assert healed["code"] == 0, (at, healed["err"])
        assert {path: data for path, data in made.outputs().items() if path != ".gitignore"} == after, at
        shutil.rmtree(made.root.parent)


@pytest.mark.parametrize("folder", [pytest.param(False, id="no folder"), pytest.param(True, id="a folder")])
def test_a_power_cut_in_a_first_build_harms_nothing(
    whole: tuple[Site, dict[str, bytes]], runner: Runner, tmp_path: Path, folder: bool
) -> None:
    """What is in the tree is told by the manifest, which lasts as the journal does."""
    unbuilt, after = whole
    counted = Site(tmp_path / "count" / "mysite")
    shutil.copytree(unbuilt.root, counted.root)
    torn = 0
    for at in range(runner(counted)["points"], 0, -1):
        made = Site(tmp_path / f"at{at}" / "mysite")
        shutil.copytree(unbuilt.root, made.root)
        if folder:
            (made.root / "site").mkdir()
        runner(made, fault="killed", at=at)
        work = made.root / ".tagwire"
        if not any(work.glob("journal-????????????")):
            if torn:
                break
            continue
        staged = sorted(file for file in work.glob("staging-*/tree-*/**/*") if file.is_file())
        for file in staged[::2]:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
            torn += 1
        assert runner(made)["code"] == 0
        assert made.outputs() == after
    assert torn > 5, "the journal was caught while it stood"


def test_a_power_cut_that_tears_staged_files_harms_nothing(
    states: tuple[Site, dict[str, bytes], dict[str, bytes]], runner: Runner, tmp_path: Path
) -> None:
    """The journal lasts (fsync), staged files may be in pieces: those are not taken over, but made anew."""
    old, _before, after = states
    counted = Site(tmp_path / "count" / "mysite")
    shutil.copytree(old.root, counted.root)
    edit(counted)
    torn = 0
    for at in range(runner(counted)["points"], 0, -7):
        made = Site(tmp_path / f"at{at}" / "mysite")
        shutil.copytree(old.root, made.root)
        edit(made)
        runner(made, fault="killed", at=at)
        work = made.root / ".tagwire"
        if not any(work.glob("journal-????????????")):
            continue
        for staged in sorted(work.glob("staging-*/*"))[::2]:
            staged.write_bytes(staged.read_bytes()[: staged.stat().st_size // 2])
            torn += 1
        assert runner(made)["code"] == 0
        assert made.outputs() == after
        if torn > 40:
            break
    assert torn > 5, "the journal was caught while it stood"


def test_an_interrupted_build_ends_at_once_and_says_so(tmp_path: Path) -> None:
    """Ctrl-C: exit code 130, no traceback, also while processes of a pool are at work."""
    made = Site(tmp_path / "mysite")
    made.root.mkdir()
    text = (
        "-- content/articles/a{n}.md --\n---\ntitle: A{n}\npublished: 2026-01-01T00:00:{s:02}Z\n---\n" + "Text. " * 300
    )
    made.write(SETTINGS + "".join(text.format(n=n, s=n % 60) + "\n" for n in range(200)))
    command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "build", "--jobs", "2", "--now", NOW]
    for moment in (0, 0.3, 0.8):
        shutil.rmtree(made.root / ".tagwire", ignore_errors=True)
        with servers.child(command, stderr=subprocess.PIPE, start_new_session=True) as process:
            while not (made.root / ".tagwire/lock").exists():
                time.sleep(0.01)
            time.sleep(moment)
            os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=30)
        assert "Traceback" not in err
        assert process.returncode in {130, 0}
    made.build("--jobs", "2")


def test_an_interrupt_after_the_end_is_too_late(tmp_path: Path) -> None:
    """Python takes itself apart for some hundredths of a second; a build that is done stays done, and silent."""
    made = Site(tmp_path / "mysite")
    made.root.mkdir()
    made.write(SETTINGS)
    late = "import atexit, os, signal, sys; atexit.register(os.kill, os.getpid(), signal.SIGINT); "
    code = f"{late}from tagwire.__main__ import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "-C", str(made.root), "build", "--now", NOW]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_an_interrupt_while_a_class_is_made_ends_with_130_too(tmp_path: Path) -> None:
    """Python kills itself by the signal where code that is run from a string was hit, although it was caught."""
    code = "from tagwire.cli.terminal import Report\nwith Report('not built'):\n    exec('raise KeyboardInterrupt')\n"
    (tmp_path / "hit.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "hit"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (130, "interrupted\n")


def test_after_the_machine_was_started_anew_no_stat_is_believed(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut can leave a file with its size and times, and without its bytes: all are read once."""
    made = site(_BEFORE.removeprefix(SETTINGS))
    made.build()
    made.build()
    read: list[str] = []
    real = stamps.whole

    def noted(path: str, size: int) -> bytes:
        read.append(path.rpartition("/")[2])
        return real(path, size)

    monkeypatch.setattr(stamps, "whole", noted)
    made.build()
    assert "atom.xml" not in read
    monkeypatch.setattr(boot, "name", lambda: "another run")
    made.build()
    assert {"atom.xml", "index.html", "a1.md"} <= set(read)
