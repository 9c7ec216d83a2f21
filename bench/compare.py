"""Builds one blog with Tagwire and with other generators, in turn, and prints medians and ratios.

    python bench/compare.py --articles 1000 --runs 3
    python bench/compare.py --articles 10000 --runs 3 --tools tagwire,tagwire-commonmark,hugo,eleventy,pelican
    python bench/compare.py --articles 100000 --runs 1 --tools tagwire-commonmark,hugo --steps cold,unchanged,body
    python bench/compare.py --articles 10000 --table

These are equal work (see `tools.py`); `tagwire-full` and `tagwire-commonmark-full` are all that Tagwire makes by
itself. What has been measured is kept below `--work` and not measured again: after an interruption the same command
goes on, and `--table` only prints. What another version of a tool, or other code of Tagwire's, has measured doesn't
count. Linux only, since memory is read from /proc; needs npm for Eleventy and Hexo, and for BlogMore Python 3.12 or
later (BENCH_PYTHON=/path/to/python, if it isn't the one that runs this). Leave tools out with --tools.

Steps, in this order: cold (no result, no cache), unchanged, body (a sentence more in a recent article), title, tag,
added (an article newer than all others), theme (a comment more in the template around every page). Generators take
turns at each step, and another begins in each run. Memory is the largest sum over all processes of a build, shared
pages counted once (PSS); looked at ten times a second, so of a build that is over sooner it says little. What was
measured of a smaller blog in the same --work shows how all that grows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tables
from builds import Failed, counted, timed
from tools import TOOLS, Tool

import corpus

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("cold", "unchanged", "body", "title", "tag", "added", "theme")
DEFAULT = "tagwire,tagwire-commonmark,hugo,eleventy,hexo,pelican,blogmore"
_LEAST = 10
"""Articles: of the last ten, some are changed."""
_MANY = 500
"""Articles from which on what was written before a build may slow it down, if it is still on its way to the disk."""
_REST = 90
"""Seconds that a disk is given after tens of thousands of files were deleted: ext4 makes new ones slowly till then."""


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
        versions = {tool.name: tool.version(homes[tool.name]) for tool in self.tools}
        for tool in self.tools:
            if self.results.get(tool.name, {}).get("version") != versions[tool.name]:
                self.results[tool.name] = {"version": versions[tool.name]}
        for run in range(runs):
            first = run % len(self.tools)
            turns = [*self.tools[first:], *self.tools[:first]]
            todo = [tool for tool in turns if not self._has(tool, run, steps)]
            for tool in todo:
                self._make_room(tool, run)
                tool.set_up(self._site(tool, run), homes[tool.name], self.known)
            for step in STEPS:
                if step in steps or step == "cold":
                    for tool in todo:
                        if tool.version(homes[tool.name]) != versions[tool.name]:
                            sys.exit(f"{tool.name} has changed while it was measured; the same command begins it again")
                        self._step(tool, homes[tool.name], step, run)

    def _site(self, tool: Tool, run: int) -> Path:
        return self.work / "sites" / f"{self.count}-{run}" / tool.name

    def _make_room(self, tool: Tool, run: int) -> None:
        """What an interrupted run left is moved away: nothing is deleted while anything is measured."""
        site = self._site(tool, run)
        if site.exists():
            site.rename(Path(tempfile.mkdtemp(dir=self.work / "sites")) / tool.name)

    def _has(self, tool: Tool, run: int, steps: list[str]) -> bool:
        found = self.results.get(tool.name, {})
        return all(str(run) in found.get(step, {}) for step in steps)

    def _step(self, tool: Tool, home: Path, step: str, run: int) -> None:
        site = self._site(tool, run)
        _change(tool, site, step, run, self.known)
        if self.count >= _MANY:
            os.sync()
        try:
            measured = timed(tool.command(home, site), site, tool.env)
        except Failed as error:
            sys.exit(f"{tool.name}, {step}: {error}\nIts site is {site}")
        found = self.results[tool.name]
        if step in {"cold", "added"}:
            found[f"counts {step}"] = counted(tool, site)
        found.setdefault(step, {})[str(run)] = measured
        self._save()
        print(
            f"{tool.name:24}{step:10}{measured['wall']:9.2f} s {measured['cpu']:9.2f} s CPU {measured['memory']:6} MB",
            flush=True,
        )

    def _save(self) -> None:
        beside = self.kept.with_suffix(".new")
        beside.write_text(json.dumps(self.results, indent=1))
        beside.replace(self.kept)

    def table(self, steps: list[str]) -> str:
        """Everything that was measured, as Markdown."""
        sizes = sorted(int(path.stem.partition("-")[2]) for path in self.work.glob("results-*.json"))
        size = max((size for size in sizes if size < self.count), default=0)
        before = json.loads((self.work / f"results-{size}.json").read_text()) if size else {}
        return tables.table(self.count, self.results, self.tools, steps, (size, before))


# ------------------------------------------------------------------ the steps


def _change(tool: Tool, site: Path, step: str, run: int, known: list[corpus.Article]) -> None:
    """What happens before a step."""
    recent = known[-5 - run % 5]
    changes: dict[str, Callable[[], None]] = {
        "cold": lambda: None,
        "unchanged": lambda: None,
        "body": lambda: tool.put(site, recent.edited(run)),
        "title": lambda: tool.put(site, recent.renamed(run)),
        "tag": lambda: tool.put(site, recent.retagged(run)),
        "added": lambda: tool.put(site, corpus.newer(known, run)),
        "theme": lambda: _touch_theme(site / tool.theme, run),
    }
    changes[step]()
    time.sleep(0.1)  # no tool is to be fooled by a file that changes within one tick of the clock


def _touch_theme(template: Path, run: int) -> None:
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("</main>", f"</main>\n<!-- {run} -->", 1), encoding="utf-8")


def _rest(work: Path) -> None:
    """Until the disk has forgotten what was deleted below `work`."""
    emptied = work / "emptied"
    left = emptied.stat().st_mtime + _REST - time.time() if emptied.exists() else 0
    if left > 0:
        print(f"waits {left:.0f} s: files were deleted just now, and the disk is slow till then", flush=True)
        time.sleep(left)


def _tidy(work: Path) -> None:
    """The sites, when all is measured."""
    files = sum(len(names) for _, _, names in os.walk(work / "sites"))
    shutil.rmtree(work / "sites", ignore_errors=True)
    if files >= 20 * _MANY:
        os.sync()
        (work / "emptied").touch()


# ------------------------------------------------------------------ the command


def _chosen(options: argparse.Namespace) -> tuple[list[Tool], list[str]]:
    """(tools, steps), or the end with what is wrong."""
    tools, steps = options.tools.split(","), options.steps.split(",")
    for what, given, known in (("--tools", tools, tuple(TOOLS)), ("--steps", steps, STEPS)):
        if strange := [name for name in given if name not in known]:
            sys.exit(f"{what}: {', '.join(strange)} isn't known; there are {', '.join(known)}")
    if options.articles < _LEAST or options.runs < 1:
        sys.exit(f"at least {_LEAST} articles and one run are needed")
    if not options.table and sys.platform != "linux":
        sys.exit("only on Linux: memory is read from /proc")
    chosen = [TOOLS[name] for name in dict.fromkeys(tools)]
    lacks = {} if options.table else {tool.name: tool.lacks(options.work) for tool in chosen}
    if wrong := [f"{name} needs {lack}" for name, lack in lacks.items() if lack]:
        able = ",".join(name for name, lack in lacks.items() if not lack)
        sys.exit("\n".join([*wrong, f"Without: --tools {able}"]))
    return chosen, [step for step in STEPS if step in steps]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, help="[1000]")
    parser.add_argument("--runs", type=int, default=3, help="of each tool  [3]")
    parser.add_argument("--tools", default=DEFAULT, help=f"of {', '.join(TOOLS)}  [{DEFAULT}]")
    parser.add_argument("--steps", default=",".join(STEPS), help="[all]")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "tagwire-bench", help="[%(default)s]"
    )
    parser.add_argument("--table", action="store_true", help="print what was measured before, and measure nothing")
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    tools, steps = _chosen(options)
    bench = Bench(options.work, options.articles, tools)
    if not options.table:
        _rest(options.work)
        try:
            bench.measure(options.runs, steps)
        except subprocess.CalledProcessError as error:
            sys.exit(f"could not be installed: {' '.join(map(str, error.cmd))} ended with {error.returncode}")
        except KeyboardInterrupt:
            sys.exit("\ninterrupted; the same command goes on")
    print("\n" + bench.table(steps))
    if not options.table:
        _tidy(options.work)


if __name__ == "__main__":
    main()
