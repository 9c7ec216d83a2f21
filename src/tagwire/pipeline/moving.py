"""`tagwire init --from`: a site of another program becomes one of Tagwire's, and what couldn't come along is told."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tagwire import intake
from tagwire.article import mend
from tagwire.disk import bundles, loose, scan, work
from tagwire.intake import oldsettings, permalinks
from tagwire.model import Clock
from tagwire.pipeline import add, changes, exported, heritage
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    import datetime as dt
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
_TEXTS = (".md", ".markdown", ".mdown", ".html", ".htm", ".rst", ".txt")
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
            raise _nothing(place, "name the .xml file that WordPress exports (Tools, Export)")
        return Old(place, kind, oldsettings.guess("x.xml", place.read_bytes()[:400_000].decode(errors="replace")))
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


_FIELDS = ("title", "url", "author", "lang")


def _nothing(place: Path, hint: str) -> Stopped:
    return Stopped([Problem(str(place), 0, 0, "unreadable", "there is no site of this kind here", hint)])


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def settings(guess: Guess, title: str) -> str:
    """The first `tagwire.toml`."""
    told = {"title": title or guess.title or "My site", "url": guess.url, "author": guess.author, "lang": guess.lang}
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items() if value)


def bring(old: Old, root: Path) -> Moved:
    """Converts the articles of `old` into the site at `root`, and copies its files.

    Raises:
        OSError: the disk refuses.
    """
    own = KINDS[old.kind]
    folders = [old.place / folder for folder in own.content if (old.place / folder).is_dir()]
    paths = (old.place,) if old.kind == "wordpress" else tuple(folders)
    done, problems = add.add(add.Request(root, paths))
    timeless = [each for each in done if isinstance(each, add.Added) and _is_timeless(each)]
    pages = tuple(_made_page(root, each) for each in timeless)
    gone = {each.path for each in timeless}
    done = [each for each in done if each not in timeless]
    problems = [problem for problem in problems if problem.path not in gone]
    addresses = heritage.lead_on(_articles(root, old, done), _made(old)) if old.kind in heritage.OUTPUTS else 0
    count = sum(_copied(old.place / folder, root / "content/static" / to) for folder, to in own.static)
    return Moved(
        tuple(done),
        tuple(problems),
        tuple(filter(None, pages)),
        count,
        tuple(_left(old, len(done) - addresses)),
        addresses,
    )


def _articles(root: Path, old: Old, done: list[add.Added | add.Same | add.Export]) -> Iterator[heritage.Moving]:
    """Those that came of a text each, and stay articles."""
    for each in done:
        if isinstance(each, add.Added):
            path = each.source.removeprefix(str(old.place)).replace("\\", "/").lstrip("/")
            yield heritage.Moving(root / each.path, path, _address(old, path))


def _address(old: Old, path: str) -> str:
    """Where the article of a text was, by the settings. Eleventy's and Jekyll's contents stand below what is theirs."""
    text = _text(old.place / path)
    top = {"eleventy": "src/", "jekyll": "_posts/", "hugo": "content/", "pelican": "content/"}[old.kind]
    return permalinks.address(old.kind, old.settings, path.removeprefix(top).removeprefix("_drafts/"), text)


def _made(old: Old) -> Path:
    """The folder of results of the old program."""
    return old.place / heritage.OUTPUTS[old.kind]


def feeds(old: Old) -> elsewhere.Source | None:
    """The feeds that the old program made, if they are there: what readers know."""
    return heritage.feeds(_made(old)) if old.kind in heritage.OUTPUTS else None


_ID = re.compile(rb"^id:.*\n", re.MULTILINE)


def keep_ids(root: Path, now: dt.datetime, tell: Callable[[str], None]) -> tuple[str, ...]:
    """Gives articles that the ledger knows by address, or by title and date, the ids of their readers; their files.

    Conversion has given each an id of its own, which nobody has seen yet.

    Raises:
        Stopped: the site has errors.
        OSError: the disk refuses.
    """
    found = changes.prospect(root, Clock(now), tell=tell).changes
    known = [(change.path, change.before.id) for change in found.articles if change.kind == "doubled" and change.before]
    for path, name in known:
        data = mend.with_id(_ID.sub(b"", (root / path).read_bytes(), count=1), name)
        work.replace(root / path, intake.restamped(data.decode()).encode())
    return tuple(path for path, _ in known)


def _is_timeless(added: add.Added) -> bool:
    """Whether a text states no date: it was a standing page, and as an article it would be news of today."""
    return any(problem.code == "date-from-file" for problem in added.converted.problems)


_OF_ARTICLES = re.compile(
    r"^(?:(?:id|published|date_source|updated|feed|tags|categories|summary|authors):.*|source:.*(?:\n[ -].*)*)\n",
    re.MULTILINE,
)
"""Front matter that a page has no use for, and where it was converted from: its source doesn't stay."""


def _made_page(root: Path, added: add.Added) -> str:
    """Makes a page of what was converted; gives its path, or nothing if it has no text (a list's `_index.md`)."""
    file = root / added.path
    head, fence, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    file.unlink()
    place = f"content/pages/{file.name}"
    if body.strip():
        work.replace(root / place, f"---\n{_OF_ARTICLES.sub('', f'{head}{fence[:1]}')}---\n{body}".encode())
    _forget(root / "content/sources", added.source)
    return place if body.strip() else ""


def _forget(sources: Path, original: str) -> None:
    """Deletes the copy of a source: the path of the one ends in the path of the other."""
    for copy in loose.below(sources):
        if original.endswith(f"/{copy.relative_to(sources).as_posix()}"):
            copy.unlink()


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
    if old.kind == "wordpress":
        yield "pictures and other uploads: they stay at their addresses until you copy wp-content/uploads/"
        return
    own = KINDS[old.kind]
    taken = {path.partition("/")[0] for path in (*own.settings, *own.content, *(folder for folder, _ in own.static))}
    for path in sorted(old.place.iterdir()):
        if path.name not in taken | _NO_SITE and (path.is_dir() or path.suffix in _TEXTS):
            yield f"{path.name}/" if path.is_dir() else path.name
    if homeless > 0:
        made = heritage.OUTPUTS[old.kind]
        yield f"the old address of {homeless}: neither {made}/ nor the settings tell it; write it into `aliases`"
    if not old.guess.url:
        yield "the address of the site: set `url`"
