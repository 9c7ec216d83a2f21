"""Word documents (ECMA-376): mammoth tells structure from styles; what it leaves out is prepared here for it.

Tracked changes are taken as accepted, which is what a reader of the document sees. Comments are not for readers.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree

from tagwire.intake import attachments, bundle, docxfields, docxlists, docxlooks, officemath, stylenames, wordml
from tagwire.intake.document import Document, broken, counted, found, xml
from tagwire.intake.docxproperties import properties
from tagwire.intake.found import Attachment, Refused
from tagwire.intake.wordml import W
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.intake.found import Asked, Found

_CODE_RUNS: Final = ("HTML Code", "Source Text", "Verbatim Char", "Code", "Inline Code", "HTML Typewriter")
_SAID: Final = ("Title", "Subtitle", "Author", "Date", "Abstract")
"""Paragraph styles that say what the document is, not what it has to say."""
_FIXED: Final = re.compile(rf"{stylenames.FIXED}|lucida console|fira code", re.IGNORECASE)
_TYPES: Final = {"jpeg": "jpg", "svg+xml": "svg", "x-emf": "emf", "x-wmf": "wmf", "tiff": "tif"}
_UNSEEN: Final = ("emf", "wmf", "tif")
"""Pictures that no browser shows."""
_UNSHOWN: Final = re.compile(rf'<img\b[^<>]*?src="attachment:([^"<>]*\.(?:{"|".join(_UNSEEN)}))"[^<>]*>')
_ALT: Final = re.compile(r'alt="([^"<>]*)"')
_PROLOGUE: Final = 4096
"""Bytes in which a document type would stand; with one, an entity could grow without end."""


def _styles() -> str:
    lines = [f"p[style-name='{name}'] => p.said-{name.lower()}:fresh" for name in _SAID]
    lines += [f"p[style-name='{name}'] => blockquote > p:fresh" for name in stylenames.QUOTES]
    lines += [f"p[style-name='{name}'] => pre:separator('\\n')" for name in stylenames.CODES]
    lines += [f"p[style-name='{name}'] => p.caption:fresh" for name in stylenames.CAPTIONS]
    lines += [f"r[style-name='{name}'] => code" for name in _CODE_RUNS]
    lines += [f"p.{docxlooks.HEADING}{level} => h{level}:fresh" for level in range(1, 7)]
    lines += [f"p.{docxlooks.RULE} => hr:fresh", f"p.{officemath.SHOWN} => pre.language-tex:fresh"]
    lines += [f"r.{docxlooks.BASE} => ruby", f"r.{docxlooks.READING} => ruby > rt:fresh"]
    lines += [f"r.{officemath.STYLE} => code", "highlight => mark"]
    return "\n".join(lines)


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in a `.docx`."""
    try:
        files = bundle.Zipped(BytesIO(data))
        made = document({name: bundle.read(files, name) for name in files.names() if _is_wanted(name)})
    except bundle.Broken as error:
        return Refused((Problem(f"content/{path}", 0, 0, error.code, error.message, error.hint),))
    return found(made, path, asked)


def document(parts: dict[str, bytes]) -> Document:
    """The document in a `.docx`, given as its parts.

    Raises:
        Broken: a part that must be there is missing or is no XML.
    """
    body = _main(parts)
    root = xml(parts[body])
    left = _left_out(root, parts)
    tables = docxfields.settle(root)
    hidden = docxlooks.settle(root, docxlooks.Styles(parts.get("word/styles.xml", b"")))
    left += [(tables, "table of contents"), (hidden, "hidden passage")]
    officemath.settle(root)
    _heads(root)
    docxlists.mark(root, parts.get("word/numbering.xml", b""))
    parts = {**parts, body: etree.tostring(root, encoding="utf-8", xml_declaration=True)}
    pictures = _Pictures()
    try:
        made = mammoth.convert_to_html(
            _packed(parts),
            style_map=_styles(),
            convert_image=mammoth.images.img_element(pictures.keep),
            transform_document=mammoth.transforms.run(_fixed_pitch),
        )
    except (RecursionError, ValueError, KeyError, OSError, AttributeError, IndexError, TypeError, ExpatError) as error:
        raise broken("it is damaged, or nested too deeply") from error
    told = properties(parts.get("docProps/core.xml", b""))
    return replace(
        told,
        html=_UNSHOWN.sub(_linked, docxlists.numbered(made.value)),
        attachments=pictures.files(),
        left=(*counted(left), *pictures.left(), *_complaints(made.messages)),
    )


def _main(parts: dict[str, bytes]) -> str:
    """The part with the text, as the package says."""
    if "_rels/.rels" in parts:
        for relation in xml(parts["_rels/.rels"]).iter("{*}Relationship"):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in parts:
                return target
    if "word/document.xml" not in parts:
        raise broken("it holds no `word/document.xml`")
    return "word/document.xml"


def _is_wanted(name: str) -> bool:
    return name == "[Content_Types].xml" or name.startswith(("_rels/", "word/", "docProps/core"))


def _packed(parts: dict[str, bytes]) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, part in parts.items():
            if b"<!DOCTYPE" in part[:_PROLOGUE] and name.endswith((".xml", ".rels")):
                raise broken("a part of it declares a document type, as no word processor does")
            packed.writestr(name, part)
    file.seek(0)
    return file


# ------------------------------------------------------------------ before mammoth


def _heads(root: etree._Element) -> None:
    """The first row of a table whose look says that it is a head is one (17.4.55 tblLook, 17.4.78 tblHeader)."""
    for table in root.iter(f"{W}tbl"):
        look = table.find(f"{W}tblPr/{W}tblLook")
        rows = table.findall(f"{W}tr")
        if look is None or len(rows) < 2 or next(table.iter(f"{W}tblHeader"), None) is not None:
            _go_on(rows)
            continue
        value = look.get(f"{W}val", "")
        bits = int(value, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", value) else 0
        styled = table.find(f"{W}tblPr/{W}tblStyle") is not None
        if styled and (look.get(f"{W}firstRow") in ("1", "true") or bits & 0x20):
            _head(rows[0])
        _go_on(rows)


def _head(row: etree._Element) -> None:
    etree.SubElement(wordml.looks(row, "trPr"), f"{W}tblHeader")


def _go_on(rows: list[etree._Element]) -> None:
    """A row that goes on with cells of the head above it is of the head: no cell of HTML reaches out of one."""
    for above, row in pairwise(rows):
        merged = (cell.get(f"{W}val", "continue") for cell in row.iterfind(f"{W}tc/{W}tcPr/{W}vMerge"))
        if above.find(f"{W}trPr/{W}tblHeader") is None:
            return
        if "continue" in merged and row.find(f"{W}trPr/{W}tblHeader") is None:
            _head(row)


def _fixed_pitch(run: object) -> object:
    """Runs in a typewriter's font are code."""
    font = getattr(run, "font", None) or ""
    if _FIXED.search(font) and not getattr(run, "style_name", None):
        return run.copy(style_name="Code")  # type: ignore[attr-defined]
    return run


def _linked(picture: re.Match[str]) -> str:
    """A picture that browsers don't show as a link to its file."""
    alt = _ALT.search(picture[0])
    return f'<a href="attachment:{picture[1]}">{alt[1] if alt and alt[1].strip() else picture[1]}</a>'


class _Pictures:
    """The pictures of one document, in the order of its text."""

    def __init__(self) -> None:
        self._kept: dict[bytes, str] = {}
        self._missing = 0

    def keep(self, image: mammoth.images.Image) -> dict[str, str]:
        """The attributes of a picture's element; the same picture twice is one file."""
        try:
            with image.open() as file:
                data = file.read()
        except (OSError, KeyError):
            self._missing += 1
            return {"src": ""}
        except ValueError as error:  # it is linked to, and mammoth may not fetch it
            if not (linked := re.search(r"'(https?://[^'\s]+)'", str(error))):
                raise
            return {"src": linked[1]}
        kind = (image.content_type or "image/png").rpartition("/")[2]
        name = attachments.name(f"image{len(self._kept) + 1}.{_TYPES.get(kind, kind)}")
        name = self._kept.setdefault(data, name)
        return {"src": f"attachment:{name}"}

    def files(self) -> tuple[Attachment, ...]:
        """All of them."""
        return tuple(Attachment(name, data) for data, name in self._kept.items())

    def left(self) -> list[str]:
        """What is wrong with them."""
        unseen = [name for name in self._kept.values() if name.endswith(_UNSEEN)]
        lost = [f"{self._missing} pictures that are not in the file"] if self._missing else []
        return [*lost, *(f"{name}, which browsers don’t show" for name in unseen)]


# ------------------------------------------------------------------ what stays behind


def _left_out(root: etree._Element, parts: dict[str, bytes]) -> list[tuple[int, str]]:
    """What no reader of the article will see, with how often."""
    comments = len({each.get(f"{W}id") for each in root.iter(f"{W}commentReference")})
    changes = sum(1 for _ in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"))
    furniture = [name for name in parts if re.match(r"word/(?:header|footer)\d*\.xml", name) and _has_text(parts[name])]
    left = [(comments, "comment"), (changes, "tracked change, taken as accepted"), (len(furniture), "page header")]
    return left + sorted((count, what) for what, count in _objects(root).items())


_DRAWN: Final = {"chart": "chart", "chartex": "chart", "diagram": "diagram"}


def _objects(root: etree._Element) -> Counter[str]:
    """What stands in the text and is neither text nor picture, by its name."""
    uris = (each.get("uri", "").rpartition("/")[2] for each in root.iter("{*}graphicData"))
    drawn = [_DRAWN[name] for name in uris if name in _DRAWN]
    held = [f"embedded object, {each.get('ProgID', '')}".rstrip(", ") for each in root.iter("{*}OLEObject")]
    return Counter([*drawn, *held, *("embedded document" for _ in root.iter(f"{W}altChunk"))])


def _has_text(part: bytes) -> bool:
    return re.search(rb"<w:t(?: [^>]*)?>\s*[^\s<0-9]", part) is not None


def _complaints(messages: list[mammoth.results.Message]) -> list[str]:
    """What mammoth couldn't read; a style that it doesn't know is no loss."""
    texts = [message.message for message in messages if message.type != "info"]
    told = [text for text in texts if not re.search(r"style|browsers|altChunk|OLEObject", text, re.IGNORECASE)]
    return sorted(set(told))
