"""Allow-lists for HTML: what of an article's markup reaches a page, and what reaches feed readers.

nh3 (ammonia) parses as browsers do and writes everything anew, so its output is in one normal form:
lower-case names, double-quoted attributes, `&`, `<` and quotes escaped. `links` relies on that form.
"""

from __future__ import annotations

import re

import nh3

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

_EMBEDDED = re.compile(
    r"<(iframe|embed)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(?:.*?</iframe\s*>)?", re.DOTALL | re.IGNORECASE
)
_SRC = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def for_page(html: str) -> str:
    """`html` with nothing in it that could run, load a frame, or restyle the page."""
    return nh3.clean(
        _frames_as_links(html),
        tags=_BLOCKS | _INLINES | _SOUND | _PICTURES,
        attributes=_PAGE,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def for_reader(html: str) -> str:
    """`html` as feed readers want it: no class, id, style, lazy loading or `picture`; frames are links."""
    return nh3.clean(
        _frames_as_links(html),
        tags=(_BLOCKS | _INLINES | _SOUND) - {"track"},
        attributes=_COMMON,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _frames_as_links(html: str) -> str:
    """An embedded video would vanish without a word: a link to it stays."""
    if "<iframe" not in html.lower() and "<embed" not in html.lower():
        return html

    def link(match: re.Match[str]) -> str:
        found = _SRC.search(match[2])
        url = next((group for group in found.groups() if group), "") if found else ""
        safe = url.replace("<", "&lt;").replace('"', "&quot;")
        return f'<a href="{safe}">{safe}</a>' if url else ""

    return _EMBEDDED.sub(link, html)
