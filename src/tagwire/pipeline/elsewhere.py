"""What another program published: the feeds of a folder or of a live site stand for the ledger."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from tagwire import feedread, ledger, lint, memo, names, pipeline, web
from tagwire.disk import loose, places, work
from tagwire.disk.stamps import Stamps
from tagwire.model import Ledger, Outlet, Record, utc
from tagwire.pipeline import reading, steps
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tagwire.feedread import Found
    from tagwire.model import Config

_MOST_FEEDS = 60
_MOST_DOCUMENTS = 200
_LARGEST = 20_000_000
"""Bytes of a feed in a folder; as `web` has it for a server."""
_USUAL = ("atom.xml", "rss.xml", "feed.xml", "index.xml", "feed.json", "feed/", "feed", "rss/")
"""Where programs put the feed of a site whose page names none."""
_FILES = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}


@dataclass(frozen=True, slots=True)
class Source:
    """What was found: feeds by their addresses."""

    base: str
    """The site's URL; empty where a folder doesn't tell."""
    feeds: tuple[tuple[str, Found], ...]
    """(path below the base, feed)."""


def instead(
    source: str, here: Path, now: dt.datetime, tell: Callable[[str], None]
) -> Callable[[Config, Ledger], Ledger]:
    """What stands for the ledger: the feeds at `source`, a URL or a folder seen from `here`."""
    found = gathered(source, here, tell)
    return lambda config, _: as_ledger(found, config, utc(now.replace(microsecond=0)))


def take_over(
    root: Path, source: str, here: Path, now: dt.datetime, tell: Callable[[str], None]
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Adds what was published at `source` to the ledger, as `keep` does.

    Raises:
        Stopped: nothing can be read there, or the site's own settings or ledger have errors.
        OSError: the disk refuses; the ledger is as it was.
    """
    pipeline.load_config(root)  # before anybody is asked
    return keep(root, gathered(source, here, tell), now, tell)


def keep(
    root: Path, source: Source, now: dt.datetime, tell: Callable[[str], None]
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Adds what was found to the ledger of the site at `root`; what the ledger knows already stays as it is.

    Raises:
        Stopped: the site's own settings or ledger have errors.
        OSError: the disk refuses; the ledger is as it was.
    """
    config, problems = pipeline.load_config(root)
    found = as_ledger(source, config, utc(now.replace(microsecond=0)))
    code = steps.code_name()
    with work.held(root, tell) as held, memo.opened(str(held.folder / "memory.sqlite"), code) as memory:
        inputs = places.inputs(root, Stamps(memory.recall(steps.stamps_name(root, memory))))
        before = reading.published(root, inputs, memory)
        after = _joined(before, found)
        work.replace(root / places.LEDGER, ledger.spell(after))
    return after, problems


def _joined(before: Ledger, found: Ledger) -> Ledger:
    records = {record.id: record for record in (*found.articles, *before.articles)}
    outlets = {outlet.path: outlet for outlet in (*found.outlets, *before.outlets)}
    return Ledger(
        before.site or found.site,
        tuple(records[name] for name in sorted(records)),
        tuple(outlets[path] for path in sorted(outlets)),
    )


# ------------------------------------------------------------------ finding feeds


def gathered(source: str, here: Path, tell: Callable[[str], None]) -> Source:
    """The feeds at a URL, or in a folder; those that break off are told.

    Raises:
        Stopped: there are none, or nothing can be read.
    """
    found = _live(source) if "://" in source else _folder(here / source, source)
    hint = "name a folder with feeds in it, the address of a site, or that of a feed"
    if not found.feeds:
        raise Stopped([Problem(source, 0, 0, "feeds-missing", "no feed was found here", hint)])
    if not any(feed.entries for _, feed in found.feeds):  # cut short, or not what it says: all would be told as new
        message = f"{found.feeds[0][0]} has no entry that can be read, and no other feed here has"
        raise Stopped([Problem(source, 0, 0, "feeds-missing", message, hint)])
    for path, feed in found.feeds:
        if not feed.is_whole:
            tell(f"{path} is not well-formed: entries that follow the break may be missing here")
    return found


def _folder(folder: Path, shown: str) -> Source:
    if not folder.exists():
        raise Stopped([Problem(shown, 0, 0, "unreadable", "there is no such folder", "look for a slip of the pen")])
    files = loose.below(folder, lint.SUFFIXES) if folder.is_dir() else [folder]
    top = folder if folder.is_dir() else folder.parent
    feeds = []
    for file in files:
        if file.stat().st_size <= _LARGEST:
            path = file.relative_to(top).as_posix()
            found = feedread.read(file.read_bytes(), "")
            feeds += [(_served(path, found), found)] if found else []
    homes = Counter(_home(found.home) for _, found in feeds if urlsplit(found.home).netloc)
    return Source(min(homes, key=len, default=""), tuple(feeds))


def _served(path: str, found: Found) -> str:
    """Where readers get a feed that lies at `path`: at its folder, if it says so itself (WordPress's `feed/`)."""
    folder = path[: path.rfind("/") + 1]
    own = unquote(urlsplit(found.own).path)
    return folder if folder.endswith(("feed/", "rss/", "atom/")) and own.endswith(f"/{folder}") else path


def _home(url: str) -> str:
    """A site's address, with its slash; of a feed that names no page but itself, the folder that it is in."""
    base = urljoin(url, "./") if url.endswith((".xml", ".json", ".rss", ".atom", ".html")) else url
    return base if base.endswith("/") else f"{base}/"


def _live(url: str) -> Source:
    try:
        trusted = [web.host_of(url)]
        with web.Client(web.Limits(pause=0.2), trusted=trusted) as client:
            return _Visit(client, url).source()
    except web.Refused as refused:
        raise Stopped([Problem(url, 0, 0, refused.code, refused.message, refused.hint)]) from refused


class _Visit:
    """One look at a live site."""

    def __init__(self, client: web.Client, url: str) -> None:
        self.client, self.url = client, url
        self.feeds: dict[str, Found] = {}

    def source(self) -> Source:
        first = self.client.get(self.url)
        if first.status >= 400:
            message = f"the server says {first.status}"
            raise Stopped([Problem(self.url, 0, 0, "web-status", message, "look at the address")])
        found = feedread.read(first.body, first.url)
        if found:
            base = found.home if urlsplit(found.home).netloc else urljoin(first.url, "./")
            self._keep(first.url, found)
            return self._source(base if base.endswith("/") else f"{base}/")
        base = urljoin(first.url, "./")
        named = [*feedread.alternates(first.body, first.url), *self._listed(urljoin(base, "feeds.opml"))]
        for url in list(dict.fromkeys(named))[:_MOST_FEEDS] or [urljoin(base, name) for name in _USUAL]:
            self._fetch(url)
        return self._source(base)

    def _source(self, base: str) -> Source:
        paths = ((url.removeprefix(base) if url.startswith(base) else urlsplit(url).path.lstrip("/"), found)
                 for url, found in self.feeds.items())  # fmt: skip
        return Source(base, tuple((unquote(path.partition("?")[0]), found) for path, found in paths))

    def _listed(self, url: str) -> tuple[str, ...]:
        try:
            answer = self.client.get(url)
        except web.Refused:
            return ()
        return feedread.alternates(answer.body, url) if answer.status == 200 and b"<opml" in answer.body[:2000] else ()

    def _fetch(self, url: str) -> None:
        """One feed that can't be had is left out: the others tell what there is to tell."""
        try:
            answer = self.client.get(url)
        except web.Refused:
            return
        found = feedread.read(answer.body, answer.url) if answer.status == 200 else None
        if found:
            self._keep(url, found)

    def _keep(self, url: str, found: Found) -> None:
        """A feed, with the entries of its archive documents."""
        entries, previous, seen = [*found.entries], found.previous, {url}
        while previous and previous not in seen and len(seen) < _MOST_DOCUMENTS:
            seen.add(previous)
            answer = self.client.get(previous)
            older = feedread.read(answer.body, answer.url) if answer.status == 200 else None
            entries += older.entries if older else ()
            previous = older.previous if older else ""
        self.feeds[url] = replace(found, entries=tuple(entries))


# ------------------------------------------------------------------ as a ledger


def as_ledger(source: Source, config: Config, now: str) -> Ledger:
    """What these feeds have told their subscribers, by the addresses of this site."""
    base = source.base or config.base
    records: dict[str, Record] = {}
    members: dict[str, dict[str, str]] = {}
    for path, found in source.feeds:
        for entry in found.entries:
            folder = path[: path.rfind("/") + 1]
            members.setdefault(folder, {})[entry.id] = entry.published or now
            place = address(entry.link, (base, config.base))
            published = entry.published or now
            known = Record(entry.id, place, entry.title, published, entry.updated or published, "", first=now)
            records.setdefault(entry.id, known)
    placed = {
        folder: {name: place for place, (name, _) in enumerate(sorted(found.items(), key=_by_date), 1)}
        for folder, found in members.items()
    }
    articles = [_placed(record, placed) for record in records.values()]
    return Ledger(
        base if source.base else config.url,
        tuple(sorted(articles, key=lambda record: record.id)),
        tuple(_outlets(source, base)),
    )


def _by_date(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1], pair[0]


def _placed(record: Record, placed: dict[str, dict[str, int]]) -> Record:
    feeds = sorted((folder, names_[record.id]) for folder, names_ in placed.items() if record.id in names_)
    return record._replace(feeds=tuple(feeds), shown=tuple(folder for folder, _ in feeds))


def address(link: str, bases: Iterable[str]) -> str:
    """The address of an article below the site; empty where it has none that a static site could have."""
    for base in bases:
        if link.startswith(base) and "?" not in link:
            found = unquote(link.removeprefix(base).partition("#")[0]).removesuffix("index.html")
            parts = found.split("/")
            if found.isprintable() and ".." not in parts and "" not in parts[:-1] and "\\" not in found:
                return found
    return ""


def _outlets(source: Source, base: str) -> Iterable[Outlet]:
    found: dict[str, Outlet] = {}
    for path, feed in source.feeds:
        file = names.output_path(path)
        if path and ".." not in path.split("/") and file not in found:
            found[file] = Outlet(file, feed.id or names.absolute(base, path), _heir(path, feed))
    return (found[path] for path in sorted(found))


_ENDING = re.compile(r"(?:\.(?:xml|json|rss|atom|rdf))+\Z")
"""Pelican's are `all.atom.xml`."""
_NO_TOPIC = frozenset(
    {"", "-", "feed", "feeds", "rss", "atom", "index", "blog", "posts", "default", "all", "rss2", "news", "feed.all"}
)
_KINDS = {
    **dict.fromkeys(("tag", "tags", "category", "categories"), "tags"),
    **dict.fromkeys(("author", "authors"), "authors"),
    "series": "series",
}
"""Our folder of topics by the word that other programs' addresses have for them."""


def _heir(path: str, feed: Found) -> str:
    """Our feed that goes on under another program's address: the same kind, of the same topic where it is one."""
    file = _FILES[feed.kind]
    words = [_ENDING.sub("", part.lower()) for part in path.split("/")]
    kind = next((_KINDS[word] for word in words if word in _KINDS), "tags")
    topic = [names.slug(word) for word in words if word not in _NO_TOPIC | _KINDS.keys()]
    ours = f"{kind}/{topic[-1]}/{file}" if topic else file  # WordPress puts a category below the one above it
    return "" if ours == path else ours
