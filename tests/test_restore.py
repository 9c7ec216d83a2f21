"""What was cut from an article comes back, each passage where it stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tagwire.cli import tagwire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LEAD = "The council of Harlow voted on Monday to empty the dam, which has leaked since the floods of the spring."
_MORE = "Engineers will look at the wall for two months, and the town will take its water from the northern lake."
_LAST = "“Nobody will go thirsty,” the mayor said on the steps of the hall, and went home to his supper by the lake."
_PAGE = f"""<!doctype html><html lang="en"><head><title>Harlow dam to be emptied</title>
<meta property="article:published_time" content="2026-03-04T10:00:00Z"></head><body><article>
<h1>Harlow dam to be emptied</h1>
<p>{_LEAD}</p>
<div class="newsletter">
<p>Get our letter every Friday.</p>
</div>
<p>{_MORE}</p>
<p>{_LAST}</p>
<p>Please support our journalism and donate today.</p>
</article></body></html>
"""
_TEXT = (
    f"Harlow dam to be emptied\n\n{_LEAD}\n\n{_MORE}\n\n{_LAST}\n\nPlease support our journalism and donate today.\n"
)


@pytest.fixture
def converted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, str], Path]:
    """Converts a source outside any site, and gives the article's path."""

    def convert(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        _run(tmp_path, str(tmp_path / name), "--out", str(tmp_path / "out"))
        capsys.readouterr()
        return next((tmp_path / "out").glob("*.md"))

    return convert


def _run(folder: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        tagwire(["-C", str(folder), "add", *arguments])
    return int(ended.value.code or 0)


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n---\n\n", 1)[1]


def test_every_cut_of_a_page_names_its_lines(converted: Callable[[str, str], Path]) -> None:
    """Rule, lines and digest, in the order of the source."""
    front = converted("dam.html", _PAGE).read_text(encoding="utf-8")
    assert re.findall(r"- \{lines: '?([0-9-]+)'?, rule: (\S+), sha256: [0-9a-f]{64}\}", front) == [
        ("5-6", "newsletter-form"),
        ("10", "donation-appeal"),
    ]


def test_the_licence_around_a_text_comes_back_around_it(converted: Callable[[str, str], Path]) -> None:
    """Above and below; the appeal between them was cut by another rule and stays away."""
    above = "The Project Gutenberg eBook of The Dam\n\nTitle: The Dam\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***"
    path = converted("dam.txt", f"{above}\n\n{_TEXT}\n*** END OF THE PROJECT GUTENBERG EBOOK ***\n\nThese are terms.\n")
    made = _body(path)
    assert "GUTENBERG" not in made
    assert _run(path.parent, "--restore", str(path), "--rule", "licence") == 0
    start, end = _body(path).split(made.strip())
    assert start.startswith("The Project Gutenberg eBook of The Dam\n\nTitle: The Dam")
    assert end.endswith("These are terms.\n")


@pytest.mark.parametrize(("name", "text"), [("dam.html", _PAGE), ("dam.txt", _TEXT)])
def test_what_was_cut_comes_back_to_its_place(name: str, text: str, converted: Callable[[str, str], Path]) -> None:
    """Below an edited text too; the edit stays."""
    path = converted(name, text)
    edited = path.read_text(encoding="utf-8").replace("two months", "three months").replace("Harlow dam to", "Dam to")
    path.write_text(edited, encoding="utf-8")
    assert _run(path.parent, "--restore", str(path)) == 0
    letter = ["Get our letter every Friday."] if name.endswith("html") else []
    blocks = [_LEAD, *letter, _MORE.replace("two", "three"), _LAST, "Please support our journalism and donate today."]
    assert _body(path) == "\n\n".join(blocks) + "\n"
    assert "title: Dam to be emptied\n" in path.read_text(encoding="utf-8")
    assert "cut:" not in path.read_text(encoding="utf-8")


def test_one_rule_alone_may_give_back_what_it_cut(converted: Callable[[str, str], Path]) -> None:
    """The others' cuts stay cut, and stay recorded."""
    path = converted("dam.html", _PAGE)
    assert _run(path.parent, "--restore", str(path), "--rule", "newsletter-form") == 0
    assert _body(path) == f"{_LEAD}\n\nGet our letter every Friday.\n\n{_MORE}\n\n{_LAST}\n"
    assert re.findall(r"rule: (\S+),", path.read_text(encoding="utf-8")) == ["donation-appeal"]


def test_restoring_to_stdout_writes_nothing(
    converted: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The article with its passages is printed."""
    path = converted("dam.html", _PAGE)
    before = path.read_bytes()
    assert _run(path.parent, "--restore", str(path), "--stdout") == 0
    assert "Get our letter every Friday." in capsys.readouterr().out
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "rules", "code"),
    [("gone", [], "source-missing"), ("other", [], "source-missing"), ("same", ["share"], "nothing-cut")],
)
def test_what_can_not_come_back_is_told(
    source: str,
    rules: list[str],
    code: str,
    converted: Callable[[str, str], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without the source as it was, and where a rule has cut nothing; the article stays as it is."""
    path = converted("dam.html", _PAGE)
    before = path.read_bytes()
    if source == "gone":
        (path.parent / "dam.html").unlink()
    elif source == "other":
        (path.parent / "dam.html").write_text("<p>Something else.</p>", encoding="utf-8")
    assert _run(path.parent, "--restore", str(path), *(word for rule in rules for word in ("--rule", rule))) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_why_says_how_sure_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a page states is certain, what is made of its text is a guess."""
    (tmp_path / "dam.html").write_text(_PAGE, encoding="utf-8")
    _run(tmp_path, str(tmp_path / "dam.html"), "--stdout", "--why")
    told = capsys.readouterr().err
    assert "date: 2026-03-04T10:00:00+00:00 (certain: `<meta article:published_time>`)" in told
    assert "(a guess: the opening of the text)" in told
