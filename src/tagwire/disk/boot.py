"""Which run of the machine this is. What `stat` says of a file is believed within one run only.

A power cut can leave a file with its size and its times, and without its bytes: they had not reached the disk. Forcing
each page there (fsync) would cost every build; reading them all once, after the machine was started anew, costs little.
"""

from __future__ import annotations

_LINUX = "/proc/sys/kernel/random/boot_id"


def name() -> str:
    """The kernel's own name for it (proc_sys_kernel(5)); empty where there is none."""
    try:
        with open(_LINUX, encoding="ascii") as file:  # noqa: PTH123 - pathlib costs 10 ms
            return file.read().strip()
    except OSError:
        return ""
