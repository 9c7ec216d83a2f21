"""Raw articles in any format become Markdown with front matter and a record of what was cut.

Pure: bytes and a name come in, a value goes out. Reading and writing files is `disk`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.archive import Archive
    from tagwire.intake.bundle import Bundle
    from tagwire.intake.compose import Origin
    from tagwire.intake.formats import Format
    from tagwire.intake.found import Asked, Converted, Item, Refused
    from tagwire.problems import Problem

Beside = Callable[[str], bytes | None]
"""What lies beside a page, by the address that the page calls it by."""

__all__ = ["beginning", "convert", "fingerprint", "finish", "items", "kind_of", "origin", "restamped"]

# Each format's libraries take up to a second to import: they are, when a source needs them.


def convert(data: bytes, path: str, asked: Asked, beside: Beside | None = None) -> Converted | Refused:
    """The article that the source `data` becomes, or why it becomes none.

    `path` is the source's, relative to `content/` (`sources/iran.txt`). The format is told by content.
    `beside` gives the bytes of a picture that a page calls by an address, None for one that isn't there.
    The same arguments give the same result, byte by byte, everywhere.
    """
    item = _document(data, path, asked, beside)
    return finish(item, path, asked)


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """The articles of a source, one after the other, in bounded memory; problems say what of it is none.

    A document gives one item without a key. An archive or a folder of no known export gives its files, each by itself.
    """
    from tagwire.intake.bundle import Broken  # noqa: PLC0415
    from tagwire.problems import Problem  # noqa: PLC0415

    try:
        with _opened(bundle, path) as (found, opened):
            if found and found.export:
                yield from _some(
                    import_module(f"tagwire.intake.{found.module}").items(opened, path, asked), path, asked
                )
                return
            inner = _inner(opened, path) if opened.many else []
            for known, part in inner:
                yield from import_module(f"tagwire.intake.{known.module}").items(part, path, asked)
            yield from _texts(opened, path, asked, exports=bool(inner))
    except Broken as error:
        yield Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint)
    except _STUMBLES as error:
        yield _stumbled(path, error)


_STUMBLES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError)
"""What Python raises where a reader, or a library of one, was not made for what it met."""


def _stumbled(path: str, error: Exception) -> Problem:
    """A fault of ours: it stops this source, and no other. The tests' mutated files find such; none may be left."""
    from tagwire.problems import Problem  # noqa: PLC0415

    message = f"Tagwire stumbled over this file: {type(error).__name__}: {str(error)[:100]}"
    hint = "move it out of `sources`, and please report it with this message"
    return Problem(f"content/{path}", 0, 0, "reader-stumbled", message, hint)


def _some(found: Iterator[Item | Problem], path: str, asked: Asked) -> Iterator[Item | Problem]:
    """What is in an export; a problem where there is nothing."""
    from tagwire.problems import Problem  # noqa: PLC0415

    empty = not asked.only
    for each in found:
        empty = False
        yield each
    if empty:
        yield Problem(f"content/{path}", 0, 0, "source-empty", "there is no article in this export", "export it anew")


def _inner(opened: Bundle, path: str) -> list[tuple[Format, Bundle]]:
    """The exports in a folder or archive of no known kind: WordPress packs its files, with pictures beside them."""
    from tagwire.intake import formats  # noqa: PLC0415
    from tagwire.intake.bundle import Broken, Part  # noqa: PLC0415

    found: list[tuple[Format, Bundle]] = []
    for name in opened.names():
        if name.lower().endswith((".xml", ".json", ".rss", ".atom", ".csv")):
            part = Part(opened, name)
            with suppress(Broken):  # told when it is read as a document
                known = formats.of(formats.glance(part, path))
                found += [(known, part)] if known and known.export else []
    return found


def _texts(opened: Bundle, path: str, asked: Asked, *, exports: bool) -> Iterator[Item | Problem]:
    """The files of an archive or folder as documents, or those beside its `exports`; a lone file has no key."""
    if not opened.many:
        yield _within(opened, opened.names()[0], path, asked, None)
        return
    from tagwire.intake.archive import Archive, beside_exports  # noqa: PLC0415
    from tagwire.intake.found import Refused  # noqa: PLC0415

    archive, refused = Archive(opened, path), []
    for name in beside_exports(opened.names()) if exports else archive.texts():
        item = _within(opened, name, path, asked, archive)
        if isinstance(item.found, Refused):
            refused.append(item)  # a picture may be what a text behind it shows
        else:
            yield item
    yield from (item for item in refused if not archive.came_along(item.key))
    yield from () if exports else archive.rest()


def _within(opened: Bundle, name: str, path: str, asked: Asked, archive: Archive | None) -> Item:
    from tagwire.intake.bundle import Broken, read  # noqa: PLC0415
    from tagwire.intake.found import Item, Refused  # noqa: PLC0415
    from tagwire.problems import Problem  # noqa: PLC0415

    key = name if archive else ""
    try:
        beside = partial(archive.beside, name) if archive else None
        document = _document(read(opened, name), f"{path}/{name}" if key else path, asked, beside)
    except Broken as error:
        problem = Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint)
        return Item(key, "", Refused((problem,)))
    found = archive.placed(name, document.found) if archive else document.found
    return replace(document, key=key, found=found)


def finish(item: Item, path: str, asked: Asked) -> Converted | Refused:
    """An item as an article file."""
    from tagwire.intake.carried import carried  # noqa: PLC0415
    from tagwire.intake.complete import complete  # noqa: PLC0415
    from tagwire.intake.found import Known, Refused  # noqa: PLC0415

    if isinstance(item.found, Known):
        raise TypeError(item)  # nobody needs it
    return item.found if isinstance(item.found, Refused) else complete(*carried(item, item.found, path), path, asked)


def kind_of(bundle: Bundle, path: str) -> str:
    """What an export is called ("WordPress export", "archive" of anything); empty for a source that is one document."""
    from tagwire.intake.bundle import Broken  # noqa: PLC0415

    try:
        with _opened(bundle, path) as (found, opened):
            if found is None and opened.many:
                from tagwire.intake.archive import beside_exports  # noqa: PLC0415

                inner = _inner(opened, path)
                return inner[0][0].name if inner and not beside_exports(opened.names()) else "archive"
            if found is None:
                return ""
            return found.name if found.export else ""
    except Broken:
        return ""


def beginning(bundle: Bundle, path: str, most: int) -> bytes:
    """The first `most` bytes of an export, which may lie in an archive or a folder; none where there is no export."""
    from tagwire.intake.bundle import Broken  # noqa: PLC0415

    try:
        with _opened(bundle, path) as (found, opened):
            inner = _inner(opened, path) if found is None and opened.many else ()
            whole = inner[0][1] if inner else opened
            with whole.open(whole.names()[0]) as stream:
                return stream.read(most)
    except Broken:
        return b""


@contextmanager
def _opened(bundle: Bundle, path: str) -> Iterator[tuple[Format | None, Bundle]]:
    """The format of a source, and the bundle to read it from: an archive's members, unless it is a document itself."""
    from tagwire.intake import formats  # noqa: PLC0415
    from tagwire.intake.bundle import Zipped  # noqa: PLC0415

    seen = formats.glance(bundle, path)
    if not formats.is_zip(seen.head):
        yield formats.of(seen), bundle
        return
    with bundle.open(bundle.names()[0]) as stream, Zipped(stream) as inner:
        found = formats.of(formats.glance(inner, path))
        yield found, bundle if found and not found.export else inner


def _document(data: bytes, path: str, asked: Asked, beside: Beside | None = None) -> Item:
    """A source that is one document."""
    from tagwire.intake.bundle import Broken  # noqa: PLC0415
    from tagwire.intake.found import Item, Refused  # noqa: PLC0415
    from tagwire.problems import Problem  # noqa: PLC0415

    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return _read(data, path, asked, beside, sha256)
    except Broken as error:
        problem = Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint)
    except _STUMBLES as error:
        problem = _stumbled(path, error)
    return Item("", sha256, Refused((problem,)))


def _read(data: bytes, path: str, asked: Asked, beside: Beside | None, sha256: str) -> Item:
    from tagwire.intake import bundle  # noqa: PLC0415
    from tagwire.intake.decode import decode  # noqa: PLC0415
    from tagwire.intake.found import Item, Refused  # noqa: PLC0415
    from tagwire.intake.kind import is_html  # noqa: PLC0415

    if found := _binary(bundle.Held(path, data), path):
        return Item("", sha256, import_module(f"tagwire.intake.{found.module}").read(data, path, asked))
    decoded = decode(data, path)
    if isinstance(decoded, Refused):
        return Item("", sha256, decoded)
    from tagwire.intake import around, strangers  # noqa: PLC0415
    from tagwire.intake.exports import generators  # noqa: PLC0415

    page_like = is_html(decoded.text, path)
    if refused := strangers.markup(path, decoded.text) or (None if page_like else strangers.xml(path, decoded.text)):
        return Item("", sha256, refused)
    if generators.is_markdown(decoded.text, path):
        found_text = generators.read(decoded.text, path, asked, beside or around.nothing)
        return Item("", sha256, found_text, decoded.problems)
    if page_like:
        from tagwire.intake import page  # noqa: PLC0415

        surroundings = around.Around("", beside or around.nothing)
        return Item("", sha256, page.read(decoded.text, path, asked, surroundings), decoded.problems)
    from tagwire.intake.text import read  # noqa: PLC0415

    return Item("", sha256, read(decoded.text, path, asked), decoded.problems)


def _binary(bundle: Bundle, path: str) -> Format | None:
    """The format of a document that is neither text nor HTML.

    Raises:
        Broken: it is a zip archive that can't be read, or must not.
    """
    with _opened(bundle, path) as (found, _):
        return found if found and not found.export else None


def fingerprint(text: str) -> str:
    """sha256 (hex) of an article file's text without its own `converted:` line.

    It differs from `source.converted` exactly when somebody has edited the file, front matter included.
    """
    from tagwire.intake import compose  # noqa: PLC0415

    return compose.fingerprint(text)


def restamped(text: str) -> str:
    """A converted article's file, changed by us, with the fingerprint of what it says now: nobody has edited it."""
    from tagwire.intake import compose  # noqa: PLC0415

    return compose.restamped(text)


def origin(text: str) -> Origin:
    """Where an article file says that it comes from."""
    from tagwire.intake import compose  # noqa: PLC0415

    return compose.origin(text)
