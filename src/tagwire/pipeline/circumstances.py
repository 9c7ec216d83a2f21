"""What everything that is made depends on, beside the articles: the program, the settings, the templates.

They are part of every name, so a build needs to know of no difference. `--explain` tells which of them it was.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from tagwire import memo
from tagwire.model import Config

if TYPE_CHECKING:
    from tagwire.disk.places import Inputs

PROGRAM = "the program, or a library of it"
_SETTING = "the setting "
_KEYS = {"vocabulary": "tags.vocabulary", "aliases": "tags.aliases", "ignore": "tags.ignore"}
"""Settings whose fields have other names."""
_RENDERING = frozenset({"engine", "trusted", "math", "quotes", "words"})
"""Settings that make another HTML of the same Markdown."""


def spelt(inputs: Inputs, config: Config, code: str) -> bytes:
    """All of them, to be kept. Of a style sheet, pages only say that there is one."""
    files = [(file.path, file.digest) for file in inputs.templates]
    files += [
        (file.path, "") for file in inputs.assets if file.path.startswith("theme/") and file.path.endswith(".css")
    ]
    return json.dumps([code, memo.canonical(config).decode(), files]).encode()


def _key(out: str) -> bytes:
    """The same for every version of the program, unlike other keys: nothing is made of what is kept here."""
    return memo.digest(b"circumstances\0" + out.encode(errors="surrogateescape"))


def keep(out: str, told: bytes, memory: memo.Memo) -> None:
    """Remembers those that the folder `out` was made in."""
    if recall(out, memory) != told:
        memory.keep(_key(out), told)


def recall(out: str, memory: memo.Memo) -> bytes:
    """Those that the folder `out` was made in; empty if they are lost."""
    return memory.recall(_key(out)) or b""


def changed(then: bytes, now: bytes) -> tuple[str, ...]:
    """The names of those that aren't what they were, sorted, if that is known; the program stands for all."""
    if not then or then == now:
        return ()
    (code, config, files), (own, settings, others) = json.loads(then), json.loads(now)
    if code != own:
        return (PROGRAM,)
    pairs = {*map(tuple, files)} ^ {*map(tuple, others)}
    return (*_settings(config, settings), *sorted({path for path, _ in pairs}))


def _settings(then: str, now: str) -> list[str]:
    values = (json.loads(text)["Config"] for text in (then, now))
    known = [(field.name, *pair) for field, *pair in zip(fields(Config), *values, strict=True) if field.compare]
    return [_SETTING + _KEYS.get(name, name) for name, one, other in known if one != other]


def concerning(kind: str, names: tuple[str, ...]) -> list[str]:
    """Those that an item of this kind depends on."""
    if kind == "page":
        return list(names)
    return [name for name in names if name == PROGRAM or (name.startswith(_SETTING) and kind != "picture")]


def renders(names: tuple[str, ...]) -> bool:
    """Whether what has changed makes another HTML of the same Markdown."""
    return any(name == PROGRAM or name.removeprefix(_SETTING) in _RENDERING for name in names)
