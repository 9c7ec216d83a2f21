"""`tagwire serve`: the preview, until Ctrl-C."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import click

from tagwire.cli.manner import Whole
from tagwire.cli.terminal import Report, instant, print_problems, say, tell

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--port", type=Whole(1, 65535), metavar="N", help="Port.  [default: 8000, or any free one]")
@click.pass_obj
def serve(root: Path, port: int | None) -> None:
    """Show the site in a browser on this machine, anew at each save.

    Drafts and articles dated in the future are shown, and marked. Errors stand in the page. site/ isn't touched.

    \b
    Examples:
      tagwire serve
      tagwire -C mysite serve --port 4000
    """
    from tagwire import serve as serving  # noqa: PLC0415 - as in `build`
    from tagwire.pipeline import pool  # noqa: PLC0415 - as in `build`

    request = serving.Request(
        root,
        port,
        pool.Workers(os.cpu_count() or 1),
        clock=lambda: instant(None),
        tell=tell,
        problems=print_problems,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager, or the first process of a container
    with Report("there is no preview"):
        try:
            serving.serve(request)
        except KeyboardInterrupt:
            say("the preview has ended", error=True)
