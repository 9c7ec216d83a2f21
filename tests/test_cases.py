"""Golden cases: a whole site in one string, and all that an owner is told about it.

A case is a file in cases/: the site as in conftest, then `-- $ tagwire build --` and the transcript. Its first lines,
before any part, say what it is about. `--update` writes the transcript anew.

In a part's text `{{0xE9}}` is a byte. A part `-- $ link PATH -> TARGET --` is a link, `-- $ folder PATH --` a
folder.
A case that ends in an error is built over a good site first: `site/` must stay as it was.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest

from conftest import pytest_configure
from tagwire.disk import stamps

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
COMMAND = "-- $ tagwire build --\n"
GOOD = """
-- content/articles/good.md --
---
title: Good
published: 2025-01-01
---
A good one.
"""

_SPECIAL = re.compile(r"^-- \$ (?:link (?P<link>\S+) -> (?P<target>\S+)|folder (?P<folder>\S+)) --\n", re.MULTILINE)
_COUNT = re.compile(r"\d+ (?=written|removed|unchanged)")
"""How many files a build writes is no matter of these cases."""
_BYTE = re.compile(r"\{\{0x([0-9A-F]{2})\}\}")


def lay(site: Site, text: str) -> None:
    """Makes what the site of a case consists of."""
    for special in _SPECIAL.finditer(text):
        path = site.root / (special["link"] or special["folder"])
        path.parent.mkdir(parents=True, exist_ok=True)
        if special["link"]:
            path.symlink_to(special["target"])
        else:
            path.mkdir()
    site.write(_SPECIAL.sub("", text))
    for base, _, names in os.walk(site.root / "content"):
        for file in (Path(base, name) for name in names if Path(base, name).is_file()):
            if _BYTE.search(file.read_text("utf-8")):
                pieces = _BYTE.split(file.read_text("utf-8"))
                given = [bytes.fromhex(p) if at % 2 else p.encode() for at, p in enumerate(pieces)]
                file.write_bytes(b"".join(given))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, site: Callable[[str], Site], request: pytest.FixtureRequest) -> None:
    """What the owner is told is what the case says; after an error `site/` is byte for byte as it was."""
    text = case.read_text("utf-8")
    laid, _, expected = text.partition(COMMAND)
    made = site(GOOD)
    made.build()
    before = made.outputs()
    shutil.rmtree(made.root / "content")
    lay(made, laid[laid.index("-- ") :])
    run = made.run("build")
    transcript = _COUNT.sub("N ", f"{run.out}{run.err}exit {run.code}\n")
    if request.config.getoption("--update"):
        case.write_text(f"{laid}{COMMAND}{transcript}", "utf-8")
    assert run.code == 0 or made.outputs() == before
    assert expected == transcript


def test_a_site_without_articles_is_a_site(site: Callable[[str], Site]) -> None:
    """The home page says something, and the feeds are valid and empty."""
    made = site("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n")
    made.build()
    feeds = [feedparser.parse(made.read(f"site/{name}").encode()) for name in ("atom.xml", "rss.xml")]
    assert [(bool(f.bozo), f.feed.title, len(f.entries)) for f in feeds] == [(False, "The Example", 0)] * 2
    home = re.sub(r"<[^>]*>", " ", made.read("site/index.html").partition("<main")[2])
    assert len(home.split()) > 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; the next test says the same with a patch")
def test_an_unreadable_file(site: Callable[[str], Site]) -> None:
    """A file without permissions is a problem of that file."""
    made = site(GOOD)
    (made.root / "content/articles/good.md").chmod(0)
    run = made.run("build")
    assert (run.code, UNREADABLE in run.err) == (1, True)


UNREADABLE = """\
content/articles/good.md: error[unreadable]: the file may not be read
  help: mend its permissions, or move it away
"""


def test_an_unreadable_file_by_patch(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where the system refuses only when the file is read."""

    def refuse(_: stamps.Stamps, path: Path, *_rest: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    made = site(GOOD)
    made.build()
    before = made.outputs()
    monkeypatch.setattr(stamps.Stamps, "digest", refuse)
    run = made.run("build")
    assert (run.code, UNREADABLE in run.err) == (1, True), run.err
    assert made.outputs() == before


def test_update_is_refused_by_ci(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine doesn't decide what is right."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(pytestconfig.option, "update", True)
    with pytest.raises(pytest.UsageError, match="not by CI"):
        pytest_configure(pytestconfig)


def test_every_error_has_a_help() -> None:
    """No owner is left with a complaint alone; the exceptions are those that other rooms still owe."""
    owed = {"template-error", "source-empty"}
    helpless = set()
    for case in CASES:
        for block in case.read_text("utf-8").partition(COMMAND)[2].split("\n\n"):
            code = re.search(r": (?:error|warning)\[([a-z-]+)\]: ", block)
            if code and "\n  help: " not in block:
                helpless.add(code[1])
    assert helpless <= owed
