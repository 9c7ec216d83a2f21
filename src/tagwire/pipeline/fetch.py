"""Pages and pictures of the web, fetched because the owner named them; what `robots.txt` forbids is left alone."""

from __future__ import annotations

import contextlib
import posixpath
import re
import urllib.robotparser
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

from tagwire import names, web
from tagwire.intake import decode
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
}
_PICTURES: Final = 100
"""Pictures of one run that are fetched: a page may name thousands."""
_LONGEST: Final = 60


def is_address(text: str) -> bool:
    """Whether somebody means a page of the web by it."""
    return re.match(r"https?://", text, re.IGNORECASE) is not None


class Fetched:
    """A page as its server sent it."""

    def __init__(self, answer: web.Answer) -> None:
        self.address = answer.url
        """After all redirects."""
        self.data = _marked(answer)
        self.name = _name(answer)


class Web:
    """Asks servers for pages and pictures, in turn."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        """`trusted` are hosts (`HOST` or `HOST:PORT`) that the owner named: these may be inside a private network."""
        named = [host.lower() for host in trusted]
        bare = [f"{host}:{port}" for host in named for port in (80, 443) if not re.search(r":\d+\Z", host)]
        self._client = web.Client(trusted=[*named, *bare])
        self._rules: dict[str, urllib.robotparser.RobotFileParser | None] = {}
        self._pictures: dict[str, bytes | None] = {}
        self.problems: list[Problem] = []
        """Pictures that could not be fetched."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def page(self, address: str) -> Fetched | Problem:
        """The page at an address, or why there is none."""
        try:
            answer = self._asked(address, "text/html, application/xhtml+xml, */*;q=0.5")
        except web.Refused as refused:
            return Problem(address, 0, 0, refused.code, refused.message, refused.hint)
        if answer.status != 200:
            message = f"the server answered {answer.status}, and not with a page"
            return Problem(address, 0, 0, "web-status", message, "look at the address in a browser")
        return Fetched(answer)

    def picture(self, address: str) -> bytes | None:
        """The bytes of a picture; None where there is none, which is told once."""
        if address not in self._pictures:
            self._pictures[address] = self._picture(address)
        return self._pictures[address]

    def _picture(self, address: str) -> bytes | None:
        said = f"more than {_PICTURES} pictures" if len(self._pictures) >= _PICTURES else ""
        try:
            answer = None if said else self._asked(address, "image/*")
        except web.Refused as refused:
            answer, said = None, refused.message
        if answer is not None and answer.status == 200 and answer.media_type.startswith("image/"):
            return answer.body
        said = said or f"the server answered {answer.status if answer else ''} {answer.media_type if answer else ''}"
        hint = "its address stays in the article"
        self.problems.append(
            Problem(address, 0, 0, "picture-not-fetched", f"not fetched: {said}", hint, severity="warning")
        )
        return None

    def _asked(self, address: str, accept: str) -> web.Answer:
        """What is at an address, if `robots.txt` allows it and every address that it leads to.

        Raises:
            Refused: it doesn't, or nothing can be had there.
        """
        self._heed(address)
        return self._client.get(address, {"Accept": accept}, before=self._heed)

    def _heed(self, address: str) -> None:
        if not self._may(address):
            message = "the server's `robots.txt` forbids programs to fetch this"
            where = f": {address[:200]}"
            raise web.Refused("web-forbidden", message + where, "save the page in a browser, and add the file")

    def _may(self, address: str) -> bool:
        """Whether `robots.txt` allows an address (RFC 9309: all where there is none, nothing where it can't be had)."""
        web.host_of(address)  # refuses what is no address of the web
        parts = urlsplit(address)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._rules:
            self._rules[place] = self._robots(place)
        rules = self._rules[place]
        return rules is None or rules.can_fetch("Tagwire", address)

    def _robots(self, place: str) -> urllib.robotparser.RobotFileParser | None:
        answer = self._client.get(f"{place}/robots.txt")
        rules = urllib.robotparser.RobotFileParser()
        if answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        elif answer.status == 200 and answer.media_type in ("text/plain", ""):
            rules.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines())
        else:
            return None
        return rules


def _marked(answer: web.Answer) -> bytes:
    """A page with its address on top, as browsers write it into pages that they save; other files as they are.

    A charset that only the server named is lost with the headers: such a page is written in UTF-8.
    """
    if _KINDS.get(answer.media_type) != ".html":
        return answer.body
    data = answer.body
    charset = re.search(r"charset=[\"']?([\w.:-]+)", answer.headers.get("content-type", ""), re.IGNORECASE)
    if charset and not re.search(rb"<meta[^>]+charset", data[:4096], re.IGNORECASE):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            data = data.decode(decode.known(charset[1])).encode()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    mark = f"<!-- saved from url=({len(answer.url):04d}){answer.url.replace('--', '%2D%2D')} -->\n".encode()
    bom = data.startswith(b"\xef\xbb\xbf")
    return mark + (data[3:] if bom else data)


def _name(answer: web.Answer) -> str:
    """A file's name for what was fetched."""
    parts = urlsplit(answer.url)
    stem, suffix = posixpath.splitext(posixpath.basename(unquote(parts.path).rstrip("/")))
    slug = names.slug(stem, longest=_LONGEST) or names.slug(parts.hostname or "", longest=_LONGEST) or "page"
    ending = _KINDS.get(answer.media_type) or (suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else "")
    return f"{slug}{ending}"
