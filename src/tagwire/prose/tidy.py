"""One way through HTML that an engine wrote of a text without raw HTML: most texts are so.

All tags are its own then, closed in order, of a dozen kinds, with attributes that are escaped. What the steps of
`prose.render` make of them, one after the other, is known beforehand: shaped, cleaned, with true signs, for pages and
for readers, its URLs taken out. Whatever is of no kind known here, they do; a law of the tests says that both ways lead
to the same. This one takes a fifth of the time.
"""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from tagwire.model import Markup
from tagwire.prose import anchors, sanitise, typography
from tagwire.prose.formulas import END

if TYPE_CHECKING:
    from tagwire.prose.typography import Marks

_RAW = re.compile(r"<(?!https?:)[A-Za-z/!?]")
"""What may begin raw HTML in Markdown."""
_BRACED = ("</a>{", "/>{", "}</p>", "}</h")
"""What is in comrak's HTML where there may be a list of attributes."""
_TAG = re.compile(r"(<[^>]*>)")
_MOST = 3000
"""Texts and tags; beyond, `limits.check_html` looks how deep they stand."""
_BARE = {
    tag: tag
    for name in "p ul ol li em strong del blockquote table thead tbody tr th td".split()
    for tag in (f"<{name}>", f"</{name}>")
}
"""Tags as they are written, and as they are when they are clean."""
_BARE |= {
    tag: tag for tag in "<pre> </pre> </code> </h1> </h2> </h3> </h4> </h5> </h6> </sup> </div> <hr> <br>".split()
}
_BARE |= {"<hr />": "<hr>", "<br />": "<br>"}
_HEADINGS = {f"<h{level}>": f"</h{level}>" for level in "123456"}
_ALIGNED = {
    f'<{cell} align="{side}">': (f'<{cell} class="align-{side}">', f"<{cell}>")
    for cell in ("th", "td")
    for side in ("left", "center", "right")
}
_ALIGNED |= {clean: (clean, bare) for clean, bare in _ALIGNED.values()}
_HEADED = re.compile(r'<(h[1-6]) id="[^"&<>]*">')
_BLOCK = re.compile(r"<(?:p|pre|[uo]l|blockquote|table|div|h[1-6r])\b")
_WORDED = re.compile(r"<(?:p|h[1-6])\b")
_CODE = re.compile(r'<code(?: class="language-[\w+#.-]+")?>', re.ASCII)
_START = re.compile(r'<ol start="\d{1,9}">', re.ASCII)
_LINK = re.compile(r'<a href="(?P<url>[^"]*)"(?P<title> title="[^"]*")?>')
_IMAGE = re.compile(r'<img src="(?P<url>[^"]*)" alt="[^"]*"(?: title="[^"]*")? />')
_ILLUSTRATION = re.compile(r'<img alt="[^"]*" src="(?P<url>[^"]*)"(?: title="[^"]*")?>')
"""An image as Python-Markdown writes it."""
_ENTITY = re.compile("&(?!amp;|lt;|gt;|quot;|nbsp;)")
_SURE = re.compile(
    r"(?:https?://(?:(?!xn--)[a-z0-9]+(?:-+[a-z0-9]+)*\.)+(?!xn--)[a-z]+(?=[/?#]|\Z))?[A-Za-z0-9/_.~%?#=+-]*(?:&amp;[A-Za-z0-9/_.~%?#=+-]*)*"
)
"""A URL that is kept as it is, whatever parser looks at it; all others are shown to the cleaner."""
_NOTED = re.compile(r'<sup id="fnref:[\w-]+">', re.ASCII)
_NOTE = re.compile(r'<li id="fn:[\w-]+">', re.ASCII)
_TO_NOTE = re.compile(r'<a class="footnote-ref" href="(#fn:[\w-]+)">', re.ASCII)
_FROM_NOTE = re.compile(
    r'<a class="footnote-backref" href="(#fnref:[\w-]+)" title="Jump back to footnote (\d+) in the text">', re.ASCII
)
_NOTES = '<div class="footnote">'
_STASHED = "\x02\x03"
"""What Python-Markdown puts around things that it brings back later: no page may have them."""


def rendered(markdown: str, raw: str, lang: str, note: str) -> tuple[Markup, Markup] | None:
    """What stands on the page and what readers get, of comrak's HTML `raw`; None if it isn't as tidy as that.

    `lang` and `note` as in `prose.render`; code has no colours yet.
    """
    from tagwire.prose import commonmark  # noqa: PLC0415 - an extra's

    if ("{" in raw and any(sign in raw for sign in _BRACED)) or _is_special(markdown, raw):
        return None
    notes = raw.count(commonmark.NOTES)
    if notes > 1:
        return None
    return _through(_TAG.split(_normal(commonmark.footnotes(raw) if notes else raw)), raw, lang, note)


def rendered_by_library(markdown: str, raw: str, lang: str, note: str) -> tuple[Markup, Markup] | None:
    """As `rendered`, of Python-Markdown's HTML: it is in our shape, but keeps characters' names as they were typed."""
    if _is_special(markdown, raw):
        return None
    html = _normal(raw)
    if "&" in html and _ENTITY.search(html):
        return None
    pieces = _TAG.split(html)
    pieces[::2] = [text.replace('"', "&quot;") for text in pieces[::2]]
    return _through(pieces, raw, lang, note) if _stand_alone(pieces[1::2]) else None


def _is_special(markdown: str, raw: str) -> bool:
    """Whether there may be raw HTML, numbers of characters, formulas, or signs that cleaning changes.

    An article has no character that no page may have: only a number can be one.
    """
    if ("&" in markdown and "&#" in markdown) or ("<" in markdown and _RAW.search(markdown)):
        return True
    return "\r" in raw or END in raw or any(sign in raw for sign in _STASHED)


def _normal(html: str) -> str:
    """Its characters as cleaning writes them."""
    if "\xa0" in html:
        html = html.replace("\xa0", "&nbsp;")
    return html.replace("&#160;", "&nbsp;").replace("&#8617;", "↩") if _NOTES in html else html


def _through(pieces: list[str], raw: str, lang: str, note: str) -> tuple[Markup, Markup] | None:
    way = _Way(pieces, raw, note)
    return way.both(lang) if len(pieces) < _MOST and way.taken() else None


def _stand_alone(tags: list[str]) -> bool:
    """Whether no block stands inside of a paragraph or a heading, which a parser would end there."""
    is_open = False
    for tag in tags:
        if _BLOCK.match(tag):
            if is_open:
                return False
            is_open = bool(_WORDED.match(tag))
        elif tag == "</p>" or tag[:3] == "</h":
            is_open = False
    return True


class _Way:
    """Through one text: `pieces` are text and tag in turn."""

    def __init__(self, pieces: list[str], raw: str, note: str) -> None:
        self.pieces, self.raw, self.note = pieces, raw, note
        self.plainer: dict[int, str] = {}
        """Tags that readers get otherwise, by their place."""
        self.code: set[int] = set()
        """Places of texts that are shown as they were typed."""
        self.urls: list[str] = []
        self.ids: anchors.Taken | None = None
        self.linked = False

    def taken(self) -> bool:
        """Whether all tags are of known kinds: now they are clean, with a NUL for each URL."""
        pieces = self.pieces
        for at in range(1, len(pieces), 2):
            tag = pieces[at]
            clean = _BARE.get(tag)
            if clean is None:
                clean = self._special(at, tag)
                if not clean:
                    return False
            elif tag == "<p>" and pieces[at + 2] == "</p>" and not pieces[at + 1].strip():
                return False
            pieces[at] = clean
        return True

    def _special(self, at: int, tag: str) -> str:
        """A tag as it is when it is clean; empty for one that isn't known."""
        if tag == "</a>":
            self.linked = False
            return tag
        if tag.startswith("<a "):
            if self.linked:  # a parser would end the outer one
                return ""
            self.linked = True
            return self._link(at, tag)
        if tag in _HEADINGS:
            self.plainer[at] = tag
            return self._heading(at, tag)
        if found := _HEADED.fullmatch(tag):
            self.plainer[at] = f"<{found[1]}>"
            return tag
        return self._rare(at, tag)

    def _heading(self, at: int, tag: str) -> str:
        if self.ids is None:
            self.ids = anchors.Taken(anchors.in_html(self.raw))
        words = "".join(self.pieces[at + 1 : self.pieces.index(_HEADINGS[tag], at) : 2])
        return f'{tag[:-1]} id="{self.ids.unique(anchors.wanted(entities.unescape(words)))}">'

    def _link(self, at: int, tag: str) -> str:
        if found := _LINK.fullmatch(tag):
            return self._addressed(found, f"{tag}</a>")
        if found := _TO_NOTE.fullmatch(tag):
            self.urls.append(found[1])
            self.plainer[at] = '<a href="\0">'
            return '<a class="footnote-ref" href="\0">'
        if found := _FROM_NOTE.fullmatch(tag):
            self.urls.append(found[1])
            said = entities.escape(self.note.replace("{}", found[2])) if self.note else ""
            title = said or f"Jump back to footnote {found[2]} in the text"
            self.plainer[at] = f'<a href="\0" title="{title}">'
            return f'<a class="footnote-backref" href="\0" title="{title}">'
        return ""

    def _addressed(self, found: re.Match[str], whole: str) -> str:
        """The tag with a gap for its URL, if the cleaner would leave it alone."""
        url = found["url"]
        is_sure = found.re is _LINK and not found["title"] and _SURE.fullmatch(url)
        if not is_sure and sanitise.for_page(whole) != whole:
            return ""
        self.urls.append(entities.unescape(url) if "&" in url else url)
        begin, end = found.span("url")
        return f"{found[0][:begin]}\0{found[0][end:]}"

    def _rare(self, at: int, tag: str) -> str:
        if _CODE.fullmatch(tag):
            self.code.add(at + 1)
            self.pieces[at + 1] = self.pieces[at + 1].replace("&quot;", '"')
            if tag != "<code>":
                self.plainer[at] = "<code>"
            return tag
        if found := _IMAGE.fullmatch(tag) or _ILLUSTRATION.fullmatch(tag):
            return self._addressed(found, tag.replace(" />", ">")).replace(" />", ">")
        if aligned := _ALIGNED.get(tag):
            self.plainer[at] = aligned[1]
            return aligned[0]
        for pattern in (_NOTED, _NOTE):
            if pattern.fullmatch(tag):
                self.plainer[at] = f"{tag.partition(' ')[0]}>"
                return tag
        if tag == _NOTES:
            self.plainer[at] = "<div>"
            return tag
        return tag if _START.fullmatch(tag) else ""

    def both(self, lang: str) -> tuple[Markup, Markup]:
        """What `rendered` gives."""
        self._sign(lang)
        pieces, urls = self.pieces, tuple(self.urls)
        page = Markup(tuple("".join(pieces).split("\0")), urls)
        if not self.plainer:
            return page, page
        for at, tag in self.plainer.items():
            pieces[at] = tag
        return page, Markup(tuple("".join(pieces).split("\0")), urls)

    def _sign(self, lang: str) -> None:
        """Sets the signs of the language."""
        known = typography.marks(lang) if lang else None
        if known and not typography.is_hebrew(lang) and self._easily(known):
            return
        pieces = self.pieces
        pieces[::2] = [text.replace("&quot;", '"') for text in pieces[::2]]
        if known:
            pieces[:] = _TAG.split(typography.with_true_signs("".join(pieces), lang))

    def _easily(self, known: Marks) -> bool:
        """Whether all signs are of the kinds that `typography` calls easy: then they are set."""
        texts = self.pieces[::2]
        for at in self.code:
            texts[at // 2] = ""
        signed = typography.easily_signed(texts, known)
        if signed is None:
            return False
        for at in self.code:
            signed[at // 2] = self.pieces[at]
        self.pieces[::2] = signed
        return True
