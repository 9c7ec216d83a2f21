"""The order of the stages. It decides nothing about content: an `if` about content belongs into a stage."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tagwire import config as settings
from tagwire import hosts, ledger, memo, plan, prose
from tagwire.disk import places, work
from tagwire.disk.stamps import Stamps
from tagwire.disk.sync import Target
from tagwire.pipeline import pool, reading, shortcut, steps
from tagwire.problems import Problem, Stopped, has_errors

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.disk.sync import Tally
    from tagwire.model import Article, Clock, Config, Ledger
    from tagwire.pipeline.convert import Conversion
    from tagwire.pipeline.shelf import Shelf


def _nothing(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked of a build."""

    root: Path
    """Folder of the site, absolute."""
    out: Path
    """Folder of the result, absolute."""
    clock: Clock
    base_url: str = ""
    workers: pool.Workers = field(default_factory=pool.Workers)
    tell: Callable[[str], None] = _nothing
    """Is given a sentence while the build goes on, such as what it waits for."""


@dataclass(frozen=True, slots=True)
class Left:
    """What the next build may compare with."""

    paths: list[str]
    marks: list[int]
    """What `stat` says of each path; see `disk.settled`."""
    passed: dt.datetime | None
    coming: dt.datetime | None
    """Nothing becomes due or expires from `passed` until before `coming`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    tally: Tally
    conversions: tuple[Conversion, ...]
    problems: tuple[Problem, ...]
    """Warnings, sorted: with errors there is no result."""
    lasting: tuple[Problem, ...] = ()
    """Those among them that the next build will find too, if nothing changes."""
    left: Left | None = None
    """None where the next build has to look for itself."""


def load_config(root: Path, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    """The settings of the site at `root`, with warnings.

    Raises:
        Stopped: there are none, or they have errors.
    """
    try:
        found = places.settings(root)
    except (OSError, UnicodeDecodeError) as error:
        raise Stopped([Problem("-", 0, 0, "unreadable", f"the settings can't be read: {error}")]) from error
    if found is None:
        hint = 'write `title = "…"` into tagwire.toml, or into [tool.tagwire] of pyproject.toml'
        raise Stopped([Problem("-", 0, 0, "no-site", f"there is no site in {root}", hint)])
    name, text, section = found
    config, problems = settings.read(text, name, section, {"url": base_url} if base_url else {})
    if config is None:
        raise Stopped(problems)
    if prose.lacks(config.engine):
        hint = "run: pip install 'tagwire[fast]'"
        raise Stopped([Problem(name, 0, 0, "extra-missing", f"the engine `{config.engine}` is not installed", hint)])
    return config, settings.missing_url(config, name)


def build(options: Options) -> Result:
    """Sources become Markdown, Markdown becomes `site/`.

    Raises:
        Stopped: there are errors; `site/` is as it was.
        OSError: the disk refuses; `site/` is as it was, or completed by the next build.
    """
    config, warnings = load_config(options.root, options.base_url)
    code = steps.code_name(places.package_sources())
    with work.held(options.root, options.tell) as folder, memo.opened(str(folder / "memory.sqlite"), code) as memory:
        stamps = Stamps(memory.recall(memory.key("stamps", str(options.root))))
        try:
            result = _settled(options, config, memory, stamps, folder)
        finally:
            if stamps.changed:
                memory.keep(memory.key("stamps", str(options.root)), stamps.saved())
                memory.save()
    lasting = tuple(sorted({*warnings, *result.lasting}))
    return replace(result, problems=tuple(sorted({*warnings, *result.problems})), lasting=lasting)


def _settled(options: Options, config: Config, memory: memo.Memo, stamps: Stamps, folder: Path) -> Result:
    """Builds until no file was changed meanwhile: an editor saves at any moment."""
    changed = ""
    for _ in range(_ATTEMPTS):
        target = Target(options.out, shown(options), folder, stamps)
        try:
            return _Build(options, config, memory, stamps, target).run()
        except places.Changed as error:
            changed = error.path
        finally:
            target.abandon()
    hint = "build again when nothing writes to it"
    raise Stopped([Problem(changed, 0, 0, "changed-meanwhile", "the file changes while it is built", hint)])


_ATTEMPTS = 3


def shown(options: Options) -> str:
    """The result's folder as people know it."""
    inside = options.out.is_relative_to(options.root)
    return options.out.relative_to(options.root).as_posix() if inside else str(options.out)


class _Build:
    """One build on its way."""

    def __init__(self, options: Options, config: Config, memory: memo.Memo, stamps: Stamps, target: Target) -> None:
        self.options, self.config, self.memory, self.stamps, self.target = options, config, memory, stamps, target

    def run(self) -> Result:
        inputs = self._scan()
        known = shortcut.recall(self._key(inputs), self.options.clock, self.memory)
        if known and not has_errors(inputs.problems):
            tally = self.target.intact(known.manifest)
            if tally:
                return self._result(tally, (), known)
        return self._make(inputs)

    def _scan(self) -> Inputs:
        return places.inputs(self.options.root, self.stamps)

    def _make(self, inputs: Inputs) -> Result:
        shelf = self._shelf(inputs)
        articles, known, problems = shelf.opened()
        conversions, doubts = self._convert(inputs, articles, problems)
        if conversions:
            inputs = self._scan()
            shelf = self._shelf(inputs)
            articles, known, problems = shelf.opened()
        problems = self._go_on([*inputs.problems, *problems, *doubts])
        published = reading.published(self.options.root, inputs)
        laid, more = plan.lay_out(articles, inputs.assets, self.config, self.options.clock, published, known)
        problems = self._go_on([*problems, *more])
        if laid is None:
            raise Stopped(problems)
        laid = laid.with_texts(hosts.files(self.config, laid.redirects))
        problems += self._guard(laid, published)
        from tagwire.pipeline import write  # noqa: PLC0415 - an unchanged build needs no renderer

        writer = write.Writer(self.options, inputs, self.config, self.memory, self.target)
        problems = self._go_on([*problems, *writer.write(laid, articles)])
        tally = self.target.commit()
        window = plan.window([article.meta for article in articles], self.options.clock.now, news=self.config.news)
        came = shortcut.Known(*window, self.target.manifest(), (*problems, *tally.problems))
        shortcut.remember(self._key(inputs), came, self.memory)
        self.memory.save(shelf.live)
        return self._result(tally, tuple(conversions), came)

    def _key(self, inputs: Inputs) -> bytes:
        return shortcut.key(inputs, self.config, self.options.clock, self.memory)

    def _result(self, tally: Tally, conversions: tuple[Conversion, ...], known: shortcut.Known) -> Result:
        there = self.target.left()
        left = Left(*there, known.passed, known.coming) if there else None
        return Result(tally, conversions, (*known.problems, *tally.mended), known.problems, left)

    def _shelf(self, inputs: Inputs) -> Shelf:
        return reading.shelf(self.options.root, inputs, self.config, self.memory, self.options.workers)

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

        return convert.all_pending(self.options.root, inputs, articles, self.config)

    def _go_on(self, problems: list[Problem]) -> list[Problem]:
        if has_errors(problems):
            raise Stopped(problems)
        return problems
