"""Times each room's own work on the articles of `corpus.py`, in one process: where a change is felt first.

    python bench/rooms.py [--articles 300] [--tags 0] [--runs 5] [ROOM…]
    python bench/rooms.py --articles 10000 --runs 1 "all feeds"
    python bench/rooms.py --articles 10000 --tags 5000 --runs 1 "all feeds"

CPU milliseconds a piece, and seconds in all, the least of the runs: what other programs do at the same time shows
least in it. `search` is Pagefind's own work and `web` waits for others, so neither is here; web pages of others are
converted by `articles.py`. With `--tags` each article gets three of so many, drawn unevenly, instead of the corpus's
own 200.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import io
import random
import sys
import tempfile
import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PIL import Image

import corpus
from tagwire import article, config, feedread, feeds, hosts, images, intake, ledger, lint, memo, plan, prose, theme
from tagwire.disk.settled import Survey
from tagwire.disk.stamps import Stamps
from tagwire.disk.sync import Target
from tagwire.intake.found import Asked
from tagwire.model import Body, Clock, Config, Draft, Feed, Ledger, Markup, Offer, Record, Redirect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

THEME = Path(__file__).parent.parent / "theme"


class Given:
    """What the rooms are given, made when it is first needed."""

    def __init__(self, count: int, tags: int = 0) -> None:
        self.config = Config("Bench", "https://bench.example/")
        known = corpus.articles(count)
        if tags:
            chance = random.Random(f"tagwire {tags}")  # noqa: S311 - a corpus, not a secret
            drawn = (tuple(f"topic {int(tags * chance.random() ** 2)}" for _ in range(3)) for _ in known)
            known = [replace(one, tags=tuple(dict.fromkeys(topics))) for one, topics in zip(known, drawn, strict=True)]
        self.files = [(f"content/articles/{one.slug}.md", corpus.yaml(one).encode()) for one in known]
        self.texts = [(f"sources/{one.slug}.txt", f"{one.title}\n\n{one.body}".encode()) for one in known[:50]]

    @cached_property
    def drafts(self) -> list[Draft]:
        """As `article` gives them."""
        return [found for path, data in self.files if (found := article.read(path, data, self.config)[0])]

    @cached_property
    def bodies(self) -> list[Body]:
        """As `prose` gives them."""
        return [prose.render(draft, trusted=False) for draft in self.drafts]

    @cached_property
    def plan(self) -> plan.Plan:
        """Of the whole site."""
        return self.lay_out()

    def lay_out(self) -> plan.Plan:
        """The plan, anew."""
        pairs = zip(self.drafts, self.bodies, strict=True)
        articles = tuple(prose.article(draft, body, f"{n:032x}") for n, (draft, body) in enumerate(pairs))
        clock = Clock(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
        found, _ = plan.lay_out(articles, (), self.config, clock)
        if found is None:
            sys.exit("the corpus has errors")
        return found

    def made(self, kind: str) -> list[object]:
        """All pages or all feeds, decided."""
        return [item.make(self.plan.ground) for item in self.plan.items if item.kind == kind]

    def on_disk(self, root: Path) -> Path:
        """The articles as files."""
        for path, data in self.files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return root

    def contents(self, feed: Feed) -> tuple[str, ...]:
        """The HTML of a feed's entries."""
        return tuple(self.bodies[int(e.content.key, 16)].reader.filled(e.content.urls) for e in feed.entries)


def rooms(given: Given, work: Path) -> dict[str, tuple[Callable[[object], object], Callable[[], Sequence[object]]]]:
    """(what is done to each piece, the pieces) of each room."""
    look = theme.Theme(
        tuple((path.name, f"theme/{path.name}", path.read_text()) for path in sorted(THEME.glob("*.html")))
    )

    def shown(pair: object) -> object:
        page, site = pair  # type: ignore[misc]
        body = given.bodies[int(page.body.key, 16)].page.filled(page.body.urls) if page.body else ""
        return theme.render(look, page, site, body)

    def stored(body: object) -> object:
        return memo.restore(memo.canonical(body), (Body, Markup))

    def staged(pair: tuple[int, bytes]) -> object:
        return target.put(f"articles/{pair[0]}/index.html", pair[1])

    target = Target(work / "site", "site", work, Stamps(None))
    pieces = {
        f"feeds {kind}": (
            lambda feed: feeds.render(feed, given.contents(feed)),
            lambda kind=kind: [feed for feed in given.made("feed") if feed.kind == kind],
        )
        for kind in ("atom", "rss", "json")
    }
    commonmark = (
        {}
        if prose.lacks("commonmark")
        else {
            "prose commonmark": (
                lambda draft: prose.render(draft, trusted=False, engine="commonmark"),
                lambda: given.drafts,
            )
        }
    )
    return {
        "intake text": (lambda pair: intake.convert(pair[1], pair[0], ASKED), lambda: given.texts),
        "article": (lambda pair: article.read(*pair, given.config), lambda: given.files),
        "prose markdown": (lambda draft: prose.render(draft, trusted=False), lambda: given.drafts),
        **commonmark,
        "plan, whole site": (lambda _: given.lay_out(), lambda: [None]),
        "plan, an output": (lambda item: item.make(given.plan.ground), lambda: given.plan.items),
        "theme": (shown, lambda: given.made("page")),
        **pieces,
        "all feeds": (
            lambda item: feeds.render(made := item.make(given.plan.ground), given.contents(made)),
            lambda: [item for item in given.plan.items if item.kind == "feed"],
        ),
        "lint": (lambda data: lint.judge(data, "atom.xml"), lambda: rendered(given)),
        "memo, a body": (stored, lambda: given.bodies),
        "ledger, 100,000": (diff, lambda: [(ledger_file(100_000), False)]),
        "ledger, as it was": (diff, lambda: [(ledger_file(100_000), True)]),
        "config": (lambda text: config.read(text, "tagwire.toml"), lambda: [SETTINGS]),
        "hosts, 1,000": (lambda moved: hosts.files(replace(given.config, host="nginx"), moved), lambda: [moves(1000)]),
        "images, a smaller": (lambda data: images.smaller(data, 800, "webp"), lambda: [picture()]),
        "feedread": (lambda data: feedread.read(data, "https://bench.example/atom.xml"), lambda: rendered(given)),
        "disk, staging": (staged, lambda: list(enumerate(data for _, data in given.files))),
        "disk, a look": (lambda root: Survey(str(root), str(THEME)), lambda: [given.on_disk(work / "looked")]),
    }


ASKED = Asked("https://bench.example/", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


SETTINGS = """
title = "Bench"
url = "https://bench.example/"
menu = [{ name = "About", url = "/about/" }]
[authors.jane-roe]
name = "Jane Roe"
[tags]
vocabulary = ["Bridges", "Council"]
[views.both]
all = ["bridges", "council"]
"""


def moves(count: int) -> tuple[Redirect, ...]:
    """Addresses that have moved."""
    return tuple(Redirect(f"old/{n}/", f"articles/s{n}/") for n in range(count))


def picture() -> bytes:
    """One as a camera makes it, about."""
    file = io.BytesIO()
    Image.effect_noise((1600, 900), 40).save(file, "png")
    return file.getvalue()


def rendered(given: Given) -> list[bytes]:
    """The Atom feeds' files."""
    found = [feed for feed in given.made("feed") if isinstance(feed, Feed) and feed.kind == "atom"]
    return [feeds.render(feed, given.contents(feed)) for feed in found[:40]]


def ledger_file(count: int) -> bytes:
    """A ledger of `count` articles, each in the feeds of the site, two tags and an author."""
    folders = [("", f"authors/a{n % 7}/", f"tags/t{n % 50}/", f"tags/u{n % 31}/") for n in range(count)]
    day = "2026-{:02}-{:02}T{:02}:{:02}:{:02}Z"
    days = [day.format(1 + n % 12, 1 + n % 28, n % 24, n % 60, n % 59) for n in range(count)]
    records = (
        Record(f"tag:bench.example,2026:articles/s{n}/", f"articles/s{n}/", f"Story number {n} of the bench", days[n],
               days[n], f"{n:032x}", tuple((folder, n + 1) for folder in folders[n]), folders[n], days[n])
        for n in range(count)
    )  # fmt: skip
    return ledger.spell(Ledger("https://bench.example/", tuple(records)))


def diff(given: object) -> object:
    """The file read, compared with a site that has the same articles but one, and the guard's rules.

    `given` is the file, and whether it is remembered that it was in order.
    """
    data, is_checked = cast("tuple[bytes, bool]", given)
    gc.disable()  # as pipeline.reading does
    known, _ = ledger.parse(data, "ledger.json", is_checked=is_checked)
    gc.enable()
    if known is None:
        sys.exit("the ledger is damaged")
    offer = Offer(known.site, known.articles[1:], known.outlets, (), (), ())
    return ledger.problems(ledger.compare(known, offer), 10)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="the beginnings of names  [all]")
    parser.add_argument("--articles", type=int, default=300, help="[300]")
    parser.add_argument("--tags", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5, help="[5]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = rooms(Given(options.articles, options.tags), Path(folder))
        if strange := [wanted for wanted in options.rooms if not any(name.startswith(wanted) for name in known)]:
            sys.exit(f"{', '.join(strange)}: no such room; there are {'; '.join(known)}")
        for name, (work, pieces) in known.items():
            if options.rooms and not any(name.startswith(wanted) for wanted in options.rooms):
                continue
            given = pieces()
            least = min(_seconds(work, given) for _ in range(options.runs))
            print(f"{name:18}{least / len(given) * 1000:9.3f} ms  x {len(given):6} = {least:8.2f} s")


def _seconds(work: Callable[[object], object], pieces: Sequence[object]) -> float:
    begun = time.process_time()
    for piece in pieces:
        work(piece)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
