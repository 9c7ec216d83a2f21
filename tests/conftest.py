"""A whole site in one string, and what building it gave."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from click.testing import CliRunner

from tagwire.cli import tagwire

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

NOW = "2026-11-01T00:00:00Z"
"""The clock of every test build that names no other."""

hypothesis.settings.register_profile(
    "ci",
    deadline=None,  # a busy machine is no bug
    max_examples=100,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("ci")

_PART = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites what golden cases expect."""
    parser.addoption("--update", action="store_true", help="Rewrite what the cases in tests/cases/ expect.")


def pytest_configure(config: pytest.Config) -> None:
    """A machine must not decide what is right."""
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update: expectations are rewritten by people, not by CI")
    # A shell that starts the tests with `&` has Ctrl-C ignored, and programs inherit that from each other.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_LONG = ("LONG", "COMPLETE", "CORPUS", "EDITS", "FUZZ", "KILLS", "REBUILDS")
_LIMIT = 0 if any(f"TAGWIRE_{name}" in os.environ for name in _LONG) or not hasattr(signal, "SIGALRM") else 600
"""Seconds after which a test has hung, on a machine however busy; the long counts have no limit."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that waits for ever fails by its name, instead of stopping all others."""

    def hung(*_: object) -> None:
        raise TimeoutError(f"{item.nodeid} has taken {_LIMIT} s")

    if _LIMIT:
        signal.signal(signal.SIGALRM, hung)
        signal.setitimer(signal.ITIMER_REAL, _LIMIT, 10)  # again: what cleans up may wait for ever too
    try:
        return (yield)
    finally:
        if _LIMIT:
            signal.setitimer(signal.ITIMER_REAL, 0)


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Site:
    """A site in a temporary folder."""

    root: Path

    def write(self, text: str) -> None:
        """Writes files given as `-- path --` lines, each followed by the file's text."""
        parts = _PART.split(text.lstrip("\n"))
        assert not parts[0].strip(), f"text before the first path: {parts[0]!r}"
        for path, content in zip(parts[1::2], parts[2::2], strict=True):
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")

    def run(self, *arguments: str, now: str = NOW) -> Run:
        """Runs the program for this site. A traceback of ours fails the test."""
        clock = ("--now", now) if arguments[0] == "build" and "--now" not in arguments else ()
        result = CliRunner().invoke(tagwire, ["-C", str(self.root), *arguments, *clock], catch_exceptions=False)
        return Run(result.exit_code, result.stdout, result.stderr)

    def build(self, *arguments: str, now: str = NOW) -> Run:
        """Builds, and demands that all is well."""
        run = self.run("build", *arguments, now=now)
        assert run.code == 0, run.err
        return run

    def read(self, path: str) -> str:
        """The text of a file of the site."""
        return (self.root / path).read_text(encoding="utf-8")

    def outputs(self, folder: str = "site") -> dict[str, bytes]:
        """Every file below a folder, by path."""
        top = self.root / folder
        files = (Path(base, name) for base, _, names in os.walk(top) for name in names)
        return {file.relative_to(top).as_posix(): file.read_bytes() for file in files}


SETTINGS = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/"
author = "The editors"
"""


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Site]:
    """Makes a site of a string; it has settings unless the string holds others."""

    def make(text: str) -> Site:
        made = Site(tmp_path / "mysite")
        made.root.mkdir(exist_ok=True)
        if "-- tagwire.toml --" not in text and "-- pyproject.toml --" not in text:
            made.write(SETTINGS)
        made.write(text)
        return made

    return make
