"""`tagwire new`: an article with everything but the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tagwire.cli.terminal import Report, instant, say

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("title")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be given several times.")
@click.option("--draft", is_flag=True, help="Keep it from readers until you delete `draft: true`.")
@click.pass_obj
def new(root: Path, title: str, tags: tuple[str, ...], draft: bool) -> None:
    """Begin an article: its id, its date, its place.

    \b
    Examples:
      tagwire new "Ferry to run on Sundays"
      tagwire new "Ferry to run on Sundays" --tag Harbour --draft
    """
    from tagwire.pipeline import start  # noqa: PLC0415 - as in `build`

    with Report("nothing written"):
        say(start.new(root, title, tags, draft=draft, now=instant(None)))
