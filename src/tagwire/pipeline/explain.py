"""Why a file of the result was written (`--explain`): what its maker was given then, beside what it is given now."""

from __future__ import annotations

import ast
import importlib
import inspect
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeGuard

from tagwire.hosts import twins
from tagwire.pipeline import steps
from tagwire.plan.outline import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tagwire.model import Article
    from tagwire.plan.bodies import Known
    from tagwire.plan.sketch import Sketch

    Fields = Callable[[str], list[str]]
    """What of the head of the file at a path has changed."""


def reasons(
    written: Iterable[str],
    before: Mapping[str, tuple[bytes, str]],
    old: Sketch | None,
    new: Sketch,
    names: Mapping[str, bytes],
    fields: Fields,
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
            yield path, _difference(lines[path], numbers[path], _Eye(old, new, fields))


def changed_fields(
    former: Mapping[str, bytes], article: Callable[[str], tuple[Article, Known]], path: str
) -> list[str]:
    """What of the head of the file at `path` isn't what it was, as far as that is still known."""
    line = former.get(path)
    before = steps.restored(line).article if line else None
    now = article(path)[0].meta
    if not before or type(before.meta) is not type(now):
        return []
    names = [each.name for each in fields(now) if each.name != "places"]
    return [name for name in names if getattr(before.meta, name) != getattr(now, name)]


@dataclass(frozen=True, slots=True)
class _Eye:
    """Compares what was decided then and now."""

    old: Sketch
    new: Sketch
    fields: Fields

    def first(self, then: Any, now: Any, keys: list[str] | None = None) -> str:  # noqa: ANN401 - what lines say
        """The way to the first thing that isn't what it was: `posts[3].title (content/articles/a.md)`."""
        if then == now:
            return ""
        if not isinstance(then, tuple) or not isinstance(now, tuple) or _is_marked(then) or _is_marked(now):
            return self._inside(then, now)
        if keys is None and len(then) != len(now):
            gone, come = [item for item in then if item not in now], [item for item in now if item not in then]
            who = _who(come[0], self.new) if come else _who(gone[0], self.old) if gone else ""
            return f"[{len(then)} → {len(now)}]{_shown(who)}"
        at = next(at for at, pair in enumerate(zip(then, now, strict=False)) if pair[0] != pair[1])
        name = keys[at] if keys else f"[{at}]"
        return f"{name}{self.first(then[at], now[at])}"

    def _inside(self, then: Any, now: Any) -> str:  # noqa: ANN401 - as above
        """What of a value is another: a field of an article's head, or of what a page is told of a neighbour."""
        was, who = _who(then, self.old), _who(now, self.new)
        if was and was == who and now[0] != f"{MARK}Topic":
            changed = self.fields(who)
            return f"{'.' if changed else ''}{', '.join(changed)}{_shown(who)}"
        if _is_marked(then) and _is_marked(now) and then[0] == now[0] and ":" in now[0]:
            module, _, name = now[0].removeprefix(MARK).partition(":")
            names = getattr(getattr(importlib.import_module(module), name), "_fields", ())
            pairs = zip(names, then[1:], now[1:], strict=False)
            return next((f".{field}{self.first(one, other)}" for field, one, other in pairs if one != other), "")
        return _shown(who or was)


def _difference(line: str, number: int, eye: _Eye) -> str:
    new = eye.new
    if line == new.lines[number]:
        shown = [path for path, users in new.users.items() if number in users]
        return f"the text of {shown[0]}" if len(shown) == 1 else "a text that it shows, a template, or the program"
    then, now = ast.literal_eval(line), ast.literal_eval(new.lines[number])
    if then[1] != now[1]:
        return "it is made in another way"
    module, _, maker = now[1].partition(":")
    keys = list(inspect.signature(getattr(importlib.import_module(module), maker)).parameters)[1:]
    return eye.first(then[2], now[2], keys) or "a template, a setting, or the program"


def _shown(who: str) -> str:
    return f" ({who})" if who else ""


def _is_marked(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], str) and value[0].startswith(MARK)


def _who(value: object, sketch: Sketch) -> str:
    """Of a post, its file; of a topic, its name; of a text or number, nothing."""
    if not _is_marked(value):
        return ""
    tag, digest = value[0].removeprefix(MARK), value[1]
    lines = {"Post": sketch.posts, "Sheet": sketch.posts, "Whole": sketch.posts, "Topic": sketch.topics}.get(tag, {})
    line = lines.get(digest.hex()) if isinstance(digest, bytes) else None
    told = ast.literal_eval(line) if line else None
    return str(told[2] if tag == "Topic" else told[0]) if told else ""
