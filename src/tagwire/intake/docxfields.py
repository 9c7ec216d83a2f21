"""Fields of Word (ECMA-376 part 1, 17.16) as mammoth understands them, and without tables of contents."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tagwire.intake import fieldcodes, wordml
from tagwire.intake.wordml import W

_GALLERY: Final = "Table of Contents"
_DEEPEST: Final = 50
"""Fields within each other: what stands in one is noted for each around it."""


def settle(root: etree._Element) -> int:
    """Prepare every field below `root`; how many tables of contents and indexes went."""
    for field in list(root.iter(f"{W}fldSimple")):
        _unfold(field)
    return _galleries(root) + _complex(root)


def _unfold(field: etree._Element) -> None:
    """A field of one element as the runs that say the same (17.16.18)."""
    parent = field.getparent()
    if parent is None:
        return
    at = parent.index(field)
    code = etree.Element(f"{W}r")
    etree.SubElement(code, f"{W}instrText").text = field.get(f"{W}instr", "")
    inside = [child for child in field if child.tag != f"{W}fldData"]
    parent[at : at + 1] = [_sign("begin"), code, _sign("separate"), *inside, _sign("end")]


def _sign(kind: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
    return run


def _galleries(root: etree._Element) -> int:
    """Leave out the boxes that Word puts around a table of contents."""
    kinds = [each for each in root.iter(f"{W}docPartGallery") if each.get(f"{W}val") == _GALLERY]
    boxes = [next(kind.iterancestors(f"{W}sdt"), None) for kind in kinds]
    for box in boxes:
        if box is not None:
            wordml.remove(box)
    return len(boxes)


def _complex(root: etree._Element) -> int:
    """Clear up the instructions of links; leave out the result of each table of contents that has an end."""
    tables = 0
    stack: list[_Field] = []
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}tab", f"{W}br")):
        if element.tag != f"{W}fldChar":
            for field in stack:
                field.inside.append(element)
            if element.tag == f"{W}instrText" and stack and not stack[-1].shown:
                stack[-1].codes.append(element)
        elif (ended := _follow(stack, element.get(f"{W}fldCharType", ""))) and ended.table:
            tables += 1
            for each in ended.inside:
                wordml.remove(each)
    return tables


class _Field:
    """A field that is being read."""

    def __init__(self) -> None:
        self.codes: list[etree._Element] = []
        """The pieces of its instruction."""
        self.inside: list[etree._Element] = []
        self.shown = False
        """What follows is its result."""
        self.table = False


def _follow(stack: list[_Field], kind: str) -> _Field | None:
    """Go on over the sign of a field; the field that ends there."""
    if kind == "begin" and len(stack) < _DEEPEST:
        stack.append(_Field())
    elif kind == "separate" and stack:
        field = stack[-1]
        field.shown = True
        instruction = "".join(code.text or "" for code in field.codes)
        field.table = fieldcodes.is_table(instruction)
        if link := _link(instruction):
            field.codes[0].text = link
            for code in field.codes[1:]:
                code.text = ""
    elif kind == "end" and stack:
        return stack.pop()
    return None


def _link(instruction: str) -> str:
    r"""`HYPERLINK "address"`, or `HYPERLINK \l "place"`, without the switches that mammoth takes for its end."""
    if address := fieldcodes.target(instruction):
        return f'HYPERLINK "{address}"'
    _, place = fieldcodes.link(instruction)
    return f'HYPERLINK \\l "{place}"' if place else ""
