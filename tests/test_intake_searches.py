"""Searches of trafilatura, made quicker, find what they found."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from trafilatura import settings as theirs
from trafilatura import xpaths

from tagwire.intake import conditions, searches

_SEARCHES = [
    etree.XPath(search.path, namespaces={"re": "http://exslt.org/regular-expressions"})
    for name, found in sorted(vars(xpaths).items())
    if name.endswith(("_XPATH", "_XPATHS", "_ELEMENTS"))
    for search in found
]
_SEARCHES.append(etree.XPath(theirs.BASIC_CLEAN_XPATH.path, namespaces={"re": "http://exslt.org/regular-expressions"}))
_QUICKER = [(search, quick) for search in _SEARCHES if (quick := searches.quicker(search)) is not search]
_WORDS = sorted({word for search in _SEARCHES for word in re.findall(r"[A-Za-z_][\w-]+", search.path)})
_NAMES = ["class", "id", "role", "style", "itemprop", "rel", "aria-hidden", "data-component", "data-other", "o:p"]
_TAGS = [
    "div",
    "p",
    "span",
    "section",
    "article",
    "main",
    "ul",
    "li",
    "a",
    "aside",
    "details",
    "item",
    "list",
    "h1",
    "o:p",
]

_VALUES = st.lists(st.sampled_from([*_WORDS, "x", "", "Tags", "AD", "é", "hidden"]), max_size=3).map(" ".join)
_ELEMENTS = st.tuples(st.sampled_from(_TAGS), st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=3))
_TREES = st.lists(st.tuples(_ELEMENTS, st.integers(0, 2)), min_size=1, max_size=12)


def _tree(parts: list[tuple[tuple[str, dict[str, str]], int]]) -> html.HtmlElement:
    """Elements, each so many levels below the one before it at most."""
    source: list[str] = []
    open_: list[str] = []
    for (tag, attributes), down in parts:
        while len(open_) > down:
            source.append(f"</{open_.pop()}>")
        named = "".join(f' {name}="{value}"' for name, value in attributes.items())
        source.append(f"<{tag}{named}>x")
        open_.append(tag)
    return html.document_fromstring(f"<html><body>{''.join(source)}</body></html>")


@settings(max_examples=100)
@given(_TREES)
def test_each_search_finds_the_same_elements_in_the_same_order(
    parts: list[tuple[tuple[str, dict[str, str]], int]],
) -> None:
    """Whatever elements a page has."""
    tree = _tree(parts)
    for search, quick in _QUICKER:
        assert quick(tree) == search(tree), search.path


def test_they_are_put_where_trafilatura_looks() -> None:
    """In its lists, and in the module that cleans pages."""
    searches.install()
    assert len([search for search in xpaths.OVERALL_DISCARD_XPATH if not isinstance(search, etree.XPath)]) == 2
    assert not isinstance(sys.modules["trafilatura.baseline"].BASIC_CLEAN_XPATH, etree.XPath)


def test_the_slow_searches_are_among_those_made_quicker() -> None:
    """What trafilatura discards by sixty words is."""
    discarding = next(search for search in _SEARCHES if "outbrain" in search.path)
    assert discarding in [search for search, _ in _QUICKER]


@pytest.mark.parametrize(
    "path",
    [
        ".//div[@class='x']",
        ".//*[re:test(@class, 'x')][2]",
        ".//*[re:test(@class, 'x')]/p",
        ".//*[re:test(@class, 'x') or .//h1]",
        ".//*[re:test(@class, 'x') or rel='me']",
        ".//*[not(re:test(@class, 'x'))]",
        ".//*[re:test(@class, 'x')]|.//*[re:test(@id, 'x')]",
        ".//*[re:test(@class, 'x') and string-length(@id) > 3]",
    ],
)
def test_a_search_that_asks_for_more_stays_as_it_is(path: str) -> None:
    """It is trafilatura's own then."""
    search = etree.XPath(path, namespaces={"re": "http://exslt.org/regular-expressions"})
    assert searches.quicker(search) is search


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "[@a",
        "[@a='x]",
        "[@a=@b]",
        "[unknown(@a, 'x')]",
        "[re:test('x', @a)]",
        "[@a] @b",
        "[1]",
        "[not(@a]",
    ],
)
def test_conditions_of_another_kind_are_not_read(text: str) -> None:
    """They are refused, not misread."""
    with pytest.raises(conditions.Unknown):
        conditions.read(text)


def test_of_two_attributes_the_first_in_the_source_is_asked() -> None:
    """As XPath's text of a node-set is."""
    condition = conditions.read("[re:test(@id|@class, '^x')]")
    assert condition("p", {"class": "x", "id": "y"})
    assert not condition("p", {"id": "y", "class": "x"})
