"""OpenDocument texts (ODF 1.3, `.odt`): paragraphs and their styles become HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tagwire.intake import attachments, bundle, dates, odtobjects
from tagwire.intake.document import Document, broken, counted, found, xml
from tagwire.intake.docxproperties import is_name, is_title
from tagwire.intake.found import Attachment, Refused
from tagwire.intake.odtstyles import Styles
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from tagwire.intake.found import Asked, Found

_SPACES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_PREFIX: Final = {uri: prefix for prefix, uri in _SPACES.items()}
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_DEEPEST: Final = 100


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in an `.odt`."""
    try:
        made = document(bundle.Zipped(BytesIO(data)))
    except bundle.Broken as error:
        return Refused((Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint),))
    return found(made, path, asked)


def document(files: bundle.Zipped) -> Document:
    """The text in an `.odt`, given as its parts.

    Raises:
        Broken: it has no content, or is nested too deeply.
    """

    def part(name: str) -> etree._Element | None:
        return xml(bundle.read(files, name)) if name in files.names() else None

    root, styles, meta = part("content.xml"), part("styles.xml"), part("meta.xml")
    body = root.find(".//office:body/office:text", _SPACES) if root is not None else None
    if root is None or body is None:
        raise broken("it is no text but a sheet, slides or a drawing, or is encrypted")
    writer = _Writer(Styles([each for each in (styles, root) if each is not None]), files)
    html = writer.blocks(body, 0) + writer.footnotes()
    told = _told(meta) if meta is not None else Document("")
    return replace(told, html=html, attachments=writer.files(), left=_left_out(body, writer))


def _told(root: etree._Element) -> Document:
    """What `meta.xml` says."""

    def text(path: str) -> str:
        return " ".join((root.findtext(f".//{path}", namespaces=_SPACES) or "").split())

    author = text("meta:initial-creator") or text("dc:creator")
    lang = text("dc:language")
    return Document(
        html="",
        title=title if is_title(title := text("dc:title")) else "",
        authors=(author,) if is_name(author) else (),
        made=dates.read(text("meta:creation-date").partition(".")[0], "UTC"),
        lang=lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else "",
        tags=tuple(word for found in root.iterfind(".//meta:keyword", _SPACES) if (word := (found.text or "").strip())),
    )


def _left_out(body: etree._Element, writer: _Writer) -> tuple[str, ...]:
    comments = sum(1 for _ in body.iterfind(".//office:annotation", _SPACES))
    changes = sum(1 for _ in body.iterfind(".//text:changed-region", _SPACES))
    left = counted([(comments, "comment"), (changes, "tracked change, taken as accepted")])
    return (*left, *sorted(writer.lost))


class _Writer:
    """Writes the HTML of one document."""

    def __init__(self, styles: Styles, files: bundle.Zipped) -> None:
        self._styles = styles
        self._files = files
        self._notes: list[str] = []
        self._pictures: dict[str, Attachment] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        """The last number of a list by its style and level, which another one may go on with."""
        self.lost: set[str] = set()
        self._block_rules: dict[str, Callable[[etree._Element, int], str]] = {
            "text:h": self._heading,
            "text:p": self._paragraph,
            "text:list": self._list,
            "table:table": self._table,
            "draw:frame": self._frame,
        }
        self._inline_rules: dict[str, Callable[[etree._Element, int], str]] = {
            "text:s": lambda e, _: " " * min(1000, int(_attribute(e, "text:c") or "1")),
            "text:tab": lambda _e, _: "\t",
            "text:line-break": lambda _e, _: "<br>",
            "text:span": self._span,
            "text:a": self._link,
            "text:note": self._note,
            "draw:frame": self._frame,
            "text:ruby": lambda e, d: f"<ruby>{self._inline(e, d)}</ruby>",
            "text:ruby-text": lambda e, d: f"<rt>{self._inline(e, d)}</rt>",
        }

    def files(self) -> tuple[Attachment, ...]:
        """The pictures that the text shows."""
        return tuple(self._pictures.values())

    def footnotes(self) -> str:
        """The notes, as a list that the marks link to."""
        return f"<ol>{''.join(self._notes)}</ol>" if self._notes else ""

    def blocks(self, element: etree._Element, depth: int) -> str:
        """The blocks in an element; boxes, sections and indexes are looked into."""
        if depth > _DEEPEST:
            return f"<p>{escape(''.join(map(str, element.itertext())))}</p>"
        out = []
        for child in element:
            name = _name(child)
            if name in _NO_TEXT:
                continue
            rule = self._block_rules.get(name, self.blocks)
            out.append(rule(child, depth + 1))
        return _joined("".join(out))

    # -------------------------------------------------------------- blocks

    def _heading(self, element: etree._Element, depth: int) -> str:
        rank = min(6, _number(element, "text:outline-level") or 1)
        return f"<h{rank}>{self._inline(element, depth)}</h{rank}>"

    def _paragraph(self, element: etree._Element, depth: int) -> str:
        kind = self._styles.paragraph(_attribute(element, "text:style-name"))
        content = self._inline(element, depth)
        if kind == "pre":
            return f"<pre>{content}</pre>"
        if kind == "blockquote":
            return f"<blockquote><p>{content}</p></blockquote>"
        if kind.startswith("h"):
            return f"<{kind}>{content}</{kind}>"
        if "<div>" in content:  # a box that is anchored here
            return f"<div>{content}</div>"
        return f'<p class="{kind}">{content}</p>' if kind else f"<p>{content}</p>"

    def _list(self, element: etree._Element, depth: int) -> str:
        level = 1 + sum(1 for above in element.iterancestors() if _name(above) == "text:list")
        style = next(
            (name for each in (element, *element.iterancestors()) if (name := _attribute(each, "text:style-name"))), ""
        )
        if not self._styles.is_numbered(style, level):
            return f"<ul>{''.join(f'<li>{self.blocks(item, depth)}</li>' for item in element)}</ul>"
        on = _attribute(element, "text:continue-numbering") == "true" or _attribute(element, "text:continue-list")
        number = self._numbers.get((style, level), 0) if on else 0
        parts: list[str] = []
        for item in element:
            first = _number(item, "text:start-value")
            jumps = first not in (None, number + 1)
            number = number + 1 if first is None else first
            if jumps or not parts:  # a list of Markdown's only counts on
                parts += ["</ol>" if parts else "", f'<ol start="{number}">' if number != 1 else "<ol>"]
            parts.append(f"<li>{self.blocks(item, depth)}</li>")
        self._numbers[style, level] = number
        return f"{''.join(parts)}</ol>" if parts else ""

    def _table(self, element: etree._Element, depth: int) -> str:
        rows = []
        for row in element.iter(f"{{{_SPACES['table']}}}table-row"):
            if next(row.iterancestors(f"{{{_SPACES['table']}}}table")) is not element:
                continue
            head = _name(row.getparent()) == "table:table-header-rows"
            cells = [self._cell(cell, "th" if head else "td", depth) for cell in row]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def _cell(self, cell: etree._Element, tag: str, depth: int) -> str:
        if _name(cell) != "table:table-cell":  # covered by one with a span
            return ""
        spans = "".join(
            f' {html}="{count}"'
            for html, name in (("colspan", "columns"), ("rowspan", "rows"))
            if (count := _number(cell, f"table:number-{name}-spanned")) not in (None, 1)
        )
        repeated = _number(cell, "table:number-columns-repeated")
        times = 1 if repeated is None else min(50, repeated)
        return f"<{tag}{spans}>{self.blocks(cell, depth)}</{tag}>" * times

    # -------------------------------------------------------------- inside of a block

    def _inline(self, element: etree._Element, depth: int) -> str:
        if depth > _DEEPEST:
            return escape("".join(map(str, element.itertext())))
        out = [_text(element.text)]
        for child in element:
            name = _name(child)
            if name not in _NO_TEXT:
                out.append(self._inline_rules.get(name, self._inline)(child, depth + 1))
            out.append(_text(child.tail))
        return "".join(out)

    def _span(self, element: etree._Element, depth: int) -> str:
        content = self._inline(element, depth)
        for tag in self._styles.marks(_attribute(element, "text:style-name")):
            content = f"<{tag}>{content}</{tag}>"
        return content

    def _link(self, element: etree._Element, depth: int) -> str:
        return f'<a href="{escape(element.get(_HREF, ""))}">{self._inline(element, depth)}</a>'

    def _note(self, element: etree._Element, depth: int) -> str:
        text = element.find("text:note-body", _SPACES)
        number = len(self._notes) + 1
        self._notes.append("")  # a note in a note comes behind it
        body = self.blocks(text, depth) if text is not None else ""
        self._notes[number - 1] = f'<li id="odt-note-{number}">{body}<a href="#odt-mark-{number}">↑</a></li>'
        return f'<sup><a id="odt-mark-{number}" href="#odt-note-{number}">{number}</a></sup>'

    def _frame(self, element: etree._Element, depth: int) -> str:
        """A picture, or a box of text: with a picture in it, the rest is its caption."""
        image = element.find("draw:image", _SPACES)
        box = element.find("draw:text-box", _SPACES)
        if box is not None:
            return f"<div>{odtobjects.captioned(self.blocks(box, depth))}</div>"
        held = element.find("draw:object", _SPACES)
        if held is not None and (formula := odtobjects.formula(held.get(_HREF, ""), self._files)):
            return formula
        path = image.get(_HREF, "").removeprefix("./") if image is not None else ""
        alt = element.findtext("svg:desc", "", _SPACES) or element.findtext("svg:title", "", _SPACES)
        if re.match(r"https?://", path):
            return f'<img src="{escape(path)}" alt="{escape(alt)}">'
        if unquote(path) not in self._files.names() or odtobjects.is_foreign(unquote(path), self._files):
            self.lost.add("an object that is neither text nor picture")
            return ""
        return f'<img src="attachment:{self._picture(unquote(path))}" alt="{escape(alt)}">'

    def _picture(self, path: str) -> str:
        if path not in self._pictures:
            name = attachments.name(path, {each.name for each in self._pictures.values()})
            self._pictures[path] = Attachment(name, bundle.read(self._files, path))
        return self._pictures[path].name


_NO_TEXT: Final = frozenset(
    """office:annotation office:annotation-end text:tracked-changes text:sequence-decls office:forms text:bookmark
    text:note-citation text:soft-page-break text:list-header text:table-of-content text:alphabetical-index
    svg:desc svg:title office:binary-data text:hidden-text text:hidden-paragraph""".split()
)


def _name(element: etree._Element | None) -> str:
    """`text:p`; empty for comments and for names of other standards."""
    if element is None or not isinstance(element.tag, str):
        return "office:annotation"
    uri, _, local = element.tag[1:].partition("}")
    return f"{_PREFIX.get(uri, '')}:{local}"


def _attribute(element: etree._Element, name: str) -> str:
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_SPACES[prefix]}}}{local}", "")


def _number(element: etree._Element, name: str) -> int | None:
    found = _attribute(element, name)
    return int(found) if re.fullmatch(r"[0-9]{1,9}", found) else None


def _text(text: str | None) -> str:
    """White space as ODF has it (6.1.2): any run of it is one space."""
    return escape(re.sub(r"[ \t\r\n]+", " ", text or ""), quote=False)


def _joined(html: str) -> str:
    """Lines of code and paragraphs of a quotation that follow each other are one."""
    return html.replace("</pre><pre>", "\n").replace("</blockquote><blockquote>", "")
