"""What OpenDocument texts hold in files of their own: formulas, charts, and the pictures that stand for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from tagwire.intake import bundle
from tagwire.intake.document import xml

if TYPE_CHECKING:
    from tagwire.intake.bundle import Zipped

_CAPTIONED: Final = re.compile(r"<p(?: [^<>]*)?>(<img [^<>]*>)((?:(?!<img|</?p\b).)*)</p>", re.DOTALL)
_SHOWN: Final = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF", b"<svg", b"<?xml")


def captioned(inside: str) -> str:
    """A box whose one paragraph is a picture and a text: the text is its caption."""
    found = _CAPTIONED.fullmatch(inside)
    return f"<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>" if found else inside


def formula(address: str, files: Zipped) -> str:
    """An object of the formula editor, which is MathML, as HTML; empty for any other."""
    path = f"{unquote(address).removeprefix('./')}/content.xml"
    if path not in files.names():
        return ""
    try:
        root = xml(bundle.read(files, path))
    except bundle.Broken:
        return ""
    if _local(root) != "math":
        return ""
    for each in root.iter(etree.Element):
        each.tag = _local(each)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode", method="html", with_tail=False))


def is_foreign(path: str, files: Zipped) -> bool:
    """Whether a picture that stands for an object is of a kind that no browser shows (EMF, WMF, StarView)."""
    return "." not in path.rpartition("/")[2] and not bundle.read(files, path).startswith(_SHOWN)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
