"""One request after the other: redirects, unpacking, a second try, and a pause before the same host is asked again."""

from __future__ import annotations

import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

import httpcore

from tagwire import __version__
from tagwire.web.address import checked, host_of
from tagwire.web.refused import Refused
from tagwire.web.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

AGENT = f"Tagwire/{__version__}"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 502, 503, 504})
"""Statuses that may be otherwise in a moment."""
_LONGEST_WAIT = 20.0
"""Seconds before another try; a server that asks for more isn't asked again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is put up with, for each request and all that follows from it."""

    size: int = 20_000_000
    """Bytes of the body, unpacked."""
    seconds: float = 30.0
    """For one try, redirects included."""
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0
    """Seconds between two requests to the same host."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end."""

    url: str
    """Where it was said, after all redirects."""
    status: int
    headers: Mapping[str, str]
    """By name in lower case; the last one of a name."""
    body: bytes = field(repr=False)
    hops: tuple[tuple[int, str], ...] = ()
    """(status, where it led) of each redirect."""

    @property
    def media_type(self) -> str:
        """What the body says that it is, in lower case, without parameters; empty where it doesn't."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Pace:
    """Says how long to wait before a host is asked again. Several clients, in several threads, may share one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def seconds(self, host: str, pause: float) -> float:
        """Seconds until the caller's turn with this host; the next one's comes `pause` after it."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + pause
            return turn - now


class Client:
    """Asks servers, one request at a time. Not to be shared by threads. Close it, or use it in a `with`."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        trusted: Iterable[str] = (),
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`trusted` are hosts (`host_of`) that the owner named: these may be private. `pace` may be shared."""
        self.limits = limits or Limits()
        self._clock, self._sleep = clock, sleep
        self._wire = Wire(frozenset(trusted), clock)
        self._pool = httpcore.ConnectionPool(network_backend=self._wire, max_connections=8, keepalive_expiry=10)
        self._pace = pace or Pace(clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all connections."""
        self._pool.close()

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        before: Callable[[str], None] | None = None,
    ) -> Answer:
        """What is at `url`, redirects followed; any status is an answer.

        `before` is called with each address that a redirect leads to, may ask this client for other things, and raises
        `Refused` where the address shall not be asked.

        Raises:
            Refused: it isn't a URL of the web, can't be reached, or goes beyond a limit.
        """
        for number in range(1, self.limits.tries + 1):
            last = number == self.limits.tries
            wait = float(3 ** (number - 1))
            try:
                answer = self._followed(url, headers or {}, method, before)
            except Refused as refused:
                if last or not refused.again:
                    raise
            else:
                wait = _asked_for(answer, wait)
                if last or answer.status not in _BUSY or wait > _LONGEST_WAIT:
                    return answer
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _followed(
        self, url: str, headers: Mapping[str, str], method: str, before: Callable[[str], None] | None
    ) -> Answer:
        self._wire.deadline = self._clock() + self.limits.seconds
        hops: list[tuple[int, str]] = []
        while True:
            address = checked(url).geturl()
            status, got, body = self._once(address, headers, method)
            if status not in _REDIRECTS or "location" not in got:
                return Answer(address, status, got, body, tuple(hops))
            if len(hops) == self.limits.redirects:
                message = f"more than {self.limits.redirects} redirects, the last one to {got['location'][:200]}"
                raise Refused("web-redirects", message, "ask for the address at which it is in the end")
            url = urljoin(address, got["location"])
            hops.append((status, url))
            if before:
                left = self._wire.deadline - self._clock()
                before(url)
                self._wire.deadline = self._clock() + left  # what was asked in between had a deadline of its own

    def _once(self, url: str, headers: Mapping[str, str], method: str) -> tuple[int, dict[str, str], bytes]:
        self._wait(host_of(url))
        sent = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", **headers}
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), 15.0)
        try:
            with self._pool.stream(
                method, url, headers=list(sent.items()), extensions={"timeout": timeouts}
            ) as response:
                got = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in response.headers}
                skip = response.status in _REDIRECTS or method == "HEAD"
                return response.status, got, b"" if skip else self._body(response, got)
        except httpcore.TimeoutException as error:
            raise Refused("web-slow", "the server took too long", "try again later", again=True) from error
        except httpcore.ProtocolError as error:
            message = f"the server doesn't speak HTTP as it should: {str(error)[:100]}"
            raise Refused("web-malformed", message, "try again later, or ask its owner", again=True) from error
        except (httpcore.NetworkError, OSError) as error:
            message = f"the server can't be reached: {str(error)[:100] or 'the connection broke'}"
            raise Refused("web-unreachable", message, "try again later", again=True) from error

    def _wait(self, host: str) -> None:
        """Until this host may be asked again; the pause is not counted as the server's time."""
        free = self._pace.seconds(host, self.limits.pause)
        if free > 0:
            self._sleep(free)
            self._wire.deadline += free

    def _body(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        unpack = _unpacker(headers.get("content-encoding", "").strip().lower())
        found = bytearray()
        for piece in response.iter_stream():
            found += unpack(piece, self.limits.size + 1 - len(found))
            if len(found) > self.limits.size:
                message = f"it is larger than {self.limits.size:,} bytes"
                raise Refused("web-large", message, "download it yourself if you trust it, and name the file")
        return bytes(found)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Unpacks a piece to at most so many bytes: a bomb of zeros goes off inside the limit."""
    if encoding in {"", "identity"}:
        return lambda piece, _: piece
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Refused("web-malformed", f"packed in a way that wasn't asked for: {encoding[:40]}", "ask its owner")
    unpacking = zlib.decompressobj(wbits=47)  # gzip or zlib, whichever it is

    def unpack(piece: bytes, most: int) -> bytes:
        try:
            return unpacking.decompress(piece, most)
        except zlib.error as error:
            raise Refused("web-malformed", "what the server packed can't be unpacked", "try again later") from error

    return unpack


def _asked_for(answer: Answer, otherwise: float) -> float:
    """Seconds that the server wants to be left alone (RFC 9110, Retry-After); a date there counts as long."""
    wish = answer.headers.get("retry-after", "").strip()
    if not wish:
        return otherwise
    return float(wish) if wish.isdecimal() and len(wish) < 9 else _LONGEST_WAIT + 1
