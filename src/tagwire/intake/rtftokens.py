"""The signs of a Rich Text Format file (RTF 1.9.1): groups, control words and text in whatever code page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_TOKEN: Final = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(\r\n|[^A-Za-z])|([{}])|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)"
)
_SIGNS: Final = {
    "par": "\n", "sect": "\n", "page": "\n", "line": "\v", "tab": "\t", "emdash": "—", "endash": "–",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "ldblquote": "“",
    "rquote": "’", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_ESCAPES: Final = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"\r\n": "\n", b"\n": "\n", b"\r": "\n"}
_CHARSETS: Final = {
    0: "cp1252", 1: "cp1252", 2: "latin_1", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""Code pages by `\\fcharset`."""
_DEEPEST: Final = 500
_Kind = Literal["open", "close", "word", "text", "destination"]


@dataclass(frozen=True, slots=True)
class Token:
    """A sign."""

    kind: _Kind
    text: str = ""
    """The text, or the name of a control word."""
    value: int | None = None
    """The number of a control word, if it has one."""
    data: bytes = b""
    """What `\\bin` holds."""


def tokens(data: bytes) -> Iterator[Token]:
    """The signs of a file; text comes decoded, by the font that it is in."""
    reader = _Reader()
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        word, number, code, escape, brace, plain = found.groups()
        if word == b"bin":
            size = max(0, int(number or b"0"))
            yield from reader.flush()
            yield Token("word", "bin", size, data[at : at + size])
            at += size
        elif code:
            reader.byte(int(code, 16))
        elif plain:
            reader.plain(plain)
        elif word or escape or brace:
            yield from reader.sign(word, number, escape, brace)
    yield from reader.flush()


class _Reader:
    """Knows the code page, and how many characters behind a `\\u` stand for it in old programs."""

    def __init__(self) -> None:
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._stack: list[tuple[str, int]] = []
        self._skip = 1
        self._skipping = 0
        self._font = 0
        self._pieces: list[str] = []
        self._held = bytearray()
        self._wide: list[int] = []
        self._charset = "cp1252"

    def byte(self, code: int) -> None:
        """One byte of text."""
        if self._skipping:
            self._skipping -= 1
        else:
            self._settle_wide()
            self._held.append(code)

    def plain(self, plain: bytes) -> None:
        """Bytes of text."""
        gone = min(self._skipping, len(plain))
        self._skipping -= gone
        if plain[gone:]:
            self._settle_wide()
            self._held += plain[gone:]

    def _settle_wide(self) -> None:
        if self._wide:
            units = b"".join(unit.to_bytes(2, "little") for unit in self._wide)
            self._pieces.append(units.decode("utf-16-le", "replace"))
            self._wide.clear()

    def _settle_held(self) -> None:
        if self._held:
            self._pieces.append(bytes(self._held).decode(self._charset, "replace"))
            self._held.clear()

    def flush(self) -> Iterator[Token]:
        """The text that is held."""
        self._settle_held()
        self._settle_wide()
        if self._pieces:
            yield Token("text", "".join(self._pieces))
            self._pieces.clear()

    def sign(
        self, word: bytes | None, number: bytes | None, escape: bytes | None, brace: bytes | None
    ) -> Iterator[Token]:
        """A control word, an escaped sign or a brace."""
        if escape and escape in b"\\{}":  # may be the second byte of a character
            self.plain(escape)
            return
        if word == b"u" and number:
            self._settle_held()
            self._wide.append(int(number) & 0xFFFF)
            self._skipping = self._skip
            return
        self._skipping = 0
        if escape and escape not in b"*":
            text = _ESCAPES.get(escape, escape.decode("latin-1"))
            yield from self.flush()
            yield Token("text", text)
            return
        yield from self.flush()
        if brace:
            yield self._brace(brace)
        elif escape:
            yield Token("destination")
        elif word:
            name = word.decode("ascii")
            value = int(number) if number else None
            self._note(name, value)
            yield Token("text", _SIGNS[name]) if name in _SIGNS else Token("word", name, value)

    def _brace(self, brace: bytes) -> Token:
        if brace == b"{":
            if len(self._stack) < _DEEPEST:
                self._stack.append((self._charset, self._skip))
            return Token("open")
        if self._stack:
            self._charset, self._skip = self._stack.pop()
        return Token("close")

    def _note(self, name: str, value: int | None) -> None:
        """What a control word says of the bytes behind it."""
        if name == "ansicpg" and value:
            self._page = self._charset = _page(value, self._page)
        elif name == "mac":
            self._page = self._charset = "mac_roman"
        elif name == "uc":
            self._skip = min(10, value or 0)
        elif name == "f" and value is not None:
            self._font = value
            self._charset = self._fonts.get(value, self._page)
        elif name == "fcharset" and value is not None:
            found = _CHARSETS.get(value, self._page) if value > 1 else self._page
            self._fonts[self._font] = self._charset = found
        elif name in ("plain", "pard"):
            self._charset = self._page if name == "plain" else self._charset


def _page(number: int, otherwise: str) -> str:
    try:
        "".encode(f"cp{number}")
    except LookupError:
        return "utf-8" if number == 65001 else otherwise
    return f"cp{number}"
