"""`tagwire add`: named files become Markdown, inside a site or anywhere."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire import article, intake, pipeline
from tagwire.article import dates
from tagwire.disk import bundles, places, scan, work
from tagwire.intake.found import Asked, Converted, Refused
from tagwire.model import Config, Head
from tagwire.pipeline import convert, exports, receipts
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SOURCES = "content/sources"


class Usage(Exception):
    """What was asked can't be meant."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    root: Path
    paths: tuple[Path, ...]
    out: str | None
    stdout: bool
    title: str
    date: str
    tags: tuple[str, ...]
    keep_all: bool
    why: bool


@dataclass(frozen=True, slots=True)
class Added:
    """One converted file."""

    source: str
    path: str
    """Of the Markdown file; empty where it was only printed."""
    converted: Converted


@dataclass(frozen=True, slots=True)
class Export:
    """What came of an export."""

    source: str
    kind: str
    """"WordPress export"."""
    outcomes: tuple[exports.Outcome, ...]


def add(request: Request) -> tuple[list[Added | Export], list[Problem]]:
    """Converts each file; an export gives many articles, and any other folder stands for the files in it.

    Raises:
        Usage: options that don't go together, or a date that is none.
    """
    _check(request)
    config = settings(request.root)
    site = config if config and not request.out and not request.stdout else None
    done: list[Added | Export] = []
    problems: list[Problem] = []
    for path in _sources(request.paths, problems):
        if kind := exported(path):
            export, found = _export(path, kind, request, config or Config(title=""), into_site=site is not None)
            done += [export] if export else []
            problems += found
            continue
        added, found = _one(path, request, config or Config(title=""), into_site=site is not None)
        problems += found
        if added:
            done.append(added)
    return done, problems


def _check(request: Request) -> None:
    if request.out and request.stdout:
        raise Usage("--out and --stdout exclude each other")
    several = len(request.paths) > 1 or request.paths[0].is_dir()
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


def exported(path: Path) -> str:
    """What an export at `path` is called; empty for a document, a folder of documents, and nothing."""
    if not path.exists():
        return ""
    kind = intake.kind_of(bundles.bundle(path), path.name)
    return "" if path.is_dir() and kind == "archive" else kind


def _sources(paths: tuple[Path, ...], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir() and exported(path):
            yield path
        elif path.is_dir():
            files = (file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            yield from sorted(file for file in files if not bundles.belongs(file, path))
        elif path.exists():
            yield path
        else:
            problems.append(Problem(str(path), 0, 0, "unreadable", "there is no such file"))


def _one(path: Path, request: Request, config: Config, *, into_site: bool) -> tuple[Added | None, tuple[Problem, ...]]:
    asked = _asked(path, request, config)
    data = path.read_bytes()
    beside = bundles.Beside(path)

    def again(slug: str) -> Converted | Refused:
        return intake.convert(data, f"sources/{path.name}", replace(asked, slug=slug), beside)

    made = again("")
    if isinstance(made, Refused):
        return None, tuple(replace(p, path=str(path)) if p.path.startswith("sources/") else p for p in made.problems)
    if request.stdout:
        return Added(str(path), "", made), tuple(
            replace(p, path=str(path), line=0, column=0, excerpt="") for p in made.problems
        )
    if into_site:
        return _into_site(path, data, request.root, _Made(made, again, beside.found))
    return _beside(path, data, request, _Made(made, again, beside.found))


@dataclass(frozen=True, slots=True)
class _Made:
    """An article that isn't written yet."""

    converted: Converted
    again: Callable[[str], Converted | Refused]
    """The same under another name."""
    beside: dict[str, Path]
    """Pictures that lie beside its source, by their path from there."""

    def named(self, path: str) -> Converted:
        """It as it is when it is saved at `path`."""
        return convert.named(self.converted, path, self.again)

    def keep_beside(self, copy: Path) -> None:
        """Copies the pictures to where the source is kept."""
        for name, file in self.beside.items():
            if not (copy.parent / name).exists():
                bundles.copy(file, copy.parent / name)


def _export(
    path: Path, kind: str, request: Request, config: Config, *, into_site: bool
) -> tuple[Export | None, tuple[Problem, ...]]:
    """All articles of an export, which is kept beside what is made of it."""
    bundle = bundles.bundle(path)
    asked = _asked(path, request, config)
    name = f"{path.name}.zip" if path.is_dir() else path.name
    source = f"sources/{name}"
    if request.stdout:
        made = tuple(exports.show(bundle, source, asked))
    else:
        out = Path.cwd() / (request.out or ".")
        copy = request.root / _SOURCES / name if into_site else out / name
        shelf = exports.Shelf(request.root, *exports.SITE) if into_site else exports.Shelf(out, "", "pages")
        if problem := _kept(path, copy, into_site=into_site):
            return None, (problem,)
        made = tuple(exports.take(bundle, copy, source, asked, shelf))
    outcomes = tuple(each for each in made if isinstance(each, exports.Outcome))
    problems = (each for each in made if isinstance(each, Problem))
    told = (replace(p, path=p.path.replace(f"content/{source}", str(path), 1)) for p in problems)
    return Export(str(path), kind, outcomes), tuple(told)


def _kept(path: Path, copy: Path, *, into_site: bool) -> Problem | None:
    """Copies an export to where it is kept; a newer one takes the place of one of the same name."""
    if fault := scan.fault(path.name):
        shown = path.name.encode(errors="replace").decode()
        return Problem(shown, 0, 0, "name-invalid", fault, "rename the file")
    if copy.exists() and copy.resolve() == path.resolve():
        return None
    if copy.exists() and not receipts.beside(copy).exists() and bundles.sha256(copy) != bundles.sha256(path):
        shown = f"{_SOURCES}/{copy.name}" if into_site else str(copy)
        hint = "rename the new file, then add it again"
        return Problem(shown, 0, 0, "source-taken", f"another source has this name than {path}", hint)
    bundles.copy(path, copy)
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


def _into_site(path: Path, data: bytes, root: Path, made: _Made) -> tuple[Added | None, tuple[Problem, ...]]:
    if fault := scan.fault(path.name):
        shown = path.name.encode(errors="replace").decode()
        return None, (Problem(shown, 0, 0, "name-invalid", fault, "rename the file"),)
    source = root / _SOURCES / path.name
    if source.exists() and source.resolve() != path.resolve() and source.read_bytes() != data:
        hint = "rename the new file, then add it again"
        return None, (
            Problem(f"{_SOURCES}/{path.name}", 0, 0, "source-taken", f"another source has this name than {path}", hint),
        )
    if before := _converted_before(root, path.name):
        hint = "delete the article to convert its source anew"
        return None, (Problem(before, 0, 0, "already-added", f"{path.name} became this article before", hint),)
    if not source.exists():
        work.replace(source, data)
        work.date_as(source, path)
        made.keep_beside(source)
    target = convert.free_path(root / convert.ARTICLES, made.converted.slug)
    conversion, problems = convert.save(root, f"{_SOURCES}/{path.name}", target, made.named(target))
    return Added(str(path), conversion.path, conversion.converted), problems


def _converted_before(root: Path, name: str) -> str:
    """Path of the article that a source of this name became, or empty."""
    for file in sorted((root / convert.ARTICLES).rglob("*.md")):
        data = file.read_bytes()
        if name.encode() not in data:
            continue
        shown = file.relative_to(root).as_posix()
        draft, _ = article.read(shown, data, Config(title=""))
        if draft and isinstance(draft.meta, Head) and draft.meta.source and draft.meta.source.path == f"sources/{name}":
            return shown
    return ""


def _beside(path: Path, data: bytes, request: Request, made: _Made) -> tuple[Added | None, tuple[Problem, ...]]:
    out = Path.cwd() / (request.out or ".")
    target = out if out.suffix == ".md" else out / f"{made.converted.slug}.md"
    converted = made.named(str(target))
    if target.exists() and target.read_bytes() != converted.text.encode():
        hint = "move it away, or name another file with --out"
        return None, (Problem(str(target), 0, 0, "output-foreign", "there is a file already, and it differs", hint),)
    convert.write(target, converted)
    copy = target.parent / path.name
    if request.out and not copy.exists():
        work.replace(copy, data)
        made.keep_beside(copy)
    return Added(str(path), str(target), converted), tuple(replace(p, path=str(target)) for p in converted.problems)
