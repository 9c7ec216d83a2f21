"""What subscribers have been given, against what they would get: the file `content/ledger.json`, the diff, the rules.

Pure: bytes and values come in, values go out.
"""

from __future__ import annotations

from tagwire.ledger.file import parse, spell

__all__ = ["parse", "spell"]
