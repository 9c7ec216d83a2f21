"""A picture of an RTF file, in hexadecimal digits or in bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tagwire.intake.rtftokens import Token

_PICTURES: Final = {"pngblip": "png", "jpegblip": "jpg"}


@dataclass(slots=True)
class Picture:
    """One that is being read."""

    kind: str = ""
    alt: str = ""
    hexadecimal: str = ""
    binary: bytes = field(default=b"", repr=False)

    def take(self, token: Token) -> None:
        """What a control word says of it."""
        if token.text in _PICTURES:
            self.kind = _PICTURES[token.text]
        elif token.text == "bin":
            self.binary = token.data

    def bytes(self) -> bytes:
        """Of the file."""
        digits = re.sub(r"[^0-9A-Fa-f]", "", self.hexadecimal)
        return self.binary or bytes.fromhex(digits[: len(digits) // 2 * 2])
