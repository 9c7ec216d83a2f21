"""Every format that can be read, and how its content gives it away. A reader's module is imported when it is needed.

A document is one article: its module has `read(data: bytes, path: str, asked: Asked) -> Found | Refused`.
An export holds many: its module has `items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake import documents
from tagwire.intake.exports import sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tagwire.intake.bundle import Bundle

HEAD: Final = 1 << 16
"""Bytes of a file that are looked at."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What can be seen of a source without reading it."""

    name: str
    """Of the file, or of the folder or archive."""
    head: bytes
    """The first bytes of a lone file."""
    names: Sequence[str] = ()
    """Paths of a folder's or an archive's files."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is told by content."""

    name: str
    """As people call it."""
    module: str
    """Of its reader, below `tagwire.intake`."""
    fits: Callable[[Glance], bool]
    export: bool = True


FORMATS: Final[tuple[Format, ...]] = (
    Format("WordPress export", "exports.wxr", sniff.is_wordpress),
    Format("Blogger export", "exports.blogger", sniff.is_blogger),
    Format("feed", "exports.feedfile", sniff.is_feed),
    Format("JSON feed", "exports.jsonfeed", sniff.is_json_feed),
    Format("Ghost export", "exports.ghost", sniff.is_ghost),
    Format("Substack export", "exports.substack", sniff.is_substack),
    Format("Beehiiv export", "exports.beehiiv", sniff.is_beehiiv),
    Format("Buttondown export", "exports.buttondown", sniff.is_buttondown),
    Format("Medium export", "exports.medium", sniff.is_medium),
    Format("Word document", "docx", documents.is_word, export=False),
    Format("OpenDocument text", "opendocument", documents.is_opendocument, export=False),
    Format("EPUB", "epub", documents.is_epub, export=False),
    Format("Rich Text", "rtf", documents.is_rtf, export=False),
    Format("PDF", "pdf", documents.is_pdf, export=False),
    Format("web archive", "warc", documents.is_warc),
    Format("mailbox", "mbox", documents.is_mailbox),
    Format("saved page", "mhtml", documents.is_saved, export=False),
    Format("mail", "mail", documents.is_mail, export=False),
    Format("file of Office", "strangers", documents.is_stranger, export=False),
)
"""The first that fits is it. Text and HTML, which are all that fits nothing here, are told apart in `kind`."""


def glance(bundle: Bundle, name: str) -> Glance:
    """What can be seen of a source; `name` is that of the file, folder or archive."""
    if bundle.many:
        return Glance(name, b"", bundle.names())
    with bundle.open(bundle.names()[0]) as stream:
        return Glance(name, stream.read(HEAD))


def of(seen: Glance) -> Format | None:
    """The format of a source; None for plain text, HTML, and folders and archives of such."""
    return next((known for known in FORMATS if known.fits(seen)), None)


def is_zip(head: bytes) -> bool:
    """Whether a file is a zip archive, by its first bytes: that of a first member, or of an empty archive."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
