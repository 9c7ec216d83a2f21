"""A build that has nothing to do is told by `stat` alone, and anything that happens is noticed."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tagwire import pipeline
from tagwire.__main__ import main
from tagwire.cli import build as cli_build
from tagwire.disk import places, settled, work
from tagwire.disk.stamps import Stamps
from tagwire.model import Clock
from tagwire.pipeline import Options
from test_build import BLOG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

DUE = "-- content/articles/due.md --\n---\ntitle: Due\npublished: %s\n---\nx\n"


@pytest.fixture
def made(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that was built from files older than the grain of the clock, without a clock of its own."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = site(BLOG)
    settle(made)
    return made


def settle(made: Site) -> None:
    """Builds when the files are old enough to be trusted."""
    time.sleep(0.15)
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(made.root), "build"])
    assert ended.value.code == 0


def told(made: Site, *more: str) -> tuple[str, str] | None:
    """What is known of the same build without looking."""
    return settled.recall(["-C", str(made.root), "build", *more])


def test_a_settled_build_says_what_a_build_says(made: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The very words, warnings too."""
    (made.root / "tagwire.toml").write_text('title = "T"\n')
    settle(made)
    capsys.readouterr()
    known = told(made)
    shutil.rmtree(made.root / ".tagwire")
    settle(made)
    printed = capsys.readouterr()
    assert known is not None
    assert "warning[url-missing]" in known[1]
    assert known == (printed.out, printed.err)


def test_a_settled_build_loads_nothing(made: Site) -> None:
    """Neither Markdown nor templates, no feeds, no database, not even the command line's library."""
    heavy = ["markdown", "comrak", "jinja2", "feedgen", "trafilatura", "lxml", "babel", "yaml", "sqlite3", "click"]
    heavy += ["pathlib", "json", "dataclasses", "typing"]
    script = f"""
import sys
from tagwire.__main__ import main
before = set(sys.modules)
try:
    main(["-C", {str(made.root)!r}, "build"])
except SystemExit:
    print([name for name in {heavy} if name in sys.modules and name not in before])
"""
    run = [sys.executable, "-I", "-c", script]
    os.utime(made.root / "content/articles/first.md")
    time.sleep(0.15)
    first = subprocess.run(run, check=True, capture_output=True, text=True)
    again = subprocess.run(run, check=True, capture_output=True, text=True)
    assert "click" in first.stdout
    assert again.stdout.splitlines() == ["site/: 0 written, 0 removed, 42 unchanged".replace("42", count(made)), "[]"]


@pytest.mark.parametrize("engine", ["commonmark", "markdown"])
def test_the_edit_of_a_text_loads_no_more_than_it_needs(engine: str, made: Site) -> None:
    """No processes, nothing of Dask, no parser of libraries' metadata, no feedgen.

    Nor Babel, where Tagwire speaks the language.
    """
    heavy = ["babel", "pytz", "difflib", "feedgen", "lxml", "xml.sax", "email.utils", "urllib.request"]
    heavy += ["traceback"] if engine == "commonmark" else []  # Python-Markdown keeps a log
    heavy += ["multiprocessing", "concurrent.futures", "distributed", "subprocess", "importlib.metadata", "zipfile"]
    script = f"""
import sys
from tagwire.__main__ import main
try:
    main(["build"])
except SystemExit:
    print([name for name in {heavy} if name in sys.modules])
"""
    settings = made.root / "tagwire.toml"
    settings.write_text(settings.read_text() + f'\nengine = "{engine}"\n')
    made.build()
    file = made.root / "content/articles/first.md"
    file.write_text(file.read_text() + "\nMore.\n")
    command = [sys.executable, "-I", "-c", script]  # click loads difflib for a `-C`
    run = subprocess.run(command, cwd=made.root, check=True, capture_output=True, text=True)
    written, loaded = run.stdout.splitlines()
    assert not written.startswith("site/: 0 written")
    assert loaded == "[]"


def count(made: Site) -> str:
    """How many files a site has, but the manifest."""
    return str(len(made.outputs()) - 1)


def test_a_settled_build_touches_nothing(made: Site) -> None:
    """Not even its own folder."""
    before = {path: os.stat(path).st_mtime_ns for path in (made.root, made.root / ".tagwire", made.root / "site")}  # noqa: PTH116
    assert told(made) is not None
    settle(made)
    assert before == {path: os.stat(path).st_mtime_ns for path in before}  # noqa: PTH116


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(lambda root: (root / "content/articles/first.md").write_text("---\ntitle: X\n---\n"), id="edit"),
        pytest.param(lambda root: os.utime(root / "content/articles/first.md"), id="touch"),
        pytest.param(lambda root: (root / "content/articles/new.md").write_text("x"), id="new article"),
        pytest.param(lambda root: (root / "content/articles/first.md").unlink(), id="removed article"),
        pytest.param(lambda root: (root / "content/articles/first.md").rename(root / "content/a.md"), id="moved"),
        pytest.param(lambda root: (root / "content/articles/l.md").symlink_to("first.md"), id="link"),
        pytest.param(lambda root: (root / "content/static/new.txt").write_text("x"), id="new file"),
        pytest.param(lambda root: (root / "content/sources").mkdir(), id="new folder"),
        pytest.param(lambda root: (root / "theme").mkdir(), id="a theme of its own"),
        pytest.param(lambda root: (root / "tagwire.toml").write_text('title = "Y"'), id="setting"),
        pytest.param(lambda root: (root / "pyproject.toml").write_text(""), id="another settings file"),
        pytest.param(lambda root: (root / "site/index.html").write_text("edited"), id="edited output"),
        pytest.param(lambda root: (root / "site/index.html").unlink(), id="lost output"),
        pytest.param(lambda root: (root / "site/.tagwire-manifest").unlink(), id="lost manifest"),
        pytest.param(lambda root: shutil.rmtree(root / "site"), id="lost site"),
        pytest.param(lambda root: shutil.rmtree(root / ".tagwire"), id="lost memory"),
        pytest.param(lambda root: (root / ".tagwire/journal-x").write_text(""), id="a build that died"),
    ],
)
def test_whatever_happens_is_noticed(made: Site, happens: Callable[[Path], object]) -> None:
    """Then the build itself looks."""
    assert told(made) is not None
    happens(made.root)
    assert told(made) is None


def test_other_libraries_and_other_rules_of_time_zones_are_noticed(
    made: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever Python finds them: a folder of PYTHONPATH has any name."""
    libraries, zones = tmp_path / "libraries", tmp_path / "zones"
    libraries.mkdir()
    zones.mkdir()
    (zones / "tzdata.zi").write_text("# version 2026a\n")
    assert told(made) is not None
    monkeypatch.setattr(sys, "path", [*sys.path, str(libraries)])
    assert told(made) is None
    settle(made)
    assert told(made) is not None
    (libraries / "jinja2-9.9.dist-info").mkdir()
    assert told(made) is None
    monkeypatch.setenv("PYTHONTZPATH", str(zones))
    settle(made)
    assert told(made) is not None
    (zones / "tzdata.zi").write_text("# version 2026b\n")
    assert told(made) is None


def test_another_command_line_is_another_build(made: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is another place, or another wish for colour."""
    assert told(made, "--drafts") is None
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert told(made) is None
    monkeypatch.delenv("FORCE_COLOR")
    assert told(made) is not None
    monkeypatch.chdir(made.root)
    assert told(made) is None


def test_an_article_becomes_due_though_no_file_changed(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next due instant is known."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    soon = dt.datetime.now(tz=dt.UTC) + dt.timedelta(hours=1)
    made = site(BLOG + DUE % soon.isoformat())
    settle(made)
    assert told(made) is not None
    clock = time.time_ns
    for hours, settles in ((2, False), (0, True), (-300_000, False)):
        monkeypatch.setattr(time, "time_ns", lambda hours=hours: clock() + hours * 3_600_000_000_000)
        assert (told(made) is not None) == settles


def test_files_just_saved_are_not_trusted(site: Callable[[str], Site]) -> None:
    """Within one tick of the clock a file can change and keep its stat."""
    made = site(BLOG)
    with pytest.raises(SystemExit):
        main(["-C", str(made.root), "build"])
    files = [made.root / "tagwire.toml", *(file for file in (made.root / "content").rglob("*") if file.is_file())]
    newest = max(file.stat().st_ctime_ns for file in files)
    survey = settled.Survey(str(made.root), str(made.root / "none"))
    survey.begun = newest + 50_000_000
    assert survey.is_racy()
    survey.begun = newest + 150_000_000
    assert not survey.is_racy() or newest % 1_000_000_000 == 0


def test_a_damaged_record_is_as_good_as_none(made: Site) -> None:
    """Wherever a byte is changed, and however much is missing."""
    known = told(made)
    (record,) = (made.root / ".tagwire").glob("settled-*")
    data = record.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 200)):
        record.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert told(made) in {None, known}
        record.write_bytes(data[:at])
        assert told(made) is None


def test_many_command_lines_leave_no_heap_of_records(made: Site) -> None:
    """The oldest go."""
    for number in range(20):
        with pytest.raises(SystemExit):
            main(["-C", str(made.root), "build", "--now", f"2026-11-{number + 1:02}"])
    assert len(list((made.root / ".tagwire").glob("settled-*"))) == 16


def test_asking_what_a_lone_text_is_loads_no_reader_of_exports(tmp_path: Path) -> None:
    """Every file that is added is asked before the first is read."""
    file = tmp_path / "ferry.txt"
    file.write_text("Ferry sails\n\nThe ferry sails again.\n")
    heavy = ["yaml", "lxml", "tagwire.intake.archive", "tagwire.intake.exports.generators"]
    script = f"""
import sys
from pathlib import Path
from tagwire.pipeline import exported
print(repr(exported.kind_of(Path({str(file)!r}))))
print([name for name in {heavy} if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-I", "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["''", "[]"]


ODD = (
    *("articles/.hidden.md", "articles/a.md~", "articles/é/ö.md", "articles/x/__pycache__/y.md", "pages/p q.md"),
    *("static/.well-known/a.txt", "static/#b", "articles/deep/er/z.md", "images/\x7f.png", "sources/s.txt"),
)


def test_what_was_seen_a_moment_ago_is_what_lies_there(made: Site) -> None:
    """Whatever names files have, and in whatever folders they lie."""
    for path in ODD:
        file = made.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ntitle: A\ndate: 2026-01-01\n---\nText.\n")
    (made.root / "theme").mkdir(exist_ok=True)
    (made.root / "theme/own.html").write_text("")
    survey = settled.Survey(str(made.root), str(places.shipped_theme()))
    looked = places.inputs(made.root, Stamps(None))
    assert len(looked.content) > 4
    (bad,) = looked.problems
    assert bad.code == "name-invalid"
    (made.root / "content/images/\x7f.png").unlink()
    survey = settled.Survey(str(made.root), str(places.shipped_theme()))
    looked = places.inputs(made.root, Stamps(None))
    (made.root / "content/articles/deep/er/later.md").write_text("---\ntitle: B\n---\n")
    assert places.inputs(made.root, Stamps(None), survey) == looked


def test_what_went_since_it_was_seen_is_no_problem(made: Site) -> None:
    """What can't be read is looked for again before it is told."""
    file = made.root / "content/articles/gone.md"
    file.write_text("---\ntitle: B\ndate: 2026-01-01\n---\n")
    survey = settled.Survey(str(made.root), str(places.shipped_theme()))
    file.unlink()
    found = places.inputs(made.root, Stamps(None), survey)
    assert (found.problems, [each.path for each in found.content if "gone" in each.path]) == ((), [])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_goes_before_it_is_read_is_looked_for_again(
    made: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """A file is known by what `stat` said of it a moment ago, and only then copied into a site that isn't there yet."""
    file = made.root / "content/static/gone.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("x")
    settle(made)
    shutil.rmtree(made.root / "site")
    survey = cli_build._survey  # noqa: SLF001 - the moment between the look and the build

    def looked(root: Path, seen: settled.Survey | None) -> settled.Survey | None:
        found = survey(root, seen)
        file.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(cli_build, "_survey", looked)
    time.sleep(0.15)
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(made.root), "build", "--jobs", jobs])
    assert (ended.value.code, "gone.txt" in made.outputs(), "index.html" in made.outputs()) == (0, False, True)
    capsys.readouterr()
    file.write_text("x")
    monkeypatch.setattr(cli_build, "_survey", lambda *_: None)
    monkeypatch.setattr(places, "whole", lambda *_: b"is never the same")
    for command in ("build", "check"):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(made.root), command, *(["--engine-diff"] if command == "check" else [])])
        assert (ended.value.code, "error[changed-meanwhile]" in capsys.readouterr().err) == (1, True)


def test_what_was_seen_before_another_build_is_seen_again(made: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have written articles since; and who converts sources looks before."""
    handed: list[object] = []
    inputs = places.inputs

    def looked_at(root: Path, stamps: Stamps, seen: settled.Survey | None = None) -> places.Inputs:
        handed.append(seen)
        return inputs(root, stamps, seen)

    monkeypatch.setattr(places, "inputs", looked_at)
    time.sleep(0.2)
    survey = settled.Survey(str(made.root), str(places.shipped_theme()))
    options = Options(made.root, made.root / "site", Clock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), seen=survey)
    pipeline.build(options)
    pipeline.build(options)
    assert handed == [survey, None]


def test_a_build_that_fails_has_ended_too(tmp_path: Path) -> None:
    """It may have written articles before."""
    with contextlib.suppress(ValueError), work.held(tmp_path, print) as held:
        os.utime(held.folder / "lock", ns=(0, 0))
        raise ValueError
    with work.held(tmp_path, print) as again:
        assert time.time_ns() - again.last < 60_000_000_000


def test_what_cannot_be_noted_stops_no_build(made: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is as it should be; the next build only looks closer."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(settled, "keep", refuse)
    assert made.run("build").code == 0
