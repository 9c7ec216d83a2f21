"""Folders and archives of texts: what in them is a text, and what belongs to the site that a generator made of them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tagwire.intake.bundle import Broken, read
from tagwire.intake.exports import generators, headed, titled
from tagwire.intake.found import Found
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Known, Refused

_SITES: Final = re.compile(
    r"(?:_config\.(?:ya?ml|toml)|hugo\.(?:toml|ya?ml|json)|pelicanconf\.py|(?:.*/)?_posts/.+"
    r"|content/.+\.(?:md|markdown|rst))\Z"
)
"""What only lies in the site of a generator."""
_TEXTS: Final = (".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".txt", ".rst", ".org", ".adoc", ".textile")
_OTHERS: Final = re.compile(
    r"(?:.*/)?(?:_(?!posts/|drafts/)[^/]*|layouts|themes?|archetypes|i18n|templates|node_modules|public|output)/.+"
    r"|(?:README|LICEN[CS]E|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT|404|search|robots|humans)\b[^/]*",
    re.IGNORECASE,
)
"""Templates, and texts for those who make the site."""
_ROOTS: Final = ("", "static/", "content/", "src/", "public/", "content/extra/")
"""Folders whose files are at the root of the finished site."""


_BESIDE: Final = re.compile(
    r"(?!(?:.*/)?(?:uploads|wp-content)/)(?:.+\.(?:txt|md|markdown|html?|xhtml|eml|mbox|mhtml?)"
    r"|(?!(?:.*/)?\d{4}/\d{2}/).+\.(?:docx|odt|rtf|epub|pdf))\Z",
    re.IGNORECASE,
)
"""Documents, where WordPress keeps none of what it shows."""


def beside_exports(names: Iterable[str]) -> tuple[str, ...]:
    """The documents that lie beside an export, and are no part of one."""
    return tuple(name for name in names if _BESIDE.match(name) and not _OTHERS.match(name))


class Archive:
    """The files of a folder or archive of no known export."""

    def __init__(self, opened: Bundle, path: str) -> None:
        self._opened, self._path = opened, path
        self._names = frozenset(opened.names())
        self._texts: set[str] = set()
        self._taken: set[str] = set()
        self.is_site = any(map(_SITES.match, self._names))

    def texts(self) -> Iterator[str]:
        """The files that may be articles: all but what belongs to a generator's site, and empty lists of Hugo's."""
        for name in self._opened.names():
            if not self.is_site or (name.lower().endswith(_TEXTS) and not self._is_other(name)):
                self._texts.add(name)
                yield name

    def _is_other(self, name: str) -> bool:
        if _OTHERS.match(name):
            return True
        if posixpath.basename(name) not in ("_index.md", "index.html", "index.md"):
            return False
        try:
            text = read(self._opened, name).decode("utf-8", "replace")
            return not generators.split(text)[1].strip() or (name.count("/") == 0 and "{%" in text)
        except (Broken, *generators.UNREADABLE):
            return False

    def beside(self, name: str, address: str) -> bytes | None:
        """The file that a text in `name` means by an address; one from the root is where generators keep those."""
        target = unquote(address.partition("?")[0].partition("#")[0])
        if target.startswith("/"):
            places = [posixpath.normpath(root + target.lstrip("/")) for root in _ROOTS]
        else:
            places = [posixpath.normpath(posixpath.join(posixpath.dirname(name), target))]
        found = next((place for place in places if place in self._names), "")
        self._taken |= {found} if found else set()
        return read(self._opened, found) if found else None

    def placed(self, name: str, found: Found | Refused | Known) -> Found | Refused | Known:
        """A text of a generator's site that states no date is a standing page; a page of it says more than others."""
        if not self.is_site or not isinstance(found, Found):
            return found
        if name.lower().endswith((".html", ".htm")):
            found = headed.told(found, read(self._opened, name), name)
        return found if found.published or found.updated or found.draft else replace(found, page=True)

    def came_along(self, name: str) -> bool:
        """Whether a text has taken this file along."""
        return name in self._taken

    def rest(self) -> Iterator[Problem]:
        """What of a generator's site no article has, once all of its texts were given."""
        known = self._texts | self._taken
        if rest := [name for name in self._opened.names() if name not in known]:
            many = titled.counted(len(rest), "file")
            message = f"{many} of the site that no article shows, such as {rest[0]}, could not be carried over"
            hint = "`tagwire init --from` moves a whole site; or copy its pictures to `content/static`"
            yield Problem(f"content/{self._path}", 0, 0, "not-carried-over", message, hint, severity="warning")
