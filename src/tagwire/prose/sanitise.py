"""Allow-lists for HTML: what of an article's markup reaches a page, and what reaches feed readers.

nh3 (ammonia) parses as browsers do and writes everything anew, so its output is in one normal form:
lower-case names, double-quoted attributes, `&`, `<` and quotes escaped. `links` relies on that form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from tagwire.characters import without_forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCKS = frozenset(
    """
    address article aside blockquote br caption center col colgroup dd details div dl dt figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
_INLINES = frozenset(
    """
    a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rb rp rt rtc ruby s samp small span strike strong sub sup
    time tt u var wbr
    """.split()
)
_SOUND = frozenset({"audio", "video", "source", "track"})
_PICTURES = frozenset({"picture"})

_COMMON = {
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "audio": {"src", "controls"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "controls", "poster", "width", "height"},
    "*": {"lang", "dir"},
}
_PAGE_ONLY = {
    "img": {"srcset", "sizes", "loading", "decoding"},
    "source": {"srcset", "sizes", "media"},
    "*": {"id", "class", "role", "title"},
}
_PAGE = {tag: _COMMON.get(tag, set()) | _PAGE_ONLY.get(tag, set()) for tag in {*_COMMON, *_PAGE_ONLY}}
_SCHEMES = {"http", "https", "mailto", "tel", "xmpp", "irc", "ircs", "geo", "sms", "magnet", "gemini", "ftp", "sftp"}

_ANYWHERE = frozenset(_COMMON["*"])
_FOR_READERS = {tag: frozenset(attributes) | _ANYWHERE for tag, attributes in _COMMON.items()}
_MORE_THAN_BARE = re.compile(
    r'<(?:(?!picture|track)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z]+="[^"]*")+)|/?picture\b[^>]*|track\b[^>]*)>'
)
"""A tag with attributes, or one that feed readers have no use for. Text has no `<` in normal form."""
_ATTRIBUTE = re.compile(r' ([a-z]+)="[^"]*"')

_FRAME = re.compile(r"<(?:iframe|embed)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_FRAME_END = re.compile(r"</iframe\s*>", re.IGNORECASE)
_SRC = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_SHOWABLE = re.compile(r"https?:|(?![^/?#]*:)", re.IGNORECASE)
_EMPTY = re.compile(r"<p>\s*</p>\n?")
"""What is left of a paragraph whose script or form is gone."""
_PARAGRAPH = re.compile(r"(<p>|</p>\n?)")
_IDLE_SOURCE = re.compile(r"<source(?![^>]*\ssrc=)[^>]*>")
"""Of a `picture`: there it had a srcset."""
_SCHEME = re.compile(r"(?:^|[\s,])([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED_IN_SCHEMES = re.compile("[\x00-\x08\x0e-\x1f]|(?<=[a-z])[\t\n\r]", re.IGNORECASE)
"""Browsers read over these inside of a scheme (WHATWG URL, section 4.4)."""


def for_page(html: str) -> str:
    """`html` with nothing in it that could run, load a frame, or restyle the page."""
    lowered = html.encode(errors="surrogatepass").lower()  # text that isn't ASCII would take ten times as long
    framed = _frames_as_links(html) if b"<iframe" in lowered or b"<embed" in lowered else html
    # nh3 looks at URLs of `href`, `src` and their like; a call for each attribute is dear, so only where there is need.
    clean = (_WATCHED if b"cite" in lowered or b"srcset" in lowered else _CLEANER).clean(framed)
    return _without_empty(without_forbidden(clean))  # `&#1;` has become the character itself


def reader_from_page(page: str) -> str:
    """What `for_page` gave as feed readers want it: no class, id, style, lazy loading or `picture`.

    Taking away from its normal form gives what sanitising with fewer names would, without parsing again.
    """
    return _IDLE_SOURCE.sub("", _without_empty(_MORE_THAN_BARE.sub(_plainer, page)))


def _without_empty(html: str) -> str:
    """Without paragraphs that hold nothing, or nothing but such paragraphs: `object` lets one stand in another."""
    plainer, found = _EMPTY.subn("", html)
    if not found or not _EMPTY.search(plainer):
        return plainer
    kept: list[str] = []
    for piece in _PARAGRAPH.split(html):  # one pass, however deep they stand
        blank = []
        while piece[:4] == "</p>" and kept and not kept[-1].strip():
            blank.append(kept.pop())
        if piece[:4] == "</p>" and kept and kept[-1] == "<p>":
            kept.pop()
        else:
            kept += [*blank[::-1], piece]
    return "".join(kept)


def _plainer(tag: re.Match[str]) -> str:
    name = tag["name"]
    if not name:
        return ""
    allowed = _FOR_READERS.get(name, _ANYWHERE)
    kept = (found[0] for found in _ATTRIBUTE.finditer(tag["attributes"]) if found[1] in allowed)
    return f"<{name}{''.join(kept)}>"


def _without_strange_schemes(_tag: str, attribute: str, value: str) -> str | None:
    if attribute not in {"cite", "srcset"}:
        return value
    schemes = _SCHEME.findall(_IGNORED_IN_SCHEMES.sub("", value))
    return value if _SCHEMES.issuperset(map(str.lower, schemes)) else None


def _cleaner(attribute_filter: Callable[[str, str, str], str | None] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_BLOCKS | _INLINES | _SOUND | _PICTURES),
        attributes=_PAGE,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=attribute_filter,
    )


_CLEANER, _WATCHED = _cleaner(None), _cleaner(_without_strange_schemes)


def _frames_as_links(html: str) -> str:
    """An embedded video would vanish without a word: a link to it stays."""
    parts: list[str] = []
    done = 0
    ends = _FRAME_END.finditer(html)
    end = next(ends, None)
    for frame in _FRAME.finditer(html):
        if frame.start() < done:  # inside of the one before
            continue
        parts += [html[done : frame.start()], _link(frame[1])]
        done = frame.end()
        while end and end.start() < done:
            end = next(ends, None)
        if end and frame[0][:7].lower() == "<iframe":  # what is between is for browsers without frames
            done = end.end()
    return "".join([*parts, html[done:]])


def _link(attributes: str) -> str:
    found = _SRC.search(attributes)
    url = next((group for group in found.groups() if group), "") if found else ""
    safe = url.replace("<", "&lt;").replace('"', "&quot;")
    return f'<a href="{safe}">{safe}</a>' if url and _SHOWABLE.match(url) else ""
