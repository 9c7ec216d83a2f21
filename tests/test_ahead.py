"""What somebody looks at is made first, and nobody who asks while a build is at work is given what may be old."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tagwire import pipeline
from tagwire.disk import work
from tagwire.model import Clock
from tagwire.problems import Problem, Stopped
from tagwire.serve.state import NEVER, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from conftest import Site
    from tagwire.pipeline import Result

CLOCK = Clock(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), drafts=True, future=True)
ARTICLES = "".join(
    f"-- content/articles/a{n}.md --\n---\ntitle: A{n}\npublished: 2026-01-{n + 1:02}\ntags: [t{n % 3}]\n"
    f"---\nText {n}.\n"
    for n in range(12)
)
EDITS = {
    "title": "-- content/articles/a3.md --\n---\ntitle: Another\npublished: 2026-01-04\ntags: [t0]\n---\nText 3.\n",
    "body": "-- content/articles/a3.md --\n---\ntitle: A3\npublished: 2026-01-04\ntags: [t0]\n---\nNew text.\n",
    "new": "-- content/articles/n.md --\n---\ntitle: N\npublished: 2026-02-01\ntags: [t0]\n---\nA new one.\n",
    "draft": "-- content/articles/a3.md --\n---\ntitle: A3\npublished: 2026-01-04\ndraft: true\n---\nText 3.\n",
    "tag": "-- content/articles/a3.md --\n---\ntitle: A3\npublished: 2026-01-04\ntags: [t9]\n---\nText 3.\n",
    "style": "-- theme/static/style.css --\nbody { color: #111; }\n",
    "setting": '-- tagwire.toml --\ntitle = "Another name"\n',
}


class Watcher:
    """Looks at some pages, and waits for others from the moment when the first ones are shown."""

    def __init__(self, out: Path, looks: Iterable[str], waits: Iterable[str] = ()) -> None:
        self.out, self.looks, self.waits = out, frozenset(looks), list(waits)
        self.shown: dict[str, bytes] = {}
        self.given: dict[str, bytes] = {}
        self.unseen: dict[str, str] = {}
        self.staying: frozenset[str] = frozenset()
        self.before: dict[str, bytes] = {}
        self.asked = 0
        self.after: list[int] = []
        """How often it had been asked when it was given something."""

    def wishes(self) -> frozenset[str]:
        """What it looks at."""
        return self.looks

    def show(self, pages: Mapping[str, bytes], unseen: Iterable[tuple[str, str]]) -> None:
        """Keeps what it is shown, and what lies there then."""
        self.shown, self.unseen = dict(pages), dict(unseen)
        self.before = _files(self.out)

    def stays(self, paths: frozenset[str]) -> None:
        """Keeps it."""
        self.staying = paths

    def waiting(self) -> list[str]:
        """What it has not yet."""
        self.asked += 1
        return [path for path in self.waits if path not in self.given and path not in self.staying]

    def give(self, path: str, data: bytes) -> None:
        """Keeps it."""
        self.after.append(self.asked)
        self.given[path] = data


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _built(made: Site, watcher: Watcher | State | None = None) -> Result:
    out = work.own(made.root) / "preview"
    return pipeline.build(pipeline.Options(made.root, out, CLOCK, twins=False, audience=watcher))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_shown_first_is_what_comes(site: Callable[[str], Site], edit: str) -> None:
    """Pages and feeds that somebody looks at or waits for are what lies there in the end; what stays, stays."""
    made = site(ARTICLES)
    _built(made)
    out = made.root / ".tagwire/preview"
    made.write(EDITS[edit])
    looks = ["articles/a3/index.html", "index.html", "atom.xml", "no/such/page/index.html"]
    waits = ["tags/t0/index.html", "articles/a11/index.html", "sitemap.xml", "style.css", "articles/n/index.html"]
    watcher = Watcher(out, looks, waits)
    _built(made, watcher)
    after = _files(out)
    assert {path for path in looks if path in after} == set(watcher.shown)
    assert all(after[path] == data for path, data in (watcher.shown | watcher.given).items())
    assert all(watcher.before[path] == after[path] for path in watcher.staying)
    assert all(path in watcher.given or path in watcher.staying or path not in after for path in waits)
    assert ("articles/a3/index.html" in watcher.unseen) == (edit == "draft")


def test_who_waits_is_next(site: Callable[[str], Site]) -> None:
    """With everything to be made anew, a page is given after few others, wherever it stands in their order."""
    made = site(ARTICLES)
    _built(made)
    out = made.root / ".tagwire/preview"
    made.write(EDITS["setting"])
    watcher = Watcher(out, [], ["articles/a0/index.html"])
    _built(made, watcher)
    assert watcher.after[0] * 10 < watcher.asked  # once for each file that was made


def test_nobody_is_given_what_may_be_old() -> None:
    """A request that comes while a build is at work waits until its page is known to stay, or made."""
    state, answers = State(), dict[str, tuple[int, bytes | None]]()
    state.built((), {})
    state.begins()

    def ask(path: str) -> threading.Thread:
        thread = threading.Thread(target=lambda: answers.__setitem__(path, state.ready(path, 30)))
        thread.start()
        _until(lambda: path in state.wishes())
        return thread

    first, same, late = ask("first.html"), ask("same.html"), ask("late.html")
    assert answers == {}
    state.show({"first.html": b"new"}, [])
    first.join(10)
    assert (answers, state.waiting()) == ({"first.html": (2, b"new")}, ["same.html", "late.html"])
    state.stays(frozenset({"same.html"}))
    same.join(10)
    assert (answers["same.html"], state.waiting()) == ((2, None), ["late.html"])
    state.give("late.html", b"late")
    late.join(10)
    gone = ask("gone.html")
    state.built((), {})
    gone.join(10)
    assert (answers["late.html"], answers["gone.html"], state.number) == ((2, b"late"), (2, None), 2)
    assert state.ready("first.html", 0) == (2, None)  # the folder has it


def test_a_page_of_a_build_that_takes_too_long_is_loaded_again() -> None:
    """Before anything is shown, all is of the build before; after that, nobody knows of what a page is."""
    state = State()
    state.built((), {})
    state.begins()
    assert state.ready("a.html", 0) == (1, None)
    state.show({"b.html": b""}, [])
    assert state.ready("a.html", 0) == (NEVER, None)


def test_pages_don_t_come_and_go_while_an_error_is_found_late() -> None:
    """An error that is found when a page was shown stands from then on, until a build is whole."""
    state, error = State(), (Problem("theme/a.html", 1, 1, "template-wrong", "no"),)
    state.built((), {})
    for showing in (True, False, False):
        state.begins()
        state.show({"a.html": b"new"}, [])
        assert bool(state.errors) != showing
        state.built(error, None)
        assert (state.errors, state.marks) == (error, {})
    number = state.number
    state.begins()
    state.built((), {})
    assert (state.errors, state.number) == ((), number + 1)


def test_who_has_gone_is_made_nothing_for() -> None:
    """A browser that went to another page leaves its old one to the rest."""
    state = State()
    with state.looked_at("a.html", lambda: True), state.looked_at("b.html", lambda: False):
        assert state.wishes() == {"a.html"}
    assert state.wishes() == frozenset()


def test_an_error_after_pages_were_shown_leaves_the_folder_alone(site: Callable[[str], Site]) -> None:
    """A template that only tags use is broken: the article is shown, then comes the error."""
    made = site(ARTICLES)
    _built(made)
    out = made.root / ".tagwire/preview"
    before = _files(out)
    made.write(EDITS["title"])
    made.write('-- theme/list.html --\n{% extends "base.html" %}{% block main %}{{ nothing.here }}{% endblock %}\n')
    state = State()
    state.built((), {})
    state.begins()
    with state.looked_at("articles/a3/index.html", lambda: True):
        try:
            _built(made, state)
        except Stopped as stopped:
            state.built(stopped.problems, None)
    assert state.errors
    assert state.number == 3  # the page, and the error
    assert _files(out) == before


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it never happens"
        time.sleep(0.005)
