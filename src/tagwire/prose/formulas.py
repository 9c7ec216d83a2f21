"""Formulas: TeX between dollars becomes MathML, which browsers and most feed readers show without any script.

An engine marks a formula with three characters of the private use area, which pass through every cleaning. Only then
is it converted. What can't be is shown as code, and so is whatever the converter lets through that isn't MathML:
latex2mathml 3.81 escapes neither `\\text{<script>}` nor the URL of `\\href`.
"""

from __future__ import annotations

import functools
import html as entities
import re

INLINE, DISPLAY, END = "\ue000", "\ue002", "\ue001"

BETWEEN = r"(?<![\\$\w])\$(?![\s$])(?P<tex>(?:\\.|[^\\$`\n])+?)(?<!\s)\$(?![\w$])"
"""A formula in a line. As in Pandoc, and a little stricter: `$5 and $6` is money, and so is `US$5`."""
BLOCK = r"^ {0,3}\$\$(?P<tex>(?:\\.|[^\\$])+?)\$\$[ \t]*$"
"""A formula on lines of its own."""

_MARKED = re.compile(f'<(?:[^">]|"[^"]*")*>|([{INLINE}{DISPLAY}])([^{INLINE}{DISPLAY}{END}<]*){END}')
_MARKS = re.compile(f"[{INLINE}{DISPLAY}{END}]")
_LONGEST = 5000
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*(/?)>")
_ELEMENTS = frozenset(
    """
    math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    """.split()
)
_ATTRIBUTES = frozenset(
    """
    accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height largeop
    linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel
    separator stretchy symmetric voffset width xmlns
    """.split()
)


def marked(tex: str, *, display: bool) -> str:
    """What stands for a formula until `shown`."""
    return f"{DISPLAY if display else INLINE}{plain(tex).strip()}{END}"


def shown(html: str) -> str:
    """Cleaned HTML with its formulas as MathML."""
    if INLINE not in html and DISPLAY not in html:
        return html
    return plain(_MARKED.sub(lambda found: _shown(found) if found[1] else found[0], html))


def plain(text: str) -> str:
    """A text with its formulas as TeX."""
    return _MARKS.sub("", text)


def _shown(found: re.Match[str]) -> str:
    tex = entities.unescape(found[2])
    return _mathml(tex, "block" if found[1] == DISPLAY else "inline") or f'<code class="language-tex">{found[2]}</code>'


@functools.lru_cache(maxsize=512)
def _mathml(tex: str, display: str) -> str:
    """MathML, or empty."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - most articles have no formula

    if len(tex) > _LONGEST:
        return ""
    try:
        made = convert(tex, display=display)
    except Exception:  # noqa: BLE001 - its own, IndexError, RecursionError …: whatever it is, code is shown
        return ""
    made = made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "").replace(' display="inline"', "")
    return made if _is_mathml(made) and r"\\" not in _TAG.sub("", made) else ""


def _is_mathml(made: str) -> bool:
    """Whether every `<` begins a tag of MathML, with attributes that only arrange."""
    tags = list(_TAG.finditer(made))
    names = (name for tag in tags for name in re.findall(r'([a-z]+)="', tag[3]))
    known = all(tag[2] in _ELEMENTS for tag in tags) and all(name in _ATTRIBUTES for name in names)
    return known and made.count("<") == len(tags) and _nested(tags)


def _nested(tags: list[re.Match[str]]) -> bool:
    open_ones: list[str] = []
    for tag in tags:
        if tag[1]:
            if not open_ones or open_ones.pop() != tag[2]:
                return False
        elif not tag[4]:
            open_ones.append(tag[2])
    return not open_ones
