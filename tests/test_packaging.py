"""What is in the wheel: the package, the theme, the starter, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def packed(kind: str, root: Path, into: Path) -> Path:
    """The wheel or sdist that the folder `root` makes."""
    module, maker = {"wheel": ("wheel", "WheelBuilder"), "sdist": ("sdist", "SdistBuilder")}[kind]
    script = (
        f"import os, sys; os.chdir(sys.argv[1]); from hatchling.builders.{module} import {maker};"
        f"list({maker}('.').build(directory=sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-P", "-c", script, root, into], check=True, capture_output=True)
    return next(iter([*into.glob("*.whl"), *into.glob("*.tar.gz")]))


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
    assert len(starter) == 9
    assert names == package | words | theme | starter | {"tagwire/py.typed"}
