"""What a reader found becomes an article: everything it left open is decided here."""

from __future__ import annotations

import posixpath
import re
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.intake import attachments, clauses, language, summary, tags
from tagwire.intake.compose import Parts, compose
from tagwire.intake.found import Converted, Finding
from tagwire.model import When
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.found import Asked, Found, Item
    from tagwire.model import Recording

_LONGEST_SLUG = 80
"""Bytes of the file's name."""
_LONGEST_PLAIN = 64
"""Those of one in ASCII, where a byte is a letter."""


def complete(item: Item, found: Found, path: str, asked: Asked) -> Converted:
    """The article file of a source, or of one item of it; by the item's digest it is known for ever."""
    findings = [*found.findings, *(_stated(found) if found.filed else ())]
    name = item.key if item.key.endswith(_FILES) else path  # in an archive each has a name of its own
    title = _title(found, name, asked, findings)
    slug = asked.slug or _published_slug(found.slug) or _slug(title) or _slug(_stem(name)) or "article"
    parts = _decided(item, found, path, asked, title=title, slug=slug, findings=findings)
    text = compose(parts)
    undated = (_undated(text, slug, parts.published),) if parts.from_file and not parts.timeless else ()
    return Converted(
        slug=slug,
        text=text,
        title=title,
        findings=tuple(findings),
        cuts=found.cuts,
        problems=(*item.warnings, *undated),
        id=parts.id,
        page=found.page,
        attachments=found.attachments,
        left=found.left,
    )


_SAID = "the source itself says so"


def _stated(found: Found) -> Iterator[Finding]:
    """What an export says in fields of its own, whose reader notes no findings: there is one place to look."""
    if found.title:
        derived = "derived from the text or the address: the source has no title"
        yield Finding("title", found.title, derived if found.title_derived else _SAID)
    said = {
        "byline": ", ".join(found.authors),
        "date": found.published.iso if found.published else "",
        "updated": found.updated.iso if found.updated else "",
        "language": found.lang,
        "id": found.id,
        "old address": ", ".join(found.aliases),
        "original": found.canonical,
        "lead picture": found.image.removeprefix("attachment:"),
        "recording": found.enclosure.link.removeprefix("attachment:") if found.enclosure else "",
        "series": found.series,
        "draft": "yes" if found.draft else "",
        "standing page": "yes" if found.page else "",
    }
    yield from (Finding(what, value, _SAID) for what, value in said.items() if value)
    yield from map(Finding.of_cut, found.cuts)


def _decided(
    item: Item, found: Found, path: str, asked: Asked, *, title: str, slug: str, findings: list[Finding]
) -> Parts:
    """What the file of the article called `title` holds; `findings` get what was decided here."""
    published, updated, from_file = _dates(found, asked, findings)
    lang = _language(found, asked, findings)
    return Parts(
        id=asked.id or found.id or mint(asked.site, item.sha256),
        title=title,
        published=published,
        updated=updated,
        from_file=from_file,
        authors=() if found.page else tuple(map(summary.one_line, found.authors)),
        tags=_tags(found, title, lang or asked.lang, asked, findings),
        summary=_summary(found, findings),
        slug=slug if _DATED.match(slug) or slug == "index" else "",
        lang=lang,
        draft=found.draft,
        aliases=found.aliases,
        canonical=found.canonical,
        image=attachments.placed(found.image, found.attachments, slug),
        path=path,
        item=item.key,
        sha256=item.sha256,
        cuts=found.cuts,
        left=found.left,
        title_derived=found.title_derived and title == summary.one_line(found.title),
        author_note="" if found.page else summary.one_line(found.author_note),
        expires=None if found.page else found.expires,
        series="" if found.page else summary.one_line(found.series),
        enclosure=None if found.page else _recording(found, slug),
        translations=asked.translates,
        timeless=found.page and from_file,
        markdown=attachments.placed(found.markdown, found.attachments, slug),
    )


def _recording(found: Found, slug: str) -> Recording | None:
    if found.enclosure is None:
        return None
    return replace(found.enclosure, link=attachments.placed(found.enclosure.link, found.attachments, slug))


_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")
"""A file's name whose day is no part of the address."""
_LONGEST_KEPT = 180
"""Bytes of a name that another tool has given: a file's name holds 255, and a number may follow."""


def _published_slug(text: str) -> str:
    """The name that an article had in its address elsewhere, in our letters."""
    return names.slug(text, longest=_LONGEST_KEPT)


def _slug(text: str) -> str:
    """The name of the file, cut behind a word that can end it."""
    whole = names.slug(text, longest=_WHOLE)
    slug = names.slug(text, longest=_LONGEST_PLAIN if whole.isascii() else _LONGEST_SLUG)
    words = slug.split("-")
    while slug != whole and len(words) > 2 and words[-1] in clauses.LEANS:
        words.pop()
    return "-".join(words)


_FILES = (".html", ".htm", ".md", ".txt")
_WHOLE = 1000
"""Bytes of the longest title."""


def mint(site: str, sha256: str) -> str:
    """The id of the article made of the source with this digest: the same wherever it is made (RFC 9562, 5.5)."""
    return f"urn:uuid:{uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, site), sha256)}"


def _title(found: Found, path: str, asked: Asked, findings: list[Finding]) -> str:
    if given := summary.one_line(asked.title):
        findings.append(Finding("title", given, "given"))
        return given
    if title := summary.one_line(found.title):
        return title
    stem = _stem(path)
    findings.append(Finding("title", stem, "the file's name: the text has no words"))
    return stem


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0] or "article"


def _dates(found: Found, asked: Asked, findings: list[Finding]) -> tuple[When, When | None, bool]:
    """`published`, `updated`, and whether the file's time had to stand for the first."""
    published, updated = found.published, found.updated
    if asked.date is not None:
        findings.append(Finding("date", asked.date.iso, "given"))
        published = asked.date
    elif published is None and updated is not None:
        findings.append(Finding("date", updated.iso, "the only date stated is that of an update"))
        published = updated
    if published is None:
        published = found.made or When(asked.modified.replace(microsecond=0), timed=True)
        origin = "the document says when it was made" if found.made else "the file's modification time"
        findings.append(Finding("date", published.iso, origin))
        return published, None, True
    return published, updated if updated is not None and updated.at > published.at else None, False


def _undated(text: str, slug: str, published: When) -> Problem:
    lines = text.split("\n")
    number = next(at for at, line in enumerate(lines, 1) if line.startswith("published: "))
    return Problem(
        f"content/articles/{slug}.md",
        number,
        len("published: ") + 1,
        "date-from-file",
        "the text states no date, so `published` is the time of its file",
        "write the true date there and delete the line `date_source`",
        lines[number - 1],
        len(published.iso),
        "warning",
    )


def _language(found: Found, asked: Asked, findings: list[Finding]) -> str:
    """As declared (the reader has noted where), else as detected, else empty: then the site's own holds."""
    if found.lang:
        return found.lang
    detected = language.detect(found.plain)
    if detected and detected == asked.lang.partition("-")[0]:
        detected = asked.lang  # an English text on a site in British English
    origin = "detected" if detected else "the site's; the text is too short or unclear"
    findings.append(Finding("language", detected or asked.lang, origin))
    return detected


def _summary(found: Found, findings: list[Finding]) -> str:
    """As stated, else the opening of the text."""
    if stated := summary.whole(found.summary, found.plain):
        if found.filed:
            findings.append(Finding("summary", stated, _SAID))
        return stated
    if short := summary.of(found.plain):
        findings.append(Finding("summary", short, "the opening of the text"))
    return short


def _tags(found: Found, title: str, lang: str, asked: Asked, findings: list[Finding]) -> tuple[str, ...]:
    """Of an article; a standing page has none."""
    chosen = () if found.page else tags.choose(found, title, lang, asked)
    if chosen:
        findings.append(Finding("tags", ", ".join(chosen), _tags_origin(found, asked, len(chosen))))
    return chosen


def _tags_origin(found: Found, asked: Asked, many: int) -> str:
    stated = {names.slug(tag) for tag in (*asked.tags, *found.tags)}
    origins = [("given", asked.tags), ("the source's keywords", found.tags), ("suggested", many > len(stated))]
    return ", ".join(origin for origin, some in origins if some)
