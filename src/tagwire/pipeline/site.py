"""`tagwire check` for a whole site: its pages, its links, its tags and schedule, and ids that are not written down."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import article, web
from tagwire.article import mend
from tagwire.disk import loose, work
from tagwire.lint import articles as tags
from tagwire.lint import page as pages
from tagwire.model import Clock, Head
from tagwire.pipeline import changes
from tagwire.problems import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagwire.lint.page import PageSketch
    from tagwire.pipeline.changes import Prospect

_HTML = frozenset({".html", ".htm"})


def folder(where: Path, shown: str, base: str) -> tuple[tuple[PageSketch, ...], tuple[Problem, ...]]:
    """The pages below a folder, and what is wrong with them and between them. `shown` stands before each path."""
    files = [file.relative_to(where).as_posix() for file in loose.below(where)]
    found: list[PageSketch] = []
    problems: list[Problem] = []
    for path in (path for path in files if os.path.splitext(path)[1].lower() in _HTML):  # noqa: PTH122 - a string
        sketch, wrong = pages.sketch((where / path).read_bytes(), path, secure=not base.startswith("http:"))
        found.append(sketch)
        problems += wrong
    problems += pages.links(found, files, base)
    return tuple(found), tuple(replace(problem, path=f"{shown}{problem.path}") for problem in problems)


def own(root: Path, now: dt.datetime, tell: Callable[[str], None]) -> tuple[Prospect, tuple[Problem, ...]]:
    """What is to say about the site at `root` beyond its files: what subscribers will see, tags, the schedule."""
    found = changes.prospect(root, Clock(now), tell=tell)
    heads = [each.meta for each in found.plan.basis.articles if isinstance(each.meta, Head)]
    problems = [*found.problems, *tags.tags(heads, found.config), *_overdue(root, found)]
    return found, tuple(problems)


def _overdue(root: Path, found: Prospect) -> Iterator[Problem]:
    for item in found.plan.items:
        if item.origin.startswith(article.ARTICLES) and not (root / "site" / item.path).exists():
            message = "this article is due, and site/ doesn't have it yet"
            hint = "build and publish; a daily build in CI does it by itself"
            yield Problem(item.origin, 0, 0, "schedule-overdue", message, hint, severity="warning")


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


def external(found: tuple[PageSketch, ...], shown: str, base: str) -> Iterator[Problem]:
    """Links to other sites that nobody can follow: each asked once, politely."""
    outside = pages.outside(found, base)
    with web.Client(web.Limits(size=200_000, seconds=20, tries=2, pause=1.0)) as client:
        for url, (path, line) in sorted(outside.items()):
            try:
                answer = client.get(url, method="HEAD")
                if answer.status in {403, 404, 405, 501}:  # some servers know no HEAD
                    answer = client.get(url)
            except web.Refused as refused:
                if refused.code != "web-large":
                    yield _of_link(f"{shown}{path}", line, refused.code, f"{url}: {refused.message}", refused.hint)
                continue
            if answer.status in {404, 410}:
                message = f"{url}: the server says {answer.status}"
                hint = "link to where it is now, or to a copy of it in an archive"
                yield _of_link(f"{shown}{path}", line, "web-status", message, hint)


def _of_link(path: str, line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(path, line, 0, code, message, hint, severity="warning")
