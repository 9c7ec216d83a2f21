"""What one content file gave, as the shelf keeps it: made where the file is read, in a copy of the process say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tagwire import memo, plan
from tagwire.pipeline import briefs

if TYPE_CHECKING:
    from tagwire.pipeline.steps import Reading

_NONE = bytes(16)


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
    text = memo.canonical([article, reading.problems])
    head = memo.name(article.meta) if article else _NONE
    side = memo.digest(memo.canonical([head, article and article.crossings, reading.problems]))
    body = bytes.fromhex(article.body) if article else _NONE
    wanted = json.dumps(plan.wanted_by(article) if article else ())
    return Line(text, memo.digest(text), head, side, body, wanted, briefs.told(reading))
