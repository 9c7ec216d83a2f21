"""How the program speaks: as much as is asked for, colour and advice on a terminal only, and into the shell's Tab."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tagwire.cli import progress, tagwire
from tagwire.publish import program
from tagwire.publish.target import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

PROGRAM = str(Path(sys.executable).parent / "tagwire")
SITE = """
-- tagwire.toml --
title = "The Example"
-- content/articles/one.md --
---
title: One
published: 2026-10-01
---
Text.
"""


@pytest.fixture
def made(site: Callable[[str], Site]) -> Site:
    """A site that warns: it has no address."""
    return site(SITE)


IMPATIENT = "from tagwire.cli import main, progress; progress._PATIENCE = progress._BETWEEN = 0; main()"
"""The program, for somebody who wants to see at once how far it is."""


def on_terminal(made: Site, *arguments: str, program: tuple[str, ...] = (PROGRAM,), **environment: str) -> str:
    """What a person sees on standard error."""
    master, slave = pty.openpty()
    names = ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH")
    kept = {key: value for key, value in os.environ.items() if key not in names}
    run = [*program, "-C", str(made.root), *arguments]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL, stderr=slave, env=kept | environment)
    os.close(slave)
    seen = b""
    try:
        while piece := os.read(master, 1 << 16):
            seen += piece
    except OSError:  # the other end is closed: Linux says EIO
        pass
    os.close(master)
    return seen.decode()


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("add", "note.txt")])
def test_quiet_leaves_the_problems(made: Site, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """For cron: what is well needs no mail."""
    monkeypatch.chdir(made.root)
    made.write("-- note.txt --\nBoats\n\nThe boat comes at six in the morning on each day of the week.\n")
    made.build()
    loud, quiet = made.run(*arguments), made.run(*arguments, "--quiet")
    assert loud.out
    assert not quiet.out
    assert quiet.code == loud.code == 0
    if arguments == ("build",):
        assert "url-missing" in quiet.err


def test_verbose_names_each_file(made: Site) -> None:
    """Written and removed."""
    assert "  wrote site/articles/one/index.html\n" in made.build("-v").out
    (made.root / "content/articles/one.md").unlink()
    assert "  removed site/articles/one/index.html\n" in made.build("-v").out


def test_a_person_is_told_how_long_it_took_and_what_is_next(made: Site) -> None:
    """The advice can be typed as it stands."""
    seen = on_terminal(made, "build")
    assert "done in " in seen
    assert f"tagwire -C {made.root} serve" in seen


def test_neither_a_file_nor_a_quiet_build_is(made: Site) -> None:
    """A log with a time in it is never the same twice."""
    assert "done in" not in made.build().err
    assert "done in" not in on_terminal(made, "build", "-q")


def test_a_preview_is_not_to_be_published(made: Site) -> None:
    """With drafts in it."""
    seen = on_terminal(made, "build", "--drafts")
    assert "done in " in seen
    assert "publish to" not in seen


def test_colour_is_for_terminals_that_want_it(made: Site) -> None:
    """NO_COLOR, of any value but none (no-color.org)."""
    assert "\x1b[" in on_terminal(made, "build")
    assert "\x1b[" in on_terminal(made, "build", NO_COLOR="")
    plain = on_terminal(made, "build", NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "url-missing" in plain


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        (("build",), "making pages and feeds"),
        (("add", "notes"), "converting"),
        (("check",), "judging pages"),
        (("diff",), "reading articles"),
        (("publish", "--to", "out"), "judging feeds"),
    ],
)
def test_who_waits_sees_how_far_it_is(
    made: Site, arguments: tuple[str, ...], seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing of it is left at the end."""
    monkeypatch.chdir(made.root)
    made.write('-- tagwire.toml --\ntitle = "The Example"\nurl = "https://news.example/"\n')
    made.write("-- notes/note.txt --\nBoats\n\nThe boat comes at six in the morning on each day of the week.\n")
    made.build()
    made.write("-- content/articles/two.md --\n---\ntitle: Two\npublished: 2026-10-02\n---\nText.\n")
    program = (sys.executable, "-c", IMPATIENT)
    assert seen in on_terminal(made, *arguments, program=program)
    if arguments[0] != "diff":  # it has no quiet: all it says is its result
        assert "\x1b[2K" not in on_terminal(made, *arguments, "-q", program=program)  # which wipes a line


def test_who_waits_for_a_large_export_sees_how_far_it_is_read(made: Site) -> None:
    """It is read once before the first article comes of it; a pipe is told nothing."""
    item = "<item><title>Boats {0}</title><guid>urn:x:{0}</guid><description>It comes at six.</description>{1}</item>"
    items = "".join(item.format(number, f"<x>{'a' * 600_000}</x>") for number in range(6))
    file = made.root.parent / "feed.xml"
    file.write_text(f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>')
    seen = on_terminal(made, "add", str(file), program=(sys.executable, "-c", IMPATIENT))
    megabytes = list(dict.fromkeys(re.findall(r"reading, MB.*?(\d+)/3\b", seen)))
    assert megabytes == ["1", "2", "3"]
    assert seen.rindex("reading, MB") < seen.rindex("converting")
    assert re.search(r"converting.*?6/\?", seen)
    assert not re.search(r"converting[^\r]*?\d/3", seen)
    assert "reading" not in made.run("add", str(file), "--stdout").err


def test_who_waits_for_another_program_sees_that_something_goes_on(tmp_path: Path) -> None:
    """A sign of life ten times a second, and all that it said at the end; also if it reads what it is given late."""
    seen: list[str] = []
    place = Place(tmp_path, tmp_path, -1, adopt=False, told=lambda what, *_: seen.append(what))
    command = [sys.executable, "-c", "import sys, time; time.sleep(0.5); print(sys.stdin.read())"]
    assert program.run(command, place, tmp_path, b"x" * 200_000).strip() == b"x" * 200_000
    assert len(seen) > 1
    assert set(seen) == {f"waiting for {Path(sys.executable).name}"}


def test_a_bar_has_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process with threads is not to be forked, and forks do the work that the bar shows."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    before = threading.active_count()
    with progress.Bar() as bar:
        bar("reading", 3, 7)
        assert threading.active_count() == before
    assert "reading" in screen.getvalue()
    assert "3/7" in screen.getvalue()


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        """It says so."""
        return True


def test_check_and_publish_say_what_is_next(made: Site) -> None:
    """As build does; a site with errors is to be mended first."""
    made.write('-- tagwire.toml --\ntitle = "The Example"\nurl = "https://news.example/"\n')
    made.build()
    assert f"Next: tagwire -C {made.root} publish to bring it out" in on_terminal(made, "check")
    assert "Next: the same without --dry-run sends it" in on_terminal(made, "publish", "--to", "out", "--dry-run")
    assert "Next: look at https://news.example/" in on_terminal(made, "publish", "--to", "out")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("shelf", "build"), "shelf is a folder, and no command: tagwire -C shelf build"),
        (("shelf",), "tagwire -C shelf build"),
        (("build", "shelf"), "A site in another folder: tagwire -C shelf build"),
        (("build", "-C", "shelf"), "-C stands before the command: tagwire -C DIR build"),
        (("--quiet", "build"), "what a command takes stands behind it: tagwire build --quiet"),
        (("build", "--jobs", "many"), "'many' is not a valid whole number"),
        (("-z",), "what a command takes stands behind it: tagwire COMMAND -z"),
        (("--verison",), "Did you mean --version?"),
        (("new", "Two", "words"), "A title of several words stands in quotes"),
        (("biuld",), "No such command 'biuld': did you mean `build`?"),
        (("build", "--draft"), "Did you mean --drafts?"),
        (("build", "else"), "Got unexpected extra argument (else)"),
        (("check", "--json", "--sarif"), "exclude each other"),
    ],
)
def test_a_slip_of_the_command_line_is_answered_with_what_to_type(
    tmp_path: Path, typed: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2: it is no problem of a site."""
    (tmp_path / "shelf").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(tagwire, typed)
    assert said.replace("'", "") in ran.stderr.replace("'", "")  # newer versions of click quote an option
    assert ran.exit_code == 2


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("empty", "`tagwire init DIR` makes one"),
        (".", "there is one in mysite: go there, or say so before the command: tagwire -C mysite …"),
        ("mysite/content/articles", "there is one in ../..: go there"),
    ],
)
def test_who_is_in_the_wrong_folder_hears_where_the_site_is(made: Site, folder: str, said: str) -> None:
    """Above, or in the only folder that is one."""
    (made.root.parent / "empty").mkdir()
    ran = CliRunner().invoke(tagwire, ["-C", str(made.root.parent / folder), "build"])
    assert said in ran.stderr
    assert ran.exit_code == 1


def test_nothing_to_add_is_said(made: Site) -> None:
    """Silence would look like success."""
    (made.root / "empty").mkdir()
    assert made.run("add", str(made.root / "empty")).err == "nothing to convert was found\n"
    assert "named with its https://" in made.run("add", "www.news.example").err


@pytest.mark.parametrize(("typed", "offered"), [("bu", "build"), ("build --dr", "--drafts"), ("ledger ac", "accept")])
def test_the_shell_completes(typed: str, offered: str) -> None:
    """Bash, by the line that the handbook has for ~/.bashrc."""
    words = f"tagwire {typed}".split()
    script = (
        f'eval "$(_TAGWIRE_COMPLETE=bash_source tagwire)"; COMP_WORDS=({" ".join(words)}); '
        f'COMP_CWORD={len(words) - 1}; _tagwire_completion tagwire; echo "${{COMPREPLY[@]}}"'
    )
    path = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", script], check=True, capture_output=True, text=True, env=os.environ | {"PATH": path}
    )
    assert ran.stdout.split() == [offered]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_their_script(shell: str) -> None:
    """It names the program that answers."""
    environment = os.environ | {"_TAGWIRE_COMPLETE": f"{shell}_source"}
    ran = subprocess.run([PROGRAM], check=True, capture_output=True, text=True, env=environment)
    assert f"_TAGWIRE_COMPLETE={shell}_complete" in ran.stdout
