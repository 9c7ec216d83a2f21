"""Names: slugs, addresses and the URLs made of them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import names

ADDRESSES = st.lists(st.text(min_size=1, max_size=8).map(names.slug).filter(bool), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Cyber Attacks", "cyber-attacks", id="words"),
        pytest.param("cyber-attacks", "cyber-attacks", id="already-a-slug"),
        pytest.param("  spaced   out  ", "spaced-out", id="spaces"),
        pytest.param("snake_case/and:colons", "snake-case-and-colons", id="punctuation"),
        pytest.param("C++", "c-plus-plus", id="c++"),
        pytest.param("C#", "c-sharp", id="c#"),
        pytest.param("F# and C++ compared", "f-sharp-and-c-plus-plus-compared", id="c++-inside"),
        pytest.param("#1 hit", "1-hit", id="hash-before-a-word"),
        pytest.param("1+1", "1-1", id="plus-between-words"),
        pytest.param(".NET", "net", id="dot-net"),
        pytest.param("Don't panic", "dont-panic", id="apostrophe"),
        pytest.param("L’État", "létat", id="typographic-apostrophe"),
        pytest.param("Straße", "straße", id="german"),
        pytest.param("ÅSE", "åse", id="case-of-accents"),
        pytest.param("e\u0301te\u0301", "\u00e9t\u00e9", id="nfd-becomes-nfc"),
        pytest.param("İstanbul", "i̇stanbul", id="dotted-i"),
        pytest.param("ישראל היום", "ישראל-היום", id="hebrew"),
        pytest.param("網路安全", "網路安全", id="chinese"),
        pytest.param("हिन्दी समाचार", "हिन्दी-समाचार", id="devanagari-keeps-marks"),
        pytest.param("rocket 🚀 science", "rocket-science", id="emoji"),
        pytest.param("\u200fright\u200f", "right", id="rtl-mark"),
        pytest.param("a\u202eb", "a-b", id="bidi-override"),
        pytest.param("zero\u200bwidth", "zero-width", id="zero-width-space"),
        pytest.param("..", "", id="dots"),
        pytest.param("../../etc/passwd", "etc-passwd", id="path"),
        pytest.param("a\0b", "a-b", id="nul"),
        pytest.param("🚀", "", id="only-emoji"),
        pytest.param("", "", id="empty"),
        pytest.param("\u0301", "", id="only-a-combining-mark"),
        pytest.param("a\ufe0fb", "ab", id="variation-selector"),
        pytest.param("con", "con-", id="windows-con"),
        pytest.param("COM7", "com7-", id="windows-com"),
        pytest.param("com¹", "com¹-", id="windows-com-superscript"),
        pytest.param("console", "console", id="not-windows-con"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """A slug is lower case, NFC, and has letters, marks and digits of every script."""
    assert expected == names.slug(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("word " * 60, "-".join(["word"] * 24), id="at-a-word"),
        pytest.param("x" * 300, "x" * 120, id="one-long-word"),
        pytest.param("網" * 300, "網" * 40, id="whole-characters"),
        pytest.param("a-" + "b" * 300, "a-" + "b" * 118, id="not-at-a-far-word"),
    ],
)
def test_a_long_slug_is_cut(text: str, expected: str) -> None:
    """A slug has at most 120 bytes of UTF-8, so that a file system holds it."""
    assert expected == names.slug(text)


@given(st.text(max_size=200))
def test_slug_is_idempotent(text: str) -> None:
    """The slug of a slug is itself."""
    assert names.slug(text) == names.slug(names.slug(text))


@given(st.text(max_size=300))
def test_slug_is_a_safe_path_segment(text: str) -> None:
    """Whatever the text, its slug is empty or a file name that every system takes."""
    slug = names.slug(text)
    assert not re.search(r"[\x00-\x20/\\:*?\"<>|.]", slug)
    assert len(slug.encode()) <= 121
    assert slug == unicodedata.normalize("NFC", slug)
    assert not re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", slug)


@given(st.text(max_size=60))
def test_slug_ignores_composition_and_case(text: str) -> None:
    """Two spellings that Unicode counts as one give one slug."""
    assert names.slug(unicodedata.normalize("NFD", text)) == names.slug(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("", "index.html", id="home"),
        pytest.param("articles/x/", "articles/x/index.html", id="page"),
        pytest.param("tags/x/atom.xml", "tags/x/atom.xml", id="file"),
    ],
)
def test_output_path(address: str, expected: str) -> None:
    """A page's file is `index.html` in its folder; a file's is itself."""
    assert expected == names.output_path(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("", "https://x.test/sub/", id="home"),
        pytest.param("tags/été/", "https://x.test/sub/tags/%C3%A9t%C3%A9/", id="not-ascii"),
        pytest.param("a b?c#d%e", "https://x.test/sub/a%20b%3Fc%23d%25e", id="reserved"),
    ],
)
def test_absolute(address: str, expected: str) -> None:
    """A public URL is ASCII, and keeps the path of the site's own URL."""
    assert expected == names.absolute("https://x.test/sub/", address)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        pytest.param("", "", "./", id="home-to-home"),
        pytest.param("", "articles/x/", "articles/x/", id="down"),
        pytest.param("articles/x/", "", "../../", id="up"),
        pytest.param("articles/x/", "tags/y/atom.xml", "../../tags/y/atom.xml", id="across"),
        pytest.param("", "a:b/", "./a:b/", id="colon-is-no-scheme"),
    ],
)
def test_relative(here: str, there: str, expected: str) -> None:
    """A reference climbs to the root and down again."""
    assert expected == names.relative(here, there)


def test_relative_spells_out_index() -> None:
    """With `index` a link works from `file://`."""
    assert names.relative("articles/x/", "tags/y/", index=True) == "../../tags/y/index.html"


@given(ADDRESSES, ADDRESSES)
def test_relative_leads_there_wherever_the_site_is_mounted(here: str, there: str) -> None:
    """Resolved against its page, a reference is the other page, at `/` and under a path."""
    for base in ("https://x.test/", "https://x.test/news/"):
        url = urljoin(names.absolute(base, here), names.relative(here, there))
        assert unquote(names.absolute(base, there)) == unquote(url)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_has_the_slug_of_any_text(text: str) -> None:
    """The short way for ASCII leads where the long one does."""
    assert names._ascii_slug(text) == names._any_slug(text)  # noqa: SLF001
