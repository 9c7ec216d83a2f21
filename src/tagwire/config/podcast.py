"""What the settings may say of the podcast: the table `[podcast]`, or `podcast = false`."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from tagwire import names
from tagwire.categories import CATEGORIES
from tagwire.config.wrong import Wrong, said
from tagwire.model import Show
from tagwire.problems import closest

if TYPE_CHECKING:
    from collections.abc import Callable

_KNOWN = {
    path.casefold(): (above, below)
    for above, parts in CATEGORIES.items()
    for path, below in ((above, ""), *((f"{above} > {part}", part) for part in parts))
}


def podcast(key: str, value: object) -> dict[str, Any]:
    """What the podcast says of itself; `false` for none."""
    if value is False:
        return {key: None}
    if not isinstance(value, dict):
        raise Wrong(f"is not a table: {said(value)}", f'write `[{key}]` and below it `title = "…"`, or `{key} = false`')
    fields: dict[str, Any] = {}
    for name, each in value.items():
        check = _CHECKS.get(name)
        if check is None:
            hint = closest(name, _CHECKS) or f"it has: {', '.join(sorted(_CHECKS))}"
            raise Wrong(f"has an unknown key `{name}`", hint, name)
        fields[name] = check(name, each)
    return {key: Show(**fields)}


def _wrong(name: str, value: object, what: str, hint: str) -> Wrong:
    article = "an" if name[0] in "aeiou" else "a"
    return Wrong(f"has {article} `{name}` that {what}: {said(value)}", hint, name)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(name, value, "is not a text", f'write `{name} = "…"`')
    return value.strip()


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value, "is neither true nor false", f"write `{name} = true` or `{name} = false`")
    return value


def _email(name: str, value: object) -> str:
    text = _text(name, value)
    if not re.fullmatch(r"[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>()]+", text):
        raise _wrong(name, value, "is not an e-mail address", f'write `{name} = "podcast@example.org"`')
    return text


def _lang(name: str, value: object) -> str:
    text = _text(name, value)
    if not names.LANGUAGE_TAG.match(text):
        raise _wrong(name, value, "is not a language tag", "write one such as `en`, `pt-BR` or `he` (BCP 47)")
    return text


def _type(name: str, value: object) -> str:
    if value not in ("episodic", "serial"):
        raise _wrong(name, value, "is not known", f'write `{name} = "episodic"` or `{name} = "serial"`')
    return str(value)


def _image(name: str, value: object) -> str:
    text = _text(name, value)
    hint = f'write `{name} = "/cover.jpg"`: a square JPEG or PNG, 1400 to 3000 pixels wide'
    if not re.search(r"\.(?:jpe?g|png)(?:\?|\Z)", text, re.IGNORECASE):
        raise _wrong(name, value, "is no JPEG or PNG", hint)
    if not re.match(r"https?://[^\s/]+/\S+\Z|(?![^/]*:)(?!//)", text):
        raise _wrong(name, value, "is neither a path nor a URL", hint)
    return text.removeprefix("/")


def _category(name: str, value: object) -> tuple[tuple[str, str], ...]:
    """One or more of Apple's, each such as `Arts` or `Arts > Books`."""
    if value == []:
        raise _wrong(name, value, "is an empty list", f'write such as `{name} = "News > Daily News"`')
    return tuple(dict.fromkeys(_one(name, each) for each in (value if isinstance(value, list) else [value])))


def _one(name: str, value: object) -> tuple[str, str]:
    text = _text(name, value)
    asked = " > ".join(part.strip() for part in text.split(">")).casefold()
    if found := _KNOWN.get(asked):
        return found
    shown = [f"{above} > {below}" if below else above for above, below in _KNOWN.values()]
    inside = next((each for each in shown if each.casefold().endswith(f" > {asked}")), "")
    near = f"did you mean `{inside}`?" if inside else closest(text, shown)
    raise _wrong(name, value, "no directory knows", near or f"there are: {', '.join(CATEGORIES)}")


def _guid(name: str, value: object) -> str:
    text = _text(name, value)
    try:
        return str(uuid.UUID(text.removeprefix("urn:uuid:")))
    except ValueError as error:
        hint = "leave it away, unless the podcast had one elsewhere: then copy its podcast:guid"
        raise _wrong(name, value, "is no UUID", hint) from error


_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "title": _text,
    "description": _text,
    "author": _text,
    "owner": _text,
    "email": _email,
    "category": _category,
    "explicit": _flag,
    "image": _image,
    "type": _type,
    "lang": _lang,
    "copyright": _text,
    "locked": _flag,
    "guid": _guid,
}
