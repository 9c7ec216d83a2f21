"""Every raw article in `content/sources/` becomes a Markdown file, once; what people edited is never overwritten."""

from __future__ import annotations

import hashlib
import zoneinfo
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tagwire import intake
from tagwire.disk import bundles, places, work
from tagwire.intake.found import Asked, Converted, Refused
from tagwire.model import Head
from tagwire.pipeline import exports, naming, receipts, stock
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.model import Article, Config, File

ARTICLES = "content/articles"
SOURCES = "content/sources"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A raw article that became a Markdown file."""

    source: str
    path: str
    """Of the Markdown file, relative to the site's root."""
    converted: Converted
    """What is told of it."""


def all_pending(
    root: Path, inputs: Inputs, articles: Iterable[Article], config: Config
) -> tuple[list[Conversion], list[Problem]]:
    """Converts every source that has no article yet, or a changed one that nobody edited."""
    done: list[Conversion] = []
    problems: list[Problem] = []
    files, shelf = work.Many(), stock.Shelf(root, *stock.SITE)
    for file, before in pending(root, inputs, articles):
        place = inputs.place(root, file)
        if intake.kind_of(bundles.Lone(place), _name(file)):
            made, found = _export(file, place, config, shelf)
            done += made
        else:
            conversion, found = convert(root, inputs, file, before, config, files)
            done += [conversion] if conversion else []
        problems += found
    files.settle()
    return done, problems


def _name(file: File) -> str:
    return file.path.removeprefix("content/")


def _export(
    file: File, place: Path, config: Config, shelf: stock.Shelf
) -> tuple[list[Conversion], tuple[Problem, ...]]:
    """Converts the articles of an export."""
    asked = asking(config, places.modified(place).astimezone(zoneinfo.ZoneInfo(config.timezone)))
    made = list(exports.take(bundles.Lone(place), place, _name(file), asked, shelf))
    outcomes = [each for each in made if isinstance(each, exports.Outcome) and each.converted]
    done = [Conversion(file.path, each.path, each.converted) for each in outcomes if each.converted]
    return done, tuple(each for each in made if isinstance(each, Problem))


def pending(root: Path, inputs: Inputs, articles: Iterable[Article]) -> list[tuple[File, Head | None]]:
    """The sources that have no article yet, or a changed one, each with the article that it became before."""
    heads = [article.meta for article in articles if isinstance(article.meta, Head) and article.meta.source]
    by_path = {head.source.path: head for head in heads if head.source}
    known = {head.source.sha256 for head in heads if head.source}
    found = []
    shows: dict[Path, bool] = {}
    for file in inputs.sources:
        if file.path.endswith(receipts.SUFFIX) or bundles.belongs(inputs.place(root, file), root / SOURCES, shows):
            continue
        before = by_path.get(_name(file))
        receipt = receipts.read(inputs.place(root, file))
        if receipt.sha256:
            if receipt.sha256 != bundles.sha256(inputs.place(root, file)):
                found.append((file, before))
            continue
        sha256 = hashlib.sha256(inputs.read(root, file)).hexdigest()
        same = before.source.sha256 == sha256 if before and before.source else sha256 in known
        if not same:
            found.append((file, before))
            known.add(sha256)
    return found


def refused(root: Path, inputs: Inputs, articles: Iterable[Article]) -> list[Problem]:
    """An error for each source that a build would convert."""
    hint = "run `tagwire build`, and look at what it makes of it"
    message = "this source was not converted yet"
    return [
        Problem(file.path, 0, 0, "source-unconverted", message, hint) for file, _ in pending(root, inputs, articles)
    ]


def convert(
    root: Path, inputs: Inputs, file: File, before: Head | None, config: Config, files: work.Many
) -> tuple[Conversion | None, tuple[Problem, ...]]:
    """Converts one source and writes its article."""
    data = inputs.read(root, file)
    if before and (problem := _edited(root, file, data, before)):
        return None, (problem,)
    modified = places.modified(inputs.place(root, file)).astimezone(zoneinfo.ZoneInfo(config.timezone))
    asked = asking(config, modified) if before is None else _again(before, config)
    beside = bundles.Beside(inputs.place(root, file))
    made = intake.convert(data, _name(file), asked, beside)
    if isinstance(made, Refused):
        return None, made.problems
    path = before.path if before else free_path(root / ARTICLES, made.slug)
    made = named(made, path, lambda slug: intake.convert(data, _name(file), replace(asked, slug=slug), beside))
    return save(root, file.path, path, made, files)


def named(made: Converted, path: str, again: Callable[[str], Converted | Refused]) -> Converted:
    """The article as it is under the name that it gets: its text names the folder of its pictures."""
    slug = path.rpartition("/")[2].removesuffix(".md")
    if slug == made.slug or not made.attachments:
        return made
    anew = again(slug)
    return made if isinstance(anew, Refused) else anew


def save(
    root: Path, source: str, path: str, made: Converted, files: work.Many
) -> tuple[Conversion, tuple[Problem, ...]]:
    """Writes a converted article to `path`; problems name that file."""
    write(root / path, made, files)
    proposed = f"{ARTICLES}/{made.slug}.md"
    problems = tuple(replace(p, path=path) if p.path == proposed else p for p in made.problems)
    return Conversion(source, path, made.told()), problems


def write(file: Path, made: Converted, files: work.Many) -> None:
    """Writes an article with the pictures that travel with it, the article last."""
    for attachment in made.attachments:
        files.replace(file.parent / file.stem / attachment.name, attachment.data)
    files.replace(file, made.text.encode())


def asking(config: Config, modified: object, **more: object) -> Asked:
    """What the site's settings say to a conversion."""
    return Asked(
        site=config.url,
        modified=modified,  # type: ignore[arg-type]
        lang=config.lang,
        timezone=config.timezone,
        vocabulary=config.vocabulary,
        aliases=config.aliases,
        ignore=config.ignore,
        **more,  # type: ignore[arg-type]
    )


def free_path(folder: Path, slug: str) -> str:
    """`content/articles/SLUG.md`, numbered where that is taken."""
    return f"{ARTICLES}/{naming.first(folder, slug)}.md"


def _again(before: Head, config: Config) -> Asked:
    """A new version of a source keeps what subscribers know the article by: its id and its date."""
    date = None if before.date_source else before.published
    return asking(config, before.published.at, id=before.id, date=date)


def _edited(root: Path, file: File, data: bytes, before: Head) -> Problem | None:
    text = (root / before.path).read_text(encoding="utf-8")
    if before.source and intake.fingerprint(text) == before.source.converted:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    return Problem(
        before.path,
        0,
        0,
        "source-changed",
        f"{file.path} has changed, and this article made from it was edited by hand",
        f"take over by hand what changed and set `source.sha256` to {sha256}, or delete the article to convert anew",
    )
