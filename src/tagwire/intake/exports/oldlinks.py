"""Links of an export's articles to one another: from addresses of the old site to those that lead on at the new one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from tagwire.intake.exports import address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

_FILE = re.compile(r"\.(?!html?\Z|php\Z|aspx?\Z)\w{1,5}\Z", re.IGNORECASE)
"""The end of a path that is no page's."""


class OldLinks:
    """Which addresses of the old site are those of articles in the export, and what became of each.

    A link becomes the old path, from the root: every article has that as an alias, whatever name it is given here, and
    a build leads straight to its page.
    """

    def __init__(self, base: str = "", site: str = "", *, whole: bool = True) -> None:
        """`base`: where the old site was, empty if that is unknown; `site`: the URL of the new one.

        `whole`: the export holds all articles of the old site, so that a link to any other leads nowhere.
        """
        self._site, self._whole = site, whole
        self._hosts: set[str] = set()
        self._aliases: dict[str, str] = {}
        self.host(base)

    def host(self, url: str) -> None:
        """Says that the old site was at the host of `url`."""
        if (parts := _split(url)) and parts.netloc:
            self._hosts.add(_bare(parts.netloc))

    def add(self, url: str, *others: str) -> None:
        """Says that an article that readers could see was at `url`; `others` led to it too."""
        alias = address.alias(url, self._site)
        if not alias:
            return
        self.host(url)
        for each in (url, *others):
            if parts := _split(each):
                self._aliases[_key(parts)] = alias

    def __call__(self, url: str) -> str:
        """What a link to `url` becomes; empty if it isn't one to an article of the export."""
        parts = self._own(url)
        alias = self._aliases.get(_key(parts), "") if parts else ""
        return _written(alias, parts.fragment) if parts and alias else ""

    def lost(self, url: str) -> bool:
        """Whether `url` is of a page of the old site, other than its front page, that isn't in the export."""
        parts = self._own(url) if self._whole else None
        return bool(parts and (parts.path.strip("/") or parts.query) and not _FILE.search(parts.path) and not self(url))

    def _own(self, url: str) -> SplitResult | None:
        parts = _split(url)
        return parts if parts and parts.scheme in ("http", "https") and _bare(parts.netloc) in self._hosts else None


class ByName(OldLinks):
    """Links to articles that are known by one part of their address alone, at whatever host: a number, or a name."""

    def __init__(self, pattern: str, aliases: Mapping[str, str]) -> None:
        """`pattern` finds that part in an address, as its first group; `aliases` are by it."""
        super().__init__()
        self._pattern, self._named = re.compile(pattern), aliases

    def __call__(self, url: str) -> str:
        """What a link to `url` becomes; empty if it isn't one to an article of the export."""
        found = self._pattern.match(url)
        alias = self._named.get(found[1], "") if found else ""
        return _written(alias, url.partition("#")[2]) if alias else ""


def _written(alias: str, fragment: str) -> str:
    return quote(alias, safe="/:@!$&'()*+,;=~") + (f"#{fragment}" if fragment else "")


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _key(parts: SplitResult) -> str:
    path = unicodedata.normalize("NFC", unquote(parts.path)).strip("/").lower()
    query = address.uncounted(parts.query)
    return f"{path}?{query}" if query else path
