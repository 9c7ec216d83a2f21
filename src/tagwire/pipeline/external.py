"""Links to other sites that nobody can follow: each asked once in some days, slowly, many hosts side by side."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeAlias

from tagwire import web
from tagwire.disk import work
from tagwire.lint import page as pages
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagwire.lint.page import PageSketch

_FILE = "links.json"
_DAYS = 7
"""For which an address that answered is not asked again. What failed is asked each time."""
_HOSTS = 8
"""So many are asked at a time."""
_LIMITS = web.Limits(size=200_000, seconds=20, tries=2, pause=1.0)
_GONE = frozenset({404, 410})
_NO_HEAD = frozenset({403, 404, 405, 501})
"""What servers say that know no HEAD."""

Said: TypeAlias = "int | web.Refused"
Known: TypeAlias = dict[str, tuple[int, str]]
"""(status, when it was said) of each URL."""


def external(root: Path, found: tuple[PageSketch, ...], base: str, now: dt.datetime) -> Iterator[Problem]:
    """A warning for each address outside that leads nowhere, at the first page that has it.

    Raises:
        OSError: what was said can't be written down.
    """
    file = work.own(root) / _FILE
    outside = pages.outside(found, base)
    known = {url: told for url, told in _recalled(file).items() if url in outside and _is_fresh(told, now)}
    said: dict[str, Said] = {url: status for url, (status, _) in known.items()}
    try:
        _ask([url for url in sorted(outside) if url not in known], said)
    finally:  # also when it is interrupted: thousands of links take long
        when = now.isoformat()
        good = {url: (told, when) for url, told in said.items() if isinstance(told, int) and _is_good(told)}
        work.replace(file, json.dumps({**good, **known}, indent=0, sort_keys=True, ensure_ascii=False).encode())
    for url, (path, line) in sorted(outside.items()):
        yield from _judged(url, said[url], path, line)


def _recalled(file: Path) -> Known:
    """What was said before; of a damaged file nothing."""
    try:
        found = json.loads(file.read_bytes())
        return {url: (int(status), str(when)) for url, (status, when) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _is_fresh(told: tuple[int, str], now: dt.datetime) -> bool:
    try:
        age = now - dt.datetime.fromisoformat(told[1])
    except (ValueError, TypeError):
        return False
    return _is_good(told[0]) and dt.timedelta() <= age < dt.timedelta(days=_DAYS)


def _is_good(status: int) -> bool:
    """Whether somebody is there: who refuses a program may well let a reader in."""
    return status < 500 and status not in {*_GONE, 408, 425, 429}


def _ask(urls: list[str], said: dict[str, Said]) -> None:
    """Fills `said`. A host is asked by one thread, and slowly, whoever redirects to it."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        try:
            hosts[web.host_of(url)].append(url)
        except web.Refused as refused:
            said[url] = refused
    pace, stop = web.Pace(), threading.Event()

    def ask_host(own: list[str]) -> None:
        with web.Client(_LIMITS, pace=pace) as client:
            for url in own:
                if stop.is_set():
                    return
                said[url] = _asked(client, url)

    if not hosts:
        return
    with ThreadPoolExecutor(max_workers=min(_HOSTS, len(hosts))) as threads:
        try:
            # The longest first: they decide when the last one ends.
            for _ in threads.map(ask_host, sorted(hosts.values(), key=len, reverse=True)):
                pass
        except BaseException:
            stop.set()
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def _asked(client: web.Client, url: str) -> Said:
    try:
        answer = client.get(url, method="HEAD")
        return client.get(url).status if answer.status in _NO_HEAD else answer.status
    except web.Refused as refused:
        return 200 if refused.code == "web-large" else refused


def _judged(url: str, said: Said, path: str, line: int) -> Iterator[Problem]:
    if isinstance(said, web.Refused):
        yield Problem(path, line, 0, said.code, f"{url}: {said.message}", said.hint, severity="warning")
    elif said in _GONE:
        hint = "link to where it is now, or to a copy of it in an archive"
        yield Problem(path, line, 0, "web-status", f"{url}: the server says {said}", hint, severity="warning")
