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
    from collections.abc import Iterable
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


def feeds(folder: Path) -> elsewhere.Source | None:
    """The feeds in the folder of results, if there are any."""
    try:
        return elsewhere.gathered(str(folder), folder)
    except Stopped:
        return None


def lead_on(articles: Iterable[Moving], folder: Path) -> int:
    """Makes the old address of each article an alias, where one page and one article have its name; gives how many.

    Raises:
        OSError: the disk refuses.
    """
    pages = [file.relative_to(folder).as_posix() for file in loose.below(folder, frozenset({".html"}))]
    known, named = Counter(map(_name, pages)), list(articles)
    sure = {_name(path): path.removesuffix("index.html") for path in pages if known[_name(path)] == 1}
    names, count = Counter(_name(each.source) for each in named), 0
    for each in named:
        name = _name(each.source)
        text = each.file.read_bytes().decode()
        if names[name] == 1 and sure.get(name) and not re.search(r"^aliases:", text, re.MULTILINE):
            line = f"aliases: [{json.dumps(f'/{sure[name]}', ensure_ascii=False)}]"
            work.replace(each.file, unedited(text.replace("---\n", f"---\n{line}\n", 1)).encode())
            count += 1
    return count


def _name(path: str) -> str:
    """What a page or a text is called: its file's name, or that of its folder, without a date in front."""
    pure = PurePosixPath(path)
    return _DATED.sub("", pure.parent.name if pure.stem == "index" else pure.stem).casefold()


def unedited(text: str) -> str:
    """A converted article's file as we have changed it: it still counts as not edited by its owner."""
    return re.sub(r"^(  converted: ).*$", rf"\g<1>{intake.fingerprint(text)}", text, count=1, flags=re.MULTILINE)
