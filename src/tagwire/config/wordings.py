"""The setting `words`: the interface's words as the owner wants them."""

from __future__ import annotations

from typing import Any

from tagwire import names, words
from tagwire.config.wrong import Wrong, said
from tagwire.problems import closest


def wordings(key: str, value: object) -> dict[str, Any]:
    """A table of wordings for each language."""
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise Wrong("is not a table of tables", f'write `[{key}.en]` and below it `related = "Read on"`')
    return {key: tuple((lang, _table(key, lang, table)) for lang, table in value.items())}


def _table(key: str, lang: str, table: dict[str, Any]) -> tuple[tuple[str, words.Wording], ...]:
    if not names.LANGUAGE_TAG.match(lang):
        raise Wrong(f"has a part that is no language tag: {said(lang)}", f"write such as `[{key}.pt]`", lang)
    for name, wording in table.items():
        if name not in words.KINDS:
            hint = closest(name, words.KINDS) or "the handbook lists all words"
            raise Wrong(f"has an unknown key `{name}`", hint, lang, name)
        if wrong := words.fault(name, wording):
            raise Wrong(f"has a bad `{name}`: {said(wording)} {wrong}", "take the English one as a pattern", lang, name)
    return tuple((name, tuple(text.items()) if isinstance(text, dict) else text) for name, text in table.items())
