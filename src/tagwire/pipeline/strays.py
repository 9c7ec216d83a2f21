"""What lies beside the texts of another program's site: what an article takes along, and what is for no reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.disk import bundles, loose
from tagwire.intake import strangers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.pipeline.keeping import Added

TEXTS = (".md", ".markdown", ".mdown", ".html", ".htm", ".txt")
UNREAD = tuple(strangers.MARKUPS)
"""Texts in a markup that nobody here reads."""
_FRONT = ("content/_index.md", "content/_index.html")


def resources(kind: str, root: Path, added: Iterable[Added]) -> set[str]:
    """Copies what lies in a page bundle of Hugo's beside its `index.md` to where its page will be; gives the originals.

    Links in the text lead there, since the page is where the bundle was.
    """
    found = set()
    for each in added if kind == "hugo" else ():
        bundle, _, name = each.source.replace("\\", "/").rpartition("/")
        if name != "index.md":
            continue
        for file in loose.below(Path(bundle)):
            if file.suffix.lower() not in TEXTS:
                target = root / each.path.removesuffix(".md") / file.relative_to(bundle)
                if not target.exists():  # a picture that the text shows came with it
                    bundles.copy(file, target)
                    found.add(str(file))
    return found


def unread(path: str) -> str:
    """What is told of a text in a markup that nobody here reads."""
    return f"{path}: such texts aren’t read; make Markdown of it (pandoc does), and add it"


def why(kind: str, place: Path, path: str) -> str:
    """Why what the file `path` of the site at `place` became is for no reader; empty if it is a text of the site."""
    name, ending = path.rpartition("/")[2], f".{path.rpartition('.')[2].lower()}"
    if kind == "wordpress":
        return ""
    if ending in UNREAD:
        return unread(path)
    if ending not in TEXTS:
        return f"{path}: no text"
    if kind == "hugo" and path in _FRONT:
        return f"{path}: the front page shows the newest articles"
    begins = (place / path).read_bytes()[:20].decode("utf-8", "replace").lstrip("\ufeff")
    if begins.startswith(("---js\n", "---javascript\n")):
        return f"{path}: front matter in JavaScript isn’t read; write it in YAML, and add {name}"
    return ""
