"""What a site's own theme has that is never shown: files under a wrong name, and blocks that fill nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.problems import Problem, closest
from tagwire.theme import faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tagwire.theme import Theme

_EXTENDS = re.compile(r"""{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
_BLOCK_END = re.compile(r"{%-?\s*endblock\b")
_CHOSEN = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+(?:[^"'\[(\s]|[^%]*[~+])""")
"""A template that is named by an expression may be any."""


def templates(theme: Theme, paths: Collection[str]) -> Iterator[Problem]:
    """Those at `paths` that no page is made by and that no other template names."""
    texts = {name: text for name, _, text in theme.templates}
    known = {name.removeprefix("tagwire/") for name, path, _ in theme.templates if path not in paths}
    if any(_CHOSEN.search(text) for text in texts.values()):
        return
    for name, path, _ in theme.templates:
        others = (text for other, text in texts.items() if other != name)
        if path in paths and name not in known and not any(f'"{name}"' in t or f"'{name}'" in t for t in others):
            message = "no page is made by a template of this name, and no other template names it"
            yield _unused(path, message, closest(name, known) or f"there are: {', '.join(sorted(known))}")


def files(paths: Collection[str]) -> Iterator[Problem]:
    """What lies in `theme/` where nobody looks for it: `paths` are its files that are no templates and not static."""
    for path in paths:
        name = path.rpartition("/")[2]
        if name.endswith((".html", ".htm")):
            message = "templates are the .html files directly in `theme/`"
            yield _unused(path, message, f"move it to `theme/{name.removesuffix('.htm').removesuffix('.html')}.html`")
        elif name.endswith((".css", ".js")):
            yield _unused(path, "only what lies in `theme/static/` is copied", f"move it to `theme/static/{name}`")


def _unused(path: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "template-unused", message, hint, severity="warning")


def blocks(theme: Theme, paths: Collection[str]) -> Iterator[Problem]:
    """Blocks of the templates at `paths` that fill no block of what they extend: nothing of them is ever shown."""
    texts = {name: text for name, _, text in theme.templates}
    for name, path, text in theme.templates:
        if path not in paths or not _EXTENDS.search(text):
            continue
        inner = {found[1] for found in _BLOCK.finditer(text) if _depth(text, found.start())}
        known = _blocks_above(name, texts)
        for found in _BLOCK.finditer(text):
            if known and found[1] not in known | inner:
                yield _unshown(path, text, found, known)


def _unshown(path: str, text: str, found: re.Match[str], known: set[str]) -> Problem:
    line = text.count("\n", 0, found.start()) + 1
    message = f"nothing that this template extends has a block `{found[1]}`, so it is never shown"
    hint = closest(found[1], known) or f"there are: {', '.join(sorted(known))}"
    excerpt = faults.line_of(text, line)
    column = found.start(1) - (text.rfind("\n", 0, found.start()) + 1) + 1
    return Problem(path, line, column, "template-block", message, hint, excerpt, len(found[1]), "warning")


def _blocks_above(name: str, texts: dict[str, str]) -> set[str]:
    """Of all that a template extends; what is missing, or a circle, is told when it is rendered."""
    found: set[str] = set()
    seen = {name}
    above = _EXTENDS.search(texts[name])
    while above and above[1] in texts and above[1] not in seen:
        seen.add(above[1])
        found |= {block[1] for block in _BLOCK.finditer(texts[above[1]])}
        above = _EXTENDS.search(texts[above[1]])
    return found


def _depth(text: str, at: int) -> bool:
    """Whether a block stands inside of another one."""
    before = text[:at]
    return len(_BLOCK.findall(before)) > len(_BLOCK_END.findall(before))
