"""What every kind of target can do, and what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.publish.changes import Changes


@dataclass(frozen=True, slots=True)
class Site:
    """What is published."""

    folder: Path
    files: dict[str, str]
    """Path to digest of each."""


@dataclass(frozen=True, slots=True)
class Place:
    """From where it is published."""

    root: Path
    """Of the site."""
    work: Path
    """`.tagwire/`, where files for programs may be put."""
    lock: int
    """File descriptor. Programs inherit it, so that one which outlives us keeps others away until it ends."""
    adopt: bool
    """Files of strangers may be written over."""
    told: Callable[[str, int, int], None] = lambda *_: None
    """Is told what is under way: of it so much, of how much; 0 where nobody knows."""


class Target(Protocol):
    """A place that a site is brought to."""

    name: str

    def before(self, site: Site) -> dict[str, str]:
        """Path to digest of what lies there and is ours; raises `Stopped` if the target is a stranger's."""

    def read(self, path: str) -> bytes:
        """A file that `before` has named, as it lies there."""

    def apply(self, site: Site, before: dict[str, str], changes: Changes) -> None:
        """Makes it so; raises `Stopped` if the target refuses. Dying at any moment, the next `apply` ends right."""

    def rollback(self) -> None:
        """Brings back what was there before the last `apply`."""


def refused(target: str, message: str, hint: str) -> Stopped:
    """The target does not take it; the next publish goes on from there."""
    return Stopped([Problem(target, 0, 0, "target-refused", message, hint)])


def raced(target: str) -> Stopped:
    """Somebody else has published there since we looked."""
    return refused(target, "another publish went on here at the same time", "publish again when it has ended")


def foreign(target: str, what: str) -> Stopped:
    """The target holds what somebody else put there."""
    hint = "name another place; to write over such files, add --accept target-foreign"
    return Stopped([Problem(target, 0, 0, "target-foreign", f"{what} lies there, and isn't from Tagwire", hint)])
