"""The plan becomes files: what is remembered and already there is left alone, the rest is rendered and staged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import feeds, memo
from tagwire.model import Feed, Text
from tagwire.pipeline import steps
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.disk.sync import Target
    from tagwire.model import Article, BodyUse, Config, File
    from tagwire.plan import Ground, Item, Plan
    from tagwire.plan.outline import Made
    from tagwire.theme import Theme


_RECENT = 200
"""Bodies held in memory: the two formats of a feed, and feeds of neighbouring topics, share most of theirs."""


class Writer:
    """Brings a plan to a target."""

    def __init__(self, root: Path, inputs: Inputs, config: Config, memory: memo.Memo, target: Target) -> None:
        self.root, self.inputs, self.config = root, inputs, config
        self.memory, self.target = memory, target
        self.look = memo.digest(memo.canonical([inputs.templates, config.words]))
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
        found: set[Problem] = set()
        for item in plan.items:
            found |= self._item(item, plan.ground)
        return iter(found)

    def _file(self, file: File) -> bytes:
        return self.inputs.read(self.root, file)

    def _item(self, item: Item, ground: Ground) -> set[Problem]:
        """An item whose name was known, and whose file is there, is left alone; else it is made."""
        parts = (item.digest, ground.digest, self.look if item.kind == "page" else b"", self.memory.code.encode())
        key = memo.digest(b"".join(parts))
        known = self.memory.recall(key)
        if known and self.target.has(item.path, known.hex()):
            return set()
        data = self._rendered(item.make(ground))
        if isinstance(data, Problem):
            return {data}
        self.memory.keep(key, bytes.fromhex(self.target.put(item.path, data)))
        return set()

    def _rendered(self, made: Made) -> bytes | Problem:
        match made:
            case Feed():
                return feeds.render(made, tuple(self._content(each.content, reader=True) for each in made.entries))
            case Text():
                return made.text.encode()
            case page, site:
                from tagwire import theme  # noqa: PLC0415 - loaded when the first page is rendered

                content = self._content(page.body, reader=False) if page.body else ""
                return theme.render(self._templates(), page, site, content)

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
            named = tuple((file.path.removeprefix("theme/"), file.path, text) for file, text in texts)
            self._theme = Theme(named, self.config.words)
        return self._theme
