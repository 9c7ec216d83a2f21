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
