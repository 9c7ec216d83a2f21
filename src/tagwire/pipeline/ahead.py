"""What somebody looks at is made before all the rest, and what somebody waits for is made next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagwire.disk.sync import Target
    from tagwire.plan import Item


class Audience(Protocol):
    """Those who look at a site while it is built; paths are those of its outputs."""

    def wishes(self) -> frozenset[str]:
        """What somebody looks at, or waits for."""

    def show(self, pages: Mapping[str, bytes], unseen: Iterable[tuple[str, str]]) -> None:
        """These will be in the result, of which `unseen` tells what readers wouldn't see yet. The rest is old still."""

    def stays(self, paths: frozenset[str]) -> None:
        """These are in the folder as they will be."""

    def waiting(self) -> list[str]:
        """What somebody waits for and was not given."""

    def give(self, path: str, data: bytes) -> None:
        """This will be in the result."""


def in_order(items: Sequence[Item], target: Target, audience: Audience | None) -> Iterator[Item]:
    """Each of the items once, for somebody who brings it to `target`: first those that somebody waits for."""
    if not audience:
        yield from items
        return
    left = {item.path: item for item in items}
    for item in items:
        while wanted := _wanted(left, target, audience):
            yield left.pop(wanted)
        if left.pop(item.path, None):
            yield item
    _wanted(left, target, audience)


def _wanted(left: Mapping[str, Item], target: Target, audience: Audience) -> str:
    """What somebody waits for and isn't made, or an empty string; what is made is given."""
    for path in audience.waiting():
        if path in left:
            return path
        if path in target.wanted:
            audience.give(path, target.data(path))
    return ""
