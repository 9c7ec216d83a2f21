"""`tagwire init`: a finished-looking site, no question asked."""

from __future__ import annotations

from pathlib import Path

import click

from tagwire.cli.terminal import Report, instant, print_problems, say, tell


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the site is called.  [default: made of the folder's name]")
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Also write a pipeline that checks and publishes.")
@click.option(
    "--from",
    "old",
    type=(click.Choice(["hugo", "jekyll", "pelican", "eleventy", "wordpress"]), click.Path(path_type=Path)),
    metavar="PROGRAM PATH",
    help="Carry over the site of another program.",
)
@click.option("--feed", default="", metavar="DIR|URL", help="With --from: its feeds, whose entries keep their ids.")
@click.pass_obj
def init(root: Path, folder: Path, title: str, ci: str | None, old: tuple[str, Path] | None, feed: str) -> None:
    """Make a new site with one tagged article, ready to build.

    In a site that is there already, --ci adds the pipeline and nothing else.

    \b
    Examples:
      tagwire init mysite
      tagwire init mysite --title "The Quiet Harbour" --ci github
      tagwire -C mysite init . --ci gitlab
      tagwire init mysite --from hugo ~/old-site
      tagwire init mysite --from jekyll ~/old-site --feed https://news.example/
    """
    from tagwire.pipeline import start  # noqa: PLC0415 - as in `build`

    if old and ci:
        raise click.UsageError("--from and --ci one after the other: first --from, then --ci in the new site")
    if feed and not old:
        raise click.UsageError("--feed goes with --from; for a site that is there: tagwire ledger import")
    if old:
        _carry_over(root / folder, folder, title, old, feed)
        return
    with Report("nothing written"):
        for name in start.init(root / folder, title, ci or "", instant(None)):
            say(f"wrote {folder / name}")
        say(f"next: tagwire -C {folder} serve")


def _carry_over(root: Path, shown: Path, title: str, old_one: tuple[str, Path], feed: str) -> None:
    """A site of another program, and what its readers have."""
    from tagwire.cli.add import show  # noqa: PLC0415 - as in `build`
    from tagwire.pipeline import elsewhere, knownids, moving, standing, start  # noqa: PLC0415

    with Report("not all was carried over"):
        old = moving.look(Path.cwd() / old_one[1], old_one[0])
        known = (
            elsewhere.gathered(feed, Path.cwd(), tell) if feed else moving.feeds(old, tell)
        )  # before anything is written
        for name in start.init_from(root, old, title):
            say(f"wrote {shown / name}")
        moved = moving.bring(old, root)
        show(list(moved.done), list(moved.problems))
        for page in moved.pages:
            say(f"wrote {shown / page}, a page, for it has no date")
        if listed := standing.menu(root):
            say(f"the menu leads to {_counted(listed, 'page', 'pages')}: `menu` in tagwire.toml")
        say(f"{_counted(moved.addresses, 'old address leads on', 'old addresses lead on')}")
        say(f"{_counted(moved.static, 'other file', 'other files')} copied to content/static/")
        for left in moved.left:
            say(f"not carried over: {left}")
        if known:
            after, problems = elsewhere.keep(root, known, instant(None), tell)
            print_problems(problems)
            kept = knownids.keep(root, instant(None), tell)
            say(f"{_counted(kept.known, 'article has the id', 'articles have the ids')} that readers know")
            articles = _counted(len(after.articles), "article", "articles")
            say(f"content/ledger.json: {articles}, {_counted(len(after.outlets), 'feed', 'feeds')} that readers have")
            if longest := knownids.as_long(root, known, kept.articles):
                say(f"feeds hold the newest {longest} articles, as before: `per_feed` in tagwire.toml")
        advice = "" if known else "; tagwire ledger import keeps subscribers’ ids"
        say(f"next: read tagwire.toml, then tagwire -C {shown} {'diff' if known else 'build'}{advice}")


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
