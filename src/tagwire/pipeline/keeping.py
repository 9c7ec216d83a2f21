"""Where converted documents go: into a site, or into a folder of somebody's. What is there already is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tagwire import intake
from tagwire.disk import bundles, scan, work
from tagwire.intake.found import Refused
from tagwire.intake.twins import Twins
from tagwire.pipeline import convert, doubts, inbox, many
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.intake.compose import Origin
    from tagwire.intake.found import Converted
    from tagwire.pipeline.many import Made, Raw


_REMEMBERED = 8
"""Paragraphs of each article, the longest: of 10,000 pages all are some 25 MB."""


@dataclass(frozen=True, slots=True)
class Added:
    """One converted file."""

    source: str
    path: str
    """Of the Markdown file; empty where it was only printed."""
    converted: Converted
    """Of what was written, without its text and its pictures."""
    twin: str = ""
    """The article that has the same text, or empty."""
    doubts: tuple[str, ...] = ()
    """Why somebody should look at it."""


@dataclass(frozen=True, slots=True)
class Same:
    """A file that became an article before, and hasn't changed."""

    source: str
    path: str


Remote: TypeAlias = "Callable[[str], bytes | None]"


class Shelf:
    """A folder of articles, and the sources that they were made of."""

    def __init__(self, root: Path, articles: str, sources: str) -> None:
        """`articles` and `sources` are folders below `root`, or empty."""
        self.root, self._articles, self._sources = root, articles, sources
        self._origins: dict[str, Origin] = {}
        self._by_source: dict[str, str] = {}
        self._by_digest: dict[str, str] = {}
        self._twins = Twins(_REMEMBERED)
        self._given: dict[str, tuple[str, str]] = {}
        """What this run has written or found unchanged, by id: the digest of its source, and its path."""
        self.files = work.Many()
        self._read()

    def _read(self) -> None:
        folder = self.root / self._articles
        for file in sorted(folder.rglob("*.md") if self._articles else folder.glob("*.md")):
            text = file.read_text(encoding="utf-8", errors="replace")
            self._know(file.relative_to(self.root).as_posix(), text, intake.origin(text))

    def _know(self, path: str, text: str, origin: Origin) -> str:
        """Remember an article; the path of the one that has the same text."""
        if origin.sha256:
            self._origins[path] = origin
            if not origin.item:
                self._by_source.setdefault(origin.path, path)
                self._by_digest.setdefault(origin.sha256, path)
        return self._twins.seen(path, text)

    # -------------------------------------------------------------- before a conversion

    def before(self, raw: Raw, *, plain: bool) -> Same | Problem | None:
        """What stands against converting a document: it was, its name can't be, or another has it.

        `plain` says that nothing was asked which would make another article of the same bytes.
        """
        if fault := next((fault for part in raw.name.split("/") if (fault := scan.fault(part))), ""):
            shown = raw.name.encode(errors="replace").decode()
            return Problem(shown, 0, 0, "name-invalid", fault, "rename the file")
        copy = self.root / self._sources / raw.name
        there = bool(self._sources) and copy.exists()
        try:  # of 10,000 pages that are all new none is read for its digest alone
            digest = bundles.sha256(raw.path) if self._by_digest or there else ""
        except OSError as error:  # it went while others were listed
            return inbox.refusing(raw.path, error)
        known = self._by_digest.get(digest, "")
        if known and plain:
            self._given.setdefault(self._origins[known].id, (digest, known))  # as if it were made now
            return Same(str(raw), known)
        if there and bundles.sha256(copy) != digest:
            return self._taken(raw)
        if path := self._sources and (known or self._by_source.get(f"sources/{raw.name}", "")):
            hint = "delete the article to convert its source anew"
            return Problem(path, 0, 0, "already-added", f"{raw.name} became this article before", hint)
        return None

    def _taken(self, raw: Raw) -> Problem:
        hint, message = "rename the new file, then add it again", f"another source has this name than {raw}"
        where = f"{self._sources}/{raw.name}" if self._sources else str(self.root / raw.name)
        return Problem(where, 0, 0, "source-taken", message, hint)

    # -------------------------------------------------------------- behind it

    def keep(self, made: Made, *, file: str, copied: bool, remote: Remote | None) -> Added | Same | Problem:
        """Writes an article, its pictures, and a copy of its source.

        Args:
            made: a document that was converted.
            file: the name that was asked for the article's file, or empty.
            copied: whether the source is copied.
            remote: gives pictures of the web, if those are fetched.
        """
        if isinstance(made.result, Refused):
            raise TypeError(made)
        origin = intake.origin(made.result.text)
        if earlier := self._given.get(made.result.id):
            return Same(str(made.raw), earlier[1]) if earlier[0] == origin.sha256 else _contested(made, earlier[1])
        path = file or self._free(made.result)
        target = self.root / path
        result = convert.named(made.result, path, lambda slug: many.convert(made.raw, slug, remote).result)
        if work.is_taken(target) and target.read_bytes() != result.text.encode():
            hint = "move it away, or name another file with --out"
            return Problem(str(target), 0, 0, "output-foreign", "there is a file already, and it differs", hint)
        if f"\n  sha256: {origin.sha256}\n" not in result.text:  # it was read twice, for a name of its own
            return _changed(made.raw)
        if problem := self._stayed(made, origin.sha256, copied=copied):
            return problem
        convert.write(target, result, self.files)
        twin = self._know(path, result.text, origin)
        self._given[result.id] = (origin.sha256, path)
        return Added(str(made.raw), path, replace(result, text="", attachments=()), twin, doubts.of(result, twin))

    def _free(self, result: Converted) -> str:
        """The first name that no other article has; a file that is none is in the way."""
        folder = f"{self._articles}/" if self._articles else ""
        path, number = f"{folder}{result.slug}.md", 1
        while work.is_taken(self.root / path) and (self._articles or self._is_others(path, result)):
            number += 1
            path = f"{folder}{result.slug}-{number}.md"
        return path

    def _is_others(self, path: str, result: Converted) -> bool:
        """Whether an article of another source has this path."""
        origin = self._origins.get(path)
        return origin is not None and f"\n  sha256: {origin.sha256}\n" not in result.text

    def _stayed(self, made: Made, digest: str, *, copied: bool) -> Problem | None:
        """Why the source is not what the article was made of, by that one's `digest`; with `copied` it is kept."""
        raw = made.raw
        try:
            if not copied:
                return None if bundles.sha256(raw.path) == digest else _changed(raw)
            place = self.root / self._sources / raw.name
            if place.exists():
                if bundles.sha256(place) != digest:
                    return self._taken(raw)
            elif not bundles.copy(raw.path, place, digest=digest):
                return _changed(raw)
            for name, file in made.beside:
                picture = self.root / self._sources / self._beside(made, name)
                if not picture.exists():
                    bundles.copy(file, picture)
        except OSError as error:
            gone = next((file for file in (raw.path, *dict(made.beside).values()) if error.filename == str(file)), None)
            if gone is None:  # the disk to which it goes
                raise
            return inbox.refusing(gone, error)
        return None

    def _beside(self, made: Made, name: str) -> str:
        """Where a picture beside a source is kept: beside its copy."""
        folder, _, _ = made.raw.name.rpartition("/")
        return f"{folder}/{name}" if folder else name


def _changed(raw: Raw) -> Problem:
    message = "the file has changed while it was read"
    return Problem(str(raw), 0, 0, "unreadable", message, "add it again when it is whole")


def _contested(made: Made, path: str) -> Problem:
    """Two sources of one run state one id."""
    hint = "delete the id in one of the sources, or leave out the source that is a copy"
    message = f"{path}, made just before, has the same id as this source states: it was left"
    return Problem(str(made.raw), 0, 0, "id-taken", message, hint)
