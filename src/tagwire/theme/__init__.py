"""From a decided page to the bytes of its HTML file, by the templates of a theme.

The only room that knows jinja2 and babel. It reads no file: templates come in as text.
Whatever a template does wrong comes back as a `Problem` at the template's own line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from jinja2 import FunctionLoader, TemplateError
from markupsafe import Markup

from tagwire import words
from tagwire.problems import Problem, closest
from tagwire.theme import faults, logic, pictures
from tagwire.theme.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tagwire import model, views


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site, as text."""

    templates: tuple[tuple[str, str, str], ...]
    """(name such as `article.html`, the path that problems show, the text) of each."""
    words: words.Changes = ()
    """What the site words in its own way."""


def render(
    theme: Theme, page: model.Page, site: views.Site, content: str, contents: tuple[str, ...] = ()
) -> bytes | Problem:
    """The HTML of `page`. `content` and `contents` are HTML and trusted; everything else is escaped.

    `contents` belong to the entries of a page beside a feed: its template gets pairs of an entry and its text.
    """
    frame = cast("views.Standing", page.view).frame  # every view has one
    environment = _environment(theme, frame.lang)
    shown = _reachable(pictures.dressed(content, page.body.pictures if page.body else ()))
    texts = (Markup(_reachable(each)) for each in contents)  # noqa: S704
    pairs = tuple(zip(cast("views.Following", page.view).entries, texts, strict=True)) if contents else ()
    marked = {"content": Markup(shown), "contents": pairs, "data": Markup(frame.data)}  # noqa: S704
    given = {"site": site, "page": page.view, **marked}
    try:
        text = environment.get_template(page.template).render(given)
    except Exception as error:
        trail = faults.trail(theme, error)
        if not trail and not isinstance(error, (TemplateError, RecursionError)):
            raise  # no template had a part in it: the fault is ours
        return faults.problem(theme, page.template, error, trail)
    return text.encode(errors="xmlcharrefreplace")  # half a surrogate pair has no UTF-8


def _reachable(content: str) -> str:
    """What may scroll sideways can be scrolled by keys, too (WCAG 2.1.1)."""
    for wide in ("pre", "table"):
        if f"<{wide}>" in content:
            content = content.replace(f"<{wide}>", f'<{wide} tabindex="0">')
    return content


def lint(theme: Theme) -> tuple[Problem, ...]:
    """Where templates hold logic: anything but inheritance, loops, conditions and plain names."""
    environment = _environment(theme, "en")
    found = []
    for name, path, text in theme.templates:
        try:
            tree = environment.parse(text, name, path)
        except TemplateError as error:
            found.append(faults.problem(theme, name, error, []))
            continue
        found += [logic.problem(path, node, faults.line_of(text, node.lineno)) for node in logic.found(tree)]
    return tuple(sorted(found))


def idle_blocks(theme: Theme, paths: Collection[str]) -> Iterator[Problem]:
    """Blocks of the templates at `paths` that fill no block of what they extend: nothing of them is ever shown."""
    texts = {name: text for name, _, text in theme.templates}
    for name, path, text in theme.templates:
        if path not in paths or not _EXTENDS.search(text):
            continue
        inner = {found[1] for found in _BLOCK.finditer(text) if _depth(text, found.start())}
        known = _blocks_above(name, texts)
        for found in _BLOCK.finditer(text):
            if known and found[1] not in known | inner:
                yield _idle(path, text, found, known)


def _idle(path: str, text: str, found: re.Match[str], known: set[str]) -> Problem:
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


_EXTENDS = re.compile(r"""{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
_BLOCK_END = re.compile(r"{%-?\s*endblock\b")


@lru_cache(maxsize=64)
def _environment(theme: Theme, lang: str) -> Environment:
    texts = {name: (text, path, lambda: True) for name, path, text in theme.templates}
    return Environment(lang, words.of(lang, theme.words), FunctionLoader(texts.get))
