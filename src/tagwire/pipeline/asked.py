"""What may be asked of a build, and what it answers."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from tagwire.pipeline import pool
from tagwire.pipeline.stages import Stages

if TYPE_CHECKING:
    import datetime as dt
    from array import array
    from collections.abc import Callable
    from dataclasses import dataclass
    from pathlib import Path

    from tagwire.disk.settled import Survey
    from tagwire.disk.sync import Tally
    from tagwire.model import Clock
    from tagwire.pipeline.ahead import Audience
    from tagwire.pipeline.convert import Conversion
    from tagwire.problems import Problem
else:
    from tagwire.frozen import dataclass


def _nothing(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked of a build."""

    root: Path
    """Folder of the site, absolute."""
    out: Path
    """Folder of the result, absolute."""
    clock: Clock
    base_url: str = ""
    workers: pool.Workers = field(default_factory=pool.Workers)
    converts: bool = True
    """New sources are converted; else they are errors, since nobody has seen yet what becomes of them."""
    twins: bool = True
    """Compressed twins are made, if the settings ask for them; nobody asks a preview for any."""
    tell: Callable[[str], None] = _nothing
    """Is given a sentence while the build goes on, such as what it waits for."""
    work: Path | None = None
    """Folder in which the memory lies, in `.tagwire/`; that of the site if None."""
    stages: Stages = field(default_factory=Stages)
    explain: bool = False
    search: bool = False
    """The index of the search is made too."""
    seen: Survey | None = None
    """What lay in the site a moment ago: it is not looked at again if nobody else has worked on it since."""
    audience: Audience | None = None
    """Who looks at the result meanwhile."""


def shown(options: Options) -> str:
    """The result's folder as people know it, and the memory: within the site by its way from there, as sites move."""
    inside = options.out.is_relative_to(options.root)
    return options.out.relative_to(options.root).as_posix() if inside else str(options.out)


@dataclass(frozen=True, slots=True)
class Left:
    """What the next build may compare with."""

    paths: list[str]
    marks: array[int]
    """What `stat` says of each path; see `disk.settled`."""
    passed: dt.datetime | None
    coming: dt.datetime | None
    """Nothing becomes due or expires from `passed` until before `coming`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    tally: Tally
    conversions: tuple[Conversion, ...]
    problems: tuple[Problem, ...]
    """Warnings, sorted: with errors there is no result."""
    lasting: tuple[Problem, ...] = ()
    """Those among them that the next build will find too, if nothing changes."""
    reasons: tuple[tuple[str, str], ...] = ()
    """(path, why) of each file written, where that was asked for."""
    left: Left | None = None
    """None where the next build has to look for itself."""
    unseen: tuple[tuple[str, str], ...] = ()
    """(path in the result, `draft` or `future`) of each page that readers wouldn't see yet."""
