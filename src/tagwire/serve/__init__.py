"""The preview: the site as it will be, built anew at each save, shown in a browser on this machine.

`web` serves, `pages` are what the preview adds, `state` is what both know. It never writes into `site/`.
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import watchfiles

from tagwire import pipeline
from tagwire.disk import work
from tagwire.model import Clock
from tagwire.problems import Stopped
from tagwire.serve import web
from tagwire.serve.state import State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.problems import Problem

_SETTLE = 40
"""Milliseconds to wait for more files to be saved. A build takes a file that changes meanwhile as it is then."""
_IGNORED = {".tagwire", "site", ".git", ".hg", ".venv", "node_modules", "__pycache__"}
"""Folders at the top that are no part of a site's source."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    root: Path
    port: int | None
    workers: pipeline.pool.Workers
    clock: Callable[[], dt.datetime]
    tell: Callable[[str], None]
    problems: Callable[[tuple[Problem, ...]], None]


def serve(request: Request, stop: threading.Event | None = None) -> None:
    """Serves until it is interrupted, or `stop` is set.

    Raises:
        Stopped: there is no site here, or the port can't be had.
    """
    pipeline.load_config(request.root)
    folder = work.own(request.root) / "preview"
    folder.mkdir(exist_ok=True)
    state = State()
    server = web.listening(request.port, folder, state)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    try:
        _build(request, folder, state)
        thread.start()
        request.tell(f"http://127.0.0.1:{server.port}/ shows the site; Ctrl-C ends it")
        changes = watchfiles.watch(
            request.root,
            watch_filter=lambda _, path: _matters(request.root, path),
            debounce=_SETTLE,
            step=_SETTLE // 2,
            stop_event=stop,
            raise_interrupt=True,
        )
        alone = replace(request, workers=pipeline.pool.Workers())  # a process with threads is not to be forked
        for _ in changes:
            _build(alone, folder, state)
    finally:
        state.end()
        if thread.is_alive():
            server.shutdown()
        server.server_close()


def _matters(root: Path, path: str) -> bool:
    below = path.removeprefix(str(root)).lstrip("/\\").replace("\\", "/")
    return below.partition("/")[0] not in _IGNORED


def _build(request: Request, folder: Path, state: State) -> None:
    """A build, after which browsers load the page again; Python collects its garbage while they do."""
    gc.disable()
    try:
        _built(request, folder, state)
    finally:
        gc.enable()
        gc.collect()


def _built(request: Request, folder: Path, state: State) -> None:
    clock = Clock(request.clock(), drafts=True, future=True)
    options = pipeline.Options(request.root, folder, clock, workers=request.workers, twins=False, tell=request.tell)
    try:
        result = pipeline.build(options)
    except Stopped as stopped:
        request.problems(stopped.problems)
        state.built(stopped.problems, None)
        return
    except OSError as error:
        request.tell(f"the disk refuses: {error}")
        return
    request.problems(result.problems)
    state.built((), dict(result.unseen))
    if state.number > 1:
        request.tell(f"built: {len(result.tally.written)} files changed")
