"""What holds for every source, whatever is in it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import markdown
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwire.intake import convert, fingerprint, layout, opening, structure
from tagwire.intake.boilerplate import trim
from tagwire.intake.decode import Decoded, decode
from tagwire.intake.found import Asked, Converted, Refused
from tagwire.intake.kind import is_html
from tagwire.intake.pieces import Line, lines_of

ASKED = Asked(site="https://example.test/", modified=datetime(2026, 3, 1, 12, tzinfo=UTC), keep_all=True)

_HOSTILE = st.sampled_from(
    [
        *(
            "*",
            "**bold**",
            "__all__",
            "_",
            "# x",
            "1.",
            "1)",
            "-",
            "- item",
            "+",
            ">",
            "> said",
            "`code`",
            "```",
            "~~~",
        ),
        *(
            "[sic]",
            "[a](b)",
            "[^1]:",
            "*[abbr]:",
            "![x](y)",
            "{#x}",
            "{: .y }",
            "<script>",
            "</p>",
            "<!--",
            "-->",
            "&amp;",
        ),
        *(
            "&lt;",
            "C:\\dir",
            "\\*",
            "|",
            "a | b",
            "--- | ---",
            "---",
            "===",
            ":   x",
            "    ",
            "\t",
            "“Yes,”",
            "U.S.",
            "2020",
        ),
        *(
            "https://example.test/a_b?c=d&e=f",
            "jane@example.test",
            "<https://example.test/>",
            "word",
            "Another",
            "end.",
        ),
        *(
            "שלום",
            "中文。",
            "é",
            "\u00a0",
            "\u2028",
            "<div>",
            "<?php",
            "<![CDATA[",
            "$x$",
            "Title: x",
            "By Jane Roe",
            "By",
        ),
    ]
)
_LINE = st.one_of(
    st.lists(_HOSTILE, max_size=6).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.tuples(st.integers(0, 9), _HOSTILE).map(lambda pair: " " * pair[0] + pair[1]),
)
TEXTS = st.lists(_LINE, min_size=1, max_size=12).map("\n".join)


def _shown(body: str) -> str:
    """The text that a reader of the rendered Markdown sees, with the numbers of its lists."""
    page = markdown.markdown(body, extensions=["extra", "sane_lists"])
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", text))


def _marks(text: str) -> str:
    """Every letter and every sign that no rule turns into structure, in order."""
    return "".join(re.findall(r"[^\W\d_]|[][()|<&\\{}*_`!$]", text))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_letter_and_every_sign_of_markup_is_shown(text: str) -> None:
    """The pieces of any text, written as Markdown and rendered, show its letters and its signs in order."""
    pieces = structure.pieces(lines_of(text))
    drawn = {at for at, piece in enumerate(pieces) if 0 < at < len(pieces) - 1 and layout.is_rule(piece)}
    expected = _marks("\n".join(piece.plain for at, piece in enumerate(pieces) if at not in drawn))
    actual = _marks(_shown(layout.markdown(pieces)))
    assert expected == actual


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    """Every word of a text is shown in order, but those of its headline, bylines and date lines."""
    result = convert(text.encode(), "sources/x.txt", ASKED)
    if isinstance(result, Refused) or is_html(text, "sources/x.txt"):
        return
    lines = lines_of(text)
    top = opening.read(lines, "UTC")
    top.used -= {number for each in top.unused for number in range(each.first, each.last + 1)}
    opening.from_end(top, structure.pieces([Line(e.number, "") if e.number in top.used else e for e in lines]))
    expected = _letters("\n".join(line.text for line in lines if line.number not in top.used))
    actual = _letters(_shown(result.text.split("\n---\n", 1)[1]))
    assert expected == actual


@given(st.one_of(st.binary(max_size=300), TEXTS.map(str.encode), TEXTS.map(lambda t: t.encode("utf-16"))))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_converted_or_refused(data: bytes) -> None:
    """Any bytes have a result, the same twice, and its front matter is YAML that knows its fingerprint."""
    result = convert(data, "sources/x.txt", ASKED)
    assert result == convert(data, "sources/x.txt", ASKED)
    if isinstance(result, Converted):
        head = yaml.safe_load(result.text.split("\n---\n", 1)[0])
        assert head["source"]["converted"] == fingerprint(result.text)
        assert isinstance(head["title"], str)
        assert head["title"].strip()
    else:
        assert result.problems


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_line_is_front_matter_body_or_cut(text: str) -> None:
    """No line with something on it is lost between the headline, the pieces that stay and those that are cut."""
    decoded = decode(text.encode(), "x.txt")
    if not isinstance(decoded, Decoded):
        return
    lines = lines_of(decoded.text)
    top = opening.read(lines, "UTC")
    pieces = structure.pieces([Line(line.number, "") if line.number in top.used else line for line in lines])
    trimmed = trim(pieces)
    held = {
        n
        for piece in (*trimmed.kept, *(p for _, cut in trimmed.cut for p in cut))
        for n in range(piece.first, piece.last + 1)
    }
    expected = {line.number for line in lines if not line.blank}
    assert expected <= held | top.used
