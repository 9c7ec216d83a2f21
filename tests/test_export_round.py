"""What an export becomes shows the same with both Markdown engines."""

from __future__ import annotations

import re
from time import process_time

import pytest

from tagwire.intake.exports.dialects import mended
from test_intake_markdown import _markdown
from test_intake_round import _own, _shape

LISTS = {
    "code of two levels": "- one\n\n  ```\n  a\n    b\n  ```\n- two\n  - in\n\n    ```py\n    x\n    ```\n",
    "numbers": "1. one\n\n   ```\n   a\n   ```\n\n   more\n2. two\n",
    "an item right below a later paragraph": "1. one\n   - in\n\n     ```\n     x\n     ```\n\n   more\n2. two\n",
    "two digits": "10. ten\n\n    ```\n    c\n    ```\n",
}

QUOTED = {
    "code": "> Text.\n>\n> ```py\n> a\n>\n>   b\n> ```\n>\n> More.\n",
    "code that nobody closed": "> Text.\n>\n> ```\n> a\n\nEnd.\n",
    "code of an item": "> He said:\n>\n> - one\n>\n>   ```py\n>   a\n>\n>     b\n>   ```\n> - two\n>\n> So.\n\nEnd.\n",
    "code right below a number": "> 1. one\n>    ```\n>    x\n>    ```\n> 2. two\n",
    "a quotation in a quotation": "> > - in\n> >\n> >   ```\n> >   c\n> >   ```\n",
    "a list in a list": "> - one\n>   - in\n>   - in  \n>     more\n> - two\n",
}


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED)
def test_lists_and_code_in_quotations_are_the_same_to_both_engines(text: str) -> None:
    """Python-Markdown knows no fences there, and nests by four blanks there too."""
    markdown = mended(text).markdown
    shown = [_own(markdown, engine) for engine in ("markdown", "commonmark")]
    tags = ("blockquote", "li", "ol", "ul", "pre")
    found = [[(tag, words) for tag, words in _shape(each) if tag in tags] for each in shown]
    assert found[0] == found[1], shown
    assert [each.count("<pre>") for each in shown] == [text.count("```") > 0] * 2
    assert [each.count("<li>") for each in shown] == [len(re.findall(r"(?m)^[> ]+(?:-|\d\.) ", text))] * 2
    assert [each.count("<br") for each in shown] == [text.count("  \n")] * 2
    assert [each.split("</blockquote>")[-1].strip() for each in shown] == ["<p>End.</p>" if "End" in text else ""] * 2


@pytest.mark.parametrize("sign", ["> ```a\n", "> - a\n", ">", "> > - ```\n>   ```a\n", "> - a\n>   ```b\nx\n"])
def test_fifty_thousand_signs_of_quotations_take_no_time(sign: str) -> None:
    """Sources are strangers'."""
    begin = process_time()
    mended(sign * 50_000)
    assert process_time() - begin < 10


def test_a_formula_within_a_line_has_one_dollar() -> None:
    """As kramdown writes it, it has two; one by itself keeps them, and money is none."""
    text = "So $$a+b$$ is ($$c$$).\n\n$$a+b$$\n\nIt costs $$ and $$$ more, `$$x$$` too.\n"
    assert mended(text).markdown == "So $a+b$ is ($c$).\n\n$$a+b$$\n\nIt costs $$ and $$$ more, `$$x$$` too.\n"


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_code_in_lists_is_the_same_to_both_engines(text: str) -> None:
    """Its blanks too: CommonMark counts from the text of the item, Python-Markdown from its mark."""
    markdown = mended(text).markdown
    shown = [_own(markdown, engine) for engine in ("markdown", "commonmark")]
    code = [[(tag, words) for tag, words in _shape(each) if tag in ("li", "ol", "ul", "pre")] for each in shown]
    assert code[0] == code[1], shown
    assert [each.count("<code>") for each in shown] == [text.count("```") // 2] * 2
    for each in shown:
        assert "<code> " not in each
        assert "\n\n\n" not in markdown


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<p><em>“It sails</em><em>.”</em></p>", "*“It sails.”*\n"),
        ("<p><strong>It</strong><b>, too</b></p>", "**It, too**\n"),
        ("<blockquote><p>A</p></blockquote><blockquote><p>B</p></blockquote>", "> A\n\n<!-- -->\n\n> B\n"),
        (
            '<figure><a href="https://skarv.example/a.mp3">Blues</a><figcaption>Played in 1920</figcaption></figure>',
            (
                '<figure>\n<a href="https://skarv.example/a.mp3">Blues</a>\n'
                "<figcaption>Played in 1920</figcaption>\n</figure>\n"
            ),
        ),
    ],
    ids=["emphases that touch", "bold words that touch", "two quotations", "a link with a caption"],
)
def test_what_stands_beside_its_like_stays_what_it_is(source: str, written: str) -> None:
    """With both engines, and once more."""
    assert _markdown(source) == written
    for engine in ("markdown", "commonmark"):
        shown = _own(written, engine)
        assert "*" not in shown
        assert shown.count("<blockquote>") == source.count("<blockquote>")
        assert _markdown(shown) == written


@pytest.mark.parametrize("said", ["", "<figcaption>Bo</figcaption>"])
def test_two_quotations_in_figures_stay_two(said: str) -> None:
    """As WordPress writes pull quotes."""
    quotes = "".join(f"<figure><blockquote><p>{name}</p></blockquote>{said}</figure>" for name in "AB")
    for engine in ("markdown", "commonmark"):
        shown = _own(_markdown(quotes), engine)
        assert shown.count("<blockquote>") == 2
        assert ("Bo" in shown) == bool(said)
    assert _markdown("<figure><blockquote><p>A</p></blockquote></figure><p>B</p>") == "> A\n\nB\n"


def test_each_picture_of_a_gallery_keeps_its_caption() -> None:
    """WordPress puts figures into a figure, which may have a caption too."""
    one, two = (
        f'<figure>\n<img src="https://skarv.example/{name}.jpg" alt="">\n<figcaption>{name}</figcaption>\n</figure>\n'
        for name in ("Quay", "Ice")
    )
    assert _markdown(f"<figure>{one}{two}</figure>") == f"{one}\n{two}"
    assert _markdown(f"<figure>{one}{two}<figcaption>Skarv</figcaption></figure>") == f"{one}\n{two}\nSkarv\n"
