"""WebSub: the hub is told which feeds have changed (https://www.w3.org/TR/websub/, section 7)."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING

from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECONDS = 15


def ping(hub: str, urls: Iterable[str]) -> list[Problem]:
    """One request a feed; a hub that does not answer is no reason to fail: the site is out."""
    for url in urls:
        data = urllib.parse.urlencode({"hub.mode": "publish", "hub.topic": url, "hub.url": url}).encode()
        request = urllib.request.Request(hub, data, {"User-Agent": "Tagwire"})  # noqa: S310 - http(s), by its setting
        try:
            urllib.request.urlopen(request, timeout=_SECONDS).close()  # noqa: S310 - as above
        except (OSError, ValueError, http.client.HTTPException) as error:
            hint = "readers that follow by the hub hear of it when they next ask"
            return [Problem("-", 0, 0, "hub-silent", f"{hub} did not take the ping: {error}", hint, severity="warning")]
    return []
