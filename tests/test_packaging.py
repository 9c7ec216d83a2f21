"""What is in the wheel: the package, the theme, the starter, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

from clean import ROOT, installed, packed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_what_is_published_is_the_same_to_the_byte_whoever_makes_it(tmp_path: Path, kind: str) -> None:
    """From a copy of the checkout in another folder, with other times on its files (reproducible-builds.org)."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".*", "site", "dist", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=ignored)
    shutil.copy(ROOT / ".gitignore", copy)  # which says what is no part of an sdist
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = tmp_path / "other"
    shutil.copytree(copy, other)
    for path in other.rglob("*"):
        os.utime(path)
    made = [packed(kind, root, tmp_path / f"made-{root.name}").read_bytes() for root in (copy, other)]
    assert made[0] == made[1]


def test_the_wheel_holds_the_package_the_theme_and_the_starter(tmp_path: Path) -> None:
    """And no content, no tests, no site of ours."""
    wheel = packed("wheel", ROOT, tmp_path)
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/tagwire").rglob("*.py")}
    words = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/tagwire/words").glob("*.toml")}
    theme = {
        f"tagwire/_theme/{path.relative_to(ROOT / 'theme')}" for path in (ROOT / "theme").rglob("*") if path.is_file()
    }
    starter = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/tagwire/_starter").rglob("*")
        if path.is_file()
    }
    assert len(starter) == 10
    assert names == package | words | theme | starter | {"tagwire/py.typed"}


# -------------------------------------------------------------- what a stranger has who installed it


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of the wheel, without any extra."""
    return installed(tmp_path_factory.mktemp("plain")) / "tagwire"


def ran(program: Path, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """What the program did in the folder `at`; it finds no other program."""
    environment = {"PATH": str(program.parent), "HOME": str(at), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [program, *arguments], cwd=at, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_without_an_extra_a_site_is_made_and_judged(plain: Path, tmp_path: Path) -> None:
    """With the theme and the starter of the wheel, and no more libraries than it asks for."""
    for arguments in (("init", "s"), ("-C", "s", "new", "One"), ("-C", "s", "build"), ("-C", "s", "check")):
        done = ran(plain, *arguments, at=tmp_path)
        assert done.returncode == 0, done.stderr
    where = ran(plain.parent / "python", "-c", "import tagwire; print(tagwire.__file__)", at=tmp_path).stdout
    assert where.startswith(str(plain.parent.parent))


_BUILD = ("-C", "s", "build")


@pytest.mark.parametrize(
    ("extra", "setting", "arguments", "code"),
    [
        ("fast", 'engine = "commonmark"', _BUILD, 1),
        ("fast", "", ("-C", "s", "check", "--engine-diff"), 1),
        ("search", "search = true", (*_BUILD, "--search"), 1),
        ("pdf", "", ("-C", "s", "add", "a.pdf"), 1),
        ("remote", 'publish.to = "rclone:a:b"', ("-C", "s", "publish"), 1),
        ("cluster", "", (*_BUILD, "--executor", "dask://127.0.0.1:1"), 1),
        ("brotli", 'precompress = ["br"]', _BUILD, 0),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(
    plain: Path, tmp_path: Path, extra: str, setting: str, arguments: tuple[str, ...], code: int
) -> None:
    """Every extra."""
    ran(plain, "init", "s", at=tmp_path)
    for number in range(30):  # a cluster is asked for many only
        text = f"---\ntitle: Number {number}\npublished: 2026-01-01\n---\n\nText.\n"
        (tmp_path / f"s/content/articles/a{number}.md").write_text(text, encoding="utf-8")
    settings = tmp_path / "s/tagwire.toml"
    told = f'url = "https://news.example/"\n{setting}\n'
    settings.write_text(told + settings.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    done = ran(plain, *arguments, at=tmp_path)
    assert "[extra-missing]" in done.stderr
    assert f"help: run: pip install 'tagwire[{extra}]'\n" in done.stderr
    assert done.returncode == code


def test_no_extra_is_without_its_message() -> None:
    """The test above has each that pyproject.toml has."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"]) - {"dev"}
    (mark,) = test_what_is_missing_is_named_with_the_command_that_installs_it.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == extras


@pytest.mark.program
@pytest.mark.skipif(not os.environ.get("TAGWIRE_ALL_PROGRAMS"), reason="installs from a package index; CI does")
def test_the_wheel_can_be_installed_by_pip(tmp_path: Path) -> None:
    """With all that it asks for, as the index has it today."""
    wheel = packed("wheel", ROOT, tmp_path)
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "v"], check=True)
    subprocess.run([tmp_path / "v/bin/pip", "install", "-q", wheel], check=True)
    for arguments in (("init", "s"), ("-C", "s", "build"), ("-C", "s", "check")):
        done = ran(tmp_path / "v/bin/tagwire", *arguments, at=tmp_path)
        assert done.returncode == 0, done.stderr
