"""Links, pictures and embedded players of a page, with addresses that may be published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape as html_escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from tagwire.intake.escape import collapse, label, run, url

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import html

EMBEDS: Final = frozenset(["iframe", "video", "audio", "embed", "object"])
_SAFE: Final = frozenset("http https mailto tel ftp sms xmpp geo magnet news irc ircs".split()) | {""}
_PLAYERS: Final = re.compile(
    r"(?:\A|\.)(?:youtube|youtube-nocookie|youtu|vimeo|dailymotion|twitter|x|facebook|instagram|tiktok|soundcloud|spotify"
    r"|bandcamp|mixcloud|ted|twitch|streamable|giphy|scribd|slideshare|documentcloud|datawrapper|infogram|flourish|codepen"
    r"|jsfiddle|archive|openstreetmap|rumble|odysee|peertube|megaphone|simplecast|libsyn|acast|brightcove|jwplayer"
    r"|reddit|bsky|apple|wikimedia|arte|ardmediathek|bbc)(?:\.\w+)+\Z"
)
"""Hosts whose frames hold something of the article; those of others are mostly advertisements."""

_PIXELS: Final = re.compile(r"[1-9]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Context:
    """What the writing of a block depends on beside the block."""

    base: str = ""
    """URL that relative links start from; empty if unknown."""
    notes: dict[html.HtmlElement, str] = field(default_factory=dict)
    """Name of the footnote that each mark refers to."""
    raw: bool = False
    """Everything as HTML: within a raw table."""
    files: frozenset[str] = frozenset()
    """Attachments of the article, which `attachment:NAME` means."""
    moved: Callable[[str], str] | None = None
    """Gives the new address of a page that has moved along with this one, and nothing for any other."""

    def link(self, target: str) -> str:
        """An address as it may be published: absolute where possible, empty if unsafe or a place in this page."""
        target = re.sub(r"[\t\n\r\x00-\x1f]", "", target).strip()
        if not target or target.startswith("#"):
            return ""
        if target.startswith("attachment:"):
            return target if target.removeprefix("attachment:") in self.files else ""
        try:
            scheme = urlsplit(target).scheme.lower()
            joined = urljoin(self.base, target) if self.base else target
            urlsplit(joined)
        except ValueError:
            return ""
        if scheme not in _SAFE:
            return ""
        return (self.moved(joined) if self.moved else "") or joined

    def source(self, target: str) -> str:
        """The address of a picture, which may also be a `data:` URL."""
        return target if target.startswith("data:image/") else self.link(target)


def embed(element: html.HtmlElement, context: Context, *, linked: bool = False) -> str:
    """A player or frame as a link to what it shows; nothing for a frame of unknown purpose."""
    sources = [element.get("src", ""), element.get("data-src", ""), element.get("data", "")]
    sources += [source.get("src", "") for source in element.iter("source", "embed")]
    target = next((found for found in map(context.link, sources) if found), "")
    host = (urlsplit(target).hostname or "").removeprefix("www.") if target else ""
    named = flat(element.get("title", "") or element.get("aria-label", "")).strip(" ")
    if not target or target.startswith("about:") or (element.tag == "iframe" and not _PLAYERS.search(host)):
        return ""
    name = named or host or target.removeprefix("attachment:")
    if context.raw:
        return f'<a href="{html_escape(target)}">{html_escape(name)}</a>'
    written = label(run(name, "[", "]"))
    return written if linked else f"[{written}]({url(target)})"


def image(element: html.HtmlElement, context: Context) -> str:
    """A picture, or nothing where its address is unsafe."""
    source = context.source(element.get("src", ""))
    alt = flat(element.get("alt", "")).strip(" ")
    if not source:
        return ""
    size = _size(element)
    if context.raw:
        return f'<img src="{html_escape(source)}" alt="{html_escape(alt)}"{size and f" {size}"}>'
    return f"![{label(run(alt, '[', ']'))}]({url(source)}){size and f'{{{size}}}'}"


def _size(element: html.HtmlElement) -> str:
    """The size that a page gives a picture, in pixels, as attributes: the text around it need not jump."""
    named = [(name, element.get(name, "").strip().removesuffix("px")) for name in ("width", "height")]
    return " ".join(f'{name}="{value}"' for name, value in named if _PIXELS.fullmatch(value))


def flat(text: str) -> str:
    """White space as HTML shows it, in one line."""
    return collapse(text).replace("\n", " ")
