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
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagwire.problems import Problem

_SETTLE, _STEP = 40, 10
"""Milliseconds to wait for more files to be saved, at most, and for the next of them. A build takes a file that changes
meanwhile as it is then."""
_QUIET = 1000
"""Milliseconds after which nobody waits for anything."""
_LOADS = 8
"""Builds whose garbage may be there: some megabytes each."""
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
    gc.disable()  # it would hold up a build, or a browser, for a twentieth of a second: see `_watched`
    server = web.listening(request.port, folder, state)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    try:
        _build(request, folder, state)
        thread.start()
        request.tell(f"http://127.0.0.1:{server.port}/ shows the site; Ctrl-C ends it")
        alone = replace(request, workers=pipeline.pool.Workers())  # a process with threads is not to be forked
        for _ in _changes(request.root, stop):
            _build(alone, folder, state)
    finally:
        gc.enable()
        state.end()
        if thread.is_alive():
            server.shutdown()
        server.server_close()


def _changes(root: Path, stop: threading.Event | None) -> Iterator[object]:
    """Something each time that files were saved. In between, Python's garbage is collected while nobody waits."""
    loads = 1
    for files in watchfiles.watch(
        root,
        watch_filter=lambda _, path: _matters(root, path),
        debounce=_SETTLE,
        step=_STEP,
        stop_event=stop,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if files:
            yield files
            loads += 1
        if loads >= (_LOADS if files else 1):
            gc.collect()
            loads = 0


def _matters(root: Path, path: str) -> bool:
    below = path.removeprefix(str(root)).lstrip("/\\").replace("\\", "/")
    return below.partition("/")[0] not in _IGNORED


def _build(request: Request, folder: Path, state: State) -> None:
    """A build, in the course of which browsers load their page again."""
    state.begins()
    clock = Clock(request.clock(), drafts=True, future=True)
    options = pipeline.Options(
        request.root, folder, clock, workers=request.workers, twins=False, tell=request.tell, audience=state
    )
    try:
        result = pipeline.build(options)
    except Stopped as stopped:
        state.built(stopped.problems, None)
        request.problems(stopped.problems)
        return
    except OSError as error:
        state.built(state.errors, None)
        request.tell(f"the disk refuses: {error}")
        return
    state.built((), dict(result.unseen))
    request.problems(result.problems)
    if state.number > 1:
        request.tell(f"built: {len(result.tally.written)} files changed")
