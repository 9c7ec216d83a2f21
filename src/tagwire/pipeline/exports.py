"""The articles of an export become Markdown files: each once, and never over what people edited or deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tagwire import intake
from tagwire.disk import bundles, work
from tagwire.intake.found import Found, Refused
from tagwire.intake.twins import Twins
from tagwire.pipeline import doubts, naming, receipts, stock
from tagwire.pipeline.stock import There
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked, Converted, Item
    from tagwire.pipeline.stock import Shelf

Fate = Literal["new", "updated", "unchanged", "edited", "deleted", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article of an export."""

    fate: Fate
    key: str
    path: str
    """Of the Markdown file, relative to the shelf's root; empty where there is none."""
    title: str = ""
    left: tuple[str, ...] = ()
    """What could not be carried over, and what else has to be said."""
    converted: Converted | None = None
    doubts: tuple[str, ...] = ()
    """Why somebody should look at it."""
    twin: str = ""
    """The article that has the same text, or empty."""


_OWN = re.compile(
    r"/(?:(?:tags|authors|series|views|page)(?:/.*)?|archive(?:/(?:\d.*|[a-z]+-\d.*)?)?|articles/?|subscribe(?:/.*)?"
    r"|corrections(?:/.*)?|(?:index|404)\.html|[a-z]+\.xml|feed\.json|robots\.txt)\Z"
)
"""Addresses at which every site has something."""


def take(bundle: Bundle, copy: Path, source: str, asked: Asked, shelf: Shelf) -> Iterator[Outcome | Problem]:
    """Converts the articles of an export that are new or changed, one by one, and writes them.

    Args:
        bundle: the export.
        copy: where the export is kept; its receipt is written beside it.
        source: what its articles call it: `sources/blog.xml`.
        asked: what holds for all of its articles.
        shelf: where they go.
    """
    before = receipts.read(copy)
    taking = _Taking(source, asked, shelf, {**receipts.elsewhere(copy), **before.lines})
    whole = True
    for item in intake.items(bundle, source, replace(asked, there=taking.there())):
        if isinstance(item, Problem):
            whole = whole and item.severity != "error"
            yield item
        else:
            yield from taking.one(item)
    if not (whole or taking.lines):
        return  # nothing could be read of it
    done = bundles.sha256(copy) if copy.is_file() else before.sha256
    taking.files.settle()
    receipts.write(copy, receipts.Receipt(done, {**before.lines, **taking.lines}))


def show(bundle: Bundle, source: str, asked: Asked) -> Iterator[Outcome | Problem]:
    """Converts the articles of an export and writes nothing."""
    for item in intake.items(bundle, source, asked):
        if isinstance(item, Problem):
            yield item
            continue
        made = intake.finish(item, source, asked)
        if isinstance(made, Refused):
            yield Outcome("refused", item.key, "")
            yield from made.problems
        else:
            yield Outcome("new", item.key, "", made.title, made.left, made, doubts.of(made))


_REMEMBERED = 4
"""Paragraphs by which an article is known when another is the same text: 40 MB for 100,000 articles."""


class _Taking:
    """An export on its way onto a shelf."""

    def __init__(self, source: str, asked: Asked, shelf: Shelf, before: Mapping[str, receipts.Line]) -> None:
        self._source, self._asked, self._shelf, self._before = source, asked, shelf, before
        self._mine, self._ids, self._addresses, self._fed = stock.index(shelf, source)
        self._texts: Twins | None = None
        self.lines: dict[str, receipts.Line] = {}
        self.files = work.Many()

    def there(self) -> dict[str, str]:
        """Digests of the articles on the shelf that say which item of an export they are, by its key."""
        known = {there.item: there.sha256 for there in self._ids.values() if there.item == there.id}
        return known | {key: there.sha256 for key, there in self._mine.items()}

    def one(self, item: Item) -> Iterator[Outcome | Problem]:
        """Decides on one item, and writes it if it is to be written."""
        if item.key in self.lines:
            yield Outcome("known", item.key, self.lines[item.key].path, left=("it is in the export twice",))
            return
        there = self._mine.get(item.key)
        if not there and not isinstance(item.found, Refused):
            same = self._ids.get(item.found.id if isinstance(item.found, Found) else item.key)
            there = same if same and same.item == item.key else None  # from an export with another name
        line = self._before.get(item.key)
        if there and there.sha256 == item.sha256:
            self._shelf.given.setdefault(there.id, self._source)  # as if it had been made now
            yield self._note(item, "unchanged", there.path)
        elif there and there.edited:
            yield self._note(item, "edited", there.path)
        elif not there and line and line.path:
            yield self._note(item, "deleted", line.path)
        elif there and (giver := self._shelf.given.get(there.id, self._source)) != self._source:
            yield Outcome("refused", item.key, "", item.found.title if isinstance(item.found, Found) else "")
            yield self._contested(there, giver)
        else:
            yield from self._write(item, there)

    def _contested(self, there: There, giver: str) -> Problem:
        """Two sources of one run have different articles under one id: which is the newer, only their owner knows."""
        message = f"{there.path}, which {giver} has just given, has the same id as another article here: it was left"
        hint = "add this source by itself if its article is the newer one; if both are to stay, give one another id"
        return Problem(f"content/{self._source}", 0, 0, "id-taken", message, hint)

    def _note(self, item: Item, fate: Fate, path: str) -> Outcome:
        self.lines[item.key] = receipts.Line(item.sha256, path)
        return Outcome(fate, item.key, path, item.found.title if isinstance(item.found, Found) else "")

    def _write(self, item: Item, there: There | None) -> Iterator[Outcome | Problem]:
        if not there and (twin := self._twin(item)):
            self.lines[item.key] = receipts.Line(item.sha256, "")
            title = item.found.title if isinstance(item.found, Found) else ""
            yield Outcome("known", item.key, twin, title)
            return
        item, notes = self._without_taken_aliases(item)
        asked = replace(self._asked, id=there.id) if there else self._asked
        made = intake.finish(item, self._source, asked)
        if isinstance(made, Refused):
            self.lines[item.key] = receipts.Line(item.sha256, "")
            yield Outcome("refused", item.key, "")
            yield from made.problems
            return
        if not there and made.id in self._ids:
            path = self._ids[made.id].path
            yield Outcome("known", item.key, path, made.title, (f"{path} has the same id",))
            return
        file = self._shelf.root / self._folder(made) / f"{made.slug}.md"
        tongues = naming.tongues(item, made.text, file, self._source, self._asked.lang)
        path, slug = self._free(made, there, tongues)
        if slug != made.slug:
            notes = (*notes, naming.renamed(made.slug, slug, tongues)) if not there else notes
            translates = naming.translates(made.slug, slug, tongues)
            again = intake.finish(item, self._source, replace(asked, slug=slug, translates=translates))
            made = made if isinstance(again, Refused) else again
        self._save(path, slug, made)
        self._ids[made.id] = There(path, made.id, item.key, item.sha256, edited=False)
        self.lines[item.key] = receipts.Line(item.sha256, path)
        self._shelf.given[made.id] = self._source
        twin = self._same(path, made.text)
        fate: Fate = "updated" if there else "new"
        told = made.told(why=self._shelf.why)
        yield Outcome(fate, item.key, path, made.title, (*made.left, *notes), told, doubts.of(made, twin), twin)
        yield from (replace(problem, path=path) for problem in made.problems)

    def _same(self, path: str, text: str) -> str:
        """The article that has the same text as a new one; all that are there are read once, for the first new one."""
        if self._texts is None:
            self._texts = Twins(_REMEMBERED)
            for _, file, old in stock.articles(self._shelf):
                if (name := file.relative_to(self._shelf.root).as_posix()) != path:
                    self._texts.seen(name, old)
        twin = self._texts.seen(path, text)
        return "" if twin == path else twin  # what it was itself

    def _twin(self, item: Item) -> str:
        """The article that an old feed has brought, with its id, for an item that has none: by address, or by name."""
        if not self._fed or not isinstance(item.found, Found) or item.found.id:
            return ""
        for alias in item.found.aliases:
            if path := self._fed.get(alias.rstrip("/")):
                return path
        made = intake.finish(item, self._source, self._asked)
        if isinstance(made, Refused) or made.page:
            return ""
        return self._fed.get((made.slug, stock.title(made.text)), "")

    def _without_taken_aliases(self, item: Item) -> tuple[Item, tuple[str, ...]]:
        """The item without addresses that another one has, which could lead to one of the two only."""
        if not isinstance(item.found, Found):
            return item, ()
        own = [alias for alias in item.found.aliases if _OWN.match(alias)]
        taken = [
            alias
            for alias in item.found.aliases
            if alias not in own and self._addresses.setdefault(alias, item.key) != item.key
        ]
        kept = tuple(alias for alias in item.found.aliases if alias not in (*own, *taken))
        notes = [f"the address {alias}, which is the site’s own now" for alias in own]
        notes += [f"the address {alias}, which was that of another article too" for alias in taken]
        return replace(item, found=replace(item.found, aliases=kept)), tuple(notes)

    def _free(self, made: Converted, there: There | None, tongues: naming.Tongues) -> tuple[str, str]:
        """Path and slug of an article: those that it has, or the first that are free."""
        if there:
            return there.path, there.path.rpartition("/")[2].removesuffix(".md")
        folder = self._folder(made)
        slug = naming.free(self._shelf.root / folder, made.slug, tongues)
        return f"{folder}/{slug}.md" if folder else f"{slug}.md", slug

    def _folder(self, made: Converted) -> str:
        return self._shelf.pages if made.page else self._shelf.articles

    def _save(self, path: str, slug: str, made: Converted) -> None:
        file = self._shelf.root / path
        for attachment in made.attachments:
            self.files.replace(file.parent / slug / attachment.name, attachment.data)
        self.files.replace(file, made.text.encode())
