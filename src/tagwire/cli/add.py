"""`tagwire add`: what came of each source, what was cut from it, and what came back."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire.cli import manner, report
from tagwire.cli.manner import FOLDER
from tagwire.cli.progress import Bar
from tagwire.cli.terminal import Report, closing, print_problems, say
from tagwire.problems import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.intake.found import Converted
    from tagwire.model import Cut
    from tagwire.pipeline.add import Export, Request
    from tagwire.pipeline.exports import Outcome
    from tagwire.pipeline.keeping import Added, Same
    from tagwire.problems import Problem


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH|URL...")
@click.option("--out", metavar="DIR|FILE.md", help="Where the Markdown goes; the source is copied beside it.")
@click.option("--stdout", is_flag=True, help="Print the Markdown, write nothing.")
@click.option("--title", default="", help="Stands for whatever title the source has.")
@click.option("--date", default="", help="Stands for whatever date the source has.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Adds a tag; may be given several times.")
@click.option("--keep-all", is_flag=True, help="Cut nothing.")
@click.option("--fetch-images", is_flag=True, help="Fetch pictures that lie on web servers.")
@click.option(
    "--allow-private", "allowed", multiple=True, metavar="HOST[:PORT]", help="May be inside a private network."
)
@click.option("--jobs", type=manner.Whole(1, 64), metavar="N", help="Processes at most.  [default: one a processor]")
@click.option("--why", is_flag=True, help="Tell what was understood, from where, and how sure that is.")
@click.option("--json", "as_json", is_flag=True, help="Report what came of each source, for programs.")
@click.option("--restore", is_flag=True, help="Put back into the articles named what was cut from them.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="With --restore: only what this rule cut.")
@manner.quiet
@click.pass_context
def add(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    restore: bool,
    rules: tuple[str, ...],
    as_json: bool,
    **asked: object,
) -> None:
    """Convert raw articles to Markdown with front matter.

    Inside a site the source goes to content/sources/ and the article to content/articles/. Works outside any site too.

    \b
    Examples:
      tagwire add ~/saved/report.docx --tag iran
      tagwire add page.html --stdout
      tagwire add https://news.example/2026/ferry --fetch-images
      tagwire add inbox/ --out converted/ --json
      tagwire add --restore content/articles/report.md
    """
    started = time.monotonic()
    root: Path = context.obj
    if restore or rules:
        _restore(root, tuple(map(Path, paths)), rules, stdout=bool(asked["stdout"]))
        return
    from tagwire.pipeline import add as adding  # noqa: PLC0415 - as in `build`

    request = _request(root, paths, asked)
    if as_json and request.stdout:
        raise click.UsageError("--json and --stdout exclude each other")
    with Report("some sources were not converted"):
        try:
            with Bar() as bar:
                done, problems = adding.add(request, bar)
        except adding.Usage as usage:
            raise click.UsageError(str(usage)) from usage
        if as_json:
            sys.stdout.writelines(report.as_json(done, problems))
        else:
            show(done, problems, why=request.why, stdout=request.stdout)
        if any(problem.severity == "error" for problem in problems):
            raise Stopped(())
        if not (as_json or request.stdout):
            inside = done and not request.out and (root / "content").is_dir()
            advice = "read the articles through, then @ build" if inside else ""
            sys.stderr.write(closing(started, context.meta[FOLDER], advice))


def _request(root: Path, paths: tuple[str, ...], asked: dict[str, object]) -> Request:
    from tagwire.pipeline import add as adding  # noqa: PLC0415 - as in `build`
    from tagwire.pipeline.fetch import is_address  # noqa: PLC0415

    asked["jobs"] = asked["jobs"] or os.cpu_count() or 1
    files = tuple(Path.cwd() / path for path in paths if not is_address(path))
    addresses = tuple(path for path in paths if is_address(path))
    return adding.Request(root, files, addresses=addresses, **asked)  # type: ignore[arg-type]


def show(
    done: list[Added | Same | Export], problems: list[Problem], *, why: bool = False, stdout: bool = False
) -> None:
    """What came of sources; with `stdout` the articles themselves, and the rest on standard error."""
    from tagwire.pipeline import add as adding  # noqa: PLC0415 - as in `build`

    for each in done:
        if isinstance(each, adding.Export):
            _print_export(each, why=why, stdout=stdout)
        elif isinstance(each, adding.Same):
            say(f"{each.source}: unchanged, it is {each.path}", error=stdout)
        else:
            _print_added(each, why=why, stdout=stdout)
    print_problems(problems)
    if summary := report.summary(done, problems):
        say(summary, error=stdout)
    if not (done or problems):
        say("nothing to convert was found", error=True)


def _restore(root: Path, paths: tuple[Path, ...], rules: tuple[str, ...], *, stdout: bool) -> None:
    from tagwire.pipeline import restore  # noqa: PLC0415 - as in `build`

    with Report("some articles are as they were"):
        done, problems = restore.restore(tuple(Path.cwd() / path for path in paths), root, rules, write=not stdout)
        for restored in done:
            if stdout:
                sys.stdout.flush()
                sys.stdout.buffer.write(restored.text.encode())
                continue
            for cut in restored.cuts:
                say(f"{restored.path}: {_passage(cut)} back ({cut.rule})")
        print_problems(problems)
        if problems:
            raise Stopped(())


def _print_added(added: Added, *, why: bool, stdout: bool) -> None:
    _print_findings(added.converted if why else None)
    if stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(added.converted.text.encode())  # UTF-8 whatever the locale
        return
    say(f"{added.source} -> {added.path}: {added.converted.title}")
    _print_notes(added.doubts, added.converted.left, added.converted.cuts)


def _print_findings(converted: Converted | None) -> None:
    """What was understood, from where, and how sure that is."""
    for finding in converted.findings if converted else ():
        say(f"{finding.what}: {finding.value} ({finding.confidence}: {finding.origin})", error=True)


_FATES = {
    "new": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "edited": "edited here, left as they are",
    "deleted": "deleted here, left out",
    "known": "here already from elsewhere",
    "refused": "refused",
}


def _print_export(export: Export, *, why: bool, stdout: bool) -> None:
    """Each article that is new, or that there is something to say of; then the sum."""
    for outcome in export.outcomes:
        _print_findings(outcome.converted if why else None)
        if stdout and outcome.converted:
            sys.stdout.flush()
            sys.stdout.buffer.write(outcome.converted.text.encode())
        elif not stdout and (outcome.converted or outcome.left or outcome.fate == "refused"):
            _print_outcome(outcome)
    counts = Counter[str](outcome.fate for outcome in export.outcomes)
    told = ", ".join(f"{counts[fate]} {words}" for fate, words in _FATES.items() if counts[fate])
    left = sum(len(outcome.left) for outcome in export.outcomes)
    notes = f"; {left} note{'s' if left > 1 else ''} on what could not be carried over" if left else ""
    twins = sum(bool(outcome.twin) for outcome in export.outcomes)
    notes += f"; {twins} duplicate{'s' if twins > 1 else ''}" if twins else ""
    say(f"{export.source} ({export.kind}): {told or 'no articles'}{notes}", error=stdout)


def _print_outcome(outcome: Outcome) -> None:
    say(f"{outcome.fate} {outcome.path or outcome.key}: {outcome.title}".rstrip(": "))
    _print_notes(outcome.doubts, outcome.left, outcome.converted.cuts if outcome.converted else ())


def _print_notes(doubts: Iterable[str], left: Iterable[str], cuts: Iterable[Cut]) -> None:
    for doubt in doubts:
        say(f"  look at it: {doubt}")
    for each in left:
        say(f"  not carried over: {each}")
    for cut in cuts:
        say(f"  cut {_passage(cut)} ({cut.rule})")


def _passage(cut: Cut) -> str:
    if not cut.lines:
        return "a passage"
    return f"lines {cut.lines}" if "-" in cut.lines else f"line {cut.lines}"
