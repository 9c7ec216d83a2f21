"""Why a file of the result was written (`--explain`): what its maker was given then, beside what it is given now."""

from __future__ import annotations

import ast
import importlib
import inspect
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeGuard

from tagwire.hosts import twins
from tagwire.pipeline import circumstances, made, steps
from tagwire.plan.outline import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from tagwire import memo
    from tagwire.model import Article
    from tagwire.pipeline.shelf import Shelf
    from tagwire.plan.bodies import Known
    from tagwire.plan.sketch import Sketch

    Fields = Callable[[str], list[str]]
    """What of the file at a path has changed: fields of its head, and `text`."""

TEXT = "text"


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What is known of the folder as it was."""

    there: Container[str]
    """Paths of the files that were ours."""
    outputs: Mapping[str, tuple[bytes, str]]
    """(name of the item, digest of the file's bytes), by path."""
    sketch: Sketch | None
    """What was decided."""
    changed: tuple[str, ...]
    """What else isn't what it was: the program, settings, templates."""
    fields: Fields

    def reasons(self, written: Iterable[str], new: Sketch, names: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
        """(path, reason) of each file written; `names` are those of items now."""
        old = self.sketch
        former = {} if old is None else {path: number for number, path in enumerate(old.paths)}
        numbers = {path: number for number, path in enumerate(new.paths)}
        for path in written:
            if path in self.outputs and self.outputs[path][0] == names.get(path):
                yield path, "in the folder was not what was built"
            elif path not in self.there:
                yield path, "it is new"
            elif path not in numbers:
                packed = twins.original(path) != path
                yield path, "the file that it packs" if packed else "the file that it is a copy of"
            else:
                line = old.line(former[path]) if old and path in former else ""
                yield path, self._reason(numbers[path], line, new)

    def _reason(self, number: int, line: str, new: Sketch) -> str:
        """`line` is what the item was; empty if that is lost."""
        found = circumstances.concerning(new.makers[number].partition(" ")[0], self.changed)
        known = bool(self.sketch and line and new.line(number))
        if self.sketch and known and (own := _difference(line, number, _Eye(self.sketch, new, self.fields))):
            found.append(own)
        return ", ".join(found) or ("what its text links to or shows" if known else "what it was built of is lost")


def past(out: str, there: Container[str], shelf: Shelf, around: bytes, memory: memo.Memo) -> Past:
    """What is known of the folder `out`, before what it is now is remembered in its place.

    `there` are the files that were ours, `around` are the circumstances of now.
    """
    old = made.recall(out, memory)
    before = made.decided(old.key, memory) if old else None
    changed = circumstances.changed(circumstances.recall(out, memory), around)
    former = shelf.former(old.rows if old else b"")
    fields = partial(_changed_fields, former, shelf.article, rendered_alike=not circumstances.renders(changed))
    return Past(there, old.outputs if old else {}, before.sketch if before else None, changed, fields)


def _changed_fields(
    former: Mapping[str, bytes],
    article: Callable[[str], tuple[Article, Known]],
    path: str,
    *,
    rendered_alike: bool,
) -> list[str]:
    """What of the file at `path` isn't what it was, as far as that is still known: fields of its head, `text`.

    `rendered_alike`: the same Markdown makes the same HTML as then; else nothing is known of the text.
    """
    line = former.get(path)
    before, now = steps.restored(line).article if line else None, article(path)[0]
    if not before or type(before.meta) is not type(now.meta):
        return []
    names = [each.name for each in fields(now.meta) if each.name != "places"]
    found = [name for name in names if getattr(before.meta, name) != getattr(now.meta, name)]
    told = rendered_alike and before.body != now.body and "lang" not in found
    return [*found, TEXT] if told else found


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
        if not _is_plain(then) or not _is_plain(now):
            return self._inside(then, now)
        if keys is None:
            return self._among(then, now)
        at = next(at for at, pair in enumerate(zip(then, now, strict=False)) if pair[0] != pair[1])
        return f"{keys[at]}{self.first(then[at], now[at])}"

    def _among(self, then: tuple[Any, ...], now: tuple[Any, ...]) -> str:
        """What is new in a list, and what no longer in it; else the first that is another, wherever it stands.

        Only what differs is named: a sitemap has a line for each article.
        """
        both = set(then) & set(now)
        was = [(_name(item, self.old), item) for item in then if item not in both]
        are = [(_name(item, self.new), item) for item in now if item not in both]
        before, after = dict(was), dict(are)
        come = [name for name in after if name and name not in before]
        gone = [name for name in before if name and name not in after]
        if come or gone:
            words = [f"{_some(names)}{word}" for names, word in ((come, _CAME), (gone, _WENT)) if names]
            return f": {', '.join(words)}"
        if len(then) != len(now):
            return f"[{len(then)} → {len(now)}]"
        if not are:
            return ": in another order"
        name, item = are[0]
        found = self.first(before[name] if name else was[0][1], item)
        is_told = name in found or found.endswith((_CAME, _WENT))
        return f"[{now.index(item)}]{found}{'' if is_told else _shown(name)}"

    def _inside(self, then: Any, now: Any) -> str:  # noqa: ANN401 - as above
        """What of a value is another: a field of an article's head, or of what a page is told of a neighbour."""
        was, who = _who(then, self.old), _who(now, self.new)
        if was and was == who and now[0] != f"{MARK}Topic":
            whole = now[0] == f"{MARK}Whole"
            changed = [name for name in self.fields(who) if whole or name != TEXT]
            return f"{'.' if changed else ''}{', '.join(changed)}{_shown(who)}"
        if _is_marked(then) and _is_marked(now) and then[0] == now[0] and ":" in now[0]:
            module, _, name = now[0].removeprefix(MARK).partition(":")
            names = getattr(getattr(importlib.import_module(module), name), "_fields", ())
            pairs = zip(names, then[1:], now[1:], strict=False)
            return next((f".{field}{self.first(one, other)}" for field, one, other in pairs if one != other), "")
        one, other = _value(then, self.old), _value(now, self.new)
        return f": {one} → {other}" if one and other and one != other else _shown(who or was)


def _difference(line: str, number: int, eye: _Eye) -> str:
    new = eye.new
    if line == new.line(number):
        shown = [path for path in new.shown(number) if TEXT in eye.fields(path)]
        return f"the text of {_some(shown)}" if shown else ""
    then, now = ast.literal_eval(line), ast.literal_eval(new.line(number))
    if then[1] != now[1]:
        return "it is made in another way"
    module, _, maker = now[1].partition(":")
    keys = list(inspect.signature(getattr(importlib.import_module(module), maker)).parameters)[1:]
    return eye.first(then[2], now[2], keys)


def _some(paths: list[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return f"{', '.join(paths[:_SHOWN])}{more}"


_SHOWN = 3


def _shown(who: str) -> str:
    return f" ({who})" if who else ""


def _is_plain(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether it is a list, not a value of its own."""
    return isinstance(value, tuple) and not _is_marked(value)


def _name(item: object, sketch: Sketch) -> str:
    """What an owner calls one of a list: by its first part, if it has some; empty for what has no name."""
    while _is_plain(item) and item:
        item = item[0]
    return item[:_LONGEST].strip() if isinstance(item, str) else _who(item, sketch)


def _value(value: object, sketch: Sketch) -> str:
    """A short value, as it may be printed; empty for what is none."""
    if value is None or isinstance(value, int):
        return "nothing" if value is None else str(value)
    if isinstance(value, str):
        return f"“{value[:_LONGEST]}{'…' if len(value) > _LONGEST else ''}”"
    texts = [each for each in value[1:] if isinstance(each, str)] if _is_marked(value) else []
    return f"“{texts[0]}”" if texts else _who(value, sketch)


_LONGEST = 60
_CAME, _WENT = " came", " went"


def _is_marked(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], str) and value[0].startswith(MARK)


def _who(value: object, sketch: Sketch) -> str:
    """Of a post, its file; of a topic, its name; of a text or number, nothing."""
    if not _is_marked(value):
        return ""
    tag, digest = value[0].removeprefix(MARK), value[1]
    line = ""
    if isinstance(digest, bytes) and tag in {"Post", "Sheet", "Whole", "Topic"}:
        line = sketch.topics.get(digest.hex(), "") if tag == "Topic" else sketch.owner(digest)
    told = ast.literal_eval(line) if line else None
    return str(told[2] if tag == "Topic" else told[0]) if told else ""
