"""What other programs may call."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tagwire

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_a_build_says_what_it_did(site: Callable[[str], Site]) -> None:
    """The second one has nothing to do; drafts are shown to those who ask."""
    made = site("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\ndraft: true\n---\nText.\n")
    first = tagwire.build(made.root, now=NOW)
    assert "index.html" in first.tally.written
    assert "articles/a/index.html" not in first.tally.written
    assert tagwire.build(str(made.root), now=NOW).tally.written == ()
    with_drafts = tagwire.build(made.root, now=NOW, drafts=True, out=made.root / "preview")
    assert "articles/a/index.html" in with_drafts.tally.written


def test_a_build_of_a_broken_site_raises_its_problems(site: Callable[[str], Site]) -> None:
    """As values, with file and line."""
    made = site("-- content/articles/a.md --\n---\ntitle: A\npublished: never\n---\nText.\n")
    with pytest.raises(tagwire.Stopped) as stopped:
        tagwire.build(made.root, now=NOW)
    (problem,) = stopped.value.problems
    assert isinstance(problem, tagwire.Problem)
    assert (problem.path, problem.line, problem.code) == ("content/articles/a.md", 3, "date-invalid")


def test_a_text_becomes_markdown_or_is_refused() -> None:
    """Without a site and without a file."""
    text = (
        "Ferry to run on Sundays\n\n" + "The ferry to Skarv will run on Sundays from May, the harbour office said. " * 4
    )
    made = tagwire.convert(text.encode(), "ferry.txt", modified=NOW)
    assert isinstance(made, tagwire.Converted)
    assert made.title == "Ferry to run on Sundays"
    assert "date_source: file" in made.text
    assert isinstance(tagwire.convert(b"\x00\x01\x02" * 99, "x.txt", modified=NOW), tagwire.Refused)


def test_a_feed_is_judged_offline() -> None:
    """Codes are those of the handbook."""
    problems = tagwire.judge(b"<rss version='2.0'><channel><title>T</title></channel></rss>")
    assert {problem.path for problem in problems} == {"feed.xml"}
    assert all(problem.code.islower() for problem in problems)


def test_importing_loads_nothing() -> None:
    """Those who import the package pay for what they use."""
    script = "import sys, tagwire; print(sorted(name for name in sys.modules if name.startswith('tagwire')))"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "['tagwire']"


def test_all_that_is_public_is_there_and_nothing_else_is() -> None:
    """A name that is missing is told as Python tells it."""
    assert all(hasattr(tagwire, name) for name in tagwire.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tagwire.nothing


def test_what_the_handbook_says_runs(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block of its page, in a folder with a site and a text."""
    made = site("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nText.\n")
    text = "Ferry to run on Sundays\n\nThe ferry to Skarv will run on Sundays from May, the harbour office said.\n"
    (made.root.parent / "ferry.txt").write_text(text)
    monkeypatch.chdir(made.root.parent)
    page = Path(__file__).parent.parent / "content/pages/handbook/from-python.md"
    said = ""
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        ran = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, check=True)
        said += ran.stdout
    assert "files written" in said
    assert "title: Ferry to run on Sundays" in said
    assert re.search(r"^error \S+ \S", said, re.MULTILINE)
