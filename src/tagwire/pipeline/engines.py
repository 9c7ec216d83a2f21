"""`tagwire check --engine-diff`: which articles the other Markdown engine would render differently."""

from __future__ import annotations

import html as entities
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import article, pipeline, prose
from tagwire.disk import places
from tagwire.disk.stamps import Stamps
from tagwire.problems import Problem, Stopped, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagwire.model import Draft, Markup

_TOKEN = re.compile(r"<[^>]*>|[^<\s]+")
_ATTRIBUTE = re.compile(r'\s([^\s=>]+(?:="[^"]*")?)')
_AROUND = 6
"""Words shown from the first difference on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that the engines don't agree on."""

    path: str
    markdown: str
    """What Python-Markdown makes, from the first difference on: some words and tags."""
    commonmark: str
    """What comrak makes there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found."""

    articles: int
    differences: tuple[Difference, ...]


def compare(root: Path) -> Comparison:
    """Renders each article and page of the site at `root` with both engines.

    Raises:
        Stopped: the settings or an article have errors, or the second engine isn't installed.
        OSError: the disk refuses.
    """
    if prose.lacks("commonmark"):
        hint = "run: pip install 'tagwire[fast]'"
        raise Stopped([Problem("-", 0, 0, "extra-missing", "the engine `commonmark` is not installed", hint)])
    drafts = list(_drafts(root))
    return Comparison(len(drafts), tuple(found for draft in drafts if (found := _difference(draft))))


def _drafts(root: Path) -> Iterator[Draft]:
    config, _ = pipeline.load_config(root)
    inputs = places.inputs(root, Stamps(None))
    for file in inputs.content:
        draft, problems = article.read(file.path, inputs.read(root, file), config)
        if has_errors(problems):
            raise Stopped(problems)
        if draft:
            yield draft


def _difference(draft: Draft) -> Difference | None:
    default, other = (
        tokens(prose.render(draft, trusted=False, engine=name).page) for name in ("markdown", "commonmark")
    )
    for at, (ours, theirs) in enumerate(itertools.zip_longest(default, other)):
        if ours != theirs:
            return Difference(draft.meta.path, _excerpt(default, at), _excerpt(other, at))
    return None


def tokens(html: Markup) -> list[str]:
    """Words and tags, as a reader is shown them: spelling and white space between them count for nothing."""
    text = html.filled(html.links)
    return [
        _tag(found[0]) if found[0].startswith("<") else entities.unescape(found[0]) for found in _TOKEN.finditer(text)
    ]


def _tag(tag: str) -> str:
    """With its attributes in order, and letters of an address as letters."""
    named = tag.partition(" ")[0]
    return " ".join([named, *sorted(_ATTRIBUTE.findall(unquote(tag[:-1])))]).rstrip(">") + ">"


def _excerpt(tokens: list[str], at: int) -> str:
    return " ".join(tokens[at : at + _AROUND]) or "(its end)"
