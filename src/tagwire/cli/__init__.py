"""Arguments, printing, exit codes, the clock and the environment. Decides nothing about a site.

One file a command. Exit 0 all well, 1 problems in the site, 2 wrong usage. The result goes to stdout, problems to
stderr.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import re
import shlex
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire import __version__
from tagwire.cli.manner import FOLDER, GIVEN, SEEN
from tagwire.cli.terminal import interrupted
from tagwire.problems import closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.disk.settled import Survey

_COMMANDS = ("init", "new", "serve", "build", "add", "check", "diff", "publish", "ledger")
"""One file each, loaded when it is asked for."""


def main(arguments: Sequence[str] | None = None, seen: Survey | None = None) -> None:
    """The program; ends the process. `seen` is what somebody has just looked at on the disk."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # All is done by then: Ctrl-C while Python takes itself apart would make a death of it.
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    # Else Python looks through all that lives, once more, for what the end of the process gives back at once: 0.1 s.
    atexit.register(gc.freeze)
    tagwire(args=given, prog_name="tagwire", obj=(given, seen))


class _Program(click.Group):
    """Ctrl-C ends any command with 130, as shells expect (128 + SIGINT); click alone says 1, "problems in the site"."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"tagwire.cli.{cmd_name}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.possibilities:
                raise
            command = next((each for each in given if each in _COMMANDS), "COMMAND")
            where = f"what a command takes stands behind it: tagwire {command} {error.option_name}"
            raise click.UsageError(f"{error.message.rstrip('.')}; {where}", ctx) from error

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            interrupted()
        except click.UsageError as error:
            if meant := _meant(error):
                raise click.UsageError(meant, error.ctx) from error
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if Path(args[0]).is_dir():
                typed = shlex.join(args if len(args) > 1 else [*args, "build"])
                raise click.UsageError(f"{args[0]} is a folder, and no command: tagwire -C {typed}", ctx) from error
            if near := closest(args[0], _COMMANDS):  # click looks among loaded ones
                raise click.UsageError(f"{error.message.rstrip('.')}: {near}", ctx) from error
            raise


def _meant(error: click.UsageError) -> str:
    """What to type, where a word too many shows what was meant; else empty."""
    name = error.ctx.info_name if error.ctx else ""
    if isinstance(error, click.NoSuchOption) and error.option_name == "-C":
        return f"-C stands before the command: tagwire -C DIR {name}"
    found = re.fullmatch(r"Got unexpected extra argument \((.+)\)", error.message)
    if found and name == "new":
        return f"{error.message}. A title of several words stands in quotes"
    if found and Path(found[1]).is_dir():
        return f"{error.message}. A site in another folder: tagwire -C {shlex.quote(found[1])} {name}"
    return ""


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", default=".", metavar="DIR", type=click.Path(), help="Run as if started in DIR.")
@click.version_option(__version__, message="tagwire %(version)s")
@click.pass_context
def tagwire(context: click.Context, folder: str) -> None:
    """Raw articles in, a static site and tagged RSS/Atom feeds out.

    \b
    Examples:
      tagwire init mysite
      tagwire -C mysite serve
      tagwire add --help
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise click.UsageError(f"-C: there is no folder {folder}")
    context.meta[GIVEN], context.meta[SEEN] = context.obj or (None, None)
    context.meta[FOLDER] = folder
    context.obj = root
