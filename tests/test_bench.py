"""The measurements' own programs: they run as the documents say, and tools get the same articles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"


def run(script: str, *options: str) -> str:
    """What a program of bench/ prints."""
    command = [sys.executable, str(BENCH / script), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_comparison_measures_counts_and_goes_on(tmp_path: Path) -> None:
    """Each step once; what was measured isn't measured again."""
    options = ("--articles", "30", "--runs", "1", "--tools", "tagwire", "--work", str(tmp_path))
    told = run("compare.py", *options)
    assert {"| seconds |", "| CPU seconds |", "| MB in sum |"} <= {
        line[: line.find("|", 2) + 1] for line in told.split("\n")
    }
    kept = (tmp_path / "results-30.json").read_text()
    found = json.loads(kept)["tagwire"]
    assert {"cold", "unchanged", "body", "title", "tag", "added", "theme"} <= set(found)
    assert found["counts cold"]["articles"] == 30
    assert found["counts added"]["articles"] == 31
    assert found["counts cold"]["feeds"] % 2 == 0
    assert "| tagwire |" in run("compare.py", *options)
    assert (tmp_path / "results-30.json").read_text() == kept


def refused(*options: str, path: str = "") -> str:
    """What `compare.py` says when it can't begin."""
    command = [sys.executable, str(BENCH / "compare.py"), *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": path}, timeout=60)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_what_a_comparison_lacks_is_said_before_anything_is_measured(tmp_path: Path) -> None:
    """With the command that goes without it."""
    work = ("--work", str(tmp_path))
    assert "hugoo isn't known; there are tagwire, " in refused("--tools", "hugoo", *work)
    assert "warm isn't known; there are cold, " in refused("--steps", "cold,warm", *work)
    assert "at least 10 articles" in refused("--articles", "3", *work)
    told = refused("--tools", "tagwire,eleventy,blogmore", *work, path=str(tmp_path))
    assert "eleventy needs node and npm\n" in told
    assert told.endswith("\nWithout: --tools tagwire\n") or "--tools tagwire,blogmore\n" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_what_other_code_has_measured_does_not_count(tmp_path: Path) -> None:
    """A table shows one version of each tool."""
    options = ("--articles", "10", "--runs", "1", "--tools", "tagwire", "--steps", "cold", "--work", str(tmp_path))
    run("compare.py", *options)
    kept = tmp_path / "results-10.json"
    found = json.loads(kept.read_text())
    found["tagwire"] |= {"version": "0.0.1 (00000000)", "cold": {"0": found["tagwire"]["cold"]["0"] | {"wall": 99.0}}}
    kept.write_text(json.dumps(found))
    assert "99.00" in run("compare.py", *options, "--table")
    assert "99.00" not in run("compare.py", *options)


def test_the_corpus_is_the_same_everywhere() -> None:
    """Figures of two machines are about the same articles."""
    code = "import corpus, hashlib; print(hashlib.sha256(repr(corpus.articles(40)).encode()).hexdigest()[:12])"
    made = {
        subprocess.run([sys.executable, "-c", code], cwd=BENCH, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(made) == 1


def test_every_room_is_timed() -> None:
    """One line each."""
    rooms = ("article", "prose", "plan", "theme", "feeds", "config", "hosts", "images", "feedread", "memo", "disk")
    lines = run("rooms.py", "--articles", "40", "--runs", "1", *rooms).splitlines()
    assert len(lines) >= 14
    assert [room for room in rooms if not any(line.startswith(room) for line in lines)] == []
    assert all(" ms  x " in line for line in lines)
