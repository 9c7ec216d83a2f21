"""The plan becomes files: what is remembered and already there is left alone, the rest is rendered and staged."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from tagwire import feeds, memo
from tagwire.model import Feed, Text, Variant
from tagwire.pipeline import ahead, forks, look, made, pool, steps
from tagwire.plan.sketch import sketched
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tagwire.disk.places import Inputs
    from tagwire.disk.sync import Staged, Target
    from tagwire.model import BodyUse, Config, Entry, File
    from tagwire.pipeline import Options
    from tagwire.pipeline.made import Made as Built
    from tagwire.pipeline.shelf import Shelf
    from tagwire.plan import Ground, Item, Plan
    from tagwire.plan.outline import Made
    from tagwire.plan.sketch import Sketch
    from tagwire.theme import Theme


_RECENT = 200
"""Bodies of entries held in memory: the formats of a feed, and feeds of neighbouring topics, share most of theirs."""


_BESIDE = 40_000
"""Outputs up to which their names are made while copies of the process make them. Whatever is looked at meanwhile is in
memory twice: with 100,000 articles that is as much as the site itself."""
_MAKING = "making pages and feeds"


class Writer:
    """Brings a plan to a target."""

    def __init__(
        self,
        options: Options,
        inputs: Inputs,
        config: Config,
        memory: memo.Memo,
        target: Target,
        shelf: Shelf,
    ) -> None:
        self.root, self.workers, self.inputs, self.config = options.root, options.workers, inputs, config
        self.audience, self.stages = options.audience, options.stages
        self._ahead: dict[str, bytes] = {}
        self.memory, self.target = memory, target
        self.look = memo.digest(memo.canonical([inputs.templates, config.words]))
        self._theme: Theme | None = None
        self.shelf = shelf
        self._recent: dict[tuple[str, tuple[str, ...]], str] = {}

    def realise(self, laid: Plan, before: Built | None) -> tuple[Sketch, list[bytes], set[Problem]]:
        """What was decided in texts, the name of each output, and what templates did wrong: all is staged.

        `before` is what was built last.
        """
        writing, copies = made.Writing(laid.sheaves, self.memory), [(copy.path, copy.source) for copy in laid.copies]
        is_first = not self.target.before and sum(len(sheaf.paths) for sheaf in laid.sheaves) < _BESIDE
        found: set[Problem] = set()
        if is_first:  # then all are made, whatever their names
            with self.stages("make pages and feeds"):
                found = self.make(list(laid.items), copies, laid.ground, writing)
        with self.stages("name what is decided"):
            sketch = sketched(laid, writing.whole())
            names = self.names(sketch, laid.ground)
        if not is_first:
            there = before.of(sketch.paths, names) if before else [""] * len(names)
            with self.stages("make pages and feeds"):
                found = self.bring(sketch.paths, laid.some, copies, laid.ground, there)
        return sketch, names, found

    def bring(
        self,
        paths: list[str],
        items: Callable[[list[int]], list[Item]],
        copies: Iterable[tuple[str, File]],
        ground: Ground,
        there: list[str],
    ) -> set[Problem]:
        """Stages every output that isn't there yet; gives what templates did wrong.

        `paths` are of all items, `items` gives those of some numbers. `there`: of each, the digest of the bytes that
        were made of just that before; empty where none were.
        """
        stays = self.target.stay(paths, there)
        missing = [number for number, is_there in enumerate(stays) if not is_there]
        return self.make(items(missing), copies, ground)

    def make(
        self,
        items: list[Item],
        copies: Iterable[tuple[str, File]],
        ground: Ground,
        beside: Iterator[object] | None = None,
    ) -> set[Problem]:
        """Stages outputs, whatever is there; the rest as in `bring`. `beside` is gone through meanwhile, or a part."""
        for address, file in copies:
            if not self.target.has(address, file.digest):
                self.target.put(address, self._file(file))
        if self.audience:
            self.audience.stays(frozenset(self.target.wanted.keys() - self.target.staged.keys()))
        return self._make(items, ground, beside) | look.unshown(self.inputs, self._templates)

    def show(
        self, items: Callable[[Collection[str]], list[Item]], ground: Ground, unseen: Iterable[tuple[str, str]]
    ) -> None:
        """Makes what somebody looks at, and shows it before all the rest is made; `items` gives those at some paths."""
        if not self.audience:
            return
        made = [(item.path, self._rendered(item.make(ground))) for item in items(self.audience.wishes())]
        self._ahead = {path: data for path, data in made if isinstance(data, bytes)}
        self.audience.show(self._ahead, unseen)

    def name(self, kind: str, digest_of_item: bytes, ground: Ground) -> bytes:
        """An item's name: of all that its bytes depend on."""
        return memo.digest(digest_of_item + self._tail(kind, ground))

    def _tail(self, kind: str, ground: Ground) -> bytes:
        look = self.look if kind == "page" else b""
        upon = b"" if kind == "picture" else ground.digest  # the settings change no picture
        return b"".join((upon, look, self.memory.code.encode()))

    def names(self, sketch: Sketch, ground: Ground) -> list[bytes]:
        """The name of each item of a sketch: `name` of them all."""
        tails = {kind: self._tail(kind, ground) for kind in ("page", "feed", "text", "picture")}
        kinds = {maker: tails[maker.partition(" ")[0]] for maker in dict.fromkeys(sketch.makers)}
        return [memo.digest(own + kinds[maker]) for own, maker in zip(sketch.digests, sketch.makers, strict=True)]

    def _file(self, file: File) -> bytes:
        return self.inputs.read(self.root, file)

    def _make(self, missing: list[Item], ground: Ground, beside: Iterator[object] | None) -> set[Problem]:
        copies = self.workers.copies(len(missing))
        if sum(item.kind == "page" for item in missing) >= pool.WORTH_FORKING:
            ground.idle = look.idle_fields(self._templates())
        if not copies:
            return self._make_here(missing, ground)
        # What making one of many loads, all copies have; what there is one of, one copy makes while others work.
        many = {maker for maker, number in Counter(item.maker for item in missing).items() if number > copies}
        first = {item.maker: item for item in reversed(missing) if item.maker in many}
        found = self._make_here(list(first.values()), ground)
        rest = [item for item in missing if item is not first.get(item.maker)]
        return found | self._make_by_forks(rest, ground, copies, beside)

    def _make_here(self, missing: Sequence[Item], ground: Ground) -> set[Problem]:
        found: set[Problem] = set()
        for number, item in enumerate(ahead.in_order(missing, self.target, self.audience)):
            self.workers.told(_MAKING, number, len(missing))
            data = self._ahead.get(item.path) or self._rendered(item.make(ground))
            if isinstance(data, Problem):
                found.add(data)
            else:
                self.target.put(item.path, data)
        return found

    def _make_by_forks(
        self, missing: list[Item], ground: Ground, copies: int, beside: Iterator[object] | None
    ) -> set[Problem]:
        """Copies of this process make and stage the items; bodies come out of the memory's file."""
        for item in () if self.shelf.is_new else missing:  # nothing comes late of what was just read
            item.summon()
        places, parts, own = self.target.places(len(missing)), pool.shares(len(missing)), self.memory
        done, faults = bytearray(len(missing)), set[Problem]()
        with own.lent() as file, contextlib.suppress(forks.Lost):  # it goes slower, but it goes

            def work(share: int) -> list[Staged | Problem]:
                if self.memory is own:
                    self.memory = memo.borrowed(file, own.code)
                return [self._staged(missing[number], ground, places[number]) for number in parts[share]]

            for share, results in forks.results(len(parts) if file else 0, work, copies, beside):
                self.workers.told(_MAKING, done.count(1), len(missing))
                for number, result in zip(parts[share], results, strict=True):
                    done[number] = 1
                    if isinstance(result, Problem):
                        faults.add(result)
                    else:
                        self.target.adopt(missing[number].path, result, places[number])
        left = [item for number, item in enumerate(missing) if not done[number]]
        return faults | self._make_here(left, ground)

    def _staged(self, item: Item, ground: Ground, place: int) -> Staged | Problem:
        """Makes an item and stages it."""
        data = self._rendered(item.make(ground))
        return data if isinstance(data, Problem) else self.target.write(item.path, place, data)

    def _rendered(self, made: Made) -> bytes | Problem:
        match made:
            case Feed():
                return feeds.render(made, tuple(map(self._of_reader, made.entries)))
            case Text():
                return made.text.encode()
            case Variant():
                from tagwire import images  # noqa: PLC0415 - loaded when the first picture is made

                return images.smaller(self._file(made.source), made.width, made.format)
            case page, site:
                from tagwire import theme  # noqa: PLC0415 - loaded when the first page is rendered

                content = self._loaded(page.body, reader=False) if page.body else ""
                contents = tuple(feeds.compose(each, self._of_reader(each), page.room) for each in page.entries)
                return theme.render(self._templates(), page, site, content, contents)

    def _of_reader(self, entry: Entry) -> str:
        return self._content(entry.content) if entry.content else ""

    def _content(self, use: BodyUse) -> str:
        key = use.key, use.urls  # which is all that readers get of it
        found = self._recent.get(key)
        if found is None:
            found = self._recent[key] = self._loaded(use, reader=True)
            if len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]
        return found

    def _loaded(self, use: BodyUse, *, reader: bool) -> str:
        html = steps.load(use, self.memory, reader=reader)
        if html is None:  # the memory has lost it: damaged, or swept
            origin = self.shelf.origin(use.key)
            steps.read(origin, self._file(origin), self.config, self.memory)
            html = steps.load(use, self.memory, reader=reader)
        if html is None:
            raise RuntimeError(f"the body of {self.shelf.origin(use.key).path} is not what it was")
        return html

    def _templates(self) -> Theme:
        if self._theme is None:
            self._theme = look.theme(self.root, self.inputs, self.config)
        return self._theme
