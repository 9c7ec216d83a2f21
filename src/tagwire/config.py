"""The owner's settings: a TOML table becomes a complete, checked `Config`.

Pure: text in, value or problems out. Each key has one check, here and nowhere else; unknown keys are problems.
"""

from __future__ import annotations

import re
import tomllib
import zoneinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tagwire import names
from tagwire.model import Config, Person
from tagwire.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
"""A BCP 47 tag, loosely."""

_AUTHORITY = re.compile(r"[A-Za-z0-9.@_-]+,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read(
    text: str, path: str, section: tuple[str, ...] = (), given: dict[str, Any] | None = None
) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings in `text` (TOML), below the table `section`: `("tool", "tagwire")` in pyproject.toml.

    What the command line has `given` goes before what the file says.
    """
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_broken(str(error), path, text),)
    for name in section:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        return None, (Problem(path, 0, 0, "setting-invalid", f"`{'.'.join(section)}` is not a table"),)
    known: dict[str, Any] = {}
    table = {**table, **(given or {})}
    problems = list(_check(table, known, path, text, section))
    if "title" not in known and not problems:
        name = f"[{'.'.join(section)}]" if section else path
        hint = f'add `title = "…"` to {name}'
        problems.append(Problem(path, 0, 0, "setting-missing", "the site has no `title`", hint))
    return (None, tuple(problems)) if problems else (Config(**known), ())


def missing_url(config: Config, path: str) -> tuple[Problem, ...]:
    """A warning where the site has no address yet."""
    if config.url:
        return ()
    message = f"the site has no `url`: feeds and canonical links lead to {config.base}"
    return (
        Problem(path, 0, 0, "url-missing", message, 'set `url = "https://…/"` before you publish', severity="warning"),
    )


def _broken(message: str, path: str, text: str) -> Problem:
    place = _TOML_PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    lines = text.splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    found = _TOML_PLACE.sub("", message).strip()
    return Problem(path, line, column, "toml-invalid", f"not valid TOML: {found[:1].lower()}{found[1:]}", "", excerpt)


def _check(
    table: dict[str, Any], known: dict[str, Any], path: str, text: str, section: tuple[str, ...]
) -> Iterator[Problem]:
    """Puts every good value into `known`, and gives a problem for every other key."""
    for key, value in table.items():
        check = _CHECKS.get(key)
        line, excerpt = _line_of(key, text, section)
        if check is None:
            hint = closest(key, _CHECKS) or f"known settings: {', '.join(sorted(_CHECKS))}"
            yield Problem(path, line, 1, "setting-unknown", f"unknown setting `{key}`", hint, excerpt, len(key))
            continue
        try:
            known.update(check(key, value))
        except _Wrong as wrong:
            yield Problem(path, line, 1, "setting-invalid", f"`{key}` {wrong.found}", wrong.hint, excerpt, len(key))


def _line_of(key: str, text: str, section: tuple[str, ...]) -> tuple[int, str]:
    """Where `key` of the table `section` is set: tomllib keeps no places."""
    inside = not section
    header = ".".join(section)
    name = re.escape(key)
    setting = re.compile(rf"\s*\"?{name}\"?\s*[.=]")
    table = re.compile(rf"\s*\[+\s*{re.escape(header + '.' if header else '')}\"?{name}\"?[\].]")
    for number, line in enumerate(text.splitlines(), 1):
        if table.match(line) or (inside and setting.match(line)):
            return number, line
        if line.lstrip().startswith("["):
            inside = line.strip().startswith(f"[{header}]") if header else False
    return 0, ""


# ------------------------------------------------------------------ one check a kind of value


class _Wrong(ValueError):
    def __init__(self, found: str, hint: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


def _text(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"is not a text: {value!r}", f'write `{key} = "…"`')
    return {key: value.strip()}


def _flag(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, bool):
        raise _Wrong(f"is neither true nor false: {value!r}")
    return {key: value}


def _count(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
        raise _Wrong(f"is not a whole number from 1 to 1000: {value!r}")
    return {key: value}


def _url(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _Wrong(f"is not a URL: {text!r}") from error
    clean = text.isascii() and text.isprintable() and " " not in text and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not host or parts.username or not clean:
        raise _Wrong(f"is not an absolute URL: {text!r}", "write `https://example.org/` or `https://example.org/news/`")
    return {key: text if parts.path.endswith("/") else f"{text}/"}


def _address_or_url(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if "://" in text:
        return {key: _url(key, text)[key].removesuffix("/")}
    return {key: text.removeprefix("/")}


def _lang(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if not LANG.match(text):
        raise _Wrong(f"is not a language tag: {text!r}", "write one such as `en`, `pt-BR` or `he` (BCP 47)")
    return {key: text}


def _zone(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _Wrong(f"is not a time zone: {text!r}", "write one such as `UTC` or `Europe/Berlin`") from error
    return {key: text}


def _authority(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key]
    if not _AUTHORITY.match(text):
        raise _Wrong(f"is not a tagging authority: {text!r}", "write `example.org,2020` (RFC 4151)")
    return {key: text}


def _permalink(key: str, value: object) -> dict[str, Any]:
    text = _text(key, value)[key].removeprefix("/")
    blanks = set(re.findall(r"\{([^{}]*)\}", text))
    plain = re.sub(r"\{(?:slug|year|month|day)\}", "x", text)
    good = (
        "{slug}" in text and blanks <= {"slug", "year", "month", "day"} and re.fullmatch(r"(?:[\w~-][\w.~-]*/)+", plain)
    )
    if not good:
        raise _Wrong(
            f"is not a pattern of an address: {value!r}",
            "write one such as `articles/{slug}/` or `{year}/{month}/{slug}/`, with a slash at its end",
        )
    return {key: text}


def _links(key: str, value: object) -> dict[str, Any]:
    if value not in {"pretty", "index"}:
        raise _Wrong(f"is not known: {value!r}", 'write `links = "pretty"` or `links = "index"`')
    return {key: value}


def _menu(key: str, value: object) -> dict[str, Any]:
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items:
        if (
            not isinstance(item, dict)
            or set(item) != {"name", "url"}
            or not all(isinstance(x, str) for x in item.values())
        ):
            raise _Wrong(
                f"has an entry that is not understood: {item!r}", 'write `{ name = "About", url = "/about/" }`'
            )
        found.append((item["name"], item["url"]))
    return {key: tuple(found)}


def _authors(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("is not a table", 'write `[authors.jane-roe]` and below it `name = "Jane Roe"`')
    people = []
    fields = {"name", "email", "url", "bio"}
    for slug, about in value.items():
        if not isinstance(about, dict) or not all(isinstance(x, str) for x in about.values()) or not about.get("name"):
            raise _Wrong(f"has no `name` for {slug!r}", f'below `[authors.{slug}]` write `name = "…"`')
        if unknown := set(about) - fields:
            raise _Wrong(f"has an unknown key `{min(unknown)}` for {slug!r}", closest(min(unknown), fields))
        if not names.slug(slug):
            raise _Wrong(f"has a name without letters: {slug!r}")
        people.append(Person(names.slug(slug), **about))
    return {key: tuple(people)}


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) and names.slug(x) for x in value):
        raise _Wrong(f"has a `{key}` that is not a list of texts: {value!r}")
    return tuple(value)


def _tags(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("is not a table", f"write `[{key}]` and below it `vocabulary = […]`")
    fields = {"vocabulary", "aliases", "ignore"}
    if unknown := set(value) - fields:
        raise _Wrong(f"has an unknown key `{min(unknown)}`", closest(min(unknown), fields))
    aliases = value.get("aliases", {})
    if not isinstance(aliases, dict) or not all(isinstance(x, str) and names.slug(x) for x in aliases.values()):
        raise _Wrong("has `aliases` that are not a table of texts", 'write `aliases = { "U.S." = "United States" }`')
    return {
        "vocabulary": _texts("vocabulary", value.get("vocabulary", [])),
        "aliases": tuple((names.slug(spelling), tag) for spelling, tag in aliases.items()),
        "ignore": tuple(names.slug(tag) for tag in _texts("ignore", value.get("ignore", []))),
    }


_CHECKS: dict[str, Callable[[str, object], dict[str, Any]]] = {
    "title": _text,
    "url": _url,
    "author": _text,
    "description": _text,
    "lang": _lang,
    "timezone": _zone,
    "authority": _authority,
    "authors": _authors,
    "menu": _menu,
    "permalink": _permalink,
    "per_page": _count,
    "per_feed": _count,
    "links": _links,
    "trusted": _flag,
    "icon": _address_or_url,
    "logo": _address_or_url,
    "copyright": _text,
    "hub": _url,
    "tags": _tags,
}
