"""Rules about plain texts: titles, names and subjects."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tagwire.lint.rules import ALL, RSS_ATOM, RSS_ONLY, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_HTML = (
    "a abbr b blockquote br code del div em h1 h2 h3 h4 h5 h6 i img ins kbd mark p pre q s small span strong sub sup u"
)
_CLOSED = re.compile(rf"</(?:{'|'.join(_HTML.split())})>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_MARKUP = re.compile(r"&#[x0-9]|<[/a-zA-Z]")
_SAFE = re.compile(r"&#x0*(?:3c|26);", re.IGNORECASE)


@rule(
    "text-markup",
    "warning",
    "RSS Advisory Board profile, character data; RFC 4287 section 3.1.1; W3C ContainsHTML, ContainsUndeclaredHTML",
    kinds=RSS_ATOM,
    hint="write titles and names without tags; spell them with &#x3C; where they are the subject",
)
def markup(feed: Feed) -> Iterator[Finding]:
    """Titles are plain text: subscribers see the tags, as in `A <b>bold</b> claim`."""
    for bit in feed.texts:
        if bit.form == "text" and (found := _CLOSED.search(bit.text)) and not spelt_out(feed, bit.line):
            yield bit.line, f"`{bit.name}` has markup: `{found[0]}`"


@rule(
    "text-escaped-twice",
    "warning",
    "RSS Advisory Board profile, character data; FreshRSS#7736; feedbin#232; W3C ContainsHTML",
    kinds=ALL,
    hint="escape once: the library that writes the file does it",
)
def escaped_twice(feed: Feed) -> Iterator[Finding]:
    """Subscribers see `AT&amp;T` or `&quot;` in titles."""
    for bit in feed.texts:
        found = _ENTITY.search(bit.text)
        # Plain JSON has no way to say that `&amp;` is the subject; only a program escapes quotation marks.
        meant = feed.kind == "json" and found is not None and html.unescape(found[0]) not in {'"', "'"}
        known = found is not None and html.unescape(found[0]) != found[0]
        if bit.form == "text" and known and not meant and not spelt_out(feed, bit.line):
            yield bit.line, f"`{bit.name}` is `{bit.text[:80]}`"


@rule(
    "text-character-data",
    "warning",
    "RSS Advisory Board profile, character data; W3C CharacterData",
    kinds=RSS_ONLY,
    hint="write &#x3C; for < and &#x26; for & in titles: readers take these for text",
)
def character_data(feed: Feed) -> Iterator[Finding]:
    """Some readers take what looks like a tag in an RSS title for one, and the words after it vanish."""
    for bit in feed.texts:
        if _MARKUP.search(bit.text) and not _CLOSED.search(bit.text) and not spelt_out(feed, bit.line):
            yield bit.line, f"`{bit.name}` is `{bit.text[:80]}`"


def spelt_out(feed: Feed, line: int) -> bool:
    """Whether the owner wrote `&#x3C;` or `&#x26;` on that line: markup shown as text, and meant so."""
    return feed.kind != "json" and bool(_SAFE.search(_line(feed, line)))


def _line(feed: Feed, number: int) -> str:
    lines = feed.text.split("\n", number)
    return lines[number - 1] if 0 < number <= len(lines) else ""
