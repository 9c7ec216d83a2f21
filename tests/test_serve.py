"""The preview: what it shows, how fast, and to whom."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

import servers
from tagwire import serve
from tagwire.pipeline import pool
from tagwire.serve import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site
    from tagwire.problems import Problem

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
ARTICLES = """
-- content/articles/a.md --
---
title: A
published: 2026-01-01
tags: [news]
---
The first text.
-- content/articles/d.md --
---
title: D
published: 2026-01-02
draft: true
---
A draft.
-- content/articles/f.md --
---
title: F
published: 2030-01-02
---
The future.
"""
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


class Preview:
    """A preview that is running."""

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.port = site, port

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """(status, headers, text) of one request."""
        status, found, body = servers.ask(self.port, path, **headers)
        return status, found, body.decode()

    def shows(self, path: str, text: str, seconds: float = 10) -> float:
        """Waits until a page shows a text; gives the seconds that it took."""
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            if text in self.ask(path)[2]:
                return time.monotonic() - begun
            time.sleep(0.01)
        pytest.fail(f"{path} never shows {text!r}: {self.ask(path)[2]}")


@pytest.fixture
def preview(site: Callable[[str], Site]) -> Iterator[Preview]:
    """A preview of three articles: one published, one a draft, one of the future."""
    with running(site(ARTICLES)) as found:
        yield found


@contextlib.contextmanager
def running(made: Site) -> Iterator[Preview]:
    """A preview in a thread."""
    said: list[str] = []
    problems: list[tuple[Problem, ...]] = []
    stop = threading.Event()
    request = serve.Request(made.root, servers.free_port(), pool.Workers(1), lambda: NOW, said.append, problems.append)
    thread = threading.Thread(target=serve.serve, args=(request, stop))
    thread.start()
    try:
        deadline = time.monotonic() + 60
        while not any("shows the site" in line for line in said) and time.monotonic() < deadline and thread.is_alive():
            time.sleep(0.01)
        time.sleep(0.2)  # until it watches
        yield Preview(made, request.port or 0)
    finally:
        stop.set()
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_a_saved_edit_shows_up(preview: Preview) -> None:
    """Text, a new article, a deleted one, a setting; `site/` is never made."""
    assert "The first text." in preview.ask("/articles/a/")[2]
    preview.site.write("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nThe second text.\n")
    preview.shows("/articles/a/", "The second text.")
    preview.site.write("-- content/articles/n.md --\n---\ntitle: N\npublished: 2026-02-01\n---\nNew.\n")
    preview.shows("/", "articles/n/")
    (preview.site.root / "content/articles/n.md").unlink()
    deadline = time.monotonic() + 10
    while preview.ask("/articles/n/")[0] != 404 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert preview.ask("/articles/n/")[0] == 404
    preview.site.write('-- tagwire.toml --\ntitle = "Another name"\n')
    preview.shows("/", "Another name")
    assert not (preview.site.root / "site").exists()


def test_drafts_and_the_future_are_marked(preview: Preview) -> None:
    """What readers see isn't; and a mark goes when the draft does."""
    assert "A draft: readers" in preview.ask("/articles/d/")[2]
    assert "Dated in the future" in preview.ask("/articles/f/")[2]
    assert "tagwire-mark" not in preview.ask("/articles/a/")[2]
    preview.site.write("-- content/articles/d.md --\n---\ntitle: D\npublished: 2026-01-02\n---\nNo draft now.\n")
    preview.shows("/articles/d/", "No draft now.")
    _until(lambda: "tagwire-mark" not in preview.ask("/articles/d/")[2])


def test_an_error_stands_in_the_page_with_its_line(preview: Preview) -> None:
    """In every page, until it is mended; files and feeds are as before."""
    preview.site.write("-- content/articles/a.md --\n---\ntitle: <b>A</b>\npublished: never\n---\nText.\n")
    preview.shows("/articles/d/", "content/articles/a.md:3:12: error[date-invalid]")
    status, headers, text = preview.ask("/")
    assert (status, headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "reload.js" in text
    assert preview.ask("/atom.xml")[0] == 200
    preview.site.write("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nMended.\n")
    preview.shows("/articles/a/", "Mended.")


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml", "feed.json", "tags/news/atom.xml"])
def test_a_browser_sees_a_feed_as_a_reader_shows_it(preview: Preview, path: str) -> None:
    """A reader gets the feed itself, with its type; so does `?raw`."""
    status, headers, text = preview.ask(f"/{path}", **BROWSER)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert ">A</a>" in text
    assert "The first text." in text
    assert 'sandbox=""' in text
    kind = {"atom": "application/atom+xml", "rss.": "application/rss+xml", "feed": "application/feed+json"}
    for question in (f"/{path}?raw",):
        _, headers, text = preview.ask(question, **BROWSER)
        assert headers["content-type"].split(";")[0] == kind[path.rpartition("/")[2][:4]]
    _, headers, text = preview.ask(f"/{path}")
    assert text.startswith(("<?xml", "{"))


def test_an_unchanged_file_is_not_sent_again(preview: Preview) -> None:
    """304, no body; HEAD has none either."""
    for path in ("/atom.xml", "/", "/articles/a/"):
        status, headers, _ = preview.ask(path)
        assert status == 200
        assert preview.ask(path, If_None_Match=f'"x", W/{headers["etag"]}')[::2] == (304, "")
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.request("HEAD", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ],
)
def test_only_this_machine_s_browser_is_answered(preview: Preview, headers: dict[str, str]) -> None:
    """Not a name that was made to lead here, not another site's script."""
    for path in ("/", "/.tagwire/events", "/atom.xml"):
        status, _, text = preview.ask(path, **headers)
        assert status == 403
        assert "The first text." not in text
    assert preview.ask("/", Host=f"localhost:{preview.port}", Origin=f"http://localhost:{preview.port}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../../tagwire.toml",
        "/%2e%2e/%2e%2e/tagwire.toml",
        "/..%2f..%2ftagwire.toml",
        "/articles/..%5c..%5ctagwire.toml",
        "//etc/passwd",
        "/%00",
        "/.tagwire-manifest",
        "/.tagwire/secret",
        "/.tagwire/../index.html",
        "/.tagwire/%2e%2e/.tagwire-manifest",
        "/leads-out.toml",
        "/leads-out/tagwire.toml",
        "/theme",
        "/theme/",
        "/articles/a//",
        "/" + "a" * 5000,
    ],
)
def test_no_path_leads_out_and_none_lists(preview: Preview, path: str) -> None:
    """Dots, encoded or not, backslashes, hidden files, links: all are 404; and a folder is not listed."""
    folder = preview.site.root / ".tagwire/preview"
    (folder / "leads-out.toml").symlink_to("../../tagwire.toml")
    (folder / "leads-out").symlink_to("../..")
    status, headers, text = preview.ask(path)
    if status == 301:
        status, headers, text = preview.ask(headers["location"])
    assert status == 404
    assert "The Example" not in text or "<html" in text
    assert "style" not in text or "<html" in text


def _said(port: int, request: bytes) -> bytes:
    """The first line of what is said to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(4096).partition(b"\r\n")[0]


def test_nothing_that_is_sent_makes_it_stumble(preview: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    """Addresses that are none, two hosts, a browser that goes in the middle: no traceback on the owner's terminal."""
    host = f"\r\nHost: 127.0.0.1:{preview.port}\r\n"
    for path in ("http://[", "http://evil.example/", "*", "a", "//[x", "http://]", "\xff"):
        said = _said(preview.port, f"GET {path} HTTP/1.1{host}\r\n".encode("latin-1"))
        assert said == b"HTTP/1.1 404 Not Found", path
    assert b"403" in _said(preview.port, f"GET / HTTP/1.1{host}Host: evil.example\r\n\r\n".encode())
    preview.site.write(f"-- content/static/big.txt --\n{'x' * 20_000_000}\n")
    preview.shows("/big.txt", "x")
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as gone:
            gone.sendall(f"GET /big.txt HTTP/1.1{host}\r\n".encode())
            gone.recv(10)
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert preview.ask("/articles/a/")[0] == 200
    assert capfd.readouterr().err == ""


def test_a_link_elsewhere_may_open_the_preview(preview: Preview) -> None:
    """A page of another site may lead here, as a link in a chat does."""
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert preview.ask("/", **headers)[0] == 200


def test_it_listens_on_loopback_only(preview: Preview) -> None:
    """Nobody else reaches it."""
    found = subprocess.run(
        ["/bin/sh", "-c", "cat /proc/net/tcp /proc/net/tcp6"], capture_output=True, text=True, check=True
    )
    port = f":{preview.port:04X}"
    listening = [line.split()[1] for line in found.stdout.splitlines() if port in line and line.split()[3] == "0A"]
    assert listening == [f"0100007F{port}"]


def test_no_script_stands_in_a_page(preview: Preview) -> None:
    """The preview adds a file, as any page must: the policy that hosts set forbids scripts inside."""
    for path in ("/", "/articles/d/", "/nowhere/"):
        scripts = re.findall(r"<script\b([^>]*)>([^<]*)", preview.ask(path)[2])
        assert scripts
        assert all("src=" in attributes or "ld+json" in attributes for attributes, inside in scripts)
    assert "EventSource" in preview.ask("/.tagwire/reload.js")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it(number: int, site: Callable[[str], Site]) -> None:
    """Or whoever runs services: at once, with exit code 0 and no traceback."""
    made = site(ARTICLES)
    command = [sys.executable, "-m", "tagwire", "-C", str(made.root), "serve"]
    with servers.child(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        assert process.stderr
        said = ""
        while "shows the site" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        time.sleep(0.3)
        process.send_signal(number)
        rest = process.communicate(timeout=20)[1]
    assert (process.returncode, "Traceback" in rest, rest.strip()) == (0, False, "the preview has ended")


def test_a_port_that_is_taken_is_named(site: Callable[[str], Site], tmp_path: Path) -> None:
    """With what to do, and not as a fault of the disk."""
    import socket  # noqa: PLC0415

    del tmp_path
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = site(ARTICLES).run("serve", "--port", str(taken.getsockname()[1]))
    assert run.code == 1
    assert "error[port-taken]" in run.err
    assert "another program listens there" in run.err
    assert "the disk refuses" not in run.err


@pytest.mark.program
def test_chromium_loads_a_saved_page_by_itself(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reloads; the page's own script does, some moments after the file was saved, and complains of nothing."""
    asked: list[str] = []
    handler = web._Handler  # noqa: SLF001 - what the browser asks for
    monkeypatch.setattr(handler, "log_message", lambda self, *_: asked.append(self.path))
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --enable-logging=stderr --remote-debugging-port=0"
    page = "/articles/a/"
    command = [servers.program("chromium"), *flags.split(), f"--user-data-dir={tmp_path / 'profile'}"]
    with (tmp_path / "log").open("wb") as log:
        browser = subprocess.Popen([*command, f"http://127.0.0.1:{preview.port}{page}"], stdout=log, stderr=log)
    try:
        _until(lambda: any("/events?page=" in path for path in asked))
        asked.clear()
        preview.site.write("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nBy itself.\n")
        _until(lambda: page in asked)
    finally:
        browser.terminate()
        browser.wait(timeout=20)
    assert "CONSOLE" not in (tmp_path / "log").read_text(errors="replace")


@pytest.mark.program
def test_the_page_on_the_screen_changes_in_place(preview: Preview) -> None:
    """Title, text and mark, without being loaded; another style, an error and what mends it are loaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    said: list[str] = []
    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=servers.program("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(f"http://127.0.0.1:{preview.port}/articles/a/")
        tab.evaluate("window.loaded = 1")
        for title, more in (("One", ""), ("Two", "draft: true\n"), ("Three", "")):
            head = f"---\ntitle: {title}\npublished: 2026-01-01\n{more}---\n"
            preview.site.write(f"-- content/articles/a.md --\n{head}The text of {title}.\n")
            tab.wait_for_function(f"document.body.innerText.includes('The text of {title}.')")
            assert title in tab.title()
            assert (tab.locator(".tagwire-mark").count() == 1) == bool(more)
            assert tab.evaluate("window.loaded") == 1
            described = tab.locator("meta[name=description]")
            assert described.count() == 1
            assert title in str(described.get_attribute("content"))
        preview.site.write("-- theme/static/style.css --\nbody { color: rgb(1, 2, 3); }\n")
        tab.wait_for_function("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'")
        assert said == []
        preview.site.write("-- content/articles/a.md --\n---\ntitle: A\npublished: never\n---\nText.\n")
        tab.wait_for_function("document.body.innerText.includes('date-invalid')")
        preview.site.write("-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\n---\nMended.\n")
        tab.wait_for_function("document.body.innerText.includes('Mended.')")
        browser.close()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 40
    while not holds():
        assert time.monotonic() < deadline, "it never happens"
        time.sleep(0.02)
