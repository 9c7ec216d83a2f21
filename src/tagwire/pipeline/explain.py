"""Why a file of the result was written (`--explain`): what its maker was given then, beside what it is given now."""

from __future__ import annotations

import ast
import importlib
import inspect
from typing import TYPE_CHECKING, Any

from tagwire.hosts import twins
from tagwire.plan.outline import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagwire.plan.sketch import Sketch


def reasons(
    written: Iterable[str],
    before: Mapping[str, tuple[bytes, str]],
    old: Sketch | None,
    new: Sketch,
    names: Mapping[str, bytes],
) -> Iterator[tuple[str, str]]:
    """(path, reason) of each file written. `before` is what was there, `names` are those of items now."""
    lines = {} if old is None else dict(zip(old.paths, old.lines, strict=True))
    numbers = {path: number for number, path in enumerate(new.paths)}
    for path in written:
        if path not in numbers and twins.original(path) != path:
            yield path, "the file that it packs"
        elif path not in numbers:
            yield path, "the file that it is a copy of"
        elif path not in before:
            yield path, "it is new"
        elif before[path][0] == names[path]:
            yield path, "in the folder was not what was built"
        elif old is None or not lines.get(path) or not new.lines[numbers[path]]:
            yield path, "what was built of is no longer known"
        else:
            yield path, _difference(lines[path], numbers[path], old, new)


def _difference(line: str, number: int, old: Sketch, new: Sketch) -> str:
    if line == new.lines[number]:
        shown = [path for path, users in new.users.items() if number in users]
        return f"the text of {shown[0]}" if len(shown) == 1 else "a text that it shows, a template, or the program"
    then, now = ast.literal_eval(line), ast.literal_eval(new.lines[number])
    if then[1] != now[1]:
        return "it is made in another way"
    module, _, maker = now[1].partition(":")
    keys = list(inspect.signature(getattr(importlib.import_module(module), maker)).parameters)[1:]
    found = _first(then[2], now[2], old, new, keys)
    return found or "a template, a setting, or the program"


def _first(then: Any, now: Any, old: Sketch, new: Sketch, keys: list[str] | None = None) -> str:  # noqa: ANN401
    """The way to the first thing that isn't what it was: `posts[3] (content/articles/a.md)`."""
    if then == now:
        return ""
    if not isinstance(then, tuple) or not isinstance(now, tuple) or _is_marked(then) or _is_marked(now):
        return _who(now, new) or _who(then, old)
    if keys is None and len(then) != len(now):
        gone, come = [item for item in then if item not in now], [item for item in now if item not in then]
        who = _who(come[0], new) if come else _who(gone[0], old) if gone else ""
        return f"[{len(then)} → {len(now)}]{who}"
    at = next(at for at, pair in enumerate(zip(then, now, strict=False)) if pair[0] != pair[1])
    name = keys[at] if keys else f"[{at}]"
    return f"{name}{_first(then[at], now[at], old, new)}"


def _is_marked(value: tuple[object, ...]) -> bool:
    return bool(value) and isinstance(value[0], str) and value[0].startswith(MARK)


def _who(value: Any, sketch: Sketch) -> str:  # noqa: ANN401 - what a line says
    """Of a post, its file; of a topic, its name; of a text or number, nothing more."""
    if not isinstance(value, tuple) or not _is_marked(value):
        return ""
    tag, digest = value[0].removeprefix(MARK), value[1]
    lines = {"Post": sketch.posts, "Sheet": sketch.posts, "Whole": sketch.posts, "Topic": sketch.topics}.get(tag, {})
    line = lines.get(digest.hex()) if isinstance(digest, bytes) else None
    told = ast.literal_eval(line) if line else None
    return f" ({told[2] if tag == 'Topic' else told[0]})" if told else ""
