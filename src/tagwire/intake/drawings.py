"""SVG of strangers, with nothing in it that runs: opened by its own address, it is a page of the owner's site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_SVG: Final = "http://www.w3.org/2000/svg"
EMPTY: Final = f'<svg xmlns="{_SVG}"/>'.encode()
"""What stands for a drawing that can't be read."""
_KEPT: Final = frozenset(
    """svg g a defs symbol use switch view title desc metadata style path rect circle ellipse line polyline polygon text
    tspan textPath tref altGlyph image pattern mask clipPath marker linearGradient radialGradient stop solidColor filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence animate animateColor
    animateMotion animateTransform set mpath font glyph missing-glyph font-face hkern vkern""".split()
)
"""Elements that draw (https://www.w3.org/TR/SVG2/eltindex.html), and no script, frame or piece of HTML."""
_PICTURE: Final = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.IGNORECASE)
_LINK: Final = re.compile(r"#|https?://", re.IGNORECASE)
_PLAIN: Final = (None, "UTF-8", "utf-8", "US-ASCII", "us-ascii", "ASCII")


def still(data: bytes) -> bytes:
    """The drawing without scripts and what leads to them; the very bytes where there are none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return EMPTY
    tree = root.getroottree()
    if _name(root) != "svg":
        return EMPTY
    typed = tree.docinfo.internalDTD is not None
    spoilt = typed or tree.docinfo.encoding not in _PLAIN or any(_around(root))
    gone = [each for each in root.iter() if not _draws(each)]
    for each in gone:
        if (parent := each.getparent()) is not None:
            parent.remove(each)
    runs = [(each, key) for each in root.iter(etree.Element) for key in each.attrib if not _harmless(each, str(key))]
    for each, key in runs:
        del each.attrib[key]
    return etree.tostring(root, encoding="utf-8") if gone or runs or spoilt else data


def _around(root: etree._Element) -> Iterator[bool]:
    """Whether each node outside of the drawing is more than a comment: a style sheet may be a program there (XSLT)."""
    for before in (True, False):
        yield from (not _is_comment(each) for each in root.itersiblings(preceding=before))


def _is_comment(node: etree._Element) -> bool:
    return isinstance(node, etree._Comment)  # noqa: SLF001 - lxml's only name of its type


def _name(element: etree._Element) -> str:
    """Of an element of SVG; empty for those of other languages. Without a language browsers draw nothing."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in (None, _SVG) else ""


def _draws(element: etree._Element) -> bool:
    name = _name(element)
    if name in ("set", "animate", "animateColor", "animateTransform"):
        changed = (element.get("attributeName") or "").strip().lower().rpartition(":")[2]
        return changed != "href" and not changed.startswith("on")
    return name in _KEPT or _is_comment(element)


def _harmless(element: etree._Element, key: str) -> bool:
    name = etree.QName(key).localname.lower()
    if name in ("href", "src"):
        leads = _LINK if _name(element) == "a" else _PICTURE
        return leads.match((element.get(key) or "").strip()) is not None
    return not name.startswith("on") and name != "base"
