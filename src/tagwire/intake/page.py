"""Reads an HTML page or a fragment of one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire.intake import credited, edges, footnotes, homeless, htmltree, markdown, metadata, subtree
from tagwire.intake.escape import collapse
from tagwire.intake.found import Finding, Found, Refused
from tagwire.intake.media import Context
from tagwire.model import Cut
from tagwire.problems import Problem

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.found import Asked
    from tagwire.intake.metadata import Metadata


_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)


def read(text: str, path: str, asked: Asked) -> Found | Refused:
    """The article of a page, given as decoded HTML."""
    try:
        root = htmltree.parse(text)
    except htmltree.Unreadable:
        return _refused(path, "there is no HTML in it")
    alive = list(root.iter())  # lxml makes an object of an element each time that it is met, unless one exists
    told = metadata.read(root, text, asked.timezone)
    seen, login = _seen(root), _asks_password(root)
    htmltree.tidy(root)
    told, said = _credited(told, root, asked.timezone)
    fragment = not _PAGE.search(text)
    cut = [] if asked.keep_all else _without(said)
    place = subtree.find(root, fragment=fragment, keep_all=asked.keep_all)
    if place is None:
        return _refused(path, seen)
    title = told.title
    heading = _title_heading(place.element, title)
    if heading is not None:
        title = title or " ".join(htmltree.text_of(heading).split())
        heading.drop_tree()
    notes = footnotes.take(place.element)
    cut += place.cut
    if fragment and not asked.keep_all:  # chosen by hand: nothing surrounds it
        cut += [*edges.kickers(place.element), *edges.appeals(place.element)]
    elif not asked.keep_all:
        cut += edges.cut(place.element, edges.Known(title, told.summary, told.authors, asked.timezone))
    lost = [] if told.base else homeless.settle(place.element)
    context = Context(told.base, notes.marks)
    body = markdown.write(place.element, context, notes.texts)
    plain = _plain(place.element)
    if not body or (login and len(plain.split()) < _LOGIN):
        return _refused(path, seen)
    cuts = _cuts(cut)
    del alive
    return Found(
        title=title,
        title_derived=False,
        authors=told.authors,
        published=told.published,
        updated=told.updated,
        lang=told.lang,
        summary=told.summary,
        tags=told.tags,
        canonical=told.canonical,
        markdown=body,
        plain=plain,
        cuts=cuts,
        findings=(*told.findings, *lost, *(Finding("cut", cut.rule, "inside the article") for cut in cuts)),
    )


def _credited(told: Metadata, root: html.HtmlElement, zone: str) -> tuple[Metadata, list[html.HtmlElement]]:
    """What the page says of itself with what stands under its heading, and the blocks where that stands."""
    (authors, published), blocks = credited.read(root, zone)
    findings = list(told.findings)
    if authors and not told.authors:
        findings.append(Finding("byline", ", ".join(authors), "below the heading"))
    if published and not told.published:
        findings.append(Finding("date", published.iso, "below the heading"))
    whole = replace(
        told,
        authors=told.authors or authors,
        published=told.published or published,
        findings=tuple(findings),
    )
    return whole, blocks


def _without(blocks: list[html.HtmlElement]) -> list[tuple[str, str]]:
    """Remove blocks that say nothing but who wrote it and when."""
    cut = [("byline", htmltree.text_of(block)) for block in blocks]
    for block in blocks:
        block.drop_tree()
    return cut


def _title_heading(place: html.HtmlElement, title: str) -> html.HtmlElement | None:
    """The heading that is the title: the page shows the title by itself."""
    for heading in place.iter("h1", "h2"):
        words = re.findall(r"\w+", htmltree.text_of(heading).lower())
        if not words:
            continue
        if words == re.findall(r"\w+", title.lower()) or (not title and heading.tag == "h1"):
            return heading
    return None


def _cuts(cut: list[tuple[str, str]]) -> tuple[Cut, ...]:
    """One record a rule, in the order of first use."""
    texts: dict[str, list[str]] = {}
    for rule, text in cut:
        texts.setdefault(rule, []).append(" ".join(text.split()))
    return tuple(Cut(rule, "", hashlib.sha256("\n".join(parts).encode()).hexdigest()) for rule, parts in texts.items())


def _plain(place: html.HtmlElement) -> str:
    """The text of every block, apart by a blank line."""
    texts = (collapse(htmltree.text_of(leaf)).replace("\n", " ").strip(" ") for leaf in htmltree.leaves(place))
    return "\n\n".join(text for text in texts if text)


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
