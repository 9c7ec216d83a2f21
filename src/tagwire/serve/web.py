"""The preview's web server: loopback only, for browsers that mean it, files of one folder only.

What keeps others out: it listens on 127.0.0.1; a name that leads there (DNS rebinding) is told by its Host, a page of
another site by its Origin, or by what browsers say of a request's purpose; a path is taken apart and put together
again, and links that lead out are not followed.
"""

from __future__ import annotations

import contextlib
import errno
import http.server
import mimetypes
import select
import sys
import urllib.parse
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from tagwire import hosts
from tagwire.problems import Problem, Stopped
from tagwire.serve import pages
from tagwire.serve.state import NEVER

if TYPE_CHECKING:
    from pathlib import Path

    from tagwire.serve.state import State

_TEXTS = ("text/", "application/javascript", "application/json", "application/feed+json", "image/svg+xml")
_FEEDS = {"atom.xml", "rss.xml", "feed.json", "podcast.xml"}
_PULSE = 15.0
"""Seconds after which a waiting browser gets a sign of life."""
_PATIENCE = 10.0
"""Seconds after which a page is shown as it was, since a build doesn't come to an end."""


class Server(http.server.ThreadingHTTPServer):
    """Serves `folder` as `state` has it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, folder: Path, state: State) -> None:
        self.folder, self.state = folder, state
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes in the middle of an answer is nothing to tell."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed names them more narrowly

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


def listening(port: int | None, folder: Path, state: State) -> Server:
    """A server at `port`; without one at 8000, or where that is taken at any free one.

    Raises:
        Stopped: `port` is another program's, or only the machine's owner may have it.
    """
    if port is not None:
        try:
            return Server(port, folder, state)
        except OSError as error:
            raise Stopped([_taken(port, error)]) from error
    try:
        return Server(8000, folder, state)
    except OSError:
        return Server(0, folder, state)


def _taken(port: int, error: OSError) -> Problem:
    why = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
    hint = "leave --port out to have any free one, or end that program: perhaps another preview"
    return Problem("-", 0, 0, "port-taken", f"port {port} can't be had: {why}", hint)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Tagwire"
    sys_version = ""
    disable_nagle_algorithm = True  # else the end of an answer may wait 40 ms for the browser to confirm its begin
    timeout = 60
    own: ClassVar[dict[str, tuple[str, str]]] = {
        f"{pages.OWN}reload.js": ("text/javascript", pages.SCRIPT),
        f"{pages.OWN}style.css": ("text/css", pages.STYLE),
    }

    def do_GET(self) -> None:
        """Answers."""
        if not self._meant():
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"This preview is for this machine's browser alone.\n")
            return
        written, _, query = self.path.partition("?")
        path = _taken_apart(written)
        if path is None:
            self._missing()
        elif path == f"{pages.OWN}events":
            self._events(query)
        elif path in self.own:
            kind, text = self.own[path]
            self._answer(HTTPStatus.OK, kind, text.encode())
        elif self._is_folder(path):
            self._redirect(f"/{urllib.parse.quote(path)}/")
        else:
            self._file(_with_index(path), raw=query == "raw")

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _meant(self) -> bool:
        """Whether this machine's browser asks, for a page that somebody opens here."""
        if len(self.headers.get_all("Host", ())) != 1 or self._elsewhere():
            return False
        names = {f"{name}:{self.server.port}" for name in ("127.0.0.1", "localhost")}
        origin = self.headers.get("Origin")
        return self.headers.get("Host", "").lower() in names and (
            origin is None or origin in {f"http://{name}" for name in names}
        )

    def _elsewhere(self) -> bool:
        """Whether a page of another site wants it: it could learn which drafts there are (Fetch Metadata)."""
        said = (self.headers.get("Sec-Fetch-Mode"), self.headers.get("Sec-Fetch-Dest"))
        return self.headers.get("Sec-Fetch-Site") == "cross-site" and said != ("navigate", "document")

    def _wants_page(self, path: str) -> bool:
        return "text/html" in self.headers.get("Accept", "") or path.endswith(".html")

    def _is_folder(self, path: str) -> bool:
        file = self._inside(path) if path and not path.endswith("/") else None
        return file is not None and file.is_dir()

    def _file(self, path: str, *, raw: bool) -> None:
        number, data = self.server.state.ready(path, _PATIENCE)
        if self.server.state.errors and self._wants_page(path):
            page = pages.errors(self.server.state.errors)
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/html", pages.with_script(page, number))
            return
        if data is None:
            data = _read(self._inside(path))
        if data is None:
            self._missing(number)
            return
        kind = hosts.content_type(path) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind == "text/html":
            data = pages.with_script(data, number, self.server.state.marks.get(path, ""))
        elif path.rpartition("/")[2] in _FEEDS and not raw and "text/html" in self.headers.get("Accept", ""):
            shown = pages.feed(data, path)
            kind, data = ("text/html", pages.with_script(shown, number)) if shown else (kind, data)
        self._answer(HTTPStatus.OK, kind, data)

    def _inside(self, path: str) -> Path | None:
        """The file at `path`, if no link leads out of the folder."""
        folder = self.server.folder.resolve()
        try:
            file = (folder / path).resolve()
            file.lstat()
        except (OSError, ValueError, RuntimeError):
            return None
        return file if file == folder or folder in file.parents else None

    def _missing(self, number: int | None = None) -> None:
        number = self.server.state.number if number is None else number
        file = self.server.folder / "404.html"
        page = file.read_bytes() if file.is_file() else b"<!doctype html><title>Not found</title><p>No such page."
        self._answer(HTTPStatus.NOT_FOUND, "text/html", pages.with_script(page, number))

    def _redirect(self, place: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
        asked = {each.strip().removeprefix("W/") for each in self.headers.get("If-None-Match", "").split(",")}
        same = status == HTTPStatus.OK and tag in asked
        self.send_response(HTTPStatus.NOT_MODIFIED if same else status)
        if not same:
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)
            self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if not same and self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, query: str) -> None:
        """Tells the number of each build as it ends, until the browser goes (server-sent events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        asked = urllib.parse.parse_qs(query, max_num_fields=9).get("page", [""])[0]
        path = _taken_apart(asked)
        number, state, page = NEVER, self.server.state, "" if path is None else _with_index(path)
        with contextlib.suppress(OSError), state.looked_at(page, self._is_there):
            while not state.over:
                now = state.after(number, _PULSE)
                self.wfile.write(f"data: {now}\n\n".encode() if now != number else b": still here\n\n")
                number = now

    def _is_there(self) -> bool:
        """Whether the browser still listens: it sends nothing more, so what can be read is the end."""
        try:
            return not select.select([self.connection], [], [], 0)[0]
        except (OSError, ValueError):
            return False

    def log_message(self, *_: object) -> None:
        """A preview says nothing about each request."""


def _with_index(path: str) -> str:
    """The file that is meant by the path of a folder."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _read(file: Path | None) -> bytes | None:
    """A file's bytes; None if it isn't there, or is no longer there: a build may take it away at any moment."""
    try:
        return file.read_bytes() if file is not None and file.is_file() else None
    except OSError:
        return None


def _taken_apart(path: str) -> str | None:
    """A path below the folder; None for one that leads elsewhere, or to a hidden file."""
    decoded = urllib.parse.unquote(path)
    if not decoded.startswith("/") or "\\" in decoded or any(c < " " for c in decoded):
        return None
    own = decoded.removeprefix("/")
    parts = own.split("/")
    below = parts[1:] if own.startswith(pages.OWN) else parts
    hidden = any(part.startswith(".") and part != ".well-known" for part in below)
    return None if hidden or "" in parts[:-1] else own
