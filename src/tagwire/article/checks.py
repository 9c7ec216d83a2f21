"""Checks of single values. Each takes a value and gives what it means, or raises `Wrong` with the value to blame."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import names
from tagwire.article import dates

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

    from tagwire.article.values import Value
    from tagwire.model import When
else:
    from tagwire.frozen import dataclass

_DATE_HINT = "write a date such as 2024-12-01 or 2024-12-01T09:30:00+01:00"
_QUOTED = 80
"""How much of a value a message repeats."""


class Wrong(Exception):
    """A value isn't what its key wants."""

    def __init__(self, value: Value, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.value, self.code, self.message, self.hint = value, code, message, hint


@dataclass(frozen=True, slots=True)
class Asking:
    """What a check may know besides the value."""

    key: str
    """As the owner spelt it."""
    timezone: str


def quoted(text: str) -> str:
    """A value as messages repeat it."""
    return f'"{text}"' if len(text) <= _QUOTED else f'"{text[:_QUOTED]}…"'


def text(value: Value, asking: Asking) -> str:
    """A text on one line; a missing value is an empty one."""
    if value.kind in {"list", "table"}:
        message = f"`{asking.key}` is a {value.kind} where a text is wanted"
        raise Wrong(value, "value-not-text", message, "write one text; put it into quotes if it starts with [ or {")
    return " ".join(value.text.split()) if value.kind != "null" else ""


def filled(value: Value, asking: Asking) -> str:
    """A text that says something."""
    found = text(value, asking)
    if not found:
        raise Wrong(value, "value-empty", f"`{asking.key}` is empty", f"fill it, or delete the line `{asking.key}:`")
    return found


def up_to(longest: int, check: Callable[[Value, Asking], str]) -> Callable[[Value, Asking], str]:
    """`check`, and no more than `longest` characters: this goes into every list and feed."""

    def checked(value: Value, asking: Asking) -> str:
        found = check(value, asking)
        if len(found) > longest:
            message = f"`{asking.key}` has {len(found)} characters, more than {longest}"
            raise Wrong(value, "value-too-long", message, "shorten it; the text itself belongs below the front matter")
        return found

    return checked


def flag(value: Value, asking: Asking) -> bool:
    """True or false, in any of YAML's spellings."""
    word = text(value, asking).lower()
    if word in {"true", "yes", "on", "y", "1"}:
        return True
    if word in {"false", "no", "off", "n", "0"}:
        return False
    message = f"`{asking.key}` is neither true nor false: {quoted(word)}"
    raise Wrong(value, "value-not-flag", message, f"write `{asking.key}: true` or `{asking.key}: false`")


def table(value: Value, asking: Asking, wanted: dict[str, bool]) -> dict[str, Value]:
    """The pairs of a table that has the `wanted` keys (True where one must be there), and no other."""
    form = "{" + ", ".join(f"{key}: …" for key in wanted) + "}"
    if value.kind != "table":
        raise Wrong(value, "value-not-table", f"`{asking.key}` wants {form}", f"write `{asking.key}: {form}`")
    pairs = dict(value.pairs)
    for key, item in pairs.items():
        if key not in wanted:
            raise Wrong(item, "key-unknown", f"unknown key `{key}` in `{asking.key}`", f"it has: {', '.join(wanted)}")
    for key, needed in wanted.items():
        if needed and key not in pairs:
            raise Wrong(value, "key-missing", f"`{asking.key}` has no `{key}`", f"write {form}")
    return pairs


def date(value: Value, asking: Asking) -> When:
    """A day, or a moment."""
    found = text(value, asking)
    when = dates.parse(found, asking.timezone)
    if when is None:
        raise Wrong(value, "date-invalid", f"`{asking.key}` is not a date: {quoted(found)}", _DATE_HINT)
    return when


def listed(value: Value, asking: Asking, separators: str = "") -> tuple[tuple[str, Value], ...]:
    """(text, value to blame) of each item of a list, or of one text, which the first of `separators` in it splits."""
    if value.kind == "null":
        return ()
    if value.kind == "list":
        return tuple((text(item, asking), item) for item in value.items)
    if value.kind == "table":
        hint = f"write `{asking.key}: [one, another]`"
        raise Wrong(value, "value-not-text", f"`{asking.key}` is a table where a list of texts is wanted", hint)
    whole = text(value, asking).rstrip(f" {separators}")
    separator = next((mark for mark in separators if mark in whole), None)
    parts = [part.strip() for part in whole.split(separator)] if separator else [whole]
    return tuple((part, value) for part in parts) if whole else ()


_MOST_TAGS = 200
_LONGEST_NAME = 200


def tags(value: Value, asking: Asking) -> tuple[str, ...]:
    """Names of tags, as a list or with commas, one of each slug."""
    found: dict[str, str] = {}
    for name, item in listed(value, asking, ","):
        slug = names.slug(name)
        if not slug:
            what = f"a tag without a letter or digit: {quoted(name)}" if name else "an empty tag"
            raise Wrong(item, "tag-empty", f"`{asking.key}` has {what}", "delete it, or give it a name")
        if len(name) > _LONGEST_NAME:
            hint = "write tags as a list: [iran, cyber attacks]"
            raise Wrong(item, "value-too-long", f"`{asking.key}` has a tag of {len(name)} characters", hint)
        found.setdefault(slug, unicodedata.normalize("NFC", name))
    if len(found) > _MOST_TAGS:
        message = f"`{asking.key}` has {len(found)} tags, more than {_MOST_TAGS}"
        raise Wrong(
            value, "value-too-long", message, "keep those that a reader would follow; each has a page and feeds"
        )
    return tuple(found.values())


def authors(value: Value, asking: Asking) -> tuple[str, ...]:
    """Names of people. `authors: Jane, Joe` are two (Pelican); `author: Roe, Jane` is one."""
    found: dict[str, str] = {}
    for name, item in _people(value, asking):
        slug = names.slug(name)
        if not slug:
            message = f"`{asking.key}` has a name without a letter or digit"
            raise Wrong(item, "author-empty", message, "delete it, or write the name")
        if len(name) > _LONGEST_NAME:
            message = f"`{asking.key}` has a name of {len(name)} characters"
            raise Wrong(item, "value-too-long", message, "write authors as a list: [Jane Roe, Joe Doe]")
        found.setdefault(slug, name)
    return tuple(found.values())


def _people(value: Value, asking: Asking) -> tuple[tuple[str, Value], ...]:
    items = value.items if value.kind == "list" else (value,)
    for item in items:
        if item.kind == "table":
            name = dict(item.pairs).get("name")
            here = text(name, asking) if name else "Jane Roe"
            hint = (
                f"write `{asking.key}: [{here}]`; what else there is to say belongs into `[authors.{names.slug(here)}]`"
            )
            message = f"`{asking.key}` is a table where a name is wanted"
            raise Wrong(item, "value-not-text", f"{message} (settings have the rest)", hint)
    return listed(value, asking, ";," if asking.key.lower() == "authors" else "")


def slug(value: Value, asking: Asking) -> str:
    """One segment of an address."""
    found = unicodedata.normalize("NFC", text(value, asking))
    if not names.is_segment(found):
        proposal = names.slug(found)
        hint = f"write `{proposal}`" if proposal else "delete the line: the slug comes from the file's name"
        raise Wrong(value, "slug-invalid", f"`{asking.key}` can't be part of an address: {quoted(found)}", hint)
    return found


def lang(value: Value, asking: Asking) -> str:
    """A BCP 47 tag; `pt_BR` is `pt-BR`."""
    found = filled(value, asking).replace("_", "-")
    if not names.LANGUAGE_TAG.match(found) or len(found) > _QUOTED:
        message = f"`{asking.key}` is not a language tag: {quoted(found)}"
        raise Wrong(value, "lang-invalid", message, "write one such as en, pt-BR or he")
    return found


def url(value: Value, asking: Asking) -> str:
    """An absolute URL of the web."""
    found = text(value, asking)
    if not names.is_web_url(found):
        message = f"`{asking.key}` is not an absolute URL: {quoted(found)}"
        raise Wrong(value, "url-invalid", message, "write https://example.org/page/")
    return found


def identity(value: Value, asking: Asking) -> str:
    """Any one word, exactly as it is: an id that another tool has published is worth more than a well-formed one."""
    found = filled(value, asking)
    if re.search(r"\s", found):
        hint = "write it as it was published; a new one looks like urn:uuid:…"
        raise Wrong(value, "id-invalid", f"`{asking.key}` has a space in it: {quoted(found)}", hint)
    return found


def image(value: Value, asking: Asking) -> str:
    """A path, or a URL of the web."""
    found = filled(value, asking)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", found) and not names.is_web_url(found):
        message = f"`{asking.key}` is neither a path nor a URL of the web: {quoted(found)}"
        raise Wrong(value, "url-invalid", message, "write lead.jpg, /pictures/lead.jpg or https://example.org/lead.jpg")
    return found


def aliases(value: Value, asking: Asking) -> tuple[str, ...]:
    """Addresses that the page had before."""
    return tuple(dict.fromkeys(_alias(path, item, asking) for path, item in listed(value, asking)))


def _alias(written: str, value: Value, asking: Asking) -> str:
    """An old path as an address: `/old/path` is a folder, `/old.html` a file."""
    path = unicodedata.normalize("NFC", unquote(written).removeprefix("/"))
    parts = path.removesuffix("/").split("/")
    if not names.is_old_path(path):
        message = f"`{asking.key}` has no path of this site: {quoted(written)}"
        raise Wrong(value, "alias-invalid", message, "write one such as /old/path/")
    is_file = not path.endswith("/") and re.search(r"\.\w{1,5}\Z", parts[-1])
    return path if is_file or path.endswith("/") else f"{path}/"
