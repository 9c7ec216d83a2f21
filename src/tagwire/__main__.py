"""`tagwire`, and `python -m tagwire`: the door. Where there is nothing to do it is closed again at once.

What a command line needs (click alone takes longer than to look at 10,000 files) is loaded behind it.
"""

from __future__ import annotations

import gc
import sys

from tagwire import __version__
from tagwire.disk import settled

_RARELY = (500_000, 20, 50)
"""A build makes hundreds of thousands of values that stay until its end, and Python would look through them all again
and again for what could go: a fifth of the time in which a site of 10,000 articles is laid out."""


def main(arguments: list[str] | None = None) -> None:
    """The program; ends the process."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"tagwire {__version__}\n")
        sys.exit(0)
    seen: list[settled.Survey] = []
    if "build" in given[:3]:
        known = settled.recall(given, seen)
        if known:
            sys.stdout.write(known[0])
            sys.stderr.write(known[1])
            sys.exit(0)
        gc.set_threshold(*_RARELY)
    from tagwire import cli  # noqa: PLC0415 - see above

    cli.main(given, seen[0] if seen else None)


if __name__ == "__main__":
    main()
