"""kill -9 of `add` at work: nothing of it is left behind."""

from __future__ import annotations

import os
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


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_the_processes_of_a_killed_run_end_by_themselves(tmp_path: Path) -> None:
    """Its workers see that nobody waits for them; once they slept on with 150 MB each."""
    made = Site(tmp_path / "mysite")
    (made.root / "content").mkdir(parents=True)
    (made.root / "tagwire.toml").write_text('title = "T"\nurl = "https://news.example/"\n', encoding="utf-8")
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(400):
        text = "\n".join(_TEXT.format(n=number * 31 + at) for at in range(30))
        (raw / f"t{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "add", "--jobs", "2", str(raw)]
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
