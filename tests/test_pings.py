"""What a hub may answer."""

from __future__ import annotations

import socket
import threading

import pytest

from tagwire.publish import pings


@pytest.mark.parametrize(
    "answer", [b"", b"no HTTP\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 302 x\r\nLocation: file:///\r\n\r\n"]
)
def test_a_hub_that_speaks_no_http_is_a_warning(answer: bytes) -> None:
    """The site is out by then; once it was a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def once() -> None:
            talk, _ = server.accept()
            with talk:
                talk.recv(4096)
                talk.sendall(answer)

        thread = threading.Thread(target=once)
        thread.start()
        found = pings.ping(f"http://127.0.0.1:{server.getsockname()[1]}/", ["https://x.example/atom.xml"])
        thread.join(timeout=20)
    assert [(problem.code, problem.severity) for problem in found] == [("hub-silent", "warning")]
