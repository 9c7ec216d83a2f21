"""The parts of a mail (RFC 5322, MIME): its text, the files that the text shows, and what the headers say."""

from __future__ import annotations

import email
import email.utils
import re
from dataclasses import dataclass
from datetime import UTC
from email import policy
from typing import TYPE_CHECKING, Final

from tagwire.intake import attachments, byline, decode, headers
from tagwire.intake.found import Attachment, Refused
from tagwire.model import When

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

_ASCII_LOOKS: Final = ("iso-2022", "hz", "utf-7")
"""Charsets whose bytes are valid UTF-8 too, and mean something else there."""
_LATIN_1: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_SHOWN: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml")
_DEEPEST: Final = 12
"""Parts within each other."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail consists of; absent things are empty."""

    html: str
    text: str
    files: dict[str, Attachment]
    """Pictures by their `Content-ID` (`cid:…`) and `Content-Location`; one without either by its name."""
    inner: EmailMessage | None
    """A mail that was forwarded as an attachment."""
    left: tuple[str, ...]
    """Other attachments, in words."""


def parse(data: bytes) -> EmailMessage:
    """The mail; `email` takes whatever bytes come, and complains never."""
    return email.message_from_bytes(data, policy=policy.default)


def parts(message: EmailMessage) -> Parts:
    """Sort the parts of a mail: the last readable text of an alternative is the richest (RFC 2046 5.1.4)."""
    html: list[str] = []
    text: list[str] = []
    files: dict[str, Attachment] = {}
    left: list[str] = []
    inner: EmailMessage | None = None
    for part in _walk(message, 0):
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment"
        if kind == "message/rfc822":
            inner = inner or _inner(part)
        elif kind == "text/html" and not attached:
            html.append(text_of(part))
        elif kind == "text/plain" and not attached:
            text.append(_unflowed(part, text_of(part)))
        elif kind in _SHOWN:
            _keep(part, files)
        elif part.get_content_maintype() != "multipart" and kind not in _SILENT:
            left.append(f"attachment {_name(part) or kind}")
    return Parts("\n".join(html), "\n\n".join(text), files, inner, tuple(left))


_SILENT: Final = ("text/calendar", "text/x-amp-html", "application/pgp-signature", "application/pkcs7-signature")
"""A second form of what the text says, and signatures."""


def _walk(message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """The parts that are no mails of their own and hold no parts."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart() or depth > _DEEPEST:
        yield message
        return
    for part in message.iter_parts():
        yield from _walk(part, depth + 1)  # type: ignore[arg-type]


def _inner(part: EmailMessage) -> EmailMessage | None:
    payload = part.get_payload()
    return payload[0] if isinstance(payload, list) and payload else None  # type: ignore[return-value]


def _keep(part: EmailMessage, files: dict[str, Attachment]) -> None:
    data = payload(part)
    if not data:
        return
    taken = {file.name for file in files.values()}
    kind = part.get_content_subtype().replace("jpeg", "jpg").replace("svg+xml", "svg")
    file = Attachment(attachments.name(_name(part) or f"image.{kind}", taken), data)
    cid = header(part, "content-id").strip("<> ")
    for name in (f"cid:{cid}" if cid else "", header(part, "content-location")):
        if name:
            files[name] = file
    if file not in files.values():
        files[file.name] = file


def _name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):  # a header that `email` trips over
        return ""


def payload(part: EmailMessage) -> bytes:
    """The bytes of a part, without their transfer encoding."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def text_of(part: EmailMessage) -> str:
    """The text of a part, in the order of `decode`: UTF-8 if it is that, whatever was declared."""
    data = payload(part)
    try:
        declared = str(part.get_content_charset() or "").lower()
    except (ValueError, LookupError):
        declared = ""
    first = () if declared.startswith(_ASCII_LOOKS) else ("utf-8",)
    known = declared if declared.endswith("utf-7") else decode.known(declared)  # of old mails, and of nothing else
    for charset in filter(None, (*first, _LATIN_1.get(declared, known))):
        try:
            return data.decode(charset).replace("\r\n", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    decoded = decode.decode(data, "mail")
    return "" if isinstance(decoded, Refused) else decoded.text


def _unflowed(part: EmailMessage, text: str) -> str:
    """Lines that end in a space go on in the next one, if that is quoted as often (RFC 3676)."""
    says = header(part, "content-type").lower().replace(" ", "").replace('"', "")
    if "format=flowed" not in says:
        return text
    gap = "" if "delsp=yes" in says else " "
    out: list[str] = []
    before: str | None = None
    for line in text.split("\n"):
        bare = line.lstrip(">")
        quoted = ">" * (len(line) - len(bare))
        bare = bare.removeprefix(" ")  # stuffed
        if bare and quoted == before and bare != "-- ":
            out[-1] += f"{gap}{bare.rstrip(' ')}"
        else:
            out.append(f"{quoted}{' ' if quoted and bare else ''}{bare if bare == '-- ' else bare.rstrip(' ')}")
        before = quoted if bare.endswith(" ") and bare != "-- " else None
        out[-1] += bare[len(bare.rstrip(" ")) : -1] if before is not None else ""
    return "\n".join(line if line == "-- " else line.rstrip(" ") for line in out)


# ------------------------------------------------------------------ headers


def header(message: EmailMessage, name: str) -> str:
    """A header on one line; one in bytes of no charset as UTF-8 or Windows-1252."""
    try:
        value = str(message.get(name, ""))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        value = raw.decode("utf-8")
    except UnicodeDecodeError:
        value = raw.decode("cp1252", "replace")
    return " ".join(value.split())


def sender(message: EmailMessage) -> tuple[str, ...]:
    """Who wrote it, by name: an address alone is not for publication."""
    written = next((str(value) for key, value in message.raw_items() if key.lower() == "from"), "")
    return people(header(message, "from"), written)


def people(said: str, written: str = "") -> tuple[str, ...]:
    """The names in a `From:`; `written` is what stands there before `email` reads it, if it has."""
    said = _TWICE.sub("", said)
    names = [name for name, _ in email.utils.getaddresses([said])]
    if "@" not in said and " at " not in said:
        names = [said] if " " in said.strip() else []  # as Outlook quotes; a word alone is a machine's user
    elif said.count("@") == 1 and "<" in said:  # a comma that nobody quoted
        names = [said[: said.rindex("<")].replace('"', "")]
    elif behind := _BEHIND.search(written or said):
        names = [headers.words(behind[1]) or ""]
    found = (re.split(r"\s+(?:from|at|via|@)\s+|\s*[|·•(]\s*", name.strip(" \"'"))[0].strip() for name in names)
    return tuple(dict.fromkeys(each for name in found if name and "@" not in name for each in turned(name)))


_TWICE: Final = re.compile(r"\s*(?:<mailto:[^<>\s]*>|\[mailto:[^\[\]\s]*\])", re.IGNORECASE)
"""What Outlook puts behind a name, or behind its address."""
_BEHIND: Final = re.compile(r"\(([^()]+)\)\s*\Z")
"""A name behind the address, as the archives of mailing lists write it; `email` drops it."""


_LAST_FIRST: Final = re.compile(r"((?:[^\W\d_][\w.’'-]*\s+)?[^\W\d_][\w’'-]+),\s+([^\W\d_][\w’'-]+(?:\s+[^\W\d_]\.?)?)")
_FIRMS: Final = frozenset("inc ltd llc plc corp gmbh ag se co sa srl bv jr sr phd md esq".split())


def turned(name: str) -> tuple[str, ...]:
    """In the order of speech what address books write as "Roe, Jane"; "Jane Roe, Ada Holm" are two."""
    turned = _LAST_FIRST.fullmatch(name)
    if turned and turned[2].lower() not in _FIRMS:
        return (f"{turned[2]} {turned[1]}",)
    return (byline.names(name, least=2) if "," in name else ()) or (name,)


def sent(message: EmailMessage) -> When | None:
    """When it was sent, with its zone; a date without one (`-0000`) is in UTC (RFC 5322, 3.3)."""
    try:
        at = email.utils.parsedate_to_datetime(header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return When(at, timed=True) if 1970 < at.year < 2200 else None
