"""What is in the wheel: the package, the theme, the starter, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_holds_the_package_the_theme_and_the_starter(tmp_path: Path) -> None:
    """And no content, no tests, no site of ours."""
    script = (
        "import os, sys; os.chdir(sys.argv[1]);"
        "from hatchling.builders.wheel import WheelBuilder; list(WheelBuilder('.').build(directory=sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-P", "-c", script, ROOT, tmp_path], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
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
