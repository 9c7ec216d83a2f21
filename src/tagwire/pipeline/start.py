"""`tagwire init` and `tagwire new`: the first files of a site, and the first lines of an article."""

from __future__ import annotations

import json
import re
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from tagwire import names, pipeline
from tagwire.characters import FORBIDDEN, complaint
from tagwire.disk import places, work
from tagwire.intake import compose
from tagwire.model import When
from tagwire.pipeline import convert, moving
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_FILES = {
    "tagwire.toml": "tagwire.toml",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "content/articles/hello.md": "content/articles/hello.md",
    "content/pages/about.md": "content/pages/about.md",
    "content/static/favicon.svg": "content/static/favicon.svg",
}
"""Of the starter: its file, and what it is called in a site."""
_OF_GIT = {file: name for file, name in _FILES.items() if name.startswith(".git")}
"""The owner may have these, and then they may well be a repository's."""
_PIPELINES = {"github": ".github/workflows/publish.yml", "gitlab": ".gitlab-ci.yml"}


def init(folder: Path, title: str, ci: str, now: dt.datetime) -> tuple[str, ...]:
    """Makes a site in `folder`, or only adds the pipeline `ci` to the site that is there; gives the files written.

    Raises:
        Stopped: a file is in the way, or the folder is a site already; nothing was written.
        OSError: the disk refuses.
    """
    there = places.settings(folder) if folder.is_dir() else None
    if there and not ci:
        hint = "write articles with `tagwire new TITLE`, or name another folder"
        raise Stopped([Problem(str(folder), 0, 0, "site-exists", f"this is a site already: {there[0]}", hint)])
    blanks = {"{title}": json.dumps(_title(folder, title), ensure_ascii=False), "{id}": _mint(), "{day}": _day(now)}
    wanted = {} if there else {name: _filled(places.starter(file), blanks) for file, name in _FILES.items()}
    if ci:
        wanted[_PIPELINES[ci]] = places.starter(f"ci/{ci}.yml").decode()
    if ci and not there:
        wanted["tagwire.toml"] = _with_target(wanted["tagwire.toml"], places.starter(f"ci/{ci}.toml").decode())
    for name in [] if there else [name for name in _OF_GIT.values() if (folder / name).exists()]:
        del wanted[name]
    _refuse_taken(folder, wanted)
    for name, text in wanted.items():
        work.replace(folder / name, text.encode())
    return tuple(wanted)


def init_from(folder: Path, old: moving.Old, title: str) -> tuple[str, ...]:
    """The first files of a site that comes from another program; gives them. Nothing is invented for it.

    Raises:
        Stopped: a file is in the way, or the folder is a site already; nothing was written.
        OSError: the disk refuses.
    """
    if folder.is_dir() and any(folder.iterdir()):
        hint = "name a new or an empty folder"
        raise Stopped([Problem(str(folder), 0, 0, "site-exists", "the folder isn't empty", hint)])
    _title(folder, title)
    wanted = {"tagwire.toml": moving.settings(old.guess, title)}
    wanted |= {name: places.starter(file).decode() for file, name in _OF_GIT.items()}
    for name, text in wanted.items():
        work.replace(folder / name, text.encode())
    return tuple(wanted)


def _title(folder: Path, title: str) -> str:
    """As given, or made of the folder's name."""
    if bad := FORBIDDEN.search(title):
        raise Stopped([Problem("-", 0, 0, "title-invalid", f"the title has a bad character: {complaint(bad[0])}")])
    words = FORBIDDEN.sub("", folder.resolve().name).replace("-", " ").replace("_", " ").strip()
    return title.strip() or (words[:1].upper() + words[1:]) or "My site"


def _mint() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


def _day(now: dt.datetime) -> str:
    return now.date().isoformat()


def _filled(data: bytes, blanks: dict[str, str]) -> str:
    return re.sub("|".join(map(re.escape, blanks)), lambda found: blanks[found[0]], data.decode())


def _with_target(settings: str, more: str) -> str:
    return f"{settings.rstrip()}\n{more}"


def _refuse_taken(folder: Path, wanted: dict[str, str]) -> None:
    """Nothing that is there is written over."""
    taken = [name for name in wanted if (folder / name).exists() or (folder / name).is_symlink()]
    message, hint = "there is such a file already", "move it away, or name an empty folder"
    if taken:
        raise Stopped(Problem(str(folder / name), 0, 0, "output-foreign", message, hint) for name in taken)


def new(root: Path, title: str, tags: tuple[str, ...], *, draft: bool, now: dt.datetime) -> str:
    """Begins an article; gives its path below the site's root. Its id is minted here, once for ever.

    Raises:
        Stopped: the settings have errors, or the title can be none.
        OSError: the disk refuses.
    """
    config, _ = pipeline.load_config(root)
    if not title.strip() or FORBIDDEN.search(title + "".join(tags)):
        message, hint = f"this can’t be a title: {title!r}", "write such as: tagwire new 'Ferry to run on Sundays'"
        raise Stopped([Problem("-", 0, 0, "title-invalid", message, hint)])
    zone = zoneinfo.ZoneInfo(config.timezone)
    moment = When(now.astimezone(zone).replace(microsecond=0), timed=True)
    slug = names.slug(title, longest=80) or "untitled"
    path = convert.free_path(root / convert.ARTICLES, slug)
    text = compose.blank(_mint(), " ".join(title.split()), moment, tags, draft=draft)
    work.replace(root / path, text.encode())
    return path
