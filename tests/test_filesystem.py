"""Tricks that file systems allow, each by name: only plain files of the site are read, and nothing leads out."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import SETTINGS, Site
from tagwire import names
from tagwire.disk import journal

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\ntags: [news]\n---\nText.\n"
_HEAD = "-- content/articles/b.md --\n---\ntitle: B\npublished: 2026-01-02\n"
PLACES = ["articles/p.md", "articles/p.svg", "pages/p.md", "sources/p.txt", "static/p.txt", "static/p"]


def clean(made: Site, name: str = "clean", *arguments: str) -> Site:
    """The same site, built from nothing."""
    other = Site(made.root.parent / name)
    shutil.copytree(
        made.root, other.root, ignore=shutil.ignore_patterns(".tagwire", "site"), symlinks=True, copy_function=_copy
    )
    other.build(*arguments)
    return other


def _copy(source: str, target: str) -> None:
    if os.path.isfile(source):  # noqa: PTH113 - as `copytree` gives it
        shutil.copy2(source, target)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_a_pipe_a_socket_or_a_device_is_not_read(site: Callable[[str], Site], kind: str, place: str) -> None:
    """A build would wait for a pipe for ever, and read a device to no end."""
    made = site(ARTICLE)
    path = made.root / "content" / place
    path.parent.mkdir(exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            here = os.getcwd()  # noqa: PTH109 - a socket's path has a hundred bytes at most
            os.chdir(path.parent)
            server.bind(path.name)
            os.chdir(here)
    else:
        path.symlink_to("/dev/zero")
    made.run("build")
    path.unlink()
    made.build()
    assert made.outputs() == clean(made).outputs()


@pytest.mark.parametrize("place", [*PLACES, "static/folder", "articles/folder"])
def test_nothing_is_read_through_a_link_that_leads_out(site: Callable[[str], Site], place: str) -> None:
    """Neither a file nor a folder."""
    made = site(ARTICLE)
    outside = made.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\ntitle: Secret\npublished: 2026-01-01\n---\nThe secret.\n")
    path = made.root / "content" / place
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside if place.endswith("folder") else outside / "secret.md")
    made.run("build")
    assert not any(b"secret" in data for data in made.outputs().values()) if (made.root / "site").exists() else True
    assert not any("secret" in name for name in made.outputs())


TRAVERSALS = [
    "../../out",
    "/../../out",
    "..",
    "..\\..\\out",
    "C:\\out",
    "//host/out",
    "%2e%2e/%2e%2e/out",
    "a/../../../out",
    ".",
]


@pytest.mark.parametrize("key", ["slug", "aliases", "tags", "authors", "series", "image", "enclosure", "canonical"])
@pytest.mark.parametrize("value", TRAVERSALS)
def test_no_value_of_front_matter_leads_out_of_the_site(site: Callable[[str], Site], key: str, value: str) -> None:
    """It is refused, or becomes a harmless address."""
    written = f"[{value!r}]" if key in {"aliases", "tags", "authors"} else repr(value)
    made = site(f"{ARTICLE}{_HEAD}{key}: {written}\n---\nText.\n")
    before = set(made.root.parent.rglob("*"))
    run = made.run("build")
    assert run.code in {0, 1}
    assert "error[disk]" not in run.err, "it is refused before anything is moved"
    inside = {path for path in set(made.root.parent.rglob("*")) - before if not path.is_relative_to(made.root)}
    assert inside == set()
    for path in made.outputs():
        assert not {"..", ".", "out:"} & set(path.split("/"))
        assert "\\" not in path


RESERVED = ["con", "NUL", "aux.txt", "com1", "LPT9", "prn.", "a. ", "CONIN$"]


@pytest.mark.parametrize("name", RESERVED)
def test_no_output_has_a_name_that_windows_reserves(site: Callable[[str], Site], name: str) -> None:
    """By a tag, an author, a series, the article's own file, a slug or an alias."""
    made = site(
        f"{ARTICLE}-- content/articles/{name.strip()}.md --\n---\ntitle: B\npublished: 2026-01-02\ntags: [{name!r}]\n"
        f"authors: [{name!r}]\nseries: {name!r}\n---\nText.\n"
    )
    run = made.run("build")
    assert run.code in {0, 1}
    for path in made.outputs():
        for part in path.split("/"):
            assert not names.is_reserved(part), path
            assert part.rstrip(" .") == part, path
    for key, value in (("slug", name), ("aliases", f"/{name}/")):
        made.write(f"{_HEAD}{key}: {[value] if key == 'aliases' else value!r}\n---\nText.\n")
        made.run("build")
        assert not any(names.is_reserved(part) for path in made.outputs() for part in path.split("/"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("articles/Hello.md", "articles/hello.md", id="letters of either case"),
        pytest.param("articles/caf\u00e9.md", "articles/cafe\u0301.md", id="twins of Unicode's normalisation"),
        pytest.param("static/Read.txt", "static/read.txt", id="letters of either case in static files"),
        pytest.param("static/\u00e9.txt", "static/e\u0301.txt", id="twins in static files"),
        pytest.param("pages/About.md", "pages/about.md", id="letters of either case in pages"),
    ],
)
def test_two_names_that_are_one_elsewhere_are_an_error(site: Callable[[str], Site], one: str, other: str) -> None:
    """On a Mac or on Windows one would write over the other."""
    made = site(ARTICLE)
    for path in (one, other):
        file = made.root / "content" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("---\ntitle: T\npublished: 2026-01-03\n---\nText.\n" if path.endswith("md") else path)
    run = made.run("build")
    assert run.code == 1
    assert "error[" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("letter", ["a", "é", "日", "👩", "e\u0301"])
def test_a_name_too_long_for_a_file_system_is_cut_or_refused(site: Callable[[str], Site], letter: str) -> None:
    """255 bytes hold a file's name; a title, a tag, an author and a series are longer."""
    long = "x" + letter * (190 // len(letter))
    made = site(
        f"{ARTICLE}{_HEAD}tags: [{long}]\nauthors: [{long}]\nseries: {long}\n---\nText.\n"
        f"-- content/sources/s.txt --\n{long}\n\nA text that is long enough to be one, said the harbour master.\n"
    )
    run = made.run("build")
    assert run.code == 0, run.err
    for path in made.outputs():
        assert all(len(part.encode()) <= 255 for part in path.split("/"))


def test_a_clock_that_jumps_changes_nothing_but_what_is_due(site: Callable[[str], Site]) -> None:
    """Backwards and forwards, between builds; each is as a clean one at its time."""
    made = site(ARTICLE + _HEAD.replace("2026-01-02", "2026-06-01") + "expires: 2026-09-01\n---\nText.\n")
    for now in (
        "2026-03-01T00:00:00Z",
        "2026-07-01T00:00:00Z",
        "1999-01-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
        "2026-07-01T00:00:00Z",
    ):
        made.build("--now", now)
        other = clean(made, f"clean {now[:4]} {len(os.listdir(made.root.parent))}", "--now", now)  # noqa: PTH208
        assert made.outputs() == other.outputs()


@pytest.mark.parametrize(
    "seconds",
    [0, -(10**9), -4 * 10**9, 10**9, 9 * 10**9],
    ids=["the same time", "long ago", "before 1901", "in the future", "after 2262"],
)
def test_an_edit_is_seen_whatever_its_file_says_of_the_time(site: Callable[[str], Site], seconds: int) -> None:
    """A clock was set back, or a tool keeps times; the size is the same too. 64 bits of nanoseconds end in 2262."""
    made = site(ARTICLE)
    made.build()
    made.build()
    file = made.root / "content/articles/a.md"
    stat = file.stat()
    file.write_text(file.read_text().replace("Text.", "Texts"))
    for path in (file, made.root / "site/index.html"):
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + seconds * 10**9))
    made.build()
    made.build()
    assert "Texts" in made.read("site/articles/a/index.html")
    assert made.outputs() == clean(made).outputs()


def test_a_folder_for_the_site_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be: nothing is removed, and nothing is said to be built."""
    made = Site(tmp_path / "mysite")
    made.root.mkdir()
    made.write(SETTINGS + ARTICLE + "-- site --\nsomebody's\n")
    run = made.run("build")
    assert run.code == 1
    assert "Traceback" not in run.err
    assert made.read("site") == "somebody's\n"


@pytest.fixture
def folding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk of macOS or Windows: it keeps the letters of a name, and finds the file by any others too."""
    listdir, isdir, replace = os.listdir, os.path.isdir, os.replace

    def found(path: Any) -> Any:
        here = os.fspath(tmp_path)
        if not isinstance(path, (str, Path)) or not os.fspath(path).startswith(f"{here}/"):
            return path
        for part in Path(path).relative_to(here).parts:
            there = {names.folded(name): name for name in listdir(here)} if isdir(here) else {}
            here = f"{here}/{there.get(names.folded(part), part)}"
        return here

    def finding(real: Callable[..., object]) -> Callable[..., object]:
        return lambda path, *more, **named: real(found(path), *more, **named)

    for name in ("stat", "lstat", "open", "unlink", "mkdir", "rmdir"):
        monkeypatch.setattr(os, name, finding(getattr(os, name)))
    monkeypatch.setattr(os, "listdir", lambda path=".": listdir(found(path)))
    monkeypatch.setattr(os, "replace", lambda one, other: replace(found(one), found(other)))


@pytest.mark.usefixtures("folding")
@pytest.mark.parametrize("text", ["old", "new"])
@pytest.mark.parametrize(
    ("one", "other"), [("Logo.txt", "logo.txt"), ("Dir/a.txt", "dir/a.txt"), ("Ü/é.txt", "ü/É.txt")]
)
def test_a_file_whose_name_gets_other_letters_is_not_lost(
    site: Callable[[str], Site], one: str, other: str, text: str
) -> None:
    """The old name leads to the new file there: it was removed last, and nobody's file was in the way."""
    made = site(f"-- content/static/{one} --\nold\n")
    made.build()
    shutil.rmtree(made.root / "content/static")
    made.write(f"-- content/static/{other} --\n{text}\n")
    assert "1 written, 1 removed" in made.build().out
    found = {path for path in made.outputs() if names.folded(path) == names.folded(other)}
    assert [made.read(f"site/{path}") for path in found] == [f"{text}\n"]
    assert "0 written, 0 removed" in made.build().out


@pytest.mark.usefixtures("folding")
def test_an_edit_by_hand_of_a_file_that_gets_other_letters_is_told(site: Callable[[str], Site]) -> None:
    """As of any other that is written anew."""
    made = site("-- content/static/Logo.txt --\nold\n")
    made.build()
    made.write("-- site/Logo.txt --\nby hand\n")
    (made.root / "content/static/Logo.txt").rename(made.root / "content/static/logo.txt")
    run = made.build()
    assert "site/Logo.txt: warning[output-edited]" in run.err
    assert made.read("site/logo.txt" if (made.root / "site/logo.txt").exists() else "site/Logo.txt") == "old\n"
    assert made.build().err == ""


@pytest.mark.usefixtures("folding")
def test_a_crash_between_two_spellings_loses_nothing(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came already is not taken for the old one when the rest is done."""
    made = site("-- content/static/Logo.txt --\nold\n-- content/static/z.txt --\nold\n")
    made.build()
    (made.root / "content/static/Logo.txt").unlink()
    made.write("-- content/static/logo.txt --\nnew\n-- content/static/z.txt --\nnew\n")
    move = journal._move  # noqa: SLF001 - the moment between two renames

    def dies(source: str, aim: str) -> None:
        if aim.endswith("z.txt"):
            raise KeyboardInterrupt
        move(source, aim)

    monkeypatch.setattr(journal, "_move", dies)
    made.run("build")
    monkeypatch.setattr(journal, "_move", move)
    removed: list[str] = []
    remove = journal._remove  # noqa: SLF001 - as above

    def told(out: Path, path: str) -> None:
        removed.append(path)
        remove(out, path)

    monkeypatch.setattr(journal, "_remove", told)
    made.build()
    assert (removed, made.read("site/logo.txt"), made.read("site/z.txt")) == ([], "new\n", "new\n")
