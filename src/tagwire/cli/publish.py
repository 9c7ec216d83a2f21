"""`tagwire publish`: what was sent, or would be, in a few lines."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

from tagwire.cli import manner
from tagwire.cli.manner import FOLDER
from tagwire.cli.progress import Bar
from tagwire.cli.terminal import Report, closing, instant, print_problems, say, tell
from tagwire.problems import closest

if TYPE_CHECKING:
    from tagwire.publish import Published


@click.command()
@click.option("--to", default="", metavar="TARGET", help="Stands for the setting `to` of `publish`.")
@click.option("--accept", multiple=True, metavar="CODE", help="Publish although this problem is there.")
@click.option("--dry-run", is_flag=True, help="Build, check and tell what would be done; send nothing.")
@click.option("--rollback", is_flag=True, help="Bring back what was there before the last publish.")
@manner.quiet
@click.pass_context
def publish(context: click.Context, /, to: str, accept: tuple[str, ...], dry_run: bool, rollback: bool) -> None:
    """Build, check, and bring the site to its readers.

    A target is a folder, git:BRANCH, or rclone:REMOTE:PATH. Only what changed is sent: pages first, then feeds, then
    deletions. Interrupted, the next publish goes on from there.

    \b
    Examples:
      tagwire publish --dry-run
      tagwire publish
      tagwire publish --to /var/www/news
    """
    from tagwire import publish as publishing  # noqa: PLC0415 - as in `build`
    from tagwire.pipeline import pool  # noqa: PLC0415 - as in `build`

    started, root = time.monotonic(), context.obj
    with Report("not published"):
        _look_at(accept, publishing.ACCEPTED)
        if rollback:
            say(f"{publishing.rollback(root, to)}: as it was before the last publish")
            say("content/ledger.json still holds what that publish brought, for subscribers may have fetched it:")
            say("mend your articles and publish again. Nobody sees an article twice.")
            return
        with Bar() as bar:
            workers = pool.Workers(os.cpu_count() or 1, told=bar)
            request = publishing.Request(root, instant(None), to, accept, dry_run, workers, tell)
            done = publishing.publish(request)
        print_problems(done.problems)
        _print(done, dry=dry_run)
        advice = "the same without --dry-run sends it" if dry_run else f"look at {done.url}"
        sys.stderr.write(closing(started, context.meta[FOLDER], advice))
    sys.stdout.flush()


def _look_at(codes: tuple[str, ...], known: tuple[str, ...]) -> None:
    """A slip in a code would leave the owner with the refusal that he has just answered."""
    for code in codes:
        if code not in known:
            hint = closest(code, known) or f"there are {', '.join(sorted(known))}"
            raise click.BadParameter(f"no such problem: {code} ({hint})", param_hint="--accept")


def _print(done: Published, *, dry: bool) -> None:
    changes = done.changes
    for line in done.seen:
        say(line)
    if dry:
        for word, paths in (("new", changes.new), ("changed", changes.changed), ("feed", changes.feeds)):
            for path in paths:
                say(f"{word}: {path}")
        for path in changes.gone:
            say(f"gone: {path}")
        for url in done.pings:
            say(f"ping: {url}")
    pages = len(changes.new) + len(changes.changed)
    counts = f"{pages} pages and files, {len(changes.feeds)} feeds, {len(changes.gone)} removed"
    would = "would send " if dry else ""
    say(f"{done.target}: {would}{counts}, {changes.unchanged} unchanged")
