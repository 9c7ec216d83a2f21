"""Which paths an output has already, so that a page that leads on takes nobody's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import names

if TYPE_CHECKING:
    from collections.abc import Iterable


class Taken:
    """Paths that have an output, as the least able file systems tell them apart."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self._add(path)

    def _add(self, path: str) -> None:
        folded = names.folded(path)
        self._files.add(folded)
        self._folders.update(_above(folded))

    def take(self, address: str) -> bool:
        """Whether a page can stand at `address`; if so, it is taken from then on."""
        path = names.output_path(address)
        folded = names.folded(path)
        if folded in self._files or folded in self._folders or not self._files.isdisjoint(_above(folded)):
            return False
        self._add(path)
        return True


def _above(path: str) -> list[str]:
    return [path[:at] for at, character in enumerate(path) if character == "/"]
