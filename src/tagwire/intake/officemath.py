"""Formulas of Office (OMML, ECMA-376 part 1, 22.1) as TeX, in runs of text that Word's own readers understand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from tagwire.intake import wordml
from tagwire.intake.wordml import W

if TYPE_CHECKING:
    from collections.abc import Callable

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

STYLE: Final = "TagwireFormula"
"""Id of the character style that formulas are given."""
SHOWN: Final = "TagwireFormulaShown"
"""Id of the style of a paragraph that is nothing but a formula."""

_DEEPEST: Final = 60
_ACCENTS: Final = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u20d7": "vec"}
_OPERATORS: Final = {"∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap"}
_FUNCTIONS: Final = frozenset("sin cos tan cot sec csc log ln exp lim max min sup inf det gcd arg dim ker".split())
_LITERAL: Final = re.compile(r"[#%&{}$\\]")


def settle(root: etree._Element) -> None:
    """Replace every formula below `root` by a run with its TeX."""
    for formula in list(root.iter(f"{_M}oMath")):
        parent = formula.getparent()
        if parent is not None:
            parent.replace(formula, _run(tex(formula)))
    for shown in list(root.iter(f"{_M}oMathPara")):
        parent = shown.getparent()
        if parent is None:
            continue
        place = parent.index(shown)
        runs = [run for run in shown if run.tag == f"{W}r"]
        if parent.tag != f"{W}p":
            paragraph = etree.Element(f"{W}p")
            paragraph.extend(runs)
            runs = [paragraph]
        parent[place : place + 1] = runs
        _alone(parent if parent.tag == f"{W}p" else runs[0])


def _alone(paragraph: etree._Element) -> None:
    """Give a paragraph that holds one formula and no other words the style of those."""
    runs = [each for each in paragraph if each.tag != f"{W}pPr"]
    if len(runs) != 1 or next(paragraph.iterancestors(f"{W}tc"), None) is not None:
        return
    wordml.style(paragraph, SHOWN)
    runs[0][0].clear()


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    style = etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle")
    style.set(f"{W}val", STYLE)
    words = etree.SubElement(run, f"{W}t")
    words.set(_SPACE, "preserve")
    words.text = text
    return run


def tex(formula: etree._Element) -> str:
    """The formula as TeX; what has no rule here is written as its text."""
    return " ".join(_all(formula, 0).split())


def _all(element: etree._Element, depth: int) -> str:
    if depth > _DEEPEST:
        return "".join(map(str, element.itertext()))
    return "".join(_one(child, depth + 1) for child in element)


def _one(element: etree._Element, depth: int) -> str:
    name = etree.QName(element).localname
    if element.tag == f"{_M}t":
        return _LITERAL.sub(lambda found: "\\backslash " if found[0] == "\\" else f"\\{found[0]}", element.text or "")
    if name.endswith("Pr"):  # properties
        return ""
    return _RULES.get(name, _all)(element, depth)


def _part(element: etree._Element, name: str, depth: int) -> str:
    found = element.find(f"{_M}{name}")
    return "" if found is None else _all(found, depth).strip()


def _said(element: etree._Element, path: str, default: str) -> str:
    """A property's value; `path` as in `nary/chr`."""
    holder, _, name = path.partition("/")
    found = element.find(f"{_M}{holder}Pr/{_M}{name}")
    return default if found is None else found.get(f"{_M}val", "")


def _fraction(element: etree._Element, depth: int) -> str:
    return rf"\frac{{{_part(element, 'num', depth)}}}{{{_part(element, 'den', depth)}}}"


def _raised(element: etree._Element, depth: int) -> str:
    base, low, high = (_part(element, name, depth) for name in ("e", "sub", "sup"))
    base = base if len(base) == 1 else f"{{{base}}}"
    return base + (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")


def _root(element: etree._Element, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return r"\sqrt" + (f"[{degree}]" if degree else "") + f"{{{_part(element, 'e', depth)}}}"


def _nary(element: etree._Element, depth: int) -> str:
    sign = _said(element, "nary/chr", "∫")
    low, high = _part(element, "sub", depth), _part(element, "sup", depth)
    operator = f"\\{_OPERATORS[sign]}" if sign in _OPERATORS else sign
    limits = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{operator}{limits} {_part(element, 'e', depth)}"


def _fence(element: etree._Element, depth: int) -> str:
    left, right = _said(element, "d/begChr", "("), _said(element, "d/endChr", ")")
    between = _said(element, "d/sepChr", "|")
    inner = between.join(_all(part, depth).strip() for part in element.findall(f"{_M}e"))
    left, right = (f"\\{sign}" if sign in "{}" and sign else sign or "." for sign in (left, right))
    return rf"\left{left} {inner} \right{right}"


def _accent(element: etree._Element, depth: int) -> str:
    name = _ACCENTS.get(_said(element, "acc/chr", "\u0302"), "hat")
    return rf"\{name}{{{_part(element, 'e', depth)}}}"


def _bar(element: etree._Element, depth: int) -> str:
    name = "overline" if _said(element, "bar/pos", "bot") == "top" else "underline"
    return rf"\{name}{{{_part(element, 'e', depth)}}}"


def _function(element: etree._Element, depth: int) -> str:
    name = _part(element, "fName", depth)
    bare = name.partition("_")[0].strip("{}")
    named = f"\\{bare}{name.removeprefix('{').removeprefix(bare).removeprefix('}')}" if bare in _FUNCTIONS else name
    return f"{named} {_part(element, 'e', depth)}"


def _limit(element: etree._Element, depth: int) -> str:
    sign = "_" if element.tag == f"{_M}limLow" else "^"
    return f"{{{_part(element, 'e', depth)}}}{sign}{{{_part(element, 'lim', depth)}}}"


def _matrix(element: etree._Element, depth: int) -> str:
    rows = [" & ".join(_all(cell, depth).strip() for cell in row) for row in element.findall(f"{_M}mr")]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


def _lines(element: etree._Element, depth: int) -> str:
    rows = [_all(row, depth).strip() for row in element.findall(f"{_M}e")]
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


_RULES: Final[dict[str, Callable[[etree._Element, int], str]]] = {
    "f": _fraction,
    "sSub": _raised,
    "sSup": _raised,
    "sSubSup": _raised,
    "rad": _root,
    "nary": _nary,
    "d": _fence,
    "acc": _accent,
    "bar": _bar,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _lines,
}
