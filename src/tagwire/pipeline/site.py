"""`tagwire check` for a whole site: its pages, its links, its tags and schedule, and ids that are not written down."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import article
from tagwire.article import mend
from tagwire.disk import loose, work
from tagwire.lint import articles as tags
from tagwire.lint import page as pages
from tagwire.model import Clock, Head
from tagwire.pipeline import changes
from tagwire.problems import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tagwire.lint.page import PageSketch
    from tagwire.pipeline.changes import Prospect
    from tagwire.pipeline.pool import Workers

_HTML = frozenset({".html", ".htm"})


def folder(where: Path, base: str, workers: Workers) -> tuple[tuple[PageSketch, ...], tuple[Problem, ...]]:
    """The pages below a folder, and what is wrong with them and between them; paths are relative to it."""
    files = [file.relative_to(where).as_posix() for file in loose.below(where)]
    found: list[PageSketch] = []
    problems: list[Problem] = []
    named = [path for path in files if os.path.splitext(path)[1].lower() in _HTML]  # noqa: PTH122 - a string
    for number, path in enumerate(named):
        workers.told("judging pages", number, len(named))
        sketch, wrong = pages.sketch((where / path).read_bytes(), path, secure=not base.startswith("http:"))
        found.append(sketch)
        problems += wrong
    problems += pages.links(found, files, base)
    return tuple(found), tuple(problems)


def at_their_source(problems: Iterable[Problem], shown: str, found: Prospect) -> tuple[Problem, ...]:
    """The same, each at the content file that its page is made of, where there is one: that is what an owner edits.

    `shown` is the name of the folder that the pages stand in.
    """
    origins = {item.path: item.origin for item in found.plan.items if item.kind == "page" and item.origin}
    return tuple(_at_source(problem, shown, origins.get(problem.path, "")) for problem in problems)


def _at_source(problem: Problem, shown: str, origin: str) -> Problem:
    page = f"{shown}{problem.path}"
    if not origin:
        return replace(problem, path=page)
    place = f"{page}:{problem.line}" if problem.line else page
    return replace(problem, path=origin, line=0, column=0, excerpt="", message=f"{problem.message} ({place})")


def own(
    root: Path, now: dt.datetime, tell: Callable[[str], None], workers: Workers, base_url: str = ""
) -> tuple[Prospect, tuple[Problem, ...]]:
    """What is to say about the site at `root` beyond its files: what subscribers will see, tags, the schedule.

    `base_url` stands for the setting `url`, as it does in a build.
    """
    found = changes.prospect(root, Clock(now), base_url=base_url, workers=workers, tell=tell)
    heads = [each.meta for each in found.plan.basis.articles if isinstance(each.meta, Head)]
    problems = [*found.problems, *tags.tags(heads, found.config), *_overdue(root, found), *_unfed(heads, found)]
    return found, tuple(problems)


def _overdue(root: Path, found: Prospect) -> Iterator[Problem]:
    for item in found.plan.items:
        if item.origin.startswith(article.ARTICLES) and not (root / "site" / item.path).exists():
            message = "this article is due, and site/ doesn't have it yet"
            hint = "build and publish; a daily build in CI does it by itself"
            yield Problem(item.origin, 0, 0, "schedule-overdue", message, hint, severity="warning")


def _unfed(heads: Iterable[Head], found: Prospect) -> Iterator[Problem]:
    """New articles that no subscriber will ever see. With archive documents, every article is in one some day."""
    if found.config.history or not found.before.articles:
        return
    known = {record.id for record in found.before.articles}
    paths, wanted = dict(found.offer.paths), {head.path for head in heads if head.feed}
    for record in found.offer.articles:
        path = paths[record.id]
        if record.id not in known and not record.shown and path in wanted:
            message = f"no feed has this article: {record.published[:10]} is older than all that they hold"
            hint = "date it when it is published, or set `feed: false` if nobody needs to hear of it"
            yield Problem(path, 0, 0, "article-in-no-feed", message, hint, severity="warning")


def write_ids(root: Path, found: Prospect, tell: Callable[[str], None]) -> tuple[str, ...]:
    """Writes each article's id into its front matter where there is none; gives the files.

    A file that would mean anything else afterwards is left alone.

    Raises:
        OSError: the disk refuses; the files before are done.
    """
    ids = {path: name for name, path in found.offer.paths}
    written = []
    with work.held(root, tell):
        for path, name in sorted(ids.items()):
            file = (root / path).resolve()
            data = file.read_bytes()
            before, _ = article.read(path, data, found.config)
            if before is None or not isinstance(before.meta, Head) or before.meta.id:
                continue
            if not found.config.url and name not in {record.id for record in found.before.articles}:
                continue  # made of site.invalid
            after = mend.with_id(data, name)
            again, _ = article.read(path, after, found.config)
            if again and isinstance(again.meta, Head) and _same(before.meta, again.meta, name):
                mode = file.stat().st_mode
                work.replace(file, after)
                file.chmod(mode)
                written.append(path)
    return tuple(written)


def _same(before: Head, after: Head, name: str) -> bool:
    return replace(after, id="", places=()) == replace(before, places=()) and after.id == name
