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
from tagwire.article.decode import decoded
from tagwire.article.fields import CHECKS
from tagwire.article.frontmatter import split
from tagwire.article.values import Broken
from tagwire.characters import FORBIDDEN, complaint
from tagwire.model import Draft, Head, Meta, Place, When
from tagwire.problems import Problem, closest, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.article.frontmatter import Parts
    from tagwire.article.values import Key, Value
    from tagwire.model import Config
    from tagwire.problems import Severity

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
    reading = _Reading(path, text, parts, config)
    draft = reading.draft()
    return (None if has_errors(reading.problems) else draft), tuple(reading.problems)


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

    def __init__(self, path: str, text: str, parts: Parts, config: Config) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.parts = parts
        self.config = config
        self.is_article = path.startswith(ARTICLES)
        front = text[: len(text) - len(parts.body)]
        self.is_plain = front.isascii() and "\\" not in front
        """No value can have a character that feeds can't carry, or one that looks like another."""
        self.problems: list[Problem] = []
        self.places: list[Place] = []
        self.found: dict[str, Any] = {}
        self.seen: set[str] = set()
        """Our names of the keys that are there, good or bad."""
        self.spelt: dict[str, str] = {}
        self.bare: list[tuple[str, str, str]] = []
        """(code, message, line to write) of what is missing from a file without front matter."""
        for key in parts.keys:
            self._take(key)

    def _problem(
        self, code: str, message: str, hint: str, place: tuple[int, int, int], severity: Severity = "error"
    ) -> None:
        line, column, width = place
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, line, column, code, message, hint, excerpt, width, severity))

    def _missing(self, code: str, message: str, key: str, value: str) -> None:
        """A key that must be there, and isn't: blamed on the front matter as a whole."""
        fence, line = self.parts.fence, f"{key}: {value}"
        if fence == "+++":
            line = f'{key} = "{value}"'
        if not fence:
            self.bare.append((code, message, line))
            return
        row = self.lines.index(next(text for text in self.lines if text.strip())) + 1
        self._problem(code, message, f"add a line `{line}` to its front matter", (row, 1, len(fence)))

    def _tell_bare(self) -> None:
        """A file without front matter is told once what to begin with."""
        lines = ", ".join(f"`{line}`" for line in ("---", *(line for *_, line in self.bare), "---"))
        for code, message, _ in self.bare:
            self.problems.append(Problem(self.path, 1, 0, code, message, f"begin the file with the lines {lines}"))

    def _take(self, key: Key) -> None:
        place = (key.line, key.column, len(key.name))
        key = foreign.translated(key)
        name = foreign.ours(key.name)
        if name not in CHECKS:
            self._unknown(key, place)
            return
        self.seen.add(name)
        if not self.is_article and name in _ARTICLES_ONLY:
            self._problem(
                "key-misplaced", f"`{key.name}` has no effect on a standing page", "delete the line", place, "warning"
            )
        try:
            if not self.is_plain:
                _refuse_forbidden(key.value)
            value = CHECKS[name](key.value, Asking(key.name, self.config.timezone))
        except Wrong as wrong:
            blamed = (wrong.value.line, wrong.value.column, wrong.value.width)
            self._problem(wrong.code, wrong.message, wrong.hint, blamed)
            return
        if key.value.cut and name in {"title", "summary"}:
            self._cut(key)
        if name in _SHOWN_EVERYWHERE and not self.is_plain:
            for text, item in _texts(key.value):
                for suspicion in spoofs.suspected(text):
                    self._problem(*suspicion, (item.line, item.column, item.width), "warning")
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
            self._problem("key-twice", f"`{key.name}` is there twice", "delete one of the two lines", place)
        elif self.found[name] != value:
            message = f"`{key.name}` says otherwise than `{self.spelt[name]}`"
            self._problem("key-twice", message, "delete one of the two lines", place)

    def _unknown(self, key: Key, place: tuple[int, int, int]) -> None:
        if foreign.ignored(key.name):
            what = f"`{key.name}` has no effect here"
            hint = "delete the line, or move it below `extra:` if your theme uses it"
            if key.name.lower() in {"permalink", "url"}:
                hint = f"write `aliases: [{key.value.text}]` to keep that address working, or `slug: …`"
            self._problem("key-ignored", what, hint, place, "warning")
            return
        hint = closest(key.name, CHECKS) or "keys of your own belong below `extra:`"
        if key.name == "<<":
            hint = "YAML's merge keys are not understood: write the keys out"
        self._problem("key-unknown", f"unknown key `{key.name}`", hint, place)

    def _cut(self, key: Key) -> None:
        line = self.lines[key.value.line - 1]
        width = len(key.value.cut)
        message = f"`{key.name}` ends here: YAML takes the rest as a comment"
        hint = "put the text into quotes if it goes on; else give the comment a line of its own"
        self._problem("value-cut", message, hint, (key.value.line, line.rindex(key.value.cut) + 1, width), "warning")

    def draft(self) -> Draft:
        """The draft; only to be used where no problem is an error."""
        body, line = self.parts.body, self.parts.line
        title = self.found.get("title", "")
        top, rest, lines = heading.take(body)
        if top and (not title or top == title):  # a title that the text repeats would stand on the page twice
            title, body, line = top, rest, line + lines
        kind = "article" if self.is_article else "page"
        if not title and "title" not in self.seen:
            self._missing("title-missing", f"the {kind} has no title", "title", "…")
        elif len(title) > _LONGEST_TITLE:
            hint = "the heading on top is the title: put a shorter one there"
            message = f"the title has {len(title)} characters, more than {_LONGEST_TITLE}"
            self._problem("value-too-long", message, hint, (self.parts.line, 1, 1))
        for at, column, suspicion in spoofs.in_lines(body):
            self._problem(*suspicion, (line + at, column, 1), "warning")
        meta = self._meta(title)
        head = self._head(meta) if self.is_article else Meta(**meta)
        self._tell_bare()
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
            self._missing("date-missing", "the article has no date", "published", "2024-12-01")
        return when or _NEVER

    def _address(self) -> str:
        stem = _stem(self.path)
        if not self.is_article:
            return self._page_address(stem)
        dated = _DATED_NAME.match(stem)
        slug = self.found.get("slug") or names.slug(dated[2] if dated else stem)
        if not slug:
            self._missing("slug-missing", "the file's name has no letter and no digit", "slug", "…")
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
            self._problem("slug-missing", "the front page of the site is its newest articles", hint, (1, 1, 1))
        elif not all(parts):
            self._missing("slug-missing", "the file's path has a name without letter and digit", "slug", "…")
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
