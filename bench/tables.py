"""What `compare.py` has measured, as Markdown."""

from __future__ import annotations

import os
import platform
import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools import Tool

    Results = dict[str, Any]
    """tool → step → number of the run → what `builds.timed` gives; also its `version` and `counts cold`."""


def table(count: int, results: Results, tools: list[Tool], steps: list[str], smaller: tuple[int, Results]) -> str:
    """Medians, ratios and what was made; `smaller` is the next smaller blog that was measured (0 if there is none)."""
    rows = [tool for tool in tools if results.get(tool.name, {}).get("cold")]
    if not rows:
        return f"{count:,} articles: nothing is measured yet"
    parts = (
        [_head(count, results, rows)],
        _each(results, rows, steps, "seconds", "wall", 2),
        _each(results, rows, steps, "CPU seconds", "cpu", 2),
        _each(results, rows, steps, "MB in sum", "memory", 0),
        _spread(results, rows, steps),
        _made(results, rows),
        _ratios(results, rows, steps),
        _growth(count, results, rows, steps, smaller),
        [f"- {tool.name}: {tool.notes}" for tool in rows if tool.notes],
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(count: int, results: Results, rows: list[Tool]) -> str:
    """How often, when, on which machine, and how quiet that was."""
    every = [run for tool in rows for step in results[tool.name].values() for run in _runs(step)]
    numbers = sorted({len(results[tool.name]["cold"]) for tool in rows})
    days = sorted({run["when"] for run in every})
    shares = [run["others"] / run["wall"] for run in every if run["wall"] >= 1]
    others = f"{statistics.median(shares):.2f} (at most {max(shares):.2f})" if shares else "?"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{count:,} articles; medians of {' or '.join(map(str, numbers))}; {' and '.join(days)}; {os.cpu_count()} cores,"
        f" {memory:.0f} GB, Linux, Python {platform.python_version()}; cores that other programs kept busy: {others}"
    )


def _runs(step: object) -> list[dict[str, Any]]:
    """Of a step; none of a version, or of counts."""
    runs = list(step.values()) if isinstance(step, dict) else []
    return [run for run in runs if isinstance(run, dict)]


def _lines(title: str, heads: list[str], rows: list[tuple[str, list[str]]]) -> list[str]:
    return [
        f"| {title} | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
        *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows),
    ]


def _each(results: Results, rows: list[Tool], steps: list[str], title: str, what: str, digits: int) -> list[str]:
    made = [(tool.name, [_shown(median(results, tool.name, step, what), digits) for step in steps]) for tool in rows]
    return _lines(title, steps, made)


def _spread(results: Results, rows: list[Tool], steps: list[str]) -> list[str]:
    """How much the runs differ; nothing of a single one."""

    def cell(tool: Tool, step: str) -> str:
        seconds = [run["wall"] for run in _runs(results[tool.name].get(step))]
        return f"{min(seconds):.2f} to {max(seconds):.2f}" if seconds else "–"

    if max(len(results[tool.name]["cold"]) for tool in rows) == 1:
        return []
    return _lines("seconds, least to most", steps, [(tool.name, [cell(tool, step) for step in steps]) for tool in rows])


def _made(results: Results, rows: list[Tool]) -> list[str]:
    """Pages and feeds, and by how much these differ from what most of the others make."""
    heads = ["pages", "feeds", "entries", "MB of pages", "MB of feeds", "MB of the largest process", "version"]
    made = []
    for tool in rows:
        counts = results[tool.name].get("counts cold", {})
        cells = [_counted(results, rows, tool, what) for what in ("pages", "feeds", "entries")]
        cells += [f"{counts.get(f'kB of {what}', 0) / 1000:.1f}" for what in ("pages", "feeds")]
        cells += [_shown(median(results, tool.name, "cold", "largest"), 0), str(results[tool.name].get("version", ""))]
        made.append((tool.name, cells))
    return _lines("made by a cold build", heads, made)


def _counted(results: Results, rows: list[Tool], tool: Tool, what: str) -> str:
    counts = {each.name: results[each.name].get("counts cold", {}).get(what, 0) for each in rows}
    others = [count for name, count in counts.items() if not name.startswith("tagwire")]
    more = counts[tool.name] - statistics.mode(others or [counts[tool.name]])
    return f"{counts[tool.name]:,}" + (f" ({more:+,})" if more else "")


def _ratios(results: Results, rows: list[Tool], steps: list[str]) -> list[str]:
    """How many times as long as Tagwire the others took, and how many times its memory."""
    made = []
    for mine in (tool.name for tool in rows if tool.name in {"tagwire", "tagwire-commonmark"}):
        for other in (tool.name for tool in rows if not tool.name.startswith("tagwire")):
            cells = [_ratio(median(results, other, step), median(results, mine, step)) for step in steps]
            cells.append(_ratio(median(results, other, "cold", "memory"), median(results, mine, "cold", "memory")))
            made.append((f"{other} / {mine}", cells))
    return _lines("times as long as", [*steps, "MB cold"], made) if made else []


def _growth(
    count: int, results: Results, rows: list[Tool], steps: list[str], smaller: tuple[int, Results]
) -> list[str]:
    """How times and memory grew since the next smaller blog: with its size, or more."""
    size, before = smaller
    made = []
    for tool in (tool.name for tool in rows if before.get(tool.name, {}).get("cold")):
        if before[tool].get("version") == results[tool].get("version"):
            cells = [_ratio(median(results, tool, step), median(before, tool, step)) for step in steps]
            what = (("cold", "cpu"), ("cold", "memory"))
            cells += [_ratio(median(results, tool, *each), median(before, tool, *each)) for each in what]
            made.append((tool, cells))
    title = f"{size:,} to {count:,}: so many times the seconds"
    return _lines(title, [*steps, "CPU cold", "MB cold"], made) if made else []


def median(results: Results, tool: str, step: str, what: str = "wall") -> float:
    """Of all runs; not a number where there is none."""
    values = [run[what] for run in _runs(results[tool].get(step))]
    return statistics.median(values) if values else float("nan")


def _shown(value: float, digits: int) -> str:
    return "–" if value != value else f"{value:.{digits}f}"  # noqa: PLR0124 - not a number


def _ratio(theirs: float, ours: float) -> str:
    return "–" if not ours > 0 or theirs != theirs else f"{theirs / ours:.2f}"  # noqa: PLR0124 - as above
