"""What is to be sent, and in which order: from what lies there and what should, by digest. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tagwire.hosts import twins

RECORD = ".tagwire-published"
"""Lies at the target: the files there that are ours, with digests. What is being changed has `UNSURE` for one."""
UNSURE = "-"

_FEEDS = (".xml", ".json", ".opml")


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths, each part sorted. In this order no reader meets a link to what isn't there yet, or is gone already."""

    new: tuple[str, ...]
    """Pages and files that were not there."""
    changed: tuple[str, ...]
    """Pages and files that were: lists among them, which lead to the new ones."""
    feeds: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.new or self.changed or self.feeds or self.gone)

    @property
    def sent(self) -> tuple[str, ...]:
        """All that is written, in order."""
        return (*self.new, *self.changed, *self.feeds)


def between(before: dict[str, str], wanted: dict[str, str]) -> Changes:
    """What makes of the one the other; both are path to digest."""
    send = sorted(path for path, digest in wanted.items() if before.get(path) != digest)
    pages = [path for path in send if not is_feed(path)]
    return Changes(
        new=tuple(path for path in pages if path not in before),
        changed=tuple(path for path in pages if path in before),
        feeds=tuple(path for path in send if is_feed(path)),
        gone=tuple(sorted(before.keys() - wanted.keys())),
        unchanged=len(wanted) - len(send),
    )


def is_feed(path: str) -> bool:
    """Whether readers or crawlers are led on by the file: feeds, their lists, site maps, and twins of these."""
    return twins.original(path).endswith(_FEEDS)


def meanwhile(before: dict[str, str], wanted: dict[str, str], changes: Changes) -> dict[str, str]:
    """What is known of the target while it is being changed: a publish that dies leaves this behind."""
    touched = {*changes.sent, *changes.gone}
    return {path: UNSURE if path in touched else digest for path, digest in {**before, **wanted}.items()}


def spelt(record: dict[str, str], mark: str = "") -> bytes:
    """As it lies there; `mark` tells one publish that is under way from another."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(record.items()))
    return "".join((f"# {mark}\n" if mark else "", *lines)).encode()


def read(data: bytes) -> dict[str, str]:
    """What was spelt; what isn't a line of ours is left out."""
    pairs = (line.partition("  ") for line in data.decode(errors="replace").split("\n"))
    return {path: digest for digest, gap, path in pairs if gap and _inside(path)}


def _inside(path: str) -> bool:
    return all(part not in {"", ".", ".."} for part in path.split("/")) and all(c >= " " for c in path)
