"""Formulas of a page become TeX in code: MathML with its annotation, MathJax scripts, KaTeX, Wikipedia's pictures.

The sanitiser of pages lets no MathML through, and its bare text ("V=Ad") says less than TeX does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from tagwire.intake.htmltree import text_of

if TYPE_CHECKING:
    from lxml import html

_TWIN = re.compile(r"(?:\A|\s)(?:katex-html|MathJax(?:_\w+)?|mjx-chtml|mwe-math-fallback-image-\w+)(?:\s|\Z)")
"""Classes of what shows a formula a second time, for the eye."""
_STYLE = re.compile(r"\A\{\\(?:display|text)style\s*(.*)\}\Z", re.DOTALL)


def settle(root: html.HtmlElement) -> None:
    """Replace every formula of a parsed page; before anything hidden is dropped, for some are."""
    for script in [each for each in root.iter("script") if each.get("type", "").lower().startswith("math/tex")]:
        _replace(script, script.text or "", shown="mode=display" in script.get("type", "").lower().replace(" ", ""))
    formulas = list(root.iter("math"))
    if not formulas:
        return
    for twin in [each for each in root.iter("span", "div", "img") if _TWIN.search(each.get("class", ""))]:
        if twin.getparent() is not None and next(twin.iter("math"), None) is None:
            twin.drop_tree()
    for formula in formulas:
        _unhide(formula)
        _replace(formula, _tex(formula), shown=formula.get("display") == "block")


def _tex(formula: html.HtmlElement) -> str:
    notes = [each for each in formula.iter("annotation") if "tex" in each.get("encoding", "").lower()]
    told = text_of(notes[0]) if notes else formula.get("alttext", "")
    if told.strip():
        whole = _STYLE.match(told.strip())
        return whole[1] if whole else told
    for note in list(formula.iter("annotation", "annotation-xml")):
        note.drop_tree()
    return text_of(formula)


def _unhide(formula: html.HtmlElement) -> None:
    """Wikipedia hides the formula and shows a picture of it."""
    for above in (formula, *formula.iterancestors("span")):
        above.attrib.pop("style", None)
        above.attrib.pop("hidden", None)


def _replace(element: html.HtmlElement, tex: str, *, shown: bool) -> None:
    words = " ".join(tex.split())
    if words and element.getparent() is not None:
        code = lxml_html.Element("pre" if shown else "code")
        code.text = words
        if shown:
            code.set("data-lang", "tex")
        element.addprevious(code)
    if element.getparent() is not None:
        element.drop_tree()
