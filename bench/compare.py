"""Builds one blog with Tagwire and with other generators, in turn, and prints medians and ratios.

    python bench/compare.py --articles 1000 --runs 3
    python bench/compare.py --articles 10000 --runs 3 --tools tagwire,tagwire-commonmark,hugo,eleventy,pelican
    python bench/compare.py --articles 100000 --runs 1 --tools tagwire-commonmark,hugo --steps cold,unchanged,body
    python bench/compare.py --articles 10000 --table

The first three are equal work (see `tools.py`); `tagwire-full` and `tagwire-commonmark-full` are all that Tagwire makes
by itself. What has been measured is kept below `--work` and not measured again: after an interruption the same command
goes on. Linux only, since memory is read from /proc; needs npm for Eleventy and Hexo, and for BlogMore Python 3.12 or
later (`BENCH_PYTHON=/path/to/python`, if it isn't the one that runs this). Name the tools that you want otherwise.

Steps, in this order: cold (no result, no cache), unchanged, body (a sentence more in a recent article), title, tag,
added (an article newer than all others), theme (a comment more in the template around every page). Generators
take turns at each step. Memory is the largest sum over all processes of a build, shared pages counted once (PSS), and
the largest share of one of them; looked at ten times a second, so of a build that is over sooner it says little. What
was measured of a smaller blog in the same `--work` shows how all that grows.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import TOOLS, Tool

import corpus

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("cold", "unchanged", "body", "title", "tag", "added", "theme")
DEFAULT = "tagwire,tagwire-commonmark,hugo,eleventy,hexo,pelican,blogmore"
_LIMIT = 1800
"""Seconds after which a build is ended."""


class Bench:
    """One size of the blog, built by several tools."""

    def __init__(self, work: Path, count: int, tools: list[Tool]) -> None:
        self.work, self.count, self.tools = work, count, tools
        self.kept = work / f"results-{count}.json"
        self.results: dict[str, Any] = json.loads(self.kept.read_text()) if self.kept.exists() else {}
        self.known = corpus.articles(count)

    def measure(self, runs: int, steps: list[str]) -> None:
        """What isn't measured yet."""
        homes = {tool.name: tool.install(self.work) for tool in self.tools}
        for run in range(runs):
            todo = [tool for tool in self.tools if not self._has(tool, run, steps)]
            for tool in todo:
                tool.set_up(self._site(tool), homes[tool.name], self.known)
            for step in STEPS:
                if step in steps or step == "cold":
                    for tool in todo:
                        self._step(tool, homes[tool.name], step, run)
            for tool in todo:
                self._note(tool, "version", tool.version(homes[tool.name]))
                shutil.rmtree(self._site(tool), ignore_errors=True)
            os.sync()

    def _site(self, tool: Tool) -> Path:
        return self.work / "sites" / tool.name

    def _has(self, tool: Tool, run: int, steps: list[str]) -> bool:
        found = self.results.get(tool.name, {})
        return all(str(run) in found.get(step, {}) for step in steps)

    def _step(self, tool: Tool, home: Path, step: str, run: int) -> None:
        site = self._site(tool)
        _change(tool, site, step, run, self.known)
        os.sync()
        measured = timed(tool.command(home, site), site, tool.env)
        if step in {"cold", "added"}:
            self._note(tool, f"counts {step}", counted(tool, site))
        self.results.setdefault(tool.name, {}).setdefault(step, {})[str(run)] = measured
        self._save()
        print(
            f"{tool.name:24}{step:10}{measured['wall']:9.2f} s {measured['cpu']:9.2f} s CPU {measured['memory']:6} MB",
            flush=True,
        )

    def _note(self, tool: Tool, key: str, value: object) -> None:
        self.results.setdefault(tool.name, {})[key] = value
        self._save()

    def _save(self) -> None:
        beside = self.kept.with_suffix(".new")
        beside.write_text(json.dumps(self.results, indent=1))
        beside.replace(self.kept)

    def table(self, steps: list[str]) -> str:
        """Everything that was measured, as Markdown."""
        rows = [tool for tool in self.tools if self.results.get(tool.name, {}).get("cold")]
        runs = max((len(self.results[tool.name]["cold"]) for tool in rows), default=0)
        lines = [
            f"{self.count:,} articles; medians of {runs}; {_machine()}",
            "",
            "| seconds | " + " | ".join(steps) + " | MB cold | MB a process | pages | feeds | version |",
            "|---" * (len(steps) + 6) + "|",
        ]
        for tool in rows:
            found = self.results[tool.name]
            cells = [_shown(self._median(tool, step)) for step in steps]
            cells += [f"{self._median(tool, 'cold', what):.0f}" for what in ("memory", "largest")]
            cells += [self._counted(tool, rows, what) for what in ("pages", "feeds")]
            cells.append(str(found.get("version", "")))
            lines.append(f"| {tool.name} | " + " | ".join(cells) + " |")
        notes = [f"- {tool.name}: {tool.notes}" for tool in rows if tool.notes]
        each = (self._each(rows, steps, *what) for what in (("CPU seconds", "cpu", 2), ("MB in sum", "memory", 0)))
        parts = (lines, *each, self._ratios(rows, steps), self._growth(rows, steps), notes)
        return "\n\n".join("\n".join(part) for part in parts if part)

    def _counted(self, tool: Tool, rows: list[Tool], what: str) -> str:
        """How many pages or feeds, and by how much these differ from what most of the others make."""
        counts = {each.name: self.results[each.name].get("counts cold", {}).get(what, 0) for each in rows}
        others = [count for name, count in counts.items() if not name.startswith("tagwire")]
        usual = statistics.mode(others or [counts[tool.name]])
        more = counts[tool.name] - usual
        return f"{counts[tool.name]:,}" + (f" ({more:+,})" if more else "")

    def _each(self, rows: list[Tool], steps: list[str], title: str, what: str, digits: int) -> list[str]:
        lines = [f"| {title} | " + " | ".join(steps) + " |", "|---" * (len(steps) + 1) + "|"]
        for tool in rows:
            cells = [_shown(self._median(tool, step, what), digits) for step in steps]
            lines.append(f"| {tool.name} | " + " | ".join(cells) + " |")
        return lines

    def _growth(self, rows: list[Tool], steps: list[str]) -> list[str]:
        """How times and memory grew since the next smaller blog that was measured here: with its size, or more."""
        sizes = sorted(int(path.stem.partition("-")[2]) for path in self.work.glob("results-*.json"))
        smaller = [size for size in sizes if size < self.count]
        if not smaller:
            return []
        before, more = Bench(self.work, smaller[-1], self.tools), self.count / smaller[-1]
        head = f"| {smaller[-1]:,} to {self.count:,}: {more:g} times the articles, so many times the seconds |"
        lines = [f"{head} {' | '.join(steps)} | MB |", "|---" * (len(steps) + 2) + "|"]
        for tool in (tool for tool in rows if before.results.get(tool.name)):
            cells = [_ratio(self._median(tool, step), before._median(tool, step)) for step in steps]
            cells.append(_ratio(self._median(tool, "cold", "memory"), before._median(tool, "cold", "memory")))
            lines.append(f"| {tool.name} | " + " | ".join(cells) + " |")
        return lines

    def _ratios(self, rows: list[Tool], steps: list[str]) -> list[str]:
        ours = [tool for tool in rows if tool.name in {"tagwire", "tagwire-commonmark"}]
        lines = ["| times as long as | " + " | ".join(steps) + " | MB |", "|---" * (len(steps) + 2) + "|"]
        for mine in ours:
            for other in (tool for tool in rows if not tool.name.startswith("tagwire")):
                cells = [_ratio(self._median(other, step), self._median(mine, step)) for step in steps]
                cells.append(_ratio(self._median(other, "cold", "memory"), self._median(mine, "cold", "memory")))
                lines.append(f"| {other.name} / {mine.name} | " + " | ".join(cells) + " |")
        return lines

    def _median(self, tool: Tool, step: str, what: str = "wall") -> float:
        values = [run[what] for run in self.results[tool.name].get(step, {}).values() if what in run]
        return statistics.median(values) if values else float("nan")


def _shown(value: float, digits: int = 2) -> str:
    return "–" if value != value else f"{value:.{digits}f}"  # noqa: PLR0124 - not a number


def _ratio(theirs: float, ours: float) -> str:
    return "–" if not ours > 0 or theirs != theirs else f"{theirs / ours:.2f}"  # noqa: PLR0124 - as above


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{dt.date.today()}, {os.cpu_count()} cores, {memory:.0f} GB, Linux, Python {python}"  # noqa: DTZ011


# ------------------------------------------------------------------ the steps


def _change(tool: Tool, site: Path, step: str, run: int, known: list[corpus.Article]) -> None:
    """What happens before a step."""
    recent = known[-5 - run % 5]
    changes: dict[str, Callable[[], None]] = {
        "cold": lambda: _clear(tool, site),
        "unchanged": lambda: None,
        "body": lambda: tool.put(site, recent.edited(run)),
        "title": lambda: tool.put(site, recent.renamed(run)),
        "tag": lambda: tool.put(site, recent.retagged(run)),
        "added": lambda: tool.put(site, corpus.newer(known, run)),
        "theme": lambda: _touch_theme(site / tool.theme, run),
    }
    changes[step]()
    time.sleep(0.1)  # no tool is to be fooled by a file that changes within one tick of the clock


def _clear(tool: Tool, site: Path) -> None:
    for name in tool.made:
        found = site / name
        shutil.rmtree(found) if found.is_dir() else found.unlink(missing_ok=True)


def _touch_theme(template: Path, run: int) -> None:
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("</main>", f"</main>\n<!-- {run} -->", 1), encoding="utf-8")


def counted(tool: Tool, site: Path) -> dict[str, int]:
    """How many pages and feeds there are: that all tools do the same."""
    out = site / tool.made[0]
    feeds = {path for pattern in tool.feeds for path in out.glob(pattern) if "sitemap" not in path.name}
    pages = [path for path in out.rglob("*.html") if not path.name.startswith("404")]
    return {
        "pages": len(pages),
        "articles": len(list(out.glob("articles/*/index.html"))),
        "feeds": len(feeds),
        "megabytes": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) // 2**20,
    }


# ------------------------------------------------------------------ measuring


def timed(command: list[str | Path], site: Path, env: dict[str, str]) -> dict[str, float]:
    """Runs a build; wall and CPU seconds of all its processes, and their peak memory together in MB."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
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
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            said.seek(0)
            sys.exit(f"{command[0]}: {said.read().decode(errors='replace')[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return {"wall": round(wall, 3), "cpu": round(cpu, 3), "memory": peak[0] // 1024, "largest": peak[1] // 1024}


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
            os.killpg(session, 9)


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


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="Time builds of one blog by Tagwire and other generators.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tools", default=DEFAULT, help=f"of {', '.join(TOOLS)}  [{DEFAULT}]")
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tagwire-bench")
    parser.add_argument("--table", action="store_true", help="print what was measured before, and measure nothing")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    steps = [step for step in STEPS if step in options.steps.split(",")]
    bench = Bench(options.work.resolve(), options.articles, [TOOLS[name] for name in options.tools.split(",")])
    if not options.table:
        bench.measure(options.runs, steps)
    print("\n" + bench.table(steps))


if __name__ == "__main__":
    main()
