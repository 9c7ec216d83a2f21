"""Remembers what pure steps gave, under the hash of everything they were given.

A key is the hash of (step, code, inputs): *code* is this package's own source and its libraries' versions, so two
versions never share a result; *inputs* are frozen values in canonical form. Values are bytes with a checksum.
Deleting the memory costs only time; a locked one is bypassed, a damaged one deleted. It knows no page and no article.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import sqlite3
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tagwire.digests import canonical, digest, name, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Loose", "Memo", "borrowed", "canonical", "code_name", "digest", "name", "opened", "restore"]

_SCHEMA = """
create table if not exists memo (key blob primary key, value blob not null);
create table if not exists seen (key blob primary key, used integer not null, size integer not null) without rowid;
create table if not exists run (number integer not null);
"""
_VERSION = 3
"""Of the schema; a memory of another one is forgotten. Results lie apart from the index of keys: in one tree with them
(`without rowid`) each search would read several, and take three times as long. When a result was used stands apart
from it: beside it, a sweep would write each result of the site again, 1.5 s with 10,000 articles."""
_KEPT_RUNS = 12
"""A result unused for so many builds is swept."""
_LARGEST = 1 << 30
"""Bytes of results that no longer belong to the site; beyond that the longest unused ones go, whatever their age."""
_CHECKSUM = 8
_HELD, _HELD_BYTES = 1000, 8 << 20
"""New results that are held in memory, and their bytes, before they are written: the rows of a site with 100,000
articles are fewer than a thousand, and 200 MB."""


class Loose:
    """A memory of one process and one call: what a worker hands back."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.kept: dict[bytes, bytes] = {}

    def key(self, step: str, inputs: object) -> bytes:
        """The name of what `step` gives for `inputs`."""
        return digest(canonical([step, self.code, inputs]))

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under `key`; None if there is nothing."""
        return self.kept.get(key)

    def keep(self, key: bytes, value: bytes) -> None:
        """Remembers `value`."""
        self.kept[key] = value


class Memo(Loose):
    """A memory that lasts: `kept` is what is not in the file yet. Make one with `opened`."""

    def __init__(self, connection: sqlite3.Connection, code: str) -> None:
        super().__init__(code)
        self._db = connection
        self._used: set[bytes] = set()
        self._first = not _has_any(connection)
        """There was nothing, so nothing is looked for but what was kept since."""
        self._written: set[bytes] = set()
        self._held = 0
        """Bytes of `kept`, about: what was kept twice counts twice."""
        self._is_lent = False
        self._is_spoilt = False
        self._run = _last_run(connection) + 1

    @property
    def lasts(self) -> bool:
        """Whether it is in a file, for later runs."""
        return bool(self._path())

    def _path(self) -> str:
        """Of the file; empty if there is none."""
        with contextlib.suppress(*_DAMAGE):
            return str(self._db.execute("pragma database_list").fetchone()[2])
        return ""

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under `key`; None if there is nothing, or if it is damaged."""
        if key in self.kept:
            return self.kept[key]
        if self._first and key not in self._written:
            return None
        with self._bypassed():
            row = self._db.execute("select value from memo where key = ?", (key,)).fetchone()
            value = bytes(row[0][_CHECKSUM:]) if row else b""
            if row and _checksum(key, value) == row[0][:_CHECKSUM]:
                self._used.add(key)
                return value
        return None

    def keep(self, key: bytes, value: bytes) -> None:
        """Remembers `value`; written to the file from time to time and by `save`."""
        super().keep(key, value)
        self._held += len(value)
        if len(self.kept) >= _HELD or self._held >= _HELD_BYTES:
            self._write()

    def save(self, live: Callable[[], Iterable[bytes]] = tuple) -> None:
        """Writes what is new, and now and then sweeps what no build has used for long; `live` keys are in use."""
        self._write()
        with self._bypassed(), self._db:
            rows = [(self._run, key, self._run - _KEPT_RUNS // 2) for key in self._used]
            self._db.executemany("update seen set used = ? where key = ? and used < ?", rows)
            if self._run % _KEPT_RUNS == 0:
                self._sweep(live())
            self._db.execute("delete from run")
            self._db.execute("insert into run values (?)", (self._run,))
        if self._run % _KEPT_RUNS == 0:
            with self._bypassed():
                self._shrink()

    def _sweep(self, live: Iterable[bytes]) -> None:
        self._db.executemany("update seen set used = ? where key = ?", ((self._run, key) for key in live))
        self._db.execute("delete from seen where used < ?", (self._run - _KEPT_RUNS,))
        old = "select key, size from seen where used < ? order by used desc"
        rows = self._db.execute(old, (self._run,)).fetchall()
        sums = itertools.accumulate(size for _, size in rows)
        gone = [(key,) for (key, _), size in zip(rows, sums, strict=True) if size > _LARGEST]
        self._db.executemany("delete from seen where key = ?", gone)
        self._db.execute("delete from memo where key not in (select key from seen)")

    def _shrink(self) -> None:
        """Gives back what was swept, where that is most of the file."""
        free, pages = (self._db.execute(f"pragma {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if free * 2 > pages:
            self._db.execute("vacuum")

    @contextlib.contextmanager
    def lent(self) -> Iterator[str]:
        """The file, for copies of this process to recall from with `borrowed`; empty if there is none.

        Meanwhile this one only holds what is kept: SQLite must not be open while a process forks.
        """
        self._write()
        path = "" if self.kept else self._path()
        if path:
            self._db.close()
            self._is_lent = True
        try:
            yield path
        finally:
            if path:
                self._db = _usable(path)
                self._is_lent = False

    def close(self) -> None:
        """The end; a file in which SQLite found damage goes, so that the next build has a whole one."""
        path = self._path() if self._is_spoilt else ""
        self._db.close()
        if path:
            _forget(path)

    @contextlib.contextmanager
    def _bypassed(self) -> Iterator[None]:
        """What the file refuses isn't done, nor what follows on it in here."""
        try:
            yield
        except _DAMAGE as error:
            self._is_spoilt = self._is_spoilt or _is_damage(error)

    def _write(self) -> None:
        if self._is_lent:
            return
        rows = [(key, _checksum(key, value) + value) for key, value in self.kept.items()]
        self._held = 0  # if they can't be written, they are not tried again at each new one
        with self._bypassed():
            with self._db:
                self._db.executemany("insert or replace into memo values (?, ?)", rows)
                seen = ((key, self._run, len(value)) for key, value in rows)
                self._db.executemany("insert or replace into seen values (?, ?, ?)", seen)
            if self._first:
                self._written.update(self.kept)
            self.kept.clear()  # else it stays there: this build still finds it


def _last_run(connection: sqlite3.Connection) -> int:
    with contextlib.suppress(*_DAMAGE):
        return int(connection.execute("select max(number) from run").fetchone()[0] or 0)
    return 0


def _has_any(connection: sqlite3.Connection) -> bool:
    with contextlib.suppress(*_DAMAGE):
        return connection.execute("select 1 from memo limit 1").fetchone() is not None
    return True


_DAMAGE = (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError)
"""What SQLite's module raises for a file that was scribbled over."""


def _is_damage(error: Exception) -> bool:
    """Whether the file is no database any more; not if it is locked, or the disk is full.

    https://www.sqlite.org/rescode.html: the last eight bits say what it is.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _forget(path: str) -> None:
    """Deletes the file and what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            Path(path + end).unlink()


@contextlib.contextmanager
def opened(path: str, code: str) -> Iterator[Memo]:
    """The memory in the SQLite file `path`; one that lives only now where that file can't be used."""
    memory = Memo(_usable(path), code)
    try:
        yield memory
    finally:
        memory.close()


def borrowed(path: str, code: str) -> Memo:
    """The memory in the file `path`, for recalling only."""
    return Memo(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=5), code)


def _usable(path: str) -> sqlite3.Connection:
    connection = _connection(path)
    if connection is None and not Path(path).exists():  # it was damaged, and is forgotten
        connection = _connection(path)
    connection = connection or _connection(":memory:")
    if connection is None:
        raise RuntimeError("SQLite can't even work in memory")
    return connection


def _connection(path: str) -> sqlite3.Connection | None:
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=5)
        version = connection.execute("pragma user_version").fetchone()[0]
        if version not in {0, _VERSION}:
            for table in ("memo", "seen", "run"):
                connection.execute(f"drop table if exists {table}")
        # The memory may be lost at a power cut, never wrong: values have checksums.
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = off")
        connection.executescript(_SCHEMA)
        connection.execute(f"pragma user_version = {_VERSION}")
        connection.execute("select count(*) from (select 1 from memo limit 1)").fetchone()
    except _DAMAGE as error:
        if connection is not None:
            connection.close()
        if _is_damage(error):
            _forget(path)
        return None
    return connection


def _checksum(key: bytes, value: bytes) -> bytes:
    """Of a value under its key: a damaged index can hand out another key's value, which is whole in itself.

    It is against accident, and a tenth of the price of a hash: each value is looked at whenever it is brought back.
    """
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "big") + (len(value) & 0xFFFFFFFF).to_bytes(4, "big")


def code_name(sources: list[bytes], versions: list[str]) -> str:
    """One name for the package's own source files, its libraries' versions and the running Python."""
    hashed = hashlib.blake2b(digest_size=16)
    for source in sources:
        hashed.update(digest(source))
    hashed.update("\n".join([*versions, sys.version]).encode())
    return hashed.hexdigest()
