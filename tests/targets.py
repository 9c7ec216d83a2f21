"""Places that a site can be published to, as real as this machine can make them: for tests."""

from __future__ import annotations

import contextlib
import getpass
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("folder", "git", "sftp", "webdav", "s3")
REMOTES = KINDS[2:]
OPENSSH = "openssh"
"""SFTP as nearly all hosts have it; Debian's package `openssh-server`."""


@dataclass(frozen=True)
class Target:
    """Where a site goes, and what its readers get from there."""

    to: str
    """What `--to` takes."""
    folder: Path
    """Where the files are; of a branch, the bare repository."""
    branch: str = ""
    has_gap: bool = False
    """Whether its server removes a file before the new one stands there: rclone's own SFTP and S3 do."""

    def read(self, path: str) -> bytes | None:
        """A file as a reader gets it; None where there is none."""
        if not self.branch:
            try:
                return (self.folder / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
        command = [servers.program("git"), "-C", str(self.folder), "show", f"{self.branch}:{path}"]
        run = subprocess.run(command, capture_output=True, check=False)
        return run.stdout if run.returncode == 0 else None

    def has(self, path: str) -> bool:
        """Whether a reader gets anything."""
        return self.read(path) is not None if self.branch else (self.folder / path).is_file()

    def paths(self) -> set[str]:
        """Every file that is there."""
        if self.branch:
            command = [servers.program("git"), "-C", str(self.folder), "ls-tree", "-rz", "--name-only", self.branch]
            return {*subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")} - {""}
        found = (os.path.relpath(os.path.join(base, name), self.folder)  # noqa: PTH118 - as os.walk gives it
                 for base, _, names in os.walk(self.folder) for name in names)  # fmt: skip
        return {*found}


def git(folder: Path, *arguments: str) -> str:
    """What git prints, whoever's settings this machine has."""
    command = [servers.program("git"), "-c", "user.name=T", "-c", "user.email=t@t.test", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def bare(site: Path, folder: Path) -> Path:
    """A bare repository that the site's own repository knows as `origin`."""
    repository = folder / "bare.git"
    git(folder, "init", "-q", "--bare", str(repository))
    git(site, "init", "-q", "-b", "main")
    git(site, "remote", "add", "origin", str(repository))
    return repository


@contextlib.contextmanager
def target(kind: str, site: Path, folder: Path) -> Iterator[Target]:
    """One of `KINDS`, empty, below `folder`; servers run as long as it is used."""
    if kind == "folder":
        yield Target(str(folder / "srv/www"), folder / "srv/www")
    elif kind == "git":
        yield Target("git:gh-pages", bare(site, folder), "gh-pages")
    elif kind == OPENSSH:
        with openssh(folder) as found:
            yield found
    else:
        with remote(kind, folder) as found:
            yield found


@contextlib.contextmanager
def remote(kind: str, folder: Path, port: int = 0) -> Iterator[Target]:
    """A server that rclone itself runs on loopback."""
    port = port or servers.free_port()
    top = folder / "remote"
    top.mkdir(exist_ok=True)
    rclone = servers.program("rclone")
    address = f"127.0.0.1:{port}"
    common = ["--addr", address, "--config", os.devnull]
    inside = "news"
    if kind == "sftp":
        command = [rclone, "serve", "sftp", str(top), *common, "--user", "u", "--pass", "p"]
        secret = subprocess.run([rclone, "obscure", "p"], check=True, capture_output=True, text=True).stdout.strip()
        to = f"rclone::sftp,host=127.0.0.1,port={port},user=u,pass={secret},shell_type=none:news"
    elif kind == "webdav":
        command = [rclone, "serve", "webdav", str(top), *common]
        to = f"rclone::webdav,url='http://{address}':news"
    else:
        (top / "bucket").mkdir(exist_ok=True)
        command = [rclone, "serve", "s3", str(top), *common, "--auth-key", "key,secret"]
        keys = "access_key_id=key,secret_access_key=secret"
        to, inside = f"rclone::s3,provider=Rclone,endpoint='http://{address}',{keys}:bucket/news", "bucket/news"
    with servers.running(command, port, folder / "remote.log"):
        yield Target(to, top / inside, has_gap=kind in ("sftp", "s3"))


@contextlib.contextmanager
def openssh(folder: Path) -> Iterator[Target]:
    """OpenSSH's server on loopback, for whoever runs the tests, with a key made for this once."""
    port, keys, top = servers.free_port(), folder / "ssh", folder / "remote"
    sshd = servers.program("sshd")
    for each in (keys, top):
        each.mkdir()
    keys.chmod(0o700)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it locks itself up; made by its service elsewhere
    for name in ("host", "user"):
        command = [servers.program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name)]
        subprocess.run(command, check=True)
    (keys / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {keys}/host\nAuthorizedKeysFile {keys}/user.pub\n"
        "PidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin prohibit-password\nMaxStartups 100\n"
        "Subsystem sftp internal-sftp\n"
    )
    user = f"user={getpass.getuser()},key_file={keys}/user"
    to = f"rclone::sftp,host=127.0.0.1,port={port},{user},shell_type=none:{top}/news"
    with servers.running([sshd, "-D", "-e", "-f", str(keys / "config")], port, folder / "remote.log"):
        yield Target(to, top / "news")
