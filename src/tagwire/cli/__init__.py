"""Arguments, printing, exit codes, the clock and the environment. Decides nothing about a site.

One file a command. Exit 0 all well, 1 problems in the site, 2 wrong usage. The result goes to stdout, problems to
stderr.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire import __version__
from tagwire.cli.add import add
from tagwire.cli.build import FOLDER, GIVEN, build
from tagwire.cli.check import check
from tagwire.cli.diff import diff
from tagwire.cli.init import init
from tagwire.cli.ledger import ledger
from tagwire.cli.new import new
from tagwire.cli.publish import publish
from tagwire.cli.serve import serve

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """The program; ends the process."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    tagwire(args=given, prog_name="tagwire", obj=given)


class _Program(click.Group):
    """Ctrl-C ends any command with 130, as shells expect (128 + SIGINT); click alone says 1, "problems in the site"."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(130)


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
    context.meta[GIVEN] = context.obj
    context.meta[FOLDER] = folder
    context.obj = root


for command in (init, new, serve, build, add, check, diff, publish, ledger):
    tagwire.add_command(command)
