"""Texts that were set in pages, in the form of RFCs: heads and feet go, paragraphs go on, headings are known."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted
from tagwire.intake.paginated import flowing
from tagwire.intake.pieces import Line

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))
MEMO = """\
Harbour Working Group                                          A. Quill
Request for Comments: 9901                                Skarv Harbour
Category: Informational                                   December 2019


                    Lanterns on Small Fishing Boats

Abstract

   This document describes how lanterns on small fishing boats are lit
   and put out, and what harbours may ask of their owners.

1.  Introduction

   A small boat has one lantern.  It hangs from the mast, and whoever is
   on watch sees to it that it burns from dusk until dawn, and the watch



Quill                        Informational                      [Page 1]
\x0c
RFC 9901               Lanterns on Small Boats             December 2019


   writes down each ship that answers.

1.1.  Terms

   o  A "lantern" is a lamp with glass on four sides.

   o  A "watch" is whoever is awake.

2.  Lighting

   The lantern is lit at dusk.  A harbour may not ask for more.


Quill                        Informational                      [Page 2]
"""


def _text(source: str, asked: Asked = ASKED) -> str:
    made = convert(source.encode(), "sources/a.txt", asked)
    assert isinstance(made, Converted), made
    return made.text


def test_a_text_in_pages_is_read_as_one() -> None:
    """With its title, its author and its sections; a month alone is no date."""
    text = _text(MEMO)
    assert "title: Lanterns on Small Fishing Boats\n" in text
    assert "title_source" not in text
    assert "authors: [A. Quill]\n" in text
    assert "date_source: file\n" in text
    assert "dawn, and the watch writes down each ship that answers.\n" in text
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert headings == ["## Abstract", "## 1\\. Introduction", "### 1.1. Terms", "## 2\\. Lighting"]
    assert '\n- A "lantern" is a lamp' in text


def test_what_stood_above_and_below_its_pages_is_recorded() -> None:
    """And stays if the owner wants it back."""
    text = _text(MEMO)
    assert "[Page" not in text
    assert "RFC 9901" not in text
    assert "{lines: 20-22, rule: header-lines" in text
    for asked in (replace(ASKED, keep=("header-lines",)), replace(ASKED, keep_all=True)):
        assert _text(MEMO, asked).count("[Page") == 2


@pytest.mark.parametrize("feet", [("[Page 1]", "[Page 3]"), ("[Page 1]", "Page 2")])
def test_lines_that_are_no_feet_of_pages_stay(feet: tuple[str, str]) -> None:
    """Feet are numbered one after the other, and there are two of them at least."""
    body = "\n\n".join(f"The ferry sails at noon from the old quay.\n\nQuill      Notes      {foot}" for foot in feet)
    assert all(foot.strip("[]") in _text(f"Ferry notes\n\n{body}\n") for foot in feet)


def test_words_above_an_article_about_comments_stay() -> None:
    """An RFC begins in two columns."""
    text = _text("Request for Comments: harbour rules\nThe council asks all owners\n\nThe rules are old, it says.\n")
    assert "harbour rules" in text


def test_few_lines_above_indented_texts_are_no_headings() -> None:
    """Nor are sentences."""
    text = _text("A headline for it\n\nShe said.\n\n   The gull is dull.\n\nHe said.\n\n   The sea is free.\n")
    assert "\n## " not in text


def test_fifty_thousand_pages_take_no_time() -> None:
    """Nor do as many blanks in a line."""
    begun = time.process_time()
    lines = [Line(at, f"Quill      [Page {at % 9000}]") for at in range(1, 9000)] * 6
    assert len(flowing([*lines, Line(1, f"a{' ' * 50_000}]")])[0]) > 50_000
    assert len(flowing(lines[:8999])[1]) == 8999
    assert time.process_time() - begun < 5
