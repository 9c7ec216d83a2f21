"""Digests of files that are known by their stat: never an old one, and none is read twice."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire.disk import stamps
from tagwire.disk.stamps import Stamps, whole

NAMES = st.lists(st.sampled_from("abcdef"), unique=True)
OLD = 1_600_000_000_000_000_001


def own_of(size: int) -> stamps.Mark:
    """Of a file of that size, older than any clock's grain; nothing else tells files apart here."""
    return size, OLD, OLD, 1


def looked_at(known: Stamps, folder: str, sizes: dict[str, int], read: list[str]) -> list[str]:
    """The digests of a folder's files as `disk.scan` asks for them; what must be read is put into `read`."""
    marks = array("q", [number for size in sizes.values() for number in own_of(size)])
    found = known.known(folder, list(sizes), marks)
    for at, (name, size) in enumerate(sizes.items()):
        if not found[at]:
            read.append(name)
            found[at] = f"{name}{size}".ljust(32, "-")
            known.note(folder, name, own_of(size), found[at])
    return found


@given(st.lists(st.tuples(NAMES, st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)), NAMES), max_size=5))
def test_only_what_changed_is_read(runs: list[tuple[list[str], dict[str, int], list[str]]]) -> None:
    """Whatever comes, goes, changes or is listed in another order; what a run doesn't look at is forgotten."""
    saved, before = None, dict[str, int]()
    for names, changes, single in runs:
        known = Stamps(saved)
        sizes = {name: changes.get(name, before.get(name, 0)) for name in names}
        read: list[str] = []
        assert looked_at(known, "/x", sizes, read) == [f"{name}{size}".ljust(32, "-") for name, size in sizes.items()]
        assert read == [name for name in names if before.get(name) != sizes[name]]
        again: list[str] = []
        looked_at(known, "/x", {name: sizes[name] for name in single if name in sizes}, again)
        assert again == []
        before = {name: sizes[name] for name in names if name in single}
        told = known.saved()
        saved = told if told is not None else saved


def test_what_is_asked_for_one_by_one_is_known_too(tmp_path: Path) -> None:
    """A file is read once, by whichever way it is looked at first."""
    file = tmp_path / "a"
    file.write_bytes(b"one")
    own = (3, OLD, OLD, 1)
    first = Stamps(None)
    name = first.digest(str(tmp_path), "a", own)
    saved = first.saved()
    file.unlink()
    again = Stamps(saved)
    assert again.digest(str(tmp_path), "a", own) == name == stamps.digest(b"one")
    assert again.saved() is None
    assert again.all(str(tmp_path), ["a"]) == (["a"], array("q", own))
    assert again.all(str(tmp_path), ["a", "b"]) is None
    assert (again.ours(str(tmp_path), "a"), again.ours(str(tmp_path), "b")) == (name, "")
    with pytest.raises(FileNotFoundError):
        again.digest(str(tmp_path), "b", own)


def test_a_file_that_is_too_new_is_read_again(tmp_path: Path) -> None:
    """It may change within the same tick of the clock."""
    file = tmp_path / "a"
    file.write_bytes(b"one")
    known = Stamps(None)
    for date in (file.stat().st_mtime_ns, OLD):  # a copy has the date of what it was copied from
        os.utime(file, ns=(date, date))
        known = Stamps(None)
        known.digest(str(tmp_path), "a", stamps.mark(file.stat()))
        assert known.saved() == Stamps(None).saved()
    known.note(str(tmp_path), "a", stamps.mark(file.stat()), "of another".ljust(32, "-"), ours=True)
    assert known.digest(str(tmp_path), "a", stamps.mark(file.stat())) == "of another".ljust(32, "-")


def test_a_file_is_read_whole_whatever_it_had_before(tmp_path: Path) -> None:
    """An editor saves between the look and the reading: what is longer by then isn't cut off, nor what is shorter."""
    file = tmp_path / "a.md"
    for data in (b"", b"x", b"text" * 1_000_000):
        file.write_bytes(data)
        for size in (0, 1, len(data), len(data) + 1, 5_000_000):
            assert whole(str(file), size) == data
