"""What real programs make of a built site: newsboat as a subscriber, Chromium as a visitor."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sqlite3
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site

pytestmark = pytest.mark.program


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is missing, and fails where all must be there."""
    found = shutil.which(name)
    if found is None and os.environ.get("TAGWIRE_ALL_PROGRAMS"):
        pytest.fail(f"{name} is not installed")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and keeps what was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        """Notes the path."""
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def serve(site: Callable[[str], Site]) -> Iterator[tuple[Site, str, list[str]]]:
    """(a site, its address on loopback, the paths that were asked for), served below `/news/`."""
    made = site("")
    asked: list[str] = []
    kind = type("Kept", (Handler,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(kind, directory=str(made.root / "www"))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made, f"http://127.0.0.1:{server.server_address[1]}/news/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


ARTICLE = "-- content/articles/%s.md --\n---\ntitle: %s\npublished: %s\ntags: [news]\n---\n%s\n"


def publish(made: Site, address: str) -> None:
    """Builds as an owner would."""
    made.build("--base-url", address, "--out", str(made.root / "www/news"))


def newsboat(folder: Path, url: str) -> list[tuple[str, str, str]]:
    """(title, guid, content) of every item that newsboat has after a reload; its cache is kept in `folder`."""
    (folder / "urls").write_text(f"{url}\n")
    (folder / "config").write_text("")
    cache = folder / "cache.db"
    command = [program("newsboat"), "-q", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
    subprocess.run(
        command, check=True, cwd=folder, capture_output=True, timeout=60, env={**os.environ, "HOME": str(folder)}
    )
    with sqlite3.connect(cache) as database:
        rows = database.execute("select title, guid, content from rss_item order by title").fetchall()
    database.close()
    return rows


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml", "tags/news/atom.xml", "tags/news/rss.xml"])
def test_a_subscriber_sees_every_entry_once(serve: tuple[Site, str, list[str]], tmp_path: Path, path: str) -> None:
    """Also after a rebuild, an edit and a new article: nothing is doubled, and the new one comes."""
    made, address, _ = serve
    made.write(ARTICLE % ("a", "A", "2026-01-01", "First [text](b.md).") + ARTICLE % ("b", "B", "2026-01-02", "More."))
    publish(made, address)
    first = newsboat(tmp_path, address + path)
    assert [title for title, _, _ in first] == ["A", "B"]
    assert f'<a href="{address}articles/b/">text</a>' in first[0][2]
    publish(made, address)
    assert newsboat(tmp_path, address + path) == first
    made.write(ARTICLE % ("a", "A", "2026-01-01", "First text, edited.") + ARTICLE % ("c", "C", "2026-01-03", "New."))
    publish(made, address)
    after = newsboat(tmp_path, address + path)
    assert [(title, guid) for title, guid, _ in after][:2] == [(title, guid) for title, guid, _ in first]
    assert [title for title, _, _ in after] == ["A", "B", "C"]


def test_a_visitor_sees_a_styled_page_below_any_folder(serve: tuple[Site, str, list[str]], tmp_path: Path) -> None:
    """Chromium loads the page, its stylesheet and its picture, asks for nothing else, and has no complaint."""
    made, address, asked = serve
    made.write(ARTICLE % ("a", "Über uns", "2026-01-01", "Text. ![A dot](dot.svg)"))
    made.write('-- content/articles/dot.svg --\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    publish(made, address)
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --enable-logging=stderr --dump-dom"
    command = [program("chromium"), *flags.split(), f"--user-data-dir={tmp_path / 'profile'}", f"{address}articles/a/"]
    run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert "<h1" in run.stdout
    assert "Über uns" in run.stdout
    (style,) = (path for path in asked if path.endswith(".css"))
    assert {*asked} - {"/favicon.ico"} == {"/news/articles/a/", style, "/news/articles/dot.svg"}
    assert [line for line in run.stderr.splitlines() if "CONSOLE" in line and "favicon" not in line] == []
