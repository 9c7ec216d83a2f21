"""A folder: the new site is laid out beside it, and one rename of a link makes it the site.

`www` becomes a link to `.www.tagwire/3`; `2` stays for a rollback. A visitor gets the old site or the new one, never a
mix. Files that others put into it since (a certificate's, say) are carried over.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from tagwire.disk.journal import make_newer, settle
from tagwire.publish import alone
from tagwire.publish.changes import RECORD, UNSURE, read, spelt
from tagwire.publish.target import foreign, raced, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagwire.publish.changes import Changes
    from tagwire.publish.target import Place, Site


class Folder:
    """A folder that a web server serves."""

    def __init__(self, path: Path, place: Place) -> None:
        """`path` is absolute, its last part not resolved: it is the link."""
        self.path, self.name, self.place = path, str(path), place
        self.releases = path.parent / f".{path.name}.tagwire"
        self.seen: Path | None = None
        """Where the link led when we looked."""

    def _current(self) -> Path | None:
        """The folder that the link leads to; None where nothing was published yet."""
        if not self.path.is_symlink():
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                what = "something" if self.path.is_dir() else "a file"
                raise foreign(self.name, what)
            return None
        target = self.path.parent / self.path.readlink()
        if target.parent != self.releases:
            raise foreign(self.name, f"a link to {self.path.readlink()}")
        return target if target.is_dir() else None

    def before(self, site: Site) -> dict[str, str]:
        """As recorded, without what is missing, and unsure of what has another size."""
        self.seen = current = self._current()
        if current is None or not (current / RECORD).is_file():
            return {}
        record = read((current / RECORD).read_bytes())
        found = ((path, _sure(current, site, path, digest)) for path, digest in record.items())
        return {path: digest for path, digest in found if digest}

    def read(self, path: str) -> bytes:
        """As it lies there."""
        return (self.path / path).read_bytes()

    def apply(self, site: Site, before: dict[str, str], changes: Changes) -> None:
        """Lays out the whole site; files that are unchanged are the same file under two names."""
        self.releases.mkdir(parents=True, exist_ok=True)
        try:
            with alone.held(self.releases / "lock"):
                current = self._current()
                if current != self.seen:
                    raise raced(self.name)
                self._lay_out(site, before, changes, current)
        except BlockingIOError as error:
            raise raced(self.name) from error

    def _lay_out(self, site: Site, before: dict[str, str], changes: Changes, current: Path | None) -> None:
        number = int(current.name) if current else 0
        for name in self._numbers():
            if name > number:
                shutil.rmtree(self.releases / str(name))  # laid out by a publish that died, or rolled back
        fresh = self.releases / str(number + 1)
        fresh.mkdir()
        send = set(changes.sent)
        for path in site.files:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            if current and path in before and path not in send:
                _link(current / path, fresh / path)
            else:
                shutil.copy2(site.folder / path, fresh / path)
                if current:
                    make_newer(fresh / path, current / path)
        if current:
            self._carry_over(current, fresh, site)
        (fresh / RECORD).write_bytes(spelt(site.files))
        self._sync(fresh, changes)
        self._switch(fresh.name)
        for name in self._numbers():
            if name < number:
                shutil.rmtree(self.releases / str(name))

    def _numbers(self) -> list[int]:
        return sorted(int(each.name) for each in self.releases.iterdir() if each.name.isdecimal())

    def _carry_over(self, current: Path, fresh: Path, site: Site) -> None:
        """What others put into the folder."""
        ours = read((current / RECORD).read_bytes()) if (current / RECORD).is_file() else {}
        for path in _below(current):
            if path not in ours and path != RECORD and path not in site.files and not os.path.lexists(fresh / path):
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                _link(current / path, fresh / path)

    def _sync(self, fresh: Path, changes: Changes) -> None:
        """On the disk before the link leads to it: a power cut finds the old site or the new one."""
        for number, path in enumerate(changes.sent):
            self.place.told("sending", number, len(changes.sent))
            settle(fresh / path)
        settle(fresh / RECORD)
        settle(self.releases)

    def _switch(self, name: str) -> None:
        beside = self.path.with_name(f".{self.path.name}.tagwire-new")
        beside.unlink(missing_ok=True)
        try:
            beside.symlink_to(f"{self.releases.name}/{name}", target_is_directory=True)
            if self.path.is_dir() and not self.path.is_symlink():
                self.path.rmdir()  # an empty one
            beside.replace(self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            hint = "a folder needs a file system with links; else publish by rclone: `rclone::local:PATH`"
            raise refused(self.name, f"can't be made a link: {error.strerror}", hint) from error
        settle(self.path.parent)

    def rollback(self) -> None:
        """The folder before; a second time there is none left."""
        current = self._current()
        older = [name for name in self._numbers() if name < int(current.name)] if current else []
        if not older:
            raise refused(self.name, "there is nothing before this to go back to", "publish again instead")
        self._switch(str(older[-1]))


def _sure(current: Path, site: Site, path: str, digest: str) -> str:
    """The digest, if the file has the size of the one that is published; empty if it isn't there."""
    try:
        size = (current / path).lstat().st_size
        return digest if path not in site.files or size == (site.folder / path).stat().st_size else UNSURE
    except OSError:
        return ""


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without links of this kind
        shutil.copy2(source, target, follow_symlinks=False)


def _below(folder: Path) -> Iterator[str]:
    for base, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]  # noqa: PTH114, PTH118 - thousands
        yield from (os.path.relpath(os.path.join(base, name), folder) for name in sorted([*names, *links]))  # noqa: PTH118
