"""`add` at work, seen on a terminal and ended there, or killed: nothing of it is left behind."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from conftest import Site

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = (
    "The ferry to {n} is late again, the harbour said on Tuesday. Nobody knew why, and the crew said nothing. {n}.\n"
)


def _alive(group: int) -> list[int]:
    """Processes of a group that are at work or asleep; one that ended and waits to be noticed is not."""
    told = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == group and not state.startswith("Z")]


def _many_texts(tmp_path: Path) -> tuple[Site, list[str]]:
    """A site, and what adds 400 texts to it by two processes, with a bar from the first moment on."""
    made = Site(tmp_path / "mysite")
    (made.root / "content").mkdir(parents=True)
    (made.root / "tagwire.toml").write_text('title = "T"\nurl = "https://news.example/"\n', encoding="utf-8")
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(400):
        text = "\n".join(_TEXT.format(n=number * 31 + at) for at in range(30))
        (raw / f"t{number}.txt").write_text(text, encoding="utf-8")
    program = "from tagwire.cli import main, progress; progress._PATIENCE = progress._BETWEEN = 0; main()"
    return made, [sys.executable, "-c", program, "-C", str(made.root), "add", "--jobs", "2", str(raw)]


def test_a_terminal_shows_how_far_it_is_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    """How many of how many, and how long still; then one sentence, the cursor is back, and no process lives on."""
    made, command = _many_texts(tmp_path)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, os.environ | {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"})  # noqa: S606
    seen, asked = b"", False
    try:
        while piece := os.read(terminal, 1 << 16):
            seen += piece
            if not asked and re.search(rb"converting .* \d+/400 .*\d:\d\d:\d\d", seen):
                asked = bool(os.write(terminal, b"\x03"))
    except OSError:  # the other end is closed: Linux says EIO
        pass
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130, seen[-500:]
    assert b"interrupted" in seen.rpartition(b"\x1b[2K")[2]
    assert seen.rindex(b"\x1b[?25h") > seen.rindex(b"\x1b[?25l")
    assert not _alive(pid)
    assert not list((made.root / "content").rglob(".*"))


def test_a_pipe_gets_nothing_of_the_bar(tmp_path: Path) -> None:
    """What is kept in a log can be read there."""
    _, command = _many_texts(tmp_path)
    run = subprocess.run([*command, "--json"], capture_output=True, check=True)
    assert b"\x1b" not in run.stdout + run.stderr
    assert (run.stderr, json.loads(run.stdout)["counts"]["converted"]) == (b"", 400)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_the_processes_of_a_killed_run_end_by_themselves(tmp_path: Path) -> None:
    """Its workers see that nobody waits for them; once they slept on with 150 MB each."""
    made, command = _many_texts(tmp_path)
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        end = time.monotonic() + 60
        while len(_alive(run.pid)) < 3 or not list((made.root / "content").rglob("*.md")):
            assert run.poll() is None, "the run ended before it was killed"
            assert time.monotonic() < end
            time.sleep(0.02)
        run.kill()
        run.wait()
        end = time.monotonic() + 20
        while left := _alive(run.pid):
            assert time.monotonic() < end, left
            time.sleep(0.05)
    finally:
        for pid in _alive(run.pid):
            os.kill(pid, signal.SIGKILL)
