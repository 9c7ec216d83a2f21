"""Times builds of one and the same blog by Tagwire and by Pelican, in turn, and prints medians and ratios.

    python bench/build.py --articles 1000 --runs 3 [--without-pelican]

Pelican (same Markdown library, same kinds of pages and feeds) is installed from PyPI into a folder of its own.
Wall seconds and peak memory are of the whole process; compare the ratios of one run, not times across machines.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import corpus

STEPS = ("cold", "unchanged", "one edit", "one added")


@dataclass
class Tool:
    """One generator, its site and what was measured."""

    name: str
    command: list[str]
    root: Path
    outputs: tuple[str, ...]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    megabytes: list[float] = field(default_factory=list)

    def run(self, step: str) -> None:
        """Builds once and notes time and memory."""
        os.sync()
        begun = time.perf_counter()
        process = subprocess.Popen(self.command, cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds[step].append(time.perf_counter() - begun)
        self.megabytes.append(usage.ru_maxrss / 1024)
        if status:
            sys.exit(f"{self.name}: {errors.decode(errors='replace')[-2000:]}")

    def clear(self) -> None:
        """Removes results and caches."""
        for name in self.outputs:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, run: int) -> None:
        """Changes the body of an article."""
        path = sorted((self.root / "content/articles").glob("*.md"))[run]
        path.write_text(path.read_text(encoding="utf-8") + f"\nEdited in run {run}.\n", encoding="utf-8")

    def add(self, run: int) -> None:
        """Adds an article, newer than all others, as a copy of another."""
        path = min((self.root / "content/articles").glob("*.md"))
        text = path.read_text(encoding="utf-8")
        marks = {
            "Date: ": "Date: 2026-01-0",
            "date: ": 'date: "2026-01-0',
            "Slug: ": "Slug: new-",
            "title: ": "title: ",
        }
        lines = [self._new(line, marks, run) for line in text.splitlines()]
        path.with_name(f"new-{run}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _new(self, line: str, marks: dict[str, str], run: int) -> str:
        for mark, start in marks.items():
            if line.startswith(mark) and mark != "title: ":
                return f'{start}{run + 1}T12:00:00+00:00"' if mark == "date: " else f"{start}{run + 1}"
        return line


def tagwire(work: Path, count: int) -> Tool:
    """This checkout."""
    root = work / "tagwire"
    corpus.write_tagwire(root, count)
    return Tool("Tagwire", [sys.executable, "-m", "tagwire", "build"], root, ("site", ".tagwire"))


def pelican(work: Path, count: int) -> Tool:
    """The newest Pelican of PyPI."""
    root, venv = work / "pelican", work / "venv"
    corpus.write_pelican(root, count)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)  # noqa: S603
    subprocess.run([venv / "bin/pip", "install", "-q", "pelican[markdown]"], check=True)  # noqa: S603
    return Tool("Pelican", [str(venv / "bin/pelican"), "-s", "pelicanconf.py", "-o", "site"], root, ("site", "cache"))


def measure(tools: list[Tool], runs: int) -> None:
    """All steps for all tools, alternating."""
    for run in range(runs):
        for tool in tools:
            tool.clear()
            tool.run("cold")
        for tool in tools:
            tool.run("unchanged")
        for tool in tools:
            tool.edit(run)
            tool.run("one edit")
        for tool in tools:
            tool.add(run)
            tool.run("one added")


def report(tools: list[Tool], count: int) -> None:
    """Medians, and how many times longer the others take."""
    print(f"{count} articles, seconds (median); peak memory of the largest process")
    print(f"{'':12}" + "".join(f"{step:>12}" for step in STEPS) + f"{'MB':>8}{'pages':>8}{'feeds':>8}")
    for tool in tools:
        times = "".join(f"{statistics.median(tool.seconds[step]):12.2f}" for step in STEPS)
        pages = len(list((tool.root / "site").rglob("*.html")))
        feeds = len(list((tool.root / "site").rglob("*.xml")))
        print(f"{tool.name:12}{times}{max(tool.megabytes):8.0f}{pages:8}{feeds:8}")
    for tool in tools[1:]:
        pairs = [statistics.median(tool.seconds[s]) / statistics.median(tools[0].seconds[s]) for s in STEPS]
        print(
            f"{tool.name + ' / ' + tools[0].name:20}"
            + "  ".join(f"{s} {r:.1f}x" for s, r in zip(STEPS, pairs, strict=True))
        )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="Time builds of one blog by Tagwire and Pelican.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-pelican", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tools = [tagwire(Path(folder), options.articles)]
        tools += [] if options.without_pelican else [pelican(Path(folder), options.articles)]
        measure(tools, options.runs)
        report(tools, options.articles)


if __name__ == "__main__":
    main()
