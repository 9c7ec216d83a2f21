"""`tagwire`, and `python -m tagwire`: the door. Where there is nothing to do it is closed again at once.

What a command line needs (click alone takes longer than to look at 10,000 files) is loaded behind it.
"""

from __future__ import annotations

import sys

from tagwire import __version__
from tagwire.disk import settled


def main(arguments: list[str] | None = None) -> None:
    """The program; ends the process."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"tagwire {__version__}\n")
        sys.exit(0)
    seen: list[settled.Survey] = []
    known = settled.recall(given, seen) if "build" in given[:3] else None
    if known:
        sys.stdout.write(known[0])
        sys.stderr.write(known[1])
        sys.exit(0)
    from tagwire import cli  # noqa: PLC0415 - see above

    cli.main(given, seen[0] if seen else None)


if __name__ == "__main__":
    main()
