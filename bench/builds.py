"""One build as a process: its time, its memory, what else the machine did meanwhile, and what it has made."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools import Tool

_LIMIT = 1800
"""Seconds after which a build is ended."""
_TICKS = os.sysconf("SC_CLK_TCK")
_ENTRY = re.compile(rb"<(?:entry|item)[\s>]")


class Failed(Exception):
    """A build that didn't end well; the last of what it said."""


def timed(command: list[str | Path], site: Path, env: dict[str, str]) -> dict[str, float | str]:
    """Runs a build.

    `wall` and `cpu` are seconds, `cpu` of all its processes; `memory` and `largest` MB, of all together at their peak
    and of the largest; `others` CPU seconds that the rest of the machine took meanwhile; `when` is a date.
    """
    with tempfile.TemporaryFile() as said:
        busy, begun = _busy(), time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            [str(part) for part in command],
            cwd=site,
            env={**_plain_environment(), **env},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        ended, peak = threading.Event(), [0, 0]
        watcher = threading.Thread(target=_watch, args=(process.pid, ended, peak), daemon=True)
        watcher.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # Ctrl-C reaches this process only: the build has a session of its own
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - begun
        cpu = usage.ru_utime + usage.ru_stime
        others = max(0.0, _busy() - busy - cpu)
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            said.seek(0)
            late = f"ended after {_LIMIT} s: " if wall > _LIMIT else ""
            raise Failed(f"{late}exit {process.returncode}: {said.read().decode(errors='replace')[-2000:].strip()}")
    return {
        "wall": round(wall, 3),
        "cpu": round(cpu, 3),
        "memory": peak[0] // 1024,
        "largest": peak[1] // 1024,
        "others": round(others, 3),
        "when": f"{dt.date.today()}",  # noqa: DTZ011 - as the one who looks at the clock has it
    }


def _busy() -> float:
    """CPU seconds of the whole machine since its start, its waiting left out."""
    user, nice, system, _idle, _wait, *more = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(map(int, (user, nice, system, *more[:3]))) / _TICKS


def _plain_environment() -> dict[str, str]:
    """As people have it: with a variable that some have while they develop, Python would compile all its files anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(session: int, ended: threading.Event, peak: list[int]) -> None:
    begun = time.perf_counter()
    while not ended.wait(0.1):
        processes = _processes(session)
        sizes = [_kilobytes(process) for process in processes]
        peak[1] = max(peak[1], *sizes, 0)
        if _processes(session) == processes:  # else one was forked meanwhile: what both share would count twice
            peak[0] = max(peak[0], sum(sizes))
        if time.perf_counter() - begun > _LIMIT:
            os.killpg(session, signal.SIGKILL)


def _processes(session: int) -> list[int]:
    found = []
    for name in filter(str.isdigit, (path.name for path in Path("/proc").iterdir())):
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                found.append(int(name))
    return found


def _kilobytes(process: int) -> int:
    """Of memory, what is shared counted in parts."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def counted(tool: Tool, site: Path) -> dict[str, int]:
    """What a build has made, so that everyone sees whether all tools did the same; sizes in kB."""
    out = site / tool.made[0]
    feeds = {path for pattern in tool.feeds for path in out.glob(pattern) if "sitemap" not in path.name}
    pages = [path for path in out.rglob("*.html") if not path.name.startswith("404")]
    return {
        "pages": len(pages),
        "articles": len(list(out.glob("articles/*/index.html"))),
        "feeds": len(feeds),
        "entries": sum(len(_ENTRY.findall(path.read_bytes())) for path in feeds if path.suffix == ".xml"),
        "kB of pages": sum(path.stat().st_size for path in pages) // 1000,
        "kB of feeds": sum(path.stat().st_size for path in feeds) // 1000,
    }
