"""The built wheel in an environment of its own: what `pip install tagwire` gives, made without a network.

Of this environment's libraries only those are there that the wheel asks for, and those that they ask for.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def installed(into: Path, extras: Iterable[str] = ()) -> Path:
    """The folder of programs of a fresh environment with the wheel in it, and with what these extras bring."""
    wheel = packed("wheel", ROOT, into)
    home = into / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    variables = {"base": str(home), "platbase": str(home)}
    library = Path(sysconfig.get_path("purelib", "venv", variables))
    with zipfile.ZipFile(wheel) as file:
        file.extractall(library)
    (found,) = library.glob("tagwire-*.dist-info")
    own = metadata.PathDistribution(found)
    for name in sorted(_wanted(own.requires or (), frozenset(extras))):
        for path in _tops(name):
            if not (library / path.name).exists():
                (library / path.name).symlink_to(path)
    programs = Path(sysconfig.get_path("scripts", "venv", variables))
    (entry,) = own.entry_points
    module, _, function = entry.value.partition(":")
    script = programs / entry.name
    script.write_text(f"#!{programs / 'python'}\nimport {module}\n{module}.{function}()\n", encoding="utf-8")
    script.chmod(0o755)
    return programs


def _wanted(requirements: Iterable[str], extras: frozenset[str]) -> set[str]:
    """The names of all distributions that these ask for, and so on."""
    found: set[tuple[str, frozenset[str]]] = set()
    todo = list(_asked(requirements, extras))
    while todo:
        if (each := todo.pop()) not in found:
            found.add(each)
            todo += _asked(metadata.distribution(each[0]).requires or (), each[1])
    return {name for name, _ in found}


def _asked(requirements: Iterable[str], extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for text in requirements:
        each = Requirement(text)
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield each.name, frozenset(each.extras)


def _tops(name: str) -> set[Path]:
    """What a distribution puts directly into the folder of libraries."""
    distribution = metadata.distribution(name)
    tops = {path.parts[0] for path in distribution.files or () if path.parts[0] not in {"..", "__pycache__"}}
    return {Path(str(distribution.locate_file(top))) for top in tops}
