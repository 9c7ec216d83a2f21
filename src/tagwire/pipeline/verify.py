"""Whether the result is what a build from nothing makes (`--verify`): it is made again elsewhere, and compared."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire import pipeline
from tagwire.disk import loose
from tagwire.pipeline.stages import Stages
from tagwire.plan.cards import INDEX
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.pipeline import Options, Result


def verify(options: Options, result: Result) -> tuple[Problem, ...]:
    """A problem for each file that differs, of those that `result` says are ours.

    Raises:
        Stopped, OSError: as `pipeline.build`.
    """
    with tempfile.TemporaryDirectory(prefix="tagwire-") as folder:
        elsewhere = replace(
            options, out=Path(folder, "site"), work=Path(folder), stages=Stages(), explain=False, seen=None
        )
        clean = pipeline.build(elsewhere)
        return tuple(_differences(options, result, elsewhere.out, clean))


def _differences(options: Options, result: Result, clean: Path, other: Result) -> Iterator[Problem]:
    ours = {path for each in (result, other) if each.left for path in each.left.paths}
    built = sorted(path for path in ours if options.search or not path.startswith(INDEX))  # an older index may stay
    for path in loose.differing(options.out, clean, built):
        shown = f"{pipeline.shown(options)}/{path}"
        if any(problem.path == shown for problem in result.problems):
            continue  # edited by hand and no longer made: it stays, as was told
        hint = "delete .tagwire/ and build again; and please report it, for it is a fault of Tagwire"
        yield Problem(shown, 0, 0, "output-differs", "is not what a build from nothing makes", hint)
