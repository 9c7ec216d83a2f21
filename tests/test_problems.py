"""Problems: how one looks, and what stops a stage."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire.problems import Problem, Stopped, closest, has_errors, show, visible

DATE = Problem(
    "content/articles/hello.md",
    4,
    12,
    "date-invalid",
    '`published` is not a date: "2024-13-01"',
    "write a date such as 2024-12-01",
    "published: 2024-13-01",
    10,
)


def test_show_in_full() -> None:
    """Place, severity, code and message; then the owner's line with carets; then one help."""
    expected = """\
content/articles/hello.md:4:12: error[date-invalid]: `published` is not a date: "2024-13-01"
  4 | published: 2024-13-01
    |            ^^^^^^^^^^
  help: write a date such as 2024-12-01"""
    assert expected == show(DATE)


def test_show_in_colour() -> None:
    """Colour paints the place, the kind, the carets and `help`, and leaves the owner's text alone."""
    expected = (
        "\x1b[1mcontent/articles/hello.md:4:12\x1b[0m: \x1b[1;31merror[date-invalid]\x1b[0m: "
        '`published` is not a date: "2024-13-01"\n'
        "  4 | published: 2024-13-01\n"
        "    |            \x1b[1;31m^^^^^^^^^^\x1b[0m\n"
        "  \x1b[36mhelp\x1b[0m: write a date such as 2024-12-01"
    )
    assert expected == show(DATE, colour=True)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        pytest.param(Problem("a.md", 0, 0, "x", "m"), "a.md: error[x]: m", id="whole-file"),
        pytest.param(Problem("a.md", 3, 0, "x", "m"), "a.md:3: error[x]: m", id="whole-line"),
        pytest.param(
            Problem("a.md", 3, 0, "x", "m", excerpt="abc"), "a.md:3: error[x]: m\n  3 | abc", id="line-without-column"
        ),
        pytest.param(
            Problem("a.md", 3, 9, "x", "m", excerpt="abc"), "a.md:3:9: error[x]: m\n  3 | abc", id="column-beyond"
        ),
        pytest.param(
            Problem("a.md", 3, 4, "x", "m", excerpt="abc"),
            "a.md:3:4: error[x]: m\n  3 | abc\n    |    ^",
            id="column-just-behind",
        ),
        pytest.param(
            Problem("a.md", 3, 2, "x", "m", excerpt="abc", width=99),
            "a.md:3:2: error[x]: m\n  3 | abc\n    |  ^^",
            id="carets-end-with-the-line",
        ),
        pytest.param(
            Problem("a.md", 12, 2, "x", "m", excerpt="\ta: b"),
            "a.md:12:2: error[x]: m\n  12 |     a: b\n     |     ^",
            id="tab",
        ),
        pytest.param(
            Problem("a.md", 1, 3, "x", "m", excerpt="網路x"),
            "a.md:1:3: error[x]: m\n  1 | 網路x\n    |     ^",
            id="wide-letters-take-two-cells",
        ),
        pytest.param(
            Problem("a.md", 1, 2, "x", "m", excerpt="e\u0301x"),
            "a.md:1:2: error[x]: m\n  1 | e\u0301x\n    |  ^",
            id="combining-marks-take-none",
        ),
        pytest.param(
            Problem("a.md", 1, 200, "x", "m", excerpt="a" * 150 + "b" * 100),
            "a.md:1:200: error[x]: m\n  1 | …" + "a" * 31 + "b" * 100 + "\n    | " + " " * 81 + "^",
            id="long-line-shows-the-place",
        ),
        pytest.param(
            Problem("a.md", 1, 1, "x", "m", excerpt="a" * 300),
            "a.md:1:1: error[x]: m\n  1 | " + "a" * 160 + "…\n    | ^",
            id="long-line",
        ),
        pytest.param(
            Problem("a.md", 0, 0, "x", "m", severity="warning", hint="h"),
            "a.md: warning[x]: m\n  help: h",
            id="warning",
        ),
        pytest.param(
            Problem("a.md", 1, 1, "x", "m\nn", "h\ni"), "a.md:1:1: error[x]: m\\nn\n  help: h\\ni", id="one-line-each"
        ),
    ],
)
def test_show(problem: Problem, expected: str) -> None:
    """A problem shows what it knows and no more, on lines that point at the right character."""
    assert expected == show(problem)


def test_carets_stand_below_what_an_escape_became() -> None:
    """A character shown as an escape moves the carets with it."""
    expected = "a.md:1:2: error[x]: m\n  1 | \\x1bx\n    |     ^"
    assert expected == show(Problem("a.md", 1, 2, "x", "m", excerpt="\x1bx"))


@given(st.text(), st.text(), st.text(), st.text(), st.integers(0, 300), st.integers(0, 300))
def test_nothing_steers_the_terminal(path: str, message: str, hint: str, excerpt: str, column: int, width: int) -> None:
    """Whatever an article holds, what is printed has no control character and at most four lines."""
    shown = show(Problem(path, 1, column, "x", message, hint, excerpt, width))
    assert all(line.isprintable() for line in shown.split("\n"))
    assert shown.count("\n") <= 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\x1b[2J", "\\x1b[2J", id="escape-sequence"),
        pytest.param("a\u202eb", "a\\u202eb", id="bidi-override"),
        pytest.param("\x00\x07", "\\x00\\x07", id="control"),
        pytest.param("été 網 🚀 `x`", "été 網 🚀 `x`", id="letters"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """What could steer a terminal is shown as an escape."""
    assert expected == visible(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("tag", "did you mean `tags`?", id="near"),
        pytest.param("Titel", "did you mean `title`?", id="case-and-swap"),
        pytest.param("pubdate", "did you mean `pubDate`?", id="case-of-the-known"),
        pytest.param("zzz", "", id="far"),
        pytest.param("", "", id="empty"),
    ],
)
def test_closest(word: str, expected: str) -> None:
    """A near miss is named; a far one isn't."""
    assert expected == closest(word, ["tags", "title", "pubDate"])


def test_stopped_has_each_problem_once_and_in_order() -> None:
    """Problems come sorted by path, line and column, and none twice."""
    first, second, third = (Problem(path, line, 1, "x", "m") for path, line in (("a", 2), ("a", 10), ("b", 1)))
    assert (first, second, third) == Stopped([third, second, first, third]).problems


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        pytest.param([], False, id="none"),
        pytest.param(["warning"], False, id="warning"),
        pytest.param(["warning", "error"], True, id="error"),
    ],
)
def test_has_errors(severities: list[str], expected: bool) -> None:
    """Only an error forbids to go on."""
    assert expected == has_errors(Problem("a", 1, 1, "x", "m", severity=s) for s in severities)  # type: ignore[arg-type]


def test_stopped_crosses_processes() -> None:
    """A worker's problems arrive as they were."""
    assert Stopped([DATE]).problems == pickle.loads(pickle.dumps(Stopped([DATE]))).problems  # noqa: S301 - our own bytes
