"""A Markdown file becomes a `Draft`: head and Markdown, every front-matter key checked, with its line.

Pure: one file's bytes and the settings come in. It knows no other article and renders nothing.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tagwire import names
from tagwire.article import dates, fields
from tagwire.article.frontmatter import Broken, Key, Parts, split
from tagwire.model import Draft, Head, Meta, Place, When
from tagwire.problems import Problem, Severity, closest, has_errors

if TYPE_CHECKING:
    from tagwire.model import Config

ARTICLES = "content/articles/"
PAGES = "content/pages/"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't carry (section 2.2, Char)."""
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)\Z")
"""A file's name as Jekyll wants it."""
_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_KEPT_PLACES = frozenset({"id", "slug", "title", "aliases", "tags", "image", "published"})
_ARTICLES_ONLY = frozenset({"feed", "expires", "series", "corrections", "retracted", "authors", "tags"})


def read(path: str, data: bytes, config: Config) -> tuple[Draft | None, tuple[Problem, ...]]:
    """The draft in the file `path` (below `content/articles/` or `content/pages/`), or why there is none.

    Warnings may come with a draft; errors come without one.
    """
    text, problems = _decode(path, data)
    if problems:
        return None, problems
    try:
        parts = split(text, path)
    except Broken as broken:
        return None, (broken.problem,)
    reading = _Reading(path, text, parts, config)
    draft = reading.draft()
    return (None if has_errors(reading.problems) else draft), tuple(reading.problems)


def _decode(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        hint = "save the file as UTF-8 (raw files in other encodings belong into content/sources/)"
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        return "", (Problem(path, line, column, "encoding-invalid", message, hint),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return "", (Problem(path, 0, 0, "file-empty", "the file is empty", "write an article, or delete the file"),)
    bad = _FORBIDDEN.search(text)
    if bad:
        return "", (_forbidden(path, text, bad),)
    return text, ()


def _forbidden(path: str, text: str, bad: re.Match[str]) -> Problem:
    start = text.rfind("\n", 0, bad.start()) + 1
    end = text.find("\n", start)
    return Problem(
        path,
        text.count("\n", 0, start) + 1,
        bad.start() - start + 1,
        "character-forbidden",
        f"U+{ord(bad[0]):04X} can't stand in a feed (XML 1.0)",
        "delete this character",
        text[start : end if end >= 0 else len(text)],
    )


class _Reading:
    """One file on its way; gathers problems."""

    def __init__(self, path: str, text: str, parts: Parts, config: Config) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.parts = parts
        self.config = config
        self.is_article = path.startswith(ARTICLES)
        self.problems: list[Problem] = []
        self.places: list[Place] = []
        self.found: dict[str, Any] = {}
        for key in parts.keys:
            self._take(key)

    def _problem(
        self, code: str, message: str, hint: str, place: tuple[int, int, int], severity: Severity = "error"
    ) -> None:
        line, column, width = place
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, line, column, code, message, hint, excerpt, width, severity))

    def _take(self, key: Key) -> None:
        place = (key.line, key.column, len(key.name))
        name = fields.SPELLINGS.get(key.name, key.name)
        check = fields.CHECKS.get(name)
        if check is None:
            hint = closest(key.name, [*fields.CHECKS, *fields.SPELLINGS]) or "keys of your own belong below `extra:`"
            self._problem("key-unknown", f"unknown key `{key.name}`", hint, place)
            return
        if not self.is_article and name in _ARTICLES_ONLY:
            self._problem(
                "key-misplaced", f"`{key.name}` has no effect on a standing page", "delete the line", place, "warning"
            )
        try:
            value = check(key.value, fields.Asking(key.name, self.config.timezone))
        except fields.Wrong as wrong:
            blamed = (wrong.value.line, wrong.value.column, wrong.value.width)
            self._problem(wrong.code, wrong.message, wrong.hint, blamed)
            return
        if name == "tags":
            known = {names.slug(tag): tag for tag in (*self.found.get("tags", ()), *value)}
            self.found["tags"] = tuple(known.values())
        elif name in self.found:
            self._problem(
                "key-twice", f"`{key.name}` says again what `{name}` says", "delete one of the two lines", place
            )
        else:
            self.found[name] = value
        if name in _KEPT_PLACES:
            self.places.append(Place(name, key.line, key.column, self.lines[key.line - 1]))

    def draft(self) -> Draft:
        """The draft; only to be used where no problem is an error."""
        body, line = self.parts.body, self.parts.line
        title = self.found.get("title", "")
        heading = _HEADING.match(body)
        if not title and heading:
            title = heading[1].strip()
            line += body.count("\n", 0, heading.end())
            body = body[heading.end() :]
        if not title:
            self._problem(
                "title-missing", "the article has no title", "add a line `title: …` to its front matter", (1, 1, 3)
            )
        meta = self._meta(title)
        return Draft(self._head(meta) if self.is_article else Meta(**meta), body, line)

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
        )

    def _published(self) -> When:
        if "published" in self.found:
            return self.found["published"]  # type: ignore[no-any-return]
        dated = _DATED_NAME.match(_stem(self.path))
        when = dates.parse(dated[1], self.config.timezone) if dated else None
        if when is None and not any(fields.SPELLINGS.get(key.name, key.name) == "published" for key in self.parts.keys):
            self._problem(
                "date-missing",
                "the article has no date",
                "add a line `published: 2024-12-01` to its front matter",
                (1, 1, 3),
            )
        return when or _NEVER

    def _address(self) -> str:
        stem = _stem(self.path)
        if not self.is_article:
            return self._page_address(stem)
        dated = _DATED_NAME.match(stem)
        slug = self.found.get("slug") or names.slug(dated[2] if dated else stem)
        if not slug:
            self._problem(
                "slug-missing", "the file's name has no letter and no digit", "add a line `slug: …`", (1, 1, 3)
            )
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
        parts += [self.found.get("slug") or names.slug(stem)] if not self.path.endswith("/index.md") else []
        if not parts or not all(parts):
            self._problem(
                "slug-missing", "the file's path gives no address", "rename it, or add a line `slug: …`", (1, 1, 3)
            )
        return "".join(f"{part}/" for part in parts)


_NEVER = When(dates.EPOCH, timed=False)
"""Stands in a head that is thrown away since its date is an error."""


def _latest(published: When, moments: list[When]) -> When:
    """Feed rule 3: a day-only update on the day of publication is no update."""
    later = [m for m in moments if m.at > published.at and (m.timed or m.at.date() != published.at.date())]
    return max(later, key=lambda moment: moment.at, default=published)


def _stem(path: str) -> str:
    """The name that a slug is made of: a bundle's (`hello/index.md`) is its folder's."""
    pure = PurePosixPath(path)
    stem = pure.parent.name if pure.name == "index.md" else pure.stem
    return unicodedata.normalize("NFC", stem)
