"""Reads an HTML page or a fragment of one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.intake import (
    appended,
    authornote,
    credited,
    decode,
    edges,
    footnotes,
    formulas,
    homeless,
    htmltree,
    markdown,
    metadata,
    subtree,
    trimmings,
)
from tagwire.intake.around import Around, pictures
from tagwire.intake.cuts import Cuts
from tagwire.intake.found import Finding, Found, Refused
from tagwire.intake.media import Context
from tagwire.intake.metatags import is_house
from tagwire.problems import Problem

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.found import Asked
    from tagwire.intake.metadata import Metadata


NOWHERE = Around()
_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)


def read(text: str, path: str, asked: Asked, around: Around = NOWHERE) -> Found | Refused:
    """The article of a page, given as decoded HTML, with the pictures that lie `around` it."""
    root = _tree(text, path)
    if isinstance(root, Refused):
        return root
    alive = list(root.iter())  # lxml makes an object of an element each time that it is met, unless one exists
    told = metadata.read(root, text, asked.timezone, around.address)
    seen, login = _seen(root), _asks_password(root)
    formulas.settle(root)
    htmltree.tidy(root)
    told, said = _credited(told, root, asked.timezone)
    fragment = not _PAGE.search(text)
    cuts = None if asked.keep_all else Cuts(asked.keep)
    for block in said:  # they say nothing but who wrote it and when
        if cuts:
            cuts.away("byline", block)
    names, boxes = subtree.boxes(root, authornote.RULE) if cuts and told.authors else (None, [])
    place = subtree.find(root, cuts, names, fragment=fragment)
    if place is None:
        return _refused(path, seen)
    title = _untitled(place, told.title, None if fragment else cuts)
    notes = footnotes.take(place)
    if cuts:
        _trim(place, told, title, cuts, fragment=fragment)
    found = _written(place, replace(told, title=title), notes, around)
    if not found.markdown or (login and len(found.plain.split()) < _LOGIN):
        return _refused(path, seen)
    del alive
    if not cuts:
        return found
    removed = cuts.records()
    return replace(
        found,
        cuts=removed,
        findings=(*found.findings, *map(Finding.of_cut, removed)),
        author_note=authornote.boxed([*cuts.words(authornote.RULE), *boxes], told.authors),
    )


def _tree(text: str, path: str) -> html.HtmlElement | Refused:
    """The page as elements, unless it is too large or none."""
    if refused := decode.too_long(path, text, "page"):
        return refused
    try:
        root = htmltree.parse(text)
    except htmltree.Unreadable:
        return _refused(path, "there is no HTML in it")
    trimmings.settle(root)
    return root


def _written(place: html.HtmlElement, told: Metadata, notes: footnotes.Footnotes, around: Around) -> Found:
    """The article of a place from which all is cut that is none of it."""
    shown = pictures(place, around, told.base)
    left = (*(() if told.base else homeless.left(place)), *homeless.inside(place, notes.marks))
    lost = [] if told.base else homeless.settle(place)
    context = Context(told.base, notes.marks, files=frozenset(picture.name for picture in shown))
    return Found(
        title=told.title,
        title_derived=False,
        authors=told.authors,
        published=told.published,
        updated=told.updated,
        lang=told.lang,
        summary=told.summary,
        tags=told.tags,
        canonical=told.canonical,
        markdown=markdown.write(place, context, notes.texts),
        plain=htmltree.plain(place, notes.marks),
        cuts=(),
        findings=(*told.findings, *lost),
        attachments=shown,
        left=left,
    )


def _untitled(place: html.HtmlElement, title: str, cuts: Cuts | None) -> str:
    """The title, with its heading and what stands above it taken out of the place: the page shows it by itself."""
    heading = _title_heading(place, title)
    if cuts:
        edges.above_heading(place, heading, title, cuts)
    if heading is not None:
        title = title or " ".join(htmltree.text_of(heading).split())
        heading.drop_tree()
    return title


def _trim(place: html.HtmlElement, told: Metadata, title: str, cuts: Cuts, *, fragment: bool) -> None:
    """Cut what surrounds the text; nothing surrounds a fragment, which somebody has chosen by hand."""
    if fragment:
        blocks = appended.blocks_of(place)
        edges.kickers(place, cuts, blocks)
        appended.appeals(blocks, cuts)
    else:
        edges.cut(place, edges.Known(title, told.summary, told.authors, told.zone), cuts)


def _credited(told: Metadata, root: html.HtmlElement, zone: str) -> tuple[Metadata, list[html.HtmlElement]]:
    """What the page says of itself with what stands under its heading, and the blocks where that stands."""
    (authors, published), blocks = credited.read(root, told.title, zone, told.authors)
    authors = tuple(name for name in authors if not is_house(name, told.houses)) or authors
    findings = list(told.findings)
    if authors and not told.authors:
        findings.append(Finding("byline", ", ".join(authors), "below the heading"))
    if published and not told.published:
        findings.append(Finding("date", published.iso, "below the heading"))
    whole = replace(
        told,
        authors=authors if set(told.authors) < set(authors) else told.authors or authors,
        published=told.published or published,
        findings=tuple(findings),
    )
    return whole, blocks


def _title_heading(place: html.HtmlElement, title: str) -> html.HtmlElement | None:
    """The heading that is the title: the page shows the title by itself."""
    for heading in place.iter("h1", "h2"):
        words = re.findall(r"\w+", htmltree.text_of(heading).lower())
        if not words:
            continue
        if words == re.findall(r"\w+", title.lower()) or (not title and heading.tag == "h1"):
            return heading
    return None


# ------------------------------------------------------------------ pages without an article


_LOGIN = 60
"""Words of a page with a field for a password from which on it may still be an article."""


def _asks_password(root: html.HtmlElement) -> bool:
    return any(field.get("type", "").lower() == "password" for field in root.iter("input"))


def _seen(root: html.HtmlElement) -> str:
    """What a page holds, in plain words."""
    if _asks_password(root):
        return "a form that asks for a password"
    links = sum(1 for _ in root.iter("a"))
    paragraphs = sum(1 for p in root.iter("p") if htmltree.text_of(p).strip())
    if links > paragraphs:
        return f"{links} links and {paragraphs} paragraphs"
    return f"{paragraphs} paragraphs" if paragraphs else "no text"


def _refused(path: str, seen: str) -> Refused:
    return Refused(
        (
            Problem(
                path=path,
                line=0,
                column=0,
                code="no-article",
                message=f"no article found in this page, but {seen}",
                hint="save the page of one article, with its text in it, or write the article as a `.txt` file",
            ),
        )
    )
