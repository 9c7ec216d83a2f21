"""Where things are: every URL of the site is made here, for a page that shows it or for a feed.

A link in an article is, in this order: elsewhere (it has a scheme or a host), an anchor of the page itself, a path from
the site's root (`/tags/`), a Markdown file (`other.md`), a file beside the article, or a path from the page's address.
"""

from __future__ import annotations

import functools
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagwire import names
from tagwire.digests import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tagwire import views
    from tagwire.model import Config, Measure, Meta

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_CUT = re.compile(r"[?#]")


class Ground:
    """What every page and feed may build upon: the settings, and URLs made of addresses."""

    def __init__(self, config: Config, styles: tuple[str, ...] = ()) -> None:
        """`styles`: addresses of the style sheets."""
        self.config = config
        self.styles = styles
        self.idle: Mapping[str, frozenset[str]] = {}
        """Fields of an article's view, and of cards, that a template doesn't show, by the template's name. It is part
        of no name: the templates are."""
        self.cards: dict[tuple[object, ...], views.Card] = {}
        """What `cards` has made upon it, by all that a card depends on: the same for each page at the same depth."""
        self.links: dict[tuple[object, ...], views.Link] = {}
        self.feeds: dict[tuple[object, ...], tuple[views.Alternate, ...]] = {}
        self.sites: dict[tuple[object, ...], views.Site] = {}
        """The same for links to topics, for the feeds of one, and for what a page shows of the site."""

    @functools.cached_property
    def digest(self) -> bytes:
        """Part of the name of all that is made upon it."""
        return name((self.config, self.styles))

    def absolute(self, address: str) -> str:
        """The public URL of an address."""
        return names.absolute(self.config.base, address)

    def from_page(self, here: str) -> Callable[[str], str]:
        """Turns an address into a URL for the page at address `here`; absolute ones for the 404 page."""
        if here == "404.html":
            return self.absolute
        index = self.config.links == "index"
        return lambda there: names.relative(here, there, index=index)

    def knowing(self, found: tuple[tuple[str, str], ...]) -> Routes:
        """Routes for the links of one article, all that are there having been `found`: (path, address) of each."""
        return Routes(self.config, dict(found))


class Routes(Ground):
    """What stands where, as far as a link can mean it."""

    def __init__(
        self, config: Config, sources: Mapping[str, str], measures: Mapping[str, Measure] | None = None
    ) -> None:
        """`sources`: path of each content file and asset (`content/articles/a.md`) to its address.

        `measures`: of pictures, by address.
        """
        super().__init__(config)
        self.sources = sources
        self.measures = measures or {}

    def found(self, wanted: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Those of the paths `wanted` that are there, each with its address."""
        return tuple((path, self.sources[path]) for path in wanted if path in self.sources)

    def target(self, link: str, meta: Meta) -> tuple[str, str] | None:
        """(address, query and fragment) of a link as `meta`'s owner wrote it; None if it leads elsewhere or nowhere."""
        parts = _split(link)
        if parts is None:
            return None
        path, rest = parts
        there = self.sources.get(_file(path, meta)) if self.sources else None
        if there is None:  # no such file: the address that it would be
            there = _inside("", path[1:]) if path.startswith("/") else _inside(meta.address, path)
        return there, rest

    def resolve(self, links: tuple[str, ...], meta: Meta, *, for_feed: bool) -> tuple[str, ...]:
        """URLs for all links of a body: relative to its page, or absolute for a feed."""
        url = self.absolute if for_feed else self.from_page(meta.address)
        return tuple([self._resolved(link, meta, url, for_feed=for_feed) for link in links])

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


def addresses(metas: Iterable[Meta], shown: Iterable[Meta]) -> dict[str, str]:
    """Addresses of content files, by path; the old addresses of those that are `shown` stand as if files lay there."""
    old = {f"content/{alias.strip('/')}": meta.address for meta in shown for alias in meta.aliases}
    return old | {meta.path: meta.address for meta in metas}


def wanted(links: Iterable[str], meta: Meta) -> tuple[str, ...]:
    """The paths of files that these links would mean if they are there."""
    return tuple(sorted({_file(read[0], meta) for link in links if (read := _split(link))}))


def _split(link: str) -> tuple[str, str] | None:
    """(path, query and fragment) of a link into this site."""
    cut = _CUT.search(link)
    path, rest = (link[: cut.start()], link[cut.start() :]) if cut else (link, "")
    return None if not path or _ELSEWHERE.match(path) else (unquote(path), rest)


def _file(path: str, meta: Meta) -> str:
    if path.startswith("/"):
        return f"content{posixpath.normpath(path)}"
    return posixpath.normpath(f"{posixpath.dirname(meta.path)}/{path}")


def _inside(address: str, path: str) -> str:
    """`path` seen from `address`, never above the site's root (RFC 3986 section 5.2.4)."""
    above = "" if path.startswith("/") else address.rpartition("/")[0]
    joined = posixpath.normpath(f"/{above}/{path}" if above else f"/{path}")
    folder = joined != "/" and (path.endswith(("/", "/.", "/..")) or path in {"", ".", ".."})
    return joined.lstrip("/") + ("/" if folder else "")
