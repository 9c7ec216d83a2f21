"""Bytes into a `Feed`, or the one reason why that can't be. Bytes are a stranger's: nothing is fetched or expanded."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from tagwire.lint import jsonfile, xmlfeed
from tagwire.lint.rules import ALL, Rule, add
from tagwire.lint.shape import ATOM, Feed, Kind, line_of, local, namespace

if TYPE_CHECKING:
    import datetime as dt


def _declare(code: str, source: str, why: str, hint: str) -> Rule:
    return add(Rule(code, "error", source, why, hint, ALL, None))


EMPTY = _declare(
    "feed-empty",
    "RFC 4287 section 2; RSS 2.0; W3C SAXError",
    "A reader that gets an empty file reports the feed as broken, and after some days gives it up.",
    "look at the program that writes this file: it wrote nothing",
)
HTML = _declare(
    "feed-html",
    "W3C HtmlFragment, UndefinedElement",
    "A reader that asks for a feed and gets a web page shows an error instead of news.",
    "give the address of the feed itself, and look whether the server answers with an error page",
)
UNKNOWN = _declare(
    "feed-unknown",
    "RFC 4287; RSS 2.0; JSON Feed 1.1; OPML 2.0",
    "A reader that doesn't know the format shows nothing.",
    "write RSS 2.0, Atom 1.0, JSON Feed 1.1 or OPML 2.0",
)
MALFORMED = _declare(
    "feed-not-wellformed",
    "XML 1.0 section 2.1; RFC 8259; W3C SAXError; miniflux#575; FreshRSS#5454",
    "One wrong character, and most readers show nothing of the whole feed, old entries included.",
    "write the file with an XML or JSON library, which escapes what needs it, and never by pasting texts together",
)


class Unfit(Exception):
    """The bytes are no feed that rules could look at."""

    def __init__(self, rule: Rule, message: str, line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.message, self.line, self.column = rule, message, line, column
        self.hint = hint or rule.hint


_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_ROOTS: dict[tuple[str, str], Kind] = {("", "rss"): "rss", (ATOM, "feed"): "atom", ("", "opml"): "opml"}


def parse(data: bytes, path: str, now: dt.datetime | None) -> Feed:
    """The feed in these bytes.

    Raises:
        Unfit: there is none.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not plain.strip(b"\0"):
        raise Unfit(EMPTY, "the file is empty")
    if _HTML.match(plain[:2000]):
        raise Unfit(HTML, "this is a web page, and a feed was expected")
    named = path.endswith(".json") and plain[:1] != b"<"  # else it serves those whose format is off another one
    if plain[:1] in {b"{", b"["} or named:
        return _json(data, path, now)
    return _xml(data, path, now)


def _xml(data: bytes, path: str, now: dt.datetime | None) -> Feed:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _syntax(data, error) from error
    if root is None:
        raise Unfit(EMPTY, "the file has no element")
    kind = _ROOTS.get((namespace(root), local(root)))
    if kind is None:
        raise Unfit(UNKNOWN, _unknown(root), line_of(root))
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    parts = {"rss": xmlfeed.rss, "atom": xmlfeed.atom, "opml": xmlfeed.opml}[kind](root)
    text = _decoded(data, encoding)
    return Feed(path, kind, text, root=root, now=now, size=len(data), encoding=encoding, **parts)


def _unknown(root: etree._Element) -> str:
    name, space = local(root), namespace(root)
    if name == "RDF":
        return "this is RSS 1.0 (RDF), which is not judged here"
    if name in {"feed", "rss"}:
        return f"the root element `{name}` is in the namespace `{space}`" if space else f"`{name}` has no namespace"
    return f"the root element is `{name}`: not `rss`, `feed` or `opml`"


_HINTS = (
    ("not at start", "delete what stands before `<?xml`: blank lines and spaces too"),
    ("ntity '", "write the character itself, or its number such as `&#160;`: XML knows only five names"),
    ("Namespace prefix", "declare the namespace on the root element, such as xmlns:content"),
    ("PCDATA invalid Char", "drop control characters from texts: XML 1.0 can't carry them, escaped or not"),
    ("xmlCharRef", "drop control characters from texts: XML 1.0 can't carry them, escaped or not"),
    ("EntityRef", "write `&amp;` for `&`"),
    ("encoding", "write the file in UTF-8, and say so in its first line"),
    ("not proper UTF-8", "write the file in UTF-8, and say so in its first line"),
    ("mismatch", "close what was opened, in the right order"),
    ("Extra content", "write one root element; a `]]>` in a text ends CDATA, so escape instead"),
    ("attributes construct", "put the values of attributes into quotes"),
    ("AttValue", "put the values of attributes into quotes"),
)


def _syntax(data: bytes, error: etree.XMLSyntaxError) -> Unfit:
    message = re.sub(r", line \d+, column \d+.*", "", str(error.msg or "no XML"))
    hint = next((hint for sign, hint in _HINTS if sign in message), "")
    line, column = error.position
    if data.lstrip()[:1] != b"<" and not data.startswith(_MARKS):
        return Unfit(UNKNOWN, "this is neither XML nor JSON")
    return Unfit(MALFORMED, f"not well-formed XML: {_lowered(message)}", int(line or 0), int(column or 0), hint)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _json(data: bytes, path: str, now: dt.datetime | None) -> Feed:
    text = _utf8(data)
    try:
        found = json.loads(text.removeprefix("\ufeff"), parse_constant=_constant)
        where = jsonfile.lines(text)
    except json.JSONDecodeError as error:
        message = f"not well-formed JSON: {_lowered(error.msg)}"
        raise Unfit(MALFORMED, message, error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise Unfit(MALFORMED, f"not well-formed JSON: {str(error)[:80]}") from error
    if not isinstance(found, dict) or not _is_feed(found):
        raise Unfit(UNKNOWN, "this JSON is no JSON Feed: it has neither a `version` of jsonfeed.org nor `items`")
    parts = jsonfile.shape(found, where)
    return Feed(path, "json", text, data=found, lines=where, now=now, size=len(data), **parts)


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "write the file in UTF-8: JSON has no other encoding"
        raise Unfit(MALFORMED, "not well-formed JSON: this is not UTF-8", line, 0, hint) from error


def _constant(name: str) -> Any:  # noqa: ANN401 - what json.loads wants
    raise ValueError(f"{name} is no JSON")


def _is_feed(found: dict[str, Any]) -> bool:
    version = found.get("version")
    jsonfeed = isinstance(version, str) and "jsonfeed" in version
    return jsonfeed or (isinstance(found.get("items"), list) and any(key in found for key in ("title", "feed_url")))
