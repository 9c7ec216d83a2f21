"""A blog of made-up articles, the same on every machine: for measuring, not for reading."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = (
    "bridge council harbour library market museum orchard railway river school signal station theatre valley village "
    "winter writer budget engine forest garden island letter minister mission network officer patient question report"
).split()
VERBS = "announced built closed delayed described found measured moved opened planned repaired sold studied".split()
TAGS = [f"{first}{second}" for first in WORDS[:20] for second in ("", *WORDS[20:29])]
"""200 of them, drawn unevenly."""


def articles(count: int) -> Iterator[tuple[str, dict[str, object], str]]:
    """(slug, front matter, Markdown) of each article, oldest first: some 600 words, links, headings, lists, code."""
    chance = random.Random(count)  # noqa: S311 - a corpus, not a secret
    weights = [1 / (n + 3) for n in range(len(TAGS))]
    start = dt.datetime(2016, 1, 1, 8, tzinfo=dt.UTC)
    before: list[str] = []
    for number in range(count):
        title = f"The {chance.choice(WORDS)} that {chance.choice(VERBS)} a {chance.choice(WORDS)}"
        slug = f"{title.lower().replace(' ', '-')}-{number}"
        head: dict[str, object] = {
            "title": title,
            "date": (start + dt.timedelta(hours=number * 83 % 87_000, minutes=number)).isoformat(),
            "tags": sorted(set(chance.choices(TAGS, weights, k=5))),
            "author": f"{chance.choice(['Ann', 'Ben', 'Cho', 'Dua'])} {chance.choice(['Roe', 'Lind', 'Okafor'])}",
            "summary": _sentence(chance),
        }
        yield slug, head, "\n\n".join(_blocks(chance, before[-50:]))
        before.append(slug)


def _sentence(chance: random.Random) -> str:
    middle = " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 9)))
    return f"The {chance.choice(WORDS)} {chance.choice(VERBS)} the {middle} in {chance.randint(1900, 2020)}."


def _blocks(chance: random.Random, before: list[str]) -> Iterator[str]:
    for number in range(chance.randint(5, 16)):
        match number % 5:
            case 1:
                yield f"## The {chance.choice(WORDS)} and the {chance.choice(WORDS)}"
            case 3 if chance.random() < 0.4:
                yield "\n".join(f"- {_sentence(chance)}" for _ in range(4))
            case 4 if chance.random() < 0.2:
                yield f"```python\n{chance.choice(WORDS)} = {chance.randint(1, 99)}\n```"
        link = f" It is [known](../{chance.choice(before)}/)." if before else ""
        strong = f" The **{chance.choice(WORDS)}** and `{chance.choice(WORDS)}` followed."
        yield " ".join(_sentence(chance) for _ in range(chance.randint(3, 6))) + link + strong


def write_tagwire(root: Path, count: int) -> None:
    """A site of Tagwire's."""
    folder = root / "content/articles"
    folder.mkdir(parents=True)
    (root / "tagwire.toml").write_text('title = "Bench"\nurl = "https://bench.example/"\n', encoding="utf-8")
    for slug, head, body in articles(count):
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
        (folder / f"{slug}.md").write_text(f"---\n{lines}---\n\n{body}\n", encoding="utf-8")


def write_pelican(root: Path, count: int) -> None:
    """The same articles for Pelican: full-text feeds of 20 in both formats for the site and each tag."""
    folder = root / "content/articles"
    folder.mkdir(parents=True)
    (root / "pelicanconf.py").write_text(
        "SITENAME = 'Bench'\nSITEURL = 'https://bench.example'\nTIMEZONE = 'UTC'\nPATH = 'content'\n"
        "ARTICLE_URL = 'articles/{slug}/'\nARTICLE_SAVE_AS = 'articles/{slug}/index.html'\n"
        "DEFAULT_PAGINATION = 20\nFEED_DOMAIN = SITEURL\nFEED_MAX_ITEMS = 20\nRSS_FEED_SUMMARY_ONLY = False\n"
        "FEED_ALL_ATOM = 'atom.xml'\nFEED_ALL_RSS = 'rss.xml'\nTAG_FEED_ATOM = 'tags/{slug}/atom.xml'\n"
        "TAG_FEED_RSS = 'tags/{slug}/rss.xml'\nCATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = 'authors/{slug}/atom.xml'\nAUTHOR_FEED_RSS = 'authors/{slug}/rss.xml'\n"
        "THEME = 'simple'\nMARKDOWN = {'extensions': ['markdown.extensions.extra'], 'output_format': 'html5'}\n",
        encoding="utf-8",
    )
    for slug, head, body in articles(count):
        tags = ", ".join(map(str, head["tags"])) if isinstance(head["tags"], list) else ""
        lines = f"Title: {head['title']}\nDate: {head['date']}\nTags: {tags}\nAuthor: {head['author']}\n"
        text = f"{lines}Slug: {slug}\nSummary: {head['summary']}\n\n{body}\n"
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
