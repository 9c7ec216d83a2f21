"""XML read as it comes: one element in memory at a time, no entity expanded, no network, damage survived.

Exports are written by string concatenation as often as not. What such tools get wrong is mended on the way to the
parser: bare ampersands, HTML's names of characters, `]]>` inside of CDATA, control characters, bytes of two encodings.
"""

from __future__ import annotations

import codecs
import re
from html import unescape
from typing import TYPE_CHECKING, Final

from lxml import etree

from tagwire.intake import decode
from tagwire.intake.bundle import Broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

_STEP = 1 << 16
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_ENTITY = re.compile(r"<!DOCTYPE[^>]*?\[.*?<!ENTITY", re.DOTALL | re.IGNORECASE)
_CONTROLS: Final = {**dict.fromkeys(range(0x20)), 9: 9, 10: 10, 13: 13, 0xFFFE: None, 0xFFFF: None}
_ESCAPED = re.compile("[\udc80-\udcff]+")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\udc80-\udcff\ufffe\uffff]")
_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_LONE = re.compile(r"<(?![A-Za-z_:/!?]|\Z)")
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_NEAR = 64
"""Characters held back at the end of a piece: a reference or a mark may go on in the next one."""
_LONGEST = 1 << 26
"""Characters of one passage of CDATA; more is no article."""


class Elements:
    """The elements of these names in a stream, each whole, in order; what was read before is forgotten.

    Names are as lxml writes them: `item`, `{http://www.w3.org/2005/Atom}entry`, `{*}entry`.
    """

    def __init__(self, stream: IO[bytes], names: Iterable[str]) -> None:
        self._stream, self._names = stream, tuple(names)
        self.torn = False
        """The element at hand, and the stream, end too early."""

    def __iter__(self) -> Iterator[etree._Element]:
        parser = etree.XMLPullParser(
            ("end",),
            tag=self._names,
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for piece in _mended(_decoded(self._stream)):
            parser.feed(piece.encode("utf-8", "replace"))
            yield from _given(parser)
        try:
            parser.close()
        except etree.XMLSyntaxError:
            return
        self.torn = True
        yield from _given(parser)
        self.torn = False


def named(element: etree._Element) -> tuple[str, str]:
    """(namespace, local name). A prefix that nobody declared is neither: recovery leaves it in the tag."""
    space, _, local = str(element.tag).removeprefix("{").rpartition("}")
    return space, local.rpartition(":")[2]


def spelling(element: etree._Element) -> bytes:
    """One spelling of an element, for a digest: canonical XML, or, where its namespaces allow none, as it is."""
    try:
        return etree.tostring(element, method="c14n", with_comments=False, with_tail=False)
    except etree.C14NError:
        return etree.tostring(element, encoding="utf-8", with_tail=False)


def _given(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):  # noqa: SLF001 - lxml's only name of its type
            continue
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    """The text: UTF-8 unless it says otherwise; bytes that are none are read as browsers would, as Windows-1252."""
    head = stream.read(_STEP)
    decoder = codecs.getincrementaldecoder(_encoding(head))("surrogateescape" if _is_utf8(head) else "replace")
    first = True
    while head or first:
        text = _readable(decoder.decode(head))
        if first and _ENTITY.search(text[:_STEP]):
            message = "this file declares entities of its own, as files do that are made to exhaust memory"
            raise Broken("export-entities", message, "delete the lines between `<!DOCTYPE … [` and `]>`")
        yield text.removeprefix("\ufeff") if first else text
        head, first = stream.read(_STEP), False
    yield _readable(decoder.decode(b"", final=True))


def _readable(text: str) -> str:
    """Without what XML can't hold. Python translates ASCII in no time, and looks up each letter of all else."""
    if text.isascii():
        return text.translate(_CONTROLS)
    return _ESCAPED.sub(_from_cp1252, text).translate(_CONTROLS) if _ODD.search(text) else text


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = _DECLARED.search(head[:1000])
    name = (decode.known(found[1].decode("ascii")) if found else "") or "utf-8"
    return "utf-8" if name.startswith("utf-16") or name in _LATIN or _says_otherwise(head) else name


_LATIN: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
"""What is none of it is read so in UTF-8 as well, byte by byte: a file that wrongly says latin-1 does no harm."""


def _says_otherwise(head: bytes) -> bool:
    """Whether it is UTF-8, whatever it says: text in another charset never is, from some words on."""
    if head.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(head: bytes) -> bool:
    return _encoding(head) == "utf-8"


def _from_cp1252(found: re.Match[str]) -> str:
    return bytes(ord(character) - 0xDC00 for character in found[0]).decode("cp1252", "replace")


# ------------------------------------------------------------------ mending


def _mended(pieces: Iterable[str]) -> Iterator[str]:
    """The text with its slips mended; passages of CDATA are as they are, but for an end mark that is none."""
    held, inside = "", False
    for piece in pieces:
        held += piece
        while True:
            done, held, inside, more = _next(held, inside=inside)
            yield done
            if not more:
                break
    yield held if inside else _outside(held)


def _next(text: str, *, inside: bool) -> tuple[str, str, bool, bool]:
    """(what can go on, what is held back, whether that is CDATA, whether to look at it at once)."""
    if not inside:
        at = text.find(_OPEN)
        if at >= 0:
            # "<<![CDATA[" is a slip of the pen
            return _outside(text[:at].removesuffix("<")) + _OPEN, text[at + len(_OPEN) :], True, True
        cut = max(0, len(text) - _NEAR)
        cut = max(text.rfind(">", 0, cut) + 1, 0)
        return _outside(text[:cut]), text[cut:], False, False
    at = text.find(_CLOSE)
    if at < 0:
        cut = max(0, len(text) - len(_CLOSE))
        return text[:cut], text[cut:], True, False
    following = text.find("<", at)
    if following < 0:
        if len(text) - at < _LONGEST:
            return text[:at], text[at:], True, False
        following = len(text)
    rest = text[at + len(_CLOSE) :]
    if _CLOSE in text[at + len(_CLOSE) : following]:  # a second end before anything begins: this one is text
        return text[:at] + "]]]]><![CDATA[>", rest, True, True
    return text[:at] + _CLOSE, rest, False, True


def _outside(text: str) -> str:
    text = _LONE.sub("&lt;", text)
    return _BARE.sub("&amp;", _NAMED.sub(_character, text)) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    """HTML's name of a character as the character; an unknown name as text."""
    known = unescape(found[0])
    return f"&amp;{found[1]}" if known == found[0] else known


# ------------------------------------------------------------------ elements


def text(element: etree._Element, *names: str) -> str:
    """The text of the first child of one of these names, whatever its namespace, without the space around it."""
    return raw(element, *names).strip()


def raw(element: etree._Element, *names: str) -> str:
    """The same with the space around it."""
    for name in names:
        for child in element.iterchildren(f"{{*}}{name}", name):
            if found := "".join(str(part) for part in child.itertext()):
                return found
    return ""
