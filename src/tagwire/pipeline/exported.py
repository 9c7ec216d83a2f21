"""`tagwire add` of an export: kept as it came, and made articles of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tagwire import intake
from tagwire.disk import bundles, scan
from tagwire.pipeline import convert, exports, receipts
from tagwire.problems import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tagwire.intake.found import Asked
    from tagwire.pipeline import stock

Tell: TypeAlias = Callable[[str, int, int], None]
"""Is called with what is done, how much of it, and of how much."""


@dataclass(frozen=True, slots=True)
class Export:
    """What came of an export."""

    source: str
    kind: str
    """"WordPress export"."""
    outcomes: tuple[exports.Outcome, ...]


def kind_of(path: Path) -> str:
    """What an export at `path` is called; empty for a document, a folder of documents, and nothing."""
    if not path.exists():
        return ""
    kind = intake.kind_of(bundles.bundle(path), path.name)
    return "" if path.is_dir() and kind == "archive" else kind


def beginning(path: Path, most: int) -> bytes:
    """The first `most` bytes of an export at `path`, also where it lies in an archive or a folder."""
    return intake.beginning(bundles.bundle(path), path.name, most)


def take(
    path: Path, kind: str, asked: Asked, shelf: stock.Shelf | None, tell: Tell
) -> tuple[Export | None, tuple[Problem, ...]]:
    """All articles of an export, which is kept beside what is made of it; without a `shelf` nothing is written."""
    progress = _Progress(tell)
    bundle = bundles.bundle(path, progress.read)
    name = f"{path.name}.zip" if path.is_dir() else path.name
    source = f"sources/{name}"
    if shelf is None:
        made = tuple(progress.counted(exports.show(bundle, source, asked)))
    else:
        copy = shelf.root / (convert.SOURCES if shelf.articles else "") / name
        new = not copy.exists()
        if problem := _kept(path, copy, into_site=bool(shelf.articles)):
            return None, (problem,)
        if path.is_file():
            bundle = bundles.bundle(copy, progress.read)  # nobody writes into that one meanwhile
        made = tuple(progress.counted(exports.take(bundle, copy, source, asked, shelf)))
        if (
            new
            and not any(isinstance(each, exports.Outcome) for each in made)
            and has_errors(each for each in made if isinstance(each, Problem))
        ):
            copy.unlink()  # nothing came of it, and no build need fail over it
    outcomes = tuple(each for each in made if isinstance(each, exports.Outcome))
    problems = (each for each in made if isinstance(each, Problem))
    told = (replace(p, path=p.path.replace(f"content/{source}", str(path), 1)) for p in problems)
    return Export(str(path), kind, outcomes), tuple(told)


class _Progress:
    """How far an export is: most are read once before the first article comes of them, for what leads where."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._given = tell, 0

    def read(self, place: int, size: int) -> None:
        """Its file was read up to this byte."""
        if not self._given:
            self._tell("reading, MB", place >> 20, size >> 20)

    def counted(self, made: Iterable[exports.Outcome | Problem]) -> Iterator[exports.Outcome | Problem]:
        """What comes of it; of how many articles nobody knows before its end."""
        for self._given, each in enumerate(made, 1):
            self._tell("converting", self._given, 0)
            yield each


def _kept(path: Path, copy: Path, *, into_site: bool) -> Problem | None:
    """Copies an export to where it is kept; a newer one takes the place of one of the same name."""
    if fault := scan.fault(path.name):
        shown = path.name.encode(errors="replace").decode()
        return Problem(shown, 0, 0, "name-invalid", fault, "rename the file")
    if copy.exists() and copy.resolve() == path.resolve():
        return None
    if copy.exists() and not receipts.beside(copy).exists() and not bundles.is_same(path, copy):
        shown = f"{convert.SOURCES}/{copy.name}" if into_site else str(copy)
        hint = "rename the new file, then add it again"
        return Problem(shown, 0, 0, "source-taken", f"another source has this name than {path}", hint)
    bundles.copy(path, copy)
    return None
