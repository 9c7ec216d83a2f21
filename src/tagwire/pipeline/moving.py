"""`tagwire init --from`: a site of another program becomes one of Tagwire's, and what couldn't come along is told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tagwire.disk import bundles, loose, scan
from tagwire.intake import oldsettings, permalinks
from tagwire.pipeline import add, convert, exported, heritage, receipts, standing, strays
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tagwire.intake.oldsettings import Guess
    from tagwire.pipeline import elsewhere


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where a program keeps things, below its site's folder."""

    settings: tuple[str, ...]
    """Files that say what the site is called; the first that says a thing is believed."""
    content: tuple[str, ...]
    static: tuple[tuple[str, str], ...]
    """(folder, where its files were below the site's root)."""


KINDS = {
    "hugo": _Kind(
        ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
         "config/_default/hugo.toml", "config/_default/config.toml",
         "config/_default/permalinks.toml", "config/_default/permalinks.yaml"),
        ("content",),
        (("static", ""),),
    ),
    "jekyll": _Kind(
        ("_config.yml", "_config.yaml", "_config.toml"),
        ("_posts", "_drafts"),
        tuple((name, f"{name}/") for name in ("assets", "images", "img", "files", "downloads")),
    ),
    "pelican": _Kind(
        ("publishconf.py", "pelicanconf.py"),
        ("content",),
        (("content/images", "images/"), ("content/extra", ""), ("content/static", "static/")),
    ),
    "eleventy": _Kind(
        tuple(f"{top}_data/{name}" for top in ("src/", "") for name in ("metadata.json", "site.json", "site.yaml")),
        ("src/posts", "posts", "src/blog", "blog", "content"),
        (("public", ""), ("src/assets", "assets/"), ("src/img", "img/"), ("assets", "assets/"), ("img", "img/")),
    ),
    "wordpress": _Kind((), (), ()),
}  # fmt: skip
_NO_PAGES = frozenset({"readme", "changelog", "contributing", "license", "licence", "index", "404", "code_of_conduct"})
"""Texts at the top of a site that aren't for its readers."""
_NO_SITE = frozenset({".git", ".github", "node_modules", "public", "_site", "output", "resources", "vendor", ".venv"})
"""What is made, or no part of a site."""


@dataclass(frozen=True, slots=True)
class Old:
    """A site of another program, as it lies on the disk."""

    place: Path
    kind: str
    guess: Guess
    settings: Mapping[str, object] = field(default_factory=dict)
    """All that its settings say, names in small letters."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came along, and what didn't."""

    done: tuple[add.Added | add.Same | add.Export, ...]
    problems: tuple[Problem, ...]
    pages: tuple[str, ...]
    """Files without a date, which are standing pages now."""
    static: int
    left: tuple[str, ...]
    addresses: int
    """Articles to which their old address leads."""


def look(place: Path, kind: str) -> Old:
    """What is at `place`.

    Raises:
        Stopped: nothing of this kind.
    """
    own = KINDS[kind]
    if kind == "wordpress":
        if not exported.kind_of(place):
            raise _nothing(
                place, "name the .xml file that WordPress exports (Tools, Export), or a folder that holds it"
            )
        head = exported.beginning(place, 400_000).decode(errors="replace")
        return Old(place, kind, oldsettings.guess("x.xml", head))
    if not any((place / folder).is_dir() for folder in own.content):
        raise _nothing(place, f"it has none of the folders {', '.join(own.content)}")
    texts = {name: _text(place / name) for name in own.settings if (place / name).is_file()}
    found = [oldsettings.guess(name, text) for name, text in texts.items()]
    said: dict[str, object] = {}
    for name, text in reversed(texts.items()):
        table = oldsettings.table(name, text)
        is_part = "/permalinks." in name  # Hugo's: a file for each table
        said |= {"permalinks": table} if is_part else {str(key).lower(): value for key, value in table.items()}
    fields = {name: next((value for each in found if (value := getattr(each, name))), "") for name in _FIELDS}
    return Old(place, kind, oldsettings.Guess(**fields), said)


_FIELDS = ("title", "url", "author", "lang", "timezone")


def _nothing(place: Path, hint: str) -> Stopped:
    return Stopped([Problem(str(place), 0, 0, "unreadable", "there is no site of this kind here", hint)])


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def settings(guess: Guess, title: str) -> str:
    """The first `tagwire.toml`."""
    told = {"title": title or guess.title or "My site"}
    told |= {name: getattr(guess, name) for name in _FIELDS[1:]}
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items() if value)


def bring(old: Old, root: Path) -> Moved:
    """Converts the articles of `old` into the site at `root`, and copies its files.

    Raises:
        OSError: the disk refuses.
    """
    own = KINDS[old.kind]
    folders = [old.place / folder for folder in own.content if (old.place / folder).is_dir()]
    paths = (old.place,) if old.kind == "wordpress" else (*folders, *_top_pages(old))
    done, problems = add.add(add.Request(root, paths))
    sorted_out = _sorted_out(old, root, done)
    done = [each for each in done if each.source in sorted_out.stay]
    unread = [problem for problem in problems if problem.path.lower().endswith(strays.UNREAD)]
    problems = [problem for problem in problems if problem.path not in sorted_out.gone and problem not in unread]
    addresses = heritage.lead_on(_articles(root, old, done), _made(old)) if folders else _aliased(root, done)
    count = sum(_copied(old.place / folder, root / "content/static" / to) for folder, to in own.static)
    return Moved(
        tuple(done),
        tuple(problems),
        sorted_out.pages,
        count,
        (
            *sorted_out.told,
            *(strays.unread(_below_name(old, each.path)) for each in unread),
            *(_uploads(root, done) if old.kind == "wordpress" else _left(old, len(done) - addresses)),
        ),
        addresses,
    )


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What was converted, by what it is."""

    stay: frozenset[str]
    """Sources of articles."""
    gone: frozenset[str]
    """Paths of what is no article, and originals of files that an article has taken along."""
    pages: tuple[str, ...]
    told: tuple[str, ...]
    """What can't come along, and why."""


def _sorted_out(old: Old, root: Path, done: list[add.Added | add.Same | add.Export]) -> _Sorted:
    """Makes pages and drafts of what is no article, and takes away what is for no reader."""
    added = [each for each in done if isinstance(each, add.Added)]
    beside = strays.resources(old.kind, root, added)
    others = {each.path: strays.why(old.kind, old.place, _below(old, each)) for each in added}
    lost = {each.path for each in added if others[each.path] or each.source in beside}
    drafts = {each.path for each in added if _is_draft(old, each)} - lost
    for path in drafts:
        standing.kept_back(root / path)
    pages = [each for each in added if standing.is_timeless(each) and each.path not in lost | drafts]
    made = tuple(standing.made_page(root, each) for each in pages)
    gone = lost | {each.path for each in pages}
    left = {each.source for each in added if each.path in gone} | beside
    for each in added:
        if each.path in gone:
            (root / each.path).unlink()
    for source in left:
        standing.forget(root / convert.SOURCES, source)
        standing.forget(root / convert.SOURCES, f"{source}{receipts.SUFFIX}")
    told = (others[each.path] for each in added if others[each.path] and each.source not in beside)
    stay = frozenset(each.source for each in done) - left
    return _Sorted(stay, frozenset(gone | beside), tuple(filter(None, made)), tuple(sorted(told)))


def _top_pages(old: Old) -> Iterator[Path]:
    """Jekyll's standing pages lie at the top of the site."""
    if old.kind == "jekyll":
        for file in sorted(old.place.iterdir()):
            named = file.suffix in strays.TEXTS and not file.name.startswith((".", "_"))
            if named and file.stem.lower() not in _NO_PAGES and file.is_file() and _text(file).startswith("---"):
                yield file


def _below(old: Old, added: add.Added) -> str:
    """The path of a text in the old site."""
    return _below_name(old, added.source)


def _below_name(old: Old, path: str) -> str:
    return path.removeprefix(str(old.place)).replace("\\", "/").lstrip("/")


def _is_draft(old: Old, added: add.Added) -> bool:
    """Whether it lies where the old program keeps what isn't for readers yet."""
    return old.kind == "jekyll" and _below(old, added).startswith("_drafts/")


def _articles(root: Path, old: Old, done: list[add.Added | add.Same | add.Export]) -> Iterator[heritage.Moving]:
    """Those that came of a text each, and stay articles."""
    for each in done:
        if isinstance(each, add.Added):
            path = _below(old, each)
            yield heritage.Moving(root / each.path, path, _address(old, path))


def _aliased(root: Path, done: list[add.Added | add.Same | add.Export]) -> int:
    """How many articles of an export have their old address as an alias: the export says it."""
    return heritage.aliased(_of_exports(root, done))


def _of_exports(root: Path, done: list[add.Added | add.Same | add.Export]) -> Iterator[Path]:
    exports = (each for each in done if isinstance(each, add.Export))
    return (root / each.path for export in exports for each in export.outcomes if each.path)


def _uploads(root: Path, done: list[add.Added | add.Same | add.Export]) -> Iterator[str]:
    """What articles of WordPress still show or lead to on the old site."""
    if any(b"/wp-content/uploads/" in file.read_bytes() for file in _of_exports(root, done)):
        yield (
            "uploads that did not lie beside the export; copy the old wp-content/uploads/"
            " to content/static/wp-content/uploads/, and they keep their addresses"
        )


def _address(old: Old, path: str) -> str:
    """Where the article of a text was, by the settings. Eleventy's and Jekyll's contents stand below what is theirs."""
    text = _text(old.place / path)
    top = {"eleventy": "src/", "jekyll": "_posts/", "hugo": "content/", "pelican": "content/"}[old.kind]
    return permalinks.address(old.kind, old.settings, path.removeprefix(top).removeprefix("_drafts/"), text)


def _made(old: Old) -> Path:
    """The folder of results of the old program."""
    return old.place / heritage.OUTPUTS[old.kind]


def feeds(old: Old, tell: Callable[[str], None]) -> elsewhere.Source | None:
    """The feeds that the old program made, if they are there."""
    return heritage.feeds(_made(old), tell) if old.kind in heritage.OUTPUTS else None


def _copied(folder: Path, target: Path) -> int:
    """How many files of a folder were copied; what is there already stays."""
    count = 0
    for file in loose.below(folder) if folder.is_dir() else ():
        parts = file.relative_to(folder).parts
        to = target.joinpath(*parts)
        if not any(map(scan.fault, parts)) and not any(part.startswith(".") for part in parts) and not to.exists():
            bundles.copy(file, to)
            count += 1
    return count


def _left(old: Old, homeless: int) -> Iterator[str]:
    """Names at the top of the old site that nothing was made of, and old addresses that nobody told."""
    own = KINDS[old.kind]
    taken = {path.partition("/")[0] for path in (*own.settings, *own.content, *(folder for folder, _ in own.static))}
    taken |= {path.name for path in _top_pages(old)}
    for path in sorted(old.place.iterdir()):
        if path.name not in taken | _NO_SITE and (path.is_dir() or path.suffix in (*strays.TEXTS, *strays.UNREAD)):
            yield f"{path.name}/" if path.is_dir() else path.name
    if homeless > 0:
        made = heritage.OUTPUTS[old.kind]
        yield f"the old address of {homeless}: neither {made}/ nor the settings tell it; write it into `aliases`"
    if not old.guess.url:
        yield "the address of the site: set `url`"
