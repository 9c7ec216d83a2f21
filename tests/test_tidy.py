"""The short way from an engine's HTML to a body leads to the same as all steps one after the other."""

from __future__ import annotations

from html.entities import html5

import comrak
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import prose
from tagwire.characters import FORBIDDEN
from tagwire.model import Body, Draft, Meta
from tagwire.prose import anchors, commonmark, pythonmarkdown, tidy

PIECES = [
    *("a", "é", "word", " ", " ", "\n", "\n\n", "*", "**", "_", "`", "[", "]", "(", ")", "\\", "|", "!", "{", "}", "<"),
    *("*one*", "**two**", "~~three~~", "`co\"de'`", '\n## Head *em* "q"\n', "\n## Head\n", "### x `c`\n", "---\n"),
    *("- one\n- two\n", "7. seven\n", "> said\n", '\n    code "x"\n', "```\n", "```python\nx = \"1\" -- 'a'\n```\n"),
    *('[a](b "q")', "[a](https://a.example/x?y=1&z=2#r)", '[b](https://A.example:80/ü "ti\'tle <x> & \\"q\\"")'),
    *("![x](p.png)", '![al<t](https://b.example/p.png "T")', "[j](javascript:x)", "[m](mailto:a@b.example)", "[e]()"),
    *(
        "https://a.example/b--c'd",
        "www.a.example",
        "<https://c.example/a'b>",
        "[^1]",
        '\n\n[^1]: Note "x".\n\n',
        "[^n]",
    ),
    *("\n\n[^n]: N *e*\n\n    more\n", "&lt;", "&amp;", "&quot;", "&nbsp;", "&copy;", "&#39;", "&#1;", "&Tab;", "\xa0"),
    *('\n\n|a|b|\n|:--|--:|\n|c "x"|d\'s|\n\n', "<b>", "</b>", "<!-- x -->", "<!-- more -->", "{: .x}", "id = y "),
    *(
        '"quoted"',
        ' "why?" ',
        "it's",
        "'",
        '"',
        ' "a b" ',
        '("x")',
        " -- ",
        "...",
        "- [ ] t\n",
        "\nTerm\n: It\n",
        "  \n",
    ),
    *("，", "\ue000", "\ue001"),
]


def _draft(markdown: str, lang: str = "en") -> Draft:
    meta = Meta("content/pages/a.md", "a/", "A", "", lang, False, False, "", (), "", (), "{}", ())
    return Draft(meta, markdown, 1)


def _rendered(draft: Draft, note: str, engine: str = "commonmark") -> Body:
    return prose.render(draft, trusted=False, engine=engine, quotes=True, note=note)


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["en", "de", "fr", "he", "xx"]))
def test_both_ways_lead_to_the_same(pieces: list[str], lang: str) -> None:
    """Whatever is written, and whichever way it goes."""
    draft = _draft("".join(pieces), lang)
    short = _rendered(draft, 'Zurück "{}" <n>')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidy, "rendered", lambda *_: None)
        assert _rendered(draft, 'Zurück "{}" <n>') == short


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["en", "de", "fr", "he", "xx"]))
def test_both_ways_of_the_default_engine_lead_to_the_same(pieces: list[str], lang: str) -> None:
    """Whatever is written, and whichever way it goes."""
    draft = _draft("".join(pieces), lang)
    short = _rendered(draft, 'Zurück "{}" <n>', "markdown")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidy, "rendered_by_library", lambda *_: None)
        assert _rendered(draft, 'Zurück "{}" <n>', "markdown") == short


def test_usual_texts_go_the_short_way_in_the_default_engine() -> None:
    """As with comrak; names of characters stay as they were typed here, so these don't."""

    def is_short(text: str) -> bool:
        return tidy.rendered_by_library(text, pythonmarkdown.to_html(text), "en", "") is not None

    assert is_short(USUAL)
    assert is_short("港口，今天说「不」。")
    assert is_short('```python\nx = "<1>"\n```\n\n1. one\n2. two  \n   more\n\n> said &amp; done\n\n---\n')
    for special in ("<b>bold</b>", "&#65;", "a\n{: .lead}", "&copy;", "*[HTML]: Language\n\nHTML", "Term\n: It"):
        assert not is_short(special)


USUAL = """
The council said "no"[^1], and it's *final*: see [the minutes](../minutes.md "May's") or https://a.example/x--y.

## Why?

- `a "b"` & 3 < 4

![A harbour](port.jpg)

| a | b |
|:--|---|
| 1 | 2 |

[^1]: Said twice.
"""


def test_usual_texts_go_the_short_way() -> None:
    """Raw HTML, numbers of characters and lists of attributes don't."""
    assert tidy.rendered(USUAL, commonmark.written(USUAL), "en", "")
    for special in ("<b>bold</b>", "&#65;", "a\n{: .lead}", "[a [^1]](b)\n\n[^1]: c", "<!-- more -->", "- [ ] todo"):
        assert tidy.rendered(special, commonmark.written(special), "en", "") is None


def test_no_name_stands_for_a_character_that_no_page_may_have() -> None:
    """Numbers do, which go the long way; in an article such a character is refused."""
    assert not [name for name, text in html5.items() if FORBIDDEN.search(text) or "\r" in text]


@given(st.lists(st.sampled_from(["a", "id", "iD", "=", " id=", " id='x'", " ", "\n", ">", '"']), max_size=14))
def test_ids_are_found_wherever_a_browser_may_see_one(pieces: list[str]) -> None:
    """With spaces around the sign, in one quote or another, in whatever case."""
    html = "".join(pieces)
    assert anchors.in_html(html) == {found[1] for found in anchors.RAW_ID.finditer(html)}


@given(
    st.lists(
        st.sampled_from(
            [*"aw:^[]*|`\n", "ww.", "//", "http:", "](b)", "](http://a.b)", "](https://c.d", '="http://e.f"']
        ),
        max_size=25,
    )
)
def test_comrak_looks_for_addresses_and_notes_only_where_some_may_be(pieces: list[str]) -> None:
    """A text without their signs has none, and is the same without looking for them."""
    text = "".join(pieces)
    everything = commonmark.dialect(math=False, has_addresses=True, has_notes=True)
    assert commonmark.written(text) == comrak.render_markdown(text, *everything)
