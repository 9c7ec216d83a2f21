"""Runs the program over and over in forks of one process, each with a fault at one of the calls that write.

Started as a program of its own, since only a process without threads may fork. A line of JSON comes in:
`{"arguments": [...], "root": "...", "fault": "none" | "full" | "refused" | "killed" | "moment", "at": N}`; a line goes
out: `{"code": exit code, "points": calls that write below root, "err": standard error}`. The N-th such call (from 1)
does not happen: the disk is full, permission is denied, or the process is gone as with kill -9. At a `moment` it is
kill -9 itself, N seconds after the beginning, unless the process has ended.

The calls are seen by an audit hook (PEP 578), so none can be forgotten, whichever module makes it.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import select
import signal
import sys
import traceback

_OPENS = {"open"}
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.utime",
            "os.chmod", "os.setxattr"}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_KILLED = 137


class Faults:
    """Counts the calls that write below a folder, and breaks one of them."""

    def __init__(self, root: str, fault: str, at: int) -> None:
        self.root, self.fault, self.at = root, fault, at
        self.points = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The audit hook."""
        if event not in _OPENS and event not in _CHANGES:
            return
        path, flags = arguments[0], arguments[2] if event in _OPENS else _WRITING
        if not isinstance(path, (str, bytes)) or not isinstance(flags, int) or not flags & _WRITING:
            return
        if not os.fsdecode(path).startswith(self.root):
            return
        self.points += 1
        if self.points != self.at or self.fault in {"none", "moment"}:
            return
        if self.fault == "killed":
            os._exit(_KILLED)
        number = errno.ENOSPC if self.fault == "full" else errno.EACCES
        raise OSError(number, os.strerror(number), os.fsdecode(path))


def one(order: dict[str, object]) -> dict[str, object]:
    """Carries out an order in this process."""
    from tagwire.cli import tagwire  # noqa: PLC0415 - loaded before the first fork, see `main`

    faults = Faults(str(order["root"]), str(order["fault"]), int(float(str(order["at"]))))
    arguments = order["arguments"]
    assert isinstance(arguments, list)
    err = io.StringIO()
    code = 0
    sys.addaudithook(faults)
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
        try:
            tagwire(args=arguments, prog_name="tagwire")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: BLE001 - a traceback is what the test looks for
            err.write(traceback.format_exc())
            code = 70
    faults.at = 0
    return {"code": code, "points": faults.points, "err": err.getvalue()}


def main() -> None:
    """Answers orders until the input ends."""
    from tagwire import feeds, pipeline, theme  # noqa: PLC0415, F401 - forks have them loaded
    from tagwire.pipeline import write  # noqa: PLC0415, F401 - as above
    from tagwire.prose import commonmark, limits, links, pythonmarkdown, sanitise  # noqa: PLC0415, F401 - as above

    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, json.dumps(one(order)).encode()[-60_000:])
            os._exit(0)
        os.close(writing)
        answer = b"" if _killed_in_time(order, child, reading) else _read(reading)
        os.close(reading)
        os.waitpid(child, 0)
        killed = json.dumps({"code": _KILLED, "points": 0, "err": ""}).encode()
        sys.stdout.write((answer or killed).decode() + "\n")
        sys.stdout.flush()


def _killed_in_time(order: dict[str, object], child: int, reading: int) -> bool:
    """Kills the child at its moment; whether it was still at work. Copies that it has made live on, as they would."""
    if order["fault"] != "moment" or select.select([reading], [], [], float(str(order["at"])))[0]:
        return False
    os.kill(child, signal.SIGKILL)
    return True


def _read(pipe: int) -> bytes:
    return b"".join(iter(lambda: os.read(pipe, 1 << 16), b""))


if __name__ == "__main__":
    main()
