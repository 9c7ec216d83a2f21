"""TeX between dollars becomes MathML, money stays money, and nothing but MathML gets through; code has colours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import prose
from tagwire.model import Draft, Meta
from tagwire.prose import formulas

ENGINES = ("markdown", "commonmark")
META = Meta("content/pages/a.md", "a/", "A", "", "en", False, False, "", (), "", (), "{}", ())


def rendered(text: str, engine: str = "markdown", *, math: bool = True) -> tuple[str, str, str]:
    """(page, reader's HTML, excerpt) of a text."""
    body = prose.render(Draft(META, text, 1), trusted=False, engine=engine, math=math)
    return body.page.filled(body.page.links), body.reader.filled(body.reader.links), body.excerpt


@pytest.mark.parametrize("engine", ENGINES)
class TestBothEngines:
    """What is true of either dialect."""

    def test_a_formula_is_mathml_on_pages_and_in_feeds(self, engine: str) -> None:
        """Its excerpt is TeX, since a summary is plain text."""
        page, reader, excerpt = rendered("So $x^2 < y$ holds.", engine)
        assert page == reader
        assert "<math><mrow><msup><mi>x</mi><mn>2</mn></msup>" in page
        assert excerpt == "So x^2 < y holds."

    def test_a_formula_on_its_own_lines_is_displayed(self, engine: str) -> None:
        """Stars and underscores in it are TeX, not emphasis."""
        page, _, _ = rendered("Text.\n\n$$\na_1 * b_1\n$$\n", engine)
        assert '<math display="block">' in page
        assert "<em>" not in page

    @pytest.mark.parametrize("text", ["It costs $5 and $6.", "US$20–US$30", "from $ 3 to 4 $", "`$x$`", r"\$x\$"])
    def test_money_and_code_are_no_formulas(self, text: str, engine: str) -> None:
        """Dollars are dollars first."""
        assert "<math" not in rendered(text, engine)[0]

    def test_without_the_setting_dollars_are_text(self, engine: str) -> None:
        """So no site changes by itself."""
        assert rendered("So $x^2$ holds.", engine, math=False)[0].strip() == "<p>So $x^2$ holds.</p>"

    @pytest.mark.parametrize("tex", [r"\text{<script>}", r"\href{javascript:alert(1)}{x}", "x^", r"\left(", "{" * 900])
    def test_what_is_no_mathml_is_code(self, tex: str, engine: str) -> None:
        """Too broken, too deep, or more than it says."""
        page, reader, _ = rendered(f"A ${tex}$ b.", engine)
        assert '<code class="language-tex">' in page
        assert "<script" not in page + reader
        assert "href" not in page.replace(r"\href", "")

    def test_a_formula_in_an_alternative_text_stays_text(self, engine: str) -> None:
        """An attribute holds no elements."""
        assert 'alt="see x^2"' in rendered("![see $x^2$](a.png)", engine)[0]

    def test_a_heading_with_a_formula_has_an_anchor(self, engine: str) -> None:
        """Of its TeX."""
        assert '<h2 id="the-x-2-case">' in rendered("## The $x^2$ case", engine)[0]

    def test_code_is_coloured_on_pages_and_plain_in_feeds(self, engine: str) -> None:
        """By the classes of Pygments; the code itself is untouched."""
        page, reader, _ = rendered('```python\ndef f():  # "a" < b\n    return 1\n```', engine)
        assert '<span class="k">def</span> <span class="nf">f</span>():' in page
        assert '<span class="c1"># "a" &lt; b</span>' in page
        assert "<span" not in reader
        assert '# "a" &lt; b\n    return 1' in reader

    def test_code_in_an_unknown_language_stays_as_it_is(self, engine: str) -> None:
        """And so does code without one."""
        assert "<span" not in rendered("```klingon\nx = 1\n```\n\n```\nx = 1\n```", engine)[0]


@given(st.text(alphabet=r"\{}^_&<>ax1\"'=/ -#%~" + formulas.INLINE + formulas.END, max_size=60))
def test_no_formula_breaks_out_of_a_page(tex: str) -> None:
    """Whatever stands between dollars: every element of the result is one of MathML's, or code."""
    page, reader, _ = rendered(f"A ${tex}$ b.")
    for html in (page, reader):
        assert "<script" not in html
        assert "href=" not in html
        assert not set(html) & {formulas.INLINE, formulas.DISPLAY}


def test_the_reading_time_and_the_outline_are_known() -> None:
    """Words where a language has spaces, characters where not; headings of two levels, as text."""
    text = "# One\n\n## Two *parts*\n\n### Three\n\n#### Four\n\n" + "word " * 440
    body = prose.render(Draft(META, text, 1), trusted=False)
    article = prose.article(Draft(META, text, 1), body, "00")
    assert article.minutes == 2
    assert [(h.level, h.id, h.text) for h in article.outline] == [(2, "two-parts", "Two parts"), (3, "three", "Three")]


@pytest.mark.parametrize("lang", ["ja", "zh-Hant", "TH"])
def test_characters_are_counted_where_words_are_not_set_apart(lang: str) -> None:
    """By words, a Japanese text of any length would take no time."""
    text = "港" * 1400
    draft = Draft(replace(META, lang=lang), text, 1)
    assert prose.article(draft, prose.render(draft, trusted=False), "00").minutes == 3


def test_a_formula_of_thousands_of_characters_is_shown_as_code() -> None:
    """Nobody reads it, and the converter takes long."""
    page = rendered(f"A ${'x+' * 2500}1$ b.")[0]
    assert "<math" not in page
    assert "x+x+" in page


def test_ids_of_the_theme_are_not_taken_by_headings() -> None:
    """`#correction-1` leads to the first correction."""
    assert 'id="correction-1-"' in rendered("## Correction 1")[0]
