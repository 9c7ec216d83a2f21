"""The plan becomes files: what is remembered and already there is left alone, the rest is rendered and staged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import feeds, memo
from tagwire.pipeline import steps
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tagwire import views
    from tagwire.disk.places import Inputs
    from tagwire.disk.sync import Target
    from tagwire.model import Article, BodyUse, Config, Feed, File, Page
    from tagwire.plan import Plan
    from tagwire.theme import Theme


_RECENT = 200
"""Bodies held in memory: the two formats of a feed, and feeds of neighbouring topics, share most of theirs."""


class Writer:
    """Brings a plan to a target."""

    def __init__(self, root: Path, inputs: Inputs, config: Config, memory: memo.Memo, target: Target) -> None:
        self.root, self.inputs, self.config = root, inputs, config
        self.memory, self.target = memory, target
        self.look = memo.digest(memo.canonical(inputs.templates)).hex()
        self._theme: Theme | None = None
        self._origins: dict[str, File] = {}
        self._recent: dict[tuple[BodyUse, bool], str] = {}

    def write(self, plan: Plan, articles: Iterable[Article]) -> Iterator[Problem]:
        """Stages every output that isn't there yet; gives what templates did wrong."""
        files = {file.path: file for file in self.inputs.content}
        self._origins = {article.body: files[article.meta.path] for article in articles}
        for copy in plan.copies:
            if not self.target.has(copy.path, copy.source.digest):
                self.target.put(copy.path, self._file(copy.source))
        for text in plan.texts:
            self.target.put(text.path, text.text.encode())
        found: set[Problem] = set()
        for page, site in plan.pages:
            found |= self._page(page, site)
        for feed in plan.feeds:
            self._feed(feed)
        return iter(found)

    def _file(self, file: File) -> bytes:
        return self.inputs.read(self.root, file)

    def _page(self, page: Page, site: views.Site) -> set[Problem]:
        def make() -> bytes | Problem:
            from tagwire import theme  # noqa: PLC0415 - loaded when the first page is rendered

            content = self._content(page.body, reader=False) if page.body else ""
            return theme.render(self._templates(), page, site, content)

        return self._emit(page.path, self.memory.key("page", [page, site, self.look]), make)

    def _feed(self, feed: Feed) -> None:
        def make() -> bytes:
            return feeds.render(feed, tuple(self._content(entry.content, reader=True) for entry in feed.entries))

        self._emit(feed.path, self.memory.key("feed", feed), make)

    def _emit(self, path: str, key: bytes, make: Callable[[], bytes | Problem]) -> set[Problem]:
        known = self.memory.recall(key)
        if known and self.target.has(path, known.hex()):
            return set()
        made = make()
        if isinstance(made, Problem):
            return {made}
        self.memory.keep(key, bytes.fromhex(self.target.put(path, made)))
        return set()

    def _content(self, use: BodyUse, *, reader: bool) -> str:
        found = self._recent.get((use, reader))
        if found is None:
            found = self._recent[use, reader] = self._loaded(use, reader=reader)
            if len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]
        return found

    def _loaded(self, use: BodyUse, *, reader: bool) -> str:
        html = steps.load(use, self.memory, reader=reader)
        if html is None:  # the memory has lost it: damaged, or swept
            origin = self._origins[use.key]
            steps.read(origin, self._file(origin), self.config, self.memory)
            html = steps.load(use, self.memory, reader=reader)
        if html is None:
            raise RuntimeError(f"the body of {self._origins[use.key].path} is not what it was")
        return html

    def _templates(self) -> Theme:
        from tagwire.theme import Theme  # noqa: PLC0415 - loaded when the first page is rendered

        if self._theme is None:
            texts = ((file, self._file(file).decode("utf-8-sig", "replace")) for file in self.inputs.templates)
            self._theme = Theme(tuple((file.path.removeprefix("theme/"), file.path, text) for file, text in texts))
        return self._theme
