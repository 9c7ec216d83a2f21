"""Formulas of a page stay formulas: TeX in code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire.intake import page
from tagwire.intake.found import Asked, Found

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_NOTE = '<annotation encoding="application/x-tex">V = A d</annotation>'
_MATH = f"<math{{}}><semantics><mrow><mi>V</mi><mo>=</mo><mi>A</mi><mi>d</mi></mrow>{_NOTE}</semantics></math>"
_INLINE = _MATH.format("")
_SHOWN = _MATH.format(' display="block"')


@pytest.mark.parametrize(
    "formula",
    [
        _INLINE,
        '<math alttext="V = A d"><mi>V</mi><mo>=</mo><mi>A</mi></math>',
        '<script type="math/tex">V = A d</script>',
        f'<span class="katex-mathml">{_INLINE}</span><span class="katex-html" aria-hidden="true">V=Ad</span>',
        f'<span style="display: none;">{_INLINE}</span><img src="/f.svg" class="mwe-math-fallback-image-inline">',
    ],
    ids=["annotation", "alttext", "mathjax", "katex", "wikipedia"],
)
def test_a_formula_is_tex_in_code(formula: str) -> None:
    """Once, whatever the page does to show it."""
    found = page.read(f"<p>The volume is {formula} for every basin.</p>", "sources/a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.markdown == "The volume is `V = A d` for every basin.\n"


def test_a_formula_on_its_own_line_is_a_block() -> None:
    """And the text around it goes on."""
    text = f"<p>The volume is {_SHOWN} for every basin.</p>"
    found = page.read(text, "sources/a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.markdown == "The volume is\n\n```tex\nV = A d\n```\n\nfor every basin.\n"


def test_a_formula_without_tex_is_its_text() -> None:
    """Nothing is made up."""
    found = page.read("<p>It is <math><mi>x</mi><mo>=</mo><mn>2</mn></math>.</p>", "sources/a.html", _ASKED)
    assert isinstance(found, Found)
    assert found.markdown == "It is `x=2`.\n"
