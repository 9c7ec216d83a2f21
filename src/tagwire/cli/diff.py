"""`tagwire diff`: what subscribers will see, in words or as JSON."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagwire import ledger
from tagwire.cli.progress import Bar
from tagwire.cli.terminal import Report, instant, print_problems, say, tell
from tagwire.model import Clock

if TYPE_CHECKING:
    from tagwire.pipeline.changes import Prospect


@click.command()
@click.option("--against", metavar="DIR|URL", default="", help="Compare with the feeds of a folder or a live site.")
@click.option("--now", "now", metavar="ISO", help="The time that decides what is due.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@click.pass_obj
def diff(root: Path, against: str, now: str | None, as_json: bool) -> None:
    """Tell what subscribers will see if the site is published now.

    Compares the site with content/ledger.json, which holds what was published. Writes nothing. Ends with 0 whatever
    it finds, unless the site has errors.

    \b
    Examples:
      tagwire diff
      tagwire diff --against https://news.example/
      tagwire diff --json
    """
    from tagwire.pipeline import changes, pool  # noqa: PLC0415 - as in `build`

    with Report("nothing was compared"):
        before = None
        if against:
            from tagwire.pipeline import elsewhere  # noqa: PLC0415 - as above

            before = elsewhere.instead(against, Path.cwd(), instant(now), tell)
        with Bar() as bar:
            workers = pool.Workers(os.cpu_count() or 1, told=bar)
            found = changes.prospect(root, Clock(instant(now)), workers=workers, tell=tell, before=before)
        if as_json:
            print(json.dumps(_spelt(found), ensure_ascii=False, indent=1))
            return
        print_problems(found.problems)
        for line in (*changes.tell(found.changes), *(() if against else _refused(found))):
            say(line)


def _refused(found: Prospect) -> tuple[str, ...]:
    """What a publish would say to it."""
    codes = sorted({problem.code for problem in found.problems if problem.code in ledger.CODES})
    if not codes:
        return ()
    options = " ".join(f"--accept {code}" for code in codes)
    return ("", f"`tagwire publish` refuses this. Mend what the warnings name, or, if you mean it, add {options}")


def _spelt(found: Prospect) -> dict[str, object]:
    """The contract of `--json`; see the handbook."""
    changes = found.changes
    return {
        "first": changes.first,
        "site": {"before": changes.site[0], "after": changes.site[1]},
        "articles": [
            {
                "what": change.kind,
                "id": change.article.id,
                "title": change.article.title,
                "published": change.article.published,
                "address": change.article.address,
                "feeds": list(change.feeds),
                "file": change.path,
                "before": {"id": change.before.id, "address": change.before.address} if change.before else None,
            }
            for change in changes.articles
        ],
        "feeds": {
            "new": list(changes.new_feeds),
            "moved": [{"from": old, "to": new} for old, new in changes.moved_feeds],
            "gone": list(changes.gone_feeds),
        },
        "problems": [asdict(problem) for problem in found.problems],
    }
