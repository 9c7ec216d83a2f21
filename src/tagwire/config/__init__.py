"""The owner's settings: a TOML table becomes a complete, checked `Config`.

Pure: text in, value or problems out. Each key has one check, here and nowhere else; unknown keys are problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagwire import toml
from tagwire.config.values import CHECKS
from tagwire.config.wrong import Wrong, refuse_forbidden
from tagwire.model import Config
from tagwire.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import dataclass
else:
    from tagwire.frozen import dataclass


def read(
    text: str, path: str, section: tuple[str, ...] = (), given: dict[str, Any] | None = None
) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings in `text` (TOML), below the table `section`: `("tool", "tagwire")` in pyproject.toml.

    What the command line has `given` goes before what the file says.
    """
    try:
        document = toml.read(text)
    except toml.Broken as broken:
        return None, (_broken(broken, path, text),)
    table: Any = document.table
    for name in section:
        table = table.get(name, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        hint = f"write `[{'.'.join(section)}]` on a line of its own, and the settings below it"
        return None, (Problem(path, 0, 0, "setting-invalid", f"`{'.'.join(section)}` is not a table", hint),)
    known: dict[str, Any] = {}
    places = _Places(document, path, _lines(text), section, given or {})
    problems = list(_check({**table, **(given or {})}, known, places))
    if "title" not in table and not any("`title`" in problem.hint for problem in problems):
        name = f"[{'.'.join(section)}]" if section else path
        hint = f'add `title = "…"` to {name}'
        problems.insert(0, Problem(path, 0, 0, "setting-missing", "the site has no `title`", hint))
    return (None, tuple(problems)) if problems else (Config(**known, source=path), ())


def known() -> tuple[str, ...]:
    """The name of every setting."""
    return tuple(CHECKS)


def missing_url(config: Config, path: str) -> tuple[Problem, ...]:
    """A warning where the site has no address yet."""
    if config.url:
        return ()
    message = f"the site has no `url`: feeds and canonical links lead to {config.base}"
    return (
        Problem(path, 0, 0, "url-missing", message, 'set `url = "https://…/"` before you publish', severity="warning"),
    )


def _broken(broken: toml.Broken, path: str, text: str) -> Problem:
    lines = _lines(text)
    excerpt = lines[broken.line - 1] if 0 < broken.line <= len(lines) else ""
    hint = 'a setting is `name = value`, each name once; texts stand in quotes: title = "My site"'
    message = f"not valid TOML: {broken.message}"
    return Problem(path, broken.line, broken.column, "toml-invalid", message, hint, excerpt)


def _lines(text: str) -> list[str]:
    """As TOML counts them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


@dataclass(frozen=True, slots=True)
class _Places:
    """Whom to blame for a setting."""

    document: toml.Document
    path: str
    lines: list[str]
    section: tuple[str, ...]
    given: dict[str, Any]

    def problem(self, key: tuple[str, ...], code: str, message: str, hint: str) -> Problem:
        """On the line of `key`; of the command line where it was given there."""
        if key[0] in self.given:
            return Problem("-", 0, 0, code, message, hint)
        spot = self.document.spot(*self.section, *key)
        if spot is None:
            return Problem(self.path, 0, 0, code, message, hint)
        excerpt = self.lines[spot.line - 1]
        return Problem(self.path, spot.line, spot.column, code, message, hint, excerpt, spot.width)


_ELSEWHERE = {
    "baseurl": "url",
    "base_url": "url",
    "siteurl": "url",
    "sitename": "title",
    "site_name": "title",
    "languagecode": "lang",
    "language": "lang",
    "default_language": "lang",
    "defaultcontentlanguage": "lang",
    "default_lang": "lang",
    "paginate": "per_page",
    "default_pagination": "per_page",
    "permalinks": "permalink",
    "article_url": "permalink",
}
"""What Hugo, Jekyll, Pelican, Zola and MkDocs call our settings, in lower case."""


_NO_SETTING = {
    "theme": "templates of your own go into the folder theme/; there is nothing to set",
    "output": "the result lies in site/; `tagwire build --out DIR` puts it elsewhere",
    "output_path": "the result lies in site/; `tagwire build --out DIR` puts it elsewhere",
    "publishdir": "the result lies in site/; `tagwire build --out DIR` puts it elsewhere",
}
"""What they set and Tagwire doesn't, and how it is done here."""


def _instead(key: str) -> str:
    """What somebody may have meant who wrote this setting."""
    name = key.lower().replace("-", "_")
    if ours := _ELSEWHERE.get(name):
        return f"did you mean `{ours}`?"
    return _NO_SETTING.get(name) or closest(key, CHECKS) or f"known settings: {', '.join(sorted(CHECKS))}"


def _check(table: dict[str, Any], known: dict[str, Any], places: _Places) -> Iterator[Problem]:
    """Puts every good value into `known`, and gives a problem for every other key."""
    for key, value in table.items():
        check = CHECKS.get(key)
        if check is None:
            yield places.problem((key,), "setting-unknown", f"unknown setting `{key}`", _instead(key))
            continue
        try:
            refuse_forbidden(value)
            known.update(check(key, value))
        except Wrong as wrong:
            yield places.problem((key, *wrong.below), "setting-invalid", f"`{key}` {wrong.found}", wrong.hint)
