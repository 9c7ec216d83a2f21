"""`tagwire check`: feed files and folders of them are judged, inside a site or anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tagwire import lint
from tagwire.disk import loose
from tagwire.pipeline import external, pool, site
from tagwire.problems import Problem, has_errors

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tagwire.model import Config

_NO_URL = "https://site.invalid/"


class Usage(Exception):
    """What was asked can't be meant."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found."""

    feeds: int
    problems: tuple[Problem, ...]
    pages: int = 0
    mended: tuple[str, ...] = ()
    """Files into which an id was written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a check of the own site."""

    now: dt.datetime
    external: bool = False
    fix: bool = False
    base_url: str = ""
    """Stands for the setting `url`: what `build --base-url` was given."""
    workers: pool.Workers = field(default_factory=pool.Workers)


def check(root: Path, paths: tuple[Path, ...], asked: Asked, tell: Callable[[str], None]) -> Verdict:
    """Judges each file, and each folder's feeds side by side; without paths, the site's own.

    Raises:
        Usage: there is nothing to judge.
        Stopped: without paths, and the settings have errors or there are none.
        OSError: the disk refuses.
    """
    verdict = _paths(paths, asked) if paths else _own(root, asked, tell)
    if verdict.feeds == 0 and not verdict.pages and not has_errors(verdict.problems):
        raise Usage("no feed was found")
    return verdict


def _own(root: Path, asked: Asked, tell: Callable[[str], None]) -> Verdict:
    prospect, problems = site.own(root, asked.now, tell, asked.workers, asked.base_url)
    if not (root / "site").is_dir():  # before anything is written
        raise Usage("there is no site/ yet: run `tagwire build`, or name files or folders")
    mended = site.write_ids(root, prospect, tell) if asked.fix else ()
    config = prospect.config
    found = _folder(root / "site", "site/", asked, config.url)
    pages, wrong = site.folder(root / "site", config.base, asked.workers)
    if asked.external:
        wrong = (*wrong, *external.external(root, pages, config.base, asked.now))
    wrong = site.at_their_source(wrong, "site/", prospect)
    others = _beyond(found.problems, {problem.code for problem in problems}, config)
    others = tuple(_kept(problem) for problem in others)
    return Verdict(found.feeds, (*problems, *others, *wrong), len(pages), mended)


def _beyond(found: tuple[Problem, ...], said: set[str], config: Config) -> tuple[Problem, ...]:
    """Without what follows in the feeds from a setting that is missing, and was named: once says it all."""
    echoes = set()
    if not config.url or config.url.startswith(_NO_URL):
        echoes.add("url-placeholder")
    if "podcast-incomplete" in said:
        echoes |= {"podcast-channel", "podcast-owner"}
    return tuple(problem for problem in found if problem.code not in echoes)


def _kept(problem: Problem) -> Problem:
    """An id from another program (`4711`) breaks the rule and is what readers know: it must not stop a publish."""
    if problem.code != "atom-id-invalid":
        return problem
    hint = "if it was published, leave it: readers know the article by it. Else delete `id`, or write urn:uuid:…"
    return replace(problem, severity="warning", hint=hint)


def _paths(paths: tuple[Path, ...], asked: Asked) -> Verdict:
    folders = [path for path in paths if path.is_dir()]
    verdicts = [_folder(path, _shown(path), asked, "") for path in folders]
    single = [(path, str(path)) for path in paths if not path.is_dir()]
    verdicts.append(_judge(single, asked, None, keep_all=True))
    return Verdict(
        sum(verdict.feeds for verdict in verdicts),
        tuple(problem for verdict in verdicts for problem in verdict.problems),
    )


def _shown(folder: Path) -> str:
    return "" if str(folder) == "." else f"{folder.as_posix().rstrip('/')}/"


def _folder(folder: Path, shown: str, asked: Asked, base: str) -> Verdict:
    files = [(path, path.relative_to(folder).as_posix()) for path in loose.below(folder, lint.SUFFIXES)]
    found = _judge(files, asked, base, keep_all=False)
    return replace(found, problems=tuple(replace(each, path=f"{shown}{each.path}") for each in found.problems))


def _judge(files: Sequence[tuple[Path, str]], asked: Asked, base: str | None, *, keep_all: bool) -> Verdict:
    """`keep_all`: whoever names a file wants to hear that it's no feed; a folder has other files too."""
    feeds, problems, sketches = 0, [], []
    for number, (path, name) in enumerate(files):
        asked.workers.told("judging feeds", number, len(files))
        try:
            found, sketch = lint.read(path.read_bytes(), name, now=asked.now)
        except OSError as error:
            problems.append(Problem(name, 0, 0, "unreadable", f"the file can't be read: {error.strerror}"))
            continue
        if keep_all or not lint.is_no_feed(found):
            feeds += 1
            problems += found
        if sketch:
            sketches.append(sketch)
    return Verdict(feeds, (*problems, *lint.compare(sketches, base)))
