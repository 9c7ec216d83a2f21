"""Which id an article has: its own, the one that subscribers know it by, or a new one."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from tagwire import names
from tagwire.model import Head, utc
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from tagwire.model import Article, Config, Ledger, Record

T = TypeVar("T")


def identity(head: Head, config: Config) -> str:
    """The article's id: its own, else a `tag:` URI of the authority and its address (RFC 4151)."""
    if head.id:
        return head.id
    authority = config.authority or f"{_host(config.base)},{head.published.at.year}"
    return f"tag:{authority}:{names.quoted(head.address)}"


@functools.lru_cache(maxsize=16)
def _host(url: str) -> str | None:
    return urlsplit(url).hostname


def settled(articles: tuple[Article, ...], config: Config, ledger: Ledger) -> tuple[Article, ...]:
    """The articles; those without an id of their own have the one that the ledger knows them by, if it does.

    It knows an article by its text, wherever it stands now; by its address; or by title and date.
    """
    if not ledger.articles:
        return articles
    nameless = [
        (article, article.meta) for article in articles if isinstance(article.meta, Head) and not article.meta.id
    ]
    if not nameless:
        return articles
    taken = {article.meta.id for article in articles if isinstance(article.meta, Head)}
    known = _recognised(nameless, [record for record in ledger.articles if record.id not in taken])
    return tuple(_named(article, known.get(article.meta.path, ""), config) for article in articles)


def _named(article: Article, name: str, config: Config) -> Article:
    head = article.meta
    if not name or not isinstance(head, Head) or name == identity(head, config):
        return article
    return replace(article, meta=replace(head, id=name))


def _signs(article: Article, head: Head) -> tuple[Hashable, ...]:
    """What an article can be known by, the surest first; None where that sign is missing."""
    imprint, published = article.imprint or None, utc(head.published.at)
    return (imprint and (imprint, head.address), imprint, head.address, (head.title, published))


def _marks(record: Record) -> tuple[Hashable, ...]:
    imprint = record.imprint or None
    return (imprint and (imprint, record.address), imprint, record.address, (record.title, record.published))


def _recognised(pairs: Iterable[tuple[Article, Head]], records: Iterable[Record]) -> dict[str, str]:
    """Path of each article that is known to its id. Of several that share a sign none is known by it."""
    left, free = list(pairs), list(records)
    found: dict[str, str] = {}
    for at in range(4):
        articles = _single((_signs(*pair)[at], pair) for pair in left)
        known = _single((_marks(record)[at], record) for record in free)
        matches = {sign: known[sign].id for sign in articles.keys() & known.keys()}
        found |= {articles[sign][1].path: name for sign, name in matches.items()}
        gone = set(matches.values())
        left = [pair for pair in left if pair[1].path not in found]
        free = [record for record in free if record.id not in gone]
    return found


def _single(signed: Iterable[tuple[Hashable, T]]) -> dict[Hashable, T]:
    """What is alone with its sign, by the sign."""
    groups: dict[Hashable, list[T]] = {}
    for sign, item in signed:
        groups.setdefault(sign, []).append(item)
    return {sign: group[0] for sign, group in groups.items() if sign is not None and len(group) == 1}


def foreign(articles: Iterable[Article], config: Config, ledger: Ledger) -> tuple[Problem, ...]:
    """The problem that a ledger is another site's: it has another `url`, and knows none of the articles."""
    heads = [(article, article.meta) for article in articles if isinstance(article.meta, Head)]
    if not config.url or ledger.site in {"", config.url} or not heads:
        return ()
    signs = {mark for record in ledger.articles for mark in (record.id, record.imprint, record.address)}
    if any({head.id or None, article.imprint or None, head.address} & signs for article, head in heads):
        return ()
    message = f"this ledger is of another site: {ledger.site}, and knows none of the articles here"
    hint = "delete it if this site was never published; else restore its own"
    return (Problem("content/ledger.json", 0, 0, "ledger-foreign", message, hint),)
