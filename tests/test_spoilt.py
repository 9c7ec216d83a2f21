"""Whatever becomes of the files in `.tagwire/`: the next build gives the bytes of a clean one."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tagwire.disk.stamps import digest
from test_again import ALL, clean
from test_settled import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site


def _cut_in_half(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _cut_within_a_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(max(0, file.stat().st_size - 1000))


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _zeroed_behind_the_header(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:100] + bytes(len(data[100:])))


def _scribbled_over(file: Path) -> None:
    data, chance = bytearray(file.read_bytes()), random.Random(7)  # noqa: S311 - damage, not secrets
    for at in range(0, len(data), 97):
        data[at] = chance.randrange(256)
    file.write_bytes(data)


def _a_text(file: Path) -> None:
    file.write_text("not what was here")


def _deleted(file: Path) -> None:
    file.unlink()


SPOILT = [_cut_in_half, _cut_within_a_page, _emptied, _zeroed, _zeroed_behind_the_header, _scribbled_over, _a_text]
SPOILT += [_deleted]


@pytest.fixture
def made(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site without a clock of its own: only then a build that changed nothing is told by `settled`."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return site(ALL)


def _edited(made: Site) -> None:
    file = made.root / "content/articles/second.md"
    text = file.read_text()
    file.write_text(text.removesuffix(_MORE) if text.endswith(_MORE) else text + _MORE)


_MORE = "\nMore of it.\n"


@pytest.mark.parametrize("name", ["memory.sqlite", "settled-", "lock", ".gitignore"])
def test_a_spoilt_file_costs_only_time(made: Site, tmp_path: Path, name: str) -> None:
    """In every way, where nothing else changed and before an edit is built."""
    one = clean(made, tmp_path)
    _edited(made)
    other = clean(made, tmp_path)
    _edited(made)
    assert one != other
    for spoil in SPOILT if name in {"memory.sqlite", "settled-"} else [_a_text, _deleted]:
        settle(made)
        assert made.outputs() == one
        assert _spoilt(made, name, spoil) == 1
        settle(made)
        assert made.outputs() == one, spoil
        _spoilt(made, name, spoil)  # unless it is gone: the build before needed none
        _edited(made)
        settle(made)
        assert made.outputs() == other, spoil
        _edited(made)


def _spoilt(made: Site, name: str, spoil: Callable[[Path], None]) -> int:
    """Spoils the file in `.tagwire/` that is called so; how many there were."""
    found = [file for file in (made.root / ".tagwire").iterdir() if file.name.startswith(name)]
    for file in found:
        spoil(file)
    return len(found)


def test_spoilt_files_all_at_once_cost_only_time(made: Site, tmp_path: Path) -> None:
    """Among them what SQLite leaves when a build is killed."""
    settle(made)
    _edited(made)
    wanted = clean(made, tmp_path)
    ours = made.root / ".tagwire"
    for end in ("-wal", "-shm", "-journal"):
        (ours / f"memory.sqlite{end}").write_bytes(b"not what was here" * 1000)
    settle(made)
    assert made.outputs() == wanted
    for number, file in enumerate(sorted(ours.iterdir())):
        SPOILT[number % len(SPOILT)](file)
    settle(made)
    assert made.outputs() == wanted


@pytest.mark.parametrize("name", ["lock", "journal", "staging", "memory.sqlite"])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_stands_in_the_place_of_our_files_costs_only_time(
    made: Site, tmp_path: Path, name: str, kind: str
) -> None:
    """Whatever left it there: all below `.tagwire/` may be deleted."""
    wanted, out = clean(made, tmp_path), digest(os.fsencode(made.root / "site"))[:12]
    place = made.root / ".tagwire" / (f"{name}-{out}" if name in {"journal", "staging"} else name)
    if kind == "folder":
        (place / "deep").mkdir(parents=True)
        (place / "0").write_text("Not ours.")
    else:
        place.parent.mkdir()
        place.write_text("Not ours.")
    made.build()
    assert made.outputs() == wanted


def test_a_spoilt_manifest_hides_nothing_that_is_missing(made: Site, tmp_path: Path) -> None:
    """A line that has lost its digest: nothing is like it, neither a file that isn't there nor one that isn't made."""
    settle(made)
    _edited(made)
    file = made.root / "content/articles/second.md"
    file.write_text(file.read_text().replace("title: ", "title: Another "))
    wanted = clean(made, tmp_path)
    manifest = made.root / "site/.tagwire-manifest"
    manifest.write_text("".join(f"  {line[34:]}\n" for line in manifest.read_text().splitlines()))
    (made.root / "site/index.html").unlink()
    made.build()
    assert made.outputs() == wanted


def test_a_file_in_place_of_the_folder_is_told(made: Site) -> None:
    """It may be anybody's."""
    (made.root / ".tagwire").write_text("mine")
    run = made.run("build")
    assert run.code == 1
    assert ".tagwire: error[disk]: the disk refuses: a file can't stand for Tagwire's own folder; delete it" in run.err
    assert (made.root / ".tagwire").read_text() == "mine"
