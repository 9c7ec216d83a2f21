"""Mailboxes (mbox, RFC 4155): every mail in one is an article."""

from __future__ import annotations

import hashlib
import re
from typing import IO, TYPE_CHECKING, Final

from tagwire.intake import mail, mailparts
from tagwire.intake.found import Item
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.found import Asked

_FROM: Final = re.compile(rb"From (?:\S+|\"[^\"]+\"\S*) +.*\d{4}|From - ")
"""Line that parts mails: who, and a day with its year."""
_LARGEST: Final = 256 << 20
"""Bytes of one mail that is read whole."""


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """The mails of a box, one after the other, by their Message-ID."""
    name = bundle.names()[0]
    with bundle.open(name) as stream:
        for number, data in enumerate(_mails(stream), 1):
            if data is None:
                message = f"mail {number} of this mailbox has more than {_LARGEST:,} bytes"
                yield Problem(f"content/{path}", 0, 0, "source-too-large", message, "save it as a file of its own")
                continue
            message_ = mailparts.parse(data)
            key = mailparts.header(message_, "message-id").strip("<> ") or f"mail {number}"
            yield Item(key, hashlib.sha256(data).hexdigest(), mail.message(message_, path, asked))


def _mails(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The bytes of each mail, without the line that parts it from the one before; None for one that is too large."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in stream:
        if blank and _FROM.match(line):
            if begun:
                yield b"".join(lines) if size <= _LARGEST else None
            lines, size, begun, blank = [], 0, True, False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= _LARGEST:
            lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
    if begun:
        yield b"".join(lines) if size <= _LARGEST else None
