"""Runs the program with something that stops it; see `faulty.py`, which does it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from conftest import NOW, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = bool(os.environ.get("TAGWIRE_LONG"))
"""Every point, and a thousand kills, instead of a sample of each. For people, by hand: it takes hours."""
LANE, LANES = (int(part) for part in os.environ.get("TAGWIRE_LANE", "1/1").split("/"))
"""Which part of a long run this is: `2/3` takes every third point, from the second on."""
KILLED = 137
"""Exit code of what was killed."""


def chosen(points: int, few: int, seed: str) -> list[int]:
    """The points at which a fault is tried: all of this lane in a long run, else a sample, the same each time."""
    everywhere = range(1, points + 1)
    return list(everywhere[LANE - 1 :: LANES]) if LONG else sorted(random.Random(seed).sample(everywhere, few))  # noqa: S311


class Runner(Protocol):
    """Runs a command for a site; gives its exit code, the number of calls that wrote, and its standard error."""

    def __call__(self, made: Site, *command: str, fault: str = "none", at: float = 0) -> dict[str, Any]:
        """With a fault or without one."""


@contextlib.contextmanager
def forks() -> Iterator[Runner]:
    """A process that runs commands in forks of itself."""
    program = [sys.executable, str(Path(__file__).with_name("faulty.py"))]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(made: Site, *command: str, fault: str = "none", at: float = 0) -> dict[str, Any]:
            command = command or ("build", "--jobs", "1")
            clock = ("--now", NOW) if command[0] == "build" else ()
            order = {"arguments": ["-C", str(made.root), *command, *clock], "fault": fault, "at": at}
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps({**order, "root": str(made.root.parent)}) + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer

        yield run
        process.stdin.close() if process.stdin else None
