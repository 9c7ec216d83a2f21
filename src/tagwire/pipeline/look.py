"""The theme of a site: its templates as they are read, and what of the site's own is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagwire.disk.places import Inputs
    from tagwire.model import Config
    from tagwire.problems import Problem
    from tagwire.theme import Theme


def theme(root: Path, inputs: Inputs, config: Config) -> Theme:
    """All templates that pages of the site at `root` are made by, the shipped ones below its own."""
    from tagwire.theme import Theme  # noqa: PLC0415 - loaded when the first page is rendered

    texts = ((file, inputs.read(root, file).decode("utf-8-sig", "replace")) for file in inputs.templates)
    named = tuple((file.path.removeprefix("theme/"), file.path, text) for file, text in texts)
    return Theme(named, config.words)


_CARD = frozenset({"authors", "tags", "image", "picture"})
_DEAR = {"article.html": frozenset({"related", "data", "contents"})} | dict.fromkeys(
    ("home.html", "list.html", "period.html"), _CARD
)
"""What of an article's view, and of cards in lists, takes long to make, and isn't shown by every theme."""


def idle_fields(theme: Theme) -> dict[str, frozenset[str]]:
    """By template, fields that it doesn't show: where many pages are made, they needn't be filled."""
    from tagwire.theme import mentioned  # noqa: PLC0415 - see above

    names = {template: mentioned(theme, template) for template in _DEAR}
    return {template: dear - shown for template, dear in _DEAR.items() if (shown := names[template]) is not None}


_OFTEN = ("article.html", "list.html")
"""Templates that most pages of a site are made by."""


def ready(root: Path, inputs: Inputs, config: Config) -> Iterator[None]:
    """Loads what pages are made by, for who waits anyway. What is wrong with it is told when a page is made."""
    whole = theme(root, inputs, config)
    yield
    idle_fields(whole)
    yield
    from tagwire.theme import prepare  # noqa: PLC0415 - see above

    for template in _OFTEN:
        prepare(whole, template, config.lang)
        yield


def unshown(inputs: Inputs, theme_of: Callable[[], Theme]) -> set[Problem]:
    """What of the site's own theme is never shown; most sites have none, and then no theme is loaded."""
    own = {file.path for file in inputs.templates if file.path not in inputs.elsewhere}
    if not own and not inputs.unplaced:
        return set()
    from tagwire.theme import idle  # noqa: PLC0415 - see above

    whole = theme_of()
    return {*idle.blocks(whole, own), *idle.templates(whole, own), *idle.files(inputs.unplaced)}
