"""Markdown becomes HTML: once for pages, once for feed readers.

Pure: a draft comes in, a `Body` goes out. It knows no address: URLs are taken out for `plan` to resolve.
"""

from __future__ import annotations

import functools
import hashlib
import html as entities
import importlib.util
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.characters import escaped_bytes
from tagwire.model import Article, Body, Head, Heading, Markup
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.model import Draft

    _ShortWay = Callable[[str, str, str, str], tuple[Markup, Markup] | None]

_MORE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[ \t]*$|^[ \t]{0,3}(?P<more><!--[ \t]*more[ \t]*-->)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
"""Where WordPress, Hugo and Hexo cut the summary off; fenced code, which may show the mark, is stepped over."""
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_NOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_HEADED = re.compile(r'<h([23])(?:\s[^>]*?)?\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_BACK = re.compile(r'(class="footnote-backref"[^>]* title=")Jump back to footnote (\d+) in the text"')
_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')


def render(
    draft: Draft,
    *,
    trusted: bool,
    engine: str = "markdown",
    math: bool = False,
    quotes: bool = False,
    note: str = "",
) -> Body:
    """The draft's body as HTML, by the engine of this name (see `Config.engine`).

    With `trusted`, its raw HTML reaches the page (never a feed) as it is; with `math`, `$x^2$` is a formula; with
    `quotes`, straight quotes become those of its language. `note`: title of the way back from a footnote, with `{}`
    for its number; empty for an English one.

    Raises:
        Stopped: it nests too deep, or would take minutes.
    """
    from tagwire.prose import code, formulas, limits, links, sanitise  # noqa: PLC0415 - an unchanged build loads no Markdown

    lang = draft.meta.lang if quotes else ""
    written, short_way, in_our_shape = _engine(engine)
    before, mark, after = _cut_at_more(draft.markdown)
    try:
        raw = written(f"{before}\n\n{after}" if mark else draft.markdown, math=math)
        tidied = None if trusted or math or mark else short_way(draft.markdown, raw, lang, note)
        if tidied:
            return _tidied(*tidied)
        html = in_our_shape(raw)
        limits.check_html(html)
        opening = in_our_shape(written(before, math=math)) if mark else ""
    except (RecursionError, limits.TooDeep) as error:
        raise Stopped([_too_deep(draft)]) from error
    except limits.Tangled as tangled:
        raise Stopped([_tangled(draft, tangled.what, tangled.line)]) from tangled
    finish = functools.partial(_finished, normal=True, lang=lang, note=note)
    clean = finish(sanitise.for_page(html))
    first = formulas.plain(_opening(clean)) if math else _opening(clean)
    page, reader = finish(html, normal=False) if trusted else clean, sanitise.reader_from_page(clean)
    if math:
        page, reader = formulas.shown(page), formulas.shown(reader)
    return Body(
        links.take_out(code.coloured(page)),
        links.take_out(reader),
        formulas.plain(_plain(finish(sanitise.for_page(opening)))) if mark else sentences.lead(first),
        first,
    )


def _tidied(page: Markup, reader: Markup) -> Body:
    from tagwire.prose import code  # noqa: PLC0415 - as above

    html = "".join(page.parts)
    if code.NAMED in html:
        page = Markup(tuple(map(code.coloured, page.parts)), page.links)
    first = _opening(html)
    return Body(page, reader, sentences.lead(first), first)


def _finished(html: str, *, normal: bool, lang: str, note: str) -> str:
    """`html` in the words and with the signs of its language; `lang` is empty if signs shall stay as they are."""
    from tagwire.prose import typography  # noqa: PLC0415 - as above

    if note and "footnote-backref" in html:
        html = _BACK.sub(lambda found: f'{found[1]}{entities.escape(note.replace("{}", found[2]))}"', html)
    return typography.with_true_signs(html, lang, normal=normal) if lang else html


def lacks(engine: str) -> bool:
    """Whether the engine's library isn't installed: it is an extra's."""
    return engine == "commonmark" and importlib.util.find_spec("comrak") is None


def _engine(name: str) -> tuple[Callable[..., str], _ShortWay, Callable[[str], str]]:
    """What writes HTML, the short way through what it wrote (see `tidy`), and what brings the rest into our shape."""
    from tagwire.prose import tidy  # noqa: PLC0415 - an unchanged build loads no Markdown

    if name == "commonmark":
        from tagwire.prose import commonmark  # noqa: PLC0415 - each site needs one of them

        return commonmark.written, tidy.rendered, commonmark.in_our_shape
    from tagwire.prose import pythonmarkdown  # noqa: PLC0415 - as above

    return pythonmarkdown.to_html, tidy.rendered_by_library, str  # it writes our shape


def _too_deep(draft: Draft) -> Problem:
    """Python-Markdown doesn't say where it gave up: the line that begins deepest is shown."""
    lines = draft.markdown.split("\n")
    depth = [len(found[0]) if (found := _NESTING.match(line)) else 0 for line in lines]
    at = depth.index(max(depth))
    message = "lists, quotes or definitions are nested too deep here"
    hint = "nest a few levels at most; a run of marks that is meant as text belongs into a code block"
    return Problem(draft.meta.path, draft.line + at, 1, "markdown-too-deep", message, hint, lines[at])


def _tangled(draft: Draft, what: str, line: str) -> Problem:
    at = max(0, draft.markdown.find(line)) if line else 0
    row = draft.markdown.count("\n", 0, at)
    hint = "close them, put the passage into a code block, or write a backslash before each"
    return Problem(
        draft.meta.path, draft.line + row, 1, "markdown-tangled", what, hint, draft.markdown.split("\n")[row]
    )


_COARSE = 4000
"""Bytes to which `bulk` is rounded up: one edit of a few words in some hundred crosses such a step."""
_LONGER = 70
"""Bytes by which a link within the site grows when it becomes a URL, with what is around it."""
_NESTING = re.compile(r"(?:[ \t>*+:-]|\d+[.)])*")


def article(draft: Draft, body: Body, key: str) -> Article:
    """What the rest of the site needs to know of a draft and its rendered body, which is named by `key`."""
    from tagwire.prose import links  # noqa: PLC0415 - as above

    meta = draft.meta if draft.meta.summary else replace(draft.meta, summary=body.excerpt)
    read = "\0".join(body.reader.parts).encode()
    weight = escaped_bytes(read) - len(body.reader.links)
    if isinstance(meta, Head):
        meta = replace(meta, bulk=_bulk(weight, body.reader.links))
    return Article(
        meta=meta,
        body=key,
        repeats=body.opening.startswith(meta.summary),
        links=body.page.links,
        reader_links=body.reader.links,
        crossings=links.crossings(draft, body.page.links),
        minutes=_minutes(draft),
        outline=_outline("".join(body.page.parts)) if any("<h2" in part for part in body.page.parts) else (),
        weight=weight,
        imprint=_imprint(meta, read, body.reader.links) if isinstance(meta, Head) else "",
    )


def _bulk(weight: int, links: tuple[str, ...]) -> int:
    """See `Head.bulk`; what a link is longer by as a URL depends on the site, and is guessed."""
    return -(-(weight + sum(len(link) + _LONGER for link in links)) // _COARSE) * _COARSE


def _imprint(head: Head, read: bytes, links: tuple[str, ...]) -> str:
    """blake2b-96 of what a subscriber reads; see `Article.imprint`. `read`: the text, with a NUL for each link."""
    notes = [f"{note.date.iso} {note.text}" for note in (*head.corrections, head.retracted) if note]
    texts = [head.title, head.summary, head.lang, head.image, *head.authors, "", *head.tags, "", *notes, ""]
    told = b"\0".join(["\0".join(texts).encode(), read, "\0".join(["", *links]).encode()])
    return hashlib.blake2b(told, digest_size=12).hexdigest()


def _minutes(draft: Draft) -> int:
    """To read it, at 220 words a minute; at 500 characters where a language puts no spaces between its words."""
    if draft.meta.lang.lower().startswith(("zh", "ja", "th", "lo", "km", "my")):
        return round(len(draft.markdown) / 500)
    least, most = (round(words / _MINUTE) for words in _about(draft.markdown.encode()))
    return most if least == most else round(len(draft.markdown.split()) / _MINUTE)


_MINUTE = 220
"""Words."""
_SHAPE = bytes(0x20 if chr(code).isspace() else 0x78 for code in range(0x80)) + b"x" * 0x80
_SPACES = re.compile(rb"\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)")
"""Those of U+2000 to U+205F in UTF-8; all others that aren't ASCII begin with one of `_RARE`."""
_RARE = (b"\xc2", b"\xe1", b"\xe3")


def _about(text: bytes) -> tuple[int, int]:
    """How many words a text in UTF-8 has, at least and at most: told in half of the time that making them takes.

    A space that isn't ASCII makes one word more at most, or one less.
    """
    shape, rare = text.translate(_SHAPE), len(_SPACES.findall(text)) + sum(map(text.count, _RARE))
    words = shape.count(b" x") + shape.startswith(b"x")
    return words - rare, words + rare


def _outline(html: str) -> tuple[Heading, ...]:
    found = ((int(each[1]), entities.unescape(each[2]), _plain(each[3])) for each in _HEADED.finditer(html))
    return tuple(Heading(level, anchor, text) for level, anchor, text in found if text)


def _cut_at_more(text: str) -> tuple[str, str, str]:
    if "more" not in text:
        return text, "", ""
    more = next((found for found in _MORE.finditer(text) if found["more"]), None)
    return (text[: more.start()], more[0], text[more.end() :]) if more else (text, "", "")


def _opening(html: str) -> str:
    """The first paragraph that has any text, as text."""
    texts = (_plain(paragraph[1]) for paragraph in _PARAGRAPH.finditer(html))
    return next((text for text in texts if text), "")


def _plain(html: str) -> str:
    if "<" in html:
        html = _TAG.sub("", _NOTE_MARK.sub("", html) if "<sup" in html else html)
    return " ".join(entities.unescape(html).split())
