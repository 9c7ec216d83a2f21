"""A preview that runs for days: what it holds in memory doesn't grow with its rebuilds.

`TAGWIRE_REBUILDS=1000` is the long run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
from tagwire import pipeline
from tagwire.model import Clock
from tagwire.pipeline import steps
from test_serve import Preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

BUILDS = int(os.environ.get("TAGWIRE_REBUILDS", "1000" if os.environ.get("TAGWIRE_LONG") else "30"))

_ARTICLES = "".join(
    f"-- content/articles/a{n}.md --\n---\ntitle: A{n}\npublished: 2026-01-01T00:{n:02}:00Z\ntags: [t{n % 5}]\n"
    "---\nText.\n"
    for n in range(40)
)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="memory is read from /proc")
def test_memory_stays_flat_over_many_rebuilds(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Each edit is built; what the process holds after the last one is what it held after the first few."""
    made = site(_ARTICLES)
    port = servers.free_port()
    command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "serve", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("w") as out, servers.child(command, stdout=out, stderr=out) as process:
        preview = Preview(made, port)
        try:
            _await(preview, process)
            held: list[int] = []
            for number in range(BUILDS):
                text = f"Text {number}."
                made.write(
                    f"-- content/articles/a{number % 40}.md --\n---\ntitle: A{number}\n"
                    f"published: 2026-01-01T00:{number % 40:02}:00Z\ntags: [t{number % 5}]\n---\n{text}\n"
                )
                preview.shows(f"/articles/a{number % 40}/", text, 60)
                held.append(_resident(process.pid))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    settled = held[len(held) // 3]
    assert held[-1] < settled * 1.1, held[:: max(1, len(held) // 20)]


def test_what_a_text_once_said_is_forgotten(site: Callable[[str], Site]) -> None:
    """In one process that builds again and again, as the preview does: not every version of a text is kept."""
    made = site("")
    clock = Clock(dt.datetime(2026, 11, 26, tzinfo=dt.UTC))
    for number in range(110):
        made.write(f"-- content/articles/a1.md --\n---\ntitle: A\npublished: 2026-01-01\n---\n{number}\n")
        pipeline.build(pipeline.Options(made.root, made.root / "site", clock))
    assert steps.restored.cache_info().currsize <= 2 * 1 + 101


def _await(preview: Preview, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            preview.ask("/")
            time.sleep(0.5)  # until it watches
            return
        time.sleep(0.05)
    pytest.fail("the preview does not begin")


def _resident(pid: int) -> int:
    """Kilobytes that a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
