"""Imported by the process of which those that convert are forked: what they need is loaded there, once for all of them.

The model that knows languages is 70 MB, and the libraries for pages are 30; each copy shares them with all others. So
does each save the second that loading takes.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from tagwire import intake
from tagwire.intake.found import Asked

_SENTENCE = "The captain of the ferry told the council that the harbour would be closed until the storm was over. "
_PAGE = f"""<!DOCTYPE html><html><head><title>The harbour is closed</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>The harbour is closed</h1><p>{_SENTENCE * 3}</p><p>{_SENTENCE * 2}</p></article></body></html>"""
"""An article like many: converting it loads all that most need. No list of libraries could be forgotten here."""

intake.convert(_PAGE.encode(), "sources/warm.html", Asked(site="", modified=datetime(2020, 1, 1, tzinfo=UTC)))
intake.convert(_SENTENCE.encode() * 3, "sources/warm.txt", Asked(site="", modified=datetime(2020, 1, 1, tzinfo=UTC)))
gc.collect()
gc.freeze()  # else the garbage collector of each copy would write into all that it shares
