"""The order of the stages. It decides nothing about content: an `if` about content belongs into a stage."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tagwire import hosts, ledger, memo, plan
from tagwire.disk import places, work
from tagwire.disk.stamps import Stamps
from tagwire.disk.sync import Target
from tagwire.pipeline import circumstances, look, made, reading, steps, twins
from tagwire.pipeline.asked import Left, Options, Result, shown
from tagwire.pipeline.settings import load_config
from tagwire.plan.cards import INDEX
from tagwire.plan.routes import Routes
from tagwire.plan.sketch import Forgotten, Reader
from tagwire.problems import Problem, Stopped, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.model import Article, Config, Ledger, Measure
    from tagwire.pipeline.convert import Conversion
    from tagwire.pipeline.explain import Past
    from tagwire.pipeline.made import Decided, Made
    from tagwire.pipeline.shelf import Shelf
    from tagwire.pipeline.write import Writer


__all__ = ["Left", "Options", "Result", "build", "load_config", "shown"]


def build(options: Options) -> Result:
    """Sources become Markdown, Markdown becomes `site/`.

    Raises:
        Stopped: there are errors; `site/` is as it was.
        OSError: the disk refuses; `site/` is as it was, or completed by the next build.
    """
    config, warnings = load_config(options.root, options.base_url)
    indexed = _indexer(config) if options.search else None
    code = steps.code_name()
    with (
        work.held(options.work or options.root, options.tell) as held,
        memo.opened(str(held.folder / "memory.sqlite"), code) as memory,
    ):
        seen = options.seen if options.seen and options.seen.is_later(held.last) else None
        passing = () if memory.lasts else (_forgetful(),)
        kept = steps.stamps_name(options.root, memory)
        stamps = Stamps(memory.recall(kept))
        try:
            result = _settled(replace(options, seen=seen), config, memory, stamps, held.folder)
            if indexed:
                with options.stages("index for the search"):
                    target = Target(options.out, shown(options), held.folder, stamps)
                    result = indexed(options, config, memory, target, result)
        finally:
            if (told := stamps.saved()) is not None:
                memory.keep(kept, told)
                memory.save()
    lasting = tuple(sorted({*warnings, *result.lasting}))
    return replace(result, problems=tuple(sorted({*warnings, *passing, *result.problems})), lasting=lasting)


def _forgetful() -> Problem:
    """What was found out goes with the build: it isn't wrong for that, but slow."""
    message = "the memory can't be read or written, so this build took as long as a first one"
    hint = "see that you may write to the folder; if you may, delete the file: that costs only time"
    return Problem(".tagwire/memory.sqlite", 0, 0, "memory-unusable", message, hint, severity="warning")


def _indexer(config: Config) -> Callable[[Options, Config, memo.Memo, Target, Result], Result]:
    """What adds the index of the search. Raises `Stopped` if none can be made."""
    from tagwire.pipeline import searching  # noqa: PLC0415 - most builds make no index

    searching.demand(config)
    return searching.add


def _settled(options: Options, config: Config, memory: memo.Memo, stamps: Stamps, folder: Path) -> Result:
    """Builds until no file was changed meanwhile: an editor saves at any moment."""
    attempts = 0
    while True:
        target = Target(options.out, shown(options), folder, stamps)
        try:
            return _Build(options, config, memory, stamps, target).run()
        except places.Changed:
            attempts += 1
            if attempts == _ATTEMPTS:
                raise
            options = replace(options, seen=None)
        finally:
            target.abandon()


_ATTEMPTS = 3


class _Read(NamedTuple):
    """What stands in the files."""

    inputs: Inputs
    shelf: Shelf
    articles: tuple[Article, ...]
    known: dict[str, plan.Known]
    conversions: list[Conversion]
    problems: list[Problem]


_Anew = tuple["Decided", list[bytes], "Inputs", "Shelf", tuple["Conversion", ...]]


class _Build:
    """One build on its way."""

    def __init__(self, options: Options, config: Config, memory: memo.Memo, stamps: Stamps, target: Target) -> None:
        self.options, self.config, self.memory, self.stamps, self.target = options, config, memory, stamps, target
        self.before: Made | None = None
        """What lies in the folder already."""

    def run(self) -> Result:
        with self.options.stages("look at files"):
            inputs = places.inputs(self.options.root, self.stamps, self.options.seen)
        shelf = self._shelf(inputs)
        return self._again(inputs, shelf) or self._anew(inputs, shelf)

    def _again(self, inputs: Inputs, shelf: Shelf) -> Result | None:
        """Builds by what was decided before, if it still holds: then only bodies, or files of the result, changed."""
        key = self._decision(inputs, shelf)
        before = self.before = made.recall(shown(self.options), self.memory)
        if not before or before.key != key or has_errors(inputs.problems) or len(before.readings) != len(shelf.digests):
            return None
        with self.options.stages("recall what was decided"):
            known = made.decided(key, self.memory)
        if not known or not known.holds(self.options.clock) or known.sketch.paths != before.paths:
            return None
        by_address, sources, ground = plan.standing(inputs.assets, self.config)
        measures = plan.measured(self._measures(inputs), sources)
        routes = Routes(self.config, known.sketch.addresses | sources, measures)
        reader = Reader(known.sketch, routes, shelf.article)
        writer = self._writer(inputs, shelf)
        changed = known.sketch.users(shelf.changed(before.readings))
        try:
            writer.show(reader.at, ground, known.unseen)
            paths, names, there = known.sketch.paths, list(before.names), list(before.files)
            for number, item in zip(changed, reader.items(changed), strict=True):
                name = writer.name(item.kind, item.digest, ground)
                if name != names[number]:
                    names[number], there[number] = name, ""
            with self.options.stages("make pages and feeds"):
                found = writer.bring(paths, reader.items, by_address.items(), ground, there)
        except Forgotten:
            self.target.forget()
            self.before = replace(before, key=b"")  # what was decided is of no use
            return None
        self._go_on([*known.problems, *found])
        return self._done(key, names, inputs, shelf, known, ())

    def _decision(self, inputs: Inputs, shelf: Shelf) -> bytes:
        """The name of all that decides about the site: everything but bodies and time, and how templates look."""
        files = [*inputs.assets, *inputs.templates, *inputs.sources, *inputs.ledger]
        # Whether subscribers will see an article anew depends on its text too.
        heads = [row.heads + (row.digests if inputs.ledger else b"") for row in shelf.rows]
        told = [[file.path, file.digest, file.size] for file in files]
        clock, preview = self.options.clock, bool(self.options.base_url)
        flags = [clock.drafts, clock.future, preview]
        return self.memory.key("decided", [told, inputs.unplaced, heads, inputs.problems, self.config, flags])

    def _writer(self, inputs: Inputs, shelf: Shelf) -> Writer:
        from tagwire.pipeline import write  # noqa: PLC0415 - a build with errors needs no renderer

        return write.Writer(self.options, inputs, self.config, self.memory, self.target, shelf)

    def _done(
        self,
        key: bytes,
        names: list[bytes],
        inputs: Inputs,
        shelf: Shelf,
        known: Decided,
        conversions: tuple[Conversion, ...],
    ) -> Result:
        """Everything is staged; `names` are of all items."""
        paths = known.sketch.paths
        out, around = shown(self.options), circumstances.spelt(inputs, self.config, self.memory.code)
        past = self._past(out, shelf, around) if self.options.explain else None
        if self.options.twins and self.config.precompress:
            with self.options.stages("pack"):
                twins.add(self.config, self.memory, self.target)
        if self.config.search:
            self.target.keep(INDEX)  # not packed: Pagefind's files are
        with self.options.stages("move files into place"):
            tally = self.target.commit()
        with self.options.stages("remember"):
            made.keep(out, key, shelf.digests, shelf.keys, (paths, names), self.target.wanted, self.memory)
            circumstances.keep(out, around, self.memory)
            self.memory.save(lambda: itertools.chain(shelf.live(), made.live(key, self.memory)))
        reasons = tuple(past.reasons(tally.written, known.sketch, dict(zip(paths, names, strict=True)))) if past else ()
        there = self.target.left()
        left = Left(*there, known.passed, known.coming) if there else None
        lasting = (*known.problems, *tally.problems)
        return Result(tally, conversions, (*lasting, *tally.mended), lasting, reasons, left, known.unseen)

    def _past(self, out: str, shelf: Shelf, around: bytes) -> Past:
        """What the folder was made of, to be compared: before it is made anew."""
        from tagwire.pipeline import explain  # noqa: PLC0415 - only where it is asked for

        return explain.past(out, frozenset(self.target.before), shelf, around, self.memory)

    def _anew(self, inputs: Inputs, shelf: Shelf) -> Result:
        known, names, inputs, shelf, conversions = self._made_anew(inputs, shelf)
        reading.let_go(len(names))
        key = self._decision(inputs, shelf)
        made.decide(key, known, self.memory)
        return self._done(key, names, inputs, shelf, known, conversions)

    def _made_anew(self, inputs: Inputs, shelf: Shelf) -> _Anew:
        read = self._read(inputs, shelf)
        inputs, shelf, metas = read.inputs, read.shelf, [article.meta for article in read.articles]
        laid, problems = self._laid_out(read)
        writer, unseen = self._writer(inputs, shelf), tuple(plan.unseen(metas, self.options.clock))
        writer.show(laid.at, laid.ground, unseen)
        sketch, names, found = writer.realise(laid, self.before)
        problems = self._go_on([*problems, *found])
        window = plan.window(metas, self.options.clock.now, news=self.config.news)
        known = made.Decided(sketch, *window, tuple(problems), unseen)
        return known, names, inputs, shelf, tuple(read.conversions)

    def _read(self, inputs: Inputs, shelf: Shelf) -> _Read:
        """All articles; those too that sources become."""
        if inputs.sources and self.options.seen:  # what writes to the site looks at it before, and not a moment ago
            inputs = places.inputs(self.options.root, self.stamps)
            shelf = self._shelf(inputs)
        with self.options.stages("recall articles"):
            articles, known, problems = shelf.opened(late=True)
        conversions, doubts = self._convert(inputs, articles, problems)
        if conversions:
            inputs = places.inputs(self.options.root, self.stamps)
            shelf = self._shelf(inputs)
            articles, known, problems = shelf.opened(late=True)
        problems = self._go_on([*inputs.problems, *problems, *doubts])
        return _Read(inputs, shelf, articles, known, conversions, problems)

    def _laid_out(self, read: _Read) -> tuple[plan.Plan, list[Problem]]:
        """The plan, and all that is to say so far."""
        published = reading.published(self.options.root, read.inputs, self.memory)
        measures, assets = self._measures(read.inputs), read.inputs.assets
        with self.options.stages("decide"):
            laid, more = plan.lay_out(
                read.articles, assets, self.config, self.options.clock, published, read.known, measures, self._known()
            )
        problems = self._go_on([*read.problems, *more])
        if laid is None:
            raise Stopped(problems)
        laid = laid.with_texts(hosts.files(self.config, laid.redirects))
        return laid, [*problems, *self._guard(laid, published)]

    def _known(self) -> dict[bytes, plan.Written]:
        """What came of the sheaves of the last build of the same folder, by their names."""
        known = made.decided(self.before.key, self.memory) if self.before else None
        return {each.name: each for each in known.sketch.written} if known else {}

    def _measures(self, inputs: Inputs) -> dict[str, Measure | None]:
        """Of every picture, by path; each is looked at once."""
        named = [file for file in inputs.assets if file.path.startswith("content/") and steps.is_picture(file.path)]
        load = partial(inputs.read, self.options.root)
        with self.options.stages("measure pictures"):
            return {file.path: steps.measure(file, load, self.memory) for file in named}

    def _shelf(self, inputs: Inputs) -> Shelf:
        root, workers = self.options.root, self.options.workers
        with self.options.stages("read and render articles"):
            return reading.shelf(root, inputs, self.config, self.memory, workers, look.ready(root, inputs, self.config))

    def _guard(self, laid: plan.Plan, published: Ledger) -> tuple[Problem, ...]:
        """What subscribers would not like; a preview is none of their business."""
        clock = self.options.clock
        if not published.articles or clock.drafts or clock.future or self.options.base_url:
            return ()
        return ledger.problems(ledger.compare(published, plan.offer(laid)), self.config.old_as_new)

    def _convert(
        self, inputs: Inputs, articles: tuple[Article, ...], problems: list[Problem]
    ) -> tuple[list[Conversion], list[Problem]]:
        """Nothing is converted while an article can't be read: it may be the one that a source became."""
        if not inputs.sources or has_errors([*inputs.problems, *problems]):
            return [], []
        from tagwire.pipeline import convert  # noqa: PLC0415 - most builds convert nothing

        if not self.options.converts:
            return [], convert.refused(self.options.root, inputs, articles)
        with self.options.stages("convert sources"):
            return convert.all_pending(self.options.root, inputs, articles, self.config)

    def _go_on(self, problems: list[Problem]) -> list[Problem]:
        if has_errors(problems):
            raise Stopped(problems)
        return problems
