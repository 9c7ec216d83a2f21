"""What subscribers have been given, against what they would get: the file `content/ledger.json`, the diff, the rules.

Pure: bytes and values come in, values go out.
"""

from __future__ import annotations

from tagwire.ledger.changes import Change, Changes, compare, renewed
from tagwire.ledger.file import parse, spell
from tagwire.ledger.rules import CODES, problems, refusals
from tagwire.ledger.telling import tell

__all__ = ["CODES", "Change", "Changes", "compare", "parse", "problems", "refusals", "renewed", "spell", "tell"]
