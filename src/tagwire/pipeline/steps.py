"""Pure steps and their memory: a step's result is looked up under the hash of what it was given."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING

from tagwire import article, memo, prose, words
from tagwire.disk import boot, libraries, places
from tagwire.model import (
    Article,
    Body,
    BodyUse,
    Cut,
    Draft,
    File,
    Head,
    Heading,
    Markup,
    Measure,
    Meta,
    Note,
    Place,
    Provenance,
    Recording,
    When,
)
from tagwire.pipeline import lines
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from pathlib import Path

    from tagwire.model import Config

    Batch = tuple[list[lines.Line], dict[bytes, bytes]]
    """The lines of some files, and what is to be kept for them, by key."""
else:
    from tagwire.frozen import dataclass

_LIBRARIES = tuple(
    "babel comrak feedgen jinja2 latex2mathml lxml markdown markupsafe nh3 pillow pygments pyyaml tzdata".split()
)
"""Whose versions are part of every key: what they make is in `site/`."""
_ARTICLE_TYPES = (Article, Cut, Head, Heading, Meta, Note, Place, Problem, Provenance, Recording, When)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one content file gave."""

    article: Article | None
    problems: tuple[Problem, ...]


@functools.cache
def code_name() -> str:
    """The name of the code that makes results: of what this process has loaded, whatever is installed meanwhile."""
    return memo.code_name(places.package_sources(), [*libraries.versions(_LIBRARIES), libraries.zones()])


def stamps_name(root: Path, memory: memo.Loose) -> bytes:
    """Under which the digests of a site's files are kept: for this run of the machine (see `disk.boot`)."""
    return memory.key("stamps", [str(root), boot.name()])


def read(file: File, data: bytes, config: Config, memory: memo.Loose) -> Reading:
    """What stands in a content file; its body goes into the memory."""
    draft, problems = article.read(file.path, data, config)
    found = None
    try:
        found = _rendered(draft, config, memory) if draft else None
    except Stopped as stopped:
        problems = (*problems, *stopped.problems)
    return Reading(found, problems)


def batch(pairs: list[tuple[File, bytes]], config: Config, code: str) -> Batch:
    """What `read` gives and keeps for these files: for a process that has no memory of its own."""
    memory = memo.Loose(code)
    return [lines.line(read(file, data, config, memory)) for file, data in pairs], memory.kept


@functools.lru_cache(maxsize=16384)  # builds of one process look at the same
def restored(line: bytes) -> Reading:
    """A reading as its line tells it."""
    found, problems = memo.restore(line, _ARTICLE_TYPES)
    return Reading(found, tuple(problems))


def forget(beyond: int) -> None:
    """Lets go of readings that no file has any more: a program that builds for days reads a text anew at each edit."""
    if restored.cache_info().currsize > beyond:
        restored.cache_clear()


def _rendered(draft: Draft, config: Config, memory: memo.Loose) -> Article:
    said = words.of(draft.meta.lang, config.words)
    note = said.note.filled("{}")
    lang = draft.meta.lang if config.quotes else ""
    text = memo.digest(draft.markdown.encode(errors="surrogatepass")).hex()
    key = memory.key("body", [text, config.engine, config.trusted, config.math, lang, note])
    data = memory.recall(key)
    if data:
        body = _body(data)
    else:
        body = prose.render(
            draft, trusted=config.trusted, engine=config.engine, math=config.math, quotes=config.quotes, note=note
        )
        memory.keep(key, _spelt(body))
    return prose.article(draft, body, key.hex())


def _spelt(body: Body) -> bytes:
    """The two renderings apart, since a page needs one of them, and a feed the other: their lengths stand before them.

    The memory looks after damage; a second checksum would cost as much as the first.
    """
    rest = memo.canonical([body.page.links, body.reader.links, body.excerpt, body.opening])
    page, reader = _column(body.page.parts), _column(body.reader.parts)
    return b"".join([len(page).to_bytes(_LENGTH, "big"), len(reader).to_bytes(_LENGTH, "big"), page, reader, rest])


_LENGTH = 4


def _cut(data: bytes) -> tuple[int, int]:
    """Where the first rendering of a spelt body ends, and the second."""
    end = 2 * _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    return end, end + int.from_bytes(data[_LENGTH : 2 * _LENGTH], "big")


def _column(texts: tuple[str, ...]) -> bytes:
    """Texts one after the other. HTML has no NUL, which the parser would have replaced; else they are told by JSON."""
    data = "\0".join(texts).encode(errors="surrogatepass")
    return b"=" + data if data.count(b"\0") == len(texts) - 1 else memo.canonical(texts)


def _texts(column: bytes) -> tuple[str, ...]:
    if column.startswith(b"="):
        return tuple(column[1:].decode(errors="surrogatepass").split("\0"))
    return tuple(json.loads(column))


def _body(data: bytes) -> Body:
    end, last = _cut(data)
    page_links, reader_links, excerpt, opening = json.loads(data[last:])
    page, reader = _texts(data[2 * _LENGTH : end]), _texts(data[end:last])
    one, other = Markup(page, tuple(page_links)), Markup(reader, tuple(reader_links))
    return Body(one, other, excerpt, opening)


def is_picture(path: str) -> bool:
    """Whether a file's name says that it is a picture that can be measured."""
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg"))


def measure(file: File, load: Callable[[File], bytes], memory: memo.Loose) -> Measure | None:
    """The measure of a picture; None if it can't be read."""
    key = memory.key("measure", [file.digest, file.path.rpartition(".")[2].lower()])
    data = memory.recall(key)
    if data is None:
        from tagwire import images  # noqa: PLC0415 - where there is a picture that nobody measured yet

        data = memo.canonical([images.measure(load(file), file.path)])
        memory.keep(key, data)
    (found,) = memo.restore(data, (Measure,))
    return found  # type: ignore[no-any-return]


def load(use: BodyUse, memory: memo.Memo, *, reader: bool) -> str | None:
    """The HTML of a body, its URLs filled in; None if the memory has lost it."""
    data = memory.recall(bytes.fromhex(use.key))
    if data is None:
        return None
    end, last = _cut(data)
    return Markup(_texts(data[end:last] if reader else data[2 * _LENGTH : end]), ()).filled(use.urls)
