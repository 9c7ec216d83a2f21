"""Another program that does a part of the work: found, run, and its complaint told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from tagwire.publish.target import Place


_BETWEEN = 0.1
"""Seconds from one sign of life to the next."""


class Failed(Exception):
    """It ended with another code than 0; `said` is the last of `lines`, its complaint."""

    def __init__(self, code: int, lines: list[str]) -> None:
        self.code, self.lines = code, lines
        self.said = lines[-1] if lines else f"it ended with code {code}"
        super().__init__(self.said)


def find(name: str, hint: str) -> str:
    """Its path: beside Python, where an extra puts it, or anywhere on PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        raise Stopped([Problem("-", 0, 0, "extra-missing", f"the program `{name}` is not installed", hint)])
    return found


def run(
    command: list[str], place: Place, folder: Path, data: bytes = b"", environment: dict[str, str] | None = None
) -> bytes:
    """What it prints. It holds our lock as long as it lives, even if we are killed, and never asks anybody.

    Raises:
        Failed: with what it said.
    """
    # A file and no pipe: `communicate`, asked again after its time is up, sends nothing more of what it was given.
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            pass_fds=(place.lock,) if place.lock >= 0 else (),
            env={**os.environ, **(environment or {})},
        ) as process:
            said, complaint = _waited(process, place, Path(command[0]).name)
    if process.returncode:
        raise Failed(process.returncode, complaint.decode(errors="replace").strip().splitlines())
    return said


def _waited(process: subprocess.Popen[bytes], place: Place, name: str) -> tuple[bytes, bytes]:
    """What it says until it ends. Whoever waits is told meanwhile; whoever interrupts us ends it too."""
    try:
        while True:
            try:
                return process.communicate(timeout=_BETWEEN)
            except subprocess.TimeoutExpired:
                place.told(f"waiting for {name}", 0, 0)
    except BaseException:
        process.kill()
        raise
