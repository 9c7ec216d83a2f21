"""`tagwire add --restore`: what the rules cut from an article comes back to its place, beside whatever was edited."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tagwire import article, intake
from tagwire.disk import bundles, work
from tagwire.intake.found import Item, Refused
from tagwire.model import Config, Head
from tagwire.pipeline import add, convert
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagwire.intake.found import Asked, Converted
    from tagwire.model import Cut, Provenance


@dataclass(frozen=True, slots=True)
class Restored:
    """An article with passages that its conversion had cut."""

    path: str
    text: str
    cuts: tuple[Cut, ...]
    """Of the passages that are back."""


def restore(
    paths: tuple[Path, ...], root: Path, rules: tuple[str, ...], *, write: bool
) -> tuple[list[Restored], list[Problem]]:
    """Puts back what `rules` cut from the articles in these files; all that was cut where none are named."""
    config = add.settings(root) or Config(title="")
    done: list[Restored] = []
    problems: list[Problem] = []
    for path in paths:
        restored, found = _one(path, root, config, rules, write=write)
        problems += found
        if restored:
            done.append(restored)
    return done, problems


def _one(
    path: Path, root: Path, config: Config, rules: tuple[str, ...], *, write: bool
) -> tuple[Restored | None, tuple[Problem, ...]]:
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    if not path.is_file():
        return None, (Problem(shown, 0, 0, "unreadable", "there is no such file"),)
    data = path.read_bytes()
    draft, problems = article.read(f"{convert.ARTICLES}/{path.name}", data, config)
    if draft is None:
        return None, problems
    head = draft.meta
    cuts = head.source.cut if isinstance(head, Head) and head.source else ()
    wanted = tuple(cut for cut in cuts if not rules or cut.rule in rules)
    if not isinstance(head, Head) or head.source is None or not wanted:
        named = f" by {', '.join(rules)}" if rules and cuts else ""
        hint = f"its rules are {', '.join(sorted({cut.rule for cut in cuts}))}" if cuts else ""
        return None, (Problem(shown, 0, 0, "nothing-cut", f"nothing was cut from this article{named}", hint),)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    made = _versions(path, root, head, config, tuple(sorted({cut.rule for cut in wanted})))
    if made is None:
        message = f"the source {head.source.path} isn't there any more, or has changed since"
        hint = "put the file back as it was when it was converted"
        return None, (Problem(shown, 0, 0, "source-missing", message, hint),)
    if isinstance(made, Refused):
        return None, made.problems
    base, full = made
    merged = _merged(text, base.text, full.text, wanted)
    if write:
        for attachment in full.attachments:
            if not (file := path.parent / path.stem / attachment.name).exists():
                work.replace(file, attachment.data)
        work.replace(path, merged.encode())
    return Restored(shown, merged, wanted), ()


def _versions(
    path: Path, root: Path, head: Head, config: Config, rules: tuple[str, ...]
) -> tuple[Converted, Converted] | Refused | None:
    """The article as it was converted, and as it would be without these rules; None without its source as it was."""
    made = []
    for keep in ((), rules):
        asked = convert.asking(config, head.published.at, id=head.id, keep=keep, slug=path.stem)
        converted = _again(path, root, head.source, asked) if head.source else None
        if converted is None or isinstance(converted, Refused):
            return converted
        made.append(converted)
    return made[0], made[1]


def _again(path: Path, root: Path, provenance: Provenance, asked: Asked) -> Converted | Refused | None:
    """The article made once more of its source, or of its item of an export, wherever that lies."""
    for place in _places_of(path, root, provenance):
        if provenance.item:
            for item in intake.items(bundles.bundle(place), provenance.path, replace(asked, only=provenance.item)):
                if isinstance(item, Item) and (item.key, item.sha256) == (provenance.item, provenance.sha256):
                    return intake.finish(item, provenance.path, asked)
        else:
            data = place.read_bytes()
            if hashlib.sha256(data).hexdigest() == provenance.sha256:
                return intake.convert(data, provenance.path, asked, bundles.Beside(place))
    return None


def _places_of(path: Path, root: Path, provenance: Provenance) -> Iterator[Path]:
    """Where the source may lie: in the site, or beside the article or the folder `pages` that it is in."""
    name = provenance.path.removeprefix("sources/")
    beside = path.parent.parent if provenance.item and path.parent.name == "pages" else path.parent
    for place in (root / "content" / provenance.path, beside / name):
        if place.is_file():
            yield place


def _merged(text: str, base: str, full: str, wanted: tuple[Cut, ...]) -> str:
    """`text` with the blocks that `full` has more than `base`, each behind the block that it followed."""
    head, mine = _parts(text)
    old, new = (_parts(version)[1] for version in (base, full))
    places = _places(old, mine)
    inserted: list[tuple[int, list[str]]] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("insert", "replace"):
            at = places[start]
            if kind == "replace" and mine[at : at + end - start] == old[start:end]:
                mine[at : at + end - start] = [""] * (end - start)
            inserted.append((at, new[first:last]))
    for at, blocks in reversed(inserted):
        mine[at:at] = blocks
    body = "\n\n".join(block for block in mine if block)
    return f"{_without(head, wanted)}\n{body}\n"


def _parts(text: str) -> tuple[str, list[str]]:
    """The front matter with its fences, and the blocks below it."""
    found = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    end = found.end() if found else 0
    return text[:end], [block for block in text[end:].strip("\n").split("\n\n") if block]


def _places(old: list[str], mine: list[str]) -> list[int]:
    """For each index in `old`, and the one behind it, the index in `mine` where that block is or would be."""
    matches = SequenceMatcher(None, old, mine, autojunk=False).get_matching_blocks()
    known = {start + step: at + step for start, at, size in matches for step in range(size)}
    places, at = [], 0
    for index in range(len(old) + 1):
        at = known.get(index, at)
        places.append(at)
        at += index in known
    return places


def _without(head: str, wanted: tuple[Cut, ...]) -> str:
    """The front matter without the records of passages that are back."""
    lines = [line for line in head.split("\n") if not any(_records(line, cut) for cut in wanted)]
    if any(cut.rule == "author-box" for cut in wanted):  # it is in the text again
        lines = [line for line in lines if not line.startswith("author_note: ")]
    if not any(re.match(r"\s*- \{.*sha256:", line) for line in lines):
        lines = [line for line in lines if line.strip() != "cut:"]
    return "\n".join(lines)


def _records(line: str, cut: Cut) -> bool:
    return line.strip().startswith("- {") and cut.sha256 in line and f"rule: {cut.rule}" in line
