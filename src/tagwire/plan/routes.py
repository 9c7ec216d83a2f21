"""Where things are: every URL of the site is made here, for a page that shows it or for a feed.

A link in an article is, in this order: elsewhere (it has a scheme or a host), an anchor of the page itself, a path from
the site's root (`/tags/`), a Markdown file (`other.md`), a file beside the article, or a path from the page's address.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tagwire.model import Config, Meta

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_CUT = re.compile(r"[?#]")


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """What stands where, as far as a link can mean it."""

    config: Config
    sources: Mapping[str, str]
    """Path of each content file and asset (`content/articles/a.md`) to its address."""

    def absolute(self, address: str) -> str:
        """The public URL of an address."""
        return names.absolute(self.config.base, address)

    def from_page(self, here: str) -> Callable[[str], str]:
        """Turns an address into a URL for the page at address `here`; absolute ones for the 404 page."""
        if here == "404.html":
            return self.absolute
        index = self.config.links == "index"
        return lambda there: names.relative(here, there, index=index)

    def target(self, link: str, meta: Meta) -> tuple[str, str] | None:
        """(address, query and fragment) of a link as `meta`'s owner wrote it; None if it leads elsewhere or nowhere."""
        cut = _CUT.search(link)
        path, rest = (link[: cut.start()], link[cut.start() :]) if cut else (link, "")
        if not path or _ELSEWHERE.match(path):
            return None
        path = unquote(path)
        if path.startswith("/"):
            source = f"content{posixpath.normpath(path)}"
            return self.sources.get(source, _inside("", path[1:])), rest
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(meta.path), path))
        return self.sources.get(beside, _inside(meta.address, path)), rest

    def resolve(self, links: tuple[str, ...], meta: Meta, *, for_feed: bool) -> tuple[str, ...]:
        """URLs for all links of a body: relative to its page, or absolute for a feed."""
        url = self.absolute if for_feed else self.from_page(meta.address)
        return tuple(self._resolved(link, meta, url, for_feed=for_feed) for link in links)

    def _resolved(self, link: str, meta: Meta, url: Callable[[str], str], *, for_feed: bool) -> str:
        found = self.target(link, meta)
        if found:
            return url(found[0]) + found[1]
        if not for_feed:
            return link
        if link.startswith("//"):
            return f"https:{link}"
        return link if _ELSEWHERE.match(link) else self.absolute(meta.address) + link

    def dead(self, link: str, meta: Meta) -> bool:
        """Whether a link to a Markdown file leads nowhere."""
        found = self.target(link, meta)
        return found is not None and names.is_markdown(found[0])


def _inside(address: str, path: str) -> str:
    """`path` seen from `address`, never above the site's root (RFC 3986 section 5.2.4)."""
    joined = posixpath.normpath("/" + posixpath.join(posixpath.dirname(address), path))
    folder = joined != "/" and (path.endswith(("/", "/.", "/..")) or path in {"", ".", ".."})
    return joined.lstrip("/") + ("/" if folder else "")
