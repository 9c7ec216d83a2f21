"""A Markdown file becomes a `Draft`: head and Markdown, every front-matter key checked, with its line.

Pure: one file's bytes and the settings come in. It knows no other article and renders nothing.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tagwire import names
from tagwire.article import dates, foreign, heading, spoofs
from tagwire.article.checks import Asking, Wrong
from tagwire.article.complaints import Complaints
from tagwire.article.decode import decoded
from tagwire.article.fields import CHECKS
from tagwire.article.frontmatter import split
from tagwire.article.values import Broken
from tagwire.characters import FORBIDDEN, complaint
from tagwire.model import Draft, Head, Meta, Place, When
from tagwire.problems import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.article.frontmatter import Parts
    from tagwire.article.values import Key, Value
    from tagwire.model import Config
    from tagwire.problems import Problem

ARTICLES = "content/articles/"
PAGES = "content/pages/"

_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)\Z")
"""A file's name as Jekyll wants it."""
_KEPT_PLACES = frozenset({"id", "slug", "title", "aliases", "tags", "image", "published", "translations", "enclosure"})
_ARTICLES_ONLY = frozenset(
    {"feed", "expires", "series", "corrections", "retracted", "authors", "author_note", "tags", "enclosure"}
)


def read(path: str, data: bytes, config: Config) -> tuple[Draft | None, tuple[Problem, ...]]:
    """The draft in the file `path` (below `content/articles/` or `content/pages/`), or why there is none.

    Warnings may come with a draft; errors come without one.
    """
    text, problems = decoded(path, data)
    if problems:
        return None, problems
    try:
        parts = split(text, path)
    except Broken as broken:
        return None, (broken.problem,)
    reading = _Reading(path, text, parts, config, is_steered=spoofs.steers(data))
    draft = reading.draft()
    problems = tuple(reading.told.problems)
    return (None if has_errors(problems) else draft), problems


_LONGEST_TITLE = 1000
_SHOWN_EVERYWHERE = frozenset({"title", "authors", "tags", "series", "summary"})


def _refuse_forbidden(value: Value) -> None:
    """Quotes let characters in that the file itself may not hold, by escapes."""
    for text, blamed in _texts(value):
        if bad := FORBIDDEN.search(text):
            raise Wrong(blamed, "character-forbidden", complaint(bad[0]), "delete this character")


def _texts(value: Value) -> Iterator[tuple[str, Value]]:
    yield value.text, value
    for item in value.items:
        yield from _texts(item)
    for name, item in value.pairs:
        yield name, item
        yield from _texts(item)


class _Reading:
    """One file on its way; gathers problems."""

    def __init__(self, path: str, text: str, parts: Parts, config: Config, *, is_steered: bool) -> None:
        self.path = path
        self.parts = parts
        self.config = config
        self.is_article = path.startswith(ARTICLES)
        self.is_steered = is_steered
        """Something in the file turns the direction of letters."""
        front = text[: len(text) - len(parts.body)]
        self.lines = front.split("\n")
        """Of the front matter."""
        self.is_escaped = "\\" in front
        """Only then can a value have a character that feeds can't carry: `decode` lets none through."""
        self.is_plain = front.isascii() and not self.is_escaped
        """No value can have one that looks like another."""
        self.told = Complaints(path, text, parts.fence)
        self.places: list[Place] = []
        self.found: dict[str, Any] = {}
        self.seen: set[str] = set()
        """Our names of the keys that are there, good or bad."""
        self.spelt: dict[str, str] = {}
        for key in parts.keys:
            self._take(key)

    def _take(self, key: Key) -> None:
        place = (key.line, key.column, len(key.name))
        key = foreign.translated(key)
        name = foreign.ours(key.name)
        if name not in CHECKS:
            self.told.unknown(key, place)
            return
        self.seen.add(name)
        if not self.is_article and name in _ARTICLES_ONLY:
            self.told.problem(
                "key-misplaced", f"`{key.name}` has no effect on a standing page", "delete the line", place, "warning"
            )
        try:
            if self.is_escaped:
                _refuse_forbidden(key.value)
            value = CHECKS[name](key.value, Asking(key.name, self.config.timezone))
        except Wrong as wrong:
            blamed = (wrong.value.line, wrong.value.column, wrong.value.width)
            self.told.problem(wrong.code, wrong.message, wrong.hint, blamed)
            return
        if key.value.cut and name in {"title", "summary"}:
            self.told.cut(key)
        if name in _SHOWN_EVERYWHERE and not self.is_plain:
            for text, item in _texts(key.value):
                for suspicion in () if text.isascii() else spoofs.suspected(text):
                    self.told.problem(*suspicion, (item.line, item.column, item.width), "warning")
        self._keep(name, key, value, place)
        if name in _KEPT_PLACES:
            self.places.append(Place(name, key.line, key.column, self.lines[key.line - 1]))

    def _keep(self, name: str, key: Key, value: Any, place: tuple[int, int, int]) -> None:  # noqa: ANN401 - of any check
        if name == "tags":
            known = {names.slug(tag): tag for tag in (*value, *self.found.get("tags", ()))}
            order = [names.slug(tag) for tag in (*self.found.get("tags", ()), *value)]
            self.found["tags"] = tuple(known[slug] for slug in dict.fromkeys(order))
        elif name not in self.found:
            self.found[name] = value
            self.spelt[name] = key.name
        elif self.spelt[name] == key.name:
            self.told.problem("key-twice", f"`{key.name}` is there twice", "delete one of the two lines", place)
        elif self.found[name] != value:
            message = f"`{key.name}` says otherwise than `{self.spelt[name]}`"
            self.told.problem("key-twice", message, "delete one of the two lines", place)

    def draft(self) -> Draft:
        """The draft; only to be used where no problem is an error."""
        body, line = self.parts.body, self.parts.line
        title = self.found.get("title", "")
        top, rest, lines = heading.take(body)
        if top and (not title or top == title):  # a title that the text repeats would stand on the page twice
            title, body, line = top, rest, line + lines
        kind = "article" if self.is_article else "page"
        if not title and "title" not in self.seen:
            self.told.missing("title-missing", f"the {kind} has no title", "title", "…")
        elif len(title) > _LONGEST_TITLE:
            hint = "the heading on top is the title: put a shorter one there"
            message = f"the title has {len(title)} characters, more than {_LONGEST_TITLE}"
            self.told.problem("value-too-long", message, hint, (self.parts.line, 1, 1))
        for at, column, suspicion in spoofs.in_lines(body) if self.is_steered else ():
            self.told.problem(*suspicion, (line + at, column, 1), "warning")
        meta = self._meta(title)
        head = self._head(meta) if self.is_article else Meta(**meta)
        self.told.ended()
        return Draft(head, body, line)

    def _meta(self, title: str) -> dict[str, Any]:
        return {
            "path": self.path,
            "address": self._address(),
            "title": title,
            "summary": self.found.get("summary", ""),
            "lang": self.found.get("lang", "") or self.config.lang,
            "draft": self.found.get("draft", False),
            "noindex": self.found.get("noindex", False),
            "canonical": self.found.get("canonical", ""),
            "aliases": self.found.get("aliases", ()),
            "image": self.found.get("image", ""),
            "translations": self.found.get("translations", ()),
            "extra": self.found.get("extra", "{}"),
            "places": tuple(self.places),
        }

    def _head(self, meta: dict[str, Any]) -> Head:
        published = self._published()
        moments = [note.date for note in self.found.get("corrections", ())]
        retracted = self.found.get("retracted")
        moments += [retracted.date] if retracted else []
        moments += [self.found["updated"]] if "updated" in self.found else []
        return Head(
            **meta,
            id=self.found.get("id", ""),
            published=published,
            date_source=self.found.get("date_source", ""),
            updated=_latest(published, moments),
            authors=self.found.get("authors", ()),
            tags=self.found.get("tags", ()),
            feed=self.found.get("feed", True),
            expires=self.found.get("expires"),
            series=self.found.get("series", ""),
            corrections=self.found.get("corrections", ()),
            retracted=retracted,
            source=self.found.get("source"),
            enclosure=self.found.get("enclosure"),
            author_note=self.found.get("author_note", ""),
        )

    def _published(self) -> When:
        if "published" in self.found:
            return self.found["published"]  # type: ignore[no-any-return]
        dated = _DATED_NAME.match(_stem(self.path))
        when = dates.parse(dated[1], self.config.timezone) if dated else None
        if when is None and "published" not in self.seen:
            self.told.missing("date-missing", "the article has no date", "published", "2024-12-01")
        return when or _NEVER

    def _address(self) -> str:
        stem = _stem(self.path)
        if not self.is_article:
            return self._page_address(stem)
        dated = _DATED_NAME.match(stem)
        slug = self.found.get("slug") or names.slug(dated[2] if dated else stem)
        if not slug:
            self.told.missing("slug-missing", "the file's name has no letter and no digit", "slug", "…")
        day = self._day()
        return self.config.permalink.format(slug=slug, year=day[0], month=day[1], day=day[2])

    def _day(self) -> tuple[str, str, str]:
        if not re.search(r"\{(?:year|month|day)\}", self.config.permalink):
            return "", "", ""
        year, month, day = self._published().at.date().isoformat().split("-")
        return year, month, day

    def _page_address(self, stem: str) -> str:
        folders = PurePosixPath(self.path.removeprefix(PAGES)).parent.parts
        parts = [names.slug(folder) for folder in folders]
        parts += [self.found.get("slug") or names.slug(stem)] if PurePosixPath(self.path).stem != "index" else []
        if not parts:
            hint = "call this file something else, for instance about.md"
            self.told.problem("slug-missing", "the front page of the site is its newest articles", hint, (1, 1, 1))
        elif not all(parts):
            self.told.missing("slug-missing", "the file's path has a name without letter and digit", "slug", "…")
        return "".join(f"{part}/" for part in parts)


_NEVER = When(dates.EPOCH, timed=False)
"""Stands in a head that is thrown away since its date is an error."""


def _latest(published: When, moments: list[When]) -> When:
    """Feed rule 3: a day-only update on the day of publication is no update."""
    later = [m for m in moments if m.at > published.at and (m.timed or m.at.date() != published.at.date())]
    return max(later, key=lambda moment: moment.at, default=published)


def _stem(path: str) -> str:
    """The name that a slug is made of: a bundle's (`hello/index.md`) is its folder's."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name  # what `PurePosixPath` says takes ten times as long
    return unicodedata.normalize("NFC", folder.rpartition("/")[2] if stem == "index" else stem)
