"""Any series of edits, by anybody, of anything: the incremental build gives the bytes of a clean one.

`TAGWIRE_EDITS=2500 pytest tests/test_edits.py` is the long run, of 10,000 edits;
a short one belongs to every run of the tests.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from editor import Editor, enter, faults, stood
from tagwire import memo
from tagwire.pipeline import pool, rows, write
from tagwire.plan import archives, files, sheaf, stories

if TYPE_CHECKING:
    from pathlib import Path

EDITS = int(os.environ.get("TAGWIRE_EDITS", "6"))
SAMPLE = 1 if EDITS <= 100 else 5
"""Of so many edits in a row, the site after the last one is compared with a clean build."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done for many is done for a handful: rows, runs of neighbours, archives and copies of the process."""
    for module, names in {
        archives: {"SIZE": 4},
        files: {"_MOST_URLS": 30},
        memo: {"_HELD": 5, "_KEPT_RUNS": 3},
        pool: {"WORTH_FORKING": 2, "_SHARE": 2},
        rows: {"_MEAN": 3, "_LONGEST": 4},
        sheaf: {"_FEW": 1},
        stories: {"_MEAN": 3, "_LONGEST": 4},
        write: {"_RECENT": 2},
    }.items():
        for name, value in names.items():
            monkeypatch.setattr(module, name, value)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_any_series_of_edits_gives_the_bytes_of_a_clean_build(tmp_path: Path, engine: str, jobs: str) -> None:
    """Or the problems of one; and what has the same bytes isn't written."""
    seed = int(os.environ.get("TAGWIRE_SEED", "0")) or random.randrange(10**6)  # noqa: S311 - as above
    editor = Editor(tmp_path / "site", seed, engine)
    told = [f"TAGWIRE_SEED={seed}"]
    for number in range(EDITS):
        told = [*told[:1], *told[-40:], editor.edit()]
        before = stood(editor.root / "site")
        run = enter(editor.root, [*editor.arguments(), "--jobs", jobs])
        if not (number + 1) % SAMPLE:
            assert faults(editor, run, before, tmp_path / "clean") == [], (number, told)
        editor.built(well=run.code == 0)
