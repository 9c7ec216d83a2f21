"""Versions of libraries without a parser: what Python's own way to ask says."""

from __future__ import annotations

import os
import sys
import zipfile
from importlib import metadata
from typing import TYPE_CHECKING

from tagwire.disk import libraries
from tagwire.pipeline import steps

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMES = ("babel", "feedgen", "jinja2", "lxml", "markdown", "nh3", "pygments", "pyyaml", "pytest", "click")


def test_versions_are_those_that_are_installed() -> None:
    """As `importlib.metadata` tells them, in the order asked."""
    assert libraries.versions(NAMES) == [f"{name} {metadata.version(name)}" for name in NAMES]


def test_what_is_not_installed_has_no_version() -> None:
    """An extra's library."""
    assert libraries.versions(["nobody"]) == ["nobody none"]


def test_the_first_in_the_path_is_what_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However its folder spells the name, and whether it was made by old or new tools."""
    (tmp_path / "PyYAML-9.9.egg-info").mkdir()
    (tmp_path / "jinja2-8.8.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "missing"), *sys.path])
    assert libraries.versions(["pyyaml", "jinja2"]) == ["pyyaml 9.9", "jinja2 8.8"]


def test_a_library_in_an_archive_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python loads from archives too."""
    archive = tmp_path / "libraries.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("packed-1.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: packed\nVersion: 1.5\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(archive)])
    assert libraries.versions(["packed", "nobody"]) == ["packed 1.5", "nobody none"]


def test_the_rules_of_time_zones_have_a_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first place that Python looks into; where none is told there is none."""
    for place, name, told in (("mac", "+VERSION", "2026a\n"), ("linux", "tzdata.zi", "# version 2026b\nR d 1916\n")):
        (tmp_path / place).mkdir()
        (tmp_path / place / name).write_text(told)
    found = {}
    for places in ("mac", "none", "linux", "none:linux:mac"):
        monkeypatch.setenv("PYTHONTZPATH", os.pathsep.join(str(tmp_path / place) for place in places.split(":")))
        found[places] = libraries.zones()
    assert found == {"mac": "2026a", "none": "", "linux": "# version 2026b", "none:linux:mac": "# version 2026b"}


def test_other_rules_of_time_zones_make_another_name_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date without a zone of its own is read by them."""
    steps.code_name.cache_clear()
    before = steps.code_name()
    steps.code_name.cache_clear()
    assert steps.code_name() == before
    (tmp_path / "tzdata.zi").write_text("# version 1999z\n")
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    steps.code_name.cache_clear()
    after = steps.code_name()
    steps.code_name.cache_clear()
    assert after != before
