"""Polite HTTP: what is refused, what is put up with, and how often a server is asked. All of it on loopback."""

from __future__ import annotations

import gzip
import http.server
import pickle
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import web
from tagwire.web import address
from tagwire.web.address import machines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said = tuple[int, dict[str, str], bytes]


@contextmanager
def serving(answer: Callable[[str, int], Said]) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """A server whose `answer(path, number of the request)` is sent; gives its URL and what it was asked."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = answer(self.path, len(asked))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


def client(url: str, waits: list[float] | None = None, **limits: Any) -> web.Client:
    """One that may speak to that server, and only notes how long it would have slept."""
    slept = waits if waits is not None else []
    return web.Client(web.Limits(**{"pause": 0.0, **limits}), trusted=[web.host_of(url)], sleep=slept.append)


def refused(url: str, **limits: Any) -> str:
    """The code with which a request is refused."""
    with client(url, **{"tries": 1, **limits}) as asking, pytest.raises(web.Refused) as found:
        asking.get(url)
    assert found.value.message
    assert found.value.hint
    return found.value.code


def test_an_answer_is_what_the_server_said() -> None:
    """Its status whatever it is, its headers in lower case, its body unpacked, and who asked."""
    packed = gzip.compress(b"<rss/>")
    kind = {"Content-Type": "Text/XML; charset=utf-8", "Content-Encoding": "gzip"}
    with serving(lambda path, _: (404 if path == "/no" else 200, kind, packed)) as (url, asked), client(url) as asking:
        answer = asking.get(f"{url}häfen?q=ü#part", {"If-None-Match": '"1"'})
        assert (answer.status, answer.body, answer.media_type) == (200, b"<rss/>", "text/xml")
        assert asking.get(f"{url}no").status == 404
        assert asking.get(f"{url}no", method="HEAD").body == b""
    assert asked[0][0] == "/h%C3%A4fen?q=%C3%BC"
    assert asked[0][1]["user-agent"].startswith("Tagwire/")
    assert asked[0][1]["if-none-match"] == '"1"'


def test_redirects_are_followed_and_told() -> None:
    """A few of them; a circle ends."""

    def answer(path: str, _: int) -> Said:
        return (301, {"Location": "b"}, b"") if path == "/a" else (302, {"Location": "/c"}, b"") if path == "/b" else (
            (200, {}, b"here") if path == "/c" else (307, {"Location": path}, b"")
        )  # fmt: skip

    with serving(answer) as (url, _), client(url) as asking:
        found = asking.get(f"{url}a")
        assert (found.url, found.body) == (f"{url}c", b"here")
        assert found.hops == ((301, f"{url}b"), (302, f"{url}c"))
        assert refused(f"{url}circle") == "web-redirects"


def test_a_stranger_cannot_lead_into_the_private_network() -> None:
    """Neither a redirect nor a name does: only the machine that the owner named is spoken to."""
    with serving(lambda *_: (200, {}, b"secret")) as (inside, asked):
        away = {"Location": f"{inside}secret"}
        with serving(lambda *_: (302, away, b"")) as (url, _):
            assert refused(url) == "web-private"
        with web.Client() as asking:
            for host in ("localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433", "0.0.0.0"):  # noqa: S104
                with pytest.raises(web.Refused) as found:
                    asking.get(inside.replace("127.0.0.1", host))
                assert found.value.code in {"web-private", "web-unreachable"}
    assert asked == []


_INSIDE = (
    "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 198.18.0.1 "
    "::1 :: ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: fe80::1%1 "
    "fec0::1 fc00::1 ff02::1 2001:db8::1 100::1"
)


@pytest.mark.parametrize("address", _INSIDE.split())
def test_every_spelling_of_a_private_address_is_one(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Mapped, embedded, translated, local, or given out to nobody."""
    found = [(10 if ":" in address else 2, 1, 6, "", (address, 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(web.Refused) as wrong:
        machines("a.example", 80, ())
    assert wrong.value.code == "web-private"


def test_a_name_that_changes_its_mind_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the addresses that were looked at are those that are spoken to, and all must be public."""
    said = iter([["93.184.215.14", "10.0.0.1"], ["169.254.169.254"], ["::ffff:192.168.1.1"], ["64:ff9b::7f00:1"]])

    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in next(said)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with web.Client(sleep=lambda _: None) as asking:
        for _ in range(4):
            with pytest.raises(web.Refused) as found:
                asking.get("http://rebinding.example/")
            assert found.value.code == "web-private"


def test_a_name_leads_to_a_machine_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first of its addresses doesn't, the next one is tried; the name is what the server hears."""
    with serving(lambda *_: (200, {}, b"here")) as (url, asked):
        port = int(url.rstrip("/").rpartition(":")[2])
        found = [(2, 1, 6, "", (ip, port)) for ip in ("127.0.0.2", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with client(f"http://many.example:{port}/") as asking:
            assert asking.get(f"http://many.example:{port}/").body == b"here"
    assert asked[0][1]["host"] == f"many.example:{port}"


def test_size_is_counted_unpacked() -> None:
    """A small file can hold a large one."""
    bomb = gzip.compress(bytes(3_000_000))
    assert len(bomb) < 5_000
    with serving(lambda path, _: (200, {"Content-Encoding": "gzip"} if path == "/b" else {}, bomb)) as (url, _):
        assert refused(f"{url}b", size=1_000_000) == "web-large"
        assert refused(f"{url}plain", size=1_000) == "web-large"
        with client(url, size=3_000_000) as asking:
            assert len(asking.get(f"{url}b").body) == 3_000_000


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n"])
def test_a_server_that_drips_is_left(head: bytes) -> None:
    """A byte now and then resets no clock: all of it has a deadline, the headers too."""
    done = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(head)
            while not done.wait(0.02):
                try:
                    connection.sendall(b"a")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        begun = time.monotonic()
        try:
            assert refused(f"http://127.0.0.1:{listening.getsockname()[1]}/", seconds=0.3) == "web-slow"
        finally:
            done.set()
            thread.join()
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "said", [b"220 mail.example ESMTP\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", b""]
)
def test_what_is_no_http_is_said(said: bytes) -> None:
    """Another protocol, a body cut off, a line hung up."""

    def speak(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=speak, args=(listening,), daemon=True)
        thread.start()
        assert refused(f"http://127.0.0.1:{listening.getsockname()[1]}/") == "web-malformed"
        thread.join()


def test_nobody_there() -> None:
    """No server listens, and no such name."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/") == "web-unreachable"
    assert refused("http://nowhere.invalid/") == "web-unreachable"


def test_a_busy_server_is_asked_again_later() -> None:
    """As late as it wants, and not at all where that is long."""
    waits: list[float] = []
    busy = {1: (503, {}, b""), 2: (429, {"Retry-After": "7"}, b"")}
    with serving(lambda _, number: busy.get(number, (200, {}, b"ok"))) as (url, _), client(url, waits) as asking:
        assert asking.get(url).body == b"ok"
    assert waits == [1.0, 7.0]
    with serving(lambda *_: (503, {"Retry-After": "3600"}, b"")) as (url, asked), client(url, waits) as asking:
        assert asking.get(url).status == 503
    assert len(asked) == 1


def test_one_host_is_asked_slowly() -> None:
    """Others needn't wait for that."""
    waits: list[float] = []
    with serving(lambda *_: (200, {}, b"")) as (one, _), serving(lambda *_: (200, {}, b"")) as (two, _):
        limits, trusted = web.Limits(pause=5.0), [web.host_of(one), web.host_of(two)]
        with web.Client(limits, trusted=trusted, clock=lambda: 100.0, sleep=waits.append) as asking:
            for url in (one, two, one):
                asking.get(url)
    assert waits == [5.0]


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://a.example/", "file:///etc/passwd", "http:///x", "https://me:secret@a.example/",
        "http://a.example:99999/", "http://[::1/", "http://a b.example/", "http://" + "ä" * 70 + ".example/",
        "javascript:alert(1)", "http://a.example\\@b.example/",
    ],
)  # fmt: skip
def test_what_is_no_url_of_the_web(url: str) -> None:
    """Nothing else than http and https to a host is asked."""
    with web.Client() as asking, pytest.raises(web.Refused) as found:
        asking.get(url)
    assert found.value.code == "web-url"
    assert "secret" not in found.value.message


@given(st.text(max_size=40))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """And what is taken once is taken as it is the next time."""
    for url in (text, f"https://{text}", f"https://a.example/{text}"):
        try:
            once = address.checked(url).geturl()
        except web.Refused:
            continue
        assert once.isascii()
        assert address.checked(once).geturl() == once


def test_a_refusal_crosses_processes() -> None:
    """It is an exception with a constructor of its own."""
    again = pickle.loads(pickle.dumps(web.Refused("web-url", "m", "h")))  # noqa: S301 - our own
    assert (again.code, again.message, again.hint) == ("web-url", "m", "h")
