"""`tagwire ledger`: for owners who publish in their own way, and for sites that come from another tool."""

from __future__ import annotations

from pathlib import Path

import click

from tagwire.cli.terminal import Report, instant, print_problems, say, tell
from tagwire.model import Clock


@click.group()
def ledger() -> None:
    """Write down what was published.

    `tagwire publish` does that by itself. If you publish in another way, such as by a push to git, say so here.

    \b
    Examples:
      tagwire ledger accept
      tagwire ledger import https://news.example/
    """


@ledger.command()
@click.option("--now", "now", metavar="ISO", help="The time of the publication.")
@click.pass_obj
def accept(root: Path, now: str | None) -> None:
    """What the site holds now is published: subscribers have it.

    Run it when your host serves what you have built, and commit content/ledger.json.

    \b
    Examples:
      tagwire build && git push && tagwire ledger accept
    """
    from tagwire.pipeline import changes  # noqa: PLC0415 - as in `build`

    with Report("content/ledger.json is as it was"):
        clock = Clock(instant(now))
        found = changes.prospect(root, clock, tell=tell)
        after = changes.accept(root, clock, found, tell)
        print_problems(found.problems)
        say(f"content/ledger.json: {len(after.articles)} articles, {len(after.outlets)} feeds")


@ledger.command(name="import")
@click.argument("source", metavar="DIR|URL")
@click.option("--now", "now", metavar="ISO", help="The time of the import.")
@click.pass_obj
def import_(root: Path, source: str, now: str | None) -> None:
    """Take over what another program published: the feeds of a folder or of a live site.

    Articles here that are known there, by id, address, or title and date, keep the ids that their readers know.

    \b
    Examples:
      tagwire ledger import https://news.example/
      tagwire ledger import ../old-site/public
    """
    from tagwire.pipeline import elsewhere  # noqa: PLC0415 - as in `build`

    with Report("content/ledger.json is as it was"):
        after, problems = elsewhere.take_over(root, source, Path.cwd(), instant(now), tell)
        print_problems(problems)
        say(f"content/ledger.json: {len(after.articles)} articles, {len(after.outlets)} feeds")
