"""How the program speaks: as much as is asked for, colour and advice on a terminal only, and into the shell's Tab."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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


def on_terminal(made: Site, *arguments: str, **environment: str) -> str:
    """What a person sees on standard error."""
    master, slave = pty.openpty()
    names = ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH")
    kept = {key: value for key, value in os.environ.items() if key not in names}
    run = [PROGRAM, "-C", str(made.root), *arguments]
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
