"""Compressed twins beside what is built: outputs like all others, in the manifest, gone when their originals go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.disk.stamps import digest
from tagwire.hosts import twins
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire import memo
    from tagwire.disk.sync import Target
    from tagwire.model import Config


def missing(config: Config) -> tuple[Problem, ...]:
    """What is asked for and can't be made here. The site is whole without it, so it is a warning."""
    if not any(twins.lacks(kind) for kind in config.precompress):
        return ()
    message = "`precompress` asks for `br`, and brotli is not installed: no `.br` files are made"
    hint = "run: pip install 'tagwire[brotli]'"
    return (Problem(config.source, 0, 0, "extra-missing", message, hint, severity="warning"),)


def add(config: Config, memory: memo.Memo, target: Target) -> None:
    """Stages the twins of all that `target` is to hold; an owner's own file of such a name stays as it is."""
    originals = [(path, name) for path, name in target.wanted.items() if twins.is_text(path)]
    for kind in config.precompress:
        if not twins.lacks(kind):
            _add(kind, originals, memory, target)


def _add(kind: str, originals: list[tuple[str, str]], memory: memo.Memo, target: Target) -> None:
    """What is remembered is a twin's digest: packing again what was deleted is cheaper than keeping it twice."""
    packer, ending = twins.packer(kind), twins.ENDINGS[kind]
    for path, name in originals:
        twin = f"{path}{ending}"
        if twin in target.wanted:
            continue
        key = memory.key("twin", [kind, packer, name])
        known = memory.recall(key)
        if known is not None and (not known or target.has(twin, known.decode())):
            continue
        data = twins.packed(kind, target.data(path))
        memory.keep(key, digest(data).encode() if data else b"")
        if data:
            target.put(twin, data)
