"""`tagwire add`: named files become Markdown, inside a site or anywhere."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tagwire import pipeline
from tagwire.article import dates
from tagwire.disk import bundles, places
from tagwire.intake.found import Refused
from tagwire.model import Config
from tagwire.pipeline import convert, exported, fetch, inbox, many, stock
from tagwire.pipeline.exported import Export, Tell
from tagwire.pipeline.keeping import Added, Same, Shelf
from tagwire.pipeline.many import Raw
from tagwire.problems import Problem, Stopped

__all__ = ["Added", "Export", "Request", "Same", "Usage", "add"]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.found import Asked
    from tagwire.pipeline.many import Made

Remote: TypeAlias = Callable[[str], bytes | None]


def _nobody(_what: str, _done: int, _all: int) -> None:
    """Where nobody waits."""


class Usage(Exception):
    """What was asked can't be meant."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    root: Path
    paths: tuple[Path, ...]
    out: str | None = None
    stdout: bool = False
    title: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    keep_all: bool = False
    why: bool = False
    fetch_images: bool = False
    allowed: tuple[str, ...] = ()
    """Hosts inside a private network that may be asked."""
    jobs: int = 1
    """Processes at most."""
    addresses: tuple[str, ...] = ()
    """Pages of the web."""

    @property
    def plain(self) -> bool:
        """Whether nothing was asked that would make another article of the same bytes."""
        return not (self.title or self.date or self.tags or self.keep_all)


def add(request: Request, tell: Tell = _nobody) -> tuple[list[Added | Same | Export], list[Problem]]:
    """Converts each file; an export gives many articles, and any other folder stands for the files in it.

    `tell` is called with what is done, how much of it, and of how much: sources; of an export megabytes while it is
    read, and then articles, of 0: that isn't known.

    Raises:
        Usage: options that don't go together, or a date that is none.
    """
    _check(request)
    config = settings(request.root)
    adding = _Adding(request, config or Config(title=""), into_site=bool(config and not request.out))
    with contextlib.ExitStack() as stack:
        online = stack.enter_context(fetch.Web(request.allowed)) if request.addresses or request.fetch_images else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) if request.addresses else None
        documents = list(adding.sources(tell))
        documents += list(adding.fetched(online, folder)) if online and folder else []
        adding.convert(documents, online if request.fetch_images else None, tell)
        adding.problems += online.problems if online else []
    return adding.done, adding.problems


class _Adding:
    """One run: what was asked, and what came of it so far."""

    def __init__(self, request: Request, config: Config, *, into_site: bool) -> None:
        self._request, self._config, self._into_site = request, config, into_site
        self._zone = zoneinfo.ZoneInfo(config.timezone)
        out = Path.cwd() / (request.out or ".")
        folders = stock.SITE if into_site else ("", "pages")
        self._exports = stock.Shelf(request.root if into_site else out, *folders, why=request.why)
        self.done: list[Added | Same | Export] = []
        self.problems: list[Problem] = []

    def sources(self, tell: Tell) -> Iterator[Raw]:
        """The documents that the paths stand for; exports among them are taken at once."""
        for path in map(_short, self._request.paths):
            if not path.exists():
                hint = "look for a slip of the pen; a page of the web is named with its https://"
                self.problems.append(Problem(str(path), 0, 0, "unreadable", "there is no such file", hint))
            elif problem := inbox.closed(path):
                self.problems.append(problem)
            else:
                yield from self._source(path, path.name, tell)

    def _below(self, folder: Path, tell: Tell) -> Iterator[Raw]:
        """The documents in a folder, by their path in it; exports among them are taken at once."""
        files, problems = inbox.files(folder)
        self.problems += problems
        shows: dict[Path, bool] = {}
        for file in files:
            if file.name.startswith(".") or bundles.belongs(file, folder, shows):
                continue
            yield from self._source(file, file.relative_to(folder).as_posix(), tell)

    def _source(self, path: Path, name: str, tell: Tell) -> Iterator[Raw]:
        """A document, or those in a folder; an export is taken at once, and what is gone by now is told."""
        try:
            kind, asked = exported.kind_of(path), _asked(path, self._request, self._config)
        except OSError as error:
            self.problems.append(inbox.refusing(path, error))
            return
        if kind:
            self._export(path, kind, asked, tell)
        elif path.is_dir():
            yield from self._below(path, tell)
        else:
            yield Raw(path, name, asked)

    def fetched(self, online: fetch.Web, folder: Path) -> Iterator[Raw]:
        """The pages of the web that were named, as files in a folder."""
        for number, address in enumerate(self._request.addresses):
            page = online.page(address)
            if isinstance(page, Problem):
                self.problems.append(page)
                continue
            file = folder / str(number) / page.name
            file.parent.mkdir()
            file.write_bytes(page.data)
            yield Raw(file, page.name, _asked(file, self._request, self._config), address)

    # -------------------------------------------------------------- documents

    def convert(self, documents: list[Raw], online: fetch.Web | None, tell: Tell) -> None:
        """Converts what isn't there yet, and writes it."""
        if not documents:
            return  # and no article has to be read, of which exports may have brought 100,000
        shelf = None if self._request.stdout else self._shelf()
        todo = []
        for raw in documents:
            before = shelf.before(raw, plain=self._request.plain) if shelf else None
            if before is None:
                todo.append(raw)
            elif isinstance(before, Problem):
                self.problems.append(before)
            else:
                self.done.append(before)
        count = len(documents) - len(todo)
        tell("converting", count, len(documents))
        remote = online.picture if online else None
        many_made = (
            (many.convert(raw, remote=remote) for raw in todo)
            if remote
            else many.convert_all(todo, len(todo), self._request.jobs)
        )
        for made in many_made:
            self._keep(made, shelf, remote)
            count += 1
            tell("converting", count, len(documents))
        if shelf:
            shelf.files.settle()

    def _shelf(self) -> Shelf:
        if self._into_site:
            return Shelf(self._request.root, convert.ARTICLES, convert.SOURCES)
        out = Path.cwd() / (self._request.out or ".")
        return Shelf(out.parent if out.suffix == ".md" else out, "", "")

    def _keep(self, made: Made, shelf: Shelf | None, remote: Remote | None) -> None:
        result, raw = made.result, made.raw
        if isinstance(result, Refused):
            own = (f"content/sources/{raw.name}", f"sources/{raw.name}")
            self.problems += [replace(p, path=str(raw)) if p.path in own else p for p in result.problems]
            return
        if shelf is None:
            self.done.append(Added(str(raw), "", result))
            told = (replace(p, path=str(raw), line=0, column=0, excerpt="") for p in result.problems)
            self.problems += told
            return
        out = self._request.out or ""
        file = Path(out).name if out.endswith(".md") and not self._into_site else ""
        added = shelf.keep(made, file=file, copied=self._into_site or bool(out), remote=remote)
        if isinstance(added, Problem):
            self.problems.append(added)
            return
        if isinstance(added, Same):
            self.done.append(added)
            return
        where = added.path if self._into_site else str(shelf.root / added.path)
        problems = tuple(replace(p, path=where) for p in added.converted.problems)
        converted = replace(added.converted, problems=problems).told(why=self._request.why)
        self.done.append(replace(added, path=where, converted=converted))
        self.problems += problems

    # -------------------------------------------------------------- exports

    def _export(self, path: Path, kind: str, asked: Asked, tell: Tell) -> None:
        shelf = None if self._request.stdout else self._exports
        export, found = exported.take(path, kind, asked, shelf, tell)
        self.done += [export] if export else []
        self.problems += found


def _short(path: Path) -> Path:
    """A path without `..`, where it leads to the same file: behind a linked folder it may not."""
    short = Path(os.path.normpath(path))
    with contextlib.suppress(OSError):
        return short if short.samefile(path) else path
    return path


def _check(request: Request) -> None:
    if request.out and request.stdout:
        raise Usage("--out and --stdout exclude each other")
    many_named = len(request.paths) + len(request.addresses) > 1
    several = many_named or any(path.is_dir() for path in request.paths)
    if several and (request.title or (request.out or "").endswith(".md")):
        raise Usage("--title and --out FILE.md are for one source")
    if request.date and not dates.parse(request.date, "UTC"):
        raise Usage(f"--date {request.date} is not a date: write 2024-12-01 or 2024-12-01T09:30:00+01:00")


def settings(root: Path) -> Config | None:
    """Those of the site at `root`; None where there is none."""
    try:
        return pipeline.load_config(root)[0]
    except Stopped as stopped:
        if any(problem.code != "no-site" for problem in stopped.problems):
            raise
        return None


def _asked(path: Path, request: Request, config: Config) -> Asked:
    return convert.asking(
        config,
        places.modified(path).astimezone(zoneinfo.ZoneInfo(config.timezone)),
        title=request.title,
        date=dates.parse(request.date, config.timezone),
        tags=request.tags,
        keep_all=request.keep_all,
    )
