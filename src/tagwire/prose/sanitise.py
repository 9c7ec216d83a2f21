"""Allow-lists for HTML: what of an article's markup reaches a page, and what reaches feed readers.

nh3 (ammonia) parses as browsers do and writes everything anew, so its output is in one normal form:
lower-case names, double-quoted attributes, `&`, `<` and quotes escaped. `links` relies on that form.
"""

from __future__ import annotations

import re

import nh3

from tagwire.characters import FORBIDDEN

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

_FRAME = re.compile(r"<(?:iframe|embed)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_FRAME_END = re.compile(r"</iframe\s*>", re.IGNORECASE)
_SRC = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_SHOWABLE = re.compile(r"https?:|(?![^/?#]*:)", re.IGNORECASE)
_EMPTY = re.compile(r"<p>\s*</p>\n?")
"""What is left of a paragraph whose script or form is gone."""
_IDLE_SOURCE = re.compile(r"<source(?![^>]*\ssrc=)[^>]*>")
"""Of a `picture`: there it had a srcset."""
_SCHEME = re.compile(r"(?:^|[\s,])([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED_IN_SCHEMES = re.compile("[\x00-\x08\x0e-\x1f]|(?<=[a-z])[\t\n\r]", re.IGNORECASE)
"""Browsers read over these inside of a scheme (WHATWG URL, section 4.4)."""


def for_page(html: str) -> str:
    """`html` with nothing in it that could run, load a frame, or restyle the page."""
    return _cleaned(html, _BLOCKS | _INLINES | _SOUND | _PICTURES, _PAGE)


def for_reader(html: str) -> str:
    """`html` as feed readers want it: no class, id, style, lazy loading or `picture`; frames are links."""
    return _IDLE_SOURCE.sub("", _cleaned(html, (_BLOCKS | _INLINES | _SOUND) - {"track"}, _COMMON))


def _cleaned(html: str, tags: frozenset[str], attributes: dict[str, set[str]]) -> str:
    framed = _frames_as_links(html)
    # nh3 looks at URLs of `href`, `src` and their like; a call for each attribute is dear, so only where there is need.
    unseen = "cite" in framed or "srcset" in framed
    clean = nh3.clean(
        framed,
        tags=set(tags),
        attributes=attributes,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_without_strange_schemes if unseen else None,
    )
    return _EMPTY.sub("", FORBIDDEN.sub("", clean))  # `&#1;` has become the character itself


def _without_strange_schemes(_tag: str, attribute: str, value: str) -> str | None:
    if attribute not in {"cite", "srcset"}:
        return value
    schemes = _SCHEME.findall(_IGNORED_IN_SCHEMES.sub("", value))
    return value if _SCHEMES.issuperset(map(str.lower, schemes)) else None


def _frames_as_links(html: str) -> str:
    """An embedded video would vanish without a word: a link to it stays."""
    lowered = html.lower()
    if "<iframe" not in lowered and "<embed" not in lowered:
        return html
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
