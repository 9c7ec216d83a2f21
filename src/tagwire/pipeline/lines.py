"""What one content file gave, as the shelf keeps it: made where the file is read, in a copy of the process say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagwire import digests, memo, plan
from tagwire.pipeline import briefs

if TYPE_CHECKING:
    from tagwire.pipeline.steps import Reading

_NONE = bytes(digests.SIZE)


class Line(NamedTuple):
    """What is known of one file's reading."""

    text: bytes
    """The reading, for `steps.restored`."""
    digest: bytes
    head: bytes
    side: bytes
    """Digest of all that is known without the body, problems included."""
    body: bytes
    wanted: str
    """Paths of files that it links to, as JSON: it is handed on more often than looked at."""
    brief: str


def line(reading: Reading) -> Line:
    """The line of a reading."""
    article = reading.article
    problems = memo.canonical(reading.problems)
    if article:
        meta = memo.canonical(article.meta)
        told, head, body = digests.canonical_on(meta, article), digests.name_on(article.meta, meta), article.body
        wanted, crossings = digests.told(plan.wanted_by(article)), memo.canonical(article.crossings)
    else:
        told, head, body, wanted, crossings = b"null", _NONE, _NONE.hex(), "[]", b"null"
    text = b"[%s,%s]" % (told, problems)
    side = memo.digest(b"\0".join((head, crossings, problems)))
    return Line(text, memo.digest(text), head, side, bytes.fromhex(body), wanted, briefs.told(reading))
