"""The memory: one spelling for equal values, never a wrong answer."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwire import digests, memo
from tagwire.model import Body, Markup, Note, When

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
MARKUP = st.builds(Markup, st.tuples(TEXTS, TEXTS), st.tuples(TEXTS))
BODIES = st.builds(Body, MARKUP, MARKUP, TEXTS, TEXTS)
MOMENTS = st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-3, minutes=-30))]))
NOTES = st.builds(Note, st.builds(When, MOMENTS, st.booleans()), TEXTS)


@given(value=st.one_of(BODIES, NOTES))
def test_a_value_comes_back_as_it_went(value: object) -> None:
    """Tuples, moments with their zones, nested values, any text."""
    assert memo.restore(memo.canonical(value), (Body, Markup, Note, When)) == value


@given(value=st.one_of(BODIES, NOTES))
def test_what_is_spelt_already_is_not_spelt_again(value: Body | Note) -> None:
    """A value may be spelt on behind its first field, and named by its spelling."""
    told = memo.canonical(value)
    first = memo.canonical(value.page if isinstance(value, Body) else value.date)
    assert digests.canonical_on(first, value) == told
    assert digests.name_on(value, told) == memo.name(value)


@given(one=BODIES, two=BODIES)
def test_equal_values_have_one_spelling_and_others_another(one: Body, two: Body) -> None:
    """A key is as good as the value itself."""
    assert (memo.canonical(one) == memo.canonical(two)) == (one == two)


def test_the_type_of_a_value_is_part_of_its_spelling() -> None:
    """Two kinds with the same fields are no twins."""
    assert memo.canonical(When(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), timed=True)) != memo.canonical(
        [dt.datetime(2026, 1, 1, tzinfo=dt.UTC), True]
    )


def test_the_spelling_is_the_same_in_every_process() -> None:
    """No hash seed, no interning, no address."""
    script = (
        "import datetime as dt; from tagwire import memo; from tagwire.model import *;"
        "print(memo.canonical(Note(When(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), False), 'ä')).hex())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in "123"
    }
    assert len(runs) == 1


def test_a_result_is_found_by_the_next_build(tmp_path: Path) -> None:
    """Under the same step, code and inputs, and under no other."""
    path = str(tmp_path / "m.sqlite")
    with memo.opened(path, "code 1") as memory:
        memory.keep(memory.key("step", ["in"]), b"out")
        memory.save()
    with memo.opened(path, "code 1") as memory:
        assert memory.recall(memory.key("step", ["in"])) == b"out"
        assert [memory.recall(memory.key(step, given)) for step, given in (("other", ["in"]), ("step", ["on"]))] == [
            None,
            None,
        ]
    with memo.opened(path, "code 2") as memory:
        assert memory.recall(memory.key("step", ["in"])) is None


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), byte=st.integers(1, 255))
def test_a_damaged_memory_forgets_but_never_lies(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    """One byte anywhere in the file is changed: each result is right or gone."""
    path = tmp_path_factory.mktemp("memo") / "m.sqlite"
    with memo.opened(str(path), "code") as memory:
        for n in range(50):
            memory.keep(memory.key("step", n), b"%d" % n * 50)
        memory.save()
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= byte
    path.write_bytes(data)
    with memo.opened(str(path), "code") as memory:
        found = [memory.recall(memory.key("step", n)) for n in range(50)]
    assert [out for n, out in enumerate(found) if out not in {None, b"%d" % n * 50}] == []


@pytest.mark.parametrize("start", [0, 16, 100, 4096, 40_000])
def test_a_damaged_memory_is_whole_again_at_the_run_after_the_next(tmp_path: Path, start: int) -> None:
    """Wherever the damage begins; otherwise each run would be as slow as the first for ever."""
    path, found, lasts = tmp_path / "m.sqlite", list[bytes | None](), False
    for run in range(4):
        with memo.opened(str(path), "code") as memory:
            found = [memory.recall(memory.key("step", n)) for n in range(50)]
            for n in range(50):
                memory.keep(memory.key("step", n), b"%d" % n * 999)
            memory.save()
            lasts = memory.lasts
        if run == 0:
            data = path.read_bytes()
            path.write_bytes(data[:start] + b"scribble" * ((len(data) - start) // 8))
    assert (found, lasts) == ([b"%d" % n * 999 for n in range(50)], True)


def test_a_locked_memory_is_bypassed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it: the build works from an empty one, and waits for it once."""
    path = str(tmp_path / "m.sqlite")
    other = sqlite3.connect(path)
    other.execute("pragma locking_mode = exclusive")
    other.execute("create table x (y)")
    other.execute("begin exclusive")
    real, asked = sqlite3.connect, list[str]()

    def connect(name: str, timeout: float) -> sqlite3.Connection:
        asked.append(name)
        return real(name, timeout=timeout / 100)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with memo.opened(path, "code") as memory:
        memory.keep(memory.key("step", 1), b"out")
        memory.save()
        assert memory.recall(memory.key("step", 1)) == b"out"
    assert asked == [path, ":memory:"]
    other.close()


def test_what_no_build_uses_is_swept(tmp_path: Path) -> None:
    """After some builds, so that going back and forth between two states is still quick."""
    path = str(tmp_path / "m.sqlite")
    for number in range(30):
        with memo.opened(path, "code") as memory:
            if number == 0:
                memory.keep(memory.key("step", "old"), b"old")
                memory.keep(memory.key("step", "used"), b"used")
            memory.recall(memory.key("step", "used"))
            memory.save()
    with memo.opened(path, "code") as memory:
        assert memory.recall(memory.key("step", "old")) is None
        assert memory.recall(memory.key("step", "used")) == b"used"


def test_a_memory_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used last stays, what belongs to the site stays in any case, and the file gets smaller."""
    path = tmp_path / "m.sqlite"
    monkeypatch.setattr(memo, "_LARGEST", 300_000)
    before = 0
    for number in range(12):
        before = path.stat().st_size if number else 0
        with memo.opened(str(path), "code") as memory:
            own = memory.key("step", "live")
            if number == 0:
                memory.keep(own, bytes(500_000))
            for piece in range(20 if number < 11 else 0):
                memory.keep(memory.key("step", (number, piece)), bytes(10_000))
            memory.save(lambda own=own: [own])  # type: ignore[misc]
    with memo.opened(str(path), "code") as memory:
        kept = {(run, n) for run in range(11) for n in range(20) if memory.recall(memory.key("step", (run, n)))}
        assert memory.recall(memory.key("step", "live")) == bytes(500_000)
    assert before > 2_500_000
    assert path.stat().st_size < 1_000_000
    assert 25 <= len(kept) <= 30
    assert {(10, n) for n in range(20)} <= kept


def test_a_sweep_writes_no_result_again(tmp_path: Path) -> None:
    """Only when it was used: else every twelfth build would take longer, by as much as the site is large."""
    path = tmp_path / "m.sqlite"
    written = 0
    for number in range(12):
        with memo.opened(str(path), "code") as memory:
            keys = [memory.key("step", n) for n in range(200)]
            for key in keys if number == 0 else []:
                memory.keep(key, bytes(20_000))
            memory.save(lambda keys=keys: keys)  # type: ignore[misc]
            written = path.with_name("m.sqlite-wal").stat().st_size
    with memo.opened(str(path), "code") as memory:
        assert {memory.recall(memory.key("step", n)) for n in range(200)} == {bytes(20_000)}
    assert 0 < written < 200_000


def test_a_memory_of_another_schema_is_forgotten(tmp_path: Path) -> None:
    """Of an older Tagwire: nothing of it is found, and it works from then on."""
    path = str(tmp_path / "m.sqlite")
    with contextlib.closing(sqlite3.connect(path)) as old, old:
        old.execute("create table memo (key blob primary key, value blob not null, used integer not null)")
        old.execute("create table run (number integer not null)")
        old.execute("insert into run values (7)")
        old.execute("pragma user_version = 2")
    for expected in (None, b"out"):
        with memo.opened(path, "code") as memory:
            key = memory.key("step", 1)
            assert memory.recall(key) == expected
            memory.keep(key, b"out")
            memory.save()


def test_few_bytes_wait_to_be_written(tmp_path: Path) -> None:
    """A thousand rows of a large site would be hundreds of megabytes."""
    with memo.opened(str(tmp_path / "memory.sqlite"), "code") as memory:
        large = {memory.key("large", number): bytes([number]) * 1_000_000 for number in range(20)}
        for key, value in large.items():
            memory.keep(key, value)
            assert sum(map(len, memory.kept.values())) < 9_000_000
        assert all(memory.recall(key) == value for key, value in large.items())


def test_what_is_kept_while_the_memory_is_lent_is_held_until_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it is: nothing is written meanwhile, and nothing is lost."""
    monkeypatch.setattr(memo, "_HELD", 2)
    path = str(tmp_path / "memory.sqlite")
    with memo.opened(path, "code") as memory:
        keys = [memory.key("step", number) for number in range(9)]
        memory.keep(keys[0], b"0")
        with memory.lent() as file:
            assert file == path
            for number, key in enumerate(keys):
                memory.keep(key, str(number).encode())
            assert len(memory.kept) == len(keys)
            with contextlib.closing(memo.borrowed(file, "code")) as borrowed:
                assert [borrowed.recall(key) for key in keys[:2]] == [b"0", None]
        memory.save()
    with memo.opened(path, "code") as memory:
        assert [memory.recall(key) for key in keys] == [str(number).encode() for number in range(9)]
