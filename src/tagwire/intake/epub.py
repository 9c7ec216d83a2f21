"""EPUB (3.3 and 2): the documents of its spine, one behind the other, are one article."""

from __future__ import annotations

import posixpath
import re
from html.entities import html5
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree, html

from tagwire.intake import attachments, bundle, dates, document, htmltree, mailparts
from tagwire.intake.document import Document
from tagwire.intake.found import Attachment, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.found import Asked, Found

_SPACES: Final = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_PAGES: Final = ("application/xhtml+xml", "text/html")
_LOCKS: Final = ("META-INF/rights.xml", "META-INF/sinf.xml")


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in an `.epub`."""
    try:
        book = _Book(bundle.Zipped(BytesIO(data)))
        made = book.document()
    except bundle.Broken as error:
        return Refused((Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint),))
    return document.found(made, path, asked)


class _Book:
    """A book: its package document, and the files of its spine."""

    def __init__(self, files: bundle.Zipped) -> None:
        self._files = files
        if any(name in files.names() for name in _LOCKS):
            raise document.broken("this book is locked by a rights management", "convert a copy that isn’t")
        container = self._xml("META-INF/container.xml")
        place = container.find(".//{*}rootfile")
        self._package = place.get("full-path", "") if place is not None else ""
        self._opf = self._xml(self._package)
        self._folder = posixpath.dirname(self._package)
        self._items = {item.get("id", ""): item for item in self._opf.iterfind(".//opf:manifest/opf:item", _SPACES)}
        self._pictures: dict[str, Attachment] = {}
        self._lost: set[str] = set()

    def _xml(self, name: str) -> etree._Element:
        if name not in self._files.names():
            raise document.broken(f"it holds no `{name or 'package document'}`")
        return document.xml(bundle.read(self._files, name))

    # -------------------------------------------------------------- what it says of itself

    def document(self) -> Document:
        """The whole of it."""
        pages = self._spine()
        text = "".join(self._page(name, number, pages) for number, name in enumerate(pages))
        creators = [found for found in self._opf.iterfind(".//dc:creator", _SPACES) if self._is_author(found)]
        lang = self._said("language")
        return Document(
            html=text,
            title=self._said("title"),
            authors=tuple(name for found in creators for name in self._names(found)),
            published=dates.read(self._said("date"), "UTC"),
            lang=lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) and lang != "und" else "",
            summary=self._description(),
            tags=tuple(
                word for found in self._opf.iterfind(".//dc:subject", _SPACES) if (word := (found.text or "").strip())
            ),
            image=self._cover(),
            attachments=tuple(self._pictures.values()),
            left=(*self._untold(), *sorted(self._lost)),
            origin="the book's package",
            named=len(pages) > 1,
        )

    def _said(self, name: str) -> str:
        found = self._opf.find(f".//dc:{name}", _SPACES)
        return "" if found is None else _line(found)

    def _untold(self) -> Iterator[str]:
        """What the package says and an article has no place for."""
        for title in self._opf.findall(".//dc:title", _SPACES)[1:]:
            yield f"the subtitle “{_line(title)}”"
        for found in self._opf.iterfind(".//dc:creator", _SPACES):
            if not self._is_author(found):
                yield f"{_line(found)}, who isn’t its author"
        for name in ("contributor", "publisher", "rights"):
            if said := self._said(name):
                yield f"its {name} “{said}”"

    def _names(self, creator: etree._Element) -> tuple[str, ...]:
        """Who a creator is: one in the order of a catalogue is turned where the book says that this is its order."""
        name = _line(creator)
        filed = [creator.get(f"{{{_SPACES['opf']}}}file-as", ""), *self._refined(creator, "file-as")]
        return mailparts.turned(name) if name in filed else (name,) if name else ()

    def _refined(self, element: etree._Element, what: str) -> list[str]:
        """What a `meta` of EPUB 3 adds to an element."""
        name = f"#{element.get('id', '')}"
        metas = (meta for meta in self._opf.iterfind(".//opf:meta", _SPACES) if meta.get("refines") == name)
        return [(meta.text or "").strip() for meta in metas if meta.get("property") == what]

    def _is_author(self, creator: etree._Element) -> bool:
        """Whether a creator wrote it; many have no role (EPUB 2 has an attribute, EPUB 3 a `meta` that refines)."""
        role = creator.get(f"{{{_SPACES['opf']}}}role", "")
        role = next(reversed(self._refined(creator, "role")), role)
        return role in ("", "aut")

    def _description(self) -> str:
        text = self._said("description")
        if "<" not in text:
            return text
        try:
            return " ".join(htmltree.text_of(htmltree.parse(text)).split())
        except htmltree.Unreadable:
            return ""

    def _cover(self) -> str:
        named = [
            meta.get("content") for meta in self._opf.iterfind(".//opf:meta", _SPACES) if meta.get("name") == "cover"
        ]
        items = [item for item in self._items.values() if "cover-image" in item.get("properties", "").split()]
        items += [self._items[name] for name in named if name in self._items]
        for item in items:
            if item.get("media-type", "").startswith("image/"):
                return self._picture(self._path(self._folder, item.get("href", "")))
        return ""

    # -------------------------------------------------------------- its pages

    def _spine(self) -> list[str]:
        """Paths of the documents that are read in order; not those that stand outside of it, and no contents."""
        found = []
        for place in self._opf.iterfind(".//opf:spine/opf:itemref", _SPACES):
            item = self._items.get(place.get("idref", ""))
            if item is None or item.get("media-type") not in _PAGES or "nav" in item.get("properties", "").split():
                continue
            name = self._path(self._folder, item.get("href", ""))
            if name in self._files.names() and (place.get("linear") != "no" or _is_notes(name)):
                found.append(name)
        if not found:
            raise document.broken("it has no text in its spine")
        return found

    def _path(self, folder: str, href: str) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))

    def _page(self, name: str, number: int, pages: list[str]) -> str:
        """The body of one document, its ids and links made those of the whole."""
        root = _xhtml(bundle.read(self._files, name))
        folder = posixpath.dirname(name)
        for element in root.iter():
            if identity := element.get("id"):
                element.set("id", f"{number}-{identity}")
            if element.tag == "img":
                element.set("src", self._picture(self._path(folder, element.get("src", ""))))
            elif element.tag in ("audio", "video", "source") and element.get("src"):
                element.set("src", self._picture(self._path(folder, element.get("src", "")), "file"))
            elif element.tag == "a":
                self._link(element, folder, number, pages)
        body = next(root.iter("body"), root)
        if self._is_title_page(body):
            return ""
        body.tag = "div"  # one document has one body
        return str(html.tostring(body, encoding="unicode", method="html"))

    def _is_title_page(self, body: etree._Element) -> bool:
        """Whether a document says nothing but what the package says: title, authors, publisher."""
        marked = any("titlepage" in each.get(_TYPE, "") for each in (body, *body.iter("section", "div")))
        if not marked:
            return False
        names = ("title", "creator", "contributor", "publisher")
        told = [found.text or "" for name in names for found in self._opf.iterfind(f".//dc:{name}", _SPACES)]
        known = set(re.findall(r"\w+", " ".join(told).lower())) | {"by"}
        return set(re.findall(r"\w+", " ".join(map(str, body.itertext())).lower())) <= known

    def _link(self, link: etree._Element, folder: str, number: int, pages: list[str]) -> None:
        target = link.get("href", "")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target) or not target:
            return
        place, _, anchor = target.partition("#")
        page = self._path(folder, place) if place else ""
        where = pages.index(page) if page in pages else number if not place else None
        link.set("href", f"#{where}-{anchor}" if where is not None else "")
        if "noteref" in link.get(_TYPE, ""):
            link.set("role", "doc-noteref")

    def _picture(self, path: str, what: str = "picture") -> str:
        """What the text calls a picture, or a sound; empty if the book has none of that name."""
        if path not in self._files.names():
            self._lost.add(f"{what} {posixpath.basename(path)}, which is not in the book")
            return ""
        if path not in self._pictures:
            taken = {each.name for each in self._pictures.values()}
            self._pictures[path] = Attachment(attachments.name(path, taken), bundle.read(self._files, path))
        return f"attachment:{self._pictures[path].name}"


def _line(element: etree._Element) -> str:
    """The text of an element of the package, on one line."""
    return " ".join((element.text or "").split())


def _is_notes(name: str) -> bool:
    """Notes often stand outside of the reading order, and are linked to."""
    return "note" in posixpath.basename(name).lower()


def _browsed(text: str) -> etree._Element:
    """As a browser would read it that takes whatever comes."""
    try:
        root: etree._Element = htmltree.parse(text)
    except htmltree.Unreadable:
        return etree.Element("body")
    return root


_ENTITY: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")


def _xhtml(data: bytes) -> etree._Element:
    """A document of the book: XML, or what only a browser would take."""
    plain = _ENTITY.sub(_character, data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(plain, parser)
    except etree.XMLSyntaxError:
        return _browsed(plain.decode("utf-8", "replace"))
    for element in list(root.iter(etree.Element)):
        element.tag = etree.QName(element).localname
        if _is_furniture(element):
            _drop(element)
    for note in root.iter("aside", "li", "p", "div"):
        if "note" in note.get(_TYPE, "") and note.find(".//a") is None:  # popups have no way back
            etree.SubElement(note, "a", href="#0").text = "↑"
    return root


_PAGES_OF_PAPER: Final = ("pagebreak", "doc-pagebreak")


def _is_furniture(element: etree._Element) -> bool:
    """The number of a page of paper, the heading above notes, and what only another reader would show instead."""
    kinds = f"{element.get(_TYPE, '')} {element.get('role', '')}".split()
    if any(kind in _PAGES_OF_PAPER for kind in kinds) or (element.tag == "case" and element.get("required-namespace")):
        return True
    above = element.getparent()
    noted = above is not None and re.search(r"\b(?:end|foot|rear)notes\b", above.get(_TYPE, ""))
    return bool(noted and element.tag in htmltree.HEADINGS)


def _drop(element: etree._Element) -> None:
    """Removes an element, and keeps what stands behind it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    above.remove(element)


def _character(found: re.Match[bytes]) -> bytes:
    name = found[1].decode()
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return found[0]
    return html5.get(f"{name};", "").encode("ascii", "xmlcharrefreplace") or found[0]
