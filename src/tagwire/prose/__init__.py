"""Markdown becomes HTML: once for pages, once for feed readers.

Pure: a draft comes in, a `Body` goes out. It knows no address: URLs are taken out for `plan` to resolve.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import sentences
from tagwire.model import Article, Body

if TYPE_CHECKING:
    from tagwire.model import Draft

_MORE = re.compile(r"^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$", re.MULTILINE)
"""Where WordPress, Hugo and Hexo cut the summary off."""
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_NOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')


def render(draft: Draft, *, trusted: bool) -> Body:
    """The draft's body as HTML. With `trusted`, its raw HTML reaches the page (never a feed) as it is."""
    from tagwire.prose import engine, links, sanitise  # noqa: PLC0415 - an unchanged build loads no Markdown library

    before, mark, after = _cut_at_more(draft.markdown)
    raw = engine.to_html(f"{before}\n\n{after}" if mark else draft.markdown)
    page = raw if trusted else sanitise.for_page(raw)
    return Body(
        links.take_out(page),
        links.take_out(sanitise.for_reader(raw)),
        _plain(sanitise.for_page(engine.to_html(before))) if mark else sentences.lead(_opening(page)),
        _opening(page),
    )


def article(draft: Draft, body: Body, key: str) -> Article:
    """What the rest of the site needs to know of a draft and its rendered body, which is named by `key`."""
    from tagwire.prose import links  # noqa: PLC0415 - as above

    meta = draft.meta if draft.meta.summary else replace(draft.meta, summary=body.excerpt)
    return Article(
        meta=meta,
        body=key,
        repeats=body.opening.startswith(meta.summary),
        links=body.page.links,
        reader_links=body.reader.links,
        crossings=links.crossings(draft, body.page.links),
        weight=sum(len(part.encode()) for part in body.reader.parts),
    )


def _cut_at_more(text: str) -> tuple[str, str, str]:
    more = _MORE.search(text)
    return (text[: more.start()], more[0], text[more.end() :]) if more else (text, "", "")


def _opening(html: str) -> str:
    """The first paragraph that has any text, as text."""
    texts = (_plain(paragraph[1]) for paragraph in _PARAGRAPH.finditer(html))
    return next((text for text in texts if text), "")


def _plain(html: str) -> str:
    return " ".join(entities.unescape(_TAG.sub("", _NOTE_MARK.sub("", html))).split())
