"""A document that says itself where its text begins and ends: HTML from its reader becomes what `Found` wants.

Nothing surrounds it, as menus do on a page; so nothing is looked for, and only appeals at its end are cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from tagwire.intake import (
    appended,
    byline,
    credited,
    dates,
    decode,
    footnotes,
    formulas,
    homeless,
    htmltree,
    markdown,
    opening,
    standins,
    summary,
    titles,
)
from tagwire.intake.bundle import Broken
from tagwire.intake.cuts import Cuts
from tagwire.intake.found import Finding, Found, Refused
from tagwire.intake.media import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import html

    from tagwire.intake.found import Asked, Attachment
    from tagwire.model import When


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one document; absent things are empty."""

    html: str
    """A fragment; pictures are `attachment:NAME`. A paragraph of class `said-title`, `said-author`, `said-date` or
    `said-abstract` says what the document is."""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: When | None = None
    """When it was published, or sent."""
    made: When | None = None
    """When the file was made, which its publication may be years away from."""
    lang: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    canonical: str = ""
    image: str = ""
    attachments: tuple[Attachment, ...] = ()
    left: tuple[str, ...] = ()
    """What was left out, a phrase each: "3 comments"."""
    origin: str = "the document's properties"
    """Where title, authors, dates and tags stand, in words."""
    named: bool = False
    """Its title is what people know it by, as the subject of a mail is; else a heading above the text is surer."""


def broken(message: str, hint: str = "open it in the program that wrote it, and save it anew") -> Broken:
    """A document that can't be read: `message` says what is wrong with it."""
    return Broken("document-broken", f"this document can't be read: {message}", hint)


def xml(data: bytes) -> etree._Element:
    """The root of a document's part; entities stay what they are, and nothing is fetched.

    Raises:
        Broken: it is no XML, or nested too deeply.
    """
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken("a part of it is no XML, or is nested too deeply") from error


def counted(things: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """What was left out as `Document.left` has it: "3 comments" of (3, "comment"); nothing of what there is none."""
    return tuple(f"{count} {what if count == 1 else _plural(what)}" for count, what in things if count)


def _plural(what: str) -> str:
    noun = re.split(r"(?=,| (?:of|in|that)\b)", what, maxsplit=1)[0]
    return f"{noun}s{what[len(noun) :]}"


def found(document: Document, path: str, asked: Asked) -> Found | Refused:
    """The article that a document is; `path`, relative to `content/`, only names it."""
    try:
        root = htmltree.parse(document.html)
    except htmltree.Unreadable:
        return _empty(path)
    place = root.find("body") if root.find("body") is not None else root
    formulas.settle(root)
    standins.code(place)
    htmltree.tidy(root)
    told = _Told(document)
    told.read(place, asked)
    _figures(place)
    notes = footnotes.take(place)
    if not document.named:
        standins.headings(place)
    cuts = None if asked.keep_all else Cuts(asked.keep)
    note = ""
    if cuts:
        blocks = appended.blocks_of(place)
        note = appended.note(blocks, told.authors, cuts)
        appended.appeals(appended.left(place, blocks), cuts)
    standins.rules(place)
    left = (*document.left, *homeless.left(place), *homeless.inside(place, notes.marks))
    lost = homeless.settle(place)
    names = frozenset(attachment.name for attachment in document.attachments)
    body = markdown.write(place, Context(notes=notes.marks, files=names), notes.texts)
    if not body:
        return _empty(path)
    told.findings += lost
    return replace(_found(document, told, htmltree.plain(place, notes.marks), body, cuts), author_note=note, left=left)


def _found(document: Document, told: _Told, plain: str, body: str, cuts: Cuts | None) -> Found:
    derived = "" if told.title else titles.derive(plain)
    removed = tuple(replace(cut, lines="") for cut in cuts.records()) if cuts else ()  # lines of our own HTML
    findings = [*told.findings, *map(Finding.of_cut, removed)]
    if derived:
        findings.insert(0, Finding("title", derived, "derived from the lead sentence"))
    return Found(
        title=told.title or derived,
        title_derived=bool(derived),
        authors=told.authors,
        published=told.published,
        updated=None,
        lang=document.lang,
        summary=document.summary or told.summary,
        tags=document.tags,
        canonical=document.canonical,
        markdown=body,
        plain=plain,
        cuts=removed,
        findings=tuple(findings),
        made=document.made,
        image=document.image,
        attachments=document.attachments,
    )


def _figures(place: html.HtmlElement) -> None:
    """A paragraph in the style of a caption, with a picture in it or right above, is a figure."""
    for caption in [each for each in place.iter("p") if each.get("class") == "caption"]:
        pictures = list(caption.iter("img"))
        above = caption.getprevious()
        if not pictures and above is not None and above.tag == "p" and not htmltree.text_of(above).strip():
            pictures = list(above.iter("img"))
        text = " ".join(htmltree.text_of(caption).split())
        parent = caption.getparent()
        if not pictures or not text or parent is None:
            continue
        figure = lxml_html.Element("figure")
        caption.addprevious(figure)
        for picture in pictures:
            picture.drop_tree()
            picture.tail = None
            figure.append(picture)
        caption.tag = "figcaption"
        figure.append(caption)
        if above is not None and above.tag == "p" and not htmltree.text_of(above).strip() and len(above) == 0:
            above.drop_tree()


def _empty(path: str) -> Refused:
    return decode.empty(path, "there is no text in this document")


# ------------------------------------------------------------------ what it says of itself


class _Told:
    """Title, authors and date: as styled paragraphs say them, then the top of the text, then the properties."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.title = ""
        self.authors: tuple[str, ...] = ()
        self.published: When | None = None
        self.summary = ""
        self.findings: list[Finding] = []

    def read(self, place: html.HtmlElement, asked: Asked) -> None:
        """Take what the text says; the paragraphs that say nothing else leave it."""
        self._styled(place, asked.timezone)
        self._above(place, asked.timezone)
        self._heading(place)
        (authors, published), blocks = credited.read(place, "", asked.timezone)
        origin = "below the heading"
        self._credit(authors, published, origin)
        for block in blocks:
            block.drop_tree()
        for heading in [each for each in place.iter("h1") if each.get("class") == _TITLE]:
            heading.drop_tree()
        self._credit(self._document.authors, self._document.published, self._document.origin)
        if not self.title and self._document.title:
            self._titled(self._document.title, self._document.origin)
        if self._document.tags:
            self.findings.append(Finding("tags", ", ".join(self._document.tags), self._document.origin))
        if self._document.lang:
            self.findings.append(Finding("language", self._document.lang, self._document.origin))

    def _titled(self, title: str, origin: str) -> None:
        self.title = summary.one_line(title)
        self.findings.append(Finding("title", self.title, origin))

    def _credit(self, authors: tuple[str, ...], published: When | None, origin: str) -> None:
        if authors and not self.authors:
            self.authors = authors
            self.findings.append(Finding("byline", ", ".join(authors), origin))
        if published and not self.published:
            self.published = published
            self.findings.append(Finding("date", published.iso, origin))

    def _styled(self, place: html.HtmlElement, zone: str) -> None:
        """The paragraphs whose style says what they are."""
        said = {kind: [p for p in place.iter("p") if p.get("class") == f"said-{kind}"] for kind in _KINDS}
        for paragraph in said["title"][:1]:
            self._titled(htmltree.text_of(paragraph), "the style “Title”")
            paragraph.tag = "h1"
            paragraph.set("class", _TITLE)
        words = [" ".join(htmltree.text_of(p).split()) for p in said["author"]]
        self._credit(
            tuple(name for text in words for name in byline.names(text) or (text,)), None, "the style “Author”"
        )
        for paragraph in said["date"]:
            if when := dates.read(htmltree.text_of(paragraph).strip(), zone):
                self._credit((), when, "the style “Date”")
                paragraph.drop_tree()
        for paragraph in said["author"]:
            paragraph.drop_tree()
        self.summary = " ".join(" ".join(htmltree.text_of(p).split()) for p in said["abstract"])

    def _above(self, place: html.HtmlElement, zone: str) -> None:
        """A byline and a date that stand above the heading, if nothing else does."""
        leaves = [leaf for leaf in htmltree.leaves(place) if htmltree.text_of(leaf).strip()]
        heads = (number for number, leaf in enumerate(leaves[:_TOP]) if leaf.tag in _HEADS or standins.is_bold(leaf))
        above = leaves[: next(heads, 0)]
        told = [(byline.read(text), dates.labelled(text, zone)) for text in map(_line, above)]
        if all(names or dated for names, dated in told):
            for leaf, (names, dated) in zip(above, told, strict=True):
                self._credit(names, dated[1] if dated else None, "above the heading")
                leaf.drop_tree()

    def _heading(self, place: html.HtmlElement) -> None:
        """The first block is the title if it is a heading by itself, what the properties say, or a bold headline."""
        leaves = [leaf for leaf in htmltree.leaves(place) if htmltree.text_of(leaf).strip()]
        if self.title or len(leaves) < 2:
            return
        first, text = leaves[0], " ".join(htmltree.text_of(leaves[0]).split())
        if self._document.named and self._document.title and text.lower() != self._document.title.lower():
            return
        if first.tag in _HEADS and len(list(place.iter(first.tag))) == 1:
            origin = "the heading above the text"
        elif text.lower() == " ".join(self._document.title.split()).lower():
            origin = "the first line, which the properties repeat"
        elif first.tag == "p" and standins.is_bold(first) and opening.reads_as_headline(text):
            origin = "the first line, which stands out as a headline"
        else:
            return
        self._titled(text, origin)
        first.tag = "h1"
        first.set("class", _TITLE)


_HEADS = ("h1", "h2", "h3")
_TOP = 4
"""Blocks among which a heading is looked for."""
_KINDS = ("title", "author", "date", "abstract")
_TITLE = "said-title"


def _line(leaf: html.HtmlElement) -> str:
    return " ".join(htmltree.text_of(leaf).split())
