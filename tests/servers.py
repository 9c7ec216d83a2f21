"""Real programs on loopback, for tests."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is missing, and fails where all must be there."""
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    found = shutil.which(name, path=path)
    if found is None and os.environ.get("TAGWIRE_ALL_PROGRAMS"):
        pytest.fail(f"{name} is not installed")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def child(command: Sequence[str], **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that doesn't outlive its test, however that ends: leaving a `with Popen` would wait for ever."""
    with subprocess.Popen(command, text=True, **more) as process:
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[None]:
    """Runs a server until it is no longer needed; waits until it listens."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        _await(process, port, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    pytest.fail(f"{process.args!r} does not listen: {log.read_text(errors='replace')}")


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """(status, headers in lower case, body) of one request; names of headers are given with `_` for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
    finally:
        connection.close()


def nginx(folder: Path, root: Path, include: str = "") -> tuple[list[str], int]:
    """The command that serves `root`, and its port."""
    port = free_port()
    (folder / "nginx.conf").write_text(
        "daemon off; master_process off; pid nginx.pid; error_log stderr; events {}\n"
        "http { access_log off; include /etc/nginx/mime.types; default_type application/octet-stream;\n"
        f"  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};\n"
        f"  uwsgi_temp_path {folder}; scgi_temp_path {folder};\n"
        f"  server {{ listen 127.0.0.1:{port}; root {root}; {include} }} }}\n"
    )
    return [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")], port


def caddy(folder: Path, root: Path) -> tuple[list[str], int]:
    """The command that serves `root` with its own `.caddyfile`, and its port."""
    port = free_port()
    (folder / "Caddyfile").write_text(
        "{\n  admin off\n  auto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n  root * {root}\n  import {root}/.caddyfile\n}}\n"
    )
    return [program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], port


def apache(folder: Path, root: Path) -> tuple[list[str], int]:
    """The command that serves `root` with its own `.htaccess`, and its port."""
    port = free_port()
    names = "mpm_event authn_core authz_core dir mime alias headers autoindex".split()
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in names)
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/apache.pid\n"
        f"{modules}\nErrorLog {folder}/apache.log\nTypesConfig /etc/mime.types\n"
        f"DocumentRoot {root}\n<Directory {root}>\n"
        f"  AllowOverride FileInfo Indexes\n  Require all granted\n</Directory>\n"
    )
    return [program("apache2"), "-X", "-f", str(folder / "apache.conf")], port
