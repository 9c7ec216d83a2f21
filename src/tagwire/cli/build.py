"""`tagwire build`: the options, and what was done in a few lines."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire.cli import manner
from tagwire.cli.manner import FOLDER, GIVEN, SEEN
from tagwire.cli.progress import Bar
from tagwire.cli.terminal import Report, closing, instant, print_problems, say, shown, tell
from tagwire.disk import places, settled
from tagwire.model import Clock

if TYPE_CHECKING:
    from tagwire.pipeline import Options, Result


@click.command()
@click.option("--out", metavar="DIR", help="Folder of the result.  [default: site]")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show articles dated in the future too.")
@click.option(
    "--now",
    "now",
    metavar="ISO",
    help="The time that decides what is due.  [default: SOURCE_DATE_EPOCH, else the clock]",
)
@click.option("--jobs", type=manner.Whole(1, 64), metavar="N", help="Processes at most.  [default: one a processor]")
@click.option("--executor", metavar="dask://HOST:PORT", default="", help="Render on a Dask cluster.")
@click.option("--base-url", metavar="URL", default="", help="Stands for the setting `url`.")
@click.option("--search", is_flag=True, help="Make the index of the search too.")
@click.option("--explain", is_flag=True, help="Say for each file written what changed.")
@click.option("--verify", is_flag=True, help="Build again from nothing, elsewhere, and compare every byte.")
@click.option("--profile", is_flag=True, help="Say where the time goes, by stage.")
@manner.quiet
@manner.verbose
@click.pass_context
def build(  # noqa: PLR0913, PLR0917 - one a command-line option
    context: click.Context,
    /,
    out: str | None,
    drafts: bool,
    future: bool,
    now: str | None,
    base_url: str,
    jobs: int | None,
    executor: str,
    search: bool,
    explain: bool,
    verify: bool,
    profile: bool,
) -> None:
    """Convert new sources and bring site/ up to date.

    \b
    Examples:
      tagwire build
      tagwire build --quiet
      tagwire -C mysite build --drafts --out /tmp/preview
    """
    started, bar = time.monotonic(), Bar()
    root: Path = context.obj
    if executor and not re.fullmatch(r"dask://[^/\s]+:\d+", executor):
        raise click.UsageError(f"--executor {executor}: write dask://HOST:PORT")
    from tagwire import pipeline  # noqa: PLC0415 - `tagwire --version` needs none of it
    from tagwire.pipeline import pool  # noqa: PLC0415 - as above

    survey = _survey(root, context.meta.get(SEEN))
    options = pipeline.Options(
        root=root,
        out=_free(root, out),
        clock=Clock(instant(now), drafts, future),
        base_url=base_url,
        workers=pool.Workers(jobs or os.cpu_count() or 1, executor, bar),
        tell=tell,
        explain=explain,
        search=search,
        seen=survey,
    )
    advice = "" if out or drafts or future or base_url else _ADVICE
    with Report(f"nothing written, {pipeline.shown(options)}/ is as it was"):
        with bar:
            result = pipeline.build(options)
        print_problems(result.problems)
        _print_result(result, pipeline.shown(options), explain=explain)
        if profile:
            _print_stages(options, time.monotonic() - started)
        if verify:
            _verify(options, result)
        sys.stderr.write(closing(started, context.meta[FOLDER], advice))
        if survey and not (explain or verify or profile):
            fixed = now is not None or bool(os.environ.get("SOURCE_DATE_EPOCH"))
            last = closing(None, context.meta[FOLDER], advice)
            _settle(context.meta.get(GIVEN), survey, options, result, last, fixed=fixed)


def _free(root: Path, out: str | None) -> Path:
    """The folder of the result, where nothing of the site's own lies."""
    folder = (root / "site" if out is None else Path.cwd() / out).resolve()
    own = (root / "content", root / "theme")
    if root.is_relative_to(folder) or any(folder.is_relative_to(each) for each in own):
        raise click.UsageError(f"--out {out}: the site's own files lie there")
    return folder


_ADVICE = "@ serve to look at it, @ publish to bring it out"


def _survey(root: Path, seen: settled.Survey | None) -> settled.Survey | None:
    """What is there before the build looks at it; None where `settled` can't tell. `seen` may be just that."""
    of = os.fspath(root), os.fspath(places.shipped_theme())
    if seen and seen.of == of:
        return seen
    try:
        return settled.Survey(*of)
    except (OSError, settled.Unsure, OverflowError):
        return None


def _settle(
    given: list[str] | None, survey: settled.Survey, options: Options, result: Result, last: str, *, fixed: bool
) -> None:
    """The same command line needs to do nothing while nothing changes.

    `last`: what a build that has nothing to do says at its end. `fixed`: the clock doesn't come into it.
    """
    left, count = result.left, len(result.tally.written) + result.tally.unchanged
    if left is None or not given:
        return
    from tagwire import pipeline  # noqa: PLC0415 - as above

    window = (
        _NEVER[0] if fixed else _micro(left.passed, _NEVER[0]),
        _NEVER[1] if fixed else _micro(left.coming, _NEVER[1]),
    )
    text = "" if manner.is_on("quiet") else f"{_unchanged(pipeline.shown(options), count)}\n"
    with contextlib.suppress(OSError):  # the next build looks closer, and is no worse for it
        settled.keep(
            given,
            survey,
            theme=os.fspath(places.shipped_theme()),
            out=os.fspath(options.out),
            paths=left.paths,
            marks=left.marks,
            window=window,
            printed=(text, shown(result.lasting) + last),
        )


_NEVER = (-(1 << 62), 1 << 62)


def _micro(at: dt.datetime | None, otherwise: int) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // dt.timedelta(microseconds=1) if at else otherwise


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _unchanged(folder: str, count: int) -> str:
    return f"{folder}/: 0 written, 0 removed, {count} unchanged"


def _verify(options: Options, result: Result) -> None:
    from tagwire.pipeline import verify  # noqa: PLC0415 - few builds are verified

    differences = verify.verify(options, result)
    if differences:
        print_problems(differences)
        say(f"not as a build from nothing makes it: {len(differences)}", error=True)
        sys.exit(1)
    say("verified: a build from nothing makes the same bytes")


def _print_stages(options: Options, whole: float) -> None:
    stages = options.stages.seconds
    rest = {"all else: start, settings, what is printed": whole - sum(stages.values()), "in all": whole}
    for name, seconds in (stages | rest).items():
        say(f"{seconds:8.3f} s  {name}", error=True)


def _print_result(result: Result, folder: str, *, explain: bool) -> None:
    for conversion in result.conversions:
        cut = len(conversion.converted.cuts)
        left = f" ({cut} passage{'s' if cut != 1 else ''} left out)" if cut else ""
        say(f"converted {conversion.source} to {conversion.path}{left}")
    tally = result.tally
    say(f"{folder}/: {len(tally.written)} written, {len(tally.removed)} removed, {tally.unchanged} unchanged")
    for path, reason in result.reasons:
        say(f"  {folder}/{path}: {reason}")
    for path in tally.removed if explain else ():
        say(f"  {folder}/{path}: removed, since nothing makes it any more")
    for word, paths in (("wrote", tally.written), ("removed", tally.removed)):
        for path in paths if manner.is_on("verbose") else ():
            say(f"  {word} {folder}/{path}")
