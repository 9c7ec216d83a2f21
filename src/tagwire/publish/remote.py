"""Any place that rclone knows: S3, SFTP, WebDAV, and some seventy more (https://rclone.org/).

What a record at the target says is believed only where name and size agree with what lies there. Before anything is
changed, the record says of all that will be that it isn't sure: whatever happens, the next publish ends right.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from tagwire import hosts
from tagwire.publish import program
from tagwire.publish.changes import RECORD, UNSURE, meanwhile, read, spelt
from tagwire.publish.target import foreign, raced, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.publish.changes import Changes
    from tagwire.publish.target import Place, Site

_PATIENCE = ("--contimeout=15s", "--timeout=60s", "--retries=3", "--low-level-retries=3", "--retries-sleep=1s")
_PART = ".tagwire-part"
"""Ends the name of a file under way, where the server can rename it once it is whole. rclone allows 16 characters."""
_NO_FOLDER = 3
"""rclone's exit code for a folder that isn't there: https://rclone.org/docs/#exit-code"""


class Remote:
    """`rclone:REMOTE:PATH`."""

    def __init__(self, to: str, place: Place, *, typed: bool) -> None:
        """`typed`: type and cache time are properties of each file there (S3)."""
        self.name, self.place, self.typed = to, place, typed
        self.remote = to.removeprefix("rclone:")
        self.seen = b""
        """The record as it was when we looked."""
        self.rclone = program.find("rclone", "run: pip install 'tagwire[remote]'")

    def before(self, site: Site) -> dict[str, str]:
        """As recorded, where what lies there agrees; and parts of files that an upload left behind as it died."""
        there = self._listing()
        parts = {path: UNSURE for path in there if path.endswith(_PART)}
        return parts | self._before(site, there)

    def _before(self, site: Site, there: dict[str, int]) -> dict[str, str]:
        if RECORD not in there:
            stranger = min((path for path in there if path in site.files), default="")
            if stranger and not self.place.adopt:
                raise foreign(self.name, f"`{stranger}`")
            return dict.fromkeys(there.keys() & site.files.keys(), UNSURE)
        self.seen = self.read(RECORD)
        record = read(self.seen)
        sizes = {path: (site.folder / path).stat().st_size for path in site.files.keys() & record.keys()}
        known = {path: digest for path, digest in record.items() if path in there}
        return {p: digest if sizes.get(p, there[p]) == there[p] else UNSURE for p, digest in known.items()}

    def _listing(self) -> dict[str, int]:
        """Path to size of every file there."""
        try:
            data = self._run("lsjson", "-R", "--files-only", "--no-modtime", "--no-mimetype", self.remote)
        except program.Failed as failed:
            if failed.code == _NO_FOLDER:
                return {}
            raise self._refused(failed) from failed
        return {each["Path"]: each["Size"] for each in json.loads(data or b"[]")}

    def read(self, path: str) -> bytes:
        """As it lies there."""
        try:
            return self._run("cat", self._path(path))
        except program.Failed as failed:
            raise self._refused(failed) from failed

    def _path(self, name: str) -> str:
        return f"{self.remote.rstrip('/')}{'' if self.remote.endswith(':') else '/'}{name}"

    def apply(self, site: Site, before: dict[str, str], changes: Changes) -> None:
        """New pages and files, then changed ones, then feeds, then what goes; the record around it.

        It bears our mark meanwhile: if there is another one at the end, two have published at once from two machines.
        Then nobody knows whose files lie there, and the record says so.
        """
        if self.seen and self.read(RECORD) != self.seen:
            raise raced(self.name)
        mark, unsure = uuid.uuid4().hex, meanwhile(before, site.files, changes)
        try:
            self._record(unsure, mark)
            for part in (changes.new, changes.changed, changes.feeds):
                self._send(site, part)
            if changes.gone:
                self._run("delete", "--files-from-raw", self._list(changes.gone), self.remote)
            found = self._run("cat", self._path(RECORD))
            if found != spelt(unsure, mark):
                touched = {path: UNSURE for path, digest in unsure.items() if digest == UNSURE}
                self._record(read(found) | touched, mark)
                raise raced(self.name)
            self._record(site.files)
        except program.Failed as failed:
            raise self._refused(failed) from failed

    def _send(self, site: Site, paths: Iterable[str]) -> None:
        groups: dict[tuple[str, ...], list[str]] = {}
        for path in paths:
            groups.setdefault(self._headers(path), []).append(path)
        for headers, members in groups.items():
            several = [part for header in headers for part in ("--header-upload", header)]
            options = ("--no-check-dest", "--no-traverse", "--files-from-raw", self._list(members))
            self._run("copy", *options, *several, str(site.folder), self.remote)

    def _headers(self, path: str) -> tuple[str, ...]:
        if not self.typed:
            return ()
        kind = hosts.content_type(path)
        return (f"Cache-Control: {hosts.cache(path)}", *((f"Content-Type: {kind}",) if kind else ()))

    def _record(self, record: dict[str, str], mark: str = "") -> None:
        file = self.place.work / "publish-record"
        file.write_bytes(spelt(record, mark))
        self._run("copyto", "--no-check-dest", str(file), self._path(RECORD))

    def _list(self, paths: Iterable[str]) -> str:
        file = self.place.work / "publish-list"
        file.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        return str(file)

    def rollback(self) -> None:
        """There is only one copy."""
        hint = "check out the earlier state of your site, and publish that"
        raise refused(self.name, "such a target keeps nothing to go back to", hint)

    def _run(self, *arguments: str) -> bytes:
        return program.run(
            [self.rclone, *arguments, *_PATIENCE, f"--partial-suffix={_PART}", "--log-level=ERROR"],
            self.place,
            self.place.root,
        )

    def _refused(self, failed: program.Failed) -> Exception:
        hint = "mend it, then publish again: it goes on from what lies there"
        return refused(self.name, f"rclone says: {failed.said}", hint)
