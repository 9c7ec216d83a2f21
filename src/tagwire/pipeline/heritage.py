"""What the folder tells that an old site's program made: its feeds, and at which address each article was.

What isn't told beyond doubt is left alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tagwire import intake
from tagwire.disk import loose, work
from tagwire.pipeline import elsewhere
from tagwire.problems import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

OUTPUTS = {"hugo": "public", "jekyll": "_site", "eleventy": "_site", "pelican": "output"}
"""Folders of results, by program."""
_DATED = re.compile(r"\A\d{4}-\d{2}-\d{2}-")


@dataclass(frozen=True, slots=True)
class Moving:
    """An article that came along."""

    file: Path
    source: str
    """Path of what it was made of."""
    address: str
    """Where the settings say that it was, such as `/2024/01/ferry/`; empty if they don't."""


def feeds(folder: Path, tell: Callable[[str], None]) -> elsewhere.Source | None:
    """The feeds in the folder of results, if there are any."""
    try:
        return elsewhere.gathered(str(folder), folder, tell)
    except Stopped:
        return None


def lead_on(articles: Iterable[Moving], folder: Path) -> int:
    """Makes the old address of each article an alias, where it is known beyond doubt; gives how many.

    That is the one that the settings say, if the page is there or nothing was made; else that of the one page that
    has the article's name.

    Raises:
        OSError: the disk refuses.
    """
    pages = [file.relative_to(folder).as_posix() for file in loose.below(folder, frozenset({".html"}))]
    known, named = Counter(map(_name, pages)), list(articles)
    sure = {_name(path): path.removesuffix("index.html") for path in pages if known[_name(path)] == 1}
    names, told = Counter(_name(each.source) for each in named), Counter(each.address for each in named)
    there, count = {f"/{path.removesuffix('index.html')}" for path in pages}, 0
    for each in named:
        name = _name(each.source)
        if each.address and told[each.address] == 1 and (not pages or not there.isdisjoint(_served(each.address))):
            old = each.address
        else:
            old = f"/{sure[name]}" if names[name] == 1 and sure.get(name) else ""
        count += bool(old) and _has(each.file, old)
    return count


def _served(address: str) -> set[str]:
    """Under which files an address may lie."""
    return {address, f"{address.rstrip('/')}/", f"{address.rstrip('/')}.html"}


def _has(file: Path, old: str) -> bool:
    """Writes the old address among the aliases; whether it is there now, or is none since it is the new one."""
    text = file.read_bytes().decode()
    listed = json.dumps(old, ensure_ascii=False)
    if found := _ALIASES.search(text):
        if f"{old}," in found[1] + "," or listed in found[1]:
            return True
        text = text[: found.start(1)] + f"{listed}, " + text[found.start(1) :]
    elif re.search(r"^aliases:", text, re.MULTILINE):
        return False
    else:
        text = text.replace("---\n", f"---\naliases: [{listed}]\n", 1)
    work.replace(file, intake.restamped(text).encode())
    return True


def aliased(files: Iterable[Path]) -> int:
    """How many articles that conversion wrote have old addresses."""
    found = (_ALIASES.search(file.read_bytes().decode()) for file in files if file.is_file())
    return sum(bool(each and each[1]) for each in found)


_ALIASES = re.compile(r"\A---\n(?:(?!---$).*\n)*?aliases: \[(.*)\]$", re.MULTILINE)


def _name(path: str) -> str:
    """What a page or a text is called: its file's name, or that of its folder, without a date in front."""
    pure = PurePosixPath(path)
    return _DATED.sub("", pure.parent.name if pure.stem == "index" else pure.stem).casefold()
