"""What keeps the tests themselves from hanging."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
_HANGS = """
import subprocess, sys, conftest, servers
conftest._LIMIT = 1

def test_it():
    with servers.child([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        process.wait()

def test_the_next():
    pass
"""
_IGNORED = (
    "import signal, sys, pytest; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.exit(pytest.main(sys.argv[1:]))"
)


def _tests(folder: Path, *arguments: str, ignored: bool = False) -> str:
    start = ["-c", _IGNORED] if ignored else ["-m", "pytest"]
    plain = "-q -p no:cacheprovider -p no:randomly".split()
    command = [sys.executable, *start, *plain, f"--basetemp={folder}", *arguments]
    return subprocess.run(command, cwd=_TESTS, capture_output=True, text=True, check=False, timeout=120).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGALRM")
def test_a_test_that_hangs_fails_by_its_name_and_the_next_runs(tmp_path: Path) -> None:
    """Once such a run stood at 93 % for good, and told no name."""
    (tmp_path / "test_hangs.py").write_text(_HANGS, encoding="utf-8")
    settings = f"--confcutdir={_TESTS}", f"--config-file={_TESTS.parent / 'pyproject.toml'}", "-pconftest"
    said = _tests(tmp_path / "t", *settings, str(tmp_path / "test_hangs.py"))
    assert "test_it has taken 1 s" in said
    assert "1 failed, 1 passed" in said


@pytest.mark.skipif(sys.platform == "win32", reason="shells do that elsewhere")
def test_the_tests_of_ctrl_c_hold_where_it_is_ignored(tmp_path: Path) -> None:
    """As in a run that a shell started with `&`."""
    assert "2 passed" in _tests(tmp_path / "t", "test_serve.py::test_ctrl_c_ends_it", ignored=True)
