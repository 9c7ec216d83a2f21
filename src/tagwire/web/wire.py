"""The connections below HTTP: only to machines that may be spoken to, and only until the time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore

from tagwire.web.address import machines
from tagwire.web.refused import Refused

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Container, Iterable


class Wire(httpcore.NetworkBackend):
    """Opens connections for one client. `deadline` is set anew for each request."""

    def __init__(self, trusted: Container[str], clock: Callable[[], float]) -> None:
        self._trusted, self._clock = trusted, clock
        self._below = httpcore.SyncBackend()
        self.deadline = 0.0

    def left(self, timeout: float | None) -> float:
        """Seconds for the next step.

        Raises:
            Refused: there are none.
        """
        left = self.deadline - self._clock()
        if left <= 0:
            raise Refused("web-slow", "the server took too long", "try again later", again=True)
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """To one of the machines of this name, each checked."""
        addresses = machines(host, port, self._trusted)
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                below = self._below.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == 0:
                    raise
            else:
                return _Stream(below, self)
        raise httpcore.ConnectError(host)


class _Stream(httpcore.NetworkStream):
    """A connection on which no single step, and not all steps together, take longer than allowed."""

    def __init__(self, below: httpcore.NetworkStream, wire: Wire) -> None:
        self._below, self._wire = below, wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._below.read(max_bytes, self._wire.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._below.write(buffer, self._wire.left(timeout))

    def close(self) -> None:
        self._below.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._below.start_tls(ssl_context, server_hostname, self._wire.left(timeout)), self._wire)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        return self._below.get_extra_info(info)
