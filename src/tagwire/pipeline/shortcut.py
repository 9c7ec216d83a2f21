"""A whole build is a pure step too: with the same inputs, between two due instants, there is nothing to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire import memo
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.disk.places import Inputs
    from tagwire.model import Clock, Config


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier build of the same inputs came to."""

    passed: dt.datetime | None
    coming: dt.datetime | None
    """Nothing becomes due or expires from `passed` until before `coming`."""
    manifest: str
    """Digest of the manifest that it left."""
    problems: tuple[Problem, ...]


def key(inputs: Inputs, config: Config, clock: Clock, memory: memo.Memo) -> bytes:
    """The name of a build: everything that it may depend on, but the time."""
    files = [*inputs.content, *inputs.assets, *inputs.templates, *inputs.sources, *inputs.ledger]
    parts = [[file.path, file.digest] for file in files]
    return memory.key("build", [parts, config, clock.drafts, clock.future])


def recall(name: bytes, clock: Clock, memory: memo.Memo) -> Known | None:
    """What a build of this name came to, if that still holds at this hour."""
    data = memory.recall(name)
    if data is None:
        return None
    known: Known = memo.restore(data, (Known, Problem))
    begun = known.passed is None or known.passed <= clock.now
    return known if begun and (known.coming is None or clock.now < known.coming) else None


def remember(name: bytes, known: Known, memory: memo.Memo) -> None:
    """Keeps what this build came to."""
    memory.keep(name, memo.canonical(known))
