"""Arguments, printing, exit codes, the clock and the environment. Decides nothing about a site.

Exit 0 all well, 1 problems in the site, 2 wrong usage. The result goes to stdout, problems to stderr.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from tagwire import __version__
from tagwire.model import Clock
from tagwire.problems import Problem, Stopped, show, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagwire.model import Cut
    from tagwire.pipeline import Result
    from tagwire.pipeline.add import Added, Request
    from tagwire.pipeline.check import Verdict


def main(arguments: Sequence[str] | None = None) -> None:
    """The program; ends the process."""
    tagwire(args=list(arguments) if arguments is not None else None, prog_name="tagwire")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", default=".", metavar="DIR", help="Run as if started in DIR.")
@click.version_option(__version__, message="tagwire %(version)s")
@click.pass_context
def tagwire(context: click.Context, folder: str) -> None:
    """Raw articles in, a static site and tagged RSS/Atom feeds out."""
    root = Path(folder).resolve()
    if not root.is_dir():
        raise click.UsageError(f"-C: there is no folder {folder}")
    context.obj = root


@tagwire.command()
@click.option("--out", metavar="DIR", help="Folder of the result.  [default: site]")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show articles dated in the future too.")
@click.option(
    "--now",
    "now",
    metavar="ISO",
    help="The time that decides what is due.  [default: SOURCE_DATE_EPOCH, else the clock]",
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes at most.  [default: one a processor]")
@click.option("--base-url", metavar="URL", default="", help="Stands for the setting `url`.")
@click.pass_obj
def build(  # noqa: PLR0917 - one a command-line option
    root: Path, /, out: str | None, drafts: bool, future: bool, now: str | None, base_url: str, jobs: int | None
) -> None:
    """Convert new sources and bring site/ up to date.

    \b
    Examples:
      tagwire build
      tagwire -C mysite build --drafts --out /tmp/preview
    """
    from tagwire import pipeline  # noqa: PLC0415 - `tagwire --version` needs none of it

    options = pipeline.Options(
        root=root,
        out=(root / "site" if out is None else Path.cwd() / out).resolve(),
        clock=Clock(_instant(now), drafts, future),
        base_url=base_url,
        jobs=jobs or os.cpu_count() or 1,
    )
    own = [root / "content", root / "theme"]
    if root.is_relative_to(options.out) or any(options.out.is_relative_to(folder) for folder in own):
        raise click.UsageError(f"--out {out}: the site's own files lie there")
    with _Report(f"nothing written, {pipeline.shown(options)}/ is as it was"):
        result = pipeline.build(options)
        _print_problems(result.problems)
        _print_result(result, pipeline.shown(options))


def _print_result(result: Result, shown: str) -> None:
    for conversion in result.conversions:
        cut = len(conversion.converted.cuts)
        left = f" ({cut} passage{'s' if cut != 1 else ''} left out)" if cut else ""
        _say(f"converted {conversion.source} to {conversion.path}{left}")
    tally = result.tally
    _say(f"{shown}/: {len(tally.written)} written, {len(tally.removed)} removed, {tally.unchanged} unchanged")


@tagwire.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR|FILE.md", help="Where the Markdown goes; the source is copied beside it.")
@click.option("--stdout", is_flag=True, help="Print the Markdown, write nothing.")
@click.option("--title", default="", help="Stands for whatever title the source has.")
@click.option("--date", default="", help="Stands for whatever date the source has.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Adds a tag; may be given several times.")
@click.option("--keep-all", is_flag=True, help="Cut nothing.")
@click.option("--why", is_flag=True, help="Tell what was understood, from where, and how sure that is.")
@click.option("--restore", is_flag=True, help="Put back into the articles named what was cut from them.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="With --restore: only what this rule cut.")
@click.pass_obj
def add(root: Path, /, paths: tuple[Path, ...], restore: bool, rules: tuple[str, ...], **asked: object) -> None:
    """Convert raw articles to Markdown with front matter.

    Inside a site the source goes to content/sources/ and the article to content/articles/. Works outside any site too.

    \b
    Examples:
      tagwire add ~/saved/report.txt --tag iran
      tagwire add page.html --stdout
      tagwire add notes/*.txt --out converted/
      tagwire add --restore content/articles/report.md
    """
    if restore or rules:
        _restore(root, paths, rules, stdout=bool(asked["stdout"]))
        return
    from tagwire.pipeline import add as adding  # noqa: PLC0415 - as in `build`

    request = adding.Request(root, tuple(Path.cwd() / path for path in paths), **asked)  # type: ignore[arg-type]
    with _Report("some sources were not converted"):
        try:
            done, problems = adding.add(request)
        except adding.Usage as usage:
            raise click.UsageError(str(usage)) from usage
        for conversion in done:
            _print_added(conversion, request)
        _print_problems(problems)
        if any(problem.severity == "error" for problem in problems):
            raise Stopped(())


def _restore(root: Path, paths: tuple[Path, ...], rules: tuple[str, ...], *, stdout: bool) -> None:
    from tagwire.pipeline import restore  # noqa: PLC0415 - as in `build`

    with _Report("some articles are as they were"):
        done, problems = restore.restore(tuple(Path.cwd() / path for path in paths), root, rules, write=not stdout)
        for restored in done:
            if stdout:
                sys.stdout.flush()
                sys.stdout.buffer.write(restored.text.encode())
                continue
            for cut in restored.cuts:
                _say(f"{restored.path}: {_passage(cut)} back ({cut.rule})")
        _print_problems(problems)
        if problems:
            raise Stopped(())


def _print_added(added: Added, request: Request) -> None:
    for finding in added.converted.findings if request.why else ():
        _say(f"{finding.what}: {finding.value} ({finding.confidence}: {finding.origin})", error=True)
    if request.stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(added.converted.text.encode())  # UTF-8 whatever the locale
        return
    _say(f"{added.source} -> {added.path}: {added.converted.title}")
    for cut in added.converted.cuts:
        _say(f"  cut {_passage(cut)} ({cut.rule})")


def _passage(cut: Cut) -> str:
    if not cut.lines:
        return "a passage"
    return f"lines {cut.lines}" if "-" in cut.lines else f"line {cut.lines}"


@tagwire.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings end with exit code 1 too.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--engine-diff", is_flag=True, help="Tell which articles the two Markdown engines render differently.")
@click.pass_obj
def check(root: Path, paths: tuple[Path, ...], strict: bool, as_json: bool, engine_diff: bool) -> None:
    """Judge feeds: files, folders, or those of the site.

    Knows RSS, Atom, JSON Feed and OPML, ours or a stranger's, and asks nobody on the network.

    \b
    Examples:
      tagwire check
      tagwire check --strict ~/saved/feed.xml
      tagwire check public/ --json
    """
    from tagwire.pipeline import check as checking  # noqa: PLC0415 - as in `build`

    if engine_diff:
        _compare_engines(root, as_json)
        return
    with _Report("the feeds could not be judged"):
        try:
            verdict = checking.check(root, paths, _instant(None))
        except checking.Usage as usage:
            raise click.UsageError(str(usage)) from usage
        _print_verdict(verdict, as_json)
    if any(strict or problem.severity == "error" for problem in verdict.problems):
        sys.exit(1)


def _compare_engines(root: Path, as_json: bool) -> None:
    from tagwire.pipeline import engines  # noqa: PLC0415 - as in `build`

    with _Report("the engines could not be compared"):
        found = engines.compare(root)
        if as_json:
            print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
            return
        for each in found.differences:
            for line in (each.path, f"  markdown:   {each.markdown}", f"  commonmark: {each.commonmark}"):
                _say(line)
        differ = f"{len(found.differences)} would look different" if found.differences else "all would look alike"
        _say(f"{found.articles} rendered: {differ}")


def _print_verdict(verdict: Verdict, as_json: bool) -> None:
    errors = sum(problem.severity == "error" for problem in verdict.problems)
    warnings = len(verdict.problems) - errors
    if as_json:
        problems = [asdict(problem) for problem in sorted(verdict.problems)]
        found = {"feeds": verdict.feeds, "errors": errors, "warnings": warnings, "problems": problems}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    _print_problems(verdict.problems)
    counts = [f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    print(f"{verdict.feeds} feed{'s' if verdict.feeds != 1 else ''}: {', '.join(counts) or 'all well'}")


# ------------------------------------------------------------------ the world outside


def _instant(given: str | None) -> dt.datetime:
    """`--now`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock."""
    if given is not None:
        try:
            at = dt.datetime.fromisoformat(given)
        except ValueError as error:
            raise click.BadParameter(
                f"not a moment: {given} (write 2024-12-01T09:30+01:00)", param_hint="--now"
            ) from error
        return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise click.UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch}") from error
    return dt.datetime.now(tz=dt.UTC)


def _say(text: str, *, error: bool = False) -> None:
    """One line for people: nothing in it steers a terminal, and no locale makes it fail."""
    stream = sys.stderr if error else sys.stdout
    print(_spelt(visible(text), stream), file=stream)


def _spelt(text: str, stream: TextIO) -> str:
    """`text` with escapes for what the stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _coloured() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def _print_problems(problems: Iterable[Problem]) -> None:
    colour = _coloured()
    for problem in sorted(problems):
        print(_spelt(show(problem, colour=colour), sys.stderr), end="\n\n", file=sys.stderr)


class _Report:
    """Turns what stops a command into words and an exit code."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Stopped):
            _print_problems(error.problems)
            errors = sum(problem.severity == "error" for problem in error.problems)
            count = f"{errors} error{'s' if errors != 1 else ''}, " if errors else ""
            _say(f"{count}{self.verdict}", error=True)
            sys.exit(1)
        if isinstance(error, KeyboardInterrupt):
            print("interrupted", file=sys.stderr)
            sys.exit(130)
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(1)
        if isinstance(error, OSError):
            where = str(error.filename or "-")
            _print_problems([Problem(where, 0, 0, "disk", f"the disk refuses: {error.strerror or error}")])
            _say("what was not done is completed by the next build", error=True)
            sys.exit(1)
