"""The world outside of a command: the clock, the streams, colour, and how a command ends when it can't go on."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
import time
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from tagwire.cli import manner
from tagwire.problems import Problem, Stopped, show, visible

if TYPE_CHECKING:
    from collections.abc import Iterable


def instant(given: str | None) -> dt.datetime:
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


def say(text: str, *, error: bool = False) -> None:
    """One line for people: nothing in it steers a terminal, and no locale makes it fail.

    With `--quiet` standard output stays empty.
    """
    if manner.is_on("quiet") and not error:
        return
    stream = sys.stderr if error else sys.stdout
    print(_spelt(visible(text), stream), file=stream)


def tell(text: str) -> None:
    """One line about what is under way, beside what the command prints."""
    say(text, error=True)


def _spelt(text: str, stream: TextIO) -> str:
    """`text` with escapes for what the stream's encoding lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def closing(started: float | None, folder: str, advice: str) -> str:
    """The last line of a command that went well: how long it took, and what may come next.

    It is for people, so only a terminal gets it: logs, and what tests compare, never hold a time. `started` is of
    `time.monotonic`, None where there was nothing to do. In `advice`, `@` stands for the program as it was called, with
    the `-C` that leads to `folder`.
    """
    if manner.is_on("quiet") or not sys.stderr.isatty():
        return ""
    took = "nothing to do" if started is None else f"done in {time.monotonic() - started:.1f} s"
    program = "tagwire" if folder == "." else f"tagwire -C {shlex.quote(folder)}"
    told = f". Next: {advice.replace('@', program)}" if advice else ""
    return f"{_spelt(visible(took + told), sys.stderr)}\n"


def _coloured() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def print_problems(problems: Iterable[Problem]) -> None:
    """To standard error, sorted by place, an empty line behind each."""
    print(shown(problems), end="", file=sys.stderr)


def shown(problems: Iterable[Problem]) -> str:
    """As `print_problems` prints them."""
    colour = _coloured()
    return "".join(f"{_spelt(show(problem, colour=colour), sys.stderr)}\n\n" for problem in sorted(problems))


def interrupted() -> NoReturn:
    """Ends the process with 130, as shells expect (128 + SIGINT)."""
    print("interrupted", file=sys.stderr)
    # Where Ctrl-C hit code that is run from a string, as namedtuples and dataclasses are made, Python remembers it as
    # caught by nobody and kills itself after the end. The next such code makes it forget: `run_eval_code_obj`,
    # https://github.com/python/cpython/blob/3.11/Python/pythonrun.c
    exec("")  # noqa: S102
    sys.exit(130)


class Report:
    """Turns what stops a command into words and an exit code."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Stopped):
            print_problems(error.problems)
            errors = sum(problem.severity == "error" for problem in error.problems)
            count = f"{errors} error{'s' if errors != 1 else ''}, " if errors else ""
            say(f"{count}{self.verdict}", error=True)
            sys.exit(1)
        if isinstance(error, KeyboardInterrupt):
            interrupted()
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(1)
        if isinstance(error, OSError):
            where = str(error.filename2 or error.filename or "-")  # of a copy, the place where it was to lie
            print_problems([Problem(where, 0, 0, "disk", f"the disk refuses: {error.strerror or error}")])
            say("what was not done is completed by the next run", error=True)
            sys.exit(1)
