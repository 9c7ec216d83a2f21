"""`tagwire check`: the verdict, for people or as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire.cli import manner
from tagwire.cli.manner import FOLDER
from tagwire.cli.progress import Bar
from tagwire.cli.terminal import Report, closing, instant, print_problems, say, tell
from tagwire.problems import Stopped

if TYPE_CHECKING:
    from tagwire.pipeline.check import Verdict


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings end with exit code 1 too.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--sarif", is_flag=True, help="Print the problems as SARIF, which CI shows beside the lines.")
@click.option("--external", is_flag=True, help="Ask other sites whether links to them still lead somewhere.")
@click.option("--fix", is_flag=True, help="Write missing ids into articles.")
@click.option("--base-url", metavar="URL", default="", help="Stands for the setting `url`, as it did for `build`.")
@click.option("--engine-diff", is_flag=True, help="Tell which articles the two Markdown engines render differently.")
@manner.quiet
@click.pass_context
def check(  # noqa: PLR0913, PLR0917 - one a command-line option
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    strict: bool,
    as_json: bool,
    sarif: bool,
    external: bool,
    fix: bool,
    base_url: str,
    engine_diff: bool,
) -> None:
    """Judge the site: its feeds, pages, links, tags, and what subscribers will see. Or any feed files and folders.

    Knows RSS, Atom, JSON Feed and OPML, ours or a stranger's. Without --external nobody on the network is asked.

    \b
    Examples:
      tagwire check
      tagwire check --fix
      tagwire check --strict ~/saved/feed.xml
      tagwire check public/ --json
    """
    from tagwire.pipeline import check as checking  # noqa: PLC0415 - as in `build`
    from tagwire.pipeline import pool  # noqa: PLC0415

    started = time.monotonic()
    root: Path = context.obj
    if as_json and sarif:
        raise click.UsageError("--json and --sarif exclude each other")
    if engine_diff:
        _compare_engines(root, as_json)
        return
    with Report("the feeds could not be judged"):
        try:
            with Bar() as bar:
                workers = pool.Workers(os.cpu_count() or 1, told=bar)
                asked = checking.Asked(instant(None), external, fix, base_url, workers)
                verdict = checking.check(root, paths, asked, tell)
        except checking.Usage as usage:
            raise click.UsageError(str(usage)) from usage
        except Stopped as stopped:
            if not (as_json or sarif):
                raise
            verdict = checking.Verdict(0, stopped.problems)  # what stopped it is what a program wants to show
        _print_verdict(verdict, as_json=as_json, sarif=sarif)
    if not paths:
        wrong = any(problem.severity == "error" for problem in verdict.problems)
        advice = "mend the errors, then @ check again" if wrong else "@ publish to bring it out"
        sys.stderr.write(closing(started, context.meta[FOLDER], advice))
    if any(strict or problem.severity == "error" for problem in verdict.problems):
        sys.exit(1)


def _compare_engines(root: Path, as_json: bool) -> None:
    from tagwire.pipeline import engines  # noqa: PLC0415 - as in `build`

    with Report("the engines could not be compared"):
        found = engines.compare(root)
        if as_json:
            print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
            return
        for each in found.differences:
            for line in (each.path, f"  markdown:   {each.markdown}", f"  commonmark: {each.commonmark}"):
                say(line)
        differ = f"{len(found.differences)} would look different" if found.differences else "all would look alike"
        say(f"{found.articles} rendered: {differ}")


def _print_verdict(verdict: Verdict, *, as_json: bool, sarif: bool) -> None:
    errors = sum(problem.severity == "error" for problem in verdict.problems)
    warnings = len(verdict.problems) - errors
    if sarif:
        from tagwire.cli.sarif import spell  # noqa: PLC0415 - few want it

        print(spell(verdict.problems))
        return
    if as_json:
        problems = [asdict(problem) for problem in sorted(verdict.problems)]
        found = {
            "feeds": verdict.feeds,
            "pages": verdict.pages,
            "errors": errors,
            "warnings": warnings,
            "problems": problems,
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print_problems(verdict.problems)
    for path in verdict.mended:
        say(f"{path}: its id is written down")
    counts = [f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    pages = f", {verdict.pages} page{'s' if verdict.pages != 1 else ''}" if verdict.pages else ""
    say(f"{verdict.feeds} feed{'s' if verdict.feeds != 1 else ''}{pages}: {', '.join(counts) or 'all well'}")
