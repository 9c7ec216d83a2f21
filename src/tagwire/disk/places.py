"""Where the parts of a site lie, and the files of its theme: the site's own over the shipped ones."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.disk import scan
from tagwire.disk.stamps import digest, whole
from tagwire.model import File
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass

    from tagwire.disk.settled import Listing, Survey
    from tagwire.disk.stamps import Stamps
else:
    from tagwire.frozen import dataclass

LEDGER = "content/ledger.json"
_TEMPLATE = re.compile(r"theme/(?:tagwire/)?[^/]+\.html\Z")
_STATIC = "theme/static/"
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every file that a build may read, with its digest."""

    content: tuple[File, ...]
    """Markdown of articles and pages."""
    assets: tuple[File, ...]
    """All other files that travel to `site/`."""
    templates: tuple[File, ...]
    unplaced: tuple[str, ...]
    """Paths of what lies in the site's own theme and is neither a template nor below `static/`."""
    sources: tuple[File, ...]
    """Raw articles."""
    ledger: tuple[File, ...]
    """What subscribers have: one file, or none."""
    elsewhere: dict[str, Path]
    """Where a file lies that isn't at its path below the site's root: those of the shipped theme, for instance."""
    problems: tuple[Problem, ...]

    def place(self, root: Path, file: File) -> Path:
        """Where a file lies."""
        return self.elsewhere.get(file.path) or root / file.path

    def read(self, root: Path, file: File) -> bytes:
        """The bytes of a file.

        Raises:
            Changed: they aren't those that were there when the files were listed, or it isn't there any more.
            OSError: it can't be read.
        """
        place = self.elsewhere.get(file.path)
        try:
            data = whole(os.fspath(place) if place else f"{root}/{file.path}", file.size)
        except FileNotFoundError:
            raise Changed(file.path) from None
        if digest(data) != file.digest:
            raise Changed(file.path)
        return data


class Changed(Stopped):
    """A file was changed, or went, while it was built: what was made of it would be kept under the wrong name."""

    def __init__(self, path: str) -> None:
        message, hint = "the file changes while it is built", "build again when nothing writes to it"
        super().__init__([Problem(path, 0, 0, "changed-meanwhile", message, hint)])
        self.path = path

    def __reduce__(self) -> tuple[type[Changed], tuple[str]]:
        return type(self), (self.path,)


def settings(root: Path) -> tuple[str, str, tuple[str, ...]] | None:
    """(name, text, table) of the file with the site's settings; None if the folder is no site.

    Raises:
        OSError: it is there and can't be read.
        UnicodeDecodeError: it isn't UTF-8.
    """
    own = root / "tagwire.toml"
    if own.exists():
        return own.name, own.read_text(encoding="utf-8-sig"), ()
    project = root / "pyproject.toml"
    if project.exists():
        text = project.read_text(encoding="utf-8-sig")
        if "[tool.tagwire" in text:
            return project.name, text, ("tool", "tagwire")
    return None


def near(root: Path) -> str:
    """The way from `root` to a site above it, or to the only one in a folder of it; empty if there is none."""
    for up, folder in enumerate(root.parents, 1):
        if (folder / "tagwire.toml").is_file():
            return "/".join([".."] * up)
    inside = [path.parent.name for path in root.glob("*/tagwire.toml")]
    return inside[0] if len(inside) == 1 else ""


def inputs(root: Path, stamps: Stamps, seen: Survey | None = None) -> Inputs:
    """What lies in the site at `root` now, or lay there when it was `seen` a moment ago."""
    found = _inputs(root, stamps, seen.folders if seen else {})
    # What is wrong may be so no more, and what went since can't be read.
    return _inputs(root, stamps, {}) if seen and found.problems else found


def _inputs(root: Path, stamps: Stamps, seen: Mapping[str, Listing]) -> Inputs:
    articles = scan.tree(root, "content/articles", stamps, seen)
    pages = scan.tree(root, "content/pages", stamps, seen)
    pictures = scan.tree(root, "content/images", stamps, seen)
    static = scan.tree(root, "content/static", stamps, seen, dotted=True)
    sources = scan.tree(root, "content/sources", stamps, seen)
    ledger = scan.single(root, LEDGER, stamps)
    theme, elsewhere, problems = _theme(root, stamps, seen)
    paths = [file.path for file in theme]
    elsewhere |= articles.renamed | pages.renamed | pictures.renamed | static.renamed | sources.renamed
    written = (*articles.files, *pages.files)
    texts = [file for file in written if names.is_markdown(file.path)]
    others = [file for file in written if not names.is_markdown(file.path)] if len(texts) < len(written) else []
    return Inputs(
        content=tuple(texts),
        assets=(
            *others,
            *pictures.files,
            *static.files,
            *(file for file in theme if file.path.startswith(_STATIC)),
        ),
        templates=tuple(file for file in theme if _TEMPLATE.match(file.path)),
        unplaced=tuple(path for path in paths if not _TEMPLATE.match(path) and not path.startswith(_STATIC)),
        sources=sources.files,
        ledger=ledger.files,
        elsewhere=elsewhere,
        problems=(
            *articles.problems,
            *pages.problems,
            *pictures.problems,
            *static.problems,
            *sources.problems,
            *ledger.problems,
            *problems,
        ),
    )


def _theme(
    root: Path, stamps: Stamps, seen: Mapping[str, Listing]
) -> tuple[list[File], dict[str, Path], tuple[Problem, ...]]:
    shipped = shipped_theme()
    base = scan.tree(shipped.parent, shipped.name, stamps, seen)
    own = scan.tree(root, "theme", stamps, seen)
    files: dict[str, File] = {}
    elsewhere: dict[str, Path] = {}
    for file in base.files:
        path = f"theme/{file.path.removeprefix(f'{shipped.name}/')}"
        for known in (path, _original(path)):
            files[known] = File(known, file.digest, file.size)
            elsewhere[known] = shipped.parent / file.path
    for file in own.files:
        files[file.path] = file
        elsewhere.pop(file.path, None)
    return [files[path] for path in sorted(files)], elsewhere, own.problems


def _original(path: str) -> str:
    """The other name of a shipped template, so that a site's own one of that name can extend it."""
    return path.replace("theme/", "theme/tagwire/", 1) if _TEMPLATE.match(path) else path


def shipped_theme() -> Path:
    """The default theme: inside the wheel, or at the top of a checkout."""
    inside = _PACKAGE / "_theme"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "theme"


def starter(name: str) -> bytes:
    """A file of the site that `init` begins with."""
    return (_PACKAGE / "_starter" / name).read_bytes()


def package_sources() -> list[bytes]:
    """The package's own modules and words, in one order."""
    found: list[str] = []
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        ends = (".py", ".toml") if folder.endswith(f"{os.sep}words") else ".py"
        found += [os.path.join(folder, name) for name in files if name.endswith(ends)]  # noqa: PTH118 - quicker
    return [_bytes(file) for file in sorted(found)]


def _bytes(file: str) -> bytes:
    """Of one of hundreds of small files: a path and a buffer take longer than the disk."""
    with open(file, "rb", buffering=0) as whole:  # noqa: PTH123 - see above
        return whole.readall()


def modified(path: Path) -> dt.datetime:
    """When the file was last changed, UTC, to the second."""
    return dt.datetime.fromtimestamp(int(path.stat().st_mtime), tz=dt.UTC)
