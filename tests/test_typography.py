"""True quotes and dashes: those of the article's language, and nothing touched that is shown as it was typed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire.prose.sanitise import for_page
from tagwire.prose.typography import with_true_signs

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


@pytest.mark.parametrize(
    ("lang", "typed", "shown"),
    [
        ("en", """"It's here," she said, "and 'there'." """, "“It’s here,” she said, “and ‘there’.” "),
        ("en-GB", """the dogs' day, 'tis the '90s""", "the dogs’ day, ’tis the ’90s"),
        ("de", """"Hallo", sagte sie, "das ist 'gut' so." """, "„Hallo“, sagte sie, „das ist ‚gut‘ so.“ "),
        ("de-CH", '"Hallo"', "«Hallo»"),
        ("fr", '"Bonjour", l\'été', "«\xa0Bonjour\xa0», l’été"),
        ("es", '¿"Hola"?', "¿«Hola»?"),
        ("ru", '"Да"', "«Да»"),
        ("fa", '"سلام"', "«سلام»"),
        ("he", 'צה"ל אמר "שלום", ג\'ירפה', "צה״ל אמר ”שלום”, ג׳ירפה"),
        ("en", "a -- b, 1914--1918, a --- b, and so on...", "a – b, 1914–1918, a — b, and so on…"),
        ("en", '("one") <em>"two"</em> "<em>three</em>" "a<br>b"', "(“one”) <em>“two”</em> “<em>three</em>” “a<br>b”"),
        ("en", """"<code>'x'</code>" is "<b>y</b>\"""", "“<code>'x'</code>” is “<b>y</b>”"),
        ("en", '&quot;four&quot;&nbsp;"five"', "“four”&nbsp;“five”"),
    ],
)
def test_signs_are_those_of_the_language(lang: str, typed: str, shown: str) -> None:
    """After CLDR; apostrophes, Hebrew abbreviations and decades included."""
    assert with_true_signs(f"<p>{typed}</p>", lang) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p>"Nothing closes it</p><p>here"</p>',
        '<p>5\'10" tall, a 12" record</p>',
        "<p>--flag, i--, ----, and /.../x</p>",
        '<pre><code class="x">"a" -- \'b\'...</code></pre>',
        "<p><code>don't</code> <kbd>'</kbd> <samp>--</samp></p>",
        '<p><a href="x" title="a > \'b\' -- c">d</a></p>',
        "<p>https://x.example/a--b?c='d'</p>",
        "<!-- don't -->",
    ],
)
def test_in_doubt_nothing_changes(html: str) -> None:
    """Code, attributes, addresses, measures, and quotes without a partner."""
    assert with_true_signs(html, "en") == html


def test_a_language_that_is_not_known_is_left_alone() -> None:
    """Its readers know better."""
    assert with_true_signs('<p>"a"</p>', "xx") == '<p>"a"</p>'


SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})


@given(st.text(st.sampled_from("ab1 '\"-./\n<>&;é"), max_size=60))
def test_only_signs_change(text: str) -> None:
    """Whatever is written, put back to a typewriter it is what it was."""
    assert with_true_signs(text, "en").translate(SIGNS) == text


PIECES = [
    *(
        "a",
        "é",
        "ß",
        "я",
        "3",
        " ",
        "\n",
        "\xa0",
        "&nbsp;",
        ".",
        "...",
        ",",
        "!",
        "(",
        ")",
        "-",
        "--",
        "/",
        "<",
        "&",
        ";",
    ),
    *('"', '"', "'", "'", ' "a', 'b" ', ' "a b"', "it's", " 'n' ", '"a"\'s', "&quot;", "&#39;", "&lt;"),
    *("<p>", "</p>", "<em>", "</em>", "<br>", "<pre>", "</pre>", "<code>", "</code>", "</div>", "\ue000", "\ue001"),
    *("""<a href="https://a.test/it's?b" title='say "a"'>""", "</a>", "https://a.test/it's(", 'HTTP://a"b c"'),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["en", "de", "fr", "he"]))
def test_the_quick_way_leads_to_the_same(pieces: list[str], lang: str) -> None:
    """Where all signs are easy, they are set without a look around."""
    html = for_page("".join(pieces))
    assert with_true_signs(html, lang, normal=True) == with_true_signs(html, lang)


@pytest.mark.parametrize(
    "text", ["'a " * 50_000 + 'x" ' * 50_000, '"' + "<b>" * 100_000, "<a " * 100_000, '<a "' * 50_000]
)
def test_it_takes_no_longer_than_the_text(text: str) -> None:
    """Hostile texts included."""
    began = time.process_time()
    with_true_signs('"' + text, "en")
    with_true_signs('"' + text.replace("<", ""), "en", normal=True)
    assert time.process_time() - began < 5


TEXT = """
-- content/articles/a.md --
---
title: It's "quoted"
date: 2026-01-01
lang: de
---
Er sagte "ja"[^1], `nie "so"`.

[^1]: Note.
"""


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_pages_and_feeds_have_them(site: Callable[[str], Site], engine: str) -> None:
    """By both engines, in the summary too, and the way back from a note speaks the article's language."""
    made = site(f'-- tagwire.toml --\ntitle = "X"\nengine = "{engine}"\n{TEXT}')
    made.build()
    page, feed = made.read("site/articles/a/index.html"), made.read("site/atom.xml")
    assert "Er sagte „ja“<sup" in page
    assert '<code>nie "so"</code>' in page
    assert "Er sagte „ja“" in feed
    assert 'title="Zurück zu Anmerkung 1 im Text"' in page
    assert 'content="Er sagte „ja“, nie' in page


def test_the_setting_turns_it_off(site: Callable[[str], Site]) -> None:
    """And an edit of it is no reason to delete anything by hand."""
    made = site(TEXT)
    made.build()
    made.write('-- tagwire.toml --\ntitle = "X"\nquotes = false\n')
    made.build()
    assert 'Er sagte "ja"' in made.read("site/articles/a/index.html")
