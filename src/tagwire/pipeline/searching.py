"""The index of the search. It is made of finished pages, and as a whole: so only where it is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import search
from tagwire.plan.cards import INDEX
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.disk.sync import Tally, Target
    from tagwire.memo import Memo
    from tagwire.model import Config
    from tagwire.pipeline import Options, Result


def demand(config: Config) -> None:
    """Raises `Stopped` if no index can be made."""
    if not config.search:
        hint = "write `search = true`, or build without --search"
        raise Stopped([Problem(config.source, 0, 0, "search-off", "the site has no page to search it", hint)])
    if search.lacks():
        hint = "run: pip install 'tagwire[search]'"
        raise Stopped([Problem(config.source, 0, 0, "extra-missing", "Pagefind is not installed", hint)])


def add(options: Options, config: Config, memory: Memo, target: Target, result: Result) -> Result:
    """Adds the index of the pages that stand in `target` to it.

    Raises:
        Stopped: Pagefind failed; all but the index is built.
    """
    rest = {path: name for path, name in target.before.items() if not path.startswith(INDEX)}
    pages = sorted((path, name) for path, name in rest.items() if path.endswith(".html"))
    key = memory.key("search", [pages, config.links, search.version()])
    known: dict[str, str] = json.loads(memory.recall(key) or b"{}")
    there = {path: name for path, name in target.before.items() if path.startswith(INDEX)}
    if known and known == there and all(target.has(path, name) for path, name in known.items()):
        target.forget()
        return result
    for path, name in rest.items():
        if not target.has(path, name):
            target.wanted[path] = name  # edited by hand since: the next build will see to it
    try:
        found = search.index(_marked(options, pages), file_names=config.links == "index")
    except search.Failed as error:
        raise Stopped([Problem("-", 0, 0, "search-failed", f"Pagefind made no index: {error}")]) from error
    made = {f"{INDEX}{path}": target.put(f"{INDEX}{path}", data) for path, data in found.items()}
    tally = target.commit()
    memory.keep(key, json.dumps(made).encode())
    memory.save()
    return _both(result, tally, target)


def _marked(options: Options, pages: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    for path, _ in pages:
        file = options.out / path
        html = file.read_bytes() if file.is_file() else b""
        if search.MARK in html:
            yield path, html


def _both(result: Result, tally: Tally, target: Target) -> Result:
    """What was done in the end, in two steps."""
    written = tuple(sorted({*result.tally.written, *tally.written}))
    removed = tuple(sorted({*result.tally.removed, *tally.removed}))
    unchanged = len(target.wanted) - len(written)
    there = target.left()
    left = replace(result.left, paths=there[0], marks=there[1]) if there and result.left else None
    whole = replace(result.tally, written=written, removed=removed, unchanged=unchanged)
    problems = (*tally.problems, *tally.mended)
    return replace(result, tally=whole, problems=tuple(sorted({*result.problems, *problems})), left=left)
