"""From a decided page to the bytes of its HTML file, by the templates of a theme.

The only room that knows jinja2 and babel. It reads no file: templates come in as text.
Whatever a template does wrong comes back as a `Problem` at the template's own line.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from jinja2 import FunctionLoader, TemplateError, nodes
from markupsafe import Markup

from tagwire import words
from tagwire.theme import faults, logic, pictures
from tagwire.theme.environment import Environment

if TYPE_CHECKING:
    from tagwire import model, views
    from tagwire.problems import Problem


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


def prepare(theme: Theme, template: str, lang: str) -> None:
    """Compiles a template and those that it is made with, before a page in `lang` is rendered by them."""
    environment = _environment(theme, lang)
    with contextlib.suppress(TemplateError, RecursionError):  # `render` says what is wrong
        for name in (template, *(_mentioned(theme, template) or ((), ()))[1]):
            environment.get_template(name)


def mentioned(theme: Theme, template: str) -> frozenset[str] | None:
    """All names and fields in a template and in those that it is made with; None with logic, which may read any."""
    found: set[str] = set()
    waiting, seen = [template], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        told = _mentioned(theme, name)
        if told is None:
            return None
        found |= told[0]
        waiting += told[1]
    return frozenset(found)


@lru_cache(maxsize=64)
def _mentioned(theme: Theme, name: str) -> tuple[frozenset[str], tuple[str, ...]] | None:
    """What stands in one template itself, and the names of those that it is made with."""
    texts = {each: text for each, _, text in theme.templates}
    try:
        tree = _environment(theme, "en").parse(texts[name])
    except (KeyError, TemplateError):
        return None
    if next(logic.found(tree), None):
        return None
    names = {node.attr for node in tree.find_all(nodes.Getattr)} | {node.name for node in tree.find_all(nodes.Name)}
    others = [node.template.value for node in tree.find_all((nodes.Extends, nodes.Include))]  # type: ignore[attr-defined]
    return frozenset(names), tuple(others)


@lru_cache(maxsize=64)
def _environment(theme: Theme, lang: str) -> Environment:
    texts = {name: (text, path, lambda: True) for name, path, text in theme.templates}
    return Environment(lang, words.of(lang, theme.words), FunctionLoader(texts.get))
