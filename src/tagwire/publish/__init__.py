"""From a site on the disk to its readers: built, checked, sent in an order that no reader stumbles over.

`changes` says what goes in which order; `folder`, `branch` and `remote` are the kinds of targets.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire import ledger, names, pipeline
from tagwire.config import hosting
from tagwire.disk import sync, work
from tagwire.model import Clock
from tagwire.pipeline import changes as subscribers
from tagwire.pipeline import check
from tagwire.problems import Problem, Stopped, has_errors
from tagwire.publish import ahead, alone, pings
from tagwire.publish import changes as order
from tagwire.publish.branch import Branch
from tagwire.publish.folder import Folder
from tagwire.publish.remote import Remote
from tagwire.publish.target import Place, Site

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from tagwire.model import Config
    from tagwire.pipeline.changes import Prospect
    from tagwire.publish.changes import Changes
    from tagwire.publish.target import Target


ACCEPTED = (*ledger.CODES, "target-ahead", "target-foreign")
"""What `--accept` takes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    root: Path
    now: dt.datetime
    to: str
    """Stands for the setting; empty: the setting."""
    accept: tuple[str, ...]
    dry: bool
    workers: pipeline.pool.Workers
    tell: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was done, or would be."""

    target: str
    changes: Changes
    pings: tuple[str, ...]
    """URLs of the changed feeds that the hub is told of."""
    problems: tuple[Problem, ...]
    seen: tuple[str, ...]
    """What subscribers see of it, line by line."""
    url: str
    """Where readers find it."""


def publish(request: Request) -> Published:
    """Builds, checks, sends, pings.

    Raises:
        Stopped: something is not as it must be. Until the first byte is sent nothing at the target has changed.
    """
    config, _ = pipeline.load_config(request.root)
    to = _target_name(config, request.to)
    with _alone(request.root) as lock:
        place = Place(request.root, request.root / ".tagwire", lock, _adopts(request), request.workers.told)
        target = _target(to, config, place)
        prospect = _ready(request, config)
        site = Site(request.root / "site", sync.owned(request.root / "site"))
        before = target.before(site)
        if "target-ahead" not in request.accept:
            ahead.refuse_strangers(target, before, prospect)
        changes = order.between(before, site.files)
        told = _owed(request.root, config, changes)
        if request.dry:
            return Published(to, changes, told, prospect.problems, subscribers.tell(prospect.changes), config.url)
        if told:
            _owe(request.root, told)
        if changes:
            target.apply(site, before, changes)
        subscribers.accept(request.root, Clock(request.now), prospect, request.tell)
        problems = (*prospect.problems, *(pings.ping(config.hub, told) if told else ()))
        _owe(request.root, ())
    return Published(to, changes, told, problems, subscribers.tell(prospect.changes), config.url)


def rollback(root: Path, to: str) -> str:
    """Brings back at the target what was there before the last publish; gives its name.

    The ledger stays as it is: it holds what subscribers have been given, and what some have fetched meanwhile nobody
    can take back. So an article of that publish keeps its id, and can't be left out of the next one unnoticed.
    """
    config, _ = pipeline.load_config(root)
    name = _target_name(config, to)
    with _alone(root) as lock:
        _target(name, config, Place(root, root / ".tagwire", lock, adopt=False)).rollback()
    return name


def _ready(request: Request, config: Config) -> Prospect:
    """The site is built, its feeds are without an error, and no subscriber is in for a surprise."""
    clock, out = Clock(request.now), request.root / "site"
    options = pipeline.Options(request.root, out, clock, workers=request.workers, tell=request.tell, converts=False)
    pipeline.build(replace(options, search=config.search))
    verdict = check.check(request.root, (), check.Asked(request.now, workers=request.workers), request.tell)
    if has_errors(verdict.problems):
        raise Stopped(verdict.problems)
    found = subscribers.prospect(request.root, clock, workers=request.workers, tell=request.tell)
    if refused := ledger.refusals(found.problems, request.accept):
        raise Stopped(refused)
    if pipeline.build(options).tally.written:  # an editor saved between the two: what is sent must be what is told
        message, hint = "the site changes while it is published", "publish again when nothing writes to it"
        raise Stopped([Problem("-", 0, 0, "changed-meanwhile", message, hint)])
    return replace(found, problems=tuple(sorted({*found.problems, *verdict.problems})))


def _target_name(config: Config, given: str) -> str:
    """Where to, once the site has an address to be found at."""
    to = given or config.to
    if not config.url:
        message = "the site has no `url`, and feeds need one"
        raise Stopped([Problem(config.source, 0, 0, "url-missing", message, 'set `url = "https://…/"`')])
    if not to:
        hint = 'write `[publish]` and below it `to = "…"`, or give --to'
        raise Stopped([Problem(config.source, 0, 0, "target-missing", "nothing says where to publish", hint)])
    if wrong := hosting.target_fault(to):
        raise Stopped([Problem("-", 0, 0, "target-invalid", f"{to} {wrong}", hosting.HINT)])
    return to


def _target(to: str, config: Config, place: Place) -> Target:
    if to.startswith("git:"):
        return Branch(to, place)
    if to.startswith("rclone:"):
        return Remote(to, place, typed=config.host == "s3")
    path = Path(os.path.abspath(place.root / Path(to).expanduser()))  # noqa: PTH100 - the last part stays a link
    own = [place.root / name for name in ("site", "content", "theme")]
    if place.root.is_relative_to(path) or any(path.is_relative_to(folder) for folder in own):
        message = f"{to} holds what is to be published, or lies in it"
        raise Stopped([Problem("-", 0, 0, "target-invalid", message, "name a folder outside of it")])
    return Folder(path, place)


def _adopts(request: Request) -> bool:
    return "target-foreign" in request.accept


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[int]:
    """Holds the lock of publishing; a second one is refused at once, also while a program of a dead one still sends."""
    try:
        with alone.held(work.own(root) / "publish-lock") as descriptor:
            yield descriptor
    except BlockingIOError as error:
        message, hint = "another publish of this site is under way", "wait for it, then publish again"
        raise Stopped([Problem("-", 0, 0, "publish-busy", message, hint)]) from error


def _owed(root: Path, config: Config, changes: Changes) -> tuple[str, ...]:
    """URLs that the hub is to hear of: feeds that change now, and those of a publish that died before it told."""
    if not config.hub:
        return ()
    now = (names.absolute(config.base, path) for path in changes.feeds if path.rpartition("/")[2] in _FEEDS)
    try:
        before = json.loads((root / ".tagwire" / _PINGS).read_bytes())
        before = [url for url in before if isinstance(url, str)] if isinstance(before, list) else []
    except (OSError, ValueError):
        before = []
    return tuple(sorted({*now, *before}))


_FEEDS = {"atom.xml", "rss.xml", "feed.json", "podcast.xml"}
_PINGS = "pings.json"


def _owe(root: Path, urls: tuple[str, ...]) -> None:
    file = root / ".tagwire" / _PINGS
    if urls:
        work.replace(file, json.dumps(urls).encode())
    else:
        file.unlink(missing_ok=True)
