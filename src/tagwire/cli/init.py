"""`tagwire init`: a finished-looking site, no question asked."""

from __future__ import annotations

from pathlib import Path

import click

from tagwire.cli.terminal import Report, instant, say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the site is called.  [default: made of the folder's name]")
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Also write a pipeline that checks and publishes.")
@click.pass_obj
def init(root: Path, folder: Path, title: str, ci: str | None) -> None:
    """Make a new site with one tagged article, ready to build.

    In a site that is there already, --ci adds the pipeline and nothing else.

    \b
    Examples:
      tagwire init mysite
      tagwire init mysite --title "The Quiet Harbour" --ci github
      tagwire -C mysite init . --ci gitlab
    """
    from tagwire.pipeline import start  # noqa: PLC0415 - as in `build`

    with Report("nothing written"):
        for name in start.init(root / folder, title, ci or "", instant(None)):
            say(f"wrote {folder / name}")
        say(f"next: tagwire -C {folder} serve")
