"""A newsroom of made-up articles, the same on every machine and for every generator: for measuring, not for reading.

Some 600 words each (half of them between 400 and 850, the longest 4,000), one to five of 200 tags drawn unevenly;
headings, emphasis, links of every kind, lists, quotations, now and then a table, code or footnotes.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NOUNS = (
    "bridge council harbour library market museum orchard railway river school signal station theatre valley village "
    "winter writer budget engine forest garden island letter minister mission network officer patient question report "
    "ferry archive timetable lantern glacier compass census tariff granary meadow"
).split()
VERBS = "announced built closed delayed described found measured moved opened planned repaired sold studied".split()
MANNERS = "old new northern quiet public narrow distant careful wooden early municipal temporary".split()
PLACES = "Velmar Kestrel Tannet Skarv Hochfeld Marrow Ösby Lindau-on-Sea".split()
PEOPLE = ["Ann Roe", "Ben Lind", "Cho Okafor", "Dua Märtens", "Eli Park", "Fay Ibsen"]
TAGS = [f"{first}{second}" for first in NOUNS[:20] for second in ("", *NOUNS[20:29])]
FIRST = dt.datetime(2016, 1, 1, 8, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Article:
    """One article, whatever its file will look like."""

    slug: str
    title: str
    date: dt.datetime
    tags: tuple[str, ...]
    author: str
    summary: str
    body: str = field(repr=False)

    def edited(self, run: int) -> Article:
        """With one more sentence in its body."""
        return replace(self, body=f"{self.body}\n\nA sentence that was added in run {run}.")

    def renamed(self, run: int) -> Article:
        """With another title, at the same address."""
        return replace(self, title=f"{self.title}, said once more ({run})")

    def retagged(self, run: int) -> Article:
        """With another tag in place of its first."""
        return replace(self, tags=(TAGS[run % 7], *self.tags[1:]))


def articles(count: int) -> list[Article]:
    """`count` articles, oldest first."""
    slugs: list[str] = []
    made = []
    for number in range(count):
        chance = random.Random(f"tagwire {number}")  # noqa: S311 - a corpus, not a secret
        date = FIRST + dt.timedelta(days=3650 * (number + chance.random() * 0.9) / count)
        made.append(_article(chance, number, date, slugs))
        slugs.append(made[-1].slug)
    return made


def newer(known: list[Article], run: int) -> Article:
    """An article that isn't among the known ones, newer than all of them."""
    date = known[-1].date + dt.timedelta(hours=run + 1)
    last = known[-1]
    return replace(last, slug=f"just-in-{run}", title=f"Just in, number {run}", date=date, tags=(TAGS[0], TAGS[3]))


def _article(chance: random.Random, number: int, date: dt.datetime, slugs: list[str]) -> Article:
    title = f"The {chance.choice(MANNERS)} {chance.choice(NOUNS)} that {chance.choice(VERBS)} a {chance.choice(NOUNS)}"
    weights = [1 / (rank + 3) for rank in range(len(TAGS))]
    tags = tuple(dict.fromkeys(chance.choices(TAGS, weights, k=chance.choice([1, 2, 2, 3, 3, 3, 4, 5]))))
    words = min(4000.0, max(150.0, chance.lognormvariate(math.log(500), 0.6)))
    return Article(
        slug=f"{title.lower().replace(' ', '-')}-{number}",
        title=title,
        date=date.replace(microsecond=0),
        tags=tags,
        author=chance.choice(PEOPLE),
        summary=_sentence(chance, [], tags),
        body="\n\n".join(_blocks(chance, words, slugs, tags)),
    )


def _blocks(chance: random.Random, words: float, slugs: list[str], tags: tuple[str, ...]) -> Iterator[str]:
    notes: list[str] = []
    said = 0
    while said < words:
        block = _paragraph(chance, slugs, tags)
        if chance.random() < 0.03:
            notes.append(f"[^{len(notes) + 1}]: {_sentence(chance, [], tags)}")
            block += f"[^{len(notes)}]"
        said += len(block.split())
        yield block
        yield from _extra(chance, slugs, tags)
    yield from notes


def _extra(chance: random.Random, slugs: list[str], tags: tuple[str, ...]) -> Iterator[str]:
    drawn = chance.random()
    if drawn < 0.30:
        yield f"## The {chance.choice(MANNERS)} {chance.choice(NOUNS)}"
    elif drawn < 0.40:
        mark = chance.choice(["-", "-", "1."])
        yield "\n".join(f"{mark} {_sentence(chance, slugs, tags)}" for _ in range(chance.randint(3, 6)))
    elif drawn < 0.46:
        yield f"> {_sentence(chance, slugs, tags)}\n> {_sentence(chance, slugs, tags)}"
    elif drawn < 0.475:
        rows = [f"| {chance.choice(NOUNS)} | {chance.random():.3f} | {chance.randint(1, 99)} |" for _ in range(5)]
        yield "\n".join(["| What | Share | Number |", "|---|---:|---:|", *rows])
    elif drawn < 0.49:
        lines = (f'{chance.choice(NOUNS)} = "{chance.choice(NOUNS)}" < {chance.randint(1, 99)}' for _ in range(6))
        yield "\n".join(["```", *lines, "```"])


def _paragraph(chance: random.Random, slugs: list[str], tags: tuple[str, ...]) -> str:
    return " ".join(_sentence(chance, slugs, tags) for _ in range(chance.randint(2, 6)))


def _sentence(chance: random.Random, slugs: list[str], tags: tuple[str, ...]) -> str:
    object_ = f"{chance.choice(MANNERS)} {chance.choice(NOUNS)}"
    drawn = chance.random()
    if slugs:
        if drawn < 0.06:
            object_ = f"*{object_}*"
        elif drawn < 0.10:
            object_ = f"**{object_}**"
        elif drawn < 0.11:
            object_ = f"`{object_}`"
        elif drawn < 0.19:
            object_ = f"[{object_}]({_target(chance, slugs, tags)})"
    start = f"The {chance.choice(NOUNS)} of {chance.choice(PLACES)} {chance.choice(VERBS)} the {object_}"
    ends = (
        f"in {chance.randint(1900, 2020)}.",
        f"— or so {chance.choice(PEOPLE)} said.",
        f'and nobody asked "why?" before the {chance.choice(NOUNS)} came to {chance.choice(PLACES)}.',
        f"after the {chance.choice(NOUNS)}, which the {chance.choice(NOUNS)} had {chance.choice(VERBS)} twice.",
    )
    return f"{start} {chance.choice(ends)}"


def _target(chance: random.Random, slugs: list[str], tags: tuple[str, ...]) -> str:
    kinds = (
        f"../{chance.choice(slugs)}/",
        f"/tags/{chance.choice(tags)}/",
        f"https://elsewhere.example/{chance.choice(NOUNS)}/{chance.randint(1, 9999)}",
    )
    return chance.choice(kinds)


def yaml(article: Article, summary: str = "summary", author: str = "author", **more: str) -> str:
    """The file of an article with YAML front matter; the names of two keys differ among generators."""
    given = {
        "title": article.title,
        "date": article.date.isoformat(),
        "tags": list(article.tags),
        author: article.author,
        summary: article.summary,
        **more,
    }
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}" for key, value in given.items()
    ]
    return "\n".join(["---", *lines, "---", "", article.body, ""])


def pelican(article: Article) -> str:
    """The same as Pelican has it."""
    head = f"Title: {article.title}\nDate: {article.date.isoformat()}\nSlug: {article.slug}\n"
    head += f"Tags: {', '.join(article.tags)}\nAuthor: {article.author}\nSummary: {article.summary}\n"
    return f"{head}\n{article.body}\n"
