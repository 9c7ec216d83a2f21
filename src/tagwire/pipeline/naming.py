"""What the file of an article is called where its name is taken, and the same text in another language is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagwire import intake
from tagwire.disk import work
from tagwire.intake.found import Found

if TYPE_CHECKING:
    from pathlib import Path

    from tagwire.intake.found import Item


class Tongues(NamedTuple):
    """The languages of a text that an export has twice under one name; both empty where it has it once."""

    own: str
    other: str
    """Of the one that is there."""


_LANG = re.compile(r"^lang:[ \t]+['\"]?([A-Za-z0-9-]+)['\"]?$", re.MULTILINE)


_LONGEST = 35
"""Letters of a language in a file's name, as RFC 5646, 4.4.1 wants them to be kept at least."""


def tongues(item: Item, made: str, file: Path, source: str, lang: str) -> Tongues:
    """Of an item whose name `file` may have, from the same `source`; `lang` is that of texts that state none.

    `made` is its text as an article, in which a language is one: what an item states may be anything.
    Pelican's translations have one name (https://docs.getpelican.com/en/latest/content.html#translations).
    """
    own = _lang(made)
    if not isinstance(item.found, Found) or not item.found.slug or len(own) > _LONGEST:
        return Tongues("", "")
    if not own or item.found.lang.replace("_", "-") != own:  # it was guessed
        return Tongues("", "")
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    other = _lang(text) or lang
    mine = bool(text) and intake.origin(text).path == source
    return Tongues(own.lower(), other) if mine and _main(own) != _main(other) else Tongues("", "")


def _lang(text: str) -> str:
    found = _LANG.search(text.partition("\n---\n")[0])
    return found[1] if found else ""


def _main(lang: str) -> str:
    return lang.lower().partition("-")[0]


def free(folder: Path, wanted: str, found: Tongues) -> str:
    """The name that is wanted, with its language if the same text is there in another, or the first like it."""
    return first(folder, f"{wanted}-{found.own}" if found.own else wanted)


def first(folder: Path, wanted: str) -> str:
    """The name that is wanted, or the first like it that no file in `folder` has."""
    name, number = wanted, 1
    while work.is_taken(folder / f"{name}.md"):
        number += 1
        name = f"{wanted}-{number}"
    return name


def renamed(wanted: str, name: str, found: Tongues) -> str:
    """What its owner is told."""
    if name == f"{wanted}-{found.own}":
        return f"the name `{wanted}`, which it shares with the same text in {found.other}: this one is `{name}`"
    return f"the name `{wanted}` was taken: this one is `{name}`"


def translates(wanted: str, name: str, found: Tongues) -> tuple[tuple[str, str], ...]:
    """What stands in its front matter of the one that has the name."""
    return ((found.other, f"{wanted}.md"),) if name == f"{wanted}-{found.own}" else ()
