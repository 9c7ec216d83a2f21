"""Which URLs may be asked, and which machines may be spoken to."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urlsplit

from tagwire.web.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Container

_SAFE = "/~!$&'()*+,;=:@%"
_PORTS = {"http": 80, "https": 443}
_EMBEDDED = ipaddress.ip_network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last four bytes are an IPv4 address, which may be a private one."""
_GLOBAL = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out to machines (RFC 4291, IANA); `::127.0.0.1` is in no list of private ones."""
_NO_URL = "write an address that begins with https:// or http://"


def checked(url: str) -> SplitResult:
    """The parts of a URL that may be asked, ASCII only, without the fragment and with a path.

    Raises:
        Refused: it is none.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("web-url", f"not a URL: {url[:200]}", _NO_URL) from error
    if parts.scheme not in _PORTS or not host:
        raise Refused("web-url", f"not a URL of the web: {url[:200]}", _NO_URL)
    if parts.username is not None or parts.password is not None:
        raise Refused("web-url", "the URL has a user or a password in it", "leave it out: it would be sent and kept")
    path = quote(parts.path or "/", safe=_SAFE)
    where = f"{_ascii(host)}:{port}" if port and port != _PORTS[parts.scheme] else _ascii(host)
    return SplitResult(parts.scheme, where, path, quote(parts.query, safe=f"{_SAFE}?"), "")


def _ascii(host: str) -> str:
    """The name of a host as DNS has it; an IPv6 address in brackets."""
    if ":" in host:
        return f"[{host}]"
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise Refused("web-url", f"no host can have this name: {host[:80]}", _NO_URL) from error
    if not name or any(character <= " " or character in '<>"\\^`{|}%' for character in name):
        raise Refused("web-url", f"no host can have this name: {host[:80]}", _NO_URL)
    return name


def host_of(url: str) -> str:
    """Host and port of a URL, by which an owner names a machine that may be spoken to though it is private.

    Raises:
        Refused: it is no URL of the web.
    """
    parts = checked(url)
    return f"{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"


def machines(host: str, port: int, trusted: Container[str]) -> list[str]:
    """The IP addresses of a host, every one of them public unless `host:port` is trusted.

    All are looked at, and only these are connected to: a name that leads elsewhere at the second look leads nowhere.

    Raises:
        Refused: there are none, or one is private.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("web-unreachable", f"no server has the name {host}", "look at the address", again=True) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if f"{host.strip('[]')}:{port}" not in trusted:
        for address in addresses:
            if not _public(address):
                message = f"{host} is inside a private network ({address})"
                raise Refused("web-private", message, "only addresses that everybody can reach are asked")
    return addresses


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _EMBEDDED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not _public(str(inner)):
            return False
        if ip.ipv4_mapped:
            return True
        if ip not in _EMBEDDED and ip not in _GLOBAL:
            return False
    return ip.is_global and not ip.is_multicast
