"""Settings for where the site goes."""

from __future__ import annotations

import re
from typing import Any

from tagwire.config.wrong import Wrong, said
from tagwire.problems import closest

_HOSTS = ("github-pages", "gitlab-pages", "netlify", "cloudflare", "s3", "nginx", "apache", "caddy")
_KINDS = ("gzip", "br")
HINT = 'write a folder, `to = "git:gh-pages"`, or `to = "rclone:REMOTE:PATH"`'
_BRANCH = re.compile(r"git:(?:(?!-)\S+#)?(?!-)[\w./-]+\Z")
_REMOTE = re.compile(r"rclone:(?!-)[^\s].*:.*\Z")


def host(key: str, value: object) -> dict[str, Any]:
    """The kind of the web host."""
    if value not in _HOSTS:
        near = closest(value, _HOSTS) if isinstance(value, str) else ""
        raise Wrong(f"is not known: {said(value)}", near or f"known hosts: {', '.join(_HOSTS)}")
    return {key: value}


def precompress(key: str, value: object) -> dict[str, Any]:
    """Kinds of compressed twins, in the order of `_KINDS`."""
    if not isinstance(value, list) or not all(kind in _KINDS for kind in value):
        raise Wrong(f"is not a list of kinds: {said(value)}", f'write `{key} = ["gzip"]` or `{key} = ["gzip", "br"]`')
    return {key: tuple(kind for kind in _KINDS if kind in value)}


def publish(key: str, value: object) -> dict[str, Any]:
    """Where `publish` brings the site."""
    if not isinstance(value, dict):
        raise Wrong("is not a table", f'write `[{key}]` and below it `to = "…"`')
    if unknown := set(value) - {"to"}:
        raise Wrong(f"has an unknown key `{min(unknown)}`", closest(min(unknown), ["to"]) or "it has: to", min(unknown))
    to = value.get("to", "")
    if not isinstance(to, str):
        raise Wrong(f"has a `to` that is not a text: {said(to)}", HINT, "to")
    if wrong := target_fault(to.strip()):
        raise Wrong(f"has a `to` that {wrong}: {said(to)}", HINT, "to")
    return {"to": to.strip()}


def target_fault(to: str) -> str:
    """What is wrong with a target, or empty; also for one that the command line names."""
    if to.startswith("git:") and not _BRANCH.match(to):
        return "names no branch"
    if to.startswith("rclone:") and not _REMOTE.match(to):
        return "names no remote of rclone"
    if "://" in to and not to.startswith(("git:", "rclone:")):
        return "is an address, not a place to write to"
    return ""
