"""The settings of a site as a build takes them, with all that is to say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire import config as settings
from tagwire import prose
from tagwire.disk import places, work
from tagwire.pipeline import twins
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from pathlib import Path

    from tagwire.model import Config


def load_config(root: Path, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    """The settings of the site at `root`, with warnings.

    Raises:
        Stopped: there are none, or they have errors.
    """
    try:
        found = places.settings(root)
    except (OSError, UnicodeDecodeError) as error:
        raise Stopped([Problem("-", 0, 0, "unreadable", f"the settings can't be read: {error}")]) from error
    if found is None:
        raise Stopped([Problem("-", 0, 0, "no-site", f"there is no site in {root}", _way_to_a_site(root))])
    name, text, section = found
    config, problems = settings.read(text, name, section, {"url": base_url} if base_url else {})
    if config is None:
        raise Stopped(problems)
    if prose.lacks(config.engine):
        hint = "run: pip install 'tagwire[fast]'"
        raise Stopped([Problem(name, 0, 0, "extra-missing", f"the engine `{config.engine}` is not installed", hint)])
    return config, (*settings.missing_url(config, name), *twins.missing(config))


def add(root: Path, lines: str) -> None:
    """Adds settings to the first ones of a site that has just been made.

    Raises:
        OSError: the disk refuses.
    """
    file = root / "tagwire.toml"
    work.replace(file, file.read_bytes() + lines.encode())


def _way_to_a_site(root: Path) -> str:
    """What somebody may do who looked for a site at `root`."""
    if near := places.near(root):
        return f"there is one in {near}: go there, or say so before the command: tagwire -C {near} …"
    return '`tagwire init DIR` makes one; a folder with a tagwire.toml in which `title = "…"` stands is one too'
