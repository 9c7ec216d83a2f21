"""What other generators' settings say of a site: its title, address, author and language. Guesses, and told as such.

Nothing of theirs is run: of Pelican's Python, only plain assignments of texts are read.
"""

from __future__ import annotations

import ast
import html
import json
import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from tagwire import toml

_HEAD = 200_000
"""Characters of a WordPress export in which its channel's own elements stand."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What was found; empty for what wasn't."""

    title: str = ""
    url: str = ""
    author: str = ""
    lang: str = ""
    timezone: str = ""
    """IANA name: that of dates which state none."""


def guess(name: str, text: str) -> Guess:
    """Reads a settings file by its name's ending; a broken one says nothing."""
    text = text.removeprefix("\ufeff")
    if name.endswith(".xml"):
        return _wordpress(text[:_HEAD])
    return _of(table(name, text))


def table(name: str, text: str) -> Mapping[str, object]:
    """All that a settings file says; nothing, if it can't be read."""
    text = text.removeprefix("\ufeff")
    try:
        if name.endswith(".toml"):
            found: object = toml.read(text).table
        elif name.endswith(".py"):
            found = _assigned(text)
        else:
            found = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
    except (toml.Broken, ValueError, SyntaxError, RecursionError, yaml.YAMLError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _assigned(text: str) -> dict[str, object]:
    """`NAME = "text"` of a Python file; None for what is anything but a plain value."""
    found: dict[str, object] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            value = node.value.value if isinstance(node.value, ast.Constant) else None
            found |= {target.id.lower(): value for target in node.targets if isinstance(target, ast.Name)}
    return found


def _of(said: Mapping[str, object]) -> Guess:
    """Their spellings: Hugo's camels, Jekyll's, Pelican's in small letters."""
    params = said.get("params")
    more = params if isinstance(params, Mapping) else {}
    url = _first(said, "baseURL", "baseurl", "siteurl", "url")
    if (root := _text(said.get("url"))) and (path := _text(said.get("baseurl"))) and not _is_absolute(path):
        url = f"{root.rstrip('/')}/{path.strip('/')}"
    elif root and not _is_absolute(url):
        url = root
    return Guess(
        title=_first(said, "title", "sitename", "name"),
        url=f"{url.rstrip('/')}/" if _is_absolute(url) else "",
        author=_name(said.get("author")) or _name(more.get("author")),
        lang=_lang(_first(said, "languageCode", "locale", "lang", "language", "default_lang")),
        timezone=_zone(_first(said, "timezone", "timeZone")),
    )


def _first(said: Mapping[str, object], *keys: str) -> str:
    return next((found for key in keys if (found := _text(said.get(key)))), "")


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: object) -> str:
    return _text(value.get("name")) if isinstance(value, Mapping) else _text(value)


def _lang(value: str) -> str:
    """A language tag; `en_GB` is one of another habit."""
    tag = value.replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else ""


def _zone(value: str) -> str:
    try:
        return zoneinfo.ZoneInfo(value).key if value else ""
    except (ValueError, OSError):  # no such zone, or no name of one
        return ""


def _is_absolute(url: str) -> bool:
    return re.match(r"https?://[^\s/]+\.[^\s/]", url) is not None


def _wordpress(text: str) -> Guess:
    """The channel's elements, which stand before its first item."""
    head = text.partition("<item>")[0]

    def element(name: str) -> str:
        found = re.search(rf"<{name}>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</{name}>", head, re.DOTALL)
        return _text(found[1] or html.unescape(found[2] or "")) if found else ""

    url = element("link")
    author = element("wp:author_display_name")
    url = f"{url.rstrip('/')}/" if _is_absolute(url) else ""
    return Guess(element("title"), url, author, _lang(element("language")))
