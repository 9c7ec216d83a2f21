"""Libraries that complain of pages and documents into a log, where nobody waits for it."""

from __future__ import annotations

import logging


def hush(*names: str) -> None:
    """Have these loggers tell nothing but the worst."""
    for log in map(logging.getLogger, names):
        if log.level != logging.CRITICAL:  # setting it empties the caches of all loggers
            log.setLevel(logging.CRITICAL)
