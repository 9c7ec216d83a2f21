"""What is worth a look in the articles as a whole: tags that mean the same, tags that gather nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire.model import Config, Head

_MANY = 20
"""Articles from which on a tag that is used once is a slip rather than a beginning."""
_SHOWN = 8


def tags(heads: Iterable[Head], config: Config) -> Iterator[Problem]:
    """Tags that nearly are the same, and those that stand in one article only."""
    aliases = dict(config.aliases)
    used: dict[str, list[Head]] = defaultdict(list)
    shown: dict[str, str] = {}
    count = 0
    for head in heads:
        count += 1
        for tag in head.tags:
            name = aliases.get(names.slug(tag), tag)
            shown.setdefault(names.slug(name), name)
            used[names.slug(name)].append(head)
    yield from _near(used, shown)
    once = sorted(shown[slug] for slug, found in used.items() if len(found) == 1)
    if count >= _MANY and once:
        some = ", ".join(once[:_SHOWN]) + (", …" if len(once) > _SHOWN else "")
        message = f"{len(once)} tags are used once only: {some}"
        hint = "a feed with one article is rarely followed: take a broader tag, or let it grow"
        yield Problem("content/articles", 0, 0, "tag-used-once", message, hint, severity="warning")


def _near(used: dict[str, list[Head]], shown: dict[str, str]) -> Iterator[Problem]:
    groups: dict[str, list[str]] = defaultdict(list)
    for slug in used:
        groups[_stem(slug)].append(slug)
    for group in groups.values():
        first, *others = sorted(group, key=lambda slug: (-len(used[slug]), slug))
        for other in others:
            head = used[other][0]
            place = next((place for place in head.places if place.key == "tags"), None)
            message = f"the tag `{shown[other]}` is nearly `{shown[first]}`: each has a page and feeds of its own"
            hint = f'write `aliases = {{ "{shown[other]}" = "{shown[first]}" }}` below [tags] in the settings'
            line = place.line if place else 0
            yield Problem(head.path, line, 0, "tag-near-duplicate", message, hint, severity="warning")


def _stem(slug: str) -> str:
    """Equal for a word and its plural, for one word and two: `cyber-attack`, `cyberattacks`."""
    return "".join(re.sub(r"(?<=[a-z]{3})(?<!s)s\Z", "", re.sub(r"ies\Z", "y", word)) for word in slug.split("-"))
